/* sy-comparison.h: two backends, window by window
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-fairness.h"
#include "sy-metric.h"
#include "sy-verdict.h"
#include "sy-time-window.h"

G_BEGIN_DECLS

/**
 * SyComparison:
 *
 * Pairs of simultaneous windows, whose shared shocks cancel, as the logarithm
 * of what A has over what B has; an interval over them that holds at every
 * look; and what the gates say. Not thread-safe. Keeps a day of windows of ten
 * seconds, then begins anew. Empty: too early.
 */
typedef struct _SyComparison SyComparison;

SyComparison *sy_comparison_new         (SyMetric metric);
void          sy_comparison_free        (SyComparison *self);
SyMetric      sy_comparison_get_metric  (const SyComparison *self);

/* Default 0.05: a difference below it does not matter. */
void          sy_comparison_set_min_effect (SyComparison *self, double min_effect);

/* Default SY_FAIR_WARM_UP seconds. */
void          sy_comparison_set_warm_up (SyComparison *self, double seconds);

/* What the windows do not tell: mix, limits, host, closed loop. Its windows,
 * requests, load, errors, latencies and interval are filled from the windows. */
void          sy_comparison_set_known   (SyComparison *self, const SyFairness *known);

/* Whether the in-flight figures of both are measured (not derived from latency,
 * which would make Little's law agree with itself). */
void          sy_comparison_set_gauges  (SyComparison *self, gboolean a, gboolean b);

/* What a load trial found at one rate on both, for when the moment says nothing,
 * not yet or not at all; NULL: nothing. A change of either drops it, new evidence does not. */
void          sy_comparison_set_trial   (SyComparison *self, const SyEffect *effect);

/* A window of each at the same time; @a_durations and @b_durations (nullable)
 * the histograms of them. @uptime of the younger one at its beginning, seconds,
 * NAN when not known: windows before the warm-up are left out. A window that
 * is not whole leaves out the pair. */
void          sy_comparison_add         (SyComparison *self, const SyTimeWindow *a, const SyTimeWindow *b,
                                         const SyBuckets *a_durations, const SyBuckets *b_durations, double uptime);

/* One of them is not what it was: what was collected is dropped. */
void          sy_comparison_change      (SyComparison *self);

/* What may be said now, with hysteresis over calls. (transfer full) */
SyVerdict    *sy_comparison_get_verdict (SyComparison *self);

/* All durations of backend @index behind the verdict. (transfer none)
 * (nullable): it has no histogram. Until the next window. */
const SyBuckets *sy_comparison_get_durations (const SyComparison *self, guint index);

/* Of each pair behind the verdict, the logarithm of what A has over what B has: the
 * values of the interval. (transfer full); NULL and 0 without evidence */
double       *sy_comparison_dup_log_ratios (const SyComparison *self, guint *ret_n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyComparison, sy_comparison_free)

G_END_DECLS
