/* test-numbers.c: the text and the snapshot of a server say what happened
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "server-thread.h"
#include "sy-exposition.h"

static const SyReferenceOptions *
get_options (gconstpointer kind)
{
  static SyReferenceOptions options;

  options = SY_REFERENCE_OPTIONS_DEFAULT;
  options.kind = GPOINTER_TO_UINT (kind);

  return &options;
}

static void
load (guint port)
{
  static const char *const targets[] = {
    "/plain", "/do/io?ms=1", "/do/cpu?wu=2", "/do/cpu?wu=3", "/do/native?kb=4", "/do/mix?p=100&ms=1", "/do/cpu?wu=x",
    "/nowhere",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    g_free (client_get (port, targets[i], NULL));
}

static SyExposition *
scrape (guint port)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SySeriesTable) table = sy_series_table_new (0);
  char *text = client_get (port, "/metrics", NULL);
  g_autoptr(GBytes) body = g_bytes_new_take (text, strlen (text));
  SyExposition *exposition = sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, NULL, table, &error);

  g_assert_no_error (error);

  return exposition;
}

/* The sum of all samples of @name that have @label (nullable) = @value; NAN for
 * no such sample. */
static double
get_value (const SyExposition *exposition,
           const char         *name,
           const char         *label,
           const char         *value)
{
  guint n_samples;
  const SySample *samples = sy_exposition_get_samples (exposition, &n_samples);
  double sum = (double) NAN;

  for (guint i = 0; i < n_samples; i++)
    if (strcmp (samples[i].series->name, name) == 0
        && (label == NULL || g_strcmp0 (sy_series_get_label (samples[i].series, label), value) == 0))
      sum = isnan (sum) ? samples[i].value : sum + samples[i].value;

  return sum;
}

/* Buckets grow with their bound, and the last is the count that follows. */
static void
check_histograms (const SyExposition *exposition)
{
  guint n_samples;
  const SySample *samples = sy_exposition_get_samples (exposition, &n_samples);
  double last = 0;
  double last_bound = -1;

  for (guint i = 0; i < n_samples; i++)
    {
      const SySeries *series = samples[i].series;

      if (g_str_has_suffix (series->name, "_bucket"))
        {
          g_assert_cmpfloat (series->le, >, last_bound);
          g_assert_cmpfloat (samples[i].value, >=, last);
          last = samples[i].value;
          last_bound = series->le;
        }
      else if (g_str_has_suffix (series->name, "_count"))
        {
          g_assert_true (isinf (last_bound));
          g_assert_cmpfloat (samples[i].value, ==, last);
          last = 0;
          last_bound = -1;
        }
    }
}

static void
test_text (gconstpointer kind)
{
  g_autoptr(ServerThread) server = server_thread_new (get_options (kind));
  guint port = server_thread_get_port (server);
  g_autoptr(SyExposition) first = scrape (port);
  g_autoptr(SyExposition) second = NULL;
  gboolean has_threads = GPOINTER_TO_UINT (kind) == SY_REFERENCE_THREADS;
  const char *count = "http_server_request_duration_seconds_count";

  g_assert_cmpfloat (get_value (first, count, NULL, NULL), ==, 0);
  check_histograms (first);

  load (port);
  second = scrape (port);
  check_histograms (second);

  /* all of the load and none of the scrapes */
  g_assert_cmpfloat (get_value (second, count, NULL, NULL), ==, 8);
  g_assert_cmpfloat (get_value (second, count, "http_route", "/do/cpu"), ==, 3);
  g_assert_cmpfloat (get_value (second, count, "http_response_status_code", "200"), ==, 6);
  g_assert_cmpfloat (get_value (second, count, "http_response_status_code", "400"), ==, 1);
  g_assert_cmpfloat (get_value (second, count, "http_response_status_code", "404"), ==, 1);
  g_assert_cmpfloat (get_value (second, "http_server_active_requests", NULL, NULL), ==, 0);
  g_assert_cmpfloat (get_value (second, "steelyard_connections", "kind", "http"), >=, 1);

  g_assert_cmpfloat (get_value (second, "process_start_time_seconds", NULL, NULL), ==,
                     get_value (first, "process_start_time_seconds", NULL, NULL));
  g_assert_cmpfloat (get_value (second, "process_cpu_seconds_total", NULL, NULL), >=,
                     get_value (first, "process_cpu_seconds_total", NULL, NULL));
  g_assert_cmpfloat (get_value (second, "process_resident_memory_bytes", NULL, NULL), >, 0);
  g_assert_cmpfloat (get_value (second, "process_open_fds", NULL, NULL), >, 0);
  g_assert_cmpfloat (get_value (second, "steelyard_server_info", "model",
                                has_threads ? "gil-threads" : "event-loop"), ==, 1);

  /* each model has its own and not the other's */
  g_assert_cmpint (isnan (get_value (second, "steelyard_loop_delay_seconds_count", NULL, NULL)), ==, has_threads);
  g_assert_cmpint (isnan (get_value (second, "steelyard_loop_time_seconds_total", NULL, NULL)), ==, has_threads);
  g_assert_cmpint (isnan (get_value (second, "steelyard_gil_wait_seconds_count", NULL, NULL)), !=, has_threads);
  g_assert_cmpint (isnan (get_value (second, "steelyard_workers_busy", NULL, NULL)), !=, has_threads);
  if (has_threads)
    {
      g_assert_cmpfloat (get_value (second, "steelyard_queue_wait_seconds_count", NULL, NULL), ==, 6);
      g_assert_cmpfloat (get_value (second, "steelyard_gil_switches_total", "reason", "released"), >, 0);
      g_assert_cmpfloat (get_value (second, "steelyard_workers", "kind", "thread"), ==, 32);
    }
}

static JsonParser *
get_snapshot (guint port)
{
  g_autofree char *text = client_get (port, "/steelyard/v1/snapshot", NULL);
  JsonParser *parser = json_parser_new ();
  g_autoptr(GError) error = NULL;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);

  return parser;
}

static JsonObject *
get_root (JsonParser *parser)
{
  return json_node_get_object (json_parser_get_root (parser));
}

static void
check_buckets (JsonObject *histogram)
{
  JsonArray *buckets = json_object_get_array_member (histogram, "b");
  gint64 last = 0;

  g_assert_cmpuint (json_array_get_length (buckets), ==, 25);
  for (guint i = 0; i < 25; i++)
    {
      g_assert_cmpint (json_array_get_int_element (buckets, i), >=, last);
      last = json_array_get_int_element (buckets, i);
    }
  g_assert_cmpint (json_object_get_int_member (histogram, "count"), >=, last);
  g_assert_cmpfloat (json_object_get_double_member (histogram, "max"), <=,
                     json_object_get_double_member (histogram, "sum"));
}

static void
check_snapshot (JsonObject *root,
                gboolean    has_threads)
{
  JsonObject *hist = json_object_get_object_member (root, "hist");
  JsonObject *counters = json_object_get_object_member (root, "counters");
  JsonArray *requests = json_object_get_array_member (hist, "request");

  g_assert_cmpstr (json_object_get_string_member (root, "schema"), ==, "steelyard.snapshot/1");
  g_assert_cmpuint (strlen (json_object_get_string_member (root, "boot")), ==, 8);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "bounds")), ==, 25);

  for (guint i = 0; i < json_array_get_length (requests); i++)
    check_buckets (json_array_get_object_element (requests, i));
  check_buckets (json_object_get_object_member (hist, has_threads ? "gil_wait" : "loop_delay"));

  /* what does not apply is absent */
  g_assert_cmpint (json_object_has_member (hist, "gil_wait"), ==, has_threads);
  g_assert_cmpint (json_object_has_member (hist, "queue_wait"), ==, has_threads);
  g_assert_cmpint (json_object_has_member (hist, "loop_delay"), !=, has_threads);
  g_assert_cmpint (json_object_has_member (counters, "gil_hold"), ==, has_threads);
  g_assert_cmpint (json_object_has_member (counters, "loop_idle"), !=, has_threads);
}

static void
test_snapshot (gconstpointer kind)
{
  g_autoptr(ServerThread) server = server_thread_new (get_options (kind));
  guint port = server_thread_get_port (server);
  gboolean has_threads = GPOINTER_TO_UINT (kind) == SY_REFERENCE_THREADS;
  g_autoptr(JsonParser) first = get_snapshot (port);
  g_autoptr(JsonParser) second = NULL;
  JsonObject *requests;

  load (port);
  second = get_snapshot (port);
  check_snapshot (get_root (first), has_threads);
  check_snapshot (get_root (second), has_threads);

  g_assert_cmpstr (json_object_get_string_member (get_root (first), "boot"), ==,
                   json_object_get_string_member (get_root (second), "boot"));
  g_assert_cmpint (json_object_get_int_member (get_root (second), "seq"), >,
                   json_object_get_int_member (get_root (first), "seq"));

  requests = json_object_get_object_member (json_object_get_object_member (get_root (second), "counters"), "requests");
  g_assert_cmpint (json_object_get_int_member (requests, "2xx"), ==, 6);
  g_assert_cmpint (json_object_get_int_member (requests, "4xx"), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/reference/numbers/text/event-loop", GUINT_TO_POINTER (SY_REFERENCE_EVENT_LOOP), test_text);
  g_test_add_data_func ("/reference/numbers/text/threads", GUINT_TO_POINTER (SY_REFERENCE_THREADS), test_text);
  g_test_add_data_func ("/reference/numbers/snapshot/event-loop",
                        GUINT_TO_POINTER (SY_REFERENCE_EVENT_LOOP), test_snapshot);
  g_test_add_data_func ("/reference/numbers/snapshot/threads", GUINT_TO_POINTER (SY_REFERENCE_THREADS), test_snapshot);

  return g_test_run ();
}
