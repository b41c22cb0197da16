/* sy-http-source.c: polls a URL
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The owner's side of a worker. Its check, called by the supervisor, ends a
 * request that is past its deadline although the worker's own timer should
 * have, gives up a worker that does not come back within two seconds more, and
 * starts a fresh one; after three of those, the source stops asking.
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-http-source.h"

#include "sy-error.h"
#include "sy-http-worker.h"
#include "sy-source-private.h"
#include "sy-supervisor.h"

#define GRACE_US (SY_USEC_PER_SEC / 4)
#define GIVE_UP_US (2 * SY_USEC_PER_SEC)
#define MAX_STUCK 3
#define JOIN_US (2 * SY_USEC_PER_SEC)

const SyHttpLimits SY_HTTP_LIMITS_DEFAULT = {
  .deadline_us = 0,
  .max_wire_bytes = 8 * 1024 * 1024,
  .max_body_bytes = 32 * 1024 * 1024,
  .exposition = {
    .max_line = 64 * 1024,
    .max_samples = 20000,
    .max_labels = 64,
    .max_name = 1024,
    .max_value = 2048,
  },
};

struct _SyHttpSource
{
  SySource      parent_instance;

  SyHttpLimits  limits;
  SyHttpWorker *worker;     /* (owned) (nullable): while started */
  GPtrArray    *leaving;    /* (owned) (element-type SyHttpWorker): stopped, not known to have ended */
  guint         supervisor; /* id, 0: none */
  guint         n_stuck;
};

G_DEFINE_FINAL_TYPE (SyHttpSource, sy_http_source, SY_TYPE_SOURCE)

static void
status_cb (const SySourceStatus *status,
           gpointer              user_data)
{
  g_autoptr (SySource) self = g_object_ref (SY_SOURCE (user_data));

  sy_source_set_status (self, status);
}

static void
start_worker (SyHttpSource *self)
{
  SySource *source = SY_SOURCE (self);
  const SyHttpWorkerConfig config = {
    .url = sy_source_get_url (source),
    .clock = sy_source_get_clock (source),
    .sink = sy_source_get_sink (source),
    .limits = self->limits,
    .interval_us = sy_source_get_interval (source),
    .func = status_cb,
    .user_data = self,
  };

  self->worker = sy_http_worker_start (&config);
}

static void
forget_ended (SyHttpSource *self)
{
  for (guint i = self->leaving->len; i > 0; i--)
    if (sy_http_worker_wait (g_ptr_array_index (self->leaving, i - 1), 0))
      g_ptr_array_remove_index_fast (self->leaving, i - 1);
}

static void
stop_worker (SyHttpSource *self)
{
  if (self->worker == NULL)
    return;

  sy_http_worker_stop (self->worker);
  forget_ended (self);
  g_ptr_array_add (self->leaving, g_steal_pointer (&self->worker));
}

static void
unwatch (SyHttpSource *self)
{
  if (self->supervisor > 0)
    sy_supervisor_remove (self->supervisor);
  self->supervisor = 0;
}

/* Three workers did not come back: a fourth would not either. */
static void
give_up (SyHttpSource *self)
{
  SySource *source = SY_SOURCE (self);
  SySourceStatus status = {
    .state = SY_SOURCE_STUCK,
    .failing_since_us = sy_source_get_failing_since (source),
    .last_success_us = sy_source_get_last_success (source),
    .n_scrapes = sy_source_get_n_scrapes (source),
    .n_failures = sy_source_get_n_failures (source),
    .wire_bytes = sy_source_get_wire_bytes (source),
  };

  if (status.failing_since_us == 0)
    status.failing_since_us = sy_clock_get_wall (sy_source_get_clock (source));
  status.error = g_error_new (SY_ERROR, SY_ERROR_STUCK,
                              "%s: its answers keep the connection busy for ever; it was given up %d times and is not "
                              "asked again until you retry", sy_url_get_redacted (sy_source_get_url (source)), MAX_STUCK);
  unwatch (self);
  sy_source_set_status (source, &status);
  sy_source_status_clear (&status);
}

static void
check_cb (gpointer user_data)
{
  SyHttpSource *self = SY_HTTP_SOURCE (user_data);
  const gint64 now_us = sy_clock_get_monotonic (sy_source_get_clock (SY_SOURCE (self)));
  const gint64 deadline_us = sy_http_worker_get_deadline (self->worker);

  if (deadline_us == 0 || now_us < deadline_us + GRACE_US)
    return;

  sy_http_worker_cancel (self->worker);
  if (now_us < deadline_us + GIVE_UP_US)
    return;

  sy_http_worker_shut_down (self->worker);
  stop_worker (self);
  if (++self->n_stuck < MAX_STUCK)
    start_worker (self);
  else
    give_up (self);
}

static void
sy_http_source_start (SySource *source)
{
  SyHttpSource *self = SY_HTTP_SOURCE (source);
  const SySourceStatus status = { .state = SY_SOURCE_CONNECTING };

  self->n_stuck = 0;
  start_worker (self);
  self->supervisor = sy_supervisor_add (check_cb, self);
  sy_source_set_status (source, &status);
}

static void
sy_http_source_stop (SySource *source)
{
  SyHttpSource *self = SY_HTTP_SOURCE (source);
  const SySourceStatus status = { .state = SY_SOURCE_STOPPED };

  unwatch (self);
  stop_worker (self);
  sy_source_set_status (source, &status);
}

static void
sy_http_source_retry_now (SySource *source)
{
  SyHttpSource *self = SY_HTTP_SOURCE (source);

  if (self->worker != NULL)
    sy_http_worker_retry_now (self->worker);
  else
    sy_http_source_start (source);
}

static void
interval_cb (SyHttpSource *self,
             GParamSpec   *pspec,
             gpointer      user_data)
{
  if (self->worker != NULL)
    sy_http_worker_set_interval (self->worker, sy_source_get_interval (SY_SOURCE (self)));
}

static void
sy_http_source_dispose (GObject *object)
{
  SyHttpSource *self = SY_HTTP_SOURCE (object);
  const gint64 until_us = g_get_monotonic_time () + JOIN_US;

  unwatch (self);
  stop_worker (self);

  /* The threads go within milliseconds, unless a peer holds one: that one is
   * left to end by itself, it has nothing of ours but what it holds. */
  for (guint i = 0; i < self->leaving->len; i++)
    sy_http_worker_wait (g_ptr_array_index (self->leaving, i), MAX (0, until_us - g_get_monotonic_time ()));
  g_ptr_array_set_size (self->leaving, 0);

  G_OBJECT_CLASS (sy_http_source_parent_class)->dispose (object);
}

static void
sy_http_source_finalize (GObject *object)
{
  g_ptr_array_unref (SY_HTTP_SOURCE (object)->leaving);

  G_OBJECT_CLASS (sy_http_source_parent_class)->finalize (object);
}

static void
sy_http_source_class_init (SyHttpSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SySourceClass *source_class = SY_SOURCE_CLASS (klass);

  object_class->dispose = sy_http_source_dispose;
  object_class->finalize = sy_http_source_finalize;
  source_class->start = sy_http_source_start;
  source_class->stop = sy_http_source_stop;
  source_class->retry_now = sy_http_source_retry_now;
}

static void
sy_http_source_init (SyHttpSource *self)
{
  self->limits = SY_HTTP_LIMITS_DEFAULT;
  self->leaving = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_http_worker_unref);
  g_signal_connect (self, "notify::interval-us", G_CALLBACK (interval_cb), NULL);
}

SySource *
sy_http_source_new (SyUrl   *url,
                    SyClock *clock,
                    gint64   interval_us)
{
  SySource *self = g_object_new (SY_TYPE_HTTP_SOURCE, "url", url, "clock", clock, NULL);

  sy_source_set_interval (self, interval_us);
  return self;
}

void
sy_http_source_set_limits (SyHttpSource       *self,
                           const SyHttpLimits *limits)
{
  self->limits = *limits;
}
