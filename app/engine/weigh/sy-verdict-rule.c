/* sy-verdict-rule.c: from an interval and gates to a state that does not flicker
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *                 refused                      (any gate)
 *   too early ─────────────► not comparable ◄──────────────┐
 *      │ enough windows                                     │
 *      ▼         beyond the margin                          │
 *   too close ───────────────────► A ahead / B ahead ───────┤
 *      │  ▲      within it   ┌───► practically equal ───────┘
 *      └──┼──────────────────┘            │
 *         └───────────────────────────────┘ beyond the wider margins only
 *
 * Entering a decided state takes the full margin, so hysteresis never makes a
 * verdict of what was not one: it only keeps what was.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-verdict-rule.h"

#include <math.h>

#define STAY_AHEAD 0.5
#define STAY_EQUAL 1.5

SyVerdictState
sy_verdict_rule_interval (double         low,
                          double         high,
                          double         margin,
                          SyVerdictState before)
{
  const double ahead_a = before == SY_VERDICT_A_AHEAD ? STAY_AHEAD * margin : margin;
  const double ahead_b = before == SY_VERDICT_B_AHEAD ? STAY_AHEAD * margin : margin;
  const double equal = before == SY_VERDICT_PRACTICALLY_EQUAL ? STAY_EQUAL * margin : margin;

  if (!isfinite (low) || !isfinite (high))
    return SY_VERDICT_TOO_EARLY;
  if (low > ahead_b)
    return SY_VERDICT_B_AHEAD;
  if (high < -ahead_a)
    return SY_VERDICT_A_AHEAD;
  if (low >= -equal && high <= equal)
    return SY_VERDICT_PRACTICALLY_EQUAL;

  return SY_VERDICT_TOO_CLOSE;
}

SyVerdictState
sy_verdict_rule_gates (SyVerdictState   state,
                       const GPtrArray *gates)
{
  gboolean early = FALSE, close = FALSE;

  for (guint i = 0; i < gates->len; i++)
    {
      const SyGate *gate = g_ptr_array_index (gates, i);

      if (gate->effect == SY_GATE_REFUSE)
        return SY_VERDICT_NOT_COMPARABLE;
      if (gate->effect == SY_GATE_WITHHOLD && gate->code == SY_GATE_BUCKET)
        close = TRUE;
      else if (gate->effect == SY_GATE_WITHHOLD)
        early = TRUE;
    }

  if (early)
    return SY_VERDICT_TOO_EARLY;

  return close && state != SY_VERDICT_TOO_EARLY ? SY_VERDICT_TOO_CLOSE : state;
}
