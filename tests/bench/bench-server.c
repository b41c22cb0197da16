/* bench-server.c: what benchmarks ask, as cheap as it can be
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: bench-server
 *
 * Listens on 127.0.0.1 and prints its address. One thread, epoll, answers made before
 * anybody asks, so that both sides of a comparison wait for the same and little:
 *
 *   /scrape/…  98 KB of metrics, each time with other numbers
 *   /many/…    1000 samples
 *   /events    server-sent events, fifty a second, of 30 samples each
 *   all else   a short answer
 *
 * Lines on its standard input: "count" prints how many requests it has answered;
 * "stall AFTER MS" lets it do nothing at all for MS milliseconds, after AFTER, and
 * prints how many seconds that was. Ends with its standard input.
 */
#define G_LOG_DOMAIN "sy-bench"

#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "sy-bench-body.h"

#define HEAD_BYTES 4096
#define N_EVENTS 64
#define EVENT_MS 20
#define EVENT_SERIES 30
#define MANY_SERIES 1000
#define METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"

typedef struct {
  int      fd;
  gsize    length;
  char     head[HEAD_BYTES];
} Connection;

typedef struct {
  int        epoll;
  int        listener;
  int        timer;
  GPtrArray *streams;   /* of Connection, borrowed */
  GString   *scrapes[2];
  GString   *manies[2];
  GString   *events[2];
  GString   *rest;
  guint64    n_answers;
  gint64     stall_from_us; /* 0: never */
  gint64     stall_us;
} Server;

static GString *
make_answer (const char *type,
             GBytes     *body)
{
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  GString *answer = g_string_new (NULL);

  g_string_append_printf (answer, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n", type, size);
  g_string_append_len (answer, text, (gssize) size);
  g_bytes_unref (body);
  return answer;
}

static GString *
make_event (GBytes *body)
{
  gsize size;
  g_auto (GStrv) lines = g_strsplit (g_bytes_get_data (body, &size), "\n", -1);
  GString *event = g_string_new ("event: sample\n");

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_string_append_printf (event, "data: %s\n", lines[i]);
  g_string_append_c (event, '\n');
  g_bytes_unref (body);
  return event;
}

static void
watch (Server *self,
       int     fd,
       void   *data)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = data };

  if (epoll_ctl (self->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
    g_error ("epoll: %s", g_strerror (errno));
}

/* FALSE: the peer has gone. */
static gboolean
send_all (int         fd,
          const char *data,
          gsize       length)
{
  while (length > 0)
    {
      const gssize n = send (fd, data, length, MSG_NOSIGNAL);

      if (n <= 0)
        return FALSE;
      data += n;
      length -= (gsize) n;
    }

  return TRUE;
}

static void
close_connection (Server     *self,
                  Connection *connection)
{
  g_ptr_array_remove (self->streams, connection);
  close (connection->fd);
  g_free (connection);
}

static gboolean
answer (Server     *self,
        Connection *connection)
{
  static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\n";
  const GString *text = self->rest;

  if (g_str_has_prefix (connection->head, "GET /events "))
    {
      g_ptr_array_add (self->streams, connection);
      return send_all (connection->fd, head, strlen (head));
    }

  if (g_str_has_prefix (connection->head, "GET /scrape/"))
    text = self->scrapes[self->n_answers % 2];
  else if (g_str_has_prefix (connection->head, "GET /many/"))
    text = self->manies[self->n_answers % 2];
  self->n_answers++;
  return send_all (connection->fd, text->str, text->len);
}

/* Requests have no bodies; several may come at once. FALSE: it is over. */
static gboolean
read_requests (Server     *self,
               Connection *connection)
{
  const gssize n = recv (connection->fd, connection->head + connection->length, HEAD_BYTES - 1 - connection->length, 0);
  char *end;

  if (n <= 0)
    return FALSE;
  connection->length += (gsize) n;
  connection->head[connection->length] = '\0';
  while ((end = strstr (connection->head, "\r\n\r\n")) != NULL)
    {
      const gsize used = (gsize) (end + 4 - connection->head);

      if (!answer (self, connection))
        return FALSE;
      connection->length -= used;
      memmove (connection->head, connection->head + used, connection->length + 1);
    }

  return connection->length < HEAD_BYTES - 1;
}

static void
accept_one (Server *self)
{
  const int on = 1;
  const int fd = accept (self->listener, NULL, NULL);
  Connection *connection;

  if (fd < 0)
    return;
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  connection = g_new0 (Connection, 1);
  connection->fd = fd;
  watch (self, fd, connection);
}

static void
send_events (Server *self)
{
  guint64 n_ticks;

  if (read (self->timer, &n_ticks, sizeof n_ticks) != sizeof n_ticks)
    return;
  for (guint i = 0; i < self->streams->len; i++)
    {
      const Connection *connection = g_ptr_array_index (self->streams, i);
      const GString *event = self->events[self->n_answers++ % 2];

      /* Of who has gone the next event of the descriptor says so. */
      send_all (connection->fd, event->str, event->len);
    }
}

/* FALSE: nobody wants us any more. */
static gboolean
hear (Server *self)
{
  char line[128];
  const gssize n = read (STDIN_FILENO, line, sizeof line - 1);
  int after_ms, ms;

  if (n <= 0)
    return FALSE;
  line[n] = '\0';
  if (g_str_has_prefix (line, "count"))
    printf ("%" G_GUINT64_FORMAT "\n", self->n_answers);
  else if (sscanf (line, "stall %d %d", &after_ms, &ms) == 2)
    {
      self->stall_from_us = g_get_monotonic_time () + after_ms * G_GINT64_CONSTANT (1000);
      self->stall_us = ms * G_GINT64_CONSTANT (1000);
    }
  fflush (stdout);
  return TRUE;
}

static void
stall_if_due (Server *self)
{
  gint64 start_us = g_get_monotonic_time ();

  if (self->stall_from_us == 0 || start_us < self->stall_from_us)
    return;
  g_usleep ((gulong) self->stall_us);
  self->stall_from_us = 0;
  printf ("%.6f\n", (double) (g_get_monotonic_time () - start_us) * 1e-6);
  fflush (stdout);
}

static void
serve (Server *self)
{
  struct epoll_event events[N_EVENTS];

  for (;;)
    {
      const int n = epoll_wait (self->epoll, events, N_EVENTS, self->stall_from_us != 0 ? 1 : -1);

      stall_if_due (self);
      for (int i = 0; i < n; i++)
        {
          void *data = events[i].data.ptr;

          if (data == &self->listener)
            accept_one (self);
          else if (data == &self->timer)
            send_events (self);
          else if (data == self)
            {
              if (!hear (self))
                return;
            }
          else if (!read_requests (self, data))
            close_connection (self, data);
        }
    }
}

static void
listen_anywhere (Server *self)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;

  self->listener = socket (AF_INET, SOCK_STREAM, 0);
  if (bind (self->listener, (struct sockaddr *) &address, sizeof address) != 0 || listen (self->listener, SOMAXCONN) != 0
      || getsockname (self->listener, (struct sockaddr *) &address, &length) != 0)
    g_error ("cannot listen: %s", g_strerror (errno));
  printf ("http://127.0.0.1:%u\n", ntohs (address.sin_port));
  fflush (stdout);
}

int
main (void)
{
  static Server server;
  const struct itimerspec often = { { 0, EVENT_MS * 1000000 }, { 0, EVENT_MS * 1000000 } };

  for (guint i = 0; i < 2; i++)
    {
      server.scrapes[i] = make_answer (METRICS_TYPE, sy_bench_make_body (i, 0));
      server.manies[i] = make_answer (METRICS_TYPE, sy_bench_make_series (i, MANY_SERIES));
      server.events[i] = make_event (sy_bench_make_series (i, EVENT_SERIES));
    }
  server.rest = make_answer ("text/plain", g_bytes_new_static ("well\n", 5));
  server.streams = g_ptr_array_new ();
  server.epoll = epoll_create1 (0);
  server.timer = timerfd_create (CLOCK_MONOTONIC, 0);
  timerfd_settime (server.timer, 0, &often, NULL);
  listen_anywhere (&server);
  watch (&server, server.listener, &server.listener);
  watch (&server, server.timer, &server.timer);
  watch (&server, STDIN_FILENO, &server);
  serve (&server);

  return 0;
}
