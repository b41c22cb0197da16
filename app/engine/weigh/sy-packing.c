/* sy-packing.c: how many copies fit on a rented machine
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A request that divides a machine on paper may not divide it in fact: of two
 * cores a node gives 1.93, so a copy that asks for a whole one stands alone on
 * it. What is lost is said as waste.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-packing.h"

#include <math.h>

#define GIB (1024.0 * 1024.0 * 1024.0)

/* Rounding must not lose or win a copy: 2.0000000001 is two. */
#define SLACK 1e-9

/* A share of the next so many units is kept. */
typedef struct
{
  double width;
  double share;
} Step;

static double
sum_steps (const Step *steps,
           guint       n_steps,
           double      amount)
{
  double kept = 0;

  if (isnan (amount))
    return NAN;

  for (guint i = 0; i < n_steps && amount > 0; i++)
    {
      const double part = fmin (amount, steps[i].width);

      kept += part * steps[i].share;
      amount -= part;
    }

  return kept;
}

double
sy_packing_reserved_cores (double cores)
{
  static const Step steps[] = { { 1, 0.06 }, { 1, 0.01 }, { 2, 0.005 }, { INFINITY, 0.0025 } };

  return sum_steps (steps, G_N_ELEMENTS (steps), cores);
}

double
sy_packing_reserved_bytes (double bytes,
                           double eviction_bytes)
{
  static const Step steps[] = {
    { 4 * GIB, 0.25 }, { 4 * GIB, 0.20 }, { 8 * GIB, 0.10 }, { 112 * GIB, 0.06 }, { INFINITY, 0.02 },
  };

  return sum_steps (steps, G_N_ELEMENTS (steps), bytes) + eviction_bytes;
}

SyPacking
sy_packing (const SyPackingRequest *request)
{
  const double cores = request->cores - sy_packing_reserved_cores (request->cores);
  const double bytes = request->bytes - sy_packing_reserved_bytes (request->bytes, SY_PACKING_EVICTION_BYTES);
  const double by_cores = floor (cores / request->request_cores + SLACK);
  const double by_bytes = floor (bytes / request->request_bytes + SLACK);
  SyPacking packing = { NAN, NAN, NAN, FALSE };

  if (isnan (by_cores) || isnan (by_bytes))
    return packing;

  packing.pods_per_node = fmax (0, fmin (request->max_pods, fmin (by_cores, by_bytes)));
  packing.memory_bound = by_bytes < by_cores;
  packing.cores_wasted = 1 - packing.pods_per_node * request->request_cores / cores;
  packing.bytes_wasted = 1 - packing.pods_per_node * request->request_bytes / bytes;
  return packing;
}

double
sy_packing_nodes (double replicas,
                  double pods_per_node,
                  double min_nodes)
{
  if (!(pods_per_node >= 1) || isnan (replicas))
    return NAN;

  return fmax (min_nodes, ceil (replicas / pods_per_node - SLACK));
}

double
sy_packing_attribution (double requested,
                        double used,
                        double unit_price)
{
  return fmax (requested, used) * unit_price;
}
