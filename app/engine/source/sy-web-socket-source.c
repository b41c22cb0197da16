/* sy-web-socket-source.c: listens to a WebSocket
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-web-socket-source.h"

#include "sy-error.h"
#include "sy-frame-parser.h"
#include "sy-message-intake.h"
#include "sy-web-socket.h"
#include "sy-worker.h"

#define FIRST_PRIVATE_CODE 4000
#define RETRY_US SY_USEC_PER_SEC

struct _SyWebSocketSource
{
  SyWorkerSource parent_instance;

  SyStreamLimits limits;
};

G_DEFINE_FINAL_TYPE (SyWebSocketSource, sy_web_socket_source, SY_TYPE_WORKER_SOURCE)

/* The worker's. */
typedef struct
{
  SyStreamLimits   limits;
  SyWorker        *worker; /* (borrowed) */
  SyMessageIntake *intake; /* (owned) (nullable): from the first connection on */
} Job;

static void
connected_cb (GSocket  *socket,
              gpointer  user_data)
{
  sy_worker_set_socket (((Job *) user_data)->worker, socket);
}

static gboolean
count_cb (gsize     wire_bytes,
          gpointer  user_data,
          GError  **error)
{
  Job *self = user_data;

  sy_worker_set_deadline (self->worker,
                          sy_clock_get_monotonic (sy_worker_get_clock (self->worker)) + self->limits.silence_us);
  return sy_message_intake_count (self->intake, wire_bytes, error);
}

static void
message_cb (const char *data,
            gsize       length,
            gpointer    user_data)
{
  sy_message_intake_push (((Job *) user_data)->intake, NULL, data, length);
}

static void
control_cb (gpointer user_data)
{
  sy_message_intake_push (((Job *) user_data)->intake, "ping", "", 0);
}

static gboolean
needs_a_person (const SyWebSocketEnd *end)
{
  return g_error_matches (end->error, SY_ERROR, SY_ERROR_TLS)
         || g_error_matches (end->error, SY_ERROR, SY_ERROR_TLS_PIN)
         || g_error_matches (end->error, SY_ERROR, SY_ERROR_CREDENTIAL)
         || g_error_matches (end->error, SY_ERROR, SY_ERROR_REDIRECT_BLOCKED)
         || end->answer.status == SOUP_STATUS_UNAUTHORIZED || end->answer.status == SOUP_STATUS_FORBIDDEN
         || end->close_code == SY_FRAME_CLOSE_POLICY || end->close_code >= FIRST_PRIVATE_CODE;
}

static void
ended_cb (const SyWebSocketEnd *end,
          gpointer              user_data)
{
  Job *self = user_data;
  g_autoptr (SyScrape) scrape = sy_message_intake_end (self->intake, g_error_copy (end->error));
  const SyWorkerEnd worker_end = {
    .scrape = scrape,
    .next = needs_a_person (end) ? SY_WORKER_BLOCKED : SY_WORKER_BACK_OFF,
    .wait_us = RETRY_US,
    .retry_after_us = end->answer.retry_after_us,
    .was_healthy = sy_message_intake_is_healthy (self->intake),
  };

  scrape->http_status = end->answer.status;
  sy_worker_end (self->worker, &worker_end);
}

static void
ask (SyWorker *worker,
     gpointer  data)
{
  static const SyWebSocketFuncs funcs = { connected_cb, count_cb, message_cb, control_cb, ended_cb };
  Job *self = data;
  SyClock *clock = sy_worker_get_clock (worker);
  const gint64 deadline_us = sy_clock_get_monotonic (clock) + self->limits.head_us;
  const SyWebSocketConfig config = {
    .url = sy_worker_get_url (worker),
    .clock = clock,
    .access = sy_worker_get_access (worker),
    .limits = &self->limits,
    .cancellable = sy_worker_begin (worker, deadline_us),
  };

  self->worker = worker;
  if (self->intake == NULL)
    self->intake = sy_message_intake_new (worker, &self->limits);
  sy_message_intake_begin (self->intake);
  sy_web_socket_start (&config, &funcs, self);
}

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_pointer (&self->intake, sy_message_intake_free);
  g_free (self);
}

static const SyWorkerKind kind = { "sy-web-socket", ask, job_free, TRUE };

static gpointer
sy_web_socket_source_new_job (SyWorkerSource      *source,
                              const SyWorkerKind **ret_kind)
{
  Job *job = g_new0 (Job, 1);

  job->limits = SY_WEB_SOCKET_SOURCE (source)->limits;
  *ret_kind = &kind;
  return job;
}

static void
sy_web_socket_source_class_init (SyWebSocketSourceClass *klass)
{
  SY_WORKER_SOURCE_CLASS (klass)->new_job = sy_web_socket_source_new_job;
}

static void
sy_web_socket_source_init (SyWebSocketSource *self)
{
  self->limits = SY_STREAM_LIMITS_DEFAULT;
}

SySource *
sy_web_socket_source_new (SyUrl   *url,
                          SyClock *clock)
{
  return g_object_new (SY_TYPE_WEB_SOCKET_SOURCE, "url", url, "clock", clock, NULL);
}

void
sy_web_socket_source_set_limits (SyWebSocketSource    *self,
                                 const SyStreamLimits *limits)
{
  self->limits = *limits;
}
