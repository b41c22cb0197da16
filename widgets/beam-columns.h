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
} BeamColumns;

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

/* Paints every column with exact coverage at both of its ends, grown by half of
 * the stroke's width. Dashes fade instead of ending, so that no peak is lost. */
void     beam_columns_paint     (const BeamColumns  *self,
                                 cairo_t            *cr,
                                 const BeamGeometry *geometry,
                                 const BeamStroke   *stroke);

G_END_DECLS
