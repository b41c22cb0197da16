/* sy-outranking.h: two other methods of ranking, to compare with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Steelyard decides with anchored values and acceptabilities. These are here
 * because people meet them elsewhere and ask; the winner of TOPSIS can change
 * with the normalisation alone, which is why it is not ours.
 *
 * values[alternative * n_criteria + criterion]; @types: 1 more is better, -1
 * less is. */
typedef struct {
  const double *values;
  const double *weights;
  const double *types;
  guint n_alternatives;
  guint n_criteria;
} SyRankingInput;

typedef enum {
  SY_TOPSIS_VECTOR,  /* by the length of the column (C. Hwang, K. Yoon 1981) */
  SY_TOPSIS_MIN_MAX, /* from the worst to the best of the column */
} SyTopsisScale;

/* Closeness to the best of all, 0 … 1, higher is better. NAN where all are alike. */
void sy_topsis       (const SyRankingInput *input, SyTopsisScale scale, double *ret_scores);

/* Net flow, -1 … 1, with the "usual" preference: better is better, by however
 * little (J.-P. Brans, P. Vincke 1985). */
void sy_promethee_ii (const SyRankingInput *input, double *ret_flows);

G_END_DECLS
