/* sy-value-function.c: from what was found to how good that is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-value-function.h"

#include <math.h>

double
sy_value_function (const SyValuePoint *points,
                   guint               n,
                   double              x,
                   gboolean            extrapolate)
{
  guint i = 1;

  g_return_val_if_fail (n >= 2, NAN);

  if (isnan (x))
    return NAN;
  if (!extrapolate && x <= points[0].x)
    return points[0].value;
  if (!extrapolate && x >= points[n - 1].x)
    return points[n - 1].value;

  while (i < n - 1 && x > points[i].x)
    i++;

  return points[i - 1].value
         + (points[i].value - points[i - 1].value) * (x - points[i - 1].x) / (points[i].x - points[i - 1].x);
}

double
sy_value_latency (double seconds,
                  double objective)
{
  const SyValuePoint points[] = {
    { objective / 4, SY_VALUE_BEST }, { objective, (SY_VALUE_BEST + SY_VALUE_WORST) / 2 }, { objective * 2, SY_VALUE_WORST },
  };

  return sy_value_function (points, G_N_ELEMENTS (points), seconds, FALSE);
}

double
sy_value_cost (double amount,
               double budget)
{
  const SyValuePoint points[] = { { budget / 4, SY_VALUE_BEST }, { budget, SY_VALUE_WORST } };

  return sy_value_function (points, G_N_ELEMENTS (points), amount, FALSE);
}

double
sy_value_share (double share)
{
  const SyValuePoint points[] = { { 0, SY_VALUE_WORST }, { 1, SY_VALUE_BEST } };

  return sy_value_function (points, G_N_ELEMENTS (points), share, FALSE);
}
