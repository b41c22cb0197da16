/* fuzz-calc.c: whatever a function of the model is asked, it answers or says why not
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first line names the function, the rest is its inputs. What is answered
 * must be JSON, and the same a second time.
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "sy-calc.h"
#include "sy-error.h"
#include "sy-json-node.h"
#include "sy-json.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Inputs this size keep a function busy for less than a second. */
#define MAX_SIZE 4096

static char *
evaluate (const char *name,
          JsonObject *inputs)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) out = sy_calc_run (name, inputs, &error);
  g_autoptr (SyJsonWriter) writer = NULL;

  if (out == NULL)
    {
      g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
      return g_strdup (error->message);
    }

  g_assert_no_error (error);
  writer = sy_json_writer_new ();
  sy_json_write_object (writer, out);
  return sy_json_writer_finish (writer);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const uint8_t *end = size <= MAX_SIZE ? memchr (data, '\n', size) : NULL;
  g_autoptr (JsonParser) parser = NULL;
  g_autofree char *name = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  const char *text;
  gsize length;

  if (end == NULL)
    return 0;

  name = g_strndup ((const char *) data, (gsize) (end - data));
  text = (const char *) end + 1;
  length = size - (gsize) (end + 1 - data);
  if (sy_calc_find (name) == NULL || !sy_json_check (text, length, NULL, NULL))
    return 0;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize) length, NULL)
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return 0;

  first = evaluate (name, json_node_get_object (json_parser_get_root (parser)));
  second = evaluate (name, json_node_get_object (json_parser_get_root (parser)));
  g_assert_cmpstr (first, ==, second);
  if (*first == '{')
    g_assert_true (sy_json_check (first, strlen (first), NULL, NULL));

  return 0;
}
