/* test-traps.c: what is easily misread is told, and nothing else
 *
 * Each trap has a body, or two, that shows it and one that nearly does. With
 * STEELYARD_DATA the captured hazards are looked at too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-signal-reader.h"
#include "sy-trap-pair.h"
#include "sy-trap-scan.h"
#include "sy-trap-watch.h"

#define SECOND G_GINT64_CONSTANT (1000000)

static SyRecogniser *recogniser;

typedef struct {
  SySeriesTable  *table;
  SySignalReader *reader;
  SyTrapWatch    *watch;
  gint64          now_us;
} Target;

static void
target_init (Target *self)
{
  self->table = sy_series_table_new (0);
  self->reader = sy_signal_reader_new (recogniser);
  self->watch = sy_trap_watch_new ();
  self->now_us = 1000 * SECOND;
}

static void
target_clear (Target *self)
{
  g_clear_pointer (&self->table, sy_series_table_unref);
  g_clear_pointer (&self->reader, sy_signal_reader_free);
  g_clear_pointer (&self->watch, sy_trap_watch_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Target, target_clear)

/* The next scrape of a target, a second after the last. */
static void
say (Target     *self,
     const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (SyExposition) exposition =
    sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, &SY_EXPOSITION_LIMITS_DEFAULT, self->table, &error);
  SyReading reading;

  g_assert_no_error (error);
  self->now_us += SECOND;
  sy_signal_reader_read (self->reader, exposition, self->now_us, self->now_us, &reading);
  sy_trap_watch_add (self->watch, sy_signal_reader_get_mapping (self->reader), exposition, &reading,
                     sy_signal_reader_get_n_processes (self->reader));
}

static const SyTrap *
find_trap (const GPtrArray *traps,
           const char      *code)
{
  for (guint i = 0; i < traps->len; i++)
    {
      const SyTrap *trap = g_ptr_array_index (traps, i);

      if (strcmp (trap->code, code) == 0)
        return trap;
    }

  return NULL;
}

static const SyTrap *
told (Target     *self,
      const char *code)
{
  return find_trap (sy_trap_watch_get (self->watch), code);
}

/* Bodies of one scrape. */
static const struct {
  const char *what;
  const char *code;
  const char *metric; /* NULL: the trap must not be told */
  const char *body;
} single[] = {
  { "bounds for milliseconds in seconds", SY_TRAP_MILLISECONDS, "http_request_duration_seconds",
    "# TYPE http_request_duration_seconds histogram\nhttp_request_duration_seconds_bucket{le=\"250\"} 1\n"
    "http_request_duration_seconds_bucket{le=\"2500\"} 1\nhttp_request_duration_seconds_bucket{le=\"+Inf\"} 1\n" },
  { "bounds for seconds in milliseconds", SY_TRAP_MILLISECONDS, "http_request_duration_ms",
    "# TYPE http_request_duration_ms histogram\nhttp_request_duration_ms_bucket{le=\"0.25\"} 1\n"
    "http_request_duration_ms_bucket{le=\"2.5\"} 1\nhttp_request_duration_ms_bucket{le=\"10\"} 1\nhttp_request_duration_ms_bucket{le=\"+Inf\"} 1\n" },
  { "long jobs in seconds", SY_TRAP_MILLISECONDS, NULL,
    "# TYPE http_request_duration_seconds histogram\nhttp_request_duration_seconds_bucket{le=\"1\"} 1\n"
    "http_request_duration_seconds_bucket{le=\"3600\"} 1\nhttp_request_duration_seconds_bucket{le=\"+Inf\"} 1\n" },
  { "long answers in seconds", SY_TRAP_MILLISECONDS, NULL,
    "# TYPE http_request_duration_seconds histogram\nhttp_request_duration_seconds_bucket{le=\"250\"} 1\n"
    "http_request_duration_seconds_bucket{le=\"300\"} 1\nhttp_request_duration_seconds_bucket{le=\"+Inf\"} 1\n" },
  { "milliseconds by name and bounds", SY_TRAP_MILLISECONDS, NULL,
    "# TYPE http_request_duration_ms histogram\nhttp_request_duration_ms_bucket{le=\"250\"} 1\n"
    "http_request_duration_ms_bucket{le=\"2500\"} 1\nhttp_request_duration_ms_bucket{le=\"+Inf\"} 1\n" },
  { "one summary", SY_TRAP_LIFETIME, "http_request_duration_seconds",
    "# TYPE http_request_duration_seconds summary\nhttp_request_duration_seconds{quantile=\"0.5\"} 1\nhttp_request_duration_seconds_count 1\n" },
  { "one summary can be read", SY_TRAP_SUMMARY, NULL,
    "# TYPE http_request_duration_seconds summary\nhttp_request_duration_seconds{quantile=\"0.5\"} 1\n"
    "http_request_duration_seconds{quantile=\"0.9\"} 1\nhttp_request_duration_seconds_count 1\n" },
  { "a summary by route", SY_TRAP_SUMMARY, "http_request_duration_seconds",
    "# TYPE http_request_duration_seconds summary\nhttp_request_duration_seconds{route=\"/a\",quantile=\"0.5\"} 1\n"
    "http_request_duration_seconds{route=\"/b\",quantile=\"0.5\"} 1\n" },
  { "a summary without quantiles", SY_TRAP_LIFETIME, NULL,
    "# TYPE http_request_duration_seconds summary\nhttp_request_duration_seconds_count 1\nhttp_request_duration_seconds_sum 1\n" },
  { "a histogram", SY_TRAP_LIFETIME, NULL,
    "# TYPE http_request_duration_seconds histogram\nhttp_request_duration_seconds_bucket{le=\"+Inf\"} 1\n" },
  { "percentiles as gauges", SY_TRAP_LIFETIME, "http_request_duration_seconds",
    "# TYPE http_request_duration_seconds gauge\nhttp_request_duration_seconds{quantile=\"0.5\"} 1\nhttp_request_duration_seconds{quantile=\"0.99\"} 2\n" },
  { "percentiles without a type or a unit", SY_TRAP_LIFETIME, "api_response_time", "api_response_time{quantile=\"0.99\"} 2\n" },
  { "percentiles beside a histogram", SY_TRAP_LIFETIME, NULL,
    "# TYPE http_request_duration_seconds histogram\nhttp_request_duration_seconds_bucket{le=\"+Inf\"} 1\n"
    "# TYPE http_request_latency_seconds gauge\nhttp_request_latency_seconds{quantile=\"0.5\"} 1\n" },
  { "percentiles of a size", SY_TRAP_LIFETIME, NULL, "# TYPE http_response_size_bytes gauge\nhttp_response_size_bytes{quantile=\"0.5\"} 1\n" },
  { "pauses of a collector", SY_TRAP_LIFETIME, NULL,
    "# TYPE go_goroutines gauge\ngo_goroutines 7\n# TYPE go_gc_duration_seconds summary\ngo_gc_duration_seconds{quantile=\"0.5\"} 1\n" },
  { "a series twice", SY_TRAP_REPEATED, "http_requests_total",
    "# TYPE http_requests_total counter\nhttp_requests_total{route=\"/a\"} 1\nhttp_requests_total{route=\"/a\"} 1\n" },
  { "two series", SY_TRAP_REPEATED, NULL,
    "# TYPE http_requests_total counter\nhttp_requests_total{route=\"/a\"} 1\nhttp_requests_total{route=\"/b\"} 1\n" },
  { "a value of another time", SY_TRAP_FOREIGN_TIME, "http_requests_total",
    "# TYPE http_requests_total counter\nhttp_requests_total 1 4102444800000\n" },
  { "a value of a minute ago", SY_TRAP_FOREIGN_TIME, NULL,
    "# TYPE http_requests_total counter\nhttp_requests_total 1 941000\n" },
  { "the event loop's floor", SY_TRAP_LOOP_FLOOR, "nodejs_eventloop_lag_p99_seconds",
    "# TYPE nodejs_version_info gauge\nnodejs_version_info 1\n# TYPE nodejs_eventloop_lag_p99_seconds gauge\nnodejs_eventloop_lag_p99_seconds 0.0101\n" },
  { "the event loop's reset", SY_TRAP_LOOP_RESET, "nodejs_eventloop_lag_p99_seconds",
    "# TYPE nodejs_version_info gauge\nnodejs_version_info 1\n# TYPE nodejs_eventloop_lag_p99_seconds gauge\nnodejs_eventloop_lag_p99_seconds 0.0101\n" },
  { "the lag at the scrape has no floor", SY_TRAP_LOOP_FLOOR, NULL,
    "# TYPE nodejs_eventloop_lag_seconds gauge\nnodejs_eventloop_lag_seconds 0.001\n" },
  { "a cluster's means", SY_TRAP_AVERAGED, "nodejs_eventloop_lag_seconds",
    "# TYPE nodejs_eventloop_lag_seconds gauge\nnodejs_eventloop_lag_seconds 0.001\n" },
  { "one process has a start time", SY_TRAP_AVERAGED, NULL,
    "# TYPE nodejs_eventloop_lag_seconds gauge\nnodejs_eventloop_lag_seconds 0.001\n# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds 1.7e9\n" },
  { "the scrape's own gauge", SY_TRAP_SCRAPE_GAUGE, "promhttp_metric_handler_requests_in_flight",
    "# TYPE go_goroutines gauge\ngo_goroutines 7\n# TYPE promhttp_metric_handler_requests_in_flight gauge\npromhttp_metric_handler_requests_in_flight 1\n" },
  { "a time as a gauge", SY_TRAP_CREATED, "http_requests_created",
    "# TYPE http_requests_total counter\nhttp_requests_total 1\n# TYPE http_requests_created gauge\nhttp_requests_created 1.79e9\n" },
  { "a gauge of created things", SY_TRAP_CREATED, NULL, "# TYPE accounts_created gauge\naccounts_created 12\n" },
  { "scrapes among the requests", SY_TRAP_SCRAPE_TRAFFIC, "http_requests_total",
    "# TYPE http_requests_total counter\nhttp_requests_total{route=\"/metrics\"} 1\nhttp_requests_total{route=\"/\"} 1\n" },
  { "no scrapes among the requests", SY_TRAP_SCRAPE_TRAFFIC, NULL,
    "# TYPE http_requests_total counter\nhttp_requests_total{route=\"/a\"} 1\n" },
  { "libuv's requests", SY_TRAP_LIBUV, "nodejs_active_requests_total",
    "# TYPE nodejs_version_info gauge\nnodejs_version_info 1\n# TYPE nodejs_active_requests_total gauge\nnodejs_active_requests_total 0\n" },
};

static void
test_single (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (single); i++)
    {
      g_auto (Target) target = { NULL };
      const SyTrap *trap;

      target_init (&target);
      say (&target, single[i].body);
      trap = told (&target, single[i].code);
      g_test_message ("%s: %s", single[i].what, single[i].code);
      if (single[i].metric != NULL)
        g_assert_cmpstr (trap != NULL ? trap->metric : NULL, ==, single[i].metric);
      else
        g_assert_null (trap);
    }
}

static char *
process_body (double start_time,
              double requests)
{
  return g_strdup_printf ("# TYPE http_requests_total counter\nhttp_requests_total %.0f\n"
                          "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds %.2f\n", requests, start_time);
}

static void
test_other_workers (void)
{
  static const struct { double start[3]; gboolean expected; } cases[] = {
    { { 100.5, 100.75, 100.5 }, TRUE },
    { { 100.5, 100.5, 100.5 }, FALSE },
    { { 100.5, 900.5, 900.5 }, FALSE }, /* a restart */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Target) target = { NULL };

      target_init (&target);
      for (guint j = 0; j < 3; j++)
        {
          g_autofree char *body = process_body (cases[i].start[j], 8);

          say (&target, body);
        }
      g_assert_cmpint (told (&target, SY_TRAP_OTHER_WORKERS) != NULL, ==, cases[i].expected);
    }
}

/* Without a start time counters that fall again and again say it. */
static void
test_falling_counters (void)
{
  static const int values[] = { 100, 40, 101, 41, 102, 42 };
  g_auto (Target) target = { NULL };

  target_init (&target);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *body = g_strdup_printf ("# TYPE http_requests_total counter\nhttp_requests_total %d\n", values[i]);

      say (&target, body);
      if (i == 1)
        g_assert_null (told (&target, SY_TRAP_OTHER_WORKERS));
    }
  g_assert_nonnull (told (&target, SY_TRAP_OTHER_WORKERS));
}

static void
test_cached (void)
{
  static const struct { const char *first, *second; gboolean expected; } cases[] = {
    { "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 1.234567\n",
      "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 1.234567\n", TRUE },
    { "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 1.234567\n",
      "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 1.234568\n", FALSE },
    /* hundredths of a second may stand still */
    { "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 1.23\n",
      "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 1.23\n", FALSE },
    { "# TYPE http_requests_total counter\nhttp_requests_total{path=\"/metrics\"} 4\n",
      "# TYPE http_requests_total counter\nhttp_requests_total{path=\"/metrics\"} 4\n", TRUE },
    { "# TYPE http_requests_total counter\nhttp_requests_total{path=\"/a\"} 4\n",
      "# TYPE http_requests_total counter\nhttp_requests_total{path=\"/a\"} 4\n", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Target) target = { NULL };

      target_init (&target);
      say (&target, cases[i].first);
      say (&target, cases[i].second);
      g_test_message ("case %u", i);
      g_assert_cmpint (told (&target, SY_TRAP_CACHED) != NULL, ==, cases[i].expected);
    }
}

static void
say_counts (Target *target,
            int     requests,
            int     in_flight)
{
  g_autofree char *body =
    g_strdup_printf ("# TYPE http_requests_total counter\nhttp_requests_total{code=\"200\"} %d\n"
                     "# TYPE http_requests_in_flight gauge\nhttp_requests_in_flight %d\n", requests, in_flight);

  say (target, body);
}

/* What chance can do is believed only after a while. */
static void
test_scrape_counted (void)
{
  g_auto (Target) scraped = { NULL };
  g_auto (Target) busy = { NULL };

  target_init (&scraped);
  target_init (&busy);
  for (int i = 0; i < 11; i++)
    {
      g_assert_null (told (&scraped, SY_TRAP_SCRAPE_TRAFFIC));
      g_assert_null (told (&scraped, SY_TRAP_SCRAPE_GAUGE));
      say_counts (&scraped, 100 + i, 1);
      say_counts (&busy, 100 + i * (i % 5), i % 3);
    }
  g_assert_cmpstr (told (&scraped, SY_TRAP_SCRAPE_TRAFFIC)->metric, ==, "http_requests_total");
  g_assert_cmpstr (told (&scraped, SY_TRAP_SCRAPE_GAUGE)->metric, ==, "http_requests_in_flight");
  g_assert_null (told (&busy, SY_TRAP_SCRAPE_TRAFFIC));
  g_assert_null (told (&busy, SY_TRAP_SCRAPE_GAUGE));

  /* told for a minute after the last time, then no longer */
  say_counts (&scraped, 500, 7);
  g_assert_nonnull (told (&scraped, SY_TRAP_SCRAPE_GAUGE));
  scraped.now_us += 61 * SECOND;
  say_counts (&scraped, 900, 7);
  g_assert_null (told (&scraped, SY_TRAP_SCRAPE_GAUGE));
}

static SyBuckets *
make_buckets (const double *bounds,
              guint         n,
              double        factor)
{
  SyBuckets *buckets = sy_buckets_new ();

  for (guint i = 0; i < n; i++)
    sy_buckets_add (buckets, bounds[i] * factor, 1);
  sy_buckets_add (buckets, INFINITY, 1);

  return buckets;
}

static void
test_bounds (void)
{
  static const double few[] = { 0.1, 0.5, 1 };
  static const double many[] = { 0.05, 0.1, 0.5, 1 };
  const struct { const double *first; guint n_first; double factor; const char *code; } cases[] = {
    { few, 3, 1, NULL },
    { many, 4, 1, SY_TRAP_BUCKET_EDGES },
    { few, 3, 1000, SY_TRAP_MILLISECONDS },
    { few, 3, 0.001, SY_TRAP_MILLISECONDS },
    { few, 0, 1, NULL }, /* nothing but +Inf */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SyBuckets) first = make_buckets (cases[i].first, cases[i].n_first, cases[i].factor);
      g_autoptr (SyBuckets) second = make_buckets (few, 3, 1);
      g_autoptr (GPtrArray) traps = sy_trap_list_new ();
      SyTrapSide a = { .durations = first }, b = { .durations = second };

      sy_trap_pair_scan (&a, &b, traps);
      g_test_message ("case %u", i);
      g_assert_cmpuint (traps->len, ==, cases[i].code != NULL ? 1 : 0);
      if (cases[i].code != NULL)
        g_assert_cmpstr (((SyTrap *) g_ptr_array_index (traps, 0))->code, ==, cases[i].code);

      b.durations = NULL;
      g_ptr_array_set_size (traps, 0);
      sy_trap_pair_scan (&a, &b, traps);
      g_assert_cmpuint (traps->len, ==, 0);
    }
}

static void
test_same_server (void)
{
  /* one process, seen at 1, 2, 3 and 4 s by turns */
  SyTrapSide a = { .totals = { { 1 * SECOND, 77, 10, 1.5, 0.25 }, { 3 * SECOND, 77, 30, 3.5, 0.75 } } };
  SyTrapSide b = { .totals = { { 2 * SECOND, 77, 20, 2.5, 0.5 }, { 4 * SECOND, 77, 40, 4.5, 1 } } };

  g_assert_true (sy_trap_pair_is_same (&a, &b));
  g_assert_true (sy_trap_pair_is_same (&b, &a));

  /* another start */
  b.totals[1].start_time = 78;
  g_assert_false (sy_trap_pair_is_same (&a, &b));
  b.totals[1].start_time = NAN;
  g_assert_false (sy_trap_pair_is_same (&a, &b));
  b.totals[1].start_time = 77;

  /* the same load, another CPU time */
  b.totals[0].cpu = 0.24;
  g_assert_false (sy_trap_pair_is_same (&a, &b));
  b.totals[0].cpu = 0.5;

  /* counts alone prove nothing */
  a.totals[0].cpu = a.totals[1].cpu = b.totals[0].cpu = b.totals[1].cpu = NAN;
  g_assert_true (sy_trap_pair_is_same (&a, &b));
  a.totals[0].duration = a.totals[1].duration = b.totals[0].duration = b.totals[1].duration = NAN;
  g_assert_false (sy_trap_pair_is_same (&a, &b));

  /* one scrape proves nothing */
  a.totals[0].monotonic_us = 0;
  g_assert_false (sy_trap_pair_is_same (&a, &b));
}

/* Two addresses that are asked at the same moment: their order is chance. */
static void
test_same_moment (void)
{
  SyTrapSide a = { .totals = { { 10 * SECOND, 77, 100, 5, 0.250 }, { 11 * SECOND, 77, 110, 5.5, 0.260 } } };
  SyTrapSide b = { .totals = { { 10 * SECOND + 500, 77, 100, 5, 0.249 }, { 11 * SECOND + 500, 77, 109, 5.49, 0.261 } } };

  g_assert_true (sy_trap_pair_is_same (&a, &b));
  g_assert_true (sy_trap_pair_is_same (&b, &a));

  /* as young and as idle, but another one */
  b.totals[0].cpu = 0.290;
  b.totals[1].cpu = 0.300;
  g_assert_false (sy_trap_pair_is_same (&a, &b));
  b.totals[0].cpu = 0.249;
  b.totals[1].cpu = 0.261;
  b.totals[1].duration = 6;
  g_assert_false (sy_trap_pair_is_same (&a, &b));
}

static void
test_words (void)
{
  static const char * const codes[] = {
    SY_TRAP_OTHER_WORKERS, SY_TRAP_LIFETIME, SY_TRAP_LOOP_FLOOR, SY_TRAP_LOOP_RESET, SY_TRAP_SCRAPE_GAUGE, SY_TRAP_CREATED,
    SY_TRAP_MILLISECONDS, SY_TRAP_BUCKET_EDGES, SY_TRAP_SAME_SERVER, SY_TRAP_CACHED, SY_TRAP_SCRAPE_TRAFFIC, SY_TRAP_SUMMARY,
    SY_TRAP_AVERAGED, SY_TRAP_LIBUV,
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      const char *message = NULL, *fix = NULL;

      g_assert_true (sy_trap_find_words (codes[i], &message, &fix));
      g_assert_false (g_str_has_suffix (message, "."));
      g_assert_false (g_str_has_suffix (fix, "."));
    }
}

/* Bodies of real targets, one after the other. */
static gboolean
say_file (Target     *target,
          const char *name)
{
  const char *data = g_getenv ("STEELYARD_DATA");
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  if (data == NULL)
    {
      g_test_skip ("STEELYARD_DATA is not set");
      return FALSE;
    }

  path = g_build_filename (data, "expositions", name, NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  say (target, text);

  return TRUE;
}

static void
test_hazards (void)
{
  g_auto (Target) workers = { NULL };
  g_auto (Target) restart = { NULL };

  target_init (&workers);
  target_init (&restart);
  for (int i = 1; i <= 6; i++)
    {
      g_autofree char *worker = g_strdup_printf ("hazard-gunicorn-2workers-no-multiproc.%d.prom", i);
      g_autofree char *other = g_strdup_printf ("hazard-restart.%d.prom", i);

      if (!say_file (&workers, worker))
        return;
      say_file (&restart, other);
    }

  g_assert_cmpstr (told (&workers, SY_TRAP_OTHER_WORKERS)->metric, ==, "process_start_time_seconds");
  g_assert_null (told (&restart, SY_TRAP_OTHER_WORKERS));
  g_assert_null (told (&workers, SY_TRAP_CACHED));
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *directory = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  directory = sy_datadir_build_path ("recognisers", NULL);
  recogniser = sy_recogniser_new_from_directory (directory, &error);
  g_assert_no_error (error);

  g_test_add_func ("/traps/single", test_single);
  g_test_add_func ("/traps/other-workers", test_other_workers);
  g_test_add_func ("/traps/falling-counters", test_falling_counters);
  g_test_add_func ("/traps/cached", test_cached);
  g_test_add_func ("/traps/scrape-counted", test_scrape_counted);
  g_test_add_func ("/traps/bounds", test_bounds);
  g_test_add_func ("/traps/same-server", test_same_server);
  g_test_add_func ("/traps/same-moment", test_same_moment);
  g_test_add_func ("/traps/words", test_words);
  g_test_add_func ("/traps/hazards", test_hazards);

  status = g_test_run ();
  sy_recogniser_unref (recogniser);

  return status;
}
