/* sy-replay-decision.c: the decision on what a recording says
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-replay-decision.h"

#include "sy-appraisal-build.h"
#include "sy-decision-json.h"

void
sy_replay_decision_prepare (SyWeighing    *weighing,
                            SyAssumptions *assumptions)
{
  SyAssumption threshold;

  if (sy_assumptions_get (assumptions, "slo_threshold", &threshold))
    g_object_set (weighing, "slo", threshold.value, NULL);
}

char *
sy_replay_decision_to_json (SySession     *session,
                            SyWeighing    *weighing,
                            SyAssumptions *assumptions,
                            GError       **error)
{
  SyClock *clock = sy_session_get_clock (session);
  const SyAppraisalBasis basis = {
    .weighing = weighing,
    .assumptions = assumptions,
    .prices = sy_session_get_price_book (session),
    .price = sy_session_get_price (session),
    .wall_us = sy_clock_get_wall (clock),
    .monotonic_us = sy_clock_get_monotonic (clock),
  };
  g_autoptr (SyAppraisalInputs) inputs = sy_appraisal_inputs_new (&basis);
  g_autoptr (SyDecision) decision = sy_appraisal_build (&basis, inputs);

  if (decision == NULL || !sy_decision_compute (decision, error))
    return NULL;

  return sy_decision_to_json (decision);
}
