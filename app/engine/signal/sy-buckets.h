/* sy-buckets.h: histograms stay histograms until somebody asks for a percentile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A percentile and the bucket it fell into: the truth is between the bounds,
 * the estimate is a straight line between them. All NAN when there is no data;
 * upper is INFINITY in the last bucket, the estimate then its lower bound. */
typedef struct {
  double lower;
  double estimate;
  double upper;
} SyQuantile;

#define SY_QUANTILE_NONE ((SyQuantile) { NAN, NAN, NAN })

/**
 * SyBuckets:
 *
 * Cumulative counts over ascending upper bounds, the last of which is +Inf,
 * with the sum of what was observed. Histograms of different bounds are merged
 * on the bounds they share. Not thread-safe.
 */
typedef struct _SyBuckets SyBuckets;

SyBuckets   *sy_buckets_new       (void);
void         sy_buckets_free      (SyBuckets *self);
SyBuckets   *sy_buckets_copy      (const SyBuckets *self);

/* Adds @count to the cumulative count at @bound (merging series label by label). */
void         sy_buckets_add       (SyBuckets *self, double bound, double count);
void         sy_buckets_set_sum   (SyBuckets *self, double sum);
void         sy_buckets_merge     (SyBuckets *self, const SyBuckets *other);

/* What was observed between @before and @self, both of one process. FALSE when
 * any count fell (a reset) or the bounds changed; @ret is untouched then. */
gboolean     sy_buckets_delta     (const SyBuckets *self, const SyBuckets *before, SyBuckets **ret);
double       sy_buckets_get_count (const SyBuckets *self);
double       sy_buckets_get_sum   (const SyBuckets *self); /* NAN when unknown */
guint        sy_buckets_get_n     (const SyBuckets *self);
double       sy_buckets_get_bound (const SyBuckets *self, guint index);
double       sy_buckets_get_cumulative (const SyBuckets *self, guint index);

/* @q in [0, 1]; the estimate is that of Prometheus' histogram_quantile for
 * classic histograms (rules 1 to 9 in the .c file). */
SyQuantile   sy_buckets_quantile  (const SyBuckets *self, double q);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyBuckets, sy_buckets_free)

G_END_DECLS
