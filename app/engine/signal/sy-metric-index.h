/* sy-metric-index.h: the metrics of one exposition, as rules name them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-exposition.h"

G_BEGIN_DECLS

/**
 * SyMetric:
 *
 * A family by the name that rules use: that of the sample for counters (which
 * OpenMetrics families do not have), else that of the family. For comparison
 * dots and whatever else Prometheus would not allow are underscores.
 */
typedef struct {
  char           *name;       /* owned: as the target spells it */
  char           *plain_name; /* owned: for comparison */
  const SyFamily *family;     /* borrowed: the exposition's */
  GPtrArray      *series;     /* owned, element-type SySeries (borrowed); empty: declared only */
  gboolean        is_created; /* the `_created` time of another family, dressed as a gauge */
} SyMetric;

/* All metrics in the order of the body. Returns: (transfer full) (element-type
 * SyMetric): valid as long as @exposition. */
GPtrArray *sy_metric_index_new (const SyExposition *exposition);

G_END_DECLS
