/* fuzz-prom-selector.c: a selector stays between its braces
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdint.h>

#include "sy-error.h"
#include "sy-prom-query.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autofree char *matchers = sy_prom_selector_normalise (text, &error);
  g_autofree char *again = NULL;
  gboolean quoted = FALSE;

  if (matchers == NULL)
    {
      g_assert_true (g_error_matches (error, SY_ERROR, SY_ERROR_INVALID));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  /* nothing outside of quotes but names, operators and commas */
  for (const char *p = matchers; *p != '\0'; p++)
    {
      if (quoted && *p == '\\')
        p++;
      else if (*p == '"')
        quoted = !quoted;
      else if (!quoted)
        g_assert_true (g_ascii_isalnum (*p) || *p == '_' || *p == '=' || *p == '!' || *p == '~' || *p == ',');
    }
  g_assert_false (quoted);

  return 0;
}
