/* test-load-line.c: the lines of a load are read as they were written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-load-line.h"
#include "sy-load-report.h"

static void
test_round_trip (void)
{
  SyLoadSummary summary = {
    .target = (char *) "http://127.0.0.1:1", .url = (char *) "http://127.0.0.1:1/metrics",
    .duration = 2, .generator_cpu = 0.25, .foreign_cores = NAN, .generator_limited = TRUE, .aborted = "stopped",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (SyWorkload) workload = sy_workload_load ("mobile-api", &error);
  g_autofree SyLoadTally *total = g_new0 (SyLoadTally, 1);
  g_autofree SyLoadTally *classes = g_new0 (SyLoadTally, 3);
  g_autofree char *text = NULL;
  g_autoptr (SyLoadLine) line = NULL;

  g_assert_no_error (error);
  summary.workload = workload;
  summary.total = total;
  summary.classes = classes;
  total->offered = 103;
  total->answered = 100;
  total->answered_in_load = 98;
  total->errors = 2;
  total->unfinished = 1;
  total->outstanding_us = 6e6;
  for (guint i = 1; i <= 100; i++)
    sy_latency_histogram_add (&total->response, i * 1000);

  text = sy_load_report_summary_json (&summary);
  line = sy_load_line_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpint (line->kind, ==, SY_LOAD_LINE_SUMMARY);
  g_assert_cmpstr (line->target, ==, "http://127.0.0.1:1");
  g_assert_cmpstr (line->aborted, ==, "stopped");
  g_assert_true (line->generator_limited);
  g_assert_true (isnan (line->foreign_cores));
  g_assert_cmpfloat (line->offered, ==, 103);
  g_assert_cmpfloat (line->throughput, ==, 49);
  g_assert_cmpfloat (line->in_flight, ==, 3);
  g_assert_cmpfloat (sy_load_line_get_n (line), ==, 100);
  g_assert_cmpfloat_with_epsilon (sy_load_line_quantile (line, 0.5), 0.05, 0.05 / 128);
  g_assert_cmpfloat_with_epsilon (sy_load_line_quantile (line, 1), 0.1, 0.1 / 128);
  g_assert_cmpfloat_with_epsilon (sy_load_line_share (line, 0.09), 0.9, 1e-9);
}

static void
test_tick (void)
{
  static const char text[] = "{\"schema\":\"steelyard.drive/1\",\"event\":\"tick\",\"target\":\"http://127.0.0.1:1\",\"in_flight\":7,\"p50\":\"NaN\"}";
  g_autoptr (GError) error = NULL;
  g_autoptr (SyLoadLine) line = sy_load_line_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpint (line->kind, ==, SY_LOAD_LINE_TICK);
  g_assert_cmpfloat (line->in_flight, ==, 7);
  g_assert_true (isnan (line->throughput));
  g_assert_true (isnan (sy_load_line_quantile (line, 0.5)));
  g_assert_true (isnan (sy_load_line_share (line, 1)));
}

static void
test_refused (void)
{
#define HEAD "{\"schema\":\"steelyard.drive/1\",\"event\":\"summary\",\"response_histogram\":"
  static const char *const texts[] = {
    "", "nonsense", "[]", "{}", "{\"schema\":\"steelyard.drive/2\"}",
    HEAD "1}", HEAD "[1]}", HEAD "[[1]]}", HEAD "[[1,0]]}", HEAD "[[1,-3]]}", HEAD "[[\"NaN\",1]]}", HEAD "[[2,1],[1,1]]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sy_load_line_parse (texts[i], strlen (texts[i]), &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == SY_ERROR);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drive/line/round-trip", test_round_trip);
  g_test_add_func ("/drive/line/tick", test_tick);
  g_test_add_func ("/drive/line/refused", test_refused);

  return g_test_run ();
}
