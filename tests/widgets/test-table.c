/* test-table.c: series as numbers, as CSV, and movements that run out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <math.h>

#include "beam-csv.h"
#include "beam-kinetic.h"
#include "beam.h"

#define SECONDS(n)  ((gint64) (n) * G_USEC_PER_SEC)
#define WALL_OFFSET (G_GINT64_CONSTANT (1795422736) * G_USEC_PER_SEC - SECONDS (100))

static BeamArraySeries *
create_series (const char   *name,
               const char   *unit,
               const gint64 *times,
               const double *values,
               guint         n)
{
  BeamArraySeries *series = beam_array_series_new (name);

  beam_series_set_unit (BEAM_SERIES (series), unit);
  for (guint i = 0; i < n; i++)
    beam_array_series_append (series, times[i], values[i]);

  return series;
}

/* A row for each time at which any series has a sample; the edges count. */
static void
test_rows (void)
{
  const gint64 times_a[] = { SECONDS (99), SECONDS (100), SECONDS (101), SECONDS (102) };
  const gint64 times_b[] = { SECONDS (100), SECONDS (100) + 500000, SECONDS (103) };
  const double values[] = { 1, 2.5, NAN, 4 };
  g_autoptr (BeamArraySeries) a = create_series ("a", "s", times_a, values, 4);
  g_autoptr (BeamArraySeries) b = create_series ("b", NULL, times_b, values, 3);
  g_autoptr (BeamTable) table = beam_table_new ();
  g_autoptr (BeamTableRow) row = NULL;

  beam_array_series_add_gap (a, SECONDS (101), SECONDS (102), "down");
  beam_array_series_add_gap (b, SECONDS (101), SECONDS (102), "down");
  beam_table_add_column (table, BEAM_SERIES (a), "p99", NULL);
  beam_table_add_column (table, BEAM_SERIES (b), "p50", NULL);
  g_assert_cmpuint (beam_table_get_n_rows (table), ==, 0);
  beam_table_fill (table, SECONDS (100), SECONDS (102), WALL_OFFSET);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (table)), ==, 4);
  g_assert_cmpint (beam_table_get_time (table, 0), ==, SECONDS (100));
  g_assert_cmpfloat (beam_table_get_value (table, 0, 0), ==, 2.5);
  g_assert_cmpfloat (beam_table_get_value (table, 0, 1), ==, 1);
  g_assert_true (isnan (beam_table_get_value (table, 1, 0)));
  g_assert_cmpfloat (beam_table_get_value (table, 1, 1), ==, 2.5);
  g_assert_cmpstr (beam_table_get_note (table, 1), ==, NULL);
  /* Both have the gap; it is said once. */
  g_assert_cmpint (beam_table_get_time (table, 2), ==, SECONDS (101));
  g_assert_cmpstr (beam_table_get_note (table, 2), ==, "down");
  g_assert_true (isnan (beam_table_get_value (table, 2, 0)));
  g_assert_cmpfloat (beam_table_get_value (table, 3, 0), ==, 4);

  row = g_list_model_get_item (G_LIST_MODEL (table), 3);
  g_assert_cmpuint (beam_table_row_get_index (row), ==, 3);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (table), 4));
}

static void
test_csv (void)
{
  const gint64 times[] = { SECONDS (100), SECONDS (101) + 250000 };
  const double values[] = { 0.043, 1e-300 };
  g_autoptr (BeamArraySeries) a = create_series ("a", "s", times, values, 2);
  g_autoptr (BeamArraySeries) b = create_series ("b", "", times, values, 1);
  g_autoptr (BeamTable) table = beam_table_new ();
  g_autofree char *empty = beam_table_to_csv (table);
  g_autofree char *csv = NULL;

  g_assert_cmpstr (empty, ==, "seconds,note\r\n");

  beam_array_series_add_gap (a, SECONDS (101) + 250000, SECONDS (101) + 250000, "restart, \"again\"");
  beam_table_add_column (table, BEAM_SERIES (a), "p99, of \"Orders\"", NULL);
  beam_table_add_column (table, BEAM_SERIES (b), "=cmd()", NULL);
  beam_table_fill (table, SECONDS (100), SECONDS (102), WALL_OFFSET);
  csv = beam_table_to_csv (table);
  g_assert_cmpstr (csv, ==,
                   "time,\"p99, of \"\"Orders\"\" (s)\",'=cmd(),note\r\n"
                   "2026-11-23T08:32:16.000Z,0.042999999999999997,0.042999999999999997,\r\n"
                   "2026-11-23T08:32:17.250Z,1e-300,,\"restart, \"\"again\"\"\"\r\n");

  /* Without a wall clock: seconds, and no invented date. */
  g_free (csv);
  beam_table_fill (table, SECONDS (101), SECONDS (102), 0);
  csv = beam_table_to_csv (table);
  g_assert_true (g_str_has_prefix (csv, "seconds,"));
  g_assert_nonnull (strstr (csv, "\r\n101.25,1e-300,,"));
}

/* What a spreadsheet would compute is told to be text, wherever it stands. */
static void
test_formulas (void)
{
  static const char *const cells[] = { "=1", "+1", "-1", "@x", " =1", "\302\240=1", "a\n=cmd", "a\r\n @x", "\t1", "a\tb", "\357\274\235x" };
  static const char *const texts[] = { "p99", "a=b", "a - b", "1-2", "\342\200\223", "", "a\360", "\377 b" };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autoptr (GString) csv = g_string_new (NULL);

      beam_csv_append_text (csv, cells[i]);
      g_assert_true (g_str_has_prefix (csv->str, "'") || g_str_has_prefix (csv->str, "\"'"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) csv = g_string_new (NULL);

      beam_csv_append_text (csv, texts[i]);
      g_assert_cmpstr (csv->str, ==, texts[i]);
    }
}

/* Ten million samples do not become ten million rows, and keep the last value. */
static void
test_limit (void)
{
  g_autoptr (BeamArraySeries) series = beam_array_series_new ("long");
  g_autoptr (BeamTable) table = beam_table_new ();

  for (guint i = 0; i < 900000; i++)
    beam_array_series_append (series, i * 1000, i);
  beam_table_add_column (table, BEAM_SERIES (series), "long", NULL);
  beam_table_fill (table, 0, G_GINT64_CONSTANT (900000) * 1000, 0);
  g_assert_cmpuint (beam_table_get_n_rows (table), >, 1000);
  g_assert_cmpuint (beam_table_get_n_rows (table), <=, 2 * BEAM_TABLE_MAX_ROWS);

  /* A row has the value that was there at its time. */
  for (guint i = 0; i < beam_table_get_n_rows (table); i += 1000)
    g_assert_cmpfloat (beam_table_get_value (table, i, 0), ==, (double) beam_table_get_time (table, i) / 1000);
}

static void
test_file_names (void)
{
  static const struct { const char *words; const char *name; } cases[] = {
    { "p99 latency of Orders", "p99-latency-of-orders.svg" },
    { "../../etc/passwd", "etc-passwd.svg" },
    { "  .hidden?*", "hidden.svg" },
    { "Größe ÷ 2", "größe-2.svg" },
    { "", "chart.svg" },
    { "///", "chart.svg" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = beam_save_make_name (cases[i].words, BEAM_FILE_SVG);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

/* The way does not depend on how many frames there were. */
static void
test_kinetic (void)
{
  static const int rates[] = { 10, 60, 240 };
  double ways[G_N_ELEMENTS (rates)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      BeamKinetic kinetic;
      gint64 time_us = SECONDS (5);
      guint n = 0;

      beam_kinetic_start (&kinetic, -800);
      g_assert_cmpfloat (beam_kinetic_step (&kinetic, time_us), ==, 0);
      while (beam_kinetic_is_on (&kinetic))
        {
          ways[i] += beam_kinetic_step (&kinetic, time_us += G_USEC_PER_SEC / rates[i]);
          g_assert_cmpuint (n++, <, 10000);
        }
      g_assert_cmpfloat_with_epsilon (ways[i], -200, 1e-6);
    }
}

static void
test_kinetic_hostile (void)
{
  static const double velocities[] = { NAN, INFINITY, 0, 1e300, -1e300 };

  for (guint i = 0; i < G_N_ELEMENTS (velocities); i++)
    {
      BeamKinetic kinetic;

      beam_kinetic_start (&kinetic, velocities[i]);
      beam_kinetic_step (&kinetic, SECONDS (5));
      g_assert_cmpfloat (beam_kinetic_step (&kinetic, SECONDS (4)), ==, 0);
      g_assert_true (isfinite (beam_kinetic_step (&kinetic, SECONDS (6))));
    }
}

static void
test_selection (void)
{
  g_autoptr (BeamCursor) cursor = beam_cursor_new ();
  gint64 from_us = 1, to_us = 2;

  g_assert_false (beam_cursor_get_selection (cursor, &from_us, &to_us));
  beam_cursor_select (cursor, SECONDS (20), SECONDS (10));
  g_assert_true (beam_cursor_get_selection (cursor, &from_us, &to_us));
  g_assert_cmpint (from_us, ==, SECONDS (10));
  g_assert_cmpint (to_us, ==, SECONDS (20));
  g_assert_cmpint (beam_cursor_get_anchor (cursor), ==, SECONDS (20));
  g_assert_false (beam_cursor_is_set (cursor));
  beam_cursor_clear_selection (cursor);
  g_assert_false (beam_cursor_get_selection (cursor, &from_us, &to_us));
}

static void
count_cb (gpointer  object,
          gpointer  pspec,
          guint    *count)
{
  (*count)++;
}

static void
test_pin (void)
{
  g_autoptr (BeamTimeAxis) axis = beam_time_axis_new (SECONDS (60));
  guint n_notified = 0;
  gint64 from_us, to_us;

  g_signal_connect (axis, "notify::pinned", G_CALLBACK (count_cb), &n_notified);
  beam_time_axis_set_now (axis, SECONDS (1000));
  g_assert_false (beam_time_axis_get_pinned (axis, &from_us, &to_us));
  beam_time_axis_pin (axis, SECONDS (900), SECONDS (930));
  beam_time_axis_pin (axis, SECONDS (900), SECONDS (940));
  g_assert_true (beam_time_axis_get_pinned (axis, &from_us, &to_us));
  g_assert_cmpint (to_us - from_us, ==, SECONDS (40));
  /* What is shown has not changed. */
  g_assert_cmpint (beam_time_axis_get_mode (axis), ==, BEAM_TIME_LIVE);
  g_assert_cmpuint (n_notified, ==, 1);
  beam_time_axis_unpin (axis);
  g_assert_false (beam_time_axis_get_pinned (axis, &from_us, &to_us));
  g_assert_cmpuint (n_notified, ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/rows", test_rows);
  g_test_add_func ("/table/csv", test_csv);
  g_test_add_func ("/table/formulas", test_formulas);
  g_test_add_func ("/table/limit", test_limit);
  g_test_add_func ("/table/file-names", test_file_names);
  g_test_add_func ("/kinetic/way", test_kinetic);
  g_test_add_func ("/kinetic/hostile", test_kinetic_hostile);
  g_test_add_func ("/cursor/selection", test_selection);
  g_test_add_func ("/time-axis/pin", test_pin);
  return g_test_run ();
}
