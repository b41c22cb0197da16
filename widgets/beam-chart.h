/* beam-chart.h: layers over a shared time axis and a linked value axis
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "beam-cursor.h"
#include "beam-geometry.h"
#include "beam-layer.h"
#include "beam-notes.h"
#include "beam-time-axis.h"
#include "beam-value-axis.h"

G_BEGIN_DECLS

#define BEAM_TYPE_CHART (beam_chart_get_type ())
G_DECLARE_FINAL_TYPE (BeamChart, beam_chart, BEAM, CHART, GtkWidget)

/* Writes the sentence that a screen reader says about the chart as it is now.
 * @at_cursor: what stands at the cursor, or NULL. Called at most once a second. */
typedef char *(*BeamDescribeFunc) (BeamChart  *chart,
                                   const char *at_cursor,
                                   gpointer    user_data);

/* Each of the three may be shared with other charts; NULL: one of its own. */
GtkWidget     *beam_chart_new               (BeamTimeAxis  *time_axis,
                                             BeamValueAxis *value_axis,
                                             BeamCursor    *cursor);

BeamTimeAxis  *beam_chart_get_time_axis     (BeamChart     *self);
void           beam_chart_set_time_axis     (BeamChart     *self,
                                             BeamTimeAxis  *axis);
BeamValueAxis *beam_chart_get_value_axis    (BeamChart     *self);
void           beam_chart_set_value_axis    (BeamChart     *self,
                                             BeamValueAxis *axis);
BeamCursor    *beam_chart_get_cursor        (BeamChart     *self);
void           beam_chart_set_cursor        (BeamChart     *self,
                                             BeamCursor    *cursor);

/* What is written on the time axis; NULL: nothing. May be shared. */
void           beam_chart_set_notes         (BeamChart     *self,
                                             BeamNotes     *notes);

/* What the program adds to the context menu; NULL: nothing. */
void           beam_chart_set_extra_menu    (BeamChart     *self,
                                             GMenuModel    *menu);

/* The first layer is at the bottom. Takes a floating reference; the series of
 * the layer are linked to the value axis. */
void           beam_chart_add_layer         (BeamChart     *self,
                                             BeamLayer     *layer);
void           beam_chart_remove_layer      (BeamChart     *self,
                                             BeamLayer     *layer);
guint          beam_chart_get_n_layers      (BeamChart     *self);
BeamLayer     *beam_chart_get_layer         (BeamChart     *self,
                                             guint          position);

/* The accessible name, and nothing that is drawn ("p99 latency of Orders"). */
const char    *beam_chart_get_title         (BeamChart     *self);
void           beam_chart_set_title         (BeamChart     *self,
                                             const char    *title);

/* What is written in the plot while no series has a value in view. */
const char    *beam_chart_get_empty_text    (BeamChart     *self);
void           beam_chart_set_empty_text    (BeamChart     *self,
                                             const char    *text);

/* The last value beside the right end of each line while there is no cursor. */
gboolean       beam_chart_get_show_latest   (BeamChart     *self);
void           beam_chart_set_show_latest   (BeamChart     *self,
                                             gboolean       show_latest);

/* Labels under the plot; off for all but the last of stacked charts. */
gboolean       beam_chart_get_show_time     (BeamChart     *self);
void           beam_chart_set_show_time     (BeamChart     *self,
                                             gboolean       show_time);

void           beam_chart_set_describe_func (BeamChart        *self,
                                             BeamDescribeFunc  func,
                                             gpointer          user_data,
                                             GDestroyNotify    destroy);

/* The plot in the coordinates of the chart; FALSE while it has no size. */
gboolean       beam_chart_get_geometry      (BeamChart     *self,
                                             BeamGeometry  *ret);

G_END_DECLS
