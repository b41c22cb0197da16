/* sy-http-source.c: polls a URL
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-http-source.h"

#include "sy-cut-watch.h"
#include "sy-error.h"
#include "sy-http-fetch.h"
#include "sy-sse-job.h"
#include "sy-worker.h"

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
  SyWorkerSource parent_instance;

  SyHttpLimits   limits;
};

G_DEFINE_FINAL_TYPE (SyHttpSource, sy_http_source, SY_TYPE_WORKER_SOURCE)

typedef struct
{
  SyHttpLimits limits;
  SyCutWatch   cut_watch;
  SyWorker    *worker; /* (unowned): has this job */
} Poll;

/* Takes the values of @scrape back when they may be a part of what was sent. */
static void
watch_for_cuts (Poll               *self,
                const SyHttpAnswer *answer)
{
  SyScrape *scrape = answer->scrape;
  g_autofree char *doubt = NULL;
  guint n;

  if (scrape->exposition == NULL)
    return;

  sy_exposition_get_samples (scrape->exposition, &n);
  if (sy_cut_watch_judge (&self->cut_watch, n, answer->is_surely_whole, &doubt))
    {
      sy_worker_set_warning (self->worker, doubt);
      return;
    }

  g_clear_pointer (&scrape->exposition, sy_exposition_unref);
  scrape->error = g_error_new (SY_ERROR, SY_ERROR_TRUNCATED, "%s: %s",
                               sy_url_get_redacted (sy_worker_get_url (self->worker)), doubt);
}

static void
answered_cb (const SyHttpAnswer *answer,
             gpointer            user_data)
{
  Poll *self = user_data;
  SyWorker *worker = self->worker;
  SyWorkerEnd end = { .scrape = answer->scrape, .retry_after_us = answer->retry_after_us };

  /* Who answers with a stream is listened to from now on. */
  if (answer->is_stream)
    {
      sy_worker_become (worker, &sy_sse_kind, sy_sse_job_new (&SY_STREAM_LIMITS_DEFAULT));
      return;
    }

  watch_for_cuts (self, answer);
  if (answer->scrape->exposition != NULL)
    end.next = SY_WORKER_NEXT_TICK;
  else
    end.next = sy_http_answer_needs_a_person (answer) ? SY_WORKER_BLOCKED : SY_WORKER_BACK_OFF;

  sy_worker_end (worker, &end);
}

static void
connected_cb (GSocket  *socket,
              gpointer  user_data)
{
  sy_worker_set_socket (((Poll *) user_data)->worker, socket);
}

static gint64
get_allowed_time (SyWorker           *worker,
                  const SyHttpLimits *limits)
{
  if (limits->deadline_us > 0)
    return limits->deadline_us;

  return CLAMP (sy_worker_get_interval (worker) * 9 / 10, SY_USEC_PER_SEC, 10 * SY_USEC_PER_SEC);
}

static void
ask (SyWorker *worker,
     gpointer  data)
{
  Poll *self = data;
  const SyHttpLimits *limits = &self->limits;
  SyClock *clock = sy_worker_get_clock (worker);
  const gint64 deadline_us = sy_clock_get_monotonic (clock) + get_allowed_time (worker, limits);
  const SyHttpJob job = { sy_worker_get_url (worker), clock, sy_worker_get_table (worker), limits, deadline_us,
                          sy_worker_get_access (worker), NULL, NULL };

  self->worker = worker;
  sy_http_fetch_start (sy_worker_get_session (worker), &job, sy_worker_begin (worker, deadline_us), connected_cb,
                       answered_cb, self);
}

static const SyWorkerKind kind = { "sy-http-poll", ask, g_free };

static gpointer
sy_http_source_new_job (SyWorkerSource      *source,
                        const SyWorkerKind **ret_kind)
{
  Poll *poll = g_new0 (Poll, 1);

  *ret_kind = &kind;
  poll->limits = SY_HTTP_SOURCE (source)->limits;
  return poll;
}

static void
sy_http_source_class_init (SyHttpSourceClass *klass)
{
  SY_WORKER_SOURCE_CLASS (klass)->new_job = sy_http_source_new_job;
}

static void
sy_http_source_init (SyHttpSource *self)
{
  self->limits = SY_HTTP_LIMITS_DEFAULT;
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
