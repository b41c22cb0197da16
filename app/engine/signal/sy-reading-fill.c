/* sy-reading-fill.c: from sums to the numbers of a reading
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Formulas, over the time between the two snapshots:
 *   throughput = finished requests / s, errors likewise
 *   latency mean = sum of durations / count of durations
 *   in flight by Little's law = sum of durations / s (a request counts when it ends)
 *   CPU in use = CPU seconds / s
 *   loop lag of a histogram = its 0.99 quantile: what the slowest timers waited
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-reading-fill.h"

#include <math.h>

#define USEC_PER_SEC 1000000.0

static void
fill_plain (const SySignalPlan *plan,
            const SySums       *now,
            SyReading          *ret)
{
  const double *values = now->values;
  const double *scale = plan->scale;

  ret->rss = values[SY_INPUT_RSS] * scale[SY_INPUT_RSS];
  ret->workers = values[SY_INPUT_WORKERS];
  ret->workers_busy = values[SY_INPUT_WORKERS_BUSY];
  ret->queue = values[SY_INPUT_QUEUE];
  ret->threads = values[SY_INPUT_THREADS];
  ret->start_time = values[SY_INPUT_START_TIME];
  ret->cpu_cores = values[SY_INPUT_CPU_SHARE] * scale[SY_INPUT_CPU_SHARE];
  ret->loop_utilisation = values[SY_INPUT_LOOP_SHARE] * scale[SY_INPUT_LOOP_SHARE];
  if (!isnan (values[SY_INPUT_LOOP_LAG]))
    ret->loop_lag = MAX (0, values[SY_INPUT_LOOP_LAG] * scale[SY_INPUT_LOOP_LAG] - plan->lag_floor);

  ret->in_flight_how = plan->in_flight_how;
  if (plan->in_flight_how == SY_HOW_GAUGE)
    ret->in_flight = values[SY_INPUT_IN_FLIGHT];
  else if (plan->in_flight_how == SY_HOW_STARTED_MINUS_FINISHED)
    ret->in_flight = values[SY_INPUT_STARTED] - values[SY_INPUT_ENDED];
  if (!isnan (ret->in_flight))
    ret->in_flight = MAX (0, ret->in_flight - (plan->counts_scrape ? 1 : 0));
}

/* A summary's percentiles belong to one series and to the target's own window;
 * those of several series cannot be joined. */
static void
fill_summary (const SySignalPlan *plan,
              const SySums       *now,
              SyReading          *ret)
{
  SyQuantile *quantiles[SY_N_QUANTILES] = { &ret->p50, &ret->p95, &ret->p99 };

  for (guint i = 0; i < SY_N_QUANTILES; i++)
    {
      double value = now->quantiles[i] * plan->scale[SY_INPUT_DURATION_SUM];

      if (now->n_quantiles[i] == 1)
        *quantiles[i] = (SyQuantile) { value, value, value };
    }
}

/* How much the input grew; what had no series before began at 0. A fall within
 * rounding, or a counter below 0, is no growth. */
static double
grown (const SySums *base,
       const SySums *now,
       SyInput       input)
{
  double growth = now->values[input] - (isnan (base->values[input]) ? 0 : base->values[input]);

  return growth < 0 ? 0 : growth;
}

/* What @histogram observed between the two. Returns: (transfer full) (nullable) */
static SyBuckets *
observed (const SySums *base,
          const SySums *now,
          SyHistogram   histogram)
{
  SyBuckets *delta = NULL;

  if (now->histograms[histogram] == NULL)
    return NULL;
  if (base->histograms[histogram] == NULL)
    return sy_buckets_copy (now->histograms[histogram]);

  /* new bounds: no percentiles until the old ones have left the window */
  return sy_buckets_delta (now->histograms[histogram], base->histograms[histogram], &delta) ? delta : NULL;
}

static void
fill_durations (const SySignalPlan *plan,
                const SySums       *base,
                const SySums       *now,
                double              seconds,
                SyReading          *ret)
{
  double count = grown (base, now, SY_INPUT_DURATION_COUNT);
  double sum = grown (base, now, SY_INPUT_DURATION_SUM) * plan->scale[SY_INPUT_DURATION_SUM];
  g_autoptr (SyBuckets) durations = observed (base, now, SY_HISTOGRAM_DURATION);

  ret->latency_count = count;
  if (count > 0)
    ret->latency_mean = sum / count;
  if (plan->in_flight_how == SY_HOW_LITTLES_LAW && !isnan (sum))
    ret->in_flight = MAX (0, sum / seconds);

  if (durations == NULL)
    return;

  ret->p50 = sy_buckets_quantile (durations, 0.5);
  ret->p95 = sy_buckets_quantile (durations, 0.95);
  ret->p99 = sy_buckets_quantile (durations, 0.99);
}

void
sy_reading_fill_rates (SyReading          *ret,
                       const SySignalPlan *plan,
                       const SySums       *base,
                       const SySums       *now)
{
  double seconds = (double) (now->monotonic_us - base->monotonic_us) / USEC_PER_SEC;
  double finished = grown (base, now, SY_INPUT_FINISHED);
  double errors = grown (base, now, SY_INPUT_ERRORS);
  double loop_time = grown (base, now, SY_INPUT_LOOP_TIME);
  g_autoptr (SyBuckets) lags = observed (base, now, SY_HISTOGRAM_LOOP_LAG);

  ret->span_us = now->monotonic_us - base->monotonic_us;
  ret->throughput = finished / seconds;
  ret->errors = errors / seconds;
  if (finished > 0)
    ret->error_ratio = isnan (errors) ? (double) NAN : CLAMP (errors / finished, 0, 1);
  if (!isnan (now->values[SY_INPUT_CPU]))
    ret->cpu_cores = grown (base, now, SY_INPUT_CPU) * plan->scale[SY_INPUT_CPU] / seconds;
  if (loop_time > 0)
    ret->loop_utilisation = CLAMP (grown (base, now, SY_INPUT_LOOP_ACTIVE) / loop_time, 0, 1);
  if (lags != NULL)
    ret->loop_lag = sy_buckets_quantile (lags, 0.99).estimate;

  fill_durations (plan, base, now, seconds, ret);
}

void
sy_reading_fill_levels (SyReading          *ret,
                        const SySignalPlan *plan,
                        const SySums       *now)
{
  fill_plain (plan, now, ret);
  fill_summary (plan, now, ret);
}
