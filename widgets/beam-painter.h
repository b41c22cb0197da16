/* beam-painter.h: drawing as functions of cairo, geometry and data
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No widget, no display: everything here works on an image or a vector
 * surface. Coordinates are those of the geometry. Nothing non-finite reaches
 * cairo. Painters leave the state of the context as they found it.
 */
#pragma once

#include <gtk/gtk.h>

#include "beam-geometry.h"

G_BEGIN_DECLS

typedef struct {
  GdkRGBA  color;
  double   width; /* logical pixels */
  BeamDash dash;
} BeamStroke;

/* The time that a dash pattern restarts at, again and again: collecting from
 * the last one before the left edge keeps dashes still while the picture slides. */
gint64   beam_painter_dash_restart (const BeamGeometry *geometry,
                                    gint64              time_us);

/* A line through the points, broken where low is NAN. */
void     beam_paint_line           (cairo_t            *cr,
                                    const BeamGeometry *geometry,
                                    const BeamPoint    *points,
                                    guint               n,
                                    const BeamStroke   *stroke);

/* The same as steps: each value holds until the next point. */
void     beam_paint_steps          (cairo_t            *cr,
                                    const BeamGeometry *geometry,
                                    const BeamPoint    *points,
                                    guint               n,
                                    const BeamStroke   *stroke);

/* The fill between the points and @base. */
void     beam_paint_area           (cairo_t            *cr,
                                    const BeamGeometry *geometry,
                                    const BeamPoint    *points,
                                    guint               n,
                                    double              base,
                                    const GdkRGBA      *color);

/* The fill between two lines, where both are known; their times may differ. */
void     beam_paint_band           (cairo_t            *cr,
                                    const BeamGeometry *geometry,
                                    const BeamPoint    *low,
                                    guint               n_low,
                                    const BeamPoint    *high,
                                    guint               n_high,
                                    const GdkRGBA      *color);

/* Where a horizontal line of @line_width at @value is crisp; NAN: out of the plot. */
double   beam_painter_level        (const BeamGeometry *geometry,
                                    double              value,
                                    double              line_width);

/* Thin horizontal lines at values, vertical ones at times; crisp. */
void     beam_paint_value_lines    (cairo_t            *cr,
                                    const BeamGeometry *geometry,
                                    const double       *values,
                                    guint               n,
                                    const GdkRGBA      *color);
void     beam_paint_time_line      (cairo_t            *cr,
                                    const BeamGeometry *geometry,
                                    gint64              time_us,
                                    const BeamStroke   *stroke);
void     beam_paint_level          (cairo_t            *cr,
                                    const BeamGeometry *geometry,
                                    double              value,
                                    const BeamStroke   *stroke);

/* The hatching of the unknown, from @from_us to @to_us. */
void     beam_paint_gap            (cairo_t            *cr,
                                    const BeamGeometry *geometry,
                                    gint64              from_us,
                                    gint64              to_us,
                                    const GdkRGBA      *color);

/* A small pennant on a dotted line: something happened here. */
void     beam_paint_event          (cairo_t            *cr,
                                    const BeamGeometry *geometry,
                                    gint64              time_us,
                                    const GdkRGBA      *color);

/* A marker of about @size logical pixels, on a ring of @background. */
void     beam_paint_marker         (cairo_t            *cr,
                                    double              x,
                                    double              y,
                                    double              size,
                                    BeamMarker          marker,
                                    const GdkRGBA      *color,
                                    const GdkRGBA      *background);

/* Text whose top left corner is at x, y, on a halo of @background. */
void     beam_paint_text           (cairo_t            *cr,
                                    PangoLayout        *layout,
                                    double              x,
                                    double              y,
                                    const GdkRGBA      *color,
                                    const GdkRGBA      *background);

G_END_DECLS
