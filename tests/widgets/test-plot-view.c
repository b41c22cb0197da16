/* test-plot-view.c: zoom and pan of a plot and of the axes behind it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <float.h>
#include <math.h>

#include "beam-figure-picture.h"
#include "beam-plot-private.h"
#include "beam.h"

#define NEAR(axis, low, high) assert_range (axis, low, high, G_STRLOC)

static void
assert_range (BeamValueAxis *axis,
              double         low,
              double         high,
              const char    *where)
{
  double is_low, is_high;

  beam_value_axis_get_range (axis, &is_low, &is_high);
  if (fabs (is_low - low) > 1e-6 * fmax (fabs (low), 1) || fabs (is_high - high) > 1e-6 * fmax (fabs (high), 1))
    g_error ("%s: %g to %g, not %g to %g", where, is_low, is_high, low, high);
}

static BeamValueAxis *
make_axis (BeamScale scale,
           double    low,
           double    high)
{
  BeamValueAxis *axis = beam_value_axis_new (scale);

  beam_value_axis_set_fixed (axis, low, high);
  return axis;
}

/* --- The axis --- */

static void
test_zoom (void)
{
  g_autoptr (BeamValueAxis) axis = make_axis (BEAM_SCALE_LINEAR, 0, 100);
  g_autoptr (BeamValueAxis) log = make_axis (BEAM_SCALE_LOG, 1, 1e4);

  g_assert_false (beam_value_axis_has_view (axis));
  beam_value_axis_zoom_by (axis, 0.5, 0.25);
  g_assert_true (beam_value_axis_has_view (axis));
  NEAR (axis, 12.5, 62.5); /* 25 stays at a quarter */
  beam_value_axis_zoom_by (axis, 2, 0.25);
  g_assert_false (beam_value_axis_has_view (axis));
  NEAR (axis, 0, 100);

  /* At an edge it keeps within the whole. */
  beam_value_axis_zoom_by (axis, 0.5, 1);
  NEAR (axis, 50, 100);
  beam_value_axis_zoom_by (axis, 1.5, 0);
  NEAR (axis, 25, 100);

  beam_value_axis_zoom_by (log, 0.5, 0.5);
  NEAR (log, 10, 1000);
  beam_value_axis_zoom_to (log, 0.5, 1);
  NEAR (log, 100, 1000);
}

static void
test_limits (void)
{
  g_autoptr (BeamValueAxis) axis = make_axis (BEAM_SCALE_LINEAR, 0, 100);

  for (int i = 0; i < 100; i++)
    beam_value_axis_zoom_by (axis, 0.3, 0.5);
  NEAR (axis, 49.5, 50.5); /* a hundredth */
  beam_value_axis_zoom_to (axis, 0.5, 0.5);
  NEAR (axis, 49.5, 50.5);
  for (int i = 0; i < 100; i++)
    beam_value_axis_zoom_by (axis, 10, 0.5);
  g_assert_false (beam_value_axis_has_view (axis));

  beam_value_axis_set_view (axis, 5, 5);
  g_assert_false (beam_value_axis_has_view (axis));
  beam_value_axis_set_view (axis, -INFINITY, 5);
  g_assert_false (beam_value_axis_has_view (axis));
}

static void
test_pan (void)
{
  g_autoptr (BeamValueAxis) axis = make_axis (BEAM_SCALE_LINEAR, 0, 100);

  beam_value_axis_pan_by (axis, 0.5); /* the whole has nowhere to go */
  g_assert_false (beam_value_axis_has_view (axis));

  beam_value_axis_set_view (axis, 20, 40);
  beam_value_axis_pan_by (axis, 0.5);
  NEAR (axis, 30, 50);
  beam_value_axis_pan_by (axis, 50);
  NEAR (axis, 80, 100);
  beam_value_axis_pan_by (axis, -50);
  NEAR (axis, 0, 20);

  beam_value_axis_reveal (axis, 10);
  NEAR (axis, 0, 20);
  beam_value_axis_reveal (axis, 50);
  NEAR (axis, 31, 51);
  beam_value_axis_reveal (axis, 20);
  NEAR (axis, 19, 39);
  beam_value_axis_reveal (axis, (double) NAN);
  NEAR (axis, 19, 39);
}

/* New data move the whole; a view of what has gone is no view. */
static void
test_refit (void)
{
  g_autoptr (BeamValueAxis) axis = beam_value_axis_new (BEAM_SCALE_LINEAR);

  beam_value_axis_set_tight (axis, TRUE);
  beam_value_axis_fit_data (axis, 0, 100);
  beam_value_axis_set_view (axis, 50, 80);
  beam_value_axis_fit_data (axis, 0, 1000);
  NEAR (axis, 50, 80);
  beam_value_axis_fit_data (axis, 0, 10);
  g_assert_false (beam_value_axis_has_view (axis));
  NEAR (axis, 0, 10);

  beam_value_axis_fit_data (axis, 0, 100);
  beam_value_axis_set_view (axis, -10, 20);
  beam_value_axis_set_scale (axis, BEAM_SCALE_LOG);
  g_assert_false (beam_value_axis_has_view (axis));
}

/* --- The plot --- */

typedef struct {
  GtkWidget     *window;
  BeamPlot      *plot;
  BeamValueAxis *x;
  BeamValueAxis *y;
} Fixture;

static gboolean
count_frame_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  return ++*(int *) user_data < 5;
}

static void
wait_for_frames (Fixture *f)
{
  int frames = 0;

  gtk_widget_add_tick_callback (GTK_WIDGET (f->plot), count_frame_cb, &frames, NULL);
  while (frames < 5)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (BeamXYSeries) series = beam_xy_series_new ("A");

  for (int i = 0; i <= 10; i++)
    beam_xy_series_append (series, i * 10, 100 - i * 10);
  f->window = gtk_window_new ();
  f->plot = BEAM_PLOT (beam_plot_new (BEAM_SCALE_LINEAR, BEAM_SCALE_LINEAR));
  f->x = beam_plot_get_x_axis (f->plot);
  f->y = beam_plot_get_y_axis (f->plot);
  beam_plot_add (f->plot, series, BEAM_MARK_LINE, 0);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 400, 300);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->plot));
  gtk_window_present (GTK_WINDOW (f->window));
  while (!gtk_widget_get_mapped (GTK_WIDGET (f->plot)))
    g_main_context_iteration (NULL, TRUE);
  wait_for_frames (f);
  beam_value_axis_set_fixed (f->y, 0, 100);
  NEAR (f->x, 0, 100);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
}

static gboolean
press (Fixture         *f,
       guint            keyval,
       GdkModifierType  state)
{
  return beam_plot_key_pressed (BEAM_FIGURE (f->plot), keyval, state);
}

static void
test_keys (Fixture       *f,
           gconstpointer  data)
{
  /* Nothing to pan: the keys are the page's. */
  g_assert_false (press (f, GDK_KEY_Page_Down, 0));
  g_assert_false (press (f, GDK_KEY_Left, GDK_CONTROL_MASK));
  g_assert_false (press (f, GDK_KEY_plus, GDK_ALT_MASK));
  g_assert_false (press (f, GDK_KEY_Left, 0));

  g_assert_true (press (f, GDK_KEY_plus, 0));
  NEAR (f->x, 50 - 50 / 1.5, 50 + 50 / 1.5);
  NEAR (f->y, 50 - 50 / 1.5, 50 + 50 / 1.5);
  g_assert_true (press (f, GDK_KEY_Page_Up, 0));
  NEAR (f->x, 0, 100 / 1.5);
  g_assert_true (press (f, GDK_KEY_Up, GDK_CONTROL_MASK));
  NEAR (f->y, 50 - 50 / 1.5 + 10 / 1.5, 50 + 50 / 1.5 + 10 / 1.5);
  g_assert_true (press (f, GDK_KEY_minus, 0));
  g_assert_true (press (f, GDK_KEY_minus, 0));
  NEAR (f->x, 0, 100);

  g_assert_true (press (f, GDK_KEY_plus, 0));
  g_assert_true (press (f, GDK_KEY_0, 0));
  NEAR (f->x, 0, 100);
  NEAR (f->y, 0, 100);
}

/* The visited point stays where it is; one that is out of view is brought in. */
static void
test_visited (Fixture       *f,
              gconstpointer  data)
{
  beam_figure_set_selected (BEAM_FIGURE (f->plot), 0);
  for (int i = 0; i < 4; i++)
    g_assert_true (press (f, GDK_KEY_plus, 0));
  NEAR (f->x, 0, 100 / pow (1.5, 4));
  NEAR (f->y, 100 - 100 / pow (1.5, 4), 100);

  beam_figure_set_selected (BEAM_FIGURE (f->plot), 10);
  NEAR (f->x, 100 - 100 / pow (1.5, 4), 100);
  NEAR (f->y, 0, 100 / pow (1.5, 4));
}

/* One of those who hear of the pointer visits, so that a drag can keep it from that. */
static void
test_pointer (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (f->plot));
  graphene_rect_t area;
  BeamFrame frame;
  guint n_visits = 0;

  g_assert_true (beam_figure_get_frame (BEAM_FIGURE (f->plot), &frame));
  g_assert_true (beam_figure_get_item_area (BEAM_FIGURE (f->plot), &frame, 5, &area));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        continue;

      beam_figure_set_selected (BEAM_FIGURE (f->plot), -1);
      g_signal_emit_by_name (controller, "motion", (double) area.origin.x, (double) area.origin.y);
      n_visits += beam_figure_get_selected (BEAM_FIGURE (f->plot)) == 5;
    }
  g_assert_cmpuint (n_visits, ==, 1);
}

static void
test_scroll (Fixture       *f,
             gconstpointer  data)
{
  g_assert_false (beam_navigator_scroll (f->plot->navigator, 0, 1, TRUE, 0)); /* the page's */
  g_assert_false (beam_value_axis_has_view (f->x));

  g_assert_true (beam_navigator_scroll (f->plot->navigator, 0, -1, TRUE, GDK_CONTROL_MASK));
  NEAR (f->x, 50 - 50 / 1.5, 50 + 50 / 1.5);
  g_assert_true (beam_navigator_scroll (f->plot->navigator, 0, 1, TRUE, GDK_SHIFT_MASK));
  NEAR (f->x, 50 - 50 / 1.5 + 10 / 1.5, 50 + 50 / 1.5 + 10 / 1.5);
  g_assert_true (beam_navigator_scroll (f->plot->navigator, -1, 0, TRUE, 0));
  NEAR (f->x, 50 - 50 / 1.5, 50 + 50 / 1.5);

  /* Ten times outside of what there is. */
  for (int i = 0; i < 100; i++)
    beam_navigator_scroll (f->plot->navigator, 3, 0, TRUE, 0);
  NEAR (f->x, 100 - 100 / 1.5, 100);
}

static void
test_swipe (Fixture       *f,
            gconstpointer  data)
{
  double low, high, before;

  beam_value_axis_set_view (f->x, 40, 50);
  beam_navigator_swipe (f->plot->navigator, 1, 2); /* up or down: the page's */
  wait_for_frames (f);
  NEAR (f->x, 40, 50);

  beam_navigator_swipe (f->plot->navigator, 1, 0);
  do
    g_main_context_iteration (NULL, TRUE);
  while (beam_value_axis_get_range (f->x, &low, &high), low <= 40.5);
  beam_navigator_stop (f->plot->navigator);
  beam_value_axis_get_range (f->x, &before, &high);
  wait_for_frames (f);
  beam_value_axis_get_range (f->x, &low, &high);
  g_assert_cmpfloat (low, ==, before);
}

/* At the deepest zoom of a steep line: the slope of what leaves the plot is that
 * of the data, and nothing is drawn outside. */
static void
test_slope (void)
{
  const BeamGeometry geometry = { 20, 20, 100, 100, 1, 0, BEAM_PLOT_RULER, 0, 1, BEAM_SCALE_LINEAR };
  const BeamSpan across = { BEAM_SCALE_LINEAR, 0, 1 };
  const GdkRGBA black = { 0, 0, 0, 1 };
  const GdkRGBA white = { 1, 1, 1, 1 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 140, 140);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (BeamXYSeries) series = beam_xy_series_new ("A");
  BeamStyle style;
  const guchar *pixels;
  int stride;

  beam_style_init (&style, &black, &white, FALSE);
  beam_xy_series_append (series, -60, -60);
  beam_xy_series_append (series, 60, 60);
  beam_plot_paint (cr, &geometry, &across, &style, series, BEAM_MARK_LINE, 0);
  beam_plot_paint (cr, &geometry, &across, &style, series, BEAM_MARK_TRACE, 0);
  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int i = 5; i < 95; i += 10)
    {
      g_assert_cmpuint (pixels[(119 - i) * stride + 20 + i], >, 100);
      g_assert_cmpuint (pixels[(119 - i) * stride + 20 + (i + 50) % 100], ==, 0);
    }
  for (int i = 0; i < 140; i++)
    {
      g_assert_cmpuint (pixels[17 * stride + i], ==, 0);
      g_assert_cmpuint (pixels[123 * stride + i], ==, 0);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);

  g_test_add_func ("/beam/plot-view/zoom", test_zoom);
  g_test_add_func ("/beam/plot-view/limits", test_limits);
  g_test_add_func ("/beam/plot-view/pan", test_pan);
  g_test_add_func ("/beam/plot-view/refit", test_refit);
  g_test_add_func ("/beam/plot-view/slope", test_slope);
  g_test_add ("/beam/plot-view/keys", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/beam/plot-view/visited", Fixture, NULL, set_up, test_visited, tear_down);
  g_test_add ("/beam/plot-view/pointer", Fixture, NULL, set_up, test_pointer, tear_down);
  g_test_add ("/beam/plot-view/scroll", Fixture, NULL, set_up, test_scroll, tear_down);
  g_test_add ("/beam/plot-view/swipe", Fixture, NULL, set_up, test_swipe, tear_down);
  return g_test_run ();
}
