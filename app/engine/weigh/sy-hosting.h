/* sy-hosting.h: what a month of servers costs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-packing.h"
#include "sy-traffic.h"

G_BEGIN_DECLS

#define SY_HOSTING_MAX_TIERS 8

/* The gigabytes (10^9 bytes) of a month between the tier before and this end. */
typedef struct {
  double up_to; /* gigabytes, rising; INFINITY: all the rest */
  double price; /* of one gigabyte */
} SyPriceTier;

/* All prices in one currency. Capacity is what one copy was measured to do
 * within the service level objective; never an extrapolation. */
typedef struct {
  double peak_rps;
  double capacity;          /* requests/s of one copy */
  double utilisation;       /* share of the capacity to plan with, 0 … 1 */
  double spare;             /* copies that may fail; not used with zones */
  guint  zones;             /* 2 or more: survive the loss of one */

  double node_hour;         /* price of a machine for an hour */
  double pods_per_node;
  double min_nodes;
  gboolean autoscale;       /* machines follow the hour; else always for the peak */
  guint  scale_down_hours;  /* a machine stays so many hours after it was needed */

  double balancer_hour;     /* NAN: not known */
  double balancer_unit;     /* price of a capacity unit and hour */
  double new_connections;   /* each second; NAN: not known */
  double open_connections;  /* at a time; NAN: not known */
  double rules;             /* evaluated each second; NAN: not known */

  double response_bytes;    /* NAN: not known */
  SyPriceTier tiers[SY_HOSTING_MAX_TIERS];
  guint  n_tiers;

  SyTrafficShape shape;
  double hours;             /* of a month */
} SyHostingPlan;

typedef struct {
  double replicas;     /* at the peak */
  double nodes;        /* mean over the month */
  double requests;     /* of the month */
  double egress_gb;
  double compute;
  double balancer;     /* NAN: no price of it is known; not in the total */
  double egress;       /* NAN: the size of responses or the price is not known; not in the total */
  double total;        /* NAN: cannot be said */
  double per_million;
  double compute_per_million;
} SyHostingMonth;

/* 70 % utilisation, one spare, two machines at least. What differs for each
 * deployment (peak, capacity, responses) and all prices are NAN, or no tiers: they
 * come from a price book (SyServicePrices). */
void   sy_hosting_plan_init (SyHostingPlan *self);

/* Copies for @peak_rps: what the load needs, plus @spare, or with 2 or more
 * @zones enough that the others carry it when one is lost; at least 2. NAN
 * when the capacity is not known. */
double sy_hosting_replicas  (double peak_rps, double capacity, double utilisation, double spare, guint zones);

/* Price of @gigabytes through graduated tiers; NAN without tiers. */
double sy_price_tiers       (const SyPriceTier *tiers, guint n_tiers, double gigabytes);

void   sy_hosting_month     (const SyHostingPlan *plan, SyHostingMonth *ret_month);

/* At both ends of a capacity interval; the low cost is that of high capacity. */
void   sy_hosting_interval  (const SyHostingPlan *plan, double capacity_low, double capacity_high,
                             SyHostingMonth *ret_low, SyHostingMonth *ret_high);

G_END_DECLS
