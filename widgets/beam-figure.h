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

/**
 * BeamFigureClass:
 * @draw: paints the figure into @cr; the frame has a size. Must be a function of
 *   the frame and the data, so that it also serves tests and vector output.
 * @count_items: (nullable) how many things can be visited; 0: the empty text.
 * @collect_areas: (nullable) where each item was drawn, in one go, as it needs
 *   the whole layout; one that was not keeps its negative width.
 * @describe_item: (nullable) (transfer full) one item as words and numbers.
 * @describe: (nullable) (transfer full) the whole in a sentence, instead of
 *   all items in a row.
 * @fill_cells: (nullable) adds columns and rows to an empty table; without it
 *   the table has the items in words.
 */
struct _BeamFigureClass
{
  GtkWidgetClass parent_class;

  void   (*draw)          (BeamFigure *self, cairo_t *cr, const BeamFrame *frame);
  guint  (*count_items)   (BeamFigure *self);
  void   (*collect_areas) (BeamFigure *self, const BeamFrame *frame, graphene_rect_t *areas);
  char  *(*describe_item) (BeamFigure *self, guint item);
  char  *(*describe)      (BeamFigure *self);
  void   (*fill_cells)    (BeamFigure *self, BeamCells *cells);

  gpointer padding[7];
};

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

/* For subclasses, in measure: the height of a label in the font of now. */
double      beam_figure_get_line_height   (BeamFigure *self);

/* For subclasses: the data are new. Nothing is drawn while unmapped. */
void        beam_figure_queue_update      (BeamFigure *self);

G_END_DECLS
