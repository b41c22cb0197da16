/* sy-target-url.c: the address that is asked when a person types one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-target-url.h"

#include <string.h>

SyUrl *
sy_target_url_parse (const char  *address,
                     GError     **error)
{
  g_autoptr (SyUrl) url = sy_url_parse (address, error);

  if (url == NULL)
    return NULL;

  if (!sy_url_is_web_socket (url) && (*sy_url_get_path (url) == '\0' || strcmp (sy_url_get_path (url), "/") == 0))
    return sy_url_with_path (url, "/metrics");

  return g_steal_pointer (&url);
}

GHashTable *
sy_target_url_read_parameters (const char *address)
{
  const char *query = strchr (address, '?');
  g_autofree char *text = query != NULL ? g_strndup (query + 1, strcspn (query + 1, "#")) : NULL;

  return text != NULL ? g_uri_parse_params (text, -1, "&", G_URI_PARAMS_WWW_FORM, NULL) : NULL;
}
