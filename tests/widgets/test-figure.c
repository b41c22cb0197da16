/* test-figure.c: bars, dots, a tornado, bullets and the balance as widgets
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <float.h>
#include <math.h>

#include "beam-figure-private.h"
#include "figure-kinds.h"

static const double garbage[] = {
  NAN, INFINITY, -INFINITY, 0, -0.0, 1, -1, 1e-300, -1e-300, 1e300, -1e300, DBL_MAX, -DBL_MAX, DBL_MIN, 5e-324, 1e9,
};

static GtkWidget *
make_figure (guint which, double a, double b)
{
  switch (which)
    {
    case 0:
      return make_bars (GTK_ORIENTATION_VERTICAL, a, b);
    case 1:
      return make_bars (GTK_ORIENTATION_HORIZONTAL, a, b);
    case 2:
      return make_tornado (a, b);
    case 3:
      return make_dots (BEAM_SCALE_LINEAR, a, b);
    case 4:
      return make_dots (BEAM_SCALE_LOG, a, b);
    case 5:
      return make_bullet (a, b);
    case 6:
      return make_balance (a, b);
    default:
      return NULL;
    }
}

/* Draws onto an image; returns how much ink that took. */
static guint64
draw (GtkWidget *widget, int width, int height, gboolean rtl)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  const GdkRGBA white = { 1, 1, 1, 1 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX (width, 1), MAX (height, 1));
  cairo_t *cr = cairo_create (surface);
  BeamStyle style;
  BeamFrame frame;
  guint64 ink = 0;

  beam_style_init (&style, &black, &white, FALSE);
  beam_frame_init (&frame, width, height, &style, gtk_widget_get_pango_context (widget));
  frame.rtl = rtl;
  beam_figure_draw (BEAM_FIGURE (widget), cr, &frame);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int y = 0; y < MAX (height, 1); y++)
    for (int x = 0; x < MAX (width, 1); x++)
      ink += cairo_image_surface_get_data (surface)[y * cairo_image_surface_get_stride (surface) + 4 * x + 3];
  cairo_surface_destroy (surface);
  return ink;
}

/* Whatever the numbers are: no error of cairo, words for every item, areas that
 * are finite. */
static void
test_garbage (void)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  const GdkRGBA white = { 1, 1, 1, 1 };
  BeamStyle style;

  beam_style_init (&style, &black, &white, FALSE);
  for (guint which = 0; which < 7; which++)
    for (guint i = 0; i < G_N_ELEMENTS (garbage); i++)
      for (guint j = 0; j < G_N_ELEMENTS (garbage); j++)
        {
          GtkWidget *figure = g_object_ref_sink (make_figure (which, garbage[i], garbage[j]));
          g_autofree char *words = beam_figure_describe (BEAM_FIGURE (figure));
          BeamFrame frame;

          g_assert_nonnull (words);
          beam_frame_init (&frame, 200, 90, &style, gtk_widget_get_pango_context (figure));
          draw (figure, 200, 90, i % 2 == 1);
          for (guint item = 0; item < beam_figure_count_items (BEAM_FIGURE (figure)); item++)
            {
              g_autofree char *text = beam_figure_describe_item (BEAM_FIGURE (figure), item);
              graphene_rect_t area;

              g_assert_true (which == 6 || text != NULL);
              if (beam_figure_get_item_area (BEAM_FIGURE (figure), &frame, item, &area))
                {
                  g_assert_true (isfinite (area.origin.x) && isfinite (area.origin.y));
                  g_assert_true (isfinite (area.size.width) && isfinite (area.size.height));
                }
            }
          g_object_unref (figure);
        }
}

static void
test_sizes (void)
{
  const int sizes[] = { 0, 1, 2, 9, 40, 700 };

  for (guint which = 0; which < 7; which++)
    {
      GtkWidget *figure = g_object_ref_sink (make_figure (which, 0.3, 0.8));

      for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
          draw (figure, sizes[i], sizes[j], FALSE);
      g_assert_cmpuint (draw (figure, 300, 120, FALSE), >, 0);
      g_object_unref (figure);
    }
}

static void
test_empty (void)
{
  GtkWidget *bars = g_object_ref_sink (beam_bar_chart_new (GTK_ORIENTATION_VERTICAL));
  g_autofree char *words = NULL;

  g_assert_cmpuint (draw (bars, 300, 100, FALSE), ==, 0);
  beam_figure_set_empty_text (BEAM_FIGURE (bars), "Nothing yet");
  g_assert_cmpuint (draw (bars, 300, 100, FALSE), >, 0);
  words = beam_figure_describe (BEAM_FIGURE (bars));
  g_assert_cmpstr (words, ==, "Nothing yet");

  /* Where it is narrow it goes on in more lines. */
  beam_figure_set_empty_text (BEAM_FIGURE (bars), "Nothing to be seen here at all yet");
  g_assert_cmpuint (draw (bars, 80, 100, FALSE), >, 2 * draw (bars, 80, 20, FALSE));
  g_object_unref (bars);
}

/* Among text from right to left a number keeps its sign and its unit where they are. */
static void
test_number_direction (void)
{
  static const struct { const char *text; gboolean marked; } cases[] = {
    { "-5 %", TRUE }, { "0", TRUE }, { "5 ms", FALSE }, { "5 \330\253\331\210\330\247\331\206", FALSE },
  };
  GtkWidget *bars = g_object_ref_sink (beam_bar_chart_new (GTK_ORIENTATION_VERTICAL));
  PangoContext *context = gtk_widget_get_pango_context (bars);
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle five, sign;
  BeamFrame frame;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = beam_direct_number (cases[i].text);

      g_assert_true (g_str_has_suffix (text, cases[i].text));
      g_assert_cmpint (g_str_has_prefix (text, "\342\200\216"), ==, cases[i].marked);
    }

  pango_context_set_base_dir (context, PANGO_DIRECTION_RTL);
  beam_frame_init (&frame, 100, 100, NULL, context);
  layout = beam_frame_layout (&frame, "5 %", BEAM_FRAME_LABEL);
  pango_layout_index_to_pos (layout, 3, &five);
  pango_layout_index_to_pos (layout, 5, &sign);
  g_assert_cmpint (five.x, <, sign.x);
  g_object_unref (bars);
}

/* --- Words --- */

static void
assert_item (GtkWidget *figure, guint item, const char *expected)
{
  g_autofree char *text = beam_figure_describe_item (BEAM_FIGURE (figure), item);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_words (void)
{
  GtkWidget *bars = g_object_ref_sink (make_bars (GTK_ORIENTATION_HORIZONTAL, 2, 3));
  GtkWidget *dots = g_object_ref_sink (make_dots (BEAM_SCALE_LOG, 4, 2));
  GtkWidget *bullet = g_object_ref_sink (make_bullet (0.5, 0.7));
  GtkWidget *tornado = g_object_ref_sink (make_tornado (1, 9));
  g_autofree char *whole = beam_figure_describe (BEAM_FIGURE (dots));

  assert_item (bars, 0, "first, A: 5 (2 – 3), note; one 2");
  assert_item (bars, 1, "first, B: ?");
  assert_item (dots, 0, "p99, A: 4 (2 – 4)");
  assert_item (bullet, 0, "0.5 (0.7 – 0.5), ◎ 0.7");
  assert_item (tornado, 0, "row: low → 1, high → 9");
  g_assert_cmpstr (whole, ==, "p99, A: 4 (2 – 4); p99, B: 2");
  g_assert_null (beam_figure_describe_item (BEAM_FIGURE (dots), 2));
  g_object_unref (bars);
  g_object_unref (dots);
  g_object_unref (bullet);
  g_object_unref (tornado);
}

static char *
speak_cb (BeamFigure *figure, gpointer data)
{
  return g_strdup (data);
}

static void
test_access (void)
{
  GtkWidget *balance = g_object_ref_sink (make_balance (-0.5, 0.9));
  GtkWidget *dots = g_object_ref_sink (make_dots (BEAM_SCALE_LOG, 4, 2));
  g_autofree char *words = NULL;

  beam_figure_set_title (BEAM_FIGURE (balance), "Verdict");
  beam_figure_set_title (BEAM_FIGURE (dots), "Latency");
  gtk_test_accessible_assert_role (balance, GTK_ACCESSIBLE_ROLE_METER);
  gtk_test_accessible_assert_role (dots, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (balance, GTK_ACCESSIBLE_PROPERTY_LABEL, "Verdict");
  gtk_test_accessible_assert_property (balance, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, -0.5);
  gtk_test_accessible_assert_property (balance, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "-0.50, 90 %");

  beam_figure_set_selected (BEAM_FIGURE (dots), 1);
  gtk_test_accessible_assert_property (dots, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "p99, B: 2. p99, A: 4 (2 – 4); p99, B: 2");
  beam_figure_set_describe_func (BEAM_FIGURE (dots), speak_cb, (gpointer) "in words", NULL);
  words = beam_figure_describe (BEAM_FIGURE (dots));
  g_assert_cmpstr (words, ==, "in words");
  g_object_unref (balance);
  g_object_unref (dots);
}

/* --- Keyboard and pointer --- */

static void
test_keys (void)
{
  GtkWidget *figure = g_object_ref_sink (make_bars (GTK_ORIENTATION_VERTICAL, 1, 2));
  GtkWidget *lying = g_object_ref_sink (make_bars (GTK_ORIENTATION_HORIZONTAL, 1, 2));
  BeamFigure *self = BEAM_FIGURE (figure);

  g_assert_cmpuint (beam_figure_count_items (self), ==, 4);
  g_assert_false (beam_figure_handle_key (self, GDK_KEY_Escape));
  g_assert_false (beam_figure_handle_key (self, GDK_KEY_Tab));
  g_assert_true (beam_figure_handle_key (self, GDK_KEY_Right));
  g_assert_cmpint (beam_figure_get_selected (self), ==, 0);
  beam_figure_handle_key (self, GDK_KEY_Left);
  g_assert_cmpint (beam_figure_get_selected (self), ==, 0);
  beam_figure_handle_key (self, GDK_KEY_End);
  g_assert_cmpint (beam_figure_get_selected (self), ==, 3);
  beam_figure_handle_key (self, GDK_KEY_Down);
  g_assert_cmpint (beam_figure_get_selected (self), ==, 3);
  beam_figure_handle_key (self, GDK_KEY_Home);
  g_assert_cmpint (beam_figure_get_selected (self), ==, 0);
  g_assert_true (beam_figure_handle_key (self, GDK_KEY_Escape));
  g_assert_cmpint (beam_figure_get_selected (self), ==, -1);
  beam_figure_handle_key (self, GDK_KEY_Left);
  g_assert_cmpint (beam_figure_get_selected (self), ==, 3);

  /* Upright bars stand the same way in every language, lying ones begin at the right. */
  gtk_widget_set_direction (figure, GTK_TEXT_DIR_RTL);
  beam_figure_handle_key (self, GDK_KEY_Left);
  g_assert_cmpint (beam_figure_get_selected (self), ==, 2);
  gtk_widget_set_direction (lying, GTK_TEXT_DIR_RTL);
  beam_figure_handle_key (BEAM_FIGURE (lying), GDK_KEY_Home);
  beam_figure_handle_key (BEAM_FIGURE (lying), GDK_KEY_Left);
  g_assert_cmpint (beam_figure_get_selected (BEAM_FIGURE (lying)), ==, 1);
  g_object_unref (lying);

  /* What is gone is not visited. */
  beam_bar_chart_clear (BEAM_BAR_CHART (figure));
  g_assert_cmpint (beam_figure_get_selected (self), ==, -1);
  g_assert_false (beam_figure_handle_key (self, GDK_KEY_Right));
  g_object_unref (figure);
}

static void
test_pick (void)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  const GdkRGBA white = { 1, 1, 1, 1 };
  GtkWidget *figure = g_object_ref_sink (make_dots (BEAM_SCALE_LOG, 4, 2));
  BeamStyle style;
  BeamFrame frame;
  graphene_rect_t area;

  beam_style_init (&style, &black, &white, FALSE);
  beam_frame_init (&frame, 400, 90, &style, gtk_widget_get_pango_context (figure));
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (beam_figure_get_item_area (BEAM_FIGURE (figure), &frame, i, &area));
      g_assert_cmpint (beam_figure_pick (BEAM_FIGURE (figure), &frame, (double) area.origin.x + 3,
                                         (double) area.origin.y + 3), ==, (int) i);
    }
  g_assert_cmpint (beam_figure_pick (BEAM_FIGURE (figure), &frame, -500, -500), ==, -1);
  g_object_unref (figure);
}

/* --- Frames --- */

static gboolean
timeout_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint ms)
{
  gboolean done = FALSE;

  g_timeout_add (ms, timeout_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
run_until_drawn (BeamFigure *figure, guint n)
{
  while (beam_figure_get_n_draws (figure) < n)
    g_main_context_iteration (NULL, TRUE);
}

/* Visiting an item, or nothing at all, does not draw the picture again; new
 * data do, and not while unmapped. */
static void
test_drawn_once (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *figure = make_bars (GTK_ORIENTATION_VERTICAL, 1, 2);
  BeamFigure *self = BEAM_FIGURE (figure);
  guint n;

  gtk_window_set_child (GTK_WINDOW (window), figure);
  gtk_window_present (GTK_WINDOW (window));
  run_until_drawn (self, 1);
  run_for (150);
  n = beam_figure_get_n_draws (self);
  beam_figure_set_selected (self, 2);
  run_for (150);
  g_assert_cmpuint (beam_figure_get_n_draws (self), ==, n);
  beam_bar_chart_set_value (BEAM_BAR_CHART (figure), 0, 0, 5);
  run_until_drawn (self, n + 1);

  gtk_widget_set_visible (figure, FALSE);
  n = beam_figure_get_n_draws (self);
  beam_bar_chart_set_value (BEAM_BAR_CHART (figure), 0, 0, 6);
  run_for (100);
  g_assert_cmpuint (beam_figure_get_n_draws (self), ==, n);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The beam swings to its verdict, or stands there at once. */
static void
test_balance_motion (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *widget = make_balance (-0.5, 0.9);
  BeamBalance *balance = BEAM_BALANCE (widget);

  g_object_set (gtk_widget_get_settings (widget), "gtk-enable-animations", TRUE, NULL);
  g_assert_cmpfloat (beam_balance_get_tilt (balance), ==, -0.5);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  run_until_drawn (BEAM_FIGURE (balance), 1);

  beam_balance_set_verdict (balance, 0.5);
  g_assert_cmpfloat (beam_balance_get_tilt (balance), ==, -0.5);
  while (beam_balance_get_tilt (balance) != 0.5)
    g_main_context_iteration (NULL, TRUE);

  g_object_set (gtk_widget_get_settings (widget), "gtk-enable-animations", FALSE, NULL);
  beam_balance_set_verdict (balance, -1);
  g_assert_cmpfloat (beam_balance_get_tilt (balance), ==, -1);
  beam_balance_set_verdict (balance, NAN);
  g_assert_true (isnan (beam_balance_get_tilt (balance)));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Where the first bar begins, in a figure that is so wide. */
static double
top_of_bars (BeamFigure *figure,
             double      width,
             guint       item)
{
  g_autoptr (GArray) areas = NULL;
  BeamStyle style;
  BeamFrame frame;

  beam_style_init (&style, &(GdkRGBA) { 0, 0, 0, 1 }, &(GdkRGBA) { 1, 1, 1, 1 }, FALSE);
  beam_frame_init (&frame, width, 400, &style, gtk_widget_get_pango_context (GTK_WIDGET (figure)));
  areas = beam_figure_get_areas (figure, &frame);
  return (double) g_array_index (areas, graphene_rect_t, item).origin.y;
}

/* A name that has no room in a line begins another; none is left out. */
static void
test_legend (void)
{
  GtkWidget *widget = g_object_ref_sink (beam_bar_chart_new (GTK_ORIENTATION_VERTICAL));
  BeamBarChart *chart = BEAM_BAR_CHART (widget);
  const BeamBar bar = { { 1, 2, 3 }, 3, (double) NAN, (double) NAN, BEAM_FILL_SOLID };
  double one, two, three;

  beam_bar_chart_add_subject (chart, "A", 0);
  beam_bar_chart_add_part (chart, "Hosting in two places");
  beam_bar_chart_add_part (chart, "People of one team");
  beam_bar_chart_add_part (chart, "Integrations of others");
  beam_bar_chart_add_category (chart, "Year", NULL);
  beam_bar_chart_set_bar (chart, 0, 0, &bar);

  one = top_of_bars (BEAM_FIGURE (widget), 900, 0);
  two = top_of_bars (BEAM_FIGURE (widget), 330, 0);
  three = top_of_bars (BEAM_FIGURE (widget), 190, 0);
  g_assert_cmpfloat (two, >, one + 10);
  g_assert_cmpfloat (three, >, two + 10);
  g_object_unref (widget);
}

/* The sign stands beside text and is as large. */
static void
test_swatch (void)
{
  GtkWidget *swatch = g_object_ref_sink (beam_swatch_new (0));
  PangoContext *context = gtk_widget_get_pango_context (swatch);
  g_autoptr (PangoFontDescription) font = pango_font_description_copy (pango_context_get_font_description (context));
  int usual, large;

  gtk_widget_measure (swatch, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &usual, NULL, NULL);
  pango_font_description_set_size (font, 2 * pango_font_description_get_size (font));
  pango_context_set_font_description (context, font);
  gtk_widget_measure (swatch, GTK_ORIENTATION_VERTICAL, -1, NULL, &large, NULL, NULL);
  g_assert_cmpint (large, >=, usual * 3 / 2);
  g_object_unref (swatch);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/garbage", test_garbage);
  g_test_add_func ("/figure/sizes", test_sizes);
  g_test_add_func ("/figure/empty", test_empty);
  g_test_add_func ("/figure/number-direction", test_number_direction);
  g_test_add_func ("/figure/words", test_words);
  g_test_add_func ("/figure/access", test_access);
  g_test_add_func ("/figure/keys", test_keys);
  g_test_add_func ("/figure/pick", test_pick);
  g_test_add_func ("/figure/drawn-once", test_drawn_once);
  g_test_add_func ("/bars/legend", test_legend);
  g_test_add_func ("/swatch/size", test_swatch);
  g_test_add_func ("/balance/motion", test_balance_motion);
  return g_test_run ();
}
