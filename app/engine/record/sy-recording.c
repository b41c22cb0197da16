/* sy-recording.c: what was written down, to be read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-recording-private.h"

#include "sy-error.h"
#include "sy-record-shapes.h"
#include "sy-record-schema.h"

#define MAX_TARGETS 64
#define MAX_SERIES 1000000

struct _SyRecording
{
  gatomicrefcount  ref_count;
  char            *path;       /* (owned) */
  sqlite3         *db;         /* (owned) */
  sqlite3_stmt    *get_word;   /* (owned) */
  sqlite3_stmt    *get_series; /* (owned) */
  sqlite3_stmt    *get_shape;  /* (owned) */
  GHashTable      *words;      /* (owned) (element-type gint64 utf8) */
  GHashTable      *series;     /* (owned) (element-type gint64 SySeries) */
  SyRecordShapes  *shapes;     /* (owned) */
  GHashTable      *meta;       /* (owned) */
  SySeriesTable   *table;      /* (owned) */
  GArray          *targets;    /* (owned) (element-type SyRecordedTarget) */
  GPtrArray       *marks;      /* (owned) (element-type SyRecordMark) */
};

static void
clear_target (gpointer data)
{
  SyRecordedTarget *target = data;

  g_free (target->letter);
  g_free (target->name);
  g_free (target->url);
}

/* Text of a file that may hold anything: valid UTF-8, and never NULL. */
static char *
dup_text (sqlite3_stmt *statement,
          int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : g_strdup ("");
}

static const char *
find_word (guint64  id,
           gpointer user_data)
{
  SyRecording *self = user_data;
  const gint64 key = (gint64) id;
  char *word = g_hash_table_lookup (self->words, &key);

  if (word != NULL)
    return word;

  sqlite3_bind_int64 (self->get_word, 1, key);
  if (sqlite3_step (self->get_word) == SQLITE_ROW)
    {
      word = dup_text (self->get_word, 0);
      g_hash_table_insert (self->words, g_memdup2 (&key, sizeof key), word);
    }
  sqlite3_reset (self->get_word);
  return word;
}

static const SySeries *find_series (guint64 id, gpointer user_data);

static SyRecordLookup
make_lookup (SyRecording *self)
{
  return (SyRecordLookup) { find_word, find_series, self };
}

/* (transfer full) */
static GBytes *
get_blob (sqlite3_stmt *statement,
          int           column)
{
  const int length = sqlite3_column_bytes (statement, column);
  const void *data = sqlite3_column_blob (statement, column);

  return g_bytes_new (data, data != NULL ? (gsize) length : 0);
}

static const SySeries *
find_series (guint64  id,
             gpointer user_data)
{
  SyRecording *self = user_data;
  const SyRecordLookup lookup = make_lookup (self);
  const gint64 key = (gint64) id;
  const SySeries *series = g_hash_table_lookup (self->series, &key);

  if (series != NULL)
    return series;

  sqlite3_bind_int64 (self->get_series, 1, key);
  if (sqlite3_step (self->get_series) == SQLITE_ROW)
    {
      g_autoptr (GBytes) data = get_blob (self->get_series, 0);

      series = sy_record_series_read (data, self->table, &lookup);
      if (series != NULL)
        g_hash_table_insert (self->series, g_memdup2 (&key, sizeof key), (gpointer) series);
    }
  sqlite3_reset (self->get_series);
  return series;
}

SyRecordShape *
sy_recording_get_shape (SyRecording  *self,
                        guint64       id,
                        GError      **error)
{
  const SyRecordLookup lookup = make_lookup (self);
  const gint64 key = (gint64) id;
  SyRecordShape *shape = sy_record_shapes_get (self->shapes, id);
  g_autoptr (GBytes) data = NULL;
  gint64 kind = -1;
  gint64 width = 0;

  if (shape != NULL)
    return shape;

  sqlite3_bind_int64 (self->get_shape, 1, key);
  if (sqlite3_step (self->get_shape) == SQLITE_ROW)
    {
      kind = sqlite3_column_int64 (self->get_shape, 0);
      width = sqlite3_column_int64 (self->get_shape, 1);
      data = get_blob (self->get_shape, 2);
    }
  sqlite3_reset (self->get_shape);

  if (data == NULL || kind < 0 || kind > SY_RECORD_KIND_GAP || width < 0 || width > G_MAXINT32)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_DAMAGED, "a list of series in the recording is missing");
      return NULL;
    }

  shape = sy_record_shape_read ((int) kind, (guint) width, data, &lookup, error);
  if (shape != NULL)
    sy_record_shapes_add (self->shapes, id, shape);
  return shape;
}

static gboolean
finish_rows (SyRecording  *self,
             int           result,
             GError      **error)
{
  if (result == SQLITE_DONE)
    return TRUE;

  sy_record_db_set_error (self->db, "the recording's file", error);
  return FALSE;
}

static gboolean
read_meta (SyRecording  *self,
           GError      **error)
{
  g_autoptr (sqlite3_stmt) statement = sy_record_db_prepare (self->db, "SELECT key, value FROM meta LIMIT 1000", error);
  int result;

  if (statement == NULL)
    return FALSE;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_hash_table_insert (self->meta, dup_text (statement, 0), dup_text (statement, 1));

  return finish_rows (self, result, error);
}

/* How many of what there are, and from when to when. */
static gboolean
read_extent (SyRecording       *self,
             SyRecordedTarget  *target,
             GError           **error)
{
  g_autoptr (sqlite3_stmt) statement =
    sy_record_db_prepare (self->db,
                          "SELECT shape.kind, sum(block.n), min(block.from_us), max(block.to_us) FROM block"
                          " LEFT JOIN shape ON shape.id = block.shape WHERE block.target = ?1 GROUP BY shape.kind", error);
  gboolean first = TRUE;
  int result;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, target->id);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const gboolean is_gap = sqlite3_column_int64 (statement, 0) != SY_RECORD_KIND_SCRAPE;
      const gint64 from_us = sqlite3_column_int64 (statement, 2);
      const gint64 to_us = sqlite3_column_int64 (statement, 3);

      *(is_gap ? &target->n_gaps : &target->n_recorded) += (guint64) MAX (sqlite3_column_int64 (statement, 1), 0);
      target->from_us = first ? from_us : MIN (from_us, target->from_us);
      target->to_us = first ? to_us : MAX (to_us, target->to_us);
      first = FALSE;
    }

  return finish_rows (self, result, error);
}

static gboolean
read_targets (SyRecording  *self,
              GError      **error)
{
  g_autoptr (sqlite3_stmt) statement =
    sy_record_db_prepare (self->db, "SELECT id, letter, name, url, interval_us, ifnull(expected, -1) FROM target ORDER BY id", error);
  int result;

  if (statement == NULL)
    return FALSE;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW && self->targets->len < MAX_TARGETS)
    {
      const SyRecordedTarget target = {
        .id = (guint) sqlite3_column_int64 (statement, 0),
        .letter = dup_text (statement, 1),
        .name = dup_text (statement, 2),
        .url = dup_text (statement, 3),
        .interval_us = sqlite3_column_int64 (statement, 4),
        .n_expected = sqlite3_column_int64 (statement, 5),
      };

      g_array_append_val (self->targets, target);
    }

  if (result != SQLITE_ROW && !finish_rows (self, result, error))
    return FALSE;

  for (guint i = 0; i < self->targets->len; i++)
    if (!read_extent (self, &g_array_index (self->targets, SyRecordedTarget, i), error))
      return FALSE;

  return TRUE;
}

/* What cannot have been kept is left out. */
static gboolean
read_marks (SyRecording  *self,
            GError      **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  int result;

  if (sy_record_schema_get (self->db) < 2)
    return TRUE;

  statement = sy_record_db_prepare (self->db, "SELECT id, kind, from_us, to_us, text FROM mark ORDER BY from_us, id", error);
  if (statement == NULL)
    return FALSE;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW && self->marks->len < SY_RECORD_MAX_MARKS)
    {
      g_autoptr (SyRecordMark) mark = g_new0 (SyRecordMark, 1);
      g_autofree char *kind = dup_text (statement, 1);

      mark->id = sqlite3_column_int64 (statement, 0);
      mark->from_us = sqlite3_column_int64 (statement, 2);
      mark->to_us = sqlite3_column_int64 (statement, 3);
      mark->text = dup_text (statement, 4);
      if (sy_mark_kind_from_nick (kind, &mark->kind) && sy_record_mark_check (mark, NULL))
        g_ptr_array_add (self->marks, g_steal_pointer (&mark));
    }

  return result == SQLITE_ROW || finish_rows (self, result, error);
}

static SyRecording *
recording_new (void)
{
  SyRecording *self = g_new0 (SyRecording, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->words = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->series = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->shapes = sy_record_shapes_new ();
  self->meta = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->table = sy_series_table_new (MAX_SERIES);
  self->targets = g_array_new (FALSE, FALSE, sizeof (SyRecordedTarget));
  g_array_set_clear_func (self->targets, clear_target);
  self->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_record_mark_free);
  return self;
}

/* A copy is deleted while it is open: nothing is left, whatever ends the program. */
static sqlite3 *
open_db (const char  *path,
         GError     **error)
{
  SyRecordingCopy copy;
  sqlite3 *db;

  if (!sy_recording_copy_make (path, &copy, error))
    return NULL;

  db = sy_record_db_open (copy.path, copy.folder == NULL, error);
  if (db == NULL)
    g_prefix_error (error, "%s: ", path);
  sy_recording_copy_clear (&copy);
  return db;
}

static gboolean
read_file (SyRecording  *self,
           GError      **error)
{
  self->get_word = sy_record_db_prepare (self->db, "SELECT data FROM word WHERE id = ?1", error);
  if (self->get_word == NULL)
    return FALSE;
  self->get_series = sy_record_db_prepare (self->db, "SELECT data FROM series WHERE id = ?1", error);
  if (self->get_series == NULL)
    return FALSE;
  self->get_shape = sy_record_db_prepare (self->db, "SELECT kind, width, data FROM shape WHERE id = ?1", error);
  return self->get_shape != NULL && read_meta (self, error) && read_targets (self, error)
         && read_marks (self, error);
}

SyRecording *
sy_recording_open (const char  *path,
                   GError     **error)
{
  g_autoptr (SyRecording) self = recording_new ();

  self->path = g_strdup (path);
  self->db = open_db (path, error);
  if (self->db == NULL)
    return NULL;

  if (!read_file (self, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  return g_steal_pointer (&self);
}

SyRecording *
sy_recording_ref (SyRecording *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sy_recording_unref (SyRecording *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  sqlite3_finalize (self->get_word);
  sqlite3_finalize (self->get_series);
  sqlite3_finalize (self->get_shape);
  sqlite3_close (self->db);
  g_hash_table_unref (self->words);
  g_hash_table_unref (self->series);
  sy_record_shapes_free (self->shapes);
  g_hash_table_unref (self->meta);
  g_array_unref (self->targets);
  g_ptr_array_unref (self->marks);
  sy_series_table_unref (self->table);
  g_free (self->path);
  g_free (self);
}

const char *
sy_recording_get_path (SyRecording *self)
{
  return self->path;
}

sqlite3 *
sy_recording_get_db (SyRecording *self)
{
  return self->db;
}

SySeriesTable *
sy_recording_get_table (SyRecording *self)
{
  return self->table;
}

guint
sy_recording_get_n (SyRecording *self)
{
  return self->targets->len;
}

const SyRecordedTarget *
sy_recording_get_target (SyRecording *self,
                         guint        index)
{
  return &g_array_index (self->targets, SyRecordedTarget, index);
}

gint64
sy_recording_get_begin (SyRecording *self)
{
  gint64 begin_us = G_MAXINT64;

  for (guint i = 0; i < self->targets->len; i++)
    {
      const SyRecordedTarget *target = sy_recording_get_target (self, i);

      if (target->n_recorded + target->n_gaps > 0)
        begin_us = MIN (begin_us, target->from_us);
    }

  return begin_us == G_MAXINT64 ? 0 : begin_us;
}

const char *
sy_recording_get_meta (SyRecording *self,
                       const char  *key)
{
  return g_hash_table_lookup (self->meta, key);
}

gboolean
sy_recording_was_finished (SyRecording *self)
{
  return g_hash_table_contains (self->meta, "ended-us");
}

const GPtrArray *
sy_recording_get_marks (SyRecording *self)
{
  return self->marks;
}

static gboolean
check_database (SyRecording  *self,
                GError      **error)
{
  g_autoptr (sqlite3_stmt) statement = sy_record_db_prepare (self->db, "PRAGMA quick_check(1)", error);
  const char *said;

  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    {
      sy_record_db_set_error (self->db, "checking", error);
      return FALSE;
    }

  said = (const char *) sqlite3_column_text (statement, 0);
  if (g_strcmp0 (said, "ok") == 0)
    return TRUE;

  g_set_error (error, SY_ERROR, SY_ERROR_DAMAGED, "the file is damaged: %s", said != NULL ? said : "");
  return FALSE;
}

/* Every answer is there, counted once, in order. */
static gboolean
check_target (SyRecording  *self,
              guint         index,
              GError      **error)
{
  const SyRecordedTarget *target = sy_recording_get_target (self, index);
  g_autoptr (SyRecordingCursor) cursor = sy_recording_read (self, index, G_MININT64, error);
  g_autoptr (GError) failure = NULL;
  SyRecordedScrape scrape;
  gint64 expected = 0;

  while (cursor != NULL && sy_recording_cursor_next (cursor, &scrape, &failure))
    {
      if (g_error_matches (scrape.error, SY_ERROR, SY_ERROR_DAMAGED) || scrape.moment.seq != expected)
        {
          g_set_error (error, SY_ERROR, SY_ERROR_DAMAGED, "%s: answer %" G_GINT64_FORMAT " is %s", target->name, expected,
                       scrape.moment.seq != expected ? "missing" : "damaged");
          return FALSE;
        }
      expected++;
    }

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (cursor != NULL && target->n_expected >= 0 && target->n_expected != expected)
    g_set_error (error, SY_ERROR, SY_ERROR_DAMAGED, "%s: %" G_GINT64_FORMAT " answers of %" G_GINT64_FORMAT, target->name,
                 expected, target->n_expected);
  else
    return cursor != NULL;

  return FALSE;
}

gboolean
sy_recording_check (SyRecording  *self,
                    GError      **error)
{
  if (!check_database (self, error))
    return FALSE;

  for (guint i = 0; i < self->targets->len; i++)
    if (!check_target (self, i, error))
      return FALSE;

  return TRUE;
}
