/* sy-command-calc.c: steelyard-cli calc, one function of the model
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A JSON object on standard input, a JSON object on standard output. Inputs of
 * more than 8.4 MB or of a depth that nobody writes are refused.
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <unistd.h>

#include "sy-calc.h"
#include "sy-command.h"
#include "sy-error.h"
#include "sy-json-node.h"
#include "sy-json.h"

#define WHAT "calc"

/* Returns: (transfer full) */
static char *
read_input (gsize   *ret_length,
            GError **error)
{
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[65536];
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, error)) > 0)
    {
      g_string_append_len (text, buffer, n);
      if (text->len > SY_JSON_LIMITS_DEFAULT.max_bytes)
        {
          g_autofree char *limit = g_format_size (SY_JSON_LIMITS_DEFAULT.max_bytes);

          g_set_error (error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE, "more than %s", limit);
          return NULL;
        }
    }

  *ret_length = text->len;
  return n < 0 ? NULL : g_string_free (g_steal_pointer (&text), FALSE);
}

/* Returns: (transfer full) */
static JsonNode *
parse_input (GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *text = NULL;
  gsize length;

  text = read_input (&length, error);
  if (text == NULL || !sy_json_check (text, length, NULL, error)
      || !json_parser_load_from_data (parser, text, (gssize) length, error))
    return NULL;

  if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_PARSE, "1:1: the inputs must be one JSON object");
      return NULL;
    }

  return json_parser_steal_root (parser);
}

static void
print_list (void)
{
  g_autofree const SyCalcFunction **functions = sy_calc_list ();

  for (const SyCalcFunction **function = functions; *function != NULL; function++)
    {
      g_autofree char *line = g_strdup_printf ("%-34s %s\n    %s", (*function)->name, (*function)->summary,
                                               sy_calc_get_example ((*function)->name));

      if (!sy_command_print (line))
        return;
    }
}

int
sy_command_calc (int    argc,
                 char **argv)
{
  gboolean list = FALSE;
  const GOptionEntry entries[] = {
    { "list", 0, 0, G_OPTION_ARG_NONE, &list, "The names there are, with what each computes and inputs to try", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();
  g_autoptr (JsonObject) out = NULL;
  g_autoptr (JsonNode) in = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  if (!sy_command_parse_options ("NAME", "Evaluates one function of the model on the JSON object on standard input.",
                                 entries, &argc, &argv))
    return SY_EXIT_USAGE;

  if (list)
    {
      print_list ();
      return SY_EXIT_OK;
    }

  if (argc != 2)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, "give one name; --list says which there are");

  if (sy_calc_find (argv[1]) == NULL)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, argv[1], "there is no function of this name; see --list");

  in = parse_input (&error);
  if (in == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, argv[1], error->message);

  out = sy_calc_run (argv[1], json_node_get_object (in), &error);
  if (out == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, argv[1], error->message);

  sy_json_write_object (writer, out);
  line = sy_json_writer_finish (writer);
  sy_command_print (line);
  return SY_EXIT_OK;
}
