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

#include "beam-figure-class.h"
#include "beam-figure-picture.h"
#include "beam-menu.h"

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

void     beam_figure_init_menu     (BeamMenuOwnerInterface *iface);

/* The item whose area is under, or nearest to, a point; -1 when none is near. */
int      beam_figure_pick          (BeamFigure      *self,
                                    const BeamFrame *frame,
                                    double           x,
                                    double           y);

void     beam_figure_init_input    (BeamFigure *self);
gboolean beam_figure_handle_key    (BeamFigure *self,
                                    guint       keyval);

G_END_DECLS
