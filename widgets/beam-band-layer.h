/* beam-band-layer.h: the soft fill between two series
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-layer.h"

G_BEGIN_DECLS

#define BEAM_TYPE_BAND_LAYER (beam_band_layer_get_type ())
G_DECLARE_FINAL_TYPE (BeamBandLayer, beam_band_layer, BEAM, BAND_LAYER, BeamLayer)

/* Filled where both series are known. Only the fill: add lines for the edges. */
BeamLayer  *beam_band_layer_new       (BeamSeries    *low,
                                       BeamSeries    *high);

BeamSeries *beam_band_layer_get_low   (BeamBandLayer *self);
void        beam_band_layer_set_low   (BeamBandLayer *self,
                                       BeamSeries    *series);
BeamSeries *beam_band_layer_get_high  (BeamBandLayer *self);
void        beam_band_layer_set_high  (BeamBandLayer *self,
                                       BeamSeries    *series);

G_END_DECLS
