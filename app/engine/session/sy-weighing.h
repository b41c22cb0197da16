/* sy-weighing.h: two backends on the balance
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-backend.h"
#include "sy-comparison.h"

G_BEGIN_DECLS

#define SY_WEIGHING_WINDOW_US (10 * SY_USEC_PER_SEC)
#define SY_WEIGHING_MOST_WARM_UP 3600 /* seconds */

#define SY_TYPE_WEIGHING (sy_weighing_get_type ())
G_DECLARE_FINAL_TYPE (SyWeighing, sy_weighing, SY, WEIGHING, GObject)

/**
 * SyWeighing:
 *
 * Watches two backends' histories, cuts them into simultaneous windows, and
 * says what may be said of them. It compares at most once a second and only
 * when a window is whole, or when other ranges are excluded, from an idle moment of
 * its thread (the backends' thread). Before the first window it is too early.
 *
 * Properties, all read-only but the first four: window-us (changing it begins
 * anew), slo (seconds, 0: none; likewise), warm-up (seconds), min-effect;
 * state (a SyVerdictState); revision (of the verdict, counts up).
 */
SyWeighing      *sy_weighing_new             (SyClock *clock, SyBackend *a, SyBackend *b);

/* What is compared; the evidence begins anew. Without it the first windows
 * decide: p95 where both have a histogram, else the mean. */
void             sy_weighing_set_metric      (SyWeighing *self, SyMetric metric);
SyMetric         sy_weighing_get_metric      (SyWeighing *self);

/* Both are asked by a load of ours: the same schedule, an open loop. */
void             sy_weighing_set_driven      (SyWeighing *self, gboolean driven);

/* What the generator of that load has said of it, when it has ended; the last word
 * counts. Another load begins without one. */
void             sy_weighing_set_generator   (SyWeighing *self, const SyGeneratorFacts *facts);

/* TRUE while a load run takes turns on them: its windows, whole or in part, stay out
 * of the evidence. */
void             sy_weighing_set_held        (SyWeighing *self, gboolean held);

/* What a load trial found of these two at the same load, for when the moment says
 * nothing; NULL: nothing. It outlives the windows, but not a restart of either. */
void             sy_weighing_set_trial       (SyWeighing *self, const SyEffect *effect);

/* (transfer none): until the next notify::revision */
const SyVerdict *sy_weighing_get_verdict     (SyWeighing *self);
SyBackend       *sy_weighing_get_backend     (SyWeighing *self, guint index); /* (transfer none) 0: A, 1: B */

/* The windows of @index so far, at most a day of them, for capacity and models.
 * (element-type SyTimeWindow) (transfer none) */
const GArray    *sy_weighing_get_windows     (SyWeighing *self, guint index);

/* Those of them that are whole since its last restart or reset: what was before may
 * have been another program. @ret_n: how many. (transfer none) (nullable), likewise */
const SyTimeWindow *sy_weighing_get_current_windows (SyWeighing *self, guint index, guint *ret_n);

/* All durations of @index behind the verdict: for other quantiles of the same
 * evidence. (transfer none) (nullable), until the next window */
const SyBuckets *sy_weighing_get_durations   (SyWeighing *self, guint index);

/* As sy_comparison_dup_log_ratios(). */
double          *sy_weighing_dup_log_ratios  (SyWeighing *self, guint *ret_n);

/* Compares what has arrived at once, not at the next idle moment. */
void             sy_weighing_flush           (SyWeighing *self);

/* Drops all evidence. */
void             sy_weighing_reset           (SyWeighing *self);

G_END_DECLS
