/* beam-area-layer.h: the soft fill under a line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-layer.h"

G_BEGIN_DECLS

#define BEAM_TYPE_AREA_LAYER (beam_area_layer_get_type ())
G_DECLARE_FINAL_TYPE (BeamAreaLayer, beam_area_layer, BEAM, AREA_LAYER, BeamLayer)

/* Fills from the series to zero (or to the edge of the plot when zero is not in
 * view). Only the fill: add a BeamLineLayer of the same series for the line. */
BeamLayer  *beam_area_layer_new        (BeamSeries    *series);

BeamSeries *beam_area_layer_get_series (BeamAreaLayer *self);
void        beam_area_layer_set_series (BeamAreaLayer *self,
                                        BeamSeries    *series);

G_END_DECLS
