/* test-recording-thin.c: a long recording in few answers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "record-fixture.h"
#include "sy-error.h"
#include "sy-record-tier.h"
#include "sy-recording-private.h"

#define N 3000
#define N_KINDS 30 /* most shapes and reasons at a time in the fixture */

typedef struct
{
  char        *folder;    /* (owned) */
  char        *path;      /* (owned) */
  SyRecording *recording; /* (owned) */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  self->folder = record_fixture_make_folder ();
  self->path = g_build_filename (self->folder, "r.steelyard", NULL);
  record_fixture_write (self->path, N);
  self->recording = sy_recording_open (self->path, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  sy_recording_unref (self->recording);
  g_free (self->path);
  record_fixture_remove_folder (self->folder);
}

/* What is left is as it was, in order, and the last of all is among it. */
static guint
check_thin (SyRecording    *recording,
            SyRecordDetail  detail,
            guint           n_all)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecordingCursor) cursor = sy_recording_read_detail (recording, 0, G_MININT64, detail, &error);
  SyRecordedScrape scrape;
  gint64 last = -1;
  guint n = 0;

  for (; sy_recording_cursor_next (cursor, &scrape, &error); n++)
    {
      g_assert_cmpint (scrape.moment.seq, >, last);
      last = scrape.moment.seq;
      if (scrape.exposition != NULL && detail != SY_RECORD_DETAIL_ALL)
        record_fixture_check_thin (&scrape, table);
      else
        record_fixture_check (&scrape, table, (guint) last);
    }

  g_assert_no_error (error);
  g_assert_cmpint (last, ==, n_all - 1);
  return n;
}

static void
test_thin (Fixture       *self,
           gconstpointer  data)
{
  const guint n_fine = check_thin (self->recording, SY_RECORD_DETAIL_FINE, N);
  const guint n_coarse = check_thin (self->recording, SY_RECORD_DETAIL_COARSE, N);

  g_assert_cmpuint (n_fine, >=, N / SY_RECORD_TIER_FINE);
  g_assert_cmpuint (n_fine, <, N / SY_RECORD_TIER_FINE + N_KINDS);
  g_assert_cmpuint (n_coarse, >=, N / SY_RECORD_TIER_COARSE);
  g_assert_cmpuint (n_coarse, <, N / SY_RECORD_TIER_COARSE + N_KINDS);
  g_assert_cmpuint (check_thin (self->recording, SY_RECORD_DETAIL_ALL, N), ==, N);
}

/* The first format has no tiers: all of it is read. */
static void
test_first_format (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = sy_recording_open (g_getenv ("STEELYARD_FIRST_RECORDING"), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (check_thin (recording, SY_RECORD_DETAIL_COARSE, 700), ==, 700);
}

/* A tier that is not what it should be is a gap, not the block in its place. */
static void
test_damaged_tier (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  g_autoptr (SyRecordingCursor) cursor = NULL;
  SyRecordedScrape scrape;
  sqlite3 *db = NULL;
  guint n_damaged = 0;

  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE coarse SET data = zeroblob (50) WHERE block = (SELECT min (block) FROM coarse);"
                                 "UPDATE coarse SET data = (SELECT data FROM fine WHERE fine.block = coarse.block)"
                                 " WHERE block = (SELECT max (block) FROM fine)", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);

  recording = sy_recording_open (self->path, &error);
  g_assert_no_error (error);
  cursor = sy_recording_read_detail (recording, 0, G_MININT64, SY_RECORD_DETAIL_COARSE, &error);
  while (sy_recording_cursor_next (cursor, &scrape, &error))
    n_damaged += g_error_matches (scrape.error, SY_ERROR, SY_ERROR_DAMAGED);
  g_assert_no_error (error);
  g_assert_cmpuint (n_damaged, ==, 1);
  sy_recording_check (recording, &error);
  g_assert_no_error (error);
}

/* Steps of any length: never closer, and each as it was. Where all have one shape
 * there are a third as many as there could be at least; these have many. */
static void
test_steps (Fixture       *self,
            gconstpointer  data)
{
  static const gint64 steps[] = { 0, 1, 2, 29, 30, 61, 299, 300, 1000, G_MAXINT64 / SY_USEC_PER_SEC };
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const gint64 step_us = steps[i] * SY_USEC_PER_SEC;
      g_autoptr (GError) error = NULL;
      g_autoptr (SyRecordingCursor) cursor = sy_recording_read_thin (self->recording, 0, G_MININT64, step_us, &error);
      SyRecordedScrape scrape;
      gint64 last_us = -step_us;
      guint n = 0;

      for (; sy_recording_cursor_next (cursor, &scrape, &error); n++)
        {
          g_assert_true (n == 0 || scrape.moment.monotonic_us - last_us >= step_us);
          last_us = scrape.moment.monotonic_us;
          if (scrape.exposition != NULL)
            record_fixture_check_thin (&scrape, table);
        }
      g_assert_no_error (error);
      g_assert_cmpuint (n, >=, 1);
      g_assert_cmpuint (n, >=, N / (4 * MAX (steps[i], 1) + 2));
    }
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *path;
    void (*func) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/recording-thin/thin", test_thin },
    { "/recording-thin/first-format", test_first_format },
    { "/recording-thin/damaged-tier", test_damaged_tier },
    { "/recording-thin/steps", test_steps },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
