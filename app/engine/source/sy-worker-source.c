/* sy-worker-source.c: a source that has a worker
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The owner's side of a worker. Its check, called by the supervisor, ends a
 * request that is past its deadline although the worker's own timer should
 * have, gives up a worker that does not come back within two seconds more, and
 * starts a fresh one; after three of those, the source stops asking.
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-worker-source.h"

#include "sy-error.h"
#include "sy-supervisor.h"
#include "sy-worker.h"

#define GRACE_US (SY_USEC_PER_SEC / 4)
#define GIVE_UP_US (2 * SY_USEC_PER_SEC)
#define MAX_STUCK 3
#define JOIN_US (2 * SY_USEC_PER_SEC)

typedef struct
{
  SyWorker  *worker;     /* (owned) (nullable): while started */
  GPtrArray *leaving;    /* (owned) (element-type SyWorker): stopped, not known to have ended */
  guint      supervisor; /* id, 0: none */
  guint      n_stuck;
} SyWorkerSourcePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SyWorkerSource, sy_worker_source, SY_TYPE_SOURCE)

#define PRIVATE(self) ((SyWorkerSourcePrivate *) sy_worker_source_get_instance_private (self))

static void
status_cb (const SySourceStatus *status,
           gpointer              user_data)
{
  g_autoptr (SySource) self = g_object_ref (SY_SOURCE (user_data));

  sy_source_set_status (self, status);
}

static void
start_worker (SyWorkerSource *self)
{
  SySource *source = SY_SOURCE (self);
  SyWorkerConfig config = {
    .url = sy_source_get_url (source),
    .clock = sy_source_get_clock (source),
    .sink = sy_source_get_sink (source),
    .interval_us = sy_source_get_interval (source),
    .access = sy_source_get_access (source),
    .func = status_cb,
    .user_data = self,
  };

  config.job = SY_WORKER_SOURCE_GET_CLASS (self)->new_job (self, &config.kind);
  PRIVATE (self)->worker = sy_worker_start (&config);
}

static void
forget_ended (SyWorkerSource *self)
{
  SyWorkerSourcePrivate *priv = PRIVATE (self);

  for (guint i = priv->leaving->len; i > 0; i--)
    if (sy_worker_wait (g_ptr_array_index (priv->leaving, i - 1), 0))
      g_ptr_array_remove_index_fast (priv->leaving, i - 1);
}

static void
stop_worker (SyWorkerSource *self)
{
  SyWorkerSourcePrivate *priv = PRIVATE (self);

  if (priv->worker == NULL)
    return;

  sy_worker_stop (priv->worker);
  forget_ended (self);
  g_ptr_array_add (priv->leaving, g_steal_pointer (&priv->worker));
}

static void
unwatch (SyWorkerSource *self)
{
  SyWorkerSourcePrivate *priv = PRIVATE (self);

  if (priv->supervisor > 0)
    sy_supervisor_remove (priv->supervisor);
  priv->supervisor = 0;
}

/* Three workers did not come back: a fourth would not either. */
static void
give_up (SyWorkerSource *self)
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
  SyWorkerSource *self = SY_WORKER_SOURCE (user_data);
  SyWorkerSourcePrivate *priv = PRIVATE (self);
  const gint64 now_us = sy_clock_get_monotonic (sy_source_get_clock (SY_SOURCE (self)));
  const gint64 deadline_us = sy_worker_get_deadline (priv->worker);

  if (deadline_us == 0 || now_us < deadline_us + GRACE_US)
    return;

  sy_worker_cancel (priv->worker);
  if (now_us < deadline_us + GIVE_UP_US)
    return;

  sy_worker_shut_down (priv->worker);
  stop_worker (self);
  if (++priv->n_stuck < MAX_STUCK)
    start_worker (self);
  else
    give_up (self);
}

static void
sy_worker_source_start (SySource *source)
{
  SyWorkerSource *self = SY_WORKER_SOURCE (source);
  SyWorkerSourcePrivate *priv = PRIVATE (self);
  const SySourceStatus status = { .state = SY_SOURCE_CONNECTING };

  priv->n_stuck = 0;
  start_worker (self);
  priv->supervisor = sy_supervisor_add (check_cb, self);
  sy_source_set_status (source, &status);
}

static void
sy_worker_source_stop (SySource *source)
{
  SyWorkerSource *self = SY_WORKER_SOURCE (source);
  const SySourceStatus status = { .state = SY_SOURCE_STOPPED };

  unwatch (self);
  stop_worker (self);
  sy_source_set_status (source, &status);
}

static void
sy_worker_source_retry_now (SySource *source)
{
  SyWorkerSource *self = SY_WORKER_SOURCE (source);
  SyWorkerSourcePrivate *priv = PRIVATE (self);

  if (priv->worker != NULL)
    sy_worker_retry_now (priv->worker);
  else
    sy_worker_source_start (source);
}

static void
interval_cb (SyWorkerSource *self,
             GParamSpec     *pspec,
             gpointer        user_data)
{
  SyWorkerSourcePrivate *priv = PRIVATE (self);

  if (priv->worker != NULL)
    sy_worker_set_interval (priv->worker, sy_source_get_interval (SY_SOURCE (self)));
}

/* Another credential or another trust needs another connection. */
static void
access_cb (SyWorkerSource *self,
           GParamSpec     *pspec,
           gpointer        user_data)
{
  if (PRIVATE (self)->worker == NULL)
    return;

  stop_worker (self);
  start_worker (self);
}

static void
sy_worker_source_dispose (GObject *object)
{
  SyWorkerSource *self = SY_WORKER_SOURCE (object);
  SyWorkerSourcePrivate *priv = PRIVATE (self);
  const gint64 until_us = g_get_monotonic_time () + JOIN_US;

  unwatch (self);
  stop_worker (self);

  /* The threads go within milliseconds, unless a peer holds one: that one is
   * left to end by itself, it has nothing of ours but what it holds. */
  for (guint i = 0; i < priv->leaving->len; i++)
    sy_worker_wait (g_ptr_array_index (priv->leaving, i), MAX (0, until_us - g_get_monotonic_time ()));
  g_ptr_array_set_size (priv->leaving, 0);

  G_OBJECT_CLASS (sy_worker_source_parent_class)->dispose (object);
}

static void
sy_worker_source_finalize (GObject *object)
{
  g_ptr_array_unref (PRIVATE (SY_WORKER_SOURCE (object))->leaving);

  G_OBJECT_CLASS (sy_worker_source_parent_class)->finalize (object);
}

static void
sy_worker_source_class_init (SyWorkerSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SySourceClass *source_class = SY_SOURCE_CLASS (klass);

  object_class->dispose = sy_worker_source_dispose;
  object_class->finalize = sy_worker_source_finalize;
  source_class->start = sy_worker_source_start;
  source_class->stop = sy_worker_source_stop;
  source_class->retry_now = sy_worker_source_retry_now;
}

static void
sy_worker_source_init (SyWorkerSource *self)
{
  SyWorkerSourcePrivate *priv = PRIVATE (self);

  priv->leaving = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_worker_unref);
  g_signal_connect (self, "notify::interval-us", G_CALLBACK (interval_cb), NULL);
  g_signal_connect (self, "notify::access", G_CALLBACK (access_cb), NULL);
}
