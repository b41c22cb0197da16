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

/* Those that hang on which windows are compared with which, or the others; never that
 * of the load. (transfer container) (element-type SyGate) */
static GPtrArray *
select_gates (const GPtrArray *gates,
              gboolean         of_pairing)
{
  GPtrArray *selected = g_ptr_array_new ();

  for (guint i = 0; i < gates->len; i++)
    {
      SyGate *gate = g_ptr_array_index (gates, i);
      const gboolean is_of_pairing = gate->code == SY_GATE_FEW || gate->code == SY_GATE_WARM || gate->code == SY_GATE_BUCKET;

      if (gate->code != SY_GATE_LOAD && is_of_pairing == of_pairing)
        g_ptr_array_add (selected, gate);
    }

  return selected;
}

/* The gate of the buckets is told of what was paired at equal load. */
static void
tell_buckets (SyVerdict       *verdict,
              const GPtrArray *gates)
{
  for (guint i = 0; i < gates->len; i++)
    for (guint j = 0; j < verdict->gates->len; j++)
      {
        const SyGate *gate = g_ptr_array_index (gates, i);
        SyGate **told = (SyGate **) &g_ptr_array_index (verdict->gates, j);

        if (gate->code == SY_GATE_BUCKET && (*told)->code == SY_GATE_BUCKET)
          {
            sy_gate_free (*told);
            *told = sy_gate_copy (gate);
          }
      }
}

SyVerdictState
sy_verdict_rule_equal_load (SyVerdictState   state,
                            const GPtrArray *own,
                            SyVerdict       *verdict)
{
  g_autoptr (GPtrArray) of_moment = select_gates (verdict->gates, FALSE);
  g_autoptr (GPtrArray) of_pairing = select_gates (own, TRUE);

  state = sy_verdict_rule_gates (state, of_moment);
  tell_buckets (verdict, of_pairing);
  return state == SY_VERDICT_NOT_COMPARABLE ? state : sy_verdict_rule_gates (state, of_pairing);
}
