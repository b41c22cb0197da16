/* test-interrupted.c: the window tells of the recording that a killed program left
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "sy-shelf-fixture.h"
#include "sy-still-source.h"
#include "sy-window-private.h"

/* What is in the file and its log while @address is being recorded, under another name. */
static void
leave_interrupted (SyShelfFixture *self,
                   const char     *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SySession) session = sy_session_new (self->clock, &error);
  g_autoptr (SySource) source = sy_still_source_new (address, self->clock);
  g_autofree char *path = g_build_filename (self->folder, "live", NULL);
  SyRecorder *recorder = sy_session_start_recording (session, path, "live", NULL, &error);
  g_auto (SyRecorderStatus) status = { 0 };

  g_assert_no_error (error);
  g_assert_nonnull (sy_session_add_source (session, source, "Orders", &error));
  sy_still_source_say (SY_STILL_SOURCE (source), SHELF_FIXTURE_METRICS);
  while (status.n_recorded == 0)
    {
      g_main_context_iteration (NULL, TRUE);
      sy_recorder_status_clear (&status);
      sy_recorder_get_status (recorder, &status);
    }

  for (guint i = 0; i < 2; i++)
    {
      const char *suffix = i == 0 ? "" : "-wal";
      g_autofree char *from = g_strconcat (path, suffix, NULL);
      g_autofree char *to = g_strdup_printf ("%s/killed.steelyard%s", self->folder, suffix);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
      g_assert_true (g_file_set_contents (to, bytes, (gssize) length, NULL));
    }

  g_assert_true (sy_session_stop_recording (session, &error));
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
set_up (SyShelfFixture *self,
        gconstpointer   data)
{
  sy_shelf_fixture_set_up (self);
  g_settings_reset (self->settings, "told-interruptions");
  leave_interrupted (self, data);
}

static void
tear_down (SyShelfFixture *self,
           gconstpointer   data)
{
  sy_shelf_fixture_tear_down (self);
}

static void
refreshed_cb (SyShelf  *shelf,
              gboolean *done)
{
  *done = TRUE;
}

/* After the window, which hears of it first. */
static void
look (SyShelfFixture *self)
{
  gboolean done = FALSE;
  const gulong handler = g_signal_connect (self->shelf, "refreshed", G_CALLBACK (refreshed_cb), &done);

  sy_shelf_refresh (self->shelf);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (self->shelf, handler);
}

static gboolean
is_told (SyShelfFixture *self)
{
  g_auto (GStrv) told = g_settings_get_strv (self->settings, "told-interruptions");
  const gboolean shown = gtk_widget_get_visible (self->window->notice_bar);

  g_assert_true (g_strv_contains ((const char *const *) told, "killed") == shown);
  return shown;
}

static gboolean
may_continue (SyShelfFixture *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (gtk_widget_get_template_child (self->window->notice_bar, SY_TYPE_NOTICE_BAR, "button")));
}

static void
test_continue (SyShelfFixture *self,
               gconstpointer   data)
{
  g_autofree char *path = g_build_filename (self->folder, "killed.steelyard", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;

  sy_window_set_shelf (self->window, self->shelf, self->keeper);
  look (self);
  g_assert_true (is_told (self));
  g_assert_true (may_continue (self));

  /* It goes on in its own file. */
  sy_keeper_set_enabled (self->keeper, TRUE);
  g_signal_emit_by_name (self->window->notice_bar, "chosen");
  g_assert_cmpuint (sy_session_get_n (self->session), ==, 1);
  g_assert_cmpstr (sy_backend_get_name (sy_session_get (self->session, 0)), ==, "Orders");
  g_assert_true (sy_keeper_is_recording (self->keeper));
  g_assert_cmpstr (sy_recorder_get_path (sy_session_get_recorder (self->session)), ==, path);
  sy_session_remove (self->session, sy_session_get (self->session, 0));

  recording = sy_recording_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (sy_recording_was_finished (recording));
  g_assert_cmpuint (sy_recording_get_n (recording), ==, 1);
  g_assert_cmpuint (sy_recording_get_target (recording, 0)->n_recorded, ==, 1);
  g_assert_cmpuint (sy_recording_get_target (recording, 0)->n_gaps, >=, 1);
}

/* What cannot go on is told, and what is watched is recorded anew. */
static void
test_anew (SyShelfFixture *self,
           gconstpointer   data)
{
  g_autofree char *path = g_build_filename (self->folder, "killed.steelyard", NULL);

  sy_window_set_shelf (self->window, self->shelf, self->keeper);
  look (self);
  g_assert_true (is_told (self));
  sy_keeper_set_enabled (self->keeper, TRUE);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_signal_emit_by_name (self->window->notice_bar, "chosen");
  g_assert_true (sy_keeper_is_recording (self->keeper));
  g_assert_cmpstr (sy_recorder_get_path (sy_session_get_recorder (self->session)), !=, path);
  sy_session_remove (self->session, sy_session_get (self->session, 0));
}

/* Who watches something is not disturbed, and is told when that has gone. */
static void
test_watching (SyShelfFixture *self,
               gconstpointer   data)
{
  g_autoptr (SySource) source = sy_still_source_new ("http://127.0.0.1:4/metrics", self->clock);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (sy_session_add_source (self->session, source, "Basket", &error));
  sy_window_set_shelf (self->window, self->shelf, self->keeper);
  look (self);
  look (self);
  g_assert_false (is_told (self));

  sy_session_remove (self->session, sy_session_get (self->session, 0));
  look (self);
  g_assert_true (is_told (self));
}

/* The offer goes when somebody watches something: its recording is not ended for it. */
static void
test_late (SyShelfFixture *self,
           gconstpointer   data)
{
  g_autofree char *path = g_build_filename (self->folder, "killed.steelyard", NULL);
  g_autoptr (SySource) source = sy_still_source_new ("http://127.0.0.1:4/metrics", self->clock);
  g_autoptr (GError) error = NULL;

  sy_window_set_shelf (self->window, self->shelf, self->keeper);
  look (self);
  g_assert_true (may_continue (self));
  sy_keeper_set_enabled (self->keeper, TRUE);
  g_assert_nonnull (sy_session_add_source (self->session, source, "Basket", &error));
  g_assert_false (gtk_widget_get_visible (self->window->notice_bar));

  g_signal_emit_by_name (self->window->notice_bar, "chosen");
  g_assert_cmpuint (sy_session_get_n (self->session), ==, 1);
  g_assert_true (sy_keeper_is_recording (self->keeper));
  g_assert_cmpstr (sy_recorder_get_path (sy_session_get_recorder (self->session)), !=, path);
  sy_session_remove (self->session, sy_session_get (self->session, 0));
}

/* The secret of an address is not in the recording: without it nobody would answer. */
static void
test_secret (SyShelfFixture *self,
             gconstpointer   data)
{
  sy_window_set_shelf (self->window, self->shelf, self->keeper);
  look (self);
  g_assert_true (is_told (self));
  g_assert_false (may_continue (self));
}

/* What was recorded stands beside what is live, and goes out of the window again. */
static void
test_beside (SyShelfFixture *self,
             gconstpointer   data)
{
  g_autofree char *path = g_build_filename (self->folder, "killed.steelyard", NULL);
  g_autoptr (SySource) source = sy_still_source_new ("http://127.0.0.1:4/metrics", self->clock);
  g_autoptr (GError) error = NULL;

  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (self->window), "add-recording"));
  g_assert_nonnull (sy_session_add_source (self->session, source, "Basket", &error));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (self->window), "add-recording"));
  sy_window_add_recording (self->window, path);
  while (sy_session_get_n (self->session) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (sy_backend_get_name (sy_session_get (self->session, 1)), ==, "Orders (killed)");
  g_assert_true (sy_window_weighs_recording (self->window));
  g_signal_emit_by_name (self->window->live_page, "remove-requested", sy_session_get (self->session, 1));
  g_assert_false (sy_window_weighs_recording (self->window));

  /* What is none is told of beside the pages. */
  g_assert_true (g_file_set_contents (path, "no", 2, NULL));
  sy_window_add_recording (self->window, path);
  while (!gtk_widget_get_visible (self->window->notice_bar))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (sy_session_get_n (self->session), ==, 1);
  sy_session_remove (self->session, sy_session_get (self->session, 0));
}

#define ADD(name, address, func) g_test_add ("/ui/interrupted/" name, SyShelfFixture, address, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  ADD ("continue", "http://127.0.0.1:3/metrics?job=orders", test_continue);
  ADD ("beside", "http://127.0.0.1:3/metrics", test_beside);
  ADD ("anew", "http://127.0.0.1:3/metrics", test_anew);
  ADD ("watching", "http://127.0.0.1:3/metrics", test_watching);
  ADD ("late", "http://127.0.0.1:3/metrics", test_late);
  ADD ("secret", "http://127.0.0.1:3/metrics?token=hush", test_secret);
  return g_test_run ();
}
