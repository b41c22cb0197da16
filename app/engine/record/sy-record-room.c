/* sy-record-room.c: whether a disk has room for a recording
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-record-room.h"

#include <sys/statvfs.h>

#include "sy-error.h"

gboolean
sy_record_room_check (const char  *path,
                      gint64       least,
                      GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *there = NULL;
  g_autofree char *needed = NULL;
  struct statvfs info;
  gint64 available;

  /* A folder that is not there is the file's error to say. */
  if (statvfs (folder, &info) != 0)
    return TRUE;

  available = (gint64) info.f_bavail * (gint64) info.f_frsize;
  if (available >= least)
    return TRUE;

  there = g_format_size ((guint64) available);
  needed = g_format_size ((guint64) least);
  g_set_error (error, SY_ERROR, SY_ERROR_STORAGE_FULL, "%s: %s free; a recording needs %s to begin", folder, there, needed);
  return FALSE;
}
