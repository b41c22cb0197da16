/* test-replay.c: what was recorded says what it said live
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "replay-fixture.h"
#include "sy-error.h"
#include "sy-replay.h"
#include "sy-replay-source.h"
#include "sy-weighing.h"

typedef ReplayFixture Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  replay_fixture_set_up (self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  replay_fixture_tear_down (self);
}

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
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
      g_assert_cmpuint (sy_times_get_n (times), ==, REPLAY_SECONDS);
    }
}

/* From any place it can be started over, and says the same again. */
static void
test_rewind (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (SyReplay) replay = open_replay (self);
  SyClock *clock = sy_session_get_clock (sy_replay_get_session (replay));
  const gint64 wall_us = sy_clock_get_wall (clock);
  const gint64 begin_us = sy_replay_get_begin (replay);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      sy_replay_play (replay, sy_replay_get_begin (replay) + (i == 0 ? 33 * SY_USEC_PER_SEC : 3599 * SY_USEC_PER_SEC));
      g_assert_true (sy_replay_rewind (replay, &error));
      g_assert_no_error (error);
      g_assert_cmpint (sy_clock_get_monotonic (clock), ==, sy_replay_get_begin (replay));
      g_assert_cmpint (sy_clock_get_wall (clock), ==, wall_us);
      g_assert_cmpint (sy_replay_get_end (replay) - sy_replay_get_begin (replay), ==, (REPLAY_SECONDS - 1) * SY_USEC_PER_SEC);
      g_assert_cmpuint (sy_session_get_n (sy_replay_get_session (replay)), ==, 2);
    }

  g_assert_cmpint (sy_replay_get_begin (replay), ==, begin_us + 2 * 3600 * SY_USEC_PER_SEC);
  check_same (self, replay, 0);
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

  sy_replay_play (replay, sy_replay_get_begin (replay) + REPLAY_GAP_AT * SY_USEC_PER_SEC);
  g_assert_cmpuint (sy_source_get_n_scrapes (source), ==, REPLAY_GAP_AT + 1);
  g_assert_cmpint (sy_source_get_state (source), ==, SY_SOURCE_RETRYING);
  g_assert_error (sy_source_get_error (source), SY_ERROR, SY_ERROR_CONNECT);
  g_assert_cmpstr (sy_source_get_error (source)->message, ==, "refused");

  iterate ();
  g_assert_cmpuint (sy_source_get_n_scrapes (source), ==, REPLAY_GAP_AT + 1);
  sy_replay_play (replay, sy_replay_get_begin (replay) + (REPLAY_GAP_AT + 1) * SY_USEC_PER_SEC);
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
  g_assert_cmpuint (sy_source_get_n_scrapes (SY_SOURCE (source)), ==, REPLAY_SECONDS - 50);
  g_assert_cmpint (sy_source_get_state (SY_SOURCE (source)), ==, SY_SOURCE_STOPPED);
  g_assert_true (sy_replay_source_seek (source, begin_us + 1000 * SY_USEC_PER_SEC, &error));
  g_assert_cmpint (sy_replay_source_get_due (source), ==, G_MAXINT64);
}

/* How often it was asked is the recording's, whatever the window of live backends is set to. */
static void
test_interval (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr (SyReplay) replay = open_replay (self);
  SySession *session = sy_replay_get_session (replay);

  sy_session_set_interval (session, 15 * SY_USEC_PER_SEC);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (sy_source_get_interval (sy_backend_get_source (sy_session_get (session, i))), ==, SY_USEC_PER_SEC);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/replay/same", Fixture, NULL, set_up, test_same, tear_down);
  g_test_add ("/replay/interval", Fixture, NULL, set_up, test_interval, tear_down);
  g_test_add ("/replay/rewind", Fixture, NULL, set_up, test_rewind, tear_down);
  g_test_add ("/replay/pause-and-gap", Fixture, NULL, set_up, test_pause_and_gap, tear_down);
  g_test_add ("/replay/seek", Fixture, NULL, set_up, test_seek, tear_down);
  return g_test_run ();
}
