/* sy-compare-pace.c: how finely a comparison of so long a time is cut
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-compare-pace.h"

#include <math.h>

#include "sy-fairness.h"
#include "sy-weighing.h"

#define WINDOWS 15
#define SCRAPES_A_WINDOW 4
#define MAX_RATE_US (5 * SY_USEC_PER_SEC)
#define WARM_UP_SHARE 4

SyComparePace
sy_compare_pace (gint64 duration_us,
                 double warm_up)
{
  const gint64 window_us = CLAMP (duration_us / WINDOWS, SY_USEC_PER_SEC, SY_WEIGHING_WINDOW_US);
  const double usual = (double) duration_us / WARM_UP_SHARE / SY_USEC_PER_SEC;

  return (SyComparePace) {
    .window_us = window_us,
    .scrape_us = CLAMP (duration_us / WINDOWS / SCRAPES_A_WINDOW, SY_USEC_PER_SEC / 4, SY_USEC_PER_SEC),
    .rate_us = MIN (window_us / 2, MAX_RATE_US),
    .warm_up = warm_up >= 0 ? warm_up : fmin (SY_FAIR_WARM_UP, usual),
  };
}
