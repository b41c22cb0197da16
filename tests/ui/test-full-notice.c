/* test-full-notice.c: the window says when a recording is full, of answers or of backends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "sy-error.h"
#include "sy-shelf-fixture.h"
#include "sy-still-source.h"
#include "sy-window-private.h"

static void
set_up (SyShelfFixture *self,
        gconstpointer   data)
{
  const SyRetention retention = { .each_bytes = 128 * 1024 };

  sy_shelf_fixture_set_up (self);
  sy_keeper_set_retention (self->keeper, &retention);
  sy_window_set_shelf (self->window, self->shelf, self->keeper);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (SyShelfFixture *self,
           gconstpointer   data)
{
  sy_shelf_fixture_tear_down (self);
}

/* Until all that was said is in the file, or the recording has ended. */
static void
wait_for_writing (SyShelfFixture *self)
{
  g_auto (SyRecorderStatus) status = { 0 };

  sy_recorder_get_status (sy_session_get_recorder (self->session), &status);
  while (status.state == SY_RECORDER_RECORDING && status.n_recorded < status.n_expected)
    {
      g_main_context_iteration (NULL, TRUE);
      sy_recorder_status_clear (&status);
      sy_recorder_get_status (sy_session_get_recorder (self->session), &status);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_full (SyShelfFixture *self,
           gconstpointer   data)
{
  g_autoptr (SySource) source = sy_still_source_new ("http://127.0.0.1:1/metrics", self->clock);
  SyNoticeBar *bar = SY_NOTICE_BAR (self->window->notice_bar);
  g_autoptr (GError) error = NULL;
  gboolean was_told = FALSE;

  sy_keeper_set_enabled (self->keeper, TRUE);
  g_assert_nonnull (sy_session_add_source (self->session, source, "Orders", &error));
  while (!sy_keeper_is_full (self->keeper))
    {
      for (guint i = 0; i < 20; i++)
        sy_still_source_say (SY_STILL_SOURCE (source), SHELF_FIXTURE_METRICS);
      wait_for_writing (self);
      was_told = was_told || strcmp (sy_notice_bar_get_title (bar), "The recording will soon be full") == 0;
      sy_clock_advance (self->clock, SY_USEC_PER_SEC);
    }

  g_assert_true (was_told);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (bar)));
  g_assert_cmpstr (sy_notice_bar_get_title (bar), ==, "The recording is full");

  /* The button records on, in another file, and nothing is said any more. */
  g_signal_emit_by_name (bar, "chosen");
  g_assert_true (sy_keeper_is_recording (self->keeper));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (bar)));
}

/* One that comes and goes is another one of the recording each time. */
static void
test_left_out (SyShelfFixture *self,
               gconstpointer   data)
{
  g_autoptr (SySource) source = sy_still_source_new ("http://127.0.0.1:1/metrics", self->clock);
  g_autoptr (SySource) other = sy_still_source_new ("http://127.0.0.1:2/metrics", self->clock);
  SyNoticeBar *bar = SY_NOTICE_BAR (self->window->notice_bar);
  g_autoptr (SyBackend) going = NULL;
  g_autoptr (GError) error = NULL;

  sy_keeper_set_enabled (self->keeper, TRUE);
  g_assert_nonnull (sy_session_add_source (self->session, source, "Orders", &error));
  going = g_object_ref (sy_session_add_source (self->session, other, "Basket", &error));
  for (guint i = 2; i < SY_RECORD_MAX_TARGETS; i++)
    {
      sy_session_remove (self->session, going);
      g_assert_true (sy_session_put_back (self->session, going, 1, &error));
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (bar)));

  sy_session_remove (self->session, going);
  g_assert_true (sy_session_put_back (self->session, going, 1, &error));
  while (sy_keeper_get_n_left_out (self->keeper) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (sy_keeper_is_recording (self->keeper));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (bar)));
  g_assert_cmpstr (sy_notice_bar_get_title (bar), ==, "1 backend is not being recorded");

  /* The next recording has room for it. */
  g_signal_emit_by_name (bar, "chosen");
  g_assert_cmpuint (sy_keeper_get_n_left_out (self->keeper), ==, 0);
  g_assert_true (sy_keeper_is_recording (self->keeper));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (bar)));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add ("/ui/full-notice/full", SyShelfFixture, NULL, set_up, test_full, tear_down);
  g_test_add ("/ui/full-notice/left-out", SyShelfFixture, NULL, set_up, test_left_out, tear_down);
  return g_test_run ();
}
