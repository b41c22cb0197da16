/* sy-overrides-file.c: the file of what a person has decided
 *
 * Read strictly, like the recogniser files; the format is in
 * data/recognisers/README.md. Written whole and put in place at once, so that a
 * crash leaves the old file or the new one.
 *
 * Limits: those of sy_json_check(); 32 filters of 32 values a backend.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-overrides-file.h"

#include "sy-error.h"
#include "sy-json-document.h"
#include "sy-json-writer.h"
#include "sy-role.h"

#define SCHEMA "steelyard.mappings/1"
#define MAX_FILTERS 32
#define MAX_VALUES 32

/* { "requests": "NAME", "inflight": null } */
static gboolean
read_roles (SyJsonPlace   at,
            gpointer      user_data,
            GError      **error)
{
  SyOverrides *self = user_data;
  g_autoptr (GList) names = json_object_get_members (at.object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *metric = NULL;

      if (sy_role_find (l->data) == NULL)
        return sy_json_member_fail (at, l->data, "is not a role that readings are made of", error);
      if (!json_object_get_null_member (at.object, l->data) && !sy_json_member_string (at, l->data, &metric, error))
        return FALSE;
      sy_overrides_set_role (self, l->data, metric);
    }

  return TRUE;
}

static gboolean
read_filter (SyJsonPlace   at,
             gpointer      user_data,
             GError      **error)
{
  static const char * const names[] = { "label", "only", "without", NULL };
  SyOverrides *self = user_data;
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *label = NULL;
  gboolean except = json_object_has_member (at.object, "without");

  if (!sy_json_member_check_names (at, names, error)
      || !sy_json_member_require (at, "label", error)
      || !sy_json_member_string (at, "label", &label, error)
      || !sy_json_member_require (at, except ? "without" : "only", error)
      || !sy_json_member_strings (at, except ? "without" : "only", values, error))
    return FALSE;

  if (except && json_object_has_member (at.object, "only"))
    return sy_json_member_fail (at, "only", "cannot stand beside \"without\"", error);
  if (values->len == 0 || values->len > MAX_VALUES || sy_overrides_get_filters (self)->len == MAX_FILTERS)
    return sy_json_member_fail (at, except ? "without" : "only", "must hold 1 to 32 values, in at most 32 filters", error);

  g_ptr_array_add (values, NULL);
  sy_overrides_add_filter (self, label, (const char * const *) values->pdata, except);

  return TRUE;
}

static SyOverrides *
read_backend (SyJsonPlace   at,
              GError      **error)
{
  static const char * const names[] = { "roles", "filters", NULL };
  g_autoptr (SyOverrides) self = sy_overrides_new ();

  if (!sy_json_member_check_names (at, names, error)
      || !sy_json_member_each (at, "roles", read_roles, self, error)
      || !sy_json_member_each (at, "filters", read_filter, self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* { "ADDRESS": { … }, … } */
static gboolean
read_backends (SyJsonPlace   at,
               gpointer      user_data,
               GError      **error)
{
  GHashTable *table = user_data;
  g_autoptr (GList) addresses = json_object_get_members (at.object);

  for (GList *l = addresses; l != NULL; l = l->next)
    {
      g_autofree char *place = g_strdup_printf ("%s[\"%s\"]", at.place, (const char *) l->data);
      JsonNode *node = json_object_get_member (at.object, l->data);
      SyOverrides *overrides;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return sy_json_member_fail (at, l->data, "must be an object", error);

      overrides = read_backend ((SyJsonPlace) { json_node_get_object (node), place }, error);
      if (overrides == NULL)
        return FALSE;
      g_hash_table_replace (table, g_strdup (l->data), overrides);
    }

  return TRUE;
}

static gboolean
read_document (SyJsonPlace   at,
               gpointer      table,
               GError      **error)
{
  static const char * const names[] = { "schema", "backends", NULL };

  return sy_json_document_check (at, names, SCHEMA, error)
         && sy_json_member_each (at, "backends", read_backends, table, error);
}

static void
write_roles (SyJsonWriter      *writer,
             const SyOverrides *self)
{
  sy_json_writer_key (writer, "roles");
  sy_json_writer_begin_object (writer);
  for (guint i = 0; i < sy_overrides_get_n_roles (self); i++)
    {
      const char *metric;
      const char *role = sy_overrides_get_role (self, i, &metric);

      sy_json_writer_member_string (writer, role, metric);
    }
  sy_json_writer_end_object (writer);
}

static void
write_filters (SyJsonWriter    *writer,
               const GPtrArray *filters)
{
  sy_json_writer_key (writer, "filters");
  sy_json_writer_begin_array (writer);
  for (guint i = 0; i < filters->len; i++)
    {
      const SyOverrideFilter *filter = g_ptr_array_index (filters, i);

      sy_json_writer_begin_object (writer);
      sy_json_writer_member_string (writer, "label", filter->label);
      sy_json_writer_key (writer, filter->except ? "without" : "only");
      sy_json_writer_begin_array (writer);
      for (guint j = 0; j < filter->values->len; j++)
        sy_json_writer_string (writer, g_ptr_array_index (filter->values, j));
      sy_json_writer_end_array (writer);
      sy_json_writer_end_object (writer);
    }
  sy_json_writer_end_array (writer);
}

GHashTable *
sy_overrides_table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sy_overrides_unref);
}

GHashTable *
sy_overrides_file_parse (const char  *path,
                         const char  *text,
                         gsize        length,
                         GError     **error)
{
  g_autoptr (GHashTable) table = sy_overrides_table_new ();

  return sy_json_document_parse (path, text, length, read_document, table, error) ? g_steal_pointer (&table) : NULL;
}

GHashTable *
sy_overrides_file_load (const char  *path,
                        GError     **error)
{
  g_autoptr (GHashTable) table = sy_overrides_table_new ();

  return sy_json_document_load (path, read_document, table, error) ? g_steal_pointer (&table) : NULL;
}

char *
sy_overrides_file_format (GHashTable *table)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();
  g_autoptr (GList) addresses = g_list_sort (g_hash_table_get_keys (table), (GCompareFunc) g_strcmp0);

  sy_json_writer_begin_object (writer);
  sy_json_writer_member_string (writer, "schema", SCHEMA);
  sy_json_writer_key (writer, "backends");
  sy_json_writer_begin_object (writer);
  for (GList *l = addresses; l != NULL; l = l->next)
    {
      const SyOverrides *overrides = g_hash_table_lookup (table, l->data);

      sy_json_writer_key (writer, l->data);
      sy_json_writer_begin_object (writer);
      write_roles (writer, overrides);
      write_filters (writer, sy_overrides_get_filters (overrides));
      sy_json_writer_end_object (writer);
    }
  sy_json_writer_end_object (writer);
  sy_json_writer_end_object (writer);

  return sy_json_writer_finish (writer);
}

gboolean
sy_overrides_file_save (const char  *path,
                        GHashTable  *table,
                        GError     **error)
{
  g_autofree char *text = sy_overrides_file_format (table);

  return sy_json_document_save (path, text, error);
}
