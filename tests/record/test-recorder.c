/* test-recorder.c: what is recorded is there
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "record-fixture.h"
#include "sy-error.h"
#include "sy-recording-edit.h"

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned): not there yet */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = record_fixture_make_folder ();
  self->path = g_build_filename (self->folder, "a % b\n.steelyard", NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_free (self->path);
  record_fixture_remove_folder (self->folder);
}

static SyRecording *
open_whole (const char *path)
{
  g_autoptr (GError) error = NULL;
  SyRecording *recording = sy_recording_open (path, &error);

  g_assert_no_error (error);
  sy_recording_check (recording, &error);
  g_assert_no_error (error);
  return recording;
}

static void
check_answers (SyRecording *recording,
               guint        n)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecordingCursor) cursor = sy_recording_read (recording, 0, G_MININT64, &error);
  SyRecordedScrape scrape;
  guint i = 0;

  g_assert_no_error (error);
  for (; sy_recording_cursor_next (cursor, &scrape, &error); i++)
    record_fixture_check (&scrape, table, i);
  g_assert_no_error (error);
  g_assert_cmpuint (i, ==, n);
}

static void
check_answers_at (const char *path,
                  guint       n)
{
  g_autoptr (SyRecording) recording = open_whole (path);

  check_answers (recording, n);
}

/* Several blocks of two shapes and gaps between, and a rest. */
static void
test_round_trip (Fixture       *self,
                 gconstpointer  data)
{
  static const guint lengths[] = { 0, 1, 6, 7, 100, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (SyRecording) recording = NULL;
      const SyRecordedTarget *target;
      const guint n = lengths[i];

      record_fixture_write (self->path, n);
      recording = open_whole (self->path);
      check_answers (recording, n);

      target = sy_recording_get_target (recording, 0);
      g_assert_cmpuint (sy_recording_get_n (recording), ==, 1);
      g_assert_cmpstr (target->name, ==, "Orders");
      g_assert_cmpint (target->n_expected, ==, n);
      g_assert_cmpuint (target->n_gaps, ==, (n + 0) / 7);
      g_assert_cmpuint (target->n_recorded + target->n_gaps, ==, n);
      g_assert_cmpstr (sy_recording_get_meta (recording, "version"), ==, "test");
      g_assert_true (sy_recording_was_finished (recording));
      g_unlink (self->path);
    }
}

/* One file, and nothing beside it. */
static void
test_one_file (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0;

  record_fixture_write (self->path, 10);
  dir = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 1);
}

static void
test_from_a_time (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (SyRecording) recording = NULL;
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);

  record_fixture_write (self->path, 900);
  recording = open_whole (self->path);
  for (guint i = 0; i < 900; i += 123)
    {
      g_autoptr (SyRecordingCursor) cursor = sy_recording_read (recording, 0, (1000 + i) * SY_USEC_PER_SEC, NULL);
      SyRecordedScrape scrape;

      for (guint j = i; j < MIN (i + 3, 900); j++)
        {
          g_assert_true (sy_recording_cursor_next (cursor, &scrape, NULL));
          record_fixture_check (&scrape, table, j);
        }
    }
}

static void
test_never_over_a_file (Fixture       *self,
                        gconstpointer  data)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;

  g_file_set_contents (self->path, "mine", -1, NULL);
  g_assert_null (sy_recorder_new (self->path, clock, NULL, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
  g_file_get_contents (self->path, &content, NULL, NULL);
  g_assert_cmpstr (content, ==, "mine");
}

static void
test_no_folder (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "no", "where.steelyard", NULL);

  g_assert_null (sy_recorder_new (path, clock, NULL, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "No such file"));
}

/* A file where a folder should be, a name that is not text, one that is too
 * long: in words, and the last two as any other. */
static void
test_odd_paths (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (self->folder, "file", NULL);
  g_autofree char *in_file = g_build_filename (file, "r.steelyard", NULL);
  g_autofree char *not_text = g_build_filename (self->folder, "\377\376?&#;mode=memory.steelyard", NULL);
  g_autofree char *padding = g_strnfill (300, 'x');
  g_autofree char *too_long = g_build_filename (self->folder, padding, NULL);

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_null (sy_recorder_new (in_file, clock, NULL, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "Not a directory"));
  g_clear_error (&error);
  g_assert_null (sy_recorder_new (too_long, clock, NULL, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);

  record_fixture_write (not_text, 10);
  check_answers_at (not_text, 10);
}

static void
test_no_room_to_begin (Fixture       *self,
                       gconstpointer  data)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GError) error = NULL;
  const SyRecorderOptions options = { .min_free_bytes = G_MAXINT64 };

  g_assert_null (sy_recorder_new (self->path, clock, &options, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE_FULL);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

static SyRecorder *
begin (Fixture                 *self,
       SyClock                 *clock,
       const SyRecorderOptions *options)
{
  g_autoptr (GError) error = NULL;
  SyRecorder *recorder = sy_recorder_new (self->path, clock, options, &error);

  g_assert_no_error (error);
  sy_recorder_add_target (recorder, &(SyRecordTarget) { "a", "Orders", "http://127.0.0.1:1/metrics", SY_USEC_PER_SEC });
  return recorder;
}

/* Runs the main loop until the recorder is in @state and, while it records,
 * has written all it was given. */
static void
wait_for_state (SyRecorder      *recorder,
                SyRecorderState  state)
{
  for (;;)
    {
      g_auto (SyRecorderStatus) status = { 0 };

      sy_recorder_get_status (recorder, &status);
      if (status.state == state
          && (state != SY_RECORDER_RECORDING || status.n_recorded + status.n_gaps == status.n_expected))
        return;
      if (status.state == SY_RECORDER_FAILED)
        g_error ("the recorder failed: %s", status.error->message);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_not_while_it_is_written (Fixture       *self,
                              gconstpointer  data)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SyRecorder) recorder = begin (self, clock, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (sy_recording_open (self->path, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
  sy_recorder_finish (recorder, NULL);
  sy_recording_unref (open_whole (self->path));
}

/* Marks of a recorder, and later ones, in the order of time. */
static void
test_marks (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SyRecorder) recorder = begin (self, clock, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  const SyRecordMark mistake = { .kind = SY_MARK_NOTE, .from_us = 5, .to_us = 6, .text = (char *) "nothing happened" };
  gint64 mistaken = 0;
  const SyRecordMark deploy = { .kind = SY_MARK_DEPLOY, .from_us = 50, .to_us = 50, .text = (char *) "v2 'quoted'" };
  const SyRecordMark excluded = { .kind = SY_MARK_EXCLUDED, .from_us = 10, .to_us = 20, .text = (char *) "a backup ran" };
  const SyRecordMark bad[] = {
    { .kind = SY_MARK_EXCLUDED, .from_us = 10, .to_us = 10, .text = (char *) "" },
    { .kind = SY_MARK_DEPLOY, .from_us = 10, .to_us = 11, .text = (char *) "" },
    { .kind = SY_MARK_NOTE, .from_us = 10, .to_us = 9, .text = (char *) "" },
    { .kind = SY_MARK_NOTE, .from_us = 10, .to_us = 10, .text = (char *) "\377" },
  };
  const GPtrArray *marks;
  const SyRecordMark *mark;

  sy_recorder_add_mark (recorder, &deploy, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (sy_recorder_add_mark (recorder, &mistake, &mistaken, &error));
  g_assert_true (sy_recorder_remove_mark (recorder, mistaken, &error));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (sy_recorder_add_mark (recorder, &bad[i], NULL, &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_true (sy_recorder_finish (recorder, NULL));
  sy_recording_add_mark (self->path, &excluded, NULL, &error);
  g_assert_no_error (error);

  recording = open_whole (self->path);
  marks = sy_recording_get_marks (recording);
  g_assert_cmpuint (marks->len, ==, 2);
  mark = g_ptr_array_index (marks, 0);
  g_assert_cmpint (mark->kind, ==, SY_MARK_EXCLUDED);
  g_assert_cmpint (mark->from_us, ==, 10);
  g_assert_cmpint (mark->to_us, ==, 20);
  g_assert_cmpstr (mark->text, ==, "a backup ran");
  mark = g_ptr_array_index (marks, 1);
  g_assert_cmpint (mark->kind, ==, SY_MARK_DEPLOY);
  g_assert_cmpstr (mark->text, ==, "v2 'quoted'");
}

/* As many as a reader takes. */
static void
test_many_marks (Fixture       *self,
                 gconstpointer  data)
{
  const SyRecordMark mark = { .kind = SY_MARK_NOTE, .from_us = 5, .to_us = 5, .text = (char *) "" };
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SyRecorder) recorder = begin (self, clock, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  gint64 last = 0;

  for (guint i = 0; i < SY_RECORD_MAX_MARKS; i++)
    g_assert_true (sy_recorder_add_mark (recorder, &mark, &last, &error));
  g_assert_false (sy_recorder_add_mark (recorder, &mark, NULL, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
  g_clear_error (&error);

  /* One that goes makes room. */
  g_assert_true (sy_recorder_remove_mark (recorder, last, &error));
  g_assert_true (sy_recorder_add_mark (recorder, &mark, NULL, &error));
  g_assert_true (sy_recorder_finish (recorder, NULL));

  recording = open_whole (self->path);
  g_assert_cmpuint (sy_recording_get_marks (recording)->len, ==, SY_RECORD_MAX_MARKS);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* One target too many is not recorded, which is counted and told, and ends nothing. */
static void
test_many_targets (Fixture       *self,
                   gconstpointer  data)
{
  const SyRecordTarget target = { "b", "Orders", "http://127.0.0.1:2/metrics", SY_USEC_PER_SEC };
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SyRecorder) recorder = begin (self, clock, NULL);
  g_autoptr (SyRecording) recording = NULL;
  g_auto (SyRecorderStatus) status = { 0 };
  guint n_told = 0;

  for (guint i = 1; i < SY_RECORD_MAX_TARGETS; i++)
    g_assert_cmpuint (sy_recorder_add_target (recorder, &target), ==, i);
  sy_recorder_get_status (recorder, &status);
  g_assert_cmpuint (status.n_left_out, ==, 0);

  g_signal_connect_swapped (recorder, "changed", G_CALLBACK (count_cb), &n_told);
  for (guint i = 1; i <= 2; i++)
    g_assert_cmpuint (sy_recorder_add_target (recorder, &target), ==, SY_RECORDER_NO_TARGET);
  while (n_told == 0)
    g_main_context_iteration (NULL, TRUE);
  sy_recorder_get_status (recorder, &status);
  g_assert_cmpuint (status.n_left_out, ==, 2);
  g_assert_true (sy_recorder_finish (recorder, NULL));
  recording = open_whole (self->path);
  g_assert_cmpuint (sy_recording_get_n (recording), ==, SY_RECORD_MAX_TARGETS);
  g_assert_cmpstr (sy_recording_get_meta (recording, "left-out"), ==, "2");
}

/* What is said of a recording that has ended is not lost without a word. */
static void
test_late_marks (Fixture       *self,
                 gconstpointer  data)
{
  const SyRecordMark mark = { .kind = SY_MARK_NOTE, .from_us = 5, .to_us = 5, .text = (char *) "" };
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SyRecorder) recorder = begin (self, clock, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  gint64 id = 0;

  g_assert_true (sy_recorder_add_mark (recorder, &mark, &id, &error));
  g_assert_true (sy_recorder_finish (recorder, NULL));
  g_assert_false (sy_recorder_add_mark (recorder, &mark, NULL, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_false (sy_recorder_remove_mark (recorder, id, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
  sy_recorder_set_meta (recorder, "late", "yes");

  recording = open_whole (self->path);
  g_assert_cmpuint (sy_recording_get_marks (recording)->len, ==, 1);
}

static void
test_deleted_under_us (Fixture       *self,
                       gconstpointer  data)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (SyRecorder) recorder = begin (self, clock, NULL);
  g_auto (SyRecorderStatus) status = { 0 };

  record_fixture_add (recorder, table, 0);
  wait_for_state (recorder, SY_RECORDER_RECORDING);
  g_unlink (self->path);
  record_fixture_add (recorder, table, 1);
  wait_for_state (recorder, SY_RECORDER_FAILED);
  sy_recorder_get_status (recorder, &status);
  g_assert_nonnull (strstr (status.error->message, "moved or deleted"));
  g_assert_false (sy_recorder_finish (recorder, NULL));
}

/* No more than this a file: a disk that is full, and then is not. */
static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;

  getrlimit (RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_disk_full (Fixture       *self,
                gconstpointer  data)
{
  const SyRecorderOptions options = { .retry_us = SY_USEC_PER_SEC / 50 };
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (SyRecorder) recorder = begin (self, clock, &options);
  g_autoptr (SyRecording) recording = NULL;
  g_auto (SyRecorderStatus) status = { 0 };
  guint n = 0;

  for (; n < 20; n++)
    record_fixture_add (recorder, table, n);
  wait_for_state (recorder, SY_RECORDER_RECORDING);

  limit_files (64 * 1024);
  for (; status.state != SY_RECORDER_FULL && n < 20000; n++)
    {
      record_fixture_add (recorder, table, n);
      g_main_context_iteration (NULL, FALSE);
      sy_recorder_get_status (recorder, &status);
      sy_recorder_status_clear (&status);
    }
  wait_for_state (recorder, SY_RECORDER_FULL);
  sy_recorder_get_status (recorder, &status);
  g_assert_error (status.error, SY_ERROR, SY_ERROR_STORAGE_FULL);

  limit_files (RLIM_INFINITY);
  wait_for_state (recorder, SY_RECORDER_RECORDING);
  for (guint i = 0; i < 5; i++)
    record_fixture_add (recorder, table, n++);
  g_assert_true (sy_recorder_finish (recorder, NULL));

  recording = open_whole (self->path);
  g_assert_cmpint (sy_recording_get_target (recording, 0)->n_expected, ==, n);
}

static void
test_ends_at_its_size (Fixture       *self,
                       gconstpointer  data)
{
  const SyRecorderOptions options = { .max_bytes = 256 * 1024 };
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (SyRecorder) recorder = begin (self, clock, &options);
  g_autoptr (SyRecording) recording = NULL;
  g_auto (SyRecorderStatus) status = { 0 };
  guint i = 0;

  do
    {
      sy_recorder_status_clear (&status);
      record_fixture_add (recorder, table, i++);
      g_main_context_iteration (NULL, FALSE);
      sy_recorder_get_status (recorder, &status);
    }
  while (status.state == SY_RECORDER_RECORDING && i < 100000);

  g_assert_cmpint (status.state, ==, SY_RECORDER_FINISHED);
  g_assert_error (status.error, SY_ERROR, SY_ERROR_STORAGE_FULL);
  recording = open_whole (self->path);
  g_assert_cmpuint (status.n_expected, ==, status.n_recorded + status.n_gaps);
  g_assert_cmpint (sy_recording_get_target (recording, 0)->n_expected, ==, status.n_expected);
}

/* What a small service says: counters, a histogram, levels. */
static SyExposition *
say_service (SySeriesTable *table,
             guint          i)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;

  g_string_append (text, "# TYPE duration_seconds histogram\n");
  for (guint j = 0; j < 30; j++)
    g_string_append_printf (text, "duration_seconds_bucket{le=\"%u\"} %u\n", j, i * 17 + i * j % 23);
  g_string_append_printf (text, "duration_seconds_sum %.6f\nduration_seconds_count %u\n", i * 0.413 + i * 7919 % 1000 * 1e-6, i * 20);
  for (guint j = 0; j < 10; j++)
    g_string_append_printf (text, "requests_total{code=\"%u\"} %u\n", j, i / (j + 1) * 5);
  for (guint j = 0; j < 8; j++)
    g_string_append_printf (text, "memory_bytes{space=\"%u\"} %u\n", j, 40000000 + i * 7919 * (j + 1) % 4096 * 1024);

  body = g_bytes_new (text->str, text->len);
  return sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, NULL, table, NULL);
}

/* At most three bytes a sample: 50 series a second are under 0.6 GB in 30 days. */
static void
test_size (Fixture       *self,
           gconstpointer  data)
{
  const guint n = 6000;
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (SyRecorder) recorder = begin (self, clock, NULL);
  struct stat info;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SyExposition) exposition = say_service (table, i);
      const SyRecordEntry entry = {
        .moment = { 0, i * SY_USEC_PER_SEC + i * 7919 % 3000, i * SY_USEC_PER_SEC, 2000 + i * 31 % 500, i * SY_USEC_PER_SEC + 1000, 900, 2000 },
        .exposition = exposition,
      };

      sy_recorder_add (recorder, &entry);
      if (i % 500 == 0)
        wait_for_state (recorder, SY_RECORDER_RECORDING);
    }

  g_assert_true (sy_recorder_finish (recorder, NULL));
  g_assert_cmpuint (sy_recorder_get_count (recorder, 0).n_recorded, ==, n);
  g_assert_cmpint (g_stat (self->path, &info), ==, 0);
  g_test_message ("%.2f bytes a sample", (double) info.st_size / (50.0 * n));
  g_assert_cmpfloat ((double) info.st_size, <, 3 * 50.0 * n);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *path;
    void (*func) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/recorder/round-trip", test_round_trip },
    { "/recorder/one-file", test_one_file },
    { "/recorder/from-a-time", test_from_a_time },
    { "/recorder/never-over-a-file", test_never_over_a_file },
    { "/recorder/no-folder", test_no_folder },
    { "/recorder/odd-paths", test_odd_paths },
    { "/recorder/no-room-to-begin", test_no_room_to_begin },
    { "/recorder/not-while-it-is-written", test_not_while_it_is_written },
    { "/recorder/marks", test_marks },
    { "/recorder/many-marks", test_many_marks },
    { "/recorder/many-targets", test_many_targets },
    { "/recorder/late-marks", test_late_marks },
    { "/recorder/deleted-under-us", test_deleted_under_us },
    { "/recorder/disk-full", test_disk_full },
    { "/recorder/ends-at-its-size", test_ends_at_its_size },
    { "/recorder/size", test_size },
  };

  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
