/* beam-plot.h: curves and clouds over a value axis that is not time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-figure-class.h"
#include "beam-value-axis.h"
#include "beam-xy-series.h"

G_BEGIN_DECLS

#define BEAM_TYPE_PLOT (beam_plot_get_type ())
G_DECLARE_FINAL_TYPE (BeamPlot, beam_plot, BEAM, PLOT, BeamFigure)

/* How a series is drawn. */
typedef enum {
  BEAM_MARK_LINE,  /* a curve in the dash of its identity, its interval as a band */
  BEAM_MARK_STEPS, /* the same, level up to the next point */
  BEAM_MARK_FIT,   /* a thin dashed curve: computed, not measured */
  BEAM_MARK_DOTS,  /* a cloud; very many points become a density */
  BEAM_MARK_TRACE, /* a path through time: old is faint, the last has the marker */
} BeamMark;

/* A line across the plot at a value of one axis, with the interval of that value
 * shaded (NAN, NAN: none) and a label (nullable). */
typedef struct {
  GtkOrientation orientation; /* VERTICAL: an upright line at an x */
  double         value;
  double         low;
  double         high;
  const char    *label;
} BeamGuide;

GtkWidget     *beam_plot_new        (BeamScale         x_scale,
                                     BeamScale         y_scale);

/* Their range fits the series unless it is fixed. Never NULL. */
BeamValueAxis *beam_plot_get_x_axis (BeamPlot         *self);
BeamValueAxis *beam_plot_get_y_axis (BeamPlot         *self);

/* The last one is on top. Holds a reference. */
void           beam_plot_add        (BeamPlot         *self,
                                     BeamXYSeries     *series,
                                     BeamMark          mark,
                                     int               identity);

/* The guide and its label are copied. A guide does not stretch an axis. */
void           beam_plot_add_guide  (BeamPlot         *self,
                                     const BeamGuide  *guide);

/* Removes all series and guides, or only the guides. */
void           beam_plot_clear        (BeamPlot       *self);
void           beam_plot_clear_guides (BeamPlot       *self);

/* What the axes are of ("requests a second", "p99"), written beside them; NULL:
 * nothing. */
void           beam_plot_set_labels (BeamPlot         *self,
                                     const char       *x_label,
                                     const char       *y_label);

G_END_DECLS
