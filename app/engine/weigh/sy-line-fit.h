/* sy-line-fit.h: a straight line through points, and how sure it is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* y = intercept + slope x by least squares. The intervals hold where residuals
 * are independent and alike: fit means of windows, not single requests. */
typedef struct {
  guint  n;
  double slope;
  double intercept;
  double se_slope;     /* standard errors; NAN under three points */
  double se_intercept;
  double sigma;        /* deviation of the residuals */
  double r2;
  double slope_low;    /* 95 %, Student's t with n - 2 degrees of freedom */
  double slope_high;
} SyLineFit;

/* FALSE with fewer than two different x. With @y the CPU-seconds a second and
 * @x the requests a second, the slope is the service demand without what an
 * idle process costs, and the intercept is that cost. */
gboolean sy_line_fit (const double *x, const double *y, guint n, SyLineFit *ret);

/* How many requests may be in flight in @limit bytes of which @share may be
 * used, by a fit of memory on in flight. NAN when the slope's interval holds
 * zero: memory does not tell then. */
double   sy_line_fit_max_in_flight (const SyLineFit *fit, double limit, double share);

G_END_DECLS
