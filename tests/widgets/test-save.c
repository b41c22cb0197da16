/* test-save.c: what the file chooser saves, while the chart goes on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <glib/gstdio.h>

#include "beam-chart-private.h"
#include "beam.h"

#define SECONDS(n) ((gint64) (n) * G_USEC_PER_SEC)
#define NOW_US     SECONDS (1000)

/* A live chart of a line over a minute. */
typedef struct {
  GtkWidget       *window;
  BeamChart       *chart;
  BeamArraySeries *line;
  char            *folder;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  BeamTimeAxis *time;

  f->folder = g_dir_make_tmp ("beam-XXXXXX", NULL);
  f->line = beam_array_series_new ("Load");
  for (int i = 0; i <= 60; i++)
    beam_array_series_append (f->line, NOW_US - SECONDS (60 - i), 10 + i % 7);
  f->chart = BEAM_CHART (beam_chart_new (NULL, NULL, NULL));
  beam_chart_set_title (f->chart, "Load");
  beam_chart_add_layer (f->chart, beam_line_layer_new (BEAM_SERIES (f->line)));
  time = beam_chart_get_time_axis (f->chart);
  beam_time_axis_set_window (time, SECONDS (60));
  beam_time_axis_set_now (time, NOW_US);

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
  g_rmdir (f->folder);
  g_free (f->folder);
}

static BeamSheet *
create_sheet (Fixture *f)
{
  BeamSheet *sheet = beam_sheet_new ("Load", "the last minute");

  beam_sheet_begin_row (sheet, NULL);
  beam_sheet_add_chart (sheet, f->chart, NULL, BEAM_IDENTITY_NEUTRAL);
  return sheet;
}

/* Half a minute passes, and then the chart goes. */
static void
go_on (Fixture *f)
{
  for (int i = 1; i <= 30; i++)
    beam_array_series_append (f->line, NOW_US + SECONDS (i), 500);
  beam_time_axis_set_now (beam_chart_get_time_axis (f->chart), NOW_US + SECONDS (30));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f->chart));
  gtk_window_set_child (GTK_WINDOW (f->window), NULL);
  f->chart = NULL;
}

static GtkFileChooser *
find_chooser (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (GTK_IS_FILE_CHOOSER (l->data))
      return l->data;

  return NULL;
}

static void
saved_cb (GFile        *file,
          const GError *error,
          gpointer      user_data)
{
  char **ret_path = user_data;

  g_assert_no_error (error);
  *ret_path = file != NULL ? g_file_get_path (file) : g_strdup ("");
}

static gboolean
has_chosen (GtkFileChooser *chooser,
            GFile          *file)
{
  g_autoptr (GFile) chosen = gtk_file_chooser_get_file (chooser);

  return chosen != NULL && g_file_equal (chosen, file);
}

/* The chooser goes to a folder of its own first, and to another one in its time. */
static void
choose (Fixture        *f,
        GtkFileChooser *chooser,
        const char     *name)
{
  g_autoptr (GFile) folder = g_file_new_for_path (f->folder);
  g_autoptr (GFile) file = g_file_get_child (folder, name);

  gtk_test_widget_wait_for_draw (GTK_WIDGET (chooser));
  gtk_file_chooser_set_current_folder (chooser, folder, NULL);
  gtk_file_chooser_set_current_name (chooser, name);
  while (!has_chosen (chooser, file))
    g_main_context_iteration (NULL, TRUE);
}

/* Answers the chooser when the chart has gone on. (transfer full): where it was saved. */
static char *
save_late (Fixture        *f,
           BeamFileFormat  format,
           const char     *name)
{
  g_autoptr (BeamSheet) sheet = create_sheet (f);
  GtkFileChooser *chooser;
  char *path = NULL;

  beam_save_sheet (sheet, format, "Load", GTK_WINDOW (f->window), saved_cb, &path, NULL);
  chooser = find_chooser ();
  g_assert_nonnull (chooser);
  choose (f, chooser, name);
  go_on (f);
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_ACCEPT);
  while (path == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_str_has_prefix (path, f->folder));

  return path;
}

/* What was seen is saved, in the format that was asked for. */
static void
test_as_seen (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (BeamSheet) sheet = create_sheet (f);
  g_autoptr (GBytes) seen = beam_sheet_to_bytes (sheet, BEAM_FILE_PNG, NULL);
  g_autofree char *path = NULL;
  g_autofree char *saved = NULL;
  gsize length;

  path = save_late (f, BEAM_FILE_PNG, "load.png");
  g_assert_true (g_file_get_contents (path, &saved, &length, NULL));
  g_assert_cmpmem (saved, length, g_bytes_get_data (seen, NULL), g_bytes_get_size (seen));
  g_remove (path);
}

/* Also in the one that only the name has chosen. */
static void
test_as_seen_by_name (Fixture       *f,
                      gconstpointer  data)
{
  g_autoptr (BeamSheet) sheet = create_sheet (f);
  g_autoptr (GBytes) seen = beam_sheet_to_bytes (sheet, BEAM_FILE_CSV, NULL);
  g_autofree char *path = NULL;
  g_autofree char *saved = NULL;
  gsize length;

  path = save_late (f, BEAM_FILE_PDF, "load.csv");
  g_assert_true (g_file_get_contents (path, &saved, &length, NULL));
  g_assert_cmpmem (saved, length, g_bytes_get_data (seen, NULL), g_bytes_get_size (seen));
  g_remove (path);
}

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  add ("/save/as-seen", test_as_seen);
  add ("/save/as-seen-by-name", test_as_seen_by_name);
  return g_test_run ();
}
