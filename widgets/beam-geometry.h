/* beam-geometry.h: from time and value to pixels and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-types.h"

G_BEGIN_DECLS

/* The plot rectangle and what it shows. A plain value: painters are functions
 * of it. x, y, width and height are logical pixels. */
typedef struct {
  double    x;
  double    y;
  double    width;
  double    height;
  double    device_scale; /* device pixels in a logical one, at least 1 */
  gint64    from_us;
  gint64    to_us;
  double    low;
  double    high;
  BeamScale scale;
} BeamGeometry;

/* 0 where @value is at @low, 1 where it is at @high, and on from there up to a
 * hundred times as far; NAN only for NAN. On a logarithmic scale what is not
 * above zero is farthest below. @low < @high as in a valid geometry. */
double   beam_scale_share       (BeamScale           scale,
                                 double              low,
                                 double              high,
                                 double              value);

/* TRUE when something can be drawn: area, time and values are not empty, and
 * times are within 285 years of zero. */
gboolean beam_geometry_is_valid (const BeamGeometry *self);

/* The result is finite and at most a hundred plots outside of the rectangle, so
 * that cairo never sees a coordinate it cannot take; NAN only for NAN. */
double   beam_geometry_x        (const BeamGeometry *self,
                                 gint64              time_us);
double   beam_geometry_y        (const BeamGeometry *self,
                                 double              value);

gint64   beam_geometry_time     (const BeamGeometry *self,
                                 double              x);
double   beam_geometry_value    (const BeamGeometry *self,
                                 double              y);

/* The time that one device pixel covers, at least 1. */
gint64   beam_geometry_pixel_us (const BeamGeometry *self);

/* Moves a coordinate so that a line of @line_width logical pixels is crisp. */
double   beam_geometry_snap     (const BeamGeometry *self,
                                 double              coordinate,
                                 double              line_width);

G_END_DECLS
