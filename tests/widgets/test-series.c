/* test-series.c: arrays, gaps and what remains of many samples
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <math.h>

#include "beam-decimate.h"
#include "beam.h"

static void
count_cb (gpointer  object,
          guint    *count)
{
  (*count)++;
}

static GArray *
new_points (void)
{
  return g_array_new (FALSE, FALSE, sizeof (BeamPoint));
}

static BeamPoint
point (GArray *points,
       guint   i)
{
  return g_array_index (points, BeamPoint, i);
}

static void
test_empty (void)
{
  g_autoptr (BeamArraySeries) array = beam_array_series_new ("p99");
  g_autoptr (BeamSeries) base = g_object_new (BEAM_TYPE_SERIES, "unit", "s", NULL);
  BeamSeries *each[] = { BEAM_SERIES (array), base };
  g_autoptr (GArray) points = new_points ();
  double low = 7, high = 7;
  gint64 first = 7, last = 7, when = 7;

  for (guint i = 0; i < G_N_ELEMENTS (each); i++)
    {
      g_assert_false (beam_series_get_extent (each[i], &first, &last));
      g_assert_false (beam_series_get_range (each[i], 0, 100, &low, &high));
      g_assert_true (isnan (beam_series_lookup (each[i], 5, 100, &when)));
      beam_series_collect (each[i], 0, 100, 10, points);
      g_assert_cmpuint (points->len, ==, 0);
    }
  g_assert_cmpint (first, ==, 7);
  g_assert_cmpint (when, ==, 7);
  g_assert_cmpfloat (low, ==, 7);
  g_assert_cmpstr (beam_series_get_name (each[0]), ==, "p99");
  g_assert_cmpstr (beam_series_get_unit (each[1]), ==, "s");
}

static void
test_append (void)
{
  g_autoptr (BeamArraySeries) self = beam_array_series_new (NULL);
  const gint64 times[] = { 30, 20, 40 };
  const double values[] = { 3, 2, 4 };
  gint64 first, last;
  guint n_changed = 0;

  g_signal_connect (self, "changed", G_CALLBACK (count_cb), &n_changed);
  g_assert_true (beam_array_series_append (self, 10, (double) NAN));
  g_assert_true (beam_array_series_append (self, 20, 2));
  g_assert_false (beam_array_series_append (self, 20, 9));
  g_assert_cmpuint (n_changed, ==, 2);
  g_assert_cmpuint (beam_array_series_append_all (self, times, values, 3), ==, 2);
  g_assert_cmpuint (n_changed, ==, 3);
  g_assert_cmpuint (beam_array_series_get_n (self), ==, 4);
  g_assert_true (beam_series_get_extent (BEAM_SERIES (self), &first, &last));
  g_assert_cmpint (first, ==, 20);
  g_assert_cmpint (last, ==, 40);

  beam_array_series_clear (self);
  g_assert_cmpuint (n_changed, ==, 4);
  g_assert_false (beam_series_get_extent (BEAM_SERIES (self), NULL, NULL));
}

static void
test_lookup (void)
{
  g_autoptr (BeamArraySeries) self = beam_array_series_new (NULL);
  gint64 when = 0;

  beam_array_series_append (self, 10, 1);
  beam_array_series_append (self, 20, (double) NAN);
  beam_array_series_append (self, 30, 3);
  g_assert_cmpfloat (beam_series_lookup (BEAM_SERIES (self), 10, 0, &when), ==, 1);
  g_assert_cmpfloat (beam_series_lookup (BEAM_SERIES (self), 19, 20, &when), ==, 1);
  g_assert_cmpint (when, ==, 10);
  g_assert_cmpfloat (beam_series_lookup (BEAM_SERIES (self), 21, 20, &when), ==, 3);
  g_assert_cmpint (when, ==, 30);
  g_assert_true (isnan (beam_series_lookup (BEAM_SERIES (self), 20, 5, NULL)));
  g_assert_cmpfloat (beam_series_lookup (BEAM_SERIES (self), 35, 5, NULL), ==, 3);
  g_assert_true (isnan (beam_series_lookup (BEAM_SERIES (self), 36, 5, NULL)));
}

static void
test_collect_raw (void)
{
  g_autoptr (BeamArraySeries) self = beam_array_series_new (NULL);
  g_autoptr (GArray) points = new_points ();

  for (int i = 0; i < 10; i++)
    beam_array_series_append (self, i * 10, i == 5 || i == 6 ? (double) NAN : i);

  /* One sample on either side; two NAN in a row are one gap. */
  beam_series_collect (BEAM_SERIES (self), 35, 75, 100, points);
  g_assert_cmpuint (points->len, ==, 5);
  g_assert_cmpint (point (points, 0).time_us, ==, 30);
  g_assert_cmpfloat (point (points, 1).last, ==, 4);
  g_assert_true (isnan (point (points, 2).low));
  g_assert_cmpint (point (points, 2).time_us, ==, 50);
  g_assert_cmpfloat (point (points, 3).low, ==, 7);
  g_assert_cmpint (point (points, 4).time_us, ==, 80);
}

/* However many samples, the extremes and the gaps survive and the number is
 * bounded. */
static void
test_collect_keeps_extremes (void)
{
  g_autoptr (BeamArraySeries) self = beam_array_series_new (NULL);
  g_autoptr (GArray) points = new_points ();
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  const guint n = 100000;
  double low, high, least = INFINITY, most = -INFINITY;
  guint n_gaps = 0;

  for (guint i = 0; i < n; i++)
    {
      double value = g_rand_double (random);

      if (i == 77777)
        value = 50;
      if (i == 12345)
        value = -50;
      if (i > 30000 && i < 35000)
        value = (double) NAN;
      beam_array_series_append (self, i, value);
    }

  beam_series_collect (BEAM_SERIES (self), 0, n, 500, points);
  g_assert_cmpuint (points->len, <=, 510);
  g_assert_cmpuint (points->len, >=, 400);
  for (guint i = 0; i < points->len; i++)
    {
      BeamPoint p = point (points, i);

      if (i > 0)
        g_assert_cmpint (p.time_us, >, point (points, i - 1).time_us);
      if (isnan (p.low))
        {
          g_assert_cmpint (p.time_us, ==, 30001);
          n_gaps++;
          continue;
        }
      least = fmin (least, p.low);
      most = fmax (most, p.high);
    }
  g_assert_cmpuint (n_gaps, ==, 1);
  g_assert_cmpfloat (least, ==, -50);
  g_assert_cmpfloat (most, ==, 50);
  g_assert_true (beam_series_get_range (BEAM_SERIES (self), 0, n, &low, &high));
  g_assert_cmpfloat (low, ==, least);
  g_assert_cmpfloat (high, ==, most);
}

/* Buckets belong to the clock: a picture that slides shows the same ones. */
static void
test_collect_is_steady (void)
{
  g_autoptr (BeamArraySeries) self = beam_array_series_new (NULL);
  g_autoptr (GArray) before = new_points ();
  g_autoptr (GArray) after = new_points ();
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  /* Across zero: a bucket is as wide before it as after it. */
  for (int i = 0; i < 20000; i++)
    beam_array_series_append (self, i - 10000, g_rand_double (random));

  beam_series_collect (BEAM_SERIES (self), -5000, 5000, 100, before);
  beam_series_collect (BEAM_SERIES (self), -4963, 5037, 100, after);
  for (guint i = 5; i < 95; i++)
    g_assert_cmpint (point (before, i + 1).time_us - point (before, i).time_us, ==, 101);
  for (guint i = 5; i < 95; i++)
    {
      guint j;

      for (j = 0; j < after->len; j++)
        if (point (after, j).time_us == point (before, i).time_us)
          break;
      g_assert_cmpuint (j, <, after->len);
      g_assert_cmpfloat (point (after, j).high, ==, point (before, i).high);
    }
}

/* Every other sample unknown: still bounded. */
static void
test_collect_torn (void)
{
  g_autoptr (BeamArraySeries) self = beam_array_series_new (NULL);
  g_autoptr (GArray) points = new_points ();

  for (int i = 0; i < 20000; i++)
    beam_array_series_append (self, i, i % 2 == 0 ? i : (double) INFINITY);

  beam_series_collect (BEAM_SERIES (self), 0, 20000, 100, points);
  g_assert_cmpuint (points->len, <=, 2 * 102);
}

/* What the samples of the range come to, looked at one by one. */
static void
collect_raw (const gint64 *times,
             const double *values,
             guint         n,
             gint64        bucket_us,
             gint64        from_us,
             gint64        to_us,
             GArray       *ret)
{
  BeamDecimator decimator;
  guint first = 0, end = 0;

  while (first < n && times[first] < from_us)
    first++;
  for (end = first; end < n && times[end] <= to_us;)
    end++;

  g_array_set_size (ret, 0);
  beam_decimator_init (&decimator, bucket_us, ret);
  for (guint i = first > 0 ? first - 1 : 0; i < MIN (end + 1, n); i++)
    beam_decimator_add (&decimator, times[i], values[i]);
  beam_decimator_finish (&decimator);
}

static void
assert_equal_points (GArray *one,
                     GArray *other)
{
  g_assert_cmpuint (one->len, ==, other->len);
  for (guint i = 0; i < one->len; i++)
    {
      BeamPoint a = point (one, i);
      BeamPoint b = point (other, i);

      g_assert_cmpint (a.time_us, ==, b.time_us);
      g_assert_true (isnan (a.low) == isnan (b.low));
      if (isnan (a.low))
        continue;
      g_assert_cmpfloat (a.low, ==, b.low);
      g_assert_cmpfloat (a.high, ==, b.high);
      g_assert_cmpfloat (a.last, ==, b.last);
    }
}

#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* From a day to ten seconds by small steps, with gaps of every length: each tier
 * gives what the samples themselves do, and the answer stays as long. */
static void
test_tiers (void)
{
  static const double gap_shares[] = { 0, 0.001, 0.3, 1 };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint round = 0; round < G_N_ELEMENTS (gap_shares); round++)
    {
      const guint n = 30000;
      g_autoptr (BeamArraySeries) self = beam_array_series_new (NULL);
      g_autoptr (GArray) points = new_points ();
      g_autoptr (GArray) raw = new_points ();
      g_autofree gint64 *times = g_new (gint64, n);
      g_autofree double *values = g_new (double, n);
      gboolean gap = FALSE;

      for (guint i = 0; i < n; i++)
        {
          gap = g_rand_double (random) < 0.03 ? g_rand_double (random) < gap_shares[round] : gap;
          times[i] = (i > 0 ? times[i - 1] : -DAY_US) + g_rand_int_range (random, 1, 5760000);
          values[i] = gap || round == 3 ? (double) NAN : g_rand_double_range (random, -1e6, 1e6);
        }
      beam_array_series_append_all (self, times, values, n);

      for (gint64 length_us = DAY_US; length_us >= 10 * G_USEC_PER_SEC; length_us = length_us * 9 / 10)
        {
          gint64 to_us = times[n - 1] - (gint64) (g_rand_double (random) * (double) DAY_US / 2);
          gint64 from_us = to_us - length_us;
          double low, high, least = INFINITY, most = -INFINITY;
          gint64 bucket_us = 0;
          guint inside = 0;

          for (guint i = 0; i < n; i++)
            {
              if (times[i] < from_us || times[i] > to_us)
                continue;
              inside++;
              least = isnan (values[i]) ? least : fmin (least, values[i]);
              most = isnan (values[i]) ? most : fmax (most, values[i]);
            }
          if (inside > 200)
            bucket_us = length_us / 200 + 1;

          beam_series_collect (BEAM_SERIES (self), from_us, to_us, 200, points);
          collect_raw (times, values, n, bucket_us, from_us, to_us, raw);
          assert_equal_points (points, raw);
          g_assert_cmpuint (points->len, <=, 2 * 203);
          g_assert_cmpint (beam_series_get_range (BEAM_SERIES (self), from_us, to_us, &low, &high), ==, least <= most);
          if (least > most)
            continue;
          g_assert_cmpfloat (low, ==, least);
          g_assert_cmpfloat (high, ==, most);
        }
    }
}

static void
test_gaps (void)
{
  g_autoptr (BeamArraySeries) self = beam_array_series_new (NULL);
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (BeamGap));

  beam_array_series_add_gap (self, 10, 20, "down");
  beam_array_series_add_gap (self, 30, 30, "restart");
  beam_array_series_add_gap (self, 40, G_MAXINT64, NULL);
  beam_series_collect_gaps (BEAM_SERIES (self), 20, 35, gaps);
  g_assert_cmpuint (gaps->len, ==, 2);
  g_assert_cmpstr (g_array_index (gaps, BeamGap, 0).label, ==, "down");
  g_assert_cmpstr (g_array_index (gaps, BeamGap, 1).label, ==, "restart");
  beam_series_collect_gaps (BEAM_SERIES (self), 1000, 2000, gaps);
  g_assert_cmpuint (gaps->len, ==, 1);
  g_assert_null (g_array_index (gaps, BeamGap, 0).label);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/empty", test_empty);
  g_test_add_func ("/series/append", test_append);
  g_test_add_func ("/series/lookup", test_lookup);
  g_test_add_func ("/series/collect/raw", test_collect_raw);
  g_test_add_func ("/series/collect/keeps-extremes", test_collect_keeps_extremes);
  g_test_add_func ("/series/collect/is-steady", test_collect_is_steady);
  g_test_add_func ("/series/collect/torn", test_collect_torn);
  g_test_add_func ("/series/tiers", test_tiers);
  g_test_add_func ("/series/gaps", test_gaps);
  return g_test_run ();
}
