/* sy-sequence.c: intervals that hold at any time one looks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-sequence.h"

#include <math.h>

#define MAX_CORRELATION 0.9
#define MAX_VALUES 1000000

double
sy_sequence_rho (double variance_opt,
                 double alpha)
{
  const double l = 2 * log (1 / alpha);

  return variance_opt / (l + log1p (l));
}

double
sy_sequence_normal_bound (double variance,
                          double alpha,
                          double rho)
{
  return sqrt ((variance + rho) * (log1p (variance / rho) + 2 * log (1 / alpha)));
}

/* Of the values about @mean, each with the next. */
static double
lag_one (const double *values,
         guint         n,
         double        mean,
         double        squares)
{
  double products = 0;

  for (guint i = 1; i < n; i++)
    products += (values[i] - mean) * (values[i - 1] - mean);

  return squares > 0 ? CLAMP (products / squares, 0, MAX_CORRELATION) : 0;
}

void
sy_sequence_mean (const double *values,
                  guint         n,
                  double        alpha,
                  SySequence   *ret)
{
  double sum = 0, squares = 0, inflation, variance, radius;

  *ret = (SySequence) { n, NAN, NAN, NAN, -INFINITY, INFINITY };
  if (n == 0)
    return;

  for (guint i = 0; i < n; i++)
    sum += values[i];
  ret->mean = sum / n;
  if (n < 2)
    return;

  for (guint i = 0; i < n; i++)
    squares += (values[i] - ret->mean) * (values[i] - ret->mean);
  ret->deviation = sqrt (squares / (n - 1));
  ret->correlation = lag_one (values, n, ret->mean, squares);
  if (n < SY_SEQUENCE_MIN)
    return;

  inflation = (1 + ret->correlation) / (1 - ret->correlation);
  variance = squares / (n - 1) * inflation;

  /* Values that never differ: the interval is the value. */
  radius = variance > 0
             ? sy_sequence_normal_bound (n * variance, alpha, sy_sequence_rho (SY_SEQUENCE_TUNED * variance, alpha)) / n
             : 0;
  ret->low = ret->mean - radius;
  ret->high = ret->mean + radius;
}

guint
sy_sequence_values_needed (double deviation,
                           double effect,
                           double alpha)
{
  const double variance = deviation * deviation;
  const double rho = sy_sequence_rho (SY_SEQUENCE_TUNED * variance, alpha);
  guint low = SY_SEQUENCE_MIN, high = MAX_VALUES;

  if (!(effect > 0) || !(deviation >= 0))
    return 0;
  if (deviation == 0)
    return low;
  if (sy_sequence_normal_bound (high * variance, alpha, rho) / high > effect)
    return 0;

  /* The width falls with every value. */
  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (sy_sequence_normal_bound (middle * variance, alpha, rho) / middle <= effect)
        high = middle;
      else
        low = middle + 1;
    }

  return low;
}
