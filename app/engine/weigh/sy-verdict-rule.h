/* sy-verdict-rule.h: from an interval and gates to a state that does not flicker
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-verdict.h"

G_BEGIN_DECLS

/* What an interval of ln (A / B) says where lower is better, @margin being
 * ln (1 + the smallest effect that matters). @before is the last state: who is
 * ahead stays so until the interval has come back over half of the margin, and
 * what is equal until it is out by half as much again. */
SyVerdictState sy_verdict_rule_interval (double low, double high, double margin, SyVerdictState before);

/* What remains of @state under @gates: the gravest of them decides. Gates that
 * are a matter of time make it too early, others too close or not comparable. */
SyVerdictState sy_verdict_rule_gates    (SyVerdictState state, const GPtrArray *gates);

/* The same of what is said at equal load. R-FEW, R-WARM and R-BUCKET hang on which
 * windows are paired: these are taken from @own, whose R-BUCKET is then told in
 * @verdict as well; the rest but R-LOAD from @verdict. */
SyVerdictState sy_verdict_rule_equal_load (SyVerdictState state, const GPtrArray *own, SyVerdict *verdict);

G_END_DECLS
