/* sy-weights.h: how much each criterion counts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every function fills @n weights that are 0 or more and have the sum 1. */

/* Rank order centroid: only the order is known, the first counts most.
 * w_k = (1/n) x sum of 1/i for i from k to n (F. H. Barron, B. E. Barrett 1996). */
void     sy_weights_roc         (double *ret_weights, guint n);

/* The same by criterion: @order holds criteria, the most important first. */
void     sy_weights_by_order    (const guint *order, double *ret_weights, guint n);

/* Swing points: 100 for the swing from worst to best that matters most, others
 * in proportion. FALSE, and nothing filled, when none is above 0 or one below. */
gboolean sy_weights_swing       (const double *points, double *ret_weights, guint n);

/* Each criterion once in @order? */
gboolean sy_weights_order_valid (const guint *order, guint n);

/* Saaty's analytic hierarchy process: @matrix (n x n, row by row) says how many
 * times the row counts the column; the weights are its principal eigenvector.
 * Returns: the consistency ratio; over SY_AHP_MAX_RATIO the judgements
 * contradict each other and must not be used (R-CR). @random_index 0: Saaty's
 * for this n. NAN for what is no matrix of positive numbers. */
double   sy_weights_ahp         (const double *matrix, double *ret_weights, guint n, double random_index);

#define SY_AHP_MAX_RATIO 0.10

G_END_DECLS
