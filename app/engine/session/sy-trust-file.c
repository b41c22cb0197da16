/* sy-trust-file.c: the file of whom a person trusts
 *
 * Limits: those of sy_json_check(); 1000 origins, paths of 4096 bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-trust-file.h"

#include <string.h>

#include "sy-error.h"
#include "sy-json-document.h"
#include "sy-json-writer.h"
#include "sy-url.h"

#define SCHEMA "steelyard.trust/1"
#define MAX_ORIGINS 1000
#define MAX_PATH_BYTES 4096

SyTrust *
sy_trust_new (const char *ca_file,
              const char *fingerprint)
{
  SyTrust *self = g_new0 (SyTrust, 1);

  self->ca_file = g_strdup (ca_file);
  self->fingerprint = g_strdup (fingerprint);
  return self;
}

void
sy_trust_free (SyTrust *self)
{
  g_free (self->ca_file);
  g_free (self->fingerprint);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyTrust, sy_trust_free)

GHashTable *
sy_trust_table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sy_trust_free);
}

static gboolean
is_origin (const char *text)
{
  g_autoptr (SyUrl) url = sy_url_parse (text, NULL);

  return url != NULL && strcmp (sy_url_get_origin (url), text) == 0;
}

static SyTrust *
read_trust (SyJsonPlace   at,
            GError      **error)
{
  static const char *const names[] = { "ca_file", "fingerprint", NULL };
  g_autoptr (SyTrust) self = sy_trust_new (NULL, NULL);

  if (!sy_json_member_check_names (at, names, error)
      || !sy_json_member_string (at, "ca_file", &self->ca_file, error)
      || !sy_json_member_string (at, "fingerprint", &self->fingerprint, error))
    return NULL;

  if (self->ca_file != NULL && (!g_path_is_absolute (self->ca_file) || strlen (self->ca_file) > MAX_PATH_BYTES))
    {
      sy_json_member_fail (at, "ca_file", "must be an absolute path of at most 4096 bytes", error);
      return NULL;
    }
  if (self->ca_file == NULL && self->fingerprint == NULL)
    {
      sy_json_member_fail (at, "fingerprint", "is missing, and so is ca_file", error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

static gboolean
read_origins (SyJsonPlace   at,
              gpointer      user_data,
              GError      **error)
{
  GHashTable *table = user_data;
  g_autoptr (GList) origins = json_object_get_members (at.object);

  for (GList *l = origins; l != NULL; l = l->next)
    {
      g_autofree char *place = g_strdup_printf ("%s[\"%s\"]", at.place, (const char *) l->data);
      JsonNode *node = json_object_get_member (at.object, l->data);
      SyTrust *trust;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return sy_json_member_fail (at, l->data, "must be an object", error);
      if (!is_origin (l->data) || g_hash_table_size (table) == MAX_ORIGINS)
        return sy_json_member_fail (at, l->data, "must be an origin such as \"https://host:9090\", one of at most 1000", error);

      trust = read_trust ((SyJsonPlace) { json_node_get_object (node), place }, error);
      if (trust == NULL)
        return FALSE;
      g_hash_table_replace (table, g_strdup (l->data), trust);
    }

  return TRUE;
}

static gboolean
read_document (SyJsonPlace   at,
               gpointer      table,
               GError      **error)
{
  static const char *const names[] = { "schema", "origins", NULL };

  return sy_json_document_check (at, names, SCHEMA, error)
         && sy_json_member_each (at, "origins", read_origins, table, error);
}

GHashTable *
sy_trust_file_parse (const char  *path,
                     const char  *text,
                     gsize        length,
                     GError     **error)
{
  g_autoptr (GHashTable) table = sy_trust_table_new ();

  return sy_json_document_parse (path, text, length, read_document, table, error) ? g_steal_pointer (&table) : NULL;
}

GHashTable *
sy_trust_file_load (const char  *path,
                    GError     **error)
{
  g_autoptr (GHashTable) table = sy_trust_table_new ();

  return sy_json_document_load (path, read_document, table, error) ? g_steal_pointer (&table) : NULL;
}

char *
sy_trust_file_format (GHashTable *table)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();
  g_autoptr (GList) origins = g_list_sort (g_hash_table_get_keys (table), (GCompareFunc) strcmp);

  sy_json_writer_begin_object (writer);
  sy_json_writer_member_string (writer, "schema", SCHEMA);
  sy_json_writer_key (writer, "origins");
  sy_json_writer_begin_object (writer);
  for (GList *l = origins; l != NULL; l = l->next)
    {
      const SyTrust *trust = g_hash_table_lookup (table, l->data);

      sy_json_writer_key (writer, l->data);
      sy_json_writer_begin_object (writer);
      if (trust->ca_file != NULL)
        sy_json_writer_member_string (writer, "ca_file", trust->ca_file);
      if (trust->fingerprint != NULL)
        sy_json_writer_member_string (writer, "fingerprint", trust->fingerprint);
      sy_json_writer_end_object (writer);
    }
  sy_json_writer_end_object (writer);
  sy_json_writer_end_object (writer);

  return sy_json_writer_finish (writer);
}

gboolean
sy_trust_file_save (const char  *path,
                    GHashTable  *table,
                    GError     **error)
{
  g_autofree char *text = sy_trust_file_format (table);

  return sy_json_document_save (path, text, error);
}
