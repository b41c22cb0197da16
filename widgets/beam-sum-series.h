/* beam-sum-series.h: the sum of several series
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-series.h"

G_BEGIN_DECLS

#define BEAM_TYPE_SUM_SERIES (beam_sum_series_get_type ())
G_DECLARE_FINAL_TYPE (BeamSumSeries, beam_sum_series, BEAM, SUM_SERIES, BeamSeries)

BeamSumSeries *beam_sum_series_new (const char    *name);

/* Adds @series to the sum. Holds a reference. */
void           beam_sum_series_add (BeamSumSeries *self,
                                    BeamSeries    *series);

G_END_DECLS
