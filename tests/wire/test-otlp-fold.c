/* test-otlp-fold.c: pushes over time are cumulative expositions of the right processes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-otlp-fold.h"
#include "wire-fixture.h"

#define SECOND G_GINT64_CONSTANT (1000000000)

typedef struct
{
  SyOtlpFold    *fold;
  SySeriesTable *table;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->fold = sy_otlp_fold_new (data, NULL, NULL);
  self->table = sy_series_table_new (0);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  sy_otlp_fold_free (self->fold);
  sy_series_table_unref (self->table);
}

/* A push of @service at @at s of its life with the metrics @list, in which
 * START and TIME are its times. */
static SyOtlpRequest *
make (const char *service,
      const char *instance,
      double      start,
      double      at,
      const char *list)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *start_ns = g_strdup_printf ("\"startTimeUnixNano\":\"%" G_GINT64_FORMAT "\"", (gint64) (start * (double) SECOND));
  g_autofree char *time_ns = g_strdup_printf ("\"timeUnixNano\":\"%" G_GINT64_FORMAT "\"", (gint64) (at * (double) SECOND));
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  SyOtlpRequest *request;

  g_string_append_printf (text, "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"%s\"}},"
                          "{\"key\":\"service.instance.id\",\"value\":{\"stringValue\":\"%s\"}}]},\"scopeMetrics\":[{\"metrics\":[%s]}]}]}",
                          service, instance, list);
  g_string_replace (text, "START", start_ns, 0);
  g_string_replace (text, "TIME", time_ns, 0);
  body = wire_bytes (text->str);
  request = sy_otlp_request_parse (body, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sy_otlp_request_get_n_rejected (request, NULL), ==, 0);
  return request;
}

static gboolean
take (Fixture       *self,
      SyOtlpRequest *request,
      double         at)
{
  const SyOtlpMoment moment = { (gint64) (at * 1e6), (gint64) (at * 1e6) };
  const gboolean is_any = sy_otlp_fold_take (self->fold, request, &moment);

  sy_otlp_request_unref (request);
  return is_any;
}

/* A counter called n. */
static void
push (Fixture    *self,
      const char *instance,
      double      start,
      double      at,
      int         value)
{
  g_autofree char *list =
    g_strdup_printf ("{\"name\":\"n\",\"sum\":{\"aggregationTemporality\":2,\"isMonotonic\":true,\"dataPoints\":[{START,TIME,\"asInt\":%d}]}}", value);

  g_assert_true (take (self, make ("shop", instance, start, at, list), at));
}

static SyExposition *
render (Fixture *self,
        double   at)
{
  const SyOtlpMoment moment = { (gint64) (at * 1e6), (gint64) (at * 1e6) };
  g_autoptr (GError) error = NULL;
  SyExposition *exposition = sy_otlp_fold_render (self->fold, self->table, &moment, &error);

  g_assert_no_error (error);
  return exposition;
}

/* The sum over all series of @name, as a reader would; NAN: there is none. */
static double
sum (const SyExposition *exposition,
     const char         *name)
{
  guint n;
  const SySample *samples = sy_exposition_get_samples (exposition, &n);
  double total = (double) NAN;

  for (guint i = 0; i < n; i++)
    if (strcmp (samples[i].series->name, name) == 0)
      total = isnan (total) ? samples[i].value : total + samples[i].value;

  return total;
}

static double
read_one (Fixture    *self,
          double      at,
          const char *name)
{
  g_autoptr (SyExposition) exposition = render (self, at);

  return sum (exposition, name);
}

/* Deltas of a counter and of a histogram add up; one that is pushed again, since
 * its answer was lost, counts once. */
static void
test_delta (Fixture       *self,
            gconstpointer  data)
{
  const char *list = "{\"name\":\"n\",\"sum\":{\"aggregationTemporality\":1,\"isMonotonic\":true,\"dataPoints\":[{START,TIME,\"asInt\":4}]}},"
                     "{\"name\":\"h\",\"histogram\":{\"aggregationTemporality\":1,\"dataPoints\":[{START,TIME,\"count\":3,\"sum\":1.5,"
                     "\"bucketCounts\":[2,1],\"explicitBounds\":[0.5]}]}}";
  g_autoptr (SyExposition) exposition = NULL;
  g_autofree char *dump = NULL;

  take (self, make ("shop", "a", 1, 2, list), 2);
  take (self, make ("shop", "a", 2, 3, list), 3);
  take (self, make ("shop", "a", 2, 3, list), 4);
  exposition = render (self, 4);
  g_assert_cmpfloat (sum (exposition, "n_total"), ==, 8);

  dump = wire_dump (exposition);
  g_assert_nonnull (strstr (dump, "h_bucket{instance=\"a\",le=\"0.5\"} 4 h/histogram\n"));
  g_assert_nonnull (strstr (dump, "h_bucket{instance=\"a\",le=\"+Inf\"} 6 h/histogram\n"));
  g_assert_nonnull (strstr (dump, "h_count{instance=\"a\"} 6 h/histogram\nh_sum{instance=\"a\"} 3 h/histogram\n"));
}

static void
test_cumulative (Fixture       *self,
                 gconstpointer  data)
{
  double start;

  push (self, "a", 1, 2, 10);
  g_assert_cmpfloat (read_one (self, 2, "n_total"), ==, 10);
  start = read_one (self, 2, "otlp_start_time_seconds");
  g_assert_cmpfloat (start, ==, 1);
  push (self, "a", 1, 3, 25);
  g_assert_cmpfloat (read_one (self, 3, "n_total"), ==, 25);
  g_assert_cmpfloat (read_one (self, 3, "otlp_start_time_seconds"), ==, start);
  g_assert_cmpint (sy_otlp_fold_get_interval (self->fold), ==, G_USEC_PER_SEC);
}

/* One that was tried again comes behind a later one: nothing goes back. */
static void
test_late (Fixture       *self,
           gconstpointer  data)
{
  push (self, "a", 1, 2, 10);
  push (self, "a", 1, 4, 30);
  g_assert_cmpfloat (read_one (self, 4, "n_total"), ==, 30);
  push (self, "a", 1, 3, 20);
  g_assert_false (sy_otlp_fold_is_complete (self->fold));
  g_assert_cmpfloat (read_one (self, 4, "n_total"), ==, 30);
}

/* The same attributes, a later start: it has taken the other's place at once. */
static void
test_restart (Fixture       *self,
              gconstpointer  data)
{
  push (self, "a", 1, 5, 100);
  g_assert_cmpfloat (read_one (self, 5, "otlp_start_time_seconds"), ==, 1);
  push (self, "a", 6, 7, 3);
  g_assert_cmpfloat (read_one (self, 7, "n_total"), ==, 3);
  g_assert_cmpfloat (read_one (self, 7, "otlp_start_time_seconds"), ==, 6);
}

/* Two that call themselves the same, as forked workers do: both count. */
static void
test_siblings (Fixture       *self,
               gconstpointer  data)
{
  double start;

  push (self, "a", 1, 5, 100);
  push (self, "a", 1.5, 5.5, 20);
  push (self, "a", 1, 6, 110);
  push (self, "a", 1.5, 6.5, 30);
  g_assert_cmpfloat (read_one (self, 6.5, "n_total"), ==, 140);
  start = read_one (self, 6.5, "otlp_start_time_seconds");
  push (self, "a", 1, 7, 120);
  push (self, "a", 1.5, 7.5, 40);
  g_assert_cmpfloat (read_one (self, 7.5, "n_total"), ==, 160);
  g_assert_cmpfloat (read_one (self, 7.5, "otlp_start_time_seconds"), ==, start);
}

/* They stand side by side; one that joins, or falls silent, makes another set. */
static void
test_instances (Fixture       *self,
                gconstpointer  data)
{
  double start, later;

  push (self, "a", 1, 5, 10);
  g_assert_true (sy_otlp_fold_is_complete (self->fold));
  start = read_one (self, 5, "otlp_start_time_seconds");
  g_assert_false (sy_otlp_fold_is_complete (self->fold));

  push (self, "b", 2, 5.5, 7);
  g_assert_false (sy_otlp_fold_is_complete (self->fold));
  push (self, "a", 1, 6, 11);
  g_assert_true (sy_otlp_fold_is_complete (self->fold));
  g_assert_cmpfloat (read_one (self, 6, "n_total"), ==, 18);
  later = read_one (self, 6, "otlp_start_time_seconds");
  g_assert_cmpfloat (later, >, start);

  for (int at = 7; at <= 20; at++)
    push (self, "a", 1, at, at);
  g_assert_cmpfloat (read_one (self, 20, "n_total"), ==, 20);
  g_assert_cmpfloat (read_one (self, 20, "otlp_start_time_seconds"), >, later);
}

/* Two that push once a minute, as SDKs do by themselves: neither is gone before
 * its second push, so the set stays. */
static void
test_slow_instances (Fixture       *self,
                     gconstpointer  data)
{
  double start;

  g_assert_cmpint (sy_otlp_fold_get_silence (self->fold), ==, 180 * G_USEC_PER_SEC);
  push (self, "a", 1, 10, 1);
  push (self, "b", 2, 40, 2);
  start = read_one (self, 40, "otlp_start_time_seconds");
  g_assert_cmpfloat (read_one (self, 40, "n_total"), ==, 3);

  for (int at = 70; at <= 190; at += 60)
    {
      push (self, "a", 1, at, at);
      g_assert_cmpfloat (read_one (self, at, "otlp_start_time_seconds"), ==, start);
      push (self, "b", 2, at + 30, at);
      g_assert_cmpfloat (read_one (self, at + 30, "otlp_start_time_seconds"), ==, start);
      g_assert_cmpfloat (read_one (self, at + 30, "n_total"), ==, 2 * at);
    }
  g_assert_cmpint (sy_otlp_fold_get_silence (self->fold), ==, 180 * G_USEC_PER_SEC);
}

/* A collection that comes in parts is one; who pushes faster from now on is soon
 * known to. */
static void
test_parts (Fixture       *self,
            gconstpointer  data)
{
  push (self, "a", 1, 10, 1);
  push (self, "a", 1, 10.001, 1);
  g_assert_cmpint (sy_otlp_fold_get_interval (self->fold), ==, 0);
  push (self, "a", 1, 70, 2);
  push (self, "a", 1, 70.001, 2);
  g_assert_cmpint (sy_otlp_fold_get_interval (self->fold), ==, 59999000);
  push (self, "a", 1, 130, 3);
  push (self, "a", 1, 130.5, 3);
  g_assert_cmpint (sy_otlp_fold_get_interval (self->fold), ==, 59999000);

  for (int i = 1; i <= 4; i++)
    push (self, "a", 1, 130.5 + i, 3);
  g_assert_cmpint (sy_otlp_fold_get_interval (self->fold), ==, G_USEC_PER_SEC);
}

static void
test_repeats (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (SyOtlpRequest) again =
    make ("shop", "a", 1, 3, "{\"name\":\"n\",\"sum\":{\"aggregationTemporality\":2,\"isMonotonic\":true,\"dataPoints\":[{START,TIME,\"asInt\":3}]}}");

  push (self, "a", 1, 2, 1);
  g_assert_true (sy_otlp_fold_repeats (self->fold, again));
  read_one (self, 2, "n_total");
  g_assert_false (sy_otlp_fold_repeats (self->fold, again));
}

static void
test_other_service (Fixture       *self,
                    gconstpointer  data)
{
  g_autofree char *others = NULL;
  g_autoptr (GError) error = NULL;
  const SyOtlpMoment moment = { 1, 1 };

  g_assert_false (take (self, make ("mail", "", 1, 2, "{\"name\":\"n\",\"gauge\":{\"dataPoints\":[{TIME,\"asInt\":1}]}}"), 2));
  others = sy_otlp_fold_dup_others (self->fold);
  g_assert_cmpstr (others, ==, "mail");
  g_assert_null (sy_otlp_fold_render (self->fold, self->table, &moment, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_EMPTY);
}

static void
test_any_service (Fixture       *self,
                  gconstpointer  data)
{
  const char *list = "{\"name\":\"n\",\"gauge\":{\"dataPoints\":[{TIME,\"asInt\":1}]}}";
  const SyOtlpMoment moment = { 2000000, 2000000 };
  g_autoptr (GError) error = NULL;

  take (self, make ("mail", "", 1, 2, list), 2);
  g_assert_cmpfloat (read_one (self, 2, "n"), ==, 1);
  take (self, make ("shop", "", 1, 2, list), 2);
  g_assert_null (sy_otlp_fold_render (self->fold, self->table, &moment, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "“mail” and “shop”"));
}

/* A level that is no longer told is gone; a count stays. */
static void
test_stale_level (Fixture       *self,
                  gconstpointer  data)
{
  const char *both = "{\"name\":\"n\",\"sum\":{\"aggregationTemporality\":2,\"isMonotonic\":true,\"dataPoints\":[{START,TIME,\"asInt\":3}]}},"
                     "{\"name\":\"g\",\"gauge\":{\"dataPoints\":[{TIME,\"asInt\":1}]}}";
  const char *other = "{\"name\":\"m\",\"gauge\":{\"dataPoints\":[{TIME,\"asInt\":1}]}}";

  take (self, make ("shop", "a", 1, 2, both), 2);
  take (self, make ("shop", "a", 1, 3, both), 3);
  for (int at = 4; at < 10; at++)
    take (self, make ("shop", "a", 1, at, other), at);
  g_assert_true (isnan (read_one (self, 9, "g")));
  g_assert_cmpfloat (read_one (self, 9, "n_total"), ==, 3);
}

/* A level is what it is, though it is called a delta. */
static void
test_level_delta (Fixture       *self,
                  gconstpointer  data)
{
  const char *list = "{\"name\":\"g\",\"gauge\":{\"aggregationTemporality\":1,\"dataPoints\":[{START,TIME,\"asInt\":4}]}}";

  take (self, make ("shop", "a", 1, 2, list), 2);
  take (self, make ("shop", "a", 2, 3, list), 3);
  g_assert_cmpfloat (read_one (self, 3, "g"), ==, 4);
}

/* A fold of one exponential histogram per scale: shares of the count stay below
 * the bounds that they were below. */
static void
test_exponential (Fixture       *self,
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
  take (self, make ("shop", "a", 1, 2, lists[0]), 2);
  first = render (self, 2);
  samples = sy_exposition_get_samples (first, &n);
  for (guint i = 0; i < n; i++)
    {
      at_quarter = samples[i].series->le == 0.25 ? samples[i].value : at_quarter;
      at_half = samples[i].series->le == 0.5 ? samples[i].value : at_half;
    }
  g_assert_cmpfloat (at_quarter, ==, 1);
  g_assert_cmpfloat (at_half, ==, 7);

  /* Half an octave from 1/2, the next to 1: at a coarser scale, and all of it at that. */
  take (self, make ("shop", "a", 2, 3, lists[1]), 3);
  second = render (self, 3);
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
  g_assert_cmpfloat (sum (second, "e_count"), ==, 10);
  g_assert_cmpfloat (sum (second, "e_sum"), ==, 5);
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
test_exponential_bounds (Fixture       *self,
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

      take (self, make ("shop", "a", 1, at, list), at);
      exposition = render (self, at);
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
test_coarse_scales (Fixture       *self,
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

      take (self, make ("shop", "a", 1, 2, list), 2);
      exposition = render (self, 2);
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

static void
test_names (Fixture       *self,
            gconstpointer  data)
{
  const char *list = "{\"name\":\"http.server.request.duration\",\"unit\":\"s\",\"description\":\"d\",\"histogram\":{\"aggregationTemporality\":2,"
                     "\"dataPoints\":[{START,TIME,\"count\":2}]}},{\"name\":\"x_total\",\"unit\":\"{request}\",\"sum\":{\"aggregationTemporality\":2,"
                     "\"isMonotonic\":true,\"dataPoints\":[{START,TIME,\"asInt\":1}]}},"
                     "{\"name\":\"x_total\",\"gauge\":{\"dataPoints\":[{TIME,\"asInt\":9}]}}";
  g_autoptr (SyExposition) exposition = NULL;
  g_autofree char *dump = NULL;
  const SyFamily *families;
  guint n;

  take (self, make ("shop", "a", 1, 2, list), 2);
  exposition = render (self, 2);
  families = sy_exposition_get_families (exposition, &n);
  dump = wire_dump (exposition);
  g_assert_cmpint (sy_exposition_get_format (exposition), ==, SY_FORMAT_OTLP);
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpstr (families[2].name, ==, "http.server.request.duration");
  g_assert_cmpstr (families[2].unit, ==, "s");
  g_assert_cmpstr (families[2].help, ==, "d");
  g_assert_cmpstr (families[3].unit, ==, "");
  g_assert_nonnull (strstr (dump, "target_info{service_instance_id=\"a\",service_name=\"shop\",instance=\"a\"} 1 target_info/gauge\n"));
  g_assert_nonnull (strstr (dump, "http.server.request.duration_bucket{instance=\"a\",le=\"+Inf\"} 2 "));
  g_assert_nonnull (strstr (dump, "x_total{instance=\"a\"} 1 x_total/counter\n"));
  g_assert_nonnull (strstr (dump, "9 x_total.gauge/gauge\n"));
}

/* Series are of the table that was given, also where it has the address of one
 * that was let go. */
static void
test_tables (Fixture       *self,
             gconstpointer  data)
{
  push (self, "a", 1, 2, 3);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (SyExposition) exposition = NULL;
      const SySample *samples;
      guint n;

      sy_series_table_unref (self->table);
      self->table = sy_series_table_new (0);
      exposition = render (self, 2);
      samples = sy_exposition_get_samples (exposition, &n);
      for (guint j = 0; j < n; j++)
        g_assert_true (sy_series_table_get (self->table, samples[j].series->id) == samples[j].series);
    }
}

static void
test_limits (void)
{
  SyExpositionLimits limits = SY_EXPOSITION_LIMITS_DEFAULT;
  const SyOtlpMoment moment = { 2000000, 2000000 };
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyOtlpFold) fold = NULL;
  g_autoptr (SyOtlpRequest) request =
    make ("shop", "a", 1, 2, "{\"name\":\"h\",\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{START,TIME,\"count\":2}]}}");

  limits.max_samples = 3;
  fold = sy_otlp_fold_new ("shop", NULL, &limits);
  sy_otlp_fold_take (fold, request, &moment);
  g_assert_null (sy_otlp_fold_render (fold, table, &moment, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_SAMPLE_LIMIT);
}

/* Labels that are long and never the same do not fill the memory. */
static void
test_long_labels (Fixture       *self,
                  gconstpointer  data)
{
  g_autofree char *value = g_strnfill (2000, 'x');
  const SyOtlpMoment moment = { 2000000, 2000000 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 90; i++)
    {
      g_autoptr (GString) list = g_string_new ("{\"name\":\"g\",\"gauge\":{\"dataPoints\":[");

      for (guint j = 0; j < 100; j++)
        g_string_append_printf (list, "%s{TIME,\"attributes\":[{\"key\":\"a\",\"value\":{\"stringValue\":\"%u %u %s\"}}]}", j > 0 ? "," : "",
                                i, j, value);
      g_string_append (list, "]}}");
      take (self, make ("shop", "a", 1, 2, list->str), 2);
    }

  g_assert_null (sy_otlp_fold_render (self->fold, self->table, &moment, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_SAMPLE_LIMIT);
  g_assert_nonnull (strstr (error->message, "16 MiB of labels"));
}

/* Neither do buckets that are many in each of many series, or become so. */
static void
test_many_buckets (Fixture       *self,
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

      take (self, make ("shop", "a", 1, 2, few), 2);
      take (self, make ("shop", "a", 1, 3, many), 3);
    }

  g_assert_null (sy_otlp_fold_render (self->fold, self->table, &moment, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_SAMPLE_LIMIT);
  g_assert_nonnull (strstr (error->message, "16 MiB of labels and buckets"));
}

/* Bounds that nobody needs any more are forgotten with who did. */
static void
test_gone_bounds (Fixture       *self,
                  gconstpointer  data)
{
  g_autofree char *low = dup_exponential_point (-400, 1);
  g_autofree char *high = dup_exponential_point (400, 1);
  g_autofree char *wide = g_strdup_printf ("{\"name\":\"e\",\"exponentialHistogram\":{\"aggregationTemporality\":1,\"dataPoints\":[%s]}}", low);
  g_autofree char *narrow = g_strdup_printf ("{\"name\":\"e\",\"exponentialHistogram\":{\"aggregationTemporality\":1,\"dataPoints\":[%s]}}", high);
  g_autoptr (SyExposition) before = NULL;
  g_autoptr (SyExposition) after = NULL;
  guint n_before, n_after;

  take (self, make ("shop", "a", 1, 2, wide), 2);
  take (self, make ("shop", "a", 2, 3, narrow), 3);
  before = render (self, 3);
  sy_exposition_get_samples (before, &n_before);

  for (int at = 4; at < 20; at++)
    push (self, "b", 1, at, at);
  g_assert_true (isnan (read_one (self, 19, "e_count")));
  take (self, make ("shop", "b", 19, 20, narrow), 20);
  after = render (self, 20);
  sy_exposition_get_samples (after, &n_after);
  g_assert_cmpuint (n_before, >, 800);
  g_assert_cmpuint (n_after, <, 100);
}

/* More processes than are kept: the longest silent goes. */
static void
test_many_processes (Fixture       *self,
                     gconstpointer  data)
{
  for (int i = 0; i < 70; i++)
    {
      g_autofree char *instance = g_strdup_printf ("%d", i);

      push (self, instance, 1, 2 + i * 0.01, 1);
    }

  g_assert_cmpfloat (read_one (self, 3, "n_total"), ==, 64);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, service, func) g_test_add ("/otlp-fold/" name, Fixture, service, set_up, func, tear_down)
  ADD ("delta", "shop", test_delta);
  ADD ("cumulative", "shop", test_cumulative);
  ADD ("late", "shop", test_late);
  ADD ("restart", "shop", test_restart);
  ADD ("siblings", "shop", test_siblings);
  ADD ("instances", "shop", test_instances);
  ADD ("slow-instances", "shop", test_slow_instances);
  ADD ("parts", "shop", test_parts);
  ADD ("repeats", "shop", test_repeats);
  ADD ("other-service", "shop", test_other_service);
  ADD ("any-service", "", test_any_service);
  ADD ("stale-level", "shop", test_stale_level);
  ADD ("level-delta", "shop", test_level_delta);
  ADD ("exponential", "shop", test_exponential);
  ADD ("exponential-bounds", "shop", test_exponential_bounds);
  ADD ("coarse-scales", "shop", test_coarse_scales);
  ADD ("names", "shop", test_names);
  ADD ("many-processes", "shop", test_many_processes);
  ADD ("tables", "shop", test_tables);
  ADD ("long-labels", "shop", test_long_labels);
  ADD ("many-buckets", "shop", test_many_buckets);
  ADD ("gone-bounds", "shop", test_gone_bounds);
  g_test_add_func ("/otlp-fold/limits", test_limits);

  return g_test_run ();
}
