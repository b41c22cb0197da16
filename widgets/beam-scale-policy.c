/* beam-scale-policy.c: when does a scale change, and to what
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pure function of the old range and the data, so that its manners are a
 * table in a test. Two parts: what range would the data like (wanted), and is
 * that reason enough to leave the one in use (hysteresis). A logarithmic range
 * is judged by its decades, a linear one by its difference.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-scale-policy.h"
#include "beam-ticks.h"

/* Values beyond are drawn at the edge: the arithmetic below must not overflow. */
#define LARGEST 1e300

/* Room over the data, so that a line does not run along the edge. */
#define HEADROOM 0.04

/* The same under a logarithmic range, as a factor: the lowest line, often p50,
 * needs a place for its label that the axis does not cross. */
#define ROOM_BELOW 1.25

/* Steps that a linear range is cut into, at most; its limits are whole steps. */
#define STEPS 6

/* A log axis whose data reach zero shows this much below the largest value. */
#define DECADES_TO_ZERO 1e3

/* Shrink when the data want at most this share of the range in use. */
#define SHRINK_BELOW 0.5

static double
range_size (const BeamRange *range,
            BeamScale        scale)
{
  return scale == BEAM_SCALE_LOG ? log10 (range->high) - log10 (range->low) : range->high - range->low;
}

static gboolean
range_is_usable (const BeamRange *range,
                 BeamScale        scale)
{
  if (!isfinite (range->low) || !isfinite (range->high) || range->low >= range->high)
    return FALSE;

  return scale == BEAM_SCALE_LINEAR || range->low > 0;
}

/* The data and the value to include, finite; FALSE when there is nothing. */
static gboolean
gather (const BeamScaleOptions *options,
        const BeamRange        *data,
        BeamRange              *ret)
{
  double floor_value = options->scale == BEAM_SCALE_LOG ? 1 / LARGEST : -LARGEST;
  double high = fmax (isnan (data->high) ? data->low : data->high, options->include);
  double low = fmin (isnan (data->low) ? data->high : data->low, options->include);

  /* fmin and fmax pass over NAN: all three unknown leaves NAN. */
  if (isnan (low) || isnan (high))
    return FALSE;

  if (options->scale == BEAM_SCALE_LOG)
    {
      if (high <= 0)
        return FALSE;
      if (low <= 0)
        low = high / DECADES_TO_ZERO;
    }

  ret->low = CLAMP (low, floor_value, LARGEST);
  ret->high = CLAMP (high, ret->low, LARGEST);
  return TRUE;
}

static BeamRange
want_linear (const BeamScaleOptions *options,
             BeamRange               data)
{
  double step, lack;
  gboolean at_zero = FALSE;

  if (options->from_zero && data.low >= 0)
    {
      data.low = 0;
      at_zero = TRUE;
    }
  else if (options->from_zero && data.high < 0)
    {
      data.high = 0;
    }

  lack = fmin (options->minimum_span, LARGEST) - (data.high - data.low);
  if (lack > 0)
    {
      data.high += at_zero ? lack : lack / 2;
      data.low -= at_zero ? 0 : lack / 2;
    }
  if (data.high - data.low <= fmax (fabs (data.high) * 1e-12, 1 / LARGEST))
    {
      double half = fabs (data.high) > 1 / LARGEST ? fabs (data.high) / 10 : 1;

      data.high += half;
      data.low -= at_zero ? 0 : half;
    }

  step = beam_ticks_ceil_125 ((data.high - data.low) * (1 + HEADROOM) / STEPS);
  if (lack <= 0)
    data.high += (data.high - data.low) * HEADROOM;

  return (BeamRange) { step * floor (data.low / step + 1e-9), step * ceil (data.high / step - 1e-9) };
}

static BeamRange
want_log (const BeamScaleOptions *options,
          BeamRange               data)
{
  double ratio = fmax (options->minimum_span, 1);
  BeamRange range;

  if (log10 (data.high) - log10 (data.low) < log10 (ratio))
    {
      double centre = sqrt (data.high) * sqrt (data.low);

      data.low = centre / sqrt (ratio);
      data.high = centre * sqrt (ratio);
    }
  else
    {
      data.low /= ROOM_BELOW;
      data.high *= 1 + HEADROOM;
    }

  range.low = fmax (beam_ticks_floor_125 (fmax (data.low, 1 / LARGEST)), 1 / LARGEST);
  range.high = beam_ticks_ceil_125 (fmin (data.high, LARGEST));
  if (range.high <= range.low)
    range.high = range.low * 10;

  return range;
}

BeamRange
beam_scale_policy_fit (const BeamScaleOptions *options,
                       const BeamRange        *old,
                       const BeamRange        *data)
{
  gboolean keeps_old = old != NULL && range_is_usable (old, options->scale);
  BeamRange known, wanted;

  if (!gather (options, data, &known))
    {
      if (keeps_old)
        return *old;
      return options->scale == BEAM_SCALE_LOG ? (BeamRange) { 1, 10 } : (BeamRange) { 0, 1 };
    }

  wanted = options->scale == BEAM_SCALE_LOG ? want_log (options, known) : want_linear (options, known);

  if (keeps_old &&
      known.low >= old->low && known.high <= old->high &&
      range_size (&wanted, options->scale) > SHRINK_BELOW * range_size (old, options->scale))
    return *old;

  return wanted;
}
