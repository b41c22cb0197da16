/* test-keeper.c: what is watched is recorded by itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "sy-error.h"
#include "sy-keeper.h"
#include "sy-recording.h"
#include "sy-still-source.h"

#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)
#define METRICS "# TYPE http_requests_total counter\nhttp_requests_total 5\n"

typedef struct
{
  char      *folder;  /* (owned) */
  SyClock   *clock;   /* (owned) */
  SySession *session; /* (owned) */
  SyShelf   *shelf;   /* (owned) */
  SyKeeper  *keeper;  /* (owned) */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("keeper-XXXXXX", NULL);
  self->clock = sy_clock_new_manual (SY_USEC_PER_SEC, WALL_US);
  self->session = sy_session_new (self->clock, &error);
  g_assert_no_error (error);
  self->shelf = sy_shelf_new (self->folder);
  self->keeper = sy_keeper_new (self->session, self->shelf);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = NULL;
  const char *base;

  g_clear_object (&self->keeper);
  g_clear_object (&self->session);
  g_clear_object (&self->shelf);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->clock);

  dir = g_dir_open (self->folder, 0, NULL);
  while (dir != NULL && (base = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, base, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
}

static SyBackend *
add (Fixture    *self,
     const char *address)
{
  g_autoptr (SySource) source = sy_still_source_new (address, self->clock);
  g_autoptr (GError) error = NULL;
  SyBackend *backend = sy_session_add_source (self->session, source, address, &error);

  g_assert_no_error (error);
  return backend;
}

static void
say (SyBackend *backend)
{
  sy_still_source_say (SY_STILL_SOURCE (sy_backend_get_source (backend)), METRICS);
}

/* (transfer full) */
static char *
dup_path (Fixture *self)
{
  SyRecorder *recorder = sy_session_get_recorder (self->session);

  g_assert_nonnull (recorder);
  return g_strdup (sy_recorder_get_path (recorder));
}

/* From the first backend to the last: one file, with all of them. */
static void
test_records (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  g_autofree char *path = NULL;
  SyBackend *a, *b;

  add (self, "http://127.0.0.1:1/metrics");
  g_assert_null (sy_session_get_recorder (self->session));
  g_assert_false (sy_keeper_is_recording (self->keeper));

  sy_keeper_set_enabled (self->keeper, TRUE);
  sy_keeper_set_demo (self->keeper, TRUE);
  path = dup_path (self);
  g_assert_true (sy_keeper_is_recording (self->keeper));
  g_assert_no_error (sy_keeper_get_error (self->keeper));
  b = add (self, "http://127.0.0.1:2/metrics");
  a = sy_session_get (self->session, 0);
  say (a);
  say (b);
  say (b);

  sy_session_remove (self->session, a);
  g_assert_true (sy_keeper_is_recording (self->keeper));
  sy_session_remove (self->session, b);
  g_assert_false (sy_keeper_is_recording (self->keeper));

  recording = sy_recording_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (sy_recording_was_finished (recording));
  g_assert_cmpuint (sy_recording_get_n (recording), ==, 2);
  g_assert_cmpuint (sy_recording_get_target (recording, 0)->n_recorded, ==, 1);
  g_assert_cmpuint (sy_recording_get_target (recording, 1)->n_recorded, ==, 2);
  g_assert_cmpstr (sy_recording_get_meta (recording, "demo"), ==, "yes");
}

/* It begins by itself with the first backend, which is in it once. */
static void
test_begins (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  g_autofree char *path = NULL;
  SyBackend *a;

  sy_keeper_set_enabled (self->keeper, TRUE);
  g_assert_null (sy_session_get_recorder (self->session));
  a = add (self, "http://127.0.0.1:1/metrics");
  path = dup_path (self);
  say (a);
  sy_keeper_set_enabled (self->keeper, FALSE);
  g_assert_null (sy_session_get_recorder (self->session));

  recording = sy_recording_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sy_recording_get_n (recording), ==, 1);
  g_assert_cmpuint (sy_recording_get_target (recording, 0)->n_recorded, ==, 1);
  g_assert_null (sy_recording_get_meta (recording, "demo"));
}

static void
test_nothing_said (Fixture       *self,
                   gconstpointer  data)
{
  g_autofree char *path = NULL;
  SyBackend *a;

  sy_keeper_set_enabled (self->keeper, TRUE);
  a = add (self, "http://127.0.0.1:1/metrics");
  path = dup_path (self);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  sy_still_source_fail (SY_STILL_SOURCE (sy_backend_get_source (a)), SY_ERROR_CONNECT, "refused", 0);
  sy_session_remove (self->session, a);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* What the server records itself neither stops the others nor is refused. */
static void
test_prometheus (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  g_autofree char *path = NULL;

  sy_keeper_set_enabled (self->keeper, TRUE);
  g_assert_nonnull (sy_session_add (self->session, "prometheus+http://127.0.0.1:1/?match={job=\"x\"}", NULL, &error));
  g_assert_no_error (error);
  path = dup_path (self);
  say (add (self, "http://127.0.0.1:1/metrics"));
  g_assert_nonnull (sy_session_add (self->session, "prometheus+http://127.0.0.1:1/?match={job=\"y\"}", NULL, &error));
  sy_keeper_finish (self->keeper);

  recording = sy_recording_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sy_recording_get_n (recording), ==, 1);
}

static void
changed_cb (SyKeeper *keeper,
            guint    *n)
{
  ++*n;
}

static void
test_no_folder (Fixture       *self,
                gconstpointer  data)
{
  guint n_changed = 0;

  g_rmdir (self->folder);
  g_assert_true (g_file_set_contents (self->folder, "a file", -1, NULL));
  g_signal_connect (self->keeper, "changed", G_CALLBACK (changed_cb), &n_changed);
  sy_keeper_set_enabled (self->keeper, TRUE);
  add (self, "http://127.0.0.1:1/metrics");
  g_assert_false (sy_keeper_is_recording (self->keeper));
  g_assert_error (sy_keeper_get_error (self->keeper), SY_ERROR, SY_ERROR_STORAGE);
  g_assert_cmpuint (n_changed, ==, 1);

  /* Another backend tries again, and it is there again. */
  g_unlink (self->folder);
  add (self, "http://127.0.0.1:2/metrics");
  g_assert_true (sy_keeper_is_recording (self->keeper));
  g_assert_no_error (sy_keeper_get_error (self->keeper));
  g_signal_handlers_disconnect_by_data (self->keeper, &n_changed);
}

/* A finished recording; the clock is a second later. Returns: its size. */
static gint64
keep_one (Fixture *self,
          char   **ret_path)
{
  SyBackend *backend = add (self, "http://127.0.0.1:1/metrics");
  GStatBuf info;

  *ret_path = dup_path (self);
  say (backend);
  sy_session_remove (self->session, backend);
  sy_clock_advance (self->clock, SY_USEC_PER_SEC);
  g_assert_cmpint (g_stat (*ret_path, &info), ==, 0);
  return info.st_size;
}

static void
set_age (const char *path,
         gint64      changed_wall_us)
{
  struct utimbuf times = { changed_wall_us / SY_USEC_PER_SEC, changed_wall_us / SY_USEC_PER_SEC };

  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

static void
refreshed_cb (SyShelf  *shelf,
              gboolean *done)
{
  *done = TRUE;
}

static void
look (Fixture           *self,
      const SyRetention *retention)
{
  gboolean done = FALSE;
  gulong id = g_signal_connect_after (self->shelf, "refreshed", G_CALLBACK (refreshed_cb), &done);

  sy_keeper_set_retention (self->keeper, retention);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (self->shelf, id);
}

/* Too old, and then too much: the oldest go, and what is written stays. */
static void
test_retention (Fixture       *self,
                gconstpointer  data)
{
  const gint64 day_us = 24 * 3600 * SY_USEC_PER_SEC;
  char *paths[4];
  gint64 size = 0;

  sy_keeper_set_enabled (self->keeper, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      size = keep_one (self, &paths[i]);
      set_age (paths[i], WALL_US - (3 - i) * day_us);
    }
  say (add (self, "http://127.0.0.1:1/metrics"));
  paths[3] = dup_path (self);

  look (self, &(SyRetention) { 0 });
  for (guint i = 0; i < 4; i++)
    g_assert_true (g_file_test (paths[i], G_FILE_TEST_EXISTS));

  look (self, &(SyRetention) { .age_us = 2 * day_us + day_us / 2 });
  g_assert_false (g_file_test (paths[0], G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (paths[1], G_FILE_TEST_EXISTS));

  look (self, &(SyRetention) { .all_bytes = 2 * size });
  g_assert_true (g_file_test (paths[1], G_FILE_TEST_EXISTS));
  look (self, &(SyRetention) { .all_bytes = 2 * size - 1 });
  g_assert_false (g_file_test (paths[1], G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (paths[2], G_FILE_TEST_EXISTS));
  look (self, &(SyRetention) { .all_bytes = 1 });
  g_assert_false (g_file_test (paths[2], G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (paths[3], G_FILE_TEST_EXISTS));

  sy_keeper_finish (self->keeper);
  for (guint i = 0; i < 4; i++)
    g_free (paths[i]);
}

/* Until all that was said is in the file, or the recording has ended. */
static void
wait_for_writing (Fixture *self)
{
  g_auto (SyRecorderStatus) status = { 0 };

  sy_recorder_get_status (sy_session_get_recorder (self->session), &status);
  while (status.state == SY_RECORDER_RECORDING && status.n_recorded < status.n_expected)
    {
      g_main_context_iteration (NULL, TRUE);
      sy_recorder_status_clear (&status);
      sy_recorder_get_status (sy_session_get_recorder (self->session), &status);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The end is foreseen, then reached; the next file begins when it is wanted. */
static void
test_full (Fixture       *self,
           gconstpointer  data)
{
  const SyRetention retention = { .each_bytes = 128 * 1024 };
  g_autofree char *path = NULL;
  g_autofree char *next = NULL;
  gboolean was_foreseen = FALSE;
  SyBackend *backend;

  look (self, &retention);
  sy_keeper_set_enabled (self->keeper, TRUE);
  backend = add (self, "http://127.0.0.1:1/metrics");
  path = dup_path (self);
  g_assert_cmpint (sy_keeper_get_end (self->keeper), ==, 0);
  while (!sy_keeper_is_full (self->keeper))
    {
      say (backend);
      wait_for_writing (self);
      was_foreseen = was_foreseen || sy_keeper_get_end (self->keeper) > sy_clock_get_wall (self->clock);
      sy_clock_advance (self->clock, SY_USEC_PER_SEC);
    }

  g_assert_true (was_foreseen);
  g_assert_false (sy_keeper_is_recording (self->keeper));
  g_assert_error (sy_keeper_get_error (self->keeper), SY_ERROR, SY_ERROR_STORAGE_FULL);
  g_assert_nonnull (strstr (sy_keeper_get_error (self->keeper)->message, "128.0"));

  sy_keeper_begin_anew (self->keeper);
  g_assert_false (sy_keeper_is_full (self->keeper));
  g_assert_true (sy_keeper_is_recording (self->keeper));
  g_assert_no_error (sy_keeper_get_error (self->keeper));
  next = dup_path (self);
  g_assert_cmpstr (next, !=, path);
}

static void
copy (const char *from,
      const char *to,
      const char *suffix)
{
  g_autofree char *source = g_strconcat (from, suffix, NULL);
  g_autofree char *target = g_strconcat (to, suffix, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  if (g_file_get_contents (source, &bytes, &length, NULL))
    g_assert_true (g_file_set_contents (target, bytes, (gssize) length, NULL));
}

/* A file that was there before is not deleted, even if nobody has ever answered. */
static void
test_continued (Fixture       *self,
                gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autofree char *killed = g_build_filename (self->folder, "killed.steelyard", NULL);
  g_autoptr (GError) error = NULL;

  sy_keeper_set_enabled (self->keeper, TRUE);
  add (self, "http://127.0.0.1:1/metrics");
  path = dup_path (self);
  copy (path, killed, "");
  copy (path, killed, "-wal");

  g_assert_true (sy_keeper_continue (self->keeper, killed, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  sy_keeper_finish (self->keeper);
  g_assert_true (g_file_test (killed, G_FILE_TEST_EXISTS));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/keeper/records", Fixture, NULL, set_up, test_records, tear_down);
  g_test_add ("/keeper/begins", Fixture, NULL, set_up, test_begins, tear_down);
  g_test_add ("/keeper/nothing-said", Fixture, NULL, set_up, test_nothing_said, tear_down);
  g_test_add ("/keeper/prometheus", Fixture, NULL, set_up, test_prometheus, tear_down);
  g_test_add ("/keeper/no-folder", Fixture, NULL, set_up, test_no_folder, tear_down);
  g_test_add ("/keeper/retention", Fixture, NULL, set_up, test_retention, tear_down);
  g_test_add ("/keeper/continued", Fixture, NULL, set_up, test_continued, tear_down);
  g_test_add ("/keeper/full", Fixture, NULL, set_up, test_full, tear_down);
  return g_test_run ();
}
