/* test-time-window.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-random.h"
#include "sy-time-window.h"

#define SECOND G_USEC_PER_SEC

static void
say (SyHistory *history,
     double     second,
     SyGap      gap,
     double     throughput,
     double     errors,
     double     latency)
{
  SyReading reading;

  sy_reading_init (&reading);
  reading.monotonic_us = (gint64) (second * SECOND);
  reading.gap = gap;
  reading.throughput = throughput;
  reading.error_ratio = errors;
  reading.latency_mean = latency;
  reading.in_flight = throughput * latency;
  reading.cpu_cores = 0.5;
  reading.rss = 1e6 * second;
  sy_history_append (history, &reading, NAN, NAN, gap == SY_GAP_DOWN ? "refused" : NULL);
}

/* Latency and errors are means over requests, throughput is one over time. */
static void
test_means (void)
{
  g_autoptr (SyHistory) history = sy_history_new (0);
  SyTimeWindow window;

  say (history, 10, SY_GAP_NONE, 1000, 0.5, 9); /* belongs to the window before */
  say (history, 11, SY_GAP_NONE, 100, 0.0, 0.010);
  say (history, 12, SY_GAP_NONE, 300, 0.1, 0.030);
  say (history, 13, SY_GAP_NONE, 1000, 0.5, 9);

  sy_time_window_read (history, 10 * SECOND, 12 * SECOND, &window);
  g_assert_cmpuint (window.n_samples, ==, 2);
  g_assert_cmpfloat_with_epsilon (window.throughput, 200, 1e-9);
  g_assert_cmpfloat_with_epsilon (window.requests, 400, 1e-9);
  g_assert_cmpfloat_with_epsilon (window.error_ratio, 0.075, 1e-9);
  g_assert_cmpfloat_with_epsilon (window.latency_mean, 0.025, 1e-9);
  g_assert_cmpfloat_with_epsilon (window.in_flight, 5, 1e-9);
  g_assert_cmpfloat_with_epsilon (window.cpu_cores, 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (window.rss, 12e6, 1e-3);
  g_assert_true (isnan (window.p95.estimate));
  g_assert_true (sy_time_window_is_whole (&window));
}

/* Rates over a longer time than a scrape: those that begin before the window are the
 * window's before; one that none begins in is told by its last, and says how far that
 * reaches back. */
static void
test_spans (void)
{
  g_autoptr (SyHistory) history = sy_history_new (0);
  SyTimeWindow window;

  for (guint i = 1; i <= 10; i++)
    say (history, i, SY_GAP_NONE, 100 * i, 0, 0.001 * i);
  sy_time_window_read_spans (history, 2 * SECOND, 8 * SECOND, 5 * SECOND, &window);
  g_assert_cmpuint (window.n_samples, ==, 2);
  g_assert_cmpfloat_with_epsilon (window.throughput, 750, 1e-9);
  g_assert_cmpfloat_with_epsilon (window.requests, 4500, 1e-9);
  g_assert_cmpint (window.reach_us, ==, 0);

  sy_time_window_read_spans (history, 8 * SECOND, 10 * SECOND, 5 * SECOND, &window);
  g_assert_cmpuint (window.n_samples, ==, 1);
  g_assert_cmpfloat_with_epsilon (window.throughput, 1000, 1e-9);
  g_assert_cmpfloat_with_epsilon (window.latency_mean, 0.01, 1e-9);
  g_assert_cmpfloat_with_epsilon (window.requests, 5000, 1e-9);
  g_assert_cmpint (window.reach_us, ==, 3 * SECOND);

  sy_time_window_read_spans (history, 10 * SECOND, 12 * SECOND, 5 * SECOND, &window);
  g_assert_cmpuint (window.n_samples, ==, 0);
  g_assert_cmpint (window.reach_us, ==, 0);
}

static void
test_empty (void)
{
  g_autoptr (SyHistory) history = sy_history_new (0);
  SyTimeWindow window;

  sy_time_window_read (history, 0, SECOND, &window);
  g_assert_cmpuint (window.n_samples, ==, 0);
  g_assert_true (isnan (window.throughput));
  g_assert_true (isnan (window.requests));
  g_assert_false (sy_time_window_is_whole (&window));
}

static void
test_gaps (void)
{
  g_autoptr (SyHistory) history = sy_history_new (0);
  SyTimeWindow window;

  say (history, 1, SY_GAP_NONE, 100, 0, 0.01);
  say (history, 2, SY_GAP_DOWN, NAN, NAN, NAN);
  say (history, 3, SY_GAP_NONE, 100, 0, 0.01);
  say (history, 4, SY_GAP_NONE, 100, 0, 0.01);
  say (history, 5, SY_GAP_RESTART, NAN, NAN, NAN);
  say (history, 6, SY_GAP_NONE, 100, 0, 0.01);

  sy_time_window_read (history, 0, 2 * SECOND, &window);
  g_assert_cmpuint (window.n_gaps, ==, 1);
  g_assert_false (sy_time_window_is_whole (&window));

  sy_time_window_read (history, 3 * SECOND, 4 * SECOND, &window);
  g_assert_cmpuint (window.n_gaps, ==, 0);
  g_assert_true (sy_time_window_is_whole (&window));

  sy_time_window_read (history, 4 * SECOND, 6 * SECOND, &window);
  g_assert_cmpuint (window.n_changes, ==, 1);
  g_assert_false (sy_time_window_is_whole (&window));
}

/* What a person excluded does not count, however good it looks. */
static void
test_excluded (void)
{
  const SyTimeRange ranges[] = { { 3 * SECOND, 4 * SECOND }, { 2 * SECOND, 3 * SECOND + 1 } };
  g_autoptr (SyHistory) history = sy_history_new (0);
  SyTimeWindow window;

  for (guint i = 1; i <= 8; i++)
    say (history, i, SY_GAP_NONE, 100, 0, 0.01);
  sy_history_set_excluded (history, ranges, G_N_ELEMENTS (ranges));

  sy_time_window_read (history, 0, 2 * SECOND, &window);
  g_assert_cmpuint (window.n_excluded, ==, 0);
  g_assert_true (sy_time_window_is_whole (&window));
  sy_time_window_read (history, 2 * SECOND, 4 * SECOND, &window);
  g_assert_cmpuint (window.n_excluded, ==, 2);
  g_assert_false (sy_time_window_is_whole (&window));
  sy_time_window_read (history, 4 * SECOND, 6 * SECOND, &window);
  g_assert_cmpuint (window.n_excluded, ==, 0);
  g_assert_true (sy_time_window_is_whole (&window));

  sy_history_set_excluded (history, NULL, 0);
  sy_time_window_read (history, 2 * SECOND, 4 * SECOND, &window);
  g_assert_true (sy_time_window_is_whole (&window));
}

/* As many as a look at each of them says, however they lie. */
static void
test_many_excluded (void)
{
  g_autoptr (SyHistory) history = sy_history_new (0);
  SyTimeRange ranges[200];
  SyRandom random;

  sy_random_init (&random, 5, 3);
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      ranges[i].from_us = (gint64) sy_random_below (&random, 100);
      ranges[i].to_us = ranges[i].from_us + (gint64) sy_random_below (&random, 10);
    }
  /* It ends before it begins: there is nothing of it. */
  ranges[7] = (SyTimeRange) { 50, 40 };
  sy_history_set_excluded (history, ranges, G_N_ELEMENTS (ranges));

  for (gint64 from = 0; from < 100; from++)
    for (gint64 to = from + 1; to < 110; to++)
      {
        guint n = 0;

        for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
          n += i != 7 && ranges[i].from_us < to && ranges[i].to_us > from;
        g_assert_cmpuint (sy_history_count_excluded (history, from, to), ==, n);
      }
}

static void
test_durations (void)
{
  g_autoptr (SyBuckets) durations = sy_buckets_new ();
  SyTimeWindow window;

  sy_buckets_add (durations, 0.1, 90);
  sy_buckets_add (durations, 0.2, 99);
  sy_buckets_add (durations, INFINITY, 100);
  sy_buckets_set_sum (durations, 8);

  sy_time_window_init (&window);
  sy_time_window_set_durations (&window, durations, 0.2);
  g_assert_cmpfloat (window.requests, ==, 100);
  g_assert_cmpfloat_with_epsilon (window.latency_mean, 0.08, 1e-12);
  g_assert_cmpfloat (window.p95.lower, ==, 0.1);
  g_assert_cmpfloat (window.p95.upper, ==, 0.2);
  g_assert_cmpfloat_with_epsilon (window.slo_share, 0.99, 1e-12);

  /* between bounds: at least */
  g_assert_cmpfloat_with_epsilon (sy_durations_share (durations, 0.15), 0.90, 1e-12);
  g_assert_cmpfloat (sy_durations_share (durations, 0.05), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-window/means", test_means);
  g_test_add_func ("/time-window/spans", test_spans);
  g_test_add_func ("/time-window/empty", test_empty);
  g_test_add_func ("/time-window/gaps", test_gaps);
  g_test_add_func ("/time-window/excluded", test_excluded);
  g_test_add_func ("/time-window/many-excluded", test_many_excluded);
  g_test_add_func ("/time-window/durations", test_durations);
  return g_test_run ();
}
