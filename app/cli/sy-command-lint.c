/* sy-command-lint.c: steelyard-cli lint, is a data file right
 *
 * Reads the file as the program does. What is right is said in one line on
 * standard output; a mistake is the usual error, with its place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include <string.h>

#include "sy-clock.h"
#include "sy-command.h"
#include "sy-error.h"
#include "sy-price-lint.h"
#include "sy-recogniser-file.h"
#include "sy-text.h"

#define WHAT "lint"

/* What is in the file, for people; NULL with @error set: a mistake. */
typedef char *(*LintFunc) (const char *path, const char *text, gsize length, GError **error);

static char *
lint_recogniser (const char  *path,
                 const char  *text,
                 gsize        length,
                 GError     **error)
{
  g_autoptr (SyRecogniserFile) file = sy_recogniser_file_parse (path, text, length, error);
  g_autofree char *signals = NULL;
  g_autofree char *differences = NULL;
  g_autofree char *ignores = NULL;

  if (file == NULL)
    return NULL;

  signals = sy_command_count (file->rules->len, "signal", "signals");
  differences = sy_command_count (file->differences->len, "difference", "differences");
  ignores = sy_command_count (file->ignores->len, "metric", "metrics");
  return g_strdup_printf ("%s, %s, %s to ignore; priority %d%s%s", signals, differences, ignores, file->priority,
                          file->is_fallback ? ", a fallback" : "", file->is_unconfirmed ? ", unconfirmed" : "");
}

static void
print_finding (const char           *path,
               const SyPriceFinding *finding)
{
  g_autofree char *line = NULL;
  g_autofree char *safe = NULL;

  if (finding->index == G_MAXUINT)
    line = g_strdup_printf ("%s: %s: %s: %s", path, sy_price_severity_to_string (finding->severity), finding->code,
                            finding->message);
  else
    line = g_strdup_printf ("%s: item %u%s%s: %s: %s: %s", path, finding->index + 1, finding->id != NULL ? " " : "",
                            finding->id != NULL ? finding->id : "", sy_price_severity_to_string (finding->severity),
                            finding->code, finding->message);

  safe = sy_tty_escape (line, -1);
  sy_command_print (safe);
}

/* What is found is printed as it is found; a mistake makes the whole a failure,
 * a note does not. */
static char *
lint_prices (const char  *path,
             const char  *text,
             gsize        length,
             GError     **error)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autofree char *notes = NULL;
  g_autoptr (GPtrArray) findings = sy_price_lint (path, text, length, sy_clock_get_wall (clock), error);
  guint n[] = { 0, 0, 0 };

  if (findings == NULL)
    return NULL;

  for (guint i = 0; i < findings->len; i++)
    {
      const SyPriceFinding *finding = g_ptr_array_index (findings, i);

      print_finding (path, finding);
      n[finding->severity]++;
    }

  if (n[SY_PRICE_FINDING_ERROR] + n[SY_PRICE_FINDING_WARNING] > 0)
    {
      g_autofree char *errors = sy_command_count (n[SY_PRICE_FINDING_ERROR], "error", "errors");
      g_autofree char *warnings = sy_command_count (n[SY_PRICE_FINDING_WARNING], "warning", "warnings");

      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: %s, %s", path, errors, warnings);
      return NULL;
    }

  notes = sy_command_count (n[SY_PRICE_FINDING_NOTE], "note", "notes");
  return g_strdup_printf ("a price list without a mistake, %s", notes);
}

static const struct {
  const char *kind;
  LintFunc    lint;
} linters[] = {
  { "recogniser", lint_recogniser },
  { "prices", lint_prices },
};

static LintFunc
find_linter (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (linters); i++)
    if (strcmp (linters[i].kind, kind) == 0)
      return linters[i].lint;

  return NULL;
}

/* The error says the path already, or the reader of the file does. */
static int
lint_file (LintFunc    lint,
           const char *path)
{
  g_autofree char *text = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *safe_path = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (g_file_get_contents (path, &text, &length, &error))
    summary = lint (path, text, length, &error);
  if (summary == NULL)
    return sy_command_fail (SY_EXIT_FAILED, WHAT, NULL, error->message);

  safe_path = sy_tty_escape (path, -1);
  line = g_strdup_printf ("%s: %s", safe_path, summary);
  sy_command_print (line);

  return SY_EXIT_OK;
}

int
sy_command_lint (int    argc,
                 char **argv)
{
  g_auto (GStrv) arguments = NULL;
  const GOptionEntry entries[] = {
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments, NULL, "prices|recogniser FILE" },
    G_OPTION_ENTRY_NULL,
  };
  LintFunc lint;

  if (!sy_command_parse_options (NULL, "Checks a data file.", entries, &argc, &argv))
    return SY_EXIT_USAGE;
  if (arguments == NULL || g_strv_length (arguments) != 2)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, NULL, "say what it is, prices or recogniser, and give one FILE");

  lint = find_linter (arguments[0]);
  if (lint == NULL)
    return sy_command_fail (SY_EXIT_USAGE, WHAT, arguments[0], "it must be prices or recogniser");

  return lint_file (lint, arguments[1]);
}
