/* sy-ownership-sum.h: what has been spent by the end of each year, and how sure that is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-sensitivity.h"

G_BEGIN_DECLS

/* The factors that a choice is argued with. Each line belongs to one of them. */
typedef enum {
  SY_COST_FACTOR_HOSTING,      /* scalability and hosting */
  SY_COST_FACTOR_PEOPLE,       /* availability of developers */
  SY_COST_FACTOR_TIME,         /* time to market: the team until then, and the delay */
  SY_COST_FACTOR_INTEGRATIONS, /* ecosystem */
  SY_COST_FACTOR_MAINTENANCE,  /* maintenance and upgrades */
  SY_N_COST_FACTORS
} SyCostFactor;

SyCostFactor sy_cost_line_get_factor (SyCostLine line);

/* A bit for each SyCostLine of @factor. */
guint        sy_cost_factor_get_lines (SyCostFactor factor);

/* Present values from the start to the end of year @year, by factor; NAN when
 * every line of the factor is left out. Of the last year they add up to the net
 * present value. */
void         sy_ownership_sum_factors (const SyOwnership *cost, const SyOwnershipCommon *common, guint year,
                                       double *ret_factors);

/* The same in one number: of the lines that are known. NAN: there is none. */
double       sy_ownership_sum         (const SyOwnership *cost, const SyOwnershipCommon *common, guint year);

/* Where 90 % of the draws lie, for A and B by the end of each year. */
typedef struct {
  double low[2][SY_OWNERSHIP_MAX_YEARS + 1];
  double high[2][SY_OWNERSHIP_MAX_YEARS + 1];
} SyOwnershipSpread;

/* @n_draws cases as sy_sensitivity_monte_carlo() draws them. Without ranges, or
 * where none of them moves a sum, both ends are the sum itself. */
void         sy_ownership_spread      (const SyOwnershipCase *self, const SySensitivityRange *ranges, guint n,
                                       guint64 seed, guint n_draws, SyOwnershipSpread *ret_spread);

G_END_DECLS
