/* sy-appraisal.h: the decision as it stands now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-appraisal-inputs.h"
#include "sy-decision.h"
#include "sy-load-trial.h"
#include "sy-session.h"

G_BEGIN_DECLS

#define SY_APPRAISAL_SPACING_US (2 * SY_USEC_PER_SEC)

#define SY_TYPE_APPRAISAL (sy_appraisal_get_type ())
G_DECLARE_FINAL_TYPE (SyAppraisal, sy_appraisal, SY, APPRAISAL, GObject)

/**
 * SyAppraisal:
 *
 * Weighs the first two backends of a list (SyWeighing), takes what was measured,
 * priced and stated together, and computes the decision on a worker thread: at
 * most once in SY_APPRAISAL_SPACING_US, and anew when something changed under
 * it. What is stale is dropped. Lives on the GTK thread.
 *
 * Properties, read-only: weighing (SyWeighing; NULL with fewer than two
 * backends); revision (of the decision, counts up).
 */

/* @backends: (element-type SyBackend). */
SyAppraisal       *sy_appraisal_new             (GListModel *backends, SyClock *clock, SyAssumptions *assumptions);

/* Its backends, clock and price; follows the price. */
SyAppraisal       *sy_appraisal_new_for_session (SySession *session, SyAssumptions *assumptions);

/* Both must outlive it or the next call. */
void               sy_appraisal_set_price       (SyAppraisal *self, SyPriceBook *prices, const SyPrice *price);

/* Both are asked by one schedule of ours, an open loop: the demo's load does that.
 * Kept for other backends. */
void               sy_appraisal_set_driven      (SyAppraisal *self, gboolean driven);

/* What the generator of that load has said of it; nothing where they are not driven. */
void               sy_appraisal_set_generator   (SyAppraisal *self, const SyGeneratorFacts *facts);

/* The load run that runs; NULL: none any more. It takes turns, so of two that it is
 * on nothing is compared meanwhile. */
void               sy_appraisal_set_running     (SyAppraisal *self, SyLoadTrial *trial);

/* Takes over what @trial has measured until now on these two, in place of an
 * earlier one: capacity and overload of each, and the verdict at equal load when
 * it is done. Other backends drop it. */
void               sy_appraisal_take_trial      (SyAppraisal *self, SyLoadTrial *trial);

/* As sy_assumptions_set(), as of today. */
gboolean           sy_appraisal_state          (SyAppraisal *self, const char *name, const SyAssumption *value, GError **error);

/* The clock that SY_APPRAISAL_SPACING_US is waited by: the backends' own unless told
 * otherwise. That of a recording stands still while a person changes a weight. */
void               sy_appraisal_set_pace        (SyAppraisal *self, SyClock *pace);

SyAssumptions     *sy_appraisal_get_assumptions (SyAppraisal *self); /* (transfer none) */
SyWeighing        *sy_appraisal_get_weighing    (SyAppraisal *self); /* (transfer none) (nullable) */

/* Until the next notify::revision. NULL: neither evidence nor costs nor answers,
 * or it could not be computed. (transfer none) (nullable) */
const SyDecision  *sy_appraisal_get_decision    (SyAppraisal *self);

/* Why the inputs contradict each other; NULL: they do not. (transfer none) */
const GError      *sy_appraisal_get_error       (SyAppraisal *self);

/* What the decision is asked with now, whether it is computed yet or not; the
 * source is borrowed until the main loop runs. FALSE: not known. */
gboolean           sy_appraisal_get_input       (SyAppraisal *self, const char *name, SyAssumption *ret);

/* A thread computes, or is about to. */
gboolean           sy_appraisal_is_busy         (SyAppraisal *self);

G_END_DECLS
