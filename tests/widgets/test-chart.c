/* test-chart.c: the chart in a real window
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <math.h>

#include "beam-chart-private.h"
#include "beam-layer-private.h"
#include "beam.h"

#define SECONDS(n) ((gint64) (n) * G_USEC_PER_SEC)
#define NOW_US     SECONDS (1000)

/* Two charts of a row over one time axis, value axis and cursor. */
typedef struct {
  BeamTimeAxis    *time;
  BeamValueAxis   *value;
  BeamCursor      *cursor;
  BeamArraySeries *series[2];
  BeamLayer       *lines[2];
  BeamChart       *charts[2];
  GtkWidget       *window;
} Row;

static void
row_init (Row *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  row->time = beam_time_axis_new (SECONDS (60));
  row->value = beam_value_axis_new (BEAM_SCALE_LINEAR);
  row->cursor = beam_cursor_new ();
  row->window = gtk_window_new ();
  for (int i = 0; i < 2; i++)
    {
      row->series[i] = beam_array_series_new (i == 0 ? "a" : "b");
      row->lines[i] = beam_line_layer_new (BEAM_SERIES (row->series[i]));
      row->charts[i] = BEAM_CHART (beam_chart_new (row->time, row->value, row->cursor));
      beam_layer_set_identity (row->lines[i], i);
      beam_chart_add_layer (row->charts[i], row->lines[i]);
      gtk_widget_set_size_request (GTK_WIDGET (row->charts[i]), 300 + i * 80, 150);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (row->charts[i]));
    }
  gtk_window_set_child (GTK_WINDOW (row->window), box);
  beam_time_axis_set_now (row->time, NOW_US);
}

static void
row_clear (Row *row)
{
  gtk_window_destroy (GTK_WINDOW (row->window));
  for (int i = 0; i < 2; i++)
    g_object_unref (row->series[i]);
  g_object_unref (row->time);
  g_object_unref (row->value);
  g_object_unref (row->cursor);
}

/* Lets some frames pass: a tick callback that does nothing asks for them. */
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
present (Row *row)
{
  gtk_window_present (GTK_WINDOW (row->window));
  run_frames (row->window, 5);
}

static BeamGeometry
geometry_of (BeamChart *chart)
{
  BeamGeometry geometry;

  g_assert_true (beam_chart_get_geometry (chart, &geometry));
  return geometry;
}

/* Different data, widths and labels, one axis: one row of pixels a value. */
static void
test_equal_rows (void)
{
  Row row;

  row_init (&row);
  for (int i = 0; i < 60; i++)
    {
      beam_array_series_append (row.series[0], NOW_US - SECONDS (60 - i), 3);
      beam_array_series_append (row.series[1], NOW_US - SECONDS (60 - i), 40 + 400 * (i % 2));
    }
  present (&row);

  for (double value = 0; value <= 500; value += 12.5)
    {
      BeamGeometry a = geometry_of (row.charts[0]);
      BeamGeometry b = geometry_of (row.charts[1]);

      g_assert_cmpfloat (a.high, ==, 500);
      g_assert_cmpfloat (beam_geometry_y (&a, value), ==, beam_geometry_y (&b, value));
      g_assert_cmpfloat (a.x, ==, b.x);
    }
  row_clear (&row);
}

static GdkTexture *
photograph (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderer *renderer = gsk_cairo_renderer_new ();
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);
  GskRenderNode *node;
  GdkTexture *texture;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_true (gsk_renderer_realize (renderer, NULL, NULL));
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_render_node_unref (node);
  gsk_renderer_unrealize (renderer);
  g_object_unref (renderer);
  return texture;
}

/* The row of the blue (or orange) ink that is drawn in the middle of the plot. */
static int
find_ink (GtkWidget *chart,
          gboolean   orange)
{
  g_autoptr (GdkTexture) texture = photograph (chart);
  int width = gdk_texture_get_width (texture);
  int height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, width * height);
  int best = -1, best_score = 80;

  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  for (int y = 0; y < height; y++)
    {
      guint32 pixel = pixels[y * width + width / 2];
      int red = (pixel >> 16) & 255;
      int blue = pixel & 255;
      int score = orange ? red - blue : blue - red;

      if (score > best_score)
        {
          best_score = score;
          best = y;
        }
    }
  return best;
}

/* The same, seen: the ink of the value 200 is in the same row of both. */
static void
test_equal_rows_drawn (void)
{
  Row row;
  int a, b;

  row_init (&row);
  for (int i = 0; i < 61; i++)
    for (int j = 0; j < 2; j++)
      beam_array_series_append (row.series[j], NOW_US - SECONDS (60 - i), 200);
  beam_array_series_append (row.series[1], NOW_US + 1, 450);
  beam_layer_set_dash (row.lines[1], BEAM_DASH_SOLID);
  beam_time_axis_set_now (row.time, NOW_US + 1);
  present (&row);

  a = find_ink (GTK_WIDGET (row.charts[0]), FALSE);
  b = find_ink (GTK_WIDGET (row.charts[1]), TRUE);
  g_assert_cmpint (a, >, 0);
  g_assert_cmpint (a, ==, b);
  row_clear (&row);
}

static void
test_frames (void)
{
  GtkWidget *neighbour;
  guint before;
  Row row;

  row_init (&row);
  beam_array_series_append (row.series[0], NOW_US - SECONDS (30), 10);
  beam_array_series_append (row.series[1], NOW_US - SECONDS (30), 20);
  present (&row);
  neighbour = gtk_widget_get_first_child (GTK_WIDGET (row.charts[0]));

  /* Nothing is new: nothing is drawn, and no callback stays behind. */
  before = beam_layer_get_n_draws (row.lines[0]);
  run_frames (row.window, 5);
  g_assert_cmpuint (beam_layer_get_n_draws (row.lines[0]), ==, before);
  g_assert_cmpuint (row.charts[0]->update_id, ==, 0);

  /* Many changes between two frames: one redraw, of that line only. */
  before = beam_layer_get_n_draws (row.lines[1]);
  for (int i = 0; i < 50; i++)
    beam_array_series_append (row.series[0], NOW_US - SECONDS (20) + i, 11);
  g_assert_cmpuint (row.charts[0]->update_id, !=, 0);
  {
    guint first = beam_layer_get_n_draws (row.lines[0]);

    run_frames (row.window, 4);
    g_assert_cmpuint (beam_layer_get_n_draws (row.lines[0]), ==, first + 1);
  }
  g_assert_cmpuint (beam_layer_get_n_draws (row.lines[1]), ==, before);

  /* The crosshair redraws no line and no grid. */
  {
    guint lines = beam_layer_get_n_draws (row.lines[0]);
    guint grid = beam_layer_get_n_draws (BEAM_LAYER (neighbour));
    guint over = beam_layer_get_n_draws (row.charts[0]->overlay);

    beam_cursor_set_time (row.cursor, NOW_US - SECONDS (25));
    run_frames (row.window, 4);
    g_assert_cmpuint (beam_layer_get_n_draws (row.lines[0]), ==, lines);
    g_assert_cmpuint (beam_layer_get_n_draws (BEAM_LAYER (neighbour)), ==, grid);
    g_assert_cmpuint (beam_layer_get_n_draws (row.charts[0]->overlay), ==, over + 1);
  }

  /* Less than a pixel of time is not drawn; the grid stands when the data slide. */
  {
    guint lines = beam_layer_get_n_draws (row.lines[0]);
    guint grid = beam_layer_get_n_draws (BEAM_LAYER (neighbour));

    beam_time_axis_set_now (row.time, NOW_US + 10);
    run_frames (row.window, 4);
    g_assert_cmpuint (beam_layer_get_n_draws (row.lines[0]), ==, lines);
    beam_time_axis_set_now (row.time, NOW_US + SECONDS (2));
    run_frames (row.window, 4);
    g_assert_cmpuint (beam_layer_get_n_draws (row.lines[0]), ==, lines + 1);
    g_assert_cmpuint (beam_layer_get_n_draws (BEAM_LAYER (neighbour)), ==, grid);
  }
  row_clear (&row);
}

static void
compare_plots_cb (GdkFrameClock *clock,
                  Row           *row)
{
  g_assert_cmpfloat (row->charts[0]->drawn.x, ==, row->charts[1]->drawn.x);
  g_assert_cmpint (row->charts[0]->drawn.to_us, ==, row->charts[1]->drawn.to_us);
}

/* Longer labels in one chart move the plots of all in the very same frame,
 * whichever of them looked at its data first. */
static void
test_one_column (void)
{
  g_autoptr (BeamValueAxis) other = beam_value_axis_new (BEAM_SCALE_LINEAR);
  GdkFrameClock *clock;
  double before;
  Row row;

  row_init (&row);
  beam_chart_set_value_axis (row.charts[1], other);
  gtk_widget_set_size_request (GTK_WIDGET (row.charts[1]), 300, 150);
  for (int i = 0; i < 2; i++)
    beam_array_series_append (row.series[i], NOW_US - SECONDS (30), 1);
  present (&row);
  before = row.charts[0]->drawn.x;
  clock = gtk_widget_get_frame_clock (row.window);
  g_signal_connect (clock, "after-paint", G_CALLBACK (compare_plots_cb), &row);
  for (int i = 0; i < 2; i++)
    {
      beam_array_series_append (row.series[i], NOW_US - SECONDS (20), 2e5 * pow (1e4, i));
      run_frames (row.window, 4);
    }
  beam_array_series_append (row.series[0], NOW_US - SECONDS (10), 2e14);
  run_frames (row.window, 4);
  g_assert_cmpfloat (row.charts[0]->drawn.x, >, before);
  g_signal_handlers_disconnect_by_data (clock, &row);
  row_clear (&row);
}

/* A sample within the pixel that comes next is read, and drawn with that pixel. */
static void
test_next_pixel (void)
{
  guint lines, over;
  Row row;

  row_init (&row);
  beam_array_series_append (row.series[0], NOW_US - SECONDS (30), 10);
  beam_array_series_append (row.series[0], NOW_US - 20, 10);
  present (&row);
  lines = beam_layer_get_n_draws (row.lines[0]);
  over = beam_layer_get_n_draws (row.charts[0]->overlay);
  g_assert_cmpint (geometry_of (row.charts[0]).to_us, <=, NOW_US - 20);
  beam_array_series_append (row.series[0], NOW_US - 10, 10);
  run_frames (row.window, 4);
  g_assert_cmpuint (beam_layer_get_n_draws (row.lines[0]), ==, lines);
  g_assert_cmpuint (beam_layer_get_n_draws (row.charts[0]->overlay), ==, over + 1);
  row_clear (&row);
}

static void
test_unmapped (void)
{
  guint before;
  Row row;

  row_init (&row);
  present (&row);
  gtk_widget_set_visible (row.window, FALSE);
  before = beam_layer_get_n_draws (row.lines[0]);

  beam_array_series_append (row.series[0], NOW_US - SECONDS (20), 11);
  beam_time_axis_set_now (row.time, NOW_US + SECONDS (5));
  beam_cursor_set_time (row.cursor, NOW_US);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (row.charts[0]->update_id, ==, 0);
  g_assert_cmpuint (row.charts[0]->describe_id, ==, 0);
  g_assert_cmpuint (beam_layer_get_n_draws (row.lines[0]), ==, before);

  /* What was missed is seen when it comes back. */
  gtk_widget_set_visible (row.window, TRUE);
  run_frames (row.window, 5);
  g_assert_cmpuint (beam_layer_get_n_draws (row.lines[0]), >, before);
  row_clear (&row);
}

static void
press (Row   *row,
       guint  keyval)
{
  g_assert_true (beam_chart_handle_key (row->charts[0], keyval, 0));
}

static void
test_keyboard (void)
{
  gint64 from_us, to_us;
  Row row;

  row_init (&row);
  for (int i = 0; i <= 60; i += 5)
    beam_array_series_append (row.series[0], NOW_US - SECONDS (60 - i), i);
  present (&row);

  /* From sample to sample, and not beyond the edges. */
  press (&row, GDK_KEY_Left);
  g_assert_cmpint (beam_cursor_get_time (row.cursor), ==, NOW_US - SECONDS (5));
  press (&row, GDK_KEY_Left);
  press (&row, GDK_KEY_Left);
  press (&row, GDK_KEY_Right);
  g_assert_cmpint (beam_cursor_get_time (row.cursor), ==, NOW_US - SECONDS (10));
  press (&row, GDK_KEY_Home);
  press (&row, GDK_KEY_Left);
  g_assert_cmpint (beam_cursor_get_time (row.cursor), ==, geometry_of (row.charts[0]).from_us);
  press (&row, GDK_KEY_End);
  g_assert_cmpint (beam_cursor_get_time (row.cursor), ==, geometry_of (row.charts[0]).to_us);
  press (&row, GDK_KEY_Escape);
  g_assert_false (beam_cursor_is_set (row.cursor));
  g_assert_false (beam_chart_handle_key (row.charts[0], GDK_KEY_Escape, 0));

  press (&row, GDK_KEY_plus);
  beam_time_axis_get_range (row.time, &from_us, &to_us);
  g_assert_cmpint (to_us - from_us, ==, SECONDS (40));
  press (&row, GDK_KEY_minus);
  press (&row, GDK_KEY_Page_Up);
  g_assert_cmpint (beam_time_axis_get_mode (row.time), ==, BEAM_TIME_ZOOMED);
  press (&row, GDK_KEY_Page_Down);
  g_assert_cmpint (beam_time_axis_get_mode (row.time), ==, BEAM_TIME_LIVE);
  press (&row, GDK_KEY_Page_Up);
  press (&row, GDK_KEY_0);
  beam_time_axis_get_range (row.time, &from_us, &to_us);
  g_assert_cmpint (from_us, ==, NOW_US - SECONDS (60));

  /* Shortcuts of the program stay with the program. */
  g_assert_false (beam_chart_handle_key (row.charts[0], GDK_KEY_0, GDK_CONTROL_MASK));
  g_assert_false (beam_chart_handle_key (row.charts[0], GDK_KEY_Left, GDK_ALT_MASK));
  g_assert_false (beam_chart_handle_key (row.charts[0], GDK_KEY_q, 0));
  row_clear (&row);
}

static char *
describe_cb (BeamChart  *chart,
             const char *at_cursor,
             gpointer    user_data)
{
  guint *count = user_data;

  (*count)++;
  return g_strdup_printf ("sentence at %s", at_cursor != NULL ? at_cursor : "no cursor");
}

/* Turns the main loop until the sentence is due; the chart waits at most 1 s. */
static void
wait_for_sentence (BeamChart *chart)
{
  while (chart->describe_id != 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_access (void)
{
  guint n_described = 0;
  GtkAccessible *chart;
  Row row;

  row_init (&row);
  chart = GTK_ACCESSIBLE (row.charts[0]);
  beam_chart_set_title (row.charts[0], "p99 latency of Orders");
  beam_chart_set_empty_text (row.charts[0], "No samples yet");
  gtk_test_accessible_assert_role (chart, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_LABEL, "p99 latency of Orders");
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (row.charts[0])));
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (chart)); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (child == row.charts[0]->items)
      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_ROLE_LIST);
    else
      gtk_test_accessible_assert_role (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_ROLE_PRESENTATION);

  present (&row);
  wait_for_sentence (row.charts[0]);
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "No samples yet");

  beam_layer_set_label (row.lines[0], "p99");
  beam_array_series_append (row.series[0], NOW_US - SECONDS (12), 30);
  beam_array_series_append (row.series[0], NOW_US - SECONDS (1), 43);
  beam_cursor_set_time (row.cursor, NOW_US - SECONDS (12));
  run_frames (row.window, 3);
  wait_for_sentence (row.charts[0]);
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "p99 43 (30 – 43); 12 seconds ago: p99 30");

  /* The program's own words, once for many changes. */
  beam_chart_set_describe_func (row.charts[0], describe_cb, &n_described, NULL);
  for (int i = 0; i < 20; i++)
    beam_array_series_append (row.series[0], NOW_US - 1000 + i, 44);
  run_frames (row.window, 3);
  wait_for_sentence (row.charts[0]);
  g_assert_cmpuint (n_described, ==, 1);
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "sentence at 12 seconds ago: p99 30");
  row_clear (&row);
}

/* A gap is not read across, and p50 and p99 have it once. */
static void
test_gaps (void)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (BeamGap));
  g_autoptr (GArray) readouts = g_array_new (FALSE, FALSE, sizeof (BeamReadout));
  BeamGeometry geometry;
  Row row;

  row_init (&row);
  beam_chart_add_layer (row.charts[0], beam_line_layer_new (BEAM_SERIES (row.series[1])));
  for (int i = 0; i < 60; i++)
    beam_array_series_append (row.series[0], NOW_US - SECONDS (60 - i), i >= 30 && i < 40 ? (double) NAN : 5);
  for (int i = 0; i < 2; i++)
    {
      beam_array_series_add_gap (row.series[i], NOW_US - SECONDS (30), NOW_US - SECONDS (20), "down");
      beam_array_series_add_gap (row.series[i], NOW_US - SECONDS (20), NOW_US - SECONDS (20), "restart");
    }
  present (&row);

  geometry = geometry_of (row.charts[0]);
  beam_chart_collect_gaps (row.charts[0], &geometry, gaps);
  g_assert_cmpuint (gaps->len, ==, 2);

  beam_cursor_set_time (row.cursor, NOW_US - SECONDS (40));
  beam_chart_read (row.charts[0], &geometry, readouts);
  g_assert_cmpuint (readouts->len, ==, 1);
  beam_cursor_set_time (row.cursor, NOW_US - SECONDS (21));
  beam_chart_read (row.charts[0], &geometry, readouts);
  g_assert_cmpuint (readouts->len, ==, 0);
  beam_cursor_set_time (row.cursor, NOW_US - SECONDS (29));
  beam_chart_read (row.charts[0], &geometry, readouts);
  g_assert_cmpuint (readouts->len, ==, 0);
  row_clear (&row);
}

/* A sample that came after the axis was told the time is the latest one, at the edge;
 * but what came after a pause is not in the picture. */
static void
test_latest (void)
{
  g_autoptr (GArray) readouts = g_array_new (FALSE, FALSE, sizeof (BeamReadout));
  BeamGeometry geometry;
  Row row;

  row_init (&row);
  for (int i = 0; i < 60; i++)
    beam_array_series_append (row.series[0], NOW_US - SECONDS (60 - i), 5);
  beam_array_series_append (row.series[0], NOW_US + SECONDS (1) / 2, 7);
  present (&row);

  geometry = geometry_of (row.charts[0]);
  beam_chart_read (row.charts[0], &geometry, readouts);
  g_assert_cmpuint (readouts->len, ==, 1);
  g_assert_cmpfloat (g_array_index (readouts, BeamReadout, 0).value, ==, 7);
  g_assert_cmpint (g_array_index (readouts, BeamReadout, 0).time_us, ==, geometry.to_us);

  beam_time_axis_pause (row.time);
  beam_chart_read (row.charts[0], &geometry, readouts);
  g_assert_cmpuint (readouts->len, ==, 0);
  row_clear (&row);
}

/* From the smallest to absurd sizes, with data that no chart should get. */
static void
test_hostile (void)
{
  static const double values[] = { NAN, INFINITY, -INFINITY, 0, -1e300, 1e300, 1e-300, 5, 5 };
  static const int sizes[][2] = { { 1, 1 }, { 160, 90 }, { 2000, 90 }, { 160, 900 } };
  Row row;

  row_init (&row);
  for (int i = 0; i < 2000; i++)
    beam_array_series_append (row.series[0], NOW_US - SECONDS (60) + i * 30000, values[(i / 7) % G_N_ELEMENTS (values)]);
  beam_array_series_append (row.series[1], NOW_US - SECONDS (10), 5);
  present (&row);
  for (int kind = 0; kind < 2; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        g_autoptr (GdkTexture) texture = NULL;

        beam_value_axis_set_scale (row.value, kind == 0 ? BEAM_SCALE_LOG : BEAM_SCALE_LINEAR);
        gtk_widget_set_size_request (GTK_WIDGET (row.charts[0]), sizes[i][0], sizes[i][1]);
        beam_cursor_set_time (row.cursor, NOW_US - SECONDS (i));
        run_frames (row.window, 3);
        texture = photograph (GTK_WIDGET (row.charts[0]));
        g_assert_nonnull (texture);
      }
  row_clear (&row);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/chart/equal-rows", test_equal_rows);
  g_test_add_func ("/chart/equal-rows/drawn", test_equal_rows_drawn);
  g_test_add_func ("/chart/frames", test_frames);
  g_test_add_func ("/chart/one-column", test_one_column);
  g_test_add_func ("/chart/next-pixel", test_next_pixel);
  g_test_add_func ("/chart/unmapped", test_unmapped);
  g_test_add_func ("/chart/keyboard", test_keyboard);
  g_test_add_func ("/chart/access", test_access);
  g_test_add_func ("/chart/gaps", test_gaps);
  g_test_add_func ("/chart/latest", test_latest);
  g_test_add_func ("/chart/hostile", test_hostile);
  return g_test_run ();
}
