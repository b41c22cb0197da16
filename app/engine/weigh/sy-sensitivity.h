/* sy-sensitivity.h: which input moves the answer, and how sure is it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-ownership-case.h"

G_BEGIN_DECLS

typedef struct {
  const char *parameter; /* a name of sy_ownership_case_set() */
  double low;
  double mode;
  double high;
} SySensitivityRange;

typedef struct {
  guint  range;          /* which of the ranges */
  double at_low;         /* the difference A - B there, all else as stated */
  double at_high;
  double swing;          /* |at_high - at_low| */
} SyTornadoBar;

/* One bar for each of @n ranges, the widest first; equal ones keep the order of
 * @ranges (R. Howard, tornado diagram). */
void     sy_sensitivity_tornado     (const SyOwnershipCase *self, const SySensitivityRange *ranges, guint n,
                                     SyTornadoBar *ret_bars);

typedef struct {
  double mean;
  double p_a_cheaper;    /* share of the draws below 0; one of 0 is half of one */
  double q05;
  double q50;
  double q95;
} SyMonteCarlo;

/* @n_draws differences into @ret_draws, in the order they were drawn. Each draw
 * takes one triangular number for each range, in the order of @ranges, from a
 * SplitMix64 stream of @seed: the same everywhere. */
void     sy_sensitivity_monte_carlo (const SyOwnershipCase *self, const SySensitivityRange *ranges, guint n,
                                     guint64 seed, double *ret_draws, guint n_draws, SyMonteCarlo *ret_summary);

/* The value of @parameter between @low and @high at which both cost the same.
 * FALSE: none in range. */
gboolean sy_sensitivity_break_even  (const SyOwnershipCase *self, const char *parameter, double low, double high,
                                     double *ret_value);

/* The least of @n sorted numbers that a share @q (0 … 1) of them does not
 * exceed: one of the draws, never a number between two (type 1 of R. Hyndman,
 * Y. Fan 1996). */
double   sy_sorted_quantile         (const double *sorted, guint n, double q);

G_END_DECLS
