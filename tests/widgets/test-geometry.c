/* test-geometry.c: from time and value to pixels and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <float.h>
#include <math.h>

#include "beam-geometry.h"
#include "beam-label-placer.h"

static const BeamGeometry linear = { 10, 20, 100, 50, 1, 0, 1000, 0, 10, BEAM_SCALE_LINEAR };
static const BeamGeometry logarithmic = { 10, 20, 100, 60, 2, 0, 1000, 0.1, 100, BEAM_SCALE_LOG };

static void
test_mapping (void)
{
  g_assert_cmpfloat (beam_geometry_x (&linear, 0), ==, 10);
  g_assert_cmpfloat (beam_geometry_x (&linear, 1000), ==, 110);
  g_assert_cmpfloat (beam_geometry_y (&linear, 0), ==, 70);
  g_assert_cmpfloat (beam_geometry_y (&linear, 10), ==, 20);
  g_assert_cmpfloat_with_epsilon (beam_geometry_y (&logarithmic, 1), 60, 1e-9);
  g_assert_cmpfloat_with_epsilon (beam_geometry_y (&logarithmic, 10), 40, 1e-9);
  g_assert_cmpint (beam_geometry_pixel_us (&linear), ==, 10);
  g_assert_cmpint (beam_geometry_pixel_us (&logarithmic), ==, 5);

  for (double y = 20; y <= 70; y += 2.5)
    g_assert_cmpfloat_with_epsilon (beam_geometry_y (&linear, beam_geometry_value (&linear, y)), y, 1e-9);
  for (double y = 20; y <= 80; y += 2.5)
    g_assert_cmpfloat_with_epsilon (beam_geometry_y (&logarithmic, beam_geometry_value (&logarithmic, y)), y, 1e-9);
  for (gint64 t = 0; t <= 1000; t += 40)
    g_assert_cmpint (beam_geometry_time (&linear, beam_geometry_x (&linear, t)), ==, t);
}

static void
test_bounded (void)
{
  static const double values[] = { -DBL_MAX, -1, 0, 1e-300, 1e300, DBL_MAX, INFINITY, -INFINITY };
  static const gint64 times[] = { G_MININT64, -1, 0, G_MAXINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_assert_cmpfloat (fabs (beam_geometry_y (&linear, values[i])), <=, 101 * linear.height + linear.y);
      g_assert_cmpfloat (fabs (beam_geometry_y (&logarithmic, values[i])), <=, 101 * logarithmic.height + logarithmic.y);
    }
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_assert_cmpfloat (fabs (beam_geometry_x (&linear, times[i])), <=, 101 * linear.width + linear.x);
    }
  g_assert_true (isnan (beam_geometry_y (&linear, (double) NAN)));
}

static void
test_valid (void)
{
  BeamGeometry bad[] = { linear, linear, linear, linear, linear, logarithmic };

  bad[0].width = 0;
  bad[1].height = -1;
  bad[2].to_us = 0;
  bad[3].high = 0;
  bad[4].low = (double) NAN;
  bad[5].low = 0;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (beam_geometry_is_valid (&bad[i]));

  g_assert_true (beam_geometry_is_valid (&linear));
  g_assert_true (beam_geometry_is_valid (&logarithmic));
}

static void
test_snap (void)
{
  /* A line of one device pixel stands in the middle of a pixel, one of two on
   * an edge. */
  g_assert_cmpfloat (beam_geometry_snap (&linear, 12.2, 1), ==, 12.5);
  g_assert_cmpfloat (beam_geometry_snap (&linear, 12.2, 2), ==, 12);
  g_assert_cmpfloat (beam_geometry_snap (&logarithmic, 12.2, 1), ==, 12);
  g_assert_cmpfloat (beam_geometry_snap (&logarithmic, 12.2, 0.5), ==, 12.25);
}

static void
test_labels (void)
{
  /* One label stands over its line, the lowest of several under it. */
  BeamLabelBox one = { 50, 46, 54, 10, 0 };
  BeamLabelBox high = { 12, 8, 16, 10, 0 };
  BeamLabelBox two[] = { { 60, 56, 64, 10, 0 }, { 30, 26, 34, 10, 0 } };
  BeamLabelBox crowd[] = { { 50, 46, 54, 10, 0 }, { 50, 46, 54, 10, 0 }, { 51, 47, 55, 10, 0 } };
  BeamLabelBox low[] = { { 98, 94, 99, 10, 0 }, { 99, 95, 99, 10, 0 } };

  beam_label_placer_place (&one, 1, 0, 100);
  g_assert_cmpfloat (one.y, ==, 35);
  beam_label_placer_place (&high, 1, 0, 100);
  g_assert_cmpfloat (high.y, ==, 17);
  beam_label_placer_place (two, 2, 0, 100);
  g_assert_cmpfloat (two[0].y, ==, 65);
  g_assert_cmpfloat (two[1].y, ==, 15);

  beam_label_placer_place (crowd, 3, 0, 100);
  g_assert_cmpfloat (crowd[0].y + 10, <=, crowd[1].y);
  g_assert_cmpfloat (crowd[1].y + 10, <=, crowd[2].y);
  beam_label_placer_place (low, 2, 0, 100);
  g_assert_cmpfloat (low[1].y, ==, 90);
  g_assert_cmpfloat (low[0].y, <=, 80);
  beam_label_placer_place (NULL, 0, 0, 100);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geometry/mapping", test_mapping);
  g_test_add_func ("/geometry/bounded", test_bounded);
  g_test_add_func ("/geometry/valid", test_valid);
  g_test_add_func ("/geometry/snap", test_snap);
  g_test_add_func ("/geometry/labels", test_labels);
  return g_test_run ();
}
