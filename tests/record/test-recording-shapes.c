/* test-recording-shapes.c: little in a file is not much in memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sqlite3.h>

#include "record-fixture.h"
#include "sy-error.h"
#include "sy-pack.h"
#include "sy-record-block.h"
#include "sy-record-shapes.h"
#include "sy-record-tier.h"

#define MIB (1024 * 1024)
#define PARSED 50000 /* the widest that a parser gives */
#define SHAPE 1000   /* the number of a shape that is not the recorder's */

typedef struct
{
  char    *folder; /* (owned) */
  char    *path;   /* (owned): a recording of one target, whose blocks are taken out */
  sqlite3 *db;     /* (owned) (nullable) */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = record_fixture_make_folder ();
  self->path = g_build_filename (self->folder, "r.steelyard", NULL);
  record_fixture_write (self->path, 10);
  g_assert_cmpint (sqlite3_open (self->path, &self->db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (self->db, "DELETE FROM block; DELETE FROM fine; DELETE FROM coarse;", NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  sqlite3_close (self->db);
  g_free (self->path);
  record_fixture_remove_folder (self->folder);
}

/* Samples of one series and family each, @width of them, in a few hundred bytes. */
static void
plant_shape (Fixture *self,
             guint    width)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree gint64 *column = g_new0 (gint64, width);
  g_autofree char *sql = g_strdup_printf ("INSERT INTO shape VALUES (%d, 0, %u, ?1)", SHAPE, width);
  sqlite3_stmt *statement = NULL;

  sy_pack_varint (bytes, SY_FORMAT_PROMETHEUS);
  sy_pack_varint (bytes, 0);
  sy_pack_varint (bytes, 1);
  for (guint i = 0; i < 4; i++)
    sy_pack_varint (bytes, i == 1 ? 0 : 1);
  for (guint i = 0; i < width; i++)
    column[i] = 1;
  sy_pack_ints (bytes, column, width);
  for (guint i = 0; i < width; i++)
    column[i] = 0;
  sy_pack_ints (bytes, column, width);
  sy_record_seal (bytes);

  g_assert_cmpint (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  sqlite3_bind_blob (statement, 1, bytes->data, (int) bytes->len, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
}

/* @n answers of @width zeros each: @first, and then from @next on. */
static void
plant_block (Fixture *self,
             guint    width,
             guint    n,
             guint    first,
             guint    next)
{
  g_autoptr (SyRecordBlock) block = sy_record_block_new (width);
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree double *values = g_new0 (double, width);
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement = NULL;
  SyRecordMoment moment = { 0 };

  for (guint i = 0; i < n; i++)
    {
      moment.seq = i == 0 ? first : next + i;
      moment.monotonic_us = moment.seq * SY_USEC_PER_SEC;
      sy_record_block_append (block, &moment, values, NULL);
    }
  bytes = sy_record_block_pack (block);
  sql = g_strdup_printf ("INSERT INTO block (target, first, last, n, from_us, to_us, shape, data)"
                         " VALUES (0, %u, %" G_GINT64_FORMAT ", %u, %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %d, ?1)",
                         first, moment.seq, n, first * SY_USEC_PER_SEC, moment.monotonic_us, SHAPE);
  g_assert_cmpint (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  sqlite3_bind_blob (statement, 1, bytes->data, (int) bytes->len, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
}

/* Returns: how many answers are damaged */
static guint
count_damaged (Fixture *self,
               guint   *ret_whole)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = NULL;
  g_autoptr (SyRecordingCursor) cursor = NULL;
  SyRecordedScrape scrape;
  guint n_damaged = 0;

  g_assert_cmpint (sqlite3_close (g_steal_pointer (&self->db)), ==, SQLITE_OK);
  recording = sy_recording_open (self->path, &error);
  g_assert_no_error (error);
  cursor = sy_recording_read (recording, 0, G_MININT64, &error);
  *ret_whole = 0;
  while (sy_recording_cursor_next (cursor, &scrape, &error))
    if (g_error_matches (scrape.error, SY_ERROR, SY_ERROR_DAMAGED))
      n_damaged++;
    else
      ++*ret_whole;
  g_assert_no_error (error);
  return n_damaged;
}

static void
test_widest (Fixture       *self,
             gconstpointer  data)
{
  guint n_whole;

  G_STATIC_ASSERT (PARSED <= SY_RECORD_MAX_WIDTH);
  plant_shape (self, SY_RECORD_MAX_WIDTH);
  plant_block (self, SY_RECORD_MAX_WIDTH, 4, 0, 0);
  g_assert_cmpuint (count_damaged (self, &n_whole), ==, 0);
  g_assert_cmpuint (n_whole, ==, 4);
}

/* No recorder writes what no parser gives. */
static void
test_too_wide (Fixture       *self,
               gconstpointer  data)
{
  guint n_whole;

  plant_shape (self, SY_RECORD_MAX_WIDTH + 1);
  plant_block (self, SY_RECORD_MAX_WIDTH + 1, 1, 0, 0);
  g_assert_cmpuint (count_damaged (self, &n_whole), ==, 1);
  g_assert_cmpuint (n_whole, ==, 0);
}

/* A thousand blocks that all go on at the end would be 2 GiB. */
static void
test_side_by_side (Fixture       *self,
                   gconstpointer  data)
{
  const guint width = SY_RECORD_BLOCK_VALUES / SY_RECORD_BLOCK_SCRAPES;
  guint n_whole, n_damaged;

  plant_shape (self, width);
  sqlite3_exec (self->db, "BEGIN", NULL, NULL, NULL);
  for (guint i = 0; i < 150; i++)
    plant_block (self, width, SY_RECORD_BLOCK_SCRAPES, i, 1000);
  sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL);
  n_damaged = count_damaged (self, &n_whole);
  g_assert_cmpuint (n_damaged, >, 30);
  g_assert_cmpuint (n_damaged, <, 100);
  g_assert_cmpuint (n_whole, ==, 150 - n_damaged + SY_RECORD_BLOCK_SCRAPES - 1);
}

/* A tier is three times as wide. */
static void
test_tier (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (SyRecordBlock) block = sy_record_block_new (PARSED);
  g_autofree double *values = g_new0 (double, PARSED);
  g_autoptr (SyRecordBlock) tier = NULL;
  g_autoptr (SyRecordBlock) back = NULL;
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GError) error = NULL;

  while (!sy_record_block_is_full (block))
    sy_record_block_append (block, &(SyRecordMoment) { .seq = block->moments->len }, values, NULL);
  tier = sy_record_tier_make (block, SY_RECORD_TIER_COARSE);
  bytes = sy_record_block_pack (tier);
  back = sy_record_block_unpack (bytes->data, bytes->len, tier->width, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->values->len, ==, SY_RECORD_TIER_PARTS * PARSED);
}

static SyRecordShape *
make_shape (void)
{
  SyRecordShape *shape = g_new0 (SyRecordShape, 1);

  g_ref_count_init (&shape->ref_count);
  shape->size = MIB;
  return shape;
}

/* Those that were asked for last stay, and what somebody holds. */
static void
test_kept (Fixture       *self,
           gconstpointer  data)
{
  const guint n = SY_RECORD_SHAPES_BYTES / MIB;
  g_autoptr (SyRecordShapes) shapes = sy_record_shapes_new ();
  g_autoptr (SyRecordShape) held = make_shape ();

  sy_record_shapes_add (shapes, 0, held);
  for (guint i = 1; i < 100; i++)
    {
      g_autoptr (SyRecordShape) shape = make_shape ();
      g_autoptr (SyRecordShape) first = NULL;

      sy_record_shapes_add (shapes, i, shape);
      first = i < 50 ? sy_record_shapes_get (shapes, 0) : NULL;
      g_assert_true (first == (i < 50 ? held : NULL));
    }

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (SyRecordShape) shape = sy_record_shapes_get (shapes, i);

      g_assert_true ((shape != NULL) == (i >= 100 - n));
    }
  g_assert_cmpuint (held->size, ==, MIB);
}

/* What a recorder has forgotten gets another number, and the file takes both. */
static void
test_forgotten (Fixture       *self,
                gconstpointer  data)
{
  const guint n = SY_RECORD_NAMES_BYTES / MIB;
  g_autofree char *path = g_build_filename (self->folder, "n.steelyard", NULL);
  g_autofree guint8 *bytes = g_malloc0 (MIB);
  g_autoptr (SyRecordNames) names = sy_record_names_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3) db = sy_record_db_create (path, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 3 * n; i++)
    {
      bytes[0] = (guint8) (i % (n + 1));
      for (guint j = 0; j < 2; j++)
        g_assert_cmpuint (sy_record_names_shape (names, SY_RECORD_KIND_SCRAPE, 1, g_bytes_new (bytes, MIB)), ==, i + 1);
      sy_record_names_save (names, db, &error);
      g_assert_no_error (error);
      sy_record_names_saved (names);
    }
  g_assert_cmpint (sy_record_db_get_int (db, "SELECT count (*) FROM shape"), ==, 3 * n);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/recording-shapes/widest", Fixture, NULL, set_up, test_widest, tear_down);
  g_test_add ("/recording-shapes/too-wide", Fixture, NULL, set_up, test_too_wide, tear_down);
  g_test_add ("/recording-shapes/side-by-side", Fixture, NULL, set_up, test_side_by_side, tear_down);
  g_test_add ("/recording-shapes/tier", Fixture, NULL, set_up, test_tier, tear_down);
  g_test_add ("/recording-shapes/kept", Fixture, NULL, set_up, test_kept, tear_down);
  g_test_add ("/recording-shapes/forgotten", Fixture, NULL, set_up, test_forgotten, tear_down);
  return g_test_run ();
}
