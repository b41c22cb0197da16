/* sy-appraisal-prices.h: the prices that a decision rests on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-appraisal-inputs.h"
#include "sy-decision.h"

G_BEGIN_DECLS

/* Service prices of @plan in the decision's currency, from the list of @basis;
 * NAN where there is none. */
void sy_appraisal_prices_fill  (const SyAppraisalBasis *basis, SyHostingPlan *plan);

/* To @decision, whose costs are filled: a piece of evidence for each price that is
 * in them, and the gates of their age, unit and currency. Where no hosting is paid
 * for, no price weakens anything. */
void sy_appraisal_prices_judge (const SyAppraisalBasis *basis, SyAppraisalInputs *inputs, SyDecision *decision);

G_END_DECLS
