/* test-cpu-watch.c: whose processor time is foreign
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gio/gio.h>
#include <math.h>

#include "sy-cpu-watch.h"

#define SECOND G_GINT64_CONSTANT (1000000)

static gboolean
has_proc (void)
{
  if (g_file_test ("/proc/stat", G_FILE_TEST_EXISTS) && g_file_test ("/proc/net/tcp", G_FILE_TEST_EXISTS))
    return TRUE;

  g_test_skip ("there is no /proc");
  return FALSE;
}

static guint16
listen_somewhere (GSocketListener *listener)
{
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);
  return port;
}

static void
test_own_server (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (SyCpuWatch) watch = sy_cpu_watch_new ();

  if (!has_proc ())
    return;

  sy_cpu_watch_add_port (watch, listen_somewhere (listener));
  sy_cpu_watch_sample (watch, 5 * SECOND);
  g_assert_true (isnan (sy_cpu_watch_get_foreign (watch)));

  /* The times are ours to say: the machine did a moment's work in an hour. */
  sy_cpu_watch_sample (watch, 3605 * SECOND);
  g_assert_cmpfloat (sy_cpu_watch_get_foreign (watch), >=, 0);
  g_assert_cmpfloat (sy_cpu_watch_get_foreign (watch), <, 1);
}

/* Unknown is not nothing. */
static void
test_server_not_found (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (SyCpuWatch) watch = sy_cpu_watch_new ();
  guint16 port = listen_somewhere (listener);

  g_socket_listener_close (listener);
  sy_cpu_watch_add_port (watch, port);
  sy_cpu_watch_sample (watch, 0);
  sy_cpu_watch_sample (watch, 10 * SECOND);
  g_assert_true (isnan (sy_cpu_watch_get_foreign (watch)));
}

static void
test_no_server (void)
{
  g_autoptr (SyCpuWatch) watch = sy_cpu_watch_new ();

  if (!has_proc ())
    return;

  sy_cpu_watch_sample (watch, 0);
  sy_cpu_watch_sample (watch, 10 * SECOND);
  g_assert_cmpfloat (sy_cpu_watch_get_foreign (watch), >=, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drive/cpu-watch/own-server", test_own_server);
  g_test_add_func ("/drive/cpu-watch/server-not-found", test_server_not_found);
  g_test_add_func ("/drive/cpu-watch/no-server", test_no_server);

  return g_test_run ();
}
