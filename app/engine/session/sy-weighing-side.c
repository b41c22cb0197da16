/* sy-weighing-side.c: one backend cut into windows
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A window begins and ends with a scrape, never between two: a histogram is
 * known at scrapes only.
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-weighing-side.h"

#include <math.h>

struct _SyWeighingSide
{
  SyBackend *backend;   /* (owned) */
  gint64     window_us;
  double     slo;

  gint64     place;     /* of the window that is open; -1: none is */
  gint64     since_us;  /* its beginning: a scrape */
  double     uptime;    /* at that scrape */
  SyBuckets *since;     /* (owned) (nullable): what had been observed by then */
};

void
sy_slice_free (SySlice *self)
{
  g_clear_pointer (&self->durations, sy_buckets_free);
  g_free (self);
}

SyWeighingSide *
sy_weighing_side_new (SyBackend *backend,
                      gint64     window_us,
                      double     slo)
{
  SyWeighingSide *self = g_new0 (SyWeighingSide, 1);

  self->backend = g_object_ref (backend);
  self->window_us = window_us;
  self->slo = slo;
  self->place = -1;

  return self;
}

void
sy_weighing_side_free (SyWeighingSide *self)
{
  g_clear_pointer (&self->since, sy_buckets_free);
  g_object_unref (self->backend);
  g_free (self);
}

SyBackend *
sy_weighing_side_get (SyWeighingSide *self)
{
  return self->backend;
}

void
sy_weighing_side_reset (SyWeighingSide *self)
{
  g_clear_pointer (&self->since, sy_buckets_free);
  self->place = -1;
}

static void
open_window (SyWeighingSide  *self,
             const SyReading *reading)
{
  const SyBuckets *durations = sy_backend_get_durations (self->backend);

  g_clear_pointer (&self->since, sy_buckets_free);
  if (durations != NULL)
    self->since = sy_buckets_copy (durations);

  self->place = reading->monotonic_us / self->window_us;
  self->since_us = reading->monotonic_us;
  self->uptime = (double) reading->wall_us / SY_USEC_PER_SEC - reading->start_time;
}

/* (transfer full) */
static SySlice *
close_window (SyWeighingSide  *self,
              const SyReading *reading)
{
  const SyBuckets *durations = sy_backend_get_durations (self->backend);
  SySlice *slice = g_new0 (SySlice, 1);

  slice->place = self->place;
  slice->uptime = self->uptime;
  sy_time_window_read_spans (sy_backend_get_history (self->backend), self->since_us, reading->monotonic_us, reading->span_us,
                             &slice->window);

  if (self->since != NULL && durations != NULL)
    {
      if (sy_buckets_delta (durations, self->since, &slice->durations))
        sy_time_window_set_durations (&slice->window, slice->durations, self->slo);
      else
        slice->window.n_changes++;
    }

  return slice;
}

SySlice *
sy_weighing_side_update (SyWeighingSide *self)
{
  const SyReading *reading = sy_backend_get_reading (self->backend);
  SySlice *slice = NULL;
  gint64 place;

  if (reading == NULL)
    return NULL;

  place = reading->monotonic_us / self->window_us;
  if (place == self->place)
    return NULL;

  if (self->place >= 0 && place == self->place + 1)
    slice = close_window (self, reading);

  open_window (self, reading);
  return slice;
}
