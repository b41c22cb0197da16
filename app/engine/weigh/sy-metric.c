/* sy-metric.c: the one thing that is compared
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-metric.h"

#include <glib/gi18n-lib.h>
#include <math.h>

const char *
sy_metric_label (SyMetric metric)
{
  switch (metric)
    {
    case SY_METRIC_P50:
      return _ ("p50 latency");
    case SY_METRIC_P95:
      return _ ("p95 latency");
    case SY_METRIC_P99:
      return _ ("p99 latency");
    case SY_METRIC_MEAN:
    default:
      return _ ("mean latency");
    }
}

double
sy_metric_get_quantile (SyMetric metric)
{
  static const double quantiles[]
      = { [SY_METRIC_P50] = 0.5, [SY_METRIC_P95] = 0.95, [SY_METRIC_P99] = 0.99, [SY_METRIC_MEAN] = 0 };

  return quantiles[metric];
}

SyQuantile
sy_metric_get_bounded (SyMetric metric, const SyTimeWindow *window)
{
  switch (metric)
    {
    case SY_METRIC_P50:
      return window->p50;
    case SY_METRIC_P95:
      return window->p95;
    case SY_METRIC_P99:
      return window->p99;
    case SY_METRIC_MEAN:
    default:
      return (SyQuantile) { NAN, window->latency_mean, NAN };
    }
}

double
sy_metric_get_value (SyMetric metric, const SyTimeWindow *window)
{
  return sy_metric_get_bounded (metric, window).estimate;
}
