/* test-ownership.c: what holds of years of ownership, whatever the numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-random.h"
#include "sy-sensitivity.h"
#include "sy-splitmix.h"
#include "sy-worked-example.h"

#define N_TRIES 300

static const SySensitivityRange ranges[] = {
  { "A.mvp_months", 3, 5, 8 },
  { "B.salary", 70000, 90000, 120000 },
  { "traffic_growth", 0, 0.2, 0.6 },
  { "maintenance (both)", 0.15, 0.2, 0.25 },
  { "A.cap_slo [measured]", 600, 800, 900 },
};

static double
between (SyRandom *random,
         double    low,
         double    high)
{
  return low + (high - low) * sy_random_uniform (random);
}

static void
draw_owner (SyRandom *random,
            SyOwner  *owner)
{
  owner->team = between (random, 1, 10);
  owner->salary = between (random, 20000, 150000);
  owner->skilled_share = sy_random_uniform (random);
  owner->mvp_months = between (random, 1, 18);
  owner->missing_integrations = between (random, 0, 8);
  owner->upgrade_years = (guint) sy_random_below (random, 32) << 1;
  owner->hosting.capacity = between (random, 50, 2000);
  owner->hosting.node_hour = 0.08;
  owner->hosting.pods_per_node = 2;
  owner->hosting.response_bytes = 2000;
}

static void
draw_case (SyRandom        *random,
           SyOwnershipCase *pair)
{
  sy_ownership_case_init (pair);
  sy_worked_example_set_prices (&pair->a.hosting);
  sy_worked_example_set_prices (&pair->b.hosting);
  draw_owner (random, &pair->a);
  draw_owner (random, &pair->b);
  pair->common.peak_rps = between (random, 10, 5000);
  pair->common.cost_of_delay = between (random, 0, 50000);
  pair->common.traffic_growth = between (random, 0, 0.5);
}

/* Whoever is called A: the difference turns its sign, and nothing else. */
static void
test_swap (void)
{
  SyRandom random;

  sy_random_init (&random, 1, 0);
  for (guint i = 0; i < N_TRIES; i++)
    {
      SyOwnershipCase pair, swapped;

      draw_case (&random, &pair);
      swapped = pair;
      swapped.a = pair.b;
      swapped.b = pair.a;
      g_assert_cmpfloat (sy_ownership_case_difference (&pair), ==, -sy_ownership_case_difference (&swapped));
    }
}

static void
test_sums (void)
{
  SyRandom random;

  sy_random_init (&random, 2, 0);
  for (guint i = 0; i < N_TRIES; i++)
    {
      SyOwnershipCase pair;
      SyOwnership a, b;
      double plain = 0;

      draw_case (&random, &pair);
      pair.common.discount = 0;
      sy_ownership_case_compare (&pair, &a, &b);
      g_assert_cmpuint (a.omitted, ==, 0);

      for (guint y = 0; y <= a.horizon; y++)
        {
          double sum = 0;

          for (guint k = 0; k < SY_N_COST_LINES; k++)
            {
              g_assert_cmpfloat (a.year[y].line[k], >=, 0);
              sum += a.year[y].line[k];
            }
          g_assert_cmpfloat_with_epsilon (sum, a.year[y].total, 1e-6);
          plain += sum;
        }

      /* without a discount a sum is a sum */
      g_assert_cmpfloat_with_epsilon (a.npv, plain, 1e-4);
    }
}

/* What is not stated is left out on both sides, and said; it is not zero. */
static void
test_blank (void)
{
  SyRandom random;
  SyOwnershipCase pair;
  SyOwnership a, b;

  sy_random_init (&random, 3, 0);
  draw_case (&random, &pair);
  pair.b.hosting.capacity = NAN;
  g_assert_false (isnan (sy_ownership_case_compare (&pair, &a, &b)));
  g_assert_cmpuint (a.omitted, ==, 1u << SY_COST_INFRA);
  g_assert_cmpuint (b.omitted, ==, 1u << SY_COST_INFRA);
  g_assert_true (isnan (a.year[1].line[SY_COST_INFRA]));

  pair.a.salary = NAN;
  sy_ownership_case_compare (&pair, &a, &b);
  g_assert_true (b.omitted & (1u << SY_COST_BUILD));
  g_assert_true (b.omitted & (1u << SY_COST_MAINTENANCE));
  g_assert_false (b.omitted & (1u << SY_COST_DELAY));

  sy_ownership_case_init (&pair);
  g_assert_true (isnan (sy_ownership_case_difference (&pair)));
}

/* Nobody is late who comes first, whatever lateness would cost. */
static void
test_delay (void)
{
  SyOwnershipCase pair;
  SyOwnership a, b;
  SyRandom random;

  sy_random_init (&random, 4, 0);
  draw_case (&random, &pair);
  pair.a.mvp_months = 3;
  pair.b.mvp_months = 5;
  pair.common.cost_of_delay = 1000;
  sy_ownership_case_compare (&pair, &a, &b);
  g_assert_cmpfloat (a.year[0].line[SY_COST_DELAY], ==, 0);
  g_assert_cmpfloat (b.year[0].line[SY_COST_DELAY], ==, 2000);

  pair.common.cost_of_delay = NAN;
  sy_ownership_case_compare (&pair, &a, &b);
  g_assert_cmpuint (a.omitted, ==, 1u << SY_COST_DELAY);
}

static void
test_parameters (void)
{
  guint n;
  const SyOwnershipParameter *parameters = sy_ownership_parameters (&n);
  SyOwnershipCase pair;

  sy_ownership_case_init (&pair);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *b = g_strconcat ("B.", parameters[i].name, NULL);

      g_assert_nonnull (parameters[i].source);
      g_assert_true (*parameters[i].source != '\0');
      g_assert_cmpfloat (parameters[i].low, <, parameters[i].high);

      /* what only a person knows has no default */
      if (parameters[i].cls == SY_EVIDENCE_USER)
        g_assert_true (isnan (parameters[i].value));

      g_assert_true (sy_ownership_case_set (&pair, parameters[i].name, 2));
      g_assert_cmpfloat (sy_ownership_case_get (&pair, parameters[i].name), ==, 2);

      if (parameters[i].common)
        g_assert_false (sy_ownership_case_set (&pair, b, 3));
      else
        {
          g_assert_true (sy_ownership_case_set (&pair, b, 3));
          g_assert_cmpfloat (sy_ownership_case_get (&pair, b), ==, 3);
          g_assert_cmpfloat (sy_ownership_case_get (&pair, parameters[i].name), ==, 2);
        }
    }

  g_assert_false (sy_ownership_case_set (&pair, "A.charm", 1));
  g_assert_null (sy_ownership_parameter_find (""));
}

static void
test_tornado (void)
{
  SyTornadoBar bars[G_N_ELEMENTS (ranges)];
  SyOwnershipCase pair;
  SyRandom random;
  guint seen = 0;

  sy_random_init (&random, 5, 0);
  draw_case (&random, &pair);
  sy_sensitivity_tornado (&pair, ranges, G_N_ELEMENTS (ranges), bars);

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      seen |= 1u << bars[i].range;
      if (i > 0)
        g_assert_cmpfloat (bars[i].swing, <=, bars[i - 1].swing);
    }
  g_assert_cmpuint (seen, ==, (1u << G_N_ELEMENTS (ranges)) - 1);
}

static void
test_monte_carlo (void)
{
  enum { N = 400 };
  double first[N], second[N];
  SyOwnershipCase pair;
  SyMonteCarlo one, two;
  SyRandom random;

  sy_random_init (&random, 6, 0);
  draw_case (&random, &pair);
  sy_sensitivity_monte_carlo (&pair, ranges, G_N_ELEMENTS (ranges), 42, first, N, &one);
  sy_sensitivity_monte_carlo (&pair, ranges, G_N_ELEMENTS (ranges), 42, second, N, &two);

  /* the same seed, the same bits */
  g_assert_cmpmem (first, sizeof first, second, sizeof second);
  g_assert_cmpmem (&one, sizeof one, &two, sizeof two);
  g_assert_cmpfloat (one.q05, <=, one.q50);
  g_assert_cmpfloat (one.q50, <=, one.q95);

  sy_sensitivity_monte_carlo (&pair, ranges, G_N_ELEMENTS (ranges), 43, second, N, &two);
  g_assert_true (memcmp (first, second, sizeof first) != 0);
}

/* What costs the same is nobody's advantage. */
static void
test_ties (void)
{
  enum { N = 50 };
  const SySensitivityRange of_both[] = { { "discount", 0, 0.05, 0.1 } };
  double draws[N];
  SyOwnershipCase pair;
  SyMonteCarlo one;
  SyRandom random;

  sy_random_init (&random, 8, 0);
  draw_case (&random, &pair);
  pair.b = pair.a;
  sy_sensitivity_monte_carlo (&pair, NULL, 0, 42, draws, N, &one);
  g_assert_cmpfloat (one.q50, ==, 0);
  g_assert_cmpfloat (one.p_a_cheaper, ==, 0.5);
  sy_sensitivity_monte_carlo (&pair, of_both, G_N_ELEMENTS (of_both), 42, draws, N, &one);
  g_assert_cmpfloat (one.p_a_cheaper, ==, 0.5);
}

static void
test_break_even (void)
{
  SyOwnershipCase pair, there;
  SyRandom random;
  guint found = 0;

  sy_random_init (&random, 7, 0);
  for (guint i = 0; i < 20; i++)
    {
      double value;

      draw_case (&random, &pair);
      if (!sy_sensitivity_break_even (&pair, "A.mvp_months", 0.5, 36, &value))
        continue;

      found++;
      there = pair;
      sy_ownership_case_set (&there, "A.mvp_months", value);
      g_assert_cmpfloat_with_epsilon (sy_ownership_case_difference (&there), 0, 1);
    }
  g_assert_cmpuint (found, >, 5);

  /* the one that is later in everything never breaks even on what delay costs */
  draw_case (&random, &pair);
  pair.b = pair.a;
  pair.b.mvp_months = pair.a.mvp_months + 1;
  g_assert_false (sy_sensitivity_break_even (&pair, "cost_of_delay_month", 0, 200000, &(double){ 0 }));
}

static void
test_random (void)
{
  SySplitmix random;

  sy_splitmix_init (&random, 1);
  for (guint i = 0; i < 10000; i++)
    {
      const double x = sy_splitmix_triangular (&random, 2, 3, 7);

      g_assert_true (x >= 2 && x <= 7);
    }
  g_assert_cmpfloat (sy_splitmix_triangular (&random, 5, 5, 5), ==, 5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ownership/swap", test_swap);
  g_test_add_func ("/ownership/sums", test_sums);
  g_test_add_func ("/ownership/blank", test_blank);
  g_test_add_func ("/ownership/delay", test_delay);
  g_test_add_func ("/ownership/parameters", test_parameters);
  g_test_add_func ("/ownership/tornado", test_tornado);
  g_test_add_func ("/ownership/monte-carlo", test_monte_carlo);
  g_test_add_func ("/ownership/ties", test_ties);
  g_test_add_func ("/ownership/break-even", test_break_even);
  g_test_add_func ("/ownership/random", test_random);
  return g_test_run ();
}
