/* test-application.c: what comes up with the program, and what ends with it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "sy-application-private.h"
#include "sy-still-source.h"

#define METRICS "# TYPE http_requests_total counter\nhttp_requests_total 5\n"

typedef struct
{
  SyApplication *application; /* (owned) */
  GtkWindow     *window;      /* (owned): somebody holds it */
  char          *path;        /* (owned): of the recording */
} Fixture;

/* Records one answer and ends the program with its window open. */
static gboolean
act_cb (gpointer data)
{
  Fixture *self = data;
  SySession *session = self->application->session;
  g_autoptr (SySource) source = sy_still_source_new ("http://127.0.0.1:1/metrics", sy_session_get_clock (session));
  g_auto (SyRecorderStatus) status = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (sy_session_add_source (session, source, "Orders", &error));
  g_assert_true (sy_keeper_is_recording (self->application->keeper));
  self->path = g_strdup (sy_recorder_get_path (sy_session_get_recorder (session)));
  sy_still_source_say (SY_STILL_SOURCE (source), METRICS);
  while (status.n_recorded == 0)
    {
      g_main_context_iteration (NULL, TRUE);
      sy_recorder_status_clear (&status);
      sy_recorder_get_status (sy_session_get_recorder (session), &status);
    }

  self->window = g_object_ref (GTK_WINDOW (sy_application_get_live_window (self->application)));
  g_application_quit (G_APPLICATION (self->application));
  return G_SOURCE_REMOVE;
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window,
                 Fixture        *self)
{
  g_idle_add (act_cb, self);
}

static void
test_ends (void)
{
  char *argv[] = { (char *) "steelyard", NULL };
  Fixture self = { .application = sy_application_new () };
  g_autoptr (SyRecordingInfo) info = NULL;

  g_signal_connect (self.application, "window-added", G_CALLBACK (window_added_cb), &self);
  g_assert_cmpint (g_application_run (G_APPLICATION (self.application), 1, argv), ==, 0);

  /* Whole, although the window is there with all that it holds. */
  info = sy_recording_info_read (self.path);
  g_assert_cmpint (sy_recording_info_get_state (info), ==, SY_RECORDING_WHOLE);
  g_assert_cmpstr (sy_recording_info_get_names (info)[0], ==, "Orders");

  gtk_window_destroy (self.window);
  g_clear_object (&self.window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self.application);
  g_free (self.path);
}

/* No window waits unseen: GTK 4.8 falls over an assistive technology that counts it. */
static gboolean
check_windows_cb (gpointer data)
{
  SyApplication *application = data;
  GListModel *windows = gtk_window_get_toplevels ();

  if (!gtk_widget_get_mapped (GTK_WIDGET (sy_application_get_live_window (application))))
    return G_SOURCE_CONTINUE;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      g_assert_true (gtk_widget_get_realized (window));
    }

  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  return G_SOURCE_REMOVE;
}

static void
begin_cb (GtkApplication *application,
          GtkWindow      *window,
          gpointer        data)
{
  if (GTK_IS_APPLICATION_WINDOW (window))
    g_idle_add (check_windows_cb, application);
}

static void
test_no_hidden (void)
{
  char *argv[] = { (char *) "steelyard", NULL };
  g_autoptr (SyApplication) application = sy_application_new ();

  g_signal_connect (application, "window-added", G_CALLBACK (begin_cb), NULL);
  g_assert_cmpint (g_application_run (G_APPLICATION (application), 1, argv), ==, 0);
}

/* Whatever Add Backend takes, the command line takes. */
static void
test_addresses (void)
{
  static const struct { const char *address; int status; } cases[] = {
    { "otlp://127.0.0.1:1/shop", 0 },
    { "prometheus+http://127.0.0.1:1/?match={job=\"api\"}", 0 },
    { "http://127.0.0.1:1/metrics", 0 },
    { "otlp://192.0.2.1:4318/shop", 2 },
    { "prometheus+http://127.0.0.1:1/?match={", 2 },
    { "ftp://127.0.0.1/", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char *argv[] = { (char *) "steelyard", (char *) "--exit-after-startup", (char *) cases[i].address, NULL };
      g_autoptr (SyApplication) application = sy_application_new ();

      g_test_message ("%s", cases[i].address);
      g_assert_cmpint (g_application_run (G_APPLICATION (application), 3, argv), ==, cases[i].status);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/application/addresses", test_addresses);
  g_test_add_func ("/ui/application/ends", test_ends);
  g_test_add_func ("/ui/application/no-hidden", test_no_hidden);
  return g_test_run ();
}
