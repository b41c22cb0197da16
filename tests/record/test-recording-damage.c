/* test-recording-damage.c: files that are not as they were written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "record-fixture.h"
#include "sy-error.h"
#include "sy-random.h"
#include "sy-recording-edit.h"

#define N 700

typedef struct
{
  char  *folder; /* (owned) */
  char  *path;   /* (owned) */
  char  *bytes;  /* (owned): of a whole recording */
  gsize  length;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = record_fixture_make_folder ();
  self->path = g_build_filename (self->folder, "r.steelyard", NULL);
  record_fixture_write (self->path, N);
  g_assert_true (g_file_get_contents (self->path, &self->bytes, &self->length, NULL));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_free (self->bytes);
  g_free (self->path);
  record_fixture_remove_folder (self->folder);
}

/* Reads all that can be read of @bytes; the file is as before, and alone. */
static void
read_damaged (Fixture    *self,
              const char *bytes,
              gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  g_autofree char *after = NULL;
  gsize length_after;

  g_assert_true (g_file_set_contents (self->path, bytes, (gssize) length, NULL));
  recording = sy_recording_open (self->path, &error);
  g_assert_true ((recording == NULL) == (error != NULL));

  for (guint i = 0; recording != NULL && i < sy_recording_get_n (recording); i++)
    {
      g_autoptr (SyRecordingCursor) cursor = sy_recording_read (recording, i, G_MININT64, NULL);
      SyRecordedScrape scrape;
      guint n = 0;

      while (cursor != NULL && sy_recording_cursor_next (cursor, &scrape, NULL))
        {
          g_assert_true ((scrape.exposition == NULL) != (scrape.error == NULL));
          g_assert_cmpuint (n++, <=, N);
        }
    }

  if (recording != NULL)
    sy_recording_check (recording, NULL);

  g_assert_true (g_file_get_contents (self->path, &after, &length_after, NULL));
  g_assert_cmpmem (after, length_after, bytes, length);
}

static void
test_truncated (Fixture       *self,
                gconstpointer  data)
{
  for (guint i = 0; i < 50; i++)
    read_damaged (self, self->bytes, self->length * i / 50);
}

static void
test_flipped (Fixture       *self,
              gconstpointer  data)
{
  SyRandom random;

  sy_random_init (&random, 20261127, 0);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *copy = g_memdup2 (self->bytes, self->length);
      const gsize at = sy_random_below (&random, self->length);

      copy[at] ^= (char) (1 << sy_random_below (&random, 8));
      read_damaged (self, copy, self->length);
    }
}

/* A block that does not decode is a gap that says so; the others are whole. */
static void
test_damaged_block_is_a_gap (Fixture       *self,
                             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  g_autoptr (SyRecordingCursor) cursor = NULL;
  SyRecordedScrape scrape;
  guint n_damaged = 0;
  guint n_whole = 0;

  /* Near the end of the file are the blocks, and their inside. */
  self->bytes[self->length - 3000] ^= 0x10;
  g_assert_true (g_file_set_contents (self->path, self->bytes, (gssize) self->length, NULL));
  recording = sy_recording_open (self->path, &error);
  g_assert_no_error (error);
  cursor = sy_recording_read (recording, 0, G_MININT64, NULL);

  while (sy_recording_cursor_next (cursor, &scrape, &error))
    if (g_error_matches (scrape.error, SY_ERROR, SY_ERROR_DAMAGED))
      n_damaged++;
    else
      n_whole++;

  g_assert_no_error (error);
  g_assert_cmpuint (n_damaged, ==, 1);
  g_assert_cmpuint (n_whole, >, 50);
  g_assert_false (sy_recording_check (recording, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_DAMAGED);
}

static void
check_refused (Fixture    *self,
               int         code,
               const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (self->path, self->bytes, (gssize) self->length, NULL));
  g_assert_null (sy_recording_open (self->path, &error));
  g_assert_error (error, SY_ERROR, code);
  g_assert_nonnull (strstr (error->message, word));
  g_assert_true (g_str_has_prefix (error->message, self->path));
}

static void
test_newer (Fixture       *self,
            gconstpointer  data)
{
  self->bytes[63] = 3;
  check_refused (self, SY_ERROR_FORMAT, "newer Steelyard");
  g_assert_true (sy_recording_is_one (self->path));
}

static void
test_not_ours (Fixture       *self,
               gconstpointer  data)
{
  self->bytes[68] ^= 1;
  check_refused (self, SY_ERROR_FORMAT, "not a recording");
}

static void
test_text (Fixture       *self,
           gconstpointer  data)
{
  self->length = (gsize) g_snprintf (self->bytes, 100, "# TYPE a counter\na 1\n");
  check_refused (self, SY_ERROR_FORMAT, "not a recording");
}

static void
test_empty (Fixture       *self,
            gconstpointer  data)
{
  self->length = 0;
  check_refused (self, SY_ERROR_FORMAT, "not a recording");
}

/* The head of a recording, and then a gigabyte of nothing. */
static void
test_zero_pages (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;

  g_assert_true (g_file_set_contents (self->path, self->bytes, 100, NULL));
  g_assert_cmpint (truncate (self->path, 1 << 30), ==, 0);
  recording = sy_recording_open (self->path, &error);
  g_assert_null (recording);
  g_assert_error (error, SY_ERROR, SY_ERROR_DAMAGED);
}

/* Something that runs SQL of its own when it is read is not a recording. */
static void
test_planted_schema (Fixture       *self,
                     gconstpointer  data)
{
  static const char *const plants[] = {
    "CREATE VIEW more AS SELECT 1;",
    "CREATE TRIGGER more AFTER INSERT ON meta BEGIN DELETE FROM block; END;",
    "ALTER TABLE word RENAME TO words; CREATE VIEW word AS SELECT id, data FROM words;",
    "CREATE TABLE more (id INTEGER PRIMARY KEY);",
  };

  for (guint i = 0; i < G_N_ELEMENTS (plants); i++)
    {
      g_autoptr (GError) error = NULL;
      sqlite3 *db = NULL;

      g_assert_true (g_file_set_contents (self->path, self->bytes, (gssize) self->length, NULL));
      g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_exec (db, plants[i], NULL, NULL, NULL), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
      g_assert_null (sy_recording_open (self->path, &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_DAMAGED);
    }
}

/* A log of something else beside it is not taken for its own, nor changed. */
static void
test_planted_log (Fixture       *self,
                  gconstpointer  data)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  gsize length;

  g_assert_true (g_file_set_contents (log, self->bytes, 4096, NULL));
  recording = sy_recording_open (self->path, &error);
  g_assert_no_error (error);
  sy_recording_check (recording, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sy_recording_get_target (recording, 0)->n_recorded, >, 500);

  g_assert_true (g_file_get_contents (log, &after, &length, NULL));
  g_assert_cmpmem (after, length, self->bytes, 4096);
}

static void
run_sql (Fixture    *self,
         const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
check_not_continued (Fixture *self,
                     int      code)
{
  const SyRecorderOptions options = { .min_free_bytes = 1 };
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (sy_recorder_continue (self->path, clock, &options, &error));
  g_assert_error (error, SY_ERROR, code);
}

/* Who continues a file trusts none of its numbers. */
static void
test_planted_past (Fixture       *self,
                   gconstpointer  data)
{
  static const struct {
    const char *sql;
    int         code;
  } plants[] = {
    { "INSERT INTO mark VALUES (9223372036854775807, 'note', 1, 1, '');", SY_ERROR_DAMAGED },
    { "WITH RECURSIVE n (i) AS (SELECT 10 UNION SELECT i + 1 FROM n WHERE i < 80)"
      " INSERT INTO target SELECT (SELECT count (*) FROM target) + i - 10, 'b', 'n', 'u', 1, 0 FROM n;", SY_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (plants); i++)
    {
      g_assert_true (g_file_set_contents (self->path, self->bytes, (gssize) self->length, NULL));
      run_sql (self, "DELETE FROM meta WHERE key = 'ended-us';");
      run_sql (self, plants[i].sql);
      check_not_continued (self, plants[i].code);
    }
}

static void
test_late_past (Fixture       *self,
                gconstpointer  data)
{
  const SyRecorderOptions options = { .min_free_bytes = 1 };
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GError) failure = g_error_new_literal (SY_ERROR, SY_ERROR_CONNECT, "Nobody answers");
  const SyRecordEntry entry = { .moment = { .monotonic_us = G_MAXINT64 / 2, .answered_us = G_MAXINT64 / 2 }, .error = failure };
  g_autoptr (SyRecorder) recorder = NULL;

  g_unlink (self->path);
  recorder = sy_recorder_new (self->path, clock, &options, NULL);
  sy_recorder_add_target (recorder, &(SyRecordTarget) { "a", "Orders", "http://127.0.0.1:1/metrics", SY_USEC_PER_SEC });
  sy_recorder_add (recorder, &entry);
  g_assert_true (sy_recorder_finish (recorder, NULL));
  run_sql (self, "DELETE FROM meta WHERE key = 'ended-us';");
  check_not_continued (self, SY_ERROR_DAMAGED);
}

static void
test_not_a_file (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sy_recording_open (self->folder, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
  g_clear_error (&error);
  g_unlink (self->path);
  g_assert_null (sy_recording_open (self->path, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_STORAGE);
}

static void
check_first (const char *path)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = sy_recording_open (path, &error);
  g_autoptr (SyRecordingCursor) cursor = NULL;
  SyRecordedScrape scrape;
  guint i = 0;

  g_assert_no_error (error);
  sy_recording_check (recording, &error);
  g_assert_no_error (error);
  cursor = sy_recording_read (recording, 0, G_MININT64, &error);
  while (sy_recording_cursor_next (cursor, &scrape, &error))
    record_fixture_check (&scrape, table, i++);
  g_assert_no_error (error);
  g_assert_cmpuint (i, ==, N);
}

/* The first format opens for ever. */
static void
test_first_format (Fixture       *self,
                   gconstpointer  data)
{
  check_first (g_getenv ("STEELYARD_FIRST_RECORDING"));
}

static guint
count_marks (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = sy_recording_open (path, &error);

  g_assert_no_error (error);
  return sy_recording_get_marks (recording)->len;
}

/* It becomes the present one when something is said about it, and holds what it
 * held. */
static void
test_first_format_upgrade (Fixture       *self,
                           gconstpointer  data)
{
  const SyRecordMark mark = { .kind = SY_MARK_NOTE, .from_us = 5, .to_us = 7, .text = (char *) "“late”; DROP TABLE block; --" };
  g_autofree char *log = g_strconcat (self->path, "-journal", NULL);
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  g_free (g_steal_pointer (&self->bytes));
  g_assert_true (g_file_get_contents (g_getenv ("STEELYARD_FIRST_RECORDING"), &self->bytes, &self->length, NULL));
  g_assert_true (g_file_set_contents (self->path, self->bytes, (gssize) self->length, NULL));
  g_assert_cmpuint (count_marks (self->path), ==, 0);

  sy_recording_add_mark (self->path, &mark, &id, &error);
  g_assert_no_error (error);
  check_first (self->path);
  g_assert_cmpuint (count_marks (self->path), ==, 1);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));

  g_assert_false (sy_recording_remove_mark (self->path, id + 1, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  g_clear_error (&error);
  sy_recording_remove_mark (self->path, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_marks (self->path), ==, 0);
}

/* What is damaged or newer is not written to. */
static void
test_no_mark_in_damaged (Fixture       *self,
                         gconstpointer  data)
{
  const SyRecordMark mark = { .kind = SY_MARK_DEPLOY, .from_us = 5, .to_us = 5, .text = (char *) "" };
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  self->bytes[63] = 3;
  g_assert_true (g_file_set_contents (self->path, self->bytes, (gssize) self->length, NULL));
  g_assert_false (sy_recording_add_mark (self->path, &mark, NULL, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (self->path, &after, &length, NULL));
  g_assert_cmpmem (after, length, self->bytes, self->length);

  /* The format says one thing, the tables another. */
  self->bytes[63] = 1;
  g_assert_true (g_file_set_contents (self->path, self->bytes, (gssize) self->length, NULL));
  g_assert_false (sy_recording_add_mark (self->path, &mark, NULL, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_DAMAGED);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *path;
    void (*func) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/recording/truncated", test_truncated },
    { "/recording/flipped", test_flipped },
    { "/recording/damaged-block-is-a-gap", test_damaged_block_is_a_gap },
    { "/recording/newer", test_newer },
    { "/recording/not-ours", test_not_ours },
    { "/recording/text", test_text },
    { "/recording/empty", test_empty },
    { "/recording/zero-pages", test_zero_pages },
    { "/recording/planted-schema", test_planted_schema },
    { "/recording/planted-log", test_planted_log },
    { "/recording/planted-past", test_planted_past },
    { "/recording/late-past", test_late_past },
    { "/recording/not-a-file", test_not_a_file },
    { "/recording/first-format", test_first_format },
    { "/recording/first-format-upgrade", test_first_format_upgrade },
    { "/recording/no-mark-in-damaged", test_no_mark_in_damaged },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
