/* beam-chart-acts.h: what a person can do with a chart, for the program to do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-chart.h"
#include "beam-table.h"

G_BEGIN_DECLS

/* Switches a series off and on again: the layers that draw it, alone or with
 * others, are hidden, and the value axis fits the rest. */
gboolean   beam_chart_get_series_shown (BeamChart  *self,
                                        BeamSeries *series);
void       beam_chart_set_series_shown (BeamChart  *self,
                                        BeamSeries *series,
                                        gboolean    shown);

/* The series that the keyboard reads; NULL: all. Others stand back. A series that
 * leaves the chart with its last layer is neither chosen nor off any longer. */
BeamSeries *beam_chart_get_current     (BeamChart  *self);
void       beam_chart_set_current      (BeamChart  *self,
                                        BeamSeries *series);

/* What is in view, as numbers. At most BEAM_TABLE_MAX_ROWS rows: beyond that
 * neighbours are joined and their last value stands. (transfer full) */
BeamTable *beam_chart_get_table        (BeamChart  *self);

/* Opens it in a window of its own. */
void       beam_chart_show_table       (BeamChart  *self);

/* The values at the cursor or, without one, the latest, a line each: "p99 40 ms". */
char      *beam_chart_get_values_text  (BeamChart  *self);

/* Draws the chart as it is into @width and @height logical pixels of any cairo
 * surface, in @style and the font of @pango. @label_width: room for the labels
 * of values, see below; charts over one another need the same. The cursor is drawn when it is set and @show_cursor. */
void       beam_chart_print            (BeamChart       *self,
                                        cairo_t         *cr,
                                        double           width,
                                        double           height,
                                        const BeamStyle *style,
                                        PangoContext    *pango,
                                        int              label_width,
                                        gboolean         show_cursor);
int        beam_chart_get_print_label_width (BeamChart    *self,
                                             PangoContext *pango,
                                             double        height);

G_END_DECLS
