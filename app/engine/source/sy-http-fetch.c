/* sy-http-fetch.c: one request, from queueing to a parsed scrape
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One deadline counts from queueing and covers name look-up, connection, TLS,
 * head, body and decoding. libsoup's own time-out restarts at each byte, and
 * its buffered reading has no limit, so the body is read in blocks under ours.
 *
 * A redirect within the origin is followed, three times at most; any other is
 * told, and its target hears nothing of us. What a server echoes of a
 * credential is masked before anything else reads it.
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-http-fetch.h"

#include <string.h>

#include "sy-http-body.h"
#include "sy-http-error.h"
#include "sy-http-session.h"
#include "sy-http-tls.h"
#include "sy-served-by.h"
#include "sy-text.h"

#define BLOCK_BYTES (64 * 1024)
#define MAX_INFORMATIONAL 16
#define CONNECT_TIMEOUT_US (5 * SY_USEC_PER_SEC)
#define MAX_RETRY_AFTER_SECONDS 300
#define MAX_REDIRECTS 3
#define MAX_TYPE_CHARS 60
#define STREAM_TYPE "text/event-stream"

typedef struct
{
  SyHttpJob         job;
  GCancellable     *cancellable;   /* (owned) */
  SyHttpSocketFunc  socket_func;
  SyHttpFetchFunc   func;
  gpointer          user_data;

  SoupSession      *session;       /* (owned) */
  SyUrl            *target;        /* (owned): what is asked now; the job's but after a redirect */
  SoupMessage      *message;       /* (owned) */
  GInputStream     *stream;        /* (owned) (nullable) */
  GByteArray       *wire;          /* (owned): the body so far */
  GSource          *timer;         /* (owned): first the connection's, then the whole deadline */
  SyScrape         *scrape;        /* (owned) */
  GError           *abort_error;   /* (owned) (nullable): why we cancelled it ourselves */
  GError           *refusal;       /* (owned) (nullable): of a status whose body is read for the reason */
  gint64            retry_after_us;
  guint             n_informational;
  guint             n_redirects;
  gboolean          is_sent;       /* a connection carries it */
  gboolean          is_resolving;  /* the name is being looked up */
  gboolean          is_securing;   /* somebody took the connection; its TLS handshake has not ended */
  gboolean          is_stream;     /* the answer is a stream of events */
  gboolean          is_surely_whole; /* its framing or its format says where it ends */
} SyHttpFetch;

static void read_block (SyHttpFetch *self);

static void
fetch_free (SyHttpFetch *self)
{
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->stream);
  g_object_unref (self->message);
  sy_url_unref (self->target);
  g_object_unref (self->session);
  g_object_unref (self->cancellable);
  g_byte_array_unref (self->wire);
  sy_scrape_unref (self->scrape);
  g_clear_error (&self->abort_error);
  g_clear_error (&self->refusal);
  g_clear_object (&self->job.message);
  g_free (self);
}

/* The one end of all ways; @error is consumed. */
static void
finish (SyHttpFetch *self,
        GBytes      *body,
        GError      *error)
{
  SyHttpAnswer answer = { self->scrape, body, soup_message_get_status (self->message), self->retry_after_us,
                          self->is_stream && self->job.stream == NULL, self->is_surely_whole };

  if (error != NULL)
    {
      sy_access_mask (self->job.access, error->message, strlen (error->message));
      self->scrape->error = error;
    }

  self->scrape->http_status = answer.http_status;
  self->scrape->wire_bytes = self->wire->len;
  self->scrape->duration_us = sy_clock_get_monotonic (self->job.clock) - self->scrape->monotonic_us;
  if (self->scrape->answered_us == 0)
    self->scrape->answered_us = self->scrape->monotonic_us;

  self->func (&answer, self->user_data);
  fetch_free (self);
}

gboolean
sy_http_answer_needs_a_person (const SyHttpAnswer *self)
{
  const GError *error = self->scrape->error;

  return g_error_matches (error, SY_ERROR, SY_ERROR_TLS) || g_error_matches (error, SY_ERROR, SY_ERROR_TLS_PIN)
         || g_error_matches (error, SY_ERROR, SY_ERROR_CREDENTIAL)
         || self->http_status == SOUP_STATUS_UNAUTHORIZED || self->http_status == SOUP_STATUS_FORBIDDEN;
}

/* No name server answers: nothing of the backend's own is wrong. (transfer full) */
static GError *
resolve_error (SyHttpFetch *self)
{
  const double seconds = (double) (sy_clock_get_monotonic (self->job.clock) - self->scrape->monotonic_us) / SY_USEC_PER_SEC;

  return g_error_new (SY_ERROR, SY_ERROR_RESOLVE, "%s: the name of the host was not found out within %.2g s: does the name server answer?",
                      sy_url_get_redacted (self->job.url), seconds);
}

static GError *
deadline_error (SyHttpFetch *self)
{
  const double seconds = (double) (self->job.deadline_us - self->scrape->monotonic_us) / SY_USEC_PER_SEC;

  if (self->is_resolving)
    return resolve_error (self);
  if (self->is_stream && self->job.stream != NULL)
    return g_error_new (SY_ERROR, SY_ERROR_DEADLINE, "%s: the stream was silent for %.3g s: is the server still there?",
                        sy_url_get_redacted (self->job.url), (double) self->job.stream->silence_us / SY_USEC_PER_SEC);

  return g_error_new (SY_ERROR, SY_ERROR_DEADLINE,
                      "%s: no whole answer within %.3g s: the server is overloaded, stalled, or sends without end",
                      sy_url_get_redacted (self->job.url), seconds);
}

/* What to tell of @error, which may only be the echo of our own cancelling. */
static void
fail (SyHttpFetch  *self,
      const GError *error)
{
  const gboolean cancelled = g_cancellable_is_cancelled (self->cancellable);
  GError *refused_certificate = sy_http_tls_explain (G_OBJECT (self->message), self->job.url);

  if (refused_certificate != NULL)
    finish (self, NULL, refused_certificate);
  else if (self->abort_error != NULL)
    finish (self, NULL, g_steal_pointer (&self->abort_error));
  else if (cancelled && sy_clock_get_monotonic (self->job.clock) >= self->job.deadline_us)
    finish (self, NULL, deadline_error (self));
  else if (error->domain == G_TLS_ERROR && sy_http_tls_lacks_own (self->message))
    finish (self, NULL, g_error_new (SY_ERROR, SY_ERROR_TLS,
                                     "%s: it wants a certificate of ours: give one under Authentication, or with --auth-file",
                                     sy_url_get_redacted (self->job.url)));
  else
    finish (self, NULL, sy_http_error_translate (error, self->job.url));
}

/* Ends the request with @error, which is consumed, once libsoup has let go. */
static void
abort_with (SyHttpFetch *self,
            GError      *error)
{
  if (self->abort_error == NULL)
    self->abort_error = error;
  else
    g_error_free (error);

  g_cancellable_cancel (self->cancellable);
}

/* What the job's own reader makes of @body. A refusal that does not say why in
 * the reader's terms is what its status says. */
static void
read_body (SyHttpFetch *self,
           GBytes      *body)
{
  GError *error = NULL;

  if (self->job.read (body, self->scrape, &error) || self->refusal == NULL
      || g_error_matches (error, SY_ERROR, SY_ERROR_QUERY))
    {
      if (error != NULL)
        g_prefix_error (&error, "%s: ", sy_url_get_redacted (self->job.url));
      finish (self, body, error);
      return;
    }

  g_error_free (error);
  finish (self, body, g_steal_pointer (&self->refusal));
}

static void
finish_body (SyHttpFetch *self)
{
  const SyHttpBody said = { &self->job, self->message, self->wire, self->scrape->content_type };
  GError *error = NULL;
  g_autoptr (GBytes) body = sy_http_body_decode (&said, &error);

  if (body == NULL)
    {
      finish (self, NULL, error);
      return;
    }

  self->scrape->body_bytes = g_bytes_get_size (body);
  if (self->scrape->body_bytes == 0)
    {
      finish (self, body, g_error_new (SY_ERROR, SY_ERROR_EMPTY, "%s: answered 200 with nothing in it",
                                       sy_url_get_redacted (self->job.url)));
      return;
    }

  if (self->job.read != NULL)
    {
      read_body (self, body);
      return;
    }

  self->scrape->exposition = sy_http_body_parse (&said, body, &self->is_surely_whole, &error);
  finish (self, body, error);
}

/* Any byte is a sign of life. */
static void
extend_deadline (SyHttpFetch *self)
{
  self->job.deadline_us = sy_clock_get_monotonic (self->job.clock) + self->job.stream->silence_us;
  sy_clock_timer_set_due (self->timer, self->job.deadline_us);
}

static void
take_stream_block (SyHttpFetch   *self,
                   gconstpointer  data,
                   gsize          size)
{
  GError *error = NULL;

  if (size == 0)
    error = g_error_new (SY_ERROR, SY_ERROR_TRUNCATED, "%s: the server ended the stream",
                         sy_url_get_redacted (self->job.url));
  else if (!self->job.stream->block (data, size, self->user_data, &error))
    g_prefix_error (&error, "%s: ", sy_url_get_redacted (self->job.url));

  if (error != NULL)
    {
      /* What else is on its way must not keep the connection. */
      g_cancellable_cancel (self->cancellable);
      finish (self, NULL, error);
      return;
    }

  extend_deadline (self);
  read_block (self);
}

static void
block_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  SyHttpFetch *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) block = g_input_stream_read_bytes_finish (self->stream, result, &error);
  gsize size;
  gconstpointer data;

  if (block == NULL)
    {
      fail (self, error);
      return;
    }

  data = g_bytes_get_data (block, &size);
  if (self->job.stream != NULL)
    {
      take_stream_block (self, data, size);
      return;
    }

  if (size == 0)
    {
      finish_body (self);
      return;
    }

  if (self->wire->len + size > self->job.limits->max_wire_bytes)
    {
      finish (self, NULL, g_error_new (SY_ERROR, SY_ERROR_BODY_TOO_LARGE,
                                       "%s: more than %" G_GSIZE_FORMAT " bytes came: is this a metrics endpoint?",
                                       sy_url_get_redacted (self->job.url), self->job.limits->max_wire_bytes));
      return;
    }

  g_byte_array_append (self->wire, data, (guint) size);
  read_block (self);
}

static void
read_block (SyHttpFetch *self)
{
  g_input_stream_read_bytes_async (self->stream, BLOCK_BYTES, G_PRIORITY_DEFAULT, self->cancellable, block_cb, self);
}

static void
read_retry_after (SyHttpFetch *self)
{
  const char *text =
    soup_message_headers_get_one (soup_message_get_response_headers (self->message), "Retry-After");

  if (text != NULL && *text != '\0' && strspn (text, "0123456789") == strlen (text))
    self->retry_after_us =
      (gint64) MIN (g_ascii_strtoull (text, NULL, 10), MAX_RETRY_AFTER_SECONDS) * SY_USEC_PER_SEC;
}

static void send (SyHttpFetch *self);

/* The address within the origin to ask instead; NULL when the answer names
 * none, or when it is enough. (transfer full) */
static SyUrl *
next_target (SyHttpFetch *self)
{
  g_autoptr (SyUrl) next = sy_http_error_redirect_target (self->message, self->target, NULL);

  if (next == NULL || self->job.message != NULL || self->n_redirects == MAX_REDIRECTS
      || strcmp (sy_url_get_origin (next), sy_url_get_origin (self->target)) != 0)
    return NULL;

  return g_steal_pointer (&next);
}

static void
follow (SyHttpFetch *self,
        SyUrl       *next)
{
  self->n_redirects++;
  sy_url_unref (self->target);
  self->target = next;

  g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  send (self);
}

/* Whether the body of a refusal is worth reading: an API says why in JSON. */
static gboolean
tells_why (SyHttpFetch *self)
{
  return self->job.read != NULL && soup_message_get_status (self->message) >= SOUP_STATUS_BAD_REQUEST
         && self->scrape->content_type != NULL && g_str_has_prefix (self->scrape->content_type, "application/json");
}

/* The head of a good answer: whether it is what was asked for. */
static gboolean
check_type (SyHttpFetch  *self,
            GError      **error)
{
  const char *type = self->scrape->content_type;
  const char *encoding =
    soup_message_headers_get_one (soup_message_get_response_headers (self->message), "Content-Encoding");
  const gsize essence = type != NULL ? strcspn (type, "; \t") : 0;
  g_autofree char *shown = NULL;

  self->is_stream = essence == strlen (STREAM_TYPE) && g_ascii_strncasecmp (type, STREAM_TYPE, essence) == 0;

  if (self->is_stream == (self->job.stream != NULL) && (!self->is_stream || encoding == NULL))
    return TRUE;

  if (self->is_stream && self->job.stream != NULL)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_UNSUPPORTED_ENCODING, "%s: a packed stream was not asked for",
                   sy_url_get_redacted (self->job.url));
      return FALSE;
    }

  shown = sy_display_text (type != NULL ? type : "no type", -1, MAX_TYPE_CHARS);
  g_set_error (error, SY_ERROR, SY_ERROR_FORMAT, "%s: got %s, which is %s", sy_url_get_redacted (self->job.url), shown,
               self->is_stream ? "a stream and no page" : "no stream of events (" STREAM_TYPE ")");
  return FALSE;
}

static gsize
max_announced (SyHttpFetch *self)
{
  return self->job.stream != NULL ? G_MAXSIZE : self->job.limits->max_wire_bytes;
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  SyHttpFetch *self = user_data;
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  g_autoptr (GError) error = NULL;
  GError *refusal = NULL;
  SyUrl *next;

  self->stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  if (self->stream == NULL)
    {
      fail (self, error);
      return;
    }

  next = next_target (self);
  if (next != NULL)
    {
      follow (self, next);
      return;
    }

  self->scrape->answered_us = sy_clock_get_monotonic (self->job.clock);
  self->scrape->content_type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  if (self->scrape->content_type != NULL)
    sy_access_mask (self->job.access, self->scrape->content_type, strlen (self->scrape->content_type));
  self->scrape->served_by = sy_served_by_dup (headers);
  if (self->scrape->served_by != NULL)
    sy_access_mask (self->job.access, self->scrape->served_by, strlen (self->scrape->served_by));
  read_retry_after (self);

  if (!sy_http_error_check_head (self->message, self->target, max_announced (self), &refusal)
      || !check_type (self, &refusal))
    {
      if (tells_why (self))
        {
          self->refusal = refusal;
          read_block (self);
          return;
        }

      /* What is left of the body must not keep the connection. */
      g_cancellable_cancel (self->cancellable);
      finish (self, NULL, refusal);
      return;
    }

  if (self->job.stream != NULL)
    extend_deadline (self);
  read_block (self);
}

static void
informational_cb (SoupMessage *message,
                  SyHttpFetch *self)
{
  if (++self->n_informational > MAX_INFORMATIONAL)
    abort_with (self, g_error_new (SY_ERROR, SY_ERROR_PROTOCOL,
                                   "%s: more than %d interim answers (1xx) and no final one: is this a web server?",
                                   sy_url_get_redacted (self->job.url), MAX_INFORMATIONAL));
}

static void
starting_cb (SoupMessage *message,
             SyHttpFetch *self)
{
  self->is_sent = TRUE;
}

static void
network_event_cb (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  SyHttpFetch        *self)
{
  if (event == G_SOCKET_CLIENT_RESOLVING || event == G_SOCKET_CLIENT_RESOLVED)
    self->is_resolving = event == G_SOCKET_CLIENT_RESOLVING;
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    self->is_securing = TRUE;
  if (event == G_SOCKET_CLIENT_CONNECTED && self->socket_func != NULL && G_IS_SOCKET_CONNECTION (connection))
    self->socket_func (g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection)), self->user_data);
}

/* Who takes the connection and then says nothing of TLS most likely speaks plain http.
 * Returns: (transfer full) */
static GError *
connect_error (SyHttpFetch *self)
{
  const char *address = sy_url_get_redacted (self->job.url);
  const int seconds = (int) (CONNECT_TIMEOUT_US / SY_USEC_PER_SEC);

  if (self->is_resolving)
    return resolve_error (self);
  if (self->is_securing)
    return g_error_new (SY_ERROR, SY_ERROR_TLS, "%s: connected, but no TLS handshake within %d s: does it speak http instead of https?",
                        address, seconds);

  return g_error_new (SY_ERROR, SY_ERROR_CONNECT_TIMEOUT, "%s: no connection within %d s: is a firewall in between?", address, seconds);
}

static gboolean
timer_cb (gpointer user_data)
{
  SyHttpFetch *self = user_data;

  if (sy_clock_get_monotonic (self->job.clock) >= self->job.deadline_us)
    abort_with (self, deadline_error (self));
  else if (!self->is_sent)
    abort_with (self, connect_error (self));
  else
    sy_clock_timer_set_due (self->timer, self->job.deadline_us);

  return G_SOURCE_CONTINUE;
}

/* Asks the target. */
static void
send (SyHttpFetch *self)
{
  const gint64 left_us = self->job.deadline_us - sy_clock_get_monotonic (self->job.clock);

  self->message = self->job.message != NULL ? g_object_ref (self->job.message)
                                            : sy_http_session_message (self->target, self->job.access, MAX (left_us, 0));
  if (self->job.stream != NULL)
    self->job.stream->prepare (soup_message_get_request_headers (self->message), self->user_data);
  g_signal_connect (self->message, "got-informational", G_CALLBACK (informational_cb), self);
  g_signal_connect (self->message, "starting", G_CALLBACK (starting_cb), self);
  g_signal_connect (self->message, "network-event", G_CALLBACK (network_event_cb), self);
  sy_http_tls_watch (self->message, self->job.access, self->cancellable);

  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT, self->cancellable, sent_cb, self);
}

/* A request that must not leave: its answer is the abort error. */
static gboolean
refused_cb (gpointer user_data)
{
  SyHttpFetch *self = user_data;

  self->message = sy_http_session_message (self->target, NULL, 0);
  finish (self, NULL, g_steal_pointer (&self->abort_error));
  return G_SOURCE_REMOVE;
}

static void
refuse_later (SyHttpFetch *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, refused_cb, self, NULL);
  g_source_set_static_name (source, "SyHttpFetch refused");
  g_source_attach (source, g_main_context_get_thread_default ());
}

void
sy_http_fetch_start (SoupSession      *session,
                     const SyHttpJob  *job,
                     GCancellable     *cancellable,
                     SyHttpSocketFunc  socket_func,
                     SyHttpFetchFunc   func,
                     gpointer          user_data)
{
  SyHttpFetch *self = g_new0 (SyHttpFetch, 1);
  const gint64 now_us = sy_clock_get_monotonic (job->clock);

  self->job = *job;
  if (job->message != NULL)
    g_object_ref (job->message);
  self->session = g_object_ref (session);
  self->target = sy_url_ref (job->url);
  self->cancellable = g_object_ref (cancellable);
  self->socket_func = socket_func;
  self->func = func;
  self->user_data = user_data;
  self->wire = g_byte_array_new ();
  self->scrape = sy_scrape_new ();
  self->scrape->monotonic_us = now_us;
  self->scrape->wall_us = sy_clock_get_wall (job->clock);

  self->timer = sy_clock_timer_new (job->clock, MIN (job->deadline_us, now_us + CONNECT_TIMEOUT_US));
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_set_static_name (self->timer, "SyHttpFetch deadline");
  g_source_attach (self->timer, g_main_context_get_thread_default ());

  if (job->access != NULL && !sy_access_check (job->access, job->url, &self->abort_error))
    refuse_later (self);
  else
    send (self);
}
