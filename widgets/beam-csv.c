/* beam-csv.c: cells of a file that programs read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>
#include <string.h>

#include "beam-csv.h"

/* Those that begin a formula, also in full width. */
static gboolean
begins_formula (gunichar character)
{
  static const gunichar starts[] = { '=', '+', '-', '@', 0xff1d, 0xff0b, 0xff0d, 0xff20 };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (character == starts[i])
      return TRUE;

  return FALSE;
}

/* Whether a spreadsheet would compute @cell instead of showing it: also behind blanks
 * of any kind, or on a later line. What is no UTF-8 is stepped over a byte at a time. */
static gboolean
may_be_formula (const char *cell)
{
  gboolean at_start = TRUE;

  for (const char *c = cell; *c != '\0';)
    {
      const gunichar character = g_utf8_get_char_validated (c, -1);

      if (*c == '\t' || (*c == '\r' && c == cell) || (at_start && begins_formula (character)))
        return TRUE;
      at_start = *c == '\n' || *c == '\r' || (at_start && g_unichar_isspace (character));
      c += character > 0x10ffff ? 1 : g_utf8_skip[(guchar) *c];
    }

  return FALSE;
}

void
beam_csv_append_text (GString    *csv,
                      const char *cell)
{
  if (*cell != '\'' && may_be_formula (cell))
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
