/* sy-process.c: what one process behind an address has said lately
 *
 * Limits: the snapshots of one window. Empty: no snapshots.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-process.h"

#include <math.h>

/* Sums of many series may differ in the last digits when their order changes. */
#define ROUNDING 1e-9

SySums *
sy_sums_new (gint64 monotonic_us,
             guint  generation)
{
  SySums *self = g_new0 (SySums, 1);

  self->monotonic_us = monotonic_us;
  self->generation = generation;
  for (guint i = 0; i < SY_N_INPUTS; i++)
    self->values[i] = NAN;
  for (guint i = 0; i < SY_N_QUANTILES; i++)
    self->quantiles[i] = NAN;

  return self;
}

void
sy_sums_free (SySums *self)
{
  for (guint i = 0; i < SY_N_HISTOGRAMS; i++)
    g_clear_pointer (&self->histograms[i], sy_buckets_free);
  g_free (self);
}

static void
add_value (SySums             *self,
           const SySignalPlan *plan,
           SyInput             input,
           double              value)
{
  double *sum = &self->values[input];

  if (isnan (*sum))
    *sum = value;
  else if (plan->is_max[input])
    *sum = MAX (*sum, value);
  else
    *sum += value;
}

void
sy_sums_add (SySums             *self,
             const SySignalPlan *plan,
             const SySeriesUse  *use,
             const SySeries     *series,
             double              value)
{
  if (!isfinite (value))
    return;

  for (guint32 left = use->inputs; left != 0; left &= left - 1)
    add_value (self, plan, (SyInput) g_bit_nth_lsf (left, -1), value);

  if (use->is_no_error)
    add_value (self, plan, SY_INPUT_ERRORS, 0);

  if (use->histogram >= 0)
    {
      SyBuckets **buckets = &self->histograms[use->histogram];

      if (*buckets == NULL)
        *buckets = sy_buckets_new ();
      sy_buckets_add (*buckets, series->le * plan->histogram_scale[use->histogram], value);
    }

  if (use->quantile >= 0)
    {
      self->quantiles[use->quantile] = value;
      self->n_quantiles[use->quantile]++;
    }
}

SyProcess *
sy_process_new (double start_time)
{
  SyProcess *self = g_new0 (SyProcess, 1);

  self->start_time = start_time;
  self->first_us = G_MININT64;
  self->last_us = G_MININT64;
  self->snapshots = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_sums_free);

  return self;
}

void
sy_process_free (SyProcess *self)
{
  g_ptr_array_unref (self->snapshots);
  g_free (self);
}

gboolean
sy_process_has_fallen (const SyProcess *self,
                       const SySums    *snapshot)
{
  const SySums *last = sy_process_get_last (self);

  if (last == NULL || last->generation != snapshot->generation)
    return FALSE;

  for (guint i = 0; i < SY_N_COUNTERS; i++)
    if (snapshot->values[i] < last->values[i] - ROUNDING * fabs (last->values[i]))
      return TRUE;

  return FALSE;
}

void
sy_process_reset (SyProcess *self)
{
  g_ptr_array_set_size (self->snapshots, 0);
}

void
sy_process_add (SyProcess *self,
                SySums    *snapshot,
                gint64     window_us)
{
  guint n_old = 0;

  /* Two answers at one instant: the later replaces the earlier. */
  while (sy_process_get_last (self) != NULL && sy_process_get_last (self)->monotonic_us >= snapshot->monotonic_us)
    g_ptr_array_remove_index (self->snapshots, self->snapshots->len - 1);

  if (self->first_us == G_MININT64)
    self->first_us = snapshot->monotonic_us;
  self->last_us = snapshot->monotonic_us;

  while (n_old + 1 < self->snapshots->len
         && snapshot->monotonic_us - ((SySums *) g_ptr_array_index (self->snapshots, n_old))->monotonic_us > window_us)
    n_old++;
  if (n_old > 0)
    g_ptr_array_remove_range (self->snapshots, 0, n_old);

  g_ptr_array_add (self->snapshots, snapshot);
}

const SySums *
sy_process_get_last (const SyProcess *self)
{
  return self->snapshots->len > 0 ? g_ptr_array_index (self->snapshots, self->snapshots->len - 1) : NULL;
}

const SySums *
sy_process_get_base (const SyProcess *self)
{
  const SySums *last = sy_process_get_last (self);

  for (guint i = 0; i + 1 < self->snapshots->len; i++)
    {
      const SySums *snapshot = g_ptr_array_index (self->snapshots, i);

      if (snapshot->generation == last->generation)
        return snapshot;
    }

  return NULL;
}
