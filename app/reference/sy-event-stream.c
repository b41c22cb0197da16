/* sy-event-stream.c: server-sent events to one client
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-event-stream.h"

struct _SyEventStream {
  GObject             parent_instance;

  SoupServerMessage  *message;  /* owned; NULL once closed */
  SyReferenceMetrics *metrics;  /* owned */
  GQueue              pending;  /* of char *, owned */
  GPtrArray          *timers;   /* of GSource, owned */
  gboolean            is_busy;  /* the socket has an event of ours */
  gboolean            is_ending;
};

G_DEFINE_FINAL_TYPE (SyEventStream, sy_event_stream, G_TYPE_OBJECT)

enum { SIGNAL_CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
push_next (SyEventStream *self)
{
  SoupMessageBody *body;
  char *event;

  if (self->message == NULL || self->is_busy)
    return;

  body = soup_server_message_get_response_body (self->message);
  event = g_queue_pop_head (&self->pending);

  if (event != NULL)
    {
      self->is_busy = TRUE;
      soup_message_body_append_take (body, (guchar *) event, strlen (event));
      sy_reference_metrics_add_events (self->metrics, 1, 0);
    }
  else if (self->is_ending)
    {
      self->is_busy = TRUE;
      soup_message_body_complete (body);
    }
  else
    {
      return;
    }

  soup_server_message_unpause (self->message);
}

static void
wrote_chunk_cb (SoupServerMessage *message,
                SyEventStream     *self)
{
  self->is_busy = FALSE;
  push_next (self);
}

static void
destroy_timer (gpointer timer)
{
  g_source_destroy (timer);
  g_source_unref (timer);
}

static void
close_stream (SyEventStream *self)
{
  g_autoptr(SyEventStream) alive = g_object_ref (self);

  if (self->message == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  g_ptr_array_set_size (self->timers, 0);
  g_queue_clear_full (&self->pending, g_free);

  sy_reference_metrics_connect (self->metrics, SY_CONNECTION_SSE, -1);
  sy_reference_metrics_connect (self->metrics, SY_CONNECTION_HTTP, +1);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
finished_cb (SoupServerMessage *message,
             SyEventStream     *self)
{
  close_stream (self);
}

static gboolean
keep_alive_cb (gpointer user_data)
{
  sy_event_stream_send_raw (user_data, ": ka\n\n");

  return G_SOURCE_CONTINUE;
}

static void
sy_event_stream_dispose (GObject *object)
{
  SyEventStream *self = SY_EVENT_STREAM (object);

  close_stream (self);
  g_clear_pointer (&self->timers, g_ptr_array_unref);
  g_clear_pointer (&self->metrics, sy_reference_metrics_unref);

  G_OBJECT_CLASS (sy_event_stream_parent_class)->dispose (object);
}

static void
sy_event_stream_class_init (SyEventStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_event_stream_dispose;

  signals[SIGNAL_CLOSED] = g_signal_new ("closed", SY_TYPE_EVENT_STREAM, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sy_event_stream_init (SyEventStream *self)
{
  g_queue_init (&self->pending);
  self->timers = g_ptr_array_new_with_free_func (destroy_timer);
}

SyEventStream *
sy_event_stream_new (SoupServerMessage  *message,
                     SyReferenceMetrics *metrics)
{
  SyEventStream *self = g_object_new (SY_TYPE_EVENT_STREAM, NULL);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  self->message = g_object_ref (message);
  self->metrics = sy_reference_metrics_ref (metrics);
  sy_reference_metrics_connect (metrics, SY_CONNECTION_HTTP, -1);
  sy_reference_metrics_connect (metrics, SY_CONNECTION_SSE, +1);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (headers, "text/event-stream", NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);

  g_signal_connect (message, "wrote-chunk", G_CALLBACK (wrote_chunk_cb), self);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
  sy_event_stream_every (self, SY_EVENT_STREAM_KEEP_ALIVE_S * 1000, keep_alive_cb, self, NULL);

  return self;
}

void
sy_event_stream_send_raw (SyEventStream *self,
                          const char    *text)
{
  g_return_if_fail (SY_IS_EVENT_STREAM (self));

  if (self->message == NULL || self->is_ending)
    return;

  if (self->pending.length == SY_EVENT_STREAM_MAX_PENDING)
    {
      g_free (g_queue_pop_head (&self->pending));
      sy_reference_metrics_add_events (self->metrics, 0, 1);
    }

  g_queue_push_tail (&self->pending, g_strdup (text));
  push_next (self);
}

void
sy_event_stream_send (SyEventStream *self,
                      const char    *name,
                      const char    *id,
                      const char    *data)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (name != NULL)
    g_string_append_printf (text, "event: %s\n", name);
  if (id != NULL)
    g_string_append_printf (text, "id: %s\n", id);
  g_string_append_printf (text, "data: %s\n\n", data);

  sy_event_stream_send_raw (self, text->str);
}

void
sy_event_stream_every (SyEventStream  *self,
                       guint           interval_ms,
                       GSourceFunc     func,
                       gpointer        user_data,
                       GDestroyNotify  destroy)
{
  GSource *timer;

  g_return_if_fail (SY_IS_EVENT_STREAM (self));

  timer = g_timeout_source_new (interval_ms);
  g_source_set_callback (timer, func, user_data, destroy);
  g_source_attach (timer, g_main_context_get_thread_default ());
  g_ptr_array_add (self->timers, timer);
}

void
sy_event_stream_end (SyEventStream *self,
                     const char    *reason)
{
  g_autofree char *data = g_strdup_printf ("{\"reason\":\"%s\"}", reason);

  g_return_if_fail (SY_IS_EVENT_STREAM (self));

  sy_event_stream_send (self, "bye", NULL, data);
  self->is_ending = TRUE;
  g_ptr_array_set_size (self->timers, 0);
  push_next (self);
}
