/* sy-record-writer.c: puts scrapes into a file
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A scrape arrives as a row of its own, which is what a crash leaves; when a
 * block is full, one packed row takes the place of its rows in one transaction.
 * A target whose workers answer in turn has a shape for each: their blocks are
 * filled side by side, and whoever reads puts them in order by seq.
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-record-writer.h"

#include <math.h>

#include "sy-error.h"
#include "sy-record-block.h"
#include "sy-record-db.h"
#include "sy-record-live.h"
#include "sy-record-names.h"
#include "sy-record-shape.h"
#include "sy-record-tier.h"
#include "sy-recording-private.h"

/* Blocks that are being filled; beyond, the one that has waited longest is packed. */
#define MAX_OPEN 24

typedef enum { FINE, COARSE, N_TIERS } Tier;

/* A scrape that waits to be committed. */
typedef struct
{
  guint           target;
  guint64         shape;
  guint           width;
  gboolean        is_gap;
  SyRecordMoment  moment;
  double         *values;     /* (owned) (nullable) */
  double         *timestamps; /* (owned) (nullable) */
} Row;

/* Rows of one target and shape that are in the file but not packed. */
typedef struct
{
  guint          target;
  guint64        shape;
  SyRecordBlock *block; /* (owned) */
} Open;

typedef struct
{
  SyRecordShaper *shaper; /* (owned) */
  SyRecordCount   count;
} Target;

struct _SyRecordWriter
{
  char          *path;          /* (owned) */
  sqlite3       *db;            /* (owned) */
  sqlite3_stmt  *insert;        /* (owned) */
  sqlite3_stmt  *insert_tier[N_TIERS]; /* (owned) */
  sqlite3_stmt  *replace;       /* (owned): removes the rows that a block takes the place of */
  SyRecordNames *names;         /* (owned) */
  GArray        *targets;       /* (owned) (element-type Target) */
  GQueue         statements;    /* (owned) (element-type char*): metadata, targets and marks, as SQL, not committed yet */
  GQueue         rows;          /* (owned) (element-type Row): not committed yet */
  gsize          waiting_bytes;
  gint64         size;          /* once it is closed */
  GPtrArray     *open;          /* (owned) (element-type Open), used last at the end */
};

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->values);
  g_free (row->timestamps);
  g_free (row);
}

static void
open_free (gpointer data)
{
  Open *open = data;

  sy_record_block_free (open->block);
  g_free (open);
}

static void
clear_target (gpointer data)
{
  sy_record_shaper_free (((Target *) data)->shaper);
}

static gsize
size_of_row (const Row *row)
{
  return sizeof *row + row->width * sizeof (double) * (row->timestamps != NULL ? 2 : 1);
}

static gboolean
prepare (SyRecordWriter  *self,
         GError         **error)
{
  const struct {
    sqlite3_stmt **statement;
    const char    *sql;
  } all[] = {
    { &self->insert, "INSERT INTO block (target, first, last, n, from_us, to_us, shape, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)" },
    { &self->insert_tier[FINE], "INSERT INTO fine (block, data) VALUES (?1, ?2)" },
    { &self->insert_tier[COARSE], "INSERT INTO coarse (block, data) VALUES (?1, ?2)" },
    { &self->replace, "DELETE FROM block WHERE target = ?1 AND first BETWEEN ?2 AND ?3 AND shape = ?4 AND n = 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if ((*all[i].statement = sy_record_db_prepare (self->db, all[i].sql, error)) == NULL)
      return FALSE;

  return TRUE;
}

static SyRecordWriter *
writer_new (void)
{
  SyRecordWriter *self = g_new0 (SyRecordWriter, 1);

  self->names = sy_record_names_new ();
  self->targets = g_array_new (FALSE, FALSE, sizeof (Target));
  g_array_set_clear_func (self->targets, clear_target);
  g_queue_init (&self->statements);
  g_queue_init (&self->rows);
  self->open = g_ptr_array_new_with_free_func (open_free);
  return self;
}

SyRecordWriter *
sy_record_writer_new (const char  *path,
                      GError     **error)
{
  g_autoptr (SyRecordWriter) self = writer_new ();

  self->db = sy_record_db_create (path, error);
  if (self->db == NULL)
    return NULL;

  self->path = g_strdup (path);
  sy_record_live_add (path);
  return prepare (self, error) ? g_steal_pointer (&self) : NULL;
}

/* What lies in the file row by row stays as it is: a reader takes both. */
static gboolean
take_past (SyRecordWriter  *self,
           SyRecordPast   **ret_past,
           GError         **error)
{
  g_autoptr (SyRecordPast) past = sy_record_past_read (self->db, error);

  if (past == NULL)
    return FALSE;

  sy_record_names_begin_after (self->names, self->db);
  for (guint i = 0; i < past->targets->len; i++)
    {
      const Target state = {
        .shaper = sy_record_shaper_new (self->names),
        .count = g_array_index (past->targets, SyRecordPastTarget, i).count,
      };

      g_array_append_val (self->targets, state);
    }

  *ret_past = g_steal_pointer (&past);
  return TRUE;
}

SyRecordWriter *
sy_record_writer_continue (const char    *path,
                           SyRecordPast **ret_past,
                           GError       **error)
{
  g_autoptr (SyRecordWriter) self = writer_new ();

  if (!sy_recording_copy_check (path, error))
    return NULL;

  /* From here on nobody in this process opens it, which would drop our lock. */
  self->path = g_strdup (path);
  sy_record_live_add (path);
  self->db = sy_record_db_open_to_continue (path, error);
  if (self->db == NULL || !prepare (self, error) || !take_past (self, ret_past, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  return g_steal_pointer (&self);
}

static void
close_file (SyRecordWriter *self)
{
  g_clear_pointer (&self->insert, sqlite3_finalize);
  g_clear_pointer (&self->replace, sqlite3_finalize);
  for (guint i = 0; i < N_TIERS; i++)
    g_clear_pointer (&self->insert_tier[i], sqlite3_finalize);
  g_clear_pointer (&self->db, sqlite3_close);
  if (self->path != NULL)
    sy_record_live_remove (self->path);
}

void
sy_record_writer_free (SyRecordWriter *self)
{
  close_file (self);
  g_array_unref (self->targets);
  sy_record_names_free (self->names);
  g_queue_clear_full (&self->statements, (GDestroyNotify) sqlite3_free);
  g_queue_clear_full (&self->rows, row_free);
  g_ptr_array_unref (self->open);
  g_free (self->path);
  g_free (self);
}

void
sy_record_writer_set_meta (SyRecordWriter *self,
                           const char     *key,
                           const char     *value)
{
  g_queue_push_tail (&self->statements,
                     sqlite3_mprintf ("INSERT OR REPLACE INTO meta (key, value) VALUES (%Q, %Q)", key, value));
}

void
sy_record_writer_add_target (SyRecordWriter       *self,
                             const SyRecordTarget *target)
{
  const Target state = { .shaper = sy_record_shaper_new (self->names) };

  g_array_append_val (self->targets, state);
  g_queue_push_tail (&self->statements,
                     sqlite3_mprintf ("INSERT INTO target (id, letter, name, url, interval_us) VALUES (%u, %Q, %Q, %Q, %lld)",
                                      self->targets->len - 1, target->letter, target->name, target->url,
                                      (long long) target->interval_us));
}

void
sy_record_writer_add_mark (SyRecordWriter     *self,
                           const SyRecordMark *mark)
{
  g_queue_push_tail (&self->statements,
                     sqlite3_mprintf ("INSERT INTO mark (id, kind, from_us, to_us, text) VALUES (%lld, %Q, %lld, %lld, %Q)",
                                      (long long) mark->id, sy_mark_kind_nick (mark->kind), (long long) mark->from_us,
                                      (long long) mark->to_us, mark->text));
}

void
sy_record_writer_remove_mark (SyRecordWriter *self,
                              gint64          id)
{
  g_queue_push_tail (&self->statements, sqlite3_mprintf ("DELETE FROM mark WHERE id = %lld", (long long) id));
}

static void
copy_values (Row          *row,
             SyExposition *exposition)
{
  const SySample *samples = sy_exposition_get_samples (exposition, &row->width);

  row->values = g_new (double, MAX (row->width, 1));
  for (guint i = 0; i < row->width; i++)
    {
      row->values[i] = samples[i].value;
      if (isnan (samples[i].timestamp) || row->timestamps != NULL)
        continue;

      row->timestamps = g_new (double, row->width);
      for (guint j = 0; j < row->width; j++)
        row->timestamps[j] = samples[j].timestamp;
    }
}

void
sy_record_writer_add (SyRecordWriter      *self,
                      const SyRecordEntry *entry)
{
  SyRecordShaper *shaper = g_array_index (self->targets, Target, entry->target).shaper;
  Row *row = g_new0 (Row, 1);

  row->target = entry->target;
  row->moment = entry->moment;
  row->is_gap = entry->exposition == NULL;
  if (row->is_gap)
    {
      row->shape = sy_record_shaper_gap (shaper, sy_error_nick (entry->error), entry->error->message);
    }
  else
    {
      row->shape = sy_record_shaper_scrape (shaper, entry->exposition, entry->content_type);
      copy_values (row, entry->exposition);
    }

  self->waiting_bytes += size_of_row (row);
  g_queue_push_tail (&self->rows, row);
}

static gboolean
insert_block (SyRecordWriter       *self,
              guint                 target,
              guint64               shape,
              const SyRecordBlock  *block,
              GError              **error)
{
  g_autoptr (GByteArray) bytes = sy_record_block_pack (block);
  const SyRecordMoment *first = &g_array_index (block->moments, SyRecordMoment, 0);
  const SyRecordMoment *last = &g_array_index (block->moments, SyRecordMoment, block->moments->len - 1);

  sqlite3_bind_int64 (self->insert, 1, target);
  sqlite3_bind_int64 (self->insert, 2, first->seq);
  sqlite3_bind_int64 (self->insert, 3, last->seq);
  sqlite3_bind_int64 (self->insert, 4, block->moments->len);
  sqlite3_bind_int64 (self->insert, 5, first->monotonic_us);
  sqlite3_bind_int64 (self->insert, 6, last->monotonic_us);
  sqlite3_bind_int64 (self->insert, 7, (sqlite3_int64) shape);
  sqlite3_bind_blob (self->insert, 8, bytes->data, (int) bytes->len, SQLITE_STATIC);
  return sy_record_db_step (self->insert, error);
}

static gboolean
insert_rows (SyRecordWriter  *self,
             GError         **error)
{
  for (GList *link = self->statements.head; link != NULL; link = link->next)
    if (!sy_record_db_exec (self->db, link->data, error))
      return FALSE;

  if (!sy_record_names_save (self->names, self->db, error))
    return FALSE;

  for (GList *link = self->rows.head; link != NULL; link = link->next)
    {
      const Row *row = link->data;
      g_autoptr (SyRecordBlock) block = sy_record_block_new (row->width);

      sy_record_block_append (block, &row->moment, row->values, row->timestamps);
      if (!insert_block (self, row->target, row->shape, block, error))
        return FALSE;
    }

  return TRUE;
}

static Open *
find_open (SyRecordWriter *self,
           const Row      *row)
{
  Open *open = NULL;

  for (guint i = self->open->len; i > 0 && open == NULL; i--)
    {
      const Open *other = g_ptr_array_index (self->open, i - 1);

      if (other->target == row->target && other->shape == row->shape && !sy_record_block_is_full (other->block))
        open = g_ptr_array_steal_index (self->open, i - 1);
    }

  if (open == NULL)
    {
      open = g_new0 (Open, 1);
      open->target = row->target;
      open->shape = row->shape;
      open->block = sy_record_block_new (row->width);
    }

  g_ptr_array_add (self->open, open);
  return open;
}

/* The rows are in the file: count them, and remember them for their block. */
static void
settle_rows (SyRecordWriter *self)
{
  Row *row;

  g_queue_clear_full (&self->statements, (GDestroyNotify) sqlite3_free);
  sy_record_names_saved (self->names);

  while ((row = g_queue_pop_head (&self->rows)) != NULL)
    {
      SyRecordCount *count = &g_array_index (self->targets, Target, row->target).count;

      sy_record_block_append (find_open (self, row)->block, &row->moment, row->values, row->timestamps);
      if (row->is_gap)
        count->n_gaps++;
      else
        count->n_recorded++;
      row_free (row);
    }

  self->waiting_bytes = 0;
}

static gboolean
check_there (SyRecordWriter  *self,
             GError         **error)
{
  if (sy_record_live_is_there (self->path))
    return TRUE;

  g_set_error_literal (error, SY_ERROR, SY_ERROR_STORAGE, "was moved or deleted while it was recorded");
  return FALSE;
}

/* What could not be written as a whole is not written; @error gets the path. */
static void
roll_back (SyRecordWriter  *self,
           GError         **error)
{
  g_prefix_error (error, "%s: ", self->path);
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
}

gboolean
sy_record_writer_commit (SyRecordWriter  *self,
                         gboolean         sync,
                         GError         **error)
{
  if (!sy_record_writer_is_waiting (self))
    return TRUE;

  if (check_there (self, error)
      && sy_record_db_exec (self->db, sync ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL", error)
      && sy_record_db_exec (self->db, "BEGIN IMMEDIATE", error)
      && insert_rows (self, error)
      && sy_record_db_exec (self->db, "COMMIT", error))
    {
      settle_rows (self);
      return TRUE;
    }

  roll_back (self, error);
  return FALSE;
}

static gboolean
insert_tier (SyRecordWriter       *self,
             Tier                  tier,
             gint64                id,
             const SyRecordBlock  *block,
             GError              **error)
{
  g_autoptr (SyRecordBlock) thin = sy_record_tier_make (block, tier == FINE ? SY_RECORD_TIER_FINE : SY_RECORD_TIER_COARSE);
  g_autoptr (GByteArray) bytes = sy_record_block_pack (thin);

  sqlite3_bind_int64 (self->insert_tier[tier], 1, id);
  sqlite3_bind_blob (self->insert_tier[tier], 2, bytes->data, (int) bytes->len, SQLITE_STATIC);
  return sy_record_db_step (self->insert_tier[tier], error);
}

/* The rows of @open as one, and its tiers. */
static gboolean
insert_packed (SyRecordWriter  *self,
               const Open      *open,
               GError         **error)
{
  gint64 id;

  if (!insert_block (self, open->target, open->shape, open->block, error))
    return FALSE;

  id = sqlite3_last_insert_rowid (self->db);
  return (open->block->moments->len <= SY_RECORD_TIER_FINE || insert_tier (self, FINE, id, open->block, error))
         && insert_tier (self, COARSE, id, open->block, error);
}

static gboolean
replace_rows (SyRecordWriter  *self,
              const Open      *open,
              GError         **error)
{
  const GArray *moments = open->block->moments;

  sqlite3_bind_int64 (self->replace, 1, open->target);
  sqlite3_bind_int64 (self->replace, 2, g_array_index (moments, SyRecordMoment, 0).seq);
  sqlite3_bind_int64 (self->replace, 3, g_array_index (moments, SyRecordMoment, moments->len - 1).seq);
  sqlite3_bind_int64 (self->replace, 4, (sqlite3_int64) open->shape);
  return sy_record_db_step (self->replace, error) && insert_packed (self, open, error);
}

gboolean
sy_record_writer_pack (SyRecordWriter  *self,
                       gboolean         all,
                       GError         **error)
{
  for (guint i = 0; i < self->open->len;)
    {
      const Open *open = g_ptr_array_index (self->open, i);

      if (!all && !sy_record_block_is_full (open->block) && self->open->len <= MAX_OPEN)
        {
          i++;
          continue;
        }

      /* One scrape is its own block. */
      if (open->block->moments->len > 1
          && !(sy_record_db_exec (self->db, "BEGIN IMMEDIATE", error)
               && replace_rows (self, open, error)
               && sy_record_db_exec (self->db, "COMMIT", error)))
        {
          roll_back (self, error);
          return FALSE;
        }

      g_ptr_array_remove_index (self->open, i);
    }

  return TRUE;
}

static void
make_gap (SyRecordWriter *self,
          Row            *row)
{
  self->waiting_bytes -= size_of_row (row);
  g_clear_pointer (&row->values, g_free);
  g_clear_pointer (&row->timestamps, g_free);
  row->width = 0;
  row->is_gap = TRUE;
  row->shape = sy_record_shaper_gap (g_array_index (self->targets, Target, row->target).shaper,
                                     sy_error_code_nick (SY_ERROR_STORAGE_FULL), "there was no room on the disk for it");
  self->waiting_bytes += size_of_row (row);
}

gboolean
sy_record_writer_shed (SyRecordWriter *self,
                       gint64          max_age_us,
                       gsize           max_bytes)
{
  const Row *newest = g_queue_peek_tail (&self->rows);

  for (GList *link = self->rows.head; link != NULL; link = link->next)
    {
      Row *row = link->data;

      if (self->waiting_bytes <= max_bytes && row->moment.monotonic_us >= newest->moment.monotonic_us - max_age_us)
        return TRUE;
      if (!row->is_gap)
        make_gap (self, row);
    }

  return self->waiting_bytes <= max_bytes;
}

gboolean
sy_record_writer_is_waiting (SyRecordWriter *self)
{
  return self->rows.length > 0 || self->statements.length > 0;
}

gboolean
sy_record_writer_finish (SyRecordWriter  *self,
                         gint64           wall_us,
                         GError         **error)
{
  g_autofree char *ended = g_strdup_printf ("%" G_GINT64_FORMAT, wall_us);

  if (!sy_record_writer_commit (self, FALSE, error) || !sy_record_writer_pack (self, TRUE, error))
    return FALSE;

  sy_record_writer_set_meta (self, "ended-us", ended);
  for (guint i = 0; i < self->targets->len; i++)
    {
      const SyRecordCount count = g_array_index (self->targets, Target, i).count;

      g_queue_push_tail (&self->statements,
                         sqlite3_mprintf ("UPDATE target SET expected = %lld WHERE id = %u",
                                          (long long) (count.n_recorded + count.n_gaps), i));
    }

  if (!sy_record_writer_commit (self, TRUE, error))
    return FALSE;
  if (!sy_record_db_exec (self->db, "PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE;", error))
    {
      g_prefix_error (error, "%s: ", self->path);
      return FALSE;
    }

  self->size = sy_record_writer_get_size (self);
  close_file (self);
  return TRUE;
}

guint
sy_record_writer_get_n (SyRecordWriter *self)
{
  return self->targets->len;
}

SyRecordCount
sy_record_writer_get_count (SyRecordWriter *self,
                            guint           target)
{
  return g_array_index (self->targets, Target, target).count;
}

gint64
sy_record_writer_get_size (SyRecordWriter *self)
{
  if (self->db == NULL)
    return self->size;

  return sy_record_db_get_int (self->db, "PRAGMA page_count") * sy_record_db_get_int (self->db, "PRAGMA page_size");
}
