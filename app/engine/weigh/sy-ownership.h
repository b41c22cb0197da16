/* sy-ownership.h: what owning one alternative costs over the years
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-hosting.h"

G_BEGIN_DECLS

#define SY_OWNERSHIP_MAX_YEARS 10

/* Each line belongs to one factor, so nothing is counted twice. */
typedef enum {
  SY_COST_BUILD,        /* time to market: the team until the first release */
  SY_COST_HIRING,       /* availability of developers: first hires, then those who leave */
  SY_COST_INTEGRATION,  /* ecosystem: clients that do not exist yet, and their upkeep */
  SY_COST_DELAY,        /* time to market: what each month later costs the business */
  SY_COST_INFRA,        /* scalability and hosting: measured capacity x dated prices */
  SY_COST_MAINTENANCE,  /* maintenance */
  SY_COST_UPGRADE,      /* forced upgrades of the runtime */
  SY_N_COST_LINES
} SyCostLine;

/* Money in one currency. NAN: not stated; its line is left out and said. */
typedef struct {
  double team;                 /* full-time developers */
  double salary;               /* a year, gross */
  double burden;               /* whole cost of employment / salary */
  double skilled_share;        /* of the team, already able, 0 … 1 */
  double hire_fee;             /* share of a yearly salary */
  double ramp_weeks;           /* until a hire is productive */
  double ramp_productivity;    /* in that time, 0 … 1 */
  double attrition;            /* share of the team that leaves in a year */
  double mvp_months;           /* to the first release */
  double missing_integrations;
  double integration_weeks;    /* engineer-weeks for each */
  double integration_upkeep;   /* a year, share of building it */
  double maintenance;          /* a year, share of the build */
  double upgrade_weeks;        /* engineer-weeks for each forced upgrade */
  guint  upgrade_years;        /* bit y: one in year y */
  SyHostingPlan hosting;       /* its peak is set for each year */
} SyOwner;

typedef struct {
  guint  horizon;              /* years, 1 … SY_OWNERSHIP_MAX_YEARS */
  double discount;             /* a year; nominal, as wage growth is */
  double wage_growth;          /* a year */
  double traffic_growth;       /* a year */
  double peak_rps;             /* in the first year */
  double cost_of_delay;        /* a month */
  double mvp_reference;        /* months that cost no delay; NAN: the sooner alternative */
  gboolean mid_year;           /* cash flows in the middle of a year, else at its end */
} SyOwnershipCommon;

typedef struct {
  double line[SY_N_COST_LINES]; /* NAN: left out */
  double total;                 /* of the lines that are known */
} SyOwnershipYear;

typedef struct {
  SyOwnershipYear year[SY_OWNERSHIP_MAX_YEARS + 1]; /* 0: before the first release */
  guint  horizon;
  guint  omitted;               /* bit for each SyCostLine that is left out */
  double npv;                   /* NAN: every line is left out */
} SyOwnership;

/* The defaults of sy-ownership-parameter.c; what only a person can know is NAN. */
void   sy_owner_init            (SyOwner *self);
void   sy_ownership_common_init (SyOwnershipCommon *self);

/* @skip: lines to leave out though they are known. */
void   sy_ownership             (const SyOwnershipCommon *common, const SyOwner *owner, guint skip, SyOwnership *ret_cost);

/* C_0 + sum of C_y / (1 + rate)^y; in the middle of the year the flows after
 * C_0 are worth sqrt (1 + rate) more. */
double sy_net_present_value     (const double *cash, guint n, double rate, gboolean mid_year);

/* Releases of a runtime that must be left within @horizon_months when each is
 * supported for @support_months: ceil (horizon / support) - 1. */
guint  sy_forced_upgrades       (double horizon_months, double support_months);

/* "build", "hiring", … as in files. */
const char *sy_cost_line_to_string (SyCostLine line);

G_END_DECLS
