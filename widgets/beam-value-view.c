/* beam-value-view.c: the part of a value axis that is looked at
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In shares of the whole, so that a logarithmic axis zooms and moves as evenly
 * as a linear one.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-geometry.h"
#include "beam-value-view.h"

#define DEEPEST 100.0 /* times narrower than the whole */
#define MARGIN  0.05  /* of the view, between its end and a value that it reveals */

typedef struct {
  double from;
  double to;
} Shares;

static Shares
get_shares (BeamValueAxis *self)
{
  BeamScale scale = beam_value_axis_get_scale (self);
  double whole_low, whole_high, low, high;

  beam_value_axis_get_whole (self, &whole_low, &whole_high);
  beam_value_axis_get_range (self, &low, &high);
  return (Shares) { beam_scale_share (scale, whole_low, whole_high, low),
                    beam_scale_share (scale, whole_low, whole_high, high) };
}

static double
value_at (BeamScale scale,
          double    low,
          double    high,
          double    share)
{
  if (scale == BEAM_SCALE_LOG)
    return pow (10, log10 (low) * (1 - share) + log10 (high) * share);

  return low * (1 - share) + high * share;
}

/* Moved into the whole where it sticks out. */
static void
set_shares (BeamValueAxis *self,
            double         from,
            double         width)
{
  BeamScale scale = beam_value_axis_get_scale (self);
  double low, high;

  beam_value_axis_get_whole (self, &low, &high);
  width = fmax (width, 1 / DEEPEST);
  if (!isfinite (from) || !(width < 1 - 1e-9))
    {
      beam_value_axis_set_view (self, (double) NAN, (double) NAN);
      return;
    }

  from = CLAMP (from, 0, 1 - width);
  beam_value_axis_set_view (self, value_at (scale, low, high, from), value_at (scale, low, high, from + width));
}

void
beam_value_axis_zoom_by (BeamValueAxis *self,
                         double         factor,
                         double         at)
{
  Shares view;
  double width, wider;

  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));
  g_return_if_fail (factor > 0);

  view = get_shares (self);
  width = view.to - view.from;
  wider = fmax (width * factor, 1 / DEEPEST);
  set_shares (self, view.from + CLAMP (at, 0, 1) * (width - wider), wider);
}

void
beam_value_axis_zoom_to (BeamValueAxis *self,
                         double         from,
                         double         to)
{
  Shares view;
  double width, centre;

  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));

  view = get_shares (self);
  width = fmax (fabs (to - from) * (view.to - view.from), 1 / DEEPEST);
  centre = view.from + (from + to) / 2 * (view.to - view.from);
  set_shares (self, centre - width / 2, width);
}

void
beam_value_axis_pan_by (BeamValueAxis *self,
                        double         by)
{
  Shares view;

  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));

  if (!beam_value_axis_has_view (self))
    return;

  view = get_shares (self);
  set_shares (self, view.from + by * (view.to - view.from), view.to - view.from);
}

void
beam_value_axis_reveal (BeamValueAxis *self,
                        double         value)
{
  double low, high, share;

  g_return_if_fail (BEAM_IS_VALUE_AXIS (self));

  beam_value_axis_get_range (self, &low, &high);
  share = beam_scale_share (beam_value_axis_get_scale (self), low, high, value);
  if (share < 0)
    beam_value_axis_pan_by (self, share - MARGIN);
  else if (share > 1)
    beam_value_axis_pan_by (self, share - 1 + MARGIN);
}
