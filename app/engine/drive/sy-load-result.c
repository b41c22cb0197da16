/* sy-load-result.c: what a load found
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-drive"

#include "config.h"

#include "sy-load-result.h"

#define USEC_PER_SEC 1e6

void
sy_load_summary_free (SyLoadSummary *self)
{
  g_free (self->target);
  g_free (self->url);
  sy_workload_unref (self->workload);
  g_free (self->total);
  g_free (self->classes);
  g_free (self);
}

double
sy_load_summary_get_throughput (const SyLoadSummary *self)
{
  return (double) self->total->answered_in_load / self->duration;
}

double
sy_load_summary_get_in_flight (const SyLoadSummary *self)
{
  return self->total->outstanding_us / USEC_PER_SEC / self->duration;
}
