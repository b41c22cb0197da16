/* beam-threshold-layer.h: a labelled limit across the plot
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-layer.h"

G_BEGIN_DECLS

#define BEAM_TYPE_THRESHOLD_LAYER (beam_threshold_layer_get_type ())
G_DECLARE_FINAL_TYPE (BeamThresholdLayer, beam_threshold_layer, BEAM, THRESHOLD_LAYER, BeamLayer)

/* A dotted line at @value with beam_layer_get_label() ("SLO 100 ms") over it.
 * NAN: nothing is drawn. It does not stretch the axis by itself: see
 * beam_value_axis_set_include(). With the neutral identity (the default) it has
 * the colour beam_threshold. */
BeamLayer *beam_threshold_layer_new       (double              value,
                                           const char         *label);

double     beam_threshold_layer_get_value (BeamThresholdLayer *self);
void       beam_threshold_layer_set_value (BeamThresholdLayer *self,
                                           double              value);

G_END_DECLS
