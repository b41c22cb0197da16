/* test-player.c: a recording is played at a pace
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "replay-fixture.h"
#include "sy-player.h"
#include "sy-weighing.h"

#define TICK_US (SY_USEC_PER_SEC / 20)
#define LENGTH_US ((REPLAY_SECONDS - 1) * SY_USEC_PER_SEC)

typedef struct
{
  ReplayFixture recorded;
  SyClock      *pace;   /* (owned) */
  SyPlayer     *player; /* (owned) */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  SyReplay *replay = sy_replay_new (&error);

  replay_fixture_set_up (&self->recorded);
  recording = sy_recording_open (self->recorded.path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    g_assert_nonnull (sy_replay_add (replay, recording, i, &error));

  self->pace = sy_clock_new_manual (5 * SY_USEC_PER_SEC, 0);
  self->player = sy_player_new (replay, self->pace);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_object (&self->player);
  g_clear_object (&self->pace);
  replay_fixture_tear_down (&self->recorded);
}

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* @seconds pass for the person. */
static void
live (Fixture *self,
      double   seconds)
{
  for (gint64 left_us = (gint64) (seconds * (double) SY_USEC_PER_SEC); left_us > 0; left_us -= TICK_US)
    {
      sy_clock_advance (self->pace, TICK_US);
      iterate ();
    }
}

static guint
n_heard (Fixture *self,
         guint    index)
{
  SyBackend *backend = sy_session_get (sy_player_get_session (self->player), index);

  return (guint) sy_source_get_n_scrapes (sy_backend_get_source (backend));
}

static void
test_pace (Fixture       *self,
           gconstpointer  data)
{
  g_assert_cmpint (sy_player_get_length (self->player), ==, LENGTH_US);
  g_assert_cmpint (sy_player_get_wall (self->player), ==, G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC);
  live (self, 2);
  g_assert_cmpint (sy_player_get_position (self->player), ==, 0);

  sy_player_set_playing (self->player, TRUE);
  live (self, 10);
  g_assert_cmpint (sy_player_get_position (self->player), ==, 10 * SY_USEC_PER_SEC);
  g_assert_cmpuint (n_heard (self, 0), ==, 11);
  sy_player_set_speed (self->player, 10);
  live (self, 5);
  g_assert_cmpint (sy_player_get_position (self->player), ==, 60 * SY_USEC_PER_SEC);
  g_assert_cmpint (sy_player_get_wall (self->player), ==, (G_GINT64_CONSTANT (1795000000) + 60) * SY_USEC_PER_SEC);

  sy_player_set_playing (self->player, FALSE);
  live (self, 5);
  g_assert_cmpint (sy_player_get_position (self->player), ==, 60 * SY_USEC_PER_SEC);
  g_assert_cmpuint (n_heard (self, 1), ==, 61);

  /* Time that nobody lived through is not made up for. */
  sy_player_set_playing (self->player, TRUE);
  sy_clock_advance (self->pace, 3600 * SY_USEC_PER_SEC);
  iterate ();
  g_assert_cmpint (sy_player_get_position (self->player), ==, 62500 * SY_USEC_PER_MSEC);
}

/* At the end it stops by itself, with the verdict of the day; playing then begins anew. */
static void
test_end (Fixture       *self,
          gconstpointer  data)
{
  SySession *session = sy_player_get_session (self->player);
  g_autoptr (SyWeighing) weighing =
    sy_weighing_new (sy_session_get_clock (session), sy_session_get (session, 0), sy_session_get (session, 1));

  sy_player_set_speed (self->player, INFINITY);
  sy_player_set_playing (self->player, TRUE);
  live (self, 0.1);
  g_assert_false (sy_player_get_playing (self->player));
  g_assert_cmpint (sy_player_get_position (self->player), ==, LENGTH_US);
  g_assert_no_error (sy_player_get_error (self->player));

  sy_weighing_flush (weighing);
  g_assert_cmpint (sy_weighing_get_verdict (weighing)->state, ==, self->recorded.live->state);
  g_assert_cmpmem (&sy_weighing_get_verdict (weighing)->time.ratio, sizeof (double), &self->recorded.live->time.ratio,
                   sizeof (double));

  sy_player_set_speed (self->player, 1);
  sy_player_set_playing (self->player, TRUE);
  live (self, 3);
  g_assert_true (sy_player_get_playing (self->player));
  g_assert_cmpint (sy_player_get_position (self->player), <=, 3 * SY_USEC_PER_SEC);
  g_assert_cmpint (sy_player_get_position (self->player), >, 2 * SY_USEC_PER_SEC);
}

/* Forward and back: what is heard is what had been heard until then. */
static void
test_seek (Fixture       *self,
           gconstpointer  data)
{
  static const gint64 seconds[] = { 100, 20, 199, 0, 77, -5, 500 };

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      const gint64 at = CLAMP (seconds[i], 0, REPLAY_SECONDS - 1);

      sy_player_seek (self->player, seconds[i] * SY_USEC_PER_SEC);
      g_assert_true (sy_player_get_busy (self->player));
      iterate ();
      g_assert_false (sy_player_get_busy (self->player));
      g_assert_cmpint (sy_player_get_position (self->player), ==, at * SY_USEC_PER_SEC);
      g_assert_cmpuint (n_heard (self, 0), ==, (guint) at + 1);
      g_assert_cmpuint (n_heard (self, 1), ==, (guint) at + 1);
    }
}

/* Sent elsewhere on the way, and anew in the same place. */
static void
test_change_of_mind (Fixture       *self,
                     gconstpointer  data)
{
  sy_player_seek (self->player, 150 * SY_USEC_PER_SEC);
  while (n_heard (self, 0) < 60)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (sy_player_get_busy (self->player));

  sy_player_seek (self->player, 30 * SY_USEC_PER_SEC);
  iterate ();
  g_assert_cmpuint (n_heard (self, 0), ==, 31);

  sy_player_reread (self->player);
  g_assert_cmpuint (n_heard (self, 0), ==, 0);
  iterate ();
  g_assert_cmpuint (n_heard (self, 0), ==, 31);
  g_assert_cmpint (sy_player_get_position (self->player), ==, 30 * SY_USEC_PER_SEC);

  /* Halted on the way it stands, and goes on from there. */
  sy_player_seek (self->player, 190 * SY_USEC_PER_SEC);
  while (n_heard (self, 0) < 60)
    g_main_context_iteration (NULL, TRUE);
  sy_player_halt (self->player);
  g_assert_false (sy_player_get_busy (self->player));
  live (self, 1);
  g_assert_cmpint (sy_player_get_position (self->player), ==, 59 * SY_USEC_PER_SEC);
  sy_player_seek (self->player, 30 * SY_USEC_PER_SEC);
  iterate ();

  /* On the way, too, it ends where it was sent. */
  sy_player_seek (self->player, 40 * SY_USEC_PER_SEC);
  sy_player_reread (self->player);
  iterate ();
  g_assert_cmpuint (n_heard (self, 0), ==, 41);
}

/* Sent back it begins anew; who sends it on from there means where it was sent. */
static void
test_goal (Fixture       *self,
           gconstpointer  data)
{
  sy_player_seek (self->player, 100 * SY_USEC_PER_SEC);
  iterate ();
  g_assert_cmpint (sy_player_get_goal (self->player), ==, 100 * SY_USEC_PER_SEC);

  for (guint i = 1; i <= 3; i++)
    {
      sy_player_seek (self->player, sy_player_get_goal (self->player) - SY_USEC_PER_SEC);
      g_assert_cmpint (sy_player_get_position (self->player), ==, 0);
      g_assert_cmpint (sy_player_get_goal (self->player), ==, (100 - i) * SY_USEC_PER_SEC);
    }
  iterate ();
  g_assert_cmpint (sy_player_get_position (self->player), ==, 97 * SY_USEC_PER_SEC);
  g_assert_cmpuint (n_heard (self, 0), ==, 98);

  /* Halted, it is not on its way any more. */
  sy_player_seek (self->player, 50 * SY_USEC_PER_SEC);
  sy_player_halt (self->player);
  g_assert_cmpint (sy_player_get_goal (self->player), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/player/pace", Fixture, NULL, set_up, test_pace, tear_down);
  g_test_add ("/player/end", Fixture, NULL, set_up, test_end, tear_down);
  g_test_add ("/player/seek", Fixture, NULL, set_up, test_seek, tear_down);
  g_test_add ("/player/goal", Fixture, NULL, set_up, test_goal, tear_down);
  g_test_add ("/player/change-of-mind", Fixture, NULL, set_up, test_change_of_mind, tear_down);
  return g_test_run ();
}
