/* test-signal-reader.c: rates, percentiles and levels of two scrapes
 *
 * The captured bodies (found by STEELYARD_DATA) were taken 10 s apart under the
 * same load: about 6 requests/s and two clients that always wait 2.5 s.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-signal-reader.h"

#define SECOND G_GINT64_CONSTANT (1000000)

typedef struct
{
  SyRecogniser   *recogniser;
  SySignalReader *reader;
  SySeriesTable  *table;
  SyReading       reading;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *directory = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (GError) error = NULL;

  fixture->recogniser = sy_recogniser_new_from_directory (directory, &error);
  g_assert_no_error (error);
  fixture->reader = sy_signal_reader_new (fixture->recogniser);
  fixture->table = sy_series_table_new (0);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  sy_signal_reader_free (fixture->reader);
  sy_series_table_unref (fixture->table);
  sy_recogniser_unref (fixture->recogniser);
}

static const SyReading *
read_body (Fixture    *fixture,
           const char *text,
           double      seconds)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (SyExposition) exposition = sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, &SY_EXPOSITION_LIMITS_DEFAULT,
                                                             fixture->table, &error);

  g_assert_no_error (error);
  sy_signal_reader_read (fixture->reader, exposition, (gint64) (seconds * SECOND), 0, &fixture->reading);

  return &fixture->reading;
}

/* A format that is a test's own constant. */
G_GNUC_PRINTF (3, 4)
static const SyReading *
read_printf (Fixture    *fixture,
             double      seconds,
             const char *format,
             ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  return read_body (fixture, text, seconds);
}

#define START "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds %.2f\n"
#define REQUESTS "# TYPE http_requests_total counter\nhttp_requests_total %d\n"

static void
assert_near (double actual,
             double expected)
{
  g_assert_cmpfloat_with_epsilon (actual, expected, 1e-9);
}

static void
test_rate_and_window (Fixture       *fixture,
                      gconstpointer  data)
{
  g_assert_cmpint (read_printf (fixture, 0, START REQUESTS, 100.0, 10)->gap, ==, SY_GAP_FIRST);
  g_assert_true (isnan (fixture->reading.throughput));
  g_assert_cmpint (fixture->reading.span_us, ==, 0);
  assert_near (fixture->reading.start_time, 100);

  g_assert_cmpint (read_printf (fixture, 1, START REQUESTS, 100.0, 20)->gap, ==, SY_GAP_NONE);
  assert_near (fixture->reading.throughput, 10);

  /* the window slides: 5 s, whatever came before */
  for (int i = 2; i <= 20; i++)
    read_printf (fixture, i, START REQUESTS, 100.0, 20 + (i > 10 ? (i - 10) * 100 : 0));
  g_assert_cmpint (fixture->reading.span_us, ==, 5 * SECOND);
  assert_near (fixture->reading.throughput, 100);

  /* polls further apart than the window: the last two */
  read_printf (fixture, 50, START REQUESTS, 100.0, 1020 + 60);
  g_assert_cmpint (fixture->reading.span_us, ==, 30 * SECOND);
  assert_near (fixture->reading.throughput, 2);

  sy_signal_reader_set_window (fixture->reader, 0);
  read_printf (fixture, 51, START REQUESTS, 100.0, 1087);
  assert_near (fixture->reading.throughput, 7);
}

static void
test_restart (Fixture       *fixture,
              gconstpointer  data)
{
  read_printf (fixture, 0, START REQUESTS, 100.0, 500);
  read_printf (fixture, 10, START REQUESTS, 100.0, 600);
  g_assert_cmpint (read_printf (fixture, 20, START REQUESTS, 115.0, 700)->gap, ==, SY_GAP_RESTART);
  g_assert_true (isnan (fixture->reading.throughput));
  g_assert_cmpint (read_printf (fixture, 30, START REQUESTS, 115.0, 800)->gap, ==, SY_GAP_NONE);
  assert_near (fixture->reading.throughput, 10);
  g_assert_cmpuint (sy_signal_reader_get_n_processes (fixture->reader), ==, 1);
}

static void
test_workers (Fixture       *fixture,
              gconstpointer  data)
{
  read_printf (fixture, 0, START REQUESTS, 100.0, 500);
  g_assert_cmpint (read_printf (fixture, 2, START REQUESTS, 100.5, 9000)->gap, ==, SY_GAP_OTHER_WORKER);
  g_assert_true (isnan (fixture->reading.throughput));
  g_assert_cmpint (read_printf (fixture, 4, START REQUESTS, 100.0, 540)->gap, ==, SY_GAP_OTHER_WORKER);
  assert_near (fixture->reading.throughput, 10);
  g_assert_cmpint (read_printf (fixture, 6, START REQUESTS, 100.0, 560)->gap, ==, SY_GAP_NONE);
  g_assert_cmpint (read_printf (fixture, 8, START REQUESTS, 100.5, 9600)->gap, ==, SY_GAP_OTHER_WORKER);
  assert_near (fixture->reading.throughput, 100);
  g_assert_cmpuint (sy_signal_reader_get_n_processes (fixture->reader), ==, 2);

  /* one of them is not heard of for a minute */
  for (int i = 0; i < 10; i++)
    read_printf (fixture, 10 + 10 * i, START REQUESTS, 100.5, 9600);
  g_assert_cmpuint (sy_signal_reader_get_n_processes (fixture->reader), ==, 1);
}

/* A farm of workers, or a start time that is no start time: bounded. */
static void
test_many_processes (Fixture       *fixture,
                     gconstpointer  data)
{
  for (int i = 0; i < 300; i++)
    read_printf (fixture, i * 0.1, START REQUESTS, 100.0 - i, 5);
  g_assert_cmpuint (sy_signal_reader_get_n_processes (fixture->reader), ==, 64);
  g_assert_cmpint (fixture->reading.gap, ==, SY_GAP_OTHER_WORKER);
}

static void
test_reset_and_miss (Fixture       *fixture,
                     gconstpointer  data)
{
  read_printf (fixture, 0, REQUESTS, 500);
  g_assert_cmpint (read_printf (fixture, 1, REQUESTS, 3)->gap, ==, SY_GAP_RESET);
  g_assert_true (isnan (fixture->reading.throughput));

  sy_signal_reader_miss (fixture->reader, SY_GAP_DOWN, 2 * SECOND, 7, &fixture->reading);
  g_assert_cmpint (fixture->reading.gap, ==, SY_GAP_DOWN);
  g_assert_cmpint (fixture->reading.wall_us, ==, 7);
  g_assert_true (isnan (fixture->reading.throughput));

  g_assert_cmpint (read_printf (fixture, 3, REQUESTS, 9)->gap, ==, SY_GAP_NONE);
  assert_near (fixture->reading.throughput, 3);

  /* the same instant twice is no division by zero */
  read_printf (fixture, 3, REQUESTS, 11);
  assert_near (fixture->reading.throughput, 4);
}

#define HISTOGRAM \
  "# TYPE http_request_duration_ms histogram\n" \
  "http_request_duration_ms_bucket{route=\"/a\",code=\"200\",le=\"10\"} %d\n" \
  "http_request_duration_ms_bucket{route=\"/a\",code=\"200\",le=\"20\"} %d\n" \
  "http_request_duration_ms_bucket{route=\"/a\",code=\"200\",le=\"+Inf\"} %d\n" \
  "http_request_duration_ms_sum{route=\"/a\",code=\"200\"} %d\n" \
  "http_request_duration_ms_count{route=\"/a\",code=\"200\"} %d\n" \
  "http_request_duration_ms_bucket{route=\"/metrics\",code=\"500\",le=\"+Inf\"} %d\n" \
  "http_request_duration_ms_sum{route=\"/metrics\",code=\"500\"} %d\n" \
  "http_request_duration_ms_count{route=\"/metrics\",code=\"500\"} %d\n"

static void
test_duration (Fixture       *fixture,
               gconstpointer  data)
{
  read_printf (fixture, 0, HISTOGRAM, 0, 0, 0, 0, 0, 1, 9, 1);
  read_printf (fixture, 2, HISTOGRAM, 50, 100, 100, 1000, 100, 5, 90, 5);

  assert_near (fixture->reading.throughput, 50);
  assert_near (fixture->reading.errors, 0);
  assert_near (fixture->reading.error_ratio, 0);
  assert_near (fixture->reading.latency_count, 100);
  assert_near (fixture->reading.latency_mean, 0.01);
  assert_near (fixture->reading.p50.estimate, 0.01);
  assert_near (fixture->reading.p50.lower, 0);
  assert_near (fixture->reading.p99.lower, 0.01);
  assert_near (fixture->reading.p99.upper, 0.02);
  assert_near (fixture->reading.p99.estimate, 0.0198);
  g_assert_cmpint (fixture->reading.in_flight_how, ==, SY_HOW_LITTLES_LAW);
  assert_near (fixture->reading.in_flight, 0.5);
  g_assert_cmpfloat (sy_buckets_get_count (sy_signal_reader_get_durations (fixture->reader)), ==, 100);
  assert_near (sy_buckets_get_sum (sy_signal_reader_get_durations (fixture->reader)), 1);

  /* nothing happened: no latency, but a throughput of 0 */
  for (int i = 3; i < 10; i++)
    read_printf (fixture, i, HISTOGRAM, 50, 100, 100, 1000, 100, 5 + i, 90, 5 + i);
  assert_near (fixture->reading.throughput, 0);
  assert_near (fixture->reading.in_flight, 0);
  g_assert_true (isnan (fixture->reading.p99.estimate));
  g_assert_true (isnan (fixture->reading.latency_mean));
  g_assert_true (isnan (fixture->reading.error_ratio));
}

/* Errors by status appear with the first answer that has one, and are 0 before
 * the first that failed. */
static void
test_errors_by_status (Fixture       *fixture,
                       gconstpointer  data)
{
#define TYPE "# TYPE http_requests_total counter\n"
  read_body (fixture, TYPE "# TYPE http_errors_total counter\nhttp_errors_total 7\n", 0);
  g_assert_true (isnan (fixture->reading.errors));
  read_body (fixture, TYPE "http_requests_total{status=\"2XX\"} 5\n# TYPE http_errors_total counter\nhttp_errors_total 7\n", 1);
  read_body (fixture, TYPE "http_requests_total{status=\"2XX\"} 9\n# TYPE http_errors_total counter\nhttp_errors_total 9\n", 2);
  assert_near (fixture->reading.throughput, 4);
  assert_near (fixture->reading.errors, 0);
  read_body (fixture, TYPE "http_requests_total{status=\"2XX\"} 9\nhttp_requests_total{status=\"503\"} 1\n"
                           "http_requests_total{status=\"404\"} 7\n# TYPE http_errors_total counter\nhttp_errors_total 99\n", 3);
  assert_near (fixture->reading.errors, 0.5);
  assert_near (fixture->reading.error_ratio, 1.0 / 12);
#undef TYPE
}

static void
test_error_counter (Fixture       *fixture,
                    gconstpointer  data)
{
#define BODY "# TYPE bullmq_job_count gauge\nbullmq_job_count{state=\"active\"} 4\nbullmq_job_count{state=\"waiting\"} 30\n" \
             "bullmq_job_count{state=\"prioritized\"} 2\nbullmq_job_count{state=\"completed\"} 900\n" \
             "# TYPE bullmq_job_completed_total counter\nbullmq_job_completed_total %d\n" \
             "# TYPE bullmq_job_failed_total counter\nbullmq_job_failed_total %d\n"
  read_printf (fixture, 0, BODY, 10, 1);
  read_printf (fixture, 1, BODY, 16, 3);
  assert_near (fixture->reading.in_flight, 4);
  g_assert_cmpint (fixture->reading.in_flight_how, ==, SY_HOW_GAUGE);
  assert_near (fixture->reading.queue, 32);
  assert_near (fixture->reading.throughput, 8);
  assert_near (fixture->reading.errors, 2);
  assert_near (fixture->reading.error_ratio, 0.25);
#undef BODY
}

static void
test_summary (Fixture       *fixture,
              gconstpointer  data)
{
#define BODY "# TYPE http_request_duration_seconds summary\nhttp_request_duration_seconds{quantile=\"0.5\"} 0.2\n" \
             "http_request_duration_seconds{quantile=\"0.95\"} 0.6\nhttp_request_duration_seconds{quantile=\"0.9\"} 0.4\n" \
             "http_request_duration_seconds{quantile=\"0.99\"} 0.9\nhttp_request_duration_seconds_sum %d\nhttp_request_duration_seconds_count %d\n"
  read_printf (fixture, 0, BODY, 10, 100);
  read_printf (fixture, 1, BODY, 20, 120);
  assert_near (fixture->reading.p50.estimate, 0.2);
  assert_near (fixture->reading.p99.lower, 0.9);
  assert_near (fixture->reading.p99.upper, 0.9);
  assert_near (fixture->reading.p95.estimate, 0.6);
  assert_near (fixture->reading.latency_mean, 0.5);
  assert_near (fixture->reading.in_flight, 10);
  g_assert_null (sy_signal_reader_get_durations (fixture->reader));

  /* percentiles of two series cannot be joined */
  read_printf (fixture, 2, BODY "http_request_duration_seconds{quantile=\"0.99\",method=\"POST\"} 0.1\n", 20, 120);
  g_assert_true (isnan (fixture->reading.p99.estimate));
#undef BODY
}

static void
test_started_minus_finished (Fixture       *fixture,
                             gconstpointer  data)
{
  read_body (fixture,
             "# TYPE django_http_requests_before_middlewares_total counter\ndjango_http_requests_before_middlewares_total 99\n"
             "# TYPE django_http_responses_before_middlewares_total counter\ndjango_http_responses_before_middlewares_total 96\n", 0);
  g_assert_cmpint (fixture->reading.in_flight_how, ==, SY_HOW_STARTED_MINUS_FINISHED);
  assert_near (fixture->reading.in_flight, 2);
}

static const char reference_body[] =
  "# TYPE steelyard_server_info gauge\nsteelyard_server_info{model=\"event-loop\",runtime=\"node\"} 1\n" START
  "# TYPE http_server_request_duration_seconds histogram\n"
  "http_server_request_duration_seconds_bucket{http_request_method=\"GET\",http_route=\"/do/io\",http_response_status_code=\"200\",le=\"0.02\"} %d\n"
  "http_server_request_duration_seconds_bucket{http_request_method=\"GET\",http_route=\"/do/io\",http_response_status_code=\"200\",le=\"+Inf\"} %d\n"
  "http_server_request_duration_seconds_sum{http_request_method=\"GET\",http_route=\"/do/io\",http_response_status_code=\"200\"} %d\n"
  "http_server_request_duration_seconds_count{http_request_method=\"GET\",http_route=\"/do/io\",http_response_status_code=\"200\"} %d\n"
  "http_server_request_duration_seconds_count{http_request_method=\"GET\",http_route=\"/steelyard/v1/snapshot\",http_response_status_code=\"200\"} %d\n"
  "http_server_request_duration_seconds_count{http_request_method=\"GET\",http_route=\"/healthz\",http_response_status_code=\"500\"} %d\n"
  "# TYPE http_server_active_requests gauge\nhttp_server_active_requests{http_request_method=\"GET\"} 7\n"
  "http_server_active_requests{http_request_method=\"POST\"} 1\n"
  "# TYPE steelyard_queue_length gauge\nsteelyard_queue_length 5\n"
  "# TYPE steelyard_workers gauge\nsteelyard_workers{kind=\"process\"} 1\nsteelyard_workers{kind=\"thread\"} 32\n"
  "# TYPE steelyard_workers_busy gauge\nsteelyard_workers_busy 31\n"
  "# TYPE steelyard_loop_delay_seconds histogram\nsteelyard_loop_delay_seconds_bucket{le=\"0.001\"} %d\n"
  "steelyard_loop_delay_seconds_bucket{le=\"0.01\"} %d\nsteelyard_loop_delay_seconds_bucket{le=\"+Inf\"} %d\n"
  "# TYPE steelyard_loop_time_seconds_total counter\nsteelyard_loop_time_seconds_total{state=\"active\"} %d\n"
  "steelyard_loop_time_seconds_total{state=\"idle\"} %d\n"
  "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total %.1f\n"
  "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes 58720256\n"
  "# TYPE process_threads gauge\nprocess_threads 34\n";

static void
test_reference (Fixture       *fixture,
                gconstpointer  data)
{
  SyMapping *mapping;

  read_printf (fixture, 0, reference_body, 1e9, 0, 0, 0, 0, 3, 3, 0, 0, 0, 10, 90, 5.0);
  read_printf (fixture, 4, reference_body, 1e9, 400, 800, 16, 800, 9, 9, 980, 1000, 1000, 13, 91, 6.2);
  mapping = sy_signal_reader_get_mapping (fixture->reader);

  g_assert_cmpstr (sy_mapping_get_exporter (mapping), ==, "steelyard-reference");
  g_assert_cmpstr (sy_mapping_get_runtime (mapping), ==, "Node.js");
  assert_near (fixture->reading.throughput, 200);
  assert_near (fixture->reading.errors, 0);
  assert_near (fixture->reading.latency_mean, 0.02);
  assert_near (fixture->reading.p50.estimate, 0.02);
  assert_near (fixture->reading.in_flight, 8);
  assert_near (fixture->reading.queue, 5);
  assert_near (fixture->reading.workers, 32);
  assert_near (fixture->reading.workers_busy, 31);
  assert_near (fixture->reading.threads, 34);
  assert_near (fixture->reading.cpu_cores, 0.3);
  assert_near (fixture->reading.rss, 58720256);
  assert_near (fixture->reading.loop_lag, 0.001 + 0.009 * 10 / 20);
  assert_near (fixture->reading.loop_utilisation, 0.75);
}

/* perf_hooks adds its resolution of 10 ms to each delay. */
static void
test_lag_floor (Fixture       *fixture,
                gconstpointer  data)
{
#define BODY "# TYPE target_info gauge\ntarget_info 1\n# TYPE nodejs_eventloop_delay_p99 gauge\n# UNIT nodejs_eventloop_delay_p99 s\n" \
             "nodejs_eventloop_delay_p99 %g\n"
  assert_near (read_printf (fixture, 0, BODY, 0.0135)->loop_lag, 0.0035);
  assert_near (read_printf (fixture, 1, BODY, 0.009)->loop_lag, 0);
#undef BODY
}

static gboolean
read_captured (Fixture    *fixture,
               const char *name,
               double      seconds)
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
  read_body (fixture, text, seconds);

  return TRUE;
}

static void
test_hazard_workers (Fixture       *fixture,
                     gconstpointer  data)
{
  static const SyGap gaps[] = { SY_GAP_FIRST, SY_GAP_OTHER_WORKER, SY_GAP_NONE, SY_GAP_OTHER_WORKER,
                                SY_GAP_NONE, SY_GAP_NONE, SY_GAP_NONE, SY_GAP_NONE };

  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++)
    {
      g_autofree char *name = g_strdup_printf ("hazard-gunicorn-2workers-no-multiproc.%u.prom", i + 1);

      if (!read_captured (fixture, name, 2 * i))
        return;
      g_test_message ("%s: %s, %.2f/s", name, sy_gap_nick (fixture->reading.gap), fixture->reading.throughput);
      g_assert_cmpint (fixture->reading.gap, ==, gaps[i]);
      g_assert_false (fixture->reading.throughput < 0 || fixture->reading.throughput > 20);
    }
  g_assert_cmpuint (sy_signal_reader_get_n_processes (fixture->reader), ==, 2);
}

static void
test_hazard_restart (Fixture       *fixture,
                     gconstpointer  data)
{
  static const double seconds[] = { 0, 2, 4, 7.8, 9.8, 11.8 };

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      g_autofree char *name = g_strdup_printf ("hazard-restart.%u.prom", i + 1);

      if (!read_captured (fixture, name, seconds[i]))
        return;
      g_assert_cmpint (fixture->reading.gap, ==, i == 0 ? SY_GAP_FIRST : i == 3 ? SY_GAP_RESTART : SY_GAP_NONE);
      g_assert_cmpint (isnan (fixture->reading.throughput), ==, i == 0 || i == 3);
      g_assert_false (fixture->reading.throughput < 0 || fixture->reading.throughput > 20);
    }
  g_assert_cmpuint (sy_signal_reader_get_n_processes (fixture->reader), ==, 1);
}

static const struct {
  const char *name;
  gboolean    has_errors;
  gboolean    has_percentiles;
} captured[] = {
  { "node-express-prom-bundle", TRUE, TRUE },
  { "node-express-promclient", TRUE, TRUE },
  { "node-fastify-metrics", TRUE, TRUE },
  { "node-koa-promclient", TRUE, TRUE },
  { "node-swagger-stats", TRUE, TRUE },
  { "node-otel-http", TRUE, TRUE },
  { "py-flask-exporter", TRUE, TRUE },
  { "py-flask-gunicorn-multiproc", TRUE, TRUE },
  { "py-fastapi-instrumentator", TRUE, TRUE },
  { "py-starlette-exporter", TRUE, TRUE },
  { "py-otel-flask", TRUE, TRUE },
  { "py-django-prometheus-git", TRUE, TRUE },
  { "py-prometheus-client-0.25", TRUE, TRUE },
  { "caddy", TRUE, TRUE },
};

/* What the load was, read from each exporter's own metrics. */
static void
test_captured (Fixture       *fixture,
               gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (captured); i++)
    {
      g_autofree char *first = g_strconcat (captured[i].name, ".1.prom", NULL);
      g_autofree char *second = g_strconcat (captured[i].name, ".2.prom", NULL);
      const SyReading *reading = &fixture->reading;

      fixture_tear_down (fixture, NULL);
      fixture_set_up (fixture, NULL);
      if (!read_captured (fixture, first, 0) || !read_captured (fixture, second, 10))
        return;

      g_test_message ("%-28s %5.2f/s %5.2f errors/s, in flight %5.2f (%s), p50 %.4f p99 %.3f mean %.3f n %.0f cpu %.3f rss %.0f lag %.4f",
                      captured[i].name, reading->throughput, reading->errors, reading->in_flight,
                      sy_how_nick (reading->in_flight_how), reading->p50.estimate, reading->p99.estimate,
                      reading->latency_mean, reading->latency_count, reading->cpu_cores, reading->rss, reading->loop_lag);
      g_assert_cmpfloat (reading->throughput, >, 4);
      g_assert_cmpfloat (reading->throughput, <, 9);
      g_assert_cmpfloat (reading->in_flight, >=, 1);
      g_assert_cmpfloat (reading->in_flight, <=, 4);
      if (captured[i].has_errors)
        {
          g_assert_cmpfloat (reading->errors, >, 0.3);
          g_assert_cmpfloat (reading->errors, <, 1);
        }
      if (captured[i].has_percentiles)
        {
          g_assert_cmpfloat (reading->p50.estimate, <, 0.1);
          g_assert_cmpfloat (reading->p99.upper, >=, 2.4);
        }
    }
}

static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  g_assert_null (sy_signal_reader_get_mapping (fixture->reader));
  g_assert_null (sy_signal_reader_get_durations (fixture->reader));
  g_assert_cmpuint (sy_signal_reader_get_n_processes (fixture->reader), ==, 0);
  g_assert_cmpint (read_body (fixture, "", 0)->gap, ==, SY_GAP_FIRST);
  g_assert_cmpint (read_body (fixture, "", 1)->gap, ==, SY_GAP_NONE);
  g_assert_true (isnan (fixture->reading.throughput));
  g_assert_cmpint (fixture->reading.in_flight_how, ==, SY_HOW_NONE);
  g_assert_nonnull (sy_signal_reader_get_mapping (fixture->reader));
}

/* What appears later is recognised then, and what was known goes on. */
static void
test_new_metric (Fixture       *fixture,
                 gconstpointer  data)
{
  read_printf (fixture, 0, START REQUESTS, 100.0, 10);
  read_printf (fixture, 1, START REQUESTS "# TYPE other gauge\nother 3\n", 100.0, 20);
  assert_near (fixture->reading.throughput, 10);
  read_printf (fixture, 2, START REQUESTS "# TYPE http_requests_in_flight gauge\nhttp_requests_in_flight 3\n", 100.0, 30);
  assert_near (fixture->reading.in_flight, 3);
  g_assert_cmpint (fixture->reading.gap, ==, SY_GAP_FIRST);
  read_printf (fixture, 3, START REQUESTS "# TYPE http_requests_in_flight gauge\nhttp_requests_in_flight 3\n", 100.0, 40);
  assert_near (fixture->reading.throughput, 10);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

/* P09, P10: a series counts once, by its latest value, and only what is of now. */
static void
test_sieve (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct { const char *samples; double in_flight; } cases[] = {
    { "http_requests_in_flight 3\n", 3 },
    { "http_requests_in_flight 3\nhttp_requests_in_flight 3\n", 3 },
    { "http_requests_in_flight 3\nhttp_requests_in_flight 4\n", 3 },
    { "http_requests_in_flight 3 1000000\nhttp_requests_in_flight 4 1001000\n", 4 },
    { "http_requests_in_flight 4 1001000\nhttp_requests_in_flight 3 1000000\n", 4 },
    { "http_requests_in_flight{a=\"b\"} 3\nhttp_requests_in_flight{a=\"c\"} 4\n", 7 },
    { "http_requests_in_flight 3 400000\n", 3 },
    { "http_requests_in_flight 3 399000\n", NAN },
    { "http_requests_in_flight 3 4601000\n", NAN },
    { "http_requests_in_flight 3 1601000\nhttp_requests_in_flight 4 1000000\n", 4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat ("# TYPE http_requests_in_flight gauge\n", cases[i].samples, NULL);
      g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
      g_autoptr (SyExposition) exposition = sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, NULL, fixture->table, NULL);
      SyReading reading;

      sy_signal_reader_read (fixture->reader, exposition, (gint64) (i + 1) * SECOND, 1000 * SECOND, &reading);
      g_test_message ("%s", cases[i].samples);
      if (isnan (cases[i].in_flight))
        g_assert_true (isnan (reading.in_flight));
      else
        g_assert_cmpfloat (reading.in_flight, ==, cases[i].in_flight);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/signal-reader/nothing", test_nothing);
  ADD ("/signal-reader/rate-and-window", test_rate_and_window);
  ADD ("/signal-reader/sieve", test_sieve);
  ADD ("/signal-reader/restart", test_restart);
  ADD ("/signal-reader/workers", test_workers);
  ADD ("/signal-reader/many-processes", test_many_processes);
  ADD ("/signal-reader/reset-and-miss", test_reset_and_miss);
  ADD ("/signal-reader/duration", test_duration);
  ADD ("/signal-reader/errors-by-status", test_errors_by_status);
  ADD ("/signal-reader/error-counter", test_error_counter);
  ADD ("/signal-reader/summary", test_summary);
  ADD ("/signal-reader/started-minus-finished", test_started_minus_finished);
  ADD ("/signal-reader/new-metric", test_new_metric);
  ADD ("/signal-reader/reference", test_reference);
  ADD ("/signal-reader/lag-floor", test_lag_floor);
  ADD ("/signal-reader/hazard-workers", test_hazard_workers);
  ADD ("/signal-reader/hazard-restart", test_hazard_restart);
  ADD ("/signal-reader/captured", test_captured);

  return g_test_run ();
}
