/* test-mapping-dialog.c: a person's choice is applied, kept and shown
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-filter-editor.h"
#include "sy-mapping-dialog.h"
#include "sy-metric-picker.h"
#include "sy-overrides.h"
#include "sy-still-source.h"

#define ADDRESS "http://127.0.0.1:8101/metrics"

typedef struct {
  SyClock   *clock;
  SySession *session;
  SyBackend *backend;
  GtkWidget *dialog;
  int        second;
} Fixture;

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

/* 10 and 30 requests a second on two routes, and 5 orders. */
static void
run_second (Fixture *f)
{
  g_autofree char *text = NULL;

  f->second++;
  text = g_strdup_printf ("# TYPE http_requests_total counter\nhttp_requests_total{route=\"/a\",method=\"GET\"} %d\n"
                          "http_requests_total{route=\"/b\",method=\"GET\"} %d\n"
                          "# HELP orders_total Orders, <b>all</b>\n# TYPE orders_total counter\norders_total %d\n"
                          "# TYPE depth gauge\ndepth 3\n", 10 * f->second, 30 * f->second, 5 * f->second);
  sy_clock_advance (f->clock, SY_USEC_PER_SEC);
  sy_still_source_say (SY_STILL_SOURCE (sy_backend_get_source (f->backend)), text);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  sy_clock_advance (f->clock, SY_USEC_PER_SEC / 5);
  settle (f->dialog);
}

static GtkWidget *
find_type (GtkWidget *root,
           GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* A visible row with this title. */
static GtkWidget *
find_row (GtkWidget  *root,
          const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (root) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return gtk_widget_get_child_visible (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
activate (Fixture    *f,
          const char *title)
{
  GtkWidget *row = find_row (f->dialog, title);

  g_assert_nonnull (row);
  g_signal_emit_by_name (gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX), "row-activated", row);
  settle (f->dialog);
}

static const char *
get_subtitle (Fixture    *f,
              const char *title)
{
  GtkWidget *row = find_row (f->dialog, title);

  g_assert_nonnull (row);

  return adw_action_row_get_subtitle (ADW_ACTION_ROW (row));
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (SySource) source = NULL;
  g_autoptr (GError) error = NULL;

  f->clock = sy_clock_new_manual (1000 * SY_USEC_PER_SEC, 1795422736 * SY_USEC_PER_SEC);
  f->session = sy_session_new (f->clock, &error);
  g_assert_no_error (error);
  source = sy_still_source_new (ADDRESS, f->clock);
  f->backend = sy_backend_new ("<Orders>", source, sy_session_get_recogniser (f->session));
  sy_source_start (source);

  f->dialog = g_object_ref_sink (sy_mapping_dialog_new (NULL, f->session, f->backend));
  gtk_window_present (GTK_WINDOW (f->dialog));
  settle (f->dialog);
  run_second (f);
  run_second (f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *path = sy_datadir_build_own_path ("mappings.json");

  gtk_window_destroy (GTK_WINDOW (f->dialog));
  g_assert_finalize_object (f->dialog);
  g_clear_object (&f->backend);
  g_clear_object (&f->session);
  g_clear_object (&f->clock);
  g_unlink (path);
}

static void
test_role (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *path = sy_datadir_build_own_path ("mappings.json");
  g_autofree char *text = NULL;
  const char *metric = NULL;

  g_assert_cmpstr (get_subtitle (f, "Requests answered"), ==, "http_requests_total · recognised");
  g_assert_cmpstr (get_subtitle (f, "Memory"), ==, "Nothing found");
  g_assert_cmpfloat (sy_backend_get_reading (f->backend)->throughput, >, 30);

  activate (f, "Requests answered");
  g_assert_nonnull (find_row (f->dialog, "orders_total"));
  g_assert_null (find_row (f->dialog, "depth")); /* a gauge cannot count */
  activate (f, "orders_total");

  /* applied from the next answer on, for which a stream is not disturbed */
  g_assert_cmpuint (sy_still_source_n_retries (SY_STILL_SOURCE (sy_backend_get_source (f->backend))), ==, 0);
  g_assert_cmpstr (get_subtitle (f, "Requests answered"), ==, "orders_total · chosen by you");
  run_second (f);
  run_second (f);
  g_assert_cmpfloat (sy_backend_get_reading (f->backend)->throughput, >, 3);
  g_assert_cmpfloat (sy_backend_get_reading (f->backend)->throughput, <, 6);

  /* kept, and found again by a new session */
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, ADDRESS));
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (SySession) session = sy_session_new (f->clock, &error);
    SyBackend *backend = sy_session_add (session, ADDRESS, NULL, &error);

    g_assert_no_error (error);
    g_assert_true (sy_overrides_find_role (sy_backend_get_overrides (backend), "requests", &metric));
    g_assert_cmpstr (metric, ==, "orders_total");
  }

  activate (f, "Requests answered");
  activate (f, "Nothing");
  g_assert_cmpstr (get_subtitle (f, "Requests answered"), ==, "Nothing · chosen by you");
  run_second (f);
  run_second (f);
  g_assert_true (isnan (sy_backend_get_reading (f->backend)->throughput));

  activate (f, "Requests answered");
  activate (f, "Automatic");
  run_second (f);
  run_second (f);
  g_assert_cmpstr (get_subtitle (f, "Requests answered"), ==, "http_requests_total · recognised");
  g_assert_cmpfloat (sy_backend_get_reading (f->backend)->throughput, >, 30);
}

static void
test_search (Fixture       *f,
             gconstpointer  data)
{
  GtkWidget *search;

  activate (f, "Requests answered");
  search = find_type (find_type (f->dialog, SY_TYPE_METRIC_PICKER), GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (search), "ORDER total");
  g_signal_emit_by_name (search, "search-changed");
  settle (f->dialog);
  g_assert_nonnull (find_row (f->dialog, "orders_total"));
  g_assert_null (find_row (f->dialog, "http_requests_total"));
  g_assert_nonnull (find_row (f->dialog, "Automatic"));

  /* help is text, not markup */
  g_assert_cmpstr (get_subtitle (f, "orders_total"), ==, "counter · Orders, <b>all</b>");
}

static void
test_filter (Fixture       *f,
             gconstpointer  data)
{
  SyFilterEditor *editor = SY_FILTER_EDITOR (find_type (f->dialog, SY_TYPE_FILTER_EDITOR));
  GtkWidget *entry = find_type (GTK_WIDGET (editor), GTK_TYPE_ENTRY);
  GtkWidget *label = find_type (GTK_WIDGET (editor), ADW_TYPE_COMBO_ROW);
  GListModel *labels;
  GtkWidget *row;

  sy_filter_editor_reset (editor, sy_backend_get_exposition (f->backend));
  labels = adw_combo_row_get_model (ADW_COMBO_ROW (label));
  g_assert_cmpuint (g_list_model_get_n_items (labels), ==, 2);
  g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (labels), 0), ==, "route");

  /* nothing typed: nothing done */
  g_signal_emit_by_name (entry, "activate");
  g_assert_null (sy_backend_get_overrides (f->backend));

  gtk_editable_set_text (GTK_EDITABLE (entry), " /a , ,/c*");
  g_signal_emit_by_name (entry, "activate");
  settle (f->dialog);
  g_assert_cmpstr (get_subtitle (f, "route"), ==, "only /a, /c*");
  run_second (f);
  run_second (f);
  g_assert_cmpfloat (sy_backend_get_reading (f->backend)->throughput, >, 7);
  g_assert_cmpfloat (sy_backend_get_reading (f->backend)->throughput, <, 11);

  row = find_row (f->dialog, "route");
  g_signal_emit_by_name (find_type (row, GTK_TYPE_BUTTON), "clicked");
  settle (f->dialog);
  g_assert_null (find_row (f->dialog, "route"));
  g_assert_true (sy_overrides_is_empty (sy_backend_get_overrides (f->backend)));
}

/* It works, but the disk says no. */
static void
test_not_kept (Fixture       *f,
               gconstpointer  data)
{
  g_autofree char *path = sy_datadir_build_own_path ("mappings.json");
  g_autoptr (SyOverrides) overrides = sy_overrides_new ();
  g_autoptr (GError) error = NULL;

  sy_overrides_set_role (overrides, "requests", "orders_total");
  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  g_assert_false (sy_session_set_overrides (f->session, f->backend, overrides, &error));
  g_assert_nonnull (error);
  g_assert_true (sy_backend_get_overrides (f->backend) == overrides);
  g_rmdir (path);
}

/* A file with a mistake is told and stays as it is. */
static void
test_broken_file (Fixture       *f,
                  gconstpointer  data)
{
  g_autofree char *path = sy_datadir_build_own_path ("mappings.json");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  g_autoptr (SyOverrides) overrides = sy_overrides_new ();
  g_autoptr (SySession) session = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{\"schema\": 3}", -1, NULL));
  session = sy_session_new (f->clock, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (sy_session_get_mapping_error (session)->message, "schema: must be a string"));

  sy_overrides_set_role (overrides, "requests", "orders_total");
  g_assert_false (sy_session_set_overrides (session, f->backend, overrides, &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "{\"schema\": 3}");
}

static void
test_narrow (Fixture       *f,
             gconstpointer  data)
{
  static const char * const pages[] = { "Requests answered", NULL };
  int minimum;

  gtk_widget_measure (f->dialog, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  activate (f, pages[0]);
  gtk_widget_measure (f->dialog, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
}

#define ADD(name, func) g_test_add ("/ui/mapping-dialog/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("steelyard-mapping-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (home, "steelyard", NULL);
  int status;

  /* What is kept is kept here. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("role", test_role);
  ADD ("search", test_search);
  ADD ("filter", test_filter);
  ADD ("not-kept", test_not_kept);
  ADD ("broken-file", test_broken_file);
  ADD ("narrow", test_narrow);

  status = g_test_run ();
  g_rmdir (folder);
  g_rmdir (home);

  return status;
}
