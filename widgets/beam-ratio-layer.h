/* beam-ratio-layer.h: a ratio with its interval around one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-layer.h"

G_BEGIN_DECLS

#define BEAM_TYPE_RATIO_LAYER (beam_ratio_layer_get_type ())
G_DECLARE_FINAL_TYPE (BeamRatioLayer, beam_ratio_layer, BEAM, RATIO_LAYER, BeamLayer)

/* B divided by A, and the ends of its interval (both nullable). For a lane give
 * the chart a logarithmic value axis that includes 1: twice and half are then
 * as far from it. */
BeamLayer  *beam_ratio_layer_new       (BeamSeries     *ratio,
                                        BeamSeries     *low,
                                        BeamSeries     *high);

BeamSeries *beam_ratio_layer_get_ratio (BeamRatioLayer *self);
void        beam_ratio_layer_set_ratio (BeamRatioLayer *self,
                                        BeamSeries     *series);
BeamSeries *beam_ratio_layer_get_low   (BeamRatioLayer *self);
void        beam_ratio_layer_set_low   (BeamRatioLayer *self,
                                        BeamSeries     *series);
BeamSeries *beam_ratio_layer_get_high  (BeamRatioLayer *self);
void        beam_ratio_layer_set_high  (BeamRatioLayer *self,
                                        BeamSeries     *series);

G_END_DECLS
