/* sy-beta-mixture.h: shares and quantiles, at any time one looks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * The two-sided beta-binomial mixture for sums whose steps lie within
 * [-g, h], such as successes less their expectation (Howard et al. 2021, cited
 * in sy-sequence.h, proposition 7), and what S. R. Howard and A. Ramdas,
 * "Sequential Estimation of Quantiles with Applications to A/B Testing and
 * Best-arm Identification", Bernoulli 28 (2022), make of it. For independent
 * requests.
 */
typedef struct {
  double r;
  double g;
  double h;
} SyBetaMixture;

/* The tightest at a variance of @variance_opt. */
SyBetaMixture sy_beta_mixture            (double variance_opt, double alpha_opt, double g, double h);

/* Logarithm of the evidence that a sum of @s at @variance gives against its
 * mean being 0; above ln (1 / alpha) it is unlikely at any time. */
double        sy_beta_mixture_log        (const SyBetaMixture *self, double s, double variance);

/* The sum at which that is reached. */
double        sy_beta_mixture_bound      (const SyBetaMixture *self, double variance, double alpha);

/* The share of which @successes of @n were seen: exact counts of requests within
 * the SLO where that is a bucket's bound. Tightest at @n_opt requests. */
void          sy_share_interval          (double successes, double n, double alpha, double n_opt,
                                          double *ret_low, double *ret_high);

/* How far the count below the quantile @p strays after @t values, for all p and
 * t at once (theorem 1 of the second paper; delta 0.5, s 1.4, eta 2). */
double        sy_double_stitching_bound  (double p, double t, double alpha, double t_opt);

/* p-value of "the quantiles @p of a and b are the same", valid at any time.
 * Sorts both. */
double        sy_quantile_ab_p           (double *a, guint n_a, double *b, guint n_b, double p, double t_opt);

G_END_DECLS
