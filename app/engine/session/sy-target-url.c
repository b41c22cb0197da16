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
