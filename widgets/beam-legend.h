/* beam-legend.h: which series there are, to be switched on and off
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-chart-acts.h"

G_BEGIN_DECLS

#define BEAM_TYPE_LEGEND (beam_legend_get_type ())
G_DECLARE_FINAL_TYPE (BeamLegend, beam_legend, BEAM, LEGEND, GtkWidget)

/**
 * BeamLegend:
 *
 * A toggle for each series that answers at the cursor of a chart: its marker, its
 * dash and its name. Wraps when there is no room. Empty without a chart, or when
 * the chart has no series.
 *
 * # CSS nodes
 *
 * `beam-legend`, with buttons of the style classes flat and beam-legend-entry.
 *
 * # Accessibility
 *
 * Role GROUP; each entry is a toggle button named by its series.
 */
GtkWidget *beam_legend_new       (BeamChart  *chart);
BeamChart *beam_legend_get_chart (BeamLegend *self);
void       beam_legend_set_chart (BeamLegend *self,
                                  BeamChart  *chart);

G_END_DECLS
