/* sy-record-db.h: the file of a recording
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define SY_RECORD_APPLICATION_ID 0x53594c59 /* "SYLY" */

enum { SY_RECORD_KIND_SCRAPE = 0, SY_RECORD_KIND_GAP = 1 };

/* A new file at @path, ready to be written to; never one that is there already.
 * Errors: SY_ERROR_STORAGE, _STORAGE_FULL. Returns: (transfer full) */
sqlite3      *sy_record_db_create    (const char *path, GError **error);

/* @path for reading. With @immutable nothing is written, not even beside it;
 * otherwise @path is a copy of ours, with what its log holds, and may be deleted
 * once it is open, as nothing of it is opened later. Refuses what is not a
 * recording, or not of our schema. Errors: SY_ERROR_STORAGE, _DAMAGED, _FORMAT. */
sqlite3      *sy_record_db_open      (const char *path, gboolean immutable, GError **error);

/* @path itself for adding something to it, of the present format afterwards.
 * Killed at any moment it is as before or as after. Errors as sy_record_db_open(). */
sqlite3      *sy_record_db_open_to_change (const char *path, GError **error);

/* As that, and then as sy_record_db_create(): for more to be recorded in it. */
sqlite3      *sy_record_db_open_to_continue (const char *path, GError **error);

gboolean      sy_record_db_exec      (sqlite3 *db, const char *sql, GError **error);
sqlite3_stmt *sy_record_db_prepare   (sqlite3 *db, const char *sql, GError **error);
gint64        sy_record_db_get_int   (sqlite3 *db, const char *sql); /* the first column of one row; 0: none */

/* What @db said last, as an error of ours. */
void          sy_record_db_set_error (sqlite3 *db, const char *doing, GError **error);

/* Runs @statement, which gives no rows, and resets it. */
gboolean      sy_record_db_step      (sqlite3_stmt *statement, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, sqlite3_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
