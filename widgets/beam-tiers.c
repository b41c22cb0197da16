/* beam-tiers.c: the extremes of any stretch of an array, at the price of an answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-tiers.h"

#define TIER_SHIFT 3

static void
add_later (BeamExtremes       *self,
          const BeamExtremes *later)
{
  if (later->end == 0)
    return;

  if (self->end == 0)
    {
      *self = *later;
      return;
    }

  self->low = fmin (self->low, later->low);
  self->high = fmax (self->high, later->high);
  self->end = later->end;
}

static BeamExtremes
extremes_of_value (const BeamTiers *self,
               guint            index)
{
  double value = g_array_index (self->values, double, index);

  return isfinite (value) ? (BeamExtremes) { value, value, index, index + 1 } : (BeamExtremes) { 0 };
}

void
beam_tiers_init (BeamTiers *self)
{
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < BEAM_N_TIERS; i++)
    self->tiers[i] = g_array_new (FALSE, TRUE, sizeof (BeamExtremes));
}

void
beam_tiers_clear (BeamTiers *self)
{
  g_array_unref (self->values);
  for (guint i = 0; i < BEAM_N_TIERS; i++)
    g_array_unref (self->tiers[i]);
}

void
beam_tiers_reset (BeamTiers *self)
{
  g_array_set_size (self->values, 0);
  for (guint i = 0; i < BEAM_N_TIERS; i++)
    g_array_set_size (self->tiers[i], 0);
}

void
beam_tiers_append (BeamTiers *self,
                   double     value)
{
  guint index = self->values->len;
  BeamExtremes span;

  g_array_append_val (self->values, value);
  span = extremes_of_value (self, index);
  for (guint i = 0; i < BEAM_N_TIERS; i++)
    {
      guint slot = index >> (TIER_SHIFT * (i + 1));

      if (slot == self->tiers[i]->len)
        g_array_set_size (self->tiers[i], slot + 1);
      add_later (&g_array_index (self->tiers[i], BeamExtremes, slot), &span);
    }
}

BeamExtremes
beam_tiers_read (const BeamTiers *self,
                 guint            from,
                 guint            to)
{
  BeamExtremes span = { 0 };

  to = MIN (to, self->values->len);
  while (from < to)
    {
      BeamExtremes next;
      guint tier = 0;

      /* Up to the largest span that begins here and ends in time; the last one is
       * as long as there are values. */
      while (tier < BEAM_N_TIERS)
        {
          guint size = 1u << (TIER_SHIFT * (tier + 1));

          if (from % size != 0 || (to - from < size && to != self->values->len))
            break;
          tier++;
        }

      next = tier == 0 ? extremes_of_value (self, from)
                       : g_array_index (self->tiers[tier - 1], BeamExtremes, from >> (TIER_SHIFT * tier));
      add_later (&span, &next);
      from += 1u << (TIER_SHIFT * tier);
    }

  return span;
}
