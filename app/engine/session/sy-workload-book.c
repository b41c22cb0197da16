/* sy-workload-book.c: the workload profiles there are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-workload-book.h"

#include "sy-datadir.h"

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const SyWorkload *x = *(SyWorkload *const *) a;
  const SyWorkload *y = *(SyWorkload *const *) b;

  return g_utf8_collate (x->name, y->name);
}

GPtrArray *
sy_workload_book_read (GError **error)
{
  g_autoptr (GPtrArray) book = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_workload_unref);
  g_autofree char *folder = sy_datadir_build_path ("workloads", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      SyWorkload *workload;

      if (!g_str_has_suffix (name, ".json"))
        continue;

      workload = sy_workload_load (path, error);
      if (workload == NULL)
        return NULL;
      g_ptr_array_add (book, workload);
    }

  g_ptr_array_sort (book, compare_names);
  return g_steal_pointer (&book);
}
