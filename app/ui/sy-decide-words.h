/* sy-decide-words.h: what the Decide page says of a decision
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-decision.h"

G_BEGIN_DECLS

/* "Orders" for A; "A" where nothing is known of it. Safe to show. (transfer full) */
char      *sy_decide_words_dup_label   (const SyDecision *self, guint side);

/* "86 ± 3 against 67 ± 3", "not known: it counts with the whole range of doubt".
 * (transfer full) */
char      *sy_decide_words_dup_values  (const SyCriterion *criterion);

/* At which weight of a single criterion the two change places, those nearest to
 * where they are first: "B if “Built-in security” weighs more than 24 % (now
 * 15 %)". Empty without priorities. (element-type utf8) (transfer full) */
GPtrArray *sy_decide_words_dup_flips   (const SyDecision *self);

/* "38 of 100 parts of the weight are measured". (transfer full) (nullable) */
char      *sy_decide_words_dup_measured (const SyDecision *self);

/* For a balance: -1 when A comes first for sure, 1 for B; NAN when nothing may be
 * said. @ret_certainty 0 … 1. */
double     sy_decide_words_get_tilt    (const SyDecision *self, double *ret_certainty);

G_END_DECLS
