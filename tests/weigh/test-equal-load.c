/* test-equal-load.c: what is said of two backends that never carry the same at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-equal-load.h"
#include "sy-random.h"

#define ALPHA 0.05
#define MIN_EFFECT 1.05
#define N_RUNS 400
#define N_WINDOWS 60

/* Latency that rises with the load: at 400 requests/s twice that at 100. */
static double
curve (double load)
{
  return log (0.05 * (1 + (load - 100) / 300));
}

static void
test_no_load_in_common (void)
{
  g_autoptr (SyEqualLoad) equal = sy_equal_load_new ();
  SyEqualLoadPairs pairs;

  for (guint i = 0; i < 50; i++)
    {
      sy_equal_load_add (equal, 0, 100, curve (100));
      sy_equal_load_add (equal, 1, 400, curve (400));
    }

  sy_equal_load_pairs (equal, ALPHA, &pairs);
  g_assert_cmpuint (pairs.sequence.n, ==, 0);
  g_assert_true (isnan (pairs.load[0]) && isnan (pairs.load[1]) && isnan (pairs.value[0]) && isnan (pairs.value[1]));
  g_assert_true (isinf (pairs.sequence.low) && isinf (pairs.sequence.high));
}

/* B is a tenth slower everywhere; what each carried at a time hides it. */
static void
test_clouds_that_meet (void)
{
  g_autoptr (SyEqualLoad) equal = sy_equal_load_new ();
  SyEqualLoadPairs pairs;
  SyRandom random;

  sy_random_init (&random, 4, 1);
  for (guint i = 0; i < 40; i++)
    {
      const double a = 100 + 7.5 * i, b = 400 - 7.5 * i;

      sy_equal_load_add (equal, 0, a, curve (a) + 0.01 * sy_random_normal (&random));
      sy_equal_load_add (equal, 1, b, curve (b) + log (1.1) + 0.01 * sy_random_normal (&random));
    }

  sy_equal_load_pairs (equal, ALPHA, &pairs);
  g_assert_cmpuint (pairs.sequence.n, >=, 20);
  g_assert_cmpfloat (pairs.sequence.high, <, 0);
  g_assert_cmpfloat (pairs.sequence.low, <, log (1 / 1.1));
  g_assert_cmpfloat (pairs.sequence.high, >, log (1 / 1.1));
  g_assert_cmpfloat (pairs.load[0], <, 130);
  g_assert_cmpfloat (pairs.load[1], >, 370);
  g_assert_cmpfloat (pairs.value[0], <, pairs.value[1]);
}

/* Near enough is a tenth, the nearest is taken, and each window once. */
static void
test_pairs (void)
{
  g_autoptr (SyEqualLoad) equal = sy_equal_load_new ();
  SyEqualLoadPairs pairs;

  sy_equal_load_add (equal, 0, 100, log (1));
  sy_equal_load_add (equal, 0, 105, log (2));
  sy_equal_load_add (equal, 1, 111, log (4)); /* too far from the first */
  sy_equal_load_pairs (equal, ALPHA, &pairs);
  g_assert_cmpuint (pairs.sequence.n, ==, 1);
  g_assert_cmpfloat_with_epsilon (pairs.value[0], 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (pairs.value[1], 4, 1e-12);
  g_assert_cmpfloat_with_epsilon (pairs.load[0], 105, 1e-12);
  g_assert_cmpfloat_with_epsilon (pairs.load[1], 111, 1e-12);

  sy_equal_load_add (equal, 1, 95, log (1));
  sy_equal_load_add (equal, 1, 95, log (1)); /* finds none any more */
  sy_equal_load_pairs (equal, ALPHA, &pairs);
  g_assert_cmpuint (pairs.sequence.n, ==, 2);
  g_assert_cmpfloat_with_epsilon (pairs.load[0], 95, 1e-12);

  sy_equal_load_clear (equal);
  sy_equal_load_add (equal, 0, 95, 0);
  sy_equal_load_pairs (equal, ALPHA, &pairs);
  g_assert_cmpuint (pairs.sequence.n, ==, 0);

  /* Of three that are near it is neither the oldest nor the last. */
  sy_equal_load_add (equal, 0, 101, log (2));
  sy_equal_load_add (equal, 0, 108, log (3));
  sy_equal_load_add (equal, 1, 102, log (4));
  sy_equal_load_pairs (equal, ALPHA, &pairs);
  g_assert_cmpuint (pairs.sequence.n, ==, 1);
  g_assert_cmpfloat_with_epsilon (pairs.value[0], 2, 1e-12);
}

/* Of many that wait, at loads that come and go: who is paired with whom is what a look
 * at all of them in the order of time would say. */
static guint
find_nearest (const GArray *waiting,
              double        load)
{
  guint nearest = waiting->len;
  double least = log (1.1);

  for (guint k = 0; k < waiting->len; k++)
    {
      const double apart = fabs (log (g_array_index (waiting, double, k)) - log (load));

      if (apart < least || (nearest == waiting->len && apart <= least))
        {
          nearest = k;
          least = apart;
        }
    }

  return nearest;
}

static void
test_nearest_of_many (void)
{
  g_autoptr (SyEqualLoad) equal = sy_equal_load_new ();
  GArray *waiting[2] = { g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)) };
  SyEqualLoadPairs pairs;
  double sum[2] = { 0, 0 };
  guint n = 0;
  SyRandom random;

  sy_random_init (&random, 9, 1);
  for (guint i = 0; i < 3000; i++)
    {
      const guint side = (guint) sy_random_below (&random, 2);
      const double load = 1000 + 10 * (double) sy_random_below (&random, 300) + (side == 0 ? 0 : 900 * cos (i / 400.0));
      guint k;

      /* The value tells which one it is: it is the load. */
      sy_equal_load_add (equal, side, load, log (load));
      k = find_nearest (waiting[1 - side], load);
      if (k == waiting[1 - side]->len)
        {
          g_array_append_val (waiting[side], load);
          continue;
        }

      sum[side] += log (load);
      sum[1 - side] += log (g_array_index (waiting[1 - side], double, k));
      g_array_remove_index (waiting[1 - side], k);
      n++;
    }

  sy_equal_load_pairs (equal, ALPHA, &pairs);
  g_assert_cmpuint (n, >, 500);
  g_assert_cmpuint (pairs.sequence.n, ==, n);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpfloat_with_epsilon (log (pairs.value[i]), sum[i] / n, 1e-9);

  for (guint i = 0; i < 2; i++)
    g_array_unref (waiting[i]);

  /* Without a load there is nothing to be near to. */
  for (guint i = 0; i < 2; i++)
    sy_equal_load_add (equal, i, i == 0 ? 0 : (double) NAN, 0);
  sy_equal_load_pairs (equal, ALPHA, &pairs);
  g_assert_cmpuint (pairs.sequence.n, ==, n);
}

/* Two that are the same, loads in turns, a look after every window: at most one
 * run in twenty may ever say that they differ by something that matters. The
 * noise has neighbours that are alike. */
static void
test_false_verdicts (void)
{
  guint n_false = 0;

  for (guint64 seed = 1; seed <= N_RUNS; seed++)
    {
      g_autoptr (SyEqualLoad) equal = sy_equal_load_new ();
      double noise[2] = { 0, 0 };
      gboolean apart = FALSE;
      SyRandom random;

      sy_random_init (&random, seed, 2);
      for (guint i = 0; i < N_WINDOWS; i++)
        {
          const gboolean high = i / 6 % 2 == 0;
          SyEqualLoadPairs pairs;

          for (guint side = 0; side < 2; side++)
            {
              const double load = (high == (side == 0) ? 400 : 100) * exp (0.02 * sy_random_normal (&random));

              noise[side] = 0.4 * noise[side] + 0.165 * sy_random_normal (&random);
              sy_equal_load_add (equal, side, load, curve (load) + noise[side]);
            }
          sy_equal_load_pairs (equal, ALPHA, &pairs);
          apart |= pairs.sequence.low > log (MIN_EFFECT) || pairs.sequence.high < -log (MIN_EFFECT);
        }
      n_false += apart;
    }

  g_test_message ("A/A at equal load: %u of %u runs told them apart", n_false, N_RUNS);
  g_assert_cmpuint (n_false, <=, N_RUNS / 20);
}

static void
test_swapped (void)
{
  g_autoptr (SyEqualLoad) one = sy_equal_load_new ();
  g_autoptr (SyEqualLoad) other = sy_equal_load_new ();
  SyEqualLoadPairs pairs, swapped;

  for (guint i = 0; i < 20; i++)
    for (guint side = 0; side < 2; side++)
      {
        const double load = 100 + 30 * ((i + 7 * side) % 10);

        sy_equal_load_add (one, side, load, curve (load) + 0.1 * side);
        sy_equal_load_add (other, 1 - side, load, curve (load) + 0.1 * side);
      }

  sy_equal_load_pairs (one, ALPHA, &pairs);
  sy_equal_load_pairs (other, ALPHA, &swapped);
  g_assert_cmpuint (pairs.sequence.n, ==, swapped.sequence.n);
  g_assert_cmpfloat_with_epsilon (pairs.sequence.mean, -swapped.sequence.mean, 1e-12);
  g_assert_cmpfloat_with_epsilon (pairs.sequence.low, -swapped.sequence.high, 1e-12);
  g_assert_cmpfloat_with_epsilon (pairs.value[0], swapped.value[1], 1e-12);
}

static void
test_infer (void)
{
  static const struct {
    SyVerdictState moment;
    gboolean       a_carries_more;
    double         busiest;
    SyVerdictState expected;
  } cases[] = {
    { SY_VERDICT_A_AHEAD, TRUE, 0.9, SY_VERDICT_A_AHEAD },          /* though it carries more */
    { SY_VERDICT_A_AHEAD, FALSE, 0.1, SY_VERDICT_TOO_EARLY },       /* or because it carries less */
    { SY_VERDICT_B_AHEAD, FALSE, 0.9, SY_VERDICT_B_AHEAD },
    { SY_VERDICT_B_AHEAD, TRUE, 0.1, SY_VERDICT_TOO_EARLY },
    { SY_VERDICT_PRACTICALLY_EQUAL, TRUE, 0.4, SY_VERDICT_PRACTICALLY_EQUAL },
    { SY_VERDICT_PRACTICALLY_EQUAL, TRUE, 0.6, SY_VERDICT_TOO_EARLY },
    { SY_VERDICT_TOO_CLOSE, FALSE, 0.4, SY_VERDICT_TOO_CLOSE },
    { SY_VERDICT_TOO_CLOSE, FALSE, NAN, SY_VERDICT_TOO_EARLY },
    { SY_VERDICT_TOO_EARLY, TRUE, 0.1, SY_VERDICT_TOO_EARLY },
    { SY_VERDICT_NOT_COMPARABLE, TRUE, 0.1, SY_VERDICT_TOO_EARLY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (sy_equal_load_infer (cases[i].moment, cases[i].a_carries_more, cases[i].busiest), ==, cases[i].expected);
}

static void
test_effect_swap (void)
{
  SyEffect effect;

  sy_effect_init (&effect);
  g_assert_cmpint (effect.state, ==, SY_VERDICT_TOO_EARLY);
  g_assert_cmpstr (sy_load_basis_nick (effect.basis), ==, "none");

  effect.state = SY_VERDICT_A_AHEAD;
  effect.value[0] = 1;
  effect.value[1] = 2;
  effect.ratio = 0.5;
  effect.low = 0.4;
  effect.high = 0.8;
  sy_effect_swap (&effect);
  g_assert_cmpint (effect.state, ==, SY_VERDICT_B_AHEAD);
  g_assert_cmpfloat_with_epsilon (effect.value[0], 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (effect.ratio, 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (effect.low, 1.25, 1e-12);
  g_assert_cmpfloat_with_epsilon (effect.high, 2.5, 1e-12);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/equal-load/no-load-in-common", test_no_load_in_common);
  g_test_add_func ("/equal-load/clouds-that-meet", test_clouds_that_meet);
  g_test_add_func ("/equal-load/pairs", test_pairs);
  g_test_add_func ("/equal-load/nearest-of-many", test_nearest_of_many);
  g_test_add_func ("/equal-load/false-verdicts", test_false_verdicts);
  g_test_add_func ("/equal-load/swapped", test_swapped);
  g_test_add_func ("/equal-load/infer", test_infer);
  g_test_add_func ("/equal-load/effect-swap", test_effect_swap);

  return g_test_run ();
}
