/* sy-time-window.c: what a stretch of time of one backend says
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Means over a window are weighted by what they are means of: latency and
 * errors by requests, levels by samples. Percentiles come from the merged
 * histogram alone, never from other percentiles.
 *
 * Empty: everything NAN, no samples.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-time-window.h"

#include <math.h>

typedef struct
{
  double sum;
  double weight;
} Mean;

static void
add (Mean *mean, double value, double weight)
{
  if (!isfinite (value) || !(weight > 0))
    return;

  mean->sum += value * weight;
  mean->weight += weight;
}

static double
get (const Mean *mean)
{
  return mean->weight > 0 ? mean->sum / mean->weight : (double)NAN;
}

void
sy_time_window_init (SyTimeWindow *self)
{
  *self = (SyTimeWindow){
    .requests = NAN,
    .throughput = NAN,
    .error_ratio = NAN,
    .in_flight = NAN,
    .cpu_cores = NAN,
    .rss = NAN,
    .latency_mean = NAN,
    .p50 = SY_QUANTILE_NONE,
    .p95 = SY_QUANTILE_NONE,
    .p99 = SY_QUANTILE_NONE,
    .slo_share = NAN,
  };
}

/* What changed is of the window alone, so that it is counted once. */
static void
count_gaps (SyHistory *history, SyTimeWindow *self)
{
  const GPtrArray *gaps = sy_history_get_gaps (history);

  for (guint i = 0; i < gaps->len; i++)
    {
      const SyGapSpan *gap = g_ptr_array_index (gaps, i);

      /* An event is an instant of the window or not; a stretch that ends with
       * the window's first sample was outside. */
      if (gap->from_us == gap->to_us)
        self->n_changes += gap->from_us > self->from_us && gap->from_us <= self->to_us;
      else if (gap->from_us <= self->to_us && gap->to_us > self->from_us - self->reach_us)
        self->n_gaps++;
    }
}

/* The first sample whose rates count. */
static guint
find_first_rate (SyTimes *times, gint64 span_us, SyTimeWindow *self)
{
  const guint after = sy_times_find (times, self->to_us + 1);
  const guint first = sy_times_find (times, MAX (self->from_us + 1, self->from_us + span_us));

  if (first < after || after == 0 || sy_times_get (times, after - 1) <= self->from_us)
    return first;

  self->reach_us = self->from_us - (sy_times_get (times, after - 1) - span_us);
  return after - 1;
}

void
sy_time_window_read (SyHistory *history, gint64 from_us, gint64 to_us, SyTimeWindow *ret)
{
  sy_time_window_read_spans (history, from_us, to_us, 0, ret);
}

void
sy_time_window_read_spans (SyHistory *history, gint64 from_us, gint64 to_us, gint64 span_us, SyTimeWindow *ret)
{
  SyTimes *times = sy_history_get_times (history);
  const guint n = sy_times_get_n (times);
  Mean throughput = { 0 }, errors = { 0 }, in_flight = { 0 }, cpu = { 0 }, latency = { 0 };
  guint first;

  sy_time_window_init (ret);
  ret->from_us = from_us;
  ret->to_us = to_us;
  first = find_first_rate (times, span_us, ret);

  for (guint i = sy_times_find (times, from_us + 1); i < n && sy_times_get (times, i) <= to_us; i++)
    {
      const double rate = i >= first ? sy_column_get (sy_history_get_column (history, SY_QUANTITY_THROUGHPUT), i) : (double) NAN;
      const double rss = sy_column_get (sy_history_get_column (history, SY_QUANTITY_RSS), i);

      ret->n_samples += isfinite (rate);
      add (&throughput, rate, 1);
      add (&errors, sy_column_get (sy_history_get_column (history, SY_QUANTITY_ERROR_RATIO), i), rate);
      add (&in_flight, sy_column_get (sy_history_get_column (history, SY_QUANTITY_IN_FLIGHT), i), 1);
      if (i >= first)
        add (&cpu, sy_column_get (sy_history_get_column (history, SY_QUANTITY_CPU), i), 1);
      add (&latency, sy_column_get (sy_history_get_column (history, SY_QUANTITY_LATENCY_MEAN), i), rate);
      if (isfinite (rss))
        ret->rss = rss;
    }

  ret->throughput = get (&throughput);
  ret->requests = ret->throughput * (double)(to_us - from_us + ret->reach_us) / G_USEC_PER_SEC;
  ret->error_ratio = get (&errors);
  ret->in_flight = get (&in_flight);
  ret->cpu_cores = get (&cpu);
  ret->latency_mean = get (&latency);
  ret->n_excluded = sy_history_count_excluded (history, from_us - ret->reach_us, to_us);
  count_gaps (history, ret);
}

double
sy_durations_share (const SyBuckets *durations, double bound)
{
  const double total = sy_buckets_get_count (durations);
  double within = 0;

  if (!(total > 0))
    return NAN;

  for (guint i = 0; i < sy_buckets_get_n (durations) && sy_buckets_get_bound (durations, i) <= bound; i++)
    within = sy_buckets_get_cumulative (durations, i);

  return within / total;
}

void
sy_time_window_set_durations (SyTimeWindow *self, const SyBuckets *durations, double slo)
{
  const double count = sy_buckets_get_count (durations);
  const double sum = sy_buckets_get_sum (durations);

  if (!(count > 0))
    return;

  self->requests = count;
  if (!isnan (sum))
    {
      self->latency_mean = sum / count;
      self->reach_us = 0;
    }
  self->p50 = sy_buckets_quantile (durations, 0.50);
  self->p95 = sy_buckets_quantile (durations, 0.95);
  self->p99 = sy_buckets_quantile (durations, 0.99);
  if (!isnan (slo))
    self->slo_share = sy_durations_share (durations, slo);
}

gboolean
sy_time_window_is_whole (const SyTimeWindow *self)
{
  return self->n_samples > 0 && self->n_gaps == 0 && self->n_changes == 0 && self->n_excluded == 0 && self->throughput > 0;
}
