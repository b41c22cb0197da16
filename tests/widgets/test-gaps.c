/* test-gaps.c: a chart of several series of which some are not known
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <math.h>
#include <string.h>

#include "beam-chart-private.h"
#include "beam.h"

#define SECONDS(n) ((gint64) (n) * G_USEC_PER_SEC)
#define NOW_US     SECONDS (1000)
#define WIDTH      500
#define HEIGHT     200

/* A at 10 over a minute; B at 40 until it went down, 20 seconds ago. */
typedef struct {
  GtkWidget       *window;
  BeamChart       *chart;
  BeamArraySeries *a;
  BeamArraySeries *b;
} Fixture;

static BeamLayer *
add_line (Fixture         *f,
          BeamArraySeries *series,
          const char      *label,
          int              identity)
{
  BeamLayer *layer = beam_line_layer_new (BEAM_SERIES (series));

  beam_layer_set_label (layer, label);
  beam_layer_set_identity (layer, identity);
  beam_chart_add_layer (f->chart, layer);
  return layer;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->a = beam_array_series_new ("A");
  f->b = beam_array_series_new ("B");
  for (int i = 60; i >= 0; i--)
    {
      beam_array_series_append (f->a, NOW_US - SECONDS (i), 10);
      beam_array_series_append (f->b, NOW_US - SECONDS (i), i > 20 ? 40 : (double) NAN);
    }
  beam_array_series_add_gap (f->b, NOW_US - SECONDS (20), G_MAXINT64, "down");

  f->chart = BEAM_CHART (beam_chart_new (NULL, NULL, NULL));
  add_line (f, f->a, "a", 0);
  add_line (f, f->b, "b", 1);
  beam_time_axis_set_window (beam_chart_get_time_axis (f->chart), SECONDS (60));
  beam_time_axis_set_now (beam_chart_get_time_axis (f->chart), NOW_US);

  f->window = gtk_window_new ();
  gtk_widget_set_size_request (GTK_WIDGET (f->chart), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->chart));
  gtk_window_present (GTK_WINDOW (f->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f->chart));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_object_unref (f->a);
  g_object_unref (f->b);
}

/* The picture of the chart. (transfer full) */
static cairo_surface_t *
draw (Fixture  *f,
      gboolean  show_cursor)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  const GdkRGBA ink = { 0, 0, 0, 1 };
  const GdkRGBA paper = { 1, 1, 1, 1 };
  BeamStyle style;
  cairo_t *cr = cairo_create (surface);

  beam_style_init (&style, &ink, &paper, FALSE);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  beam_chart_print (f->chart, cr, WIDTH, HEIGHT, &style, gtk_widget_get_pango_context (GTK_WIDGET (f->chart)), 30,
                    show_cursor);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* How many pixels of [@left, @right) by [@top, @bottom) are others. */
static guint
count_others (cairo_surface_t *one,
              cairo_surface_t *other,
              int              left,
              int              right,
              int              top,
              int              bottom)
{
  const int stride = cairo_image_surface_get_stride (one);
  const unsigned char *a = cairo_image_surface_get_data (one);
  const unsigned char *b = cairo_image_surface_get_data (other);
  guint n = 0;

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      n += memcmp (a + y * stride + 4 * x, b + y * stride + 4 * x, 3) != 0;
  return n;
}

/* Rows of pixels: what is said at the top of the plot, B at 40, and A at 10. */
#define TOP    4, 24
#define HIGHER 24, 70
#define LOWER  110, 160

/* The latest value of A is there while B is down, and B has none. */
static void
test_latest (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *text = beam_chart_get_values_text (f->chart);
  cairo_surface_t *with = draw (f, FALSE);
  cairo_surface_t *without;

  g_assert_cmpstr (text, ==, "a 10\n");
  beam_chart_set_show_latest (f->chart, FALSE);
  without = draw (f, FALSE);
  g_assert_cmpuint (count_others (with, without, 0, WIDTH, LOWER), >, 50);
  g_assert_cmpuint (count_others (with, without, 0, WIDTH, HIGHER), ==, 0);
  cairo_surface_destroy (with);
  cairo_surface_destroy (without);
}

/* A gap says itself that nothing is known, where samples end without a NAN. */
static void
test_latest_of_few (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (BeamArraySeries) c = beam_array_series_new ("C");
  g_autofree char *text = NULL;

  beam_array_series_append (c, NOW_US - SECONDS (2), 20);
  beam_array_series_add_gap (c, NOW_US - SECONDS (1), G_MAXINT64, "down");
  add_line (f, c, "c", 2);
  text = beam_chart_get_values_text (f->chart);
  g_assert_cmpstr (text, ==, "a 10\n");
}

/* In the gap of B its reason is told only when nothing else is known. */
static void
test_cursor (Fixture       *f,
             gconstpointer  data)
{
  cairo_surface_t *with, *without;

  beam_chart_set_show_latest (f->chart, FALSE);
  beam_cursor_set_time (beam_chart_get_cursor (f->chart), NOW_US - SECONDS (18));
  without = draw (f, FALSE);
  with = draw (f, TRUE);
  /* Without the crosshair. */
  g_assert_cmpuint (count_others (with, without, 363, WIDTH, LOWER), >, 50);
  g_assert_cmpuint (count_others (with, without, 363, WIDTH, TOP), ==, 0);
  g_assert_cmpuint (count_others (with, without, 363, WIDTH, HIGHER), ==, 0);
  cairo_surface_destroy (with);
  cairo_surface_destroy (without);

  beam_chart_set_series_shown (f->chart, BEAM_SERIES (f->a), FALSE);
  without = draw (f, FALSE);
  with = draw (f, TRUE);
  g_assert_cmpuint (count_others (with, without, 363, WIDTH, TOP), >, 50);
  g_assert_cmpuint (count_others (with, without, 363, WIDTH, LOWER), ==, 0);
  cairo_surface_destroy (with);
  cairo_surface_destroy (without);
}

/* --- In view, but unknown now --- */

static void
assert_says (Fixture    *f,
             const char *text)
{
  f->chart->spoken = FALSE; /* as if it had no focus */
  beam_chart_queue_describe (f->chart);
  while (f->chart->describe_id != 0)
    g_main_context_iteration (NULL, TRUE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (f->chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text);
}

/* The sentence has what is in view, also when nothing is known at its end. */
static void
test_sentence (Fixture       *f,
               gconstpointer  data)
{
  BeamTimeAxis *time = beam_chart_get_time_axis (f->chart);

  beam_chart_set_empty_text (f->chart, "Nothing yet");
  assert_says (f, "a 10 (10 – 10); b: unknown now (40 – 40)");
  beam_array_series_append (f->b, NOW_US + SECONDS (1), (double) NAN);
  beam_array_series_append (f->a, NOW_US + SECONDS (1), (double) NAN);
  beam_time_axis_set_now (time, NOW_US + SECONDS (2));
  assert_says (f, "a: unknown now (10 – 10); b: unknown now (40 – 40)");
  beam_layer_set_label (beam_chart_get_layer (f->chart, 0), NULL);
  assert_says (f, "unknown now (10 – 10); b: unknown now (40 – 40)");

  beam_time_axis_set_now (time, NOW_US + SECONDS (300));
  assert_says (f, "Nothing yet");
}

/* A baseline that ends in the gap of B still has its levels. */
static void
test_baseline (Fixture       *f,
               gconstpointer  data)
{
  cairo_surface_t *with, *without;

  without = draw (f, FALSE);
  beam_time_axis_pin (beam_chart_get_time_axis (f->chart), NOW_US - SECONDS (50), NOW_US - SECONDS (10));
  with = draw (f, FALSE);
  g_assert_cmpuint (count_others (with, without, 425, WIDTH, HIGHER), >, 20);
  cairo_surface_destroy (with);
  cairo_surface_destroy (without);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  add ("/gaps/latest", test_latest);
  add ("/gaps/latest-of-few", test_latest_of_few);
  add ("/gaps/cursor", test_cursor);
  add ("/gaps/sentence", test_sentence);
  add ("/gaps/baseline", test_baseline);
  return g_test_run ();
}
