/* sy-http-body.c: what an answer holds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-http-body.h"

#include "sy-gunzip.h"
#include "sy-http-error.h"

static gboolean
is_framed_by_length (const SyHttpBody *self)
{
  return soup_message_headers_get_encoding (soup_message_get_response_headers (self->message)) == SOUP_ENCODING_CONTENT_LENGTH;
}

static void
set_truncated (const SyHttpBody  *self,
               GError           **error)
{
  g_set_error (error, SY_ERROR, SY_ERROR_TRUNCATED,
               "%s: the answer broke off after %u bytes: the server may have crashed or be restarting",
               sy_url_get_redacted (self->job->url), self->wire->len);
}

/* @body (transfer full) without what it echoes of our credential. (transfer full) */
static GBytes *
mask (const SyHttpBody *self,
      GBytes           *body)
{
  gsize size;
  char *bytes;

  if (self->job->access == NULL || sy_access_get_credential (self->job->access) == NULL)
    return body;

  bytes = g_bytes_unref_to_data (body, &size);
  sy_access_mask (self->job->access, bytes, size);
  return g_bytes_new_take (bytes, size);
}

GBytes *
sy_http_body_decode (const SyHttpBody  *self,
                     GError           **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *encoding = soup_message_headers_get_one (headers, "Content-Encoding");
  g_autoptr (GBytes) wire = NULL;
  GBytes *body;

  if (is_framed_by_length (self) && (goffset) self->wire->len < soup_message_headers_get_content_length (headers))
    {
      set_truncated (self, error);
      return NULL;
    }

  wire = g_bytes_new (self->wire->data, self->wire->len);
  if (encoding == NULL || g_ascii_strcasecmp (encoding, "identity") == 0)
    return mask (self, g_steal_pointer (&wire));

  body = sy_gunzip (wire, self->job->limits->max_body_bytes, error);
  if (body != NULL)
    return mask (self, body);

  g_prefix_error (error, "%s: ", sy_url_get_redacted (self->job->url));
  return NULL;
}

SyExposition *
sy_http_body_parse (const SyHttpBody  *self,
                    GBytes            *body,
                    gboolean          *ret_is_surely_whole,
                    GError           **error)
{
  const SyFormat format = sy_exposition_detect (self->content_type, body);
  g_autoptr (SyExposition) exposition = NULL;

  if (format == SY_FORMAT_AUTO)
    {
      g_propagate_error (error, sy_http_error_format (self->job->url, self->content_type, body));
      return NULL;
    }

  exposition = sy_exposition_parse (body, format, &self->job->limits->exposition, self->job->table, error);
  if (exposition == NULL)
    return NULL;

  if (!is_framed_by_length (self) && !sy_exposition_ends_cleanly (exposition))
    {
      set_truncated (self, error);
      return NULL;
    }

  *ret_is_surely_whole = is_framed_by_length (self) || format != SY_FORMAT_PROMETHEUS;
  return g_steal_pointer (&exposition);
}
