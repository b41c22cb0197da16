/* test-recording-thin.c: a long recording in few answers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>

#include "record-fixture.h"
#include "sy-error.h"
#include "sy-record-tier.h"
#include "sy-recording-private.h"
#include "sy-recording-query.h"

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

static void
widen (double  value,
       double *low,
       double *high)
{
  *low = fmin (*low, value);
  *high = fmax (*high, value);
}

/* Extremes of every series are those of all its values, at any zoom. */
static void
test_extremes (Fixture       *self,
               gconstpointer  data)
{
  static const guint zooms[] = { 3, 40, 10000 };
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (SyRecordingCursor) cursor = sy_recording_read (self->recording, 0, G_MININT64, NULL);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SyRecordedSpan));
  SyRecordedScrape scrape;
  const SySample *samples;
  guint n;

  /* The first has all series. */
  g_assert_true (sy_recording_cursor_next (cursor, &scrape, NULL));
  samples = sy_exposition_get_samples (scrape.exposition, &n);
  for (guint i = 0; i < n; i++)
    {
      const SySeries *series = samples[i].series;
      const SyRecordedTarget *target = sy_recording_get_target (self->recording, 0);
      g_autoptr (SyRecordingCursor) all = sy_recording_read (self->recording, 0, G_MININT64, NULL);
      double low = (double) NAN;
      double high = (double) NAN;

      while (sy_recording_cursor_next (all, &scrape, NULL))
        {
          guint m = 0;
          const SySample *its = scrape.exposition != NULL ? sy_exposition_get_samples (scrape.exposition, &m) : NULL;

          for (guint j = 0; j < m; j++)
            if (its[j].series == series)
              widen (its[j].value, &low, &high);
        }

      for (guint k = 0; k < G_N_ELEMENTS (zooms); k++)
        {
          double found_low = (double) NAN;
          double found_high = (double) NAN;

          g_assert_true (sy_recording_query (self->recording, 0, series, target->from_us, target->to_us, zooms[k], spans, NULL));
          for (guint j = 0; j < spans->len; j++)
            {
              const SyRecordedSpan *span = &g_array_index (spans, SyRecordedSpan, j);

              g_assert_cmpint (span->from_us, <=, span->to_us);
              g_assert_true (j == 0 || span->from_us > g_array_index (spans, SyRecordedSpan, j - 1).to_us);
              widen (span->low, &found_low, &found_high);
              widen (span->high, &found_low, &found_high);
            }
          g_assert_true (found_low == low);
          g_assert_true (found_high == high);
        }
    }
}

/* A gap is never joined across. */
static void
test_gaps (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SyRecordedSpan));
  g_autoptr (SyRecordingCursor) cursor = sy_recording_read (self->recording, 0, G_MININT64, NULL);
  const SyRecordedTarget *target = sy_recording_get_target (self->recording, 0);
  SyRecordedScrape scrape;
  const SySample *samples;
  guint n;

  g_assert_true (sy_recording_cursor_next (cursor, &scrape, NULL));
  samples = sy_exposition_get_samples (scrape.exposition, &n);
  g_assert_true (sy_recording_query (self->recording, 0, samples[0].series, target->from_us,
                                     target->from_us + 70 * SY_USEC_PER_SEC, 10, spans, NULL));
  /* Every seventh answer is one: ten of them in seventy. */
  n = 0;
  for (guint i = 0; i < spans->len; i++)
    {
      const gboolean is_gap = isnan (g_array_index (spans, SyRecordedSpan, i).low);

      g_assert_true (i == 0 || !is_gap || !isnan (g_array_index (spans, SyRecordedSpan, i - 1).low));
      n += is_gap;
    }
  g_assert_cmpuint (n, ==, 10);
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
 * there are half as many as there could be at least; these have many. */
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
    { "/recording-thin/extremes", test_extremes },
    { "/recording-thin/gaps", test_gaps },
    { "/recording-thin/damaged-tier", test_damaged_tier },
    { "/recording-thin/steps", test_steps },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
