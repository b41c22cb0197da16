/* sy-pusher.c: a program that pushes, well or badly
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-pusher.h"

#include <string.h>

/* Below what the kernel gives to whoever asks for any port: another test that runs
 * at the same time is not given this one before it is listened to. */
guint16
sy_pusher_find_port (void)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);

  for (guint i = 0; i < 100; i++)
    {
      const guint16 port = (guint16) g_random_int_range (20000, 32000);
      g_autoptr (GSocketListener) listener = g_socket_listener_new ();
      g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, port);

      if (g_socket_listener_add_address (listener, wanted, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, NULL, NULL))
        {
          g_socket_listener_close (listener);
          return port;
        }
    }

  g_error ("no port between 20000 and 32000 is free");
}

/* @local (nullable): from where. */
static GIOStream *
connect_to (guint16         port,
            GSocketAddress *local)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_local_address (client, local);
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  g_assert_no_error (error);
  return G_IO_STREAM (connection);
}

void
sy_pusher_write (GIOStream  *stream,
                 const char *bytes,
                 gsize       length)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, length, NULL, NULL, NULL);
}

char *
sy_pusher_finish (GIOStream *stream)
{
  GString *text = g_string_new (NULL);
  char buffer[4096];
  gssize n;

  while ((n = g_input_stream_read (g_io_stream_get_input_stream (stream), buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (text, buffer, n);

  return g_string_free (text, FALSE);
}

GIOStream *
sy_pusher_open (guint16     port,
                const char *bytes)
{
  GIOStream *stream = connect_to (port, NULL);

  sy_pusher_write (stream, bytes, strlen (bytes));
  return stream;
}

GIOStream *
sy_pusher_open_from (guint16     port,
                     const char *local_address,
                     guint16     local_port,
                     const char *bytes)
{
  g_autoptr (GSocketAddress) local = g_inet_socket_address_new_from_string (local_address, local_port);
  GIOStream *stream = connect_to (port, local);

  sy_pusher_write (stream, bytes, strlen (bytes));
  return stream;
}

char *
sy_pusher_send (guint16     port,
                const char *bytes,
                gsize       length)
{
  g_autoptr (GIOStream) stream = connect_to (port, NULL);

  sy_pusher_write (stream, bytes, length);
  return sy_pusher_finish (stream);
}

char *
sy_pusher_push (guint16     port,
                const char *headers,
                GBytes     *body)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  g_string_printf (text, "POST /v1/metrics HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nContent-Type: application/json\r\n%s"
                   "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", port, headers != NULL ? headers : "", length);
  g_string_append_len (text, data, (gssize) length);
  return sy_pusher_send (port, text->str, text->len);
}

GBytes *
sy_pusher_make (const char *service,
                guint       count,
                gint64      start_s,
                gint64      time_s)
{
  char *text =
    g_strdup_printf ("{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"%s\"}},"
                     "{\"key\":\"telemetry.sdk.language\",\"value\":{\"stringValue\":\"nodejs\"}}]},\"scopeMetrics\":[{\"metrics\":["
                     "{\"name\":\"http.server.request.duration\",\"unit\":\"s\",\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":["
                     "{\"startTimeUnixNano\":\"%" G_GINT64_FORMAT "000000000\",\"timeUnixNano\":\"%" G_GINT64_FORMAT "000000000\","
                     "\"count\":\"%u\",\"sum\":1,\"bucketCounts\":[\"%u\",\"0\"],\"explicitBounds\":[0.1],"
                     "\"attributes\":[{\"key\":\"http.response.status_code\",\"value\":{\"intValue\":\"200\"}}]}]}}]}]}]}",
                     service, start_s, time_s, count, count);

  return g_bytes_new_take (text, strlen (text));
}
