/* server-thread.c: a reference server in a thread of its own, and a plain client
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "server-thread.h"

#include <string.h>

struct _ServerThread {
  SyReferenceOptions  options;
  GThread            *thread;
  GMainContext       *context;
  GMainLoop          *loop;
  GMutex              mutex;
  GCond               is_up;
  guint               port; /* under the mutex; 0 until it listens */
};

static gpointer
serve (gpointer user_data)
{
  ServerThread *self = user_data;
  g_autoptr(SyReferenceServer) server = NULL;
  g_autoptr(GError) error = NULL;

  g_main_context_push_thread_default (self->context);

  server = sy_reference_server_new (&self->options, &error);
  g_assert_no_error (error);

  g_mutex_lock (&self->mutex);
  self->port = sy_reference_server_get_port (server);
  g_cond_signal (&self->is_up);
  g_mutex_unlock (&self->mutex);

  g_main_loop_run (self->loop);
  g_clear_object (&server);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

ServerThread *
server_thread_new (const SyReferenceOptions *options)
{
  ServerThread *self = g_new0 (ServerThread, 1);

  self->options = *options;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->is_up);
  self->thread = g_thread_new ("server", serve, self);

  g_mutex_lock (&self->mutex);
  while (self->port == 0)
    g_cond_wait (&self->is_up, &self->mutex);
  g_mutex_unlock (&self->mutex);

  return self;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

void
server_thread_free (ServerThread *self)
{
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_cond_clear (&self->is_up);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

guint
server_thread_get_port (ServerThread *self)
{
  return self->port;
}

GSocketConnection *
client_connect (guint port)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, 20);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) port, NULL, &error);
  g_assert_no_error (error);

  return connection;
}

char *
client_talk (guint       port,
             const char *request)
{
  g_autoptr(GSocketConnection) connection = client_connect (port);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GString *answer = g_string_new (NULL);
  char buffer[4096];
  gssize n;

  /* A server that refuses early may close before it has read all. */
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             request, strlen (request), NULL, NULL, NULL);
  while ((n = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (answer, buffer, n);

  return g_string_free (answer, FALSE);
}

char *
client_get (guint       port,
            const char *target,
            guint      *status)
{
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n\r\n",
                                              target, port);
  g_autofree char *answer = client_talk (port, request);
  const char *body = strstr (answer, "\r\n\r\n");

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 "));
  g_assert_nonnull (body);
  if (status != NULL)
    *status = (guint) g_ascii_strtoull (answer + strlen ("HTTP/1.1 "), NULL, 10);

  return g_strdup (body + strlen ("\r\n\r\n"));
}

char *
client_read_until (GDataInputStream *input,
                   const char       *prefix)
{
  char *line;

  while ((line = g_data_input_stream_read_line (input, NULL, NULL, NULL)) != NULL)
    {
      g_autofree char *owned = line;

      if (g_str_has_prefix (line, prefix))
        return g_strdup (g_strstrip (line + strlen (prefix)));
    }

  return NULL;
}

char *
client_find_value (const char *json,
                   const char *before)
{
  const char *at = strstr (json, before);

  g_assert_nonnull (at);
  at += strlen (before);

  return g_strndup (at, strcspn (at, "\",}"));
}
