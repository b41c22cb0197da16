/* sy-reference-listener.c: the door of a reference server
 *
 * Three faults of libsoup 3.2.3 shape this file. A SoupServer that listens
 * itself never lets go of a connection's socket (6 KB each), so we accept. It
 * keeps a connection open for a next request only while it has a listener of
 * its own, so it gets one that nobody knows. And it does not notice that a
 * client closed a connection between two requests, so we look first, with a
 * source ahead of its own: bytes are left to libsoup, an end takes the
 * connection away from it. That source also sees a request's first byte.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-reference-listener.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "sy-error.h"

#define BACKLOG 1024
/* Longer than what clients keep a connection for, so that they close first. */
#define IDLE_SECONDS 75

/* Shared with the open connections, which may outlive the listener. */
typedef struct {
  SyReferenceMetrics *metrics;     /* owned */
  GHashTable         *connections; /* of Connection, borrowed, by the client's port: the open ones */
} Tally;

/* Lives as long as its socket. */
typedef struct {
  Tally             *tally;         /* a reference */
  GSocket           *socket;        /* borrowed */
  guint              port;          /* of the client */
  GSource           *watch;         /* owned; NULL while libsoup has a request */
  SoupServerMessage *last;          /* owned; the last answered, while no other has come */
  gint64             first_byte_us; /* of a request that is not whole yet, 0 when there is none */
} Connection;

struct _SyReferenceListener {
  SoupServer     *server;  /* owned */
  GSocketService *service; /* owned */
  Tally          *tally;   /* a reference */
  guint           port;
};

static void
tally_clear (gpointer data)
{
  Tally *tally = data;

  g_hash_table_unref (tally->connections);
  sy_reference_metrics_unref (tally->metrics);
}

static void
tally_unref (Tally *tally)
{
  g_rc_box_release_full (tally, tally_clear);
}

static guint
get_port (GSocketAddress *address)
{
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

static void
stop_watching (Connection *connection)
{
  if (connection->watch != NULL)
    g_source_destroy (connection->watch);
  g_clear_pointer (&connection->watch, g_source_unref);
}

static void
forget_last (Connection *connection)
{
  g_autoptr(SoupServerMessage) last = g_steal_pointer (&connection->last);

  if (last != NULL)
    g_signal_handlers_disconnect_by_data (last, connection);
}

static void
socket_gone_cb (gpointer  user_data,
                GObject  *socket)
{
  Connection *connection = user_data;

  stop_watching (connection);
  g_hash_table_remove (connection->tally->connections, GUINT_TO_POINTER (connection->port));
  sy_reference_metrics_connect (connection->tally->metrics, SY_CONNECTION_HTTP, -1);
  tally_unref (connection->tally);
  g_free (connection);
}

/* Takes an idle connection away from libsoup and closes it. @connection is
 * gone afterwards. */
static void
end_idle (Connection *connection)
{
  g_autoptr(GSocket) socket = g_object_ref (connection->socket);
  g_autoptr(SoupServerMessage) last = g_object_ref (connection->last);
  g_autoptr(GIOStream) stream = NULL;

  forget_last (connection);
  stop_watching (connection);
  stream = soup_server_message_steal_connection (last);
  g_socket_close (socket, NULL);
}

/* Ready with bytes, at the end of the stream, or by the socket's timeout. */
static gboolean
readable_cb (GSocket      *socket,
             GIOCondition  condition,
             gpointer      user_data)
{
  Connection *connection = user_data;
  char byte;

  stop_watching (connection);

  if (recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0)
    connection->first_byte_us = g_get_monotonic_time ();
  else if (connection->last != NULL)
    end_idle (connection);

  return G_SOURCE_REMOVE;
}

static void
watch (Connection *connection)
{
  connection->watch = g_socket_create_source (connection->socket, G_IO_IN, NULL);
  g_source_set_callback (connection->watch, G_SOURCE_FUNC (readable_cb), connection, NULL);
  g_source_set_priority (connection->watch, G_PRIORITY_HIGH);
  g_source_attach (connection->watch, g_main_context_get_thread_default ());
}

static void
add_connection (SyReferenceListener *self,
                GSocket             *socket,
                guint                port)
{
  Connection *connection = g_new0 (Connection, 1);

  connection->tally = g_rc_box_acquire (self->tally);
  connection->socket = socket;
  connection->port = port;
  g_hash_table_insert (self->tally->connections, GUINT_TO_POINTER (port), connection);
  sy_reference_metrics_connect (self->tally->metrics, SY_CONNECTION_HTTP, +1);
  g_object_weak_ref (G_OBJECT (socket), socket_gone_cb, connection);
  watch (connection);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *stream,
             GObject           *source,
             gpointer           user_data)
{
  SyReferenceListener *self = user_data;
  GSocket *socket = g_socket_connection_get_socket (stream);
  g_autoptr(GSocketAddress) local = NULL;
  g_autoptr(GSocketAddress) remote = NULL;

  if (g_hash_table_size (self->tally->connections) >= SY_REFERENCE_MAX_CONNECTIONS)
    {
      g_io_stream_close (G_IO_STREAM (stream), NULL, NULL);
      return TRUE;
    }

  /* The client may be gone already; then there is nothing to serve. */
  local = g_socket_connection_get_local_address (stream, NULL);
  remote = g_socket_connection_get_remote_address (stream, NULL);
  if (local == NULL || remote == NULL)
    return TRUE;

  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  g_socket_set_timeout (socket, IDLE_SECONDS);

  /* libsoup may answer a request before it returns, so the count comes first;
   * a connection it does not take dies here and is counted out again. */
  add_connection (self, socket, get_port (remote));
  soup_server_accept_iostream (self->server, G_IO_STREAM (stream), local, remote, NULL);

  return TRUE;
}

static Connection *
find_connection (SyReferenceListener *self,
                 SoupServerMessage   *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return g_hash_table_lookup (self->tally->connections, GUINT_TO_POINTER (get_port (remote)));
}

static void
request_read_cb (SoupServer          *server,
                 SoupServerMessage   *message,
                 SyReferenceListener *self)
{
  Connection *connection = find_connection (self, message);

  if (connection != NULL)
    connection->first_byte_us = 0;
}

static void
disconnected_cb (SoupServerMessage *message,
                 Connection        *connection)
{
  stop_watching (connection);
  forget_last (connection);
}

/* The connection is idle, or about to be closed by libsoup, which then says so. */
static void
request_finished_cb (SoupServer          *server,
                     SoupServerMessage   *message,
                     SyReferenceListener *self)
{
  Connection *connection = find_connection (self, message);

  if (connection == NULL)
    return;

  forget_last (connection);
  stop_watching (connection);
  connection->last = g_object_ref (message);
  g_signal_connect (message, "disconnected", G_CALLBACK (disconnected_cb), connection);
  watch (connection);
}

/* A socket in the abstract name space, under a name the kernel picks. */
static gboolean
satisfy_soup (SoupServer  *server,
              GError     **error)
{
  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM,
                                            G_SOCKET_PROTOCOL_DEFAULT, error);
  const struct sockaddr_un unnamed = { .sun_family = AF_UNIX };
  g_autoptr(GSocketAddress) address = g_socket_address_new_from_native ((gpointer) &unnamed,
                                                                        sizeof unnamed.sun_family);

  return socket != NULL
         && g_socket_bind (socket, address, FALSE, error)
         && g_socket_listen (socket, error)
         && soup_server_listen_socket (server, socket, 0, error);
}

static gboolean
listen_on_loopback (SyReferenceListener  *self,
                    guint                 port,
                    GError              **error)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new (loopback, (guint16) port);
  g_autoptr(GSocketAddress) got = NULL;

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &got, error))
    return FALSE;

  self->port = get_port (got);

  return TRUE;
}

SyReferenceListener *
sy_reference_listener_new (SoupServer          *server,
                           SyReferenceMetrics  *metrics,
                           guint                port,
                           GError             **error)
{
  g_autoptr(SyReferenceListener) self = g_new0 (SyReferenceListener, 1);
  g_autoptr(GError) local_error = NULL;

  self->server = g_object_ref (server);
  g_signal_connect (server, "request-read", G_CALLBACK (request_read_cb), self);
  g_signal_connect (server, "request-finished", G_CALLBACK (request_finished_cb), self);
  self->tally = g_rc_box_new0 (Tally);
  self->tally->metrics = sy_reference_metrics_ref (metrics);
  self->tally->connections = g_hash_table_new (NULL, NULL);
  self->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), BACKLOG);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);

  if (!listen_on_loopback (self, port, &local_error) || !satisfy_soup (server, &local_error))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_FAILED, local_error->message);
      return NULL;
    }

  g_socket_service_start (self->service);

  return g_steal_pointer (&self);
}

void
sy_reference_listener_free (SyReferenceListener *self)
{
  g_autoptr(GList) connections = g_hash_table_get_values (self->tally->connections);

  /* Each step may free its own connection, and no other. */
  for (GList *l = connections; l != NULL; l = l->next)
    {
      stop_watching (l->data);
      forget_last (l->data);
    }

  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_object_unref (self->service);
  g_signal_handlers_disconnect_by_data (self->server, self);
  g_object_unref (self->server);
  tally_unref (self->tally);
  g_free (self);
}

guint
sy_reference_listener_get_port (const SyReferenceListener *self)
{
  return self->port;
}

gint64
sy_reference_listener_arrival (SyReferenceListener *self,
                               SoupServerMessage   *message)
{
  Connection *connection = find_connection (self, message);

  if (connection == NULL)
    return g_get_monotonic_time ();

  forget_last (connection);
  stop_watching (connection);

  /* libsoup may have read it in one go with what came before */
  if (connection->first_byte_us == 0)
    connection->first_byte_us = g_get_monotonic_time ();

  return connection->first_byte_us;
}

GSocket *
sy_reference_listener_find (SyReferenceListener *self,
                            SoupServerMessage   *message)
{
  Connection *connection = find_connection (self, message);

  return connection != NULL ? connection->socket : NULL;
}

void
sy_reference_listener_cut (SyReferenceListener *self,
                           SoupServerMessage   *message)
{
  GSocket *socket = sy_reference_listener_find (self, message);

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

void
sy_reference_listener_cut_slow (SyReferenceListener *self,
                                gint64               since_us)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tally->connections);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Connection *connection = value;

      if (connection->first_byte_us != 0 && connection->first_byte_us < since_us)
        g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
    }
}
