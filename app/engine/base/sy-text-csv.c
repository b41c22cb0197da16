/* sy-text-csv.c: cells of a table that a spreadsheet will open
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Quoting is RFC 4180. A spreadsheet evaluates an unquoted and a quoted cell
 * alike, so quoting is no defence against formulas: a leading apostrophe is.
 * It is set wherever a program may see a cell begin: at the start, on each line
 * (some split lines before they look at quotes), and behind a tab or a
 * semicolon (which some locales take for the separator).
 */
#define G_LOG_DOMAIN "sy-base"

#include "config.h"

#include "sy-text.h"

#include <string.h>

/* What a spreadsheet skips before it decides what a cell is. */
static gboolean
is_skipped (gunichar c)
{
  return c == '"' || c == '\'' || (c != '\t' && c != '\n' && g_unichar_isspace (c));
}

static gboolean
starts_formula (gunichar c)
{
  switch (c)
    {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case 0xff1d: /* the full-width forms */
    case 0xff0b:
    case 0xff0d:
    case 0xff20:
    case 0x2212: /* minus sign */
      return TRUE;

    default:
      return FALSE;
    }
}

/* Valid UTF-8 without hidden characters, but with line feeds and tabs. */
static GString *
clean (const char *bytes,
       gsize       length)
{
  GString *text = g_string_new (NULL);
  gsize start = 0;

  for (gsize i = 0; i <= length; i++)
    {
      g_autofree char *piece = NULL;

      if (i < length && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t')
        continue;

      piece = sy_tty_escape (bytes + start, (gssize) (i - start));
      g_string_append (text, piece);

      if (i < length && bytes[i] == '\r' && i + 1 < length && bytes[i + 1] == '\n')
        i++;
      if (i < length)
        g_string_append_c (text, bytes[i] == '\t' ? '\t' : '\n');

      start = i + 1;
    }

  return text;
}

static void
defuse (GString *text)
{
  gsize cell_start = 0;
  gboolean at_start = TRUE;

  for (gsize i = 0; i < text->len;)
    {
      gunichar c = g_utf8_get_char (text->str + i);
      gsize width = (gsize) g_unichar_to_utf8 (c, NULL);

      if (at_start && starts_formula (c))
        {
          g_string_insert_c (text, (gssize) cell_start, '\'');
          i++;
          at_start = FALSE;
        }
      else if (at_start && !is_skipped (c))
        {
          at_start = FALSE;
        }

      i += width;
      if (c == '\n' || c == '\t' || c == ';')
        {
          cell_start = i;
          at_start = TRUE;
        }
    }
}

char *
sy_csv_cell (const char *bytes,
             gssize      length)
{
  g_autoptr (GString) text = NULL;
  gboolean quoted;

  if (bytes == NULL)
    return g_strdup ("");

  text = clean (bytes, length < 0 ? strlen (bytes) : (gsize) length);
  defuse (text);

  quoted = strpbrk (text->str, ",;\"\n\t") != NULL
           || g_str_has_prefix (text->str, " ")
           || g_str_has_suffix (text->str, " ");
  if (!quoted)
    return g_strndup (text->str, text->len);

  g_string_replace (text, "\"", "\"\"", 0);

  return g_strdup_printf ("\"%s\"", text->str);
}
