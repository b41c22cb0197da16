/* sy-prometheus-source.c: asks a Prometheus server about one backend
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-prometheus-source.h"

#include "sy-error.h"
#include "sy-http-fetch.h"
#include "sy-http-once.h"
#include "sy-prom-dialogue.h"
#include "sy-prom-request.h"
#include "sy-worker.h"

#define ASK_DEADLINE_US (10 * SY_USEC_PER_SEC)

struct _SyPrometheusSource
{
  SyWorkerSource parent_instance;

  SyHttpLimits   limits;
  SyPromTarget  *target; /* (owned) */
};

G_DEFINE_FINAL_TYPE (SyPrometheusSource, sy_prometheus_source, SY_TYPE_WORKER_SOURCE)

/* The worker's. */
typedef struct
{
  SyHttpLimits    limits;
  SyPromTarget   *target;     /* (owned) */
  SyPromDialogue *dialogue;   /* (owned) */
  gsize           wire_bytes; /* of answers that nobody was told of */
} Job;

static void ask (SyWorker *worker, gpointer data);

typedef struct
{
  SyWorker *worker; /* (owned) */
  Job      *job;
} Turn;

static void
end_turn (Turn               *turn,
          const SyHttpAnswer *answer)
{
  SyWorkerEnd end = { .scrape = answer->scrape, .retry_after_us = answer->retry_after_us };

  if (answer->scrape->error == NULL)
    end.next = SY_WORKER_NEXT_TICK;
  else
    end.next = sy_http_answer_needs_a_person (answer) ? SY_WORKER_BLOCKED : SY_WORKER_BACK_OFF;

  sy_worker_end (turn->worker, &end);
}

static void
answered_cb (const SyHttpAnswer *answer,
             gpointer            user_data)
{
  Turn *turn = user_data;
  Job *job = turn->job;
  SyScrape *scrape = answer->scrape;
  const gboolean was_cancelled = g_error_matches (scrape->error, SY_ERROR, SY_ERROR_CANCELLED);
  const gboolean goes_on = !was_cancelled && sy_prom_dialogue_take (job->dialogue, scrape);

  sy_worker_set_warning (turn->worker, sy_prom_dialogue_get_warning (job->dialogue));
  if (goes_on && scrape->answer == NULL)
    {
      job->wire_bytes += scrape->wire_bytes;
      ask (turn->worker, job);
    }
  else
    {
      scrape->wire_bytes += job->wire_bytes;
      job->wire_bytes = 0;
      if (goes_on)
        {
          sy_worker_deliver (turn->worker, scrape, 0);
          ask (turn->worker, job);
        }
      else
        {
          end_turn (turn, answer);
        }
    }

  sy_worker_unref (turn->worker);
  g_free (turn);
}

static void
connected_cb (GSocket  *socket,
              gpointer  user_data)
{
  sy_worker_set_socket (((Turn *) user_data)->worker, socket);
}

static gint64
get_allowed_time (SyWorker           *worker,
                  const SyHttpLimits *limits)
{
  if (limits->deadline_us > 0)
    return limits->deadline_us;

  return CLAMP (sy_worker_get_interval (worker) * 9 / 10, 2 * SY_USEC_PER_SEC, 10 * SY_USEC_PER_SEC);
}

static void
ask (SyWorker *worker,
     gpointer  data)
{
  Job *job = data;
  SyClock *clock = sy_worker_get_clock (worker);
  const gint64 allowed_us = get_allowed_time (worker, &job->limits);
  const gint64 deadline_us = sy_clock_get_monotonic (clock) + allowed_us;
  SyAccess *access = sy_worker_get_access (worker);
  g_autoptr (SoupMessage) message =
    sy_prom_dialogue_ask (job->dialogue, access, sy_worker_get_interval (worker), allowed_us);
  const SyHttpJob request = { job->target->server, clock, sy_worker_get_table (worker), &job->limits, deadline_us,
                              access, message, sy_prom_request_read };
  Turn *turn = g_new (Turn, 1);

  turn->worker = sy_worker_ref (worker);
  turn->job = job;
  sy_http_fetch_start (sy_worker_get_session (worker), &request, sy_worker_begin (worker, deadline_us), connected_cb,
                       answered_cb, turn);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  sy_prom_dialogue_free (job->dialogue);
  sy_prom_target_unref (job->target);
  g_free (job);
}

static const SyWorkerKind kind = { "sy-prometheus", ask, job_free };

static gpointer
sy_prometheus_source_new_job (SyWorkerSource      *source,
                              const SyWorkerKind **ret_kind)
{
  SyPrometheusSource *self = SY_PROMETHEUS_SOURCE (source);
  Job *job = g_new0 (Job, 1);

  *ret_kind = &kind;
  job->limits = self->limits;
  job->target = sy_prom_target_ref (self->target);
  job->dialogue = sy_prom_dialogue_new (self->target, sy_source_get_clock (SY_SOURCE (self)));
  return job;
}

static void
sy_prometheus_source_finalize (GObject *object)
{
  g_clear_pointer (&SY_PROMETHEUS_SOURCE (object)->target, sy_prom_target_unref);

  G_OBJECT_CLASS (sy_prometheus_source_parent_class)->finalize (object);
}

static void
sy_prometheus_source_class_init (SyPrometheusSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sy_prometheus_source_finalize;
  SY_WORKER_SOURCE_CLASS (klass)->new_job = sy_prometheus_source_new_job;
}

static void
sy_prometheus_source_init (SyPrometheusSource *self)
{
  self->limits = SY_HTTP_LIMITS_DEFAULT;
}

SySource *
sy_prometheus_source_new (SyUrl        *url,
                          SyPromTarget *target,
                          SyClock      *clock,
                          gint64        interval_us)
{
  SyPrometheusSource *self = g_object_new (SY_TYPE_PROMETHEUS_SOURCE, "url", url, "clock", clock, NULL);

  self->target = sy_prom_target_ref (target);
  sy_source_set_interval (SY_SOURCE (self), interval_us);
  return SY_SOURCE (self);
}

void
sy_prometheus_source_set_limits (SyPrometheusSource *self,
                                 const SyHttpLimits *limits)
{
  self->limits = *limits;
}

void
sy_prometheus_ask_async (const SyHttpQuestion *question,
                         const char           *path,
                         const char           *form,
                         const char           *tenant,
                         GCancellable         *cancellable,
                         GAsyncReadyCallback   callback,
                         gpointer              user_data)
{
  g_autoptr (SoupMessage) message =
    sy_prom_request_new (question->url, path, form, tenant, question->access, ASK_DEADLINE_US);

  sy_http_once_async (question, message, sy_prom_request_read, cancellable, callback, user_data);
}

SyPromAnswer *
sy_prometheus_ask_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_autoptr (SyScrape) scrape = sy_http_fetch_finish (result, NULL, error);

  if (scrape == NULL)
    return NULL;

  if (scrape->error != NULL)
    {
      g_propagate_error (error, g_error_copy (scrape->error));
      return NULL;
    }

  return sy_prom_answer_ref (scrape->answer);
}
