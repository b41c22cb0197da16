/* test-extremes.c: each kind of chart over time, with what no chart should get
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is asserted of each: no error of cairo, no ink outside of the plot, ink
 * where something is known and none where nothing is, and answers whose length
 * does not depend on the number of samples.
 */
#undef G_DISABLE_ASSERT

#include <float.h>
#include <math.h>

#include "beam.h"

#define WIDTH  160
#define HEIGHT 90

/* Where the plot is in its picture. */
#define LEFT   20
#define TOP    10
#define RIGHT  150
#define BOTTOM 80

typedef enum { LINE, STEPS, AREA, BAND, STACK, RATIO, N_KINDS } Kind;

static BeamLayer *
make_layer (Kind kind, BeamSeries *series)
{
  BeamLayer *layer = NULL;

  switch (kind)
    {
    case LINE:
      layer = beam_line_layer_new (series);
      break;
    case STEPS:
      layer = beam_line_layer_new (series);
      beam_line_layer_set_stepped (BEAM_LINE_LAYER (layer), TRUE);
      break;
    case AREA:
      layer = beam_area_layer_new (series);
      break;
    case BAND:
      layer = beam_band_layer_new (series, series);
      break;
    case STACK:
      layer = beam_stack_layer_new ();
      beam_stack_layer_add (BEAM_STACK_LAYER (layer), series);
      beam_stack_layer_add (BEAM_STACK_LAYER (layer), series);
      break;
    case RATIO:
      layer = beam_ratio_layer_new (series, series, series);
      break;
    case N_KINDS:
    default:
      g_assert_not_reached ();
    }
  return g_object_ref_sink (layer);
}

static BeamSeries *
make_series (const double *values, guint n)
{
  BeamArraySeries *series = beam_array_series_new ("a");

  for (guint i = 0; i < n; i++)
    beam_array_series_append (series, i, values[i]);
  return BEAM_SERIES (series);
}

/* The ink in the picture; none may be more than a pixel and a half from the plot. */
static guint64
draw (BeamLayer *layer, const BeamGeometry *geometry)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  const GdkRGBA white = { 1, 1, 1, 1 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  guint64 ink = 0;
  BeamStyle style;

  beam_style_init (&style, &black, &white, FALSE);
  beam_layer_draw (layer, cr, geometry, &style);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        guint alpha = cairo_image_surface_get_data (surface)[y * cairo_image_surface_get_stride (surface) + 4 * x + 3];

        ink += alpha;
        if (x < LEFT - 2 || x > RIGHT + 1 || y < TOP - 2 || y > BOTTOM + 1)
          g_assert_cmpuint (alpha, ==, 0);
      }
  cairo_surface_destroy (surface);
  return ink;
}

/* The plot that a chart would show of the layer's series. */
static BeamGeometry
fit (BeamLayer *layer, BeamScale scale, gint64 to_us)
{
  BeamGeometry geometry = { LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP, 1, 0, to_us, 0, 1, scale };
  g_autoptr (BeamValueAxis) axis = beam_value_axis_new (scale);
  g_autoptr (GPtrArray) series = g_ptr_array_new ();

  beam_layer_collect_series (layer, series);
  for (guint i = 0; i < series->len; i++)
    beam_value_axis_link (axis, g_ptr_array_index (series, i));
  beam_value_axis_fit (axis, 0, to_us);
  beam_value_axis_get_range (axis, &geometry.low, &geometry.high);
  return geometry;
}

/* Pairs of anything, in turn, on both scales. */
static void
test_values (void)
{
  static const double wild[] = {
    NAN, INFINITY, -INFINITY, 0, -0.0, 1, -1, 1e-300, -1e-300, 1e300, -1e300, DBL_MAX, -DBL_MAX, DBL_MIN, 5e-324,
  };

  for (Kind kind = 0; kind < N_KINDS; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (wild); i++)
      for (guint j = 0; j < G_N_ELEMENTS (wild); j++)
        for (int scale = 0; scale < 2; scale++)
          {
            const double values[] = { wild[i], wild[j], wild[i], wild[i], wild[j], wild[j] };
            g_autoptr (BeamSeries) series = make_series (values, G_N_ELEMENTS (values));
            BeamLayer *layer = make_layer (kind, series);
            BeamGeometry geometry = fit (layer, (BeamScale) scale, G_N_ELEMENTS (values) - 1);
            guint64 ink = draw (layer, &geometry);

            /* Two neighbours are known, and so is what is between them. An axis ends at 1e300. */
            if ((kind == LINE || kind == STEPS) && (fabs (wild[i]) <= 1e300 || fabs (wild[j]) <= 1e300) &&
                scale == BEAM_SCALE_LINEAR)
              g_assert_cmpuint (ink, >, 0);
            if (!isfinite (wild[i]) && !isfinite (wild[j]) && kind != RATIO)
              g_assert_cmpuint (ink, ==, 0);
            g_object_unref (layer);
          }
}

/* A value that stays: a level line at its own height and nothing else, however
 * small or large it is. */
static void
test_level (void)
{
  static const double levels[] = { 1e-300, 1, 1e300, -1e300 };

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      const double values[] = { levels[i], levels[i], levels[i] };
      g_autoptr (BeamSeries) series = make_series (values, G_N_ELEMENTS (values));
      BeamLayer *layer = make_layer (LINE, series);
      BeamGeometry geometry = fit (layer, BEAM_SCALE_LINEAR, 2);
      double y = beam_geometry_y (&geometry, levels[i]);

      g_assert_true (geometry.low < geometry.high);
      g_assert_cmpfloat (y, >=, TOP - 0.5);
      g_assert_cmpfloat (y, <=, BOTTOM + 0.5);
      /* Two rows of full ink at most: a slope or a second line would be more. */
      g_assert_cmpuint (draw (layer, &geometry), >, 0);
      g_assert_cmpuint (draw (layer, &geometry), <=, 255 * 2 * (RIGHT - LEFT + 4));
      g_object_unref (layer);
    }
}

static void
test_few_samples (void)
{
  static const double one[] = { 3 };

  for (Kind kind = 0; kind < N_KINDS; kind++)
    for (guint n = 0; n < 2; n++)
      {
        g_autoptr (BeamSeries) series = make_series (one, n);
        BeamLayer *layer = make_layer (kind, series);
        BeamGeometry geometry = fit (layer, BEAM_SCALE_LINEAR, 10);
        guint64 ink = draw (layer, &geometry);

        if (n == 0 && kind != RATIO)
          g_assert_cmpuint (ink, ==, 0);
        if (n == 1 && (kind == LINE || kind == STEPS))
          g_assert_cmpuint (ink, >, 0);
        g_object_unref (layer);
      }
}

static void
test_sizes (void)
{
  static const double values[] = { 1, 5, NAN, 2, 4, 3 };
  static const double sizes[] = { 0, 0.3, 1, 2, RIGHT - LEFT };

  for (Kind kind = 0; kind < N_KINDS; kind++)
    {
      g_autoptr (BeamSeries) series = make_series (values, G_N_ELEMENTS (values));
      BeamLayer *layer = make_layer (kind, series);
      BeamGeometry geometry = fit (layer, BEAM_SCALE_LINEAR, G_N_ELEMENTS (values) - 1);

      for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
          {
            geometry.width = sizes[i];
            geometry.height = MIN (sizes[j], BOTTOM - TOP);
            if (sizes[i] > 0 && sizes[j] > 0)
              draw (layer, &geometry);
            else
              g_assert_cmpuint (draw (layer, &geometry), ==, 0);
          }
      g_object_unref (layer);
    }
}

#define MANY (10 * 1000 * 1000)

/* Ten million samples, at every zoom: all kinds draw them, and what is asked of
 * them is never more than the plot has columns. */
static void
test_many (void)
{
  BeamArraySeries *many = beam_array_series_new ("many");
  g_autoptr (BeamSeries) series = BEAM_SERIES (many);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
  g_autofree gint64 *times = g_new (gint64, MANY);
  g_autofree double *values = g_new (double, MANY);
  double low, high;

  for (guint i = 0; i < MANY; i++)
    {
      times[i] = (gint64) i * 1000;
      values[i] = i % 100000 >= 99500 ? (double) NAN : 2 + sin (i * 1e-6);
    }
  values[MANY / 3] = 9;
  g_assert_cmpuint (beam_array_series_append_all (many, times, values, MANY), ==, MANY);

  for (Kind kind = 0; kind < N_KINDS; kind++)
    {
      BeamLayer *layer = make_layer (kind, series);

      for (gint64 length_us = (gint64) MANY * 1000; length_us > 1000; length_us /= 7)
        {
          BeamGeometry geometry = fit (layer, BEAM_SCALE_LINEAR, length_us);

          /* A band between a line and itself has no height where each sample is drawn. */
          g_assert_true (draw (layer, &geometry) > 0 || kind == BAND);
          beam_series_collect (series, 0, length_us, RIGHT - LEFT, points);
          g_assert_cmpuint (points->len, <=, 2 * (RIGHT - LEFT + 2));
        }
      g_object_unref (layer);
    }

  g_assert_true (beam_series_get_range (series, 0, G_MAXINT64, &low, &high));
  g_assert_cmpfloat (high, ==, 9);
}

/* A sparkline is a figure: it has a frame of its own. */
static void
test_sparkline (void)
{
  static const double wild[] = { NAN, INFINITY, 0, 1e-300, 1e300, -1e300, DBL_MAX, -DBL_MAX, 5 };
  static const int sizes[] = { 0, 1, 40 };
  const GdkRGBA black = { 0, 0, 0, 1 };
  BeamStyle style;

  beam_style_init (&style, &black, &black, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (wild); i++)
    for (guint n = 0; n <= 3; n++)
      {
        const double values[] = { wild[i], wild[(i + n) % G_N_ELEMENTS (wild)], wild[i] };
        g_autoptr (BeamSeries) series = make_series (values, n);
        GtkWidget *line = g_object_ref_sink (beam_sparkline_new (series, 0));

        for (guint j = 0; j < 9; j++)
          {
            cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 40, 40);
            cairo_t *cr = cairo_create (surface);
            BeamFrame frame;

            beam_frame_init (&frame, sizes[j % 3], sizes[j / 3], &style, gtk_widget_get_pango_context (line));
            beam_figure_draw (BEAM_FIGURE (line), cr, &frame);
            g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
            cairo_destroy (cr);
            cairo_surface_destroy (surface);
          }
        g_object_unref (line);
      }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/extremes/values", test_values);
  g_test_add_func ("/extremes/level", test_level);
  g_test_add_func ("/extremes/few-samples", test_few_samples);
  g_test_add_func ("/extremes/sizes", test_sizes);
  g_test_add_func ("/extremes/many", test_many);
  g_test_add_func ("/extremes/sparkline", test_sparkline);
  return g_test_run ();
}
