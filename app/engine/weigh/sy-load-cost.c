/* sy-load-cost.c: what the present load costs
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A machine is full when either its cores or its memory are taken, so a
 * backend is charged the larger of its two shares:
 *
 *   per hour    = price x max (cores used / cores, bytes used / memory)
 *   per million = per hour / (requests/s x 3600) x 1 000 000
 *
 * That is the cost at perfect packing; replicas, headroom and the machines
 * that one has to rent whole come on top.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-load-cost.h"

#include <math.h>

#define SECONDS_PER_HOUR 3600.0
#define MILLION 1e6

SyLoadCost
sy_load_cost (const SyReading *reading,
              const SyPrice   *price)
{
  SyLoadCost cost = { NAN, NAN, NAN, NAN, FALSE };
  double share;

  cost.cpu_share = reading->cpu_cores / price->vcpu;
  cost.memory_share = reading->rss / price->memory;

  /* fmax() takes the known one of a known and an unknown share. CPU alone is
   * an answer; memory alone would hide what work costs. */
  if (isnan (cost.cpu_share))
    return cost;

  share = fmax (cost.cpu_share, cost.memory_share);
  cost.memory_bound = cost.memory_share > cost.cpu_share;
  cost.per_hour = price->per_hour * share;

  if (reading->throughput > 0)
    cost.per_million = cost.per_hour / (reading->throughput * SECONDS_PER_HOUR) * MILLION;

  return cost;
}
