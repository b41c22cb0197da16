/* sy-command.c: what the commands share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-command.h"

#include <stdio.h>

#include "sy-text.h"

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

gboolean
sy_command_print (const char *line)
{
  return fputs (line, stdout) >= 0 && fputc ('\n', stdout) != EOF && fflush (stdout) == 0;
}
