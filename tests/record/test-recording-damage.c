/* test-recording-damage.c: files that are not as they were written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "record-fixture.h"
#include "sy-error.h"
#include "sy-random.h"

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
  self->bytes[63] = 2;
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

/* The first format opens for ever. */
static void
test_first_format (Fixture       *self,
                   gconstpointer  data)
{
  const char *path = g_getenv ("STEELYARD_FIRST_RECORDING");
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
  g_assert_cmpuint (i, ==, 700);
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
    { "/recording/not-a-file", test_not_a_file },
    { "/recording/first-format", test_first_format },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
