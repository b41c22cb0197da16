/* test-baseline.c: one backend before and after, over simulated windows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-baseline.h"
#include "sy-random.h"

#define WINDOW_US (10 * G_USEC_PER_SEC)
#define N_BEFORE 20
#define PIN_US (N_BEFORE * WINDOW_US)

/* @n windows of about @p95, that vary by a tenth. */
static void
add (GArray   *windows,
     SyRandom *random,
     guint     n,
     double    p95,
     double    load)
{
  for (guint i = 0; i < n; i++)
    {
      SyTimeWindow window;

      sy_time_window_init (&window);
      window.from_us = windows->len * WINDOW_US;
      window.to_us = window.from_us + WINDOW_US;
      window.n_samples = 10;
      window.throughput = load;
      window.requests = load * 10;
      window.latency_mean = p95 / 3;
      window.p95.estimate = p95 * exp (0.2 * (sy_random_uniform (random) - 0.5));
      g_array_append_val (windows, window);
    }
}

static void
test_states (void)
{
  static const struct {
    double         factor;
    double         load;
    guint          n;
    SyVerdictState state;
  } cases[] = {
    { 1.5, 100, 30, SY_VERDICT_B_AHEAD },
    { 0.6, 100, 30, SY_VERDICT_A_AHEAD },
    { 1.1, 100, 8, SY_VERDICT_TOO_CLOSE },
    { 1.5, 100, 7, SY_VERDICT_TOO_EARLY },
    { 1.5, 100, 0, SY_VERDICT_TOO_EARLY },
    { 1.5, 150, 30, SY_VERDICT_NOT_COMPARABLE },
    { 1.5, 80, 30, SY_VERDICT_NOT_COMPARABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (SyTimeWindow));
      SyBaselineEffect effect;
      SyRandom random;

      sy_random_init (&random, 20261127, i);
      add (windows, &random, N_BEFORE, 0.05, 100);
      add (windows, &random, cases[i].n, 0.05 * cases[i].factor, cases[i].load);
      sy_baseline_compare (windows, 0, PIN_US, SY_METRIC_P95, 0.05, &effect);
      g_assert_cmpint (effect.state, ==, cases[i].state);
      g_assert_cmpuint (effect.n[0], ==, cases[i].n);
      g_assert_cmpuint (effect.n[1], ==, N_BEFORE);
      g_assert_cmpfloat_with_epsilon (effect.value[1], 0.05, 0.005);
      if (cases[i].n >= 8)
        {
          g_assert_cmpfloat (effect.low, <, effect.ratio);
          g_assert_cmpfloat (effect.high, >, effect.ratio);
          g_assert_cmpfloat_with_epsilon (effect.ratio, cases[i].factor, 0.1);
        }
      else
        g_assert_true (isnan (effect.ratio));
    }
}

/* A quantile that stays where it is, as within one bucket, is not enough to be equal. */
static void
test_means (void)
{
  static const struct {
    double         factor;
    SyMetric       metric;
    SyVerdictState state;
  } cases[] = {
    { 1, SY_METRIC_P95, SY_VERDICT_PRACTICALLY_EQUAL },
    { 1.5, SY_METRIC_P95, SY_VERDICT_TOO_CLOSE },
    { 1.5, SY_METRIC_MEAN, SY_VERDICT_B_AHEAD },
    { NAN, SY_METRIC_P95, SY_VERDICT_TOO_CLOSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (SyTimeWindow));
      SyBaselineEffect effect;
      SyRandom random;

      sy_random_init (&random, 20261127, i);
      add (windows, &random, 200, 0.05, 100);
      for (guint j = 0; j < 200; j++)
        {
          SyTimeWindow *window = &g_array_index (windows, SyTimeWindow, j);

          window->p95.estimate = 0.05 * exp (0.02 * (sy_random_uniform (&random) - 0.5));
          window->latency_mean *= exp (0.02 * (sy_random_uniform (&random) - 0.5)) * (j >= 100 ? cases[i].factor : 1);
        }
      sy_baseline_compare (windows, 0, 100 * WINDOW_US, cases[i].metric, 0.05, &effect);
      g_assert_cmpint (effect.state, ==, cases[i].state);
    }
}

/* What is not whole counts on neither side; after a restart it is counted anew. */
static void
test_left_out (void)
{
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (SyTimeWindow));
  SyBaselineEffect effect;
  SyRandom random;

  sy_random_init (&random, 20261127, 9);
  add (windows, &random, 40, 0.05, 100);
  g_array_index (windows, SyTimeWindow, 3).n_excluded = 1;
  g_array_index (windows, SyTimeWindow, 4).n_gaps = 1;
  g_array_index (windows, SyTimeWindow, 25).n_changes = 1;
  g_array_index (windows, SyTimeWindow, 30).n_excluded = 1;

  /* The window that the edge lies in is of neither. */
  sy_baseline_compare (windows, 0, PIN_US + 5, SY_METRIC_P95, 0.05, &effect);
  g_assert_cmpuint (effect.n[1], ==, 18);
  g_assert_cmpuint (effect.n[0], ==, 13);
}

/* The same on both sides, looked at after each window: seldom called another. */
static void
test_not_fooled (void)
{
  guint n_fooled = 0;
  SyRandom random;

  sy_random_init (&random, 20261127, 11);
  for (guint run = 0; run < 200; run++)
    {
      g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (SyTimeWindow));
      gboolean is_fooled = FALSE;

      add (windows, &random, N_BEFORE, 0.05, 100);
      for (guint i = 0; i < 40; i++)
        {
          SyBaselineEffect effect;

          add (windows, &random, 1, 0.05, 100);
          sy_baseline_compare (windows, 0, PIN_US, SY_METRIC_P95, 0.001, &effect);
          is_fooled = is_fooled || effect.state == SY_VERDICT_A_AHEAD || effect.state == SY_VERDICT_B_AHEAD;
        }
      n_fooled += is_fooled;
    }

  g_assert_cmpuint (n_fooled, <=, 10);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/baseline/states", test_states);
  g_test_add_func ("/baseline/means", test_means);
  g_test_add_func ("/baseline/left-out", test_left_out);
  g_test_add_func ("/baseline/not-fooled", test_not_fooled);
  return g_test_run ();
}
