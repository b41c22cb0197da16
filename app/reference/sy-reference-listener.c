/* sy-reference-listener.c: the door of a reference server
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-reference-listener.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "sy-error.h"

#define BACKLOG 1024
/* Longer than what clients keep a connection for, so that they close first. */
#define IDLE_SECONDS 75

/* Shared with the open connections, which may outlive the listener. */
typedef struct {
  SyReferenceMetrics *metrics; /* owned */
  GHashTable         *sockets; /* GSocket, borrowed, by the client's port: the open ones */
} Tally;

typedef struct {
  Tally *tally; /* a reference */
  guint  port;  /* of the client */
} Entry;

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

  g_hash_table_unref (tally->sockets);
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
socket_gone_cb (gpointer  user_data,
                GObject  *socket)
{
  Entry *entry = user_data;

  g_hash_table_remove (entry->tally->sockets, GUINT_TO_POINTER (entry->port));
  sy_reference_metrics_connect (entry->tally->metrics, SY_CONNECTION_HTTP, -1);
  tally_unref (entry->tally);
  g_free (entry);
}

/* libsoup may wrap the connection, but it is open as long as its socket lives. */
static void
count_socket (SyReferenceListener *self,
              GSocket             *socket,
              guint                port)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->tally = g_rc_box_acquire (self->tally);
  entry->port = port;
  g_hash_table_insert (self->tally->sockets, GUINT_TO_POINTER (port), socket);
  sy_reference_metrics_connect (self->tally->metrics, SY_CONNECTION_HTTP, +1);
  g_object_weak_ref (G_OBJECT (socket), socket_gone_cb, entry);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  SyReferenceListener *self = user_data;
  GSocket *socket = g_socket_connection_get_socket (connection);
  g_autoptr(GSocketAddress) local = NULL;
  g_autoptr(GSocketAddress) remote = NULL;

  if (g_hash_table_size (self->tally->sockets) >= SY_REFERENCE_MAX_CONNECTIONS)
    {
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
      return TRUE;
    }

  /* The client may be gone already; then there is nothing to serve. */
  local = g_socket_connection_get_local_address (connection, NULL);
  remote = g_socket_connection_get_remote_address (connection, NULL);
  if (local == NULL || remote == NULL)
    return TRUE;

  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  g_socket_set_timeout (socket, IDLE_SECONDS);

  /* libsoup may answer a request before it returns, so the count comes first;
   * a connection it does not take dies here and is counted out again. */
  count_socket (self, socket, get_port (remote));
  soup_server_accept_iostream (self->server, G_IO_STREAM (connection), local, remote, NULL);

  return TRUE;
}

SyReferenceListener *
sy_reference_listener_new (SoupServer          *server,
                           SyReferenceMetrics  *metrics,
                           guint                port,
                           GError             **error)
{
  g_autoptr(SyReferenceListener) self = g_new0 (SyReferenceListener, 1);
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new (loopback, (guint16) port);
  g_autoptr(GSocketAddress) got = NULL;
  g_autoptr(GError) local_error = NULL;

  self->server = g_object_ref (server);
  self->tally = g_rc_box_new0 (Tally);
  self->tally->metrics = sy_reference_metrics_ref (metrics);
  self->tally->sockets = g_hash_table_new (NULL, NULL);
  self->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), BACKLOG);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &got, &local_error))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_FAILED, local_error->message);
      return NULL;
    }

  self->port = get_port (got);
  g_socket_service_start (self->service);

  return g_steal_pointer (&self);
}

void
sy_reference_listener_free (SyReferenceListener *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_object_unref (self->service);
  g_object_unref (self->server);
  tally_unref (self->tally);
  g_free (self);
}

guint
sy_reference_listener_get_port (const SyReferenceListener *self)
{
  return self->port;
}

GSocket *
sy_reference_listener_find (SyReferenceListener *self,
                            SoupServerMessage   *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return g_hash_table_lookup (self->tally->sockets, GUINT_TO_POINTER (get_port (remote)));
}

void
sy_reference_listener_cut (SyReferenceListener *self,
                           SoupServerMessage   *message)
{
  GSocket *socket = sy_reference_listener_find (self, message);

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}
