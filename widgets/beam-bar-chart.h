/* beam-bar-chart.h: bars over categories, stacked and with intervals
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-figure-class.h"
#include "beam-shapes.h"
#include "beam-value-axis.h"

G_BEGIN_DECLS

#define BEAM_TYPE_BAR_CHART (beam_bar_chart_get_type ())
G_DECLARE_FINAL_TYPE (BeamBarChart, beam_bar_chart, BEAM, BAR_CHART, BeamFigure)

#define BEAM_MAX_PARTS    8
#define BEAM_MAX_SUBJECTS BEAM_N_IDENTITIES

/* One bar. Parts are stacked from the axis on; NAN among them makes the whole
 * bar unknown. Negative parts are not stacked and count as unknown. */
typedef struct {
  double   parts[BEAM_MAX_PARTS];
  guint    n_parts;
  double   low;  /* interval of the whole; NAN, NAN: none */
  double   high;
  BeamFill fill;
} BeamBar;

/* Upright bars stand on a level axis; level ones are rows with their names, as
 * for a list of criteria. */
GtkWidget     *beam_bar_chart_new            (GtkOrientation  orientation);

BeamValueAxis *beam_bar_chart_get_value_axis (BeamBarChart   *self);

/* A category ("Year 1") and a note to it ("measured", nullable; for level bars
 * only). Returns its number. */
guint          beam_bar_chart_add_category   (BeamBarChart   *self,
                                              const char     *name,
                                              const char     *note);

/* A subject: a bar in every category. Returns its number, below
 * BEAM_MAX_SUBJECTS. */
guint          beam_bar_chart_add_subject    (BeamBarChart   *self,
                                              const char     *name,
                                              int             identity);

/* The name of a part, for the legend that is drawn on top. */
void           beam_bar_chart_add_part       (BeamBarChart   *self,
                                              const char     *name);

/* @bar: (nullable): NULL, and what was never set, is unknown. */
void           beam_bar_chart_set_bar        (BeamBarChart   *self,
                                              guint           category,
                                              guint           subject,
                                              const BeamBar  *bar);

/* A plain bar, without parts or interval. */
void           beam_bar_chart_set_value      (BeamBarChart   *self,
                                              guint           category,
                                              guint           subject,
                                              double          value);

void           beam_bar_chart_clear          (BeamBarChart   *self);

/* A light track behind level bars up to the end of the axis: for scores, where
 * the end means something. */
gboolean       beam_bar_chart_get_track      (BeamBarChart   *self);
void           beam_bar_chart_set_track      (BeamBarChart   *self,
                                              gboolean        track);

G_END_DECLS
