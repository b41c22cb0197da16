/* sy-http-error.c: what went wrong, where, and what to do, in a sentence
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-http-error.h"

#include <string.h>

#include "sy-http-session.h"
#include "sy-text.h"

#define EXCERPT_CHARS 60
#define HEADER_CHARS 120

static SyErrorCode
code_of_io (const GError *error)
{
  /* libsoup has no code of its own for it. */
  if (strstr (error->message, "Header too big") != NULL)
    return SY_ERROR_HEADERS_TOO_LARGE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    return SY_ERROR_CONNECT;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return SY_ERROR_CONNECT_TIMEOUT;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    return SY_ERROR_TRUNCATED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    return SY_ERROR_RESET;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return SY_ERROR_CANCELLED;
  if (error->domain == G_RESOLVER_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND))
    return SY_ERROR_RESOLVE;
  if (error->domain == G_TLS_ERROR)
    return SY_ERROR_TLS;
  if (g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING)
      || g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_ENCODING)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return SY_ERROR_PROTOCOL;

  return SY_ERROR_FAILED;
}

/* What a person can do about it; the code has said what it is. */
static const char *
advice (SyErrorCode code)
{
  switch (code)
    {
    case SY_ERROR_CONNECT:
      return "nobody listens there: is the server running, and is the port right?";
    case SY_ERROR_CONNECT_TIMEOUT:
      return "no connection in time: is a firewall in between?";
    case SY_ERROR_RESOLVE:
      return "this host name has no address: is it spelled right?";
    case SY_ERROR_TRUNCATED:
      return "the answer ended before it was whole: the server may have crashed or be restarting";
    case SY_ERROR_RESET:
      return "the server closed the connection without an answer: its log may say why";
    case SY_ERROR_TLS:
      return "no secure connection: check the certificate, or whether the port speaks plain http";
    case SY_ERROR_PROTOCOL:
      return "what came is not HTTP: is this the right port?";
    case SY_ERROR_HEADERS_TOO_LARGE:
      return "the answer's headers are larger than 64 KiB: is this a metrics endpoint?";
    case SY_ERROR_CANCELLED:
      return "stopped";
    default:
      return "the request failed";
    }
}

GError *
sy_http_error_translate (const GError *error,
                         SyUrl        *url)
{
  const SyErrorCode code = code_of_io (error);
  g_autofree char *detail = sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX);

  return g_error_new (SY_ERROR, (int) code, "%s: %s (%s)", sy_url_get_redacted (url), advice (code), detail);
}

SyUrl *
sy_http_error_redirect_target (SoupMessage  *message,
                               SyUrl        *url,
                               GError      **error)
{
  const guint status = soup_message_get_status (message);
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");

  if (status < 300 || status >= 400 || status == SOUP_STATUS_NOT_MODIFIED || location == NULL)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "there is no address in the answer");
      return NULL;
    }

  return sy_url_resolve (url, location, error);
}

/* The target's own words are not shown but as an address: they may hold a
 * secret. */
static gboolean
refuse_redirect (SoupMessage  *message,
                 SyUrl        *url,
                 GError      **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (SyUrl) target = sy_http_error_redirect_target (message, url, &why);
  g_autofree char *shown = NULL;

  if (target == NULL)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_REDIRECT_BLOCKED, "%s: answered %u and points to no http address (%s)",
                   sy_url_get_redacted (url), soup_message_get_status (message), why->message);
      return FALSE;
    }

  shown = sy_display_text (sy_url_get_redacted (target), -1, HEADER_CHARS);
  g_set_error (error, SY_ERROR, SY_ERROR_REDIRECT_BLOCKED, "%s: answered %u and points to %s; %s", sy_url_get_redacted (url),
               soup_message_get_status (message), shown,
               strcmp (sy_url_get_origin (target), sy_url_get_origin (url)) == 0
               ? "three redirects were followed: is it a loop?"
               : "it was not asked: use that address if you trust it");
  return FALSE;
}

static gboolean
check_status (SoupMessage  *message,
              SyUrl        *url,
              GError      **error)
{
  const guint status = soup_message_get_status (message);
  const char *reason = soup_message_get_reason_phrase (message);
  g_autofree char *phrase = sy_display_text (reason != NULL ? reason : "", -1, EXCERPT_CHARS);
  const char *what_to_do = "its log may say why";

  if (status == SOUP_STATUS_OK)
    return TRUE;

  if (status >= 300 && status < 400 && status != SOUP_STATUS_NOT_MODIFIED)
    return refuse_redirect (message, url, error);

  if (status == SOUP_STATUS_NOT_FOUND)
    what_to_do = "is the path right? most exporters answer at /metrics";
  else if (status == SOUP_STATUS_UNAUTHORIZED)
    what_to_do = sy_http_session_has_credential (message)
                 ? "it does not take this credential: is it spelled right, and still valid?"
                 : "it wants a credential: give one under Authentication, or with --auth-file";
  else if (status == SOUP_STATUS_FORBIDDEN)
    what_to_do = "it knows who asks, and refuses: ask who runs it, or give another credential";
  else if (status < 400)
    what_to_do = "only 200 carries metrics";

  g_set_error (error, SY_ERROR, SY_ERROR_HTTP_STATUS, "%s: answered %u %s: %s", sy_url_get_redacted (url), status,
               phrase, what_to_do);
  return FALSE;
}

/* libsoup takes the last of several lengths, and chunks over any length: an
 * answer that contradicts itself is not to be read. */
static gboolean
check_lengths (SoupMessage  *message,
               SyUrl        *url,
               gsize         max_bytes,
               GError      **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *lengths = soup_message_headers_get_list (headers, "Content-Length");
  const char *coding = soup_message_headers_get_list (headers, "Transfer-Encoding");

  if (lengths == NULL)
    return TRUE;

  if (coding != NULL || strspn (lengths, "0123456789") != strlen (lengths) || strlen (lengths) > 18)
    {
      g_autofree char *shown = sy_display_text (lengths, -1, EXCERPT_CHARS);

      g_set_error (error, SY_ERROR, SY_ERROR_PROTOCOL, "%s: contradicting lengths (Content-Length: %s%s): %s",
                   sy_url_get_redacted (url), shown, coding != NULL ? ", and a Transfer-Encoding" : "",
                   "a proxy in between may be at fault");
      return FALSE;
    }

  if (g_ascii_strtoull (lengths, NULL, 10) > max_bytes)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE, "%s: announces %s bytes, more than the limit of %" G_GSIZE_FORMAT,
                   sy_url_get_redacted (url), lengths, max_bytes);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_encoding (SoupMessage  *message,
                SyUrl        *url,
                GError      **error)
{
  const char *encoding = soup_message_headers_get_list (soup_message_get_response_headers (message), "Content-Encoding");
  g_autofree char *shown = NULL;

  if (encoding == NULL || g_ascii_strcasecmp (encoding, "identity") == 0 || g_ascii_strcasecmp (encoding, "gzip") == 0
      || g_ascii_strcasecmp (encoding, "x-gzip") == 0)
    return TRUE;

  shown = sy_display_text (encoding, -1, EXCERPT_CHARS);
  g_set_error (error, SY_ERROR, SY_ERROR_UNSUPPORTED_ENCODING,
               "%s: Content-Encoding “%s” was not asked for: only gzip, once, is read", sy_url_get_redacted (url), shown);
  return FALSE;
}

gboolean
sy_http_error_check_head (SoupMessage  *message,
                          SyUrl        *url,
                          gsize         max_bytes,
                          GError      **error)
{
  return check_status (message, url, error) && check_lengths (message, url, max_bytes, error)
         && check_encoding (message, url, error);
}

GError *
sy_http_error_format (SyUrl      *url,
                      const char *content_type,
                      GBytes     *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autofree char *type = sy_display_text (content_type != NULL ? content_type : "no type", -1, EXCERPT_CHARS);
  g_autofree char *excerpt = sy_display_text (data, (gssize) MIN (size, 4 * EXCERPT_CHARS), EXCERPT_CHARS);

  return g_error_new (SY_ERROR, SY_ERROR_FORMAT,
                      "%s: got %s, which is not a metrics format: “%s”. Is this a login page, or another path?",
                      sy_url_get_redacted (url), type, excerpt);
}
