/* sy-mapping-book.c: what a person has decided about each address
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-mapping-book.h"

#include "sy-overrides-file.h"

struct _SyMappingBook
{
  char       *path;  /* (owned) (nullable) */
  GHashTable *table; /* (owned): address to SyOverrides */
  GError     *error; /* (owned) (nullable) */
};

SyMappingBook *
sy_mapping_book_new (const char *path)
{
  SyMappingBook *self = g_new0 (SyMappingBook, 1);

  self->path = g_strdup (path);
  if (path != NULL)
    self->table = sy_overrides_file_load (path, &self->error);
  if (self->table == NULL)
    self->table = sy_overrides_table_new ();

  return self;
}

void
sy_mapping_book_free (SyMappingBook *self)
{
  g_free (self->path);
  g_hash_table_unref (self->table);
  g_clear_error (&self->error);
  g_free (self);
}

gboolean
sy_mapping_book_is_kept (SyMappingBook *self)
{
  return self->path != NULL;
}

const GError *
sy_mapping_book_get_error (SyMappingBook *self)
{
  return self->error;
}

SyOverrides *
sy_mapping_book_find (SyMappingBook *self,
                      const char    *address)
{
  return g_hash_table_lookup (self->table, address);
}

gboolean
sy_mapping_book_set (SyMappingBook      *self,
                     const char         *address,
                     const SyOverrides  *overrides,
                     GError            **error)
{
  if (overrides != NULL && !sy_overrides_is_empty (overrides))
    g_hash_table_replace (self->table, g_strdup (address), sy_overrides_copy (overrides));
  else
    g_hash_table_remove (self->table, address);

  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return FALSE;
    }

  return self->path == NULL || sy_overrides_file_save (self->path, self->table, error);
}
