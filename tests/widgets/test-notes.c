/* test-notes.c: what is said about moments, on the time axis of a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include "beam-chart-private.h"
#include "beam.h"

#define SECONDS(n) ((gint64) (n) * G_USEC_PER_SEC)
#define NOW_US     SECONDS (1000)

/* A line at 10 over a minute, and three notes in it. */
typedef struct {
  GtkWidget       *window;
  BeamChart       *chart;
  BeamNotes       *notes;
  BeamArraySeries *line;
} Fixture;

static const BeamNote three[] = {
  { NOW_US - SECONDS (20), NOW_US - SECONDS (10), "Excluded: a backup ran", TRUE },
  { NOW_US - SECONDS (50), NOW_US - SECONDS (50), "Deploy: version 2", FALSE },
  { NOW_US - SECONDS (300), NOW_US - SECONDS (300), "long ago", FALSE },
};

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  BeamLayer *layer;

  f->line = beam_array_series_new ("Load");
  for (int i = 0; i <= 60; i++)
    beam_array_series_append (f->line, NOW_US - SECONDS (60 - i), 10);
  f->notes = beam_notes_new ();
  f->chart = BEAM_CHART (beam_chart_new (NULL, NULL, NULL));
  layer = beam_line_layer_new (BEAM_SERIES (f->line));
  beam_layer_set_label (layer, "load");
  beam_chart_add_layer (f->chart, layer);
  beam_chart_set_notes (f->chart, f->notes);
  beam_time_axis_set_window (beam_chart_get_time_axis (f->chart), SECONDS (60));
  beam_time_axis_set_now (beam_chart_get_time_axis (f->chart), NOW_US);

  f->window = gtk_window_new ();
  gtk_widget_set_size_request (GTK_WIDGET (f->chart), 500, 200);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->chart));
  gtk_window_present (GTK_WINDOW (f->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f->chart));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_object_unref (f->line);
  g_object_unref (f->notes);
}

static void
test_find (void)
{
  g_autoptr (BeamNotes) notes = beam_notes_new ();
  gint64 time_us;

  g_assert_null (beam_notes_find (notes, 0, SECONDS (5)));
  g_assert_false (beam_notes_step (notes, 0, TRUE, &time_us));

  beam_notes_set (notes, three, G_N_ELEMENTS (three));
  g_assert_cmpuint (beam_notes_get_n (notes), ==, 3);
  g_assert_cmpstr (beam_notes_get (notes, 0)->text, ==, "long ago");
  g_assert_true (beam_notes_get (notes, 0)->text != three[2].text);

  g_assert_cmpstr (beam_notes_find (notes, NOW_US - SECONDS (15), 0)->text, ==, "Excluded: a backup ran");
  g_assert_cmpstr (beam_notes_find (notes, NOW_US - SECONDS (52), SECONDS (3))->text, ==, "Deploy: version 2");
  g_assert_null (beam_notes_find (notes, NOW_US - SECONDS (52), SECONDS (1)));

  g_assert_true (beam_notes_step (notes, NOW_US - SECONDS (50), TRUE, &time_us));
  g_assert_cmpint (time_us, ==, NOW_US - SECONDS (20));
  g_assert_true (beam_notes_step (notes, NOW_US - SECONDS (20), TRUE, &time_us));
  g_assert_cmpint (time_us, ==, NOW_US - SECONDS (10));
  g_assert_false (beam_notes_step (notes, NOW_US - SECONDS (10), TRUE, &time_us));
  g_assert_true (beam_notes_step (notes, NOW_US - SECONDS (50), FALSE, &time_us));
  g_assert_cmpint (time_us, ==, NOW_US - SECONDS (300));
}

/* The picture of the chart. (transfer full) */
static cairo_surface_t *
draw (Fixture *f)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 500, 200);
  const GdkRGBA ink = { 0, 0, 0, 1 };
  const GdkRGBA paper = { 1, 1, 1, 1 };
  BeamStyle style;
  cairo_t *cr = cairo_create (surface);

  beam_style_init (&style, &ink, &paper, FALSE);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  beam_chart_print (f->chart, cr, 500, 200, &style, gtk_widget_get_pango_context (GTK_WIDGET (f->chart)), 30, FALSE);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* How dark the column of pixels @seconds before now is, altogether. */
static double
darkness (cairo_surface_t *surface,
          int              seconds)
{
  const int x = 38 + (int) ((500 - 38 - 6) * (60 - seconds) / 60.0);
  const unsigned char *pixels = cairo_image_surface_get_data (surface);
  const int stride = cairo_image_surface_get_stride (surface);
  double sum = 0;

  for (int y = 10; y < 175; y++)
    sum += 255 - pixels[y * stride + 4 * x + 1];
  return sum;
}

/* A moment has a line, a stretch that does not count is paler than the same beside it. */
static void
test_drawn (Fixture       *f,
            gconstpointer  data)
{
  cairo_surface_t *before = draw (f);
  cairo_surface_t *after;

  beam_notes_set (f->notes, three, G_N_ELEMENTS (three));
  after = draw (f);
  g_assert_cmpfloat (darkness (after, 50), >, darkness (before, 50) + 2000);
  g_assert_cmpfloat (darkness (after, 30), ==, darkness (before, 30));
  g_assert_cmpfloat (darkness (before, 12), >, 0);
  g_assert_cmpfloat (darkness (after, 12), !=, darkness (before, 12));

  beam_notes_set (f->notes, NULL, 0);
  cairo_surface_destroy (after);
  after = draw (f);
  g_assert_cmpfloat (darkness (after, 50), ==, darkness (before, 50));
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

static void
assert_says (Fixture    *f,
             const char *text)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (f->chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text);
}

/* M goes from note to note, and what a screen reader says ends with the note. */
static void
test_keys (Fixture       *f,
           gconstpointer  data)
{
  gint64 from_us, to_us;

  g_assert_false (beam_chart_handle_key (f->chart, GDK_KEY_m, 0));
  beam_notes_set (f->notes, three, G_N_ELEMENTS (three));
  g_assert_true (beam_chart_handle_key (f->chart, GDK_KEY_M, GDK_SHIFT_MASK));
  assert_says (f, "10 seconds ago: load 10; Excluded: a backup ran");
  g_assert_true (beam_chart_handle_key (f->chart, GDK_KEY_M, GDK_SHIFT_MASK));
  g_assert_true (beam_chart_handle_key (f->chart, GDK_KEY_M, GDK_SHIFT_MASK));
  assert_says (f, "50 seconds ago: load 10; Deploy: version 2");
  g_assert_true (beam_chart_handle_key (f->chart, GDK_KEY_m, 0));
  assert_says (f, "20 seconds ago: load 10; Excluded: a backup ran");

  /* Without a cursor it begins with what is in view. */
  beam_cursor_clear (beam_chart_get_cursor (f->chart));
  g_assert_true (beam_chart_handle_key (f->chart, GDK_KEY_m, 0));
  assert_says (f, "50 seconds ago: load 10; Deploy: version 2");

  /* One that is not in view is brought into it. */
  g_assert_true (beam_chart_handle_key (f->chart, GDK_KEY_Home, 0));
  g_assert_true (beam_chart_handle_key (f->chart, GDK_KEY_M, GDK_SHIFT_MASK));
  beam_time_axis_get_range (beam_chart_get_time_axis (f->chart), &from_us, &to_us);
  g_assert_cmpint (from_us, <, NOW_US - SECONDS (300));
  g_assert_cmpint (to_us, >, NOW_US - SECONDS (300));
  g_assert_cmpint (beam_cursor_get_time (beam_chart_get_cursor (f->chart)), ==, NOW_US - SECONDS (300));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/beam/notes/find", test_find);
  g_test_add ("/beam/notes/drawn", Fixture, NULL, set_up, test_drawn, tear_down);
  g_test_add ("/beam/notes/keys", Fixture, NULL, set_up, test_keys, tear_down);
  return g_test_run ();
}
