/* sy-ownership-sum.c: what has been spent by the end of each year, and how sure that is
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sums are present values, so that the last of them is the net present value
 * and a picture of them ends at the number beside it.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-ownership-sum.h"

#include <math.h>
#include <stdlib.h>

#include "sy-splitmix.h"

#define LOW 0.05
#define HIGH 0.95

static const SyCostFactor factor_of_line[SY_N_COST_LINES] = {
  [SY_COST_BUILD] = SY_COST_FACTOR_TIME,
  [SY_COST_HIRING] = SY_COST_FACTOR_PEOPLE,
  [SY_COST_INTEGRATION] = SY_COST_FACTOR_INTEGRATIONS,
  [SY_COST_DELAY] = SY_COST_FACTOR_TIME,
  [SY_COST_INFRA] = SY_COST_FACTOR_HOSTING,
  [SY_COST_MAINTENANCE] = SY_COST_FACTOR_MAINTENANCE,
  [SY_COST_UPGRADE] = SY_COST_FACTOR_MAINTENANCE,
};

SyCostFactor
sy_cost_line_get_factor (SyCostLine line)
{
  g_return_val_if_fail ((guint) line < SY_N_COST_LINES, SY_COST_FACTOR_MAINTENANCE);

  return factor_of_line[line];
}

guint
sy_cost_factor_get_lines (SyCostFactor factor)
{
  guint lines = 0;

  for (guint i = 0; i < SY_N_COST_LINES; i++)
    if (factor_of_line[i] == factor)
      lines |= 1u << i;

  return lines;
}

/* What money of year @year is worth at the start. */
static double
get_worth (const SyOwnershipCommon *common,
           guint                    year)
{
  if (year == 0)
    return 1;

  return (common->mid_year ? sqrt (1 + common->discount) : 1) / pow (1 + common->discount, year);
}

void
sy_ownership_sum_factors (const SyOwnership       *cost,
                          const SyOwnershipCommon *common,
                          guint                    year,
                          double                  *ret_factors)
{
  g_return_if_fail (year <= cost->horizon);

  for (guint i = 0; i < SY_N_COST_FACTORS; i++)
    {
      const guint lines = sy_cost_factor_get_lines (i);

      ret_factors[i] = (lines & ~cost->omitted) == 0 ? NAN : 0;
    }

  for (guint y = 0; y <= year; y++)
    for (guint i = 0; i < SY_N_COST_LINES; i++)
      if ((cost->omitted & (1u << i)) == 0)
        ret_factors[factor_of_line[i]] += cost->year[y].line[i] * get_worth (common, y);
}

double
sy_ownership_sum (const SyOwnership       *cost,
                  const SyOwnershipCommon *common,
                  guint                    year)
{
  double sum = 0;

  g_return_val_if_fail (year <= cost->horizon, NAN);

  if (isnan (cost->npv))
    return NAN;

  for (guint y = 0; y <= year; y++)
    sum += cost->year[y].total * get_worth (common, y);

  return sum;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* @sums: of one case, a number for each side and year, @stride apart. */
static void
add_draw (const SyOwnershipCase *drawn,
          double                *sums,
          gsize                  stride)
{
  SyOwnership cost[2];

  sy_ownership_case_compare (drawn, &cost[0], &cost[1]);

  for (guint side = 0; side < 2; side++)
    for (guint y = 0; y <= drawn->common.horizon; y++)
      {
        *sums = sy_ownership_sum (&cost[side], &drawn->common, y);
        sums += stride;
      }
}

void
sy_ownership_spread (const SyOwnershipCase    *self,
                     const SySensitivityRange *ranges,
                     guint                     n,
                     guint64                   seed,
                     guint                     n_draws,
                     SyOwnershipSpread        *ret_spread)
{
  const guint n_years = self->common.horizon + 1;
  g_autofree double *sums = g_new (double, (gsize) 2 * n_years * n_draws);
  SySplitmix random;

  g_return_if_fail (n_draws > 0);

  sy_splitmix_init (&random, seed);

  for (guint i = 0; i < n_draws; i++)
    {
      SyOwnershipCase drawn = *self;

      for (guint k = 0; k < n; k++)
        sy_ownership_case_set (&drawn, ranges[k].parameter,
                               sy_splitmix_triangular (&random, ranges[k].low, ranges[k].mode, ranges[k].high));

      add_draw (&drawn, sums + i, n_draws);
    }

  for (guint side = 0; side < 2; side++)
    for (guint y = 0; y < n_years; y++)
      {
        double *column = sums + ((gsize) side * n_years + y) * n_draws;

        qsort (column, n_draws, sizeof (double), compare_doubles);
        ret_spread->low[side][y] = sy_sorted_quantile (column, n_draws, LOW);
        ret_spread->high[side][y] = sy_sorted_quantile (column, n_draws, HIGH);
      }
}
