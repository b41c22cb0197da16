/* sy-otlp-fold.h: pushes over time as expositions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-otlp-request.h"

G_BEGIN_DECLS

/**
 * SyOtlpFold:
 *
 * What the processes of one service have said so far. Deltas are added up, so
 * that everything that leaves here is cumulative. A process is told by all
 * attributes of its resource and by since when it counts: one that begins later
 * under the same attributes has taken the place of the other, until that one is
 * heard again, then both count side by side. What several processes say stands
 * side by side, told apart by the label `instance`.
 *
 * An exposition has the metrics under the names they were pushed with (and
 * `_total`, `_bucket`, … as Prometheus has them), `target_info` with the
 * attributes of each resource, and `otlp_start_time_seconds`: since when these
 * processes count together. It changes when one restarts, joins or falls silent,
 * and so tells that counters cannot be compared across that instant.
 *
 * Limits: 64 processes, the samples and labels of an exposition, 16 MiB of labels
 * and buckets. Empty: before the first push there is nothing to make an exposition of. Not thread-safe.
 */
typedef struct _SyOtlpFold SyOtlpFold;

/* When a push came, by the clocks of here. */
typedef struct {
  gint64 monotonic_us;
  gint64 wall_us;
} SyOtlpMoment;

/* Of which service.name and service.instance.id; NULL or "": any, but one
 * service at a time. @limits may be NULL for the default. */
SyOtlpFold   *sy_otlp_fold_new          (const char *service, const char *instance, const SyExpositionLimits *limits);
void          sy_otlp_fold_free         (SyOtlpFold *self);

/* Whether @request comes of a process that has pushed since the last exposition:
 * then that one is due before this push is taken. */
gboolean      sy_otlp_fold_repeats      (SyOtlpFold *self, const SyOtlpRequest *request);

/* Takes what is ours. FALSE: nothing was. */
gboolean      sy_otlp_fold_take         (SyOtlpFold *self, const SyOtlpRequest *request, const SyOtlpMoment *moment);

/* Whether all processes that are alive have pushed since the last exposition. */
gboolean      sy_otlp_fold_is_complete  (SyOtlpFold *self);

/* Of now. Errors: SY_ERROR_EMPTY before the first push; SY_ERROR_INVALID when
 * any service was asked for and several push; SY_ERROR_SAMPLE_LIMIT,
 * SY_ERROR_CARDINALITY. (transfer full) */
SyExposition *sy_otlp_fold_render       (SyOtlpFold *self, SySeriesTable *table, const SyOtlpMoment *now, GError **error);

/* The instant that the latest numbers speak of (monotonic us): when they were
 * collected, by the pusher's clock if that is plausible, else when they came. */
gint64        sy_otlp_fold_get_time     (SyOtlpFold *self);

/* How often a process pushes, by its own clock; 0: not known yet. */
gint64        sy_otlp_fold_get_interval (SyOtlpFold *self);

/* After how long without a push (us) they are silent: three pushes that did not
 * come, at least 5 s; three minutes while the interval is not known. */
gint64        sy_otlp_fold_get_silence  (SyOtlpFold *self);

/* Names of the services that push and are not ours: "carts, mail". (transfer
 * full) (nullable): none */
char         *sy_otlp_fold_dup_others   (SyOtlpFold *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyOtlpFold, sy_otlp_fold_free)

G_END_DECLS
