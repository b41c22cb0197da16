/* test-mapping-keys.c: the Signals dialog by keyboard alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Real keys of the display's server (xdotool), into this process: nothing is
 * clicked, activated or focused behind the dialog's back.
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-mapping-dialog.h"
#include "sy-overrides.h"
#include "sy-still-source.h"

#define ADDRESS "http://127.0.0.1:8101/metrics"
#define MAX_STEPS 40

typedef struct {
  SyClock   *clock;
  SySession *session;
  SyBackend *backend;
  GtkWidget *dialog;
  guint      n_released; /* keys that arrived */
  gboolean   is_closed;
} Fixture;

static void
released_cb (Fixture *f)
{
  f->n_released++;
}

static void
unmapped_cb (Fixture *f)
{
  f->is_closed = TRUE;
}

static void
exited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(gboolean *) user_data = TRUE;
  g_assert_true (g_subprocess_wait_check_finish (G_SUBPROCESS (object), result, NULL));
}

/* Runs xdotool, and this program meanwhile. */
static void
run_tool (const char *verb,
          const char *argument)
{
  g_autoptr (GSubprocess) tool = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, "xdotool", verb, argument, NULL);
  gboolean has_exited = FALSE;

  g_assert_nonnull (tool);
  g_subprocess_wait_check_async (tool, NULL, exited_cb, &has_exited);
  while (!has_exited)
    g_main_context_iteration (NULL, TRUE);
}

static void
settle (Fixture *f)
{
  for (guint i = 0; i < 2 && !f->is_closed; i++)
    {
      gtk_widget_queue_draw (f->dialog);
      gtk_test_widget_wait_for_draw (f->dialog);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

/* One key, until it was let go here. */
static void
press (Fixture    *f,
       const char *key)
{
  const guint before = f->n_released;

  run_tool ("key", key);
  while (f->n_released == before && !f->is_closed)
    g_main_context_iteration (NULL, TRUE);
  settle (f);
}

static void
type (Fixture    *f,
      const char *text)
{
  const guint before = f->n_released;

  run_tool ("type", text);
  while (f->n_released < before + strlen (text))
    g_main_context_iteration (NULL, TRUE);
  settle (f);
}

/* What a screen reader would say of where the focus is: the row's title, the
 * button's label or tooltip. */
static const char *
get_focus_name (Fixture *f)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (f->dialog));
  GtkWidget *row;

  if (focus == NULL)
    return "nothing";
  g_assert_true (gtk_widget_get_mapped (focus));

  if (GTK_IS_BUTTON (focus))
    return gtk_button_get_label (GTK_BUTTON (focus)) != NULL ? gtk_button_get_label (GTK_BUTTON (focus))
                                                             : gtk_widget_get_tooltip_text (focus);

  row = gtk_widget_get_ancestor (focus, ADW_TYPE_PREFERENCES_ROW);
  if (row != NULL)
    return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));

  return gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY) != NULL ? "search" : G_OBJECT_TYPE_NAME (focus);
}

/* Presses @key until the focus is there: a person needs no more to get there. */
static void
go_to (Fixture    *f,
       const char *key,
       const char *name)
{
  for (guint i = 0; i < MAX_STEPS; i++)
    {
      if (strcmp (get_focus_name (f), name) == 0)
        return;
      press (f, key);
    }

  g_error ("%s never leads to “%s”, but to “%s”", key, name, get_focus_name (f));
}

/* A button that is pressed by key shows that for a moment, and acts then. */
static void
wait_focus (Fixture    *f,
            const char *name)
{
  while (strcmp (get_focus_name (f), name) != 0)
    g_main_context_iteration (NULL, TRUE);
}

static const char *
get_metric (Fixture *f)
{
  SyOverrides *overrides = sy_backend_get_overrides (f->backend);
  const char *metric = NULL;

  return overrides != NULL && sy_overrides_find_role (overrides, "requests", &metric) ? metric : NULL;
}

static guint
get_n_filters (Fixture *f)
{
  SyOverrides *overrides = sy_backend_get_overrides (f->backend);

  return overrides != NULL ? sy_overrides_get_filters (overrides)->len : 0;
}

static void
say (Fixture *f)
{
  sy_clock_advance (f->clock, SY_USEC_PER_SEC);
  sy_still_source_say (SY_STILL_SOURCE (sy_backend_get_source (f->backend)),
                       "# TYPE http_requests_total counter\nhttp_requests_total{route=\"/a\"} 10\n"
                       "# TYPE orders_total counter\norders_total 5\n");
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autoptr (SySource) source = NULL;
  g_autoptr (GError) error = NULL;

  f->clock = sy_clock_new_manual (1000 * SY_USEC_PER_SEC, 1795422736 * SY_USEC_PER_SEC);
  f->session = sy_session_new (f->clock, &error);
  g_assert_no_error (error);
  source = sy_still_source_new (ADDRESS, f->clock);
  f->backend = sy_backend_new ("Orders", source, sy_session_get_recogniser (f->session));
  sy_source_start (source);
  say (f);

  f->dialog = g_object_ref_sink (sy_mapping_dialog_new (NULL, f->session, f->backend));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-released", G_CALLBACK (released_cb), f);
  gtk_widget_add_controller (f->dialog, keys);
  g_signal_connect_swapped (f->dialog, "unmap", G_CALLBACK (unmapped_cb), f);
  gtk_window_present (GTK_WINDOW (f->dialog));
  settle (f);

  /* No window manager runs here: somebody must give the window the keyboard. */
  {
    g_auto (GStrv) argv = g_strsplit ("xdotool search --sync --onlyvisible --name ^Signals$ windowfocus --sync", " ", -1);
    g_autoptr (GSubprocess) tool = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
    gboolean has_exited = FALSE;

    g_assert_no_error (error);
    g_subprocess_wait_check_async (tool, NULL, exited_cb, &has_exited);
    while (!has_exited || !gtk_window_is_active (GTK_WINDOW (f->dialog)))
      g_main_context_iteration (NULL, TRUE);
  }
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *path = sy_datadir_build_own_path ("mappings.json");

  g_signal_handlers_disconnect_by_data (f->dialog, f);
  gtk_window_destroy (GTK_WINDOW (f->dialog));
  g_assert_finalize_object (f->dialog);
  g_clear_object (&f->backend);
  g_clear_object (&f->session);
  g_clear_object (&f->clock);
  g_unlink (path);
}

/* A metric by search and arrow keys; back where it began. */
static void
test_role (Fixture       *f,
           gconstpointer  data)
{
  go_to (f, "Tab", "Requests answered");
  press (f, "Return");
  wait_focus (f, "search");
  type (f, "orders");
  go_to (f, "Tab", "Automatic");
  go_to (f, "Down", "orders_total");
  press (f, "Return");
  wait_focus (f, "Requests answered");
  g_assert_cmpstr (get_metric (f), ==, "orders_total");

  /* and the way there and back without a choice */
  press (f, "space");
  wait_focus (f, "search");
  press (f, "Escape");
  wait_focus (f, "Requests answered");
  g_assert_cmpstr (get_metric (f), ==, "orders_total");

  press (f, "alt+r");
  while (get_metric (f) != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* A filter is made and taken away. */
static void
test_filter (Fixture       *f,
             gconstpointer  data)
{
  go_to (f, "Tab", "_Add Filter…");
  press (f, "space");
  wait_focus (f, "Label");
  go_to (f, "Tab", "Values, with commas between them");
  type (f, "/a");
  press (f, "Return");
  wait_focus (f, "_Add Filter…");
  g_assert_cmpuint (get_n_filters (f), ==, 1);

  go_to (f, "Tab", "Remove Filter: route");
  press (f, "space");
  wait_focus (f, "_Add Filter…");
  g_assert_cmpuint (get_n_filters (f), ==, 0);
}

/* Tab comes to everything and round again; Shift+Tab back. */
static void
test_round (Fixture       *f,
            gconstpointer  data)
{
  go_to (f, "Tab", "Requests answered");
  go_to (f, "Down", "Memory");
  go_to (f, "Tab", "_Add Filter…");
  go_to (f, "Tab", "_Reset to Automatic");
  go_to (f, "shift+Tab", "_Add Filter…");
  go_to (f, "Tab", "Memory");
}

static void
test_escape (Fixture       *f,
             gconstpointer  data)
{
  go_to (f, "Tab", "_Add Filter…");
  press (f, "space");
  wait_focus (f, "Label");
  press (f, "Escape");
  wait_focus (f, "_Add Filter…");
  g_assert_false (f->is_closed);
  press (f, "Escape");
  g_assert_true (f->is_closed);
}

#define ADD(name, func) g_test_add ("/ui/mapping-keys/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("steelyard-keys-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (home, "steelyard", NULL);
  g_autofree char *tool = g_find_program_in_path ("xdotool");
  int status;

  if (tool == NULL)
    {
      g_print ("1..0 # SKIP xdotool is not installed\n");
      return 0;
    }

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("role", test_role);
  ADD ("filter", test_filter);
  ADD ("round", test_round);
  ADD ("escape", test_escape);

  status = g_test_run ();
  g_rmdir (folder);
  g_rmdir (home);
  return status;
}
