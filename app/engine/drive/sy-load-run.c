/* sy-load-run.c: one load, from its first request to its last answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, one epoll, one absolute timer. The timer is set to the earliest
 * of: the next arrival, the end of the second, what libcurl asked for, the end
 * of the wait for last answers. It has the resolution of the kernel's
 * high-resolution timers, where poll() has a millisecond.
 *
 * Phases: load (arrivals are offered), drain (the last answers are waited for,
 * as long as one request may take, and what waits for a connection is sent when
 * one is free: it was offered in time), done. Each target can leave early.
 */
#define G_LOG_DOMAIN "steelyard-drive"

#include "config.h"

#include "sy-load-run.h"

#include <errno.h>
#include <math.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "sy-clock.h"
#include "sy-cpu-watch.h"
#include "sy-error.h"
#include "sy-load-target.h"
#include "sy-load-transport.h"

#define SETUP_US (20 * SY_USEC_PER_MSEC)      /* from now to the start of the schedule */
#define STOP_DRAIN_US (500 * SY_USEC_PER_MSEC)
#define TICK_US SY_USEC_PER_SEC
#define FAILING_SECONDS 5
#define ARRIVALS_AT_ONCE 64                   /* before sockets are looked at again */
#define EVENTS_AT_ONCE 256

/* When the generator itself was the bottleneck. */
#define LIMITED_LATENESS 0.001                /* seconds, p99 */
#define LIMITED_SHARE_OF_SLO 0.05
#define LIMITED_CORES 0.8

typedef struct _Run Run;

typedef struct {
  Run          *run;      /* borrowed */
  guint         index;
  SyLoadTarget *books;    /* owned */
  const char   *aborted;  /* static, nullable */
} Side;

struct _Run {
  const SyLoadPlan *plan;      /* borrowed */
  SySchedule       *schedule;  /* owned */
  SyClock          *clock;     /* owned */
  SyCpuWatch       *watch;     /* owned */
  SyLoadTransport  *transport; /* owned */
  Side             *sides;     /* owned, one a target */
  SyLoadTickFunc    tick;
  gpointer          user_data;
  int               epoll_fd;
  int               timer_fd;
  int               stop_fd;   /* borrowed; -1: none */

  gint64            start_us;
  gint64            end_us;    /* of the load */
  gint64            armed_us;  /* what the timer is set to */
  gint64            tick_us;   /* end of the present second */
  gint64            drain_us;  /* end of the wait for last answers */
  gsize             next;      /* arrival */
  guint64           window_bytes; /* transport's at the start of the second */
  gboolean          is_stopping;
};

static gint64
now_us (const Run *self)
{
  return sy_clock_get_monotonic (self->clock);
}

static double
thread_cpu_seconds (void)
{
  struct timespec time = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static void
send_cb (guint            slot,
         const SyArrival *arrival,
         gpointer         user_data)
{
  Side *side = user_data;

  sy_load_transport_send (side->run->transport, side->index, slot, arrival);
}

static void
done_cb (guint                target,
         guint                slot,
         const SyLoadOutcome *outcome,
         gpointer             user_data)
{
  Run *self = user_data;

  sy_load_target_complete (self->sides[target].books, slot, outcome);
}

static gboolean
is_all_aborted (const Run *self)
{
  for (guint i = 0; i < self->plan->targets->len; i++)
    if (self->sides[i].aborted == NULL)
      return FALSE;

  return TRUE;
}

static guint
count_outstanding (const Run *self)
{
  guint n = 0;

  for (guint i = 0; i < self->plan->targets->len; i++)
    n += sy_load_target_get_outstanding (self->sides[i].books);

  return n;
}

/* No more is sent to @side; what is open is ended with nothing known. */
static void
abort_side (Side       *side,
            const char *reason,
            gint64      at_us)
{
  if (side->aborted != NULL)
    return;

  side->aborted = reason;
  sy_load_target_end (side->books, at_us);
  sy_load_transport_cancel (side->run->transport, side->index);
  sy_load_target_close (side->books, at_us);
}

/* Ends the load, or the wait after it: sends nothing more, but gives what is under way
 * a moment to be answered. */
static void
stop (Run    *self,
      gint64  at_us)
{
  if (self->is_stopping)
    return;

  self->is_stopping = TRUE;
  self->next = self->schedule->n;
  self->drain_us = MIN (self->drain_us, at_us + STOP_DRAIN_US);
  epoll_ctl (self->epoll_fd, EPOLL_CTL_DEL, self->stop_fd, NULL);

  for (guint i = 0; i < self->plan->targets->len; i++)
    {
      Side *side = &self->sides[i];

      if (side->aborted == NULL && at_us < sy_load_target_get_end_us (side->books))
        side->aborted = "stopped";

      sy_load_target_end (side->books, at_us);
    }
}

static void
check_bytes (Run    *self,
             gint64  at_us)
{
  guint64 bytes = sy_load_transport_get_bytes (self->transport) - self->window_bytes;

  if ((double) bytes <= SY_LOAD_MAX_BYTES_PER_SECOND)
    return;

  for (guint i = 0; i < self->plan->targets->len; i++)
    abort_side (&self->sides[i], "bandwidth", at_us);
}

static void
tick_side (Run    *self,
           Side   *side,
           gint64  at_us)
{
  SyLoadWindow window;
  SyLoadTick tick = {
    .target = sy_url_get_origin (g_ptr_array_index (self->plan->targets, side->index)),
    .t = (double) sy_clock_get_wall (self->clock) / (double) SY_USEC_PER_SEC,
    .in_flight = sy_load_target_get_outstanding (side->books),
  };

  for (guint i = 0; i < self->plan->workload->n_classes; i++)
    {
      const SyLoadTally *tally = sy_load_target_get_tally (side->books, i);

      tick.offered += tally->offered;
      tick.sent += tally->sent;
      tick.answered += tally->answered;
      tick.dropped += tally->dropped;
      tick.errors += tally->errors;
    }

  sy_load_target_take_window (side->books, &window);
  tick.p50 = window.p50;
  tick.p99 = window.p99;
  tick.late_p99 = window.late_p99;

  if (self->tick != NULL)
    self->tick (&tick, self->user_data);

  if (sy_load_target_get_failing (side->books) >= FAILING_SECONDS)
    abort_side (side, "error-share", at_us);
}

static void
tick_all (Run    *self,
          gint64  at_us)
{
  sy_cpu_watch_sample (self->watch, at_us);

  for (guint i = 0; i < self->plan->targets->len; i++)
    if (self->sides[i].aborted == NULL)
      tick_side (self, &self->sides[i], at_us);

  self->window_bytes = sy_load_transport_get_bytes (self->transport);

  while (self->tick_us <= at_us)
    self->tick_us += TICK_US;
}

/* Offers what is due. The target that is asked first alternates, so that the
 * microseconds the second one waits are shared. */
static void
offer_arrivals (Run *self)
{
  guint n = self->plan->targets->len;

  for (guint count = 0; count < ARRIVALS_AT_ONCE && self->next < self->schedule->n; count++)
    {
      const SyArrival *arrival = &self->schedule->arrivals[self->next];
      gint64 intended_us = self->start_us + arrival->at_us;

      if (intended_us > now_us (self))
        return;

      for (guint i = 0; i < n; i++)
        {
          Side *side = &self->sides[(self->next + i) % n];

          if (side->aborted != NULL)
            continue;

          sy_load_target_offer (side->books, arrival, intended_us, now_us (self));
          sy_load_transport_run (self->transport);
        }

      self->next++;
    }
}

static void
arm_timer (Run    *self,
           gint64  at_us)
{
  gint64 due_us = MIN (self->tick_us, self->drain_us);

  if (self->next < self->schedule->n)
    due_us = MIN (due_us, self->start_us + self->schedule->arrivals[self->next].at_us);
  else if (at_us < self->end_us)
    due_us = MIN (due_us, self->end_us);

  due_us = MIN (due_us, sy_load_transport_get_due (self->transport));

  if (due_us == self->armed_us)
    return;

  struct itimerspec when = {
    .it_value = {
      .tv_sec = due_us / SY_USEC_PER_SEC,
      .tv_nsec = due_us % SY_USEC_PER_SEC * 1000,
    },
  };

  timerfd_settime (self->timer_fd, TFD_TIMER_ABSTIME, &when, NULL);
  self->armed_us = due_us;
}

static void
handle_event (Run                      *self,
              const struct epoll_event *event)
{
  if (event->data.fd == self->timer_fd)
    {
      guint64 expirations;

      /* Only to make it unreadable; the clock says what is due. */
      if (read (self->timer_fd, &expirations, sizeof expirations) == sizeof expirations)
        self->armed_us = 0;
    }
  else if (event->data.fd == self->stop_fd)
    {
      stop (self, now_us (self));
    }
  else
    {
      sy_load_transport_ready (self->transport, event->data.fd, event->events);
    }
}

static gboolean
is_over (const Run *self,
         gint64     at_us)
{
  if (self->next < self->schedule->n && !is_all_aborted (self))
    return FALSE;

  if (count_outstanding (self) > 0)
    return at_us >= self->drain_us;

  /* The load lasts as long as was asked for, also after its last arrival. */
  return self->is_stopping || is_all_aborted (self) || at_us >= self->end_us;
}

static void
loop (Run *self)
{
  struct epoll_event events[EVENTS_AT_ONCE];
  gint64 at_us = now_us (self);

  while (!is_over (self, at_us))
    {
      arm_timer (self, at_us);

      int n = epoll_wait (self->epoll_fd, events, EVENTS_AT_ONCE, -1);

      for (int i = 0; i < n; i++)
        handle_event (self, &events[i]);

      offer_arrivals (self);
      at_us = now_us (self);

      if (sy_load_transport_get_due (self->transport) <= at_us)
        sy_load_transport_run (self->transport);

      check_bytes (self, at_us);

      if (self->tick_us <= at_us)
        tick_all (self, at_us);
    }

  sy_cpu_watch_sample (self->watch, at_us);

  for (guint i = 0; i < self->plan->targets->len; i++)
    {
      sy_load_transport_cancel (self->transport, i);
      sy_load_target_close (self->sides[i].books, at_us);
    }
}

static gboolean
is_generator_limited (const SyLoadSummary *summary)
{
  double limit = LIMITED_LATENESS;
  double slo = sy_workload_get_limit (summary->workload);

  if (!isnan (slo))
    limit = MAX (limit, LIMITED_SHARE_OF_SLO * slo);

  return sy_latency_histogram_quantile (&summary->total->generator_late, 0.99) > limit ||
         summary->generator_cpu > LIMITED_CORES;
}

static SyLoadSummary *
summarize (Run    *self,
           Side   *side,
           double  generator_cpu)
{
  const SyUrl *url = g_ptr_array_index (self->plan->targets, side->index);
  SyWorkload *workload = self->plan->workload;
  SyLoadSummary *summary = g_new0 (SyLoadSummary, 1);
  gint64 from_us = self->start_us + self->plan->warm_up_us;
  gint64 duration_us = sy_load_target_get_end_us (side->books) - from_us;
  gint64 wall_us = sy_clock_get_wall (self->clock) - now_us (self);

  summary->target = g_strdup (sy_url_get_origin (url));
  summary->url = g_strdup (sy_url_get_redacted (url));
  summary->workload = sy_workload_ref (workload);
  summary->total = g_new0 (SyLoadTally, 1);
  summary->classes = g_new0 (SyLoadTally, workload->n_classes);
  summary->from = (double) (wall_us + from_us) / (double) SY_USEC_PER_SEC;
  summary->duration = (double) MAX (duration_us, 1) / (double) SY_USEC_PER_SEC;
  summary->generator_cpu = generator_cpu;
  summary->foreign_cores = sy_cpu_watch_get_foreign (self->watch);
  summary->aborted = side->aborted;

  for (guint i = 0; i < workload->n_classes; i++)
    {
      summary->classes[i] = *sy_load_target_get_tally (side->books, i);
      sy_load_tally_merge (summary->total, &summary->classes[i]);
    }

  summary->generator_limited = is_generator_limited (summary);
  return summary;
}

static gboolean
watch_fd (Run *self,
          int  fd)
{
  struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

  return epoll_ctl (self->epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

static gboolean
open_fds (Run     *self,
          GError **error)
{
  self->epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  self->timer_fd = timerfd_create (CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);

  if (self->epoll_fd < 0 || self->timer_fd < 0 || !watch_fd (self, self->timer_fd) ||
      (self->stop_fd >= 0 && !watch_fd (self, self->stop_fd)))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_FAILED, "no timer for the load: %s", g_strerror (errno));
      return FALSE;
    }

  self->transport = sy_load_transport_new (self->plan, self->clock, self->epoll_fd, done_cb, self, error);
  return self->transport != NULL;
}

static void
begin (Run *self)
{
  guint n = self->plan->targets->len;

  self->schedule = sy_schedule_new (self->plan->workload, self->plan->rates, self->plan->n_rates,
                                    self->plan->duration_us, self->plan->seed);
  self->watch = sy_cpu_watch_new ();

  for (guint i = 0; i < n; i++)
    {
      const SyUrl *url = g_ptr_array_index (self->plan->targets, i);

      if (sy_url_is_loopback (url))
        sy_cpu_watch_add_port (self->watch, sy_url_get_port (url));
    }

  self->start_us = now_us (self) + SETUP_US;
  self->tick_us = self->start_us + TICK_US;
  self->end_us = self->start_us + self->plan->duration_us;
  self->drain_us = self->end_us + self->plan->timeout_us;
  self->sides = g_new0 (Side, n);

  for (guint i = 0; i < n; i++)
    {
      SyLoadTargetConfig config = {
        .n_classes = self->plan->workload->n_classes,
        .connections = self->plan->connections,
        .queue = self->plan->connections * SY_LOAD_QUEUE_PER_CONNECTION,
        .timeout_us = self->plan->timeout_us,
        .from_us = self->start_us + self->plan->warm_up_us,
        .end_us = self->end_us,
        .send = send_cb,
        .user_data = &self->sides[i],
      };

      self->sides[i] = (Side) { .run = self, .index = i, .books = sy_load_target_new (&config) };
    }

  sy_cpu_watch_sample (self->watch, now_us (self));
}

static void
clear (Run *self)
{
  g_clear_pointer (&self->transport, sy_load_transport_free);

  for (guint i = 0; self->sides != NULL && i < self->plan->targets->len; i++)
    sy_load_target_free (self->sides[i].books);

  g_clear_pointer (&self->sides, g_free);
  g_clear_pointer (&self->schedule, sy_schedule_free);
  g_clear_pointer (&self->watch, sy_cpu_watch_free);
  g_clear_object (&self->clock);

  if (self->timer_fd >= 0)
    close (self->timer_fd);
  if (self->epoll_fd >= 0)
    close (self->epoll_fd);
}

GPtrArray *
sy_load_run (const SyLoadPlan *plan,
             int               stop_fd,
             SyLoadTickFunc    tick,
             gpointer          user_data,
             GError          **error)
{
  Run self = {
    .plan = plan, .clock = sy_clock_new (), .tick = tick, .user_data = user_data,
    .epoll_fd = -1, .timer_fd = -1, .stop_fd = stop_fd,
  };
  GPtrArray *summaries = NULL;

  if (open_fds (&self, error))
    {
      begin (&self);

      double cpu_start = thread_cpu_seconds ();
      gint64 wall_start = now_us (&self);

      loop (&self);

      double seconds = (double) (now_us (&self) - wall_start) / (double) SY_USEC_PER_SEC;
      double cores = (thread_cpu_seconds () - cpu_start) / seconds;

      summaries = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_load_summary_free);
      for (guint i = 0; i < plan->targets->len; i++)
        g_ptr_array_add (summaries, summarize (&self, &self.sides[i], cores));
    }

  clear (&self);
  return summaries;
}
