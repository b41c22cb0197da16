/* sy-order-statistic.c: where a percentile lies, by counting
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-order-statistic.h"

#include <math.h>

#include "sy-law.h"

/* P (at most k of n lie below the quantile). */
static double
at_most (int    k,
         guint  n,
         double p)
{
  if (k < 0)
    return 0;

  return (guint) k >= n ? 1 : sy_law_binomial ((guint) k, p, n);
}

SyOrderInterval
sy_order_interval (guint  n,
                   double p,
                   double confidence)
{
  const double side = (1 - confidence) / 2;
  SyOrderInterval interval = { 0, n + 1, 0 };
  guint low = 0, high = n + 1;

  /* The largest l with P (fewer than l below) <= side. */
  while (low < high)
    {
      const guint middle = low + (high - low + 1) / 2;

      if (at_most ((int) middle - 1, n, p) <= side)
        low = middle;
      else
        high = middle - 1;
    }
  interval.lower = MIN (low, n);

  /* The smallest u with P (fewer than u below) >= 1 - side. */
  low = 0;
  high = n + 1;
  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (at_most ((int) middle - 1, n, p) >= 1 - side)
        high = middle;
      else
        low = middle + 1;
    }

  /* All n below the quantile is as likely as not reaching it at all. */
  interval.upper = high;
  interval.coverage = (interval.upper > n ? 1 : at_most ((int) interval.upper - 1, n, p))
                      - at_most ((int) interval.lower - 1, n, p);
  return interval;
}

guint
sy_order_min_n (double p)
{
  g_return_val_if_fail (p > 0 && p < 1, 0);

  return (guint) ceil (log (0.025) / log (p));
}

gboolean
sy_batch_means (const double *values,
                guint         n,
                guint         n_batches,
                double       *ret_mean,
                double       *ret_half_width)
{
  const guint size = n_batches > 0 ? n / n_batches : 0;
  double mean = 0, squares = 0;

  if (n_batches < 2 || size == 0)
    return FALSE;

  /* Welford's update: the mean so far and the squares about it. */
  for (guint batch = 0; batch < n_batches; batch++)
    {
      double sum = 0, delta;

      for (guint i = 0; i < size; i++)
        sum += values[batch * size + i];
      delta = sum / size - mean;
      mean += delta / (batch + 1);
      squares += delta * (sum / size - mean);
    }

  *ret_mean = mean;
  *ret_half_width = sy_law_student_quantile (0.975, n_batches - 1) * sqrt (squares / (n_batches - 1) / n_batches);
  return TRUE;
}
