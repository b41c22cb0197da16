/* beam-shapes.h: bars, intervals and other simple shapes of figures
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Like beam-painter.h: functions of a context and numbers. What is not finite
 * or has no size is not drawn.
 */
#pragma once

#include <gtk/gtk.h>

#include "beam-types.h"

G_BEGIN_DECLS

/* What a bar is filled with: how sure its length is, told by form and not by
 * colour. Full for what was measured, hatched for what was estimated, an
 * outline for what was judged. */
typedef enum {
  BEAM_FILL_SOLID,
  BEAM_FILL_HATCHED,
  BEAM_FILL_OUTLINE,
} BeamFill;

/* Adds the path of a rectangle with round corners, as round as there is room. */
void beam_shape_rounded  (cairo_t *cr,
                          double   x,
                          double   y,
                          double   width,
                          double   height,
                          double   radius);

/* @color through an A8 image at x, y; also in an SVG, where cairo 1.16 puts a
 * mask in the wrong place. */
void beam_paint_mask     (cairo_t *cr, cairo_surface_t *mask, double x, double y, const GdkRGBA *color);

typedef struct {
  double x;
  double y;
  double width;
  double height;
} BeamRect;

void beam_paint_bar      (cairo_t        *cr,
                          const BeamRect *area,
                          double          radius,
                          BeamFill        fill,
                          const GdkRGBA  *color);

/* A line from one end to the other with a short stroke across each, on a rim of
 * @background so that it is seen over a bar. Horizontal when @y0 == @y1. */
typedef struct {
  double x0;
  double y0;
  double x1;
  double y1;
  double cap; /* length of the strokes across */
} BeamWhisker;

void beam_paint_whisker  (cairo_t           *cr,
                          const BeamWhisker *whisker,
                          const GdkRGBA     *color,
                          const GdkRGBA     *background);

/* A straight line with an identity's dash, crisp where it is upright or level
 * only if its coordinates are. */
void beam_paint_straight (cairo_t       *cr,
                          double         x0,
                          double         y0,
                          double         x1,
                          double         y1,
                          double         width,
                          BeamDash       dash,
                          const GdkRGBA *color);

/* A colour between two, @share of the way from @a to @b. */
GdkRGBA beam_mix         (const GdkRGBA *a,
                          const GdkRGBA *b,
                          double         share);

G_END_DECLS
