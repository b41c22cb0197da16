/* sy-exclusions.c: what a recording says does not count
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-exclusions.h"

/* A file may say anything: no time runs over. */
static gint64
shift (gint64 time_us,
       gint64 shift_us)
{
  gint64 shifted;

  if (__builtin_add_overflow (time_us, shift_us, &shifted))
    return shift_us > 0 ? G_MAXINT64 : G_MININT64;
  return shifted;
}

void
sy_exclusions_apply (SyBackend   *backend,
                     SyRecording *recording,
                     gint64       shift_us)
{
  const GPtrArray *marks = sy_recording_get_marks (recording);

  for (guint i = 0; i < marks->len; i++)
    {
      const SyRecordMark *mark = g_ptr_array_index (marks, i);

      if (mark->kind == SY_MARK_EXCLUDED)
        sy_history_exclude (sy_backend_get_history (backend), shift (mark->from_us, shift_us), shift (mark->to_us, shift_us));
    }
}
