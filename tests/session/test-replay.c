/* test-replay.c: what was recorded says what it said live
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "sy-error.h"
#include "sy-replay.h"
#include "sy-replay-source.h"
#include "sy-still-source.h"
#include "sy-weighing.h"

#define START_US (1000 * SY_USEC_PER_SEC)
#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)
#define SECONDS 200
#define GAP_AT 77

typedef struct
{
  char      *folder; /* (owned) */
  char      *path;   /* (owned): of a recording */
  SyVerdict *live;   /* (owned): what was said while it was made */
  double     last[2]; /* throughput in the last reading */
} Fixture;

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* 200 requests/s, and one every second of them slow; B's others are slower. */
static void
say (SyBackend *backend,
     guint      i,
     guint      second)
{
  const guint n = 200 * second;
  const guint fast = n - second * (i == 0 ? 1 : 60) - (second % 7);
  g_autofree char *text = g_strdup_printf (
    "# TYPE http_server_request_duration_seconds histogram\n"
    "http_server_request_duration_seconds_bucket{le=\"0.01\"} %u\n"
    "http_server_request_duration_seconds_bucket{le=\"0.1\"} %u\n"
    "http_server_request_duration_seconds_bucket{le=\"+Inf\"} %u\n"
    "http_server_request_duration_seconds_sum %u.5\n"
    "http_server_request_duration_seconds_count %u\n"
    "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total %u.25\n"
    "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds 1794990000\n", fast, n, n, n / 50, n, second);

  sy_still_source_say (SY_STILL_SOURCE (sy_backend_get_source (backend)), text);
}

static void
live (Fixture   *self,
      SySession *session)
{
  SyClock *clock = sy_session_get_clock (session);
  g_autoptr (SyWeighing) weighing = sy_weighing_new (clock, sy_session_get (session, 0), sy_session_get (session, 1));

  for (guint second = 0; second < SECONDS; second++)
    {
      for (guint i = 0; i < 2; i++)
        if (second == GAP_AT && i == 1)
          sy_still_source_fail (SY_STILL_SOURCE (sy_backend_get_source (sy_session_get (session, i))), SY_ERROR_CONNECT, "refused", 0);
        else
          say (sy_session_get (session, i), i, second);
      iterate ();
      sy_clock_advance (clock, SY_USEC_PER_SEC);
      iterate ();
    }

  sy_weighing_flush (weighing);
  self->live = sy_verdict_copy (sy_weighing_get_verdict (weighing));
  for (guint i = 0; i < 2; i++)
    self->last[i] = sy_backend_get_reading (sy_session_get (session, i))->throughput;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  static const char *const addresses[] = { "http://127.0.0.1:1/metrics", "http://127.0.0.1:2/metrics" };
  g_autoptr (GError) error = NULL;
  g_autoptr (SyClock) clock = sy_clock_new_manual (START_US, WALL_US);
  g_autoptr (SySession) session = sy_session_new (clock, &error);

  g_assert_no_error (error);
  self->folder = g_dir_make_tmp ("replay-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "r.steelyard", NULL);
  sy_session_start_recording (session, self->path, "r", NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SySource) source = sy_still_source_new (addresses[i], clock);

      g_assert_nonnull (sy_session_add_source (session, source, i == 0 ? "one" : "two", &error));
    }

  live (self, session);
  sy_session_stop_recording (session, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_remove (self->path);
  g_rmdir (self->folder);
  sy_verdict_free (self->live);
  g_free (self->path);
  g_free (self->folder);
}

static SyReplay *
open_replay (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = sy_recording_open (self->path, &error);
  SyReplay *replay = sy_replay_new (&error);

  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    g_assert_nonnull (sy_replay_add (replay, recording, i, &error));
  return replay;
}

static void
check_same (Fixture  *self,
            SyReplay *replay,
            gint64    step_us)
{
  SySession *session = sy_replay_get_session (replay);
  g_autoptr (SyWeighing) weighing =
    sy_weighing_new (sy_session_get_clock (session), sy_session_get (session, 0), sy_session_get (session, 1));
  const SyVerdict *verdict;

  for (gint64 to_us = sy_replay_get_begin (replay); step_us > 0 && to_us < sy_replay_get_end (replay); to_us += step_us)
    sy_replay_play (replay, to_us);
  sy_replay_play (replay, G_MAXINT64);
  g_assert_no_error (sy_replay_get_error (replay));
  g_assert_cmpint (sy_replay_get_due (replay), ==, G_MAXINT64);

  sy_weighing_flush (weighing);
  verdict = sy_weighing_get_verdict (weighing);
  g_assert_cmpint (verdict->state, ==, self->live->state);
  g_assert_cmpuint (verdict->time.n_windows, ==, self->live->time.n_windows);
  g_assert_cmpuint (verdict->time.n_windows, >, 10);
  g_assert_cmpmem (&verdict->time.ratio, sizeof (double), &self->live->time.ratio, sizeof (double));
  g_assert_cmpmem (&verdict->time.low, sizeof (double), &self->live->time.low, sizeof (double));
  g_assert_cmpmem (&verdict->time.high, sizeof (double), &self->live->time.high, sizeof (double));
  g_assert_cmpmem (verdict->time.value, sizeof verdict->time.value, self->live->time.value, sizeof verdict->time.value);
  g_assert_cmpmem (verdict->requests, sizeof verdict->requests, self->live->requests, sizeof verdict->requests);
  for (guint i = 0; i < 2; i++)
    {
      SyTimes *times = sy_history_get_times (sy_backend_get_history (sy_session_get (session, i)));

      g_assert_cmpfloat (sy_backend_get_reading (sy_session_get (session, i))->throughput, ==, self->last[i]);
      g_assert_cmpuint (sy_times_get_n (times), ==, SECONDS);
    }
}

/* At once, and in odd steps: the pace changes nothing. */
static void
test_same (Fixture       *self,
           gconstpointer  data)
{
  static const gint64 steps[] = { 0, 333333, 7 * SY_USEC_PER_SEC };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (SyReplay) replay = open_replay (self);

      check_same (self, replay, steps[i]);
    }
}

/* A clock that stands still is a pause; a gap is a gap with its reason. */
static void
test_pause_and_gap (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr (SyReplay) replay = open_replay (self);
  SySource *source = sy_backend_get_source (sy_session_get (sy_replay_get_session (replay), 1));

  sy_replay_play (replay, sy_replay_get_begin (replay) + GAP_AT * SY_USEC_PER_SEC);
  g_assert_cmpuint (sy_source_get_n_scrapes (source), ==, GAP_AT + 1);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_RETRYING);
  g_assert_error (sy_source_get_error (source), SY_ERROR, SY_ERROR_CONNECT);
  g_assert_cmpstr (sy_source_get_error (source)->message, ==, "refused");

  iterate ();
  g_assert_cmpuint (sy_source_get_n_scrapes (source), ==, GAP_AT + 1);
  sy_replay_play (replay, sy_replay_get_begin (replay) + (GAP_AT + 1) * SY_USEC_PER_SEC);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_LIVE);
}

static void
test_seek (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (SyReplay) replay = open_replay (self);
  g_autoptr (GError) error = NULL;
  SyReplaySource *source =
    SY_REPLAY_SOURCE (sy_backend_get_source (sy_session_get (sy_replay_get_session (replay), 0)));
  const gint64 begin_us = sy_replay_get_begin (replay);

  g_assert_true (sy_replay_source_seek (source, begin_us + 100 * SY_USEC_PER_SEC, &error));
  g_assert_cmpint (sy_replay_source_get_due (source), ==, begin_us + 100 * SY_USEC_PER_SEC);
  g_assert_true (sy_replay_source_seek (source, begin_us + 50 * SY_USEC_PER_SEC - 1, &error));
  g_assert_cmpint (sy_replay_source_get_due (source), ==, begin_us + 50 * SY_USEC_PER_SEC);
  sy_replay_play (replay, G_MAXINT64);
  g_assert_cmpuint (sy_source_get_n_scrapes (SY_SOURCE (source)), ==, SECONDS - 50);
  g_assert_cmpint (sy_source_get_state (SY_SOURCE (source)), ==, SY_SOURCE_STOPPED);
  g_assert_true (sy_replay_source_seek (source, begin_us + 1000 * SY_USEC_PER_SEC, &error));
  g_assert_cmpint (sy_replay_source_get_due (source), ==, G_MAXINT64);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/replay/same", Fixture, NULL, set_up, test_same, tear_down);
  g_test_add ("/replay/pause-and-gap", Fixture, NULL, set_up, test_pause_and_gap, tear_down);
  g_test_add ("/replay/seek", Fixture, NULL, set_up, test_seek, tear_down);
  return g_test_run ();
}
