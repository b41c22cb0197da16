/* sy-request-guard.c: which requests a reference server looks at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-request-guard.h"

#include <string.h>

gboolean
sy_request_guard_host (const char *host,
                       guint       port)
{
  static const char *const names[] = { "127.0.0.1", "localhost", "[::1]" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *own = g_strdup_printf ("%s:%u", names[i], port);

      if (g_ascii_strcasecmp (host, own) == 0)
        return TRUE;
    }

  return FALSE;
}

/* A page may open a WebSocket to any address; its browser then says whose page
 * it is. Programs send no Origin. */
static gboolean
check_origin (const char *origin,
              guint       port)
{
  return origin == NULL
         || (g_str_has_prefix (origin, "http://") && sy_request_guard_host (origin + strlen ("http://"), port));
}

static void
add_header_cb (const char *name,
               const char *value,
               gpointer    user_data)
{
  gsize *n_bytes = user_data;

  *n_bytes += strlen (name) + strlen (": ") + strlen (value) + strlen ("\r\n");
}

/* @method and @uri are those of a request; NULL for an answer, whose first line
 * is that of "HTTP/1.1 200 OK", give or take the phrase. */
gsize
sy_request_head_bytes (SoupMessageHeaders *headers,
                       const char         *method,
                       GUri               *uri)
{
  gsize n_bytes = strlen ("HTTP/1.1 200 OK\r\n\r\n");

  if (method != NULL && uri != NULL)
    {
      const char *query = g_uri_get_query (uri);

      n_bytes = strlen (method) + strlen (g_uri_get_path (uri)) + strlen ("  HTTP/1.1\r\n\r\n");
      if (query != NULL)
        n_bytes += 1 + strlen (query);
    }

  soup_message_headers_foreach (headers, add_header_cb, &n_bytes);

  return n_bytes;
}

static void
count_host_cb (const char *name,
               const char *value,
               gpointer    user_data)
{
  guint *n_hosts = user_data;

  if (g_ascii_strcasecmp (name, "Host") == 0)
    (*n_hosts)++;
}

static guint
check_method (SoupServerMessage  *message,
              const char        **reason)
{
  const char *method = soup_server_message_get_method (message);
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));

  if (method == SOUP_METHOD_GET || method == SOUP_METHOD_HEAD)
    return 0;

  if (method == SOUP_METHOD_POST && g_str_has_prefix (path, "/do/"))
    return 0;

  *reason = "GET and HEAD only; POST to /do/ too";

  return SOUP_STATUS_METHOD_NOT_ALLOWED;
}

guint
sy_request_guard_head (SoupServerMessage  *message,
                       guint               port,
                       const char        **reason)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *host = soup_message_headers_get_one (headers, "Host");
  guint n_hosts = 0;

  soup_message_headers_foreach (headers, count_host_cb, &n_hosts);

  if (n_hosts != 1 || host == NULL || !sy_request_guard_host (host, port))
    {
      *reason = "the Host header must name this server on the loopback";
      return SOUP_STATUS_FORBIDDEN;
    }

  if (!check_origin (soup_message_headers_get_one (headers, "Origin"), port))
    {
      *reason = "pages of other sites may not use this server";
      return SOUP_STATUS_FORBIDDEN;
    }

  if (sy_request_head_bytes (headers, soup_server_message_get_method (message),
                             soup_server_message_get_uri (message)) > SY_REQUEST_MAX_BYTES)
    {
      *reason = "the head of the request is larger than 16 KiB";
      return SY_STATUS_HEAD_TOO_LARGE;
    }

  if (soup_message_headers_get_content_length (headers) > SY_REQUEST_MAX_BYTES)
    {
      *reason = "the body of the request is larger than 16 KiB";
      return SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE;
    }

  return check_method (message, reason);
}
