/* sy-decimals.c: how many digits after the point a number is worth
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-base"

#include "config.h"

#include "sy-decimals.h"

#include <math.h>

#define MAX_DECIMALS 12
#define SMALLEST 1e-12

static int
before_rounding (double value,
                 int    significant)
{
  const double magnitude = fabs (value);

  if (!isfinite (magnitude) || magnitude < SMALLEST)
    return 0;

  return CLAMP (significant - 1 - (int) floor (log10 (magnitude)), 0, MAX_DECIMALS);
}

int
sy_decimals_for (double value,
                 int    significant)
{
  const double scale = pow (10, before_rounding (value, significant));

  /* Rounding may have brought a digit more before the point. */
  return before_rounding (round (value * scale) / scale, significant);
}
