/* sy-recogniser-folder.c: the recogniser files of one or more folders
 *
 * The program's own files must all be right. A person's own file may have a
 * mistake: it is told, and everything else works as if it were not there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-recogniser-folder.h"

#include <gio/gio.h>
#include <string.h>

#include "sy-error.h"

static const char *
base_name (const char *path)
{
  const char *slash = strrchr (path, G_DIR_SEPARATOR);

  return slash != NULL ? slash + 1 : path;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static int
compare_files (gconstpointer a,
               gconstpointer b)
{
  const SyRecogniserFile *first = *(const SyRecogniserFile * const *) a;
  const SyRecogniserFile *second = *(const SyRecogniserFile * const *) b;

  if (first->is_fallback != second->is_fallback)
    return first->is_fallback ? 1 : -1;
  if (first->priority != second->priority)
    return first->priority > second->priority ? -1 : 1;

  return strcmp (base_name (first->path), base_name (second->path));
}

/* Returns: (transfer full) (nullable): the names, sorted; NULL when the folder
 * cannot be read. */
static GPtrArray *
list_names (const char  *directory,
            GError     **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (names, g_strdup (name));

  g_ptr_array_sort (names, compare_names);

  return g_steal_pointer (&names);
}

static void
add_file (GPtrArray        *files,
          SyRecogniserFile *file)
{
  for (guint i = 0; i < files->len; i++)
    {
      const SyRecogniserFile *other = g_ptr_array_index (files, i);

      if (!g_str_equal (base_name (other->path), base_name (file->path)))
        continue;
      g_ptr_array_remove_index (files, i);
      break;
    }

  g_ptr_array_add (files, file);
}

gboolean
sy_recogniser_folder_read (const char  *directory,
                           GPtrArray   *files,
                           GPtrArray   *problems,
                           GError     **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (GPtrArray) names = list_names (directory, &inner);

  if (names == NULL)
    {
      if (problems != NULL && g_error_matches (inner, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
      if (problems == NULL)
        g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, inner->message);
      else
        g_ptr_array_add (problems, g_error_new_literal (SY_ERROR, SY_ERROR_INVALID, inner->message));
      return problems != NULL;
    }

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (directory, g_ptr_array_index (names, i), NULL);
      GError *mistake = NULL;
      SyRecogniserFile *file = sy_recogniser_file_load (path, &mistake);

      if (file != NULL)
        {
          add_file (files, file);
        }
      else if (problems != NULL)
        {
          g_ptr_array_add (problems, mistake);
        }
      else
        {
          g_propagate_error (error, mistake);
          return FALSE;
        }
    }

  return TRUE;
}

void
sy_recogniser_folder_sort (GPtrArray *files)
{
  g_ptr_array_sort (files, compare_files);
}
