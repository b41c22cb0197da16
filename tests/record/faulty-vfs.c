/* faulty-vfs.c: a disk that fails when it is told to
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A layer over SQLite's own VFS (sqlite.org/vfs.html). It answers as unixWrite()
 * and its neighbours do for the same errno: ENOSPC of a write is SQLITE_FULL and
 * leaves no errno, everything else is an IOERR with its errno in the file.
 */
#include "config.h"

#include "faulty-vfs.h"

#include <errno.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  sqlite3_file  base;
  int           is_main;
  int           last_errno;
  sqlite3_file *real; /* behind this struct */
} File;

static GMutex lock;
static Fault fault;          /* under the lock, like all below */
static gboolean is_set;
static gboolean has_struck;
static guint n_done;

static sqlite3_vfs *below;

const char *
fault_kind_nick (FaultKind kind)
{
  static const char *const nicks[] = { "enospc", "edquot", "eio", "erofs", "short", "kill" };

  return nicks[kind];
}

const char *
fault_place_nick (FaultPlace place)
{
  static const char *const nicks[] = { "anywhere", "main", "log" };

  return nicks[place];
}

void
faulty_vfs_set (const Fault *wanted)
{
  g_mutex_lock (&lock);
  is_set = wanted != NULL;
  if (wanted != NULL)
    fault = *wanted;
  has_struck = FALSE;
  n_done = 0;
  g_mutex_unlock (&lock);
}

guint
faulty_vfs_get_n (void)
{
  guint n;

  g_mutex_lock (&lock);
  n = n_done;
  g_mutex_unlock (&lock);
  return n;
}

gboolean
faulty_vfs_has_struck (void)
{
  gboolean struck;

  g_mutex_lock (&lock);
  struck = has_struck;
  g_mutex_unlock (&lock);
  return struck;
}

/* Counts an operation. TRUE: it fails, as @ret says. */
static gboolean
strikes (gboolean   is_main,
         FaultKind *ret)
{
  gboolean now = FALSE;

  g_mutex_lock (&lock);
  if (is_set && (fault.place == FAULT_ANYWHERE || (fault.place == FAULT_MAIN) == is_main))
    {
      n_done++;
      now = n_done == fault.nth || (n_done > fault.nth && fault.lasts);
      has_struck = has_struck || now;
      *ret = fault.kind;
    }
  g_mutex_unlock (&lock);

  return now;
}

static void
die (void)
{
  kill (getpid (), SIGKILL);
  for (;;)
    pause ();
}

static int
to_errno (FaultKind kind)
{
  switch (kind)
    {
    case FAULT_EDQUOT:
      return EDQUOT;
    case FAULT_EIO:
      return EIO;
    case FAULT_EROFS:
      return EROFS;
    case FAULT_ENOSPC:
    case FAULT_SHORT:
    case FAULT_KILL:
    case N_FAULT_KINDS:
    default:
      return ENOSPC;
    }
}

/* As strikes(), for what needs no room: it never lacks it. */
static gboolean
strikes_without_room (gboolean   is_main,
                      FaultKind *ret)
{
  return strikes (is_main, ret) && (*ret == FAULT_EIO || *ret == FAULT_EROFS || *ret == FAULT_KILL);
}

/* What a call other than a write says. */
static int
fail (File      *file,
      FaultKind  kind,
      int        code)
{
  if (kind == FAULT_KILL)
    die ();

  errno = to_errno (kind);
  if (file != NULL)
    file->last_errno = errno;
  return code;
}

static int
file_close (sqlite3_file *base)
{
  File *self = (File *) base;

  return self->real->pMethods->xClose (self->real);
}

static int
file_read (sqlite3_file  *base,
           void          *data,
           int            n,
           sqlite3_int64  at)
{
  File *self = (File *) base;

  return self->real->pMethods->xRead (self->real, data, n, at);
}

static int
file_write (sqlite3_file  *base,
            const void    *data,
            int            n,
            sqlite3_int64  at)
{
  File *self = (File *) base;
  FaultKind kind;

  if (!strikes (self->is_main, &kind))
    return self->real->pMethods->xWrite (self->real, data, n, at);

  if ((kind == FAULT_SHORT || kind == FAULT_KILL) && n > 1)
    self->real->pMethods->xWrite (self->real, data, n / 2, at);
  if (kind != FAULT_ENOSPC && kind != FAULT_SHORT)
    return fail (self, kind, SQLITE_IOERR_WRITE);

  self->last_errno = 0;
  return SQLITE_FULL;
}

static int
file_truncate (sqlite3_file  *base,
               sqlite3_int64  size)
{
  File *self = (File *) base;
  FaultKind kind;

  return strikes_without_room (self->is_main, &kind) ? fail (self, kind, SQLITE_IOERR_TRUNCATE) : self->real->pMethods->xTruncate (self->real, size);
}

static int
file_sync (sqlite3_file *base,
           int           flags)
{
  File *self = (File *) base;
  FaultKind kind;

  return strikes (self->is_main, &kind) ? fail (self, kind, SQLITE_IOERR_FSYNC) : self->real->pMethods->xSync (self->real, flags);
}

static int
file_size (sqlite3_file  *base,
           sqlite3_int64 *ret)
{
  File *self = (File *) base;

  return self->real->pMethods->xFileSize (self->real, ret);
}

static int
file_lock (sqlite3_file *base,
           int           level)
{
  File *self = (File *) base;

  return self->real->pMethods->xLock (self->real, level);
}

static int
file_unlock (sqlite3_file *base,
             int           level)
{
  File *self = (File *) base;

  return self->real->pMethods->xUnlock (self->real, level);
}

static int
file_check_reserved (sqlite3_file *base,
                     int          *ret)
{
  File *self = (File *) base;

  return self->real->pMethods->xCheckReservedLock (self->real, ret);
}

static int
file_control (sqlite3_file *base,
              int           what,
              void         *argument)
{
  File *self = (File *) base;

  if (what == SQLITE_FCNTL_LAST_ERRNO && self->last_errno != 0)
    {
      *(int *) argument = self->last_errno;
      return SQLITE_OK;
    }

  return self->real->pMethods->xFileControl (self->real, what, argument);
}

static int
file_sector_size (sqlite3_file *base)
{
  File *self = (File *) base;

  return self->real->pMethods->xSectorSize (self->real);
}

static int
file_characteristics (sqlite3_file *base)
{
  File *self = (File *) base;

  return self->real->pMethods->xDeviceCharacteristics (self->real);
}

static int
file_shm_map (sqlite3_file   *base,
              int             page,
              int             size,
              int             extend,
              void volatile **ret)
{
  File *self = (File *) base;

  return self->real->pMethods->xShmMap (self->real, page, size, extend, ret);
}

static int
file_shm_lock (sqlite3_file *base,
               int           offset,
               int           n,
               int           flags)
{
  File *self = (File *) base;

  return self->real->pMethods->xShmLock (self->real, offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *base)
{
  File *self = (File *) base;

  self->real->pMethods->xShmBarrier (self->real);
}

static int
file_shm_unmap (sqlite3_file *base,
                int           remove)
{
  File *self = (File *) base;

  return self->real->pMethods->xShmUnmap (self->real, remove);
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_characteristics,
  .xShmMap = file_shm_map,
  .xShmLock = file_shm_lock,
  .xShmBarrier = file_shm_barrier,
  .xShmUnmap = file_shm_unmap,
};

static int
vfs_open (sqlite3_vfs  *vfs,
          const char   *name,
          sqlite3_file *base,
          int           flags,
          int          *ret_flags)
{
  File *self = (File *) base;
  FaultKind kind;
  int result;

  self->base.pMethods = NULL;
  self->is_main = (flags & SQLITE_OPEN_MAIN_DB) != 0;
  self->last_errno = 0;
  self->real = (sqlite3_file *) (self + 1);
  if ((flags & SQLITE_OPEN_CREATE) != 0 && strikes (self->is_main, &kind))
    return fail (NULL, kind, SQLITE_CANTOPEN);

  result = below->xOpen (below, name, self->real, flags, ret_flags);
  if (result == SQLITE_OK)
    self->base.pMethods = &methods;
  return result;
}

static int
vfs_delete (sqlite3_vfs *vfs,
            const char  *name,
            int          sync)
{
  FaultKind kind;

  return strikes_without_room (FALSE, &kind) ? fail (NULL, kind, SQLITE_IOERR_DELETE) : below->xDelete (below, name, sync);
}

static int
vfs_access (sqlite3_vfs *vfs,
            const char  *name,
            int          flags,
            int         *ret)
{
  return below->xAccess (below, name, flags, ret);
}

static int
vfs_full_path (sqlite3_vfs *vfs,
               const char  *name,
               int          n,
               char        *ret)
{
  return below->xFullPathname (below, name, n, ret);
}

static int
vfs_get_last_error (sqlite3_vfs *vfs,
                    int          n,
                    char        *ret)
{
  return errno;
}

void
faulty_vfs_install (void)
{
  static sqlite3_vfs vfs;

  below = sqlite3_vfs_find (NULL);
  /* Time, random numbers and the like are passed on as they are. */
  vfs = *below;
  vfs.zName = "faulty";
  vfs.pNext = NULL;
  vfs.szOsFile = (int) sizeof (File) + below->szOsFile;
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  vfs.xAccess = vfs_access;
  vfs.xFullPathname = vfs_full_path;
  vfs.xGetLastError = vfs_get_last_error;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, 1), ==, SQLITE_OK);
}
