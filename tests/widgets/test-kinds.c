/* test-kinds.c: steps, stacks, heat maps and ratios over time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <float.h>
#include <math.h>

#include "beam-painter.h"
#include "beam.h"

#define WIDTH  120
#define HEIGHT 60

static const GdkRGBA black = { 0, 0, 0, 1 };
static const GdkRGBA white = { 1, 1, 1, 1 };

/* One microsecond a pixel column, one value a pixel row. */
static const BeamGeometry plot = { 0, 0, WIDTH, HEIGHT, 1, 0, WIDTH, 0, HEIGHT, BEAM_SCALE_LINEAR };

typedef struct {
  cairo_surface_t *surface;
  cairo_t         *cr;
} Picture;

static Picture
picture_new (void)
{
  Picture self;

  self.surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
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

static guint
total_ink (const Picture *self)
{
  guint sum = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      sum += alpha (self, x, y);
  return sum;
}

static BeamSeries *
make_series (const char *name, const double *values, guint n, gint64 step_us)
{
  BeamArraySeries *series = beam_array_series_new (name);

  for (guint i = 0; i < n; i++)
    beam_array_series_append (series, i * step_us, values[i]);
  return BEAM_SERIES (series);
}

static void
draw_layer (BeamLayer *layer, Picture *picture, const BeamGeometry *geometry)
{
  BeamStyle style;

  beam_style_init (&style, &black, &white, FALSE);
  beam_layer_draw (layer, picture->cr, geometry, &style);
}

/* --- Steps --- */

static void
test_steps (void)
{
  const BeamPoint points[] = {
    { 0, 10, 10, 10 }, { 60, 50, 50, 50 }, { 100, NAN, NAN, NAN }, { 110, 30, 30, 30 },
  };
  const BeamStroke stroke = { black, 2, BEAM_DASH_SOLID };
  Picture picture = picture_new ();

  beam_paint_steps (picture.cr, &plot, points, G_N_ELEMENTS (points), &stroke);
  g_assert_cmpuint (alpha (&picture, 50, HEIGHT - 10), >, 200); /* holds */
  g_assert_cmpuint (alpha (&picture, 30, HEIGHT - 30), ==, 0);  /* no slope */
  g_assert_cmpuint (alpha (&picture, 60, HEIGHT - 30), >, 100); /* and jumps */
  g_assert_cmpuint (alpha (&picture, 95, HEIGHT - 50), >, 200); /* up to the gap */
  g_assert_cmpuint (alpha (&picture, 104, HEIGHT - 50), ==, 0);
  picture_free (&picture);
}

/* --- Sums --- */

static void
test_sum (void)
{
  const double a[] = { 1, 2, NAN, 4, 5 };
  const double b[] = { 10, 20, 30 };
  g_autoptr (BeamSeries) one = make_series ("a", a, 5, 10);
  g_autoptr (BeamSeries) two = make_series ("b", b, 3, 20);
  g_autoptr (BeamSumSeries) sum = beam_sum_series_new ("sum");
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
  gint64 first, last, at;
  double low, high;

  g_assert_false (beam_series_get_extent (BEAM_SERIES (sum), &first, &last));
  beam_sum_series_add (sum, one);
  beam_sum_series_add (sum, two);
  beam_series_collect (BEAM_SERIES (sum), 0, 40, 100, points);
  g_assert_cmpuint (points->len, ==, 5);
  g_assert_cmpfloat (g_array_index (points, BeamPoint, 0).last, ==, 11);
  g_assert_cmpfloat (g_array_index (points, BeamPoint, 1).last, ==, 17); /* between two samples of b */
  g_assert_true (isnan (g_array_index (points, BeamPoint, 2).last));     /* one is unknown: so is the sum */
  g_assert_cmpfloat (g_array_index (points, BeamPoint, 4).last, ==, 35);

  g_assert_cmpfloat (beam_series_lookup (BEAM_SERIES (sum), 40, 0, &at), ==, 35);
  g_assert_cmpint (at, ==, 40);
  g_assert_true (beam_series_get_range (BEAM_SERIES (sum), 0, 40, &low, &high));
  g_assert_cmpfloat (low, ==, 11);
  g_assert_cmpfloat (high, ==, 35);
  g_assert_true (beam_series_get_extent (BEAM_SERIES (sum), &first, &last));
  g_assert_cmpint (last, ==, 40);
}

static void
count_cb (BeamSeries *series, guint *n)
{
  (*n)++;
}

static void
test_sum_changes (void)
{
  g_autoptr (BeamArraySeries) part = beam_array_series_new ("a");
  BeamSumSeries *sum = beam_sum_series_new ("sum");
  guint n = 0;

  beam_sum_series_add (sum, BEAM_SERIES (part));
  g_signal_connect (sum, "changed", G_CALLBACK (count_cb), &n);
  beam_array_series_append (part, 1, 2);
  g_assert_cmpuint (n, ==, 1);
  g_assert_finalize_object (sum);
  beam_array_series_append (part, 2, 2);
}

/* --- Stacks --- */

static void
test_stack (void)
{
  const double a[] = { 20, 20 };
  const double b[] = { 20, NAN };
  g_autoptr (BeamSeries) low = make_series ("low", a, 2, WIDTH);
  g_autoptr (BeamSeries) high = make_series ("high", a, 2, WIDTH);
  g_autoptr (BeamSeries) unknown = make_series ("unknown", b, 2, WIDTH / 2);
  BeamLayer *layer = g_object_ref_sink (beam_stack_layer_new ());
  g_autoptr (GPtrArray) series = g_ptr_array_new ();
  Picture picture = picture_new ();
  double least, most;

  beam_stack_layer_add (BEAM_STACK_LAYER (layer), low);
  beam_stack_layer_add (BEAM_STACK_LAYER (layer), high);
  draw_layer (layer, &picture, &plot);
  g_assert_cmpuint (alpha (&picture, 60, HEIGHT - 10), ==, 255);
  g_assert_cmpuint (alpha (&picture, 60, HEIGHT - 30), ==, 255);
  g_assert_cmpuint (alpha (&picture, 60, HEIGHT - 50), ==, 0);
  picture_free (&picture);

  /* The axis must cover the sum. */
  beam_layer_collect_series (layer, series);
  g_assert_cmpuint (series->len, ==, 2);
  g_assert_true (beam_series_get_range (beam_stack_layer_get_sum (BEAM_STACK_LAYER (layer), 1), 0, WIDTH, &least, &most));
  g_assert_cmpstr (beam_series_get_name (beam_stack_layer_get_sum (BEAM_STACK_LAYER (layer), 0)), ==, "low");
  g_assert_cmpstr (beam_series_get_name (beam_stack_layer_get_sum (BEAM_STACK_LAYER (layer), 1)), ==, "low + high");
  g_assert_cmpfloat (most, ==, 40);

  /* Over an unknown part nothing is known. */
  beam_stack_layer_add (BEAM_STACK_LAYER (layer), unknown);
  beam_stack_layer_add (BEAM_STACK_LAYER (layer), low);
  g_assert_cmpuint (beam_stack_layer_get_n (BEAM_STACK_LAYER (layer)), ==, 4);
  g_assert_true (isnan (beam_series_lookup (beam_stack_layer_get_sum (BEAM_STACK_LAYER (layer), 3), WIDTH, 1, NULL)));
  g_object_unref (layer);
}

/* --- Heat maps --- */

static const double edges[] = { 0, 20, 40, 60 };

static void
paint_heat (BeamHeatSeries *series, Picture *picture, const BeamGeometry *geometry)
{
  BeamHeatScratch scratch = { 0 };
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (BeamHeatColumn));
  const GdkRGBA blue = { 0, 0, 1, 1 };

  beam_paint_heat (picture->cr, geometry, series, columns, &scratch, &blue, &black);
  beam_heat_scratch_clear (&scratch);
}

static void
test_heat (void)
{
  g_autoptr (BeamHeatSeries) series = beam_heat_series_new ("latency", edges, 3);
  Picture picture = picture_new ();

  g_assert_true (beam_heat_series_append (series, 10, 40, (guint32[]) { 100, 0, 1 }));
  g_assert_true (beam_heat_series_append (series, 60, 90, (guint32[]) { 0, 10, 0 }));
  g_assert_false (beam_heat_series_append (series, 80, 95, (guint32[]) { 1, 1, 1 }));
  g_assert_false (beam_heat_series_append (series, 95, 95, (guint32[]) { 1, 1, 1 }));
  paint_heat (series, &picture, &plot);
  g_assert_cmpuint (alpha (&picture, 20, HEIGHT - 10), ==, 255);
  g_assert_cmpuint (alpha (&picture, 20, HEIGHT - 30), ==, 0);  /* an empty band */
  g_assert_cmpuint (alpha (&picture, 20, HEIGHT - 50), >, 30);  /* one value is seen, fainter */
  g_assert_cmpuint (alpha (&picture, 20, HEIGHT - 50), <, alpha (&picture, 20, HEIGHT - 10));
  g_assert_cmpuint (alpha (&picture, 50, HEIGHT - 10), ==, 0);  /* unknown is not zero */
  g_assert_cmpuint (alpha (&picture, 75, HEIGHT - 30), >, 100);
  g_assert_cmpuint (alpha (&picture, 9, HEIGHT - 10), ==, 0);
  g_assert_cmpuint (alpha (&picture, 40, HEIGHT - 10), ==, 0);
  picture_free (&picture);
}

/* Many columns a pixel and few are as strong: rates are compared, not counts. */
static void
test_heat_rates (void)
{
  g_autoptr (BeamHeatSeries) series = beam_heat_series_new ("latency", edges, 3);
  BeamGeometry geometry = plot;
  Picture picture = picture_new ();

  geometry.to_us = WIDTH * 100;
  for (gint64 at = 0; at < 6000; at += 10)
    beam_heat_series_append (series, at, at + 10, (guint32[]) { 5, 0, 0 });
  beam_heat_series_append (series, 6000, 12000, (guint32[]) { 3000, 0, 0 });
  paint_heat (series, &picture, &geometry);
  g_assert_cmpuint (alpha (&picture, 30, HEIGHT - 10), ==, alpha (&picture, 90, HEIGHT - 10));
  g_assert_cmpuint (alpha (&picture, 30, HEIGHT - 10), >, 0);
  picture_free (&picture);
}

static void
test_heat_series (void)
{
  g_autoptr (BeamHeatSeries) series = beam_heat_series_new ("latency", edges, 3);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
  double low, high;
  gint64 at, first, last;

  beam_heat_series_append (series, 10, 20, (guint32[]) { 98, 2, 0 });
  beam_heat_series_append (series, 20, 30, (guint32[]) { 0, 0, 7 });
  g_assert_cmpfloat (beam_series_lookup (BEAM_SERIES (series), 15, 0, &at), ==, 40);
  beam_heat_series_set_quantile (series, 0.5);
  g_assert_cmpfloat (beam_series_lookup (BEAM_SERIES (series), 15, 0, &at), ==, 20);
  g_assert_cmpfloat (beam_series_lookup (BEAM_SERIES (series), 33, 5, &at), ==, 60);
  g_assert_cmpint (at, ==, 30);
  g_assert_true (isnan (beam_series_lookup (BEAM_SERIES (series), 50, 5, &at)));
  g_assert_true (beam_series_get_range (BEAM_SERIES (series), 10, 20, &low, &high));
  g_assert_cmpfloat (low, ==, 0);
  g_assert_cmpfloat (high, ==, 40);
  beam_series_collect (BEAM_SERIES (series), 0, 100, 10, points);
  g_assert_cmpuint (points->len, ==, 2);
  g_assert_cmpint (g_array_index (points, BeamPoint, 0).time_us, ==, 15);
  g_assert_cmpfloat (g_array_index (points, BeamPoint, 0).last, ==, 20);
  g_assert_cmpint (g_array_index (points, BeamPoint, 1).time_us, ==, 25);
  beam_series_collect (BEAM_SERIES (series), 0, 100, 1, points);
  g_assert_cmpuint (points->len, ==, 1);
  g_assert_cmpfloat (g_array_index (points, BeamPoint, 0).low, ==, 20);
  g_assert_cmpfloat (g_array_index (points, BeamPoint, 0).high, ==, 60);

  beam_heat_series_trim (series, 20);
  g_assert_true (beam_series_get_extent (BEAM_SERIES (series), &first, &last));
  g_assert_cmpint (first, ==, 20);
  g_assert_false (beam_series_get_range (BEAM_SERIES (series), 0, 20, &low, &high));
}

static void
test_heat_garbage (void)
{
  const double bad[] = { NAN, INFINITY, -INFINITY, 1e300, -1e300, 0, 5e-324, DBL_MAX };
  const double sizes[] = { 0, 0.2, 1, 40 };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    for (guint j = 0; j < G_N_ELEMENTS (bad); j++)
      {
        const double wild[] = { bad[i], 20, bad[j], 1 };
        g_autoptr (BeamHeatSeries) series = beam_heat_series_new ("wild", wild, 3);
        Picture picture = picture_new ();
        BeamGeometry geometry = plot;

        beam_heat_series_append (series, -1000000, 30, (guint32[]) { 1, 0, G_MAXUINT32 });
        beam_heat_series_append (series, 30, G_MAXINT64 / 4096, (guint32[]) { G_MAXUINT32, 1, 1 });
        geometry.width = sizes[i % 4];
        geometry.height = sizes[j % 4];
        paint_heat (series, &picture, &geometry);
        paint_heat (series, &picture, &plot);
        geometry = plot;
        geometry.scale = BEAM_SCALE_LOG;
        geometry.low = 1e-3;
        paint_heat (series, &picture, &geometry);
        picture_free (&picture);
      }
}

/* A day of a histogram a second, in one pass. */
static void
test_heat_many (void)
{
  g_autoptr (BeamHeatSeries) series = beam_heat_series_new ("latency", edges, 3);
  BeamGeometry geometry = plot;
  Picture picture = picture_new ();

  for (gint64 i = 0; i < 86400; i++)
    beam_heat_series_append (series, i * G_USEC_PER_SEC, (i + 1) * G_USEC_PER_SEC, (guint32[]) { 5, (guint32) i % 7, 0 });
  geometry.to_us = G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;
  paint_heat (series, &picture, &geometry);
  for (int x = 0; x < WIDTH; x++)
    g_assert_cmpuint (alpha (&picture, x, HEIGHT - 10), >, 0);
  picture_free (&picture);
}

/* --- Ratios --- */

static void
test_ratio (void)
{
  const double ratios[] = { 30, 30 };
  const double lows[] = { 20, 20 };
  const double highs[] = { 40, 40 };
  g_autoptr (BeamSeries) ratio = make_series ("ratio", ratios, 2, WIDTH);
  g_autoptr (BeamSeries) low = make_series ("low", lows, 2, WIDTH);
  g_autoptr (BeamSeries) high = make_series ("high", highs, 2, WIDTH);
  BeamLayer *layer = g_object_ref_sink (beam_ratio_layer_new (ratio, low, high));
  g_autoptr (GArray) readouts = g_array_new (FALSE, FALSE, sizeof (BeamReadout));
  Picture picture = picture_new ();

  draw_layer (layer, &picture, &plot);
  g_assert_cmpuint (alpha (&picture, 60, HEIGHT - 30), >, 200);
  g_assert_cmpuint (alpha (&picture, 60, HEIGHT - 35), >, 20);
  g_assert_cmpuint (alpha (&picture, 60, HEIGHT - 35), <, 100);
  g_assert_cmpuint (alpha (&picture, 60, HEIGHT - 1), >, 60); /* the line at 1 */
  g_assert_cmpuint (alpha (&picture, 60, HEIGHT - 50), ==, 0);
  beam_layer_read (layer, 10, WIDTH, readouts);
  g_assert_cmpuint (readouts->len, ==, 1);
  g_assert_cmpfloat (g_array_index (readouts, BeamReadout, 0).value, ==, 30);
  picture_free (&picture);

  /* Without an interval, and without anything: only the line at 1. */
  picture = picture_new ();
  beam_ratio_layer_set_low (BEAM_RATIO_LAYER (layer), NULL);
  beam_ratio_layer_set_ratio (BEAM_RATIO_LAYER (layer), NULL);
  draw_layer (layer, &picture, &plot);
  g_assert_cmpuint (alpha (&picture, 60, HEIGHT - 30), ==, 0);
  g_assert_cmpuint (total_ink (&picture), >, 0);
  picture_free (&picture);
  g_object_unref (layer);
}

/* --- Sparklines --- */

static void
test_sparkline (void)
{
  const double values[] = { 3, 5, 4 };
  g_autoptr (BeamSeries) series = make_series ("a", values, 3, G_USEC_PER_SEC);
  GtkWidget *line = g_object_ref_sink (beam_sparkline_new (series, 0));
  g_autofree char *words = beam_figure_describe (BEAM_FIGURE (line));
  BeamStyle style;
  BeamFrame frame;
  Picture picture = picture_new ();

  g_assert_cmpstr (words, ==, "4 (3 – 5)");
  beam_sparkline_set_window (BEAM_SPARKLINE (line), 2 * G_USEC_PER_SEC);
  beam_style_init (&style, &black, &white, FALSE);
  beam_frame_init (&frame, WIDTH, HEIGHT, &style, gtk_widget_get_pango_context (line));
  beam_figure_draw (BEAM_FIGURE (line), picture.cr, &frame);
  /* The highest of the window is at the top, the lowest at the bottom. */
  g_assert_cmpuint (alpha (&picture, WIDTH / 2, 4), >, 100);
  g_assert_cmpuint (alpha (&picture, WIDTH / 2, 1), ==, 0);
  picture_free (&picture);

  beam_sparkline_set_series (BEAM_SPARKLINE (line), NULL);
  g_assert_cmpuint (beam_figure_count_items (BEAM_FIGURE (line)), ==, 0);
  g_object_unref (line);
}

/* What ends before the end leaves the rest free: the middle of four seconds is the end
 * of two. */
static void
test_sparkline_end (void)
{
  const double values[] = { 3, 5, 3 };
  g_autoptr (BeamSeries) series = make_series ("a", values, 3, G_USEC_PER_SEC);
  GtkWidget *line = g_object_ref_sink (beam_sparkline_new (series, 0));
  gint64 first_us, last_us;
  g_autofree char *words = NULL;
  BeamStyle style;
  BeamFrame frame;
  Picture picture = picture_new ();

  g_assert_cmpint (beam_sparkline_get_end (BEAM_SPARKLINE (line)), ==, G_MININT64);
  g_assert_true (beam_series_get_extent (series, &first_us, &last_us));
  g_object_set (line, "window", 4 * (gint64) G_USEC_PER_SEC, "end", last_us + 2 * (gint64) G_USEC_PER_SEC, NULL);
  words = beam_figure_describe (BEAM_FIGURE (line));
  g_assert_cmpstr (words, ==, "3 (3 – 5)");

  beam_style_init (&style, &black, &white, FALSE);
  beam_frame_init (&frame, WIDTH, HEIGHT, &style, gtk_widget_get_pango_context (line));
  beam_figure_draw (BEAM_FIGURE (line), picture.cr, &frame);
  g_assert_cmpuint (alpha (&picture, WIDTH / 4 + 2, 4), >, 100);
  for (int y = 0; y < HEIGHT; y++)
    g_assert_cmpuint (alpha (&picture, 3 * WIDTH / 4, y), ==, 0);
  picture_free (&picture);
  g_object_unref (line);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/steps/paint", test_steps);
  g_test_add_func ("/sum/values", test_sum);
  g_test_add_func ("/sum/changes", test_sum_changes);
  g_test_add_func ("/stack/paint", test_stack);
  g_test_add_func ("/heat/paint", test_heat);
  g_test_add_func ("/heat/rates", test_heat_rates);
  g_test_add_func ("/heat/series", test_heat_series);
  g_test_add_func ("/heat/garbage", test_heat_garbage);
  g_test_add_func ("/heat/many", test_heat_many);
  g_test_add_func ("/ratio/paint", test_ratio);
  g_test_add_func ("/sparkline/paint", test_sparkline);
  g_test_add_func ("/sparkline/end", test_sparkline_end);
  return g_test_run ();
}
