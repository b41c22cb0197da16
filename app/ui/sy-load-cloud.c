/* sy-load-cloud.c: one backend's points of load, and a model through them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-load-cloud.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-format.h"
#include "sy-usl.h"

#define N_FIT_POINTS 60

/* At one rate in flight varies by chance, and a model through that is one of chance:
 * the most throughput must be this many times the least. */
#define MIN_SPAN 2.0

/* A peak known no better than this is not said. */
#define MAX_RELATIVE_ERROR 0.10

GArray *
sy_load_cloud_from_trial (SyLoadTrial *trial,
                          guint        side)
{
  const GPtrArray *steps = sy_load_protocol_get_steps (sy_load_trial_get_protocol (trial));
  GArray *cloud = g_array_new (FALSE, FALSE, sizeof (SyLoadPoint));

  for (guint i = 0; i < steps->len; i++)
    {
      const SyLoadStep *step = g_ptr_array_index (steps, i);
      /* What a late generator sees at its limit is its own. */
      const gboolean steady = step->limit == SY_LOAD_HOLDS
                              || (step->limit == SY_LOAD_TOO_SLOW && !step->generator_limited && !step->disturbed);
      const SyLoadPoint point = { step->throughput, step->p99, step->in_flight, steady };

      if (step->side == side && step->aborted == NULL && !isnan (point.throughput))
        g_array_append_val (cloud, point);
    }

  return cloud;
}

GArray *
sy_load_cloud_from_windows (SyWeighing *weighing,
                            guint       side)
{
  GArray *cloud = g_array_new (FALSE, FALSE, sizeof (SyLoadPoint));
  guint n;
  const SyTimeWindow *windows = sy_weighing_get_current_windows (weighing, side, &n);

  for (guint i = 0; i < n; i++)
    {
      const SyTimeWindow *window = &windows[i];
      const double p99 = isinf (window->p99.upper) ? (double) NAN : window->p99.estimate;
      const SyLoadPoint point = { window->throughput, isnan (p99) ? window->latency_mean : p99, window->in_flight, TRUE };

      if (sy_time_window_is_whole (window) && !isnan (point.throughput))
        g_array_append_val (cloud, point);
    }

  return cloud;
}

/* @most: the highest throughput that was seen, be it for a moment. (transfer full) */
static char *
peak_words (const SyUslFit *fit,
            double          most)
{
  const double t = sy_usl_fit_t (fit);
  const double load = sy_usl_peak_load (&fit->model);
  double se_load, se_throughput;
  g_autofree char *peak = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (fit->beta_bound || !isfinite (load))
    return g_strdup (_("The model sees no peak in what was measured."));
  if (!sy_usl_fit_peak_error (fit, &se_load, &se_throughput) || isnan (t)
      || se_throughput > MAX_RELATIVE_ERROR * sy_usl_peak_throughput (&fit->model))
    return g_strdup (_("The model’s peak is not known to within 10 %, so it is not said."));
  if (load > SY_USL_EXTRAPOLATION * fit->max_load)
    return g_strdup (_("The model’s peak lies further than 1.25 times beyond what was measured, so it is not said."));

  if (sy_usl_peak_throughput (&fit->model) + t * se_throughput < most)
    return g_strdup (_("The model peaks below what was measured, so it is not said."));

  peak = sy_format_rate (sy_usl_peak_throughput (&fit->model));
  low = sy_format_rate (fmax (0, sy_usl_peak_throughput (&fit->model) - t * se_throughput));
  high = sy_format_rate (sy_usl_peak_throughput (&fit->model) + t * se_throughput);
  /* Translators: three rates: "The model peaks at 940/s (910/s to 970/s)." */
  return g_strdup_printf (_("The model peaks at %1$s (%2$s to %3$s)."), peak, low, high);
}

/* Neither axis is left by more than a quarter: in between, a model may say more
 * than anybody has seen. */
static void
add_curve (GArray         *curve,
           const SyUslFit *fit,
           double          most)
{
  const double last = SY_USL_EXTRAPOLATION * fit->max_load;

  for (guint i = 0; i <= N_FIT_POINTS; i++)
    {
      const double load = fit->max_load / N_FIT_POINTS + (last - fit->max_load / N_FIT_POINTS) * i / N_FIT_POINTS;
      const double throughput = sy_usl_predict (&fit->model, load);
      const SyLoadPoint point = { throughput, load / throughput, load, TRUE };

      if (!(throughput > 0) || throughput > SY_USL_EXTRAPOLATION * most)
        return;
      g_array_append_val (curve, point);
    }
}

GArray *
sy_load_cloud_fit (const GArray  *cloud,
                   char         **text)
{
  GArray *curve = g_array_new (FALSE, FALSE, sizeof (SyLoadPoint));
  g_autofree double *loads = g_new (double, MAX (cloud->len, 1));
  g_autofree double *throughputs = g_new (double, MAX (cloud->len, 1));
  SyUslFit fit;
  double most = 0, steady_most = 0, least = INFINITY;
  guint n = 0;

  for (guint i = 0; i < cloud->len; i++)
    {
      const SyLoadPoint *point = &g_array_index (cloud, SyLoadPoint, i);

      most = fmax (most, point->throughput);
      if (point->steady && point->in_flight > 0 && point->throughput > 0)
        {
          steady_most = fmax (steady_most, point->throughput);
          least = fmin (least, point->throughput);
          loads[n] = point->in_flight;
          throughputs[n++] = point->throughput;
        }
    }

  if (sy_usl_count_loads (loads, n) < SY_USL_MIN_LOADS)
    *text = g_strdup_printf (_("No model: it needs at least %d different loads."), SY_USL_MIN_LOADS);
  else if (!(steady_most >= MIN_SPAN * least))
    *text = g_strdup (_("No model: it needs loads of which the largest is twice the smallest."));
  else if (!sy_usl_fit (loads, throughputs, n, NAN, &fit))
    *text = g_strdup (_("No model: none fits these points."));
  else
    {
      add_curve (curve, &fit, steady_most);
      *text = peak_words (&fit, most);
    }

  return curve;
}
