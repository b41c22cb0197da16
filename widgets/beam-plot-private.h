/* beam-plot-private.h: what the files of the plot share
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * beam-plot.c         the object: series, guides, items
 * beam-plot-input.c   zoom and pan, by pointer and keyboard
 * beam-plot-paint.c   how marks look
 * beam-plot-words.c   in words and as a table
 *
 * x becomes a place on a ruler of BEAM_PLOT_RULER steps, which stands for time in
 * a BeamGeometry: so every painter of the time charts works here as it is.
 */
#pragma once

#include "beam-geometry.h"
#include "beam-menu.h"
#include "beam-navigator.h"
#include "beam-plot.h"

G_BEGIN_DECLS

#define BEAM_PLOT_RULER (G_GINT64_CONSTANT (1) << 30)

typedef struct {
  BeamScale scale;
  double    low;
  double    high;
} BeamSpan;

/* Where x is on the ruler; NAN must not come here. */
gint64 beam_plot_place     (const BeamSpan     *x,
                            double              value);

void   beam_plot_paint     (cairo_t            *cr,
                            const BeamGeometry *geometry,
                            const BeamSpan     *x,
                            const BeamStyle    *style,
                            BeamXYSeries       *series,
                            BeamMark            mark,
                            int                 identity);

void   beam_plot_paint_guide (cairo_t            *cr,
                              const BeamFrame    *frame,
                              const BeamGeometry *geometry,
                              const BeamSpan     *x,
                              const BeamGuide    *guide);

typedef struct {
  BeamXYSeries *series; /* owned */
  BeamMark      mark;
  int           identity;
  gulong        handler;
} BeamPlotEntry;

struct _BeamPlot
{
  BeamFigure parent_instance;

  BeamValueAxis *axes[2]; /* owned: x and y */
  GArray        *entries; /* owned, element-type BeamPlotEntry, bottom first */
  GArray        *guides;  /* owned, element-type BeamGuide, with owned labels */
  char          *labels[2]; /* owned, nullable: x and y */
  BeamNavigator *navigator; /* owned */
  BeamRect       band;      /* what a drag would zoom to; no width or height: nothing */
};

/* FALSE while there is no room for a plot. */
gboolean beam_plot_lay_out   (BeamPlot        *self,
                              const BeamFrame *frame,
                              BeamGeometry    *ret,
                              BeamSpan        *ret_x);

/* The point of an item; FALSE: there is none. */
gboolean beam_plot_get_point (BeamPlot    *self,
                              guint        item,
                              BeamXYPoint *ret);

void     beam_plot_init_input  (BeamPlot *self);
void     beam_plot_init_menu   (BeamMenuOwnerInterface *iface);
void     beam_plot_draw_band   (BeamFigure      *figure,
                                cairo_t         *cr,
                                const BeamFrame *frame);
gboolean beam_plot_key_pressed (BeamFigure      *figure,
                                guint            keyval,
                                GdkModifierType  state);
void     beam_plot_install_actions (GtkWidgetClass *klass);

char *beam_plot_describe   (BeamFigure *figure);
void  beam_plot_fill_cells (BeamFigure *figure,
                            BeamCells  *cells);

G_END_DECLS
