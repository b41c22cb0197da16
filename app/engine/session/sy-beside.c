/* sy-beside.c: a recording beside what is live
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-beside.h"

#include <string.h>

#include "sy-error.h"
#include "sy-recorded-settings.h"
#include "sy-replay-source.h"

static void
open_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  SyRecording *recording = sy_recording_open (task_data, &error);

  if (recording != NULL)
    g_task_return_pointer (task, recording, (GDestroyNotify) sy_recording_unref);
  else
    g_task_return_error (task, error);
}

void
sy_beside_open (const char          *path,
                GCancellable        *cancellable,
                GAsyncReadyCallback  callback,
                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sy_beside_open);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, open_thread);
}

SyRecording *
sy_beside_finish (GAsyncResult  *result,
                  GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -1: none has answers. */
static int
choose_target (SySession   *session,
               SyRecording *recording)
{
  SySource *first = sy_session_get_n (session) > 0 ? sy_backend_get_source (sy_session_get (session, 0)) : NULL;
  const char *address = first != NULL ? sy_url_get_redacted (sy_source_get_url (first)) : NULL;
  int chosen = -1;

  for (guint i = sy_recording_get_n (recording); i > 0; i--)
    {
      const SyRecordedTarget *target = sy_recording_get_target (recording, i - 1);

      if (target->n_recorded + target->n_gaps == 0)
        continue;
      if (g_strcmp0 (target->url, address) == 0)
        return (int) i - 1;
      chosen = (int) i - 1;
    }

  return chosen;
}

/* The same backend on two days has one name; this one also has that of its file. */
static char *
dup_name (SyRecording            *recording,
          const SyRecordedTarget *target)
{
  g_autofree char *base = g_path_get_basename (sy_recording_get_path (recording));

  if (g_str_has_suffix (base, ".steelyard"))
    base[strlen (base) - strlen (".steelyard")] = '\0';
  return g_strdup_printf ("%s (%s)", target->name, base);
}

static void
set_empty_error (SyRecording  *recording,
                 GError      **error)
{
  g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: holds no answers", sy_recording_get_path (recording));
}

/* What was excluded then does not count now. */
static void
exclude (SyHistory   *history,
         SyRecording *recording,
         gint64       shift_us)
{
  const GPtrArray *marks = sy_recording_get_marks (recording);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (SyTimeRange));

  for (guint i = 0; i < marks->len; i++)
    {
      const SyRecordMark *mark = g_ptr_array_index (marks, i);
      SyTimeRange range;

      if (mark->kind == SY_MARK_EXCLUDED && !__builtin_add_overflow (mark->from_us, shift_us, &range.from_us)
          && !__builtin_add_overflow (mark->to_us, shift_us, &range.to_us))
        g_array_append_val (ranges, range);
    }

  sy_history_set_excluded (history, (const SyTimeRange *) (gpointer) ranges->data, ranges->len);
}

SyBackend *
sy_beside_add_target (SySession    *session,
                      SyRecording  *recording,
                      guint         index,
                      const char   *name,
                      GError      **error)
{
  const SyRecordedTarget *target = sy_recording_get_target (recording, index);
  SyClock *clock = sy_session_get_clock (session);
  g_autoptr (GHashTable) overrides = NULL;
  g_autoptr (GError) wrong = NULL;
  g_autoptr (SySource) source = NULL;
  SyBackend *backend;
  gint64 shift_us;

  if (__builtin_sub_overflow (sy_clock_get_monotonic (clock), target->from_us, &shift_us))
    {
      set_empty_error (recording, error);
      return NULL;
    }

  overrides = sy_recorded_settings_dup_overrides (recording, &wrong);
  if (wrong != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return NULL;
    }

  source = sy_replay_source_new (recording, index, clock, shift_us, error);
  if (source == NULL)
    return NULL;

  backend = sy_session_add_source (session, source, name, error);
  if (backend == NULL)
    return NULL;

  if (overrides != NULL)
    sy_backend_set_overrides (backend, g_hash_table_lookup (overrides, target->url));
  exclude (sy_backend_get_history (backend), recording, shift_us);
  return backend;
}

SyBackend *
sy_beside_add (SySession    *session,
               SyRecording  *recording,
               GError      **error)
{
  const int index = choose_target (session, recording);
  g_autofree char *name = NULL;

  if (index < 0)
    {
      set_empty_error (recording, error);
      return NULL;
    }

  name = dup_name (recording, sy_recording_get_target (recording, (guint) index));
  return sy_beside_add_target (session, recording, (guint) index, name, error);
}
