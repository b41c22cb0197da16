/* test-plot.c: curves, clouds, distributions and guides
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <float.h>
#include <math.h>

#include "beam-figure-private.h"
#include "beam-plot-private.h"
#include "beam.h"

#define WIDTH  240
#define HEIGHT 120

static const double garbage[] = {
  NAN, INFINITY, -INFINITY, 0, 1, -1, 1e-300, 1e300, -1e300, DBL_MAX, -DBL_MAX, 5e-324,
};

static const BeamGeometry geometry = { 0, 0, WIDTH, HEIGHT, 1, 0, BEAM_PLOT_RULER, 0, HEIGHT, BEAM_SCALE_LINEAR };
static const BeamSpan across = { BEAM_SCALE_LINEAR, 0, WIDTH };

typedef struct {
  cairo_surface_t *surface;
  cairo_t         *cr;
} Picture;

static Picture
picture_new (int width, int height)
{
  Picture self;

  self.surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX (width, 1), MAX (height, 1));
  self.cr = cairo_create (self.surface);
  return self;
}

static void
picture_free (Picture *self)
{
  g_assert_cmpint (cairo_status (self->cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (self->cr);
  cairo_surface_destroy (self->surface);
}

static guint
alpha (const Picture *self, int x, int y)
{
  cairo_surface_flush (self->surface);
  return cairo_image_surface_get_data (self->surface)[y * cairo_image_surface_get_stride (self->surface) + 4 * x + 3];
}

static BeamStyle
make_style (void)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  const GdkRGBA white = { 1, 1, 1, 1 };
  BeamStyle style;

  beam_style_init (&style, &black, &white, FALSE);
  return style;
}

static BeamXYSeries *
make_series (const double *xs, const double *ys, guint n)
{
  BeamXYSeries *series = beam_xy_series_new ("A");

  for (guint i = 0; i < n; i++)
    beam_xy_series_append (series, xs[i], ys[i]);
  return series;
}

/* --- Painters --- */

static void
test_line (void)
{
  const double xs[] = { 20, 120, 150, 220 };
  const double ys[] = { 60, 60, NAN, 60 };
  g_autoptr (BeamXYSeries) series = make_series (xs, ys, 4);
  BeamStyle style = make_style ();
  Picture picture = picture_new (WIDTH, HEIGHT);

  beam_plot_paint (picture.cr, &geometry, &across, &style, series, BEAM_MARK_LINE, 0);
  g_assert_cmpuint (alpha (&picture, 70, 60), >, 200);
  g_assert_cmpuint (alpha (&picture, 10, 60), ==, 0);
  g_assert_cmpuint (alpha (&picture, 150, 60), ==, 0); /* a break */
  g_assert_cmpuint (alpha (&picture, 220, 60), >, 100); /* one alone is seen */
  picture_free (&picture);
}

static void
test_steps (void)
{
  const double xs[] = { 20, 120, 220 };
  const double ys[] = { 100, 20, 20 };
  g_autoptr (BeamXYSeries) series = make_series (xs, ys, 3);
  BeamStyle style = make_style ();
  Picture picture = picture_new (WIDTH, HEIGHT);

  beam_plot_paint (picture.cr, &geometry, &across, &style, series, BEAM_MARK_STEPS, 0);
  g_assert_cmpuint (alpha (&picture, 110, HEIGHT - 100), >, 100); /* level up to the next point */
  g_assert_cmpuint (alpha (&picture, 120, 60), >, 100);           /* and then straight down */
  g_assert_cmpuint (alpha (&picture, 70, 60), ==, 0);
  picture_free (&picture);
}

static void
test_band (void)
{
  const BeamXYPoint points[] = { { 20, 60, 40, 80 }, { 220, 60, 40, 80 } };
  g_autoptr (BeamXYSeries) series = beam_xy_series_new ("A");
  BeamStyle style = make_style ();
  Picture picture = picture_new (WIDTH, HEIGHT);

  beam_xy_series_set_points (series, points, 2);
  beam_plot_paint (picture.cr, &geometry, &across, &style, series, BEAM_MARK_LINE, 0);
  g_assert_cmpuint (alpha (&picture, 100, HEIGHT - 70), >, 20);
  g_assert_cmpuint (alpha (&picture, 100, HEIGHT - 70), <, 100);
  g_assert_cmpuint (alpha (&picture, 100, HEIGHT - 90), ==, 0);
  picture_free (&picture);
}

/* The newest point of a trace has more ink than the oldest. */
static void
test_trace (void)
{
  const double xs[] = { 30, 80, 130, 200 };
  const double ys[] = { 60, 60, 60, 60 };
  g_autoptr (BeamXYSeries) series = make_series (xs, ys, 4);
  BeamStyle style = make_style ();
  Picture picture = picture_new (WIDTH, HEIGHT);

  beam_plot_paint (picture.cr, &geometry, &across, &style, series, BEAM_MARK_TRACE, 0);
  g_assert_cmpuint (alpha (&picture, 200, 60), >, 240);
  g_assert_cmpuint (alpha (&picture, 30, 60), >, 20);
  g_assert_cmpuint (alpha (&picture, 30, 60), <, 150);
  picture_free (&picture);
}

/* Very many dots: the more at a place, the darker. */
static void
test_density (void)
{
  g_autoptr (BeamXYSeries) series = beam_xy_series_new ("A");
  BeamXYPoint *points = g_new (BeamXYPoint, 4000);
  BeamStyle style = make_style ();
  Picture picture = picture_new (WIDTH, HEIGHT);

  for (int i = 0; i < 4000; i++)
    points[i] = (BeamXYPoint) { i == 0 ? 50.5 : 150.5, 60.5, NAN, NAN };
  beam_xy_series_set_points (series, points, 4000);
  beam_plot_paint (picture.cr, &geometry, &across, &style, series, BEAM_MARK_DOTS, 0);
  g_assert_cmpuint (alpha (&picture, 150, HEIGHT - 61), >, 240);
  g_assert_cmpuint (alpha (&picture, 50, HEIGHT - 61), >, 20);
  g_assert_cmpuint (alpha (&picture, 50, HEIGHT - 61), <, 100);
  g_assert_cmpuint (alpha (&picture, 100, HEIGHT - 61), ==, 0);
  g_free (points);
  picture_free (&picture);
}

/* --- Data --- */

static void
test_ccdf (void)
{
  const double upper[] = { 1, 2, 4, 8 };
  const guint64 counts[] = { 900, 90, 9, 1 };
  g_autoptr (BeamXYSeries) series = beam_xy_series_new ("A");
  const BeamXYPoint *points;
  guint n;

  beam_xy_series_set_ccdf (series, upper, counts, 4);
  points = beam_xy_series_get_points (series, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpfloat_with_epsilon (points[0].y, 0.1, 1e-12);
  g_assert_cmpfloat_with_epsilon (points[1].y, 0.01, 1e-12);
  g_assert_cmpfloat_with_epsilon (points[2].y, 0.001, 1e-12);
  g_assert_cmpfloat (points[2].x, ==, 4);

  beam_xy_series_set_ccdf (series, upper, (guint64[]) { 0, 0, 0, 0 }, 4);
  beam_xy_series_get_points (series, &n);
  g_assert_cmpuint (n, ==, 0);
}

static void
test_box (void)
{
  const double xs[] = { 3, -1, NAN, 7, 9 };
  const double ys[] = { 5, 2, 100, 0, INFINITY };
  g_autoptr (BeamXYSeries) series = make_series (xs, ys, 5);
  BeamXYBox box = beam_xy_series_get_box (series, FALSE, FALSE);

  g_assert_cmpfloat (box.x_low, ==, -1);
  g_assert_cmpfloat (box.x_high, ==, 7);
  g_assert_cmpfloat (box.y_low, ==, 0);
  g_assert_cmpfloat (box.y_high, ==, 5);
  box = beam_xy_series_get_box (series, TRUE, TRUE);
  g_assert_cmpfloat (box.x_low, ==, 3);
  g_assert_cmpfloat (box.y_low, ==, 5);
}

/* --- The widget --- */

static GtkWidget *
make_plot (BeamScale x, BeamScale y, double a, double b)
{
  const BeamXYPoint points[] = { { 1, 2, a, b }, { a, b, 1, a }, { b, a, b, 2 }, { 5, 6, NAN, NAN } };
  const BeamGuide upright = { GTK_ORIENTATION_VERTICAL, a, b, 3, "here" };
  const BeamGuide level = { GTK_ORIENTATION_HORIZONTAL, b, a, a, NULL };
  GtkWidget *plot = g_object_ref_sink (beam_plot_new (x, y));

  for (int mark = BEAM_MARK_LINE; mark <= BEAM_MARK_TRACE; mark++)
    {
      g_autoptr (BeamXYSeries) series = beam_xy_series_new ("A");

      beam_xy_series_set_points (series, points, G_N_ELEMENTS (points));
      beam_plot_add (BEAM_PLOT (plot), series, (BeamMark) mark, mark);
    }
  beam_plot_add_guide (BEAM_PLOT (plot), &upright);
  beam_plot_add_guide (BEAM_PLOT (plot), &level);
  beam_plot_set_labels (BEAM_PLOT (plot), "x", "y");
  return plot;
}

static void
draw (GtkWidget *plot, int width, int height)
{
  BeamStyle style = make_style ();
  Picture picture = picture_new (width, height);
  BeamFrame frame;

  beam_frame_init (&frame, width, height, &style, gtk_widget_get_pango_context (plot));
  beam_figure_draw (BEAM_FIGURE (plot), picture.cr, &frame);
  picture_free (&picture);
}

static void
test_garbage (void)
{
  for (int scales = 0; scales < 4; scales++)
    for (guint i = 0; i < G_N_ELEMENTS (garbage); i++)
      for (guint j = 0; j < G_N_ELEMENTS (garbage); j++)
        {
          GtkWidget *plot = make_plot ((BeamScale) (scales & 1), (BeamScale) (scales >> 1), garbage[i], garbage[j]);
          g_autofree char *words = beam_figure_describe (BEAM_FIGURE (plot));

          g_assert_cmpint ((int) strlen (words), >, 0);
          draw (plot, WIDTH, HEIGHT);
          g_object_unref (plot);
        }
}

static void
test_sizes (void)
{
  const int sizes[] = { 0, 1, 2, 30, 600 };
  GtkWidget *plot = make_plot (BEAM_SCALE_LINEAR, BEAM_SCALE_LOG, 2, 7);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
      draw (plot, sizes[i], sizes[j]);
  g_object_unref (plot);
}

/* Ten million points are drawn in one pass, and few of them are items. */
static void
test_many (void)
{
  const guint n = 10 * 1000 * 1000;
  GtkWidget *plot = g_object_ref_sink (beam_plot_new (BEAM_SCALE_LINEAR, BEAM_SCALE_LINEAR));
  g_autoptr (BeamXYSeries) series = beam_xy_series_new ("A");
  BeamXYPoint *points = g_new (BeamXYPoint, n);

  for (guint i = 0; i < n; i++)
    points[i] = (BeamXYPoint) { i, sin (i * 1e-5), NAN, NAN };
  beam_xy_series_set_points (series, points, n);
  g_free (points);
  beam_plot_add (BEAM_PLOT (plot), series, BEAM_MARK_LINE, 0);
  beam_plot_add (BEAM_PLOT (plot), series, BEAM_MARK_DOTS, 0);
  draw (plot, WIDTH, HEIGHT);
  g_assert_cmpuint (beam_figure_count_items (BEAM_FIGURE (plot)), <=, 1000);
  g_object_unref (plot);
}

static void
test_words (void)
{
  const double xs[] = { 10, 20, NAN };
  const double ys[] = { 3, 4, 5 };
  const BeamGuide guide = { GTK_ORIENTATION_VERTICAL, 15, 12, 18, "break-even" };
  g_autoptr (BeamXYSeries) series = make_series (xs, ys, 3);
  GtkWidget *plot = g_object_ref_sink (beam_plot_new (BEAM_SCALE_LINEAR, BEAM_SCALE_LINEAR));
  g_autofree char *whole = NULL;
  g_autofree char *item = NULL;
  g_autofree char *unknown = NULL;

  beam_plot_add (BEAM_PLOT (plot), series, BEAM_MARK_LINE, 0);
  beam_plot_add_guide (BEAM_PLOT (plot), &guide);
  whole = beam_figure_describe (BEAM_FIGURE (plot));
  item = beam_figure_describe_item (BEAM_FIGURE (plot), 1);
  unknown = beam_figure_describe_item (BEAM_FIGURE (plot), 2);
  g_assert_cmpstr (whole, ==, "A: 10 – 20, 3 – 4; break-even 15 (12 – 18)");
  g_assert_cmpstr (item, ==, "A: 20, 4");
  g_assert_cmpstr (unknown, ==, "A: ?");
  gtk_test_accessible_assert_role (plot, GTK_ACCESSIBLE_ROLE_IMG);

  /* A series that outlives its plot no longer speaks to it. */
  g_object_unref (plot);
  beam_xy_series_append (series, 1, 1);
}

/* The range of x ends where the data do. */
/* The name of a guide stands on a rim of the background, over its own interval. */
static void
test_guide_label (void)
{
  const double xs[] = { 0, 20 };
  const double ys[] = { 3, 4 };
  const BeamGuide guide = { GTK_ORIENTATION_VERTICAL, 10, 0, 20, "here" };
  g_autoptr (BeamXYSeries) series = make_series (xs, ys, 2);
  GtkWidget *plot = g_object_ref_sink (beam_plot_new (BEAM_SCALE_LINEAR, BEAM_SCALE_LINEAR));
  BeamStyle style = make_style ();
  Picture picture = picture_new (300, 120);
  guint n_white = 0;
  BeamFrame frame;

  beam_plot_add (BEAM_PLOT (plot), series, BEAM_MARK_LINE, 0);
  beam_plot_add_guide (BEAM_PLOT (plot), &guide);
  beam_frame_init (&frame, 300, 120, &style, gtk_widget_get_pango_context (plot));
  beam_figure_draw (BEAM_FIGURE (plot), picture.cr, &frame);
  cairo_surface_flush (picture.surface);
  for (int y = 0; y < 120; y++)
    for (int x = 0; x < 300; x++)
      n_white += ((const guint32 *) (gpointer) (cairo_image_surface_get_data (picture.surface) +
                                                y * cairo_image_surface_get_stride (picture.surface)))[x] == 0xffffffff;
  g_assert_cmpuint (n_white, >, 20);
  picture_free (&picture);
  g_object_unref (plot);
}

static void
test_axes (void)
{
  const double xs[] = { 130, 870 };
  const double ys[] = { 3, 4 };
  g_autoptr (BeamXYSeries) series = make_series (xs, ys, 2);
  GtkWidget *plot = g_object_ref_sink (beam_plot_new (BEAM_SCALE_LOG, BEAM_SCALE_LINEAR));
  double low, high;

  beam_plot_add (BEAM_PLOT (plot), series, BEAM_MARK_LINE, 0);
  beam_value_axis_get_range (beam_plot_get_x_axis (BEAM_PLOT (plot)), &low, &high);
  g_assert_cmpfloat (low, ==, 130);
  g_assert_cmpfloat (high, ==, 870);
  beam_value_axis_get_range (beam_plot_get_y_axis (BEAM_PLOT (plot)), &low, &high);
  g_assert_cmpfloat (low, ==, 0);
  g_assert_cmpfloat (high, >, 4);
  beam_plot_clear (BEAM_PLOT (plot));
  g_assert_cmpuint (beam_figure_count_items (BEAM_FIGURE (plot)), ==, 0);
  g_object_unref (plot);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/line", test_line);
  g_test_add_func ("/plot/steps", test_steps);
  g_test_add_func ("/plot/band", test_band);
  g_test_add_func ("/plot/trace", test_trace);
  g_test_add_func ("/plot/density", test_density);
  g_test_add_func ("/xy-series/ccdf", test_ccdf);
  g_test_add_func ("/xy-series/box", test_box);
  g_test_add_func ("/plot/garbage", test_garbage);
  g_test_add_func ("/plot/sizes", test_sizes);
  g_test_add_func ("/plot/many", test_many);
  g_test_add_func ("/plot/words", test_words);
  g_test_add_func ("/plot/guide-label", test_guide_label);
  g_test_add_func ("/plot/axes", test_axes);
  return g_test_run ();
}
