/* test-otlp-fold.c: pushes over time are cumulative expositions of the right processes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "otlp-fixture.h"
#include "sy-error.h"
#include "wire-fixture.h"

/* Deltas of a counter and of a histogram add up; one that is pushed again, since
 * its answer was lost, counts once. */
static void
test_delta (OtlpFixture   *self,
            gconstpointer  data)
{
  const char *list = "{\"name\":\"n\",\"sum\":{\"aggregationTemporality\":1,\"isMonotonic\":true,\"dataPoints\":[{START,TIME,\"asInt\":4}]}},"
                     "{\"name\":\"h\",\"histogram\":{\"aggregationTemporality\":1,\"dataPoints\":[{START,TIME,\"count\":3,\"sum\":1.5,"
                     "\"bucketCounts\":[2,1],\"explicitBounds\":[0.5]}]}}";
  g_autoptr (SyExposition) exposition = NULL;
  g_autofree char *dump = NULL;

  otlp_take (self, otlp_make ("shop", "a", 1, 2, list), 2);
  otlp_take (self, otlp_make ("shop", "a", 2, 3, list), 3);
  otlp_take (self, otlp_make ("shop", "a", 2, 3, list), 4);
  exposition = otlp_render (self, 4);
  g_assert_cmpfloat (otlp_sum (exposition, "n_total"), ==, 8);

  dump = wire_dump (exposition);
  g_assert_nonnull (strstr (dump, "h_bucket{instance=\"a\",le=\"0.5\"} 4 h/histogram\n"));
  g_assert_nonnull (strstr (dump, "h_bucket{instance=\"a\",le=\"+Inf\"} 6 h/histogram\n"));
  g_assert_nonnull (strstr (dump, "h_count{instance=\"a\"} 6 h/histogram\nh_sum{instance=\"a\"} 3 h/histogram\n"));
}

static void
test_cumulative (OtlpFixture   *self,
                 gconstpointer  data)
{
  double start;

  otlp_push (self, "a", 1, 2, 10);
  g_assert_cmpfloat (otlp_read_one (self, 2, "n_total"), ==, 10);
  start = otlp_read_one (self, 2, "otlp_start_time_seconds");
  g_assert_cmpfloat (start, ==, 1);
  otlp_push (self, "a", 1, 3, 25);
  g_assert_cmpfloat (otlp_read_one (self, 3, "n_total"), ==, 25);
  g_assert_cmpfloat (otlp_read_one (self, 3, "otlp_start_time_seconds"), ==, start);
  g_assert_cmpint (sy_otlp_fold_get_interval (self->fold), ==, G_USEC_PER_SEC);
}

/* One that was tried again comes behind a later one: nothing goes back. */
static void
test_late (OtlpFixture   *self,
           gconstpointer  data)
{
  otlp_push (self, "a", 1, 2, 10);
  otlp_push (self, "a", 1, 4, 30);
  g_assert_cmpfloat (otlp_read_one (self, 4, "n_total"), ==, 30);
  otlp_push (self, "a", 1, 3, 20);
  g_assert_false (sy_otlp_fold_is_complete (self->fold));
  g_assert_cmpfloat (otlp_read_one (self, 4, "n_total"), ==, 30);
}

/* The same attributes, a later start: it has taken the other's place at once. */
static void
test_restart (OtlpFixture   *self,
              gconstpointer  data)
{
  otlp_push (self, "a", 1, 5, 100);
  g_assert_cmpfloat (otlp_read_one (self, 5, "otlp_start_time_seconds"), ==, 1);
  otlp_push (self, "a", 6, 7, 3);
  g_assert_cmpfloat (otlp_read_one (self, 7, "n_total"), ==, 3);
  g_assert_cmpfloat (otlp_read_one (self, 7, "otlp_start_time_seconds"), ==, 6);
}

/* Two that call themselves the same, as forked workers do: both count. */
static void
test_siblings (OtlpFixture   *self,
               gconstpointer  data)
{
  double start;

  otlp_push (self, "a", 1, 5, 100);
  otlp_push (self, "a", 1.5, 5.5, 20);
  otlp_push (self, "a", 1, 6, 110);
  otlp_push (self, "a", 1.5, 6.5, 30);
  g_assert_cmpfloat (otlp_read_one (self, 6.5, "n_total"), ==, 140);
  start = otlp_read_one (self, 6.5, "otlp_start_time_seconds");
  otlp_push (self, "a", 1, 7, 120);
  otlp_push (self, "a", 1.5, 7.5, 40);
  g_assert_cmpfloat (otlp_read_one (self, 7.5, "n_total"), ==, 160);
  g_assert_cmpfloat (otlp_read_one (self, 7.5, "otlp_start_time_seconds"), ==, start);
}

/* They stand side by side; one that joins, or falls silent, makes another set. */
static void
test_instances (OtlpFixture   *self,
                gconstpointer  data)
{
  double start, later;

  otlp_push (self, "a", 1, 5, 10);
  g_assert_true (sy_otlp_fold_is_complete (self->fold));
  start = otlp_read_one (self, 5, "otlp_start_time_seconds");
  g_assert_false (sy_otlp_fold_is_complete (self->fold));

  otlp_push (self, "b", 2, 5.5, 7);
  g_assert_false (sy_otlp_fold_is_complete (self->fold));
  otlp_push (self, "a", 1, 6, 11);
  g_assert_true (sy_otlp_fold_is_complete (self->fold));
  g_assert_cmpfloat (otlp_read_one (self, 6, "n_total"), ==, 18);
  later = otlp_read_one (self, 6, "otlp_start_time_seconds");
  g_assert_cmpfloat (later, >, start);

  for (int at = 7; at <= 20; at++)
    otlp_push (self, "a", 1, at, at);
  g_assert_cmpfloat (otlp_read_one (self, 20, "n_total"), ==, 20);
  g_assert_cmpfloat (otlp_read_one (self, 20, "otlp_start_time_seconds"), >, later);
}

/* Two that push once a minute, as SDKs do by themselves: neither is gone before
 * its second push, so the set stays. */
static void
test_slow_instances (OtlpFixture   *self,
                     gconstpointer  data)
{
  double start;

  g_assert_cmpint (sy_otlp_fold_get_silence (self->fold), ==, 180 * G_USEC_PER_SEC);
  otlp_push (self, "a", 1, 10, 1);
  otlp_push (self, "b", 2, 40, 2);
  start = otlp_read_one (self, 40, "otlp_start_time_seconds");
  g_assert_cmpfloat (otlp_read_one (self, 40, "n_total"), ==, 3);

  for (int at = 70; at <= 190; at += 60)
    {
      otlp_push (self, "a", 1, at, at);
      g_assert_cmpfloat (otlp_read_one (self, at, "otlp_start_time_seconds"), ==, start);
      otlp_push (self, "b", 2, at + 30, at);
      g_assert_cmpfloat (otlp_read_one (self, at + 30, "otlp_start_time_seconds"), ==, start);
      g_assert_cmpfloat (otlp_read_one (self, at + 30, "n_total"), ==, 2 * at);
    }
  g_assert_cmpint (sy_otlp_fold_get_silence (self->fold), ==, 180 * G_USEC_PER_SEC);
}

/* A collection that comes in parts is one; who pushes faster from now on is soon
 * known to. */
static void
test_parts (OtlpFixture   *self,
            gconstpointer  data)
{
  otlp_push (self, "a", 1, 10, 1);
  otlp_push (self, "a", 1, 10.001, 1);
  g_assert_cmpint (sy_otlp_fold_get_interval (self->fold), ==, 0);
  otlp_push (self, "a", 1, 70, 2);
  otlp_push (self, "a", 1, 70.001, 2);
  g_assert_cmpint (sy_otlp_fold_get_interval (self->fold), ==, 59999000);
  otlp_push (self, "a", 1, 130, 3);
  otlp_push (self, "a", 1, 130.5, 3);
  g_assert_cmpint (sy_otlp_fold_get_interval (self->fold), ==, 59999000);

  for (int i = 1; i <= 4; i++)
    otlp_push (self, "a", 1, 130.5 + i, 3);
  g_assert_cmpint (sy_otlp_fold_get_interval (self->fold), ==, G_USEC_PER_SEC);
}

static void
test_repeats (OtlpFixture   *self,
              gconstpointer  data)
{
  g_autoptr (SyOtlpRequest) again =
    otlp_make ("shop", "a", 1, 3, "{\"name\":\"n\",\"sum\":{\"aggregationTemporality\":2,\"isMonotonic\":true,\"dataPoints\":[{START,TIME,\"asInt\":3}]}}");

  otlp_push (self, "a", 1, 2, 1);
  g_assert_true (sy_otlp_fold_repeats (self->fold, again));
  otlp_read_one (self, 2, "n_total");
  g_assert_false (sy_otlp_fold_repeats (self->fold, again));
}

static void
test_other_service (OtlpFixture   *self,
                    gconstpointer  data)
{
  g_autofree char *others = NULL;
  g_autoptr (GError) error = NULL;
  const SyOtlpMoment moment = { 1, 1 };

  g_assert_false (otlp_take (self, otlp_make ("mail", "", 1, 2, "{\"name\":\"n\",\"gauge\":{\"dataPoints\":[{TIME,\"asInt\":1}]}}"), 2));
  others = sy_otlp_fold_dup_others (self->fold);
  g_assert_cmpstr (others, ==, "mail");
  g_assert_null (sy_otlp_fold_render (self->fold, self->table, &moment, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_EMPTY);
}

static void
test_any_service (OtlpFixture   *self,
                  gconstpointer  data)
{
  const char *list = "{\"name\":\"n\",\"gauge\":{\"dataPoints\":[{TIME,\"asInt\":1}]}}";
  const SyOtlpMoment moment = { 2000000, 2000000 };
  g_autoptr (GError) error = NULL;

  otlp_take (self, otlp_make ("mail", "", 1, 2, list), 2);
  g_assert_cmpfloat (otlp_read_one (self, 2, "n"), ==, 1);
  otlp_take (self, otlp_make ("shop", "", 1, 2, list), 2);
  g_assert_null (sy_otlp_fold_render (self->fold, self->table, &moment, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "“mail” and “shop”"));
}

/* A level that is no longer told is gone; a count stays. */
static void
test_stale_level (OtlpFixture   *self,
                  gconstpointer  data)
{
  const char *both = "{\"name\":\"n\",\"sum\":{\"aggregationTemporality\":2,\"isMonotonic\":true,\"dataPoints\":[{START,TIME,\"asInt\":3}]}},"
                     "{\"name\":\"g\",\"gauge\":{\"dataPoints\":[{TIME,\"asInt\":1}]}}";
  const char *other = "{\"name\":\"m\",\"gauge\":{\"dataPoints\":[{TIME,\"asInt\":1}]}}";

  otlp_take (self, otlp_make ("shop", "a", 1, 2, both), 2);
  otlp_take (self, otlp_make ("shop", "a", 1, 3, both), 3);
  for (int at = 4; at < 10; at++)
    otlp_take (self, otlp_make ("shop", "a", 1, at, other), at);
  g_assert_true (isnan (otlp_read_one (self, 9, "g")));
  g_assert_cmpfloat (otlp_read_one (self, 9, "n_total"), ==, 3);
}

/* A level is what it is, though it is called a delta. */
static void
test_level_delta (OtlpFixture   *self,
                  gconstpointer  data)
{
  const char *list = "{\"name\":\"g\",\"gauge\":{\"aggregationTemporality\":1,\"dataPoints\":[{START,TIME,\"asInt\":4}]}}";

  otlp_take (self, otlp_make ("shop", "a", 1, 2, list), 2);
  otlp_take (self, otlp_make ("shop", "a", 2, 3, list), 3);
  g_assert_cmpfloat (otlp_read_one (self, 3, "g"), ==, 4);
}

static void
test_names (OtlpFixture   *self,
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

  otlp_take (self, otlp_make ("shop", "a", 1, 2, list), 2);
  exposition = otlp_render (self, 2);
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
test_tables (OtlpFixture   *self,
             gconstpointer  data)
{
  otlp_push (self, "a", 1, 2, 3);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (SyExposition) exposition = NULL;
      const SySample *samples;
      guint n;

      sy_series_table_unref (self->table);
      self->table = sy_series_table_new (0);
      exposition = otlp_render (self, 2);
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
    otlp_make ("shop", "a", 1, 2, "{\"name\":\"h\",\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{START,TIME,\"count\":2}]}}");

  limits.max_samples = 3;
  fold = sy_otlp_fold_new ("shop", NULL, &limits);
  sy_otlp_fold_take (fold, request, &moment);
  g_assert_null (sy_otlp_fold_render (fold, table, &moment, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_SAMPLE_LIMIT);
}

/* Labels that are long and never the same do not fill the memory. */
static void
test_long_labels (OtlpFixture   *self,
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
      otlp_take (self, otlp_make ("shop", "a", 1, 2, list->str), 2);
    }

  g_assert_null (sy_otlp_fold_render (self->fold, self->table, &moment, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_SAMPLE_LIMIT);
  g_assert_nonnull (strstr (error->message, "16 MiB of labels"));
}

/* More processes than are kept: the longest silent goes. */
static void
test_many_processes (OtlpFixture   *self,
                     gconstpointer  data)
{
  for (int i = 0; i < 70; i++)
    {
      g_autofree char *instance = g_strdup_printf ("%d", i);

      otlp_push (self, instance, 1, 2 + i * 0.01, 1);
    }

  g_assert_cmpfloat (otlp_read_one (self, 3, "n_total"), ==, 64);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, service, func) g_test_add ("/otlp-fold/" name, OtlpFixture, service, otlp_set_up, func, otlp_tear_down)
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
  ADD ("names", "shop", test_names);
  ADD ("many-processes", "shop", test_many_processes);
  ADD ("tables", "shop", test_tables);
  ADD ("long-labels", "shop", test_long_labels);
  g_test_add_func ("/otlp-fold/limits", test_limits);

  return g_test_run ();
}
