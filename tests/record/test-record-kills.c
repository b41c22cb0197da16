/* test-record-kills.c: killed at any moment, what was acknowledged is there
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A child records as fast as it can and says how much the recorder counts as
 * written. It dies by SIGKILL: when the test has heard so many counts, while the
 * child goes on; or from inside, with half of the nth write done, on the
 * recording itself (which is its creation, a checkpoint, or its end) or on its
 * log. Or it brings a recording of the first format up to date, and dies in that.
 * RECORD_KILLS in the environment: how often (12).
 */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "faulty-vfs.h"
#include "record-fixture.h"
#include "sy-error.h"
#include "sy-random.h"
#include "sy-recording-edit.h"

#define N_ANSWERS 1500
#define N_FIRST 700 /* answers in the recording of the first format */

typedef enum {
  KILL_FROM_OUTSIDE,
  KILL_IN_MAIN,
  KILL_IN_LOG,
  KILL_IN_UPGRADE,
  N_WAYS
} Way;

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned) */
} Fixture;

static const char *program;

/* The child: how many answers are in the file, again and again. */
static void
acknowledge (SyRecorder *recorder)
{
  g_auto (SyRecorderStatus) status = { 0 };
  guint64 n;

  sy_recorder_get_status (recorder, &status);
  if (status.state == SY_RECORDER_FAILED)
    g_error ("%s", status.error->message);

  n = status.n_recorded + status.n_gaps;
  if (write (STDOUT_FILENO, &n, sizeof n) != sizeof n)
    exit (1);
}

static void
changed_cb (SyRecorder *recorder,
            gpointer    user_data)
{
  acknowledge (recorder);
}

/* usage: --child PATH PLACE NTH; NTH 0: lives, and says at last how many
 * operations of PLACE it needed. With a pipe as standard input it does not end
 * before that does. */
static int
run_child (char **arguments)
{
  const Fault fault = {
    .kind = FAULT_KILL,
    .place = (FaultPlace) atoi (arguments[1]),
    .nth = (guint) atoi (arguments[2]),
  };
  const SyRecorderOptions options = { .min_free_bytes = 1 };
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (SyRecorder) recorder = NULL;
  guint64 n_operations;
  char byte;

  faulty_vfs_install ();
  faulty_vfs_set (&fault);
  recorder = sy_recorder_new (arguments[0], clock, &options, NULL);
  sy_recorder_add_target (recorder, &(SyRecordTarget) { "a", "Orders", "http://127.0.0.1:1/metrics", SY_USEC_PER_SEC });
  g_signal_connect (recorder, "changed", G_CALLBACK (changed_cb), NULL);

  /* Each waits until those before it are written: many small commits. */
  for (guint i = 0; i < N_ANSWERS; i++)
    {
      g_auto (SyRecorderStatus) status = { 0 };

      record_fixture_add (recorder, table, i);
      do
        {
          g_main_context_iteration (NULL, TRUE);
          sy_recorder_status_clear (&status);
          sy_recorder_get_status (recorder, &status);
        }
      while (status.n_recorded + status.n_gaps < i);
    }

  while (read (STDIN_FILENO, &byte, 1) > 0)
    ;
  sy_recorder_finish (recorder, NULL);
  acknowledge (recorder);
  n_operations = faulty_vfs_get_n ();
  return write (STDOUT_FILENO, &n_operations, sizeof n_operations) == sizeof n_operations ? 0 : 1;
}

/* usage: --upgrade PATH PLACE NTH */
static int
run_upgrade (char **arguments)
{
  const SyRecordMark mark = { .kind = SY_MARK_DEPLOY, .text = (char *) "version 2" };
  const Fault fault = {
    .kind = FAULT_KILL,
    .place = (FaultPlace) atoi (arguments[1]),
    .nth = (guint) atoi (arguments[2]),
  };
  guint64 n;

  faulty_vfs_install ();
  faulty_vfs_set (&fault);
  if (!sy_recording_add_mark (arguments[0], &mark, NULL, NULL))
    return 1;

  n = faulty_vfs_get_n ();
  return write (STDOUT_FILENO, &n, sizeof n) == sizeof n ? 0 : 1;
}

/* @what: --child, --upgrade; or NULL: a child that waits for its standard input */
static GSubprocess *
spawn (Fixture    *self,
       const char *what,
       FaultPlace  place,
       guint       nth)
{
  g_autofree char *place_word = g_strdup_printf ("%u", place);
  g_autofree char *nth_word = g_strdup_printf ("%u", nth);
  g_autoptr (GError) error = NULL;
  const GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_PIPE | (what == NULL ? G_SUBPROCESS_FLAGS_STDIN_PIPE : 0);
  GSubprocess *child = g_subprocess_new (flags, &error, program, what != NULL ? what : "--child", self->path, place_word, nth_word, NULL);

  g_assert_no_error (error);
  return child;
}

/* The next count; FALSE when there is none any more. */
static gboolean
hear (GSubprocess *child,
      guint64     *ret)
{
  gsize n = 0;

  g_assert_true (g_input_stream_read_all (g_subprocess_get_stdout_pipe (child), ret, sizeof *ret, &n, NULL, NULL));
  return n == sizeof *ret;
}

/* How many operations at @place it takes to the end. */
static guint
count_operations (Fixture    *self,
                  const char *what,
                  FaultPlace  place)
{
  g_autoptr (GSubprocess) child = spawn (self, what, place, 0);
  guint64 n = 0;

  while (hear (child, &n))
    ;
  g_assert_true (g_subprocess_wait_check (child, NULL, NULL));
  record_fixture_empty_folder (self->folder);
  g_assert_cmpuint (n, >, 10);
  return (guint) n;
}

/* When @after answers are acknowledged; the child goes on meanwhile, and does
 * not end. Returns: what it had acknowledged when it was dead */
static guint64
kill_from_outside (Fixture *self,
                   guint    after)
{
  g_autoptr (GSubprocess) child = spawn (self, NULL, FAULT_ANYWHERE, 0);
  guint64 last = 0;
  guint64 n;

  while (last < after && hear (child, &n))
    last = n;
  g_subprocess_send_signal (child, SIGKILL);
  while (hear (child, &n))
    last = MAX (last, n);
  g_subprocess_wait (child, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (child));
  return last;
}

static guint64
kill_from_inside (Fixture    *self,
                  const char *what,
                  FaultPlace  place,
                  guint       nth)
{
  g_autoptr (GSubprocess) child = spawn (self, what, place, nth);
  guint64 last = 0;
  guint64 n;

  while (hear (child, &n))
    last = n;
  g_subprocess_wait (child, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (child));
  return last;
}

/* All that was acknowledged is there as it was said, and nothing else. */
static void
check_kept (Fixture *self,
            guint64  acknowledged)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = sy_recording_open (self->path, &error);
  g_autoptr (SyRecordingCursor) cursor = NULL;
  SyRecordedScrape scrape;
  guint n = 0;

  /* Before its first answer it need not be a recording yet. */
  if (recording == NULL && acknowledged == 0)
    return;

  g_assert_no_error (error);
  sy_recording_check (recording, &error);
  g_assert_no_error (error);
  if (acknowledged == 0 && sy_recording_get_n (recording) == 0)
    return;

  cursor = sy_recording_read (recording, 0, G_MININT64, &error);
  for (; sy_recording_cursor_next (cursor, &scrape, &error); n++)
    record_fixture_check (&scrape, table, n);
  g_assert_no_error (error);
  g_assert_cmpuint (n, >=, acknowledged);
  g_assert_cmpuint (n, <=, N_ANSWERS);
}

static void
copy_first (Fixture *self)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (g_getenv ("STEELYARD_FIRST_RECORDING"), &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (self->path, bytes, (gssize) length, NULL));
}

/* Killed while it became the present format: everything is there, and it can be
 * tried again. */
static void
kill_upgrade (Fixture *self,
              guint    nth)
{
  const SyRecordMark mark = { .kind = SY_MARK_WARM_UP_END, .text = (char *) "" };
  g_autoptr (GError) error = NULL;

  copy_first (self);
  g_assert_cmpuint (kill_from_inside (self, "--upgrade", FAULT_ANYWHERE, nth), ==, 0);
  check_kept (self, N_FIRST);
  sy_recording_add_mark (self->path, &mark, NULL, &error);
  g_assert_no_error (error);
  check_kept (self, N_FIRST);
}

static void
test_kills (Fixture       *self,
            gconstpointer  data)
{
  const char *times = g_getenv ("RECORD_KILLS");
  const guint n = times != NULL ? (guint) g_ascii_strtoull (times, NULL, 10) : 12;
  const guint n_main = count_operations (self, "--child", FAULT_MAIN);
  const guint n_log = count_operations (self, "--child", FAULT_LOG);
  guint64 n_acknowledged = 0;
  guint n_upgrade;
  SyRandom random;

  copy_first (self);
  n_upgrade = count_operations (self, "--upgrade", FAULT_ANYWHERE);
  sy_random_init (&random, 20261127, 1);
  for (guint i = 0; i < n; i++)
    {
      guint64 acknowledged = 0;

      switch ((Way) (i % N_WAYS))
        {
        case KILL_FROM_OUTSIDE:
          acknowledged = kill_from_outside (self, 1 + (guint) sy_random_below (&random, N_ANSWERS - 1));
          check_kept (self, acknowledged);
          break;
        case KILL_IN_MAIN:
          acknowledged = kill_from_inside (self, "--child", FAULT_MAIN, 1 + (guint) sy_random_below (&random, n_main));
          check_kept (self, acknowledged);
          break;
        case KILL_IN_LOG:
          acknowledged = kill_from_inside (self, "--child", FAULT_LOG, 1 + (guint) sy_random_below (&random, n_log));
          check_kept (self, acknowledged);
          break;
        case KILL_IN_UPGRADE:
        case N_WAYS:
        default:
          kill_upgrade (self, 1 + (guint) sy_random_below (&random, n_upgrade));
        }

      n_acknowledged += acknowledged;
      record_fixture_empty_folder (self->folder);
    }

  g_test_message ("%u kills, %" G_GUINT64_FORMAT " acknowledged answers, none lost"
                  " (operations: %u on the recording, %u on its log, %u of an upgrade)",
                  n, n_acknowledged, n_main, n_log, n_upgrade);
}

/* What another program records is neither read nor written over, for as long as
 * that program lives; its lock dies with it. */
static void
test_another_program (Fixture       *self,
                      gconstpointer  data)
{
  const SyRecorderOptions options = { .min_free_bytes = 1 };
  g_autoptr (GSubprocess) child = spawn (self, NULL, FAULT_ANYWHERE, 0);
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GError) error = NULL;
  guint64 n;

  g_assert_true (hear (child, &n));
  g_assert_null (sy_recording_open (self->path, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "another program"));
  g_clear_error (&error);
  g_assert_null (sy_recorder_new (self->path, clock, &options, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);

  g_subprocess_send_signal (child, SIGKILL);
  g_subprocess_wait (child, NULL, NULL);
  check_kept (self, n);
}

/* Adds @n answers to what is at the path. Returns: the wall time of the first */
static gint64
record_on (Fixture *self,
           guint    n)
{
  const SyRecorderOptions options = { .min_free_bytes = 1 };
  const SyRecordMark mark = { .kind = SY_MARK_NOTE, .text = (char *) "again" };
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecorder) recorder = sy_recorder_continue (self->path, clock, &options, &error);
  const gint64 now_us = sy_clock_get_monotonic (clock);
  const gint64 wall_us = sy_clock_get_wall (clock);

  g_assert_no_error (error);
  g_assert_cmpuint (sy_recorder_add_target (recorder, &(SyRecordTarget) { "a", "Orders", "http://127.0.0.1:1/metrics", SY_USEC_PER_SEC }),
                    ==, 0);
  g_assert_cmpuint (sy_recorder_add_target (recorder, &(SyRecordTarget) { "b", "New", "http://127.0.0.1:2/metrics", SY_USEC_PER_SEC }),
                    ==, 1);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SyExposition) said = record_fixture_say (table, i);
      const SyRecordEntry entry = {
        .moment = { .monotonic_us = now_us + i * SY_USEC_PER_SEC, .answered_us = now_us + i * SY_USEC_PER_SEC,
                    .wall_us = wall_us + i * SY_USEC_PER_SEC },
        .exposition = said,
      };

      sy_recorder_add (recorder, &entry);
    }
  g_assert_true (sy_recorder_add_mark (recorder, &mark, NULL, &error));
  g_assert_true (sy_recorder_finish (recorder, &error));
  g_assert_no_error (error);
  return wall_us;
}

/* A recording that was killed goes on in its file: what was there, then a gap that
 * says why, then the new; times go on by the wall clock; what is finished does not. */
static void
test_continued (Fixture       *self,
                gconstpointer  data)
{
  const guint64 acknowledged = kill_from_outside (self, 700);
  const gint64 wall_us = record_on (self, 50);
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = sy_recording_open (self->path, &error);
  g_autoptr (SyRecordingCursor) cursor = NULL;
  g_autoptr (SyClock) clock = sy_clock_new ();
  const SyRecordedTarget *target;
  SyRecordedScrape scrape;
  gint64 last_us = G_MININT64, last_wall_us = 0;
  guint n = 0, n_absent = 0;

  g_assert_no_error (error);
  sy_recording_check (recording, &error);
  g_assert_no_error (error);
  g_assert_true (sy_recording_was_finished (recording));
  g_assert_cmpuint (sy_recording_get_n (recording), ==, 2);
  g_assert_cmpuint (sy_recording_get_marks (recording)->len, ==, 1);
  target = sy_recording_get_target (recording, 0);
  g_assert_cmpuint (target->n_recorded + target->n_gaps, >=, acknowledged + 51);
  g_assert_cmpint (target->n_expected, ==, (gint64) (target->n_recorded + target->n_gaps));
  g_assert_cmpint (sy_recording_get_target (recording, 1)->n_expected, ==, 0);

  cursor = sy_recording_read (recording, 0, G_MININT64, &error);
  for (; sy_recording_cursor_next (cursor, &scrape, &error); n++)
    {
      g_assert_cmpint (scrape.moment.seq, ==, n);
      g_assert_cmpint (scrape.moment.monotonic_us, >, last_us);
      if (scrape.error != NULL && scrape.error->code == SY_ERROR_NOT_RUNNING)
        n_absent++;
      else if (n_absent == 0)
        record_fixture_check (&scrape, table, n);
      else if (last_wall_us < wall_us)
        /* The first again: as much later as on the wall. */
        g_assert_cmpint (scrape.moment.wall_us, ==, wall_us);
      else
        g_assert_cmpint (scrape.moment.monotonic_us - last_us, ==, scrape.moment.wall_us - last_wall_us);
      last_us = scrape.moment.monotonic_us;
      last_wall_us = scrape.moment.wall_us;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n_absent, ==, 1);
  g_assert_cmpuint (n, ==, target->n_recorded + target->n_gaps);

  g_assert_null (sy_recorder_continue (self->path, clock, NULL, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
}

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
  g_free (self->path);
  record_fixture_remove_folder (self->folder);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 5 && g_str_equal (argv[1], "--child"))
    return run_child (argv + 2);
  if (argc == 5 && g_str_equal (argv[1], "--upgrade"))
    return run_upgrade (argv + 2);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/record-kills/kills", Fixture, NULL, set_up, test_kills, tear_down);
  g_test_add ("/record-kills/continued", Fixture, NULL, set_up, test_continued, tear_down);
  g_test_add ("/record-kills/another-program", Fixture, NULL, set_up, test_another_program, tear_down);
  return g_test_run ();
}
