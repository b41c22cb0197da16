/* sy-compare-replay.c: steelyard-cli compares recordings
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One file is its first two backends; of two files it is the first of each, or
 * the one whose letter follows a #. Played as fast as they can be read, but beside
 * something live.
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-compare-replay.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sy-beside.h"
#include "sy-command.h"
#include "sy-compare-pace.h"
#include "sy-replay-decision.h"
#include "sy-replay.h"

/* The path in @place, and the letter after the # (NULL: none). A file whose own
 * name ends like that is meant as a whole. (transfer full) */
static char *
split_place (const char  *place,
             const char **ret_letter)
{
  const char *mark = strrchr (place, '#');

  *ret_letter = NULL;
  if (mark == NULL || mark[1] == '\0' || mark[2] != '\0' || g_file_test (place, G_FILE_TEST_EXISTS))
    return g_strdup (place);

  *ret_letter = mark + 1;
  return g_strndup (place, (gsize) (mark - place));
}

gboolean
sy_compare_replay_is (const char *place)
{
  const char *letter;
  g_autofree char *path = split_place (place, &letter);

  return strstr (path, "://") == NULL && sy_recording_is_one (path);
}

/* -1: there is none of that letter. */
static int
find_letter (SyRecording *recording,
             const char  *letter)
{
  for (guint i = 0; i < sy_recording_get_n (recording); i++)
    if (letter == NULL || g_strcmp0 (sy_recording_get_target (recording, i)->letter, letter) == 0)
      return (int) i;

  return -1;
}

static gboolean
is_same_file (const char *a,
              const char *b)
{
  GStatBuf info[2];

  return g_stat (a, &info[0]) == 0 && g_stat (b, &info[1]) == 0 && info[0].st_dev == info[1].st_dev
         && info[0].st_ino == info[1].st_ino;
}

/* The one in @opened of the same file, or anew: two backends of one recording keep
 * their places in time. (transfer full) (nullable) */
static SyRecording *
open_once (GPtrArray   *opened,
           const char  *path,
           GError     **error)
{
  SyRecording *recording;

  for (guint i = 0; i < opened->len; i++)
    if (is_same_file (sy_recording_get_path (g_ptr_array_index (opened, i)), path))
      return sy_recording_ref (g_ptr_array_index (opened, i));

  recording = sy_recording_open (path, error);
  if (recording != NULL)
    g_ptr_array_add (opened, sy_recording_ref (recording));
  return recording;
}

/* Adds what @place names; both backends when it @is_alone. @opened: those so far. */
static int
add_place (SyReplay   *replay,
           GPtrArray  *opened,
           const char *command,
           const char *place,
           gboolean    is_alone)
{
  const char *letter;
  g_autofree char *path = split_place (place, &letter);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = open_once (opened, path, &error);
  SySession *session = sy_replay_get_session (replay);
  const char *price_id;
  int index;

  if (recording == NULL)
    return sy_command_fail (SY_EXIT_FAILED, command, NULL, error->message);
  if (is_alone && letter != NULL)
    return sy_command_fail (SY_EXIT_USAGE, command, place, "is one backend of a recording: name the other one, too");
  if (is_alone && sy_recording_get_n (recording) < 2)
    return sy_command_fail (SY_EXIT_USAGE, command, place, "holds one backend: name two recordings");

  index = find_letter (recording, letter);
  if (index < 0)
    return sy_command_fail (SY_EXIT_USAGE, command, place, "has no such backend");

  /* The first one's machine is that of the comparison. */
  price_id = sy_recording_get_meta (recording, "price-id");
  if (sy_session_get_n (session) == 0 && price_id != NULL)
    sy_session_set_price (session, price_id);

  for (guint i = 0; i < (is_alone ? 2 : 1); i++)
    if (sy_replay_add (replay, recording, (guint) index + i, &error) == NULL)
      return sy_command_fail (SY_EXIT_FAILED, command, path, error->message);

  return SY_EXIT_OK;
}

/* The recording at @place and the one of it that is meant. */
static int
open_place (const char   *place,
            SyRecording **ret_recording,
            guint        *ret_index)
{
  const char *letter;
  g_autofree char *path = split_place (place, &letter);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = sy_recording_open (path, &error);
  const int index = recording != NULL ? find_letter (recording, letter) : -1;

  if (recording == NULL)
    return sy_command_fail (SY_EXIT_FAILED, "compare", NULL, error->message);
  if (index < 0)
    return sy_command_fail (SY_EXIT_USAGE, "compare", place, "has no such backend");

  *ret_recording = g_steal_pointer (&recording);
  *ret_index = (guint) index;
  return SY_EXIT_OK;
}

int
sy_compare_replay_get_length (const char *place,
                              gint64     *ret_length_us)
{
  g_autoptr (SyRecording) recording = NULL;
  guint index;
  const int status = open_place (place, &recording, &index);

  if (status == SY_EXIT_OK)
    {
      const SyRecordedTarget *target = sy_recording_get_target (recording, index);

      *ret_length_us = target->to_us - target->from_us;
    }

  return status;
}

int
sy_compare_replay_add_beside (SySession  *session,
                              const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  guint index;
  const int status = open_place (place, &recording, &index);

  if (status != SY_EXIT_OK)
    return status;
  if (sy_beside_add_target (session, recording, index, sy_recording_get_target (recording, index)->name, &error) == NULL)
    return sy_command_fail (SY_EXIT_FAILED, "compare", sy_recording_get_path (recording), error->message);

  return SY_EXIT_OK;
}

/* In place of the bare comparison, where there is something to decide from. */
static int
decide (SyReplay              *replay,
        const SyCompareReplay *options,
        SyWeighing            *weighing,
        SyAssumptions         *assumptions,
        SyCompareAnswer       *answer)
{
  g_autoptr (GError) error = NULL;
  char *json = sy_replay_decision_to_json (sy_replay_get_session (replay), weighing, assumptions, &error);

  if (error != NULL)
    return sy_command_fail (SY_EXIT_FAILED, options->command, "decision", error->message);
  if (json == NULL)
    return SY_EXIT_OK;

  g_free (answer->json);
  answer->json = json;
  return SY_EXIT_OK;
}

static int
weigh (SyReplay              *replay,
       const SyCompareReplay *options,
       SyAssumptions         *assumptions, /* (nullable): without costs and priorities */
       SyCompareAnswer       *ret)
{
  SySession *session = sy_replay_get_session (replay);
  SyClock *clock = sy_session_get_clock (session);
  const gint64 length_us = MAX (sy_replay_get_end (replay) - sy_replay_get_begin (replay), SY_USEC_PER_SEC);
  const gint64 duration_us = options->duration_us > 0 ? options->duration_us : length_us;
  const SyComparePace pace = sy_compare_pace (duration_us, options->warm_up);
  g_autoptr (SyWeighing) weighing = sy_weighing_new (clock, sy_session_get (session, 0), sy_session_get (session, 1));
  SyCompareRun run = { .from_us = sy_clock_get_wall (clock) };

  g_object_set (weighing, "window-us", pace.window_us, "warm-up", pace.warm_up, NULL);
  if (assumptions != NULL)
    sy_replay_decision_prepare (weighing, assumptions);
  sy_replay_play (replay, options->duration_us > 0 ? sy_replay_get_begin (replay) + duration_us : G_MAXINT64);
  if (sy_replay_get_error (replay) != NULL)
    return sy_command_fail (SY_EXIT_FAILED, options->command, "recording", sy_replay_get_error (replay)->message);

  sy_weighing_flush (weighing);
  run.to_us = sy_clock_get_wall (clock);
  sy_compare_answer_fill (ret, weighing, &run);
  return assumptions != NULL ? decide (replay, options, weighing, assumptions, ret) : SY_EXIT_OK;
}

int
sy_compare_replay_run (const char *const     *places,
                       const SyCompareReplay *options,
                       SyCompareAnswer       *ret)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyReplay) replay = sy_replay_new (&error);
  g_autoptr (SyAssumptions) assumptions = replay != NULL && options->decides ? sy_assumptions_new_own (&error) : NULL;
  g_autoptr (GPtrArray) opened = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_recording_unref);

  if (error != NULL)
    return sy_command_fail (SY_EXIT_FAILED, options->command, "cannot start", error->message);
  if (assumptions != NULL && sy_assumptions_get_error (assumptions) != NULL)
    return sy_command_fail (SY_EXIT_FAILED, options->command, "what was stated", sy_assumptions_get_error (assumptions)->message);

  for (guint i = 0; places[i] != NULL; i++)
    {
      const int status = add_place (replay, opened, options->command, places[i], places[1] == NULL);

      if (status != SY_EXIT_OK)
        return status;
    }

  return weigh (replay, options, assumptions, ret);
}
