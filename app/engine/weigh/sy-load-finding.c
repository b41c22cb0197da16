/* sy-load-finding.c: what the steps of a load say of one backend under an objective
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A trial ramps until the objective of its profile breaks; a decision may have
 * another one. So capacity is found anew from the histograms of the steps.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-load-finding.h"

#include <math.h>

#include "sy-beta-mixture.h"
#include "sy-load-step.h"

#define ALPHA 0.05
#define OVERLOAD 1.5        /* of the capacity: what a ramp tries next */
#define OVERLOAD_SLACK 0.15 /* a capacity is the mean of loads within a tenth */

static gboolean
tells (const SyLoadStep *step,
       guint             side)
{
  return step->side == side && !step->disturbed && !step->generator_limited && step->rate > 0 && step->offered > 0
         && step->to_us > step->from_us;
}

static double
seconds_of (const SyLoadStep *step)
{
  return (double) (step->to_us - step->from_us) / G_USEC_PER_SEC;
}

/* Answers a second within the objective. */
static double
goodput (const SyLoadStep   *step,
         const SyLoadTarget *target)
{
  return sy_load_histogram_within (&step->histogram, target->threshold) / seconds_of (step);
}

static GArray *
collect_windows (const GPtrArray    *steps,
                 guint               side,
                 const SyLoadTarget *target)
{
  GArray *windows = g_array_new (FALSE, FALSE, sizeof (SyTimeWindow));

  for (guint i = 0; i < steps->len; i++)
    {
      const SyLoadStep *step = g_ptr_array_index (steps, i);
      SyTimeWindow window;

      if (!tells (step, side))
        continue;

      sy_time_window_init (&window);
      window.from_us = step->from_us;
      window.to_us = step->to_us;
      window.n_samples = 1;
      window.requests = step->offered;
      window.throughput = step->rate;
      window.error_ratio = step->error_share;
      window.slo_share = fmin (1, sy_load_histogram_within (&step->histogram, target->threshold) / step->offered);
      g_array_append_val (windows, window);
    }

  return windows;
}

/* The step that was asked for OVERLOAD of what is carried; NULL: none was. */
static const SyLoadStep *
find_overload (const GPtrArray *steps,
               guint            side,
               double           capacity)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const SyLoadStep *step = g_ptr_array_index (steps, i);

      if (tells (step, side) && fabs (step->rate / capacity - OVERLOAD) <= OVERLOAD_SLACK)
        return step;
    }

  return NULL;
}

static void
measure_overload (const GPtrArray    *steps,
                  guint               side,
                  const SyLoadTarget *target,
                  const SyLoadStep   *step,
                  SyLoadOverload     *ret)
{
  const double n = step->offered;
  const double within = fmin (n, sy_load_histogram_within (&step->histogram, target->threshold));
  double best = 0, low, high, whole;

  for (guint i = 0; i < steps->len; i++)
    if (tells (g_ptr_array_index (steps, i), side))
      best = fmax (best, goodput (g_ptr_array_index (steps, i), target));

  if (!(best > 0))
    return;

  /* All of this step's requests in time would be this share of the best. */
  whole = n / seconds_of (step) / best;
  sy_share_interval (within, n, ALPHA, fmax (100, n), &low, &high);
  *ret = (SyLoadOverload) { fmin (1, whole * within / n), fmin (1, whole * low), fmin (1, whole * high), step->rate };
}

void
sy_load_find (const GPtrArray    *steps,
              guint               side,
              const SyLoadTarget *target,
              SyLoadFinding      *ret)
{
  g_autoptr (GArray) windows = NULL;
  g_autoptr (GArray) bins = NULL;
  const SyLoadStep *step;

  *ret = (SyLoadFinding) { { SY_CAPACITY_UNKNOWN, NAN, INFINITY }, { NAN, NAN, NAN, NAN } };
  if (!(target->threshold > 0) || !(target->share > 0))
    return;

  windows = collect_windows (steps, side, target);
  bins = sy_load_bins ((const SyTimeWindow *) (gconstpointer) windows->data, windows->len, target->share, target->max_errors);
  ret->capacity = sy_load_capacity (bins);
  if (ret->capacity.state != SY_CAPACITY_MEASURED)
    return;

  step = find_overload (steps, side, ret->capacity.low);
  if (step != NULL)
    measure_overload (steps, side, target, step, &ret->overload);
}
