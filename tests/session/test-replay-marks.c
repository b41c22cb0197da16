/* test-replay-marks.c: what a person said of a recording counts, damage does not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "replay-fixture.h"
#include "sy-error.h"
#include "sy-random.h"
#include "sy-recording-edit.h"
#include "sy-replay.h"
#include "sy-weighing.h"

static void
set_up (ReplayFixture *self,
        gconstpointer  data)
{
  replay_fixture_set_up (self);
}

static void
tear_down (ReplayFixture *self,
           gconstpointer  data)
{
  replay_fixture_tear_down (self);
}

/* Both backends; NULL with @error. (transfer full) */
static SyReplay *
open_replay (ReplayFixture *self,
             GError       **error)
{
  g_autoptr (SyRecording) recording = sy_recording_open (self->path, error);
  g_autoptr (SyReplay) replay = NULL;

  if (recording == NULL)
    return NULL;

  replay = sy_replay_new (error);
  for (guint i = 0; replay != NULL && i < sy_recording_get_n (recording); i++)
    if (sy_replay_add (replay, recording, i, error) == NULL)
      return NULL;

  return g_steal_pointer (&replay);
}

/* (transfer full) */
static SyWeighing *
weigh_all (SyReplay *replay)
{
  SySession *session = sy_replay_get_session (replay);
  SyWeighing *weighing = sy_weighing_new (sy_session_get_clock (session), sy_session_get (session, 0), sy_session_get (session, 1));

  sy_replay_play (replay, G_MAXINT64);
  sy_weighing_flush (weighing);
  return weighing;
}

/* Windows that a mark reaches into are no evidence; the others are as before. */
static void
test_excluded (ReplayFixture *self,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyReplay) replay = NULL;
  g_autoptr (SyWeighing) weighing = NULL;
  SyRecordMark mark = { .kind = SY_MARK_EXCLUDED, .text = (char *) "a backup ran" };
  const SyVerdict *verdict;

  {
    g_autoptr (SyReplay) plain = open_replay (self, &error);

    g_assert_no_error (error);
    mark.from_us = sy_replay_get_begin (plain) + 30 * SY_USEC_PER_SEC;
    mark.to_us = mark.from_us + 45 * SY_USEC_PER_SEC;
  }

  g_assert_true (sy_recording_add_mark (self->path, &mark, NULL, &error));
  replay = open_replay (self, &error);
  g_assert_no_error (error);
  weighing = weigh_all (replay);
  verdict = sy_weighing_get_verdict (weighing);
  g_assert_cmpuint (verdict->time.n_windows, >, 5);
  g_assert_cmpuint (verdict->time.n_windows, >=, self->live->time.n_windows - 6);
  g_assert_cmpuint (verdict->time.n_windows, <=, self->live->time.n_windows - 4);

  for (guint i = 0; i < 2; i++)
    {
      const GArray *windows = sy_weighing_get_windows (weighing, i);

      for (guint j = 0; j < windows->len; j++)
        {
          const SyTimeWindow *window = &g_array_index (windows, SyTimeWindow, j);
          const gboolean reaches = window->from_us < mark.to_us && window->to_us > mark.from_us;

          g_assert_cmpuint (window->n_excluded, ==, reaches);
        }
    }

  /* Also when it is played again. */
  g_clear_object (&weighing);
  g_assert_true (sy_replay_rewind (replay, &error));
  weighing = weigh_all (replay);
  g_assert_cmpuint (sy_weighing_get_verdict (weighing)->time.n_windows, <=, self->live->time.n_windows - 4);
}

/* A damaged file is played as far as it goes, or not at all, and stays as it is. */
static void
test_damaged (ReplayFixture *self,
              gconstpointer  data)
{
  g_autofree char *bytes = NULL;
  SyRandom random;
  gsize length;
  guint n_played = 0;

  g_assert_true (g_file_get_contents (self->path, &bytes, &length, NULL));
  sy_random_init (&random, 20261127, 2);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *copy = g_memdup2 (bytes, length);
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (SyReplay) replay = NULL;
      const gsize cut = i % 3 == 0 ? length * i / 60 : length;
      gsize length_after;

      copy[sy_random_below (&random, length)] ^= (char) (1 << sy_random_below (&random, 8));
      g_assert_true (g_file_set_contents (self->path, copy, (gssize) cut, NULL));
      replay = open_replay (self, &error);
      g_assert_true ((replay == NULL) == (error != NULL));
      if (replay != NULL)
        {
          sy_replay_play (replay, G_MAXINT64);
          n_played++;
        }
      g_assert_true (g_file_get_contents (self->path, &after, &length_after, NULL));
      g_assert_cmpmem (after, length_after, copy, cut);
    }

  g_assert_cmpuint (n_played, >, 5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/replay-marks/excluded", ReplayFixture, NULL, set_up, test_excluded, tear_down);
  g_test_add ("/replay-marks/damaged", ReplayFixture, NULL, set_up, test_damaged, tear_down);
  return g_test_run ();
}
