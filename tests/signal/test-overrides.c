/* test-overrides.c: what a person decides counts, and is kept
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-overrides-file.h"
#include "sy-signal-reader.h"

#define SECOND G_GINT64_CONSTANT (1000000)

static SyRecogniser *recogniser;

static SyExposition *
parse (SySeriesTable *table,
       const char    *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  SyExposition *exposition = sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, &SY_EXPOSITION_LIMITS_DEFAULT, table, &error);

  g_assert_no_error (error);

  return exposition;
}

static SyMapping *
match (const char  *text,
       SyOverrides *overrides)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (SyExposition) exposition = parse (table, text);

  return sy_recogniser_match_with (recogniser, exposition, overrides);
}

static const char body[] =
  "# TYPE http_requests_total counter\nhttp_requests_total{route=\"/a\"} 1\n"
  "# TYPE orders_total counter\norders_total 1\n"
  "# TYPE order_time_ms histogram\norder_time_ms_bucket{le=\"+Inf\"} 1\norder_time_ms_sum 1\norder_time_ms_count 1\n"
  "# TYPE http_request_duration_seconds histogram\nhttp_request_duration_seconds_bucket{le=\"+Inf\"} 1\n"
  "http_request_duration_seconds_sum 1\nhttp_request_duration_seconds_count 1\n"
  "untyped_orders 3\n";

static void
test_roles (void)
{
  g_autoptr (SyOverrides) overrides = sy_overrides_new ();
  g_autoptr (SyMapping) mapping = NULL;

  sy_overrides_set_role (overrides, "requests", "orders_total");
  sy_overrides_set_role (overrides, "duration", "order_time_ms");
  mapping = match (body, overrides);
  g_assert_cmpstr (sy_mapping_find (mapping, "requests")->metric, ==, "orders_total");
  g_assert_cmpstr (sy_mapping_find (mapping, "duration")->metric, ==, "order_time_ms");
  g_assert_cmpstr (sy_mapping_find (mapping, "duration")->unit, ==, "ms");
  g_assert_cmpfloat (sy_mapping_find (mapping, "duration")->scale, ==, 0.001);

  /* what is derived follows */
  g_assert_cmpstr (sy_mapping_find (mapping, "inflight")->metric, ==, "order_time_ms");
}

static void
test_none (void)
{
  g_autoptr (SyOverrides) overrides = sy_overrides_new ();
  g_autoptr (SyMapping) mapping = NULL;

  sy_overrides_set_role (overrides, "inflight", NULL);
  sy_overrides_set_role (overrides, "requests", "not_there_total");
  sy_overrides_set_role (overrides, "duration", "orders_total"); /* of another kind */
  mapping = match (body, overrides);
  g_assert_null (sy_mapping_find (mapping, "inflight"));
  g_assert_null (sy_mapping_find (mapping, "requests"));
  g_assert_null (sy_mapping_find (mapping, "duration"));
}

static void
test_untyped (void)
{
  g_autoptr (SyOverrides) overrides = sy_overrides_new ();
  g_autoptr (SyMapping) mapping = NULL;

  sy_overrides_set_role (overrides, "requests", "untyped_orders");
  sy_overrides_set_role (overrides, "queue", "untyped_orders");
  mapping = match (body, overrides);
  g_assert_cmpint (sy_mapping_find (mapping, "requests")->how, ==, SY_HOW_COUNTER);
  g_assert_cmpint (sy_mapping_find (mapping, "queue")->how, ==, SY_HOW_GAUGE);
}

/* What a reading is made of has several roles: a choice is instead of them all. */
static void
test_precedence (void)
{
  static const char first[] =
    "# TYPE django_http_requests_before_middlewares_total counter\ndjango_http_requests_before_middlewares_total 10\n"
    "# TYPE django_http_responses_before_middlewares_total counter\ndjango_http_responses_before_middlewares_total 10\n"
    "# TYPE django_http_responses_total_by_status_total counter\ndjango_http_responses_total_by_status_total{status=\"500\"} 9\n"
    "# TYPE orders_total counter\norders_total{code=\"500\"} 1\n# TYPE failures_total counter\nfailures_total 1\n";
  static const char second[] =
    "# TYPE django_http_requests_before_middlewares_total counter\ndjango_http_requests_before_middlewares_total 20\n"
    "# TYPE django_http_responses_before_middlewares_total counter\ndjango_http_responses_before_middlewares_total 20\n"
    "# TYPE django_http_responses_total_by_status_total counter\ndjango_http_responses_total_by_status_total{status=\"500\"} 19\n"
    "# TYPE orders_total counter\norders_total{code=\"500\"} 5\n# TYPE failures_total counter\nfailures_total 3\n";
  g_autoptr (SySignalReader) reader = sy_signal_reader_new (recogniser);
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (SyOverrides) overrides = sy_overrides_new ();
  g_autoptr (SyExposition) one = parse (table, first);
  g_autoptr (SyExposition) two = parse (table, second);
  SyReading reading;

  sy_overrides_set_role (overrides, "requests", "orders_total");
  sy_overrides_set_role (overrides, "errors", "failures_total");
  sy_signal_reader_set_overrides (reader, overrides);
  sy_signal_reader_read (reader, one, SECOND, SECOND, &reading);
  sy_signal_reader_read (reader, two, 2 * SECOND, 2 * SECOND, &reading);
  g_assert_cmpfloat (reading.throughput, ==, 4);
  g_assert_cmpfloat (reading.errors, ==, 2);
}

/* 10 and 30 requests a second on two routes, one gauge without labels. */
static void
read_second (SySignalReader *reader,
             SySeriesTable  *table,
             int             second,
             SyReading      *reading)
{
  g_autofree char *text =
    g_strdup_printf ("# TYPE http_requests_total counter\nhttp_requests_total{route=\"/a\",method=\"GET\"} %d\n"
                     "http_requests_total{route=\"/b\",method=\"POST\"} %d\n"
                     "# TYPE http_requests_in_flight gauge\nhttp_requests_in_flight 7\n", 10 * second, 30 * second);
  g_autoptr (SyExposition) exposition = parse (table, text);

  sy_signal_reader_read (reader, exposition, second * SECOND, second * SECOND, reading);
}

static void
test_filters (void)
{
  static const struct { const char *label; const char *values[3]; gboolean except; double throughput; } cases[] = {
    { "route", { "/a" }, FALSE, 10 },
    { "route", { "/a" }, TRUE, 30 },
    { "route", { "/*" }, FALSE, 40 },
    { "route", { "/a", "/b" }, FALSE, 40 },
    { "method", { "GET" }, FALSE, 10 },
    { "instance", { "x" }, FALSE, NAN }, /* nobody has it */
    { "instance", { "x" }, TRUE, 40 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SySignalReader) reader = sy_signal_reader_new (recogniser);
      g_autoptr (SySeriesTable) table = sy_series_table_new (0);
      g_autoptr (SyOverrides) overrides = sy_overrides_new ();
      SyReading reading;

      sy_overrides_add_filter (overrides, cases[i].label, cases[i].values, cases[i].except);
      read_second (reader, table, 1, &reading);
      read_second (reader, table, 2, &reading);
      g_assert_cmpfloat (reading.throughput, ==, 40);

      /* sums before and after a change must not be compared */
      sy_signal_reader_set_overrides (reader, overrides);
      read_second (reader, table, 3, &reading);
      g_assert_true (isnan (reading.throughput));
      read_second (reader, table, 4, &reading);
      g_test_message ("case %u: %g", i, reading.throughput);
      if (isnan (cases[i].throughput))
        g_assert_true (isnan (reading.throughput));
      else
        g_assert_cmpfloat (reading.throughput, ==, cases[i].throughput);
      g_assert_cmpfloat (reading.in_flight, ==, 7);

      sy_signal_reader_set_overrides (reader, NULL);
      read_second (reader, table, 5, &reading);
      read_second (reader, table, 6, &reading);
      g_assert_cmpfloat (reading.throughput, ==, 40);
    }
}

static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("steelyard-overrides-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "new", "mappings.json", NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GHashTable) empty = NULL;
  g_autoptr (GHashTable) table = sy_overrides_table_new ();
  g_autoptr (GHashTable) again = NULL;
  g_autoptr (GError) error = NULL;
  SyOverrides *overrides = sy_overrides_new ();

  empty = sy_overrides_file_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (empty), ==, 0);

  sy_overrides_set_role (overrides, "requests", "orders_total");
  sy_overrides_set_role (overrides, "inflight", NULL);
  sy_overrides_add_filter (overrides, "route", (const char *const []) { "/a", "\"b\"", NULL }, TRUE);
  g_hash_table_insert (table, g_strdup ("http://127.0.0.1:1/metrics?token=•••"), overrides);
  g_assert_true (sy_overrides_file_save (path, table, &error));
  g_assert_no_error (error);

  again = sy_overrides_file_load (path, &error);
  g_assert_no_error (error);
  g_assert_true (sy_overrides_equal (g_hash_table_lookup (again, "http://127.0.0.1:1/metrics?token=•••"), overrides));
  g_assert_false (sy_overrides_equal (overrides, NULL));

  g_unlink (path);
  g_rmdir (parent);
  g_rmdir (folder);
}

#define BEGIN "{\"schema\": \"steelyard.mappings/1\", \"backends\": {\"http://a\": "

static void
test_errors (void)
{
  static const struct { const char *text, *why; } cases[] = {
    { "[]", "m.json: must be an object" },
    { "{", "m.json: 1:2" },
    { "{}", "schema: is missing" },
    { "{\"schema\": \"steelyard.mappings/9\"}", "schema: must be" },
    { BEGIN "3}}", "http://a: must be an object" },
    { BEGIN "{\"role\": {}}}}", "role: no such member" },
    { BEGIN "{\"roles\": {\"weather\": \"x\"}}}}", "weather: is not a role" },
    { BEGIN "{\"roles\": {\"cpu\": 3}}}}", "cpu: must be a string" },
    { BEGIN "{\"filters\": [{\"only\": [\"x\"]}]}}}", "filters[0].label: is missing" },
    { BEGIN "{\"filters\": [{\"label\": \"x\"}]}}}", "filters[0].only: is missing" },
    { BEGIN "{\"filters\": [{\"label\": \"x\", \"only\": []}]}}}", "filters[0].only: must hold 1 to 32" },
    { BEGIN "{\"filters\": [{\"label\": \"x\", \"only\": [\"a\"], \"without\": [\"b\"]}]}}}", "cannot stand beside" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sy_overrides_file_parse ("m.json", cases[i].text, strlen (cases[i].text), &error));
      g_assert_true (error != NULL && error->domain == SY_ERROR);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, "m.json: "));
      g_assert_nonnull (strstr (error->message, cases[i].why));
    }
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

  g_test_add_func ("/overrides/roles", test_roles);
  g_test_add_func ("/overrides/none", test_none);
  g_test_add_func ("/overrides/untyped", test_untyped);
  g_test_add_func ("/overrides/precedence", test_precedence);
  g_test_add_func ("/overrides/filters", test_filters);
  g_test_add_func ("/overrides/file", test_file);
  g_test_add_func ("/overrides/errors", test_errors);

  status = g_test_run ();
  sy_recogniser_unref (recogniser);

  return status;
}
