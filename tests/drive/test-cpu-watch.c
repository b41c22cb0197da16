/* test-cpu-watch.c: whose processor time is foreign
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

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

/* A machine that is made up: a folder like /proc, with only what is read of it. */
typedef struct {
  char       *proc;  /* (owned) */
  SyCpuWatch *watch; /* (owned) */
} Machine;

#define PORT 0x1F90
#define PRIMARY 40
#define OTHER 70

static void
put (Machine    *self,
     const char *name,
     const char *text)
{
  g_autofree char *path = g_build_filename (self->proc, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* So many @seconds have all of them computed since boot. */
static void
put_machine (Machine *self,
             int      seconds)
{
  g_autofree char *text = g_strdup_printf ("cpu  %ld 0 0 900 90 0 0 0 0 0\n", seconds * sysconf (_SC_CLK_TCK));

  put (self, "stat", text);
}

static void
put_process (Machine *self,
             int      pid,
             int      parent,
             int      seconds)
{
  g_autofree char *name = g_strdup_printf ("%d/stat", pid);
  g_autofree char *text = g_strdup_printf ("%d (a) b) S %d 1 1 0 -1 0 0 0 0 0 %ld 0 77 88 20 0 1 0 5", pid, parent,
                                           seconds * sysconf (_SC_CLK_TCK));

  put (self, name, text);
}

static void
hold_socket (Machine *self,
             int      pid)
{
  g_autofree char *folder = g_strdup_printf ("%s/%d/fd", self->proc, pid);
  g_autofree char *link = g_build_filename (folder, "3", NULL);

  g_mkdir_with_parents (folder, 0700);
  g_assert_cmpint (symlink ("socket:[4711]", link), ==, 0);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }

  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
end_process (Machine *self,
             int      pid)
{
  g_autofree char *path = g_strdup_printf ("%s/%d", self->proc, pid);

  remove_tree (path);
}

/* We are a child of 30, which is one of 1; so is PRIMARY. */
static void
set_up (Machine       *self,
        gconstpointer  data)
{
  self->proc = g_dir_make_tmp ("cpu-watch-XXXXXX", NULL);
  self->watch = sy_cpu_watch_new_at (self->proc);
  put (self, "net/tcp", "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
                        "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100\n");
  put_machine (self, 100);
  put_process (self, 1, 0, 1);
  put_process (self, 30, 1, 1);
  put_process (self, getpid (), 30, 2);
  put_process (self, PRIMARY, 1, 1);
  put_process (self, OTHER, 1, 10);
}

static void
tear_down (Machine       *self,
           gconstpointer  data)
{
  sy_cpu_watch_free (self->watch);
  remove_tree (self->proc);
  g_free (self->proc);
}

/* The primary has the socket, and the workers compute: none of that is foreign, also of
 * one that comes later, or is listed before its parent. One second of another's is. */
static void
test_cluster (Machine       *self,
              gconstpointer  data)
{
  hold_socket (self, PRIMARY);
  put_process (self, 50, PRIMARY, 5);
  sy_cpu_watch_add_port (self->watch, PORT);
  sy_cpu_watch_sample (self->watch, 0);

  put_process (self, PRIMARY, 1, 2);  /* + 1 */
  put_process (self, 50, PRIMARY, 8); /* + 3 */
  put_process (self, 9, 60, 2);       /* + 2 */
  put_process (self, 60, 50, 4);      /* + 4 */
  put_process (self, OTHER, 1, 11);
  put_process (self, 71, OTHER, 5);
  put_machine (self, 100 + 1 + 3 + 2 + 4 + 1 + 5);
  sy_cpu_watch_sample (self->watch, 10 * SECOND);
  g_assert_cmpfloat_with_epsilon (sy_cpu_watch_get_foreign (self->watch), 0.6, 1e-9);
}

/* A worker that ends takes nothing back; its number may go to somebody else, and the
 * whole server may go. */
static void
test_worker_ends (Machine       *self,
                  gconstpointer  data)
{
  hold_socket (self, PRIMARY);
  put_process (self, 50, PRIMARY, 5);
  sy_cpu_watch_add_port (self->watch, PORT);
  sy_cpu_watch_sample (self->watch, 0);

  put_process (self, 50, PRIMARY, 8);
  put_machine (self, 103);
  sy_cpu_watch_sample (self->watch, 1 * SECOND);
  g_assert_cmpfloat_with_epsilon (sy_cpu_watch_get_foreign (self->watch), 0, 1e-9);

  /* Between two readings there was an end, and a new one of the same number. */
  put_process (self, 50, PRIMARY, 1);
  sy_cpu_watch_sample (self->watch, 1500 * SECOND / 1000);
  g_assert_cmpfloat_with_epsilon (sy_cpu_watch_get_foreign (self->watch), 0, 1e-9);

  end_process (self, 50);
  sy_cpu_watch_sample (self->watch, 2 * SECOND);
  g_assert_cmpfloat_with_epsilon (sy_cpu_watch_get_foreign (self->watch), 0, 1e-9);

  end_process (self, PRIMARY);
  put_process (self, 50, OTHER, 4);
  put_machine (self, 107);
  sy_cpu_watch_sample (self->watch, 4 * SECOND);
  g_assert_cmpfloat_with_epsilon (sy_cpu_watch_get_foreign (self->watch), 1, 1e-9);
}

/* A manager of services that opened the socket for its service has started everybody,
 * us among them: what it has started is not the server. */
static void
test_socket_activation (Machine       *self,
                        gconstpointer  data)
{
  hold_socket (self, 30);
  hold_socket (self, PRIMARY);
  put_process (self, 35, 30, 1);
  put_process (self, 50, PRIMARY, 1);
  sy_cpu_watch_add_port (self->watch, PORT);
  sy_cpu_watch_sample (self->watch, 0);

  put_process (self, 30, 1, 2);
  put_process (self, 35, 30, 4);
  put_process (self, 50, PRIMARY, 6);
  put_machine (self, 100 + 1 + 3 + 5);
  sy_cpu_watch_sample (self->watch, 1 * SECOND);
  g_assert_cmpfloat_with_epsilon (sy_cpu_watch_get_foreign (self->watch), 3, 1e-9);
}

#define ADD(name, func) g_test_add ("/drive/cpu-watch/" name, Machine, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drive/cpu-watch/own-server", test_own_server);
  g_test_add_func ("/drive/cpu-watch/server-not-found", test_server_not_found);
  g_test_add_func ("/drive/cpu-watch/no-server", test_no_server);
  ADD ("cluster", test_cluster);
  ADD ("worker-ends", test_worker_ends);
  ADD ("socket-activation", test_socket_activation);

  return g_test_run ();
}
