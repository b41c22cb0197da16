/* sy-command.c: what the commands share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sy-error.h"
#include "sy-otlp-address.h"
#include "sy-text.h"
#include "sy-url.h"

/* What a source takes; see sy_source_set_interval(). */
#define MIN_INTERVAL_US (G_TIME_SPAN_SECOND / 10)
#define MAX_INTERVAL_US G_TIME_SPAN_HOUR

/* A timeout of the main loop counts milliseconds in 32 bits. */
#define MAX_DAYS 49

/* Why standard output could not be written to; 0: it could. */
static int output_errno;

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
    if (digits > 0 && end == text + digits && strcmp (end, units[i].suffix) == 0 && value > 0)
      {
        if (value * units[i].us > (double) (MAX_DAYS * G_TIME_SPAN_DAY))
          {
            g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "“%s” is too long: at most %dh, which is %d days", text,
                         MAX_DAYS * 24, MAX_DAYS);
            return FALSE;
          }

        /* Of no microsecond, which is for ever to some who get it. */
        if (value * units[i].us < 1)
          {
            g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "“%s” is too short: at least 0.001ms", text);
            return FALSE;
          }

        *ret_us = (gint64) (value * units[i].us);
        return TRUE;
      }

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID,
               "“%s” is not a duration: write a number and ms, s, m or h, such as 20s", text);
  return FALSE;
}

gboolean
sy_command_parse_interval (const char  *text,
                           gint64      *ret_us,
                           GError     **error)
{
  gint64 interval_us;

  if (text == NULL)
    return TRUE;
  if (!sy_command_parse_duration (text, &interval_us, error))
    return FALSE;

  if (interval_us < MIN_INTERVAL_US || interval_us > MAX_INTERVAL_US)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "--interval %s: between 100ms and 1h", text);
      return FALSE;
    }

  *ret_us = interval_us;
  return TRUE;
}

/* GLib stops at the first option that it does not know. Who asks for help as
 * well is helped. */
static gboolean
asks_for_help (char **argv)
{
  for (guint i = 1; argv[i] != NULL && strcmp (argv[i], "--") != 0; i++)
    if (strcmp (argv[i], "--help") == 0 || strcmp (argv[i], "-h") == 0)
      return TRUE;

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
  g_autofree char *help = NULL;

  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, NULL);

  if (asks_for_help (*argv))
    {
      /* A closed pipe ends quietly, so what stdio says is not looked at. */
      help = g_option_context_get_help (context, TRUE, NULL);
      fputs (help, stdout);
      exit (SY_EXIT_OK);
    }

  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;

  sy_command_fail (SY_EXIT_USAGE, (*argv)[0], NULL, error->message);
  return FALSE;
}

char *
sy_command_count (guint64     n,
                  const char *one,
                  const char *many)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT " %s", n, n == 1 ? one : many);
}

/* printf counts bytes. */
void
sy_command_append_cell (GString    *row,
                        const char *text,
                        int         width)
{
  const int blanks = MAX (ABS (width) - (int) g_utf8_strlen (text, -1), 0);

  if (width >= 0)
    g_string_append_printf (row, "%*s", blanks, "");
  g_string_append (row, text);
  if (width < 0)
    g_string_append_printf (row, "%*s", blanks, "");
}

gboolean
sy_command_print (const char *line)
{
  if (fputs (line, stdout) >= 0 && fputc ('\n', stdout) != EOF && fflush (stdout) == 0)
    return TRUE;

  if (output_errno == 0)
    output_errno = errno;
  return FALSE;
}

int
sy_command_end (int         status,
                const char *what)
{
  if (fflush (stdout) != 0 && output_errno == 0)
    output_errno = errno;
  if (output_errno == 0 || output_errno == EPIPE)
    return status;

  sy_command_fail (SY_EXIT_FAILED, what, "standard output", g_strerror (output_errno));
  return status == SY_EXIT_OK ? SY_EXIT_FAILED : status;
}
