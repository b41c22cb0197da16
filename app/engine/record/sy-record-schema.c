/* sy-record-schema.c: the formats of a recording, from the first on
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A format is a step: what it adds to the one before. Steps are never edited,
 * and only create: so a file of any age has exactly the text of its steps as
 * its schema.
 *
 * 1  metadata, targets; words, series and shapes by number; blocks of scrapes
 * 2  an index that finds blocks without reading them; fine and coarse: one of up
 *    to 60, and one of all scrapes of a block, with the least and the greatest
 *    value between (sy-record-tier.h); marks
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-record-schema.h"

#include "sy-error.h"

static const char *const steps[SY_RECORD_FORMAT] = {
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);"
  "CREATE TABLE target (id INTEGER PRIMARY KEY, letter TEXT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL,"
  " interval_us INTEGER NOT NULL, expected INTEGER);"
  "CREATE TABLE word (id INTEGER PRIMARY KEY, data TEXT NOT NULL);"
  "CREATE TABLE series (id INTEGER PRIMARY KEY, data BLOB NOT NULL);"
  "CREATE TABLE shape (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, width INTEGER NOT NULL, data BLOB NOT NULL);"
  "CREATE TABLE block (id INTEGER PRIMARY KEY, target INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,"
  " n INTEGER NOT NULL, from_us INTEGER NOT NULL, to_us INTEGER NOT NULL, shape INTEGER NOT NULL, data BLOB NOT NULL);"
  "CREATE UNIQUE INDEX block_first ON block (target, first);",

  "CREATE INDEX block_extent ON block (target, first, to_us, last, n, from_us, shape);"
  "CREATE TABLE fine (block INTEGER PRIMARY KEY, data BLOB NOT NULL);"
  "CREATE TABLE coarse (block INTEGER PRIMARY KEY, data BLOB NOT NULL);"
  "CREATE TABLE mark (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, from_us INTEGER NOT NULL, to_us INTEGER NOT NULL, text TEXT NOT NULL);",
};

/* What the schema of a recording must be. */
#define QUERY "SELECT group_concat(sql, ';') || ';' FROM (SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid)"

int
sy_record_schema_get (sqlite3 *db)
{
  return (int) sy_record_db_get_int (db, "PRAGMA user_version");
}

gboolean
sy_record_schema_upgrade (sqlite3  *db,
                          GError  **error)
{
  for (int format = sy_record_schema_get (db); format < SY_RECORD_FORMAT; format++)
    {
      g_autofree char *sql = g_strdup_printf ("BEGIN IMMEDIATE; PRAGMA application_id=%d; PRAGMA user_version=%d; %s COMMIT;",
                                              SY_RECORD_APPLICATION_ID, format + 1, steps[format]);

      if (sy_record_db_exec (db, sql, error))
        continue;

      if (!sqlite3_get_autocommit (db))
        sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
      return FALSE;
    }

  return TRUE;
}

gboolean
sy_record_schema_check (sqlite3  *db,
                        GError  **error)
{
  g_autoptr (sqlite3_stmt) statement = sy_record_db_prepare (db, QUERY, error);
  g_autoptr (GString) wanted = g_string_new (NULL);
  const int format = sy_record_schema_get (db);

  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    {
      sy_record_db_set_error (db, "the recording's file", error);
      return FALSE;
    }

  for (int i = 0; i < format && i < SY_RECORD_FORMAT; i++)
    g_string_append (wanted, steps[i]);
  if (format > 0 && format <= SY_RECORD_FORMAT
      && g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), wanted->str) == 0)
    return TRUE;

  g_set_error_literal (error, SY_ERROR, SY_ERROR_DAMAGED, "its tables are not those of a recording");
  return FALSE;
}
