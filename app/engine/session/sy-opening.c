/* sy-opening.c: from files to something that plays
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-opening.h"

#include <string.h>

#include "sy-error.h"

typedef struct
{
  char     **paths;      /* (owned) */
  SyClock   *pace;       /* (owned) */
  GPtrArray *recordings; /* (owned) (element-type SyRecording): the thread's, then the caller's */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *self = data;

  g_strfreev (self->paths);
  g_object_unref (self->pace);
  g_ptr_array_unref (self->recordings);
  g_free (self);
}

static void
open_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Opening *self = task_data;
  GError *error = NULL;

  for (guint i = 0; self->paths[i] != NULL; i++)
    {
      SyRecording *recording = sy_recording_open (self->paths[i], &error);

      if (recording == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      g_ptr_array_add (self->recordings, recording);
    }

  g_task_return_boolean (task, TRUE);
}

static gboolean
has_answers (SyRecording *recording,
             guint        index)
{
  const SyRecordedTarget *target = sy_recording_get_target (recording, index);

  return target->n_recorded + target->n_gaps > 0;
}

/* -1: there is none. */
static int
find_first (SyRecording *recording)
{
  for (guint i = 0; i < sy_recording_get_n (recording); i++)
    if (has_answers (recording, i))
      return (int) i;

  return -1;
}

/* (transfer none) (nullable) */
static SyBackend *
add (Opening   *self,
     SyReplay  *replay,
     guint      i,
     guint      target,
     GError   **error)
{
  SyBackend *backend = sy_replay_add (replay, g_ptr_array_index (self->recordings, i), target, error);
  g_autofree char *base = g_path_get_basename (self->paths[i]);
  g_autofree char *name = NULL;

  if (backend == NULL)
    {
      g_prefix_error (error, "%s: ", self->paths[i]);
      return NULL;
    }

  /* The same backend on two days has one name. */
  if (self->recordings->len > 1)
    {
      if (g_str_has_suffix (base, ".steelyard"))
        base[strlen (base) - strlen (".steelyard")] = '\0';
      name = g_strdup_printf ("%s (%s)", sy_backend_get_name (backend), base);
      sy_backend_set_name (backend, name);
    }

  return backend;
}

static gboolean
add_firsts (Opening   *self,
            SyReplay  *replay,
            GError   **error)
{
  for (guint i = 0; i < self->recordings->len; i++)
    {
      SyRecording *recording = g_ptr_array_index (self->recordings, i);
      const int first = find_first (recording);

      if (first < 0)
        {
          g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: holds no answers", self->paths[i]);
          return FALSE;
        }
      if (add (self, replay, i, (guint) first, error) == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_others (Opening   *self,
            SyReplay  *replay,
            GError   **error)
{
  for (guint i = 0; i < self->recordings->len; i++)
    {
      SyRecording *recording = g_ptr_array_index (self->recordings, i);

      for (guint k = (guint) find_first (recording) + 1; k < sy_recording_get_n (recording); k++)
        if (has_answers (recording, k) && sy_session_get_n (sy_replay_get_session (replay)) < SY_SESSION_MAX_BACKENDS
            && add (self, replay, i, k, error) == NULL)
          return FALSE;
    }

  return TRUE;
}

void
sy_opening_start (const char *const   *paths,
                  SyClock             *pace,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *self = g_new0 (Opening, 1);

  self->paths = g_strdupv ((char **) paths);
  self->pace = g_object_ref (pace);
  self->recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_recording_unref);
  g_task_set_source_tag (task, sy_opening_start);
  g_task_set_task_data (task, self, opening_free);
  g_task_run_in_thread (task, open_thread);
}

SyPlayer *
sy_opening_finish (GAsyncResult  *result,
                   GError       **error)
{
  Opening *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (SyReplay) replay = NULL;
  SyRecording *first;
  SyPlayer *player;
  const char *price_id;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  replay = sy_replay_new (error);
  if (replay == NULL || !add_firsts (self, replay, error) || !add_others (self, replay, error))
    return NULL;

  first = g_ptr_array_index (self->recordings, 0);
  price_id = sy_recording_get_meta (first, SY_NOTE_PRICE);
  if (price_id != NULL)
    sy_session_set_price (sy_replay_get_session (replay), price_id);

  /* Two demos had each a schedule of its own. */
  player = sy_player_new (g_steal_pointer (&replay), self->pace);
  sy_player_set_driven (player, self->recordings->len == 1 && sy_recording_get_meta (first, "demo") != NULL);
  return player;
}
