/* sy-buckets.c: histograms stay histograms until somebody asks for a percentile
 *
 * A sorted array of (upper bound, cumulative count). The quantile follows
 * BucketQuantile of Prometheus (promql/quantile.go), the rules being:
 *
 *  1. q NaN gives NaN, q < 0 gives -Inf, q > 1 gives +Inf.
 *  2. Buckets are sorted by bound; the highest must be +Inf, else NaN.
 *  3. Equal bounds are merged by adding their counts.
 *  4. Counts are made monotone from left to right: a smaller count than the one
 *     before it (also by rounding, relative 1e-12) becomes that one.
 *  5. Fewer than two buckets, or nothing observed: NaN.
 *  6. rank = q * total; b is the first bucket but the last whose count >= rank.
 *  7. If there is none, the second-highest bound.
 *  8. In the first bucket with a bound <= 0: that bound.
 *  9. Else a straight line from the previous bound (0 for the first bucket).
 *
 * Limits: none of its own (a scrape's samples are limited). Empty: no buckets,
 * count 0, sum NAN, no quantile.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-buckets.h"

#include <math.h>
#include <string.h>

/* Counts that differ by less than this part of their size are equal: sums of
 * rates carry rounding errors. */
#define TOLERANCE 1e-12

typedef struct
{
  double bound;
  double count; /* cumulative */
} Bucket;

struct _SyBuckets
{
  GArray *buckets; /* owned, element-type Bucket, ascending bounds */
  double  sum;     /* NAN: unknown */
};

static Bucket *
bucket_at (const SyBuckets *self,
           guint            index)
{
  return &g_array_index (self->buckets, Bucket, index);
}

/* First index whose bound is at least @bound. */
static guint
find_bound (const SyBuckets *self,
            double           bound)
{
  guint low = 0;
  guint high = self->buckets->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (bucket_at (self, middle)->bound < bound)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static double
add_known (double a,
           double b)
{
  if (isnan (a))
    return b;

  return isnan (b) ? a : a + b;
}

/* Counts made monotone. Returns: (transfer full) */
static double *
dup_monotone (const SyBuckets *self)
{
  guint n = self->buckets->len;
  double *counts = g_new (double, n);

  for (guint i = 0; i < n; i++)
    {
      double count = bucket_at (self, i)->count;

      if (i > 0 && (count < counts[i - 1] || fabs (count - counts[i - 1]) < TOLERANCE * (fabs (count) + fabs (counts[i - 1]))))
        count = counts[i - 1];
      counts[i] = count;
    }

  return counts;
}

SyBuckets *
sy_buckets_new (void)
{
  SyBuckets *self = g_new0 (SyBuckets, 1);

  self->buckets = g_array_new (FALSE, FALSE, sizeof (Bucket));
  self->sum = NAN;

  return self;
}

void
sy_buckets_free (SyBuckets *self)
{
  g_array_unref (self->buckets);
  g_free (self);
}

SyBuckets *
sy_buckets_copy (const SyBuckets *self)
{
  SyBuckets *copy = sy_buckets_new ();

  g_array_append_vals (copy->buckets, self->buckets->data, self->buckets->len);
  copy->sum = self->sum;

  return copy;
}

void
sy_buckets_add (SyBuckets *self,
                double     bound,
                double     count)
{
  guint index;

  if (isnan (bound) || !isfinite (count))
    return;

  index = find_bound (self, bound);
  if (index < self->buckets->len && bucket_at (self, index)->bound == bound)
    {
      bucket_at (self, index)->count += count;
    }
  else
    {
      Bucket bucket = { bound, count };

      g_array_insert_val (self->buckets, index, bucket);
    }
}

void
sy_buckets_set_sum (SyBuckets *self,
                    double     sum)
{
  self->sum = sum;
}

void
sy_buckets_merge (SyBuckets       *self,
                  const SyBuckets *other)
{
  guint kept = 0;

  if (other->buckets->len == 0)
    return;

  if (self->buckets->len == 0)
    {
      g_array_append_vals (self->buckets, other->buckets->data, other->buckets->len);
    }
  else
    {
      for (guint i = 0; i < self->buckets->len; i++)
        {
          Bucket bucket = *bucket_at (self, i);
          guint index = find_bound (other, bucket.bound);

          if (index == other->buckets->len || bucket_at (other, index)->bound != bucket.bound)
            continue;
          bucket.count += bucket_at (other, index)->count;
          *bucket_at (self, kept++) = bucket;
        }
      g_array_set_size (self->buckets, kept);
    }

  self->sum = add_known (self->sum, other->sum);
}

gboolean
sy_buckets_delta (const SyBuckets  *self,
                  const SyBuckets  *before,
                  SyBuckets       **ret)
{
  g_autoptr (SyBuckets) delta = sy_buckets_copy (self);

  if (before->buckets->len > 0)
    {
      if (before->buckets->len != self->buckets->len)
        return FALSE;

      for (guint i = 0; i < self->buckets->len; i++)
        {
          if (bucket_at (self, i)->bound != bucket_at (before, i)->bound
              || bucket_at (self, i)->count < bucket_at (before, i)->count)
            return FALSE;
          bucket_at (delta, i)->count -= bucket_at (before, i)->count;
        }
      delta->sum = self->sum - before->sum;
    }

  *ret = g_steal_pointer (&delta);

  return TRUE;
}

double
sy_buckets_get_count (const SyBuckets *self)
{
  return self->buckets->len > 0 ? bucket_at (self, self->buckets->len - 1)->count : 0;
}

double
sy_buckets_get_sum (const SyBuckets *self)
{
  return self->sum;
}

guint
sy_buckets_get_n (const SyBuckets *self)
{
  return self->buckets->len;
}

double
sy_buckets_get_bound (const SyBuckets *self,
                      guint            index)
{
  g_return_val_if_fail (index < self->buckets->len, NAN);

  return bucket_at (self, index)->bound;
}

double
sy_buckets_get_cumulative (const SyBuckets *self,
                           guint            index)
{
  g_return_val_if_fail (index < self->buckets->len, NAN);

  return bucket_at (self, index)->count;
}

SyQuantile
sy_buckets_quantile (const SyBuckets *self,
                     double           q)
{
  guint n = self->buckets->len;
  g_autofree double *counts = NULL;
  double rank, start, end, before;
  guint b = 0;

  if (isnan (q))
    return SY_QUANTILE_NONE;
  if (q < 0 || q > 1)
    return (SyQuantile) { q < 0 ? -INFINITY : INFINITY, q < 0 ? -INFINITY : INFINITY, q < 0 ? -INFINITY : INFINITY };
  if (n < 2 || bucket_at (self, n - 1)->bound != (double) INFINITY)
    return SY_QUANTILE_NONE;

  counts = dup_monotone (self);
  if (!(counts[n - 1] > 0))
    return SY_QUANTILE_NONE;

  rank = q * counts[n - 1];
  while (b < n - 1 && counts[b] < rank)
    b++;

  end = bucket_at (self, b)->bound;
  if (b == n - 1)
    return (SyQuantile) { bucket_at (self, n - 2)->bound, bucket_at (self, n - 2)->bound, INFINITY };
  if (b == 0 && end <= 0)
    return (SyQuantile) { -INFINITY, end, end };

  start = b > 0 ? bucket_at (self, b - 1)->bound : 0;
  before = b > 0 ? counts[b - 1] : 0;

  /* Only q = 0 can choose a bucket that holds nothing; 0/0 is NaN there too. */
  if (!(counts[b] > before))
    return SY_QUANTILE_NONE;

  return (SyQuantile) { start, start + (end - start) * (rank - before) / (counts[b] - before), end };
}
