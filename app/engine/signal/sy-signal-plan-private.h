/* sy-signal-plan-private.h: where a plan's numbers come from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-recogniser-file.h"
#include "sy-signal-plan.h"

G_BEGIN_DECLS

typedef enum {
  SY_PLAN_VALUE,    /* add to an input */
  SY_PLAN_STATUS,   /* add to the errors when its status is one */
  SY_PLAN_BUCKET,   /* of a histogram */
  SY_PLAN_QUANTILE, /* of the duration summary */
} SyPlanKind;

/* What the values of one sample name are good for. */
typedef struct {
  SyPlanKind    kind;
  guint         target;      /* SyInput or SyHistogram */
  const SyRule *rule;        /* borrowed, nullable: whose labels filter */
  gboolean      skips_own;   /* leaves out our own routes */
} SyPlanSource;

/* The label of @series that holds a status, or NULL. (transfer none) */
const char *sy_signal_plan_find_status_label (const SySignalPlan *self, const SySeries *series);

/* Which of the quantiles of a reading this is; -1: none. */
gint8       sy_signal_plan_quantile_index    (double quantile);

G_END_DECLS
