/* sy-sentence.c: a sentence of our own, made safe to show
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-sentence.h"

#include <string.h>

#include "sy-text.h"

static const char *const marks[] = { "\u200e", "\u200f" };

/* The first mark at or after @text; NULL: there is none. */
static const char *
find_mark (const char *text)
{
  const char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *found = strstr (text, marks[i]);

      if (found != NULL && (first == NULL || found < first))
        first = found;
    }

  return first;
}

char *
sy_sentence_dup_safe (const char *text,
                      guint       max_chars)
{
  g_autoptr (GString) whole = g_string_new (NULL);
  g_autoptr (GString) unmarked = g_string_new (NULL);
  g_autofree char *last = NULL;
  const char *mark;

  if (text == NULL)
    return g_strdup ("");

  while ((mark = find_mark (text)) != NULL)
    {
      g_autofree char *safe = sy_display_text (text, mark - text, max_chars);

      g_string_append (whole, safe);
      g_string_append_len (whole, mark, (gssize) strlen (marks[0]));
      g_string_append_len (unmarked, text, mark - text);
      text = mark + strlen (marks[0]);
    }

  last = sy_display_text (text, -1, max_chars);
  g_string_append (whole, last);
  g_string_append (unmarked, text);

  /* What is cut off in the middle may have lost one of two marks that belong together. */
  if (g_utf8_strlen (whole->str, -1) > max_chars)
    return sy_display_text (unmarked->str, -1, max_chars);

  return g_strdup (whole->str);
}
