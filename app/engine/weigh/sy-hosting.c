/* sy-hosting.c: what a month of servers costs
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   copies  = ceil (peak / (capacity x utilisation)) + spare
 *   compute = machines x price x hours, or the same hour by hour
 *   balance = hours x (price + units x price of a unit)
 *   egress  = requests x bytes through graduated tiers
 *
 * Machines are rented whole, so twice the capacity is rarely half the bill.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-hosting.h"

#include <math.h>

#define MILLION 1e6
#define BYTES_PER_GB 1e9 /* providers bill decimal gigabytes */
#define SLACK 1e-9
#define MIN_REPLICAS 2.0

/* One capacity unit of an application load balancer (AWS: LCU). */
#define UNIT_NEW_CONNECTIONS 25.0
#define UNIT_OPEN_CONNECTIONS 3000.0
#define UNIT_GB_PER_HOUR 1.0
#define UNIT_RULES 1000.0

void
sy_hosting_plan_init (SyHostingPlan *self)
{
  *self = (SyHostingPlan){
    .peak_rps = NAN, .capacity = NAN, .utilisation = 0.7, .spare = 1,
    .node_hour = NAN, .pods_per_node = NAN, .min_nodes = 2,
    .balancer_hour = NAN, .balancer_unit = NAN,
    .new_connections = NAN, .open_connections = NAN, .rules = NAN,
    .response_bytes = NAN, .n_tiers = 0,
    .hours = SY_HOURS_PER_MONTH,
  };

  sy_traffic_shape_init_cosine (&self->shape, 0.2, 14);
}

double
sy_hosting_replicas (double peak_rps,
                     double capacity,
                     double utilisation,
                     double spare,
                     guint  zones)
{
  double active;

  if (!(capacity > 0) || !(utilisation > 0) || !(peak_rps >= 0))
    return NAN;

  active = ceil (peak_rps / (capacity * utilisation) - SLACK);

  if (zones >= 2)
    return fmax (MIN_REPLICAS, ceil (active / (zones - 1) - SLACK) * zones);

  return fmax (MIN_REPLICAS, active + spare);
}

double
sy_price_tiers (const SyPriceTier *tiers,
                guint              n_tiers,
                double             gigabytes)
{
  double price = 0;
  double start = 0;

  if (isnan (gigabytes) || n_tiers == 0)
    return NAN;

  for (guint i = 0; i < n_tiers && gigabytes > start; i++)
    {
      price += (fmin (gigabytes, tiers[i].up_to) - start) * tiers[i].price;
      start = tiers[i].up_to;
    }

  return price;
}

static double
nodes_at (const SyHostingPlan *plan,
          double               rps)
{
  const double replicas = sy_hosting_replicas (rps, plan->capacity, plan->utilisation, plan->spare, plan->zones);

  return sy_packing_nodes (replicas, plan->pods_per_node, plan->min_nodes);
}

/* Machines of each hour, averaged. Days follow each other, so the hours before
 * midnight hold machines after it. */
static double
mean_nodes (const SyHostingPlan *plan)
{
  double needed[SY_TRAFFIC_HOURS];
  double sum = 0;

  for (guint h = 0; h < SY_TRAFFIC_HOURS; h++)
    needed[h] = nodes_at (plan, plan->peak_rps * plan->shape.hour[h]);

  for (guint h = 0; h < SY_TRAFFIC_HOURS; h++)
    {
      double kept = needed[h];

      for (guint back = 1; back <= MIN (plan->scale_down_hours, SY_TRAFFIC_HOURS - 1); back++)
        kept = fmax (kept, needed[(h + SY_TRAFFIC_HOURS - back) % SY_TRAFFIC_HOURS]);

      sum += kept;
    }

  return sum / SY_TRAFFIC_HOURS;
}

/* fmax() passes over what is not known. */
static double
balancer_units (const SyHostingPlan *plan,
                double               egress_gb)
{
  double units = fmax (plan->new_connections / UNIT_NEW_CONNECTIONS, plan->open_connections / UNIT_OPEN_CONNECTIONS);

  units = fmax (units, plan->rules / UNIT_RULES);
  units = fmax (units, egress_gb / plan->hours / UNIT_GB_PER_HOUR);
  return isnan (units) ? 0 : units;
}

/* What is not known adds nothing; it is said beside the sum. */
static double
or_nothing (double amount)
{
  return isnan (amount) ? 0 : amount;
}

static double
per_million (double amount,
             double requests)
{
  if (!(requests > 0))
    return NAN;

  return amount / requests * MILLION;
}

void
sy_hosting_month (const SyHostingPlan *plan,
                  SyHostingMonth      *ret_month)
{
  SyHostingMonth month;

  month.replicas = sy_hosting_replicas (plan->peak_rps, plan->capacity, plan->utilisation, plan->spare, plan->zones);
  month.nodes = plan->autoscale ? mean_nodes (plan) : nodes_at (plan, plan->peak_rps);
  month.requests = sy_traffic_shape_requests (&plan->shape, plan->peak_rps, plan->hours);
  month.egress_gb = month.requests * plan->response_bytes / BYTES_PER_GB;
  month.compute = month.nodes * plan->node_hour * plan->hours;
  month.balancer = plan->hours * (plan->balancer_hour + balancer_units (plan, month.egress_gb) * plan->balancer_unit);
  month.egress = sy_price_tiers (plan->tiers, plan->n_tiers, month.egress_gb);
  month.total = month.compute + or_nothing (month.balancer) + or_nothing (month.egress);
  month.per_million = per_million (month.total, month.requests);
  month.compute_per_million = per_million (month.compute, month.requests);

  *ret_month = month;
}

void
sy_hosting_interval (const SyHostingPlan *plan,
                     double               capacity_low,
                     double               capacity_high,
                     SyHostingMonth      *ret_low,
                     SyHostingMonth      *ret_high)
{
  SyHostingPlan end = *plan;

  end.capacity = capacity_high;
  sy_hosting_month (&end, ret_low);
  end.capacity = capacity_low;
  sy_hosting_month (&end, ret_high);
}
