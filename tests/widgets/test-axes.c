/* test-axes.c: the shared time axis, the linked value axis and the cursor
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <math.h>

#include "beam.h"

#define SECONDS(n) ((gint64) (n) * G_USEC_PER_SEC)

static void
count_cb (gpointer  object,
          guint    *count)
{
  (*count)++;
}

static void
assert_range (BeamTimeAxis *axis,
              BeamTimeMode  mode,
              gint64        from_s,
              gint64        to_s)
{
  gint64 from_us, to_us;

  beam_time_axis_get_range (axis, &from_us, &to_us);
  g_assert_cmpint (beam_time_axis_get_mode (axis), ==, mode);
  g_assert_cmpint (from_us, ==, from_s * G_USEC_PER_SEC);
  g_assert_cmpint (to_us, ==, to_s * G_USEC_PER_SEC);
}

static void
test_time_live (void)
{
  g_autoptr (BeamTimeAxis) axis = beam_time_axis_new (SECONDS (60));
  guint n_changed = 0;

  g_signal_connect (axis, "changed", G_CALLBACK (count_cb), &n_changed);
  beam_time_axis_set_now (axis, SECONDS (1000));
  assert_range (axis, BEAM_TIME_LIVE, 940, 1000);
  beam_time_axis_set_now (axis, SECONDS (1000));
  beam_time_axis_set_now (axis, SECONDS (999));
  g_assert_cmpuint (n_changed, ==, 1);
  beam_time_axis_set_window (axis, SECONDS (100));
  assert_range (axis, BEAM_TIME_LIVE, 900, 1000);
  g_assert_cmpuint (n_changed, ==, 2);

  beam_time_axis_set_window (axis, 0);
  g_assert_cmpint (beam_time_axis_get_window (axis), ==, BEAM_TIME_SHORTEST_WINDOW_US);
  beam_time_axis_set_window (axis, G_MAXINT64);
  g_assert_cmpint (beam_time_axis_get_window (axis), ==, BEAM_TIME_LONGEST_WINDOW_US);
}

static void
test_time_standing (void)
{
  g_autoptr (BeamTimeAxis) axis = beam_time_axis_new (SECONDS (60));
  gint64 from_us, to_us;
  guint n_changed = 0;

  beam_time_axis_set_now (axis, SECONDS (1000));
  beam_time_axis_pause (axis);
  g_signal_connect (axis, "changed", G_CALLBACK (count_cb), &n_changed);
  beam_time_axis_set_now (axis, SECONDS (1010));
  assert_range (axis, BEAM_TIME_PAUSED, 940, 1000);
  g_assert_cmpuint (n_changed, ==, 0);

  beam_time_axis_zoom_to (axis, SECONDS (950), SECONDS (970));
  assert_range (axis, BEAM_TIME_ZOOMED, 950, 970);
  beam_time_axis_zoom_by (axis, 0.5, SECONDS (955));
  beam_time_axis_get_range (axis, &from_us, &to_us);
  g_assert_cmpint (to_us - from_us, ==, SECONDS (10));
  g_assert_cmpint (from_us, ==, SECONDS (952) + 500000);

  beam_time_axis_zoom_to (axis, SECONDS (960), SECONDS (960));
  beam_time_axis_get_range (axis, &from_us, &to_us);
  g_assert_cmpint (to_us - from_us, ==, BEAM_TIME_SHORTEST_WINDOW_US);

  beam_time_axis_reset (axis);
  assert_range (axis, BEAM_TIME_LIVE, 950, 1010);
}

/* From a day to ten seconds in small steps: each as much narrower as the last,
 * and what is under the pointer stays under it. */
static void
test_time_zoom_is_continuous (void)
{
  g_autoptr (BeamTimeAxis) axis = beam_time_axis_new (SECONDS (86400));
  gint64 at_us = SECONDS (160000);
  gint64 from_us, to_us, length_us = SECONDS (86400);
  double share;

  beam_time_axis_set_now (axis, SECONDS (200000));
  beam_time_axis_zoom_to (axis, SECONDS (200000 - 86400), SECONDS (200000));
  share = (double) (at_us - SECONDS (200000 - 86400)) / (double) length_us;
  while (length_us > SECONDS (10))
    {
      beam_time_axis_zoom_by (axis, 1 / 1.1, at_us);
      beam_time_axis_get_range (axis, &from_us, &to_us);
      g_assert_cmpfloat_with_epsilon ((double) (to_us - from_us), (double) length_us / 1.1, 2);
      g_assert_cmpfloat_with_epsilon ((double) (at_us - from_us) / (double) (to_us - from_us), share, 1e-4);
      length_us = to_us - from_us;
    }
}

/* Panning away stands still, panning back to now is live again. */
static void
test_time_pan (void)
{
  g_autoptr (BeamTimeAxis) axis = beam_time_axis_new (SECONDS (60));

  beam_time_axis_set_now (axis, SECONDS (1000));
  beam_time_axis_pan (axis, -SECONDS (30));
  assert_range (axis, BEAM_TIME_ZOOMED, 910, 970);
  beam_time_axis_pan (axis, SECONDS (300));
  assert_range (axis, BEAM_TIME_LIVE, 940, 1000);

  /* Zooming while live keeps the right edge, and reset knows the window. */
  beam_time_axis_zoom_by (axis, 2, SECONDS (950));
  assert_range (axis, BEAM_TIME_LIVE, 880, 1000);
  beam_time_axis_zoom_by (axis, 1e30, 0);
  beam_time_axis_reset (axis);
  assert_range (axis, BEAM_TIME_LIVE, 940, 1000);
}

/* What is over has a whole to go back to, and no now. */
static void
test_time_home (void)
{
  g_autoptr (BeamTimeAxis) axis = beam_time_axis_new (SECONDS (60));

  beam_time_axis_set_now (axis, SECONDS (1000));
  g_assert_true (beam_time_axis_is_at_home (axis));
  beam_time_axis_set_home (axis, SECONDS (400), SECONDS (1000));
  assert_range (axis, BEAM_TIME_ZOOMED, 400, 1000);
  g_assert_true (beam_time_axis_is_at_home (axis));

  beam_time_axis_zoom_to (axis, SECONDS (500), SECONDS (510));
  g_assert_false (beam_time_axis_is_at_home (axis));
  beam_time_axis_reset (axis);
  assert_range (axis, BEAM_TIME_ZOOMED, 400, 1000);

  /* What is over has no now, however one gets to its end. */
  beam_time_axis_zoom_by (axis, 0.5, SECONDS (1000));
  assert_range (axis, BEAM_TIME_ZOOMED, 700, 1000);
  beam_time_axis_pan (axis, SECONDS (50));
  assert_range (axis, BEAM_TIME_ZOOMED, 700, 1000);
  beam_time_axis_pan (axis, -SECONDS (900));
  assert_range (axis, BEAM_TIME_ZOOMED, 400, 700);
  beam_time_axis_zoom_by (axis, 100, SECONDS (500));
  assert_range (axis, BEAM_TIME_ZOOMED, 400, 1000);
  g_assert_true (beam_time_axis_is_at_home (axis));

  beam_time_axis_set_home (axis, 0, 0);
  assert_range (axis, BEAM_TIME_LIVE, 940, 1000);
}

static char *
label_text (BeamTimeAxis *axis,
            guint         most)
{
  g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (BeamTimeLabel));
  GString *text = g_string_new (NULL);

  beam_time_axis_get_labels (axis, most, labels);
  for (guint i = 0; i < labels->len; i++)
    {
      g_autofree char *one = beam_time_axis_format (axis, &g_array_index (labels, BeamTimeLabel, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", one);
    }

  return g_string_free (text, FALSE);
}

static void
test_time_labels (void)
{
  static const struct { gint64 window_s; guint most; const char *text; } cases[] = {
    { 240, 5, "−4 min|−3|−2|−1|now" },
    { 60, 5, "−1:00|−45 s|−30 s|−15 s|now" },
    { 20, 3, "−20 s|−10 s|now" },
    { 3600, 5, "−60 min|−45|−30|−15|now" },
    { 4 * 3600, 5, "−4 h|−3|−2|−1|now" },
    { 3 * 3600, 7, "−3:00 h|−2:30|−2:00|−1:30|−1:00|−0:30|now" },
  };
  g_autofree char *clock = NULL;
  g_autofree char *stopped = NULL;
  g_autoptr (BeamTimeAxis) axis = beam_time_axis_new (SECONDS (60));

  beam_time_axis_set_now (axis, SECONDS (100000) + 123);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;

      beam_time_axis_set_window (axis, SECONDS (cases[i].window_s));
      text = label_text (axis, cases[i].most);
      g_assert_cmpstr (text, ==, cases[i].text);
    }

  /* Standing still, "now" is over: the time of day when it is known. */
  beam_time_axis_set_window (axis, SECONDS (60));
  beam_time_axis_pause (axis);
  stopped = label_text (axis, 3);
  g_assert_cmpstr (stopped, ==, "−1:00|−30 s|0");
  beam_time_axis_set_wall_offset (axis, SECONDS (1700000000) - 123);
  clock = label_text (axis, 4);
  g_assert_cmpstr (clock, ==, "01:59:00|01:59:30|02:00:00");
}

/* Days begin at midnight of this place. */
static void
test_time_midnight (void)
{
  static const struct { const char *zone; gint64 midnight_s; } cases[] = {
    { "UTC", 1699920000 }, { "-05:00", 1699938000 }, { "+05:30", 1699900200 },
  };
  g_autofree char *before = g_strdup (g_getenv ("TZ"));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BeamTimeAxis) axis = beam_time_axis_new (SECONDS (60));
      g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (BeamTimeLabel));
      g_autofree char *text = NULL;

      g_setenv ("TZ", cases[i].zone, TRUE);
      beam_time_axis_set_now (axis, SECONDS (5000000));
      beam_time_axis_set_wall_offset (axis, SECONDS (1695000000));
      beam_time_axis_zoom_to (axis, SECONDS (4920000 - 2 * 86400), SECONDS (4920000 + 40000));
      beam_time_axis_get_labels (axis, 4, labels);
      g_assert_cmpuint (labels->len, >=, 2);
      for (guint j = 0; j < labels->len; j++)
        g_assert_cmpint ((g_array_index (labels, BeamTimeLabel, j).offset_us - SECONDS (cases[i].midnight_s)) % SECONDS (86400), ==, 0);
      text = label_text (axis, 4);
      g_assert_nonnull (strstr (text, "14 Nov"));
    }

  if (before != NULL)
    g_setenv ("TZ", before, TRUE);
  else
    g_unsetenv ("TZ");
}

static void
test_value_fit (void)
{
  g_autoptr (BeamValueAxis) axis = beam_value_axis_new (BEAM_SCALE_LINEAR);
  g_autoptr (BeamArraySeries) a = beam_array_series_new ("a");
  g_autoptr (BeamArraySeries) b = beam_array_series_new ("b");
  double low, high;
  guint n_changed = 0;

  g_assert_true (beam_value_axis_is_empty (axis));
  beam_value_axis_link (axis, BEAM_SERIES (a));
  beam_value_axis_link (axis, BEAM_SERIES (b));
  beam_value_axis_link (axis, BEAM_SERIES (b));
  g_signal_connect (axis, "changed", G_CALLBACK (count_cb), &n_changed);

  beam_array_series_append (a, 10, 40);
  beam_array_series_append (b, 10, 440);
  beam_array_series_append (b, 20, (double) NAN);
  beam_array_series_append (b, 500, 1e6);
  beam_value_axis_fit (axis, 0, 100);
  beam_value_axis_fit (axis, 0, 100);
  beam_value_axis_get_range (axis, &low, &high);
  g_assert_cmpfloat (low, ==, 0);
  g_assert_cmpfloat (high, ==, 500);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_false (beam_value_axis_is_empty (axis));

  /* Linked twice, once unlinked: still counts. */
  beam_value_axis_unlink (axis, BEAM_SERIES (b));
  beam_value_axis_fit (axis, 0, 101);
  beam_value_axis_get_range (axis, &low, &high);
  g_assert_cmpfloat (high, ==, 500);
  beam_value_axis_unlink (axis, BEAM_SERIES (b));
  beam_value_axis_fit (axis, 0, 101);
  beam_value_axis_get_range (axis, &low, &high);
  g_assert_cmpfloat (high, ==, 50);

  beam_value_axis_set_fixed (axis, -1, 1);
  beam_value_axis_get_range (axis, &low, &high);
  g_assert_cmpfloat (low, ==, -1);
  beam_value_axis_set_fixed (axis, (double) NAN, (double) NAN);
  beam_value_axis_set_scale (axis, BEAM_SCALE_LOG);
  beam_value_axis_fit (axis, 0, 101);
  beam_value_axis_get_range (axis, &low, &high);
  g_assert_cmpfloat (low, >, 0);
  g_assert_cmpfloat (low, <=, 40);
}

static char *
format_cb (double        value,
           double        step,
           BeamFormatUse use,
           gpointer      user_data)
{
  return g_strdup_printf ("%g of %g for %d", value, step, (int) use);
}

static void
test_value_format (void)
{
  g_autoptr (BeamValueAxis) axis = beam_value_axis_new (BEAM_SCALE_LINEAR);
  g_autofree char *plain = beam_value_axis_format (axis, 1234.5678, 0, BEAM_FORMAT_READOUT);
  g_autofree char *own = NULL;

  g_assert_cmpstr (plain, ==, "1235");
  beam_value_axis_set_format_func (axis, format_cb, NULL, NULL);
  own = beam_value_axis_format (axis, 2, 0.5, BEAM_FORMAT_TICK);
  g_assert_cmpstr (own, ==, "2 of 0.5 for 0");
}

static void
test_cursor (void)
{
  g_autoptr (BeamCursor) cursor = beam_cursor_new ();
  guint n_changed = 0;

  g_signal_connect (cursor, "changed", G_CALLBACK (count_cb), &n_changed);
  g_assert_false (beam_cursor_is_set (cursor));
  beam_cursor_clear (cursor);
  g_assert_cmpuint (n_changed, ==, 0);
  beam_cursor_set_time (cursor, 5);
  beam_cursor_set_time (cursor, 5);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpint (beam_cursor_get_time (cursor), ==, 5);
  beam_cursor_clear (cursor);
  g_assert_false (beam_cursor_is_set (cursor));
  g_assert_cmpuint (n_changed, ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/axes/time/live", test_time_live);
  g_test_add_func ("/axes/time/standing", test_time_standing);
  g_test_add_func ("/axes/time/pan", test_time_pan);
  g_test_add_func ("/axes/time/home", test_time_home);
  g_test_add_func ("/axes/time/zoom-is-continuous", test_time_zoom_is_continuous);
  g_test_add_func ("/axes/time/labels", test_time_labels);
  g_test_add_func ("/axes/time/midnight", test_time_midnight);
  g_test_add_func ("/axes/value/fit", test_value_fit);
  g_test_add_func ("/axes/value/format", test_value_format);
  g_test_add_func ("/axes/cursor", test_cursor);
  return g_test_run ();
}
