/* sy-times.c: the time column that all quantities of one target share
 *
 * A flat array of strictly rising times. When it is full the oldest block goes;
 * columns notice by the count of dropped samples and drop the same. Empty: the
 * first and the last time are G_MININT64.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-times-private.h"

#define DEFAULT_MAX_SAMPLES 100000
#define MIN_MAX_SAMPLES 64

struct _SyTimes
{
  grefcount  references;
  GArray    *times;       /* owned, element-type gint64 */
  guint      max_samples;
  guint      block;
  guint64    dropped;
};

/* The largest power of 8 that is at most an eighth of @max_samples. */
static guint
block_for (guint max_samples)
{
  guint block = 1u << SY_TIER_SHIFT;

  while ((block << SY_TIER_SHIFT) <= max_samples >> SY_TIER_SHIFT)
    block <<= SY_TIER_SHIFT;

  return block;
}

SyTimes *
sy_times_new (guint max_samples)
{
  SyTimes *self = g_new0 (SyTimes, 1);

  g_ref_count_init (&self->references);
  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->max_samples = max_samples == 0 ? DEFAULT_MAX_SAMPLES : MAX (max_samples, MIN_MAX_SAMPLES);
  self->block = block_for (self->max_samples);

  return self;
}

SyTimes *
sy_times_ref (SyTimes *self)
{
  g_ref_count_inc (&self->references);

  return self;
}

void
sy_times_unref (SyTimes *self)
{
  if (!g_ref_count_dec (&self->references))
    return;

  g_array_unref (self->times);
  g_free (self);
}

gboolean
sy_times_append (SyTimes *self,
                 gint64   time_us)
{
  if (self->times->len > 0 && time_us <= sy_times_get_last (self))
    return FALSE;

  if (self->times->len >= self->max_samples)
    {
      g_array_remove_range (self->times, 0, self->block);
      self->dropped += self->block;
    }

  g_array_append_val (self->times, time_us);

  return TRUE;
}

guint
sy_times_get_n (const SyTimes *self)
{
  return self->times->len;
}

gint64
sy_times_get (const SyTimes *self,
              guint          index)
{
  g_return_val_if_fail (index < self->times->len, G_MININT64);

  return g_array_index (self->times, gint64, index);
}

gint64
sy_times_get_first (const SyTimes *self)
{
  return self->times->len > 0 ? sy_times_get (self, 0) : G_MININT64;
}

gint64
sy_times_get_last (const SyTimes *self)
{
  return self->times->len > 0 ? sy_times_get (self, self->times->len - 1) : G_MININT64;
}

guint
sy_times_find (const SyTimes *self,
               gint64         time_us)
{
  guint low = 0;
  guint high = self->times->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (sy_times_get (self, middle) < time_us)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

guint64
sy_times_get_dropped (const SyTimes *self)
{
  return self->dropped;
}

guint
sy_times_get_block (const SyTimes *self)
{
  return self->block;
}
