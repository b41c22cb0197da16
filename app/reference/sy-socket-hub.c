/* sy-socket-hub.c: the WebSockets of a reference server
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-socket-hub.h"

#include <json-glib/json-glib.h>
#include <linux/sockios.h>
#include <math.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "sy-event-feed.h"
#include "sy-json.h"

#define MAX_FRAME_BYTES (256 * 1024)
#define PING_S 15
#define MAX_MISSED 2
/* libsoup does not tell what it has not sent yet, the kernel does. With a send
 * buffer of fixed size the second is a bound for both. */
#define SEND_BUFFER_BYTES (512 * 1024)
#define MAX_UNSENT_BYTES (128 * 1024)
#define ROOM_PREFIX "/ws/room/"
#define FEED_PATH "/steelyard/v1/ws"
#define MAX_ROOM_NAME 64

struct _SySocketHub {
  SoupServer          *server;   /* borrowed */
  SyReferenceListener *listener; /* borrowed */
  SyReferenceSampler  *sampler;  /* borrowed */
  GPtrArray           *members;  /* of Member, owned */
  GSource             *sweep;    /* owned */
};

typedef struct {
  SySocketHub             *hub;        /* borrowed */
  SoupWebsocketConnection *connection; /* owned */
  GSocket                 *socket;     /* owned */
  char                    *room;       /* owned; NULL: a feed of samples */
  GSource                 *timer;      /* owned, nullable */
  guint                    n_missed;   /* pings without an answer */
} Member;

static SyReferenceMetrics *
get_metrics (SySocketHub *self)
{
  return sy_reference_sampler_get_metrics (self->sampler);
}

static void
stop_timer (Member *member)
{
  if (member->timer != NULL)
    g_source_destroy (member->timer);
  g_clear_pointer (&member->timer, g_source_unref);
}

static void
member_free (gpointer data)
{
  Member *member = data;

  stop_timer (member);
  g_signal_handlers_disconnect_by_data (member->connection, member);
  sy_reference_metrics_connect (get_metrics (member->hub), SY_CONNECTION_WS, -1);
  sy_reference_metrics_connect (get_metrics (member->hub), SY_CONNECTION_HTTP, +1);
  g_object_unref (member->connection);
  g_object_unref (member->socket);
  g_free (member->room);
  g_free (member);
}

static gboolean
is_open (const Member *member)
{
  return soup_websocket_connection_get_state (member->connection) == SOUP_WEBSOCKET_STATE_OPEN;
}

static void
send_text (Member     *member,
           const char *text)
{
  int n_unsent = 0;

  if (!is_open (member))
    return;

  if (ioctl (g_socket_get_fd (member->socket), SIOCOUTQ, &n_unsent) == 0 && n_unsent > MAX_UNSENT_BYTES)
    {
      sy_reference_metrics_add_events (get_metrics (member->hub), 0, 1);
      return;
    }

  soup_websocket_connection_send_text (member->connection, text);
  sy_reference_metrics_add_events (get_metrics (member->hub), 1, 0);
}

static void
close_member (Member *member,
              gushort code)
{
  if (is_open (member))
    soup_websocket_connection_close (member->connection, code, NULL);
}

/* --- the feed of samples --- */

static gboolean
send_sample_cb (gpointer user_data)
{
  Member *member = user_data;
  g_autofree char *json = sy_reference_sampler_snapshot (member->hub->sampler, "sample", NULL);

  send_text (member, json);

  return G_SOURCE_CONTINUE;
}

static void
sample_every (Member *member,
              double  seconds)
{
  double interval = CLAMP (seconds, SY_FEED_INTERVAL_MIN, SY_FEED_INTERVAL_MAX);

  stop_timer (member);
  member->timer = g_timeout_source_new ((guint) (interval * 1000 + 0.5));
  g_source_set_callback (member->timer, send_sample_cb, member, NULL);
  g_source_attach (member->timer, g_main_context_get_thread_default ());
}

static void
answer_ping (Member     *member,
             JsonObject *request)
{
  g_autoptr(SyJsonWriter) json = sy_json_writer_new ();
  g_autofree char *text = NULL;

  sy_json_writer_begin_object (json);
  sy_json_writer_member_string (json, "type", "pong");
  sy_json_writer_member_double (json, "n", json_object_get_double_member_with_default (request, "n", 0));
  sy_json_writer_end_object (json);
  text = sy_json_writer_finish (json);

  send_text (member, text);
}

/* {"type":"set","interval":0.25} and {"type":"ping","n":7}; other objects are
 * for later versions, anything else is no JSON object and ends the connection. */
static void
take_request (Member     *member,
              const char *text,
              gsize       length)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;
  JsonObject *request;
  const char *type;

  if (!sy_json_check (text, length, NULL, NULL)
      || !json_parser_load_from_data (parser, text, (gssize) length, NULL)
      || (root = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      close_member (member, SOUP_WEBSOCKET_CLOSE_BAD_DATA);
      return;
    }

  request = json_node_get_object (root);
  type = json_object_get_string_member_with_default (request, "type", "");
  if (strcmp (type, "ping") == 0)
    answer_ping (member, request);
  else if (strcmp (type, "set") == 0 && json_object_get_double_member_with_default (request, "interval", 0) > 0)
    sample_every (member, json_object_get_double_member (request, "interval"));
}

/* --- rooms --- */

static void
tell_room (SySocketHub *self,
           const char  *room,
           const char  *text)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      Member *member = self->members->pdata[i];

      if (g_strcmp0 (member->room, room) == 0)
        send_text (member, text);
    }
}

/* The name of a room, or NULL: 1 to 64 of A–Z a–z 0–9 _ - */
static const char *
parse_room (const char *path)
{
  const char *name = path + strlen (ROOM_PREFIX);
  gsize n = 0;

  if (!g_str_has_prefix (path, ROOM_PREFIX))
    return NULL;

  while (g_ascii_isalnum (name[n]) || name[n] == '_' || name[n] == '-')
    n++;

  return name[n] == '\0' && n >= 1 && n <= MAX_ROOM_NAME ? name : NULL;
}

/* --- connections --- */

static void
message_cb (SoupWebsocketConnection *connection,
            SoupWebsocketDataType    type,
            GBytes                  *message,
            Member                  *member)
{
  gsize length;
  const char *text = g_bytes_get_data (message, &length);

  /* libsoup ends a text with NUL, beyond its length, and has checked its UTF-8 */
  if (type != SOUP_WEBSOCKET_DATA_TEXT)
    close_member (member, SOUP_WEBSOCKET_CLOSE_UNSUPPORTED_DATA);
  else if (member->room == NULL)
    take_request (member, text, length);
  else
    tell_room (member->hub, member->room, text);
}

static void
pong_cb (SoupWebsocketConnection *connection,
         GBytes                  *message,
         Member                  *member)
{
  member->n_missed = 0;
}

static void
closed_cb (SoupWebsocketConnection *connection,
           Member                  *member)
{
  g_ptr_array_remove (member->hub->members, member);
}

/* libsoup pings every PING_S by itself, but does not look for the answer. */
static gboolean
sweep_cb (gpointer user_data)
{
  SySocketHub *self = user_data;

  for (guint i = 0; i < self->members->len; i++)
    {
      Member *member = self->members->pdata[i];

      if (member->n_missed++ >= MAX_MISSED)
        close_member (member, SOUP_WEBSOCKET_CLOSE_GOING_AWAY);
    }

  return G_SOURCE_CONTINUE;
}

static void
opened_cb (SoupServer              *server,
           SoupServerMessage       *message,
           const char              *path,
           SoupWebsocketConnection *connection,
           gpointer                 user_data)
{
  SySocketHub *self = user_data;
  GSocket *socket = sy_reference_listener_find (self->listener, message);
  Member *member = g_new0 (Member, 1);

  g_return_if_fail (socket != NULL);

  *member = (Member) {
    .hub = self,
    .connection = g_object_ref (connection),
    .socket = g_object_ref (socket),
    .room = g_strdup (parse_room (path)),
  };
  g_ptr_array_add (self->members, member);
  sy_reference_metrics_connect (get_metrics (self), SY_CONNECTION_HTTP, -1);
  sy_reference_metrics_connect (get_metrics (self), SY_CONNECTION_WS, +1);

  g_socket_set_option (socket, SOL_SOCKET, SO_SNDBUF, SEND_BUFFER_BYTES, NULL);
  soup_websocket_connection_set_max_incoming_payload_size (connection, MAX_FRAME_BYTES);
  soup_websocket_connection_set_keepalive_interval (connection, PING_S);
  g_signal_connect (connection, "message", G_CALLBACK (message_cb), member);
  g_signal_connect (connection, "pong", G_CALLBACK (pong_cb), member);
  g_signal_connect (connection, "closed", G_CALLBACK (closed_cb), member);

  if (member->room == NULL)
    {
      g_autofree char *hello = sy_reference_hello_to_json (sy_reference_sampler_get_identity (self->sampler),
                                                           SY_REFERENCE_SAMPLE_MS / 1000.0, SY_REFERENCE_HISTORY,
                                                           "hello");

      send_text (member, hello);
      sample_every (member, SY_REFERENCE_SAMPLE_MS / 1000.0);
    }
}

static void
refuse (SoupServerMessage *message,
        guint              status,
        const char        *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, body, strlen (body));
}

/* Runs before the handshake; a status of ours is its end. The guard of the
 * server has had its say already. */
static void
before_handshake_cb (SoupServer        *server,
                     SoupServerMessage *message,
                     const char        *path,
                     GHashTable        *query,
                     gpointer           user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_server_message_get_status (message) != 0)
    return;

  if (strcmp (path, FEED_PATH) != 0 && parse_room (path) == NULL)
    refuse (message, SOUP_STATUS_NOT_FOUND, "{\"error\":\"no such route\"}\n");
  else if (!soup_message_headers_header_equals (headers, "Upgrade", "websocket")
           || !soup_message_headers_header_equals (headers, "Sec-WebSocket-Version", "13"))
    refuse (message, SOUP_STATUS_BAD_REQUEST, "{\"error\":\"WebSocket version 13 only\"}\n");
  else if (strcmp (path, FEED_PATH) == 0
           && !soup_message_headers_header_contains (headers, "Sec-WebSocket-Protocol", SY_SOCKET_PROTOCOL))
    refuse (message, SOUP_STATUS_BAD_REQUEST, "{\"error\":\"the subprotocol is " SY_SOCKET_PROTOCOL "\"}\n");
}

SySocketHub *
sy_socket_hub_new (SoupServer          *server,
                   SyReferenceListener *listener,
                   SyReferenceSampler  *sampler)
{
  SySocketHub *self = g_new0 (SySocketHub, 1);
  char *protocols[] = { (char *) SY_SOCKET_PROTOCOL, NULL };

  self->server = server;
  self->listener = listener;
  self->sampler = sampler;
  self->members = g_ptr_array_new_with_free_func (member_free);

  soup_server_remove_websocket_extension (server, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  soup_server_add_handler (server, FEED_PATH, before_handshake_cb, self, NULL);
  soup_server_add_handler (server, "/ws/room", before_handshake_cb, self, NULL);
  soup_server_add_websocket_handler (server, FEED_PATH, NULL, protocols, opened_cb, self, NULL);
  soup_server_add_websocket_handler (server, "/ws/room", NULL, NULL, opened_cb, self, NULL);

  self->sweep = g_timeout_source_new_seconds (PING_S);
  g_source_set_callback (self->sweep, sweep_cb, self, NULL);
  g_source_attach (self->sweep, g_main_context_get_thread_default ());

  return self;
}

void
sy_socket_hub_free (SySocketHub *self)
{
  soup_server_remove_handler (self->server, FEED_PATH);
  soup_server_remove_handler (self->server, "/ws/room");
  g_source_destroy (self->sweep);
  g_source_unref (self->sweep);
  g_ptr_array_unref (self->members);
  g_free (self);
}

void
sy_socket_hub_end (SySocketHub *self)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      Member *member = self->members->pdata[i];

      stop_timer (member);
      if (member->room == NULL)
        send_text (member, "{\"type\":\"bye\",\"reason\":\"shutdown\"}");
      close_member (member, SOUP_WEBSOCKET_CLOSE_GOING_AWAY);
    }
}
