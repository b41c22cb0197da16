/* test-live-page.c: the Live page with sources and a clock that stand still
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "sy-columns-box.h"
#include "sy-error.h"
#include "sy-live-fixture.h"
#include "sy-live-metrics.h"
#include "sy-live-sheet.h"

/* Where @value is drawn, in pixels of the page. */
static double
page_y (SyLiveFixture *f,
        BeamChart     *chart,
        double         value)
{
  BeamGeometry geometry;
  graphene_point_t point;

  g_assert_true (beam_chart_get_geometry (chart, &geometry));
  g_assert_true (gtk_widget_compute_point (GTK_WIDGET (chart), GTK_WIDGET (f->page),
                                           &GRAPHENE_POINT_INIT (0, (float) beam_geometry_y (&geometry, value)), &point));

  return (double) point.y;
}

static double
page_x (SyLiveFixture *f,
        BeamChart     *chart,
        gint64         time_us)
{
  BeamGeometry geometry;
  graphene_point_t point;

  g_assert_true (beam_chart_get_geometry (chart, &geometry));
  g_assert_true (gtk_widget_compute_point (GTK_WIDGET (chart), GTK_WIDGET (f->page),
                                           &GRAPHENE_POINT_INIT ((float) beam_geometry_x (&geometry, time_us), 0), &point));

  return (double) point.x;
}

static void
test_equal_pixel_rows (SyLiveFixture *f,
                       gconstpointer  data)
{
  static const struct { SyRow row; double values[3]; } cases[] = {
    { SY_ROW_IN_FLIGHT, { 0, 8, 80 } },
    { SY_ROW_LATENCY, { 0.02, 0.05, 0.4 } },
    { SY_ROW_THROUGHPUT, { 0, 100, 200 } },
    { SY_ROW_MEMORY, { 0, 48e6, 120e6 } },
  };

  sy_live_fixture_run (f, 20);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BeamChart *a = sy_live_fixture_get_chart (f, cases[i].row, 0);
      BeamChart *b = sy_live_fixture_get_chart (f, cases[i].row, 1);

      for (gsize j = 0; j < G_N_ELEMENTS (cases[i].values); j++)
        g_assert_cmpfloat_with_epsilon (page_y (f, a, cases[i].values[j]), page_y (f, b, cases[i].values[j]), 1e-4);
    }

  /* Different data have made one axis: 8 is not drawn where 80 is. */
  g_assert_cmpfloat (page_y (f, sy_live_fixture_get_chart (f, SY_ROW_IN_FLIGHT, 0), 8), >,
                     page_y (f, sy_live_fixture_get_chart (f, SY_ROW_IN_FLIGHT, 1), 80) + 20);
}

static void
test_equal_pixel_columns (SyLiveFixture *f,
                          gconstpointer  data)
{
  gint64 time_us = sy_clock_get_monotonic (f->clock) + 5 * SY_USEC_PER_SEC;
  double x;

  sy_live_fixture_run (f, 20);
  x = page_x (f, sy_live_fixture_get_chart (f, SY_ROW_IN_FLIGHT, 0), time_us);

  /* The crosshair is one line through all rows. */
  for (guint row = 0; row < SY_N_ROWS; row++)
    g_assert_cmpfloat_with_epsilon (page_x (f, sy_live_fixture_get_chart (f, row, 0), time_us), x, 1e-4);

  for (guint row = 0; row < SY_N_ROWS; row++)
    g_assert_true (beam_chart_get_cursor (sy_live_fixture_get_chart (f, row, 0)) == beam_chart_get_cursor (sy_live_fixture_get_chart (f, row, 1)));
}

static void
test_units_apart (SyLiveFixture *f,
                  gconstpointer  data)
{
  sy_clock_advance (f->clock, SY_USEC_PER_SEC);
  sy_still_source_say (sy_live_fixture_get_source (f, 0), "# TYPE nodejs_eventloop_lag_seconds gauge\nnodejs_eventloop_lag_seconds 0.002\n");
  sy_still_source_say (sy_live_fixture_get_source (f, 1),
                       "# TYPE steelyard_server_info gauge\nsteelyard_server_info 1\n"
                       "# TYPE steelyard_workers_busy gauge\nsteelyard_workers_busy 3\n");
  sy_clock_advance (f->clock, SY_USEC_PER_SEC);
  sy_live_fixture_settle (f->window);
  g_assert_cmpfloat (sy_backend_get_reading (sy_live_fixture_get_backend (f, 1))->workers_busy, ==, 3);

  g_assert_true (beam_chart_get_value_axis (sy_live_fixture_get_chart (f, SY_ROW_SATURATION, 0)) !=
                 beam_chart_get_value_axis (sy_live_fixture_get_chart (f, SY_ROW_SATURATION, 1)));
}

static void
test_sizes (SyLiveFixture *f,
            gconstpointer  data)
{
  static const struct { int width; gboolean stacked; } cases[] = {
    { 360, TRUE }, { 600, TRUE }, { 680, FALSE }, { 1280, FALSE }, { 2560, FALSE },
  };
  int minimum;

  sy_live_fixture_run (f, 3);
  gtk_widget_measure (GTK_WIDGET (f->page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *a = GTK_WIDGET (sy_live_fixture_get_chart (f, SY_ROW_IN_FLIGHT, 0));
      GtkWidget *b = GTK_WIDGET (sy_live_fixture_get_chart (f, SY_ROW_IN_FLIGHT, 1));
      graphene_rect_t a_bounds, b_bounds;

      /* A window is not made larger than its screen unless it has to be. */
      gtk_widget_set_size_request (GTK_WIDGET (f->page), cases[i].width > 1280 ? cases[i].width : -1, -1);
      gtk_window_set_default_size (GTK_WINDOW (f->window), cases[i].width, 800);
      sy_live_fixture_settle (f->window);
      g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (f->page)), ==, cases[i].width);
      g_assert_true (gtk_widget_compute_bounds (a, GTK_WIDGET (f->page), &a_bounds));
      g_assert_true (gtk_widget_compute_bounds (b, GTK_WIDGET (f->page), &b_bounds));

      g_test_message ("%d pixels", cases[i].width);
      if (cases[i].stacked)
        g_assert_cmpfloat (b_bounds.origin.y, >=, a_bounds.origin.y + a_bounds.size.height);
      else
        g_assert_cmpfloat_with_epsilon (b_bounds.origin.y, a_bounds.origin.y, 1e-4);

      /* Linked still: same height, same width, same range. */
      g_assert_cmpfloat_with_epsilon (a_bounds.size.height, b_bounds.size.height, 1.01);
      g_assert_cmpfloat_with_epsilon (a_bounds.size.width, b_bounds.size.width, 1.01);
      g_assert_true (beam_chart_get_value_axis (BEAM_CHART (a)) == beam_chart_get_value_axis (BEAM_CHART (b)));
      g_assert_cmpfloat (b_bounds.origin.x + b_bounds.size.width, <=, cases[i].width);
    }
}

static void
test_six_backends (SyLiveFixture *f,
                   gconstpointer  data)
{
  sy_live_fixture_add (f, "C", "c");
  sy_live_fixture_add (f, "D", "d");
  sy_live_fixture_add (f, "E", "e");
  sy_live_fixture_add (f, "F", "f");
  sy_live_fixture_settle (f->window);

  for (guint i = 0; i < 6; i++)
    {
      g_assert_nonnull (sy_live_page_get_header (f->page, i));
      g_assert_cmpint (sy_backend_get_identity (sy_live_fixture_get_backend (f, i)), ==, i);
    }

  /* Evenly: never five and one. */
  g_assert_cmpuint (sy_columns_box_per_line (1256, 6, SY_LIVE_MIN_COLUMN_WIDTH, SY_LIVE_COLUMN_SPACING), ==, 3);
  g_assert_cmpuint (sy_columns_box_per_line (1256, 5, SY_LIVE_MIN_COLUMN_WIDTH, SY_LIVE_COLUMN_SPACING), ==, 3);
  g_assert_cmpuint (sy_columns_box_per_line (2536, 6, SY_LIVE_MIN_COLUMN_WIDTH, SY_LIVE_COLUMN_SPACING), ==, 6);
  g_assert_cmpuint (sy_columns_box_per_line (336, 6, SY_LIVE_MIN_COLUMN_WIDTH, SY_LIVE_COLUMN_SPACING), ==, 1);
  g_assert_cmpuint (sy_columns_box_per_line (0, 6, SY_LIVE_MIN_COLUMN_WIDTH, SY_LIVE_COLUMN_SPACING), ==, 1);
}

static void
test_remove (SyLiveFixture *f,
             gconstpointer  data)
{
  SyBackend *removed = NULL;

  sy_live_fixture_run (f, 3);
  g_signal_connect_swapped (f->page, "remove-requested", G_CALLBACK (g_set_object), &removed);
  gtk_widget_activate_action (GTK_WIDGET (sy_live_page_get_header (f->page, 0)), "backend.remove", NULL);
  g_assert_true (removed == sy_live_fixture_get_backend (f, 0));
  g_clear_object (&removed);

  g_list_store_remove (f->backends, 0);
  sy_live_fixture_settle (f->window);
  g_assert_cmpstr (beam_chart_get_title (sy_live_fixture_get_chart (f, SY_ROW_THROUGHPUT, 0)), ==, "Throughput of Basket");
  g_assert_null (sy_live_page_get_header (f->page, 1));
  g_assert_null (sy_live_row_get_cell (sy_live_page_get_row (f->page, SY_ROW_COST), 1));

  /* Who stays keeps colour and shape. */
  g_assert_cmpint (sy_backend_get_identity (sy_live_fixture_get_backend (f, 0)), ==, 1);

  g_list_store_remove_all (f->backends);
  sy_live_fixture_settle (f->window);
  g_assert_null (sy_live_page_get_header (f->page, 0));
}

static void
test_pause (SyLiveFixture *f,
            gconstpointer  data)
{
  BeamTimeAxis *time = sy_live_axes_get_time (sy_live_page_get_axes (f->page));
  gint64 from_us, to_us, still_us;

  sy_live_fixture_run (f, 3);
  beam_time_axis_get_range (time, &from_us, &to_us);
  g_assert_cmpint (to_us, ==, sy_clock_get_monotonic (f->clock));

  sy_live_page_set_paused (f->page, TRUE);
  sy_live_fixture_run (f, 5);
  beam_time_axis_get_range (time, &from_us, &still_us);
  g_assert_cmpint (still_us, ==, to_us);

  /* The samples of the pause were not lost. */
  g_assert_cmpuint (sy_times_get_n (sy_history_get_times (sy_backend_get_history (sy_live_fixture_get_backend (f, 0)))), ==, 8);

  sy_live_page_set_paused (f->page, FALSE);
  sy_live_fixture_settle (f->window);
  beam_time_axis_get_range (time, &from_us, &to_us);
  g_assert_cmpint (to_us, ==, sy_clock_get_monotonic (f->clock));
}

static void
test_unmapped_costs_nothing (SyLiveFixture *f,
                             gconstpointer  data)
{
  BeamTimeAxis *time = sy_live_axes_get_time (sy_live_page_get_axes (f->page));
  gint64 before_us;

  sy_live_fixture_run (f, 1);
  before_us = beam_time_axis_get_now (time);
  gtk_widget_set_visible (GTK_WIDGET (f->page), FALSE);
  sy_clock_advance (f->clock, 30 * SY_USEC_PER_SEC);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (beam_time_axis_get_now (time), ==, before_us);

  gtk_widget_set_visible (GTK_WIDGET (f->page), TRUE);
  sy_live_fixture_settle (f->window);
  g_assert_cmpint (beam_time_axis_get_now (time), ==, sy_clock_get_monotonic (f->clock));
}

static void
test_window_grows (SyLiveFixture *f,
                   gconstpointer  data)
{
  BeamTimeAxis *time = sy_live_axes_get_time (sy_live_page_get_axes (f->page));

  sy_live_page_set_window (f->page, 240 * SY_USEC_PER_SEC);
  sy_live_fixture_run (f, 5);
  g_assert_cmpint (beam_time_axis_get_window (time), ==, 60 * SY_USEC_PER_SEC);
  sy_live_fixture_run (f, 60);
  g_assert_cmpint (beam_time_axis_get_window (time), ==, 120 * SY_USEC_PER_SEC);
  sy_live_fixture_run (f, 60);
  g_assert_cmpint (beam_time_axis_get_window (time), ==, 240 * SY_USEC_PER_SEC);
}

/* Who looks at the last seconds goes on to, however much there is by then. */
static void
test_zoom_stays (SyLiveFixture *f,
                 gconstpointer  data)
{
  BeamTimeAxis *time = sy_live_axes_get_time (sy_live_page_get_axes (f->page));
  gint64 from_us, to_us;

  sy_live_page_set_window (f->page, 240 * SY_USEC_PER_SEC);
  sy_live_fixture_run (f, 5);
  beam_time_axis_zoom_by (time, 0.25, sy_clock_get_monotonic (f->clock));
  g_assert_cmpint (beam_time_axis_get_mode (time), ==, BEAM_TIME_LIVE);

  sy_live_fixture_run (f, 130);
  beam_time_axis_get_range (time, &from_us, &to_us);
  g_assert_cmpint (to_us - from_us, ==, 15 * SY_USEC_PER_SEC);

  beam_time_axis_reset (time);
  sy_live_fixture_run (f, 1);
  beam_time_axis_get_range (time, &from_us, &to_us);
  g_assert_cmpint (to_us - from_us, ==, 240 * SY_USEC_PER_SEC);
}

static void
test_notes (SyLiveFixture *f,
            gconstpointer  data)
{
  GtkWidget *cell;

  sy_live_fixture_run (f, 5);
  cell = GTK_WIDGET (sy_live_row_get_cell (sy_live_page_get_row (f->page, SY_ROW_IN_FLIGHT), 0));
  g_assert_cmpstr (sy_live_fixture_get_text (cell, SY_TYPE_CHART_CELL, "note"), ==, "from a gauge");
  g_assert_cmpstr (sy_live_fixture_get_text (cell, SY_TYPE_CHART_CELL, "title"), ==, "Requests in flight");

  cell = GTK_WIDGET (sy_live_row_get_cell (sy_live_page_get_row (f->page, SY_ROW_CPU), 0));
  g_assert_cmpstr (beam_chart_get_empty_text (sy_chart_cell_get_chart (SY_CHART_CELL (cell))), ==,
                   "This backend does not report it");
}

#define ADD(name, func) \
  g_test_add ("/ui/live-page/" name, SyLiveFixture, NULL, sy_live_fixture_set_up, func, sy_live_fixture_tear_down)

static guint
n_charts (SyLiveFixture *f)
{
  guint n = 0;

  for (guint row = 0; row < SY_N_ROWS; row++)
    {
      g_autoptr (GPtrArray) charts = sy_live_row_get_charts (sy_live_page_get_row (f->page, row));

      n += charts->len;
    }
  return n;
}

/* Views make and take away charts, and each is on paper as on the screen. */
static void
test_views (SyLiveFixture *f,
            gconstpointer  data)
{
  sy_live_fixture_run (f, 5);
  g_assert_cmpuint (n_charts (f), ==, 2 * SY_N_ROWS);
  sy_live_page_set_view (f->page, SY_VIEW_OVERLAID, TRUE);
  sy_live_fixture_settle (f->window);
  g_assert_cmpuint (n_charts (f), ==, 2 * SY_N_ROWS);
  sy_live_page_set_view (f->page, SY_VIEW_RATIO, TRUE);
  sy_live_fixture_settle (f->window);
  g_assert_cmpuint (n_charts (f), ==, SY_N_ROWS);

  for (guint view = 0; view < SY_N_VIEWS; view++)
    {
      g_autoptr (BeamSheet) sheet = NULL;
      g_autoptr (GBytes) csv = NULL;
      g_autoptr (GBytes) pdf = NULL;
      const char *text;

      sy_live_page_set_view (f->page, view, FALSE);
      sheet = sy_live_sheet_new (f->page, G_LIST_MODEL (f->backends), f->clock);
      csv = beam_sheet_to_bytes (sheet, BEAM_FILE_CSV, NULL);
      pdf = beam_sheet_to_bytes (sheet, BEAM_FILE_PDF, NULL);
      g_assert_nonnull (pdf);
      text = g_bytes_get_data (csv, NULL);
      g_assert_true (g_str_has_prefix (text, "time,"));
      g_assert_nonnull (strstr (text, "Orders"));
      g_assert_nonnull (strstr (text, "Basket"));
    }

  /* One backend alone is always in a column. */
  g_list_store_remove (f->backends, 1);
  sy_live_fixture_settle (f->window);
  g_assert_cmpuint (n_charts (f), ==, SY_N_ROWS);
}

static void
assert_says (BeamChart  *chart,
             const char *text)
{
  gint64 until_us = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  g_autofree char *other = NULL;

  do
    {
      g_free (other);
      g_main_context_iteration (NULL, FALSE);
      other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text);
    }
  while (other != NULL && g_get_monotonic_time () < until_us);
  g_assert_cmpstr (other, ==, NULL);
}

/* A chart of all backends says what is in view, also while none of them answers. */
static void
test_all_down (SyLiveFixture *f,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) charts = NULL;

  sy_live_page_set_view (f->page, SY_VIEW_OVERLAID, FALSE);
  sy_live_fixture_run (f, 5);
  charts = sy_live_row_get_charts (sy_live_page_get_row (f->page, SY_ROW_IN_FLIGHT));
  assert_says (charts->pdata[0], "Orders 8, Basket 80");

  sy_clock_advance (f->clock, SY_USEC_PER_SEC);
  for (guint i = 0; i < 2; i++)
    sy_still_source_fail (sy_live_fixture_get_source (f, i), SY_ERROR_CONNECT, "Could not connect: refused", 0);
  sy_clock_advance (f->clock, SY_USEC_PER_SEC);
  sy_live_fixture_settle (f->window);
  assert_says (charts->pdata[0], "Orders: unknown now (8 – 8), Basket: unknown now (80 – 80)");
}

/* A line that was switched off stays so when its backend has another name. */
static void
test_hidden_stays (SyLiveFixture *f,
                   gconstpointer  data)
{
  g_autoptr (GPtrArray) charts = NULL;
  BeamSeries *before, *after;
  BeamChart *chart;

  sy_live_page_set_view (f->page, SY_VIEW_OVERLAID, FALSE);
  sy_live_fixture_run (f, 5);
  charts = sy_live_row_get_charts (sy_live_page_get_row (f->page, SY_ROW_IN_FLIGHT));
  chart = charts->pdata[0];
  before = beam_line_layer_get_series (BEAM_LINE_LAYER (beam_chart_get_layer (chart, 1)));
  beam_chart_set_series_shown (chart, before, FALSE);
  assert_says (chart, "Orders 8");

  sy_backend_set_name (sy_live_fixture_get_backend (f, 1), "Cart");
  after = beam_line_layer_get_series (BEAM_LINE_LAYER (beam_chart_get_layer (chart, 1)));
  g_assert_cmpstr (beam_series_get_name (after), ==, "Cart");
  g_assert_false (beam_chart_get_series_shown (chart, after));
  g_assert_true (beam_chart_get_series_shown (chart, beam_line_layer_get_series (BEAM_LINE_LAYER (beam_chart_get_layer (chart, 0)))));
}

static void
test_row_order (SyLiveFixture *f,
                gconstpointer  data)
{
  SyRow order[SY_N_ROWS];

  for (guint i = 0; i < SY_N_ROWS; i++)
    order[i] = SY_N_ROWS - 1 - i;
  sy_live_page_set_row_order (f->page, order);
  g_assert_true (gtk_widget_get_prev_sibling (GTK_WIDGET (sy_live_page_get_row (f->page, SY_ROW_IN_FLIGHT))) ==
                 GTK_WIDGET (sy_live_page_get_row (f->page, SY_ROW_LATENCY)));
  g_assert_cmpint (sy_live_page_get_row_at (f->page, 0), ==, SY_ROW_COST);
}

static double
get_objective (BeamChart *chart)
{
  BeamLayer *last = beam_chart_get_layer (chart, beam_chart_get_n_layers (chart) - 1);

  g_assert_true (BEAM_IS_THRESHOLD_LAYER (last));
  return beam_threshold_layer_get_value (BEAM_THRESHOLD_LAYER (last));
}

/* A line at the same height in both columns, and in sight wherever the data are. */
static void
test_objective (SyLiveFixture *f,
                gconstpointer  data)
{
  SyLiveAxes *axes = sy_live_page_get_axes (f->page);
  BeamChart *a = sy_live_fixture_get_chart (f, SY_ROW_LATENCY, 0);
  BeamChart *b = sy_live_fixture_get_chart (f, SY_ROW_LATENCY, 1);
  double low, high;

  sy_live_fixture_run (f, 3);
  g_assert_true (isnan (get_objective (a)));

  sy_live_axes_set_objective (axes, 2.5);
  sy_live_fixture_settle (f->window);
  g_assert_cmpfloat_with_epsilon (get_objective (a), 2.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (page_y (f, a, 2.5), page_y (f, b, 2.5), 1e-4);
  beam_value_axis_get_range (beam_chart_get_value_axis (a), &low, &high);
  g_assert_cmpfloat (high, >=, 2.5);

  sy_live_axes_set_objective (axes, NAN);
  sy_live_fixture_settle (f->window);
  g_assert_true (isnan (get_objective (b)));
}

/* Tab reaches every chart, in reading order, and ends. */
static void
test_tab (SyLiveFixture *f,
          gconstpointer  data)
{
  guint n_reached = 0;

  sy_live_fixture_run (f, 3);
  gtk_window_set_focus (GTK_WINDOW (f->window), NULL);
  for (guint i = 0; i < 60 && gtk_widget_child_focus (GTK_WIDGET (f->page), GTK_DIR_TAB_FORWARD); i++)
    {
      GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (f->window));

      /* Who says that it took the focus has it, or nobody gets further. */
      g_assert_nonnull (focus);
      n_reached += BEAM_IS_CHART (focus);
    }

  g_assert_cmpuint (n_reached, ==, 2 * SY_N_ROWS);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("equal-pixel-rows", test_equal_pixel_rows);
  ADD ("equal-pixel-columns", test_equal_pixel_columns);
  ADD ("units-apart", test_units_apart);
  ADD ("sizes", test_sizes);
  ADD ("six-backends", test_six_backends);
  ADD ("remove", test_remove);
  ADD ("pause", test_pause);
  ADD ("unmapped", test_unmapped_costs_nothing);
  ADD ("views", test_views);
  ADD ("all-down", test_all_down);
  ADD ("hidden-stays", test_hidden_stays);
  ADD ("row-order", test_row_order);
  ADD ("objective", test_objective);
  ADD ("tab", test_tab);
  ADD ("window-grows", test_window_grows);
  ADD ("zoom-stays", test_zoom_stays);
  ADD ("notes", test_notes);

  return g_test_run ();
}
