/* beam-sparkline.h: a line as large as a word
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-figure-class.h"
#include "beam-series.h"
#include "beam-value-axis.h"

G_BEGIN_DECLS

#define BEAM_TYPE_SPARKLINE (beam_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (BeamSparkline, beam_sparkline, BEAM, SPARKLINE, BeamFigure)

/* @series: (nullable). */
GtkWidget     *beam_sparkline_new            (BeamSeries    *series,
                                              int            identity);

BeamSeries    *beam_sparkline_get_series     (BeamSparkline *self);
void           beam_sparkline_set_series     (BeamSparkline *self,
                                              BeamSeries    *series);

/* How much time is shown, up to its end; four minutes at first. */
gint64         beam_sparkline_get_window     (BeamSparkline *self);
void           beam_sparkline_set_window     (BeamSparkline *self,
                                              gint64         window_us);

/* Where what is shown ends, which may be later than the last sample; G_MININT64, at
 * first: at the last sample. */
gint64         beam_sparkline_get_end        (BeamSparkline *self);
void           beam_sparkline_set_end        (BeamSparkline *self,
                                              gint64         end_us);

/* Its scale and its way of writing; the range is that of the window. */
BeamValueAxis *beam_sparkline_get_value_axis (BeamSparkline *self);

G_END_DECLS
