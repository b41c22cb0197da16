/* sy-queue.c: what waiting costs, by queueing theory
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Erlang's B by its recursion, from which C follows without factorials:
 *
 *   B(0) = 1,  B(k) = a B(k-1) / (k + a B(k-1)),  C = B / (1 - rho (1 - B))
 *
 * The time in the system is longer than t with probability
 *
 *   exp (-mu t) + C (exp (-mu t) - exp (-(c - a) mu t)) / (c - a - 1)
 *
 * whose last factor becomes mu t exp (-mu t) where c - a = 1.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-queue.h"

#include <math.h>

#define BISECTIONS 200

double
sy_queue_erlang_c (guint  servers,
                   double offered)
{
  double b = 1;

  if (!(offered < servers))
    return isnan (offered) ? (double) NAN : 1;

  for (guint k = 1; k <= servers; k++)
    b = offered * b / (k + offered * b);

  return b / (1 - offered / servers * (1 - b));
}

SyQueue
sy_queue_mmc (double arrivals,
              double service,
              guint  servers)
{
  const double offered = arrivals * service;
  SyQueue queue = { offered / servers, NAN, NAN, NAN, NAN, NAN };

  if (!(queue.rho < 1))
    return queue;

  queue.p_wait = sy_queue_erlang_c (servers, offered);
  queue.wait = queue.p_wait * service / (servers - offered);
  queue.sojourn = queue.wait + service;
  queue.queued = arrivals * queue.wait;
  queue.in_system = arrivals * queue.sojourn;
  return queue;
}

/* Share that stays longer than @x services. */
static double
tail (double offered,
      guint  servers,
      double p_wait,
      double x)
{
  const double spare = servers - offered - 1;

  /* (exp (-x) - exp (-(1 + spare) x)) / spare, which is exp (-x) x at 0 */
  const double factor = fabs (spare * x) < 1e-9 ? x : -expm1 (-spare * x) / spare;

  return exp (-x) * (1 + p_wait * factor);
}

double
sy_queue_sojourn_quantile (double arrivals,
                           double service,
                           guint  servers,
                           double p)
{
  const double offered = arrivals * service;
  const double p_wait = sy_queue_erlang_c (servers, offered);
  double low = 0, high = 1;

  if (!(offered < servers))
    return INFINITY;

  while (tail (offered, servers, p_wait, high) > 1 - p)
    {
      low = high;
      high *= 2;
    }

  for (guint i = 0; i < BISECTIONS && low < high; i++)
    {
      const double middle = low + (high - low) / 2;

      if (middle <= low || middle >= high)
        break;
      if (tail (offered, servers, p_wait, middle) > 1 - p)
        low = middle;
      else
        high = middle;
    }

  return high * service;
}

double
sy_queue_max_utilisation (double service,
                          guint  servers,
                          double p,
                          double limit)
{
  double low = 0, high = 1;

  if (sy_queue_sojourn_quantile (0, service, servers, p) > limit)
    return 0;

  for (guint i = 0; i < 60; i++)
    {
      const double middle = (low + high) / 2;

      if (sy_queue_sojourn_quantile (middle * servers / service, service, servers, p) <= limit)
        low = middle;
      else
        high = middle;
    }

  return low;
}

double
sy_queue_sync_bound (double cpu,
                     double wait,
                     double workers)
{
  return workers / (cpu + wait);
}

double
sy_queue_async_bound (double cpu,
                      double loops)
{
  return loops / cpu;
}

double
sy_queue_asymptotic_bound (double cores,
                           double demand,
                           double in_flight,
                           double latency,
                           double think)
{
  return fmin (cores / demand, in_flight / (latency + think));
}
