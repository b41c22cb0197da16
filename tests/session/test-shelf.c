/* test-shelf.c: recordings are listed, renamed, taken out and put back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

#include "replay-fixture.h"
#include "sy-error.h"
#include "sy-session.h"
#include "sy-shelf.h"
#include "sy-still-source.h"

#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)

typedef struct
{
  ReplayFixture recorded; /* r.steelyard */
  SyShelf      *shelf;    /* (owned) */
} Fixture;

static void
refreshed_cb (SyShelf  *shelf,
              gboolean *done)
{
  *done = TRUE;
}

static void
look (Fixture *self)
{
  gboolean done = FALSE;
  const gulong handler = g_signal_connect (self->shelf, "refreshed", G_CALLBACK (refreshed_cb), &done);

  sy_shelf_refresh (self->shelf);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (self->shelf, handler);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  replay_fixture_set_up (&self->recorded);
  self->shelf = sy_shelf_new (self->recorded.folder);
}

static char *
build (Fixture    *self,
       const char *base)
{
  return g_build_filename (self->recorded.folder, base, NULL);
}

static void
empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *base;

  while (dir != NULL && (base = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, base, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          empty_folder (path);
          g_rmdir (path);
        }
      else
        g_unlink (path);
    }
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_object (&self->shelf);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  empty_folder (self->recorded.folder);
  replay_fixture_tear_down (&self->recorded);
}

/* (transfer none): the list has it */
static SyRecordingInfo *
get (Fixture *self,
     guint    position)
{
  g_autoptr (SyRecordingInfo) info = g_list_model_get_item (G_LIST_MODEL (self->shelf), position);

  g_assert_nonnull (info);
  return info;
}

static guint
n_infos (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->shelf));
}

/* As a killed program leaves it: a file and its log. */
static void
leave_interrupted (Fixture    *self,
                   const char *base)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyClock) clock = sy_clock_new_manual (SY_USEC_PER_SEC, WALL_US + 3600 * SY_USEC_PER_SEC);
  g_autoptr (SySession) session = sy_session_new (clock, &error);
  g_autoptr (SySource) source = sy_still_source_new ("http://127.0.0.1:3/metrics", clock);
  g_autofree char *path = build (self, "live");
  SyRecorder *recorder = sy_session_start_recording (session, path, "live", NULL, &error);
  g_auto (SyRecorderStatus) status = { 0 };

  g_assert_no_error (error);
  sy_session_add_source (session, source, "three", &error);
  sy_still_source_say (SY_STILL_SOURCE (source), "# TYPE http_requests_total counter\nhttp_requests_total 5\n");
  while (status.n_recorded == 0)
    {
      sy_recorder_status_clear (&status);
      g_main_context_iteration (NULL, TRUE);
      sy_recorder_get_status (recorder, &status);
    }

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *from = g_strconcat (path, i == 0 ? "" : "-wal", NULL);
      g_autofree char *to_base = g_strconcat (base, i == 0 ? "" : "-wal", NULL);
      g_autofree char *to = build (self, to_base);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
      g_assert_true (g_file_set_contents (to, bytes, (gssize) length, NULL));
    }

  sy_session_stop_recording (session, NULL);
  g_unlink (path);
}

static void
test_lists (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *torn = build (self, "torn.steelyard");
  g_autofree char *other = build (self, "notes.txt");
  struct utimbuf long_ago = { 1000, 1000 };
  SyRecordingInfo *info;

  leave_interrupted (self, "killed.steelyard");
  g_assert_true (g_file_set_contents (torn, "SQLite", -1, NULL));
  g_assert_cmpint (g_utime (torn, &long_ago), ==, 0);
  g_assert_true (g_file_set_contents (other, "x", -1, NULL));
  g_assert_cmpuint (n_infos (self), ==, 0);
  look (self);
  g_assert_no_error (sy_shelf_get_error (self->shelf));
  g_assert_cmpuint (n_infos (self), ==, 3);

  /* The torn one has the time of its file. */
  info = get (self, 0);
  g_assert_cmpstr (sy_recording_info_get_name (info), ==, "killed");
  g_assert_cmpint (sy_recording_info_get_state (info), ==, SY_RECORDING_INTERRUPTED);
  g_assert_cmpstr (sy_recording_info_get_addresses (info)[0], ==, "http://127.0.0.1:3/metrics");
  g_assert_null (sy_recording_info_get_addresses (info)[1]);

  info = get (self, 1);
  g_assert_cmpstr (sy_recording_info_get_name (info), ==, "r");
  g_assert_cmpint (sy_recording_info_get_state (info), ==, SY_RECORDING_WHOLE);
  g_assert_cmpint (sy_recording_info_get_began (info), ==, WALL_US);
  g_assert_cmpint (sy_recording_info_get_length (info), ==, (REPLAY_SECONDS - 1) * SY_USEC_PER_SEC);
  g_assert_cmpstr (sy_recording_info_get_names (info)[1], ==, "two");
  g_assert_cmpint (sy_recording_info_get_size (info), >, 10000);
  g_assert_false (sy_recording_info_is_demo (info));

  info = get (self, 2);
  g_assert_cmpstr (sy_recording_info_get_name (info), ==, "torn");
  g_assert_cmpint (sy_recording_info_get_state (info), ==, SY_RECORDING_UNREADABLE);
  g_assert_error (sy_recording_info_get_error (info), SY_ERROR, SY_ERROR_FORMAT);
}

static void
test_rename (Fixture       *self,
             gconstpointer  data)
{
  static const char *const bad[] = { "", "  ", ".hidden", "a/b", "killed" };
  g_autofree char *log = build (self, "Über Nacht.steelyard-wal");
  g_autoptr (GError) error = NULL;

  leave_interrupted (self, "killed.steelyard");
  look (self);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (sy_shelf_rename (self->shelf, get (self, 1), bad[i], &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
      g_clear_error (&error);
    }

  /* With its log, or its last answers would be lost. */
  g_assert_true (sy_shelf_rename (self->shelf, get (self, 0), " Über Nacht ", &error));
  look (self);
  g_assert_cmpuint (n_infos (self), ==, 2);
  g_assert_cmpstr (sy_recording_info_get_name (get (self, 0)), ==, "Über Nacht");
  g_assert_cmpstr (sy_recording_info_get_names (get (self, 0))[0], ==, "three");
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_true (sy_shelf_rename (self->shelf, get (self, 1), "r", &error));
}

static char *
read_file (const char *path)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* A name that another has, or a part of another: all stays where it is. */
static void
test_rename_to_taken (Fixture       *self,
                      gconstpointer  data)
{
  g_autofree char *log = build (self, "killed.steelyard-wal");
  g_autofree char *foreign_log = build (self, "r.steelyard-wal");
  g_autofree char *orphan = build (self, "lost.steelyard-journal");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  leave_interrupted (self, "killed.steelyard");
  g_assert_true (g_file_set_contents (orphan, "x", -1, NULL));
  look (self);
  g_assert_cmpstr (sy_recording_info_get_name (get (self, 0)), ==, "killed");
  g_assert_false (sy_shelf_rename (self->shelf, get (self, 0), "r", &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (foreign_log, G_FILE_TEST_EXISTS));

  g_assert_false (sy_shelf_rename (self->shelf, get (self, 1), "lost", &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  text = read_file (orphan);
  g_assert_cmpstr (text, ==, "x");

  look (self);
  g_assert_cmpuint (n_infos (self), ==, 2);
  g_assert_cmpstr (sy_recording_info_get_names (get (self, 0))[0], ==, "three");
  g_assert_cmpstr (sy_recording_info_get_name (get (self, 1)), ==, "r");
}

/* The log could be moved, the recording could not. */
static void
test_rename_fails (Fixture       *self,
                   gconstpointer  data)
{
  g_autofree char *file = build (self, "killed.steelyard");
  g_autofree char *log = build (self, "killed.steelyard-wal");
  g_autofree char *new_log = build (self, "new.steelyard-wal");
  g_autoptr (GError) error = NULL;

  leave_interrupted (self, "killed.steelyard");
  look (self);
  g_unlink (file);
  g_assert_false (sy_shelf_rename (self->shelf, get (self, 0), "new", &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (new_log, G_FILE_TEST_EXISTS));
}

/* Of somebody who was killed while he changed it. */
static void
test_journal (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *journal = build (self, "r.steelyard-journal");
  g_autofree char *taken_out = build (self, "removed/r.steelyard-journal");
  g_autoptr (SyRecordingInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  look (self);
  info = g_object_ref (get (self, 0));
  g_assert_true (g_file_set_contents (journal, "a journal", -1, NULL));
  g_assert_true (sy_shelf_take_out (self->shelf, info, &error));
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  g_assert_true (sy_shelf_put_back (self->shelf, info, &error));
  text = read_file (journal);
  g_assert_cmpstr (text, ==, "a journal");

  look (self);
  g_set_object (&info, get (self, 0));
  g_assert_true (sy_shelf_take_out (self->shelf, info, &error));
  sy_shelf_forget (self->shelf, info);
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (taken_out, G_FILE_TEST_EXISTS));
}

static void
test_take_out (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *file = build (self, "removed/killed.steelyard");
  g_autofree char *log = build (self, "removed/killed.steelyard-wal");
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecordingInfo) info = NULL;

  leave_interrupted (self, "killed.steelyard");
  look (self);
  info = g_object_ref (get (self, 0));
  g_assert_true (sy_shelf_take_out (self->shelf, info, &error));
  g_assert_cmpuint (n_infos (self), ==, 1);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));

  /* Meanwhile somebody made another of that name. */
  leave_interrupted (self, "killed.steelyard");
  g_assert_true (sy_shelf_put_back (self->shelf, info, &error));
  g_assert_no_error (error);
  look (self);
  g_assert_cmpuint (n_infos (self), ==, 3);
  g_assert_cmpstr (sy_recording_info_get_name (get (self, 0)), ==, "killed 2");
  g_assert_cmpstr (sy_recording_info_get_names (get (self, 0))[0], ==, "three");

  g_set_object (&info, get (self, 1));
  g_assert_true (sy_shelf_take_out (self->shelf, info, &error));
  sy_shelf_forget (self->shelf, info);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_false (sy_shelf_put_back (self->shelf, info, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
}

/* What an earlier run had taken out, and nobody wanted back. */
static void
test_purge (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *file = build (self, "removed/r.steelyard");
  g_autoptr (GError) error = NULL;

  look (self);
  g_assert_true (sy_shelf_take_out (self->shelf, get (self, 0), &error));
  look (self);
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));

  g_clear_object (&self->shelf);
  self->shelf = sy_shelf_new (self->recorded.folder);
  look (self);
  g_assert_cmpuint (n_infos (self), ==, 0);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
}

static void
test_new_path (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *folder = build (self, "deeper/still");
  g_autoptr (SyShelf) shelf = sy_shelf_new (folder);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = sy_shelf_dup_new_path (shelf, WALL_US, &error);
  g_autofree char *second = NULL;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (first, folder));
  g_assert_true (g_file_set_contents (first, "x", -1, NULL));
  second = sy_shelf_dup_new_path (shelf, WALL_US, &error);
  g_assert_true (g_str_has_suffix (second, " 2.steelyard"));
}

static void
test_written (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyClock) clock = sy_clock_new_manual (SY_USEC_PER_SEC, WALL_US);
  g_autoptr (SySession) session = sy_session_new (clock, &error);
  g_autofree char *path = build (self, "now.steelyard");

  g_assert_nonnull (sy_session_start_recording (session, path, "now", NULL, &error));
  look (self);
  g_assert_cmpuint (n_infos (self), ==, 2);
  for (guint i = 0; i < 2; i++)
    if (sy_recording_info_get_state (get (self, i)) == SY_RECORDING_WRITTEN)
      {
        g_assert_cmpstr (sy_recording_info_get_name (get (self, i)), ==, "now");
        g_assert_false (sy_shelf_take_out (self->shelf, get (self, i), &error));
        g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
        return;
      }

  g_assert_not_reached ();
}

/* Holds SQLite's lock on @path in a process of its own until @ret_end is closed. */
static pid_t
lock_elsewhere (const char *path,
                int        *ret_end)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000000, .l_len = 512 };
  int ends[2];
  char byte = 0;
  pid_t child;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      const int fd = open (path, O_RDWR);

      close (ends[0]);
      byte = fd >= 0 && fcntl (fd, F_SETLK, &lock) == 0 ? 'y' : 'n';
      _exit (write (ends[1], &byte, 1) == 1 && read (ends[1], &byte, 1) == 0 ? 0 : 1);
    }

  close (ends[1]);
  g_assert_cmpint (read (ends[0], &byte, 1), ==, 1);
  g_assert_cmpint (byte, ==, 'y');
  *ret_end = ends[0];
  return child;
}

/* One that is too large to be copied: whoever writes it is asked for all the same. */
static void
test_written_elsewhere (Fixture       *self,
                        gconstpointer  data)
{
  g_autofree char *log = build (self, "r.steelyard-wal");
  g_autoptr (GError) error = NULL;
  int end;
  pid_t child;

  g_assert_true (g_file_set_contents (log, "x", -1, NULL));
  g_assert_cmpint (truncate (log, 300 * 1024 * 1024), ==, 0);
  child = lock_elsewhere (self->recorded.path, &end);
  look (self);
  g_assert_cmpint (sy_recording_info_get_state (get (self, 0)), ==, SY_RECORDING_WRITTEN);
  g_assert_false (sy_shelf_take_out (self->shelf, get (self, 0), &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (sy_shelf_rename (self->shelf, get (self, 0), "other", &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);

  close (end);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  look (self);
  g_assert_cmpint (sy_recording_info_get_state (get (self, 0)), ==, SY_RECORDING_INTERRUPTED);
}

/* Another folder has other recordings; what was listed stays in its own, and comes back
 * there. */
static void
test_folder (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *other = g_dir_make_tmp ("steelyard-XXXXXX", NULL);
  g_autofree char *missing = g_build_filename (other, "none", NULL);
  g_autofree char *path = NULL;
  g_autoptr (SyRecordingInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  look (self);
  info = g_object_ref (get (self, 0));
  g_assert_false (sy_shelf_set_folder (self->shelf, missing, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "none: there is no such folder"));
  g_assert_cmpstr (sy_shelf_get_folder (self->shelf), ==, self->recorded.folder);
  g_clear_error (&error);

  /* Folders in which nobody makes a file, whoever asks. */
  g_assert_false (sy_shelf_set_folder (self->shelf, "/proc", &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
  g_clear_error (&error);

  g_assert_true (sy_shelf_take_out (self->shelf, info, &error));
  g_assert_true (sy_shelf_set_folder (self->shelf, other, &error));
  g_assert_no_error (error);
  look (self);
  g_assert_cmpuint (n_infos (self), ==, 0);
  path = sy_shelf_dup_new_path (self->shelf, WALL_US, &error);
  g_assert_true (g_str_has_prefix (path, other));

  g_assert_true (sy_shelf_put_back (self->shelf, info, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (self->recorded.path, G_FILE_TEST_EXISTS));

  g_assert_true (sy_shelf_set_folder (self->shelf, self->recorded.folder, &error));
  look (self);
  g_assert_cmpuint (n_infos (self), ==, 1);

  /* The trial of the folder leaves nothing. */
  g_assert_cmpint (g_rmdir (other), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/shelf/lists", Fixture, NULL, set_up, test_lists, tear_down);
  g_test_add ("/shelf/rename", Fixture, NULL, set_up, test_rename, tear_down);
  g_test_add ("/shelf/rename-to-taken", Fixture, NULL, set_up, test_rename_to_taken, tear_down);
  g_test_add ("/shelf/rename-fails", Fixture, NULL, set_up, test_rename_fails, tear_down);
  g_test_add ("/shelf/journal", Fixture, NULL, set_up, test_journal, tear_down);
  g_test_add ("/shelf/take-out", Fixture, NULL, set_up, test_take_out, tear_down);
  g_test_add ("/shelf/purge", Fixture, NULL, set_up, test_purge, tear_down);
  g_test_add ("/shelf/new-path", Fixture, NULL, set_up, test_new_path, tear_down);
  g_test_add ("/shelf/folder", Fixture, NULL, set_up, test_folder, tear_down);
  g_test_add ("/shelf/written", Fixture, NULL, set_up, test_written, tear_down);
  g_test_add ("/shelf/written-elsewhere", Fixture, NULL, set_up, test_written_elsewhere, tear_down);
  return g_test_run ();
}
