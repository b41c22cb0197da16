/* sy-ratio-series.h: one series divided by another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam.h"

G_BEGIN_DECLS

#define SY_TYPE_RATIO_SERIES (sy_ratio_series_get_type ())
G_DECLARE_FINAL_TYPE (SyRatioSeries, sy_ratio_series, SY, RATIO_SERIES, BeamSeries)

/* Two samples that are further apart than this say nothing about each other. */
#define SY_RATIO_REACH_US (G_GINT64_CONSTANT (5000000))

/**
 * SyRatioSeries:
 *
 * At each sample of the numerator: that sample divided by the nearest one of the
 * denominator. Unknown where either has none within SY_RATIO_REACH_US or where
 * one is not above zero. Where many samples share a pixel, the last of each
 * stands for them. Gaps are those of both.
 */
BeamSeries *sy_ratio_series_new (BeamSeries *numerator, BeamSeries *denominator);

G_END_DECLS
