/* sy-web-socket.c: one connection that listens
 *
 * Each block is read through the main loop, so that timers of this thread fire
 * however much comes. What is written (pongs, a ping, the close frame) is little
 * and never waited for: a peer that does not read gets no more of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-web-socket.h"

#include <string.h>

#include "sy-error.h"
#include "sy-frame-parser.h"
#include "sy-http-error.h"
#include "sy-http-tls.h"
#include "sy-text.h"

#define BLOCK_BYTES (64 * 1024)
#define MAX_HEAD (16 * 1024)
#define MAX_REASON_CHARS 80
#define HEAD_END "\r\n\r\n"

/* Referenced by itself until it has ended, and by each operation under way. */
typedef struct
{
  grefcount         ref_count;
  SyUrl            *url;          /* (owned) */
  SyClock          *clock;        /* (owned) */
  SyAccess         *access;       /* (owned) (nullable) */
  SyStreamLimits    limits;
  GCancellable     *cancellable;  /* (owned) */
  SyWebSocketFuncs  funcs;
  gpointer          user_data;

  char             *key;          /* (owned) */
  GSocketClient    *client;       /* (owned) */
  GIOStream        *stream;       /* (owned) (nullable) */
  GSource          *timer;        /* (owned) */
  GString          *head;         /* (owned): of the answer, until it is whole */
  SyFrameParser    *frames;       /* (owned) (nullable): once it is */
  GByteArray       *out;          /* (owned): to be written next */
  GByteArray       *writing;      /* (owned) (nullable): being written */
  gint64            deadline_us;
  gint64            ping_at_us;
  GError           *stop_error;   /* (owned) (nullable): from a frame, while they are read */
  SyWebSocketEnd    end;
  gboolean          has_ended;
  gboolean          is_resolving;
} SyWebSocket;

static void read_block (SyWebSocket *self);
static void write_out (SyWebSocket *self);

static SyWebSocket *
web_socket_ref (SyWebSocket *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

static void
web_socket_unref (SyWebSocket *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;

  g_source_unref (self->timer);
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_object (&self->client);
  g_clear_object (&self->stream);
  g_object_unref (self->cancellable);
  g_object_unref (self->clock);
  sy_url_unref (self->url);
  g_clear_pointer (&self->access, sy_access_unref);
  g_string_free (self->head, TRUE);
  g_clear_pointer (&self->frames, sy_frame_parser_free);
  g_byte_array_unref (self->out);
  g_clear_pointer (&self->writing, g_byte_array_unref);
  g_clear_error (&self->stop_error);
  g_free (self->key);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyWebSocket, web_socket_unref)

/* A close frame if there is room for it; nobody waits for its answer. */
static void
say_goodbye (SyWebSocket *self,
             guint        code)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  GOutputStream *out;

  if (self->stream == NULL || self->frames == NULL || self->writing != NULL)
    return;

  out = g_io_stream_get_output_stream (self->stream);
  sy_frame_append_close (frame, code, g_random_int ());
  if (G_IS_POLLABLE_OUTPUT_STREAM (out))
    g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (out), frame->data, frame->len, NULL, NULL);
}

/* The one end of all ways; @error is consumed. */
static void
finish (SyWebSocket *self,
        GError      *error)
{
  if (self->has_ended)
    {
      g_error_free (error);
      return;
    }

  self->has_ended = TRUE;
  if (self->end.close_code != 0)
    say_goodbye (self, self->end.close_code);
  else
    say_goodbye (self, sy_frame_close_code (error));

  g_source_destroy (self->timer);
  g_cancellable_cancel (self->cancellable);

  sy_access_mask (self->access, error->message, strlen (error->message));
  self->end.error = error;
  self->funcs.ended (&self->end, self->user_data);
  g_error_free (error);
  web_socket_unref (self);
}

static GError *
deadline_error (SyWebSocket *self)
{
  const char *address = sy_url_get_redacted (self->url);

  if (self->is_resolving)
    return g_error_new (SY_ERROR, SY_ERROR_RESOLVE, "%s: the name of the host was not found out within %.3g s: does the name server answer?",
                        address, (double) self->limits.head_us / SY_USEC_PER_SEC);
  if (self->stream == NULL)
    return g_error_new (SY_ERROR, SY_ERROR_CONNECT_TIMEOUT, "%s: no connection within %.3g s: is a firewall in between?",
                        address, (double) self->limits.head_us / SY_USEC_PER_SEC);
  if (self->frames == NULL)
    return g_error_new (SY_ERROR, SY_ERROR_DEADLINE, "%s: no answer within %.3g s: the server is overloaded or stalled",
                        address, (double) self->limits.head_us / SY_USEC_PER_SEC);

  return g_error_new (SY_ERROR, SY_ERROR_DEADLINE,
                      "%s: silent for %.3g s, and no answer to a ping: is the server still there?", address,
                      (double) self->limits.silence_us / SY_USEC_PER_SEC);
}

/* What to tell of @error, which may only be the echo of being cancelled. */
static void
fail (SyWebSocket  *self,
      const GError *error)
{
  GError *refused_certificate = sy_http_tls_explain (G_OBJECT (self->client), self->url);

  if (refused_certificate != NULL)
    finish (self, refused_certificate);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && sy_clock_get_monotonic (self->clock) >= self->deadline_us)
    finish (self, deadline_error (self));
  else
    finish (self, sy_http_error_translate (error, self->url));
}

static void
send_control (SyWebSocket *self,
              SyFrameKind  kind,
              const char  *data,
              gsize        length)
{
  /* A peer that has not read the last one gets the newest only. */
  g_byte_array_set_size (self->out, 0);
  sy_frame_append (self->out, kind, data, length, g_random_int ());
  if (self->writing == NULL)
    write_out (self);
}

static void
note_life (SyWebSocket *self)
{
  const gint64 now_us = sy_clock_get_monotonic (self->clock);

  self->deadline_us = now_us + self->limits.silence_us;
  self->ping_at_us = now_us + self->limits.ping_us;
  sy_clock_timer_set_due (self->timer, MIN (self->ping_at_us, self->deadline_us));
}

static void
take_close (SyWebSocket          *self,
            const SyFrameMessage *frame)
{
  g_autofree char *reason = sy_display_text (frame->data, (gssize) frame->length, MAX_REASON_CHARS);
  const char *address = sy_url_get_redacted (self->url);

  self->end.close_code = frame->close_code;
  if (frame->close_code == SY_FRAME_CLOSE_NO_CODE)
    self->stop_error = g_error_new (SY_ERROR, SY_ERROR_TRUNCATED, "%s: the server closed without a reason", address);
  else if (*reason == '\0')
    self->stop_error = g_error_new (SY_ERROR, SY_ERROR_TRUNCATED, "%s: the server closed with %u", address, frame->close_code);
  else
    self->stop_error = g_error_new (SY_ERROR, SY_ERROR_TRUNCATED, "%s: the server closed with %u: “%s”", address,
                                    frame->close_code, reason);
}

static void
frame_cb (const SyFrameMessage *frame,
          gpointer              user_data)
{
  SyWebSocket *self = user_data;

  switch (frame->kind)
    {
    case SY_FRAME_TEXT:
    case SY_FRAME_BINARY:
      self->funcs.message (frame->data, frame->length, self->user_data);
      break;
    case SY_FRAME_CLOSE:
      take_close (self, frame);
      break;
    case SY_FRAME_PING:
      send_control (self, SY_FRAME_PONG, frame->data, frame->length);
      self->funcs.control (self->user_data);
      break;
    case SY_FRAME_PONG:
    default:
      self->funcs.control (self->user_data);
      break;
    }
}

/* FALSE: it has ended. */
static gboolean
take_frames (SyWebSocket *self,
             const char  *data,
             gsize        length)
{
  GError *error = NULL;

  if (!self->funcs.count (length, self->user_data, &error)
      || !sy_frame_parser_push (self->frames, data, length, frame_cb, self, &error))
    g_prefix_error (&error, "%s: ", sy_url_get_redacted (self->url));
  else if (self->stop_error != NULL)
    error = g_steal_pointer (&self->stop_error);

  if (error == NULL)
    return TRUE;

  finish (self, error);
  return FALSE;
}

/* FALSE: it has ended. */
static gboolean
take_head (SyWebSocket *self,
           const char  *data,
           gsize        length)
{
  const SyFrameLimits limits = { self->limits.max_message, self->limits.max_message };
  GError *error = NULL;
  const char *end;
  gsize head_length;

  g_string_append_len (self->head, data, (gssize) length);
  end = g_strstr_len (self->head->str, (gssize) self->head->len, HEAD_END);
  if (end == NULL && self->head->len <= MAX_HEAD)
    return TRUE;

  if (end == NULL)
    {
      finish (self, g_error_new (SY_ERROR, SY_ERROR_HEADERS_TOO_LARGE, "%s: the answer's headers are larger than %d KiB",
                                 sy_url_get_redacted (self->url), MAX_HEAD / 1024));
      return FALSE;
    }

  head_length = (gsize) (end - self->head->str) + strlen (HEAD_END);
  if (!sy_web_socket_check (self->url, self->key, self->head->str, head_length, &self->end.answer, &error))
    {
      finish (self, error);
      return FALSE;
    }

  self->frames = sy_frame_parser_new (&limits);
  return take_frames (self, self->head->str + head_length, self->head->len - head_length);
}

static void
block_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SyWebSocket) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) block = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);
  const char *data;
  gsize size;

  if (self->has_ended)
    return;

  if (block == NULL)
    {
      fail (self, error);
      return;
    }

  data = g_bytes_get_data (block, &size);
  if (size == 0)
    {
      finish (self, g_error_new (SY_ERROR, self->frames != NULL ? SY_ERROR_TRUNCATED : SY_ERROR_RESET,
                                 "%s: the connection ended without a word: the server may have crashed or be restarting",
                                 sy_url_get_redacted (self->url)));
      return;
    }

  if (self->frames != NULL ? !take_frames (self, data, size) : !take_head (self, data, size))
    return;

  /* A slow handshake is not excused by each of its bytes. */
  if (self->frames != NULL)
    note_life (self);
  read_block (self);
}

static void
read_block (SyWebSocket *self)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (self->stream), BLOCK_BYTES, G_PRIORITY_DEFAULT,
                                   self->cancellable, block_cb, web_socket_ref (self));
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SyWebSocket) self = user_data;
  g_autoptr (GError) error = NULL;
  const gboolean written = g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error);

  g_clear_pointer (&self->writing, g_byte_array_unref);
  if (self->has_ended)
    return;

  if (!written)
    fail (self, error);
  else if (self->out->len > 0)
    write_out (self);
}

static void
write_out (SyWebSocket *self)
{
  self->writing = g_steal_pointer (&self->out);
  self->out = g_byte_array_new ();
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), self->writing->data, self->writing->len,
                                   G_PRIORITY_DEFAULT, self->cancellable, written_cb, web_socket_ref (self));
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (SyWebSocket) self = user_data;
  g_autoptr (GError) error = NULL;
  char *request;
  GSocketConnection *connection = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (object), result, &error);

  if (connection == NULL)
    {
      if (!self->has_ended)
        fail (self, error);
      return;
    }

  self->stream = G_IO_STREAM (connection);
  if (self->has_ended)
    return;

  request = sy_web_socket_request (self->url, self->access, self->key);
  g_byte_array_append (self->out, (const guint8 *) request, (guint) strlen (request));
  sy_credential_wipe (request);
  write_out (self);
  read_block (self);
}

static void
event_cb (GSocketClient      *client,
          GSocketClientEvent  event,
          GSocketConnectable *connectable,
          GIOStream          *connection,
          SyWebSocket        *self)
{
  if (event == G_SOCKET_CLIENT_RESOLVING || event == G_SOCKET_CLIENT_RESOLVED)
    self->is_resolving = event == G_SOCKET_CLIENT_RESOLVING;
  if (event == G_SOCKET_CLIENT_CONNECTED && !self->has_ended && G_IS_SOCKET_CONNECTION (connection))
    self->funcs.connected (g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection)), self->user_data);
}

static gboolean
timer_cb (gpointer user_data)
{
  SyWebSocket *self = user_data;
  const gint64 now_us = sy_clock_get_monotonic (self->clock);

  if (self->client == NULL)
    {
      /* The credential must not leave. */
      finish (self, g_steal_pointer (&self->stop_error));
      return G_SOURCE_REMOVE;
    }

  if (now_us >= self->deadline_us)
    {
      finish (self, deadline_error (self));
      return G_SOURCE_REMOVE;
    }

  if (self->frames != NULL && now_us >= self->ping_at_us)
    {
      self->ping_at_us = G_MAXINT64;
      send_control (self, SY_FRAME_PING, "", 0);
    }

  sy_clock_timer_set_due (self->timer, self->deadline_us);
  return G_SOURCE_CONTINUE;
}

static void
connect_to_host (SyWebSocket *self)
{
  self->client = g_socket_client_new ();
  g_socket_client_set_tls (self->client, sy_url_is_https (self->url));
  if (sy_url_is_loopback (self->url))
    g_socket_client_set_enable_proxy (self->client, FALSE);

  g_signal_connect (self->client, "event", G_CALLBACK (event_cb), self);
  sy_http_tls_watch_client (self->client, self->access, self->cancellable);
  g_socket_client_connect_to_host_async (self->client, sy_url_get_host (self->url), (guint16) sy_url_get_port (self->url),
                                         self->cancellable, connected_cb, web_socket_ref (self));
}

void
sy_web_socket_start (const SyWebSocketConfig *config,
                     const SyWebSocketFuncs  *funcs,
                     gpointer                 user_data)
{
  SyWebSocket *self = g_new0 (SyWebSocket, 1);

  g_ref_count_init (&self->ref_count);
  self->url = sy_url_ref (config->url);
  self->clock = g_object_ref (config->clock);
  self->access = config->access != NULL ? sy_access_ref (config->access) : NULL;
  self->limits = *config->limits;
  self->cancellable = g_object_ref (config->cancellable);
  self->funcs = *funcs;
  self->user_data = user_data;
  self->key = sy_web_socket_dup_key ();
  self->head = g_string_new (NULL);
  self->out = g_byte_array_new ();
  self->deadline_us = sy_clock_get_monotonic (self->clock) + self->limits.head_us;

  self->timer = sy_clock_timer_new (self->clock, self->deadline_us);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_set_static_name (self->timer, "SyWebSocket deadline");
  g_source_attach (self->timer, g_main_context_get_thread_default ());

  if (self->access != NULL && !sy_access_check (self->access, self->url, &self->stop_error))
    sy_clock_timer_set_due (self->timer, sy_clock_get_monotonic (self->clock));
  else
    connect_to_host (self);
}
