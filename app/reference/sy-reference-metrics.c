/* sy-reference-metrics.c: what a reference server counts about itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-reference-metrics.h"

#include <string.h>

const double SY_REFERENCE_BOUNDS[SY_REFERENCE_N_BOUNDS] = {
  0.0005, 0.001, 0.0025, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.075,
  0.1, 0.15, 0.25, 0.35, 0.5, 0.75, 1, 1.5, 2.5, 5, 7.5, 10,
};

static const char *const method_names[] = { "GET", "HEAD", "POST" };
G_STATIC_ASSERT (G_N_ELEMENTS (method_names) == SY_N_METHODS);

static const char *const connection_nicks[] = { "http", "sse", "ws" };
G_STATIC_ASSERT (G_N_ELEMENTS (connection_nicks) == SY_N_CONNECTIONS);

static const char *const first_routes[] = { "/plain", "/do/io", "/do/cpu", "/do/native", "/do/mix" };

struct _SyReferenceMetrics {
  gatomicrefcount   ref_count;
  GMutex            mutex;
  SyReferenceCounts counts; /* guarded by the mutex */
};

const char *
sy_reference_method_name (SyReferenceMethod method)
{
  g_return_val_if_fail (method < SY_N_METHODS, NULL);

  return method_names[method];
}

const char *
sy_reference_connection_nick (SyReferenceConnection kind)
{
  g_return_val_if_fail (kind < SY_N_CONNECTIONS, NULL);

  return connection_nicks[kind];
}

void
sy_reference_histogram_add (SyReferenceHistogram *self,
                            double                seconds)
{
  self->count++;
  self->sum += seconds;
  self->max = MAX (self->max, seconds);

  for (guint i = 0; i < SY_REFERENCE_N_BOUNDS; i++)
    if (seconds <= SY_REFERENCE_BOUNDS[i])
      {
        self->buckets[i]++;
        break;
      }
}

void
sy_reference_histogram_cumulate (const SyReferenceHistogram *self,
                                 guint64                     cumulative[SY_REFERENCE_N_BOUNDS])
{
  guint64 sum = 0;

  for (guint i = 0; i < SY_REFERENCE_N_BOUNDS; i++)
    cumulative[i] = sum += self->buckets[i];
}

void
sy_reference_counts_clear (SyReferenceCounts *self)
{
  g_clear_pointer (&self->requests, g_array_unref);
}

/* A handful of series: a search is cheaper than a hash. */
static SyRequestSeries *
find_series_locked (SyReferenceMetrics *self,
                    const char         *route,
                    const char         *method,
                    guint               status)
{
  GArray *requests = self->counts.requests;
  SyRequestSeries added = { .route = route, .method = method, .status = status };

  for (guint i = 0; i < requests->len; i++)
    {
      SyRequestSeries *series = &g_array_index (requests, SyRequestSeries, i);

      if (series->status == status && strcmp (series->route, route) == 0 && strcmp (series->method, method) == 0)
        return series;
    }

  g_array_append_val (requests, added);

  return &g_array_index (requests, SyRequestSeries, requests->len - 1);
}

SyReferenceMetrics *
sy_reference_metrics_new (void)
{
  SyReferenceMetrics *self = g_new0 (SyReferenceMetrics, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->counts.requests = g_array_new (FALSE, TRUE, sizeof (SyRequestSeries));

  for (guint i = 0; i < G_N_ELEMENTS (first_routes); i++)
    find_series_locked (self, first_routes[i], method_names[SY_METHOD_GET], 200);

  return self;
}

SyReferenceMetrics *
sy_reference_metrics_ref (SyReferenceMetrics *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
sy_reference_metrics_unref (SyReferenceMetrics *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  sy_reference_counts_clear (&self->counts);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
sy_reference_metrics_begin_request (SyReferenceMetrics *self,
                                    SyReferenceMethod   method)
{
  g_mutex_lock (&self->mutex);
  self->counts.active[method]++;
  g_mutex_unlock (&self->mutex);
}

void
sy_reference_metrics_end_request (SyReferenceMetrics *self,
                                  SyReferenceMethod   method,
                                  const char         *route,
                                  guint               status,
                                  double              seconds)
{
  g_mutex_lock (&self->mutex);
  self->counts.active[method]--;
  if (status != 0)
    sy_reference_histogram_add (&find_series_locked (self, route, method_names[method], status)->durations, seconds);
  g_mutex_unlock (&self->mutex);
}

void
sy_reference_metrics_observe (SyReferenceMetrics *self,
                              SyReferenceWait     wait,
                              double              seconds)
{
  g_mutex_lock (&self->mutex);
  sy_reference_histogram_add (&self->counts.waits[wait], seconds);
  g_mutex_unlock (&self->mutex);
}

void
sy_reference_metrics_connect (SyReferenceMetrics    *self,
                              SyReferenceConnection  kind,
                              int                    change)
{
  g_mutex_lock (&self->mutex);
  self->counts.connections[kind] += change;
  g_mutex_unlock (&self->mutex);
}

void
sy_reference_metrics_reject (SyReferenceMetrics *self)
{
  g_mutex_lock (&self->mutex);
  self->counts.n_rejected++;
  g_mutex_unlock (&self->mutex);
}

void
sy_reference_metrics_add_bytes (SyReferenceMetrics *self,
                                gsize               in,
                                gsize               out)
{
  g_mutex_lock (&self->mutex);
  self->counts.bytes_in += in;
  self->counts.bytes_out += out;
  g_mutex_unlock (&self->mutex);
}

void
sy_reference_metrics_add_events (SyReferenceMetrics *self,
                                 guint               sent,
                                 guint               dropped)
{
  g_mutex_lock (&self->mutex);
  self->counts.n_stream_events += sent;
  self->counts.n_stream_dropped += dropped;
  g_mutex_unlock (&self->mutex);
}

void
sy_reference_metrics_read (SyReferenceMetrics *self,
                           SyReferenceCounts  *counts)
{
  g_mutex_lock (&self->mutex);
  *counts = self->counts;
  counts->requests = g_array_copy (self->counts.requests);
  g_mutex_unlock (&self->mutex);
}
