/* sy-sse-job.c: what a worker does that listens to server-sent events
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-sse-job.h"

#include "sy-error.h"
#include "sy-http-fetch.h"
#include "sy-message-intake.h"
#include "sy-sse-parser.h"

#define MIN_RETRY_US (SY_USEC_PER_SEC / 2)
#define MAX_RETRY_US (60 * SY_USEC_PER_SEC)
#define DEFAULT_RETRY_US SY_USEC_PER_SEC

typedef struct
{
  SyStreamLimits   limits;
  SyHttpLimits     http;     /* of the head */
  SyHttpStream     stream;
  SyWorker        *worker;   /* (borrowed) */
  SyMessageIntake *intake;   /* (owned) (nullable): from the first connection on */
  SySseParser     *parser;   /* (owned) (nullable): of this connection */
  char            *last_id;  /* (owned) (nullable): of the connections before */
  gint64           retry_us;
} SySseJob;

static void
event_cb (const SySseEvent *event,
          gpointer          user_data)
{
  SySseJob *self = user_data;

  sy_message_intake_push (self->intake, event->type, event->data, event->length);
}

static void
prepare (SoupMessageHeaders *headers,
         gpointer            user_data)
{
  SySseJob *self = user_data;

  soup_message_headers_replace (headers, "Accept", "text/event-stream");
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  soup_message_headers_remove (headers, "X-Prometheus-Scrape-Timeout-Seconds");
  if (self->last_id != NULL && *self->last_id != '\0')
    soup_message_headers_replace (headers, "Last-Event-ID", self->last_id);
}

static gboolean
take_block (const char *data,
            gsize       length,
            gpointer    user_data,
            GError    **error)
{
  SySseJob *self = user_data;

  sy_worker_set_deadline (self->worker,
                          sy_clock_get_monotonic (sy_worker_get_clock (self->worker)) + self->limits.silence_us);
  return sy_message_intake_count (self->intake, length, error)
         && sy_sse_parser_push (self->parser, data, length, event_cb, self, error);
}

/* What the parser knows outlives its connection. */
static void
keep (SySseJob *self)
{
  const gint64 retry_ms = sy_sse_parser_get_retry (self->parser);

  if (retry_ms >= 0)
    self->retry_us = CLAMP (MIN (retry_ms, MAX_RETRY_US) * SY_USEC_PER_MSEC, MIN_RETRY_US, MAX_RETRY_US);

  g_free (self->last_id);
  self->last_id = g_strdup (sy_sse_parser_get_last_id (self->parser));
  g_clear_pointer (&self->parser, sy_sse_parser_free);
}

static GError *
get_reason (SySseJob           *self,
            const SyHttpAnswer *answer)
{
  if (answer->http_status == SOUP_STATUS_NO_CONTENT)
    return g_error_new (SY_ERROR, SY_ERROR_HTTP_STATUS,
                        "%s: answered 204: it asks not to be connected again", sy_url_get_redacted (sy_worker_get_url (self->worker)));

  return g_error_copy (answer->scrape->error);
}

static gboolean
needs_a_person (const SyHttpAnswer *answer)
{
  return answer->http_status == SOUP_STATUS_NO_CONTENT || sy_http_answer_needs_a_person (answer)
         || g_error_matches (answer->scrape->error, SY_ERROR, SY_ERROR_REDIRECT_BLOCKED);
}

static void
answered_cb (const SyHttpAnswer *answer,
             gpointer            user_data)
{
  SySseJob *self = user_data;
  g_autoptr (SyScrape) scrape = sy_message_intake_end (self->intake, get_reason (self, answer));
  SyWorkerEnd end = { .scrape = scrape, .retry_after_us = answer->retry_after_us };

  scrape->http_status = answer->http_status;
  keep (self);
  end.wait_us = self->retry_us;
  end.was_healthy = sy_message_intake_is_healthy (self->intake);
  end.next = needs_a_person (answer) ? SY_WORKER_BLOCKED : SY_WORKER_BACK_OFF;
  sy_worker_end (self->worker, &end);
}

static void
connected_cb (GSocket  *socket,
              gpointer  user_data)
{
  sy_worker_set_socket (((SySseJob *) user_data)->worker, socket);
}

static void
ask (SyWorker *worker,
     gpointer  data)
{
  SySseJob *self = data;
  SyClock *clock = sy_worker_get_clock (worker);
  const gint64 deadline_us = sy_clock_get_monotonic (clock) + self->limits.head_us;
  const SySseLimits limits = {
    .max_line = self->limits.max_message,
    .max_event = self->limits.max_message,
    .max_id = SY_SSE_LIMITS_DEFAULT.max_id,
  };
  const SyHttpJob job = {
    .url = sy_worker_get_url (worker),
    .clock = clock,
    .table = sy_worker_get_table (worker),
    .limits = &self->http,
    .deadline_us = deadline_us,
    .access = sy_worker_get_access (worker),
    .stream = &self->stream,
  };

  self->worker = worker;
  if (self->intake == NULL)
    self->intake = sy_message_intake_new (worker, &self->limits);
  self->parser = sy_sse_parser_new (&limits, self->last_id);
  sy_message_intake_begin (self->intake);
  sy_http_fetch_start (sy_worker_get_session (worker), &job, sy_worker_begin (worker, deadline_us), connected_cb,
                       answered_cb, self);
}

static void
job_free (gpointer data)
{
  SySseJob *self = data;

  g_clear_pointer (&self->intake, sy_message_intake_free);
  g_clear_pointer (&self->parser, sy_sse_parser_free);
  g_free (self->last_id);
  g_free (self);
}

const SyWorkerKind sy_sse_kind = { "sy-sse", ask, job_free, TRUE };

gpointer
sy_sse_job_new (const SyStreamLimits *limits)
{
  SySseJob *self = g_new0 (SySseJob, 1);

  self->limits = *limits;
  self->http = SY_HTTP_LIMITS_DEFAULT;
  self->stream = (SyHttpStream) { prepare, take_block, limits->silence_us };
  self->retry_us = DEFAULT_RETRY_US;
  return self;
}
