/* sy-metric.h: the one thing that is compared
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-time-window.h"

G_BEGIN_DECLS

/* The one thing that is compared; said before, and the evidence begins anew
 * with another. Lower is better. */
typedef enum {
  SY_METRIC_P50,
  SY_METRIC_P95,
  SY_METRIC_P99,
  SY_METRIC_MEAN,
} SyMetric;

const char *sy_metric_label        (SyMetric metric); /* "p95 latency", translated */

/* In seconds; NAN where it is not known. */
double      sy_metric_get_value    (SyMetric metric, const SyTimeWindow *window);

/* With the bounds of its bucket; the mean has none (NAN). */
SyQuantile  sy_metric_get_bounded  (SyMetric metric, const SyTimeWindow *window);
double      sy_metric_get_quantile (SyMetric metric); /* 0 for the mean */

G_END_DECLS
