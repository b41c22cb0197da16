/* test-figure-table.c: figures as tables and files
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <math.h>
#include <string.h>

#include "figure-kinds.h"

static void
assert_csv (GtkWidget *figure, const char *expected)
{
  g_autoptr (BeamCells) cells = beam_figure_get_cells (BEAM_FIGURE (figure));
  g_autofree char *csv = beam_cells_to_csv (cells);

  g_assert_cmpstr (csv, ==, expected);
  g_object_unref (g_object_ref_sink (figure));
}

static GtkWidget *
make_plot (double low, double high)
{
  const BeamGuide guide = { GTK_ORIENTATION_VERTICAL, 3, low, high, "break-even" };
  GtkWidget *plot = beam_plot_new (BEAM_SCALE_LINEAR, BEAM_SCALE_LINEAR);
  g_autoptr (BeamXYSeries) series = beam_xy_series_new ("=A");

  beam_xy_series_append (series, 1, 0.5);
  beam_xy_series_append (series, 2, NAN);
  beam_plot_add (BEAM_PLOT (plot), series, BEAM_MARK_LINE, 0);
  beam_plot_add_guide (BEAM_PLOT (plot), &guide);
  return plot;
}

/* Every kind has its numbers as a table; unknown is empty, never 0. */
static void
test_cells (void)
{
  assert_csv (make_bars (GTK_ORIENTATION_VERTICAL, 2, 3),
              "category,note,subject,value,low,high,one\r\n"
              "first,note,A,5,2,3,2\r\n"
              "first,note,B,,,,\r\n"
              "second,,A,,,,\r\n"
              "second,,B,2,,,2\r\n");
  assert_csv (make_tornado (1, 9),
              "assumption,low,result_at_low,high,result_at_high\r\n"
              "row,low,1,high,9\r\n"
              "other,,9,,3\r\n");
  assert_csv (make_dots (BEAM_SCALE_LOG, 4, 2),
              "row,subject,value,low,high\r\np99,A,4,2,4\r\np99,B,2,,\r\n");
  assert_csv (make_bullet (0.5, 0.75), "value,low,high,target\r\n0.5,0.75,0.5,0.75\r\n");
  assert_csv (make_balance (-0.5, NAN), "verdict,certainty\r\n-0.5,\r\n");
  assert_csv (make_plot (NAN, NAN), "series,x,y,low,high\r\n'=A,1,0.5,,\r\n'=A,2,,,\r\nbreak-even,3,,,\r\n");
  assert_csv (make_plot (2, 4), "series,x,y,low,high,x_low,x_high\r\n'=A,1,0.5,,,,\r\n'=A,2,,,,,\r\nbreak-even,3,,,,2,4\r\n");
  assert_csv (beam_dot_plot_new (BEAM_SCALE_LINEAR), "row,subject,value,low,high\r\n");
}

/* The table outlives its figure, and reads it again when asked. */
static void
test_table_window (void)
{
  GtkWidget *figure = g_object_ref_sink (make_dots (BEAM_SCALE_LOG, 4, 2));
  GtkWidget *window = beam_table_window_new_for_figure (BEAM_FIGURE (figure));
  BeamTableWindow *table = BEAM_TABLE_WINDOW (window);
  g_autofree char *value = beam_cells_format (beam_table_window_get_cells (table), 0, 2);

  g_assert_null (beam_table_window_get_table (table));
  g_assert_cmpstr (value, ==, "4");
  g_assert_cmpuint (beam_cells_get_n_rows (beam_table_window_get_cells (table)), ==, 2);
  beam_dot_plot_add_dot (BEAM_DOT_PLOT (figure), 0, 2, "C", 8, NAN, NAN);
  g_assert_cmpuint (beam_cells_get_n_rows (beam_table_window_get_cells (table)), ==, 2);
  gtk_widget_activate_action (window, "table.refresh", NULL);
  g_assert_cmpuint (beam_cells_get_n_rows (beam_table_window_get_cells (table)), ==, 3);

  g_object_unref (figure);
  gtk_widget_activate_action (window, "table.refresh", NULL);
  g_assert_cmpuint (beam_cells_get_n_rows (beam_table_window_get_cells (table)), ==, 3);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Every kind on paper in every format; a sheet of figures as CSV is their tables. */
static void
test_sheet (void)
{
  const char * const begins[] = { "\x89PNG", "<?xml", "%PDF", "category," };
  GtkWidget *bars = g_object_ref_sink (make_bars (GTK_ORIENTATION_HORIZONTAL, 2, 3));
  GtkWidget *dots = g_object_ref_sink (make_dots (BEAM_SCALE_LOG, 4, 2));
  g_autoptr (BeamSheet) sheet = beam_sheet_new ("Figures", NULL);

  beam_sheet_begin_row (sheet, NULL);
  beam_sheet_add_figure (sheet, BEAM_FIGURE (bars), "Bars", 0);
  beam_sheet_begin_row (sheet, NULL);
  beam_sheet_add_figure (sheet, BEAM_FIGURE (dots), NULL, BEAM_IDENTITY_NEUTRAL);
  for (BeamFileFormat i = BEAM_FILE_PNG; i <= BEAM_FILE_CSV; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = beam_sheet_to_bytes (sheet, i, &error);
      gsize size;
      const char *data;

      g_assert_no_error (error);
      data = g_bytes_get_data (bytes, &size);
      g_assert_cmpuint (size, >, strlen (begins[i]));
      g_assert_cmpmem (data, strlen (begins[i]), begins[i], strlen (begins[i]));
      if (i == BEAM_FILE_CSV)
        g_assert_nonnull (g_strstr_len (data, (gssize) size, "\r\n\r\nrow,subject,"));
    }
  g_object_unref (bars);
  g_object_unref (dots);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/cells", test_cells);
  g_test_add_func ("/figure/table-window", test_table_window);
  g_test_add_func ("/figure/sheet", test_sheet);
  return g_test_run ();
}
