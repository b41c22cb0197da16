/* sy-text-markdown.c: text from outside in Markdown
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CommonMark lets any ASCII punctuation be escaped by a backslash. Only what can
 * begin something is: emphasis, code, links, HTML, entities, tables, mathematics,
 * and the colon of an address, that a reader would make a link of. What means
 * something at the beginning of a line only is escaped there.
 */
#define G_LOG_DOMAIN "sy-base"

#include "config.h"

#include "sy-text.h"

#include <string.h>

#define ALWAYS "\\`*_[]<>|~&$#"

/* How many digits stand before a full stop or a bracket that begins a numbered
 * list; 0: none does. */
static gsize
find_list_mark (const char *text)
{
  const gsize n = strspn (text, "0123456789");

  return n > 0 && (text[n] == '.' || text[n] == ')') && (text[n + 1] == ' ' || text[n + 1] == '\0') ? n : 0;
}

/* A list, a rule, or what makes the line before a heading; not a number's sign. */
static gboolean
begins_line (const char *text)
{
  return *text == '=' || ((*text == '-' || *text == '+') && !g_ascii_isdigit (text[1]));
}

char *
sy_markdown_text (const char *bytes,
                  gssize      length)
{
  g_autofree char *clean = sy_tty_escape (bytes, length);
  const char *start = clean + strspn (clean, " ");
  const gsize mark = find_list_mark (start);
  GString *text = g_string_sized_new (strlen (clean));

  for (const char *p = start; *p != '\0'; p++)
    {
      if (strchr (ALWAYS, *p) != NULL || (p == start && begins_line (p))
          || (mark > 0 && p == start + mark) || g_str_has_prefix (p, "://"))
        g_string_append_c (text, '\\');

      g_string_append_c (text, *p);
    }

  return g_string_free (text, FALSE);
}
