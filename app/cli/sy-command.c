/* sy-command.c: what the commands share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-command.h"

#include <stdio.h>
#include <string.h>

#include "sy-error.h"
#include "sy-otlp-address.h"
#include "sy-text.h"
#include "sy-url.h"

int
sy_command_fail (int         status,
                 const char *what,
                 const char *where,
                 const char *why)
{
  g_autofree char *safe_where = where != NULL ? sy_tty_escape (where, -1) : NULL;
  g_autofree char *safe_why = sy_tty_escape (why, -1);

  if (safe_where != NULL)
    fprintf (stderr, "steelyard-cli: %s: %s: %s\n", what, safe_where, safe_why);
  else
    fprintf (stderr, "steelyard-cli: %s: %s\n", what, safe_why);

  return status;
}

void
sy_command_warn (const char      *what,
                 const GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    sy_command_fail (SY_EXIT_OK, what, "left out", ((const GError *) g_ptr_array_index (problems, i))->message);
}

char *
sy_command_dup_place (const char *address)
{
  g_autoptr (SyOtlpAddress) pushed = sy_otlp_address_is (address) ? sy_otlp_address_parse (address, NULL) : NULL;
  g_autoptr (SyUrl) url = pushed != NULL ? sy_url_ref (pushed->url) : sy_url_parse (address, NULL);

  if (url != NULL)
    return g_strdup (sy_url_get_redacted (url));

  /* A password or a token may be in what cannot be read, too. */
  if (strpbrk (address, "@?") != NULL)
    return g_strdup ("the address");

  return g_strdup (address);
}

gboolean
sy_command_parse_duration (const char  *text,
                           gint64      *ret_us,
                           GError     **error)
{
  static const struct {
    const char *suffix;
    double      us;
  } units[] = { { "ms", 1e3 }, { "s", 1e6 }, { "m", 60e6 }, { "h", 3600e6 } };
  const gsize digits = strspn (text, "0123456789.");
  char *end = NULL;
  const double value = g_ascii_strtod (text, &end);

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (digits > 0 && end == text + digits && strcmp (end, units[i].suffix) == 0 && value > 0
        && value * units[i].us < (double) G_MAXINT32 * 1e6)
      {
        *ret_us = (gint64) (value * units[i].us);
        return TRUE;
      }

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID,
               "“%s” is not a duration: write a number and ms, s, m or h, such as 20s", text);
  return FALSE;
}

gboolean
sy_command_parse_options (const char         *parameters,
                          const char         *summary,
                          const GOptionEntry *entries,
                          int                *argc,
                          char             ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, NULL);

  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;

  sy_command_fail (SY_EXIT_USAGE, "usage", (*argv)[0], error->message);
  return FALSE;
}

gboolean
sy_command_print (const char *line)
{
  return fputs (line, stdout) >= 0 && fputc ('\n', stdout) != EOF && fflush (stdout) == 0;
}
