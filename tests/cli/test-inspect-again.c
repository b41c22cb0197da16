/* test-inspect-again.c: steelyard-cli inspect --again, of a server that fails meanwhile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <string.h>

#include "run-cli.h"

static const char *const answers[] = {
  "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: 12\r\nConnection: close\r\n\r\nup 1\nruns 2\n",
  "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
};

/* An answer a connection. */
static gpointer
serve (gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GSocketConnection) connection = g_socket_listener_accept (user_data, NULL, NULL, NULL);
      GIOStream *stream = G_IO_STREAM (connection);
      char request[4096];

      g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (stream), request, sizeof request, NULL, NULL), >, 0);
      g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (stream), answers[i], strlen (answers[i]), NULL, NULL, NULL));
      g_assert_true (g_io_stream_close (stream, NULL, NULL));
    }

  return NULL;
}

/* That is why it ends; nothing is said of the answer before, in which nothing is wrong. */
static void
test_failure (gconstpointer option)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  g_auto (CliRun) run = { 0 };
  GThread *thread;

  g_socket_listener_add_address (listener, any_port, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &address, &error);
  g_assert_no_error (error);
  url = g_strdup_printf ("http://127.0.0.1:%u/metrics", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  thread = g_thread_new ("server", serve, listener);

  cli_run (&run, (const char *[]) { "inspect", "--again", "1ms", url, option, NULL }, NULL);
  cli_run_assert_failed (&run, 1, "500");
  g_assert_cmpstr (run.output, ==, "");
  g_thread_join (thread);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/inspect-again/failure/text", NULL, test_failure);
  g_test_add_data_func ("/inspect-again/failure/json", "--json", test_failure);
  return g_test_run ();
}
