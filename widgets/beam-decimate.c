/* beam-decimate.c: many samples to few points with the same extremes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-decimate.h"

void
beam_decimator_init (BeamDecimator *self,
                     gint64         bucket_us,
                     GArray        *ret)
{
  *self = (BeamDecimator) { .ret = ret, .bucket_us = bucket_us };
}

static void
close_bucket (BeamDecimator *self)
{
  if (!self->has_open)
    return;

  g_array_append_val (self->ret, self->open);
  self->has_open = FALSE;
}

static void
append_gap (BeamDecimator *self)
{
  BeamPoint gap = { self->gap_us, (double) NAN, (double) NAN, (double) NAN };

  if (self->ret->len == 0 || !isnan (g_array_index (self->ret, BeamPoint, self->ret->len - 1).low))
    g_array_append_val (self->ret, gap);
}

static gint64
bucket_of (BeamDecimator *self,
           gint64         time_us)
{
  gint64 bucket = time_us / self->bucket_us;

  return time_us % self->bucket_us < 0 ? bucket - 1 : bucket;
}

void
beam_decimator_add (BeamDecimator *self,
                    gint64         time_us,
                    double         value)
{
  gboolean is_gap = !isfinite (value);
  gint64 bucket = self->bucket_us > 0 ? bucket_of (self, time_us) : 0;

  if (self->bucket_us <= 0 || bucket != self->bucket)
    {
      close_bucket (self);
      if (self->in_gap)
        append_gap (self);
      self->bucket = bucket;
    }

  if (is_gap && !self->in_gap)
    self->gap_us = time_us;
  self->in_gap = is_gap;
  if (is_gap)
    return;

  if (!self->has_open)
    {
      self->open = (BeamPoint) { time_us, value, value, value };
      self->has_open = TRUE;
      return;
    }

  self->open.low = fmin (self->open.low, value);
  self->open.high = fmax (self->open.high, value);
  self->open.last = value;
}

void
beam_decimator_finish (BeamDecimator *self)
{
  close_bucket (self);
  if (self->in_gap)
    append_gap (self);
  self->in_gap = FALSE;
}
