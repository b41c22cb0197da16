/* sy-equal-layer.h: where a ratio is one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam.h"

G_BEGIN_DECLS

#define SY_TYPE_EQUAL_LAYER (sy_equal_layer_get_type ())
G_DECLARE_FINAL_TYPE (SyEqualLayer, sy_equal_layer, SY, EQUAL_LAYER, BeamLayer)

/* A line at 1 in the colour of the axis: not an objective, so no colour of bad. */
BeamLayer *sy_equal_layer_new (void);

G_END_DECLS
