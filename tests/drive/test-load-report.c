/* test-load-report.c: the JSON lines and the table
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "sy-json.h"
#include "sy-load-report.h"

static SyLoadSummary *
make_summary (void)
{
  g_autoptr (GError) error = NULL;
  SyLoadSummary *summary = g_new0 (SyLoadSummary, 1);

  summary->workload = sy_workload_load ("mixed", &error);
  g_assert_no_error (error);
  summary->target = g_strdup ("http://127.0.0.1:8101");
  summary->url = g_strdup ("http://127.0.0.1:8101/metrics");
  summary->total = g_new0 (SyLoadTally, 1);
  summary->classes = g_new0 (SyLoadTally, summary->workload->n_classes);
  summary->from = 1795422736.25;
  summary->duration = 10;
  summary->generator_cpu = 0.12;
  summary->foreign_cores = NAN;

  SyLoadTally *io = &summary->classes[0];
  io->offered = 100;
  io->sent = 99;
  io->answered = 97;
  io->answered_in_load = 96;
  io->dropped = 1;
  io->errors = 2;
  io->faults[SY_LOAD_FAULT_STATUS] = 2;
  io->outstanding_us = 20e6;

  for (guint i = 0; i < 97; i++)
    sy_latency_histogram_add (&io->response, 20000);
  sy_latency_histogram_add_censored (&io->response, 10000000);
  sy_latency_histogram_add_censored (&io->connection_wait, 5000000);
  sy_load_tally_merge (summary->total, io);
  return summary;
}

/* One document, checked as strictly as we check others'. */
static JsonObject *
parse (const char *line)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (strchr (line, '\n'));
  sy_json_check (line, strlen (line), NULL, &error);
  g_assert_no_error (error);
  json_parser_load_from_data (parser, line, -1, &error);
  g_assert_no_error (error);

  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

static void
assert_members (JsonObject         *object,
                const char * const *members)
{
  for (guint i = 0; members[i] != NULL; i++)
    if (!json_object_has_member (object, members[i]))
      g_error ("“%s” is missing", members[i]);
}

static void
test_tick (void)
{
  static const char * const members[] = {
    "schema", "event", "t", "target", "offered", "sent", "answered", "dropped", "errors", "in_flight", "p50", "p99",
    "late_p99", NULL,
  };
  SyLoadTick tick = { .target = "http://127.0.0.1:1", .t = 5.5, .offered = 7, .p50 = 0.02, .p99 = NAN, .late_p99 = NAN };
  g_autofree char *line = sy_load_report_tick_json (&tick);
  g_autoptr (JsonObject) object = parse (line);

  assert_members (object, members);
  g_assert_cmpstr (json_object_get_string_member (object, "schema"), ==, "steelyard.drive/1");
  g_assert_cmpstr (json_object_get_string_member (object, "event"), ==, "tick");
  g_assert_cmpint (json_object_get_int_member (object, "offered"), ==, 7);
  g_assert_cmpfloat (json_object_get_double_member (object, "p50"), ==, 0.02);
  g_assert_cmpstr (json_object_get_string_member (object, "p99"), ==, "NaN");
}

static void
test_summary (void)
{
  static const char * const members[] = {
    "schema", "event", "target", "url", "sent", "answered", "dropped", "errors", "retried", "unfinished", "duration",
    "throughput", "in_flight_mean", "p50", "p90", "p99", "p999", "mean", "service_p50", "service_p99", "late_p50",
    "late_p99", "generator_cpu", "foreign_cores", "generator_limited", "aborted", "classes", NULL,
  };
  static const char * const class_members[] = {
    "name", "sent", "answered", "dropped", "errors", "retried", "unfinished", "p50", "p99", NULL,
  };
  g_autoptr (SyLoadSummary) summary = make_summary ();
  g_autofree char *line = sy_load_report_summary_json (summary);
  g_autoptr (JsonObject) object = parse (line);
  JsonArray *classes = json_object_get_array_member (object, "classes");

  assert_members (object, members);
  g_assert_cmpstr (json_object_get_string_member (object, "event"), ==, "summary");
  g_assert_cmpfloat (json_object_get_double_member (object, "from"), ==, 1795422736.25);
  g_assert_cmpfloat (json_object_get_double_member (object, "throughput"), ==, 9.6);
  g_assert_cmpfloat (json_object_get_double_member (object, "in_flight_mean"), ==, 2);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, "p50"), 0.02, 0.0001);
  g_assert_cmpint (json_object_get_int_member (object, "censored"), ==, 1);
  g_assert_true (json_object_get_null_member (object, "aborted"));
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (object, "faults"), "status"), ==, 2);

  g_assert_cmpuint (json_array_get_length (classes), ==, 2);
  assert_members (json_array_get_object_element (classes, 0), class_members);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (classes, 1), "name"), ==, "cpu");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (classes, 1), "p50"), ==, "NaN");
}

static void
test_table (void)
{
  g_autoptr (GPtrArray) summaries = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_load_summary_free);
  SyLoadSummary *summary = make_summary ();

  summary->generator_limited = TRUE;
  summary->aborted = "stopped";
  g_ptr_array_add (summaries, summary);

  g_autofree char *table = sy_load_report_table (summaries);

  g_assert_nonnull (strstr (table, "http://127.0.0.1:8101 · mixed\n"));
  g_assert_nonnull (strstr (table, "≥ 10000"));
  g_assert_nonnull (strstr (table, "connection ≥ 5000 ms"));
  g_assert_nonnull (strstr (table, "others unknown"));
  g_assert_nonnull (strstr (table, "errors, status: 2"));
  g_assert_nonnull (strstr (table, "ended early: stopped"));
  g_assert_nonnull (strstr (table, "GENERATOR-LIMITED"));
  g_assert_nonnull (strstr (table, "–"));
}

static void
test_progress (void)
{
  SyLoadTick tick = { .target = "http://127.0.0.1:1", .answered = 12, .p50 = 0.0212, .p99 = NAN, .late_p99 = 0.0001 };
  g_autofree char *text = sy_load_report_tick_text (&tick);

  g_assert_nonnull (strstr (text, "answered 12"));
  g_assert_nonnull (strstr (text, "p50 21.2 ms"));
  g_assert_nonnull (strstr (text, "p99 – ms"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drive/report/tick", test_tick);
  g_test_add_func ("/drive/report/summary", test_summary);
  g_test_add_func ("/drive/report/table", test_table);
  g_test_add_func ("/drive/report/progress", test_progress);

  return g_test_run ();
}
