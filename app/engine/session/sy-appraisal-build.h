/* sy-appraisal-build.h: from evidence and assumptions to a decision's inputs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-appraisal-inputs.h"
#include "sy-decision.h"

G_BEGIN_DECLS

/* Not yet computed. NULL when there is nothing to decide from: neither a window
 * of evidence, nor a cost, nor an answer. (transfer full) (nullable) */
SyDecision *sy_appraisal_build (const SyAppraisalBasis *basis, SyAppraisalInputs *inputs);

/* The evidence, the gates of money and the traps, into a @decision whose verdict,
 * currency and cost are there. */
void        sy_appraisal_add_evidence (const SyAppraisalBasis *basis, SyAppraisalInputs *inputs, SyDecision *decision);

G_END_DECLS
