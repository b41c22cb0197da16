/* sy-datadir.c: where the data files are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-base"

#include "config.h"

#include "sy-datadir.h"

#include <stdarg.h>

char *
sy_datadir_build_path (const char *first,
                       ...)
{
  const char *datadir = g_getenv ("STEELYARD_DATADIR");
  g_autofree char *rest = NULL;
  va_list parts;

  if (datadir == NULL || *datadir == '\0')
    datadir = PKGDATADIR;

  if (first == NULL)
    return g_strdup (datadir);

  va_start (parts, first);
  rest = g_build_filename_valist (first, &parts);
  va_end (parts);

  return g_build_filename (datadir, rest, NULL);
}

char *
sy_datadir_build_own_path (const char *name)
{
  return g_build_filename (g_get_user_data_dir (), "steelyard", name, NULL);
}
