/* sy-replay.c: a session that is fed from recordings
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The clock is a manual one. It stands at the moment of every answer in turn, and
 * goes on when nothing is left to do there, so that readings reach their histories
 * one by one as they did live, however fast it goes.
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-replay.h"

#include "sy-error.h"
#include "sy-replay-source.h"

/* Readings of a stream are handed on a tenth of a second after they came at the
 * latest: this long after the last answer nothing is on its way any more. */
#define SETTLE_US (SY_USEC_PER_SEC / 4)

struct _SyReplay
{
  SyClock     *clock;     /* (owned) */
  SySession   *session;   /* (owned) */
  SyRecording *recording; /* (owned) (nullable): of the last backend */
  gint64       shift_us;  /* of that recording */
  gint64       begin_us;
  gint64       end_us;
};

SyReplay *
sy_replay_new (GError **error)
{
  g_autoptr (SyReplay) self = g_new0 (SyReplay, 1);

  self->clock = sy_clock_new_manual (0, 0);
  self->session = sy_session_new (self->clock, error);

  return self->session != NULL ? g_steal_pointer (&self) : NULL;
}

void
sy_replay_free (SyReplay *self)
{
  g_clear_object (&self->session);
  g_clear_pointer (&self->recording, sy_recording_unref);
  g_clear_object (&self->clock);
  g_free (self);
}

SySession *
sy_replay_get_session (SyReplay *self)
{
  return self->session;
}

/* The clock stands where the first recording began: windows lie on the same
 * seconds as they did. */
static gboolean
set_clock (SyReplay                *self,
           SyRecording             *recording,
           const SyRecordedTarget  *target,
           guint                    index,
           GError                 **error)
{
  g_autoptr (SyRecordingCursor) cursor = sy_recording_read (recording, index, G_MININT64, error);
  SyRecordedScrape first;

  if (cursor == NULL || !sy_recording_cursor_next (cursor, &first, error))
    return FALSE;

  sy_clock_advance (self->clock, MAX (target->from_us, 0));
  sy_clock_step_wall (self->clock, first.moment.wall_us - sy_clock_get_wall (self->clock));
  return TRUE;
}

/* Backends of one recording stay as far apart as they were. */
static void
follow_recording (SyReplay               *self,
                  SyRecording            *recording,
                  const SyRecordedTarget *target,
                  gboolean                is_first)
{
  if (is_first)
    self->begin_us = target->from_us;
  else if (recording != self->recording)
    self->shift_us = self->begin_us - target->from_us;

  g_clear_pointer (&self->recording, sy_recording_unref);
  self->recording = sy_recording_ref (recording);
}

SyBackend *
sy_replay_add (SyReplay     *self,
               SyRecording  *recording,
               guint         index,
               GError      **error)
{
  const SyRecordedTarget *target = sy_recording_get_target (recording, index);
  const gboolean is_first = sy_session_get_n (self->session) == 0;
  g_autoptr (SySource) source = NULL;
  SyBackend *backend;

  if (target->n_recorded + target->n_gaps == 0)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "“%s” has no answers in this recording", target->name);
      return NULL;
    }

  if (is_first && !set_clock (self, recording, target, index, error))
    return NULL;

  follow_recording (self, recording, target, is_first);
  source = sy_replay_source_new (recording, index, self->clock, self->shift_us, error);
  backend = source != NULL ? sy_session_add_source (self->session, source, target->name, error) : NULL;
  if (backend != NULL)
    self->end_us = MAX (self->end_us, target->to_us + self->shift_us);
  return backend;
}

gint64
sy_replay_get_begin (SyReplay *self)
{
  return self->begin_us;
}

gint64
sy_replay_get_end (SyReplay *self)
{
  return self->end_us;
}

gint64
sy_replay_get_due (SyReplay *self)
{
  gint64 due_us = G_MAXINT64;

  for (guint i = 0; i < sy_session_get_n (self->session); i++)
    {
      SySource *source = sy_backend_get_source (sy_session_get (self->session, i));

      due_us = MIN (due_us, sy_replay_source_get_due (SY_REPLAY_SOURCE (source)));
    }

  return due_us;
}

static void
go_to (SyReplay *self,
       gint64    time_us)
{
  sy_clock_advance (self->clock, MAX (time_us - sy_clock_get_monotonic (self->clock), 0));
  while (g_main_context_iteration (g_main_context_get_thread_default (), FALSE))
    ;
}

void
sy_replay_play (SyReplay *self,
                gint64    until_us)
{
  gint64 due_us;

  while ((due_us = sy_replay_get_due (self)) <= until_us && due_us != G_MAXINT64)
    go_to (self, due_us);

  if (until_us != G_MAXINT64)
    go_to (self, until_us);
  else
    go_to (self, sy_clock_get_monotonic (self->clock) + SETTLE_US);
}

const GError *
sy_replay_get_error (SyReplay *self)
{
  for (guint i = 0; i < sy_session_get_n (self->session); i++)
    {
      SySource *source = sy_backend_get_source (sy_session_get (self->session, i));

      if (sy_source_get_state (source) == SY_SOURCE_BLOCKED)
        return sy_source_get_error (source);
    }

  return NULL;
}
