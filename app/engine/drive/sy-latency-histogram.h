/* sy-latency-histogram.h: durations counted, to within 0.4 %
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 128 exact microseconds, then 20 octaves of 128 buckets. */
#define SY_LATENCY_BUCKETS (128 * 21)

/* What a bucket can hold; longer durations are counted as this long. */
#define SY_LATENCY_MAX_US ((G_GINT64_CONSTANT (1) << 27) - 1) /* 134 s */

/**
 * SyLatencyHistogram:
 *
 * A log-linear histogram of durations. A quantile is off by at most half a
 * bucket: 0.5 µs below 128 µs and 0.4 % above (1/256 of the value). Counts are
 * plain sums, so windows and classes are merged by addition. A plain value:
 * zero-initialise it. Holds at most 2³² - 1 durations a bucket, which the caps
 * of a load plan keep far away.
 */
typedef struct {
  guint64 n;
  guint64 n_censored; /* of n: known only to be at least that long */
  gint64  min_us;     /* undefined while n is 0 */
  gint64  max_us;
  double  sum_us;
  guint32 counts[SY_LATENCY_BUCKETS];
} SyLatencyHistogram;

void     sy_latency_histogram_clear        (SyLatencyHistogram *self);
void     sy_latency_histogram_add          (SyLatencyHistogram *self, gint64 duration_us);

/* A duration that was not seen to its end: at least @duration_us. */
void     sy_latency_histogram_add_censored (SyLatencyHistogram *self, gint64 duration_us);

void     sy_latency_histogram_merge        (SyLatencyHistogram *self, const SyLatencyHistogram *other);

/* The longest duration that is counted in @bucket, seconds. */
double   sy_latency_histogram_upper        (guint bucket);

/* The @q-quantile (0 … 1) by nearest rank, in seconds; NAN when empty. */
double   sy_latency_histogram_quantile     (const SyLatencyHistogram *self, double q);

/* TRUE when the @q-quantile is a censored duration, so a lower bound. */
gboolean sy_latency_histogram_is_bound     (const SyLatencyHistogram *self, double q);

/* In seconds, exact but for censoring; NAN when empty. */
double   sy_latency_histogram_mean         (const SyLatencyHistogram *self);

G_END_DECLS
