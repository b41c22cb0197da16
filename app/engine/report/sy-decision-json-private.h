/* sy-decision-json-private.h: the parts of steelyard.decision/1
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-decision.h"
#include "sy-json-writer.h"

G_BEGIN_DECLS

/* A member; null where it is not known. */
void sy_decision_put_known (SyJsonWriter *w, const char *key, double value);
void sy_decision_put_pair  (SyJsonWriter *w, const char *key, double a, double b);

/* Each is a member of what is open: "evidence", "gates", "traps", "assumptions". */
void sy_decision_write_evidence    (const SyDecision *self, SyJsonWriter *w);
void sy_decision_write_gates       (const SyDecision *self, SyJsonWriter *w);
void sy_decision_write_traps       (const SyDecision *self, SyJsonWriter *w);
void sy_decision_write_assumptions (const SyDecision *self, SyJsonWriter *w);

G_END_DECLS
