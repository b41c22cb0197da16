/* sy-record-past.c: what an interrupted recording holds, for who continues it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-record-past.h"

#include "sy-error.h"
#include "sy-record-block.h"
#include "sy-record-shape.h"

/* The other half is for those that come. */
#define MAX_TARGETS (SY_RECORD_MAX_TARGETS / 2)

/* Times and numbers of a file may be anything; sums of four of these still are none too many. */
#define MOST (G_MAXINT64 / 4)

static void
clear_target (gpointer data)
{
  g_free (((SyRecordPastTarget *) data)->url);
}

void
sy_record_past_free (SyRecordPast *self)
{
  g_array_unref (self->targets);
  g_free (self);
}

static gboolean
read_targets (SyRecordPast  *self,
              sqlite3       *db,
              GError       **error)
{
  g_autoptr (sqlite3_stmt) statement = sy_record_db_prepare (db, "SELECT id, url, interval_us FROM target ORDER BY id", error);
  int result;

  if (statement == NULL)
    return FALSE;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW && self->targets->len < MAX_TARGETS
         && sqlite3_column_int64 (statement, 0) == self->targets->len)
    {
      const char *url = (const char *) sqlite3_column_text (statement, 1);
      const SyRecordPastTarget target = {
        .url = g_strdup (url != NULL ? url : ""),
        .interval_us = sqlite3_column_int64 (statement, 2),
      };

      g_array_append_val (self->targets, target);
    }

  if (result == SQLITE_DONE)
    return TRUE;

  if (result == SQLITE_ROW && self->targets->len == MAX_TARGETS)
    g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "it holds more than %d backends, too many to go on", MAX_TARGETS);
  else if (result == SQLITE_ROW)
    g_set_error_literal (error, SY_ERROR, SY_ERROR_DAMAGED, "its targets are not numbered as they are written");
  else
    sy_record_db_set_error (db, "the recording's file", error);
  return FALSE;
}

static gboolean
read_counts (SyRecordPastTarget  *target,
             guint                index,
             sqlite3             *db,
             GError             **error)
{
  g_autoptr (sqlite3_stmt) statement =
    sy_record_db_prepare (db, "SELECT shape.kind, sum(block.n) FROM block LEFT JOIN shape ON shape.id = block.shape"
                          " WHERE block.target = ?1 GROUP BY shape.kind", error);
  int result;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, index);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const gboolean is_gap = sqlite3_column_int64 (statement, 0) != SY_RECORD_KIND_SCRAPE;

      *(is_gap ? &target->count.n_gaps : &target->count.n_recorded) += (guint64) MAX (sqlite3_column_int64 (statement, 1), 0);
    }

  if (result != SQLITE_DONE)
    sy_record_db_set_error (db, "the recording's file", error);
  return result == SQLITE_DONE;
}

/* The last of the answers of @target is the last one of a block. */
static gboolean
read_last (SyRecordPastTarget  *target,
           guint                index,
           sqlite3             *db,
           GError             **error)
{
  g_autoptr (sqlite3_stmt) statement =
    sy_record_db_prepare (db, "SELECT block.data, shape.width FROM block JOIN shape ON shape.id = block.shape"
                          " WHERE block.target = ?1 ORDER BY block.last DESC LIMIT 1", error);
  g_autoptr (SyRecordBlock) block = NULL;
  int result;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, index);
  result = sqlite3_step (statement);
  if (result == SQLITE_DONE)
    return TRUE;

  if (result != SQLITE_ROW)
    {
      sy_record_db_set_error (db, "the recording's file", error);
      return FALSE;
    }

  block = sy_record_block_unpack (sqlite3_column_blob (statement, 0), (gsize) sqlite3_column_bytes (statement, 0),
                                  (guint) sqlite3_column_int64 (statement, 1), error);
  if (block == NULL)
    return FALSE;

  if (block->moments->len > 0)
    target->last = g_array_index (block->moments, SyRecordMoment, block->moments->len - 1);
  return TRUE;
}

static gboolean
can_be (gint64 number)
{
  return number >= -MOST && number <= MOST;
}

static gboolean
check_numbers (SyRecordPast  *self,
               GError       **error)
{
  gboolean is_sound = self->last_mark >= 0 && can_be (self->last_mark);

  for (guint i = 0; i < self->targets->len && is_sound; i++)
    {
      const SyRecordMoment *last = &g_array_index (self->targets, SyRecordPastTarget, i).last;

      is_sound = can_be (last->monotonic_us) && can_be (last->wall_us) && last->seq >= 0 && can_be (last->seq);
    }

  if (!is_sound)
    g_set_error_literal (error, SY_ERROR, SY_ERROR_DAMAGED, "it has answers of times that cannot be");
  return is_sound;
}

static gboolean
read_all (SyRecordPast  *self,
          sqlite3       *db,
          GError       **error)
{
  if (sy_record_db_get_int (db, "SELECT count (*) FROM meta WHERE key = 'ended-us'") > 0)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "it ended as it should");
      return FALSE;
    }

  if (!read_targets (self, db, error))
    return FALSE;

  for (guint i = 0; i < self->targets->len; i++)
    {
      SyRecordPastTarget *target = &g_array_index (self->targets, SyRecordPastTarget, i);

      if (!read_counts (target, i, db, error) || !read_last (target, i, db, error))
        return FALSE;
      if (target->count.n_recorded + target->count.n_gaps > 0 && target->last.monotonic_us >= self->end_us)
        {
          self->end_us = target->last.monotonic_us;
          self->end_wall_us = target->last.wall_us;
        }
    }

  self->n_marks = (guint) sy_record_db_get_int (db, "SELECT count (*) FROM mark");
  self->last_mark = sy_record_db_get_int (db, "SELECT ifnull (max (id), 0) FROM mark");
  return check_numbers (self, error);
}

SyRecordPast *
sy_record_past_read (sqlite3  *db,
                     GError  **error)
{
  g_autoptr (SyRecordPast) self = g_new0 (SyRecordPast, 1);

  self->targets = g_array_new (FALSE, FALSE, sizeof (SyRecordPastTarget));
  g_array_set_clear_func (self->targets, clear_target);
  return read_all (self, db, error) ? g_steal_pointer (&self) : NULL;
}
