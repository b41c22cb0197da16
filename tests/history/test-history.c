/* test-history.c: readings become columns and gaps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <math.h>

#include "sy-history.h"

static void
append (SyHistory  *history,
        gint64      time_us,
        SyGap       gap,
        double      throughput,
        const char *message)
{
  SyReading reading;

  sy_reading_init (&reading);
  reading.monotonic_us = time_us;
  reading.gap = gap;
  reading.throughput = throughput;
  sy_history_append (history, &reading, 2 * throughput, NAN, message);
}

static const SyGapSpan *
gap_at (SyHistory *history,
        guint      index)
{
  const GPtrArray *gaps = sy_history_get_gaps (history);

  g_assert_cmpuint (index, <, gaps->len);

  return g_ptr_array_index ((GPtrArray *) gaps, index);
}

static void
count_cb (SyHistory *history,
          gpointer   data)
{
  ++*(guint *) data;
}

static void
test_empty (void)
{
  g_autoptr (SyHistory) history = sy_history_new (0);

  g_assert_null (sy_history_get_last (history));
  g_assert_cmpuint (sy_times_get_n (sy_history_get_times (history)), ==, 0);
  g_assert_cmpuint (sy_history_get_gaps (history)->len, ==, 0);
}

static void
test_values (void)
{
  g_autoptr (SyHistory) history = sy_history_new (0);
  guint changes = 0;

  g_signal_connect (history, "changed", G_CALLBACK (count_cb), &changes);
  append (history, 10, SY_GAP_FIRST, NAN, NULL);
  append (history, 20, SY_GAP_NONE, 5, NULL);
  append (history, 20, SY_GAP_NONE, 6, NULL);
  append (history, 30, SY_GAP_NONE, 7, NULL);

  g_assert_cmpuint (changes, ==, 3);
  g_assert_cmpuint (sy_history_get_gaps (history)->len, ==, 0);
  g_assert_true (isnan (sy_column_get (sy_history_get_column (history, SY_QUANTITY_THROUGHPUT), 0)));
  g_assert_cmpfloat (sy_column_get (sy_history_get_column (history, SY_QUANTITY_THROUGHPUT), 1), ==, 5);
  g_assert_cmpfloat (sy_column_get (sy_history_get_column (history, SY_QUANTITY_COST_PER_HOUR), 2), ==, 14);
  g_assert_true (isnan (sy_column_get (sy_history_get_column (history, SY_QUANTITY_CPU), 2)));
  g_assert_cmpfloat (sy_history_get_last (history)->throughput, ==, 7);
}

static void
test_gaps (void)
{
  g_autoptr (SyHistory) history = sy_history_new (0);

  append (history, 10, SY_GAP_NONE, 1, NULL);
  append (history, 20, SY_GAP_DOWN, NAN, "refused");
  append (history, 30, SY_GAP_DOWN, NAN, "refused");
  g_assert_cmpuint (sy_history_get_gaps (history)->len, ==, 1);
  g_assert_cmpint (gap_at (history, 0)->from_us, ==, 20);
  g_assert_cmpint (gap_at (history, 0)->to_us, ==, G_MAXINT64);

  append (history, 40, SY_GAP_DOWN, NAN, "timed out");
  g_assert_cmpint (gap_at (history, 0)->to_us, ==, 40);
  g_assert_cmpstr (gap_at (history, 1)->message, ==, "timed out");

  append (history, 50, SY_GAP_RESTART, NAN, NULL);
  g_assert_cmpint (gap_at (history, 1)->to_us, ==, 50);
  g_assert_cmpint (gap_at (history, 2)->gap, ==, SY_GAP_RESTART);
  g_assert_cmpint (gap_at (history, 2)->from_us, ==, 50);
  g_assert_cmpint (gap_at (history, 2)->to_us, ==, 50);

  append (history, 60, SY_GAP_NONE, 1, NULL);
  g_assert_cmpuint (sy_history_get_gaps (history)->len, ==, 3);
}

/* Levels of two processes must not be joined by a line. */
static void
test_break (void)
{
  g_autoptr (SyHistory) history = sy_history_new (0);
  const SyColumn *column = sy_history_get_column (history, SY_QUANTITY_THROUGHPUT);

  append (history, 10, SY_GAP_NONE, 1, NULL);
  append (history, 20, SY_GAP_OTHER_WORKER, 2, NULL);
  g_assert_cmpuint (sy_times_get_n (sy_history_get_times (history)), ==, 3);
  g_assert_cmpint (sy_times_get (sy_history_get_times (history), 1), ==, 19);
  g_assert_true (isnan (sy_column_get (column, 1)));
  g_assert_cmpfloat (sy_column_get (column, 2), ==, 2);
}

static void
test_bounded (void)
{
  g_autoptr (SyHistory) history = sy_history_new (1000);

  for (guint i = 1; i < 40000; i++)
    append (history, 10 * (gint64) i, i % 2 == 0 ? SY_GAP_RESET : SY_GAP_NONE, i, NULL);

  g_assert_cmpuint (sy_times_get_n (sy_history_get_times (history)), <=, 1000);
  g_assert_cmpuint (sy_history_get_gaps (history)->len, <=, 501);
  g_assert_cmpint (gap_at (history, 0)->to_us, >=, sy_times_get_first (sy_history_get_times (history)));
}

/* Of a range, ends included; what is not known is left out, and unknown is not 0. */
static void
test_mean_and_total (void)
{
  static const double values[] = { 100, 2, NAN, 4, 6, 0, 0 };
  g_autoptr (SyHistory) history = sy_history_new (0);
  const gint64 second = G_USEC_PER_SEC;

  g_assert_true (isnan (sy_history_get_mean (history, SY_QUANTITY_THROUGHPUT, 0, G_MAXINT64)));
  g_assert_true (isnan (sy_history_get_total (history, SY_QUANTITY_THROUGHPUT, 0, G_MAXINT64)));

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    append (history, (1 + 2 * (gint64) i) * second, SY_GAP_NONE, values[i], NULL);

  g_assert_cmpfloat (sy_history_get_mean (history, SY_QUANTITY_THROUGHPUT, 3 * second, 9 * second), ==, 4);
  g_assert_cmpfloat (sy_history_get_mean (history, SY_QUANTITY_THROUGHPUT, 2 * second, 10 * second), ==, 4);
  g_assert_cmpfloat (sy_history_get_mean (history, SY_QUANTITY_THROUGHPUT, 11 * second, G_MAXINT64), ==, 0);
  g_assert_true (isnan (sy_history_get_mean (history, SY_QUANTITY_THROUGHPUT, 5 * second, 5 * second)));
  g_assert_true (isnan (sy_history_get_mean (history, SY_QUANTITY_THROUGHPUT, 99 * second, G_MAXINT64)));
  g_assert_true (isnan (sy_history_get_mean (history, SY_QUANTITY_CPU, 0, G_MAXINT64)));

  /* 2 s of each but the first. */
  g_assert_cmpfloat (sy_history_get_total (history, SY_QUANTITY_THROUGHPUT, 0, G_MAXINT64), ==, 24);
  g_assert_cmpfloat (sy_history_get_total (history, SY_QUANTITY_THROUGHPUT, 3 * second, 9 * second), ==, 20);
  g_assert_cmpfloat (sy_history_get_total (history, SY_QUANTITY_THROUGHPUT, 11 * second, G_MAXINT64), ==, 0);
  g_assert_true (isnan (sy_history_get_total (history, SY_QUANTITY_THROUGHPUT, 13 * second, G_MAXINT64)));
  g_assert_true (isnan (sy_history_get_total (history, SY_QUANTITY_CPU, 0, G_MAXINT64)));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/history/empty", test_empty);
  g_test_add_func ("/history/values", test_values);
  g_test_add_func ("/history/gaps", test_gaps);
  g_test_add_func ("/history/break", test_break);
  g_test_add_func ("/history/mean-and-total", test_mean_and_total);
  g_test_add_func ("/history/bounded", test_bounded);

  return g_test_run ();
}
