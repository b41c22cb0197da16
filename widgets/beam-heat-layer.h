/* beam-heat-layer.h: histograms over time as a heat map
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-heat-series.h"
#include "beam-layer.h"

G_BEGIN_DECLS

#define BEAM_TYPE_HEAT_LAYER (beam_heat_layer_get_type ())
G_DECLARE_FINAL_TYPE (BeamHeatLayer, beam_heat_layer, BEAM, HEAT_LAYER, BeamLayer)

/* Keeps the buffers of beam_paint_heat() between frames; zero at first. */
typedef struct {
  double *rates;   /* owned: bands of each pixel column */
  double *seconds; /* owned: how much time each column stands for */
  gsize   n_rates;
  gsize   n_seconds;
} BeamHeatScratch;

void            beam_heat_scratch_clear     (BeamHeatScratch      *self);

/* Cells as strong as values fell into them a second, in steps of a logarithm, in
 * one colour from faint to full and on towards @ink. What is between columns, or
 * empty, stays as it is. */
void            beam_paint_heat             (cairo_t              *cr,
                                             const BeamGeometry   *geometry,
                                             BeamHeatSeries       *series,
                                             GArray               *columns,
                                             BeamHeatScratch      *scratch,
                                             const GdkRGBA        *color,
                                             const GdkRGBA        *ink);

BeamLayer      *beam_heat_layer_new         (BeamHeatSeries       *series);

BeamHeatSeries *beam_heat_layer_get_series  (BeamHeatLayer        *self);
void            beam_heat_layer_set_series  (BeamHeatLayer        *self,
                                             BeamHeatSeries       *series);

G_END_DECLS
