/* sy-otlp-exchange.c: one request to push, and its answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * After the OTLP specification, "OTLP/HTTP Request" and "OTLP/HTTP Response":
 * a refusal's body is a google.rpc.Status in the encoding of the request.
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-otlp-exchange.h"

#include <string.h>

#include "sy-error.h"
#include "sy-gunzip.h"
#include "sy-json-writer.h"
#include "sy-text.h"

#define JSON_TYPE "application/json"
#define MAX_REASON 1024

/* libsoup sends no answer before it has the whole request: what is refused is
 * let through that much further, so that its sender gets to read why. */
#define REFUSED_FACTOR 4

struct _SyOtlpExchange
{
  const SyOtlpLimits *limits;  /* borrowed */
  GByteArray         *body;    /* owned: as it came */
  gsize               n_wire;
  gsize               n_body;
  guint               status;  /* of the refusal */
  GError             *refusal; /* owned, nullable */
};

/* google.rpc.Code */
static const struct {
  guint status;
  int   code;
} rpc_codes[] = {
  { SOUP_STATUS_FORBIDDEN, 7 },
  { SOUP_STATUS_NOT_FOUND, 12 },
  { SOUP_STATUS_METHOD_NOT_ALLOWED, 12 },
  { SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, 8 },
  { 429, 8 },
};

#define RPC_INVALID_ARGUMENT 3

SyOtlpExchange *
sy_otlp_exchange_new (const SyOtlpLimits *limits)
{
  SyOtlpExchange *self = g_new0 (SyOtlpExchange, 1);

  self->limits = limits;
  self->body = g_byte_array_new ();
  return self;
}

void
sy_otlp_exchange_free (SyOtlpExchange *self)
{
  g_byte_array_unref (self->body);
  g_clear_error (&self->refusal);
  g_free (self);
}

void
sy_otlp_exchange_refuse (SyOtlpExchange *self,
                         guint           status,
                         int             code,
                         const char     *reason)
{
  if (self->refusal != NULL)
    return;

  self->status = status;
  self->refusal = g_error_new_literal (SY_ERROR, code, reason);
  g_byte_array_set_size (self->body, 0);
}

/* "127.0.0.1:4318" is here, and so are the other names of the loopback. */
static gboolean
is_loopback_host (const char *authority)
{
  g_autofree char *address = g_strconcat ("http://", authority, NULL);
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) inet = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return host != NULL && (g_ascii_strcasecmp (host, "localhost") == 0 || (inet != NULL && g_inet_address_get_is_loopback (inet)));
}

/* A page may make its browser send things here; the browser then says whose
 * page it is, or whose name it took this machine for. */
static gboolean
is_from_here (SoupMessageHeaders *headers)
{
  const char *host = soup_message_headers_get_one (headers, "Host");
  const char *origin = soup_message_headers_get_one (headers, "Origin");

  return host != NULL && is_loopback_host (host)
         && (origin == NULL || (g_str_has_prefix (origin, "http://") && is_loopback_host (origin + strlen ("http://"))));
}

static void
judge_path (SyOtlpExchange *self,
            const char     *path)
{
  if (strcmp (path, SY_OTLP_PATH) == 0)
    return;

  if (strcmp (path, "/v1/traces") == 0 || strcmp (path, "/v1/logs") == 0)
    sy_otlp_exchange_refuse (self, SOUP_STATUS_NOT_FOUND, SY_ERROR_FORMAT,
                             "only metrics are taken here: set OTEL_TRACES_EXPORTER=none and OTEL_LOGS_EXPORTER=none");
  else
    sy_otlp_exchange_refuse (self, SOUP_STATUS_NOT_FOUND, SY_ERROR_FORMAT, "metrics are taken at " SY_OTLP_PATH);
}

static void
judge_type (SyOtlpExchange     *self,
            SoupMessageHeaders *headers)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  const char *encoding = soup_message_headers_get_one (headers, "Content-Encoding");
  g_autofree char *safe = sy_display_text (type != NULL ? type : "no Content-Type", -1, 60);
  g_autofree char *reason = NULL;

  if (type != NULL && (g_ascii_strcasecmp (type, "application/x-protobuf") == 0 || g_ascii_strcasecmp (type, "application/protobuf") == 0))
    sy_otlp_exchange_refuse (self, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, SY_ERROR_FORMAT,
                             "Protobuf is not read here: set OTEL_EXPORTER_OTLP_PROTOCOL=http/json, or where the SDK has no JSON, "
                             "send through an OpenTelemetry Collector whose otlphttp exporter says encoding: json");
  else if (type == NULL || g_ascii_strcasecmp (type, JSON_TYPE) != 0)
    {
      reason = g_strdup_printf ("“%s” is not read here: Content-Type must be " JSON_TYPE, safe);
      sy_otlp_exchange_refuse (self, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, SY_ERROR_FORMAT, reason);
    }
  else if (encoding != NULL && g_ascii_strcasecmp (encoding, "gzip") != 0 && g_ascii_strcasecmp (encoding, "identity") != 0)
    sy_otlp_exchange_refuse (self, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, SY_ERROR_UNSUPPORTED_ENCODING,
                             "Content-Encoding must be gzip, or there must be none");
}

static void
refuse_size (SyOtlpExchange *self)
{
  g_autofree char *reason = g_strdup_printf ("more than %" G_GSIZE_FORMAT " bytes at once: leave some metrics out with a View of the SDK",
                                             self->limits->max_body);

  sy_otlp_exchange_refuse (self, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, SY_ERROR_BODY_TOO_LARGE, reason);
}

void
sy_otlp_exchange_judge (SyOtlpExchange    *self,
                        SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (!is_from_here (headers))
    sy_otlp_exchange_refuse (self, SOUP_STATUS_FORBIDDEN, SY_ERROR_FORMAT,
                             "only programs of this machine may push: Host, and Origin if there is one, must be of the loopback");

  judge_path (self, g_uri_get_path (soup_server_message_get_uri (message)));
  if (soup_server_message_get_method (message) != SOUP_METHOD_POST)
    sy_otlp_exchange_refuse (self, SOUP_STATUS_METHOD_NOT_ALLOWED, SY_ERROR_FORMAT, "metrics are sent with POST");

  judge_type (self, headers);
  if (soup_message_headers_get_content_length (headers) > (goffset) self->limits->max_body)
    refuse_size (self);
}

gboolean
sy_otlp_exchange_add (SyOtlpExchange *self,
                      GBytes         *chunk)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (chunk, &length);

  self->n_wire += length;
  if (self->n_wire > self->limits->max_body)
    refuse_size (self);
  if (self->refusal == NULL)
    g_byte_array_append (self->body, data, (guint) length);

  return self->n_wire <= self->limits->max_body * REFUSED_FACTOR;
}

/* (transfer full) (nullable) */
static GBytes *
unpack (SyOtlpExchange     *self,
        SoupMessageHeaders *headers,
        GError            **error)
{
  const char *encoding = soup_message_headers_get_one (headers, "Content-Encoding");
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));

  self->body = g_byte_array_new ();
  if (encoding == NULL || g_ascii_strcasecmp (encoding, "gzip") != 0)
    return g_steal_pointer (&body);

  return sy_gunzip (body, self->limits->max_body, error);
}

SyOtlpRequest *
sy_otlp_exchange_read (SyOtlpExchange    *self,
                       SoupServerMessage *message)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  SyOtlpRequest *request = NULL;

  if (self->refusal != NULL)
    return NULL;

  body = unpack (self, soup_server_message_get_request_headers (message), &error);
  if (body != NULL)
    {
      self->n_body = g_bytes_get_size (body);
      request = sy_otlp_request_parse (body, &self->limits->exposition, &error);
    }

  if (request == NULL)
    sy_otlp_exchange_refuse (self, g_error_matches (error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE) ? SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE
                                                                                              : SOUP_STATUS_BAD_REQUEST,
                             error->code, error->message);
  return request;
}

const GError *
sy_otlp_exchange_get_refusal (const SyOtlpExchange *self)
{
  return self->refusal;
}

gsize
sy_otlp_exchange_get_wire (const SyOtlpExchange *self)
{
  return self->n_wire;
}

gsize
sy_otlp_exchange_get_body (const SyOtlpExchange *self)
{
  return self->n_body;
}

static int
get_rpc_code (guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (rpc_codes); i++)
    if (rpc_codes[i].status == status)
      return rpc_codes[i].code;

  return RPC_INVALID_ARGUMENT;
}

/* {"code", "message"}, or {"partialSuccess"} as an ExportMetricsServiceResponse. */
static char *
dup_answer (const SyOtlpExchange *self,
            guint                 n_rejected,
            const char           *why)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();

  sy_json_writer_begin_object (writer);
  if (self->refusal != NULL)
    {
      sy_json_writer_member_int (writer, "code", get_rpc_code (self->status));
      sy_json_writer_member_string (writer, "message", self->refusal->message);
    }
  else
    {
      g_autofree char *number = g_strdup_printf ("%u", n_rejected);
      g_autofree char *safe = why != NULL ? sy_display_text (why, -1, MAX_REASON) : NULL;

      sy_json_writer_key (writer, "partialSuccess");
      sy_json_writer_begin_object (writer);
      if (n_rejected > 0)
        sy_json_writer_member_string (writer, "rejectedDataPoints", number);
      if (safe != NULL)
        sy_json_writer_member_string (writer, "errorMessage", safe);
      sy_json_writer_end_object (writer);
    }
  sy_json_writer_end_object (writer);

  return sy_json_writer_finish (writer);
}

void
sy_otlp_exchange_answer (SyOtlpExchange    *self,
                         SoupServerMessage *message,
                         guint              n_rejected,
                         const char        *why)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  char *body = dup_answer (self, n_rejected, why);

  soup_message_headers_replace (headers, "Connection", "close");
  if (self->status == SOUP_STATUS_METHOD_NOT_ALLOWED)
    soup_message_headers_replace (headers, "Allow", "POST");
  if (self->status == 429)
    soup_message_headers_replace (headers, "Retry-After", "1");

  soup_server_message_set_status (message, self->refusal != NULL ? self->status : SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, JSON_TYPE, SOUP_MEMORY_TAKE, body, strlen (body));
}
