/* sy-shelf-files.c: the files of one recording, moved and deleted together
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-shelf-files.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "sy-error.h"
#include "sy-recording.h"

/* What lies beside the recording at @path first, it last. (transfer full) */
static char **
dup_files (const char *path)
{
  const char *const *suffixes = sy_recording_get_suffixes ();
  g_autoptr (GStrvBuilder) files = g_strv_builder_new ();

  for (guint i = 0; suffixes[i] != NULL; i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_strv_builder_add (files, file);
    }
  g_strv_builder_add (files, path);
  return g_strv_builder_end (files);
}

/* A link that leads nowhere is there, too. */
static gboolean
is_there (const char *file)
{
  GStatBuf info;

  return g_lstat (file, &info) == 0;
}

/* Never over a file that is there: a link fails where a rename would not. Without
 * links (FAT) nobody else is expected to make one of that name just now. */
static gboolean
move_file (const char *from,
           const char *to)
{
  if (link (from, to) == 0)
    {
      int why;

      if (g_unlink (from) == 0)
        return TRUE;

      why = errno;
      g_unlink (to);
      errno = why;
      return FALSE;
    }
  if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS && errno != EMLINK)
    return FALSE;

  if (is_there (to))
    {
      errno = EEXIST;
      return FALSE;
    }
  return g_rename (from, to) == 0;
}

static void
set_error (GError     **error,
           const char  *from,
           const char  *to,
           int          why)
{
  if (why == EEXIST)
    g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: there is one of that name already", to);
  else
    g_set_error (error, SY_ERROR, SY_ERROR_STORAGE, "%s: %s", from, g_strerror (why));
}

gboolean
sy_shelf_files_has (const char *path)
{
  g_auto (GStrv) files = dup_files (path);

  for (guint i = 0; files[i] != NULL; i++)
    if (is_there (files[i]))
      return TRUE;

  return FALSE;
}

gboolean
sy_shelf_files_move (const char  *from,
                     const char  *to,
                     GError     **error)
{
  g_auto (GStrv) sources = dup_files (from);
  g_auto (GStrv) targets = dup_files (to);
  guint moved = 0; /* a bit for each */

  if (sy_shelf_files_has (to))
    {
      set_error (error, from, to, EEXIST);
      return FALSE;
    }

  for (guint i = 0; sources[i] != NULL; i++)
    {
      if (move_file (sources[i], targets[i]))
        {
          moved |= 1u << i;
          continue;
        }
      /* Only the last one has to be there. */
      if (errno == ENOENT && sources[i + 1] != NULL)
        continue;

      set_error (error, from, to, errno);
      for (guint j = 0; j < i; j++)
        if ((moved & (1u << j)) != 0 && !move_file (targets[j], sources[j]))
          g_prefix_error (error, "%s could not be moved back (%s): ", targets[j], g_strerror (errno));
      return FALSE;
    }

  return TRUE;
}

void
sy_shelf_files_delete (const char *path)
{
  g_auto (GStrv) files = dup_files (path);

  for (guint i = 0; files[i] != NULL; i++)
    g_unlink (files[i]);
}
