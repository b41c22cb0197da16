/* test-ownership-sum.c: sums by factor end at the net present value
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-ownership-sum.h"
#include "sy-worked-example.h"

#define DRAWS 2000
#define SEED 20260801

/* The example that the model is explained with. */
static SyOwnershipCase
make_case (void)
{
  SyOwnershipCase c;

  sy_ownership_case_init (&c);
  sy_worked_example_set_prices (&c.a.hosting);
  sy_worked_example_set_prices (&c.b.hosting);
  sy_ownership_case_set (&c, "team", 4);
  sy_ownership_case_set (&c, "A.salary", 95000);
  sy_ownership_case_set (&c, "B.salary", 98000);
  sy_ownership_case_set (&c, "burden", 1.4265);
  sy_ownership_case_set (&c, "A.skilled_share", 0.75);
  sy_ownership_case_set (&c, "B.skilled_share", 0.5);
  sy_ownership_case_set (&c, "A.mvp_months", 5);
  sy_ownership_case_set (&c, "B.mvp_months", 4);
  sy_ownership_case_set (&c, "A.missing_integrations", 2);
  sy_ownership_case_set (&c, "B.missing_integrations", 0);
  sy_ownership_case_set (&c, "A.cap_slo", 820);
  sy_ownership_case_set (&c, "B.cap_slo", 430);
  sy_ownership_case_set (&c, "node_price", 0.0816);
  sy_ownership_case_set (&c, "pods_per_node", 2);
  sy_ownership_case_set (&c, "resp_bytes", 2048);
  sy_ownership_case_set (&c, "B.upgrade_weeks", 2);
  c.a.upgrade_years = 1u << 3;
  c.b.upgrade_years = 1u << 5;
  c.common.traffic_growth = 0.4;
  c.common.peak_rps = 3000;
  c.common.cost_of_delay = 20000;
  return c;
}

static double
add_up (const SyOwnership       *cost,
        const SyOwnershipCommon *common,
        guint                    year)
{
  double factors[SY_N_COST_FACTORS];
  double sum = 0;

  sy_ownership_sum_factors (cost, common, year, factors);
  for (guint i = 0; i < SY_N_COST_FACTORS; i++)
    sum += isnan (factors[i]) ? 0 : factors[i];

  return sum;
}

static void
test_factors (void)
{
  guint seen = 0;

  for (guint i = 0; i < SY_N_COST_FACTORS; i++)
    {
      g_assert_cmpuint (seen & sy_cost_factor_get_lines (i), ==, 0);
      seen |= sy_cost_factor_get_lines (i);
    }

  g_assert_cmpuint (seen, ==, (1u << SY_N_COST_LINES) - 1);
  g_assert_cmpint (sy_cost_line_get_factor (SY_COST_DELAY), ==, SY_COST_FACTOR_TIME);
}

/* The published values of the example, and both ways of counting a year. */
static void
test_npv (void)
{
  SyOwnershipCase c = make_case ();
  SyOwnership a, b;

  for (c.common.mid_year = FALSE;; c.common.mid_year = TRUE)
    {
      sy_ownership_case_compare (&c, &a, &b);
      g_assert_cmpfloat_with_epsilon (add_up (&a, &c.common, 5), a.npv, 1e-6);
      g_assert_cmpfloat_with_epsilon (sy_ownership_sum (&b, &c.common, 5), b.npv, 1e-6);

      if (c.common.mid_year)
        break;

      g_assert_cmpfloat_with_epsilon (a.npv, 618560.20, 0.01);
      g_assert_cmpfloat_with_epsilon (b.npv, 539008.01, 0.01);
      g_assert_cmpfloat_with_epsilon (sy_ownership_sum (&a, &c.common, 0), 301347.98, 0.01);
    }
}

/* What nobody stated is a gap, and the sums go on without it. */
static void
test_omitted (void)
{
  SyOwnershipCase c = make_case ();
  double factors[SY_N_COST_FACTORS];
  SyOwnership a, b;

  sy_ownership_case_set (&c, "missing_integrations", NAN);
  sy_ownership_case_compare (&c, &a, &b);
  sy_ownership_sum_factors (&a, &c.common, 5, factors);
  g_assert_true (isnan (factors[SY_COST_FACTOR_INTEGRATIONS]));
  g_assert_cmpfloat_with_epsilon (add_up (&a, &c.common, 5), a.npv, 1e-6);

  sy_ownership_case_init (&c);
  sy_ownership_case_compare (&c, &a, &b);
  g_assert_true (isnan (sy_ownership_sum (&a, &c.common, 5)));
}

static void
test_spread (void)
{
  static const SySensitivityRange ranges[] = {
    { "A.mvp_months", 4, 5, 6 },
    { "A.cap_slo", 780, 820, 850 },
  };
  SyOwnershipCase c = make_case ();
  SyOwnershipSpread spread, again;
  SyOwnership a, b;

  sy_ownership_case_compare (&c, &a, &b);
  sy_ownership_spread (&c, ranges, G_N_ELEMENTS (ranges), SEED, DRAWS, &spread);
  sy_ownership_spread (&c, ranges, G_N_ELEMENTS (ranges), SEED, DRAWS, &again);

  for (guint y = 0; y <= c.common.horizon; y++)
    {
      g_assert_cmpfloat (spread.low[0][y], <, sy_ownership_sum (&a, &c.common, y));
      g_assert_cmpfloat (spread.high[0][y], >, sy_ownership_sum (&a, &c.common, y));
      /* nothing is doubted about B */
      g_assert_cmpfloat (spread.low[1][y], ==, spread.high[1][y]);
      g_assert_cmpfloat_with_epsilon (spread.low[1][y], sy_ownership_sum (&b, &c.common, y), 1e-6);
      g_assert_cmpfloat (spread.low[0][y], ==, again.low[0][y]);
    }

  sy_ownership_spread (&c, NULL, 0, SEED, 1, &spread);
  g_assert_cmpfloat_with_epsilon (spread.high[0][5], a.npv, 1e-6);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ownership-sum/factors", test_factors);
  g_test_add_func ("/ownership-sum/npv", test_npv);
  g_test_add_func ("/ownership-sum/omitted", test_omitted);
  g_test_add_func ("/ownership-sum/spread", test_spread);

  return g_test_run ();
}
