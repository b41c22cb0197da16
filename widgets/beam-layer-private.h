/* beam-layer-private.h: between a layer, its subclasses here and the chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-layer.h"

G_BEGIN_DECLS

/* The chart says what the next snapshot shows. @style is borrowed until then. */
void     beam_layer_set_frame     (BeamLayer          *self,
                                   const BeamGeometry *geometry,
                                   const BeamStyle    *style);

/* For a subclass: puts @series (nullable) into its @field, watches it, and
 * tells the chart. FALSE when it is the same. */
gboolean beam_layer_watch_series  (BeamLayer          *self,
                                   BeamSeries        **field,
                                   BeamSeries         *series);

/* TRUE once after the data of the layer changed before @to_us, or the layer. */
gboolean beam_layer_take_changed  (BeamLayer          *self,
                                   gint64              to_us);

/* How often it was painted: so that a test can see that it was not. */
guint    beam_layer_get_n_draws   (BeamLayer          *self);

/* The device pixels across the plot: how many points are worth asking for. */
guint    beam_layer_max_points    (const BeamGeometry *geometry);

G_END_DECLS
