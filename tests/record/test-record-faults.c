/* test-record-faults.c: a disk that fails at the nth operation, for each n
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No room: what comes meanwhile waits, and all is in the file when there is room
 * again. Any other failure: the recording ends and says where and why; what was
 * counted is there. Adding never waits for the disk, whatever that does.
 * RECORD_FAULT_STEP in the environment: from one n to the next (29; 1: all).
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "faulty-vfs.h"
#include "record-fixture.h"
#include "sy-error.h"

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned) */
} Fixture;

typedef struct
{
  SyClock       *clock;    /* (owned) */
  SySeriesTable *table;    /* (owned) */
  SyRecorder    *recorder; /* (owned) */
  guint          n;        /* answers given to it */
  gboolean       was_full;
} Run;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = record_fixture_make_folder ();
  self->path = g_build_filename (self->folder, "r.steelyard", NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  faulty_vfs_set (NULL);
  g_free (self->path);
  record_fixture_remove_folder (self->folder);
}

static void
run_clear (Run *run)
{
  g_clear_object (&run->recorder);
  g_clear_object (&run->clock);
  g_clear_pointer (&run->table, sy_series_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static gboolean
is_no_room (FaultKind kind)
{
  return kind == FAULT_ENOSPC || kind == FAULT_EDQUOT || kind == FAULT_SHORT;
}

static void
check_error (const GError *error,
             FaultKind     kind,
             const char   *path)
{
  const int code = is_no_room (kind) ? SY_ERROR_STORAGE_FULL : SY_ERROR_STORAGE;

  g_assert_error (error, SY_ERROR, code);
  g_assert_nonnull (strstr (error->message, path));
  if (kind == FAULT_EIO)
    g_assert_nonnull (strstr (error->message, "Input/output error"));
}

/* The main loop, until what was given is written or cannot be. */
static SyRecorderState
settle (Run *run)
{
  for (;;)
    {
      g_auto (SyRecorderStatus) status = { 0 };

      sy_recorder_get_status (run->recorder, &status);
      g_assert_cmpuint (status.n_recorded + status.n_gaps, <=, status.n_expected);
      if (status.state != SY_RECORDER_RECORDING || status.n_recorded + status.n_gaps == status.n_expected)
        return status.state;
      g_main_context_iteration (NULL, TRUE);
    }
}

/* The disk is full: more comes, then there is room again. */
static void
wait_for_room (Run *run)
{
  run->was_full = TRUE;
  for (guint i = 0; i < 5; i++)
    record_fixture_add (run->recorder, run->table, run->n++);

  faulty_vfs_set (NULL);
  while (settle (run) == SY_RECORDER_FULL)
    g_main_context_iteration (NULL, TRUE);
}

/* Returns: the state before the end */
static SyRecorderState
record (Run   *run,
        guint  n_answers)
{
  SyRecorderState state = SY_RECORDER_RECORDING;

  while (run->n < n_answers && state != SY_RECORDER_FAILED)
    {
      record_fixture_add (run->recorder, run->table, run->n++);
      state = settle (run);
      if (state == SY_RECORDER_FULL)
        {
          wait_for_room (run);
          state = settle (run);
        }
    }

  return state;
}

/* Each answer is there as it was said, from the first on. Returns: how many */
static guint
check_answers (Fixture *self)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = sy_recording_open (self->path, &error);
  g_autoptr (SyRecordingCursor) cursor = NULL;
  SyRecordedScrape scrape;
  guint n = 0;

  g_assert_no_error (error);
  sy_recording_check (recording, &error);
  g_assert_no_error (error);
  if (sy_recording_get_n (recording) == 0)
    return 0;

  cursor = sy_recording_read (recording, 0, G_MININT64, &error);
  for (; sy_recording_cursor_next (cursor, &scrape, &error); n++)
    record_fixture_check (&scrape, table, n);
  g_assert_no_error (error);
  return n;
}

/* It could not even begin: it says so, and leaves nothing. */
static void
check_no_beginning (Fixture      *self,
                    const Fault  *fault,
                    const GError *error)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);

  check_error (error, fault->kind, self->path);
  g_assert_null (g_dir_read_name (dir));
}

static void
check_failed (Fixture     *self,
              const Fault *fault,
              Run         *run)
{
  g_auto (SyRecorderStatus) status = { 0 };
  guint64 n_counted;

  sy_recorder_get_status (run->recorder, &status);
  n_counted = status.n_recorded + status.n_gaps;
  check_error (status.error, fault->kind, self->path);

  /* Nothing is counted that can never be written. */
  record_fixture_add (run->recorder, run->table, run->n);
  sy_recorder_status_clear (&status);
  sy_recorder_get_status (run->recorder, &status);
  g_assert_cmpuint (status.n_expected, <=, run->n);

  g_clear_object (&run->recorder);
  faulty_vfs_set (NULL);
  g_assert_cmpuint (check_answers (self), >=, n_counted);
}

/* Returns: whether there is an nth operation */
static gboolean
run_once (Fixture     *self,
          const Fault *fault,
          guint        n_answers)
{
  const SyRecorderOptions options = { .retry_us = 1 };
  g_autoptr (GError) error = NULL;
  g_auto (Run) run = { .clock = sy_clock_new (), .table = sy_series_table_new (0) };
  g_auto (SyRecorderStatus) status = { 0 };

  faulty_vfs_set (fault);
  run.recorder = sy_recorder_new (self->path, run.clock, &options, &error);
  if (run.recorder == NULL)
    {
      check_no_beginning (self, fault, error);
      return TRUE;
    }

  sy_recorder_add_target (run.recorder, &(SyRecordTarget) { "a", "Orders", "http://127.0.0.1:1/metrics", SY_USEC_PER_SEC });
  if (record (&run, n_answers) == SY_RECORDER_FAILED || !sy_recorder_finish (run.recorder, NULL))
    {
      /* No room is no reason to end, unless it ends anyway. */
      g_assert_true (!is_no_room (fault->kind) || run.n == n_answers);
      check_failed (self, fault, &run);
      return TRUE;
    }

  sy_recorder_get_status (run.recorder, &status);
  g_assert_cmpuint (status.n_expected, ==, run.n);
  g_assert_cmpuint (status.n_recorded + status.n_gaps, ==, run.n);
  g_assert_cmpuint (check_answers (self), ==, run.n);
  return run.was_full || faulty_vfs_has_struck ();
}

/* Every nth operation of @place, until there is none. */
static void
run_each (Fixture   *self,
          FaultKind  kind,
          FaultPlace place,
          guint      n_answers)
{
  const char *step_word = g_getenv ("RECORD_FAULT_STEP");
  const guint step = step_word != NULL ? (guint) g_ascii_strtoull (step_word, NULL, 10) : 29;
  Fault fault = { .kind = kind, .place = place, .nth = 1 };
  guint n_struck = 0;

  for (; run_once (self, &fault, n_answers); fault.nth += step)
    {
      fault.lasts = !fault.lasts;
      n_struck++;
      record_fixture_empty_folder (self->folder);
    }

  g_test_message ("%s %s: %u of %u operations failed", fault_kind_nick (kind), fault_place_nick (place), n_struck, fault.nth - 1);
  g_assert_cmpuint (n_struck, >, 2);
}

/* A short recording, and its log. */
static void
test_short (Fixture       *self,
            gconstpointer  data)
{
  run_each (self, (FaultKind) GPOINTER_TO_INT (data), FAULT_LOG, 25);
}

/* Long enough for checkpoints. */
static void
test_long (Fixture       *self,
           gconstpointer  data)
{
  run_each (self, (FaultKind) GPOINTER_TO_INT (data), FAULT_MAIN, 600);
}

/* The last ten minutes wait in memory; what is older is a gap that says so. */
static void
test_long_without_room (Fixture       *self,
                        gconstpointer  data)
{
  const SyRecorderOptions options = { .retry_us = 1 };
  const Fault fault = { .kind = FAULT_ENOSPC, .place = FAULT_LOG, .nth = 60, .lasts = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  g_autoptr (SyRecordingCursor) cursor = NULL;
  g_auto (Run) run = { .clock = sy_clock_new (), .table = sy_series_table_new (0) };
  g_auto (SyRecorderStatus) status = { 0 };
  SyRecordedScrape scrape;
  guint n_shed = 0;
  guint n = 0;

  faulty_vfs_set (&fault);
  run.recorder = sy_recorder_new (self->path, run.clock, &options, &error);
  g_assert_no_error (error);
  sy_recorder_add_target (run.recorder, &(SyRecordTarget) { "a", "Orders", "http://127.0.0.1:1/metrics", SY_USEC_PER_SEC });
  do
    record_fixture_add (run.recorder, run.table, run.n++);
  while (settle (&run) != SY_RECORDER_FULL);

  for (guint i = 0; i < 2000; i++)
    {
      record_fixture_add (run.recorder, run.table, run.n++);
      if (i % 100 == 0)
        g_main_context_iteration (NULL, TRUE);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  faulty_vfs_set (NULL);
  while (settle (&run) == SY_RECORDER_FULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (sy_recorder_finish (run.recorder, NULL));
  sy_recorder_get_status (run.recorder, &status);
  g_assert_cmpuint (status.n_recorded + status.n_gaps, ==, run.n);

  recording = sy_recording_open (self->path, &error);
  g_assert_no_error (error);
  sy_recording_check (recording, &error);
  g_assert_no_error (error);
  cursor = sy_recording_read (recording, 0, G_MININT64, &error);
  for (; sy_recording_cursor_next (cursor, &scrape, &error); n++)
    if (g_error_matches (scrape.error, SY_ERROR, SY_ERROR_STORAGE_FULL))
      {
        g_assert_cmpuint (n, <, run.n - 600);
        n_shed++;
      }
    else
      record_fixture_check (&scrape, run.table, n);
  g_assert_cmpuint (n, ==, run.n);
  g_assert_cmpuint (n_shed, >, 500);
}

/* One writer and no shared memory: beside the recording is its log, and nothing
 * after the end. */
static void
test_beside (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *shared = g_strconcat (self->path, "-shm", NULL);
  g_autofree char *journal = g_strconcat (self->path, "-journal", NULL);
  g_auto (Run) run = { .clock = sy_clock_new (), .table = sy_series_table_new (0) };

  run.recorder = sy_recorder_new (self->path, run.clock, NULL, NULL);
  sy_recorder_add_target (run.recorder, &(SyRecordTarget) { "a", "Orders", "http://127.0.0.1:1/metrics", SY_USEC_PER_SEC });
  g_assert_cmpint (record (&run, 3), ==, SY_RECORDER_RECORDING);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (shared, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  g_assert_true (sy_recorder_finish (run.recorder, NULL));
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  faulty_vfs_install ();
  for (guint kind = 0; kind < FAULT_KILL; kind++)
    {
      g_autofree char *of_log = g_strdup_printf ("/record-faults/log/%s", fault_kind_nick ((FaultKind) kind));
      g_autofree char *of_main = g_strdup_printf ("/record-faults/recording/%s", fault_kind_nick ((FaultKind) kind));

      g_test_add (of_log, Fixture, GINT_TO_POINTER (kind), set_up, test_short, tear_down);
      g_test_add (of_main, Fixture, GINT_TO_POINTER (kind), set_up, test_long, tear_down);
    }

  g_test_add ("/record-faults/long-without-room", Fixture, NULL, set_up, test_long_without_room, tear_down);
  g_test_add ("/record-faults/beside", Fixture, NULL, set_up, test_beside, tear_down);
  return g_test_run ();
}
