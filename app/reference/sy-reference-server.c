/* sy-reference-server.c: a small server that does real work and says so
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-reference-server.h"

#include <libsoup/soup.h>
#include <math.h>
#include <string.h>

#include "sy-event-feed.h"
#include "sy-event-loop-model.h"
#include "sy-parameters.h"
#include "sy-reference-listener.h"
#include "sy-reference-sampler.h"
#include "sy-request-guard.h"
#include "sy-socket-hub.h"
#include "sy-thread-model.h"
#include "sy-work.h"

/* Turns of the main context in which goodbyes may still leave. */
#define MAX_GOODBYE_TURNS 256
#define MAX_REFUSED_BYTES (1024 * 1024)
#define HEAD_DEADLINE_US (5 * G_USEC_PER_SEC)

const SyReferenceOptions SY_REFERENCE_OPTIONS_DEFAULT = {
  .kind = SY_REFERENCE_EVENT_LOOP,
  .n_workers = 32,
  .max_queued = 1024,
  .switch_interval_us = 5000,
};

struct _SyReferenceServer {
  GObject              parent_instance;

  SyReferenceIdentity  identity;
  SyReferenceMetrics  *metrics;  /* owned */
  SyReferenceModel    *model;    /* owned */
  SyReferenceSampler  *sampler;  /* owned */
  SoupServer          *soup;     /* owned */
  SyReferenceListener *listener; /* owned; NULL once shut down */
  SySocketHub         *sockets;  /* owned */
  GPtrArray           *streams;  /* of SyEventStream, owned */
  GSource             *sample;   /* owned */
  guint32              serial;
};

G_DEFINE_FINAL_TYPE (SyReferenceServer, sy_reference_server, G_TYPE_OBJECT)

typedef void (*RouteFunc) (SyReferenceServer *self,
                           SoupServerMessage *message,
                           const char        *route,
                           GHashTable        *query);

typedef struct {
  const char *path;
  gboolean    is_work; /* counted as load */
  RouteFunc   run;
} Route;

/* One request, from its first byte to the last of its answer; lives with its
 * message. */
typedef struct {
  gint64             arrived_us; /* of its first byte, monotonic */
  const char        *route;      /* static; "" without a route */
  SyReferenceMethod  method;
  gboolean           is_counted;
  gboolean           is_over;
  gsize              n_body;     /* bytes read */
} Request;

static Request *
get_request (SoupServerMessage *message)
{
  return g_object_get_data (G_OBJECT (message), "sy-request");
}

static void
answer_text (SoupServerMessage *message,
             guint              status,
             const char        *content_type,
             char              *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, content_type, SOUP_MEMORY_TAKE, body, strlen (body));
}

/* @reason is ours and needs no escape. */
static void
answer_error (SoupServerMessage *message,
              guint              status,
              const char        *reason)
{
  answer_text (message, status, "application/json", g_strdup_printf ("{\"error\":\"%s\"}\n", reason));
}

/* --- routes --- */

static void
task_done_cb (SyTask   *task,
              gpointer  user_data)
{
  g_autoptr(SoupServerMessage) message = user_data;
  g_autoptr(SyTask) owned_task = task;
  const char *content_type;
  char *body;

  if (task->abandoned || get_request (message)->is_over)
    return;

  body = sy_task_answer (task, &content_type);
  answer_text (message, SOUP_STATUS_OK, content_type, body);
  soup_server_message_unpause (message);
}

static void
run_work (SyReferenceServer *self,
          SoupServerMessage *message,
          const char        *route,
          GHashTable        *query)
{
  g_autoptr(GError) error = NULL;
  double steps_per_ms = self->identity.work_units_per_ms * SY_WORK_STEPS_PER_UNIT;
  g_autoptr(SyTask) task = sy_task_new (route, query, steps_per_ms, self->serial++, &error);

  if (task == NULL)
    {
      answer_error (message, SOUP_STATUS_BAD_REQUEST, error->message);
      return;
    }

  task->arrived_us = get_request (message)->arrived_us;
  task->done = task_done_cb;
  task->user_data = message;

  if (!sy_reference_model_submit (self->model, task))
    {
      sy_reference_metrics_reject (self->metrics);
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "1");
      answer_error (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "the queue is full");
      return;
    }

  g_object_ref (message);
  soup_server_message_pause (message);
  g_steal_pointer (&task);
}

static void
run_health (SyReferenceServer *self,
            SoupServerMessage *message,
            const char        *route,
            GHashTable        *query)
{
  answer_text (message, SOUP_STATUS_OK, "text/plain; charset=utf-8", g_strdup ("ok\n"));
}

static void
run_metrics (SyReferenceServer *self,
             SoupServerMessage *message,
             const char        *route,
             GHashTable        *query)
{
  g_auto(SyReferenceReading) reading;

  sy_reference_sampler_read (self->sampler, &reading);
  answer_text (message, SOUP_STATUS_OK, "text/plain; version=0.0.4; charset=utf-8",
               sy_reference_reading_to_text (&reading));
}

static void
run_snapshot (SyReferenceServer *self,
              SoupServerMessage *message,
              const char        *route,
              GHashTable        *query)
{
  answer_text (message, SOUP_STATUS_OK, "application/json",
               sy_reference_sampler_snapshot (self->sampler, NULL, NULL));
}

static void
stream_closed_cb (SyEventStream     *stream,
                  SyReferenceServer *self)
{
  g_ptr_array_remove (self->streams, stream);
}

static SyEventStream *
open_stream (SyReferenceServer *self,
             SoupServerMessage *message)
{
  SyEventStream *stream = sy_event_stream_new (message, self->metrics);

  g_ptr_array_add (self->streams, stream);
  g_signal_connect (stream, "closed", G_CALLBACK (stream_closed_cb), self);

  return stream;
}

static void
run_sample_stream (SyReferenceServer *self,
                   SoupServerMessage *message,
                   const char        *route,
                   GHashTable        *query)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr(GError) error = NULL;
  SyParameters parameters;

  if (!sy_parameters_parse (&parameters, route, query, &error))
    {
      answer_error (message, SOUP_STATUS_BAD_REQUEST, error->message);
      return;
    }

  sy_event_feed_samples (open_stream (self, message), self->sampler,
                         sy_parameters_get (&parameters, SY_PARAMETER_INTERVAL, SY_REFERENCE_SAMPLE_MS),
                         soup_message_headers_get_one (headers, "Last-Event-ID"));
}

static void
run_number_stream (SyReferenceServer *self,
                   SoupServerMessage *message,
                   const char        *route,
                   GHashTable        *query)
{
  g_autoptr(GError) error = NULL;
  SyParameters parameters;
  double rate;

  if (!sy_parameters_parse (&parameters, route, query, &error))
    {
      answer_error (message, SOUP_STATUS_BAD_REQUEST, error->message);
      return;
    }

  rate = sy_parameters_get (&parameters, SY_PARAMETER_RATE, 10);
  if (rate < 0.1)
    {
      answer_error (message, SOUP_STATUS_BAD_REQUEST, "rate must be a decimal number from 0.1 to 1000");
      return;
    }

  sy_event_feed_numbers (open_stream (self, message), rate,
                         (gsize) sy_parameters_get (&parameters, SY_PARAMETER_BYTES, 64));
}

static const Route routes[] = {
  { "/plain",                 TRUE,  run_work },
  { "/do/io",                 TRUE,  run_work },
  { "/do/cpu",                TRUE,  run_work },
  { "/do/native",             TRUE,  run_work },
  { "/do/mix",                TRUE,  run_work },
  { "/healthz",               FALSE, run_health },
  { "/metrics",               FALSE, run_metrics },
  { "/steelyard/v1/snapshot", FALSE, run_snapshot },
  { "/steelyard/v1/stream",   FALSE, run_sample_stream },
  { "/stream/sse",            FALSE, run_number_stream },
};

static const Route *
find_route (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    if (strcmp (routes[i].path, path) == 0)
      return &routes[i];

  return NULL;
}

static void
handle_cb (SoupServer        *soup,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  const Route *route = find_route (path);

  if (route != NULL)
    route->run (user_data, message, route->path, query);
  else
    answer_error (message, SOUP_STATUS_NOT_FOUND, "no such route");
}

/* --- the life of a request --- */

static SyReferenceMethod
get_method (SoupServerMessage *message)
{
  const char *method = soup_server_message_get_method (message);

  if (method == SOUP_METHOD_POST)
    return SY_METHOD_POST;

  return method == SOUP_METHOD_HEAD ? SY_METHOD_HEAD : SY_METHOD_GET;
}

static gboolean
is_load (const char  *path,
         const Route *route)
{
  if (route != NULL)
    return route->is_work;

  return !g_str_has_prefix (path, "/steelyard/") && !g_str_has_prefix (path, "/ws/");
}

static void
got_headers_cb (SoupServerMessage *message,
                SyReferenceServer *self)
{
  Request *request = get_request (message);
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  const Route *route = find_route (path);
  const char *reason = NULL;
  guint status = sy_request_guard_head (message, sy_reference_listener_get_port (self->listener), &reason);

  request->arrived_us = sy_reference_listener_arrival (self->listener, message);

  if (status != 0)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
      answer_error (message, status, reason);
      return;
    }

  if (is_load (path, route))
    {
      request->route = route != NULL ? route->path : "";
      request->method = get_method (message);
      request->is_counted = TRUE;
      sy_reference_metrics_begin_request (self->metrics, request->method);
    }
}

/* A body without a length in its head is bounded while it comes in. libsoup
 * sends no answer before it has the whole request: the body of one that was
 * refused by its head is let through somewhat further, so that its sender gets
 * to read why. */
static void
got_chunk_cb (SoupServerMessage *message,
              GBytes            *chunk,
              SyReferenceServer *self)
{
  Request *request = get_request (message);

  gboolean is_refused = soup_server_message_get_status (message) != 0;

  request->n_body += g_bytes_get_size (chunk);
  if (request->n_body > (is_refused ? MAX_REFUSED_BYTES : SY_REQUEST_MAX_BYTES))
    sy_reference_listener_cut (self->listener, message);
}

static void
request_started_cb (SoupServer        *soup,
                    SoupServerMessage *message,
                    SyReferenceServer *self)
{
  Request *request = g_new0 (Request, 1);

  g_object_set_data_full (G_OBJECT (message), "sy-request", request, g_free);

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_signal_connect (message, "got-headers", G_CALLBACK (got_headers_cb), self);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), self);
}

static void
end_request (SyReferenceServer *self,
             SoupServerMessage *message,
             guint              status)
{
  Request *request = get_request (message);
  double seconds = (double) (g_get_monotonic_time () - request->arrived_us) * 1e-6;

  request->is_over = TRUE;

  if (!request->is_counted)
    return;

  sy_reference_metrics_end_request (self->metrics, request->method, request->route, status, seconds);
  sy_reference_metrics_add_bytes (self->metrics,
                                  request->n_body
                                  + sy_request_head_bytes (soup_server_message_get_request_headers (message),
                                                           soup_server_message_get_method (message),
                                                           soup_server_message_get_uri (message)),
                                  (gsize) soup_server_message_get_response_body (message)->length
                                  + sy_request_head_bytes (soup_server_message_get_response_headers (message),
                                                           NULL, NULL));
}

static void
request_finished_cb (SoupServer        *soup,
                     SoupServerMessage *message,
                     SyReferenceServer *self)
{
  end_request (self, message, soup_server_message_get_status (message));
}

static void
request_aborted_cb (SoupServer        *soup,
                    SoupServerMessage *message,
                    SyReferenceServer *self)
{
  end_request (self, message, 0);
}

/* --- the server --- */

static gboolean
sample_cb (gpointer user_data)
{
  SyReferenceServer *self = user_data;

  sy_reference_sampler_keep (self->sampler);
  /* Someone who begins a request and then dawdles keeps nothing. */
  sy_reference_listener_cut_slow (self->listener, g_get_monotonic_time () - HEAD_DEADLINE_US);

  return G_SOURCE_CONTINUE;
}

static void
init_identity (SyReferenceServer        *self,
               const SyReferenceOptions *options)
{
  gboolean has_threads = options->kind == SY_REFERENCE_THREADS;

  self->identity = (SyReferenceIdentity) {
    .name = has_threads ? "steelyard-ref threads" : "steelyard-ref event loop",
    .model = has_threads ? "gil-threads" : "event-loop",
    .started_wall_us = g_get_real_time (),
    .started_us = g_get_monotonic_time (),
    .n_cpus = sy_process_count_cpus (),
    .n_threads = has_threads ? options->n_workers : 1,
    .interval = SY_REFERENCE_SAMPLE_MS / 1000.0,
    .switch_interval = has_threads ? (double) options->switch_interval_us * 1e-6 : (double) NAN,
    .work_units_per_ms = sy_work_calibrate () / SY_WORK_STEPS_PER_UNIT,
  };
  g_snprintf (self->identity.boot, sizeof self->identity.boot, "%08x", g_random_int ());
}

static void
init_soup (SyReferenceServer *self)
{
  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->soup, NULL, handle_cb, self, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (request_started_cb), self);
  g_signal_connect (self->soup, "request-finished", G_CALLBACK (request_finished_cb), self);
  g_signal_connect (self->soup, "request-aborted", G_CALLBACK (request_aborted_cb), self);
}

static SyReferenceModel *
make_model (SyReferenceServer         *self,
            const SyReferenceOptions  *options,
            GError                   **error)
{
  if (options->kind == SY_REFERENCE_EVENT_LOOP)
    return sy_event_loop_model_new (self->metrics, error);

  return sy_thread_model_new (self->metrics, options->n_workers, options->max_queued, options->switch_interval_us);
}

/* Goodbyes are short and sockets usually take them at once; who does not read
 * misses them. */
static void
say_goodbye (SyReferenceServer *self)
{
  GMainContext *context = g_main_context_get_thread_default ();

  for (guint i = 0; i < self->streams->len; i++)
    sy_event_stream_end (self->streams->pdata[i], "shutdown");
  sy_socket_hub_end (self->sockets);

  for (guint i = 0; i < MAX_GOODBYE_TURNS && g_main_context_iteration (context, FALSE); i++)
    continue;
}

static void
drop_streams (SyReferenceServer *self)
{
  for (guint i = 0; i < self->streams->len; i++)
    g_signal_handlers_disconnect_by_data (self->streams->pdata[i], self);

  g_clear_pointer (&self->streams, g_ptr_array_unref);
}

void
sy_reference_server_shut_down (SyReferenceServer *self)
{
  g_return_if_fail (SY_IS_REFERENCE_SERVER (self));

  if (self->sockets != NULL)
    say_goodbye (self);

  if (self->sample != NULL)
    g_source_destroy (self->sample);
  g_clear_pointer (&self->sample, g_source_unref);

  if (self->model != NULL)
    sy_reference_model_shut_down (self->model);
  g_clear_pointer (&self->sockets, sy_socket_hub_free);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  if (self->streams != NULL)
    drop_streams (self);
  g_clear_pointer (&self->listener, sy_reference_listener_free);
}

static void
sy_reference_server_dispose (GObject *object)
{
  SyReferenceServer *self = SY_REFERENCE_SERVER (object);

  sy_reference_server_shut_down (self);
  if (self->soup != NULL)
    g_signal_handlers_disconnect_by_data (self->soup, self);
  g_clear_object (&self->soup);
  g_clear_pointer (&self->sampler, sy_reference_sampler_free);
  g_clear_object (&self->model);
  g_clear_pointer (&self->metrics, sy_reference_metrics_unref);

  G_OBJECT_CLASS (sy_reference_server_parent_class)->dispose (object);
}

static void
sy_reference_server_class_init (SyReferenceServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_reference_server_dispose;
}

static void
sy_reference_server_init (SyReferenceServer *self)
{
  self->metrics = sy_reference_metrics_new ();
  self->streams = g_ptr_array_new_with_free_func (g_object_unref);
}

SyReferenceServer *
sy_reference_server_new (const SyReferenceOptions  *options,
                         GError                   **error)
{
  g_autoptr(SyReferenceServer) self = NULL;

  g_return_val_if_fail (options->n_workers >= 1 && options->n_workers <= SY_REFERENCE_MAX_WORKERS, NULL);
  g_return_val_if_fail (options->max_queued >= 1 && options->switch_interval_us >= 1, NULL);

  self = g_object_new (SY_TYPE_REFERENCE_SERVER, NULL);
  init_soup (self);
  self->listener = sy_reference_listener_new (self->soup, self->metrics, options->port, error);
  if (self->listener == NULL)
    return NULL;

  init_identity (self, options);
  self->model = make_model (self, options, error);
  if (self->model == NULL)
    return NULL;

  self->sampler = sy_reference_sampler_new (&self->identity, self->metrics, self->model);
  self->sockets = sy_socket_hub_new (self->soup, self->listener, self->sampler);
  self->sample = g_timeout_source_new (SY_REFERENCE_SAMPLE_MS);
  g_source_set_callback (self->sample, sample_cb, self, NULL);
  g_source_attach (self->sample, g_main_context_get_thread_default ());

  return g_steal_pointer (&self);
}

guint
sy_reference_server_get_port (SyReferenceServer *self)
{
  g_return_val_if_fail (SY_IS_REFERENCE_SERVER (self), 0);

  return sy_reference_listener_get_port (self->listener);
}
