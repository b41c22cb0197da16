/* beam-figure-class.h: for those who derive a figure of their own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-figure.h"

G_BEGIN_DECLS

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
 * @key_pressed: (nullable) a key that the base has no use for, or that means
 *   something else with Ctrl; FALSE: it goes on
 * @draw_over: (nullable) paints what comes and goes over the picture
 * @has_navigator: where the pointer is, a BeamNavigator of the class says, with
 *   beam_figure_visit(); the base then does not
 * @is_ltr: (nullable) whether its items run from left to right in every language, so
 *   that the keys do; without it they follow the direction of the widget
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

  gboolean (*key_pressed) (BeamFigure *self, guint keyval, GdkModifierType state);
  void   (*draw_over)     (BeamFigure *self, cairo_t *cr, const BeamFrame *frame);

  gboolean (*is_ltr)      (BeamFigure *self);

  gboolean has_navigator;

  gpointer padding[3];
};

/* In measure: the height of a label in the font of now. */
double beam_figure_get_line_height (BeamFigure *self);

/* The data are new. Nothing is drawn while unmapped. */
void   beam_figure_queue_update    (BeamFigure *self);

G_END_DECLS
