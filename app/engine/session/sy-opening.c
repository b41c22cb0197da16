/* sy-opening.c: from files to something that plays
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-opening.h"

#include <string.h>

#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-mapping-book.h"
#include "sy-overview.h"

/* What is shorter is seen as a whole once it was played. */
#define LEAST_OVERVIEW_US (600 * SY_USEC_PER_SEC)

typedef struct
{
  char     **paths;      /* (owned) */
  SyClock   *pace;       /* (owned) */
  GPtrArray *recordings; /* (owned) (element-type SyRecording): the thread's, then the caller's */
  GPtrArray *overviews;  /* (owned) (element-type GPtrArray of SyHistory): of each, by target */
  GPtrArray *shown;      /* (owned) (element-type SyHistory): of the backends, as they come */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *self = data;

  g_strfreev (self->paths);
  g_object_unref (self->pace);
  g_ptr_array_unref (self->recordings);
  g_ptr_array_unref (self->overviews);
  g_ptr_array_unref (self->shown);
  g_free (self);
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

static void
unref_overview (gpointer data)
{
  if (data != NULL)
    g_object_unref (data);
}

/* Of each target that will be shown, NULL of the others; what cannot be read is told
 * where it is played. (transfer full) */
static GPtrArray *
read_overviews (SyRecording   *recording,
                SyRecogniser  *recogniser,
                SyMappingBook *mappings)
{
  GPtrArray *overviews = g_ptr_array_new_with_free_func (unref_overview);
  const int first = find_first (recording);
  guint n_shown = 0;

  for (guint i = 0; i < sy_recording_get_n (recording); i++)
    {
      const SyRecordedTarget *target = sy_recording_get_target (recording, i);
      SyTimeRange range = { 0 };
      gint64 length_us = 0;
      SyHistory *overview = NULL;

      if (first >= 0)
        range = (SyTimeRange) { sy_recording_get_target (recording, (guint) first)->from_us, target->to_us };
      if (has_answers (recording, i) && n_shown++ < SY_SESSION_MAX_BACKENDS
          && !__builtin_sub_overflow (range.to_us, range.from_us, &length_us) && length_us >= LEAST_OVERVIEW_US)
        overview = sy_overview_read (recording, i, &range, recogniser, sy_mapping_book_find (mappings, target->url), NULL);
      g_ptr_array_add (overviews, overview);
    }

  return overviews;
}

/* With what a person has decided about the addresses. */
static gboolean
look_over (Opening  *self,
           GError  **error)
{
  g_autofree char *recognisers = sy_datadir_build_path ("recognisers", NULL);
  g_autofree char *own_recognisers = sy_datadir_build_own_path ("recognisers");
  g_autofree char *own_mappings = sy_datadir_build_own_path ("mappings.json");
  g_autoptr (SyRecogniser) recogniser = sy_recogniser_new (recognisers, own_recognisers, error);
  g_autoptr (SyMappingBook) mappings = NULL;

  if (recogniser == NULL)
    return FALSE;

  mappings = sy_mapping_book_new (own_mappings);
  for (guint i = 0; i < self->recordings->len; i++)
    g_ptr_array_add (self->overviews, read_overviews (g_ptr_array_index (self->recordings, i), recogniser, mappings));

  return TRUE;
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

  if (look_over (self, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* (transfer none) (nullable) */
static SyBackend *
add (Opening   *self,
     SyReplay  *replay,
     guint      i,
     guint      target,
     GError   **error)
{
  GPtrArray *overviews = g_ptr_array_index (self->overviews, i);
  SyBackend *backend = sy_replay_add (replay, g_ptr_array_index (self->recordings, i), target, error);
  g_autofree char *base = g_path_get_basename (self->paths[i]);
  g_autofree char *name = NULL;

  if (backend == NULL)
    {
      g_prefix_error (error, "%s: ", self->paths[i]);
      return NULL;
    }

  g_ptr_array_add (self->shown, g_steal_pointer (&g_ptr_array_index (overviews, target)));

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
  self->overviews = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->shown = g_ptr_array_new_with_free_func (unref_overview);
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
  sy_player_set_overviews (player, self->shown);
  sy_player_set_driven (player, self->recordings->len == 1 && sy_recording_get_meta (first, "demo") != NULL);
  return player;
}
