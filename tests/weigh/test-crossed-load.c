/* test-crossed-load.c: two servers that take turns at 100 and 400 requests/s
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each is an event loop, request by request, and what a scrape would see of it: the
 * bounds of our own servers' histogram, windows that also lie across a change of
 * load. Of ten requests nine wait 20 ms and one computes for 3 ms, as in the profile
 * "mixed"; how fast the machine computes wanders, each second like the one before.
 * Seeds are fixed.
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-comparison.h"
#include "sy-random.h"
#include "sy-verdict-words.h"

#define N_RUNS 100
#define WINDOW 4.0  /* seconds: `compare --for 60s` */
#define STEP 16.0   /* seconds at one load */
#define AHEAD 2.5   /* seconds from the first change of windows to the first of loads */
#define WANDER 0.15 /* of the logarithm of the speed */
#define ALIKE 0.6   /* of a second and the next */

#define WAIT 0.020
#define COMPUTE 0.003
#define HANDLE 0.0001
#define COMPUTING 0.1

typedef struct
{
  double ready;
  double since;
} Waiting;

typedef struct
{
  SyRandom random;
  gboolean is_b;
  double   factor;   /* of all that it does */
  double   arrival;  /* of the next request */
  double   free;     /* the loop, from then on */
  double   second;   /* until which the speed holds */
  double   wander;   /* logarithm of the time that computing takes */
  GQueue   waiting;  /* (element-type Waiting), by when they are ready */
} Server;

/* What a run ended with. */
typedef struct
{
  SyVerdictState moment;
  SyVerdictState load;
  guint          n_pairs;
  char          *headline;     /* (owned) */
  char          *would_change; /* (owned) (nullable) */
} Outcome;

static void
outcome_clear (Outcome *self)
{
  g_free (self->headline);
  g_free (self->would_change);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static double
rate_at (const Server *self,
         double        time)
{
  const gboolean is_odd = (guint) ((time + STEP - AHEAD) / STEP) % 2 == 1;

  return is_odd != self->is_b ? 400 : 100;
}

static void
server_init (Server *self,
             guint64 seed,
             guint   side,
             double  factor)
{
  *self = (Server) { .is_b = side == 1, .factor = factor };
  sy_random_init (&self->random, seed, side);
  g_queue_init (&self->waiting);
  self->arrival = sy_random_exponential (&self->random, 1 / rate_at (self, 0));
}

/* The loop takes @seconds of work that is ready at @ready. Returns when it is done. */
static double
work (Server *self,
      double  ready,
      double  seconds)
{
  const double start = fmax (ready, self->free);

  for (; self->second < start; self->second += 1)
    self->wander = ALIKE * self->wander + sqrt (1 - ALIKE * ALIKE) * WANDER * sy_random_normal (&self->random);

  self->free = start + seconds * self->factor * exp (self->wander);
  return self->free;
}

/* The next thing that the loop does. Returns the latency of a request that is
 * answered by it and sets @ret_at; NAN: none is. */
static double
server_step (Server *self,
             double *ret_at)
{
  const Waiting *next = g_queue_peek_head (&self->waiting);

  if (next != NULL && next->ready <= self->arrival)
    {
      g_autofree Waiting *done = g_queue_pop_head (&self->waiting);

      *ret_at = work (self, done->ready, HANDLE);
      return *ret_at - done->since;
    }

  {
    const double since = self->arrival;
    const gboolean computes = sy_random_uniform (&self->random) < COMPUTING;
    const double done = work (self, since, computes ? COMPUTE : HANDLE);

    self->arrival += sy_random_exponential (&self->random, 1 / rate_at (self, since));
    *ret_at = done;
    if (computes)
      return done - since;

    g_queue_push_tail (&self->waiting, g_memdup2 (&(Waiting) { done + WAIT * self->factor, since }, sizeof (Waiting)));
    return NAN;
  }
}

/* (transfer full) */
static SyBuckets *
run_window (Server       *self,
            guint         index,
            double        scale,
            SyTimeWindow *ret)
{
  static const double bounds[] = {
    0.0005, 0.001, 0.0025, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.075,
    0.1, 0.15, 0.25, 0.35, 0.5, 0.75, 1, 1.5, 2.5, 5, 7.5, 10, INFINITY,
  };
  const double end = (index + 1) * WINDOW;
  double counts[G_N_ELEMENTS (bounds)] = { 0 };
  double sum = 0, n = 0, at = 0, cumulative = 0;
  SyBuckets *buckets = sy_buckets_new ();

  while (at < end)
    {
      const double latency = server_step (self, &at);
      guint i = 0;

      if (isnan (latency))
        continue;
      while (latency > bounds[i])
        i++;
      counts[i]++;
      sum += latency;
      n++;
    }

  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    sy_buckets_add (buckets, bounds[i] * scale, cumulative += counts[i]);
  sy_buckets_set_sum (buckets, sum * scale);

  sy_time_window_init (ret);
  ret->from_us = (gint64) (index * WINDOW * G_USEC_PER_SEC);
  ret->to_us = (gint64) (end * G_USEC_PER_SEC);
  ret->n_samples = 4;
  ret->throughput = n / WINDOW;
  ret->error_ratio = 0;
  ret->cpu_cores = 0.2;
  sy_time_window_set_durations (ret, buckets, NAN);
  return buckets;
}

/* @swapped: the second server is called A. @scale: of all latencies. */
static void
run (guint64  seed,
     double   factor,
     double   seconds,
     double   scale,
     gboolean swapped,
     Outcome *ret)
{
  g_autoptr (SyComparison) comparison = sy_comparison_new (SY_METRIC_P95);
  g_autoptr (SyVerdict) verdict = NULL;
  Server servers[2];

  for (guint i = 0; i < 2; i++)
    server_init (&servers[i], seed, i, i == 1 ? factor : 1);

  for (guint i = 0; (i + 1) * WINDOW <= seconds; i++)
    {
      SyTimeWindow windows[2];
      g_autoptr (SyBuckets) first = run_window (&servers[0], i, scale, &windows[0]);
      g_autoptr (SyBuckets) second = run_window (&servers[1], i, scale, &windows[1]);

      sy_comparison_add (comparison, &windows[swapped], &windows[!swapped], swapped ? second : first,
                         swapped ? first : second, NAN);
      g_clear_pointer (&verdict, sy_verdict_free);
      verdict = sy_comparison_get_verdict (comparison);
    }

  *ret = (Outcome) { verdict->state, verdict->load.state, verdict->load.n_windows, sy_verdict_headline (verdict, "A", "B"),
                     g_strdup (verdict->would_change) };
  for (guint i = 0; i < 2; i++)
    g_queue_clear_full (&servers[i].waiting, g_free);
}

typedef struct
{
  guint of[SY_VERDICT_B_AHEAD + 1];
} Tally;

static Tally
count (double factor,
       double seconds)
{
  Tally tally = { { 0 } };

  for (guint64 seed = 1; seed <= N_RUNS; seed++)
    {
      g_auto (Outcome) outcome = { 0 };

      run (seed, factor, seconds, 1, FALSE, &outcome);
      g_assert_cmpint (outcome.moment, ==, SY_VERDICT_NOT_COMPARABLE);
      tally.of[outcome.load]++;
    }

  g_test_message ("B takes %g times as long, %g s: of %u runs %u say equal at equal load, %u too close, %u A ahead, %u B ahead, "
                  "%u nothing yet", factor, seconds, N_RUNS, tally.of[SY_VERDICT_PRACTICALLY_EQUAL], tally.of[SY_VERDICT_TOO_CLOSE],
                  tally.of[SY_VERDICT_A_AHEAD], tally.of[SY_VERDICT_B_AHEAD], tally.of[SY_VERDICT_TOO_EARLY]);
  return tally;
}

/* Two that are the same are told to be, in the time that the system test gives. */
static void
test_equal (void)
{
  static const double times[] = { 32, 60, 120 };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      const Tally tally = count (1, times[i]);

      g_assert_cmpuint (tally.of[SY_VERDICT_A_AHEAD] + tally.of[SY_VERDICT_B_AHEAD], <=, N_RUNS / 20);
      if (times[i] >= 120)
        g_assert_cmpuint (tally.of[SY_VERDICT_PRACTICALLY_EQUAL], >=, N_RUNS * 9 / 10);
    }
}

/* One that takes a tenth or a fifth longer is never told to be equal more often than one
 * look in twenty; but both have their percentile within one bucket, so nobody can be told
 * to be ahead either. One that takes so much longer that it is out of it is told. */
static void
test_apart (void)
{
  Tally tally = count (1.1, 120);

  g_assert_cmpuint (tally.of[SY_VERDICT_PRACTICALLY_EQUAL] + tally.of[SY_VERDICT_B_AHEAD], <=, N_RUNS / 20);
  tally = count (1.2, 240);
  g_assert_cmpuint (tally.of[SY_VERDICT_TOO_CLOSE], >=, N_RUNS * 19 / 20);
  tally = count (1.7, 240);
  g_assert_cmpuint (tally.of[SY_VERDICT_A_AHEAD], >=, N_RUNS * 7 / 10);
  g_assert_cmpuint (tally.of[SY_VERDICT_PRACTICALLY_EQUAL] + tally.of[SY_VERDICT_B_AHEAD], <=, N_RUNS / 20);
}

static void
test_words (void)
{
  g_auto (Outcome) outcome = { 0 };

  run (1, 1, 120, 1, FALSE, &outcome);
  g_test_message ("%s", outcome.headline);
  g_assert_nonnull (strstr (outcome.headline, "not comparable on the time axis"));
  g_assert_nonnull (strstr (outcome.headline, "; equal at equal load, "));
  g_assert_nonnull (strstr (outcome.headline, "(p95 latency)"));
}

/* Where time alone is missing, it says how much. */
static void
test_more (void)
{
  guint n_close = 0, n_told = 0;

  for (guint64 seed = 1; seed <= N_RUNS; seed++)
    {
      g_auto (Outcome) outcome = { 0 };

      run (seed, 1, 32, 1, FALSE, &outcome);
      if (outcome.load != SY_VERDICT_TOO_CLOSE)
        continue;

      n_close++;
      g_assert_nonnull (strstr (outcome.headline, "too close to call at equal load"));
      n_told += strstr (outcome.would_change, "Load page. At equal load: About ") != NULL;
    }

  g_test_message ("of %u that are too close %u say how long it takes", n_close, n_told);
  g_assert_cmpuint (n_close, >, 0);
  g_assert_cmpuint (n_told, ==, n_close);
}

/* Other names swap the verdict, and slower clocks change none. */
static void
test_properties (void)
{
  static const double factors[] = { 1, 1.1, 1.3, 0.8 };

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    for (guint64 seed = 1; seed <= 5; seed++)
      {
        g_auto (Outcome) plain = { 0 };
        g_auto (Outcome) swapped = { 0 };
        g_auto (Outcome) doubled = { 0 };

        run (seed, factors[i], 60, 1, FALSE, &plain);
        run (seed, factors[i], 60, 1, TRUE, &swapped);
        run (seed, factors[i], 60, 2, FALSE, &doubled);
        g_assert_cmpint (plain.moment, ==, sy_verdict_state_swap (swapped.moment));
        g_assert_cmpint (plain.load, ==, sy_verdict_state_swap (swapped.load));
        g_assert_cmpuint (plain.n_pairs, ==, swapped.n_pairs);
        g_assert_cmpint (plain.moment, ==, doubled.moment);
        g_assert_cmpint (plain.load, ==, doubled.load);
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crossed-load/equal", test_equal);
  g_test_add_func ("/crossed-load/apart", test_apart);
  g_test_add_func ("/crossed-load/words", test_words);
  g_test_add_func ("/crossed-load/more", test_more);
  g_test_add_func ("/crossed-load/properties", test_properties);
  return g_test_run ();
}
