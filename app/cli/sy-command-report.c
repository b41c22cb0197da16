/* sy-command-report.c: steelyard-cli report, a decision for people
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "sy-command.h"
#include "sy-compare-replay.h"
#include "sy-error.h"
#include "sy-json.h"
#include "sy-report-file.h"

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
      g_autofree char *limit = g_format_size (SY_JSON_LIMITS_DEFAULT.max_bytes);

      g_set_error (error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE, "more than %s", limit);
      return NULL;
    }

  text[*ret_length] = '\0';
  return g_steal_pointer (&text);
}

/* Of a decision, or of one or two recordings, which are weighed as `compare` does and
 * decided on with what was stated in the application.
 * NULL: what is wrong is said, and @ret_status is not SY_EXIT_OK. */
static char *
get_decision (const char *const *paths,
              gsize             *ret_length,
              int               *ret_status)
{
  const SyCompareReplay usual = { .command = WHAT, .warm_up = -1, .decides = TRUE };
  g_auto (SyCompareAnswer) answer = { NULL };
  g_autoptr (GError) error = NULL;
  char *text;

  if (sy_compare_replay_is (paths[0]) && (paths[1] == NULL || sy_compare_replay_is (paths[1])))
    {
      *ret_status = sy_compare_replay_run (paths, &usual, &answer);
      *ret_length = answer.json != NULL ? strlen (answer.json) : 0;
      return g_steal_pointer (&answer.json);
    }

  if (paths[1] != NULL)
    {
      *ret_status = sy_command_fail (SY_EXIT_USAGE, WHAT, paths[1], "a recording goes with a recording, and a decision alone");
      return NULL;
    }

  text = read_decision (paths[0], ret_length, &error);
  *ret_status = text != NULL ? SY_EXIT_OK : sy_command_fail (SY_EXIT_FAILED, WHAT, paths[0], error->message);
  return text;
}

int
sy_command_report (int    argc,
                   char **argv)
{
  g_auto (GStrv) paths = NULL;
  g_autofree char *out = NULL;
  g_autofree char *format = NULL;
  g_autofree char *paper = NULL;
  SyReportFile file = { .command = WHAT };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "Where to: a name that ends in .pdf, .html, .md or .json, or - for standard output", "OUT" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, "pdf, html, md or json, whatever the name ends in (default for -: md)", "F" },
    { "paper", 0, 0, G_OPTION_ARG_STRING, &paper, "Of a PDF: a4 or letter (default a4)", "P" },
    { "addresses", 0, 0, G_OPTION_ARG_NONE, &file.options.addresses, "Name the addresses of the two (without, no host is named)", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, "DECISION.json | FILE.steelyard [FILE.steelyard]" },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *decision = NULL;
  gsize length;
  int status;

  if (!sy_command_parse_options (NULL, "Writes a decision (of `compare --json`, or exported by the application), or what a recording "
                                 "says, as a record for people.", entries, &argc, &argv))
    return SY_EXIT_USAGE;
  if (paths == NULL || (paths[1] != NULL && paths[2] != NULL) || out == NULL)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, "give one DECISION.json or one or two recordings, and -o OUT");

  file.path = out;
  status = sy_report_file_init (&file, format, paper);
  if (status == SY_EXIT_OK && strcmp (out, "-") != 0)
    status = sy_report_file_check (WHAT, out, (const char *const *) paths);
  if (status != SY_EXIT_OK)
    return status;

  decision = get_decision ((const char *const *) paths, &length, &status);
  return decision != NULL ? sy_report_file_write (&file, decision, length, paths[0]) : status;
}
