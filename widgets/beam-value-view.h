/* beam-value-view.h: the part of a value axis that is looked at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-value-axis.h"

G_BEGIN_DECLS

/* A view is a part of the range that is shown in place of the whole, such as
 * the one that was zoomed to. All charts with the axis move together. It is at
 * most a hundred times narrower: what is further away than that from the plot
 * is drawn as if it were nearer (see beam-geometry.c), and a line would lie. */

/* The range without the view; as beam_value_axis_get_range() otherwise. */
void     beam_value_axis_get_whole (BeamValueAxis *self,
                                    double        *ret_low,
                                    double        *ret_high);

/* All but finite low < high: the whole. */
void     beam_value_axis_set_view  (BeamValueAxis *self,
                                    double         low,
                                    double         high);

/* FALSE also for a view that the range has moved away from. */
gboolean beam_value_axis_has_view  (BeamValueAxis *self);

/* Shows @factor times as much around the place at the share @at of the view,
 * 0 at its low end; at most the whole. */
void     beam_value_axis_zoom_by   (BeamValueAxis *self,
                                    double         factor,
                                    double         at);

/* Shows what lies between two shares of the view. */
void     beam_value_axis_zoom_to   (BeamValueAxis *self,
                                    double         from,
                                    double         to);

/* Moves the view by a share of itself, towards larger values when positive,
 * within the whole. */
void     beam_value_axis_pan_by    (BeamValueAxis *self,
                                    double         by);

/* Moves the view so far that @value is in it. */
void     beam_value_axis_reveal    (BeamValueAxis *self,
                                    double         value);

G_END_DECLS
