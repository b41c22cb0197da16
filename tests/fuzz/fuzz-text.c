/* fuzz-text.c: no text from outside stays dangerous
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first byte is the cap; the rest is the text.
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "sy-text.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Valid, and no hidden character but those of @except. */
static void
assert_clean (const char *text,
              const char *except)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (!sy_text_is_hidden (g_utf8_get_char (p)) || strchr (except, *p) != NULL);
}

/* What a reader of RFC 4180 makes of @cell. */
static char *
parse_cell (const char *cell)
{
  GString *text;
  const char *p;

  if (*cell != '"')
    {
      g_assert_null (strpbrk (cell, ",\"\n"));
      return g_strdup (cell);
    }

  text = g_string_new (NULL);
  for (p = cell + 1; *p != '\0'; p++)
    {
      if (*p == '"' && *++p != '"')
        break;
      g_string_append_c (text, *p);
    }

  /* the closing quote is the last character */
  g_assert_cmpint (p[-1], ==, '"');
  g_assert_cmpint (p[0], ==, '\0');

  return g_string_free (text, FALSE);
}

/* No line, and no part that a semicolon or a tab begins, is a formula. */
static void
assert_no_formula (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "\n\t;", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *p = parts[i];

      while (*p != '\0' && (*p == '"' || g_unichar_isspace (g_utf8_get_char (p))))
        p = g_utf8_next_char (p);

      g_assert_true (*p == '\0' || strchr ("=+-@", *p) == NULL);
      for (guint full_width = 0; full_width < 4; full_width++)
        g_assert_false (g_str_has_prefix (p, (const char *[]) { "＝", "＋", "－", "＠" }[full_width]));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const char *bytes = (const char *) data + 1;
  gssize length = (gssize) size - 1;
  g_autofree char *shown = NULL;
  g_autofree char *tty = NULL;
  g_autofree char *cell = NULL;
  g_autofree char *parsed = NULL;
  g_autofree char *html = NULL;

  if (size < 1)
    return 0;

  shown = sy_display_text (bytes, length, data[0]);
  assert_clean (shown, "");
  g_assert_cmpint (g_utf8_strlen (shown, -1), <=, data[0]);

  tty = sy_tty_escape (bytes, length);
  assert_clean (tty, "");
  if (g_utf8_strlen (tty, -1) <= data[0] && size <= data[0])
    g_assert_cmpstr (shown, ==, tty);

  cell = sy_csv_cell (bytes, length);
  assert_clean (cell, "\n\t");
  parsed = parse_cell (cell);
  assert_no_formula (parsed);

  html = sy_html_text (bytes, length);
  assert_clean (html, "");
  g_assert_null (strpbrk (html, "<>\"'"));

  return 0;
}
