/* test-otlp-buckets.c: pushed histograms keep their counts below their bounds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "otlp-fixture.h"
#include "sy-error.h"

/* A fold of one exponential histogram per scale: shares of the count stay below
 * the bounds that they were below. */
static void
test_exponential (OtlpFixture   *self,
                  gconstpointer  data)
{
  static const char *const lists[] = {
    "{\"name\":\"e\",\"exponentialHistogram\":{\"aggregationTemporality\":1,\"dataPoints\":[{START,TIME,\"count\":7,\"sum\":3,\"scale\":5,"
    "\"zeroCount\":1,\"positive\":{\"offset\":-64,\"bucketCounts\":[2,0,4]}}]}}",
    "{\"name\":\"e\",\"exponentialHistogram\":{\"aggregationTemporality\":1,\"dataPoints\":[{START,TIME,\"count\":3,\"sum\":2,\"scale\":1,"
    "\"positive\":{\"offset\":-2,\"bucketCounts\":[1,2]}}]}}",
  };
  g_autoptr (SyExposition) first = NULL;
  g_autoptr (SyExposition) second = NULL;
  guint n;
  const SySample *samples;
  double at_quarter = 0, at_half = 0, at_one = 0;

  /* 2^(-64/32) = 1/4 is where all of it begins. */
  otlp_take (self, otlp_make ("shop", "a", 1, 2, lists[0]), 2);
  first = otlp_render (self, 2);
  samples = sy_exposition_get_samples (first, &n);
  for (guint i = 0; i < n; i++)
    {
      at_quarter = samples[i].series->le == 0.25 ? samples[i].value : at_quarter;
      at_half = samples[i].series->le == 0.5 ? samples[i].value : at_half;
    }
  g_assert_cmpfloat (at_quarter, ==, 1);
  g_assert_cmpfloat (at_half, ==, 7);

  /* Half an octave from 1/2, the next to 1: at a coarser scale, and all of it at that. */
  otlp_take (self, otlp_make ("shop", "a", 2, 3, lists[1]), 3);
  second = otlp_render (self, 3);
  samples = sy_exposition_get_samples (second, &n);
  for (guint i = 0; i < n; i++)
    {
      at_half = samples[i].series->le == 0.5 ? samples[i].value : at_half;
      at_one = samples[i].series->le == 1 ? samples[i].value : at_one;
      g_assert_true (i == 0 || isnan (samples[i].series->le) || isnan (samples[i - 1].series->le)
                     || samples[i].series->le > samples[i - 1].series->le);
    }
  g_assert_cmpfloat (at_half, ==, 7);
  g_assert_cmpfloat (at_one, ==, 10);
  g_assert_cmpfloat (otlp_sum (second, "e_count"), ==, 10);
  g_assert_cmpfloat (otlp_sum (second, "e_sum"), ==, 5);
}

static char *
dup_exponential_point (int offset,
                       int route)
{
  return g_strdup_printf ("{START,TIME,\"count\":1,\"scale\":3,\"positive\":{\"offset\":%d,\"bucketCounts\":[1]},"
                          "\"attributes\":[{\"key\":\"r\",\"value\":{\"intValue\":%d}}]}", offset, route);
}

/* All series of a name have the same bounds, and they stay while values move a little. */
static void
test_exponential_bounds (OtlpFixture   *self,
                         gconstpointer  data)
{
  guint n_before = 0;

  for (int at = 2; at < 6; at++)
    {
      g_autofree char *a = dup_exponential_point (-20 - at, 1);
      g_autofree char *b = dup_exponential_point (20 + at, 2);
      g_autofree char *list =
        g_strdup_printf ("{\"name\":\"e\",\"exponentialHistogram\":{\"aggregationTemporality\":2,\"dataPoints\":[%s,%s]}}", a, b);
      g_autoptr (SyExposition) exposition = NULL;
      const SySample *samples;
      guint n;

      otlp_take (self, otlp_make ("shop", "a", 1, at, list), at);
      exposition = otlp_render (self, at);
      samples = sy_exposition_get_samples (exposition, &n);
      g_assert_true (n_before == 0 || n == n_before);
      n_before = n;
      for (guint i = 2; i < 2 + (n - 2) / 2; i++)
        g_assert_true (samples[i].series->le == samples[i + (n - 2) / 2].series->le || isnan (samples[i].series->le));
    }
}

/* Down to the coarsest, whose buckets are wider than a double: what is at most 1
 * and what is above are told apart, and no bound comes twice. */
static void
test_coarse_scales (OtlpFixture   *self,
                    gconstpointer  data)
{
  for (int scale = -1; scale >= -10; scale--)
    {
      g_autofree char *list =
        g_strdup_printf ("{\"name\":\"e%d\",\"exponentialHistogram\":{\"aggregationTemporality\":1,\"dataPoints\":[{START,TIME,\"count\":3,"
                         "\"scale\":%d,\"positive\":{\"offset\":-1,\"bucketCounts\":[1,2]}}]}}", -scale, scale);
      g_autofree char *name = g_strdup_printf ("e%d_bucket", -scale);
      g_autoptr (SyExposition) exposition = NULL;
      double at_one = (double) NAN, le = 0;
      const SySample *samples;
      guint n;

      otlp_take (self, otlp_make ("shop", "a", 1, 2, list), 2);
      exposition = otlp_render (self, 2);
      samples = sy_exposition_get_samples (exposition, &n);
      for (guint i = 0; i < n; i++)
        if (strcmp (samples[i].series->name, name) == 0)
          {
            g_assert_cmpfloat (samples[i].series->le, >, le);
            le = samples[i].series->le;
            at_one = le == 1 ? samples[i].value : at_one;
          }
      g_assert_cmpfloat (at_one, ==, 1);
      g_assert_true (isinf (le));
    }
}

/* Buckets that are many in each of many series, or become so, do not fill the
 * memory. */
static void
test_many_buckets (OtlpFixture   *self,
                   gconstpointer  data)
{
  const SyOtlpMoment moment = { 3000000, 3000000 };
  g_autoptr (GString) counts = g_string_new ("0");
  g_autoptr (GString) bounds = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < 4096; i++)
    {
      g_string_append (counts, ",0");
      g_string_append_printf (bounds, "%s%u", i > 1 ? "," : "", i);
    }

  /* 300 of them are 18.7 MiB. */
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *few = g_strdup_printf ("{\"name\":\"h%u\",\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{START,TIME,"
                                              "\"count\":0}]}}", i);
      g_autofree char *many = g_strdup_printf ("{\"name\":\"h%u\",\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{START,TIME,"
                                               "\"count\":0,\"bucketCounts\":[%s],\"explicitBounds\":[%s]}]}}", i, counts->str, bounds->str);

      otlp_take (self, otlp_make ("shop", "a", 1, 2, few), 2);
      otlp_take (self, otlp_make ("shop", "a", 1, 3, many), 3);
    }

  g_assert_null (sy_otlp_fold_render (self->fold, self->table, &moment, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_SAMPLE_LIMIT);
  g_assert_nonnull (strstr (error->message, "16 MiB of labels and buckets"));
}

/* Bounds that nobody needs any more are forgotten with who did. */
static void
test_gone_bounds (OtlpFixture   *self,
                  gconstpointer  data)
{
  g_autofree char *low = dup_exponential_point (-400, 1);
  g_autofree char *high = dup_exponential_point (400, 1);
  g_autofree char *wide = g_strdup_printf ("{\"name\":\"e\",\"exponentialHistogram\":{\"aggregationTemporality\":1,\"dataPoints\":[%s]}}", low);
  g_autofree char *narrow = g_strdup_printf ("{\"name\":\"e\",\"exponentialHistogram\":{\"aggregationTemporality\":1,\"dataPoints\":[%s]}}", high);
  g_autoptr (SyExposition) before = NULL;
  g_autoptr (SyExposition) after = NULL;
  guint n_before, n_after;

  otlp_take (self, otlp_make ("shop", "a", 1, 2, wide), 2);
  otlp_take (self, otlp_make ("shop", "a", 2, 3, narrow), 3);
  before = otlp_render (self, 3);
  sy_exposition_get_samples (before, &n_before);

  for (int at = 4; at < 20; at++)
    otlp_push (self, "b", 1, at, at);
  g_assert_true (isnan (otlp_read_one (self, 19, "e_count")));
  otlp_take (self, otlp_make ("shop", "b", 19, 20, narrow), 20);
  after = otlp_render (self, 20);
  sy_exposition_get_samples (after, &n_after);
  g_assert_cmpuint (n_before, >, 800);
  g_assert_cmpuint (n_after, <, 100);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/otlp-buckets/" name, OtlpFixture, "shop", otlp_set_up, func, otlp_tear_down)
  ADD ("exponential", test_exponential);
  ADD ("exponential-bounds", test_exponential_bounds);
  ADD ("coarse-scales", test_coarse_scales);
  ADD ("many-buckets", test_many_buckets);
  ADD ("gone-bounds", test_gone_bounds);

  return g_test_run ();
}
