/* sy-replay-decision.h: the decision on what a recording says
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-assumptions.h"
#include "sy-session.h"
#include "sy-weighing.h"

G_BEGIN_DECLS

/* What is weighed is counted against the objective that is stated: before anything
 * is played. */
void  sy_replay_decision_prepare (SyWeighing *weighing, SyAssumptions *assumptions);

/* The decision as the application exports it, schema steelyard.decision/1, on the two
 * backends of @session and its machine's price. NULL without @error: there is nothing
 * to decide from. Errors: SY_ERROR_INVALID. (transfer full) (nullable) */
char *sy_replay_decision_to_json (SySession *session, SyWeighing *weighing, SyAssumptions *assumptions, GError **error);

G_END_DECLS
