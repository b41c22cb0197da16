/* sy-decide-provenance.h: how the numbers of a decision were computed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-appraisal.h"
#include "sy-provenance.h"

G_BEGIN_DECLS

/* The values of a criterion of the present decision. (transfer full) */
SyProvenance *sy_decide_provenance_criterion (SyAppraisal *appraisal, const SyDecision *decision, const SyCriterion *criterion);

/* How often A comes first. (transfer full) */
SyProvenance *sy_decide_provenance_answer    (const SyDecision *decision);

G_END_DECLS
