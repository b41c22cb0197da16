/* sy-verdict-text.h: a live verdict in short words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-verdict.h"

G_BEGIN_DECLS

/* Of the two deployments, called @a and @b (safe to show): "Orders is ahead at
 * this load". NULL while it is too early. (transfer full) (nullable) */
char   *sy_verdict_text_dup_title  (const SyVerdict *self, const char *a, const char *b);

/* Size, interval and minutes of evidence; or what is missing. (transfer full) */
char   *sy_verdict_text_dup_detail (const SyVerdict *self, const char *a, const char *b);

/* "✓ Both carry the same load"; "⚠" before what stands against the verdict and
 * "…" before what will pass by waiting. @index counts those that were not passed
 * first. NULL: there are no more. (transfer full) (nullable) */
char   *sy_verdict_text_dup_gate   (const SyVerdict *self, guint index, gboolean *ret_against);

/* For a balance: -1 when A has a quarter of what B has, 0 when they are equal, 1
 * for B; @ret_certainty 0 … 1 falls with the width of the interval. Both NAN
 * where nothing may be said. */
double  sy_verdict_text_get_tilt   (const SyVerdict *self, double *ret_certainty);

G_END_DECLS
