/* sy-load-trial.h: a load on two backends, from the first step to the conclusion
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-backend.h"
#include "sy-load-conclusion.h"
#include "sy-workload.h"

G_BEGIN_DECLS

typedef enum {
  SY_TRIAL_READY,
  SY_TRIAL_RUNNING,
  SY_TRIAL_DONE,
  SY_TRIAL_STOPPED, /* somebody asked */
  SY_TRIAL_FAILED,
} SyTrialState;

/* What its requests ask alike of both. The two never share a chart. */
typedef enum {
  SY_TRIAL_EQUAL_TIME, /* of computing */
  SY_TRIAL_EQUAL_WORK, /* to be done, however long it takes */
} SyTrialBasis;

#define SY_TYPE_LOAD_TRIAL (sy_load_trial_get_type ())
G_DECLARE_FINAL_TYPE (SyLoadTrial, sy_load_trial, SY, LOAD_TRIAL, GObject)

/**
 * SyLoadTrial:
 *
 * Carries out a SyLoadProtocol with `steelyard-cli drive` as a child for each
 * step, within all its caps, and sets what the backend says of itself beside
 * what the client sees. Runs once. Lives on the backends' thread; what was
 * measured stays when it is stopped.
 *
 * Properties, read-only: state (a SyTrialState), progress (0 … 1).
 * Signal "step": another one is there.
 */

/* @workload: a profile's name or file; @b may be @a, or NULL: how much does @a
 * differ from itself? Errors: those of sy_workload_load(); SY_ERROR_INVALID when
 * both are one origin. (transfer full) */
SyLoadTrial            *sy_load_trial_new            (SyClock *clock, SyBackend *a, SyBackend *b, const char *workload,
                                                      gboolean quick, GError **error);

/* At most @per_second requests a second, above all bursts, and never more than
 * SY_LOAD_MAX_RATE. Before the start. */
void                    sy_load_trial_limit_rate     (SyLoadTrial *self, double per_second);

/* Somebody has agreed to load @origin, which is another machine. */
void                    sy_load_trial_add_consent    (SyLoadTrial *self, const char *origin);

/* The first origin that is another machine and has no consent; NULL: none. */
const char             *sy_load_trial_needs_consent  (SyLoadTrial *self);

/* Errors: SY_ERROR_INVALID without consent, SY_ERROR_FAILED. Once. */
gboolean                sy_load_trial_start          (SyLoadTrial *self, GError **error);

/* Ends the load at once; the state is STOPPED afterwards. */
void                    sy_load_trial_stop           (SyLoadTrial *self);

SyTrialState            sy_load_trial_get_state      (SyLoadTrial *self);
const GError           *sy_load_trial_get_error      (SyLoadTrial *self); /* why it FAILED */
double                  sy_load_trial_get_progress   (SyLoadTrial *self);
gint64                  sy_load_trial_get_remaining  (SyLoadTrial *self); /* µs, about */
SyTrialBasis            sy_load_trial_get_basis      (SyLoadTrial *self);
SyWorkload             *sy_load_trial_get_workload   (SyLoadTrial *self); /* (transfer none) */
SyClock                *sy_load_trial_get_clock      (SyLoadTrial *self); /* (transfer none) */
SyBackend              *sy_load_trial_get_backend    (SyLoadTrial *self, guint index); /* (transfer none) */
SyLoadProtocol         *sy_load_trial_get_protocol   (SyLoadTrial *self); /* (transfer none) */

/* The step that runs; FALSE: none does. */
gboolean                sy_load_trial_get_order      (SyLoadTrial *self, SyLoadOrder *ret);

/* Of the steps so far. (transfer full) */
SyLoadConclusion       *sy_load_trial_conclude       (SyLoadTrial *self);

G_END_DECLS
