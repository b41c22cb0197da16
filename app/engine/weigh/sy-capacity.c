/* sy-capacity.c: what a backend can carry, by the operational laws
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-capacity.h"

#include <math.h>

double
sy_little_in_flight (double throughput,
                     double latency)
{
  return throughput * latency;
}

double
sy_service_demand (double cores_used,
                   double throughput)
{
  return throughput > 0 ? cores_used / throughput : (double) NAN;
}

double
sy_throughput_bound (double cores,
                     double demand)
{
  return demand > 0 ? cores / demand : (double) NAN;
}

double
sy_little_error (double in_flight,
                 double throughput,
                 double latency)
{
  return in_flight > 0 ? fabs (in_flight - throughput * latency) / in_flight : (double) NAN;
}
