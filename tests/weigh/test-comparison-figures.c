/* test-comparison-figures.c: the figures of a verdict agree with each other, and accuse nobody by chance
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-comparison.h"
#include "sy-random.h"

#define WINDOW_US (10 * G_USEC_PER_SEC)
#define N_WINDOWS 24
#define LOAD 100.0
#define MEAN 0.003 /* seconds: a third of a request in flight, seen by few readings */

static SyTimeWindow
window (guint  index,
        double p95,
        double in_flight)
{
  SyTimeWindow w;

  sy_time_window_init (&w);
  w.from_us = index * WINDOW_US;
  w.to_us = (index + 1) * WINDOW_US;
  w.n_samples = 10;
  w.throughput = LOAD;
  w.requests = LOAD * 10;
  w.error_ratio = 0;
  w.cpu_cores = 0.2;
  w.latency_mean = MEAN;
  w.in_flight = in_flight;
  w.p95 = (SyQuantile) { p95 * 0.95, p95, p95 * 1.05 };
  return w;
}

/* One bad minute of A, in which its buckets fill as in no other. */
static void
test_one_bad_minute (void)
{
  static const double bounds[] = { 0.01, 0.05, 0.1, 0.5, 1, INFINITY };
  SyComparison *comparison = sy_comparison_new (SY_METRIC_P95);
  g_autoptr (SyVerdict) verdict = NULL;

  for (guint i = 0; i < N_WINDOWS; i++)
    {
      const double p95 = i == 7 ? 3 : 0.08;
      SyTimeWindow a = window (i, p95, LOAD * MEAN), b = window (i, 0.08, LOAD * MEAN);
      const double slow = i == 7 ? 5000 : 10;
      const double counts[2][6] = { { 0, 900, 990, 990, 1000, 1000 + slow }, { 0, 900, 990, 990, 1000, 1010 } };
      g_autoptr (SyBuckets) a_durations = sy_buckets_new (), b_durations = sy_buckets_new ();

      for (guint j = 0; j < G_N_ELEMENTS (bounds); j++)
        {
          sy_buckets_add (a_durations, bounds[j], counts[0][j]);
          sy_buckets_add (b_durations, bounds[j], counts[1][j]);
        }
      sy_comparison_add (comparison, &a, &b, a_durations, b_durations, 100 + 10.0 * i);
    }

  verdict = sy_comparison_get_verdict (comparison);
  g_test_message ("%g against %g: %g times", verdict->time.value[0], verdict->time.value[1], verdict->time.ratio);
  g_assert_cmpfloat_with_epsilon (verdict->time.value[0] / verdict->time.value[1], verdict->time.ratio, 1e-9);
  g_assert_cmpfloat (verdict->time.value[0], <, 0.1);
  sy_comparison_free (comparison);
}

/* Gauges that are read once a second, the B's showing @factor times what is true. */
static SyGateEffect
judge_gauges (guint64 seed,
              double  factor)
{
  SyComparison *comparison = sy_comparison_new (SY_METRIC_P95);
  const double true_value = LOAD * MEAN;
  g_autoptr (SyVerdict) verdict = NULL;
  const SyGate *gate;
  SyGateEffect effect;
  SyRandom random;

  sy_random_init (&random, seed, 7);
  sy_comparison_set_gauges (comparison, TRUE, TRUE);
  for (guint i = 0; i < N_WINDOWS; i++)
    {
      /* Ten readings of a number of requests that varies by its root. */
      const double chance = sqrt (true_value / 10);
      SyTimeWindow a = window (i, 0.08, true_value + chance * sy_random_normal (&random));
      SyTimeWindow b = window (i, 0.08, factor * (true_value + chance * sy_random_normal (&random)));

      sy_comparison_add (comparison, &a, &b, NULL, NULL, 100 + 10.0 * i);
    }

  verdict = sy_comparison_get_verdict (comparison);
  gate = sy_verdict_find_gate (verdict, SY_GATE_LITTLE);
  g_assert_nonnull (gate);
  effect = gate->effect;
  sy_comparison_free (comparison);
  return effect;
}

static void
test_gauge_by_chance (void)
{
  guint n_accused = 0, n_caught = 0;

  for (guint64 seed = 1; seed <= 400; seed++)
    {
      n_accused += judge_gauges (seed, 1) != SY_GATE_PASSED;
      n_caught += judge_gauges (seed, 3) != SY_GATE_PASSED;
    }

  g_test_message ("accused without reason: %u of 400; caught: %u of 400", n_accused, n_caught);
  g_assert_cmpuint (n_accused, <=, 2);
  g_assert_cmpuint (n_caught, >=, 360);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparison-figures/one-bad-minute", test_one_bad_minute);
  g_test_add_func ("/comparison-figures/gauge-by-chance", test_gauge_by_chance);
  return g_test_run ();
}
