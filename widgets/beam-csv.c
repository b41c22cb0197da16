/* beam-csv.c: cells of a file that programs read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>
#include <string.h>

#include "beam-csv.h"

void
beam_csv_append_text (GString    *csv,
                      const char *cell)
{
  if (*cell != '\0' && strchr ("=+-@\t\r", *cell) != NULL)
    {
      g_autofree char *safe = g_strconcat ("'", cell, NULL);

      beam_csv_append_text (csv, safe);
      return;
    }

  if (strpbrk (cell, ",\"\r\n") == NULL)
    {
      g_string_append (csv, cell);
      return;
    }

  g_string_append_c (csv, '"');
  for (const char *c = cell; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *c);
    }
  g_string_append_c (csv, '"');
}

void
beam_csv_append_number (GString *csv,
                        double   value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (isfinite (value))
    g_string_append (csv, g_ascii_dtostr (number, sizeof number, value));
}
