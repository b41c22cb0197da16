/* sy-watch-replay.c: steelyard-cli watch with a recording
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows that a live watch would have printed, with the times of the day.
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-watch-replay.h"

#include "sy-command.h"
#include "sy-live-table.h"
#include "sy-replay.h"
#include "sy-silence.h"

#define WHAT "watch"

static int
add_all (SyReplay    *replay,
         SyRecording *recording,
         const char  *path)
{
  guint n = 0;

  for (guint i = 0; i < sy_recording_get_n (recording) && n < SY_SESSION_MAX_BACKENDS; i++)
    {
      const SyRecordedTarget *target = sy_recording_get_target (recording, i);
      g_autoptr (GError) error = NULL;

      if (target->n_recorded + target->n_gaps == 0)
        continue;
      if (sy_replay_add (replay, recording, i, &error) == NULL)
        return sy_command_fail (SY_EXIT_FAILED, WHAT, path, error->message);
      n++;
    }

  return n > 0 ? SY_EXIT_OK : sy_command_fail (SY_EXIT_FAILED, WHAT, path, "holds no answers");
}

/* A backend of which nothing at all was written down has no rows either. */
static int
check_answers (SySession   *session,
               SyRecording *recording)
{
  int status = sy_silence_check (WHAT, session);

  for (guint i = 0; i < sy_recording_get_n (recording); i++)
    {
      const SyRecordedTarget *target = sy_recording_get_target (recording, i);
      g_autofree char *why = g_strdup_printf ("%s: nothing came in this time", target->url);

      if (target->n_recorded + target->n_gaps == 0)
        status = sy_command_fail (SY_EXIT_FAILED, WHAT, "no answer", why);
    }

  return status;
}

static int
print_rows (SyReplay            *replay,
            SyRecording         *recording,
            const SyWatchReplay *options)
{
  SySession *session = sy_replay_get_session (replay);
  g_autoptr (SyLiveTable) table = sy_live_table_new (session, options->json);
  const gint64 begin_us = sy_replay_get_begin (replay);
  const gint64 length_us = sy_replay_get_end (replay) - begin_us;
  const gint64 last_us = options->duration_us > 0 ? MIN (options->duration_us, length_us) : length_us;

  const gint64 interval_us = sy_session_get_interval (session);
  gint64 at_us = 0;

  do
    {
      /* A rest of less than half an interval is not a row of its own. */
      at_us = last_us - at_us < interval_us * 3 / 2 ? last_us : at_us + interval_us;
      /* The last was asked at the end, and has answered a moment later. */
      sy_replay_play (replay, at_us < length_us ? begin_us + at_us : G_MAXINT64);
      if (!sy_live_table_print (table))
        return SY_EXIT_OK;
    }
  while (at_us < last_us);

  if (sy_replay_get_error (replay) != NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, "recording", sy_replay_get_error (replay)->message);
  return check_answers (session, recording);
}

int
sy_watch_replay_run (const char          *path,
                     const SyWatchReplay *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = sy_recording_open (path, &error);
  g_autoptr (SyReplay) replay = recording != NULL ? sy_replay_new (&error) : NULL;
  gint64 interval_us = options->interval_us;
  int status;

  if (replay == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, NULL, error->message);

  status = add_all (replay, recording, path);
  if (status != SY_EXIT_OK)
    return status;

  if (interval_us == 0)
    interval_us = sy_source_get_interval (sy_backend_get_source (sy_session_get (sy_replay_get_session (replay), 0)));
  sy_session_set_interval (sy_replay_get_session (replay), CLAMP (interval_us, SY_USEC_PER_SEC / 10, 3600 * SY_USEC_PER_SEC));
  return print_rows (replay, recording, options);
}
