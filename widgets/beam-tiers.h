/* beam-tiers.h: the extremes of any stretch of an array, at the price of an answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BEAM_N_TIERS 8

/* What is known of a stretch. Without a finite value: end is 0, the rest unset. */
typedef struct {
  double low;   /* of the finite values */
  double high;
  guint  first; /* where the first of them is */
  guint  end;   /* after the last of them */
} BeamExtremes;

/* Values that are only ever appended. An entry of tier i joins 8^(i + 1) of them,
 * so that a question costs at most 14 steps a tier, whatever the stretch. */
typedef struct {
  GArray *values;              /* owned, element-type double */
  GArray *tiers[BEAM_N_TIERS]; /* owned, element-type BeamExtremes */
} BeamTiers;

void         beam_tiers_init   (BeamTiers       *self);
void         beam_tiers_clear  (BeamTiers       *self);

/* Back to empty. */
void         beam_tiers_reset  (BeamTiers       *self);

/* NAN and infinite values stand for "unknown". */
void         beam_tiers_append (BeamTiers       *self,
                                double           value);

/* Of the values [@from, @to). */
BeamExtremes beam_tiers_read   (const BeamTiers *self,
                                guint            from,
                                guint            to);

G_END_DECLS
