/* sy-http-session.c: libsoup with what metrics do not need taken out
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is missing here is missing on purpose. In libsoup 3.2:
 *  - the auth manager crashes on a Digest challenge of some servers;
 *  - the content decoder takes damaged and truncated gzip for whole, and has no
 *    limit (we decode with sy_gunzip());
 *  - sniffer, cookie jar, HSTS and cache are needed by browsers only, and are
 *    where most of its security faults were;
 *  - redirects carry our headers to wherever the server says.
 * The session's own time-out is per socket operation, so a byte now and then
 * defeats it: deadlines are SyHttpFetch's.
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-http-session.h"

#include "sy-resolver.h"

#define USER_AGENT "Steelyard/" PACKAGE_VERSION
#define USEC_PER_SEC 1e6
#define CREDENTIAL_KEY "sy-http-credential"

/* Text first: of the two it is the one that exporters get right, and it needs
 * no negotiation with those that ignore q-values. */
#define ACCEPT "text/plain;version=0.0.4, application/openmetrics-text;version=1.0.0;q=0.5, application/json;q=0.3, */*;q=0.1"

SoupSession *
sy_http_session_new (SyUrl          *url,
                     const SyAccess *access)
{
  SoupSession *session = soup_session_new_with_options ("max-conns", 2, "max-conns-per-host", 2, "timeout", 0,
                                                        "idle-timeout", 60, "user-agent", USER_AGENT, NULL);

  sy_resolver_install ();
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);

  if (access != NULL && sy_access_get_authorities (access) != NULL)
    soup_session_set_tls_database (session, sy_access_get_authorities (access));

  /* http_proxy would otherwise be asked for our own machine, too. */
  if (sy_url_is_loopback (url))
    soup_session_set_proxy_resolver (session, NULL);

  return session;
}

static void
add_credential (SoupMessage        *message,
                const SyUrl        *url,
                const SyCredential *credential)
{
  char *name = NULL;
  char *value = NULL;

  if (!sy_credential_is_for (credential, url))
    return;

  g_object_set_data (G_OBJECT (message), CREDENTIAL_KEY, GINT_TO_POINTER (TRUE));
  if (!sy_credential_dup_header (credential, &name, &value))
    return;

  soup_message_headers_replace (soup_message_get_request_headers (message), name, value);
  g_free (name);
  sy_credential_wipe (value);
}

SoupMessage *
sy_http_session_message (SyUrl          *url,
                         const SyAccess *access,
                         gint64          deadline_us)
{
  g_autoptr (GUri) uri = g_uri_parse (sy_url_get_string (url), SOUP_HTTP_URI_FLAGS, NULL);
  SoupMessage *message;
  SoupMessageHeaders *headers;
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];

  /* SyUrl has checked more than GUri does. */
  g_assert (uri != NULL);

  message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);

  headers = soup_message_get_request_headers (message);
  soup_message_headers_append (headers, "Accept", ACCEPT);
  soup_message_headers_append (headers, "Accept-Encoding", "gzip");
  soup_message_headers_append (headers, "Cache-Control", "no-cache");
  g_ascii_formatd (seconds, sizeof seconds, "%.3f", (double) deadline_us / USEC_PER_SEC);
  soup_message_headers_append (headers, "X-Prometheus-Scrape-Timeout-Seconds", seconds);
  if (access != NULL && sy_access_get_credential (access) != NULL)
    add_credential (message, url, sy_access_get_credential (access));
  return message;
}

gboolean
sy_http_session_has_credential (SoupMessage *message)
{
  return g_object_get_data (G_OBJECT (message), CREDENTIAL_KEY) != NULL;
}
