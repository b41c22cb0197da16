/* beam-figure.h: a picture of a few numbers, with items one can visit
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "beam-cells.h"
#include "beam-frame.h"

G_BEGIN_DECLS

#define BEAM_TYPE_FIGURE (beam_figure_get_type ())
G_DECLARE_DERIVABLE_TYPE (BeamFigure, beam_figure, BEAM, FIGURE, GtkWidget)

/* Writes the sentence for a screen reader in the language of the program. */
typedef char *(*BeamFigureDescribeFunc) (BeamFigure *figure,
                                         gpointer    user_data);

/* The accessible name; nothing that is drawn. */
const char *beam_figure_get_title         (BeamFigure *self);
void        beam_figure_set_title         (BeamFigure *self,
                                           const char *title);

/* What is written while there is no item. */
const char *beam_figure_get_empty_text    (BeamFigure *self);
void        beam_figure_set_empty_text    (BeamFigure *self,
                                           const char *text);

/* The item that is visited, which has a read-out; -1: none. */
int         beam_figure_get_selected      (BeamFigure *self);
void        beam_figure_set_selected      (BeamFigure *self,
                                           int         item);

void        beam_figure_set_describe_func (BeamFigure             *self,
                                           BeamFigureDescribeFunc  func,
                                           gpointer                user_data,
                                           GDestroyNotify          destroy);

guint       beam_figure_count_items       (BeamFigure *self);
char       *beam_figure_describe_item     (BeamFigure *self,
                                           guint       item);
char       *beam_figure_describe          (BeamFigure *self);

/* The numbers as a table (transfer full), and that in a window of its own. */
BeamCells  *beam_figure_get_cells         (BeamFigure *self);
void        beam_figure_show_table        (BeamFigure *self);

/* Paints the figure, or its empty text, onto any surface. */
void        beam_figure_draw              (BeamFigure      *self,
                                           cairo_t         *cr,
                                           const BeamFrame *frame);

G_END_DECLS
