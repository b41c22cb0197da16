/* sy-command-report.c: steelyard-cli report, a decision for people
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#include "sy-command.h"
#include "sy-error.h"
#include "sy-json.h"
#include "sy-report-build.h"
#include "sy-report-markdown.h"

#define WHAT "report"

/* The whole of a file that a person named, within what a decision may measure. */
static char *
read_decision (const char  *path,
               gsize       *ret_length,
               GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  const gsize size = SY_JSON_LIMITS_DEFAULT.max_bytes + 1;
  g_autofree char *text = NULL;

  if (stream == NULL)
    return NULL;

  text = g_malloc (size + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, size, ret_length, NULL, error))
    return NULL;
  if (*ret_length == size)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE, "more than %" G_GSIZE_FORMAT " MiB", SY_JSON_LIMITS_DEFAULT.max_bytes >> 20);
      return NULL;
    }

  text[*ret_length] = '\0';
  return g_steal_pointer (&text);
}

static int
write_report (const char *path,
              const char *text)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  /* A closed pipe ends quietly, so what stdio says is not looked at. */
  if (strcmp (path, "-") == 0)
    {
      fputs (text, stdout);
      fflush (stdout);
      return SY_EXIT_OK;
    }

  file = g_file_new_for_commandline_arg (path);
  if (!g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error))
    return sy_command_fail (SY_EXIT_FAILED, WHAT, path, error->message);

  return SY_EXIT_OK;
}

int
sy_command_report (int    argc,
                   char **argv)
{
  g_auto (GStrv) paths = NULL;
  g_autofree char *out = NULL;
  gboolean addresses = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "Where to: a name that ends in .md, or - for standard output", "OUT" },
    { "addresses", 0, 0, G_OPTION_ARG_NONE, &addresses, "Name the addresses of the two (without, no host is named)", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, "DECISION.json" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (SyReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *markdown = NULL;
  gsize length;

  if (!sy_command_parse_options (NULL, "Writes a decision (of `compare --json`, or exported by the application) as a record for people.",
                                 entries, &argc, &argv))
    return SY_EXIT_USAGE;
  if (paths == NULL || paths[1] != NULL || out == NULL)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, "give one DECISION.json and -o OUT");
  if (strcmp (out, "-") != 0 && !g_str_has_suffix (out, ".md"))
    return sy_command_fail (SY_EXIT_USAGE, WHAT, out, "the name should end in .md");

  text = read_decision (paths[0], &length, &error);
  if (text != NULL)
    report = sy_report_build (text, length, addresses, &error);
  if (report == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, paths[0], error->message);

  markdown = sy_report_to_markdown (report);
  return write_report (out, markdown);
}
