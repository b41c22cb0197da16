/* sy-json-member.c: members of data files, with errors that say where
 *
 * The document has passed sy_json_check(), so depth and sizes are bounded.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-json-member.h"

#include "sy-error.h"

gboolean
sy_json_member_fail (SyJsonPlace   at,
                     const char   *name,
                     const char   *message,
                     GError      **error)
{
  const char *dot = *at.place != '\0' && *name != '\0' ? "." : "";

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s%s%s: %s", at.place, dot, name, message);

  return FALSE;
}

static gboolean
node_is (JsonNode *node,
         GType     type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

gboolean
sy_json_member_check_names (SyJsonPlace          at,
                            const char * const  *names,
                            GError             **error)
{
  g_autoptr (GList) members = json_object_get_members (at.object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (names, l->data))
      return sy_json_member_fail (at, l->data, "no such member", error);

  return TRUE;
}

gboolean
sy_json_member_require (SyJsonPlace   at,
                        const char   *name,
                        GError      **error)
{
  return json_object_has_member (at.object, name) || sy_json_member_fail (at, name, "is missing", error);
}

gboolean
sy_json_member_string (SyJsonPlace   at,
                       const char   *name,
                       char        **ret,
                       GError      **error)
{
  JsonNode *node = json_object_get_member (at.object, name);

  if (node == NULL)
    return TRUE;
  if (!node_is (node, G_TYPE_STRING))
    return sy_json_member_fail (at, name, "must be a string", error);

  g_free (*ret);
  *ret = json_node_dup_string (node);

  return TRUE;
}

gboolean
sy_json_member_bool (SyJsonPlace   at,
                     const char   *name,
                     gboolean     *ret,
                     GError      **error)
{
  JsonNode *node = json_object_get_member (at.object, name);

  if (node == NULL)
    return TRUE;
  if (!node_is (node, G_TYPE_BOOLEAN))
    return sy_json_member_fail (at, name, "must be true or false", error);

  *ret = json_node_get_boolean (node);

  return TRUE;
}

gboolean
sy_json_member_double (SyJsonPlace   at,
                       const char   *name,
                       double       *ret,
                       GError      **error)
{
  JsonNode *node = json_object_get_member (at.object, name);

  if (node == NULL)
    return TRUE;
  if (!node_is (node, G_TYPE_DOUBLE) && !node_is (node, G_TYPE_INT64))
    return sy_json_member_fail (at, name, "must be a number", error);

  *ret = json_node_get_double (node);

  return TRUE;
}

gboolean
sy_json_member_strings (SyJsonPlace   at,
                        const char   *name,
                        GPtrArray    *ret,
                        GError      **error)
{
  JsonNode *node = json_object_get_member (at.object, name);
  JsonArray *array;

  if (node == NULL)
    return TRUE;

  if (node_is (node, G_TYPE_STRING))
    {
      g_ptr_array_add (ret, json_node_dup_string (node));
      return TRUE;
    }

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return sy_json_member_fail (at, name, "must be a string or an array of strings", error);

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!node_is (element, G_TYPE_STRING))
        return sy_json_member_fail (at, name, "must hold only strings", error);
      g_ptr_array_add (ret, json_node_dup_string (element));
    }

  return TRUE;
}

static gboolean
call_for_element (JsonNode        *node,
                  const char      *place,
                  SyJsonPlaceFunc  func,
                  gpointer         user_data,
                  GError         **error)
{
  g_autoptr (JsonObject) named = NULL;
  SyJsonPlace element = { NULL, place };

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      element.object = json_node_get_object (node);
    }
  else if (node_is (node, G_TYPE_STRING))
    {
      named = json_object_new ();
      json_object_set_string_member (named, "metric", json_node_get_string (node));
      element.object = named;
    }
  else
    {
      return sy_json_member_fail (element, "", "must be an object or the name of a metric", error);
    }

  return func (element, user_data, error);
}

gboolean
sy_json_member_each (SyJsonPlace       at,
                     const char       *name,
                     SyJsonPlaceFunc   func,
                     gpointer          user_data,
                     GError          **error)
{
  JsonNode *node = json_object_get_member (at.object, name);
  const char *dot = *at.place != '\0' ? "." : "";
  JsonArray *array;

  if (node == NULL)
    return TRUE;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autofree char *place = g_strconcat (at.place, dot, name, NULL);

      return call_for_element (node, place, func, user_data, error);
    }

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s%s%s[%u]", at.place, dot, name, i);

      if (!call_for_element (json_array_get_element (array, i), place, func, user_data, error))
        return FALSE;
    }

  return TRUE;
}
