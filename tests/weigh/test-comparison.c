/* test-comparison.c: verdicts over simulated windows, and what must not change them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The simulations have fixed seeds. In each run somebody looks after every
 * window, which is what fools an ordinary interval in a third of all runs.
 */
#include "config.h"

#include <math.h>

#include "sy-comparison.h"
#include "sy-random.h"
#include "sy-verdict-words.h"

#define N_RUNS 400
#define N_WINDOWS 60 /* ten minutes of ten seconds */
#define WINDOW_US (10 * G_USEC_PER_SEC)

typedef struct
{
  double factor;  /* of B's latency over A's */
  double scale;   /* of all latencies */
  double load[2]; /* requests/s */
  double cpu[2];  /* cores in use */
  double errors[2];
  double deviation;   /* of a window's logarithm */
  double correlation; /* of neighbours */
  gboolean swapped;
} Scene;

static const Scene plain = { 1, 1, { 100, 100 }, { 0.2, 0.2 }, { 0, 0 }, 0.25, 0.2, FALSE };

static SyTimeWindow
window (guint index, double p95, double load, double cpu, double errors)
{
  SyTimeWindow w;

  sy_time_window_init (&w);
  w.from_us = index * WINDOW_US;
  w.to_us = (index + 1) * WINDOW_US;
  w.n_samples = 10;
  w.throughput = load;
  w.requests = load * 10;
  w.error_ratio = errors;
  w.cpu_cores = cpu;
  w.latency_mean = p95 / 3;
  w.p95 = (SyQuantile){ p95 * 0.95, p95, p95 * 1.05 };
  return w;
}

typedef struct
{
  const Scene *scene;
  SyRandom random;
  double noise[2];
  guint index;
  SyComparison *comparison; /* (owned) */
} Run;

static void
run_start (Run *run, const Scene *scene, guint64 seed)
{
  *run = (Run){ scene };
  sy_random_init (&run->random, seed, 5);
  run->comparison = sy_comparison_new (SY_METRIC_P95);
}

/* Each window has a shock that both share, and noise of its own. */
static SyVerdict *
run_step (Run *run)
{
  const Scene *s = run->scene;
  const double shared = 0.3 * sy_random_normal (&run->random);
  SyTimeWindow windows[2];

  for (guint i = 0; i < 2; i++)
    {
      const double fresh = s->deviation * sy_random_normal (&run->random) / G_SQRT2;
      const double latency = 0.05 * s->scale * (i == 1 ? s->factor : 1);

      run->noise[i] = run->index == 0 ? fresh
                                      : s->correlation * run->noise[i]
                                            + sqrt (1 - s->correlation * s->correlation) * fresh;
      windows[i]
          = window (run->index, latency * exp (shared + run->noise[i]), s->load[i], s->cpu[i], s->errors[i]);
    }

  run->index++;
  sy_comparison_add (run->comparison, &windows[s->swapped], &windows[!s->swapped], NULL, NULL,
                     100 + 10.0 * run->index);
  return sy_comparison_get_verdict (run->comparison);
}

/* The state after @n windows. */
static SyVerdictState
run_all (const Scene *scene, guint64 seed, guint n)
{
  SyVerdictState state = SY_VERDICT_TOO_EARLY;
  Run run;

  run_start (&run, scene, seed);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SyVerdict) verdict = run_step (&run);

      state = verdict->state;
    }
  sy_comparison_free (run.comparison);
  return state;
}

/* In how many runs @wanted was the verdict at any look; @ret_median the windows
 * it took in the middle of those. */
static guint
count_runs (const Scene *scene, SyVerdictState wanted, double *ret_median)
{
  guint at[N_WINDOWS + 1] = { 0 };
  guint n = 0, seen = 0;

  for (guint64 seed = 1; seed <= N_RUNS; seed++)
    {
      Run run;

      run_start (&run, scene, seed);
      for (guint i = 1; i <= N_WINDOWS; i++)
        {
          g_autoptr (SyVerdict) verdict = run_step (&run);

          if (verdict->state == wanted)
            {
              at[i]++;
              n++;
              break;
            }
        }
      sy_comparison_free (run.comparison);
    }

  *ret_median = NAN;
  for (guint i = 1; i <= N_WINDOWS && isnan (*ret_median); i++)
    if (2 * (seen += at[i]) >= n && n > 0)
      *ret_median = i;
  return n;
}

/* Neither is better: at most one run in twenty may name a winner, ever. */
static void
test_same (void)
{
  double median;
  const guint n_a = count_runs (&plain, SY_VERDICT_A_AHEAD, &median);
  const guint n_b = count_runs (&plain, SY_VERDICT_B_AHEAD, &median);

  g_test_message ("A/A: %u of %u runs named a winner", n_a + n_b, N_RUNS);
  g_assert_cmpuint (n_a + n_b, <=, N_RUNS / 20);
}

static void
test_power (void)
{
  Scene scene = plain;
  double median;
  guint n;

  scene.factor = 1.2;
  n = count_runs (&scene, SY_VERDICT_A_AHEAD, &median);
  g_test_message ("20 %%: %u of %u runs found it, half of them within %g windows", n, N_RUNS, median);
  g_assert_cmpuint (n, >=, N_RUNS * 7 / 10);
  g_assert_cmpuint (count_runs (&scene, SY_VERDICT_B_AHEAD, &median), <=, N_RUNS / 20);
}

/* One server, requests that wait for each other, percentiles from buckets. */
static SyBuckets *
queue_window (SyRandom *random, double *backlog, double service, double arrivals, SyTimeWindow *w)
{
  static const double bounds[]
      = { 0.005, 0.0075, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.075, 0.1,
          0.15,  0.25,   0.35, 0.5,   0.75, 1,     1.5,  2.5,  5,    10,    INFINITY };
  SyBuckets *buckets = sy_buckets_new ();
  guint counts[G_N_ELEMENTS (bounds)] = { 0 };
  double time = 0, sum = 0, gap;
  guint n = 0;

  while ((time += gap = sy_random_exponential (random, 1 / arrivals)) < 10)
    {
      guint i = 0;

      *backlog = fmax (0, *backlog - gap) + sy_random_exponential (random, service);
      sum += *backlog;
      while (*backlog > bounds[i])
        i++;
      counts[i]++;
      n++;
    }

  for (guint i = 0, cumulative = 0; i < G_N_ELEMENTS (bounds); i++)
    sy_buckets_add (buckets, bounds[i], cumulative += counts[i]);
  sy_buckets_set_sum (buckets, sum);
  w->throughput = n / 10.0;
  w->n_samples = 10;
  w->error_ratio = 0;
  sy_time_window_set_durations (w, buckets, NAN);
  return buckets;
}

static void
test_same_queues (void)
{
  guint n_false = 0;

  for (guint64 seed = 1; seed <= N_RUNS; seed++)
    {
      g_autoptr (SyComparison) comparison = sy_comparison_new (SY_METRIC_P95);
      double backlog[2] = { 0, 0 };
      gboolean named = FALSE;
      SyRandom random[2];

      for (guint i = 0; i < 2; i++)
        sy_random_init (&random[i], seed, i);

      for (guint j = 0; j < 30; j++)
        {
          g_autoptr (SyVerdict) verdict = NULL;
          SyBuckets *buckets[2];
          SyTimeWindow windows[2];

          for (guint i = 0; i < 2; i++)
            {
              sy_time_window_init (&windows[i]);
              windows[i].from_us = j * WINDOW_US;
              windows[i].to_us = (j + 1) * WINDOW_US;
              buckets[i] = queue_window (&random[i], &backlog[i], 0.7 / 30, 30, &windows[i]);
            }
          sy_comparison_add (comparison, &windows[0], &windows[1], buckets[0], buckets[1], NAN);
          verdict = sy_comparison_get_verdict (comparison);
          named |= verdict->state == SY_VERDICT_A_AHEAD || verdict->state == SY_VERDICT_B_AHEAD;
          sy_buckets_free (buckets[0]);
          sy_buckets_free (buckets[1]);
        }
      n_false += named;
    }

  g_test_message ("A/A of queues at 70 %%: %u of %u runs named a winner", n_false, N_RUNS);
  g_assert_cmpuint (n_false, <=, N_RUNS / 20);
}

static void
test_equal (void)
{
  Scene scene = plain;
  g_autoptr (SyVerdict) verdict = NULL;
  Run run;

  scene.deviation = 0.02;
  run_start (&run, &scene, 1);
  for (guint i = 0; i < 20; i++)
    {
      g_clear_pointer (&verdict, sy_verdict_free);
      verdict = run_step (&run);
    }

  g_assert_cmpint (verdict->state, ==, SY_VERDICT_PRACTICALLY_EQUAL);
  g_assert_cmpint (sy_verdict_find_gate (verdict, SY_GATE_NEGLIGIBLE)->effect, ==, SY_GATE_NOTICE);
  g_assert_cmpfloat (verdict->time.low, >=, 1 / 1.05);
  g_assert_cmpfloat (verdict->time.high, <=, 1.05);
  g_assert_cmpfloat_with_epsilon (verdict->minutes, 20.0 / 6, 1e-9);
  g_assert_nonnull (verdict->would_change);
  g_assert_cmpuint (verdict->reasons->len, ==, 3);
  sy_comparison_free (run.comparison);
}

static void
test_too_early (void)
{
  g_autoptr (SyComparison) comparison = sy_comparison_new (SY_METRIC_P95);
  g_autoptr (SyVerdict) empty = sy_comparison_get_verdict (comparison);
  g_autofree char *headline = sy_verdict_headline (empty, "A", "B");

  g_assert_cmpint (empty->state, ==, SY_VERDICT_TOO_EARLY);
  g_assert_cmpuint (empty->more_windows, ==, 8);
  g_assert_nonnull (strstr (headline, "R-FEW"));
  g_assert_cmpint (run_all (&plain, 1, 7), ==, SY_VERDICT_TOO_EARLY);
  g_assert_cmpint (run_all (&plain, 1, 8), !=, SY_VERDICT_TOO_EARLY);
}

static SyVerdict *
judge (const Scene *scene, guint n)
{
  SyVerdict *verdict = NULL;
  Run run;

  run_start (&run, scene, 3);
  for (guint i = 0; i < n; i++)
    {
      g_clear_pointer (&verdict, sy_verdict_free);
      verdict = run_step (&run);
    }
  sy_comparison_free (run.comparison);
  return verdict;
}

/* At different loads the moment does not compare; below the knee two that are
 * equal all the same are equal, and the slower of them cannot be told. */
static void
test_unequal_load (void)
{
  Scene scene = plain;
  g_autoptr (SyVerdict) equal = NULL;
  g_autoptr (SyVerdict) busier_wins = NULL;
  g_autoptr (SyVerdict) busier_loses = NULL;
  g_autoptr (SyVerdict) near_the_end = NULL;
  g_autofree char *headline = NULL;

  scene.load[1] = 400;
  scene.deviation = 0.02;
  equal = judge (&scene, 20);
  g_assert_cmpint (equal->state, ==, SY_VERDICT_NOT_COMPARABLE);
  g_assert_cmpint (equal->load.state, ==, SY_VERDICT_PRACTICALLY_EQUAL);
  headline = sy_verdict_headline (equal, "A", "B");
  g_assert_nonnull (strstr (headline, "not comparable on the time axis"));
  g_assert_nonnull (strstr (headline, "equal at equal load, though no load was carried by both"));
  g_assert_cmpint (equal->load.basis, ==, SY_LOAD_BASIS_INFERRED);
  g_assert_true (isnan (equal->load.load[0]));

  scene.factor = 0.7;
  busier_wins = judge (&scene, 20);
  g_assert_cmpint (busier_wins->load.state, ==, SY_VERDICT_B_AHEAD);

  scene.factor = 1.4;
  busier_loses = judge (&scene, 20);
  g_assert_cmpint (busier_loses->load.state, ==, SY_VERDICT_TOO_EARLY);
  g_assert_cmpint (busier_loses->load.basis, ==, SY_LOAD_BASIS_NONE);

  scene.factor = 1;
  scene.cpu[1] = 0.9;
  near_the_end = judge (&scene, 20);
  g_assert_cmpint (near_the_end->load.state, ==, SY_VERDICT_TOO_EARLY);
}

/* Both carry 100 and 400 requests/s, but never at the same time. */
static void
test_crossed_load (void)
{
  g_autoptr (SyComparison) comparison = sy_comparison_new (SY_METRIC_P95);
  g_autoptr (SyVerdict) verdict = NULL;
  g_autofree char *headline = NULL;
  SyRandom random;

  sy_random_init (&random, 1, 1);
  for (guint i = 0; i < 40; i++)
    {
      const double load = i % 5 == 0 ? 400 : 100; /* of A; B has the other */
      const SyTimeWindow a
          = window (i, 0.05 * (load > 200 ? 2 : 1) * exp (0.02 * sy_random_normal (&random)), load, 0.4, 0);
      const SyTimeWindow b = window (
          i, 0.05 * 1.3 * (load > 200 ? 1 : 2) * exp (0.02 * sy_random_normal (&random)), 500 - load, 0.4, 0);

      sy_comparison_add (comparison, &a, &b, NULL, NULL, NAN);
    }

  verdict = sy_comparison_get_verdict (comparison);
  g_assert_cmpint (verdict->state, ==, SY_VERDICT_NOT_COMPARABLE);
  g_assert_cmpint (verdict->load.state, ==, SY_VERDICT_A_AHEAD);
  g_assert_cmpuint (verdict->load.n_windows, ==, 16);
  g_assert_cmpfloat_with_epsilon (verdict->load.ratio, 1 / 1.3, 0.02);
  g_assert_cmpint (verdict->load.basis, ==, SY_LOAD_BASIS_WINDOWS);
  g_assert_cmpfloat_with_epsilon (verdict->load.load[0], 100, 1e-9);
  g_assert_cmpfloat_with_epsilon (verdict->load.load[1], 400, 1e-9);
  g_assert_cmpfloat_with_epsilon (verdict->load.value[1], verdict->load.value[0] * 1.3, 0.002);

  headline = sy_verdict_headline (verdict, "A", "B");
  g_assert_nonnull (strstr (headline, "A is ahead at equal load, 100 to 400 requests/s"));
  g_assert_nonnull (strstr (g_ptr_array_index (verdict->reasons, 1), "16 pairs of windows, each of one load, 100 to 400 requests/s"));
}

/* The crossed loads of before with buckets so coarse that they show nothing, and the
 * means with them: who is ahead by interpolation alone is not. */
static void
test_crossed_load_and_gates (void)
{
  static const struct { double coarse, drift; SyVerdictState wanted; SyGateCode against; } cases[] = {
    { 1.05, 0, SY_VERDICT_A_AHEAD, SY_GATE_LOAD },
    { 2, 0, SY_VERDICT_TOO_CLOSE, SY_GATE_BUCKET },
    { 1.05, 0.02, SY_VERDICT_TOO_EARLY, SY_GATE_WARM },
  };

  for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
    {
      g_autoptr (SyComparison) comparison = sy_comparison_new (SY_METRIC_P95);
      g_autoptr (SyVerdict) verdict = NULL;
      const SyGate *gate;
      SyRandom random;

      sy_random_init (&random, 1, 1);
      for (guint i = 0; i < 40; i++)
        {
          g_autoptr (SyBuckets) durations = sy_buckets_new ();
          SyTimeWindow windows[2];

          /* Loads in turns, so that neither drifts. */
          for (guint side = 0; side < 2; side++)
            {
              const double load = (i + side) % 2 == 0 ? 400 : 100;
              const double latency = 0.05 * (side == 1 ? 1.3 : 1) * (load > 200 ? 2 : 1) * exp (0.02 * sy_random_normal (&random));

              windows[side] = window (i, latency * exp (cases[k].drift * i), load, 0.4, 0);
              windows[side].p95.lower = windows[side].p95.estimate / cases[k].coarse;
              windows[side].p95.upper = windows[side].p95.estimate * cases[k].coarse;
            }
          sy_buckets_add (durations, 0.01, 10);
          sy_buckets_add (durations, 1, 4000);
          sy_buckets_add (durations, INFINITY, 4000);
          sy_comparison_add (comparison, &windows[0], &windows[1], durations, durations, NAN);
        }

      verdict = sy_comparison_get_verdict (comparison);
      g_assert_cmpint (verdict->state, ==, SY_VERDICT_NOT_COMPARABLE);
      g_assert_cmpint (verdict->load.state, ==, cases[k].wanted);
      g_assert_cmpint (verdict->load.basis, ==, SY_LOAD_BASIS_WINDOWS);
      gate = sy_verdict_find_gate (verdict, cases[k].against);
      g_assert_cmpint (gate->effect, !=, SY_GATE_PASSED);
    }
}

/* A load trial that asked both the same goes before windows, where the moment
 * does not compare; where it does, the moment is what is said. A change drops it. */
static void
test_trial (void)
{
  g_autoptr (SyComparison) comparison = sy_comparison_new (SY_METRIC_P95);
  g_autoptr (SyVerdict) verdict = NULL;
  g_autoptr (SyVerdict) changed = NULL;
  g_autofree char *headline = NULL;
  SyEffect trial;

  sy_effect_init (&trial);
  trial.state = SY_VERDICT_B_AHEAD;
  trial.what = "p99 latency";
  trial.n_windows = 6;
  trial.ratio = 1.5;
  trial.low = 1.3;
  trial.high = 1.7;
  trial.basis = SY_LOAD_BASIS_TRIAL;
  trial.load[0] = trial.load[1] = 300;
  sy_comparison_set_trial (comparison, &trial);

  for (guint i = 0; i < 12; i++)
    {
      const SyTimeWindow a = window (i, 0.05, 100, 0.2, 0);
      const SyTimeWindow b = window (i, 0.05, 400, 0.2, 0);

      sy_comparison_add (comparison, &a, &b, NULL, NULL, NAN);
    }

  verdict = sy_comparison_get_verdict (comparison);
  g_assert_cmpint (verdict->state, ==, SY_VERDICT_NOT_COMPARABLE);
  g_assert_cmpint (verdict->load.state, ==, SY_VERDICT_B_AHEAD);
  g_assert_cmpstr (verdict->load.what, ==, "p99 latency");
  headline = sy_verdict_headline (verdict, "A", "B");
  g_assert_nonnull (strstr (headline, "B is ahead at equal load, 300 requests/s"));
  g_assert_nonnull (strstr (g_ptr_array_index (verdict->reasons, 1), "6 pairs of blocks of a load run, 300 requests/s"));

  sy_comparison_change (comparison);
  for (guint i = 0; i < 12; i++)
    {
      const SyTimeWindow a = window (i, 0.05, 100, 0.2, 0);
      const SyTimeWindow b = window (i, 0.05, 400, 0.2, 0);

      sy_comparison_add (comparison, &a, &b, NULL, NULL, NAN);
    }
  changed = sy_comparison_get_verdict (comparison);
  g_assert_cmpint (changed->load.basis, ==, SY_LOAD_BASIS_INFERRED);
}

/* The same with a load that both carry. */
static void
test_trial_and_moment (void)
{
  g_autoptr (SyComparison) comparison = sy_comparison_new (SY_METRIC_P95);
  g_autoptr (SyVerdict) verdict = NULL;
  SyEffect trial;

  sy_effect_init (&trial);
  trial.state = SY_VERDICT_B_AHEAD;
  sy_comparison_set_trial (comparison, &trial);
  for (guint i = 0; i < 12; i++)
    {
      const SyTimeWindow a = window (i, 0.05, 100, 0.2, 0);
      const SyTimeWindow b = window (i, 0.05, 104, 0.2, 0);

      sy_comparison_add (comparison, &a, &b, NULL, NULL, NAN);
    }

  verdict = sy_comparison_get_verdict (comparison);
  g_assert_cmpint (verdict->load.basis, ==, SY_LOAD_BASIS_MOMENT);
  g_assert_cmpint (verdict->load.state, ==, verdict->state);
  g_assert_cmpfloat_with_epsilon (verdict->load.load[0], 100, 1e-9);
  g_assert_cmpfloat_with_epsilon (verdict->load.load[1], 104, 1e-9);
}

/* Loads that take turns have the same mean and are never the same. */
static void
test_turns (void)
{
  g_autoptr (SyComparison) comparison = sy_comparison_new (SY_METRIC_P95);
  g_autoptr (SyVerdict) verdict = NULL;

  for (guint i = 0; i < 40; i++)
    {
      const SyTimeWindow a = window (i, 0.05, i % 2 ? 100 : 400, 0.2, 0);
      const SyTimeWindow b = window (i, 0.05, i % 2 ? 400 : 100, 0.2, 0);

      sy_comparison_add (comparison, &a, &b, NULL, NULL, NAN);
    }

  verdict = sy_comparison_get_verdict (comparison);
  g_assert_cmpint (verdict->state, ==, SY_VERDICT_NOT_COMPARABLE);
  g_assert_cmpint (verdict->load.state, ==, SY_VERDICT_PRACTICALLY_EQUAL);
}

static void
test_errors_refuse (void)
{
  Scene scene = plain;
  g_autoptr (SyVerdict) verdict = NULL;
  Run run;

  scene.factor = 3; /* and A answers fast because it fails */
  scene.errors[0] = 0.2;
  verdict = judge (&scene, 30);
  g_assert_cmpint (verdict->state, ==, SY_VERDICT_NOT_COMPARABLE);
  g_assert_cmpint (verdict->load.state, ==, SY_VERDICT_NOT_COMPARABLE);
  g_assert_nonnull (sy_verdict_find_gate (verdict, SY_GATE_ERRORS)->remedy);

  /* A counter of failures may begin with the first of them. */
  run_start (&run, &scene, 1);
  for (guint i = 0; i < 30; i++)
    {
      scene.errors[0] = i < 20 ? (double) NAN : 0.4;
      g_clear_pointer (&verdict, sy_verdict_free);
      verdict = run_step (&run);
    }
  g_assert_cmpint (verdict->state, ==, SY_VERDICT_NOT_COMPARABLE);
  sy_comparison_free (run.comparison);
}

/* A restart drops what was collected, and is said. */
static void
test_change (void)
{
  Scene scene = plain;
  g_autoptr (SyVerdict) before = NULL;
  g_autoptr (SyVerdict) after = NULL;
  Run run;

  scene.factor = 3;
  run_start (&run, &scene, 1);
  for (guint i = 0; i < 20; i++)
    {
      g_clear_pointer (&before, sy_verdict_free);
      before = run_step (&run);
    }
  g_assert_cmpint (before->state, ==, SY_VERDICT_A_AHEAD);

  sy_comparison_change (run.comparison);
  after = run_step (&run);
  g_assert_cmpint (after->state, ==, SY_VERDICT_TOO_EARLY);
  g_assert_cmpint (sy_verdict_find_gate (after, SY_GATE_CHANGED)->effect, ==, SY_GATE_NOTICE);
  sy_comparison_free (run.comparison);
}

/* Windows of a process younger than the warm-up do not count. */
static void
test_warm_up (void)
{
  g_autoptr (SyComparison) comparison = sy_comparison_new (SY_METRIC_P95);
  g_autoptr (SyVerdict) young = NULL;
  g_autoptr (SyVerdict) warm = NULL;

  for (guint i = 0; i < 20; i++)
    {
      const SyTimeWindow a = window (i, 0.05 + 0.0001 * i, 100, 0.2, 0);

      if (i == 6)
        young = sy_comparison_get_verdict (comparison);
      sy_comparison_add (comparison, &a, &a, NULL, NULL, 10.0 * i);
    }

  warm = sy_comparison_get_verdict (comparison);
  g_assert_cmpint (sy_verdict_find_gate (young, SY_GATE_WARM)->effect, ==, SY_GATE_WITHHOLD);
  g_assert_cmpuint (warm->time.n_windows, ==, 14);
  g_assert_cmpint (sy_verdict_find_gate (warm, SY_GATE_WARM)->effect, ==, SY_GATE_PASSED);
  g_assert_cmpint (warm->state, ==, SY_VERDICT_PRACTICALLY_EQUAL);
}

/* One of a thing is not several. */
static void
test_one_window (void)
{
  Run run;

  run_start (&run, &plain, 1);
  for (guint i = 1; i <= 2; i++)
    {
      g_autoptr (SyVerdict) verdict = run_step (&run);
      static const char *const begins[] = { NULL, "1 window, ", "2 windows, " };
      const char *reason = NULL;

      for (guint j = 0; j < verdict->reasons->len; j++)
        if (strstr (g_ptr_array_index (verdict->reasons, j), "minutes of evidence") != NULL)
          reason = g_ptr_array_index (verdict->reasons, j);

      g_assert_cmpuint (verdict->time.n_windows, ==, i);
      g_assert_nonnull (reason);
      g_assert_true (g_str_has_prefix (reason, begins[i]));
    }
  sy_comparison_free (run.comparison);
}

/* --- What must not matter --- */

static const double factors[] = { 1, 1.02, 1.1, 1.3, 2, 0.9, 0.6 };

static void
test_swap (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    for (guint64 seed = 1; seed <= 20; seed++)
      {
        Scene scene = plain;
        Run run, swapped_run;
        Scene swapped;

        scene.factor = factors[i];
        scene.load[1] = seed % 3 == 0 ? 300 : 100;
        scene.errors[0] = seed % 5 == 0 ? 0.1 : 0;
        scene.deviation = seed % 2 ? 0.25 : 0.02;
        swapped = scene;
        swapped.swapped = TRUE;

        run_start (&run, &scene, seed);
        run_start (&swapped_run, &swapped, seed);
        for (guint j = 0; j < 40; j++)
          {
            g_autoptr (SyVerdict) one = run_step (&run);
            g_autoptr (SyVerdict) other = run_step (&swapped_run);

            g_assert_cmpint (one->state, ==, sy_verdict_state_swap (other->state));
            g_assert_cmpint (one->load.state, ==, sy_verdict_state_swap (other->load.state));
            if (!isnan (one->time.ratio))
              g_assert_cmpfloat_with_epsilon (one->time.ratio * other->time.ratio, 1, 1e-9);
          }
        sy_comparison_free (run.comparison);
        sy_comparison_free (swapped_run.comparison);
      }
}

static void
test_scale (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    for (guint64 seed = 1; seed <= 20; seed++)
      {
        Scene scene = plain;
        Scene doubled;

        scene.factor = factors[i];
        doubled = scene;
        doubled.scale = 2;
        g_assert_cmpint (run_all (&scene, seed, 40), ==, run_all (&doubled, seed, 40));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparison/same", test_same);
  g_test_add_func ("/comparison/one-window", test_one_window);
  g_test_add_func ("/comparison/power", test_power);
  g_test_add_func ("/comparison/same-queues", test_same_queues);
  g_test_add_func ("/comparison/equal", test_equal);
  g_test_add_func ("/comparison/too-early", test_too_early);
  g_test_add_func ("/comparison/unequal-load", test_unequal_load);
  g_test_add_func ("/comparison/trial", test_trial);
  g_test_add_func ("/comparison/trial-and-moment", test_trial_and_moment);
  g_test_add_func ("/comparison/crossed-load", test_crossed_load);
  g_test_add_func ("/comparison/crossed-load-and-gates", test_crossed_load_and_gates);
  g_test_add_func ("/comparison/turns", test_turns);
  g_test_add_func ("/comparison/errors-refuse", test_errors_refuse);
  g_test_add_func ("/comparison/change", test_change);
  g_test_add_func ("/comparison/warm-up", test_warm_up);
  g_test_add_func ("/comparison/swap", test_swap);
  g_test_add_func ("/comparison/scale", test_scale);
  return g_test_run ();
}
