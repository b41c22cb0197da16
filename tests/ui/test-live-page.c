/* test-live-page.c: the Live page with sources and a clock that stand still
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "sy-columns-box.h"
#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-live-metrics.h"
#include "sy-live-page.h"
#include "sy-live-sheet.h"
#include "sy-source-banner.h"
#include "sy-still-source.h"
#include "sy-trap-badge.h"

/* Everything has happened after this many turns of an idle main loop. */
static void
settle (GtkWidget *window)
{
  for (guint i = 0; i < 3; i++)
    {
      gtk_widget_queue_draw (window);
      gtk_test_widget_wait_for_draw (window);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

typedef struct {
  SyClock      *clock;
  SyRecogniser *recogniser;
  GListStore   *backends;
  GtkWidget    *window;
  SyLivePage   *page;
  double        requests;
} Fixture;

static void
add_backend (Fixture    *f,
             const char *name,
             const char *letter)
{
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:810%s/metrics", letter[0] == 'a' ? "1" : "2");
  g_autoptr (SySource) source = sy_still_source_new (address, f->clock);
  g_autoptr (SyBackend) backend = sy_backend_new (name, source, f->recogniser);

  sy_backend_set_letter (backend, letter);
  sy_source_start (source);
  g_list_store_append (f->backends, backend);
}

static SyBackend *
get_backend (Fixture *f,
             guint    position)
{
  g_autoptr (SyBackend) backend = g_list_model_get_item (G_LIST_MODEL (f->backends), position);

  /* The store holds it. */
  return backend;
}

static SyStillSource *
get_source (Fixture *f,
            guint    position)
{
  return SY_STILL_SOURCE (sy_backend_get_source (get_backend (f, position)));
}

/* What a server with @in_flight requests says; all durations are @latency. */
static void
say (Fixture *f,
     guint    position,
     double   in_flight,
     double   latency)
{
  g_autofree char *text = NULL;
  double fast = latency <= 0.05 ? f->requests : 0;

  text = g_strdup_printf ("# TYPE http_requests_total counter\n"
                          "http_requests_total{code=\"200\"} %.0f\n"
                          "# TYPE http_requests_in_flight gauge\n"
                          "http_requests_in_flight %.0f\n"
                          "# TYPE http_request_duration_seconds histogram\n"
                          "http_request_duration_seconds_bucket{le=\"0.05\"} %.0f\n"
                          "http_request_duration_seconds_bucket{le=\"0.5\"} %.0f\n"
                          "http_request_duration_seconds_bucket{le=\"+Inf\"} %.0f\n"
                          "http_request_duration_seconds_sum %.6f\n"
                          "http_request_duration_seconds_count %.0f\n"
                          "# TYPE process_resident_memory_bytes gauge\n"
                          "process_resident_memory_bytes %.0f\n",
                          f->requests, in_flight, fast, f->requests, f->requests, f->requests * latency, f->requests,
                          40e6 + in_flight * 1e6);
  sy_still_source_say (get_source (f, position), text);
}

/* @n seconds in which A holds few requests and B many. */
static void
run_seconds (Fixture *f,
             guint    n)
{
  for (guint i = 0; i < n; i++)
    {
      sy_clock_advance (f->clock, SY_USEC_PER_SEC);
      f->requests += 200;
      say (f, 0, 8, 0.02);
      if (g_list_model_get_n_items (G_LIST_MODEL (f->backends)) > 1)
        say (f, 1, 80, 0.2);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }

  /* The feed delivers at most ten times a second. */
  sy_clock_advance (f->clock, SY_USEC_PER_SEC / 5);
  settle (f->window);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autofree char *recognisers = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (GError) error = NULL;

  f->clock = sy_clock_new_manual (1000 * SY_USEC_PER_SEC, 1795422736 * SY_USEC_PER_SEC);
  f->recogniser = sy_recogniser_new_from_directory (recognisers, &error);
  g_assert_no_error (error);
  f->backends = g_list_store_new (SY_TYPE_BACKEND);
  f->requests = 100;

  f->window = g_object_ref_sink (gtk_window_new ());
  f->page = g_object_new (SY_TYPE_LIVE_PAGE, NULL);
  sy_live_page_set_backends (f->page, G_LIST_MODEL (f->backends), f->clock);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->page));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1280, 860);

  add_backend (f, "Orders", "a");
  add_backend (f, "Basket", "b");
  gtk_window_present (GTK_WINDOW (f->window));
  settle (f->window);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_assert_finalize_object (f->window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&f->backends);
  g_clear_pointer (&f->recogniser, sy_recogniser_unref);
  g_clear_object (&f->clock);
}

static BeamChart *
get_chart (Fixture *f,
           SyRow    row,
           guint    position)
{
  SyChartCell *cell = sy_live_row_get_cell (sy_live_page_get_row (f->page, row), position);

  g_assert_nonnull (cell);

  return sy_chart_cell_get_chart (cell);
}

/* Where @value is drawn, in pixels of the page. */
static double
page_y (Fixture   *f,
        BeamChart *chart,
        double     value)
{
  BeamGeometry geometry;
  graphene_point_t point;

  g_assert_true (beam_chart_get_geometry (chart, &geometry));
  g_assert_true (gtk_widget_compute_point (GTK_WIDGET (chart), GTK_WIDGET (f->page),
                                           &GRAPHENE_POINT_INIT (0, (float) beam_geometry_y (&geometry, value)), &point));

  return (double) point.y;
}

static double
page_x (Fixture   *f,
        BeamChart *chart,
        gint64     time_us)
{
  BeamGeometry geometry;
  graphene_point_t point;

  g_assert_true (beam_chart_get_geometry (chart, &geometry));
  g_assert_true (gtk_widget_compute_point (GTK_WIDGET (chart), GTK_WIDGET (f->page),
                                           &GRAPHENE_POINT_INIT ((float) beam_geometry_x (&geometry, time_us), 0), &point));

  return (double) point.x;
}

static const char *
get_text (gpointer    widget,
          GType       type,
          const char *child)
{
  GObject *label = gtk_widget_get_template_child (GTK_WIDGET (widget), type, child);

  return gtk_label_get_text (GTK_LABEL (label));
}

static void
test_equal_pixel_rows (Fixture       *f,
                       gconstpointer  data)
{
  static const struct { SyRow row; double values[3]; } cases[] = {
    { SY_ROW_IN_FLIGHT, { 0, 8, 80 } },
    { SY_ROW_LATENCY, { 0.02, 0.05, 0.4 } },
    { SY_ROW_THROUGHPUT, { 0, 100, 200 } },
    { SY_ROW_MEMORY, { 0, 48e6, 120e6 } },
  };

  run_seconds (f, 20);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BeamChart *a = get_chart (f, cases[i].row, 0);
      BeamChart *b = get_chart (f, cases[i].row, 1);

      for (gsize j = 0; j < G_N_ELEMENTS (cases[i].values); j++)
        g_assert_cmpfloat_with_epsilon (page_y (f, a, cases[i].values[j]), page_y (f, b, cases[i].values[j]), 1e-4);
    }

  /* Different data have made one axis: 8 is not drawn where 80 is. */
  g_assert_cmpfloat (page_y (f, get_chart (f, SY_ROW_IN_FLIGHT, 0), 8), >,
                     page_y (f, get_chart (f, SY_ROW_IN_FLIGHT, 1), 80) + 20);
}

static void
test_equal_pixel_columns (Fixture       *f,
                          gconstpointer  data)
{
  gint64 time_us = sy_clock_get_monotonic (f->clock) + 5 * SY_USEC_PER_SEC;
  double x;

  run_seconds (f, 20);
  x = page_x (f, get_chart (f, SY_ROW_IN_FLIGHT, 0), time_us);

  /* The crosshair is one line through all rows. */
  for (guint row = 0; row < SY_N_ROWS; row++)
    g_assert_cmpfloat_with_epsilon (page_x (f, get_chart (f, row, 0), time_us), x, 1e-4);

  for (guint row = 0; row < SY_N_ROWS; row++)
    g_assert_true (beam_chart_get_cursor (get_chart (f, row, 0)) == beam_chart_get_cursor (get_chart (f, row, 1)));
}

static void
test_units_apart (Fixture       *f,
                  gconstpointer  data)
{
  sy_clock_advance (f->clock, SY_USEC_PER_SEC);
  sy_still_source_say (get_source (f, 0), "# TYPE nodejs_eventloop_lag_seconds gauge\nnodejs_eventloop_lag_seconds 0.002\n");
  sy_still_source_say (get_source (f, 1),
                       "# TYPE steelyard_server_info gauge\nsteelyard_server_info 1\n"
                       "# TYPE steelyard_workers_busy gauge\nsteelyard_workers_busy 3\n");
  sy_clock_advance (f->clock, SY_USEC_PER_SEC);
  settle (f->window);
  g_assert_cmpfloat (sy_backend_get_reading (get_backend (f, 1))->workers_busy, ==, 3);

  g_assert_true (beam_chart_get_value_axis (get_chart (f, SY_ROW_SATURATION, 0)) !=
                 beam_chart_get_value_axis (get_chart (f, SY_ROW_SATURATION, 1)));
}

static void
test_sizes (Fixture       *f,
            gconstpointer  data)
{
  static const struct { int width; gboolean stacked; } cases[] = {
    { 360, TRUE }, { 600, TRUE }, { 680, FALSE }, { 1280, FALSE }, { 2560, FALSE },
  };
  int minimum;

  run_seconds (f, 3);
  gtk_widget_measure (GTK_WIDGET (f->page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *a = GTK_WIDGET (get_chart (f, SY_ROW_IN_FLIGHT, 0));
      GtkWidget *b = GTK_WIDGET (get_chart (f, SY_ROW_IN_FLIGHT, 1));
      graphene_rect_t a_bounds, b_bounds;

      /* A window is not made larger than its screen unless it has to be. */
      gtk_widget_set_size_request (GTK_WIDGET (f->page), cases[i].width > 1280 ? cases[i].width : -1, -1);
      gtk_window_set_default_size (GTK_WINDOW (f->window), cases[i].width, 800);
      settle (f->window);
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
test_six_backends (Fixture       *f,
                   gconstpointer  data)
{
  add_backend (f, "C", "c");
  add_backend (f, "D", "d");
  add_backend (f, "E", "e");
  add_backend (f, "F", "f");
  settle (f->window);

  for (guint i = 0; i < 6; i++)
    {
      g_assert_nonnull (sy_live_page_get_header (f->page, i));
      g_assert_cmpint (sy_backend_get_identity (get_backend (f, i)), ==, i);
    }

  /* Evenly: never five and one. */
  g_assert_cmpuint (sy_columns_box_per_line (1256, 6, SY_LIVE_MIN_COLUMN_WIDTH, SY_LIVE_COLUMN_SPACING), ==, 3);
  g_assert_cmpuint (sy_columns_box_per_line (1256, 5, SY_LIVE_MIN_COLUMN_WIDTH, SY_LIVE_COLUMN_SPACING), ==, 3);
  g_assert_cmpuint (sy_columns_box_per_line (2536, 6, SY_LIVE_MIN_COLUMN_WIDTH, SY_LIVE_COLUMN_SPACING), ==, 6);
  g_assert_cmpuint (sy_columns_box_per_line (336, 6, SY_LIVE_MIN_COLUMN_WIDTH, SY_LIVE_COLUMN_SPACING), ==, 1);
  g_assert_cmpuint (sy_columns_box_per_line (0, 6, SY_LIVE_MIN_COLUMN_WIDTH, SY_LIVE_COLUMN_SPACING), ==, 1);
}

static void
test_remove (Fixture       *f,
             gconstpointer  data)
{
  SyBackend *removed = NULL;

  run_seconds (f, 3);
  g_signal_connect_swapped (f->page, "remove-requested", G_CALLBACK (g_set_object), &removed);
  gtk_widget_activate_action (GTK_WIDGET (sy_live_page_get_header (f->page, 0)), "backend.remove", NULL);
  g_assert_true (removed == get_backend (f, 0));
  g_clear_object (&removed);

  g_list_store_remove (f->backends, 0);
  settle (f->window);
  g_assert_cmpstr (beam_chart_get_title (get_chart (f, SY_ROW_THROUGHPUT, 0)), ==, "Throughput of Basket");
  g_assert_null (sy_live_page_get_header (f->page, 1));
  g_assert_null (sy_live_row_get_cell (sy_live_page_get_row (f->page, SY_ROW_COST), 1));

  /* Who stays keeps colour and shape. */
  g_assert_cmpint (sy_backend_get_identity (get_backend (f, 0)), ==, 1);

  g_list_store_remove_all (f->backends);
  settle (f->window);
  g_assert_null (sy_live_page_get_header (f->page, 0));
}

static void
test_rename (Fixture       *f,
             gconstpointer  data)
{
  SyBackendHeader *header = sy_live_page_get_header (f->page, 1);
  GObject *entry = gtk_widget_get_template_child (GTK_WIDGET (header), SY_TYPE_BACKEND_HEADER, "rename_entry");

  gtk_widget_activate_action (GTK_WIDGET (header), "backend.rename", NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Basket");

  gtk_editable_set_text (GTK_EDITABLE (entry), "  \u202e<b>Cart</b> ");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (sy_backend_get_name (get_backend (f, 1)), ==, "\u202e<b>Cart</b>");

  /* What a label shows is neither markup nor a trick. */
  g_assert_cmpstr (get_text (header, SY_TYPE_BACKEND_HEADER, "name"), ==, "<U+202E><b>Cart</b>");
  g_assert_cmpstr (beam_chart_get_title (get_chart (f, SY_ROW_CPU, 1)), ==, "CPU of <U+202E><b>Cart</b>");

  /* An empty name changes nothing. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "   ");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (sy_backend_get_name (get_backend (f, 1)), ==, "\u202e<b>Cart</b>");
}

static void
test_banner (Fixture       *f,
             gconstpointer  data)
{
  SyBackendHeader *header = sy_live_page_get_header (f->page, 1);
  SySourceBanner *banner = SY_SOURCE_BANNER (gtk_widget_get_template_child (GTK_WIDGET (header),
                                                                            SY_TYPE_BACKEND_HEADER, "banner"));

  run_seconds (f, 3);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (banner)));
  g_assert_cmpstr (get_text (header, SY_TYPE_BACKEND_HEADER, "throughput"), ==, "200/s");

  sy_still_source_fail (get_source (f, 1), SY_ERROR_CONNECT, "Could not connect: refused\nsecond line",
                        sy_clock_get_monotonic (f->clock) + 4 * SY_USEC_PER_SEC);
  settle (f->window);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (banner)));
  g_assert_cmpstr (get_text (banner, SY_TYPE_SOURCE_BANNER, "problem"), ==, "Nobody answers at this address");
  g_assert_null (strchr (get_text (banner, SY_TYPE_SOURCE_BANNER, "detail"), '\n'));
  g_assert_true (g_str_has_suffix (get_text (banner, SY_TYPE_SOURCE_BANNER, "schedule"), "next try in 4\u00a0s"));

  /* The countdown moves, old figures are gone, and the other column lives. */
  sy_clock_advance (f->clock, 2 * SY_USEC_PER_SEC);
  settle (f->window);
  g_assert_true (g_str_has_suffix (get_text (banner, SY_TYPE_SOURCE_BANNER, "schedule"), "next try in 2\u00a0s"));
  g_assert_cmpstr (get_text (header, SY_TYPE_BACKEND_HEADER, "throughput"), ==, "–");
  g_assert_cmpstr (get_text (sy_live_page_get_header (f->page, 0), SY_TYPE_BACKEND_HEADER, "throughput"), ==, "200/s");

  run_seconds (f, 1);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (banner)));
}

/* A cached answer: the badge comes, opens by keyboard and lists what is wrong. */
static void
test_traps (Fixture       *f,
            gconstpointer  data)
{
  static const char body[] = "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 1.234567\n"
                             "# TYPE http_requests_created gauge\nhttp_requests_created 1.79e9\n"
                             "# TYPE http_requests_total counter\nhttp_requests_total 3\n";
  SyBackendHeader *header = sy_live_page_get_header (f->page, 0);
  SyTrapBadge *badge = SY_TRAP_BADGE (gtk_widget_get_template_child (GTK_WIDGET (header), SY_TYPE_BACKEND_HEADER, "trap_badge"));
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (badge));
  g_autofree char *text = NULL;
  int minimum;

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (badge)));
  for (guint i = 0; i < 2; i++)
    {
      sy_clock_advance (f->clock, SY_USEC_PER_SEC);
      sy_still_source_say (get_source (f, 0), body);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  sy_clock_advance (f->clock, SY_USEC_PER_SEC);
  settle (f->window);

  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (badge)));
  text = sy_trap_badge_dup_text (badge);
  g_assert_nonnull (strstr (text, "stored copy"));
  g_assert_nonnull (strstr (text, "http_requests_created"));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, "2 warnings about Orders");

  gtk_widget_grab_focus (button);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  settle (f->window);
  gtk_widget_measure (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))), GTK_ORIENTATION_HORIZONTAL, -1,
                      &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  settle (f->window);
}

static void
test_stale (Fixture       *f,
            gconstpointer  data)
{
  SyBackendHeader *header = sy_live_page_get_header (f->page, 0);

  run_seconds (f, 3);
  g_assert_true (g_str_has_suffix (get_text (header, SY_TYPE_BACKEND_HEADER, "address"), "· live"));

  sy_clock_advance (f->clock, 7 * SY_USEC_PER_SEC);
  settle (f->window);
  g_assert_true (g_str_has_suffix (get_text (header, SY_TYPE_BACKEND_HEADER, "address"), "· last sample 7\u00a0s ago"));
  g_assert_cmpstr (get_text (header, SY_TYPE_BACKEND_HEADER, "p99"), ==, "–");
}

static void
test_pause (Fixture       *f,
            gconstpointer  data)
{
  BeamTimeAxis *time = sy_live_axes_get_time (sy_live_page_get_axes (f->page));
  gint64 from_us, to_us, still_us;

  run_seconds (f, 3);
  beam_time_axis_get_range (time, &from_us, &to_us);
  g_assert_cmpint (to_us, ==, sy_clock_get_monotonic (f->clock));

  sy_live_page_set_paused (f->page, TRUE);
  run_seconds (f, 5);
  beam_time_axis_get_range (time, &from_us, &still_us);
  g_assert_cmpint (still_us, ==, to_us);

  /* The samples of the pause were not lost. */
  g_assert_cmpuint (sy_times_get_n (sy_history_get_times (sy_backend_get_history (get_backend (f, 0)))), ==, 8);

  sy_live_page_set_paused (f->page, FALSE);
  settle (f->window);
  beam_time_axis_get_range (time, &from_us, &to_us);
  g_assert_cmpint (to_us, ==, sy_clock_get_monotonic (f->clock));
}

static void
test_unmapped_costs_nothing (Fixture       *f,
                             gconstpointer  data)
{
  BeamTimeAxis *time = sy_live_axes_get_time (sy_live_page_get_axes (f->page));
  gint64 before_us;

  run_seconds (f, 1);
  before_us = beam_time_axis_get_now (time);
  gtk_widget_set_visible (GTK_WIDGET (f->page), FALSE);
  sy_clock_advance (f->clock, 30 * SY_USEC_PER_SEC);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (beam_time_axis_get_now (time), ==, before_us);

  gtk_widget_set_visible (GTK_WIDGET (f->page), TRUE);
  settle (f->window);
  g_assert_cmpint (beam_time_axis_get_now (time), ==, sy_clock_get_monotonic (f->clock));
}

static void
test_window_grows (Fixture       *f,
                   gconstpointer  data)
{
  BeamTimeAxis *time = sy_live_axes_get_time (sy_live_page_get_axes (f->page));

  sy_live_page_set_window (f->page, 240 * SY_USEC_PER_SEC);
  run_seconds (f, 5);
  g_assert_cmpint (beam_time_axis_get_window (time), ==, 60 * SY_USEC_PER_SEC);
  run_seconds (f, 60);
  g_assert_cmpint (beam_time_axis_get_window (time), ==, 120 * SY_USEC_PER_SEC);
  run_seconds (f, 60);
  g_assert_cmpint (beam_time_axis_get_window (time), ==, 240 * SY_USEC_PER_SEC);
}

static void
test_notes (Fixture       *f,
            gconstpointer  data)
{
  GtkWidget *cell;

  run_seconds (f, 5);
  cell = GTK_WIDGET (sy_live_row_get_cell (sy_live_page_get_row (f->page, SY_ROW_IN_FLIGHT), 0));
  g_assert_cmpstr (get_text (cell, SY_TYPE_CHART_CELL, "note"), ==, "from a gauge");
  g_assert_cmpstr (get_text (cell, SY_TYPE_CHART_CELL, "title"), ==, "Requests in flight");

  cell = GTK_WIDGET (sy_live_row_get_cell (sy_live_page_get_row (f->page, SY_ROW_CPU), 0));
  g_assert_cmpstr (beam_chart_get_empty_text (sy_chart_cell_get_chart (SY_CHART_CELL (cell))), ==,
                   "This backend does not report it");
}

#define ADD(name, func) g_test_add ("/ui/live-page/" name, Fixture, NULL, set_up, func, tear_down)

static guint
n_charts (Fixture *f)
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
test_views (Fixture       *f,
            gconstpointer  data)
{
  run_seconds (f, 5);
  g_assert_cmpuint (n_charts (f), ==, 2 * SY_N_ROWS);
  sy_live_page_set_view (f->page, SY_VIEW_OVERLAID, TRUE);
  settle (f->window);
  g_assert_cmpuint (n_charts (f), ==, 2 * SY_N_ROWS);
  sy_live_page_set_view (f->page, SY_VIEW_RATIO, TRUE);
  settle (f->window);
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
  settle (f->window);
  g_assert_cmpuint (n_charts (f), ==, SY_N_ROWS);
}

static void
test_row_order (Fixture       *f,
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

/* Tab reaches every chart, in reading order, and ends. */
static void
test_tab (Fixture       *f,
          gconstpointer  data)
{
  guint n_reached = 0;

  run_seconds (f, 3);
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
  g_type_ensure (SY_TYPE_SOURCE_BANNER);

  ADD ("equal-pixel-rows", test_equal_pixel_rows);
  ADD ("equal-pixel-columns", test_equal_pixel_columns);
  ADD ("units-apart", test_units_apart);
  ADD ("sizes", test_sizes);
  ADD ("six-backends", test_six_backends);
  ADD ("remove", test_remove);
  ADD ("rename", test_rename);
  ADD ("banner", test_banner);
  ADD ("stale", test_stale);
  ADD ("traps", test_traps);
  ADD ("pause", test_pause);
  ADD ("unmapped", test_unmapped_costs_nothing);
  ADD ("views", test_views);
  ADD ("row-order", test_row_order);
  ADD ("tab", test_tab);
  ADD ("window-grows", test_window_grows);
  ADD ("notes", test_notes);

  return g_test_run ();
}
