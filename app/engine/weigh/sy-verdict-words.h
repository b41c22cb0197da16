/* sy-verdict-words.h: a verdict in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-verdict.h"

G_BEGIN_DECLS

/* Fills reasons, against and would_change from the numbers and the gates. */
void  sy_verdict_explain  (SyVerdict *self);

/* One sentence about the two deployments, called @a and @b: "not comparable on
 * the time axis: …; equal at equal load". (transfer full) */
char *sy_verdict_headline (const SyVerdict *self, const char *a, const char *b);

/* "96 to 412 requests/s": the loads for which it was measured; NULL where it was
 * for none. (transfer full) (nullable) */
char *sy_verdict_load_range (const SyEffect *effect);

/* "3 windows were left out: a person excluded them"; NULL where there are none.
 * (transfer full) (nullable) */
char *sy_verdict_dup_excluded (const SyVerdict *self);

/* "A ahead", "practically equal", "too close to call", …, translated. */
const char *sy_verdict_state_label (SyVerdictState state);

G_END_DECLS
