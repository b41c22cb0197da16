/* sy-decision-words.h: a decision in plain words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-decision.h"

G_BEGIN_DECLS

/* All from the numbers of the result, translated, and speaking of deployments
 * by their labels; no language is ever named as the cause of anything.
 * Returns: (transfer full) */
char      *sy_decision_dup_headline  (const SyDecision *self);

/* "hosting", … within a list in a sentence, translated. */
const char *sy_cost_line_get_title   (SyCostLine line);

/* One paragraph for founders. */
char      *sy_decision_dup_paragraph (const SyDecision *self);

/* What is not in the amounts of hosting, as nobody knows it: unknown is never zero.
 * (nullable): they are whole, or there are none. */
char      *sy_decision_dup_outside   (const SyDecision *self);

/* (element-type utf8): what the verdict rests on, strongest first. */
GPtrArray *sy_decision_dup_reasons   (const SyDecision *self);

G_END_DECLS
