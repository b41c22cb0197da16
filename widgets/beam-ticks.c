/* beam-ticks.c: where people expect the lines of a grid
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A step is kept as a small integer and a power of ten, so that three steps of
 * 0.1 are 0.3 and not 0.30000000000000004: labels are made from these values.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-ticks.h"

/* A bound that misses a tick by rounding still has it. */
#define TOLERANCE 1e-9

/* Beyond this many steps from zero a double no longer tells two ticks apart. */
#define MOST_STEPS 1e15

typedef struct {
  int mantissa; /* 1, 2 or 5 */
  int exponent;
} Step;

static double
step_times (Step   step,
            double factor)
{
  if (step.exponent < 0)
    return factor * step.mantissa / pow (10, -step.exponent);

  return factor * step.mantissa * pow (10, step.exponent);
}

static Step
step_at_or_above (double value)
{
  Step step = { 1, (int) floor (log10 (value)) };
  double rest = value / step_times (step, 1);

  if (rest > 5 * (1 + TOLERANCE))
    step.exponent++;
  else if (rest > 2 * (1 + TOLERANCE))
    step.mantissa = 5;
  else if (rest > 1 + TOLERANCE)
    step.mantissa = 2;

  return step;
}

static gboolean
is_positive (double value)
{
  return isfinite (value) && value > 0;
}

/**
 * beam_ticks_ceil_125:
 * @value: above zero
 *
 * Returns: the smallest of 1, 2, 5 times a power of ten at or above; NAN for
 *   what is not above zero
 */
double
beam_ticks_ceil_125 (double value)
{
  return is_positive (value) ? step_times (step_at_or_above (value), 1) : (double) NAN;
}

/**
 * beam_ticks_floor_125:
 * @value: above zero
 *
 * Returns: the largest of 1, 2, 5 times a power of ten at or below; NAN for
 *   what is not above zero
 */
double
beam_ticks_floor_125 (double value)
{
  Step step;

  if (!is_positive (value))
    return (double) NAN;

  step = step_at_or_above (value);
  if (step_times (step, 1) <= value * (1 + TOLERANCE))
    return step_times (step, 1);

  if (step.mantissa == 1)
    step = (Step) { 5, step.exponent - 1 };
  else
    step.mantissa = step.mantissa == 5 ? 2 : 1;

  return step_times (step, 1);
}

double
beam_ticks_linear (double  low,
                   double  high,
                   guint   max_ticks,
                   GArray *ret)
{
  double size, first, last;
  Step step;

  g_return_val_if_fail (ret != NULL, 0);

  g_array_set_size (ret, 0);
  if (max_ticks < 2 || !is_positive (high - low))
    return 0;

  step = step_at_or_above ((high - low) / (max_ticks - 1));
  size = step_times (step, 1);
  if (!is_positive (size) || MAX (fabs (low), fabs (high)) / size > MOST_STEPS)
    return 0;

  first = ceil (low / size - TOLERANCE);
  last = floor (high / size + TOLERANCE);
  for (double i = first; i <= last && ret->len < max_ticks; i++)
    {
      /* + 0.0: no tick says "−0". */
      double value = step_times (step, i) + 0.0;

      g_array_append_val (ret, value);
    }

  return size;
}

/* Whole decades, every n-th so that they fit. */
static void
append_decades (double  low,
                double  high,
                guint   max_ticks,
                GArray *ret)
{
  int first = (int) ceil (log10 (low) - TOLERANCE);
  int last = (int) floor (log10 (high) + TOLERANCE);
  int every = 1;

  while ((last - first) / every + 1 > (int) max_ticks)
    every++;
  if (every > 3)
    every = (int) beam_ticks_ceil_125 (every);

  for (int decade = first; decade <= last; decade++)
    {
      double value = pow (10, decade);

      if (decade % every == 0)
        g_array_append_val (ret, value);
    }
}

/* One more than @max_ticks says that they do not fit. @every: of 1, 2, 5, 10,
 * 20, … each, or every second one. */
static void
append_125 (double  low,
            double  high,
            guint   every,
            guint   max_ticks,
            GArray *ret)
{
  double value = beam_ticks_ceil_125 (low * (1 - TOLERANCE));

  for (guint i = 0; value <= high * (1 + TOLERANCE) && ret->len <= max_ticks; i++)
    {
      if (i % every == 0)
        g_array_append_val (ret, value);
      value = beam_ticks_ceil_125 (value * 1.5);
    }
}

guint
beam_ticks_log (double  low,
                double  high,
                guint   max_ticks,
                GArray *ret)
{
  g_return_val_if_fail (ret != NULL, 0);

  g_array_set_size (ret, 0);
  if (max_ticks < 2 || !is_positive (low) || !isfinite (high) || high <= low)
    return 0;

  append_125 (low, high, 1, max_ticks, ret);
  if (ret->len > max_ticks)
    {
      g_array_set_size (ret, 0);
      append_decades (low, high, max_ticks, ret);
    }
  /* Between one and two decades and low: one decade says nothing of the scale. */
  if (ret->len < 2)
    {
      g_array_set_size (ret, 0);
      append_125 (low, high, 2, max_ticks, ret);
    }
  if (ret->len < 2)
    beam_ticks_linear (low, high, max_ticks, ret);

  return ret->len;
}

gint64
beam_ticks_time_step (gint64 span_us,
                      guint  max_ticks)
{
  static const gint64 seconds[] = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
    3600, 2 * 3600, 3 * 3600, 6 * 3600, 12 * 3600,
    86400, 2 * 86400, 7 * 86400, 14 * 86400, 28 * 86400,
  };
  gint64 step = 0;

  if (max_ticks < 2 || span_us <= 0)
    return 0;

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      step = seconds[i] * G_USEC_PER_SEC;
      if (span_us / step + 1 <= max_ticks)
        return step;
    }

  while (span_us / step + 1 > max_ticks)
    step *= 2;

  return step;
}

static gint64
floor_multiple (gint64 value,
                gint64 step)
{
  gint64 rest = value % step;

  return value - (rest < 0 ? rest + step : rest);
}

gint64
beam_ticks_time (gint64  from_us,
                 gint64  to_us,
                 gint64  anchor_us,
                 guint   max_ticks,
                 GArray *ret)
{
  gint64 step;

  g_return_val_if_fail (ret != NULL, 0);

  g_array_set_size (ret, 0);
  step = beam_ticks_time_step (to_us - from_us, max_ticks);
  if (step == 0)
    return 0;

  for (gint64 time_us = anchor_us - floor_multiple (anchor_us - from_us, step); time_us <= to_us; time_us += step)
    g_array_append_val (ret, time_us);

  return step;
}
