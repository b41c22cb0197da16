/* beam-dot-plot.h: dots of several subjects in named rows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-figure-class.h"
#include "beam-value-axis.h"

G_BEGIN_DECLS

#define BEAM_TYPE_DOT_PLOT (beam_dot_plot_get_type ())
G_DECLARE_FINAL_TYPE (BeamDotPlot, beam_dot_plot, BEAM, DOT_PLOT, BeamFigure)

GtkWidget     *beam_dot_plot_new            (BeamScale      scale);

BeamValueAxis *beam_dot_plot_get_value_axis (BeamDotPlot   *self);

/* A row ("p99"); returns its number. */
guint          beam_dot_plot_add_row        (BeamDotPlot   *self,
                                             const char    *name);

/* A dot in a row, with the marker of its identity and an interval (NAN, NAN:
 * none). What is not finite, or not above zero on a logarithmic axis, is an
 * item that says "?" and is not drawn. @subject is for words only. */
void           beam_dot_plot_add_dot        (BeamDotPlot   *self,
                                             guint          row,
                                             int            identity,
                                             const char    *subject,
                                             double         value,
                                             double         low,
                                             double         high);
void           beam_dot_plot_clear          (BeamDotPlot   *self);

G_END_DECLS
