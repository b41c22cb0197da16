/* test-comparison-rates.c: windows whose figures reach into the windows before
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The simulations have fixed seeds.
 */
#include "config.h"

#include <math.h>

#include "sy-comparison.h"
#include "sy-random.h"

#define N_RUNS 400
#define WINDOW_US (10 * G_USEC_PER_SEC)

#define SPAN 6 /* windows that a rate of a slow source is over */

static SyTimeWindow
window (guint index)
{
  SyTimeWindow w;

  sy_time_window_init (&w);
  w.from_us = index * WINDOW_US;
  w.to_us = (index + 1) * WINDOW_US;
  w.n_samples = 10;
  w.throughput = 100;
  w.requests = 1000;
  w.error_ratio = 0;
  w.latency_mean = 0.02;
  return w;
}

/* In how many of @n_runs two that are the same had a winner at any look, where each
 * figure is over the last SPAN windows. */
static guint
count_same_of_rates (guint n_runs, gboolean is_told)
{
  guint n_false = 0;

  for (guint64 seed = 1; seed <= n_runs; seed++)
    {
      g_autoptr (SyComparison) comparison = sy_comparison_new (SY_METRIC_MEAN);
      double latency[2][SPAN] = { { 0 } };
      gboolean is_named = FALSE;
      SyRandom random;

      sy_random_init (&random, seed, 9);
      for (guint i = 0; i < 40 * SPAN; i++)
        {
          g_autoptr (SyVerdict) verdict = NULL;
          SyTimeWindow windows[2];

          for (guint side = 0; side < 2; side++)
            {
              double sum = 0;

              latency[side][i % SPAN] = 0.05 * exp (0.25 * sy_random_normal (&random));
              for (guint j = 0; j < SPAN; j++)
                sum += latency[side][j];
              windows[side] = window (i);
              windows[side].latency_mean = sum / SPAN;
              windows[side].reach_us = is_told ? (SPAN - 1) * WINDOW_US : 0;
            }
          if (i < SPAN - 1)
            continue;

          sy_comparison_add (comparison, &windows[0], &windows[1], NULL, NULL, NAN);
          if (i % SPAN != SPAN - 1)
            continue;

          verdict = sy_comparison_get_verdict (comparison);
          if (is_told)
            {
              g_assert_cmpuint (verdict->time.n_windows, ==, (i + 1) / SPAN);
              g_assert_cmpfloat_with_epsilon (verdict->minutes, (i + 1) / 6.0, 1e-9);
            }
          is_named |= verdict->state == SY_VERDICT_A_AHEAD || verdict->state == SY_VERDICT_B_AHEAD;
        }
      n_false += is_named;
    }

  return n_false;
}

/* Windows of ten seconds of a source whose rates are over a minute tell each minute
 * six times: what they share is counted once. */
static void
test_same_of_rates (void)
{
  const guint n_false = count_same_of_rates (N_RUNS, TRUE);

  g_test_message ("A/A of rates over %u windows: %u of %u runs named a winner; %u of 100 if they do not say so", SPAN, n_false,
                  N_RUNS, count_same_of_rates (100, FALSE));
  g_assert_cmpuint (n_false, <=, N_RUNS / 20);
}

/* After a change no figure reaches back before it. */
static void
test_change_of_rates (void)
{
  g_autoptr (SyComparison) comparison = sy_comparison_new (SY_METRIC_MEAN);

  for (guint i = 0; i < 2 * SPAN + 5; i++)
    {
      g_autoptr (SyVerdict) verdict = NULL;
      SyTimeWindow each = window (i);

      each.reach_us = (SPAN - 1) * WINDOW_US;
      if (i == 4)
        sy_comparison_change (comparison);
      else
        sy_comparison_add (comparison, &each, &each, NULL, NULL, NAN);
      verdict = sy_comparison_get_verdict (comparison);
      g_assert_cmpuint (verdict->time.n_windows, ==, i < 4 ? 1 : i < 4 + SPAN ? 0 : i < 4 + 2 * SPAN ? 1 : 2);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparison-rates/same", test_same_of_rates);
  g_test_add_func ("/comparison-rates/change", test_change_of_rates);
  return g_test_run ();
}
