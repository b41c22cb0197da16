/* chart-playground.c: pokes the charts by hand, and photographs them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Not a test. Without options a window with two columns of three linked charts
 * runs live on a made-up pair of servers. With --png FILE the page is written to
 * a file at a standing time and the program ends, so that a change can be
 * looked at before and after. --dark, --rtl, --scale N, --width N, --dense,
 * --cursor SECONDS (before now), --empty, --hc, --rows N.
 */
#include <math.h>
#include <stdlib.h>

#include "beam.h"

static char *png;
static gboolean dark, rtl, dense, empty, focus;
static int scale = 1, page_width = 1260, row_height = 170, window_s = 250;
static double cursor_s = -1;

static const GOptionEntry options[] = {
  { "png", 0, 0, G_OPTION_ARG_FILENAME, &png, "Write the page to FILE and end", "FILE" },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Dark style", NULL },
  { "rtl", 0, 0, G_OPTION_ARG_NONE, &rtl, "Right to left", NULL },
  { "dense", 0, 0, G_OPTION_ARG_NONE, &dense, "A hundred samples a second", NULL },
  { "empty", 0, 0, G_OPTION_ARG_NONE, &empty, "No samples", NULL },
  { "focus", 0, 0, G_OPTION_ARG_NONE, &focus, "Show the focus ring", NULL },
  { "scale", 0, 0, G_OPTION_ARG_INT, &scale, "Device pixels per pixel in the picture", "N" },
  { "width", 0, 0, G_OPTION_ARG_INT, &page_width, "Width of the page", "N" },
  { "height", 0, 0, G_OPTION_ARG_INT, &row_height, "Height of a row", "N" },
  { "window", 0, 0, G_OPTION_ARG_INT, &window_s, "Seconds shown", "N" },
  { "cursor", 0, 0, G_OPTION_ARG_DOUBLE, &cursor_s, "Cursor so many seconds before now", "S" },
  { NULL },
};

#define START_US (G_GINT64_CONSTANT (1000) * G_USEC_PER_SEC)

typedef struct {
  BeamArraySeries *in_flight;
  BeamArraySeries *p50;
  BeamArraySeries *p99;
  BeamArraySeries *cost;
  double           load;
  double           slow;
  GRand           *random;
} Server;

typedef struct {
  BeamTimeAxis  *time;
  BeamValueAxis *axes[3];
  BeamCursor    *cursor;
  Server         servers[2];
  gint64         now_us;
} Page;

static char *
format_count (double value, double step, BeamFormatUse use, gpointer data)
{
  return g_strdup_printf ("%.0f", value);
}

static char *
format_seconds (double value, double step, BeamFormatUse use, gpointer data)
{
  return value >= 1 ? g_strdup_printf ("%.3g s", value) : g_strdup_printf ("%.3g ms", value * 1000);
}

static char *
format_money (double value, double step, BeamFormatUse use, gpointer data)
{
  return g_strdup_printf (use == BEAM_FORMAT_TICK ? "$%.2f" : "$%.2f per million", value);
}

static void
server_init (Server *server, int which)
{
  static const char * const names[] = { "Requests in flight", "p50 latency", "p99 latency", "Cost" };

  server->in_flight = beam_array_series_new (names[0]);
  server->p50 = beam_array_series_new (names[1]);
  server->p99 = beam_array_series_new (names[2]);
  server->cost = beam_array_series_new (names[3]);
  server->random = g_rand_new_with_seed (40 + which);
  server->slow = 1;
}

static void
server_sample (Server *server, int which, gint64 time_us)
{
  double age = (double) (time_us - START_US) / G_USEC_PER_SEC;
  double rise = CLAMP ((age - 40) / 90, 0, 1);
  double noise = g_rand_double_range (server->random, -1, 1);
  gboolean is_down = which == 1 && age > 118 && age < 136;
  double known = is_down ? (double) NAN : 1;

  server->load = 0.9 * server->load + 0.1 * (noise * 40);
  server->slow = which == 0 ? 1 : 1 + rise * 6;
  beam_array_series_append (server->in_flight, time_us,
                            known * fmax (0, rise * (320 + which * 60) + server->load + noise * 6));
  beam_array_series_append (server->p50, time_us, known * (0.021 + 0.002 * noise) * sqrt (server->slow));
  beam_array_series_append (server->p99, time_us,
                            known * (0.034 + 0.006 * noise + 0.0002 * fabs (server->load)) * server->slow);
  beam_array_series_append (server->cost, time_us, known * (0.4 + which * rise * 0.4 + noise * 0.008));
}

static void
page_advance (Page *page, gint64 now_us)
{
  gint64 step = G_USEC_PER_SEC / (dense ? 100 : 1);

  for (; !empty && page->now_us + step <= now_us; page->now_us += step)
    for (int i = 0; i < 2; i++)
      server_sample (&page->servers[i], i, page->now_us + step);
  beam_time_axis_set_now (page->time, now_us);
}

static void
add_line (GtkWidget *chart, BeamArraySeries *series, int identity, BeamWeight weight, const char *label)
{
  BeamLayer *layer = beam_line_layer_new (BEAM_SERIES (series));

  beam_layer_set_identity (layer, identity);
  beam_layer_set_label (layer, label);
  beam_line_layer_set_weight (BEAM_LINE_LAYER (layer), weight);
  beam_chart_add_layer (BEAM_CHART (chart), layer);
}

static void
fill_chart (GtkWidget *chart, Server *server, int which, int row)
{
  BeamLayer *layer;

  if (row == 0)
    {
      layer = beam_area_layer_new (BEAM_SERIES (server->in_flight));
      beam_layer_set_identity (layer, which);
      beam_chart_add_layer (BEAM_CHART (chart), layer);
      add_line (chart, server->in_flight, which, BEAM_WEIGHT_STRONG, NULL);
    }
  else if (row == 1)
    {
      layer = beam_band_layer_new (BEAM_SERIES (server->p50), BEAM_SERIES (server->p99));
      beam_layer_set_identity (layer, which);
      beam_chart_add_layer (BEAM_CHART (chart), layer);
      beam_chart_add_layer (BEAM_CHART (chart), beam_threshold_layer_new (0.1, "SLO 100 ms"));
      add_line (chart, server->p50, which, BEAM_WEIGHT_LIGHT, "p50");
      add_line (chart, server->p99, which, BEAM_WEIGHT_STRONG, "p99");
    }
  else
    {
      add_line (chart, server->cost, which, BEAM_WEIGHT_STRONG, NULL);
    }
}

static void
page_init (Page *page, GtkGrid *grid)
{
  static const char * const titles[] = { "Requests in flight", "Latency, p50 to p99 (log scale)", "Cost at this load" };

  page->now_us = START_US;
  page->time = beam_time_axis_new (window_s * G_USEC_PER_SEC);
  page->cursor = beam_cursor_new ();
  for (int row = 0; row < 3; row++)
    page->axes[row] = beam_value_axis_new (row == 1 ? BEAM_SCALE_LOG : BEAM_SCALE_LINEAR);
  beam_value_axis_set_format_func (page->axes[0], format_count, NULL, NULL);
  beam_value_axis_set_format_func (page->axes[1], format_seconds, NULL, NULL);
  beam_value_axis_set_format_func (page->axes[2], format_money, NULL, NULL);
  beam_value_axis_set_include (page->axes[1], 0.1);

  for (int which = 0; which < 2; which++)
    {
      server_init (&page->servers[which], which);
      gtk_grid_attach (grid, beam_swatch_new (which), which, 0, 1, 1);
      for (int row = 0; row < 3; row++)
        {
          GtkWidget *chart = beam_chart_new (page->time, page->axes[row], page->cursor);
          GtkWidget *title = gtk_label_new (titles[row]);

          beam_chart_set_title (BEAM_CHART (chart), titles[row]);
          beam_chart_set_empty_text (BEAM_CHART (chart), "No data yet");
          gtk_widget_set_hexpand (chart, TRUE);
          gtk_widget_set_size_request (chart, -1, row_height);
          gtk_widget_add_css_class (title, "heading");
          gtk_label_set_xalign (GTK_LABEL (title), 0);
          fill_chart (chart, &page->servers[which], which, row);
          gtk_grid_attach (grid, title, which, 1 + row * 2, 1, 1);
          gtk_grid_attach (grid, chart, which, 2 + row * 2, 1, 1);
        }
    }
  if (!empty)
    {
      beam_array_series_add_gap (page->servers[1].in_flight, START_US + 118 * G_USEC_PER_SEC,
                                 START_US + 136 * G_USEC_PER_SEC, "refused");
      beam_array_series_add_gap (page->servers[1].in_flight, START_US + 136 * G_USEC_PER_SEC,
                                 START_US + 136 * G_USEC_PER_SEC, "restart");
      beam_array_series_add_gap (page->servers[1].p99, START_US + 118 * G_USEC_PER_SEC,
                                 START_US + 136 * G_USEC_PER_SEC, "connection refused");
    }
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  static gint64 start;
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  start = start == 0 ? now : start;
  page_advance (data, START_US + window_s * G_USEC_PER_SEC + now - start);
  return G_SOURCE_CONTINUE;
}

static gboolean
quit_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
spin (guint ms)
{
  gboolean done = FALSE;

  g_timeout_add (ms, quit_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
photograph (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderer *renderer = gsk_cairo_renderer_new ();
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderNode *node;

  gtk_snapshot_scale (snapshot, (float) scale, (float) scale);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_renderer_realize (renderer, NULL, NULL);
  texture = gsk_renderer_render_texture (renderer, node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) (width * scale), (float) (height * scale)));
  gdk_texture_save_to_png (texture, png);
  gsk_render_node_unref (node);
  gsk_renderer_unrealize (renderer);
  g_object_unref (renderer);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GtkWidget *window, *grid;
  Page page = { 0 };

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL))
    return EXIT_FAILURE;

  gtk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", dark, NULL);

  window = gtk_window_new ();
  grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_widget_set_margin_start (grid, 12);
  gtk_widget_set_margin_end (grid, 12);
  gtk_widget_add_css_class (window, "background");
  if (rtl)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  page_init (&page, GTK_GRID (grid));
  gtk_window_set_child (GTK_WINDOW (window), grid);
  gtk_window_set_default_size (GTK_WINDOW (window), page_width, -1);

  if (png == NULL)
    gtk_widget_add_tick_callback (grid, tick_cb, &page, NULL);
  else
    page_advance (&page, START_US + window_s * G_USEC_PER_SEC);
  if (cursor_s >= 0)
    beam_cursor_set_time (page.cursor, START_US + (gint64) ((window_s - cursor_s) * G_USEC_PER_SEC));

  gtk_window_present (GTK_WINDOW (window));
  if (focus)
    {
      gtk_window_set_focus_visible (GTK_WINDOW (window), TRUE);
      gtk_widget_grab_focus (gtk_grid_get_child_at (GTK_GRID (grid), 0, 2));
    }
  if (png != NULL)
    {
      spin (400);
      photograph (window);
      return EXIT_SUCCESS;
    }

  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return EXIT_SUCCESS;
}
