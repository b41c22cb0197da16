/* test-recording-interrupted.c: recordings with their log, as a killed recorder leaves them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#include "record-fixture.h"
#include "sy-recording-edit.h"

#define N 60

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned): of the recording */
  char *log;    /* (owned): beside it */
} Fixture;

static const char *program;

/* usage: --child PATH. Reads half of it, says so, and waits for its end. */
static int
run_child (const char *path)
{
  g_autoptr (SyRecording) recording = sy_recording_open (path, NULL);
  g_autoptr (SyRecordingCursor) cursor = sy_recording_read (recording, 0, G_MININT64, NULL);
  SyRecordedScrape scrape;

  for (guint i = 0; i < N / 2; i++)
    g_assert_true (sy_recording_cursor_next (cursor, &scrape, NULL));
  g_assert_cmpint (write (STDOUT_FILENO, "r", 1), ==, 1);
  pause ();
  return 1;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = record_fixture_make_folder ();
  self->path = g_build_filename (self->folder, "r.steelyard", NULL);
  self->log = g_strconcat (self->path, "-wal", NULL);
  record_fixture_write_interrupted (self->path, N);
  g_assert_true (g_file_test (self->log, G_FILE_TEST_EXISTS));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_free (self->path);
  g_free (self->log);
  record_fixture_remove_folder (self->folder);
}

/* That all of it is read at @path, where it has @n_marks marks. */
static void
check_all (const char *path,
           guint       n_marks)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = sy_recording_open (path, &error);
  g_autoptr (SyRecordingCursor) cursor = NULL;
  SyRecordedScrape scrape;
  guint i = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (sy_recording_get_n (recording), ==, 1);
  g_assert_cmpstr (sy_recording_get_path (recording), ==, path);
  g_assert_cmpuint (sy_recording_get_marks (recording)->len, ==, n_marks);
  cursor = sy_recording_read (recording, 0, G_MININT64, &error);
  while (sy_recording_cursor_next (cursor, &scrape, &error))
    record_fixture_check (&scrape, table, i++);
  g_assert_no_error (error);
  g_assert_cmpuint (i, ==, N);
  g_assert_true (sy_recording_check (recording, &error));
}

/* The log lies beside the file, not beside a link to it. */
static void
test_link (Fixture       *self,
           gconstpointer  data)
{
  const SyRecordMark mark = { .kind = SY_MARK_NOTE, .from_us = 5, .to_us = 7, .text = (char *) "seen" };
  g_autofree char *link = g_build_filename (self->folder, "link.steelyard", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink ("r.steelyard", link), ==, 0);
  g_assert_false (sy_recording_is_alone (link));
  check_all (link, 0);

  sy_recording_add_mark (link, &mark, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (sy_recording_is_alone (self->path));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  check_all (link, 1);
  check_all (self->path, 1);
}

/* It is read from a copy, of which nothing is left, whatever ends the program. */
static void
test_killed (Fixture       *self,
             gconstpointer  data)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGKILL };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autofree char *folder = g_build_filename (self->folder, "tmp", NULL);
      g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) child = NULL;
      char said = '\0';

      g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
      g_subprocess_launcher_setenv (launcher, "TMPDIR", folder, TRUE);
      child = g_subprocess_launcher_spawn (launcher, &error, program, "--child", self->path, NULL);
      g_assert_no_error (error);
      g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (child), &said, 1, NULL, NULL), ==, 1);
      g_subprocess_send_signal (child, signals[i]);
      g_subprocess_wait (child, NULL, NULL);
      g_assert_true (g_subprocess_get_if_signaled (child));
      g_assert_cmpint (g_rmdir (folder), ==, 0);
    }

  check_all (self->path, 0);
}

int
main (int    argc,
      char **argv)
{
  program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2]);

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/recording-interrupted/link", Fixture, NULL, set_up, test_link, tear_down);
  g_test_add ("/recording-interrupted/killed", Fixture, NULL, set_up, test_killed, tear_down);
  return g_test_run ();
}
