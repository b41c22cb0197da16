/* load-server.c: an HTTP server of tests that misbehaves on request
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "load-server.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_HEAD 8192

struct _LoadServer {
  char      *url;
  int        listener;
  GThread   *acceptor;

  GMutex     lock;        /* of all below */
  GCond      freed;
  gboolean   is_freed;
  gboolean   has_slept;
  GPtrArray *requests;    /* of text */
  GPtrArray *threads;
  GArray    *connections; /* descriptors */
};

typedef struct {
  LoadServer *server;
  int         fd;
} Connection;

static gboolean
send_all (int         fd,
          const char *data,
          gsize       length)
{
  while (length > 0)
    {
      gssize n = send (fd, data, length, MSG_NOSIGNAL);

      if (n <= 0)
        return FALSE;
      data += n;
      length -= (gsize) n;
    }

  return TRUE;
}

static gboolean
answer (int         fd,
        const char *status,
        const char *body)
{
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Length: %zu\r\n\r\n%s", status, strlen (body), body);

  return send_all (fd, text, strlen (text));
}

static void
answer_endlessly (int fd)
{
  g_autofree char *block = g_strnfill (64 * 1024, 'x');

  if (!send_all (fd, "HTTP/1.1 200 OK\r\n\r\n", 19))
    return;

  while (send_all (fd, block, 64 * 1024))
    continue;
}

/* Reads one request; (transfer full), "GET /path 0", or NULL. */
static char *
read_request (int fd)
{
  char head[MAX_HEAD];
  gsize length = 0;
  char *end = NULL;

  for (head[0] = '\0'; (end = strstr (head, "\r\n\r\n")) == NULL; head[length] = '\0')
    {
      gssize n = recv (fd, head + length, sizeof head - 1 - length, 0);

      if (n <= 0)
        return NULL;
      length += (gsize) n;
    }

  const char *field = strcasestr (head, "\r\nContent-Length: ");
  gsize body = field != NULL ? strtoul (field + strlen ("\r\nContent-Length: "), NULL, 10) : 0;
  gsize have = length - (gsize) (end + 4 - head);

  while (have < body)
    {
      char rest[4096];
      gssize n = recv (fd, rest, MIN (sizeof rest, body - have), 0);

      if (n <= 0)
        return NULL;
      have += (gsize) n;
    }

  char **words = g_strsplit (head, " ", 3);
  char *request = g_strdup_printf ("%s %s %zu", words[0], words[1], body);

  g_strfreev (words);
  return request;
}

static gboolean
sleep_once (LoadServer *self)
{
  g_mutex_lock (&self->lock);
  gboolean is_first = !self->has_slept;
  self->has_slept = TRUE;
  g_mutex_unlock (&self->lock);

  return is_first;
}

static void
hang (LoadServer *self)
{
  g_mutex_lock (&self->lock);
  while (!self->is_freed)
    g_cond_wait (&self->freed, &self->lock);
  g_mutex_unlock (&self->lock);
}

/* FALSE when the connection shall be closed. */
static gboolean
serve (LoadServer *self,
       int         fd,
       const char *path,
       guint       n_before)
{
  if (g_str_has_prefix (path, "/do/work"))
    return answer (fd, "200 OK", "{\"work\":1,\"checksum\":\"c0ffee\"}");
  if (g_str_has_prefix (path, "/do/lie"))
    return answer (fd, "200 OK", "{\"work\":1,\"check\":\"sum\"}");
  if (g_str_has_prefix (path, "/status/500"))
    return answer (fd, "500 Internal Server Error", "no");
  if (g_str_has_prefix (path, "/redirect"))
    return answer (fd, "302 Found\r\nLocation: /do/work", "");
  if (g_str_has_prefix (path, "/once"))
    return n_before == 0 && answer (fd, "200 OK", "first");
  if (g_str_has_prefix (path, "/close"))
    return FALSE;

  if (g_str_has_prefix (path, "/large"))
    {
      g_autofree char *body = g_strnfill (5 * 1024 * 1024, 'x');
      return answer (fd, "200 OK", body);
    }

  if (g_str_has_prefix (path, "/endless"))
    {
      answer_endlessly (fd);
      return FALSE;
    }

  if (g_str_has_prefix (path, "/hang"))
    {
      hang (self);
      return FALSE;
    }

  if (g_str_has_prefix (path, "/sleep/"))
    {
      if (sleep_once (self))
        g_usleep (strtoul (path + strlen ("/sleep/"), NULL, 10) * 1000);
      return answer (fd, "200 OK", "slept");
    }

  return answer (fd, "404 Not Found", "");
}

static gpointer
connection_thread (gpointer user_data)
{
  Connection *connection = user_data;
  LoadServer *self = connection->server;
  guint n_before = 0;
  gboolean is_open = TRUE;

  while (is_open)
    {
      char *request = read_request (connection->fd);

      if (request == NULL)
        break;

      g_mutex_lock (&self->lock);
      g_ptr_array_add (self->requests, request);
      g_mutex_unlock (&self->lock);

      is_open = serve (self, connection->fd, strchr (request, ' ') + 1, n_before++);
    }

  /* The descriptor is closed when the server is freed, so that nobody else
   * gets its number meanwhile. */
  shutdown (connection->fd, SHUT_RDWR);
  g_free (connection);
  return NULL;
}

static gpointer
accept_thread (gpointer user_data)
{
  LoadServer *self = user_data;

  for (;;)
    {
      int fd = accept (self->listener, NULL, NULL);

      if (fd < 0)
        return NULL;

      Connection *connection = g_new0 (Connection, 1);
      connection->server = self;
      connection->fd = fd;

      g_mutex_lock (&self->lock);
      g_array_append_val (self->connections, fd);
      g_ptr_array_add (self->threads, g_thread_new ("connection", connection_thread, connection));
      g_mutex_unlock (&self->lock);
    }
}

LoadServer *
load_server_new (void)
{
  LoadServer *self = g_new0 (LoadServer, 1);
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;

  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (self->listener, 1024), ==, 0);
  g_assert_cmpint (getsockname (self->listener, (struct sockaddr *) &address, &length), ==, 0);

  self->url = g_strdup_printf ("http://127.0.0.1:%d", ntohs (address.sin_port));
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->threads = g_ptr_array_new ();
  self->connections = g_array_new (FALSE, FALSE, sizeof (int));
  g_mutex_init (&self->lock);
  g_cond_init (&self->freed);
  self->acceptor = g_thread_new ("acceptor", accept_thread, self);
  return self;
}

void
load_server_free (LoadServer *self)
{
  g_mutex_lock (&self->lock);
  self->is_freed = TRUE;
  g_cond_broadcast (&self->freed);
  g_mutex_unlock (&self->lock);

  shutdown (self->listener, SHUT_RDWR);
  g_thread_join (self->acceptor);
  close (self->listener);

  /* Nobody adds to these any more. */
  for (guint i = 0; i < self->connections->len; i++)
    shutdown (g_array_index (self->connections, int, i), SHUT_RDWR);

  for (guint i = 0; i < self->threads->len; i++)
    {
      g_thread_join (g_ptr_array_index (self->threads, i));
      close (g_array_index (self->connections, int, i));
    }

  g_ptr_array_unref (self->threads);
  g_array_unref (self->connections);
  g_ptr_array_unref (self->requests);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->freed);
  g_free (self->url);
  g_free (self);
}

const char *
load_server_get_url (LoadServer *self)
{
  return self->url;
}

guint
load_server_get_n_requests (LoadServer *self)
{
  g_mutex_lock (&self->lock);
  guint n = self->requests->len;
  g_mutex_unlock (&self->lock);

  return n;
}

guint
load_server_get_n_connections (LoadServer *self)
{
  g_mutex_lock (&self->lock);
  guint n = self->connections->len;
  g_mutex_unlock (&self->lock);

  return n;
}

static gpointer
copy_text (gconstpointer text,
           gpointer      user_data)
{
  return g_strdup (text);
}

GPtrArray *
load_server_dup_requests (LoadServer *self)
{
  g_mutex_lock (&self->lock);
  GPtrArray *copy = g_ptr_array_copy (self->requests, copy_text, NULL);
  g_mutex_unlock (&self->lock);

  g_ptr_array_set_free_func (copy, g_free);
  return copy;
}
