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

/* TRUE once after something about the layer changed, but nothing up to and
 * including @ret_since_us. */
gboolean beam_layer_take_changed  (BeamLayer          *self,
                                   gint64             *ret_since_us);

/* Shrinks @ink to the plot and what a stroke at its edge takes outside of it;
 * FALSE: nothing is left. */
gboolean beam_layer_get_plot_ink  (const BeamGeometry *geometry,
                                   graphene_rect_t    *ink);

/* How often it was painted: so that a test can see that it was not. */
guint    beam_layer_get_n_draws   (BeamLayer          *self);

/* The device pixels across the plot: how many points are worth asking for. */
guint    beam_layer_max_points    (const BeamGeometry *geometry);

G_END_DECLS
