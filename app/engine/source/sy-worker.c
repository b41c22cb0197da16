/* sy-worker.c: the thread behind a source
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-worker.h"

#include <time.h>

#include "sy-back-off.h"
#include "sy-error.h"
#include "sy-http-session.h"
#include "sy-resolver.h"

#define REPORT_SPACING_US (SY_USEC_PER_SEC / 10)

/* How long stopping a worker waits for its loop to hear of it: what draws the window
 * waits meanwhile. */
#define MOST_PATIENCE_US (SY_USEC_PER_SEC / 20)

struct _SyWorker
{
  gatomicrefcount ref_count;

  /* Set before the thread begins, never changed. */
  SyUrl        *url;     /* (owned) */
  SyClock      *clock;   /* (owned) */
  SyScrapeSink *sink;    /* (owned): until the thread leaves */
  SyAccess     *access;  /* (owned) (nullable) */
  guint         claim;   /* on the sink */
  GMainContext *context; /* (owned): the worker's */
  GMainLoop    *loop;    /* (owned) */

  /* The worker's alone. */
  const SyWorkerKind *kind;
  gpointer       job;     /* (owned): the kind's */
  SoupSession   *session; /* (owned) */
  SySeriesTable *table;   /* (owned) */
  GSource       *tick;    /* (owned) */
  SyBackOff      back_off;
  SyFormat       format;
  gboolean       is_asking;
  gboolean       is_renewing; /* what is under way ends because we want another */
  gint64         interval_us;

  /* The owner's alone. */
  GSource          *report;  /* (owned): armed by the worker under the lock */
  SyWorkerFunc  func;
  gpointer          user_data;

  /* Shared, under the lock. */
  GMutex         lock;
  GCond          ended;
  gboolean       has_ended;
  gboolean       is_stopped;
  gboolean       has_heard;   /* the loop knows that it is to end */
  SySourceStatus status;
  gint64         next_report_us;
  gint64         deadline_us;
  GCancellable  *cancellable; /* (owned) (nullable): of the request under way */
  GSocket       *socket;      /* (owned) (nullable): the last that was connected */
};

static void
publish (SyWorker         *self,
         const SySourceStatus *status)
{
  g_mutex_lock (&self->lock);
  sy_source_status_clear (&self->status);
  sy_source_status_copy (status, &self->status);
  if (!self->is_stopped)
    sy_clock_timer_set_due (self->report, MAX (self->next_report_us, sy_clock_get_monotonic (self->clock)));
  g_mutex_unlock (&self->lock);
}

/* Owner's thread. */
static gboolean
report_cb (gpointer user_data)
{
  SyWorker *self = user_data;
  SySourceStatus status;

  g_mutex_lock (&self->lock);
  self->next_report_us = sy_clock_get_monotonic (self->clock) + REPORT_SPACING_US;
  sy_clock_timer_set_due (self->report, G_MAXINT64);
  sy_source_status_copy (&self->status, &status);
  g_mutex_unlock (&self->lock);

  self->func (&status, self->user_data);
  sy_source_status_clear (&status);
  return G_SOURCE_CONTINUE;
}

static gint64
thread_cpu_us (void)
{
  struct timespec now;

  if (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now) != 0)
    return 0;

  return now.tv_sec * SY_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
note_success (const SyScrape *scrape,
              SySourceStatus *status)
{
  status->state = SY_SOURCE_LIVE;
  g_clear_error (&status->error);
  status->failing_since_us = 0;
  status->last_success_us = scrape->answered_us;
  if (scrape->answer != NULL)
    sy_prom_answer_get_series (scrape->answer, &status->n_samples);
  else
    sy_exposition_get_samples (scrape->exposition, &status->n_samples);
  status->total_samples += status->n_samples;
}

static void
note_failure (const SyScrape *scrape,
              SySourceStatus *status)
{
  status->state = SY_SOURCE_RETRYING;
  g_clear_error (&status->error);
  status->error = g_error_copy (scrape->error);
  status->n_failures++;
  if (status->failing_since_us == 0)
    status->failing_since_us = scrape->wall_us;
}

/* A table that is full, or full of another format's series, begins anew. */
static void
renew_table (SyWorker   *self,
             const SyScrape *scrape)
{
  const gboolean full = g_error_matches (scrape->error, SY_ERROR, SY_ERROR_CARDINALITY);
  const SyFormat format = scrape->exposition != NULL ? sy_exposition_get_format (scrape->exposition) : self->format;

  if (full || format != self->format)
    {
      sy_series_table_unref (self->table);
      self->table = sy_series_table_new (0);
    }

  self->format = format;
}

/* Counts and hands on @scrape. */
static void
note (SyWorker       *self,
      const SyScrape *scrape,
      SySourceStatus *status)
{
  status->n_scrapes++;
  status->wire_bytes += scrape->wire_bytes;

  if (scrape->error == NULL)
    note_success (scrape, status);
  else
    note_failure (scrape, status);

  sy_scrape_sink_deliver (self->sink, self->claim, scrape);
  renew_table (self, scrape);
}

static void
schedule (SyWorker          *self,
          const SyWorkerEnd *end,
          SySourceStatus    *status)
{
  const gint64 now_us = sy_clock_get_monotonic (self->clock);
  const gint64 wait_us = end->wait_us > 0 ? end->wait_us : self->interval_us;

  if (end->was_healthy)
    sy_back_off_forget (&self->back_off);

  switch (end->next)
    {
    case SY_WORKER_NEXT_TICK:
      status->next_try_us = sy_back_off_succeed (&self->back_off, now_us, self->interval_us);
      break;
    case SY_WORKER_BACK_OFF:
      status->next_try_us = sy_back_off_fail (&self->back_off, now_us, wait_us, end->retry_after_us);
      break;
    case SY_WORKER_BLOCKED:
    default:
      status->state = SY_SOURCE_BLOCKED;
      status->next_try_us = 0;
      break;
    }
}

/* FALSE when the worker was stopped and nobody wants to hear of it. */
static gboolean
get_status (SyWorker       *self,
            SySourceStatus *status)
{
  gboolean goes_on;

  g_mutex_lock (&self->lock);
  goes_on = !self->is_stopped;
  if (goes_on)
    sy_source_status_copy (&self->status, status);
  g_mutex_unlock (&self->lock);

  return goes_on;
}

static gboolean
tick_cb (gpointer user_data)
{
  SyWorker *self = user_data;

  sy_clock_timer_set_due (self->tick, G_MAXINT64);
  if (!self->is_asking)
    {
      self->is_asking = TRUE;
      self->kind->ask (self, self->job);
    }

  return G_SOURCE_CONTINUE;
}

static void
leave (SyWorker *self)
{
  g_source_destroy (self->tick);
  g_clear_pointer (&self->tick, g_source_unref);

  /* A request under way was cancelled: it still has to say so. */
  while (self->is_asking)
    g_main_context_iteration (self->context, TRUE);

  self->kind->free (g_steal_pointer (&self->job));
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_pointer (&self->table, sy_series_table_unref);
  /* Whoever waits for our end may count on the owner's data being let go. */
  g_clear_pointer (&self->sink, sy_scrape_sink_unref);

  /* What the closed connections still have to do. */
  while (g_main_context_iteration (self->context, FALSE))
    continue;
}

static gpointer
thread_main (gpointer data)
{
  SyWorker *self = data;

  g_main_context_push_thread_default (self->context);
  self->session = sy_http_session_new (self->url, self->access);
  self->table = sy_series_table_new (0);
  sy_back_off_init (&self->back_off, g_str_hash (sy_url_get_string (self->url)), sy_clock_get_monotonic (self->clock));

  self->tick = sy_clock_timer_new (self->clock, sy_clock_get_monotonic (self->clock));
  g_source_set_callback (self->tick, tick_cb, self, NULL);
  g_source_set_static_name (self->tick, "SyWorker tick");
  g_source_attach (self->tick, self->context);

  g_main_loop_run (self->loop);
  leave (self);
  g_main_context_pop_thread_default (self->context);

  g_mutex_lock (&self->lock);
  self->has_ended = TRUE;
  g_cond_broadcast (&self->ended);
  g_mutex_unlock (&self->lock);

  sy_worker_unref (self);
  return NULL;
}

SyWorker *
sy_worker_start (const SyWorkerConfig *config)
{
  SyWorker *self = g_new0 (SyWorker, 1);

  sy_resolver_install ();
  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  g_cond_init (&self->ended);
  self->url = sy_url_ref (config->url);
  self->clock = g_object_ref (config->clock);
  self->access = config->access != NULL ? sy_access_ref (config->access) : NULL;
  self->sink = sy_scrape_sink_ref (config->sink);
  self->claim = sy_scrape_sink_claim (config->sink);
  self->kind = config->kind;
  self->job = config->job;
  self->interval_us = config->interval_us;
  self->func = config->func;
  self->user_data = config->user_data;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->status.state = SY_SOURCE_CONNECTING;
  self->next_report_us = G_MININT64;

  self->report = sy_clock_timer_new (self->clock, G_MAXINT64);
  g_source_set_callback (self->report, report_cb, self, NULL);
  g_source_set_static_name (self->report, "SyWorker report");
  g_source_attach (self->report, g_main_context_get_thread_default ());

  g_thread_unref (g_thread_new (config->kind->thread_name, thread_main, sy_worker_ref (self)));
  return self;
}

SyWorker *
sy_worker_ref (SyWorker *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sy_worker_unref (SyWorker *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_source_unref (self->report);
  sy_source_status_clear (&self->status);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->socket);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_clear_pointer (&self->sink, sy_scrape_sink_unref);
  g_object_unref (self->clock);
  g_clear_pointer (&self->access, sy_access_unref);
  sy_url_unref (self->url);
  g_cond_clear (&self->ended);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gboolean
quit_cb (gpointer user_data)
{
  SyWorker *self = user_data;

  sy_worker_cancel (self);
  g_main_loop_quit (self->loop);

  g_mutex_lock (&self->lock);
  self->has_heard = TRUE;
  g_cond_broadcast (&self->ended);
  g_mutex_unlock (&self->lock);
  return G_SOURCE_REMOVE;
}

/* A loop that is not busy has heard within a millisecond. */
static gboolean
wait_until_heard (SyWorker *self)
{
  const gint64 until = g_get_monotonic_time () + MOST_PATIENCE_US;
  gboolean heard;

  g_mutex_lock (&self->lock);
  while (!self->has_heard && g_cond_wait_until (&self->ended, &self->lock, until))
    continue;
  heard = self->has_heard;
  g_mutex_unlock (&self->lock);

  return heard;
}

static gboolean
retry_cb (gpointer user_data)
{
  SyWorker *self = user_data;

  if (self->tick != NULL)
    {
      sy_back_off_init (&self->back_off, g_str_hash (sy_url_get_string (self->url)),
                        sy_clock_get_monotonic (self->clock));
      sy_clock_timer_set_due (self->tick, sy_clock_get_monotonic (self->clock));
    }

  return G_SOURCE_REMOVE;
}

/* Runs @func in the worker's loop (and not in its start or end). */
static void
invoke (SyWorker *self,
        GSourceFunc   func)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, sy_worker_ref (self), (GDestroyNotify) sy_worker_unref);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

void
sy_worker_stop (SyWorker *self)
{
  /* Void our claim first: what is being delivered now is the last. */
  sy_scrape_sink_claim (self->sink);

  g_mutex_lock (&self->lock);
  self->is_stopped = TRUE;
  g_mutex_unlock (&self->lock);

  g_source_destroy (self->report);
  /* The loop cancels what is under way by itself. GLib 2.74 never frees a source whose
   * cancellable another thread cancels while the source ends; so another thread does
   * that only where answers keep the loop busy for ever. */
  invoke (self, quit_cb);
  if (!wait_until_heard (self))
    sy_worker_cancel (self);
}

gboolean
sy_worker_wait (SyWorker *self,
                     gint64        timeout_us)
{
  /* Real time, whatever the clock: somebody is blocked here. */
  const gint64 until = g_get_monotonic_time () + timeout_us;
  gboolean ended;

  g_mutex_lock (&self->lock);
  while (!self->has_ended && g_cond_wait_until (&self->ended, &self->lock, until))
    continue;
  ended = self->has_ended;
  g_mutex_unlock (&self->lock);

  return ended;
}

static gboolean
renew_cb (gpointer user_data)
{
  SyWorker *self = user_data;

  if (self->tick != NULL && self->is_asking && self->kind->is_stream)
    {
      self->is_renewing = TRUE;
      sy_worker_cancel (self);
    }

  return retry_cb (self);
}

void
sy_worker_retry_now (SyWorker *self)
{
  invoke (self, renew_cb);
}

typedef struct
{
  SyWorker *worker; /* (owned) */
  gint64        interval_us;
} IntervalChange;

static gboolean
interval_cb (gpointer user_data)
{
  IntervalChange *change = user_data;

  change->worker->interval_us = change->interval_us;
  return retry_cb (change->worker);
}

static void
interval_change_free (gpointer data)
{
  IntervalChange *change = data;

  sy_worker_unref (change->worker);
  g_free (change);
}

void
sy_worker_set_interval (SyWorker *self,
                             gint64        interval_us)
{
  IntervalChange *change = g_new0 (IntervalChange, 1);
  GSource *source = g_idle_source_new ();

  change->worker = sy_worker_ref (self);
  change->interval_us = interval_us;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, interval_cb, change, interval_change_free);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

gint64
sy_worker_get_deadline (SyWorker *self)
{
  gint64 deadline_us;

  g_mutex_lock (&self->lock);
  deadline_us = self->deadline_us;
  g_mutex_unlock (&self->lock);

  return deadline_us;
}

void
sy_worker_cancel (SyWorker *self)
{
  g_autoptr (GCancellable) cancellable = NULL;

  g_mutex_lock (&self->lock);
  if (self->cancellable != NULL)
    cancellable = g_object_ref (self->cancellable);
  g_mutex_unlock (&self->lock);

  /* Outside the lock: handlers run here. */
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

void
sy_worker_shut_down (SyWorker *self)
{
  g_autoptr (GSocket) socket = NULL;

  g_mutex_lock (&self->lock);
  socket = g_steal_pointer (&self->socket);
  g_mutex_unlock (&self->lock);

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

SyUrl *
sy_worker_get_url (SyWorker *self)
{
  return self->url;
}

SyClock *
sy_worker_get_clock (SyWorker *self)
{
  return self->clock;
}

SoupSession *
sy_worker_get_session (SyWorker *self)
{
  return self->session;
}

SyAccess *
sy_worker_get_access (SyWorker *self)
{
  return self->access;
}

SySeriesTable *
sy_worker_get_table (SyWorker *self)
{
  return self->table;
}

gint64
sy_worker_get_interval (SyWorker *self)
{
  return self->interval_us;
}

GCancellable *
sy_worker_begin (SyWorker *self,
                 gint64    deadline_us)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_mutex_lock (&self->lock);
  self->deadline_us = deadline_us;
  g_set_object (&self->cancellable, cancellable);
  if (self->is_stopped)
    g_cancellable_cancel (cancellable);
  g_mutex_unlock (&self->lock);

  return cancellable;
}

void
sy_worker_set_deadline (SyWorker *self,
                        gint64    deadline_us)
{
  g_mutex_lock (&self->lock);
  self->deadline_us = deadline_us;
  g_mutex_unlock (&self->lock);
}

void
sy_worker_set_socket (SyWorker *self,
                      GSocket  *socket)
{
  g_mutex_lock (&self->lock);
  g_set_object (&self->socket, socket);
  g_mutex_unlock (&self->lock);
}

void
sy_worker_set_warning (SyWorker   *self,
                       const char *warning)
{
  g_mutex_lock (&self->lock);
  g_free (self->status.warning);
  self->status.warning = g_strdup (warning);
  g_mutex_unlock (&self->lock);
}

void
sy_worker_set_own_interval (SyWorker *self,
                            gint64    interval_us)
{
  g_mutex_lock (&self->lock);
  self->status.interval_us = interval_us;
  g_mutex_unlock (&self->lock);
}

void
sy_worker_deliver (SyWorker       *self,
                   const SyScrape *scrape,
                   guint           n_skipped)
{
  SySourceStatus status;

  if (!get_status (self, &status))
    return;

  note (self, scrape, &status);
  status.n_skipped += n_skipped;
  status.next_try_us = 0;
  status.worker_cpu_us = thread_cpu_us ();
  publish (self, &status);
  sy_source_status_clear (&status);
}

void
sy_worker_end (SyWorker          *self,
               const SyWorkerEnd *end)
{
  SySourceStatus status;

  self->is_asking = FALSE;
  g_mutex_lock (&self->lock);
  self->deadline_us = 0;
  g_clear_object (&self->cancellable);
  g_mutex_unlock (&self->lock);

  if (!get_status (self, &status))
    return;

  if (self->is_renewing)
    {
      /* Nothing failed. */
      self->is_renewing = FALSE;
      status.state = SY_SOURCE_CONNECTING;
      status.next_try_us = sy_clock_get_monotonic (self->clock);
    }
  else
    {
      note (self, end->scrape, &status);
      schedule (self, end, &status);
    }
  status.worker_cpu_us = thread_cpu_us ();
  publish (self, &status);
  sy_clock_timer_set_due (self->tick, status.next_try_us > 0 ? status.next_try_us : G_MAXINT64);
  sy_source_status_clear (&status);
}

void
sy_worker_become (SyWorker           *self,
                  const SyWorkerKind *kind,
                  gpointer            job)
{
  SySourceStatus status;

  self->is_asking = FALSE;
  sy_worker_set_deadline (self, 0);
  self->kind->free (self->job);
  self->kind = kind;
  self->job = job;

  if (!get_status (self, &status))
    return;

  sy_clock_timer_set_due (self->tick, sy_clock_get_monotonic (self->clock));
  sy_source_status_clear (&status);
}
