/* sy-web-socket-handshake.c: how a connection becomes a WebSocket
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-web-socket-handshake.h"

#include <libsoup/soup.h>
#include <string.h>

#include "sy-clock.h"
#include "sy-error.h"
#include "sy-text.h"

#define USER_AGENT "Steelyard/" PACKAGE_VERSION
#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11" /* RFC 6455, section 1.3 */
#define KEY_BYTES 16
#define SHA1_BYTES 20
#define HEADER_CHARS 60
#define MAX_RETRY_AFTER_SECONDS 300

char *
sy_web_socket_dup_key (void)
{
  guint32 words[KEY_BYTES / sizeof (guint32)];

  /* It tells our answer from a cached one, and is no secret. */
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    words[i] = g_random_int ();

  return g_base64_encode ((const guchar *) words, sizeof words);
}

/* "Name: value\r\n", or "". (transfer full) */
static char *
dup_credential_line (SyUrl          *url,
                     const SyAccess *access)
{
  const SyCredential *credential = access != NULL ? sy_access_get_credential (access) : NULL;
  g_autofree char *name = NULL;
  char *value = NULL;
  char *line;

  if (credential == NULL || !sy_credential_is_for (credential, url)
      || !sy_credential_dup_header (credential, &name, &value))
    return g_strdup ("");

  line = g_strdup_printf ("%s: %s\r\n", name, value);
  sy_credential_wipe (value);
  return line;
}

char *
sy_web_socket_request (SyUrl          *url,
                       const SyAccess *access,
                       const char     *key)
{
  const char *authority = strstr (sy_url_get_string (url), "://") + strlen ("://");
  const gsize length = strcspn (authority, "/?");
  const char *target = authority + length;
  char *credential = dup_credential_line (url, access);
  char *request = g_strdup_printf ("GET %s%s HTTP/1.1\r\n"
                                   "Host: %.*s\r\n"
                                   "Upgrade: websocket\r\n"
                                   "Connection: Upgrade\r\n"
                                   "Sec-WebSocket-Key: %s\r\n"
                                   "Sec-WebSocket-Version: 13\r\n"
                                   "Sec-WebSocket-Protocol: " SY_WEB_SOCKET_PROTOCOL "\r\n"
                                   "User-Agent: " USER_AGENT "\r\n"
                                   "%s\r\n",
                                   *target == '/' ? "" : "/", target, (int) length, authority, key, credential);

  sy_credential_wipe (credential);
  return request;
}

static char *
dup_accept (const char *key)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[SHA1_BYTES];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) key, -1);
  g_checksum_update (checksum, (const guchar *) GUID, -1);
  g_checksum_get_digest (checksum, digest, &length);
  return g_base64_encode (digest, length);
}

static gboolean
refuse (SyUrl       *url,
        const char  *why,
        GError     **error)
{
  g_set_error (error, SY_ERROR, SY_ERROR_PROTOCOL, "%s: no WebSocket: %s", sy_url_get_redacted (url), why);
  return FALSE;
}

static gboolean
refuse_status (SyUrl              *url,
               guint               status,
               SoupMessageHeaders *headers,
               GError            **error)
{
  const char *what_to_do = "is the path right, and does it speak WebSocket?";

  if (status >= 300 && status < 400)
    {
      const char *location = soup_message_headers_get_one (headers, "Location");
      g_autofree char *shown = sy_display_text (location != NULL ? location : "nowhere", -1, HEADER_CHARS);

      g_set_error (error, SY_ERROR, SY_ERROR_REDIRECT_BLOCKED,
                   "%s: answered %u and points to %s; redirects are not followed", sy_url_get_redacted (url), status, shown);
      return FALSE;
    }

  if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN)
    what_to_do = "it wants credentials, or refuses this machine";
  else if (status >= 500)
    what_to_do = "its log may say why";

  g_set_error (error, SY_ERROR, SY_ERROR_HTTP_STATUS, "%s: answered %u where 101 opens a WebSocket: %s",
               sy_url_get_redacted (url), status, what_to_do);
  return FALSE;
}

static gboolean
check_upgrade (SyUrl              *url,
               const char         *key,
               SoupMessageHeaders *headers,
               GError            **error)
{
  const char *accept = soup_message_headers_get_one (headers, "Sec-WebSocket-Accept");
  const char *protocol = soup_message_headers_get_one (headers, "Sec-WebSocket-Protocol");
  g_autofree char *expected = dup_accept (key);

  if (!soup_message_headers_header_contains (headers, "Upgrade", "websocket")
      || !soup_message_headers_header_contains (headers, "Connection", "Upgrade"))
    return refuse (url, "it answered 101, but not for a WebSocket", error);
  if (accept == NULL || strcmp (accept, expected) != 0)
    return refuse (url, "its Sec-WebSocket-Accept is not ours: the answer is not to this request", error);
  if (soup_message_headers_get_list (headers, "Sec-WebSocket-Extensions") != NULL)
    return refuse (url, "it wants an extension that was not offered", error);
  if (protocol != NULL && strcmp (protocol, SY_WEB_SOCKET_PROTOCOL) != 0)
    return refuse (url, "it wants a subprotocol that was not offered", error);

  return TRUE;
}

static void
read_retry_after (SoupMessageHeaders *headers,
                  SyWebSocketAnswer  *answer)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");

  if (text != NULL && *text != '\0' && strspn (text, "0123456789") == strlen (text))
    answer->retry_after_us = (gint64) MIN (g_ascii_strtoull (text, NULL, 10), MAX_RETRY_AFTER_SECONDS) * SY_USEC_PER_SEC;
}

gboolean
sy_web_socket_check (SyUrl              *url,
                     const char         *key,
                     const char         *head,
                     gsize               length,
                     SyWebSocketAnswer  *answer,
                     GError            **error)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  SoupHTTPVersion version;

  *answer = (SyWebSocketAnswer) { 0 };
  if (memchr (head, '\0', length) != NULL
      || !soup_headers_parse_response (head, (int) length - (int) strlen ("\r\n"), headers, &version, &answer->status, NULL))
    {
      answer->status = 0;
      return refuse (url, "what came is not HTTP: is this the right port?", error);
    }

  read_retry_after (headers, answer);
  if (answer->status != SOUP_STATUS_SWITCHING_PROTOCOLS)
    return refuse_status (url, answer->status, headers, error);

  return check_upgrade (url, key, headers, error);
}
