/* test-ratio-series.c: one series divided by another, and a chart in a sentence
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-chart-words.h"
#include "sy-ratio-series.h"

#define SECONDS(n) ((gint64) (n) * G_USEC_PER_SEC)

typedef struct {
  BeamArraySeries *above;
  BeamArraySeries *below;
  BeamSeries      *ratio;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->above = beam_array_series_new ("b");
  f->below = beam_array_series_new ("a");
  f->ratio = sy_ratio_series_new (BEAM_SERIES (f->above), BEAM_SERIES (f->below));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_object_unref (f->above);
  g_object_unref (f->below);
  g_assert_finalize_object (f->ratio);
}

static double
at (Fixture *f,
    gint64   second)
{
  return beam_series_lookup (f->ratio, SECONDS (second), SECONDS (1) / 2, NULL);
}

/* Unknown is what has no partner in reach, and what cannot be divided. */
static void
test_values (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
  double low, high;

  g_assert_false (beam_series_get_range (f->ratio, 0, SECONDS (100), &low, &high));
  beam_array_series_append (f->below, SECONDS (10), 2);
  beam_array_series_append (f->below, SECONDS (11), 0);
  beam_array_series_append (f->below, SECONDS (12), NAN);
  beam_array_series_append (f->below, SECONDS (20), 5);
  beam_array_series_append (f->above, SECONDS (10) + 200000, 6);
  beam_array_series_append (f->above, SECONDS (11), 6);
  beam_array_series_append (f->above, SECONDS (20), 5);
  beam_array_series_append (f->above, SECONDS (30), 5);

  g_assert_cmpfloat (at (f, 10), ==, 3);
  g_assert_true (isnan (at (f, 11)));
  g_assert_cmpfloat (at (f, 20), ==, 1);
  g_assert_true (isnan (at (f, 30)));
  g_assert_true (beam_series_get_range (f->ratio, 0, SECONDS (100), &low, &high));
  g_assert_cmpfloat (low, ==, 1);
  g_assert_cmpfloat (high, ==, 3);

  beam_series_collect (f->ratio, SECONDS (10), SECONDS (20), 100, points);
  for (guint i = 0; i < points->len; i++)
    g_assert_false (isinf (g_array_index (points, BeamPoint, i).low));
}

static void
count_cb (BeamSeries *series,
          guint      *count)
{
  (*count)++;
}

static void
test_changes (Fixture       *f,
              gconstpointer  data)
{
  guint n = 0;

  g_signal_connect (f->ratio, "changed", G_CALLBACK (count_cb), &n);
  beam_array_series_append (f->above, SECONDS (1), 1);
  beam_array_series_append (f->below, SECONDS (1), 1);
  g_assert_cmpuint (n, ==, 2);
}

static void
test_gaps (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (BeamTimeAxis) time = beam_time_axis_new (SECONDS (60));
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (BeamGap));
  g_autofree char *none = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  beam_time_axis_set_now (time, SECONDS (100));
  none = sy_chart_words_gaps (f->ratio, time);
  g_assert_null (none);
  beam_array_series_add_gap (f->above, SECONDS (50), SECONDS (58), "down");
  beam_array_series_add_gap (f->above, SECONDS (60), SECONDS (60), "restart");
  one = sy_chart_words_gaps (f->ratio, time);
  g_assert_nonnull (strstr (one, "one gap of 8"));
  /* It lasts: up to the edge. */
  beam_array_series_add_gap (f->below, SECONDS (88), G_MAXINT64, "down");
  two = sy_chart_words_gaps (f->ratio, time);
  g_assert_nonnull (strstr (two, "2 gaps of 20"));
  beam_series_collect_gaps (f->ratio, 0, SECONDS (100), gaps);
  g_assert_cmpuint (gaps->len, ==, 3);
}

#define ADD(path, func) g_test_add ("/ui/ratio-series/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("values", test_values);
  ADD ("changes", test_changes);
  ADD ("gaps", test_gaps);
  return g_test_run ();
}
