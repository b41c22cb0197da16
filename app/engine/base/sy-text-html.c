/* sy-text-html.c: text from outside in HTML and SVG
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The five characters that mean something in text or in a quoted attribute, by
 * the HTML standard (and the same five of XML): numeric references, since XML
 * knows no &apos; in old readers and HTML 4 neither.
 */
#define G_LOG_DOMAIN "sy-base"

#include "config.h"

#include "sy-text.h"

#include <string.h>

char *
sy_html_text (const char *bytes,
              gssize      length)
{
  g_autofree char *clean = sy_tty_escape (bytes, length);
  GString *text = g_string_sized_new (strlen (clean));

  for (const char *p = clean; *p != '\0'; p++)
    switch (*p)
      {
      case '&':
      case '<':
      case '>':
      case '"':
      case '\'':
        g_string_append_printf (text, "&#%d;", *p);
        break;

      default:
        g_string_append_c (text, *p);
      }

  return g_string_free (text, FALSE);
}
