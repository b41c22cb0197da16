/* beam-figure-picture.h: what a figure looks like now, for the files of figures
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-figure.h"

G_BEGIN_DECLS

/* The prefix of its actions. */
#define BEAM_FIGURE_ACTIONS "figure"

/* Left to right in any language. (transfer none) */
PangoContext *beam_figure_get_pango (BeamFigure *self);

/* For the canvases. */
void     beam_figure_draw_picture (GtkWidget *owner,
                                   cairo_t   *cr);
void     beam_figure_draw_over    (GtkWidget *owner,
                                   cairo_t   *cr);

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

/* Visits what is near to a point, as for the pointer. */
void     beam_figure_visit         (BeamFigure *self,
                                    double      x,
                                    double      y);

/* What is over the picture is new, and the picture is not. */
void     beam_figure_queue_draw_over (BeamFigure *self);

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
