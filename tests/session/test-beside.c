/* test-beside.c: a recording is weighed beside what is live
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "replay-fixture.h"
#include "sy-alert-watch.h"
#include "sy-beside.h"
#include "sy-error.h"
#include "sy-recording-edit.h"
#include "sy-still-source.h"
#include "sy-weighing.h"

#define START_US (9000 * SY_USEC_PER_SEC)
#define WALL_US (G_GINT64_CONSTANT (1795500000) * SY_USEC_PER_SEC)

typedef struct
{
  ReplayFixture recorded;
  SyClock      *clock;   /* (owned) */
  SySession    *session; /* (owned): with one live backend */
} Fixture;

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* @data: the address of the live one. */
static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SySource) source = NULL;

  replay_fixture_set_up (&self->recorded);
  self->clock = sy_clock_new_manual (START_US, WALL_US);
  self->session = sy_session_new (self->clock, &error);
  g_assert_no_error (error);
  source = sy_still_source_new (data, self->clock);
  g_assert_nonnull (sy_session_add_source (self->session, source, "now", &error));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_object (&self->session);
  iterate ();
  g_clear_object (&self->clock);
  replay_fixture_tear_down (&self->recorded);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(SyRecording **) user_data = sy_beside_finish (result, &error);
  g_assert_no_error (error);
}

/* (transfer none) */
static SyBackend *
add (Fixture *self)
{
  g_autoptr (SyRecording) recording = NULL;
  g_autoptr (GError) error = NULL;
  SyBackend *backend;

  sy_beside_open (self->recorded.path, NULL, opened_cb, &recording);
  while (recording == NULL)
    g_main_context_iteration (NULL, TRUE);
  backend = sy_beside_add (self->session, recording, &error);
  g_assert_no_error (error);
  return backend;
}

/* Slower than what was recorded of the first. */
static void
pass (Fixture *self,
      guint    seconds)
{
  SySource *source = sy_backend_get_source (sy_session_get (self->session, 0));

  for (guint i = 0; i < seconds; i++)
    {
      const guint n = 200 * i;
      g_autofree char *text = g_strdup_printf (
        "# TYPE http_server_request_duration_seconds histogram\n"
        "http_server_request_duration_seconds_bucket{le=\"0.01\"} %u\n"
        "http_server_request_duration_seconds_bucket{le=\"0.1\"} %u\n"
        "http_server_request_duration_seconds_bucket{le=\"+Inf\"} %u\n"
        "http_server_request_duration_seconds_sum %u\n"
        "http_server_request_duration_seconds_count %u\n", n / 2, n, n, n / 20, n);

      sy_still_source_say (SY_STILL_SOURCE (source), text);
      iterate ();
      sy_clock_advance (self->clock, SY_USEC_PER_SEC);
      iterate ();
    }
}

/* From its first answer on, now; window by window with the live one, to a verdict. */
static void
test_weighed (Fixture       *self,
              gconstpointer  data)
{
  SyBackend *then = add (self);
  g_autoptr (SyWeighing) weighing = sy_weighing_new (self->clock, sy_session_get (self->session, 0), then);
  SyTimes *times;

  g_assert_cmpstr (sy_backend_get_name (then), ==, "one (r)");
  pass (self, 150);
  times = sy_history_get_times (sy_backend_get_history (then));
  g_assert_cmpint (sy_times_get_first (times), >=, START_US);
  g_assert_cmpint (sy_times_get_first (times), <, START_US + SY_USEC_PER_SEC);
  g_assert_cmpuint (sy_times_get_n (times), ==, 151); /* with both ends */
  g_assert_cmpfloat_with_epsilon (sy_backend_get_reading (then)->throughput, 200, 1);
  sy_weighing_flush (weighing);
  g_assert_cmpuint (sy_weighing_get_verdict (weighing)->time.n_windows, >=, 8);
  g_assert_cmpint (sy_weighing_get_verdict (weighing)->state, !=, SY_VERDICT_TOO_EARLY);
  g_assert_cmpfloat (sy_weighing_get_verdict (weighing)->time.ratio, >, 1.5);
  /* One host, at two times. */
  g_assert_null (sy_verdict_find_gate (sy_weighing_get_verdict (weighing), SY_GATE_SAMEHOST));
}

/* Its address may be that of a live backend: that is what it meets. */
static void
test_itself (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyBackend) then = g_object_ref (add (self));

  g_assert_cmpstr (sy_backend_get_name (then), ==, "two (r)");

  /* Undo puts it back beside the live one as well. */
  sy_session_remove (self->session, then);
  g_assert_true (sy_session_put_back (self->session, then, 1, &error));
  g_assert_no_error (error);
}

/* It is not recorded again, and nobody sends requests to where it once was. */
static void
test_apart (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *path = g_build_filename (self->recorded.folder, "live.steelyard", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  SyBackend *then = NULL;

  g_assert_nonnull (sy_session_start_recording (self->session, path, "live", NULL, &error));
  then = add (self);
  g_assert_false (sy_backend_check_loadable (then, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  g_clear_error (&error);
  pass (self, 5);
  g_assert_true (sy_session_stop_recording (self->session, &error));
  recording = sy_recording_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sy_recording_get_n (recording), ==, 1);
  g_assert_cmpint (g_remove (path), ==, 0);
}

/* Nobody is told of what was the case another day. */
static void
test_no_alert (Fixture       *self,
               gconstpointer  data)
{
  static const SyAlertRule rule = { 0, SY_QUANTITY_THROUGHPUT, 1, FALSE, SY_ALERT_ABOVE, 1, 0.1, 0, TRUE };
  g_autofree char *path = g_build_filename (self->recorded.folder, "alerts.json", NULL);
  g_autoptr (SyAlertBook) book = sy_alert_book_new (path);
  g_autoptr (SyAlertWatch) watch = sy_alert_watch_new (G_LIST_MODEL (self->session), self->clock, book);

  g_assert_true (sy_alert_book_add (book, &rule, G_MAXUINT, NULL));
  add (self);
  pass (self, 20);
  g_assert_cmpfloat (sy_backend_get_reading (sy_session_get (self->session, 1))->throughput, >, 1);
  g_assert_cmpuint (sy_alert_watch_get_events (watch)->len, ==, 0);
  g_assert_cmpint (g_remove (path), ==, 0);
}

/* What a person excluded of it does not count here either, also after an Undo. */
static void
test_excluded (Fixture       *self,
               gconstpointer  data)
{
  SyRecordMark mark = { .kind = SY_MARK_EXCLUDED, .text = (char *) "began" };
  g_autoptr (GError) error = NULL;
  g_autoptr (SyBackend) then = NULL;

  {
    g_autoptr (SyRecording) recording = sy_recording_open (self->recorded.path, &error);

    mark.from_us = sy_recording_get_begin (recording);
    mark.to_us = mark.from_us + 10 * SY_USEC_PER_SEC;
  }

  g_assert_true (sy_recording_add_mark (self->recorded.path, &mark, NULL, &error));
  then = g_object_ref (add (self));
  sy_session_remove (self->session, then);
  g_assert_true (sy_session_put_back (self->session, then, 1, &error));
  g_assert_cmpuint (sy_history_count_excluded (sy_backend_get_history (then), START_US, START_US + SY_USEC_PER_SEC), ==, 1);
  g_assert_cmpuint (sy_history_count_excluded (sy_backend_get_history (then), START_US + 11 * SY_USEC_PER_SEC,
                                               START_US + 12 * SY_USEC_PER_SEC), ==, 0);
}

#define ADD(name, address, func) g_test_add ("/beside/" name, Fixture, address, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("weighed", "http://127.0.0.1:9/metrics", test_weighed);
  ADD ("itself", "http://127.0.0.1:2/metrics", test_itself);
  ADD ("apart", "http://127.0.0.1:9/metrics", test_apart);
  ADD ("no-alert", "http://127.0.0.1:9/metrics", test_no_alert);
  ADD ("excluded", "http://127.0.0.1:9/metrics", test_excluded);
  return g_test_run ();
}
