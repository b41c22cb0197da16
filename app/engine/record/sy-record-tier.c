/* sy-record-tier.c: a block of scrapes in fewer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-record-tier.h"

#include <math.h>
#include <string.h>

G_STATIC_ASSERT (SY_RECORD_TIER_PARTS * SY_RECORD_MAX_WIDTH <= SY_RECORD_BLOCK_VALUES);

/* fmin() and fmax() leave NAN out: C17, F.10.9. */
static void
widen (double       *parts,
       const double *values,
       guint         width)
{
  double *low = parts + SY_RECORD_TIER_LOW * width;
  double *high = parts + SY_RECORD_TIER_HIGH * width;

  for (guint i = 0; i < width; i++)
    {
      low[i] = fmin (low[i], values[i]);
      high[i] = fmax (high[i], values[i]);
    }
}

SyRecordBlock *
sy_record_tier_make (const SyRecordBlock *block,
                     guint                n_each)
{
  const guint width = block->width;
  const guint n = block->moments->len;
  const double *values = (const double *) block->values->data;
  SyRecordBlock *tier = sy_record_block_new (SY_RECORD_TIER_PARTS * width);
  g_autofree double *parts = g_new (double, SY_RECORD_TIER_PARTS * MAX (width, 1));

  for (guint from = 0; from < n; from += n_each)
    {
      const guint last = MIN (from + n_each, n) - 1;

      for (guint i = 0; i < SY_RECORD_TIER_LAST * width; i++)
        parts[i] = (double) NAN;
      for (guint i = from; width > 0 && i <= last; i++)
        widen (parts, values + (gsize) i * width, width);
      if (width > 0)
        memcpy (parts + SY_RECORD_TIER_LAST * width, values + (gsize) last * width, width * sizeof *values);
      sy_record_block_append (tier, &g_array_index (block->moments, SyRecordMoment, last), parts, NULL);
    }

  return tier;
}
