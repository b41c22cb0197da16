/* sy-trial-evidence.h: what a load trial leaves behind for a decision
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-load-finding.h"
#include "sy-load-trial.h"

G_BEGIN_DECLS

/**
 * SyTrialEvidence:
 *
 * A copy of the steps of a trial, sorted to the A and the B of a decision, with
 * the day and the profile. Immutable, and independent of the trial.
 */
typedef struct _SyTrialEvidence SyTrialEvidence;

/* @wall_us: now. NULL where the trial was neither on @a nor on @b, or has not one
 * step. (transfer full) (nullable) */
SyTrialEvidence *sy_trial_evidence_new        (SyLoadTrial *trial, SyBackend *a, SyBackend *b, gint64 wall_us);
void             sy_trial_evidence_free       (SyTrialEvidence *self);

/* What the steps of @side (0: A) say under @target; UNKNOWN without steps of it. */
void             sy_trial_evidence_find       (const SyTrialEvidence *self, guint side, const SyLoadTarget *target,
                                               SyLoadFinding *ret);

/* It has steps of @side, and of all of them none counts: others or the generator
 * were in the way. FALSE for NULL. */
gboolean         sy_trial_evidence_is_disturbed (const SyTrialEvidence *self, guint side);

/* What its blocks say at equal load of A and B. FALSE: nothing, as of a trial that
 * was not finished, or of one backend against itself. */
gboolean         sy_trial_evidence_get_effect (const SyTrialEvidence *self, SyEffect *ret);

/* The @share quantile of the answers of @side at the load of that effect, as the
 * client saw them, in seconds; NAN: without an effect, or of too few answers. */
double           sy_trial_evidence_get_quantile (const SyTrialEvidence *self, guint side, double share);

/* "load run of 2026-11-27, “Waiting and computing”", translated. (transfer none) */
const char      *sy_trial_evidence_get_origin (const SyTrialEvidence *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyTrialEvidence, sy_trial_evidence_free)

G_END_DECLS
