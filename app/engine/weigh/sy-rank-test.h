/* sy-rank-test.h: is one sample larger than another, by ranks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* H. B. Mann, D. R. Whitney (1947); J. L. Hodges, E. L. Lehmann (1963). */
typedef struct {
  double u;          /* pairs in which x is larger, ties for a half */
  double larger;     /* u as a share of all pairs: "in 70 of 100 pairs x is larger" */
  double p_two;      /* both sides */
  double p_greater;  /* for "x is larger" */
  double shift;      /* x over y: the median of all differences */
  double shift_low;  /* 95 % */
  double shift_high;
  gboolean exact;    /* FALSE: by the normal approximation, for ties or many values */
} SyRankTest;

/* For single requests or results of runs; not for a live verdict, which is
 * looked at more than once. FALSE for an empty sample, or one beyond a million
 * pairs to compare: a sample of them tells as much. */
gboolean sy_rank_test       (const double *x, guint n_x, const double *y, guint n_y, SyRankTest *ret);

/* The smallest p, both sides, that two samples of @n values each can give. */
double   sy_rank_test_min_p (guint n);

G_END_DECLS
