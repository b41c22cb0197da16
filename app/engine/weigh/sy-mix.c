/* sy-mix.c: what was asked, in which shares
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-mix.h"

#include <math.h>

static double
sum (const double *values,
     guint         n)
{
  double total = 0;

  for (guint i = 0; i < n; i++)
    total += values[i];

  return total;
}

double
sy_mix_distance (const double *a,
                 const double *b,
                 guint         n)
{
  const double sum_a = sum (a, n);
  const double sum_b = sum (b, n);
  double distance = 0;

  if (!(sum_a > 0 && sum_b > 0))
    return NAN;

  for (guint i = 0; i < n; i++)
    distance += fabs (a[i] / sum_a - b[i] / sum_b);

  return distance / 2;
}

double
sy_mix_weighted (const double *values,
                 const double *shares,
                 guint         n)
{
  double total = 0;

  for (guint i = 0; i < n; i++)
    total += values[i] * shares[i];

  return total / sum (shares, n);
}

void
sy_omission_correct (GArray *values,
                     double  interval)
{
  const guint n = values->len;

  g_return_if_fail (interval > 0);

  for (guint i = 0; i < n; i++)
    {
      const double value = g_array_index (values, double, i);

      /* By multiples: taking the interval away each time would add up its
       * rounding. */
      for (guint missed = 1; value - missed * interval >= interval; missed++)
        {
          const double seen = value - missed * interval;

          g_array_append_val (values, seen);
        }
    }
}
