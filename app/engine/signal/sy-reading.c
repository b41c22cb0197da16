/* sy-reading.c: the numbers of one backend at one instant
 *
 * A plain value; empty means that every number is NAN, which is "unknown".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-reading.h"

#include <math.h>

const char *
sy_gap_nick (SyGap gap)
{
  static const char * const nicks[] = {
    [SY_GAP_NONE] = "none",
    [SY_GAP_FIRST] = "first",
    [SY_GAP_DOWN] = "down",
    [SY_GAP_LATE] = "late",
    [SY_GAP_RESTART] = "restart",
    [SY_GAP_OTHER_WORKER] = "other-worker",
    [SY_GAP_RESET] = "reset",
    [SY_GAP_SUSPENDED] = "suspended",
    [SY_GAP_OVERRUN] = "overrun",
    [SY_GAP_FORMAT_CHANGED] = "format-changed",
  };

  return (gsize) gap < G_N_ELEMENTS (nicks) ? nicks[gap] : "none";
}

void
sy_reading_init (SyReading *self)
{
  *self = (SyReading) {
    .throughput = NAN,
    .errors = NAN,
    .error_ratio = NAN,
    .in_flight = NAN,
    .p50 = SY_QUANTILE_NONE,
    .p95 = SY_QUANTILE_NONE,
    .p99 = SY_QUANTILE_NONE,
    .latency_mean = NAN,
    .latency_count = NAN,
    .cpu_cores = NAN,
    .rss = NAN,
    .loop_lag = NAN,
    .loop_utilisation = NAN,
    .workers = NAN,
    .workers_busy = NAN,
    .queue = NAN,
    .threads = NAN,
    .start_time = NAN,
  };
}
