/* sy-json-document.c: a small JSON file of a person's choices, whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-json-document.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "sy-error.h"
#include "sy-json.h"

#define FILE_MODE 0600
#define FOLDER_MODE 0700

gboolean
sy_json_document_parse (const char          *path,
                        const char          *text,
                        gsize                length,
                        SyJsonDocumentFunc   func,
                        gpointer             user_data,
                        GError             **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root = NULL;

  if (sy_json_check (text, length, NULL, error) && json_parser_load_from_data (parser, text, (gssize) length, error))
    {
      root = json_parser_get_root (parser);
      if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
        {
          g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "must be an object");
          root = NULL;
        }
    }

  if (root != NULL && func ((SyJsonPlace) { json_node_get_object (root), "" }, user_data, error))
    return TRUE;

  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

gboolean
sy_json_document_check (SyJsonPlace         at,
                        const char *const  *names,
                        const char         *schema,
                        GError            **error)
{
  g_autofree char *said = NULL;
  g_autofree char *complaint = NULL;

  if (!sy_json_member_check_names (at, names, error)
      || !sy_json_member_require (at, "schema", error)
      || !sy_json_member_string (at, "schema", &said, error))
    return FALSE;
  if (g_str_equal (said, schema))
    return TRUE;

  complaint = g_strdup_printf ("must be \"%s\"", schema);
  return sy_json_member_fail (at, "schema", complaint, error);
}

gboolean
sy_json_document_load (const char          *path,
                       SyJsonDocumentFunc   func,
                       gpointer             user_data,
                       GError             **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) inner = NULL;
  gsize length;

  if (g_file_get_contents (path, &text, &length, &inner))
    return sy_json_document_parse (path, text, length, func, user_data, error);
  if (g_error_matches (inner, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;

  g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, inner->message);
  return FALSE;
}

gboolean
sy_json_document_save (const char  *path,
                       const char  *text,
                       GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) inner = NULL;

  if (g_mkdir_with_parents (folder, FOLDER_MODE) != 0)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_FAILED, "%s: %s", folder, g_strerror (errno));
      return FALSE;
    }

  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, FILE_MODE, &inner))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_FAILED, inner->message);
      return FALSE;
    }

  return TRUE;
}
