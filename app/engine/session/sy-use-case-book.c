/* sy-use-case-book.c: the use cases and criteria there are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-use-case-book.h"

#include <string.h>

#include "sy-error.h"

#define CRITERIA "criteria.json"

struct _SyUseCaseBook
{
  GPtrArray *use_cases; /* (owned) (element-type SyUseCase) */
  GPtrArray *kinds;     /* (owned) (nullable) (element-type SyCriterionKind) */
};

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_use_case (SyUseCaseBook *self,
              SyUseCase     *use_case)
{
  for (guint i = 0; i < self->use_cases->len; i++)
    {
      SyUseCase *old = g_ptr_array_index (self->use_cases, i);

      if (strcmp (old->id, use_case->id) == 0)
        {
          sy_use_case_free (old);
          self->use_cases->pdata[i] = use_case;
          return;
        }
    }

  g_ptr_array_add (self->use_cases, use_case);
}

static gboolean
read_file (SyUseCaseBook *self,
           const char    *directory,
           const char    *name,
           GError       **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *text = NULL;
  SyUseCase *use_case;
  GPtrArray *kinds;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;

  if (strcmp (name, CRITERIA) == 0)
    {
      kinds = sy_criterion_kinds_new_from_data (name, text, length, error);
      if (kinds == NULL)
        return FALSE;

      g_clear_pointer (&self->kinds, g_ptr_array_unref);
      self->kinds = kinds;
      return TRUE;
    }

  use_case = sy_use_case_new_from_data (name, text, length, error);
  if (use_case == NULL)
    return FALSE;

  add_use_case (self, use_case);
  return TRUE;
}

/* In the order of names, so that the result does not depend on the disk. */
static gboolean
read_directory (SyUseCaseBook *self,
                const char    *directory,
                GError       **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (directory, G_FILE_TEST_IS_DIR))
    return TRUE;

  dir = g_dir_open (directory, 0, error);
  if (dir == NULL)
    return FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (names, g_strdup (name));

  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    if (!read_file (self, directory, g_ptr_array_index (names, i), error))
      return FALSE;

  return TRUE;
}

/* Once all is read. */
static gboolean
check (SyUseCaseBook *self,
       GError       **error)
{
  if (self->use_cases->len == 0 || self->kinds == NULL)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "there are no use cases, or no " CRITERIA);
      return FALSE;
    }

  for (guint i = 0; i < self->use_cases->len; i++)
    {
      const SyUseCase *use_case = g_ptr_array_index (self->use_cases, i);

      for (guint k = 0; k < use_case->priorities->len; k++)
        {
          const SyPriority *priority = g_ptr_array_index (use_case->priorities, k);

          if (sy_use_case_book_find_kind (self, priority->criterion) == NULL)
            {
              g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: priorities: item %u: “%s” is no criterion of " CRITERIA,
                           use_case->id, k + 1, priority->criterion);
              return FALSE;
            }
        }
    }

  return TRUE;
}

SyUseCaseBook *
sy_use_case_book_new (const char *const *directories,
                      GError           **error)
{
  g_autoptr (SyUseCaseBook) self = g_new0 (SyUseCaseBook, 1);

  self->use_cases = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_use_case_free);

  for (gsize i = 0; directories[i] != NULL; i++)
    if (!read_directory (self, directories[i], error))
      return NULL;

  if (!check (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
sy_use_case_book_free (SyUseCaseBook *self)
{
  g_ptr_array_unref (self->use_cases);
  g_clear_pointer (&self->kinds, g_ptr_array_unref);
  g_free (self);
}

guint
sy_use_case_book_get_n (SyUseCaseBook *self)
{
  return self->use_cases->len;
}

const SyUseCase *
sy_use_case_book_get (SyUseCaseBook *self,
                      guint          index)
{
  g_return_val_if_fail (index < self->use_cases->len, NULL);

  return g_ptr_array_index (self->use_cases, index);
}

const SyUseCase *
sy_use_case_book_find (SyUseCaseBook *self,
                       const char    *id)
{
  for (guint i = 0; i < self->use_cases->len; i++)
    if (g_strcmp0 (((SyUseCase *) g_ptr_array_index (self->use_cases, i))->id, id) == 0)
      return g_ptr_array_index (self->use_cases, i);

  return NULL;
}

const SyCriterionKind *
sy_use_case_book_find_kind (SyUseCaseBook *self,
                            const char    *id)
{
  for (guint i = 0; i < self->kinds->len; i++)
    if (g_strcmp0 (((SyCriterionKind *) g_ptr_array_index (self->kinds, i))->id, id) == 0)
      return g_ptr_array_index (self->kinds, i);

  return NULL;
}

GPtrArray *
sy_use_case_book_get_kinds (SyUseCaseBook *self)
{
  return self->kinds;
}
