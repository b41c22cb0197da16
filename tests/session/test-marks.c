/* test-marks.c: what is said about moments counts, is kept, and can be taken back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "replay-fixture.h"
#include "sy-error.h"
#include "sy-replay.h"
#include "sy-still-source.h"
#include "sy-weighing.h"

typedef struct
{
  ReplayFixture base;
  SyReplay     *replay;   /* (owned) */
  SyMarks      *marks;
  SyWeighing   *weighing; /* (owned): of all that was recorded */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  SySession *session;

  replay_fixture_set_up (&self->base);
  recording = sy_recording_open (self->base.path, &error);
  g_assert_no_error (error);
  self->replay = sy_replay_new (&error);
  g_assert_no_error (error);
  session = sy_replay_get_session (self->replay);
  self->marks = sy_session_get_marks (session);
  for (guint i = 0; i < 2; i++)
    g_assert_nonnull (sy_replay_add (self->replay, recording, i, &error));
  self->weighing = sy_weighing_new (sy_session_get_clock (session), sy_session_get (session, 0), sy_session_get (session, 1));
  sy_replay_play (self->replay, G_MAXINT64);
  sy_weighing_flush (self->weighing);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_object (&self->weighing);
  sy_replay_free (self->replay);
  replay_fixture_tear_down (&self->base);
}

/* Of the file as it is now; NULL: there is none. (transfer full) */
static SyRecordMark *
read_only_mark (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = sy_recording_open (self->base.path, &error);
  const GPtrArray *marks;

  g_assert_no_error (error);
  marks = sy_recording_get_marks (recording);
  g_assert_cmpuint (marks->len, <=, 1);
  return marks->len > 0 ? sy_record_mark_copy (g_ptr_array_index (marks, 0)) : NULL;
}

/* 45 seconds in the middle of what was recorded. */
static SyRecordMark
middle (Fixture    *self,
        SyMarkKind  kind)
{
  const gint64 from_us = sy_replay_get_begin (self->replay) + 30 * SY_USEC_PER_SEC;

  return (SyRecordMark) { .kind = kind, .from_us = from_us, .to_us = from_us + 45 * SY_USEC_PER_SEC, .text = (char *) "a backup ran" };
}

/* With what is excluded now. */
static const SyVerdict *
weigh (Fixture *self)
{
  sy_weighing_flush (self->weighing);
  return sy_weighing_get_verdict (self->weighing);
}

static gboolean
says_that_some_are_left_out (const SyVerdict *verdict)
{
  for (guint i = 0; i < verdict->reasons->len; i++)
    if (strstr (g_ptr_array_index (verdict->reasons, i), "left out") != NULL)
      return TRUE;

  return FALSE;
}

/* Windows that were weighed long ago count no more, and again when nobody excludes them. */
static void
test_weighed_again (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr (SyVerdict) before = sy_verdict_copy (sy_weighing_get_verdict (self->weighing));
  SyRecordMark mark = middle (self, SY_MARK_EXCLUDED);
  g_autoptr (GError) error = NULL;
  const SyVerdict *now;
  guint n_excluded = 0;
  gint64 id = 0;

  g_assert_cmpuint (before->n_excluded, ==, 0);
  g_assert_false (says_that_some_are_left_out (before));

  sy_marks_add (self->marks, 0, &mark, &id, &error);
  g_assert_no_error (error);
  now = weigh (self);
  g_assert_cmpuint (now->time.n_windows, >=, before->time.n_windows - 6);
  g_assert_cmpuint (now->time.n_windows, <=, before->time.n_windows - 4);
  g_assert_cmpuint (now->n_excluded, >=, before->time.n_windows - now->time.n_windows);
  g_assert_cmpfloat (now->minutes, <, before->minutes);
  g_assert_true (says_that_some_are_left_out (now));
  for (guint i = 0; i < sy_weighing_get_windows (self->weighing, 0)->len; i++)
    n_excluded += g_array_index (sy_weighing_get_windows (self->weighing, 0), SyTimeWindow, i).n_excluded;
  g_assert_cmpuint (n_excluded, >=, 4);

  /* As a note it hides nothing. */
  mark.id = id;
  mark.kind = SY_MARK_NOTE;
  sy_marks_replace (self->marks, &mark, &error);
  g_assert_no_error (error);
  now = weigh (self);
  g_assert_cmpuint (now->time.n_windows, ==, before->time.n_windows);
  g_assert_cmpfloat (now->time.ratio, ==, before->time.ratio);
  g_assert_cmpfloat (now->minutes, ==, before->minutes);
  g_assert_false (says_that_some_are_left_out (now));

  mark.kind = SY_MARK_EXCLUDED;
  sy_marks_replace (self->marks, &mark, &error);
  sy_marks_remove (self->marks, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (weigh (self)->time.n_windows, ==, before->time.n_windows);
}

/* In the file of the recording, in its own times, also after it was played again. */
static void
test_kept_in_file (Fixture       *self,
                   gconstpointer  data)
{
  const gint64 begin_us = sy_replay_get_begin (self->replay);
  SyRecordMark mark = middle (self, SY_MARK_EXCLUDED);
  g_autoptr (SyRecordMark) kept = NULL;
  g_autoptr (GError) error = NULL;
  gint64 later_us, id = 0;

  sy_marks_add (self->marks, 0, &mark, &id, &error);
  g_assert_no_error (error);
  kept = read_only_mark (self);
  g_assert_cmpint (kept->kind, ==, SY_MARK_EXCLUDED);
  g_assert_cmpint (kept->from_us, ==, mark.from_us);
  g_assert_cmpint (kept->to_us, ==, mark.to_us);
  g_assert_cmpstr (kept->text, ==, "a backup ran");

  /* The clock goes on: what was said is there where it was in the recording. */
  g_clear_object (&self->weighing);
  g_assert_true (sy_replay_rewind (self->replay, &error));
  later_us = sy_replay_get_begin (self->replay) - begin_us;
  g_assert_cmpint (later_us, >, 0);
  g_assert_cmpint (sy_marks_get (self->marks, 0)->from_us, ==, mark.from_us + later_us);

  mark = *sy_marks_find (self->marks, id);
  mark.kind = SY_MARK_NOTE;
  mark.text = (char *) "nothing ran";
  sy_marks_replace (self->marks, &mark, &error);
  g_assert_no_error (error);
  g_clear_pointer (&kept, sy_record_mark_free);
  kept = read_only_mark (self);
  g_assert_cmpint (kept->kind, ==, SY_MARK_NOTE);
  g_assert_cmpint (kept->from_us, ==, begin_us + 30 * SY_USEC_PER_SEC);
  g_assert_cmpstr (kept->text, ==, "nothing ran");

  sy_marks_remove (self->marks, id, &error);
  g_assert_no_error (error);
  g_assert_null (read_only_mark (self));
}

/* Where the file is gone the mark holds all the same, and it is said that it is not kept. */
static void
test_not_kept (Fixture       *self,
               gconstpointer  data)
{
  const SyRecordMark mark = middle (self, SY_MARK_EXCLUDED);
  const SyRecordMark nothing = { .kind = SY_MARK_EXCLUDED, .text = (char *) "" };
  g_autofree char *away = g_strconcat (self->base.path, ".away", NULL);
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  g_assert_cmpint (g_rename (self->base.path, away), ==, 0);
  g_assert_false (sy_marks_add (self->marks, 0, &mark, &id, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_cmpuint (sy_marks_get_n (self->marks), ==, 1);
  g_assert_cmpuint (weigh (self)->n_excluded, >, 0);
  g_assert_true (sy_marks_remove (self->marks, id, &error));

  g_assert_false (sy_marks_add (self->marks, 0, &nothing, &id, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  g_assert_cmpuint (sy_marks_get_n (self->marks), ==, 0);
  g_assert_cmpint (g_rename (away, self->base.path), ==, 0);
}

/* What a finished recording says is not changed behind its back: one is told. */
static void
test_ended (void)
{
  g_autofree char *folder = g_dir_make_tmp ("marks-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "ended.steelyard", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyClock) clock = sy_clock_new_manual (1000 * SY_USEC_PER_SEC, G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC);
  g_autoptr (SySession) session = sy_session_new (clock, &error);
  SyRecordMark mark = { .kind = SY_MARK_NOTE, .from_us = 1002 * SY_USEC_PER_SEC, .to_us = 1002 * SY_USEC_PER_SEC, .text = (char *) "x" };
  SyMarks *marks = sy_session_get_marks (session);

  g_assert_nonnull (sy_session_start_recording (session, path, "r", NULL, &error));
  g_assert_true (sy_marks_add (marks, 0, &mark, &mark.id, &error));
  g_assert_true (sy_marks_replace (marks, &mark, &error));
  g_assert_true (sy_session_stop_recording (session, &error));

  g_assert_false (sy_marks_replace (marks, &mark, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);
  g_assert_false (sy_marks_remove (marks, mark.id, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
  g_assert_cmpuint (sy_marks_get_n (marks), ==, 0);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_rmdir (folder);
}

/* Live, in the recording that is being made, and in the next one what reaches into it. */
static void
test_live (void)
{
  g_autofree char *folder = g_dir_make_tmp ("marks-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyClock) clock = sy_clock_new_manual (1000 * SY_USEC_PER_SEC, G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC);
  g_autoptr (SySession) session = sy_session_new (clock, &error);
  g_autoptr (SySource) source = sy_still_source_new ("http://127.0.0.1:1/metrics", clock);
  const SyRecordMark said[] = {
    { .kind = SY_MARK_DEPLOY, .from_us = 990 * SY_USEC_PER_SEC, .to_us = 990 * SY_USEC_PER_SEC, .text = (char *) "before" },
    { .kind = SY_MARK_EXCLUDED, .from_us = 995 * SY_USEC_PER_SEC, .to_us = 1005 * SY_USEC_PER_SEC, .text = (char *) "across" },
    { .kind = SY_MARK_NOTE, .from_us = 1002 * SY_USEC_PER_SEC, .to_us = 1002 * SY_USEC_PER_SEC, .text = (char *) "mistaken" },
    { .kind = SY_MARK_LOAD_STEP, .from_us = 1003 * SY_USEC_PER_SEC, .to_us = 1003 * SY_USEC_PER_SEC, .text = (char *) "within" },
  };
  SyMarks *marks = sy_session_get_marks (session);
  SyBackend *backend = sy_session_add_source (session, source, "Orders", &error);
  gint64 ids[G_N_ELEMENTS (said)];

  g_assert_no_error (error);
  for (guint round = 0; round < 2; round++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.steelyard", folder, round);
      g_autoptr (SyRecording) recording = NULL;
      const GPtrArray *kept;

      if (round == 0)
        for (guint i = 0; i < 2; i++)
          g_assert_true (sy_marks_add (marks, 0, &said[i], &ids[i], &error));
      g_assert_nonnull (sy_session_start_recording (session, path, "r", NULL, &error));
      if (round == 0)
        {
          for (guint i = 2; i < G_N_ELEMENTS (said); i++)
            g_assert_true (sy_marks_add (marks, 0, &said[i], &ids[i], &error));
          g_assert_true (sy_marks_remove (marks, ids[2], &error));
        }
      sy_still_source_say (SY_STILL_SOURCE (source), "# TYPE x counter\nx 5\n");
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_true (sy_session_stop_recording (session, &error));

      recording = sy_recording_open (path, &error);
      g_assert_no_error (error);
      kept = sy_recording_get_marks (recording);
      g_assert_cmpuint (kept->len, ==, 2);
      g_assert_cmpstr (((SyRecordMark *) g_ptr_array_index (kept, 0))->text, ==, "across");
      g_assert_cmpstr (((SyRecordMark *) g_ptr_array_index (kept, 1))->text, ==, "within");
      g_assert_cmpint (g_remove (path), ==, 0);
    }

  g_assert_cmpuint (sy_history_count_excluded (sy_backend_get_history (backend), 0, 1000 * SY_USEC_PER_SEC), ==, 1);
  g_assert_true (sy_marks_remove (marks, ids[1], &error));
  g_assert_cmpuint (sy_history_count_excluded (sy_backend_get_history (backend), 0, 1000 * SY_USEC_PER_SEC), ==, 0);
  g_rmdir (folder);
}

static void
not_kept_cb (SyMarks      *marks,
             const GError *error,
             GError      **told)
{
  g_assert_null (*told);
  *told = g_error_copy (error);
}

/* An interrupted recording at @path that has all the marks that a file takes, but one. */
static void
leave_nearly_full (const char *path,
                   SyClock    *clock)
{
  const SyRecordMark mark = { .kind = SY_MARK_NOTE, .from_us = 5, .to_us = 5, .text = (char *) "" };
  const SyRecordTarget target = { "a", "Orders", "http://127.0.0.1:1/metrics", SY_USEC_PER_SEC };
  g_autofree char *live = g_strconcat (path, ".live", NULL);
  g_autoptr (GError) why = g_error_new_literal (SY_ERROR, SY_ERROR_CONNECT, "refused");
  const SyRecordEntry entry = { .moment = { .monotonic_us = 5, .answered_us = 5, .wall_us = 5 }, .error = why };
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecorder) recorder = sy_recorder_new (live, clock, NULL, &error);
  g_auto (SyRecorderStatus) status = { 0 };

  g_assert_no_error (error);
  for (guint i = 0; i < SY_RECORD_MAX_MARKS - 1; i++)
    g_assert_true (sy_recorder_add_mark (recorder, &mark, NULL, &error));
  g_assert_cmpuint (sy_recorder_add_target (recorder, &target), ==, 0);
  sy_recorder_add (recorder, &entry);
  while (status.n_gaps == 0)
    {
      g_main_context_iteration (NULL, TRUE);
      sy_recorder_status_clear (&status);
      sy_recorder_get_status (recorder, &status);
    }

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *from = g_strconcat (live, i == 0 ? "" : "-wal", NULL);
      g_autofree char *to = g_strconcat (path, i == 0 ? "" : "-wal", NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
      g_assert_true (g_file_set_contents (to, bytes, (gssize) length, NULL));
    }

  g_assert_true (sy_recorder_finish (recorder, &error));
  g_assert_cmpint (g_remove (live), ==, 0);
}

/* What a recording that goes on has no room for holds all the same, and that is told. */
static void
test_not_kept_of_many (void)
{
  g_autofree char *folder = g_dir_make_tmp ("marks-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "long.steelyard", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) told = NULL;
  g_autoptr (SyClock) clock = sy_clock_new_manual (1000 * SY_USEC_PER_SEC, G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC);
  g_autoptr (SySession) session = sy_session_new (clock, &error);
  const SyRecordMark mark = { .kind = SY_MARK_NOTE, .from_us = 2000 * SY_USEC_PER_SEC, .to_us = 2000 * SY_USEC_PER_SEC, .text = (char *) "x" };
  SyMarks *marks = sy_session_get_marks (session);

  leave_nearly_full (path, clock);
  g_signal_connect (marks, "not-kept", G_CALLBACK (not_kept_cb), &told);
  for (guint i = 0; i < 3; i++)
    g_assert_true (sy_marks_add (marks, 0, &mark, NULL, &error));
  g_assert_nonnull (sy_session_continue_recording (session, path, NULL, &error));
  g_assert_no_error (error);
  g_assert_error (told, SY_ERROR, SY_ERROR_STORAGE);
  g_assert_nonnull (strstr (told->message, path));
  g_assert_cmpuint (sy_marks_get_n (marks), ==, 3);

  /* One more is told of at once, and is here as well. */
  g_assert_false (sy_marks_add (marks, 0, &mark, NULL, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_cmpuint (sy_marks_get_n (marks), ==, 4);

  g_assert_true (sy_session_stop_recording (session, &error));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_rmdir (folder);
}

/* Of both recordings the same one thing was said, and counts for both. */
static void
check_joined (const char *const paths[2])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyReplay) replay = sy_replay_new (&error);
  SyMarks *marks = sy_session_get_marks (sy_replay_get_session (replay));

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SyRecording) recording = sy_recording_open (paths[i], &error);

      g_assert_no_error (error);
      g_assert_cmpuint (sy_recording_get_marks (recording)->len, ==, 1);
      g_assert_nonnull (sy_replay_add (replay, recording, i, &error));
    }

  g_assert_cmpuint (sy_marks_get_n (marks), ==, 1);
  g_assert_cmpuint (sy_marks_get_file (marks, sy_marks_get (marks, 0)->id), ==, SY_MARKS_ALL_FILES);
  for (guint i = 0; i < 2; i++)
    {
      SyHistory *history = sy_backend_get_history (sy_session_get (sy_replay_get_session (replay), i));
      const SyRecordMark *mark = sy_marks_get (marks, 0);

      g_assert_cmpuint (sy_history_count_excluded (history, mark->from_us, mark->to_us), ==, 1);
    }
}

/* Where two recordings are compared, what is said of both counts for both, and is in
 * both files, each at its own times. */
static void
test_of_all (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *other = g_strconcat (self->base.path, ".other", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SyReplay) replay = sy_replay_new (&error);
  SyMarks *marks = sy_session_get_marks (sy_replay_get_session (replay));
  const char *const paths[] = { self->base.path, other };
  SyRecordMark mark = middle (self, SY_MARK_EXCLUDED);
  g_autoptr (SyRecordMark) kept_still = NULL;
  gsize length;
  gint64 id = 0;

  g_assert_true (g_file_get_contents (self->base.path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (other, bytes, (gssize) length, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SyRecording) recording = sy_recording_open (paths[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (sy_replay_add (replay, recording, i, &error));
    }

  g_assert_true (sy_marks_add (marks, SY_MARKS_ALL_FILES, &mark, &id, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sy_marks_get_n (marks), ==, 1);
  g_assert_cmpuint (sy_marks_get_file (marks, id), ==, SY_MARKS_ALL_FILES);
  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < 2; i++)
        {
          SyHistory *history = sy_backend_get_history (sy_session_get (sy_replay_get_session (replay), i));
          g_autoptr (SyRecording) recording = sy_recording_open (paths[i], &error);
          const GPtrArray *kept = sy_recording_get_marks (recording);

          g_assert_cmpuint (sy_history_count_excluded (history, mark.from_us, mark.to_us), ==, round == 0);
          g_assert_cmpuint (kept->len, ==, round < 2);
          if (round < 2)
            g_assert_cmpint (((SyRecordMark *) g_ptr_array_index (kept, 0))->kind, ==, mark.kind);
        }

      mark.id = id;
      mark.kind = SY_MARK_NOTE;
      if (round == 0)
        g_assert_true (sy_marks_replace (marks, &mark, &error));
      else if (round == 1)
        g_assert_true (sy_marks_remove (marks, id, &error));
      g_assert_no_error (error);
    }

  /* Compared again, it is one thing again. */
  mark.kind = SY_MARK_EXCLUDED;
  g_assert_true (sy_marks_add (marks, SY_MARKS_ALL_FILES, &mark, &id, &error));
  check_joined (paths);
  g_assert_true (sy_marks_remove (marks, id, &error));
  g_assert_no_error (error);

  /* One that cannot be written keeps the other from nothing. */
  g_assert_true (g_file_set_contents (other, "no", 2, NULL));
  g_assert_false (sy_marks_add (marks, SY_MARKS_ALL_FILES, &mark, &id, &error));
  g_assert_nonnull (strstr (error->message, other));
  g_clear_error (&error);
  kept_still = read_only_mark (self);
  g_assert_nonnull (kept_still);
  g_assert_true (sy_marks_remove (marks, id, &error));
  g_assert_no_error (error);
  g_assert_null (read_only_mark (self));
  g_assert_cmpint (g_remove (other), ==, 0);
}

/* Compared with itself, a recording has it once. */
static void
test_of_one_twice (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyReplay) replay = sy_replay_new (&error);
  const SyRecordMark mark = middle (self, SY_MARK_EXCLUDED);
  g_autoptr (SyRecordMark) kept = NULL;
  gint64 id = 0;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SyRecording) recording = sy_recording_open (self->base.path, &error);

      g_assert_nonnull (sy_replay_add (replay, recording, i, &error));
    }

  g_assert_true (sy_marks_add (sy_session_get_marks (sy_replay_get_session (replay)), SY_MARKS_ALL_FILES, &mark, &id, &error));
  kept = read_only_mark (self);
  g_assert_nonnull (kept);
  check_joined ((const char *const[]) { self->base.path, self->base.path });
  g_assert_true (sy_marks_remove (sy_session_get_marks (sy_replay_get_session (replay)), id, &error));
  g_assert_null (read_only_mark (self));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/marks/weighed-again", Fixture, NULL, set_up, test_weighed_again, tear_down);
  g_test_add ("/marks/kept-in-file", Fixture, NULL, set_up, test_kept_in_file, tear_down);
  g_test_add ("/marks/not-kept", Fixture, NULL, set_up, test_not_kept, tear_down);
  g_test_add ("/marks/of-all", Fixture, NULL, set_up, test_of_all, tear_down);
  g_test_add ("/marks/of-one-twice", Fixture, NULL, set_up, test_of_one_twice, tear_down);
  g_test_add_func ("/marks/not-kept-of-many", test_not_kept_of_many);
  g_test_add_func ("/marks/ended", test_ended);
  g_test_add_func ("/marks/live", test_live);
  return g_test_run ();
}
