/* test-acts.c: what a person does with a chart, and what comes of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <glib/gstdio.h>
#include <math.h>

#include "beam-chart-private.h"
#include "beam-layer-private.h"
#include "beam.h"

#define SECONDS(n)  ((gint64) (n) * G_USEC_PER_SEC)
#define NOW_US      SECONDS (1000)
#define WALL_OFFSET (G_GINT64_CONSTANT (1795422736) * G_USEC_PER_SEC)

/* A band from p50 to p99 with its two lines, over a minute, a gap near its end. */
typedef struct {
  GtkWidget       *window;
  BeamChart       *chart;
  BeamArraySeries *p50;
  BeamArraySeries *p99;
} Fixture;

static gboolean
count_frames_cb (GtkWidget     *widget,
                 GdkFrameClock *clock,
                 gpointer       user_data)
{
  guint *n_left = user_data;

  return --*n_left > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
run_frames (GtkWidget *window,
            guint      n)
{
  gtk_widget_add_tick_callback (window, count_frames_cb, &n, NULL);
  while (n > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
add_line (Fixture         *f,
          BeamArraySeries *series,
          const char      *label,
          BeamWeight       weight)
{
  BeamLayer *layer = beam_line_layer_new (BEAM_SERIES (series));

  beam_layer_set_label (layer, label);
  beam_layer_set_identity (layer, weight == BEAM_WEIGHT_STRONG ? 0 : 1);
  beam_line_layer_set_weight (BEAM_LINE_LAYER (layer), weight);
  beam_chart_add_layer (f->chart, layer);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->p50 = beam_array_series_new ("p50");
  f->p99 = beam_array_series_new ("p99");
  beam_series_set_unit (BEAM_SERIES (f->p99), "s");
  for (int i = 0; i <= 50; i++)
    {
      beam_array_series_append (f->p50, NOW_US - SECONDS (60 - i), 10);
      beam_array_series_append (f->p99, NOW_US - SECONDS (60 - i), 100 + i);
    }
  beam_array_series_add_gap (f->p99, NOW_US - SECONDS (9), G_MAXINT64, "down");

  f->chart = BEAM_CHART (beam_chart_new (NULL, NULL, NULL));
  beam_chart_set_title (f->chart, "Latency of Orders");
  beam_chart_add_layer (f->chart, beam_band_layer_new (BEAM_SERIES (f->p50), BEAM_SERIES (f->p99)));
  add_line (f, f->p50, "p50", BEAM_WEIGHT_LIGHT);
  add_line (f, f->p99, "p99", BEAM_WEIGHT_STRONG);
  beam_time_axis_set_window (beam_chart_get_time_axis (f->chart), SECONDS (60));
  beam_time_axis_set_now (beam_chart_get_time_axis (f->chart), NOW_US);
  beam_time_axis_set_wall_offset (beam_chart_get_time_axis (f->chart), WALL_OFFSET);

  f->window = gtk_window_new ();
  gtk_widget_set_size_request (GTK_WIDGET (f->chart), 500, 200);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->chart));
  gtk_window_present (GTK_WINDOW (f->window));
  run_frames (f->window, 5);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_object_unref (f->p50);
  g_object_unref (f->p99);
}

static gboolean
press (Fixture         *f,
       guint            key,
       GdkModifierType  state)
{
  return beam_chart_handle_key (f->chart, key, state);
}

static void
assert_says (Fixture    *f,
             const char *text)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (f->chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text);
}

/* --- Keyboard --- */

static void
test_cursor (Fixture       *f,
             gconstpointer  data)
{
  BeamCursor *cursor = beam_chart_get_cursor (f->chart);

  g_assert_true (press (f, GDK_KEY_Home, 0));
  assert_says (f, "60 seconds ago: p50 10, p99 100");
  g_assert_true (press (f, GDK_KEY_Right, 0));
  assert_says (f, "59 seconds ago: p50 10, p99 101");
  g_assert_true (press (f, GDK_KEY_End, 0));
  assert_says (f, "0 seconds ago: down");
  g_assert_true (press (f, GDK_KEY_Escape, 0));
  g_assert_false (beam_cursor_is_set (cursor));
  g_assert_false (press (f, GDK_KEY_Escape, 0));
}

static void
test_series (Fixture       *f,
             gconstpointer  data)
{
  press (f, GDK_KEY_Home, 0);
  g_assert_true (press (f, GDK_KEY_Down, 0));
  assert_says (f, "60 seconds ago: p50 10");
  g_assert_true (press (f, GDK_KEY_Down, 0));
  assert_says (f, "60 seconds ago: p99 100");
  /* Beyond the last one the key is the window's. */
  g_assert_false (press (f, GDK_KEY_Down, 0));
  g_assert_null (beam_chart_get_current (f->chart));
  g_assert_true (press (f, GDK_KEY_s, 0));
  g_assert_true (press (f, GDK_KEY_S, GDK_SHIFT_MASK));
  g_assert_true (beam_chart_get_current (f->chart) == BEAM_SERIES (f->p99));
  /* p50 has the identity of B here. */
  g_assert_true (press (f, GDK_KEY_b, 0));
  g_assert_true (beam_chart_get_current (f->chart) == BEAM_SERIES (f->p50));
  g_assert_true (press (f, GDK_KEY_A, GDK_SHIFT_MASK));
  g_assert_true (beam_chart_get_current (f->chart) == BEAM_SERIES (f->p99));
  g_assert_false (press (f, GDK_KEY_c, 0));

  press (f, GDK_KEY_Escape, 0);
  g_assert_nonnull (beam_chart_get_current (f->chart));
  press (f, GDK_KEY_Escape, 0);
  g_assert_null (beam_chart_get_current (f->chart));
}

static void
test_selection (Fixture       *f,
                gconstpointer  data)
{
  BeamTimeAxis *time = beam_chart_get_time_axis (f->chart);
  BeamCursor *cursor = beam_chart_get_cursor (f->chart);
  gint64 from_us, to_us;

  press (f, GDK_KEY_Home, 0);
  for (int i = 0; i < 20; i++)
    g_assert_true (press (f, GDK_KEY_Right, GDK_SHIFT_MASK));
  g_assert_true (beam_cursor_get_selection (cursor, &from_us, &to_us));
  /* The edge is at a whole pixel, a sample at a whole second. */
  g_assert_cmpint ((to_us - from_us + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC, ==, 20);
  assert_says (f, "40 seconds ago: p50 10, p99 120; 20.0 s selected");

  /* P keeps it, and what is shown stays as it is. */
  g_assert_true (press (f, GDK_KEY_p, 0));
  g_assert_false (beam_cursor_get_selection (cursor, &from_us, &to_us));
  g_assert_true (beam_time_axis_get_pinned (time, &from_us, &to_us));
  g_assert_cmpint ((to_us - from_us + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC, ==, 20);
  g_assert_cmpint (beam_time_axis_get_mode (time), ==, BEAM_TIME_LIVE);

  /* Enter zooms to it. */
  press (f, GDK_KEY_Left, GDK_SHIFT_MASK | GDK_CONTROL_MASK);
  g_assert_true (press (f, GDK_KEY_Return, 0));
  g_assert_cmpint (beam_time_axis_get_mode (time), ==, BEAM_TIME_ZOOMED);
  g_assert_true (press (f, GDK_KEY_0, 0));
  g_assert_cmpint (beam_time_axis_get_mode (time), ==, BEAM_TIME_LIVE);

  g_assert_true (press (f, GDK_KEY_p, 0));
  g_assert_false (beam_time_axis_get_pinned (time, &from_us, &to_us));
}

/* What answers a key stands still while the chart has the focus. */
static void
test_answer_stays (Fixture       *f,
                   gconstpointer  data)
{
  press (f, GDK_KEY_Home, 0);
  f->chart->described_us = 0;
  if (gtk_widget_has_focus (GTK_WIDGET (f->chart)))
    {
      beam_array_series_append (f->p99, NOW_US, 7);
      run_frames (f->window, 3);
      while (f->chart->describe_id != 0)
        g_main_context_iteration (NULL, TRUE);
      assert_says (f, "60 seconds ago: p50 10, p99 100");
    }
  else
    g_test_skip ("the window has no focus");
}

/* --- Series on and off --- */

static guint
n_items (Fixture *f)
{
  guint n = 0;

  for (GtkWidget *item = gtk_widget_get_first_child (f->chart->items); item != NULL; item = gtk_widget_get_next_sibling (item))
    n++;
  return n;
}

static void
test_shown (Fixture       *f,
            gconstpointer  data)
{
  BeamGeometry before, after;
  double low, high;

  g_assert_cmpuint (n_items (f), ==, 2);
  beam_chart_get_geometry (f->chart, &before);
  beam_chart_set_series_shown (f->chart, BEAM_SERIES (f->p99), FALSE);
  run_frames (f->window, 3);
  /* The line and the band are gone, and the scale fits what is left. */
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (beam_chart_get_layer (f->chart, 0))));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (beam_chart_get_layer (f->chart, 1))));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (beam_chart_get_layer (f->chart, 2))));
  beam_chart_get_geometry (f->chart, &after);
  g_assert_cmpfloat (after.high, <, before.high);
  g_assert_cmpuint (n_items (f), ==, 1);
  f->chart->spoken = FALSE; /* as if it had no focus */
  beam_chart_queue_describe (f->chart);
  while (f->chart->describe_id != 0)
    g_main_context_iteration (NULL, TRUE);
  assert_says (f, "p50 10 (10 – 10)");
  press (f, GDK_KEY_Home, 0);
  assert_says (f, "60 seconds ago: p50 10");

  beam_chart_set_series_shown (f->chart, BEAM_SERIES (f->p99), TRUE);
  run_frames (f->window, 3);
  beam_value_axis_get_range (beam_chart_get_value_axis (f->chart), &low, &high);
  g_assert_cmpfloat (high, >=, 150);
  g_assert_cmpuint (n_items (f), ==, 2);
}

/* What no layer has any more is not chosen, and is not kept alive for being off. */
static void
test_lost_series (Fixture       *f,
                  gconstpointer  data)
{
  BeamSeries *last = BEAM_SERIES (beam_array_series_new ("p999"));

  beam_chart_set_current (f->chart, BEAM_SERIES (f->p50));
  beam_chart_set_series_shown (f->chart, BEAM_SERIES (f->p99), FALSE);
  /* The lines still have both. */
  beam_chart_remove_layer (f->chart, beam_chart_get_layer (f->chart, 0));
  g_assert_true (beam_chart_get_current (f->chart) == BEAM_SERIES (f->p50));
  g_assert_false (beam_chart_get_series_shown (f->chart, BEAM_SERIES (f->p99)));

  beam_chart_remove_layer (f->chart, beam_chart_get_layer (f->chart, 0));
  g_assert_null (beam_chart_get_current (f->chart));
  g_assert_false (beam_chart_get_series_shown (f->chart, BEAM_SERIES (f->p99)));

  /* A layer that gets another series. */
  beam_line_layer_set_series (BEAM_LINE_LAYER (beam_chart_get_layer (f->chart, 0)), last);
  g_assert_true (beam_chart_get_series_shown (f->chart, BEAM_SERIES (f->p99)));
  beam_chart_set_current (f->chart, last);
  beam_line_layer_set_series (BEAM_LINE_LAYER (beam_chart_get_layer (f->chart, 0)), BEAM_SERIES (f->p50));
  g_assert_null (beam_chart_get_current (f->chart));

  beam_line_layer_set_series (BEAM_LINE_LAYER (beam_chart_get_layer (f->chart, 0)), last);
  beam_chart_set_series_shown (f->chart, last, FALSE);
  beam_chart_remove_layer (f->chart, beam_chart_get_layer (f->chart, 0));
  run_frames (f->window, 3);
  g_assert_finalize_object (last);
}

/* --- Access --- */

static void
test_items (Fixture       *f,
            gconstpointer  data)
{
  GtkWidget *first = gtk_widget_get_first_child (f->chart->items);

  while (f->chart->describe_id != 0)
    g_main_context_iteration (NULL, TRUE);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (f->chart->items), GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (first), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (first), GTK_ACCESSIBLE_PROPERTY_LABEL, "p50: 10");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_next_sibling (first)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "p99: 150");
}

/* --- Menu and table --- */

/* Whether a label of exactly this text is at @root or below it. */
static gboolean
has_label (GtkWidget  *root,
           const char *text)
{
  if (GTK_IS_LABEL (root) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (root)), text) == 0)
    return TRUE;

  for (GtkWidget *each = gtk_widget_get_first_child (root); each != NULL; each = gtk_widget_get_next_sibling (each))
    if (has_label (each, text))
      return TRUE;

  return FALSE;
}

static void
test_menu (Fixture       *f,
           gconstpointer  data)
{
  g_assert_null (f->chart->menu);
  g_object_set (f->p99, "name", "p_99", NULL); /* no mnemonic */
  g_assert_true (press (f, GDK_KEY_F10, GDK_SHIFT_MASK));
  g_assert_nonnull (f->chart->menu);
  g_assert_true (gtk_widget_get_visible (f->chart->menu));
  run_frames (f->window, 3);
  g_assert_true (has_label (f->chart->menu, "p_99"));

  /* A check of the menu switches the series. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->chart), "series.show-1", NULL));
  g_assert_false (beam_chart_get_series_shown (f->chart, BEAM_SERIES (f->p99)));
  gtk_popover_popdown (GTK_POPOVER (f->chart->menu));
  g_assert_true (press (f, GDK_KEY_Menu, 0));
  gtk_popover_popdown (GTK_POPOVER (f->chart->menu));

  /* F10 alone is the window's menu. */
  g_assert_false (press (f, GDK_KEY_F10, 0));
}

static void
leave (Fixture *f)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (f->chart));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        g_signal_emit_by_name (controller, "leave");
    }
}

/* The time that a menu was opened at stays while the picture slides, and goes with the menu. */
static void
test_menu_time (Fixture       *f,
                gconstpointer  data)
{
  BeamCursor *cursor = beam_chart_get_cursor (f->chart);
  gint64 at_us;

  beam_chart_point_at (f->chart, 250);
  at_us = beam_cursor_get_time (cursor);
  press (f, GDK_KEY_F10, GDK_SHIFT_MASK);
  leave (f);
  g_assert_true (beam_cursor_is_set (cursor));
  beam_time_axis_set_now (beam_chart_get_time_axis (f->chart), NOW_US + SECONDS (5));
  run_frames (f->window, 3);
  g_assert_cmpint (beam_cursor_get_time (cursor), ==, at_us);

  gtk_popover_popdown (GTK_POPOVER (f->chart->menu));
  g_assert_true (beam_cursor_is_set (cursor));
  while (beam_cursor_is_set (cursor))
    g_main_context_iteration (NULL, TRUE);

  beam_chart_point_at (f->chart, 250);
  leave (f);
  g_assert_false (beam_cursor_is_set (cursor));
}

static GtkWidget *
find_table (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (BEAM_IS_TABLE_WINDOW (l->data))
      return l->data;

  return NULL;
}

static void
test_table (Fixture       *f,
            gconstpointer  data)
{
  GtkWidget *table;

  g_assert_true (press (f, GDK_KEY_t, 0));
  table = find_table ();
  g_assert_nonnull (table);
  run_frames (table, 3);
  /* 51 samples, and the gap. */
  g_assert_cmpuint (beam_table_get_n_rows (beam_table_window_get_table (BEAM_TABLE_WINDOW (table))), ==, 52);

  beam_array_series_append (f->p99, NOW_US, 7);
  g_assert_cmpuint (beam_table_get_n_rows (beam_table_window_get_table (BEAM_TABLE_WINDOW (table))), ==, 52);
  gtk_widget_activate_action (table, "table.refresh", NULL);
  g_assert_cmpuint (beam_table_get_n_rows (beam_table_window_get_table (BEAM_TABLE_WINDOW (table))), ==, 53);
  run_frames (table, 3);

  /* The chart may go first. */
  gtk_window_set_child (GTK_WINDOW (f->window), NULL);
  gtk_widget_activate_action (table, "table.refresh", NULL);
  run_frames (table, 2);
  gtk_window_destroy (GTK_WINDOW (table));
  f->chart = NULL;
}

/* --- Files --- */

static void
test_formats (Fixture       *f,
              gconstpointer  data)
{
  static const char * const magic[] = { "\211PNG", "<?xml", "%PDF", "time,Latency of Orders p50,Latency of Orders p99 (s),note" };
  g_autoptr (BeamSheet) sheet = beam_sheet_new ("Orders", "27 November 2026");

  beam_sheet_begin_row (sheet, "Latency");
  beam_sheet_add_chart (sheet, f->chart, "Orders", 0);
  for (guint i = BEAM_FILE_PNG; i <= BEAM_FILE_CSV; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = beam_sheet_to_bytes (sheet, i, &error);
      BeamFileFormat format;
      gsize size;
      const char *start;

      g_assert_no_error (error);
      start = g_bytes_get_data (bytes, &size);
      g_assert_cmpuint (size, >, 200);
      g_assert_true (g_str_has_prefix (start, magic[i]));
      g_assert_true (beam_file_format_parse (beam_file_format_get_extension (i), &format));
      g_assert_cmpuint (format, ==, i);
    }
}

/* Paper is white with black ink, whatever the screen is, and the screen keeps
 * its style and its geometry. */
static void
test_print_leaves_no_trace (Fixture       *f,
                            gconstpointer  data)
{
  g_autoptr (BeamSheet) sheet = beam_sheet_new (NULL, NULL);
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = NULL;
  BeamGeometry before, after;
  BeamStyle style = f->chart->style;
  guint width, height, n_white = 0;

  beam_chart_get_geometry (f->chart, &before);
  beam_sheet_begin_row (sheet, NULL);
  beam_sheet_add_chart (sheet, f->chart, NULL, BEAM_IDENTITY_NEUTRAL);
  png = beam_sheet_to_bytes (sheet, BEAM_FILE_PNG, NULL);
  beam_chart_get_geometry (f->chart, &after);
  g_assert_cmpmem (&before, sizeof before, &after, sizeof after);
  g_assert_cmpmem (&style, sizeof style, &f->chart->style, sizeof style);

  texture = gdk_texture_new_from_bytes (png, NULL);
  width = (guint) gdk_texture_get_width (texture);
  height = (guint) gdk_texture_get_height (texture);
  pixels = g_new (guint32, width * height);
  gdk_texture_download (texture, (guchar *) pixels, width * 4);
  for (guint i = 0; i < width * height; i++)
    n_white += (pixels[i] & 0xffffff) == 0xffffff;
  g_assert_cmpuint (n_white, >, width * height / 2);
  g_assert_cmpuint (n_white, <, width * height);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GAsyncResult **ret = user_data;

  *ret = g_object_ref (result);
}

static void
save (BeamSheet  *sheet,
      const char *path,
      GError    **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  beam_sheet_save_async (sheet, file, BEAM_FILE_SVG, NULL, saved_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  beam_sheet_save_finish (sheet, result, error);
}

static void
test_save (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *folder = g_dir_make_tmp ("beam-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "chart.svg", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "missing", "chart.svg", NULL);
  g_autoptr (BeamSheet) sheet = beam_sheet_new ("Orders", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;

  beam_sheet_begin_row (sheet, NULL);
  beam_sheet_add_chart (sheet, f->chart, NULL, BEAM_IDENTITY_NEUTRAL);
  save (sheet, path, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_nonnull (strstr (content, "</svg>"));

  save (sheet, nowhere, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_remove (path);
  g_rmdir (folder);
}

/* A sheet of charts that nobody has looked at yet. */
static void
test_unmapped (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (BeamSheet) sheet = beam_sheet_new ("Orders", NULL);
  BeamChart *chart = BEAM_CHART (g_object_ref_sink (beam_chart_new (NULL, NULL, NULL)));
  g_autoptr (GBytes) bytes = NULL;

  beam_sheet_begin_row (sheet, NULL);
  beam_sheet_add_chart (sheet, chart, NULL, BEAM_IDENTITY_NEUTRAL);
  beam_sheet_add_chart (sheet, f->chart, "Orders", 0);
  beam_sheet_begin_row (sheet, "Nothing");
  bytes = beam_sheet_to_bytes (sheet, BEAM_FILE_PDF, NULL);
  g_assert_nonnull (bytes);
  g_object_unref (chart);
}

static void
test_values_text (Fixture       *f,
                  gconstpointer  data)
{
  g_autofree char *text = NULL;

  press (f, GDK_KEY_Home, 0);
  text = beam_chart_get_values_text (f->chart);
  g_assert_cmpstr (text, ==, "p50 10\np99 100\n");
}

/* The pinned window and its levels are drawn when they are new. */
static void
test_pin_drawn (Fixture       *f,
                gconstpointer  data)
{
  BeamTimeAxis *time = beam_chart_get_time_axis (f->chart);
  guint before = beam_layer_get_n_draws (f->chart->body);

  beam_time_axis_pin (time, NOW_US - SECONDS (50), NOW_US - SECONDS (30));
  run_frames (f->window, 3);
  g_assert_cmpuint (beam_layer_get_n_draws (f->chart->body), ==, before + 1);
  run_frames (f->window, 3);
  g_assert_cmpuint (beam_layer_get_n_draws (f->chart->body), ==, before + 1);
  beam_time_axis_unpin (time);
  run_frames (f->window, 3);
  g_assert_cmpuint (beam_layer_get_n_draws (f->chart->body), ==, before + 2);
}

/* A picture of the past stands still while samples arrive. */
static void
test_past_stands_still (Fixture       *f,
                        gconstpointer  data)
{
  BeamTimeAxis *time = beam_chart_get_time_axis (f->chart);
  guint before;

  beam_time_axis_zoom_to (time, NOW_US - SECONDS (40), NOW_US - SECONDS (20));
  run_frames (f->window, 3);
  before = beam_layer_get_n_draws (beam_chart_get_layer (f->chart, 2));
  for (int i = 0; i < 3; i++)
    {
      beam_array_series_append (f->p99, NOW_US + i, 100);
      run_frames (f->window, 2);
    }
  g_assert_cmpuint (beam_layer_get_n_draws (beam_chart_get_layer (f->chart, 2)), ==, before);

  /* What may have changed in view is drawn. */
  beam_series_emit_changed (BEAM_SERIES (f->p99));
  run_frames (f->window, 3);
  g_assert_cmpuint (beam_layer_get_n_draws (beam_chart_get_layer (f->chart, 2)), ==, before + 1);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  add ("/acts/keys/cursor", test_cursor);
  add ("/acts/keys/series", test_series);
  add ("/acts/keys/selection", test_selection);
  add ("/acts/keys/answer-stays", test_answer_stays);
  add ("/acts/shown", test_shown);
  add ("/acts/lost-series", test_lost_series);
  add ("/acts/items", test_items);
  add ("/acts/menu", test_menu);
  add ("/acts/menu-time", test_menu_time);
  add ("/acts/table", test_table);
  add ("/acts/formats", test_formats);
  add ("/acts/print-leaves-no-trace", test_print_leaves_no_trace);
  add ("/acts/save", test_save);
  add ("/acts/unmapped", test_unmapped);
  add ("/acts/values-text", test_values_text);
  add ("/acts/pin-drawn", test_pin_drawn);
  add ("/acts/past-stands-still", test_past_stands_still);
  return g_test_run ();
}
