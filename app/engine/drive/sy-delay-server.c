/* sy-delay-server.c: a server whose answers take a known time
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All answers are delayed alike, so they fall due in the order the requests
 * came: a queue is all the timer needs. Requests have no body and are not
 * pipelined, because only our own generator asks.
 */
#define G_LOG_DOMAIN "steelyard-drive"

#include "config.h"

#include "sy-delay-server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "sy-clock.h"
#include "sy-error.h"

#define ANSWER "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"checksum\":0}"
#define END_OF_REQUEST "\r\n\r\n"
#define BACKLOG 512
#define EVENTS_AT_ONCE 64

typedef struct {
  int   fd;      /* owned; -1 once closed */
  guint matched; /* bytes of END_OF_REQUEST seen in a row */
} Connection;

typedef struct {
  Connection *connection; /* borrowed; connections live as long as the server */
  gint64      due_us;
} Answer;

struct _SyDelayServer {
  /* Set before the thread starts */
  gint64     delay_us;
  char      *url;
  SyClock   *clock;
  GThread   *thread;
  int        listen_fd;
  int        epoll_fd;
  int        timer_fd;
  int        stop_fd;

  /* The server's thread */
  GPtrArray *connections;
  GQueue     answers; /* of Answer, in the order they are due */
};

static gboolean
watch (SyDelayServer *self,
       int            fd,
       gpointer       data)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = data };

  return epoll_ctl (self->epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

static void
connection_close (Connection *connection)
{
  if (connection->fd >= 0)
    close (connection->fd);
  connection->fd = -1;
}

static void
connection_free (Connection *connection)
{
  connection_close (connection);
  g_free (connection);
}

static void
accept_connection (SyDelayServer *self)
{
  int fd = accept4 (self->listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

  if (fd < 0)
    return;

  Connection *connection = g_new0 (Connection, 1);

  connection->fd = fd;
  g_ptr_array_add (self->connections, connection);

  if (!watch (self, fd, connection))
    connection_close (connection);
}

static void
read_request (SyDelayServer *self,
              Connection    *connection)
{
  char bytes[4096];
  gssize n = recv (connection->fd, bytes, sizeof bytes, 0);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return;

  if (n <= 0)
    {
      connection_close (connection);
      return;
    }

  for (gssize i = 0; i < n; i++)
    {
      if (bytes[i] == END_OF_REQUEST[connection->matched])
        connection->matched++;
      else
        connection->matched = bytes[i] == '\r' ? 1 : 0;

      if (connection->matched < sizeof END_OF_REQUEST - 1)
        continue;

      Answer *answer = g_new0 (Answer, 1);

      answer->connection = connection;
      answer->due_us = sy_clock_get_monotonic (self->clock) + self->delay_us;
      g_queue_push_tail (&self->answers, answer);
      connection->matched = 0;
    }
}

static void
send_due_answers (SyDelayServer *self)
{
  Answer *answer;

  while ((answer = g_queue_peek_head (&self->answers)) != NULL &&
         answer->due_us <= sy_clock_get_monotonic (self->clock))
    {
      int fd = answer->connection->fd;

      /* A few bytes always fit the buffer of a socket that has none under way. */
      if (fd >= 0 && send (fd, ANSWER, sizeof ANSWER - 1, MSG_NOSIGNAL) != sizeof ANSWER - 1)
        connection_close (answer->connection);

      g_free (g_queue_pop_head (&self->answers));
    }
}

static void
arm_timer (SyDelayServer *self)
{
  const Answer *next = g_queue_peek_head (&self->answers);
  gint64 due_us = next != NULL ? next->due_us : 0; /* 0: disarmed */
  struct itimerspec when = {
    .it_value = {
      .tv_sec = due_us / SY_USEC_PER_SEC,
      .tv_nsec = due_us % SY_USEC_PER_SEC * 1000,
    },
  };

  timerfd_settime (self->timer_fd, TFD_TIMER_ABSTIME, &when, NULL);
}

static gpointer
serve_thread (gpointer user_data)
{
  SyDelayServer *self = user_data;
  struct epoll_event events[EVENTS_AT_ONCE];

  for (;;)
    {
      /* Setting the timer also makes it unreadable. */
      arm_timer (self);

      int n = epoll_wait (self->epoll_fd, events, EVENTS_AT_ONCE, -1);

      for (int i = 0; i < n; i++)
        {
          gpointer data = events[i].data.ptr;

          if (data == &self->stop_fd)
            return NULL;
          else if (data == &self->listen_fd)
            accept_connection (self);
          else if (data != &self->timer_fd)
            read_request (self, data);
        }

      send_due_answers (self);
    }
}

static gboolean
open_listener (SyDelayServer *self)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;

  self->listen_fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  if (self->listen_fd < 0 ||
      bind (self->listen_fd, (struct sockaddr *) &address, sizeof address) != 0 ||
      listen (self->listen_fd, BACKLOG) != 0 ||
      getsockname (self->listen_fd, (struct sockaddr *) &address, &length) != 0)
    return FALSE;

  self->url = g_strdup_printf ("http://127.0.0.1:%d", ntohs (address.sin_port));
  return TRUE;
}

static gboolean
open_fds (SyDelayServer *self)
{
  self->epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  self->timer_fd = timerfd_create (CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  self->stop_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);

  return self->epoll_fd >= 0 && self->timer_fd >= 0 && self->stop_fd >= 0 &&
         open_listener (self) &&
         watch (self, self->listen_fd, &self->listen_fd) &&
         watch (self, self->timer_fd, &self->timer_fd) &&
         watch (self, self->stop_fd, &self->stop_fd);
}

SyDelayServer *
sy_delay_server_new (gint64   delay_us,
                     GError **error)
{
  g_autoptr (SyDelayServer) self = g_new0 (SyDelayServer, 1);

  self->delay_us = delay_us;
  self->clock = sy_clock_new ();
  self->connections = g_ptr_array_new_with_free_func ((GDestroyNotify) connection_free);
  g_queue_init (&self->answers);
  self->listen_fd = self->epoll_fd = self->timer_fd = self->stop_fd = -1;

  if (!open_fds (self))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_FAILED, "no server to test with: %s", g_strerror (errno));
      return NULL;
    }

  self->thread = g_thread_new ("delay-server", serve_thread, self);
  return g_steal_pointer (&self);
}

void
sy_delay_server_free (SyDelayServer *self)
{
  const int fds[] = { self->listen_fd, self->epoll_fd, self->timer_fd, self->stop_fd };

  if (self->thread != NULL)
    {
      eventfd_write (self->stop_fd, 1);
      g_thread_join (self->thread);
    }

  g_queue_clear_full (&self->answers, g_free);
  g_ptr_array_unref (self->connections);

  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    if (fds[i] >= 0)
      close (fds[i]);

  g_object_unref (self->clock);
  g_free (self->url);
  g_free (self);
}

const char *
sy_delay_server_get_url (SyDelayServer *self)
{
  return self->url;
}
