/* sy-window-pairs.h: simultaneous windows of two backends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-sequence.h"

G_BEGIN_DECLS

/* What is kept of a window. */
typedef enum {
  SY_PAIR_LOG_VALUE, /* the logarithm of what is compared */
  SY_PAIR_REQUESTS,
  SY_PAIR_LOAD,      /* requests/s */
  SY_PAIR_ERRORS,    /* requests that failed */
  SY_PAIR_IN_FLIGHT,
  SY_PAIR_CPU,       /* cores */
  SY_PAIR_LATENCY,   /* the mean, seconds */
  SY_N_PAIR_FIELDS
} SyPairField;

typedef struct {
  double values[SY_N_PAIR_FIELDS][2]; /* of A and of B; NAN: not known */
  double seconds;
} SyWindowPair;

/**
 * SyWindowPairs:
 *
 * Pairs of windows in the order of time, and what they say on the whole. Everything
 * is computed again from the pairs: no running sum grows stale. Not thread-safe. Holds
 * what it is given. Empty: NAN, unless it says otherwise.
 */
typedef struct _SyWindowPairs SyWindowPairs;

SyWindowPairs *sy_window_pairs_new         (void);
void           sy_window_pairs_free        (SyWindowPairs *self);
void           sy_window_pairs_clear       (SyWindowPairs *self);
void           sy_window_pairs_add         (SyWindowPairs *self, const SyWindowPair *pair);
guint          sy_window_pairs_get_n       (const SyWindowPairs *self);
double         sy_window_pairs_get_seconds (const SyWindowPairs *self); /* 0 when empty */

/* Over all pairs: weighted by time, NAN where any is; and the plain sum, 0 when empty. */
double         sy_window_pairs_get_mean    (const SyWindowPairs *self, SyPairField field, guint side);
double         sy_window_pairs_get_total   (const SyWindowPairs *self, SyPairField field, guint side);

/* Of the requests of all pairs in which failures are known, those that failed: a counter
 * of failures may begin with the first. NAN where none knows, or none had a request. */
double         sy_window_pairs_get_error_share (const SyWindowPairs *self, guint side);

/* Of what the typical window has: the geometric mean, so that the ratio of the two is
 * that of the sequence. A quantile of all windows together would be another thing: one
 * bad minute moves it by a factor, and the ratio by a tenth. */
double         sy_window_pairs_get_typical (const SyWindowPairs *self, guint side);

/* How much the last third lies over the first; 0 where that may be noise, NAN with too
 * few windows. */
double         sy_window_pairs_get_drift   (const SyWindowPairs *self, guint side);

/* Whether its load was another in the last third than in the first: a drift of the
 * latency need be nothing else. */
gboolean       sy_window_pairs_has_load_drifted (const SyWindowPairs *self, guint side);

/* How far the mean of in flight less throughput times latency may be off by chance: a
 * gauge that is read now and then misses most of what happens between. INFINITY where
 * too few windows tell. */
double         sy_window_pairs_get_in_flight_error (const SyWindowPairs *self, guint side);

/* The typical ratio of the loads of simultaneous windows, less what the chance of so
 * many requests makes of it: a count of n varies by its root. */
double         sy_window_pairs_get_load_apart (const SyWindowPairs *self);

/* The smallest and the largest load of either. */
void           sy_window_pairs_get_load_range (const SyWindowPairs *self, double ret[2]);

/* The logarithm of A over B in what is compared, a pair each: the values of that
 * sequence. (transfer full) (nullable): NULL and 0 when empty */
double        *sy_window_pairs_dup_log_ratios (const SyWindowPairs *self, guint *ret_n);

/* Of the logarithm of A over B in what is compared (SY_PAIR_LOG_VALUE), or in @field. */
void           sy_window_pairs_get_sequence (const SyWindowPairs *self, SyPairField field, double alpha, SySequence *ret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyWindowPairs, sy_window_pairs_free)

G_END_DECLS
