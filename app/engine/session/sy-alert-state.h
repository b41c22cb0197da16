/* sy-alert-state.h: whether what a rule speaks of is the case
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-alert-rule.h"

G_BEGIN_DECLS

typedef enum {
  SY_ALERT_NOTHING,
  SY_ALERT_BEGAN,
  SY_ALERT_ENDED,
} SyAlertTurn;

/**
 * SyAlertState:
 *
 * A plain value that takes one measurement after the other and turns at most once
 * at each. Values count, and nothing else: a gap neither begins an event nor ends
 * one. Two values that are further apart than what is given as reach do not make
 * one stretch of time, for nobody knows what was between them; a single answer
 * that did not come is no such gap.
 */
typedef struct {
  gboolean is_firing;
  gint64   since_us; /* monotonic: the first of the values in a row that speak for a turn; G_MININT64: none */
  gint64   known_us; /* monotonic: the last value; G_MININT64: none */
} SyAlertState;

void        sy_alert_state_init (SyAlertState *self);

/* @value (NAN: a gap) is what was measured at the monotonic @time_us, later than
 * all before. @reach_us: see above. */
SyAlertTurn sy_alert_state_take (SyAlertState *self, const SyAlertRule *rule, gint64 reach_us, gint64 time_us, double value);

G_END_DECLS
