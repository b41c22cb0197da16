/* beam-line-layer.h: a series as a line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-layer.h"

G_BEGIN_DECLS

#define BEAM_TYPE_LINE_LAYER (beam_line_layer_get_type ())
G_DECLARE_FINAL_TYPE (BeamLineLayer, beam_line_layer, BEAM, LINE_LAYER, BeamLayer)

BeamLayer  *beam_line_layer_new        (BeamSeries    *series);

BeamSeries *beam_line_layer_get_series (BeamLineLayer *self);
void        beam_line_layer_set_series (BeamLineLayer *self,
                                        BeamSeries    *series);
BeamWeight  beam_line_layer_get_weight (BeamLineLayer *self);
void        beam_line_layer_set_weight (BeamLineLayer *self,
                                        BeamWeight     weight);

/* Each value holds until the next sample, as that of a setting or of a count
 * of machines does; off at first. */
gboolean    beam_line_layer_get_stepped (BeamLineLayer *self);
void        beam_line_layer_set_stepped (BeamLineLayer *self,
                                         gboolean       stepped);

G_END_DECLS
