/* sy-metric-picker.h: which metric of a backend plays a role
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-exposition.h"
#include "sy-role.h"

G_BEGIN_DECLS

#define SY_TYPE_METRIC_PICKER (sy_metric_picker_get_type ())
G_DECLARE_FINAL_TYPE (SyMetricPicker, sy_metric_picker, SY, METRIC_PICKER, AdwBin)

/**
 * SyMetricPicker:
 *
 * A searchable list of the metrics that can play one role, after "automatic"
 * and "none". Signal "picked" (gboolean automatic, const char *metric): metric
 * is NULL for none. "dismissed": Escape in the search, and nothing was picked.
 */

/* Fills the list anew. @exposition (nullable): the last answer. */
void sy_metric_picker_set_role (SyMetricPicker *self, const SyRole *role, SyExposition *exposition);

G_END_DECLS
