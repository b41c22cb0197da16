/* sy-fault-server.c: a web server that misbehaves on demand
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-fault-server.h"

#include <string.h>
#include <sys/socket.h>

#ifdef __SANITIZE_ADDRESS__
/* Connections are cancelled from other threads all the time here, which GLib
 * 2.74 answers with the leak that lsan.supp knows by the name of a function;
 * that takes stacks that are whole, and GLib has no frame pointers. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}
#endif

#define MAX_HEAD 16384
#define MAX_THREADS 64

struct _SyFaultServer
{
  GThread        *thread;   /* (owned) */
  GMainContext   *context;  /* (owned) */
  GMainLoop      *loop;     /* (owned) */
  GSocketService *service;  /* (owned) */
  guint16         port;

  /* Shared, under the lock. */
  GMutex          lock;
  GCond           changed;
  gboolean        is_ending;
  GPtrArray      *connections; /* (owned) (element-type SyFaultConnection): being served */
  GHashTable     *scripts;  /* (owned): path to the path whose script is played instead */
  GHashTable     *counts;   /* (owned): path to number */
  GHashTable     *heads;    /* (owned): path to the last request's head */
};

struct _SyFaultConnection
{
  SyFaultServer *server;
  GSocket       *socket;
  char          *head; /* (owned) (nullable): of the request */

  /* Under the server's lock. */
  const char    *path;   /* (borrowed) (nullable): of the request */
  gboolean       is_shut; /* nothing is waited for any more */
};

gboolean
sy_fault_write (SyFaultConnection *connection,
                gconstpointer      data,
                gsize              length)
{
  const char *rest = data;

  while (length > 0)
    {
      const gssize n = g_socket_send (connection->socket, rest, length, NULL, NULL);

      if (n <= 0)
        return FALSE;

      rest += n;
      length -= (gsize) n;
    }

  return TRUE;
}

gboolean
sy_fault_puts (SyFaultConnection *connection,
               const char        *text)
{
  return sy_fault_write (connection, text, strlen (text));
}

gboolean
sy_fault_wait (SyFaultConnection *connection,
               int                ms)
{
  SyFaultServer *server = connection->server;
  const gint64 until = g_get_monotonic_time () + (gint64) ms * 1000;
  gboolean goes_on;

  g_mutex_lock (&server->lock);
  if (ms < 0)
    while (!connection->is_shut)
      g_cond_wait (&server->changed, &server->lock);
  else
    while (!connection->is_shut && g_cond_wait_until (&server->changed, &server->lock, until))
      continue;
  goes_on = !connection->is_shut;
  g_mutex_unlock (&server->lock);

  return goes_on;
}

void
sy_fault_close (SyFaultConnection *connection)
{
  if (!g_socket_is_closed (connection->socket))
    g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
}

void
sy_fault_reset (SyFaultConnection *connection)
{
  const struct linger at_once = { 1, 0 };

  setsockopt (g_socket_get_fd (connection->socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  g_socket_close (connection->socket, NULL);
}

/* Reads a request's head; the path, or NULL at the end. (transfer full) */
static char *
read_path (SyFaultConnection *connection)
{
  g_autoptr (GString) head = g_string_new (NULL);
  const char *end;

  while (head->len < MAX_HEAD && strstr (head->str, "\r\n\r\n") == NULL)
    {
      char byte;

      if (g_socket_receive (connection->socket, &byte, 1, NULL, NULL) <= 0)
        return NULL;
      g_string_append_c (head, byte);
    }

  g_free (connection->head);
  connection->head = g_strdup (head->str);
  if (!g_str_has_prefix (head->str, "GET ") || (end = strchr (head->str + 4, ' ')) == NULL)
    return NULL;

  return g_strndup (head->str + 4, (gsize) (end - head->str - 4));
}

char *
sy_fault_dup_header (SyFaultConnection *connection,
                     const char        *name)
{
  g_auto (GStrv) lines = g_strsplit (connection->head, "\r\n", -1);
  const gsize length = strlen (name);

  for (guint i = 1; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strdup (g_strstrip (lines[i] + length + 1));

  return NULL;
}

gssize
sy_fault_read (SyFaultConnection *connection,
               char              *buffer,
               gsize              size)
{
  return g_socket_receive (connection->socket, buffer, size, NULL, NULL);
}

static guint
count (SyFaultServer *self,
       const char    *path,
       const char    *head)
{
  guint before;

  g_mutex_lock (&self->lock);
  before = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, path));
  g_hash_table_insert (self->counts, g_strdup (path), GUINT_TO_POINTER (before + 1));
  g_hash_table_insert (self->heads, g_strdup (path), g_strdup (head));
  g_mutex_unlock (&self->lock);

  return before;
}

/* What is played for @path. (transfer full) */
static char *
begin (SyFaultConnection *connection,
       const char        *path)
{
  SyFaultServer *self = connection->server;
  const char *script;
  char *copy;

  g_mutex_lock (&self->lock);
  connection->path = path;
  script = g_hash_table_lookup (self->scripts, path);
  copy = g_strdup (script != NULL ? script : path);
  g_mutex_unlock (&self->lock);

  return copy;
}

static void
end (SyFaultConnection *connection)
{
  g_mutex_lock (&connection->server->lock);
  connection->path = NULL;
  g_mutex_unlock (&connection->server->lock);
}

/* With the lock. */
static void
shut (SyFaultConnection *connection)
{
  connection->is_shut = TRUE;
  g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *stream,
        GObject                *source,
        SyFaultServer          *self)
{
  SyFaultConnection connection = { self, g_socket_connection_get_socket (stream), NULL, NULL, FALSE };

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->connections, &connection);
  if (self->is_ending)
    shut (&connection);
  g_mutex_unlock (&self->lock);

  while (!g_socket_is_closed (connection.socket))
    {
      g_autofree char *path = read_path (&connection);
      g_autofree char *script = NULL;

      if (path == NULL)
        break;
      script = begin (&connection, path);
      sy_fault_script (&connection, script, count (self, path, connection.head));
      end (&connection);
    }

  g_free (connection.head);
  g_mutex_lock (&self->lock);
  g_ptr_array_remove_fast (self->connections, &connection);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);

  return TRUE;
}

static gpointer
thread_main (gpointer data)
{
  SyFaultServer *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

SyFaultServer *
sy_fault_server_new (void)
{
  SyFaultServer *self = g_new0 (SyFaultServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  sy_fault_script_prepare ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->connections = g_ptr_array_new ();
  self->scripts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);

  g_main_context_push_thread_default (self->context);
  self->service = g_threaded_socket_service_new (MAX_THREADS);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any_port, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &address, &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_service_start (self->service);
  g_main_context_pop_thread_default (self->context);

  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  self->thread = g_thread_new ("sy-fault-server", thread_main, self);
  return self;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

/* From within: a loop that the thread has not begun yet would not hear of it. */
static void
quit_loop (GMainContext *context,
           GMainLoop    *loop)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit_cb, loop, NULL);
  g_source_attach (source, context);
}

void
sy_fault_server_free (SyFaultServer *self)
{
  g_mutex_lock (&self->lock);
  self->is_ending = TRUE;
  g_cond_broadcast (&self->changed);
  for (guint i = 0; i < self->connections->len; i++)
    shut (g_ptr_array_index (self->connections, i));
  while (self->connections->len > 0)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);

  quit_loop (self->context, self->loop);
  g_thread_join (self->thread);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_hash_table_unref (self->counts);
  g_hash_table_unref (self->heads);
  g_ptr_array_unref (self->connections);
  g_hash_table_unref (self->scripts);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

char *
sy_fault_server_dup_url (SyFaultServer *self,
                         const char    *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", self->port, path);
}

void
sy_fault_server_play (SyFaultServer *self,
                      const char    *path,
                      const char    *script)
{
  g_mutex_lock (&self->lock);
  if (script != NULL)
    g_hash_table_insert (self->scripts, g_strdup (path), g_strdup (script));
  else
    g_hash_table_remove (self->scripts, path);

  for (guint i = 0; i < self->connections->len; i++)
    {
      SyFaultConnection *connection = g_ptr_array_index (self->connections, i);

      if (g_strcmp0 (connection->path, path) == 0)
        shut (connection);
    }
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

guint
sy_fault_server_get_n (SyFaultServer *self,
                       const char    *path)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, path));
  g_mutex_unlock (&self->lock);

  return n;
}

char *
sy_fault_server_dup_head (SyFaultServer *self,
                          const char    *path)
{
  char *head;

  g_mutex_lock (&self->lock);
  head = g_strdup (g_hash_table_lookup (self->heads, path));
  g_mutex_unlock (&self->lock);

  return head;
}
