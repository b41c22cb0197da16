/* sy-compare-trial.h: steelyard-cli compare --protocol
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-load-trial.h"

G_BEGIN_DECLS

/* Carries out @trial to its end or until it is interrupted, with progress on
 * standard error, and prints what came of it. Returns: an exit status, but for
 * an expectation: @ret_state is what it is held against. */
int sy_compare_trial_run (SyLoadTrial *trial, gboolean json, SyVerdictState *ret_state);

G_END_DECLS
