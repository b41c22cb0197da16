/* sy-ownership.c: what owning one alternative costs over the years
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   loaded   = salary x burden
 *   a hire   = fee x salary + ramp weeks x (1 - productivity) x loaded / 52
 *   year 0   = build + first hires + missing integrations + delay
 *   year y   = maintenance + who leaves + upkeep + upgrades, all with wages,
 *              and hosting for the traffic of that year
 *
 * A line with an unknown in it is left out of the total, never taken as zero,
 * and its bit says so.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-ownership.h"

#include <math.h>

#define WEEKS_PER_YEAR 52.0
#define MONTHS_PER_YEAR 12.0
#define SLACK 1e-9
#define ALL_LINES ((1u << SY_N_COST_LINES) - 1)

/* What all years share. */
typedef struct
{
  double loaded;
  double per_hire;
  double build;
  double integrations;
} Basis;

static const char *const line_names[SY_N_COST_LINES] = {
  "build", "hiring", "integration", "delay", "infra", "maintenance", "upgrade",
};

const char *
sy_cost_line_to_string (SyCostLine line)
{
  g_return_val_if_fail ((guint) line < SY_N_COST_LINES, NULL);

  return line_names[line];
}

static Basis
find_basis (const SyOwner *owner)
{
  Basis basis;

  basis.loaded = owner->salary * owner->burden;
  basis.per_hire = owner->hire_fee * owner->salary
                   + owner->ramp_weeks * (1 - owner->ramp_productivity) * basis.loaded / WEEKS_PER_YEAR;
  basis.build = owner->mvp_months / MONTHS_PER_YEAR * owner->team * basis.loaded;
  basis.integrations = owner->missing_integrations * owner->integration_weeks * basis.loaded / WEEKS_PER_YEAR;
  return basis;
}

/* What comes in time costs no delay, whatever a month of it would cost. */
static double
delay_cost (const SyOwnershipCommon *common,
            const SyOwner           *owner)
{
  const double late = owner->mvp_months - common->mvp_reference;

  if (late <= 0)
    return 0;

  return late * common->cost_of_delay;
}

static double
hosting_cost (const SyOwnershipCommon *common,
              const SyOwner           *owner,
              guint                    y)
{
  SyHostingPlan plan = owner->hosting;
  SyHostingMonth month;

  plan.peak_rps = common->peak_rps * pow (1 + common->traffic_growth, y - 1.0);
  sy_hosting_month (&plan, &month);
  return MONTHS_PER_YEAR * month.total;
}

static void
fill_first (const SyOwnershipCommon *common,
            const SyOwner           *owner,
            const Basis             *basis,
            SyOwnershipYear         *year)
{
  year->line[SY_COST_BUILD] = basis->build;
  year->line[SY_COST_HIRING] = owner->team * (1 - owner->skilled_share) * basis->per_hire;
  year->line[SY_COST_INTEGRATION] = basis->integrations;
  year->line[SY_COST_DELAY] = delay_cost (common, owner);
}

/* How many leave follows from how many the maintenance keeps busy. */
static void
fill_later (const SyOwnershipCommon *common,
            const SyOwner           *owner,
            const Basis             *basis,
            guint                    y,
            SyOwnershipYear         *year)
{
  const double wages = pow (1 + common->wage_growth, y);
  const double maintenance = owner->maintenance * basis->build;

  year->line[SY_COST_MAINTENANCE] = maintenance * wages;
  year->line[SY_COST_HIRING] = owner->attrition * (maintenance / basis->loaded) * basis->per_hire * wages;
  year->line[SY_COST_INTEGRATION] = owner->integration_upkeep * basis->integrations * wages;
  year->line[SY_COST_INFRA] = hosting_cost (common, owner, y);

  /* without a salary it is not known either, whether or not one is due */
  year->line[SY_COST_UPGRADE] = ((owner->upgrade_years >> y) & 1) * owner->upgrade_weeks * basis->loaded / WEEKS_PER_YEAR * wages;
}

static guint
find_unknown (const SyOwnership *cost)
{
  guint unknown = 0;

  for (guint y = 0; y <= cost->horizon; y++)
    for (guint i = 0; i < SY_N_COST_LINES; i++)
      if (!isfinite (cost->year[y].line[i]))
        unknown |= 1u << i;

  return unknown;
}

static void
add_up (SyOwnership             *cost,
        const SyOwnershipCommon *common)
{
  double cash[SY_OWNERSHIP_MAX_YEARS + 1];

  for (guint y = 0; y <= cost->horizon; y++)
    {
      SyOwnershipYear *year = &cost->year[y];

      year->total = 0;
      for (guint i = 0; i < SY_N_COST_LINES; i++)
        if (cost->omitted & (1u << i))
          year->line[i] = NAN;
        else
          year->total += year->line[i];

      cash[y] = year->total;
    }

  if (cost->omitted == ALL_LINES)
    cost->npv = NAN;
  else
    cost->npv = sy_net_present_value (cash, cost->horizon + 1, common->discount, common->mid_year);
}

void
sy_ownership (const SyOwnershipCommon *common,
              const SyOwner           *owner,
              guint                    skip,
              SyOwnership             *ret_cost)
{
  const Basis basis = find_basis (owner);

  g_return_if_fail (common->horizon >= 1 && common->horizon <= SY_OWNERSHIP_MAX_YEARS);

  *ret_cost = (SyOwnership){ .horizon = common->horizon };
  fill_first (common, owner, &basis, &ret_cost->year[0]);

  for (guint y = 1; y <= common->horizon; y++)
    fill_later (common, owner, &basis, y, &ret_cost->year[y]);

  ret_cost->omitted = skip | find_unknown (ret_cost);
  add_up (ret_cost, common);
}

double
sy_net_present_value (const double *cash,
                      guint         n,
                      double        rate,
                      gboolean      mid_year)
{
  double later = 0;

  g_return_val_if_fail (n > 0, NAN);

  for (guint y = 1; y < n; y++)
    later += cash[y] / pow (1 + rate, y);

  return cash[0] + (mid_year ? later * sqrt (1 + rate) : later);
}

guint
sy_forced_upgrades (double horizon_months,
                    double support_months)
{
  double n;

  g_return_val_if_fail (support_months > 0 && horizon_months >= 0, 0);

  n = ceil (horizon_months / support_months - SLACK) - 1;
  return n > 0 ? (guint) n : 0;
}
