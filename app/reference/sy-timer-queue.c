/* sy-timer-queue.c: many timers behind one descriptor
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-timer-queue.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "sy-error.h"

typedef struct {
  gint64   due_us;
  gpointer item; /* borrowed, nullable */
} Timer;

struct _SyTimerQueue {
  GSequence   *timers;  /* of Timer, sorted by due_us */
  int          fd;
  GSource     *source;  /* owned */
  SyTimerFunc  func;
  gpointer     user_data;
};

static int
compare_timers (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  gint64 left_us = ((const Timer *) a)->due_us;
  gint64 right_us = ((const Timer *) b)->due_us;

  return (left_us > right_us) - (left_us < right_us);
}

static Timer *
get_first (SyTimerQueue *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->timers);

  return g_sequence_iter_is_end (first) ? NULL : g_sequence_get (first);
}

static void
arm (SyTimerQueue *self)
{
  const Timer *first = get_first (self);
  struct itimerspec when = { 0 };

  /* All zeros disarm, so a time long past must not be zero. */
  if (first != NULL)
    {
      gint64 due_us = MAX (first->due_us, 1);

      when.it_value.tv_sec = due_us / G_USEC_PER_SEC;
      when.it_value.tv_nsec = due_us % G_USEC_PER_SEC * 1000;
    }

  timerfd_settime (self->fd, TFD_TIMER_ABSTIME, &when, NULL);
}

static gboolean
timer_ready_cb (int          fd,
                GIOCondition condition,
                gpointer     user_data)
{
  SyTimerQueue *self = user_data;
  gint64 now_us = g_get_monotonic_time ();
  guint64 n_expirations;
  Timer *first;

  /* Nothing to read only means that the timer was moved meanwhile. */
  if (read (fd, &n_expirations, sizeof n_expirations) < 0 && errno != EAGAIN)
    g_critical ("timerfd: %s", g_strerror (errno));

  while ((first = get_first (self)) != NULL && first->due_us <= now_us)
    {
      Timer due = *first;

      g_sequence_remove (g_sequence_get_begin_iter (self->timers));
      self->func (due.item, due.due_us, self->user_data);
    }

  arm (self);

  return G_SOURCE_CONTINUE;
}

SyTimerQueue *
sy_timer_queue_new (SyTimerFunc   func,
                    gpointer      user_data,
                    GError      **error)
{
  SyTimerQueue *self;
  /* CLOCK_MONOTONIC is the clock of g_get_monotonic_time() */
  int fd = timerfd_create (CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);

  if (fd < 0)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_FAILED, "no timer: %s", g_strerror (errno));
      return NULL;
    }

  self = g_new0 (SyTimerQueue, 1);
  self->timers = g_sequence_new (g_free);
  self->fd = fd;
  self->func = func;
  self->user_data = user_data;
  self->source = g_unix_fd_source_new (fd, G_IO_IN);
  g_source_set_callback (self->source, G_SOURCE_FUNC (timer_ready_cb), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());

  return self;
}

void
sy_timer_queue_free (SyTimerQueue *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  close (self->fd);
  g_sequence_free (self->timers);
  g_free (self);
}

void
sy_timer_queue_add (SyTimerQueue *self,
                    gint64        due_us,
                    gpointer      item)
{
  Timer *timer = g_new (Timer, 1);
  const Timer *first = get_first (self);
  gboolean is_first = first == NULL || due_us < first->due_us;

  *timer = (Timer) { .due_us = due_us, .item = item };
  g_sequence_insert_sorted (self->timers, timer, compare_timers, NULL);

  if (is_first)
    arm (self);
}

gboolean
sy_timer_queue_steal (SyTimerQueue *self,
                      gpointer     *item)
{
  const Timer *first = get_first (self);

  if (first == NULL)
    return FALSE;

  *item = first->item;
  g_sequence_remove (g_sequence_get_begin_iter (self->timers));

  return TRUE;
}
