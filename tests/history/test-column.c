/* test-column.c: tiers give the extremes of the raw data, at the price of the answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <glib.h>
#include <math.h>

#include "sy-column.h"

/* The rule of the column, by brute force. */
static gboolean
raw_range (const SyColumn *column,
           const SyTimes  *times,
           gint64          from_us,
           gint64          to_us,
           double         *low,
           double         *high,
           guint          *count)
{
  *count = 0;
  for (guint i = 0; i < sy_times_get_n (times); i++)
    {
      double value = sy_column_get (column, i);

      if (sy_times_get (times, i) < from_us || sy_times_get (times, i) > to_us || isnan (value))
        continue;
      *low = *count == 0 ? value : MIN (*low, value);
      *high = *count == 0 ? value : MAX (*high, value);
      (*count)++;
    }

  return *count > 0;
}

/* Each span's extremes and count are those of the samples from its time up to
 * the next span's time; gaps are marked; nothing of the range is missing. */
static void
check_query (const SyColumn *column,
             const SyTimes  *times,
             gint64          from_us,
             gint64          to_us,
             guint           max_spans)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SySpan));
  guint n_total = 0, n_seen = 0;
  gint64 reach_us;
  double low = 0, high = 0;

  sy_column_query (column, from_us, to_us, max_spans, spans);
  g_assert_cmpuint (spans->len, <=, max_spans + 2);
  if (spans->len == 0)
    {
      g_assert_cmpuint (sy_times_get_n (times), ==, 0);
      return;
    }

  reach_us = g_array_index (spans, SySpan, 0).time_us;
  g_assert_true (reach_us < from_us || reach_us == sy_times_get_first (times));

  for (guint i = 0; i < spans->len; i++)
    {
      const SySpan *span = &g_array_index (spans, SySpan, i);
      gint64 end_us = G_MAXINT64;
      guint count = 0;

      if (i + 1 < spans->len)
        g_assert_cmpint (g_array_index (spans, SySpan, i + 1).time_us, >=, span->time_us);
      if (span->count == 0)
        {
          g_assert_true (isnan (span->low));
          continue;
        }

      for (guint j = i + 1; j < spans->len && end_us == G_MAXINT64; j++)
        if (g_array_index (spans, SySpan, j).count > 0)
          end_us = g_array_index (spans, SySpan, j).time_us - 1;
      if (end_us == G_MAXINT64)
        {
          /* the last one: its end is not in the answer, its count is */
          n_seen += span->count;
          continue;
        }
      g_assert_true (raw_range (column, times, span->time_us, end_us, &low, &high, &count));
      g_assert_cmpuint (count, ==, span->count);
      g_assert_cmpfloat (span->low, ==, low);
      g_assert_cmpfloat (span->high, ==, high);
      n_seen += span->count;
    }

  raw_range (column, times, from_us, to_us, &low, &high, &n_total);
  g_assert_cmpuint (n_seen, >=, n_total);
}

static void
fill (SyTimes  *times,
      SyColumn *column,
      GRand    *rand,
      guint     n,
      double    gap_share)
{
  gint64 time_us = MAX (sy_times_get_last (times), 0);

  for (guint i = 0; i < n; i++)
    {
      time_us += g_rand_int_range (rand, 1, 2000000);
      g_assert_true (sy_times_append (times, time_us));
      sy_column_append (column, g_rand_double (rand) < gap_share ? (double) NAN : g_rand_double_range (rand, -1e6, 1e6));
    }
}

static void
test_property (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  const double gap_shares[] = { 0, 0.02, 0.5, 1 };

  for (guint round = 0; round < 40; round++)
    {
      guint max_samples = round % 2 == 0 ? 0 : 700;
      SyTimes *times = sy_times_new (max_samples);
      g_autoptr (SyTimes) owned = times;
      g_autoptr (SyColumn) column = sy_column_new (times);
      gint64 first_us, last_us;

      fill (times, column, rand, (guint) g_rand_int_range (rand, 1, 3000), gap_shares[round % 4]);
      first_us = sy_times_get_first (times);
      last_us = sy_times_get_last (times);
      for (guint i = 0; i < 20; i++)
        {
          gint64 a = first_us + (gint64) (g_rand_double_range (rand, -0.1, 1.1) * (double) (last_us - first_us));
          gint64 b = first_us + (gint64) (g_rand_double_range (rand, -0.1, 1.1) * (double) (last_us - first_us));
          gint64 from_us = MIN (a, b), to_us = MAX (a, b);
          double low = 0, high = 0, raw_low = 0, raw_high = 0;
          guint count;
          gboolean some = raw_range (column, times, from_us, to_us, &raw_low, &raw_high, &count);

          g_assert_cmpint (sy_column_get_range (column, from_us, to_us, &low, &high), ==, some);
          if (some)
            {
              g_assert_cmpfloat (low, ==, raw_low);
              g_assert_cmpfloat (high, ==, raw_high);
            }
          check_query (column, times, from_us, to_us, (guint) g_rand_int_range (rand, 3, 900));
        }
    }
}

static void
test_bounded (void)
{
  g_autoptr (SyTimes) times = sy_times_new (1000);
  g_autoptr (SyColumn) column = sy_column_new (times);
  g_autoptr (SyColumn) idle = sy_column_new (times);

  for (guint i = 0; i < 25000; i++)
    {
      g_assert_true (sy_times_append (times, 10 * (gint64) i));
      sy_column_append (column, i);
      g_assert_cmpuint (sy_times_get_n (times), <=, 1000);
      g_assert_cmpfloat (sy_column_get (column, sy_times_get_n (times) - 1), ==, i);
      g_assert_cmpfloat (sy_column_get (column, 0), ==, (double) sy_times_get_first (times) / 10);
    }
  g_assert_cmpuint (sy_times_get_n (times), >, 900);

  /* a column that was never filled, and one that is filled once much later */
  g_assert_true (isnan (sy_column_get (idle, 0)));
  sy_column_append (idle, 7);
  g_assert_cmpfloat (sy_column_get (idle, sy_times_get_n (times) - 1), ==, 7);
  g_assert_true (isnan (sy_column_get (idle, sy_times_get_n (times) - 2)));

  /* the times may run ahead of a column */
  for (guint i = 25000; i < 25200; i++)
    g_assert_true (sy_times_append (times, 10 * (gint64) i));
  g_assert_true (isnan (sy_column_get (column, sy_times_get_n (times) - 1)));
  g_assert_cmpfloat (sy_column_get (column, sy_times_find (times, 10 * 24999)), ==, 24999);
  check_query (column, times, 0, G_MAXINT64, 50);
}

/* Each tier joins eight spans of the one below. */
static void
test_tiers (void)
{
  g_autoptr (SyTimes) times = sy_times_new (1000);
  g_autoptr (SyColumn) column = sy_column_new (times);

  g_assert_cmpuint (sy_column_get_n_spans (column, 0), ==, 0);
  g_assert_cmpuint (sy_column_get_n_spans (column, 1), ==, 0);

  for (guint i = 0; i < 65; i++)
    {
      sy_times_append (times, (gint64) i);
      sy_column_append (column, i);
    }

  g_assert_cmpuint (sy_column_get_n_spans (column, 0), ==, 65);
  g_assert_cmpuint (sy_column_get_n_spans (column, 1), ==, 9);
  g_assert_cmpuint (sy_column_get_n_spans (column, 2), ==, 2);
  g_assert_cmpuint (sy_column_get_n_spans (column, 3), ==, 0);
  g_assert_cmpuint (sy_column_get_n_spans (column, G_MAXUINT), ==, 0);
}

static void
test_times (void)
{
  g_autoptr (SyTimes) times = sy_times_new (0);

  g_assert_cmpint (sy_times_get_first (times), ==, G_MININT64);
  g_assert_cmpint (sy_times_get_last (times), ==, G_MININT64);
  g_assert_cmpuint (sy_times_find (times, 5), ==, 0);
  g_assert_true (sy_times_append (times, 5));
  g_assert_false (sy_times_append (times, 5));
  g_assert_false (sy_times_append (times, 4));
  g_assert_true (sy_times_append (times, 9));
  g_assert_cmpuint (sy_times_find (times, 4), ==, 0);
  g_assert_cmpuint (sy_times_find (times, 6), ==, 1);
  g_assert_cmpuint (sy_times_find (times, 10), ==, 2);
}

static void
test_lookup (void)
{
  g_autoptr (SyTimes) times = sy_times_new (0);
  g_autoptr (SyColumn) column = sy_column_new (times);
  gint64 found_us = 0;

  g_assert_true (isnan (sy_column_lookup (column, 0, G_MAXINT64 / 2, NULL)));
  for (guint i = 0; i < 3; i++)
    {
      sy_times_append (times, 1000 * (gint64) (i + 1));
      sy_column_append (column, i == 1 ? NAN : i);
    }
  g_assert_cmpfloat (sy_column_lookup (column, 1300, 300, &found_us), ==, 0);
  g_assert_cmpint (found_us, ==, 1000);
  g_assert_true (isnan (sy_column_lookup (column, 1301, 300, NULL)));
  g_assert_true (isnan (sy_column_lookup (column, 2100, 300, NULL)));
  g_assert_cmpfloat (sy_column_lookup (column, 99000, 99000, NULL), ==, 2);
}

static void
test_neighbours_and_gaps (void)
{
  g_autoptr (SyTimes) times = sy_times_new (0);
  g_autoptr (SyColumn) column = sy_column_new (times);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SySpan));
  guint gaps = 0;

  for (guint i = 0; i < 100; i++)
    {
      sy_times_append (times, (gint64) i);
      sy_column_append (column, i == 50 ? INFINITY : i);
    }

  sy_column_query (column, 10, 12, 10, spans);
  g_assert_cmpuint (spans->len, ==, 5);
  g_assert_cmpint (g_array_index (spans, SySpan, 0).time_us, ==, 9);
  g_assert_cmpint (g_array_index (spans, SySpan, 4).time_us, ==, 13);

  /* between two samples: the line must still cross the chart */
  sy_column_query (column, 200, 300, 10, spans);
  g_assert_cmpuint (spans->len, ==, 1);
  sy_column_query (column, 20, 10, 10, spans);
  g_assert_cmpuint (spans->len, ==, 0);

  sy_column_query (column, 0, 99, 12, spans);
  for (guint i = 0; i < spans->len; i++)
    gaps += g_array_index (spans, SySpan, i).count == 0 ? 1 : 0;
  g_assert_cmpuint (gaps, ==, 1);
  g_assert_cmpuint (spans->len, <=, 12);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/column/times", test_times);
  g_test_add_func ("/column/tiers", test_tiers);
  g_test_add_func ("/column/property", test_property);
  g_test_add_func ("/column/bounded", test_bounded);
  g_test_add_func ("/column/lookup", test_lookup);
  g_test_add_func ("/column/neighbours-and-gaps", test_neighbours_and_gaps);

  return g_test_run ();
}
