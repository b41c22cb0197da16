/* sy-recording-copy.c: opens a recording without changing it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The head of the file is looked at before SQLite is: its magic, application id
 * and format are at fixed places (sqlite.org/fileformat.html, 1.3).
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-recording-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sy-error.h"
#include "sy-record-live.h"
#include "sy-record-schema.h"

#define HEAD 100
#define VERSION_AT 60
#define APPLICATION_AT 68
#define PENDING_BYTE 0x40000000
#define LOCK_BYTES 512

static const char magic[16] = "SQLite format 3";

static const char *const suffixes[] = { "-wal", "-journal", NULL };

const char *const *
sy_recording_get_suffixes (void)
{
  return suffixes;
}

char *
sy_recording_copy_resolve (const char *path)
{
  char *real = realpath (path, NULL);

  return real != NULL ? real : g_strdup (path);
}

static guint32
read_u32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_BE (value);
}

/* Its lock on the file, asked for without taking it. */
static gboolean
is_written_elsewhere (int fd)
{
  struct flock lock = { .l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = PENDING_BYTE, .l_len = LOCK_BYTES };

  return fcntl (fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

gboolean
sy_recording_is_written (const char *path)
{
  gboolean is_written;
  int fd;

  /* One of ours must not be opened: closing it would drop the lock. */
  if (sy_record_live_has (path))
    return TRUE;

  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (fd < 0)
    return FALSE;

  is_written = is_written_elsewhere (fd);
  g_close (fd, NULL);
  return is_written;
}

static gboolean
check_head (const char    *path,
            const guint8  *head,
            gssize         n,
            GError       **error)
{
  if (n < HEAD || memcmp (head, magic, sizeof magic) != 0 || read_u32 (head + APPLICATION_AT) != SY_RECORD_APPLICATION_ID)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_FORMAT, "%s: is not a recording of Steelyard", path);
      return FALSE;
    }

  if (read_u32 (head + VERSION_AT) > SY_RECORD_FORMAT)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_FORMAT,
                   "%s: was recorded by a newer Steelyard (format %u, this one reads up to %u): update it to open this file",
                   path, read_u32 (head + VERSION_AT), SY_RECORD_FORMAT);
      return FALSE;
    }

  if (read_u32 (head + VERSION_AT) == 0)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_DAMAGED, "%s: has no format number", path);
      return FALSE;
    }

  return TRUE;
}

gboolean
sy_recording_copy_check (const char  *path,
                         GError     **error)
{
  guint8 head[HEAD];
  struct stat info;
  gssize n;
  gboolean is_written;
  int fd;

  if (sy_record_live_has (path))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_STORAGE, "%s: is being recorded right now", path);
      return FALSE;
    }

  /* Not blocking: it might be a pipe. */
  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (fd < 0 || fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_STORAGE, "%s: %s", path, fd < 0 ? g_strerror (errno) : "is not a file");
      if (fd >= 0)
        g_close (fd, NULL);
      return FALSE;
    }

  n = read (fd, head, sizeof head);
  is_written = is_written_elsewhere (fd);
  g_close (fd, NULL);

  if (!check_head (path, head, n, error))
    return FALSE;
  if (is_written)
    g_set_error (error, SY_ERROR, SY_ERROR_STORAGE, "%s: is being recorded by another program right now", path);
  return !is_written;
}

static gboolean
copy_file (const char  *from,
           const char  *to,
           GError     **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) why = NULL;

  if (g_file_copy (source, target, G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &why))
    return TRUE;

  g_set_error (error, SY_ERROR, g_error_matches (why, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? SY_ERROR_STORAGE_FULL : SY_ERROR_STORAGE,
               "%s: cannot be copied to be read: %s", from, why->message);
  return FALSE;
}

void
sy_recording_copy_clear (SyRecordingCopy *self)
{
  static const char *const all[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; self->folder != NULL && i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *path = g_strconcat (self->path, all[i], NULL);

      g_unlink (path);
    }

  if (self->folder != NULL)
    g_rmdir (self->folder);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->path, g_free);
}

/* What a crash left beside it; @path is no link. NULL: nothing. */
static const char *
find_rest (const char *path)
{
  for (guint i = 0; suffixes[i] != NULL; i++)
    {
      g_autofree char *rest = g_strconcat (path, suffixes[i], NULL);
      struct stat info;

      if (stat (rest, &info) == 0 && info.st_size > 0)
        return suffixes[i];
    }

  return NULL;
}

gboolean
sy_recording_is_alone (const char *path)
{
  g_autofree char *real = sy_recording_copy_resolve (path);

  return find_rest (real) == NULL;
}

gboolean
sy_recording_copy_make (const char       *path,
                        SyRecordingCopy  *ret,
                        GError          **error)
{
  g_autofree char *real = sy_recording_copy_resolve (path);
  const char *suffix = find_rest (real);
  g_autofree char *rest = NULL;
  g_autofree char *rest_copy = NULL;

  *ret = (SyRecordingCopy) { NULL, NULL };
  if (!sy_recording_copy_check (path, error))
    return FALSE;

  if (suffix == NULL)
    {
      ret->path = g_steal_pointer (&real);
      return TRUE;
    }

  ret->folder = g_dir_make_tmp ("steelyard-XXXXXX", NULL);
  if (ret->folder == NULL)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_STORAGE, "%s: was interrupted, and there is no place for the copy that it is read from", path);
      return FALSE;
    }

  ret->path = g_build_filename (ret->folder, "recording", NULL);
  rest = g_strconcat (real, suffix, NULL);
  rest_copy = g_strconcat (ret->path, suffix, NULL);
  if (copy_file (path, ret->path, error) && copy_file (rest, rest_copy, error))
    return TRUE;

  sy_recording_copy_clear (ret);
  return FALSE;
}

gboolean
sy_recording_is_one (const char *path)
{
  guint8 head[HEAD];
  GStatBuf info;
  gssize n;
  int fd;

  if (g_str_has_suffix (path, ".steelyard") || sy_record_live_has (path))
    return TRUE;

  /* What is read from a pipe is gone, and whoever writes to it notices who leaves. */
  if (g_stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return FALSE;

  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (fd < 0)
    return FALSE;

  n = read (fd, head, sizeof head);
  g_close (fd, NULL);
  return n == HEAD && memcmp (head, magic, sizeof magic) == 0 && read_u32 (head + APPLICATION_AT) == SY_RECORD_APPLICATION_ID;
}
