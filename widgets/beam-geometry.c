/* beam-geometry.c: from time and value to pixels and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cairo draws a garbage line for a NAN or an infinite coordinate, and nothing
 * for a dashed line that leaves the picture by millions of pixels, in both
 * cases without an error. So the mapping itself is bounded.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-geometry.h"

/* How many plots a point may lie away: far enough that a line which leaves the
 * plot keeps its slope, near enough for cairo's 24 bits of pixels. */
#define FARTHEST 100.0

/* Times are mapped as doubles, which tell microseconds apart for 285 years. */
#define LAST_TIME_US (G_GINT64_CONSTANT (1) << 53)

gboolean
beam_geometry_is_valid (const BeamGeometry *self)
{
  return self->width > 0 && self->height > 0 && self->device_scale >= 1 &&
         self->to_us > self->from_us && self->from_us >= -LAST_TIME_US && self->to_us <= LAST_TIME_US &&
         isfinite (self->low) && isfinite (self->high) && self->low < self->high &&
         (self->scale == BEAM_SCALE_LINEAR || self->low > 0);
}

double
beam_scale_share (BeamScale scale,
                  double    low,
                  double    high,
                  double    value)
{
  double share;

  if (isnan (value))
    return (double) NAN;

  if (scale == BEAM_SCALE_LOG)
    {
      if (value <= 0)
        return -FARTHEST;
      share = (log10 (value) - log10 (low)) / (log10 (high) - log10 (low));
    }
  else
    {
      /* Halves: a range of the widest doubles must not overflow. */
      share = (value / 2 - low / 2) / (high / 2 - low / 2);
    }

  return CLAMP (share, -FARTHEST, FARTHEST);
}

double
beam_geometry_x (const BeamGeometry *self,
                 gint64              time_us)
{
  double share = ((double) time_us - (double) self->from_us) / ((double) self->to_us - (double) self->from_us);

  return self->x + self->width * CLAMP (share, -FARTHEST, FARTHEST);
}

double
beam_geometry_y (const BeamGeometry *self,
                 double              value)
{
  return self->y + self->height * (1 - beam_scale_share (self->scale, self->low, self->high, value));
}

gint64
beam_geometry_time (const BeamGeometry *self,
                    double              x)
{
  double share = CLAMP ((x - self->x) / self->width, -1, 2);

  return self->from_us + (gint64) llround (share * (double) (self->to_us - self->from_us));
}

double
beam_geometry_value (const BeamGeometry *self,
                     double              y)
{
  double share = 1 - CLAMP ((y - self->y) / self->height, -1, 2);

  if (self->scale == BEAM_SCALE_LOG)
    return pow (10, log10 (self->low) + share * (log10 (self->high) - log10 (self->low)));

  return self->low + share * (self->high - self->low);
}

gint64
beam_geometry_pixel_us (const BeamGeometry *self)
{
  double pixels = fmax (self->width * self->device_scale, 1);

  return MAX ((gint64) ((double) (self->to_us - self->from_us) / pixels), 1);
}

double
beam_geometry_snap (const BeamGeometry *self,
                    double              coordinate,
                    double              line_width)
{
  double device = coordinate * self->device_scale;
  gboolean odd = ((int) lround (line_width * self->device_scale)) % 2 != 0;

  return (odd ? floor (device) + 0.5 : round (device)) / self->device_scale;
}
