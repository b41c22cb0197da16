/* sy-otlp-job.c: what a worker does that listens for pushes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The receiver's thread puts what came into a queue and wakes the worker, who
 * folds it. The queue is short: who pushes faster than that is told to push
 * again later.
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-otlp-job.h"

#include <string.h>

#include "sy-error.h"
#include "sy-otlp-fold.h"
#include "sy-text.h"

#define MAX_WAITING 16
#define RETRY_US (5 * SY_USEC_PER_SEC)

/* A slower pusher makes charts of few points; the SDKs' own default is a minute. */
#define SLOW_US (5 * SY_USEC_PER_SEC)

typedef struct
{
  /* Never changed. */
  char         *service;  /* (owned): "": any */
  char         *instance; /* (owned): "": any */
  SyOtlpLimits  limits;
  gint64        patience_us;

  /* The worker's thread. */
  SyWorker       *worker;    /* (borrowed) */
  SyOtlpReceiver *receiver;  /* (owned) (nullable): while listening */
  SyOtlpFold     *fold;      /* (owned) */
  GSource        *silence;   /* (owned) (nullable): while listening */
  GCancellable   *cancellable; /* (owned) (nullable): likewise */
  gulong          cancelled_id;
  gint64          last_us;   /* monotonic, of the last push; 0: none yet */
  gint64          told_us;   /* of the last scrape that had numbers; monotonic */
  gint64          refused_us; /* when a refusal was last told; monotonic */
  gboolean        is_silent; /* the last scrape said so, or there was none */
  gsize           wire_bytes; /* since the last scrape */
  gsize           body_bytes;

  /* Shared with the receiver's thread. */
  GAsyncQueue    *queue;     /* (owned), of Item */
  GSource        *wake;      /* (owned) (nullable): while listening */
} Job;

/* A push, put aside. */
typedef struct
{
  SyOtlpRequest *request; /* (owned) (nullable) */
  GError        *refusal; /* (owned) (nullable) */
  gsize          wire_bytes;
  gsize          body_bytes;
} Item;

static void
item_free (gpointer data)
{
  Item *self = data;

  g_clear_pointer (&self->request, sy_otlp_request_unref);
  g_clear_error (&self->refusal);
  g_free (self);
}

static gboolean
is_mine (const Job           *self,
         const SyOtlpRequest *request)
{
  guint n;
  const SyOtlpResource *resources = sy_otlp_request_get_resources (request, &n);

  for (guint i = 0; i < n; i++)
    if ((*self->service == '\0' || strcmp (self->service, resources[i].service) == 0)
        && (*self->instance == '\0' || strcmp (self->instance, resources[i].instance) == 0))
      return TRUE;

  return FALSE;
}

/* The receiver's thread. */
static SyOtlpVerdict
push_cb (const SyOtlpPush *push,
         gpointer          user_data)
{
  Job *self = user_data;
  const gboolean mine = push->request != NULL && is_mine (self, push->request);
  const int n_waiting = g_async_queue_length (self->queue);
  Item *item;

  /* Of others it is enough to hear now and then. */
  if (n_waiting >= (mine ? MAX_WAITING : 1))
    return mine ? SY_OTLP_BUSY : SY_OTLP_NOT_MINE;

  item = g_new0 (Item, 1);
  item->request = push->request != NULL ? sy_otlp_request_ref (push->request) : NULL;
  item->refusal = push->refusal != NULL ? g_error_copy (push->refusal) : NULL;
  item->wire_bytes = push->wire_bytes;
  item->body_bytes = push->body_bytes;
  g_async_queue_push (self->queue, item);
  g_source_set_ready_time (self->wake, 0);

  return mine ? SY_OTLP_TAKEN : SY_OTLP_NOT_MINE;
}

static SyClock *
get_clock (Job *self)
{
  return sy_worker_get_clock (self->worker);
}

static SyScrape *
new_scrape (Job *self)
{
  SyScrape *scrape = sy_scrape_new ();

  scrape->monotonic_us = sy_clock_get_monotonic (get_clock (self));
  scrape->answered_us = scrape->monotonic_us;
  scrape->wall_us = sy_clock_get_wall (get_clock (self));
  scrape->wire_bytes = self->wire_bytes;
  scrape->body_bytes = self->body_bytes;
  self->wire_bytes = self->body_bytes = 0;
  return scrape;
}

/* @error: (transfer full) */
static void
fail (Job    *self,
      GError *error)
{
  g_autoptr (SyScrape) scrape = new_scrape (self);

  scrape->error = error;
  sy_worker_deliver (self->worker, scrape, 0);
}

/* "service “orders”", or whatever is waited for. */
static char *
dup_who (const Job *self)
{
  g_autofree char *service = sy_display_text (self->service, -1, 60);
  g_autofree char *instance = sy_display_text (self->instance, -1, 60);

  if (*self->instance != '\0')
    return g_strdup_printf ("instance “%s” of service “%s”", instance, service);

  return *self->service != '\0' ? g_strdup_printf ("service “%s”", service) : g_strdup ("any service");
}

static GError *
silence_error (Job *self)
{
  SyUrl *url = sy_worker_get_url (self->worker);
  g_autofree char *who = dup_who (self);
  g_autofree char *others = sy_otlp_fold_dup_others (self->fold);
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->last_us > 0)
    g_string_append_printf (text, "%s has pushed nothing for %.0f s: is it still running?", who,
                            (double) (sy_clock_get_monotonic (get_clock (self)) - self->last_us) / SY_USEC_PER_SEC);
  else
    g_string_append_printf (text, "nothing has been pushed by %s yet: start it with OTEL_EXPORTER_OTLP_ENDPOINT=%s "
                            "OTEL_EXPORTER_OTLP_PROTOCOL=http/json OTEL_METRIC_EXPORT_INTERVAL=1000", who, sy_url_get_origin (url));
  if (others != NULL)
    g_string_append_printf (text, "; here push: %s", others);

  return g_error_new (SY_ERROR, SY_ERROR_SILENT, "%s", text->str);
}

/* @from_us: when it began, monotonic: not now, which may be later than what the
 * silence is counted from. */
static void
arm_silence (Job    *self,
             gint64  from_us)
{
  const gint64 wait_us = self->last_us > 0 ? sy_otlp_fold_get_silence (self->fold) : self->patience_us;

  sy_clock_timer_set_due (self->silence, from_us + wait_us);
}

static gboolean
silence_cb (gpointer user_data)
{
  Job *self = user_data;
  const gint64 now_us = sy_clock_get_monotonic (get_clock (self));

  self->is_silent = TRUE;
  fail (self, silence_error (self));
  arm_silence (self, now_us);
  return G_SOURCE_CONTINUE;
}

/* What the person may want to change though all is well. */
static void
set_warning (Job                 *self,
             const SyOtlpRequest *request)
{
  const gint64 interval_us = sy_otlp_fold_get_interval (self->fold);
  g_autofree char *text = NULL;
  const char *why;
  const guint n_rejected = sy_otlp_request_get_n_rejected (request, &why);

  if (n_rejected > 0)
    {
      g_autofree char *safe = sy_display_text (why, -1, 200);

      text = g_strdup_printf ("data points that cannot be taken: %u, the first: %s", n_rejected, safe);
    }
  else if (interval_us > SLOW_US)
    text = g_strdup_printf ("it pushes every %.3g s: with OTEL_METRIC_EXPORT_INTERVAL=1000 it is seen every second",
                            (double) interval_us / SY_USEC_PER_SEC);

  sy_worker_set_warning (self->worker, text);
}

static void
tell (Job *self)
{
  g_autoptr (SyScrape) scrape = new_scrape (self);
  const SyOtlpMoment now = { scrape->monotonic_us, scrape->wall_us };

  scrape->content_type = g_strdup ("application/json");
  scrape->answered_us = MIN (scrape->monotonic_us, MAX (sy_otlp_fold_get_time (self->fold), self->told_us + 1));
  scrape->exposition = sy_otlp_fold_render (self->fold, sy_worker_get_table (self->worker), &now, &scrape->error);
  scrape->duration_us = sy_clock_get_monotonic (get_clock (self)) - scrape->monotonic_us;
  self->told_us = scrape->answered_us;
  self->is_silent = FALSE;
  sy_worker_deliver (self->worker, scrape, 0);
}

static void
take (Job        *self,
      const Item *item)
{
  const SyOtlpMoment now = { sy_clock_get_monotonic (get_clock (self)), sy_clock_get_wall (get_clock (self)) };

  if (item->refusal != NULL)
    {
      /* Nobody knows whose it was: it is told while it may explain the silence, now and then. */
      if (self->is_silent && (self->refused_us == 0 || now.monotonic_us - self->refused_us >= SY_USEC_PER_SEC))
        {
          self->refused_us = now.monotonic_us;
          fail (self, g_error_copy (item->refusal));
        }
      return;
    }

  if (sy_otlp_fold_repeats (self->fold, item->request))
    tell (self);
  self->wire_bytes += is_mine (self, item->request) ? item->wire_bytes : 0;
  self->body_bytes += is_mine (self, item->request) ? item->body_bytes : 0;
  if (!sy_otlp_fold_take (self->fold, item->request, &now))
    return;

  self->last_us = now.monotonic_us;
  sy_worker_set_own_interval (self->worker, sy_otlp_fold_get_interval (self->fold));
  set_warning (self, item->request);
  if (sy_otlp_fold_is_complete (self->fold))
    tell (self);
  arm_silence (self, now.monotonic_us);
}

static gboolean
wake_dispatch (GSource     *source,
               GSourceFunc  callback,
               gpointer     user_data)
{
  return callback (user_data);
}

static void
drop (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* @error: (transfer full) */
static void
end (Job    *self,
     GError *error)
{
  g_autoptr (SyScrape) scrape = new_scrape (self);
  const SyWorkerEnd worker_end = { .scrape = scrape, .next = SY_WORKER_BACK_OFF, .wait_us = RETRY_US };

  if (self->receiver != NULL)
    sy_otlp_receiver_leave (g_steal_pointer (&self->receiver), self);
  g_cancellable_disconnect (self->cancellable, self->cancelled_id);
  g_clear_object (&self->cancellable);
  drop (&self->wake);
  drop (&self->silence);

  scrape->error = error;
  sy_worker_end (self->worker, &worker_end);
}

static gboolean
wake_cb (gpointer user_data)
{
  Job *self = user_data;
  Item *item;

  g_source_set_ready_time (self->wake, -1);
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      end (self, g_error_new (SY_ERROR, SY_ERROR_CANCELLED, "%s: stopped", sy_url_get_redacted (sy_worker_get_url (self->worker))));
      return G_SOURCE_REMOVE;
    }

  while ((item = g_async_queue_try_pop (self->queue)) != NULL)
    {
      take (self, item);
      item_free (item);
    }

  return G_SOURCE_CONTINUE;
}

/* Any thread. */
static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_source_set_ready_time (((Job *) user_data)->wake, 0);
}

static void
make_sources (Job          *self,
              GCancellable *cancellable)
{
  static GSourceFuncs funcs = { .dispatch = wake_dispatch };
  GMainContext *context = g_main_context_get_thread_default ();

  self->wake = g_source_new (&funcs, sizeof (GSource));
  g_source_set_callback (self->wake, wake_cb, self, NULL);
  g_source_set_static_name (self->wake, "SyOtlpJob wake");
  g_source_attach (self->wake, context);

  self->silence = sy_clock_timer_new (get_clock (self), G_MAXINT64);
  g_source_set_callback (self->silence, silence_cb, self, NULL);
  g_source_set_static_name (self->silence, "SyOtlpJob silence");
  g_source_attach (self->silence, context);

  /* Not a source of its own: GLib 2.74 loses one that is let go while another
   * thread cancels. */
  self->cancellable = g_object_ref (cancellable);
  self->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);
}

static void
ask (SyWorker *worker,
     gpointer  data)
{
  Job *self = data;
  SyUrl *url = sy_worker_get_url (worker);
  const SyOtlpListener listener = {
    .host = sy_url_get_host (url),
    .port = (guint16) sy_url_get_port (url),
    .limits = &self->limits,
    .func = push_cb,
    .user_data = self,
  };
  GError *error = NULL;

  self->worker = worker;
  self->is_silent = TRUE;
  /* Listening has no end that could be waited for. */
  make_sources (self, sy_worker_begin (worker, 0));

  self->receiver = sy_otlp_receiver_join (&listener, &error);
  if (self->receiver == NULL)
    end (self, error);
  else
    arm_silence (self, sy_clock_get_monotonic (get_clock (self)));
}

static void
job_free (gpointer data)
{
  Job *self = data;

  sy_otlp_fold_free (self->fold);
  g_async_queue_unref (self->queue);
  g_free (self->service);
  g_free (self->instance);
  g_free (self);
}

const SyWorkerKind sy_otlp_kind = { "sy-otlp-source", ask, job_free };

gpointer
sy_otlp_job_new (const char         *service,
                 const char         *instance,
                 const SyOtlpLimits *limits,
                 gint64              patience_us)
{
  Job *self = g_new0 (Job, 1);

  self->service = g_strdup (service != NULL ? service : "");
  self->instance = g_strdup (instance != NULL ? instance : "");
  self->limits = *limits;
  self->patience_us = patience_us;
  self->fold = sy_otlp_fold_new (service, instance, &limits->exposition);
  self->queue = g_async_queue_new_full (item_free);
  return self;
}
