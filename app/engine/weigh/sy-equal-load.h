/* sy-equal-load.h: two backends at the same load, whenever each carried it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-buckets.h"
#include "sy-effect.h"
#include "sy-sequence.h"

G_BEGIN_DECLS

/**
 * SyEqualLoad:
 *
 * The cloud of latency over throughput of either backend, window by window, and
 * the pairs of windows at the same load. Each new window takes the oldest free
 * one of the other side whose load is within SY_FAIR_LOAD_RATIO, so that what is
 * paired never depends on what it measured. Windows that find none wait; a load
 * that only one side carries gives no pair, and nothing is read off a curve.
 *
 * Not thread-safe. Holds what it is given: the comparison bounds it to a day.
 * Empty: no pairs.
 */
typedef struct _SyEqualLoad SyEqualLoad;

/* What the pairs say. */
typedef struct {
  SySequence sequence; /* of the logarithms of A over B */
  double     load[2];  /* requests/s, the smallest and the largest that was paired; NAN without pairs */
  double     value[2]; /* of A and of B over the paired windows, the geometric mean; NAN without pairs */
  SyQuantile measured[2]; /* the same with the bounds of the windows' buckets; SY_QUANTILE_NONE where one has none */
} SyEqualLoadPairs;

SyEqualLoad   *sy_equal_load_new   (void);
void           sy_equal_load_free  (SyEqualLoad *self);

/* A window of @side (0: A) at @load requests/s; @log_value: the logarithm of
 * what is compared. */
void           sy_equal_load_add   (SyEqualLoad *self, guint side, double load, double log_value);

/* The same of a quantile out of buckets, whose bounds are kept. */
void           sy_equal_load_add_quantile (SyEqualLoad *self, guint side, double load, const SyQuantile *value);
void           sy_equal_load_clear (SyEqualLoad *self);

/* An interval with 1 - @alpha that holds whenever one looks, widened by what the
 * loads of the pairs differ. */
void           sy_equal_load_pairs (const SyEqualLoad *self, double alpha, SyEqualLoadPairs *ret);

/* What follows where no load was carried by both: load can only have slowed the
 * busier one down, so if it is the faster one all the same, it is ahead; and if
 * neither is near its end (of a core) and the interval over simultaneous windows
 * does not tell them apart, it does not at equal load. The other way round
 * nothing follows. @moment: what that interval says; @busiest: cores in use by
 * the busier process, NAN: not known. */
SyVerdictState sy_equal_load_infer (SyVerdictState moment, gboolean a_carries_more, double busiest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyEqualLoad, sy_equal_load_free)

G_END_DECLS
