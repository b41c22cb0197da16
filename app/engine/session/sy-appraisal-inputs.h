/* sy-appraisal-inputs.h: every number of a decision, and where it comes from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-assumptions.h"
#include "sy-service-prices.h"
#include "sy-trial-evidence.h"
#include "sy-weighing.h"

G_BEGIN_DECLS

/* Borrowed while inputs are made of it. */
typedef struct {
  SyWeighing    *weighing;    /* (nullable): fewer than two backends */
  SyAssumptions *assumptions;
  const SyTrialEvidence *trial; /* (nullable): no load was run on these two */
  SyPriceBook   *prices;      /* (nullable) */
  const SyPrice *price;       /* (nullable): of the machine */
  gint64         wall_us;
  gint64         monotonic_us; /* of the same moment */
} SyAppraisalBasis;

/**
 * SyAppraisalInputs:
 *
 * What is stated, else what was measured or priced, else the default. Immutable;
 * owns its texts.
 */
typedef struct _SyAppraisalInputs SyAppraisalInputs;

SyAppraisalInputs *sy_appraisal_inputs_new  (const SyAppraisalBasis *basis);
void               sy_appraisal_inputs_free (SyAppraisalInputs *self);

/* @name as in sy_assumptions_get(), with a side where it has one. FALSE: not
 * known; the source then says what to do about it. */
gboolean           sy_appraisal_inputs_get  (SyAppraisalInputs *self, const char *name, SyAssumption *ret);

/* What the price of a service (SyService, and up for tiers of traffic) is called
 * here: "lb_price", "lb_unit_price", "egress_price.0", … (transfer full) */
char              *sy_appraisal_service_name (guint service);

/* What a person states of it, as in sy_assumptions_get(): all tiers of traffic are
 * one price then, "egress_price". */
const char        *sy_appraisal_service_parameter (guint service);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyAppraisalInputs, sy_appraisal_inputs_free)

G_END_DECLS
