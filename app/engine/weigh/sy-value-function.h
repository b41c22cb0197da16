/* sy-value-function.h: from what was found to how good that is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SY_VALUE_BEST 100.0
#define SY_VALUE_WORST 0.0

/* Values are fixed before anybody sees data, at anchors that mean something by
 * themselves: the objective, the budget. A scale from the worst to the best of
 * two alternatives would make a millisecond and a factor of two the same 100
 * points. (R. Keeney, H. Raiffa 1976) */
typedef struct {
  double x;
  double value;
} SyValuePoint;

/* Straight lines through @points, in increasing x. Outside of them the value
 * of the end, or with @extrapolate the last line drawn on. NAN stays NAN. */
double sy_value_function (const SyValuePoint *points, guint n, double x, gboolean extrapolate);

/* 100 at a quarter of the objective, 50 at it, 0 at twice of it. */
double sy_value_latency  (double seconds, double objective);

/* 100 at a quarter of the budget and 0 at the budget. */
double sy_value_cost     (double amount, double budget);

/* 0 … 100 for a share of a list that is there, 0 … 1. */
double sy_value_share    (double share);

G_END_DECLS
