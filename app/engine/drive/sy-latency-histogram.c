/* sy-latency-histogram.c: durations counted, to within 0.4 %
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A duration v below 128 µs has a bucket of its own. Above, v lies in the
 * octave [2^e, 2^(e+1)), which is cut into 128 equal buckets of 2^(e-7) µs: the
 * bucket is the top eight bits of v. The middle of a bucket is reported, so the
 * error is at most 2^(e-8) µs, and 2^(e-8) / v ≤ 2^-8 = 0.4 %.
 *
 * A censored duration (a request that never ended) is counted at the age it
 * was known to have. It comes after every measured duration of the same bucket.
 */
#define G_LOG_DOMAIN "steelyard-drive"

#include "config.h"

#include "sy-latency-histogram.h"

#include <math.h>
#include <string.h>

#define SUB_BITS 7
#define SUB_BUCKETS (1 << SUB_BITS)
#define USEC_PER_SEC 1e6

static guint
bucket_of (gint64 duration_us)
{
  if (duration_us < SUB_BUCKETS)
    return (guint) duration_us;

  guint exponent = 63 - (guint) __builtin_clzll ((guint64) duration_us);
  guint octave = exponent - SUB_BITS;

  return (octave << SUB_BITS) + (guint) (duration_us >> octave);
}

static double
middle_of (guint bucket)
{
  if (bucket < SUB_BUCKETS)
    return bucket;

  guint octave = (bucket >> SUB_BITS) - 1;
  gint64 lower = (gint64) (SUB_BUCKETS + (bucket & (SUB_BUCKETS - 1))) << octave;
  double width = (double) (G_GINT64_CONSTANT (1) << octave);

  /* Durations are whole microseconds: a bucket holds lower … lower + width - 1. */
  return (double) lower + (width - 1) / 2;
}

double
sy_latency_histogram_upper (guint bucket)
{
  guint octave = bucket < SUB_BUCKETS ? 0 : (bucket >> SUB_BITS) - 1;
  gint64 lower = bucket < SUB_BUCKETS ? (gint64) bucket : (gint64) (SUB_BUCKETS + (bucket & (SUB_BUCKETS - 1))) << octave;

  g_return_val_if_fail (bucket < SY_LATENCY_BUCKETS, NAN);

  return (double) (lower + (G_GINT64_CONSTANT (1) << octave) - 1) / USEC_PER_SEC;
}

/* The rank-th smallest of n, counted from 1. */
static guint64
nearest_rank (guint64 n,
              double  q)
{
  double rank = ceil (CLAMP (q, 0.0, 1.0) * (double) n);

  return CLAMP ((guint64) rank, 1, n);
}

void
sy_latency_histogram_clear (SyLatencyHistogram *self)
{
  memset (self, 0, sizeof *self);
}

void
sy_latency_histogram_add (SyLatencyHistogram *self,
                          gint64              duration_us)
{
  gint64 value = CLAMP (duration_us, 0, SY_LATENCY_MAX_US);

  self->counts[bucket_of (value)]++;
  self->min_us = self->n == 0 ? value : MIN (self->min_us, value);
  self->max_us = self->n == 0 ? value : MAX (self->max_us, value);
  self->sum_us += (double) value;
  self->n++;
}

void
sy_latency_histogram_add_censored (SyLatencyHistogram *self,
                                   gint64              duration_us)
{
  sy_latency_histogram_add (self, duration_us);
  self->n_censored++;
}

void
sy_latency_histogram_merge (SyLatencyHistogram       *self,
                            const SyLatencyHistogram *other)
{
  if (other->n == 0)
    return;

  for (guint i = 0; i < SY_LATENCY_BUCKETS; i++)
    self->counts[i] += other->counts[i];

  self->min_us = self->n == 0 ? other->min_us : MIN (self->min_us, other->min_us);
  self->max_us = self->n == 0 ? other->max_us : MAX (self->max_us, other->max_us);
  self->sum_us += other->sum_us;
  self->n += other->n;
  self->n_censored += other->n_censored;
}

double
sy_latency_histogram_quantile (const SyLatencyHistogram *self,
                               double                    q)
{
  if (self->n == 0)
    return NAN;

  guint64 rank = nearest_rank (self->n, q);
  guint64 seen = 0;
  guint bucket = 0;

  /* The extremes are known exactly. */
  if (rank == 1)
    return (double) self->min_us / USEC_PER_SEC;
  if (rank == self->n)
    return (double) self->max_us / USEC_PER_SEC;

  while (seen + self->counts[bucket] < rank)
    seen += self->counts[bucket++];

  return CLAMP (middle_of (bucket), (double) self->min_us, (double) self->max_us) / USEC_PER_SEC;
}

gboolean
sy_latency_histogram_is_bound (const SyLatencyHistogram *self,
                               double                    q)
{
  return self->n > 0 && nearest_rank (self->n, q) > self->n - self->n_censored;
}

double
sy_latency_histogram_mean (const SyLatencyHistogram *self)
{
  return self->n == 0 ? (double) NAN : self->sum_us / (double) self->n / USEC_PER_SEC;
}
