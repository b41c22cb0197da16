/* beam-heat-series.h: histograms over time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-series.h"

G_BEGIN_DECLS

#define BEAM_TYPE_HEAT_SERIES (beam_heat_series_get_type ())
G_DECLARE_FINAL_TYPE (BeamHeatSeries, beam_heat_series, BEAM, HEAT_SERIES, BeamSeries)

/* One stretch of time and how many values fell into each band of it. */
typedef struct {
  gint64         from_us;
  gint64         to_us;
  const guint32 *counts; /* borrowed: one for each band */
} BeamHeatColumn;

/* @edges: @n_bands + 1 ascending numbers; band i is (edges[i], edges[i + 1]].
 * Logarithmic bands have edges at equal ratios. */
BeamHeatSeries *beam_heat_series_new          (const char     *name,
                                               const double   *edges,
                                               guint           n_bands);

guint           beam_heat_series_get_n_bands  (BeamHeatSeries *self);
const double   *beam_heat_series_get_edges    (BeamHeatSeries *self);

/* Adds what fell into the bands from @from_us to @to_us. FALSE, and nothing is
 * stored, when that is empty or begins before the last one ended. */
gboolean        beam_heat_series_append       (BeamHeatSeries *self,
                                               gint64          from_us,
                                               gint64          to_us,
                                               const guint32  *counts);

/* Adds a stretch of the unknown, as beam_array_series_add_gap() does. */
void            beam_heat_series_add_gap      (BeamHeatSeries *self,
                                               gint64          from_us,
                                               gint64          to_us,
                                               const char     *label);

/* Forgets the columns that ended before. */
void            beam_heat_series_trim         (BeamHeatSeries *self,
                                               gint64          before_us);

/* The columns that touch the range. @ret (element-type BeamHeatColumn) is
 * emptied first; the counts are borrowed until the series changes. */
void            beam_heat_series_get_columns  (BeamHeatSeries *self,
                                               gint64          from_us,
                                               gint64          to_us,
                                               GArray         *ret);

/* The quantile that beam_series_lookup() answers with: the upper edge of the band
 * that it lies in, so it is never said to be less than it is. 0.99 at first. */
double          beam_heat_series_get_quantile (BeamHeatSeries *self);
void            beam_heat_series_set_quantile (BeamHeatSeries *self,
                                               double          quantile);

G_END_DECLS
