/* sy-recording-edit.c: says something about a recording, in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-recording-edit.h"

#include "sy-error.h"
#include "sy-record-live.h"
#include "sy-recording-private.h"

/* Runs @sql, with @id or @mark bound to it. */
static gboolean
change (sqlite3             *db,
        const char          *sql,
        gint64               id,
        const SyRecordMark  *mark,
        GError             **error)
{
  g_autoptr (sqlite3_stmt) statement = sy_record_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;

  if (mark == NULL)
    {
      sqlite3_bind_int64 (statement, 1, id);
    }
  else
    {
      sqlite3_bind_text (statement, 1, sy_mark_kind_nick (mark->kind), -1, SQLITE_STATIC);
      sqlite3_bind_int64 (statement, 2, mark->from_us);
      sqlite3_bind_int64 (statement, 3, mark->to_us);
      sqlite3_bind_text (statement, 4, mark->text, -1, SQLITE_TRANSIENT);
    }

  return sy_record_db_step (statement, error);
}

static gboolean
add_mark (sqlite3             *db,
          const SyRecordMark  *mark,
          gint64              *ret_id,
          GError             **error)
{
  if (sy_record_db_get_int (db, "SELECT count (*) FROM mark") >= SY_RECORD_MAX_MARKS)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_STORAGE, "it has %d marks already", SY_RECORD_MAX_MARKS);
      return FALSE;
    }

  if (!change (db, "INSERT INTO mark (kind, from_us, to_us, text) VALUES (?1, ?2, ?3, ?4)", 0, mark, error))
    return FALSE;

  if (ret_id != NULL)
    *ret_id = sqlite3_last_insert_rowid (db);
  return TRUE;
}

static gboolean
remove_mark (sqlite3  *db,
             gint64    id,
             GError  **error)
{
  if (!change (db, "DELETE FROM mark WHERE id = ?1", id, NULL, error))
    return FALSE;

  if (sqlite3_changes (db) == 0)
    g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "it has no mark %" G_GINT64_FORMAT, id);
  return sqlite3_changes (db) > 0;
}

/* With the file open; @mark NULL: removes @id. */
static gboolean
edit (const char          *path,
      gint64               id,
      const SyRecordMark  *mark,
      gint64              *ret_id,
      GError             **error)
{
  g_autofree char *real = sy_recording_copy_resolve (path);
  sqlite3 *db;
  gboolean done;

  if (!sy_recording_copy_check (path, error))
    return FALSE;

  /* Nobody here opens it meanwhile. */
  sy_record_live_add (real);
  db = sy_record_db_open_to_change (real, error);
  done = db != NULL && (mark != NULL ? add_mark (db, mark, ret_id, error) : remove_mark (db, id, error));
  if (!done)
    g_prefix_error (error, "%s: ", path);
  sqlite3_close (db);
  sy_record_live_remove (real);
  return done;
}

gboolean
sy_recording_add_mark (const char          *path,
                       const SyRecordMark  *mark,
                       gint64              *ret_id,
                       GError             **error)
{
  return sy_record_mark_check (mark, error) && edit (path, 0, mark, ret_id, error);
}

gboolean
sy_recording_remove_mark (const char  *path,
                          gint64       id,
                          GError     **error)
{
  return edit (path, id, NULL, NULL, error);
}
