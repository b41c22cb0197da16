/* sy-replay.c: a session that is fed from recordings
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The clock is a manual one. It stands at the moment of every answer in turn, and
 * goes on when nothing is left to do there, so that readings reach their histories
 * one by one as they did live, however fast it goes.
 *
 * It never goes back: who starts over finds the same answers again later on the
 * clock, by whole hours, so that windows still begin where they began.
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-replay.h"

#include "sy-error.h"
#include "sy-recorded-settings.h"
#include "sy-replay-source.h"

/* Readings of a stream are handed on a tenth of a second after they came at the
 * latest: this long after the last answer nothing is on its way any more. */
#define SETTLE_US (SY_USEC_PER_SEC / 4)

/* Every window that a weighing may have divides it, or is rare. */
#define LATER_US (3600 * SY_USEC_PER_SEC)

/* Times of a file may be anything; sums of four of these still are none too many. */
#define MOST_US (G_MAXINT64 / 4)

/* One backend, as it was added. */
typedef struct
{
  SyRecording *recording; /* (owned) */
  guint        index;
  char        *name;      /* (owned): of the backend, as somebody called it last */
  gint64       shift_us;  /* from the recording's times to those of the first one */
  guint        file;      /* of its marks */
} Item;

struct _SyReplay
{
  SyClock     *clock;     /* (owned) */
  SySession   *session;   /* (owned) */
  GArray      *items;     /* (owned) (element-type Item) */
  gint64       wall_us;   /* of the first answer */
  gint64       begin_us;  /* in the times of the first recording */
  gint64       end_us;
  gint64       later_us;  /* from those times to the clock's */
};

static void
clear_item (gpointer data)
{
  Item *item = data;

  sy_recording_unref (item->recording);
  g_free (item->name);
}

SyReplay *
sy_replay_new (GError **error)
{
  g_autoptr (SyReplay) self = g_new0 (SyReplay, 1);

  self->clock = sy_clock_new_manual (0, 0);
  self->session = sy_session_new (self->clock, error);
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_array_set_clear_func (self->items, clear_item);

  return self->session != NULL ? g_steal_pointer (&self) : NULL;
}

void
sy_replay_free (SyReplay *self)
{
  g_clear_object (&self->session);
  g_clear_pointer (&self->items, g_array_unref);
  g_clear_object (&self->clock);
  g_free (self);
}

SySession *
sy_replay_get_session (SyReplay *self)
{
  return self->session;
}

SyRecording *
sy_replay_get_recording (SyReplay *self)
{
  g_return_val_if_fail (self->items->len > 0, NULL);

  return g_array_index (self->items, Item, 0).recording;
}

/* The clock stands where the first recording began: windows lie on the same
 * seconds as they did. */
static gboolean
read_start (SyReplay                *self,
            SyRecording             *recording,
            const SyRecordedTarget  *target,
            guint                    index,
            GError                 **error)
{
  g_autoptr (SyRecordingCursor) cursor = sy_recording_read (recording, index, G_MININT64, error);
  SyRecordedScrape first;

  if (cursor == NULL || !sy_recording_cursor_next (cursor, &first, error))
    return FALSE;

  self->begin_us = target->from_us;
  self->wall_us = first.moment.wall_us;
  return TRUE;
}

static void
set_clock (SyReplay *self)
{
  const gint64 start_us = MAX (self->begin_us + self->later_us, 0);

  sy_clock_advance (self->clock, MAX (start_us - sy_clock_get_monotonic (self->clock), 0));
  sy_clock_step_wall (self->clock, self->wall_us - sy_clock_get_wall (self->clock));
}

/* Backends of one recording stay as far apart as they were, and have its marks. */
static void
place_item (SyReplay               *self,
            const SyRecordedTarget *target,
            Item                   *item)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const Item *other = &g_array_index (self->items, Item, i);

      if (other->recording != item->recording)
        continue;
      item->shift_us = other->shift_us;
      item->file = other->file;
      return;
    }

  item->shift_us = self->items->len > 0 ? self->begin_us - target->from_us : 0;
  item->file = sy_marks_add_file (sy_session_get_marks (self->session), item->recording, item->shift_us);
}

/* (transfer none) */
static SyBackend *
add_item (SyReplay    *self,
          const Item  *item,
          GError     **error)
{
  g_autoptr (SySource) source =
    sy_replay_source_new (item->recording, item->index, self->clock, item->shift_us + self->later_us, error);
  SyBackend *backend = source != NULL ? sy_session_add_source (self->session, source, item->name, error) : NULL;

  if (backend != NULL)
    sy_marks_follow (sy_session_get_marks (self->session), sy_backend_get_history (backend), item->file);
  return backend;
}

/* From now on what was decided that day counts, and what is decided in this replay. */
static gboolean
adopt_overrides (SyReplay     *self,
                 SyRecording  *recording,
                 GError      **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GHashTable) overrides = sy_recorded_settings_dup_overrides (recording, &wrong);

  if (wrong != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return FALSE;
    }

  if (overrides != NULL)
    sy_session_adopt_overrides (self->session, overrides);
  return TRUE;
}

SyBackend *
sy_replay_add (SyReplay     *self,
               SyRecording  *recording,
               guint         index,
               GError      **error)
{
  const SyRecordedTarget *target = sy_recording_get_target (recording, index);
  Item item = { recording, index, target->name };
  SyBackend *backend;

  if (target->n_recorded + target->n_gaps == 0)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "“%s” has no answers in this recording", target->name);
      return NULL;
    }

  if (target->from_us < -MOST_US || target->to_us > MOST_US || target->to_us < target->from_us)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_DAMAGED, "“%s” has answers of times that cannot be", target->name);
      return NULL;
    }

  if (self->items->len == 0)
    {
      if (!read_start (self, recording, target, index, error))
        return NULL;
      set_clock (self);
    }

  if (!adopt_overrides (self, recording, error))
    return NULL;
  place_item (self, target, &item);
  backend = add_item (self, &item, error);
  if (backend == NULL)
    return NULL;

  self->end_us = MAX (self->items->len > 0 ? self->end_us : G_MININT64, target->to_us + item.shift_us);
  item.name = g_strdup (target->name);
  sy_recording_ref (recording);
  g_array_append_val (self->items, item);
  return backend;
}

gboolean
sy_replay_rewind (SyReplay  *self,
                  GError   **error)
{
  const gint64 past_us = sy_clock_get_monotonic (self->clock) - self->begin_us - self->later_us;

  for (guint i = 0; i < MIN (sy_session_get_n (self->session), self->items->len); i++)
    {
      Item *item = &g_array_index (self->items, Item, i);

      g_free (item->name);
      item->name = g_strdup (sy_backend_get_name (sy_session_get (self->session, i)));
    }

  while (sy_session_get_n (self->session) > 0)
    sy_session_remove (self->session, sy_session_get (self->session, sy_session_get_n (self->session) - 1));

  self->later_us += (past_us / LATER_US + 1) * LATER_US;
  sy_marks_set_later (sy_session_get_marks (self->session), self->later_us);
  set_clock (self);
  for (guint i = 0; i < self->items->len; i++)
    if (add_item (self, &g_array_index (self->items, Item, i), error) == NULL)
      return FALSE;

  return TRUE;
}

gint64
sy_replay_get_begin (SyReplay *self)
{
  return self->begin_us + self->later_us;
}

gint64
sy_replay_get_end (SyReplay *self)
{
  return self->end_us + self->later_us;
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

gboolean
sy_replay_step (SyReplay *self,
                gint64    until_us)
{
  const gint64 due_us = sy_replay_get_due (self);
  gint64 to_us = until_us;

  if (due_us != G_MAXINT64 && due_us <= until_us)
    to_us = due_us;
  else if (until_us == G_MAXINT64)
    to_us = sy_clock_get_monotonic (self->clock) + SETTLE_US;

  sy_clock_advance (self->clock, MAX (to_us - sy_clock_get_monotonic (self->clock), 0));
  return due_us != G_MAXINT64 && due_us <= until_us;
}

void
sy_replay_play (SyReplay *self,
                gint64    until_us)
{
  gboolean more;

  do
    {
      more = sy_replay_step (self, until_us);
      while (g_main_context_iteration (g_main_context_get_thread_default (), FALSE))
        ;
    }
  while (more);
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
