/* sy-served-by.c: what an HTTP answer says of who served it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A hint for people, where the metrics do not say it: an answer may lie, and a proxy
 * in between puts its own name there. Nothing is decided by it.
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-served-by.h"

#include <string.h>

#include "sy-text.h"

#define MAX_CHARS 40

/* The first product of a list such as "Werkzeug/2.2.2 Python/3.11.2". */
static char *
dup_product (SoupMessageHeaders *headers,
             const char         *name)
{
  const char *value = soup_message_headers_get_one (headers, name);
  gsize length;

  if (value == NULL)
    return NULL;

  value += strspn (value, " \t");
  length = strcspn (value, "/(,; \t");
  return length > 0 ? sy_display_text (value, (gssize) length, MAX_CHARS) : NULL;
}

char *
sy_served_by_dup (SoupMessageHeaders *headers)
{
  g_autofree char *framework = dup_product (headers, "X-Powered-By");
  g_autofree char *server = dup_product (headers, "Server");

  if (framework == NULL || server == NULL)
    return framework != NULL ? g_steal_pointer (&framework) : g_steal_pointer (&server);

  return g_strdup_printf ("%s, %s", framework, server);
}
