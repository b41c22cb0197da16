/* sy-http-once.c: one answer, for inspect, the add dialog and probes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A thread of its own, as for polling and for the same reason; a watch of the
 * supervisor ends it from outside, and lets it go when it does not come back.
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-http-once.h"

#include "sy-error.h"
#include "sy-http-session.h"
#include "sy-supervisor.h"

#define DEADLINE_US (10 * SY_USEC_PER_SEC)
#define GRACE_US (SY_USEC_PER_SEC / 4)
#define GIVE_UP_US (2 * SY_USEC_PER_SEC)

/* Reference-counted atomically: the caller's task and the thread hold one. */
typedef struct
{
  /* Set before the thread begins. */
  SyUrl        *url;         /* (owned) */
  SyClock      *clock;       /* (owned) */
  SyAccess     *access;      /* (owned) (nullable) */
  SyHttpLimits  limits;
  SoupMessage  *message;     /* (owned) (nullable): instead of a GET of the address */
  SyHttpReadFunc read;       /* (nullable) */
  gint64        deadline_us;
  GCancellable *cancellable; /* (owned): of the request; the caller's is chained to it */

  /* The thread's; read by the caller once the task has returned. */
  SyScrape     *scrape;      /* (owned) (nullable) */
  GBytes       *body;        /* (owned) (nullable) */

  /* The caller's. */
  GTask        *task;        /* (owned) (nullable): until it has returned */
  guint         supervisor;
  gulong        chained;
} Once;

static void
once_clear (gpointer data)
{
  Once *self = data;

  sy_url_unref (self->url);
  g_object_unref (self->clock);
  g_clear_pointer (&self->access, sy_access_unref);
  g_clear_object (&self->message);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->scrape, sy_scrape_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
}

static void
once_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, once_clear);
}

/* Ends the caller's part; FALSE when it has ended before. */
static gboolean
detach (Once *self)
{
  if (self->task == NULL)
    return FALSE;

  sy_supervisor_remove (self->supervisor);
  g_cancellable_disconnect (g_task_get_cancellable (self->task), self->chained);
  return TRUE;
}

static gboolean
done_cb (gpointer user_data)
{
  Once *self = user_data;

  if (detach (self))
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->task);

      /* GTask itself answers a cancelled one with its own error. */
      g_task_return_boolean (task, TRUE);
    }

  return G_SOURCE_REMOVE;
}

static void
check_cb (gpointer user_data)
{
  Once *self = user_data;
  const gint64 now_us = sy_clock_get_monotonic (self->clock);

  if (now_us < self->deadline_us + GRACE_US)
    return;

  g_cancellable_cancel (self->cancellable);

  if (now_us >= self->deadline_us + GIVE_UP_US && detach (self))
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->task);

      g_task_return_new_error (task, SY_ERROR, SY_ERROR_STUCK,
                               "%s: its answer keeps the connection busy for ever", sy_url_get_redacted (self->url));
    }
}

static void
chain_cb (GCancellable *cancellable,
          gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

typedef struct
{
  Once      *once; /* (owned) */
  GMainLoop *loop; /* (owned) */
  GMainContext *caller; /* (owned) */
} Run;

static void
answered_cb (const SyHttpAnswer *answer,
             gpointer            user_data)
{
  Run *run = user_data;

  run->once->scrape = sy_scrape_ref (answer->scrape);
  run->once->body = answer->body != NULL ? g_bytes_ref (answer->body) : NULL;
  g_main_loop_quit (run->loop);
}

/* Not g_main_context_invoke(): that would run it here, on this thread, when the
 * caller's loop does not run just now; and the watch is the caller's. */
static void
tell_caller (Run *run)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, done_cb, run->once, once_unref);
  g_source_set_static_name (source, "SyHttpOnce done");
  g_source_attach (source, run->caller);
}

static gpointer
thread_main (gpointer data)
{
  Run *run = data;
  g_autoptr (GMainContext) context = g_main_context_ref (g_main_loop_get_context (run->loop));
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (SoupSession) session = NULL;
  const SyHttpJob job = { run->once->url, run->once->clock, table, &run->once->limits, run->once->deadline_us,
                          run->once->access, run->once->message, run->once->read };

  g_main_context_push_thread_default (context);
  session = sy_http_session_new (run->once->url, run->once->access);
  sy_http_fetch_start (session, &job, run->once->cancellable, NULL, answered_cb, run);
  g_main_loop_run (run->loop);

  soup_session_abort (session);
  g_clear_object (&session);
  while (g_main_context_iteration (context, FALSE))
    continue;
  g_main_context_pop_thread_default (context);

  tell_caller (run);
  g_main_context_unref (run->caller);
  g_main_loop_unref (run->loop);
  g_free (run);
  return NULL;
}

void
sy_http_once_async (const SyHttpQuestion *question,
                    SoupMessage          *message,
                    SyHttpReadFunc        read,
                    GCancellable         *cancellable,
                    GAsyncReadyCallback   callback,
                    gpointer              user_data)
{
  Once *self = g_atomic_rc_box_new0 (Once);
  Run *run = g_new0 (Run, 1);
  g_autoptr (GMainContext) context = g_main_context_new ();

  self->url = sy_url_ref (question->url);
  self->clock = g_object_ref (question->clock);
  self->access = question->access != NULL ? sy_access_ref (question->access) : NULL;
  self->limits = question->limits != NULL ? *question->limits : SY_HTTP_LIMITS_DEFAULT;
  self->message = message != NULL ? g_object_ref (message) : NULL;
  self->read = read;
  self->deadline_us = sy_clock_get_monotonic (self->clock) + (self->limits.deadline_us > 0 ? self->limits.deadline_us : DEADLINE_US);
  self->cancellable = g_cancellable_new ();

  self->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, sy_http_once_async);
  g_task_set_task_data (self->task, self, once_unref);
  self->supervisor = sy_supervisor_add (check_cb, self);
  if (cancellable != NULL)
    self->chained = g_cancellable_connect (cancellable, G_CALLBACK (chain_cb), g_object_ref (self->cancellable),
                                           g_object_unref);

  run->once = g_atomic_rc_box_acquire (self);
  run->loop = g_main_loop_new (context, FALSE);
  run->caller = g_main_context_ref_thread_default ();
  g_thread_unref (g_thread_new ("sy-http-once", thread_main, run));
}

void
sy_http_ask_async (const SyHttpQuestion *question,
                   GCancellable         *cancellable,
                   GAsyncReadyCallback   callback,
                   gpointer              user_data)
{
  sy_http_once_async (question, NULL, NULL, cancellable, callback, user_data);
}

void
sy_http_fetch_async (SyUrl               *url,
                     SyClock             *clock,
                     const SyHttpLimits  *limits,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  const SyHttpQuestion question = { url, clock, limits, NULL };

  sy_http_ask_async (&question, cancellable, callback, user_data);
}

SyScrape *
sy_http_fetch_finish (GAsyncResult  *result,
                      GBytes       **body,
                      GError       **error)
{
  Once *self = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    {
      if (error != NULL && g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_clear_error (error);
          g_set_error (error, SY_ERROR, SY_ERROR_CANCELLED, "%s: stopped", sy_url_get_redacted (self->url));
        }
      return NULL;
    }

  if (body != NULL)
    *body = self->body != NULL ? g_bytes_ref (self->body) : NULL;
  return sy_scrape_ref (self->scrape);
}
