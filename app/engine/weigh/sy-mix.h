/* sy-mix.h: what was asked, in which shares
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Two backends that were asked different things cannot be compared by their
 * totals: one can be better at everything and look worse (E. H. Simpson 1951). */

/* Half the sum of what the shares differ: 0 the same mix, 1 nothing in common. */
double sy_mix_distance    (const double *a, const double *b, guint n);

/* The mean of @values by @shares, whose sum need not be 1. With one standard
 * mix for both backends this is direct standardisation. */
double sy_mix_weighted    (const double *values, const double *shares, guint n);

/* The distance from which the totals are not to be compared. ASSUMED. */
#define SY_MIX_TOLERANCE 0.05

/* Adds to @values the requests that a client which waited for a late answer
 * should have sent meanwhile, one each @interval, with the latency they would
 * have seen (G. Tene, "How NOT to Measure Latency"). (element-type double) */
void   sy_omission_correct (GArray *values, double interval);

G_END_DECLS
