/* sy-witness.c: a web server that remembers every byte it was told
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-witness.h"

#include <string.h>
#include <sys/socket.h>

#define MAX_HEAD 65536
#define MAX_THREADS 16

struct _SyWitness
{
  GThread         *thread;      /* (owned) */
  GMainContext    *context;     /* (owned) */
  GMainLoop       *loop;        /* (owned) */
  GSocketService  *service;     /* (owned) */
  GTlsCertificate *certificate; /* (owned) (nullable) */
  guint16          port;

  /* Shared, under the lock. */
  GMutex           lock;
  GCond            changed;
  GPtrArray       *sockets;     /* (owned) (element-type GSocket): of connections being served */
  GString         *heard;       /* (owned) */
  GBytes          *answer;      /* (owned) */
  char            *client;      /* (owned) */
  guint            n_connections;
  gboolean         requires_certificate;
  gboolean         is_rude;
  gboolean         is_ending;
};

char *
sy_witness_dup_file (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".pem", NULL);

  return g_test_build_filename (G_TEST_DIST, "support", "tls", file, NULL);
}

static gboolean
accept_any_cb (GTlsConnection       *connection,
               GTlsCertificate      *certificate,
               GTlsCertificateFlags  errors,
               gpointer              user_data)
{
  return TRUE;
}

/* The stream to talk on; NULL when the handshake failed. (transfer full) */
static GIOStream *
wrap (SyWitness *self,
      GIOStream *stream)
{
  g_autoptr (GIOStream) tls = NULL;
  GTlsCertificate *client;

  if (self->certificate == NULL)
    return g_object_ref (stream);

  tls = g_tls_server_connection_new (stream, self->certificate, NULL);
  if (self->requires_certificate)
    g_object_set (tls, "authentication-mode", G_TLS_AUTHENTICATION_REQUIRED, NULL);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_any_cb), NULL);
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL))
    return NULL;

  client = g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (tls));
  if (client != NULL)
    {
      g_mutex_lock (&self->lock);
      g_clear_pointer (&self->client, g_free);
      g_object_get (client, "subject-name", &self->client, NULL);
      g_mutex_unlock (&self->lock);
    }

  return g_steal_pointer (&tls);
}

/* A request's head; what came of it is remembered. (transfer full) */
static char *
listen_to (SyWitness *self,
           GIOStream *stream)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  g_autoptr (GString) head = g_string_new (NULL);
  char byte;

  while (head->len < MAX_HEAD && strstr (head->str, "\r\n\r\n") == NULL
         && g_input_stream_read (input, &byte, 1, NULL, NULL) == 1)
    g_string_append_c (head, byte);

  g_mutex_lock (&self->lock);
  g_string_append_len (self->heard, head->str, (gssize) head->len);
  g_mutex_unlock (&self->lock);

  return head->len > 0 ? g_string_free (g_steal_pointer (&head), FALSE) : NULL;
}

/* (transfer full) */
static GString *
compose (SyWitness *self,
         char      *head)
{
  gsize size;
  const char *bytes;
  GString *answer;

  g_mutex_lock (&self->lock);
  bytes = g_bytes_get_data (self->answer, &size);
  answer = g_string_new_len (bytes, (gssize) size);
  g_mutex_unlock (&self->lock);

  g_strdelimit (head, "\r\n", ' ');
  g_string_replace (answer, SY_WITNESS_ECHO, head, 0);
  return answer;
}

static void
serve (SyWitness *self,
       GIOStream *base)
{
  g_autoptr (GIOStream) stream = wrap (self, base);
  g_autofree char *head = stream != NULL ? listen_to (self, stream) : NULL;
  g_autoptr (GString) answer = NULL;

  if (head == NULL)
    return;

  answer = compose (self, head);
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), answer->str, answer->len, NULL, NULL, NULL);
  if (self->is_rude)
    g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (base)), FALSE, TRUE, NULL);
  else
    g_io_stream_close (stream, NULL, NULL);
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        SyWitness              *self)
{
  GSocket *socket = g_socket_connection_get_socket (connection);

  g_mutex_lock (&self->lock);
  self->n_connections++;
  g_ptr_array_add (self->sockets, socket);
  if (self->is_ending)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
  g_mutex_unlock (&self->lock);

  serve (self, G_IO_STREAM (connection));

  g_mutex_lock (&self->lock);
  g_ptr_array_remove_fast (self->sockets, socket);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

static gpointer
thread_main (gpointer data)
{
  SyWitness *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/* With the service's last reference, which a connection may hold that was
 * accepted before the end and is served after it. */
static void
finalize (gpointer  data,
          GClosure *closure)
{
  SyWitness *self = data;

  g_clear_object (&self->certificate);
  g_ptr_array_unref (self->sockets);
  g_string_free (self->heard, TRUE);
  g_bytes_unref (self->answer);
  g_free (self->client);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

SyWitness *
sy_witness_new (const char *certificate)
{
  SyWitness *self = g_new0 (SyWitness, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  if (certificate != NULL)
    {
      g_autofree char *file = sy_witness_dup_file (certificate);

      self->certificate = g_tls_certificate_new_from_file (file, &error);
      g_assert_no_error (error);
    }

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->sockets = g_ptr_array_new ();
  self->heard = g_string_new (NULL);
  self->answer = g_bytes_new_static (SY_WITNESS_GOOD, strlen (SY_WITNESS_GOOD));
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);

  g_main_context_push_thread_default (self->context);
  self->service = g_threaded_socket_service_new (MAX_THREADS);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any_port, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &address, &error);
  g_assert_no_error (error);
  g_signal_connect_data (self->service, "run", G_CALLBACK (run_cb), self, finalize, 0);
  g_socket_service_start (self->service);
  g_main_context_pop_thread_default (self->context);

  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  self->thread = g_thread_new ("sy-witness", thread_main, self);
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
sy_witness_free (SyWitness *self)
{
  GMainContext *context = self->context;
  GMainLoop *loop = self->loop;
  GSocketService *service = self->service;

  g_mutex_lock (&self->lock);
  self->is_ending = TRUE;
  for (guint i = 0; i < self->sockets->len; i++)
    g_socket_shutdown (g_ptr_array_index (self->sockets, i), TRUE, TRUE, NULL);
  while (self->sockets->len > 0)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);

  quit_loop (context, loop);
  g_thread_join (self->thread);
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  while (g_main_context_iteration (context, FALSE))
    continue;
  g_object_unref (service);
  g_main_loop_unref (loop);
  g_main_context_unref (context);
}

void
sy_witness_set_answer (SyWitness  *self,
                       const char *answer)
{
  g_autoptr (GBytes) bytes = g_bytes_new (answer, strlen (answer));

  sy_witness_set_bytes (self, bytes);
}

void
sy_witness_set_bytes (SyWitness *self,
                      GBytes    *answer)
{
  g_mutex_lock (&self->lock);
  g_bytes_unref (self->answer);
  self->answer = g_bytes_ref (answer);
  g_mutex_unlock (&self->lock);
}

void
sy_witness_require_certificate (SyWitness *self)
{
  self->requires_certificate = TRUE;
}

void
sy_witness_end_rudely (SyWitness *self)
{
  self->is_rude = TRUE;
}

char *
sy_witness_dup_url (SyWitness  *self,
                    const char *path)
{
  return g_strdup_printf ("%s://127.0.0.1:%u%s", self->certificate != NULL ? "https" : "http", self->port, path);
}

guint
sy_witness_get_n_connections (SyWitness *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_connections;
  g_mutex_unlock (&self->lock);

  return n;
}

char *
sy_witness_dup_heard (SyWitness *self)
{
  char *heard;

  g_mutex_lock (&self->lock);
  heard = g_strdup (self->heard->str);
  g_mutex_unlock (&self->lock);

  return heard;
}

char *
sy_witness_dup_client (SyWitness *self)
{
  char *client;

  g_mutex_lock (&self->lock);
  client = g_strdup (self->client != NULL ? self->client : "");
  g_mutex_unlock (&self->lock);

  return client;
}
