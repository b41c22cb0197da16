/* beam-time-axis-private.h: what charts settle over their common time axis
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-time-axis.h"

G_BEGIN_DECLS

/* Charts over one another must begin at the same x, or one instant would stand
 * at different places and the crosshair would break. Each chart says what room
 * its value labels need; all take the largest. @width 0: the chart is gone. */
void beam_time_axis_claim_label_width (BeamTimeAxis  *self,
                                       gconstpointer  chart,
                                       int            width);
int  beam_time_axis_get_label_width   (BeamTimeAxis  *self);

G_END_DECLS
