/* sy-serverless.c: paying for each call instead of for machines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-serverless.h"

#include <math.h>

#define MILLION 1e6
#define MSEC_PER_SEC 1000.0
#define SLACK 1e-9

void
sy_serverless_init (SyServerless *self)
{
  *self = (SyServerless){ NAN, NAN, 0.20, 0.0000133334 };
}

double
sy_serverless_per_call (const SyServerless *self)
{
  const double billed = ceil (self->seconds * MSEC_PER_SEC - SLACK) / MSEC_PER_SEC;

  return self->price_million / MILLION + billed * self->gigabytes * self->price_gbs;
}

double
sy_serverless_month (const SyServerless *self,
                     double              requests)
{
  return requests * sy_serverless_per_call (self);
}

double
sy_serverless_break_even (const SyServerless *self,
                          double              fixed_month)
{
  const double per_call = sy_serverless_per_call (self);

  if (!(per_call > 0))
    return NAN;

  return fixed_month / per_call;
}

double
sy_serverless_instance_seconds (double requests,
                                double seconds,
                                double concurrency)
{
  if (!(concurrency > 0))
    return NAN;

  return requests * seconds / concurrency;
}
