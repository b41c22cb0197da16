/* sy-record-db.c: the file of a recording
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The schema is in the file itself, with the header (application id, format),
 * before the first scrape; a beginning that fails is removed, so it needs no
 * journal. Then a write-ahead log takes over, with the file locked for as long as it is written: one writer,
 * no shared memory beside it, also on network file systems. A finished recording
 * is one file again.
 *
 * A file from elsewhere is hostile until shown otherwise: sqlite.org/security.html.
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-record-db.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "sy-error.h"
#include "sy-record-schema.h"

#define MAX_BLOB (64 * 1024 * 1024)
#define MAX_SQL 100000

/* What the system said of the file or of its log. sqlite3_system_errno() is the
 * errno of when somebody looked, which may be long past; each file remembers its
 * own. A journal that is closed again has taken it along: then what the last
 * call in this thread left is the best that is known. */
static int
get_errno (sqlite3 *db)
{
  const int left = errno;
  sqlite3_file *log = NULL;
  int of_file = 0;
  int of_log = 0;

  sqlite3_file_control (db, "main", SQLITE_FCNTL_LAST_ERRNO, &of_file);
  /* One in memory has no such control. */
  if (sqlite3_file_control (db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK && log != NULL && log->pMethods != NULL
      && log->pMethods->xFileControl != NULL)
    log->pMethods->xFileControl (log, SQLITE_FCNTL_LAST_ERRNO, &of_log);

  if (of_log != 0 || of_file != 0)
    return of_log != 0 ? of_log : of_file;
  return sqlite3_system_errno (db) != 0 ? sqlite3_system_errno (db) : left;
}

void
sy_record_db_set_error (sqlite3     *db,
                        const char  *doing,
                        GError     **error)
{
  const int code = sqlite3_extended_errcode (db);
  const int system = get_errno (db);
  int ours = SY_ERROR_STORAGE;

  if ((code & 0xff) == SQLITE_FULL
      || (((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN) && (system == ENOSPC || system == EDQUOT || system == EFBIG)))
    ours = SY_ERROR_STORAGE_FULL;
  else if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
    ours = SY_ERROR_DAMAGED;

  if ((code & 0xff) == SQLITE_BUSY)
    g_set_error (error, SY_ERROR, ours, "%s: it is being recorded by another program", doing);
  else if (system != 0 && ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN))
    g_set_error (error, SY_ERROR, ours, "%s: %s (%s)", doing, sqlite3_errmsg (db), g_strerror (system));
  else
    g_set_error (error, SY_ERROR, ours, "%s: %s", doing, sqlite3_errmsg (db));
}

gboolean
sy_record_db_exec (sqlite3     *db,
                   const char  *sql,
                   GError     **error)
{
  errno = 0;
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  sy_record_db_set_error (db, "the recording's file", error);
  return FALSE;
}

sqlite3_stmt *
sy_record_db_prepare (sqlite3     *db,
                      const char  *sql,
                      GError     **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    sy_record_db_set_error (db, "the recording's file", error);

  return statement;
}

gint64
sy_record_db_get_int (sqlite3    *db,
                      const char *sql)
{
  g_autoptr (sqlite3_stmt) statement = sy_record_db_prepare (db, sql, NULL);

  return statement != NULL && sqlite3_step (statement) == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
}

gboolean
sy_record_db_step (sqlite3_stmt  *statement,
                   GError       **error)
{
  const int result = sqlite3_step (statement);

  if (result != SQLITE_DONE && result != SQLITE_ROW)
    sy_record_db_set_error (sqlite3_db_handle (statement), "writing", error);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);

  return result == SQLITE_DONE || result == SQLITE_ROW;
}

static gboolean
make_empty_file (const char  *path,
                 GError     **error)
{
  const int fd = g_open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  const int why = errno;

  if (fd >= 0)
    {
      g_close (fd, NULL);
      return TRUE;
    }

  g_set_error (error, SY_ERROR, why == ENOSPC || why == EDQUOT ? SY_ERROR_STORAGE_FULL : SY_ERROR_STORAGE,
               "%s: %s", path, why == EEXIST ? "is there already; a recording never writes over a file" : g_strerror (why));
  return FALSE;
}

/* A log, of some size, whose pages go into the file now and then. */
#define LOGGED "PRAGMA journal_mode=WAL; PRAGMA journal_size_limit=8388608; PRAGMA wal_autocheckpoint=1000;"

static gboolean
prepare_new (sqlite3  *db,
             GError  **error)
{
  sqlite3_busy_timeout (db, 1000);
  return sy_record_db_exec (db, "PRAGMA auto_vacuum=INCREMENTAL; PRAGMA mmap_size=0; PRAGMA locking_mode=EXCLUSIVE;"
                            "PRAGMA synchronous=FULL; PRAGMA journal_mode=MEMORY;", error)
         && sy_record_schema_upgrade (db, error)
         && sy_record_db_exec (db, LOGGED, error);
}

/* The file, and what SQLite may have begun beside it. */
static void
remove_all (const char *path)
{
  static const char *const suffixes[] = { "", "-journal", "-wal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *one = g_strconcat (path, suffixes[i], NULL);

      g_unlink (one);
    }
}

sqlite3 *
sy_record_db_create (const char  *path,
                     GError     **error)
{
  g_autoptr (sqlite3) db = NULL;

  if (!make_empty_file (path, error))
    return NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    sy_record_db_set_error (db, path, error);
  else if (prepare_new (db, error))
    return g_steal_pointer (&db);
  else
    g_prefix_error (error, "%s: ", path);

  /* It holds nothing yet. */
  g_clear_pointer (&db, sqlite3_close);
  remove_all (path);
  return NULL;
}

static char *
make_uri (const char *path,
          gboolean    immutable)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);

  return g_strdup_printf ("file:%s?%s", escaped, immutable ? "mode=ro&immutable=1" : "mode=rw");
}

static void
harden (sqlite3 *db)
{
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_limit (db, SQLITE_LIMIT_LENGTH, MAX_BLOB);
  sqlite3_limit (db, SQLITE_LIMIT_SQL_LENGTH, MAX_SQL);
  sqlite3_limit (db, SQLITE_LIMIT_ATTACHED, 0);
}

sqlite3 *
sy_record_db_open (const char  *path,
                   gboolean     immutable,
                   GError     **error)
{
  g_autofree char *uri = make_uri (path, immutable);
  const int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | (immutable ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
  g_autoptr (sqlite3) db = NULL;

  if (sqlite3_open_v2 (uri, &db, flags, NULL) != SQLITE_OK)
    {
      sy_record_db_set_error (db, path, error);
      return NULL;
    }

  /* Ours alone: so the index of the log is in memory, not in a file beside it. */
  harden (db);
  if (!sy_record_db_exec (db, "PRAGMA mmap_size=0; PRAGMA cell_size_check=ON; PRAGMA locking_mode=EXCLUSIVE;", error)
      || !sy_record_schema_check (db, error))
    return NULL;

  return g_steal_pointer (&db);
}

sqlite3 *
sy_record_db_open_to_change (const char  *path,
                             GError     **error)
{
  g_autoptr (sqlite3) db = sy_record_db_open (path, FALSE, error);

  /* A log that a crash left behind is taken into the file first. */
  if (db == NULL
      || !sy_record_db_exec (db, "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL;", error)
      || !sy_record_schema_upgrade (db, error))
    return NULL;

  return g_steal_pointer (&db);
}

sqlite3 *
sy_record_db_open_to_continue (const char  *path,
                               GError     **error)
{
  g_autoptr (sqlite3) db = sy_record_db_open_to_change (path, error);

  if (db == NULL || !sy_record_db_exec (db, LOGGED, error))
    return NULL;

  return g_steal_pointer (&db);
}
