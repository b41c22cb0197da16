/* sy-prom-request.c: requests of the Prometheus HTTP API
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-prom-request.h"

#include <string.h>

#include "sy-http-session.h"

/* Proxies and servers take addresses of 4 to 8 KiB. */
#define MAX_QUERY 1800
#define USEC_PER_SEC 1e6

void
sy_prom_request_add (GString    *form,
                     const char *name,
                     const char *value)
{
  if (form->len > 0)
    g_string_append_c (form, '&');
  g_string_append_uri_escaped (form, name, NULL, FALSE);
  g_string_append_c (form, '=');
  g_string_append_uri_escaped (form, value, NULL, FALSE);
}

static char *
dup_path (SyUrl      *server,
          const char *path)
{
  const char *prefix = sy_url_get_path (server);
  gsize length = strlen (prefix);

  while (length > 0 && prefix[length - 1] == '/')
    length--;

  return g_strdup_printf ("%.*s/api/v1/%s", (int) length, prefix, path);
}

SoupMessage *
sy_prom_request_new (SyUrl          *server,
                     const char     *path,
                     const char     *form,
                     const char     *tenant,
                     const SyAccess *access,
                     gint64          deadline_us)
{
  g_autofree char *whole = dup_path (server, path);
  g_autoptr (SyUrl) url = sy_url_with_path (server, whole);
  SoupMessage *message = sy_http_session_message (url, access, deadline_us);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_replace (headers, "Accept", "application/json");
  if (tenant != NULL)
    soup_message_headers_append (headers, "X-Scope-OrgID", tenant);

  if (strlen (form) > MAX_QUERY)
    {
      g_autoptr (GBytes) body = g_bytes_new (form, strlen (form));

      soup_message_set_method (message, SOUP_METHOD_POST);
      soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", body);
    }
  else if (*form != '\0')
    {
      g_autoptr (GUri) uri = soup_uri_copy (soup_message_get_uri (message), SOUP_URI_QUERY, form, SOUP_URI_NONE);

      soup_message_set_uri (message, uri);
    }

  return message;
}

gboolean
sy_prom_request_read (GBytes    *body,
                      SyScrape  *scrape,
                      GError   **error)
{
  scrape->answer = sy_prom_answer_parse (body, error);
  return scrape->answer != NULL;
}
