/* test-server.c: routes, refusals, streams and sockets of a reference server
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "server-thread.h"
#include "sy-event-feed.h"
#include "sy-request-guard.h"

typedef struct {
  ServerThread *server;
  guint         port;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  kind)
{
  SyReferenceOptions options = SY_REFERENCE_OPTIONS_DEFAULT;

  options.kind = GPOINTER_TO_UINT (kind);
  fixture->server = server_thread_new (&options);
  fixture->port = server_thread_get_port (fixture->server);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  kind)
{
  server_thread_free (fixture->server);
}

static void
test_routes (Fixture       *fixture,
             gconstpointer  kind)
{
  static const struct { const char *target; guint status; const char *body; } cases[] = {
    { "/healthz", 200, "ok\n" },
    { "/plain", 200, "steelyard 811c9dc5\n" },
    { "/do/io?ms=1", 200, "{\"route\":\"/do/io\",\"wait_ms\":1,\"wu\":0,\"checksum\":\"811c9dc5\"}\n" },
    { "/do/cpu?wu=3", 200, "{\"route\":\"/do/cpu\",\"wait_ms\":0,\"wu\":3,\"checksum\":\"9fa5e1b5\"}\n" },
    { "/do/mix?p=0&ms=0.5&wu=3", 200, "{\"route\":\"/do/mix\",\"wait_ms\":0.5,\"wu\":0,\"checksum\":\"811c9dc5\"}\n" },
    { "/do/cpu?wu=-3", 400, "{\"error\":\"wu must be a decimal number from 0 to 1000000\"}\n" },
    { "/do/cpu?what=3", 400, "{\"error\":\"/do/cpu takes only these parameters: wu, ms, bytes\"}\n" },
    { "/stream/sse?rate=0", 400, "{\"error\":\"rate must be a decimal number from 0.1 to 1000\"}\n" },
    { "/do/", 404, "{\"error\":\"no such route\"}\n" },
    { "/metrics/more", 404, "{\"error\":\"no such route\"}\n" },
    { "/ws/room/a.b", 404, "{\"error\":\"no such route\"}\n" },
    { "/ws/room/ab", 400, "{\"error\":\"WebSocket version 13 only\"}\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint status;
      g_autofree char *body = client_get (fixture->port, cases[i].target, &status);

      g_assert_cmpuint (status, ==, cases[i].status);
      g_assert_cmpstr (body, ==, cases[i].body);
    }
}

/* Sends @head with PORT in it spelled out. */
static void
check_refused (guint       port,
               const char *head,
               guint       status)
{
  g_autofree char *number = g_strdup_printf ("%u", port);
  g_auto(GStrv) parts = g_strsplit (head, "PORT", -1);
  g_autofree char *request = g_strjoinv (number, parts);
  g_autofree char *answer = client_talk (port, request);
  g_autofree char *expected = g_strdup_printf ("HTTP/1.1 %u ", status);

  g_test_message ("%s", head);
  g_assert_true (g_str_has_prefix (answer, expected));
  g_assert_null (strstr (answer, "Access-Control-"));
}

static void
test_refusals (Fixture       *fixture,
               gconstpointer  kind)
{
  g_autofree char *long_head = g_strdup_printf ("GET /plain HTTP/1.1\r\nHost: localhost:PORT\r\nX-Long: %0*d\r\n\r\n",
                                                SY_REQUEST_MAX_BYTES, 0);
  g_autofree char *long_body = g_strdup_printf ("POST /do/io HTTP/1.1\r\nHost: localhost:PORT\r\n"
                                                "Content-Length: %d\r\n\r\n%0*d",
                                                SY_REQUEST_MAX_BYTES + 1, SY_REQUEST_MAX_BYTES + 1, 0);

  check_refused (fixture->port, "GET /plain HTTP/1.1\r\nHost: evil.example:PORT\r\n\r\n", 403);
  check_refused (fixture->port, "GET /plain HTTP/1.1\r\nHost: localhost\r\nX-Port: PORT\r\n\r\n", 403);
  check_refused (fixture->port, "GET /plain HTTP/1.1\r\nHost: localhost:PORT\r\nHost: localhost:1\r\n\r\n", 403);
  check_refused (fixture->port, "GET /plain HTTP/1.1\r\nHost: localhost:1\r\nHost: localhost:PORT\r\n\r\n", 403);
  check_refused (fixture->port, "GET /plain HTTP/1.1\r\nHost: localhost:PORT\r\nOrigin: http://evil.example\r\n\r\n", 403);
  check_refused (fixture->port, "PUT /do/io HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", 405);
  check_refused (fixture->port, "POST /metrics HTTP/1.1\r\nHost: [::1]:PORT\r\nContent-Length: 0\r\n\r\n", 405);
  check_refused (fixture->port, long_body, 413);
  check_refused (fixture->port, long_head, 431);
  check_refused (fixture->port, "POST /do/io?ms=0 HTTP/1.1\r\nHost: LOCALHOST:PORT\r\nContent-Length: 3\r\n"
                                "Connection: close\r\n\r\nabc", 200);
}

static void
test_host (void)
{
  g_assert_true (sy_request_guard_host ("127.0.0.1:80", 80));
  g_assert_true (sy_request_guard_host ("LocalHost:80", 80));
  g_assert_true (sy_request_guard_host ("[::1]:80", 80));
  g_assert_false (sy_request_guard_host ("127.0.0.1", 80));
  g_assert_false (sy_request_guard_host ("127.0.0.1:8080", 80));
  g_assert_false (sy_request_guard_host ("127.0.0.1:80.evil.example", 80));
  g_assert_false (sy_request_guard_host ("", 80));
}

static void
test_head (Fixture       *fixture,
           gconstpointer  kind)
{
  g_autofree char *request = g_strdup_printf ("HEAD /do/cpu?wu=1 HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n"
                                              "Connection: close\r\n\r\n", fixture->port);
  g_autofree char *answer = client_talk (fixture->port, request);

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  g_assert_true (g_str_has_suffix (answer, "\r\n\r\n"));
}

/* A client that gives up while its request waits leaves nothing behind. */
static void
test_client_leaves (Fixture       *fixture,
                    gconstpointer  kind)
{
  const char *active = "http_server_active_requests{http_request_method=\"GET\",url_scheme=\"http\"} ";
  g_autofree char *value = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(GSocketConnection) connection = client_connect (fixture->port);
      g_autofree char *request = g_strdup_printf ("GET /do/io?ms=5 HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n",
                                                  fixture->port);

      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                 request, strlen (request), NULL, NULL, NULL);
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }

  do
    {
      g_autofree char *text = client_get (fixture->port, "/metrics", NULL);

      g_clear_pointer (&value, g_free);
      value = g_strndup (strstr (text, active) + strlen (active), 2);
    }
  while (strcmp (value, "0\n") != 0);
}

static void
test_queue_full (void)
{
  SyReferenceOptions options = { SY_REFERENCE_THREADS, 0, 1, 1, 5000 };
  g_autoptr(ServerThread) server = server_thread_new (&options);
  guint port = server_thread_get_port (server);
  g_autofree char *wait = g_strdup_printf ("GET /do/io?ms=60000 HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", port);
  GSocketConnection *busy[2];
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;
  const char *states[] = { "steelyard_workers_busy 1\n", "steelyard_queue_length 1\n" };
  guint status;

  /* one for the worker, then one for the only place in the queue */
  for (gsize i = 0; i < G_N_ELEMENTS (busy); i++)
    {
      busy[i] = client_connect (port);
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (busy[i])),
                                 wait, strlen (wait), NULL, NULL, NULL);
      do
        {
          g_free (text);
          text = client_get (port, "/metrics", NULL);
        }
      while (strstr (text, states[i]) == NULL);
    }

  body = client_get (port, "/do/io?ms=0", &status);
  g_assert_cmpuint (status, ==, 503);
  g_assert_cmpstr (body, ==, "{\"error\":\"the queue is full\"}\n");

  g_free (text);
  text = client_get (port, "/metrics", NULL);
  g_assert_nonnull (strstr (text, "steelyard_rejected_total{reason=\"queue_full\"} 1\n"));

  g_object_unref (busy[0]);
  g_object_unref (busy[1]);
}

/* --- events --- */

static GDataInputStream *
open_stream (guint       port,
             const char *target,
             const char *last_id)
{
  GSocketConnection *connection = client_connect (port);
  g_autofree char *extra = last_id != NULL ? g_strdup_printf ("Last-Event-ID: %s\r\n", last_id) : g_strdup ("");
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n%s\r\n", target, port, extra);
  GDataInputStream *input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             request, strlen (request), NULL, NULL, NULL);
  /* the connection lives as long as its stream is read */
  g_object_set_data_full (G_OBJECT (input), "connection", connection, g_object_unref);
  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_ANY);

  return input;
}

static void
expect_sample (GDataInputStream *input,
               guint64          *seq)
{
  g_autofree char *event = client_read_until (input, "event: ");
  g_autofree char *id = client_read_until (input, "id: ");
  g_autofree char *data = client_read_until (input, "data: ");
  g_autofree char *boot = client_find_value (data, "\"boot\":\"");
  g_autofree char *number = client_find_value (data, "\"seq\":");
  g_autofree char *expected = g_strdup_printf ("%s-%s", boot, number);

  g_assert_cmpstr (event, ==, "sample");
  g_assert_cmpstr (id, ==, expected);
  *seq = g_ascii_strtoull (number, NULL, 10);
}

static void
test_samples (Fixture       *fixture,
              gconstpointer  kind)
{
  g_autoptr(GDataInputStream) input = open_stream (fixture->port, "/steelyard/v1/stream?interval=100", NULL);
  g_autofree char *retry = client_read_until (input, "retry: ");
  g_autofree char *event = client_read_until (input, "event: ");
  g_autofree char *id = client_read_until (input, "id: ");
  g_autofree char *hello = client_read_until (input, "data: ");
  guint64 first, second;

  g_assert_cmpstr (retry, ==, "2000");
  g_assert_cmpstr (event, ==, "hello");
  g_assert_nonnull (strstr (hello, "\"schema\":\"steelyard.stream/1\""));
  g_assert_nonnull (strstr (hello, "\"interval\":0.1,\"history\":600,"));

  expect_sample (input, &first);
  expect_sample (input, &second);
  g_assert_cmpuint (second, >, first);
}

/* What was kept after the last id comes at once and in order, and the hello
 * repeats that id; another boot gets no past. */
static void
test_replay (Fixture       *fixture,
             gconstpointer  kind)
{
  g_autofree char *text = client_get (fixture->port, "/steelyard/v1/snapshot", NULL);
  g_autofree char *boot = client_find_value (text, "\"boot\":\"");
  g_autofree char *number = client_find_value (text, "\"seq\":");
  g_autofree char *last_id = g_strdup_printf ("%s-%s", boot, number);
  g_autoptr(GDataInputStream) live = open_stream (fixture->port, "/steelyard/v1/stream?interval=60000", "00000000-1");
  g_autoptr(GDataInputStream) resumed = NULL;
  g_autofree char *other_id = client_read_until (live, "id: ");
  g_autofree char *hello_id = NULL;
  guint64 last = g_ascii_strtoull (number, NULL, 10);

  g_assert_true (g_str_has_prefix (other_id, boot));

  /* the server keeps one sample every 250 ms: wait for three numbers to be given */
  for (guint64 seq = last; seq < last + 4;)
    {
      g_autofree char *now = client_get (fixture->port, "/steelyard/v1/snapshot", NULL);
      g_autofree char *now_number = client_find_value (now, "\"seq\":");
      g_autofree char *uptime = client_find_value (now, "\"uptime\":");

      seq = g_ascii_strtod (uptime, NULL) > 1.1 ? g_ascii_strtoull (now_number, NULL, 10) : last;
    }

  resumed = open_stream (fixture->port, "/steelyard/v1/stream?interval=60000", last_id);
  hello_id = client_read_until (resumed, "id: ");
  g_assert_cmpstr (hello_id, ==, last_id);

  for (guint i = 0; i < 3; i++)
    {
      guint64 seq;

      expect_sample (resumed, &seq);
      g_assert_cmpuint (seq, >, last);
      last = seq;
    }
}

static void
test_parse_id (void)
{
  guint64 seq = 0;

  g_assert_true (sy_event_feed_parse_id ("0123abcd-42", "0123abcd", &seq));
  g_assert_cmpuint (seq, ==, 42);
  g_assert_false (sy_event_feed_parse_id ("0123abce-42", "0123abcd", &seq));
  g_assert_false (sy_event_feed_parse_id ("0123abcd-", "0123abcd", &seq));
  g_assert_false (sy_event_feed_parse_id ("0123abcd-4x", "0123abcd", &seq));
  g_assert_false (sy_event_feed_parse_id ("0123abcd", "0123abcd", &seq));
  g_assert_false (sy_event_feed_parse_id ("", "0123abcd", &seq));
  g_assert_false (sy_event_feed_parse_id (NULL, "0123abcd", &seq));
}

static void
test_numbers (Fixture       *fixture,
              gconstpointer  kind)
{
  static const char *const checksums[] = { "050c5d1f", "1076963a", "22ae7a28" };
  g_autoptr(GDataInputStream) input = open_stream (fixture->port, "/stream/sse?rate=1000&bytes=7", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (checksums); i++)
    {
      g_autofree char *id = client_read_until (input, "id: ");
      g_autofree char *data = client_read_until (input, "data: ");
      g_autofree char *checksum = client_find_value (data, "\"checksum\":\"");
      g_autofree char *pad = client_find_value (data, "\"pad\":\"");

      g_assert_cmpuint (g_ascii_strtoull (id, NULL, 10), ==, i + 1);
      g_assert_cmpstr (checksum, ==, checksums[i]);
      g_assert_cmpstr (pad, ==, ".......");
    }
}

/* A server that ends says so to those who listen. */
static void
test_bye (void)
{
  ServerThread *server = server_thread_new (&SY_REFERENCE_OPTIONS_DEFAULT);
  g_autoptr(GDataInputStream) input = open_stream (server_thread_get_port (server), "/steelyard/v1/stream", NULL);
  g_autofree char *hello = client_read_until (input, "event: ");
  g_autofree char *bye = NULL;
  g_autofree char *data = NULL;

  g_assert_cmpstr (hello, ==, "hello");
  server_thread_free (server);
  bye = client_read_until (input, "event: b");
  data = client_read_until (input, "data: ");
  g_assert_cmpstr (bye, ==, "ye");
  g_assert_cmpstr (data, ==, "{\"reason\":\"shutdown\"}");
}

/* --- WebSockets --- */

typedef struct {
  SoupWebsocketConnection *connection; /* owned, nullable */
  GError                  *error;      /* owned, nullable */
  GPtrArray               *messages;   /* of char *, owned */
  gboolean                 is_answered;
} Socket;

static void
message_cb (SoupWebsocketConnection *connection,
            SoupWebsocketDataType    type,
            GBytes                  *message,
            Socket                  *socket)
{
  g_ptr_array_add (socket->messages, g_strdup (g_bytes_get_data (message, NULL)));
}

static void
connected_cb (GObject      *session,
              GAsyncResult *result,
              gpointer      user_data)
{
  Socket *socket = user_data;

  socket->connection = soup_session_websocket_connect_finish (SOUP_SESSION (session), result, &socket->error);
  if (socket->connection != NULL)
    g_signal_connect (socket->connection, "message", G_CALLBACK (message_cb), socket);
  socket->is_answered = TRUE;
}

static Socket *
open_socket (guint       port,
             const char *path,
             const char *protocol)
{
  g_autoptr(SoupSession) session = soup_session_new ();
  g_autofree char *uri = g_strdup_printf ("ws://127.0.0.1:%u%s", port, path);
  g_autoptr(SoupMessage) message = soup_message_new ("GET", uri);
  char *protocols[] = { (char *) protocol, NULL };
  Socket *socket = g_new0 (Socket, 1);

  socket->messages = g_ptr_array_new_with_free_func (g_free);
  soup_session_websocket_connect_async (session, message, NULL, protocol != NULL ? protocols : NULL,
                                        G_PRIORITY_DEFAULT, NULL, connected_cb, socket);
  while (!socket->is_answered)
    g_main_context_iteration (NULL, TRUE);

  return socket;
}

static void
socket_free (Socket *socket)
{
  if (socket->connection != NULL)
    {
      if (soup_websocket_connection_get_state (socket->connection) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (socket->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
      while (soup_websocket_connection_get_state (socket->connection) != SOUP_WEBSOCKET_STATE_CLOSED)
        g_main_context_iteration (NULL, TRUE);
      g_signal_handlers_disconnect_by_data (socket->connection, socket);
    }
  g_clear_object (&socket->connection);
  g_clear_error (&socket->error);
  g_ptr_array_unref (socket->messages);
  g_free (socket);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Socket, socket_free)

/* The next message that begins with @prefix. */
static const char *
expect_message (Socket     *socket,
                const char *prefix)
{
  for (guint i = 0;; i++)
    {
      while (i == socket->messages->len)
        g_main_context_iteration (NULL, TRUE);
      if (g_str_has_prefix (socket->messages->pdata[i], prefix))
        return socket->messages->pdata[i];
    }
}

static void
test_feed (Fixture       *fixture,
           gconstpointer  kind)
{
  g_autoptr(Socket) socket = open_socket (fixture->port, "/steelyard/v1/ws", "steelyard.v1.json");

  g_assert_no_error (socket->error);
  g_assert_cmpstr (soup_websocket_connection_get_protocol (socket->connection), ==, "steelyard.v1.json");
  g_assert_null (soup_websocket_connection_get_extensions (socket->connection));

  expect_message (socket, "{\"type\":\"hello\",\"schema\":\"steelyard.stream/1\",");
  soup_websocket_connection_send_text (socket->connection, "{\"type\":\"set\",\"interval\":0.001}");
  soup_websocket_connection_send_text (socket->connection, "{\"type\":\"ping\",\"n\":7}");
  soup_websocket_connection_send_text (socket->connection, "{\"type\":\"of a later version\"}");
  g_assert_cmpstr (expect_message (socket, "{\"type\":\"pong\""), ==, "{\"type\":\"pong\",\"n\":7}");
  expect_message (socket, "{\"type\":\"sample\",\"schema\":\"steelyard.snapshot/1\",");
}

static void
test_feed_needs_protocol (Fixture       *fixture,
                          gconstpointer  kind)
{
  g_autoptr(Socket) none = open_socket (fixture->port, "/steelyard/v1/ws", NULL);
  g_autoptr(Socket) other = open_socket (fixture->port, "/steelyard/v1/ws", "steelyard.v2.json");

  g_assert_error (none->error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_ERROR_NOT_WEBSOCKET);
  g_assert_error (other->error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_ERROR_NOT_WEBSOCKET);
}

static void
test_feed_not_json (Fixture       *fixture,
                    gconstpointer  kind)
{
  g_autoptr(Socket) socket = open_socket (fixture->port, "/steelyard/v1/ws", "steelyard.v1.json");

  g_assert_no_error (socket->error);
  soup_websocket_connection_send_text (socket->connection, "{\"type\":");
  while (soup_websocket_connection_get_state (socket->connection) != SOUP_WEBSOCKET_STATE_CLOSED)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (socket->connection), ==, SOUP_WEBSOCKET_CLOSE_BAD_DATA);
}

/* All of a room hear what one says, and nobody else does. */
static void
test_room (Fixture       *fixture,
           gconstpointer  kind)
{
  g_autoptr(Socket) ann = open_socket (fixture->port, "/ws/room/one", NULL);
  g_autoptr(Socket) bob = open_socket (fixture->port, "/ws/room/one", NULL);
  g_autoptr(Socket) eve = open_socket (fixture->port, "/ws/room/two", NULL);

  soup_websocket_connection_send_text (ann->connection, "hello");
  expect_message (ann, "hello");
  expect_message (bob, "hello");

  soup_websocket_connection_send_text (eve->connection, "nobody?");
  expect_message (eve, "nobody?");
  g_assert_cmpuint (eve->messages->len, ==, 1);
  g_assert_cmpuint (bob->messages->len, ==, 1);
}

static void
add (const char *name,
     void      (*func) (Fixture *, gconstpointer))
{
  static const char *const models[] = { "event-loop", "threads" };

  for (guint kind = 0; kind < G_N_ELEMENTS (models); kind++)
    {
      g_autofree char *path = g_strdup_printf ("/reference/server/%s/%s", name, models[kind]);

      g_test_add (path, Fixture, GUINT_TO_POINTER (kind), set_up, func, tear_down);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("routes", test_routes);
  add ("refusals", test_refusals);
  add ("head", test_head);
  add ("client-leaves", test_client_leaves);
  add ("samples", test_samples);
  add ("replay", test_replay);
  add ("numbers", test_numbers);
  add ("feed", test_feed);
  add ("feed-needs-protocol", test_feed_needs_protocol);
  add ("feed-not-json", test_feed_not_json);
  add ("room", test_room);
  g_test_add_func ("/reference/server/host", test_host);
  g_test_add_func ("/reference/server/parse-id", test_parse_id);
  g_test_add_func ("/reference/server/queue-full", test_queue_full);
  g_test_add_func ("/reference/server/bye", test_bye);

  return g_test_run ();
}
