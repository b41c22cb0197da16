/* sy-note.c: how a number came about, in a few words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-note.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-format.h"

static const char *
how_of_role (const SyMapping *mapping,
             const char      *role)
{
  const SySignal *signal = mapping != NULL ? sy_mapping_find (mapping, role) : NULL;

  return signal != NULL ? sy_how_describe (signal->how) : NULL;
}

static char *
note_for_latency (const SyReading *reading,
                  const SyMapping *mapping)
{
  const char *how = how_of_role (mapping, "duration");
  g_autofree char *lower = NULL;
  g_autofree char *upper = NULL;

  if (reading == NULL || !isfinite (reading->p99.lower) || !isfinite (reading->p99.upper) ||
      reading->p99.lower == reading->p99.upper)
    return g_strdup (how);

  lower = sy_format_duration (reading->p99.lower);
  upper = sy_format_duration (reading->p99.upper);

  /* Translators: the bucket of a histogram that p99 lies in: "p99: 40 ms to 50 ms" */
  return g_strdup_printf (_("p99: %1$s to %2$s"), lower, upper);
}

static char *
note_for_saturation (const SyReading *reading)
{
  const SyMeasure *measure = sy_measure_for_reading (SY_ROW_SATURATION, reading);
  g_autofree char *size = NULL;

  if (measure->strong != SY_QUANTITY_WORKERS_BUSY || !isfinite (reading->workers))
    return g_strdup (sy_measure_get_title (measure));

  size = sy_format_number (reading->workers);

  /* Translators: %s is the size of a pool of workers: "Busy workers of 8" */
  return g_strdup_printf (_("Busy workers of %s"), size);
}

static char *
note_for_cost (const SyLoadCost *cost,
               const char       *currency)
{
  g_autofree char *per_hour = NULL;

  if (cost == NULL || currency == NULL || !isfinite (cost->per_hour))
    return NULL;

  per_hour = sy_format_money_per_hour (cost->per_hour, currency);

  if (cost->memory_bound)
    /* Translators: %s is "$0.012/h": the backend's share of the machine's memory is larger than that of its cores */
    return g_strdup_printf (_("%s, for its memory"), per_hour);

  /* Translators: %s is "$0.012/h": the backend's share of the machine's cores is larger than that of its memory */
  return g_strdup_printf (_("%s, for its CPU"), per_hour);
}

static double
main_value (SyRow            row,
            const SyReading *reading)
{
  switch (row)
    {
    case SY_ROW_IN_FLIGHT:
      return reading->in_flight;
    case SY_ROW_LATENCY:
      return reading->p99.lower;
    case SY_ROW_THROUGHPUT:
      return reading->throughput;
    case SY_ROW_ERRORS:
      return reading->error_ratio;
    case SY_ROW_SATURATION:
      return isfinite (reading->loop_lag) ? reading->loop_lag : reading->workers_busy;
    case SY_ROW_CPU:
      return reading->cpu_cores;
    case SY_ROW_MEMORY:
      return reading->rss;
    case SY_ROW_COST:
    case SY_N_ROWS:
    default:
      return isfinite (reading->cpu_cores) ? reading->cpu_cores : reading->rss;
    }
}

static gboolean
is_mapped (SyRow            row,
           const SyMapping *mapping)
{
  static const char *const roles[SY_N_ROWS][5] = {
    [SY_ROW_IN_FLIGHT] = { "inflight", "started", "duration", NULL },
    [SY_ROW_LATENCY] = { "duration", NULL },
    [SY_ROW_THROUGHPUT] = { "requests", "duration", NULL },
    [SY_ROW_ERRORS] = { "errors", "requests", "responses", NULL },
    [SY_ROW_SATURATION] = { "loop_lag", "workers_busy", NULL },
    [SY_ROW_CPU] = { "cpu", NULL },
    [SY_ROW_MEMORY] = { "rss", NULL },
    [SY_ROW_COST] = { "cpu", "rss", NULL },
  };

  for (guint i = 0; roles[row][i] != NULL; i++)
    if (sy_mapping_find (mapping, roles[row][i]) != NULL)
      return TRUE;

  return FALSE;
}

gboolean
sy_note_row_is_reported (SyRow            row,
                         const SyReading *reading,
                         const SyMapping *mapping)
{
  if (reading != NULL && isfinite (main_value (row, reading)))
    return TRUE;

  return mapping == NULL || is_mapped (row, mapping);
}

char *
sy_note_for_row (SyRow             row,
                 const SyReading  *reading,
                 const SyMapping  *mapping,
                 const SyLoadCost *cost,
                 const char       *currency)
{
  g_autofree char *note = NULL;

  switch (row)
    {
    case SY_ROW_IN_FLIGHT:
      note = g_strdup (reading != NULL ? sy_how_describe (reading->in_flight_how) : NULL);
      break;
    case SY_ROW_LATENCY:
      note = note_for_latency (reading, mapping);
      break;
    case SY_ROW_THROUGHPUT:
      note = g_strdup (how_of_role (mapping, "requests"));
      break;
    case SY_ROW_SATURATION:
      note = sy_note_row_is_reported (row, reading, mapping) ? note_for_saturation (reading) : NULL;
      break;
    case SY_ROW_COST:
      note = note_for_cost (cost, currency);
      break;
    case SY_ROW_ERRORS:
    case SY_ROW_CPU:
    case SY_ROW_MEMORY:
    case SY_N_ROWS:
    default:
      break;
    }

  return note != NULL ? g_steal_pointer (&note) : g_strdup ("");
}
