/* beam-figure-private.h: what the files of the figure share
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * beam-figure.c         the object: properties and overrides
 * beam-figure-input.c   keyboard and pointer
 * beam-figure-read.c    the read-out of the visited item, and the focus ring
 */
#pragma once

#include "beam-figure.h"

G_BEGIN_DECLS

/* What the figure shows at this moment. FALSE while it has no size. */
gboolean beam_figure_get_frame     (BeamFigure *self,
                                    BeamFrame  *ret);

/* Where all items were drawn, those that were not with a negative width.
 * (transfer full) (element-type graphene_rect_t) */
GArray  *beam_figure_get_areas     (BeamFigure      *self,
                                    const BeamFrame *frame);
gboolean beam_figure_get_item_area (BeamFigure      *self,
                                    const BeamFrame *frame,
                                    guint            item,
                                    graphene_rect_t *ret);

/* The item whose area is under, or nearest to, a point; -1 when none is near. */
int      beam_figure_pick          (BeamFigure      *self,
                                    const BeamFrame *frame,
                                    double           x,
                                    double           y);

void     beam_figure_init_input    (BeamFigure *self);
gboolean beam_figure_handle_key    (BeamFigure *self,
                                    guint       keyval);

/* Marks the area of the visited item and writes its description beside it. */
void     beam_figure_draw_readout  (BeamFigure      *self,
                                    cairo_t         *cr,
                                    const BeamFrame *frame);
void     beam_figure_draw_focus    (BeamFigure      *self,
                                    cairo_t         *cr,
                                    const BeamFrame *frame);

/* How often the picture without its read-out was drawn, for tests. */
guint    beam_figure_get_n_draws   (BeamFigure *self);

G_END_DECLS
