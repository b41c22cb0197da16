/* sy-sequence.h: intervals that hold at any time one looks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Confidence sequences: with probability 1 - alpha the truth is inside at every
 * look, so that who looks after each window is not fooled more often than who
 * looks once. S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon, "Time-uniform,
 * Nonparametric, Nonasymptotic Confidence Sequences", Annals of Statistics 49
 * (2021), proposition 5.
 */

/* The smallest half width is at a variance of about @variance_opt. */
double sy_sequence_rho          (double variance_opt, double alpha);

/* How far a sum whose variance is @variance ever strays from its mean: two
 * sides of the normal mixture. */
double sy_sequence_normal_bound (double variance, double alpha, double rho);

/* The mean of values that come one by one, such as one a window. */
typedef struct {
  guint  n;
  double mean;
  double deviation;   /* of one value */
  double correlation; /* of neighbours, 0 … 0.9 */
  double low;         /* -INFINITY, INFINITY with fewer than SY_SEQUENCE_MIN values */
  double high;
} SySequence;

#define SY_SEQUENCE_MIN 8     /* values before anything is said */
#define SY_SEQUENCE_TUNED 20  /* values at which the interval is the tightest */

/* Asymptotic: the deviation is taken from the values themselves. It is widened
 * for neighbours that are alike by (1 + r) / (1 - r) as a first-order process
 * demands. */
void   sy_sequence_mean         (const double *values, guint n, double alpha, SySequence *ret);

/* Values that would bring half the interval to @effect at this @deviation,
 * independent; at least SY_SEQUENCE_MIN, 0 when more than a million. */
guint  sy_sequence_values_needed (double deviation, double effect, double alpha);

G_END_DECLS
