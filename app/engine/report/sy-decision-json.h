/* sy-decision-json.h: steelyard.decision/1
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-decision.h"
#include "sy-json-writer.h"

G_BEGIN_DECLS

/* Of the interval that a load run gives. */
#define SY_FIXED_INTERVAL_METHOD "Student's t on log ratios of ABBA pairs of blocks, number of pairs fixed beforehand"

/* The whole decision as one JSON document: what it rests on, what was computed,
 * and under "reproduce" the calls that compute it again (sy-decision-calls.h)
 * with the SHA-256 of their compact text. Needs sy_decision_compute() before.
 * Returns: (transfer full) */
char *sy_decision_to_json (const SyDecision *self);

/* One piece of its evidence, as the next value of @w. @alpha: of the intervals. */
void  sy_evidence_write_json (const SyEvidence *self, double alpha, SyJsonWriter *w);

G_END_DECLS
