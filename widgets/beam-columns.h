/* beam-columns.h: a line as one span of pixels per pixel column
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-painter.h"
#include "beam-project.h"

G_BEGIN_DECLS

/* For each device pixel column of a plot the span of rows that a line crosses,
 * from the top of the plot; top > bottom where it does not. */
typedef struct {
  int    n;
  int    height; /* device rows */
  float *top;    /* owned */
  float *bottom; /* owned */
  float *top_rise;    /* owned: the slope of the line at that end, in rows a */
  float *bottom_rise; /* owned: column; 0 where the line turns or has a point */
} BeamColumns;

/* TRUE when the vertices are better drawn as columns than as a path, for which a
 * stroker pays by the point and by the height. On a screen that is soon the
 * case; on paper a path stays sharp, up to about a point a pixel. */
gboolean beam_columns_are_better (cairo_t            *cr,
                                  const BeamGeometry *geometry,
                                  const BeamVertex   *vertices,
                                  guint               n);

/* FALSE, and nothing to clear, when the plot is empty or larger than cairo's
 * image surfaces (32 767 pixels). */
gboolean beam_columns_init      (BeamColumns        *self,
                                 const BeamGeometry *geometry);
void     beam_columns_clear     (BeamColumns        *self);

/* Adds the line through the vertices with their extremes, broken at gaps. */
void     beam_columns_add       (BeamColumns        *self,
                                 const BeamGeometry *geometry,
                                 const BeamVertex   *vertices,
                                 guint               n);

/* Paints every column with the coverage that a stroke of that width and slope
 * has at both of its ends. Dashes fade instead of ending, so that no peak is lost. */
void     beam_columns_paint     (const BeamColumns  *self,
                                 cairo_t            *cr,
                                 const BeamGeometry *geometry,
                                 const BeamStroke   *stroke);

G_END_DECLS
