/* sy-line-fit.c: a straight line through points, and how sure it is
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sums of squares about the means, in two passes: throughputs of thousands
 * with a spread of ones would lose their digits in one.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-line-fit.h"

#include <math.h>

#include "sy-law.h"

static double
mean (const double *values,
      guint         n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += values[i];

  return sum / n;
}

gboolean
sy_line_fit (const double *x,
             const double *y,
             guint         n,
             SyLineFit    *ret)
{
  const double mean_x = mean (x, n);
  const double mean_y = mean (y, n);
  double sxx = 0, sxy = 0, syy = 0, residual = 0;

  for (guint i = 0; i < n; i++)
    {
      sxx += (x[i] - mean_x) * (x[i] - mean_x);
      sxy += (x[i] - mean_x) * (y[i] - mean_y);
      syy += (y[i] - mean_y) * (y[i] - mean_y);
    }

  if (n < 2 || !(sxx > 0) || !isfinite (sxy))
    return FALSE;

  *ret = (SyLineFit) { n, sxy / sxx, mean_y - sxy / sxx * mean_x, NAN, NAN, NAN, NAN, NAN, NAN };
  ret->r2 = syy > 0 ? sxy * sxy / (sxx * syy) : 1;
  if (n < 3)
    return TRUE;

  for (guint i = 0; i < n; i++)
    {
      const double e = y[i] - ret->intercept - ret->slope * x[i];

      residual += e * e;
    }

  ret->sigma = sqrt (residual / (n - 2));
  ret->se_slope = ret->sigma / sqrt (sxx);
  ret->se_intercept = ret->sigma * sqrt (1.0 / n + mean_x * mean_x / sxx);
  ret->slope_low = ret->slope - sy_law_student_quantile (0.975, n - 2) * ret->se_slope;
  ret->slope_high = ret->slope + sy_law_student_quantile (0.975, n - 2) * ret->se_slope;
  return TRUE;
}

double
sy_line_fit_max_in_flight (const SyLineFit *fit,
                           double           limit,
                           double           share)
{
  const double room = limit * share - fit->intercept;

  return fit->slope_low > 0 && room > 0 ? room / fit->slope : (double) NAN;
}
