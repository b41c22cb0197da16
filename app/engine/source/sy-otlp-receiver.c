/* sy-otlp-receiver.c: where backends push OpenTelemetry metrics to
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup reads the requests; what shapes this file are faults of its 3.2.3 and
 * what it leaves to others. A SoupServer that listens itself never lets go of a
 * connection's socket, so we accept. It has no time-outs, so each connection has
 * a deadline after which its socket is shut down, whatever it has sent by then.
 * Without a listener of its own it closes a connection after one answer: that
 * costs a pusher one connection a push, and leaves no idle ones to look after.
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-otlp-receiver.h"

#include <libsoup/soup.h>
#include <string.h>

#include "sy-error.h"
#include "sy-otlp-budget.h"
#include "sy-otlp-exchange.h"
#include "sy-text.h"

#define EXCHANGE_KEY "sy-otlp-exchange"
#define BACKLOG 64

const SyOtlpLimits SY_OTLP_LIMITS_DEFAULT = {
  .max_connections = 16,
  .deadline_ms = 10000,
  .max_body = SY_OTLP_MAX_BYTES,
  .max_pushes = 50,
  .max_bytes = 8 * 1000 * 1000,
  .exposition = {
    .max_line = 64 * 1024,
    .max_samples = 20000,
    .max_labels = 64,
    .max_name = 1024,
    .max_value = 2048,
  },
};

struct _SyOtlpReceiver
{
  /* Set before the thread begins, never changed. */
  char         *key;       /* owned: "127.0.0.1:4318" */
  SyOtlpLimits  limits;
  GSocket      *socket;    /* owned: the listening one */
  GMainContext *context;   /* owned: the thread's */
  GMainLoop    *loop;      /* owned */
  GThread      *thread;    /* owned: whoever leaves last waits for it */

  /* The thread's alone. */
  SoupServer     *server;      /* owned */
  GSocketService *service;     /* owned */
  SyOtlpBudget   *budget;      /* owned */
  GHashTable     *connections; /* owned, a set of Connection (borrowed: their sockets') */

  /* Shared, under the lock, which is held during calls. */
  GMutex        lock;
  GArray       *listeners; /* owned, of SyOtlpListener */
};

/* Lives as long as its socket. */
typedef struct
{
  SyOtlpReceiver *receiver; /* borrowed */
  GSocket        *socket;   /* borrowed */
  GSocketAddress *remote;   /* owned: the pusher's */
  GSource        *deadline; /* owned */
} Connection;

/* All receivers of this program by their key, borrowed: their listeners'. */
static GMutex registry_lock;
static GHashTable *registry;

static void
connection_free (Connection *self)
{
  g_hash_table_remove (self->receiver->connections, self);
  g_object_unref (self->remote);
  g_source_destroy (self->deadline);
  g_source_unref (self->deadline);
  g_free (self);
}

static void
socket_gone_cb (gpointer  user_data,
                GObject  *socket)
{
  connection_free (user_data);
}

static gboolean
deadline_cb (gpointer user_data)
{
  g_socket_shutdown (((Connection *) user_data)->socket, TRUE, TRUE, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
is_same (GSocketAddress *a,
         GSocketAddress *b)
{
  GInetSocketAddress *first = G_INET_SOCKET_ADDRESS (a);
  GInetSocketAddress *second = G_INET_SOCKET_ADDRESS (b);

  return g_inet_socket_address_get_port (first) == g_inet_socket_address_get_port (second)
         && g_inet_address_equal (g_inet_socket_address_get_address (first), g_inet_socket_address_get_address (second));
}

/* Among a few. (transfer none) (nullable) */
static Connection *
find_connection (SyOtlpReceiver *self,
                 GSocketAddress *remote)
{
  GHashTableIter iter;
  gpointer connection;

  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, &connection, NULL))
    if (is_same (((Connection *) connection)->remote, remote))
      return connection;

  return NULL;
}

static void
watch (SyOtlpReceiver *self,
       GSocket        *socket,
       GSocketAddress *remote)
{
  Connection *connection = g_new0 (Connection, 1);

  connection->receiver = self;
  connection->socket = socket;
  connection->remote = g_object_ref (remote);
  /* Real time, whatever clock the listeners have: a peer is waited for. */
  connection->deadline = g_timeout_source_new (self->limits.deadline_ms);
  g_source_set_callback (connection->deadline, deadline_cb, connection, NULL);
  g_source_set_static_name (connection->deadline, "SyOtlpReceiver deadline");
  g_source_attach (connection->deadline, self->context);
  g_hash_table_add (self->connections, connection);
  g_object_weak_ref (G_OBJECT (socket), socket_gone_cb, connection);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *stream,
             GObject           *source,
             gpointer           user_data)
{
  SyOtlpReceiver *self = user_data;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (stream, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (stream, NULL);

  if (local == NULL || remote == NULL || g_hash_table_size (self->connections) >= self->limits.max_connections)
    {
      g_io_stream_close (G_IO_STREAM (stream), NULL, NULL);
      return TRUE;
    }

  watch (self, g_socket_connection_get_socket (stream), remote);
  soup_server_accept_iostream (self->server, G_IO_STREAM (stream), local, remote, NULL);
  return TRUE;
}

static SyOtlpExchange *
get_exchange (SoupServerMessage *message)
{
  return g_object_get_data (G_OBJECT (message), EXCHANGE_KEY);
}

static void
got_headers_cb (SoupServerMessage *message,
                SyOtlpReceiver    *self)
{
  sy_otlp_exchange_judge (get_exchange (message), message);
}

static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk,
              SyOtlpReceiver    *self)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  Connection *connection = find_connection (self, remote);

  /* libsoup itself does not know the socket of a connection that it was given. */
  if (!sy_otlp_exchange_add (get_exchange (message), chunk) && connection != NULL)
    g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
}

static void
started_cb (SoupServer        *server,
            SoupServerMessage *message,
            SyOtlpReceiver    *self)
{
  g_object_set_data_full (G_OBJECT (message), EXCHANGE_KEY, sy_otlp_exchange_new (&self->limits),
                          (GDestroyNotify) sy_otlp_exchange_free);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), self);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), self);
}

/* What the listeners make of it together. */
static SyOtlpVerdict
offer (SyOtlpReceiver       *self,
       const SyOtlpExchange *exchange,
       SyOtlpRequest        *request)
{
  const GError *refusal = sy_otlp_exchange_get_refusal (exchange);
  const SyOtlpPush push = {
    .request = refusal == NULL ? request : NULL,
    .refusal = refusal,
    .wire_bytes = sy_otlp_exchange_get_wire (exchange),
    .body_bytes = sy_otlp_exchange_get_body (exchange),
  };
  SyOtlpVerdict verdict = SY_OTLP_NOT_MINE;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->listeners->len; i++)
    {
      const SyOtlpListener *listener = &g_array_index (self->listeners, SyOtlpListener, i);
      const SyOtlpVerdict one = listener->func (&push, listener->user_data);

      verdict = MAX (verdict, one);
    }
  g_mutex_unlock (&self->lock);

  return verdict;
}

/* The name that a push is counted under. */
static const char *
get_service (const SyOtlpRequest *request)
{
  guint n = 0;
  const SyOtlpResource *resources = request != NULL ? sy_otlp_request_get_resources (request, &n) : NULL;

  return n > 0 ? resources[0].service : NULL;
}

static void
refuse_flood (SyOtlpReceiver *self,
              SyOtlpExchange *exchange,
              const char     *service)
{
  g_autofree char *safe = sy_display_text (service != NULL ? service : "", -1, 40);
  g_autofree char *reason = g_strdup_printf ("“%s” pushes more than can be read: at most %u times a second and %" G_GSIZE_FORMAT " bytes",
                                             safe, self->limits.max_pushes, self->limits.max_bytes);

  sy_otlp_exchange_refuse (exchange, 429, SY_ERROR_FLOOD, reason);
}

/* (transfer full) (nullable): it is refused */
static SyOtlpRequest *
read_request (SyOtlpReceiver    *self,
              SyOtlpExchange    *exchange,
              SoupServerMessage *message)
{
  if (!sy_otlp_budget_admit (self->budget, sy_otlp_exchange_get_wire (exchange), g_get_monotonic_time ()))
    sy_otlp_exchange_refuse (exchange, 429, SY_ERROR_FLOOD, "more is pushed here at once than can be read");

  return sy_otlp_exchange_read (exchange, message);
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  SyOtlpReceiver *self = user_data;
  SyOtlpExchange *exchange = get_exchange (message);
  g_autoptr (SyOtlpRequest) request = read_request (self, exchange, message);
  const char *service = get_service (request);
  SyOtlpVerdict verdict;
  const char *why = NULL;
  guint n_rejected = request != NULL ? sy_otlp_request_get_n_rejected (request, &why) : 0;

  if (!sy_otlp_budget_charge (self->budget, service, MAX (sy_otlp_exchange_get_body (exchange), sy_otlp_exchange_get_wire (exchange)),
                              g_get_monotonic_time ()))
    refuse_flood (self, exchange, service);

  verdict = offer (self, exchange, request);
  if (verdict == SY_OTLP_BUSY)
    refuse_flood (self, exchange, service);
  else if (verdict == SY_OTLP_NOT_MINE && request != NULL)
    {
      n_rejected += sy_otlp_request_get_n_points (request);
      why = "nobody watches this service here: add it to Steelyard, or correct the service's name in its address";
    }

  sy_otlp_exchange_answer (exchange, message, n_rejected, why);
}

static void
close_all (SyOtlpReceiver *self)
{
  g_autoptr (GList) connections = g_hash_table_get_values (self->connections);

  for (GList *l = connections; l != NULL; l = l->next)
    g_socket_shutdown (((Connection *) l->data)->socket, TRUE, TRUE, NULL);
}

/* What is not gone by now does not know us any more. */
static void
forget_all (SyOtlpReceiver *self)
{
  g_autoptr (GList) connections = g_hash_table_get_values (self->connections);

  for (GList *l = connections; l != NULL; l = l->next)
    {
      Connection *connection = l->data;

      g_object_weak_unref (G_OBJECT (connection->socket), socket_gone_cb, connection);
      connection_free (connection);
    }
}

static gpointer
thread_main (gpointer data)
{
  SyOtlpReceiver *self = data;

  g_main_context_push_thread_default (self->context);
  self->connections = g_hash_table_new (NULL, NULL);
  self->budget = sy_otlp_budget_new (&self->limits);
  self->server = soup_server_new ("server-header", "Steelyard", NULL);
  g_signal_connect (self->server, "request-started", G_CALLBACK (started_cb), self);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  self->service = g_socket_service_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_socket_listener_add_socket (G_SOCKET_LISTENER (self->service), self->socket, NULL, NULL);
  g_socket_service_start (self->service);

  g_main_loop_run (self->loop);

  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  close_all (self);
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  forget_all (self);

  g_clear_object (&self->service);
  soup_server_disconnect (self->server);
  g_signal_handlers_disconnect_by_data (self->server, self);
  g_clear_object (&self->server);
  g_clear_pointer (&self->budget, sy_otlp_budget_free);
  g_clear_pointer (&self->connections, g_hash_table_unref);
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static void
receiver_free (SyOtlpReceiver *self)
{
  g_clear_object (&self->socket);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_array_unref (self->listeners);
  g_mutex_clear (&self->lock);
  g_free (self->key);
  g_free (self);
}

/* (transfer full) (nullable) */
static GSocket *
listen_at (const char  *host,
           guint16      port,
           GError     **error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (host, port);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GSocket) socket = NULL;

  if (address == NULL || !g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_LISTEN, "%s is not of this machine: write 127.0.0.1", host);
      return NULL;
    }

  socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &local_error);
  if (socket != NULL)
    g_socket_set_listen_backlog (socket, BACKLOG);
  if (socket != NULL && g_socket_bind (socket, address, TRUE, &local_error) && g_socket_listen (socket, &local_error))
    return g_steal_pointer (&socket);

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    g_set_error (error, SY_ERROR, SY_ERROR_LISTEN,
                 "another program listens at port %u already, such as an OpenTelemetry Collector: end it, or choose another port here "
                 "and in OTEL_EXPORTER_OTLP_ENDPOINT", port);
  else
    g_set_error (error, SY_ERROR, SY_ERROR_LISTEN, "%s:%u: %s", host, port, local_error->message);
  return NULL;
}

/* With the registry's lock. */
static SyOtlpReceiver *
receiver_new (const char            *key,
              const char            *host,
              const SyOtlpListener  *listener,
              GError               **error)
{
  GSocket *socket = listen_at (host, listener->port, error);
  SyOtlpReceiver *self;

  if (socket == NULL)
    return NULL;

  self = g_new0 (SyOtlpReceiver, 1);
  g_mutex_init (&self->lock);
  self->key = g_strdup (key);
  self->limits = *listener->limits;
  self->socket = socket;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->listeners = g_array_new (FALSE, FALSE, sizeof (SyOtlpListener));
  g_hash_table_insert (registry, self->key, self);
  return self;
}

SyOtlpReceiver *
sy_otlp_receiver_join (const SyOtlpListener  *listener,
                       GError               **error)
{
  const char *host = strcmp (listener->host, "localhost") == 0 ? "127.0.0.1" : listener->host;
  g_autofree char *key = g_strdup_printf ("%s:%u", host, listener->port);
  SyOtlpReceiver *self;

  g_mutex_lock (&registry_lock);
  if (registry == NULL)
    registry = g_hash_table_new (g_str_hash, g_str_equal);

  self = g_hash_table_lookup (registry, key);
  if (self == NULL)
    self = receiver_new (key, host, listener, error);

  if (self != NULL)
    {
      g_mutex_lock (&self->lock);
      g_array_append_vals (self->listeners, listener, 1);
      g_mutex_unlock (&self->lock);
      if (self->thread == NULL)
        self->thread = g_thread_new ("sy-otlp", thread_main, self);
    }
  g_mutex_unlock (&registry_lock);

  return self;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

/* In the loop, not before it runs. */
static void
end_thread (SyOtlpReceiver *self)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, quit_cb, self->loop, NULL);
  g_source_attach (source, self->context);
  g_source_unref (source);
  g_thread_join (g_steal_pointer (&self->thread));
}

void
sy_otlp_receiver_leave (SyOtlpReceiver *self,
                        gpointer        user_data)
{
  guint n_left;

  g_mutex_lock (&registry_lock);
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->listeners->len; i++)
    if (g_array_index (self->listeners, SyOtlpListener, i).user_data == user_data)
      {
        g_array_remove_index (self->listeners, i);
        break;
      }
  n_left = self->listeners->len;
  g_mutex_unlock (&self->lock);

  if (n_left == 0)
    {
      g_hash_table_remove (registry, self->key);
      end_thread (self);
      receiver_free (self);
      if (g_hash_table_size (registry) == 0)
        g_clear_pointer (&registry, g_hash_table_unref);
    }
  g_mutex_unlock (&registry_lock);
}
