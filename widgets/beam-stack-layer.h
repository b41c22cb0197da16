/* beam-stack-layer.h: several series on top of each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-layer.h"

G_BEGIN_DECLS

#define BEAM_TYPE_STACK_LAYER (beam_stack_layer_get_type ())
G_DECLARE_FINAL_TYPE (BeamStackLayer, beam_stack_layer, BEAM, STACK_LAYER, BeamLayer)

BeamLayer  *beam_stack_layer_new        (void);

/* Puts @series on top of those before it. Holds a reference. The parts are
 * shades of the colour of the layer, the first is the darkest. */
void        beam_stack_layer_add        (BeamStackLayer *self,
                                         BeamSeries     *series);

guint       beam_stack_layer_get_n      (BeamStackLayer *self);

/* The sum of the first @n + 1 parts; borrowed. */
BeamSeries *beam_stack_layer_get_sum    (BeamStackLayer *self,
                                         guint           n);

G_END_DECLS
