/* sy-json-node.c: a tree of json-glib through our writer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-json-node.h"

static void
write_value (SyJsonWriter *writer,
             JsonNode     *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_INT64:
      sy_json_writer_int (writer, json_node_get_int (node));
      break;
    case G_TYPE_BOOLEAN:
      sy_json_writer_bool (writer, json_node_get_boolean (node));
      break;
    case G_TYPE_STRING:
      sy_json_writer_string (writer, json_node_get_string (node));
      break;
    default:
      sy_json_writer_double (writer, json_node_get_double (node));
    }
}

void
sy_json_write_node (SyJsonWriter *writer,
                    JsonNode     *node)
{
  JsonArray *array;

  switch (JSON_NODE_TYPE (node))
    {
    case JSON_NODE_OBJECT:
      sy_json_write_object (writer, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      array = json_node_get_array (node);
      sy_json_writer_begin_array (writer);
      for (guint i = 0; i < json_array_get_length (array); i++)
        sy_json_write_node (writer, json_array_get_element (array, i));
      sy_json_writer_end_array (writer);
      break;
    case JSON_NODE_VALUE:
      write_value (writer, node);
      break;
    case JSON_NODE_NULL:
    default:
      sy_json_writer_null (writer);
    }
}

void
sy_json_write_object (SyJsonWriter *writer,
                      JsonObject   *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  sy_json_writer_begin_object (writer);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      sy_json_writer_key (writer, name);
      sy_json_write_node (writer, node);
    }
  sy_json_writer_end_object (writer);
}
