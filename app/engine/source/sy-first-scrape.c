/* sy-first-scrape.c: one answer of an address, however it speaks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-first-scrape.h"

#include <string.h>

#include "sy-error.h"
#include "sy-sse-source.h"
#include "sy-web-socket-source.h"

#define DEADLINE_US (10 * SY_USEC_PER_SEC)
#define STREAM_TYPE "text/event-stream"

/* Reference-counted atomically: the task and the source hold one. */
typedef struct
{
  /* The caller's. */
  SyUrl        *url;         /* (owned) */
  SyClock      *clock;       /* (owned) */
  SyAccess     *access;      /* (owned) (nullable) */
  gint64        allowed_us;
  GMainContext *context;     /* (owned): the caller's */
  GTask        *task;        /* (owned) (nullable): until it has returned */
  SySource     *source;      /* (owned) (nullable): while it listens */
  GSource      *timer;       /* (owned) (nullable) */
  GSource      *cancelled;   /* (owned) (nullable) */
  GBytes       *body;        /* (owned) (nullable) */

  /* Shared, under the lock. */
  GMutex        lock;
  SyScrape     *scrape;      /* (owned) (nullable): the first */
} First;

static void
first_clear (gpointer data)
{
  First *self = data;

  sy_url_unref (self->url);
  g_object_unref (self->clock);
  g_clear_pointer (&self->access, sy_access_unref);
  g_main_context_unref (self->context);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->scrape, sy_scrape_unref);
  g_mutex_clear (&self->lock);
}

static void
first_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, first_clear);
}

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* @error: (transfer full) (nullable): ours, not the backend's. */
static void
finish (First  *self,
        GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  drop_source (&self->timer);
  drop_source (&self->cancelled);
  g_clear_object (&self->source);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* Becomes the first scrape unless there is one. */
static gboolean
offer (First          *self,
       const SyScrape *scrape)
{
  gboolean is_first;

  g_mutex_lock (&self->lock);
  is_first = self->scrape == NULL;
  if (is_first)
    self->scrape = sy_scrape_ref ((SyScrape *) scrape);
  g_mutex_unlock (&self->lock);

  return is_first;
}

static gboolean
heard_cb (gpointer user_data)
{
  First *self = user_data;

  if (self->task != NULL)
    {
      self->body = self->scrape->body != NULL ? g_bytes_ref (self->scrape->body) : NULL;
      finish (self, NULL);
    }

  return G_SOURCE_REMOVE;
}

/* Worker's thread. */
static void
scrape_cb (const SyScrape *scrape,
           gpointer        user_data)
{
  First *self = user_data;
  g_autoptr (GSource) source = NULL;

  if (!offer (self, scrape))
    return;

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, heard_cb, g_atomic_rc_box_acquire (self), first_unref);
  g_source_set_static_name (source, "SyFirstScrape heard");
  g_source_attach (source, self->context);
}

static gboolean
deadline_cb (gpointer user_data)
{
  First *self = user_data;
  g_autoptr (SyScrape) scrape = sy_scrape_new ();

  scrape->monotonic_us = sy_clock_get_monotonic (self->clock);
  scrape->answered_us = scrape->monotonic_us;
  scrape->wall_us = sy_clock_get_wall (self->clock);
  scrape->error = g_error_new (SY_ERROR, SY_ERROR_DEADLINE, "%s: a stream, but no metrics came within %.3g s",
                               sy_url_get_redacted (self->url), (double) self->allowed_us / SY_USEC_PER_SEC);
  offer (self, scrape);
  finish (self, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  First *self = user_data;

  finish (self, g_error_new (SY_ERROR, SY_ERROR_CANCELLED, "%s: stopped", sy_url_get_redacted (self->url)));
  return G_SOURCE_REMOVE;
}

static void
listen (First    *self,
        SySource *source)
{
  GCancellable *cancellable = g_task_get_cancellable (self->task);

  self->source = source;
  self->timer = sy_clock_timer_new (self->clock, sy_clock_get_monotonic (self->clock) + self->allowed_us);
  g_source_set_callback (self->timer, deadline_cb, self, NULL);
  g_source_set_static_name (self->timer, "SyFirstScrape deadline");
  g_source_attach (self->timer, self->context);

  if (cancellable != NULL)
    {
      self->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancelled, G_SOURCE_FUNC (cancelled_cb), self, NULL);
      g_source_attach (self->cancelled, self->context);
    }

  sy_source_set_access (source, self->access);
  sy_source_set_scrape_func (source, scrape_cb, g_atomic_rc_box_acquire (self), first_unref);
  sy_source_start (source);
}

static gboolean
is_stream (const SyScrape *scrape)
{
  const char *type = scrape->content_type;

  return g_error_matches (scrape->error, SY_ERROR, SY_ERROR_FORMAT) && type != NULL
         && strcspn (type, "; \t") == strlen (STREAM_TYPE)
         && g_ascii_strncasecmp (type, STREAM_TYPE, strlen (STREAM_TYPE)) == 0;
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  First *self = user_data;
  GError *error = NULL;
  g_autoptr (SyScrape) scrape = sy_http_fetch_finish (result, &self->body, &error);

  if (scrape != NULL && is_stream (scrape))
    {
      g_clear_pointer (&self->body, g_bytes_unref);
      listen (self, sy_sse_source_new (self->url, self->clock));
    }
  else
    {
      if (scrape != NULL)
        offer (self, scrape);
      finish (self, error);
    }

  first_unref (self);
}

/* The task owns it. @access is nullable. */
static First *
first_new (const SyHttpQuestion *question,
           gint64                allowed_us,
           GTask                *task)
{
  First *self = g_atomic_rc_box_new0 (First);

  g_mutex_init (&self->lock);
  self->url = sy_url_ref (question->url);
  self->clock = g_object_ref (question->clock);
  self->access = question->access != NULL ? sy_access_ref (question->access) : NULL;
  self->allowed_us = allowed_us;
  self->context = g_main_context_ref_thread_default ();
  self->task = task;
  g_task_set_task_data (task, self, first_unref);
  return self;
}

void
sy_first_scrape_listen_async (SySource            *source,
                              gint64               allowed_us,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  const SyHttpQuestion question = { sy_source_get_url (source), sy_source_get_clock (source), NULL, sy_source_get_access (source) };
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sy_first_scrape_listen_async);
  listen (first_new (&question, allowed_us, task), g_object_ref (source));
}

void
sy_first_scrape_async (const SyHttpQuestion *question,
                       GCancellable         *cancellable,
                       GAsyncReadyCallback   callback,
                       gpointer              user_data)
{
  const gint64 allowed_us = question->limits != NULL && question->limits->deadline_us > 0 ? question->limits->deadline_us : DEADLINE_US;
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  First *self = first_new (question, allowed_us, task);

  g_task_set_source_tag (task, sy_first_scrape_async);

  if (sy_url_is_web_socket (question->url))
    listen (self, sy_web_socket_source_new (self->url, self->clock));
  else
    sy_http_ask_async (question, cancellable, fetched_cb, g_atomic_rc_box_acquire (self));
}

SyScrape *
sy_first_scrape_finish (GAsyncResult  *result,
                        GBytes       **body,
                        GError       **error)
{
  First *self = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    {
      /* GTask itself answers a cancelled one with its own error. */
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
