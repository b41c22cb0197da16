/* sy-usl.h: the Universal Scalability Law
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SyUsl:
 *
 *   X(N) = gamma N / (1 + alpha (N - 1) + beta N (N - 1))
 *
 * throughput at N requests in flight: gamma for one alone, alpha for what they
 * wait for each other, beta for what they cost each other. N. J. Gunther,
 * "Guerrilla Capacity Planning" (2007), chapters 4 to 6. A model explains what
 * was measured; it must not rank two backends beyond that.
 */
typedef struct {
  double gamma; /* requests/s */
  double alpha; /* 0 … 1 */
  double beta;  /* 0 … */
} SyUsl;

typedef struct {
  SyUsl    model;
  SyUsl    se;            /* standard errors; 0 where gamma was given, NAN where unknown */
  double   covariance[3][3]; /* gamma, alpha, beta */
  double   sigma;         /* deviation of the residuals, requests/s */
  guint    n;
  guint    df;            /* n less the parameters, also those on a bound */
  double   max_load;      /* the largest N that was measured */
  gboolean alpha_bound;   /* alpha or beta ended on 0: nothing there to see */
  gboolean beta_bound;
} SyUslFit;

/* Largest N that may be spoken of, times what was measured; ASSUMED, from fits
 * to parts of published measurements, which at 1.5 times were off by up to a
 * quarter and further out by half. */
#define SY_USL_EXTRAPOLATION 1.25

/* Fewer different loads give no fit to rely on. */
#define SY_USL_MIN_LOADS 6

/* Least squares by Levenberg and Marquardt with alpha and beta kept at or above
 * zero (alpha at most 1). @gamma fixes gamma; NAN leaves it free. FALSE with too
 * few different loads for the parameters, or without convergence. */
gboolean sy_usl_fit                  (const double *load, const double *throughput, guint n, double gamma, SyUslFit *ret);
double   sy_usl_predict              (const SyUsl *self, double load);

/* The peak: INFINITY and the roof where beta is 0, so there is none. */
double   sy_usl_peak_load            (const SyUsl *self);
double   sy_usl_peak_throughput      (const SyUsl *self);

/* What throughput cannot exceed if only waiting mattered, and the load at
 * which the straight line of one alone meets it. INFINITY without alpha. */
double   sy_usl_roof                 (const SyUsl *self);
double   sy_usl_knee                 (const SyUsl *self);

/* The load at a mean latency in seconds; NAN when one alone takes longer. */
double   sy_usl_load_at_latency      (const SyUsl *self, double latency);
double   sy_usl_throughput_at_latency (const SyUsl *self, double latency);

/* The smaller load that gives @throughput; NAN beyond the peak. */
double   sy_usl_load_at_throughput   (const SyUsl *self, double throughput);

/* Standard errors of the peak by the delta method; FALSE without a peak. */
gboolean sy_usl_fit_peak_error       (const SyUslFit *fit, double *ret_se_load, double *ret_se_throughput);

/* Student's t for 95 % at the fit's degrees of freedom; NAN with none. */
double   sy_usl_fit_t                (const SyUslFit *fit);

/* Different values among @load. */
guint    sy_usl_count_loads          (const double *load, guint n);

G_END_DECLS
