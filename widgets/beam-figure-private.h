/* beam-figure-private.h: what the files of the figure share
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * beam-figure.c           the object: properties and overrides
 * beam-figure-picture.c   the picture, and where its items are in it
 * beam-figure-words.c     the description for a screen reader
 * beam-figure-input.c     keyboard and pointer
 * beam-figure-read.c      the read-out of the visited item, and the focus ring
 * beam-figure-menu.c      actions, the table and the context menu
 */
#pragma once

#include "beam-figure.h"

G_BEGIN_DECLS

typedef struct
{
  char *title;      /* owned */
  char *empty_text; /* owned */
  int   selected;

  BeamFigureDescribeFunc describe; /* nullable */
  gpointer               describe_data;
  GDestroyNotify         describe_destroy;

  GtkWidget *picture; /* children, owned by the parent relation */
  GtkWidget *readout;
  GtkWidget *menu;    /* nullable: never opened yet */

  BeamStyle     style;
  gboolean      style_valid;
  PangoContext *pango; /* owned, nullable: made anew with the style */
  guint         describe_id; /* timeout, 0 when none is due */
} BeamFigurePrivate;

BeamFigurePrivate *beam_figure_get_priv (BeamFigure *self);

/* The description: now, or joined with what changes in the next moment. */
void     beam_figure_update_description (BeamFigure *self);
void     beam_figure_queue_describe     (BeamFigure *self);

/* Left to right in any language. (transfer none) */
PangoContext *beam_figure_get_pango (BeamFigure *self);

/* For the canvases. */
void     beam_figure_draw_picture (GtkWidget *owner,
                                   cairo_t   *cr);
void     beam_figure_draw_over    (GtkWidget *owner,
                                   cairo_t   *cr);

void     beam_figure_install_actions (GtkWidgetClass *klass);

/* NAN: where the visited item is. */
void     beam_figure_open_menu     (BeamFigure *self,
                                    double      x,
                                    double      y);

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
