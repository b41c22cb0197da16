/* sy-measure.c: what a row of the Live page shows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-measure.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-format.h"

#define NO_QUANTITY SY_N_QUANTITIES

#define MEGABYTE 1e6
#define GIGABYTE 1e9

static const struct {
  const char *id;
  const char *title;
} rows[SY_N_ROWS] = {
  [SY_ROW_IN_FLIGHT] = { "in-flight", N_("Requests in flight") },
  /* Translators: p50 and p99 are percentiles and stay as they are */
  [SY_ROW_LATENCY] = { "latency", N_("Latency, p50 to p99 (log scale)") },
  [SY_ROW_THROUGHPUT] = { "throughput", N_("Throughput") },
  [SY_ROW_ERRORS] = { "errors", N_("Errors, share of answers") },
  [SY_ROW_SATURATION] = { "saturation", N_("Saturation") },
  [SY_ROW_CPU] = { "cpu", N_("CPU") },
  [SY_ROW_MEMORY] = { "memory", N_("Memory") },
  [SY_ROW_COST] = { "cost", N_("Cost at this load, per million requests") },
};

static const SyMeasure in_flight = {
  SY_ROW_IN_FLIGHT, N_("Requests in flight"), SY_QUANTITY_IN_FLIGHT, NO_QUANTITY,
  NULL, NULL, SY_UNIT_COUNT, FALSE, 4
};
static const SyMeasure latency = {
  SY_ROW_LATENCY, N_("Latency"), SY_QUANTITY_P99, SY_QUANTITY_P50,
  "p99", "p50", SY_UNIT_SECONDS, TRUE, 10
};
static const SyMeasure throughput = {
  SY_ROW_THROUGHPUT, N_("Throughput"), SY_QUANTITY_THROUGHPUT, NO_QUANTITY,
  NULL, NULL, SY_UNIT_REQUESTS_PER_SECOND, FALSE, 5
};
static const SyMeasure errors = {
  SY_ROW_ERRORS, N_("Errors"), SY_QUANTITY_ERROR_RATIO, NO_QUANTITY,
  NULL, NULL, SY_UNIT_RATIO, FALSE, 0.01
};
static const SyMeasure loop_lag = {
  SY_ROW_SATURATION, N_("Event-loop lag"), SY_QUANTITY_LOOP_LAG, NO_QUANTITY,
  NULL, NULL, SY_UNIT_SECONDS, FALSE, 0.01
};
static const SyMeasure workers_busy = {
  SY_ROW_SATURATION, N_("Busy workers"), SY_QUANTITY_WORKERS_BUSY, NO_QUANTITY,
  NULL, NULL, SY_UNIT_COUNT, FALSE, 4
};
static const SyMeasure cpu = {
  SY_ROW_CPU, N_("CPU"), SY_QUANTITY_CPU, NO_QUANTITY,
  NULL, NULL, SY_UNIT_CORES, FALSE, 0.1
};
static const SyMeasure memory = {
  SY_ROW_MEMORY, N_("Memory"), SY_QUANTITY_RSS, NO_QUANTITY,
  NULL, NULL, SY_UNIT_BYTES, FALSE, 10 * MEGABYTE
};
static const SyMeasure cost = {
  SY_ROW_COST, N_("Cost per million requests"), SY_QUANTITY_COST_PER_MILLION, NO_QUANTITY,
  NULL, NULL, SY_UNIT_MONEY_PER_MILLION, FALSE, 0.01
};

/* Digits after the point that tell multiples of @step apart: 1 for 0.5, 2 for
 * 0.25, none for 20. */
static int
step_decimals (double step)
{
  for (int decimals = 0; decimals < 9; decimals++)
    {
      double scaled = step * pow (10, decimals);

      if (scaled >= 0.999 && fabs (scaled - round (scaled)) < 1e-6 * scaled)
        return decimals;
    }

  return 0;
}

/* A tick value in a unit that is @scale base units, without the unit. */
static char *
tick_number (double value,
             double step,
             double scale)
{
  double reference = step > 0 ? step : fabs (value);

  return sy_format_decimals (value / scale, step_decimals (reference / scale));
}

/* All ticks of a linear axis have one unit, that of the step. */
static char *
format_seconds_tick (double value,
                     double step)
{
  double reference = step > 0 ? step : fabs (value);
  g_autofree char *number = NULL;

  if (reference >= 0.9995)
    {
      number = tick_number (value, step, 1);
      /* Translators: seconds */
      return g_strdup_printf (_("%s s"), number);
    }

  if (reference >= 0.0009995 || value == 0)
    {
      number = tick_number (value, step, 1e-3);
      /* Translators: milliseconds */
      return g_strdup_printf (_("%s ms"), number);
    }

  number = tick_number (value, step, 1e-6);
  /* Translators: microseconds */
  return g_strdup_printf (_("%s µs"), number);
}

static char *
format_bytes_tick (double value,
                   double step)
{
  double reference = step > 0 ? step : fabs (value);
  g_autofree char *number = NULL;

  if (reference >= GIGABYTE)
    {
      number = tick_number (value, step, GIGABYTE);
      /* Translators: gigabytes */
      return g_strdup_printf (_("%s GB"), number);
    }

  number = tick_number (value, step, MEGABYTE);
  /* Translators: megabytes */
  return g_strdup_printf (_("%s MB"), number);
}

static char *
format_ratio_tick (double value,
                   double step)
{
  g_autofree char *number = tick_number (value, step, 0.01);

  /* Translators: a percentage */
  return g_strdup_printf (_("%s %%"), number);
}

static char *
format_tick (const SyMeasure *self,
             double           value,
             double           step,
             const char      *currency)
{
  switch (self->unit)
    {
    case SY_UNIT_SECONDS:
      return format_seconds_tick (value, step);
    case SY_UNIT_RATIO:
      return format_ratio_tick (value, step);
    case SY_UNIT_BYTES:
      return format_bytes_tick (value, step);
    case SY_UNIT_MONEY_PER_MILLION:
      return sy_format_money_decimals (value, currency, MAX (step_decimals (step), step < 1 ? 2 : 0));
    case SY_UNIT_COUNT:
    case SY_UNIT_REQUESTS_PER_SECOND:
    case SY_UNIT_CORES:
    default:
      return tick_number (value, step, 1);
    }
}

static char *
format_readout (const SyMeasure *self,
                double           value,
                const char      *currency)
{
  switch (self->unit)
    {
    case SY_UNIT_REQUESTS_PER_SECOND:
      return sy_format_rate (value);
    case SY_UNIT_SECONDS:
      return sy_format_duration (value);
    case SY_UNIT_RATIO:
      return sy_format_percent (value);
    case SY_UNIT_CORES:
      return sy_format_cores (value);
    case SY_UNIT_BYTES:
      return sy_format_bytes (value);
    case SY_UNIT_MONEY_PER_MILLION:
      return sy_format_money (value, currency);
    case SY_UNIT_COUNT:
    default:
      return sy_format_number (value);
    }
}

static char *
format_spoken (const SyMeasure *self,
               double           value,
               const char      *currency)
{
  g_autofree char *number = NULL;

  if (self->unit == SY_UNIT_REQUESTS_PER_SECOND)
    {
      number = sy_format_number (value);
      return g_strdup_printf (_("%s requests per second"), number);
    }

  if (self->unit == SY_UNIT_SECONDS && fabs (value) < 0.9995)
    {
      number = sy_format_number (value * 1e3);
      return g_strdup_printf (_("%s milliseconds"), number);
    }

  if (self->unit == SY_UNIT_SECONDS)
    {
      number = sy_format_number (value);
      return g_strdup_printf (_("%s seconds"), number);
    }

  if (self->unit == SY_UNIT_MONEY_PER_MILLION)
    return sy_format_money_per_million (value, currency);

  return format_readout (self, value, currency);
}

const char *
sy_row_get_id (SyRow row)
{
  g_return_val_if_fail (row < SY_N_ROWS, NULL);

  return rows[row].id;
}

const char *
sy_row_get_title (SyRow row)
{
  g_return_val_if_fail (row < SY_N_ROWS, NULL);

  return _(rows[row].title);
}

const SyMeasure *
sy_measure_for_reading (SyRow            row,
                        const SyReading *reading)
{
  switch (row)
    {
    case SY_ROW_IN_FLIGHT:
      return &in_flight;
    case SY_ROW_LATENCY:
      return &latency;
    case SY_ROW_THROUGHPUT:
      return &throughput;
    case SY_ROW_ERRORS:
      return &errors;
    case SY_ROW_SATURATION:
      /* Lag says how long a request waits; busy workers only say that some may. */
      if (reading != NULL && !isfinite (reading->loop_lag) && isfinite (reading->workers_busy))
        return &workers_busy;
      return &loop_lag;
    case SY_ROW_CPU:
      return &cpu;
    case SY_ROW_MEMORY:
      return &memory;
    case SY_ROW_COST:
    case SY_N_ROWS:
    default:
      return &cost;
    }
}

const SyMeasure *
sy_measure_for_quantity (SyQuantity quantity)
{
  static const SyMeasure *const measures[] = {
    &in_flight, &latency, &throughput, &errors, &loop_lag, &workers_busy, &cpu, &memory, &cost,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (measures); i++)
    if (measures[i]->strong == quantity || measures[i]->light == quantity)
      return measures[i];

  return NULL;
}

const char *
sy_measure_get_title (const SyMeasure *self)
{
  return _(self->title);
}

char *
sy_measure_format (const SyMeasure *self,
                   double           value,
                   double           step,
                   SyTextUse        use,
                   const char      *currency)
{
  switch (use)
    {
    case SY_TEXT_TICK:
      return format_tick (self, value, step, currency);
    case SY_TEXT_SPOKEN:
      return format_spoken (self, value, currency);
    case SY_TEXT_READOUT:
    default:
      return format_readout (self, value, currency);
    }
}

const char *
sy_measure_get_unit_symbol (const SyMeasure *self)
{
  switch (self->unit)
    {
    case SY_UNIT_REQUESTS_PER_SECOND:
      return "requests/s";
    case SY_UNIT_SECONDS:
      return "s";
    case SY_UNIT_CORES:
      return "cores";
    case SY_UNIT_BYTES:
      return "B";
    case SY_UNIT_MONEY_PER_MILLION:
      return "per million requests";
    case SY_UNIT_COUNT:
    case SY_UNIT_RATIO:
    default:
      return "";
    }
}

const char *
sy_how_describe (SyHow how)
{
  switch (how)
    {
    case SY_HOW_GAUGE:
      return _("from a gauge");
    case SY_HOW_COUNTER:
      return _("from a counter");
    case SY_HOW_HISTOGRAM:
      return _("from histogram buckets");
    case SY_HOW_SUMMARY:
      return _("from a summary");
    case SY_HOW_STARTED_MINUS_FINISHED:
      return _("started − finished");
    case SY_HOW_LITTLES_LAW:
      return _("by Little’s law");
    case SY_HOW_DURATION_COUNT:
      return _("from the count of durations");
    case SY_HOW_NONE:
    default:
      return NULL;
    }
}

const char *
sy_gap_describe (SyGap gap)
{
  switch (gap)
    {
    case SY_GAP_DOWN:
      return _("no answer");
    case SY_GAP_LATE:
      return _("late");
    case SY_GAP_RESTART:
      return _("restart");
    case SY_GAP_OTHER_WORKER:
      return _("another process");
    case SY_GAP_RESET:
      return _("counter reset");
    case SY_GAP_SUSPENDED:
      return _("suspended");
    case SY_GAP_OVERRUN:
      return _("skipped");
    case SY_GAP_FORMAT_CHANGED:
      return _("format changed");
    case SY_GAP_NONE:
    case SY_GAP_FIRST:
    default:
      return NULL;
    }
}
