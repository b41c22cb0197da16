/* sy-acceptability.h: in how many readings of the priorities does A come first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Stochastic multicriteria acceptability (R. Lahdelma, P. Salminen 2001). For
 * two alternatives the share of weights is known exactly, and no sampling is
 * needed: @d[i] is the value of A less that of B on criterion i, in any unit. */

/* All weights are alike possible: the volume of the simplex on which the sum
 * of w_i x d_i is above 0, by the recursion of G. Varsi (1973). A half where
 * nothing differs. NAN with an unknown @d. */
double sy_acceptability_free    (const double *d, guint n);

/* Only the order is known, @d by falling priority: the corners of that part of
 * the simplex are equal weights on the first k. */
double sy_acceptability_ordinal (const double *d, guint n);

/* Values of both, 0 … 100, and how far off each may be. */
typedef struct {
  const double *a;
  const double *b;
  const double *half_width; /* NULL: exact */
  guint         n;
} SyScores;

/* The mean over @n_draws draws of the scores (triangular, cut at 0 and 100, A
 * then B of each criterion in order, SplitMix64 of @seed), each exact in the
 * weights. @order: criteria by falling priority, NULL: none stated. */
double sy_acceptability_uncertain (const SyScores *scores, const guint *order, guint n_draws, guint64 seed);

/* The weight of criterion @k at which A and B change places while the others
 * keep their proportions. FALSE: at no weight between 0 and 1. */
gboolean sy_flip_weight (const double *weights, const double *d, guint n, guint k, double *ret_weight);

/* More than two alternatives: values[alternative * n_criteria + criterion]. */
typedef struct {
  const double *values;
  const double *half_width; /* of each criterion; NULL: exact */
  guint n_alternatives;
  guint n_criteria;
  const guint *order;       /* criteria by falling priority; NULL: none stated */
} SyAlternatives;

/* @ret_ranks[alternative * n_alternatives + rank]: the share of @n_draws draws,
 * weights uniform on the simplex, or on that part of it where they fall in the
 * stated order, in which it takes that rank; ties go by order of alternatives. @ret_central (NULL: not wanted), by alternative and
 * criterion: the mean weights of those who put it first, NAN when nobody does. */
void sy_acceptability_sample (const SyAlternatives *alternatives, guint n_draws, guint64 seed,
                              double *ret_ranks, double *ret_central);

G_END_DECLS
