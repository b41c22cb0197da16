/* sy-load-step.c: one stretch of a load on one backend, and what came of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-load-step.h"

#include <math.h>

#include "sy-beta-mixture.h"

#define ALPHA 0.05
#define ACHIEVED 0.98

/* Where no share of errors is asked for. */
#define DEFAULT_ERRORS 0.05

/* The end of a step may have this many times the mean in flight, and some more:
 * arrivals come in clusters. */
#define GROWING 2.0
#define GROWING_SLACK 10.0

void
sy_load_histogram_clear (SyLoadHistogram *self)
{
  g_clear_pointer (&self->upper, g_free);
  g_clear_pointer (&self->counts, g_free);
  self->n = 0;
}

void
sy_load_histogram_merge (SyLoadHistogram       *self,
                         const SyLoadHistogram *other)
{
  const guint most = self->n + other->n;
  double *upper = g_new (double, most);
  guint64 *counts = g_new (guint64, most);
  guint n = 0;

  for (guint i = 0, j = 0; i < self->n || j < other->n; n++)
    {
      const double a = i < self->n ? self->upper[i] : (double) INFINITY;
      const double b = j < other->n ? other->upper[j] : (double) INFINITY;

      upper[n] = fmin (a, b);
      counts[n] = 0;
      if (a <= b)
        counts[n] += self->counts[i++];
      if (b <= a)
        counts[n] += other->counts[j++];
    }

  sy_load_histogram_clear (self);
  *self = (SyLoadHistogram) { n, upper, counts };
}

double
sy_load_histogram_count (const SyLoadHistogram *self)
{
  double count = 0;

  for (guint i = 0; i < self->n; i++)
    count += (double) self->counts[i];

  return count;
}

double
sy_load_histogram_quantile (const SyLoadHistogram *self,
                            double                 q)
{
  const double rank = fmax (1, ceil (q * sy_load_histogram_count (self)));
  double count = 0;

  for (guint i = 0; i < self->n; i++)
    {
      count += (double) self->counts[i];
      if (count >= rank)
        return self->upper[i];
    }

  return NAN;
}

double
sy_load_histogram_within (const SyLoadHistogram *self,
                          double                 seconds)
{
  double within = 0;

  /* The edges are a hundredth apart: a threshold lies within a bucket. */
  for (guint i = 0; i < self->n; i++)
    if (self->upper[i] <= seconds * (1 + 1.0 / 128))
      within += (double) self->counts[i];

  return within;
}

SyLoadStep *
sy_load_step_new (void)
{
  SyLoadStep *self = g_new0 (SyLoadStep, 1);

  sy_time_window_init (&self->server);
  self->rate = self->offered = self->throughput = self->error_share = NAN;
  self->in_flight = self->in_flight_end = self->mean = NAN;
  self->p50 = self->p95 = self->p99 = self->p999 = NAN;
  self->late_p99 = self->generator_cpu = self->foreign_cores = NAN;

  return self;
}

SyLoadStep *
sy_load_step_copy (const SyLoadStep *self)
{
  SyLoadStep *copy = g_memdup2 (self, sizeof *self);

  copy->aborted = g_strdup (self->aborted);
  copy->histogram.upper = g_memdup2 (self->histogram.upper, self->histogram.n * sizeof (double));
  copy->histogram.counts = g_memdup2 (self->histogram.counts, self->histogram.n * sizeof (guint64));

  return copy;
}

void
sy_load_step_free (SyLoadStep *self)
{
  sy_load_histogram_clear (&self->histogram);
  g_free (self->aborted);
  g_free (self);
}

/* Surely less than @share of the responses are within @seconds. */
static gboolean
is_slower (const SyLoadStep *self,
           double            seconds,
           double            share)
{
  const double n = sy_load_histogram_count (&self->histogram);
  double low, high;

  if (isnan (seconds) || n == 0)
    return FALSE;

  sy_share_interval (sy_load_histogram_within (&self->histogram, seconds), n, ALPHA, fmax (100, n), &low, &high);
  return high < share;
}

/* What is in flight at either end is not lost: two deviations of it, and one. */
static gboolean
falls_short (const SyLoadStep *self)
{
  const double seconds = (double) (self->to_us - self->from_us) / G_USEC_PER_SEC;
  const double missing = self->offered - self->throughput * seconds;

  return missing > (1 - ACHIEVED) * self->offered + 2 * sqrt (fmax (0, self->in_flight)) + 1;
}

static SyLoadLimit
find_limit (const SyLoadStep      *self,
            const SyLoadObjective *objective)
{
  const double errors = isnan (objective->error_share) ? DEFAULT_ERRORS : objective->error_share;

  if (self->aborted != NULL)
    return SY_LOAD_ABORTED;
  if (self->error_share > errors)
    return SY_LOAD_FAILS;
  if (falls_short (self))
    return SY_LOAD_FALLS_SHORT;
  if (is_slower (self, objective->p95, 0.95) || is_slower (self, objective->p99, 0.99)
      || is_slower (self, objective->p999, 0.999))
    return SY_LOAD_TOO_SLOW;
  if (self->in_flight_end > GROWING * self->in_flight + GROWING_SLACK)
    return SY_LOAD_QUEUES;

  return SY_LOAD_HOLDS;
}

void
sy_load_step_judge (SyLoadStep            *self,
                    const SyLoadObjective *objective)
{
  self->disturbed = self->foreign_cores > SY_LOAD_FOREIGN;
  self->limit = find_limit (self, objective);
}

gboolean
sy_load_step_counts (const SyLoadStep *self)
{
  return self->phase == SY_LOAD_BLOCK && !self->disturbed && !self->generator_limited && self->aborted == NULL;
}
