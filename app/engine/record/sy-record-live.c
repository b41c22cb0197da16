/* sy-record-live.c: which files this process is writing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-record-live.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

typedef struct
{
  char *path;   /* (owned) */
  dev_t device;
  ino_t inode;
} Live;

static GMutex lock;
static GArray *files; /* (element-type Live), under the lock */

static void
clear_live (gpointer data)
{
  g_free (((Live *) data)->path);
}

void
sy_record_live_add (const char *path)
{
  struct stat info;
  Live live;

  if (stat (path, &info) != 0)
    return;

  live = (Live) { g_strdup (path), info.st_dev, info.st_ino };
  g_mutex_lock (&lock);
  if (files == NULL)
    {
      files = g_array_new (FALSE, FALSE, sizeof (Live));
      g_array_set_clear_func (files, clear_live);
    }
  g_array_append_val (files, live);
  g_mutex_unlock (&lock);
}

/* With the lock held. */
static int
find_path (const char *path)
{
  for (guint i = 0; files != NULL && i < files->len; i++)
    if (g_str_equal (g_array_index (files, Live, i).path, path))
      return (int) i;

  return -1;
}

void
sy_record_live_remove (const char *path)
{
  int at;

  g_mutex_lock (&lock);
  at = find_path (path);
  if (at >= 0)
    g_array_remove_index_fast (files, (guint) at);
  if (files != NULL && files->len == 0)
    g_clear_pointer (&files, g_array_unref);
  g_mutex_unlock (&lock);
}

gboolean
sy_record_live_has (const char *path)
{
  struct stat info;
  gboolean found = FALSE;

  if (stat (path, &info) != 0)
    return FALSE;

  g_mutex_lock (&lock);
  for (guint i = 0; files != NULL && i < files->len && !found; i++)
    {
      const Live *live = &g_array_index (files, Live, i);

      found = live->device == info.st_dev && live->inode == info.st_ino;
    }
  g_mutex_unlock (&lock);
  return found;
}

gboolean
sy_record_live_is_there (const char *path)
{
  struct stat info;
  gboolean same = FALSE;
  int at;

  if (stat (path, &info) != 0)
    return FALSE;

  g_mutex_lock (&lock);
  at = find_path (path);
  if (at >= 0)
    {
      const Live *live = &g_array_index (files, Live, at);

      same = live->device == info.st_dev && live->inode == info.st_ino;
    }
  g_mutex_unlock (&lock);
  return same;
}
