/* sy-series-adapter.h: a column of a backend's history as a series of a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-series.h"
#include "sy-backend.h"

G_BEGIN_DECLS

#define SY_TYPE_SERIES_ADAPTER (sy_series_adapter_get_type ())
G_DECLARE_FINAL_TYPE (SySeriesAdapter, sy_series_adapter, SY, SERIES_ADAPTER, BeamSeries)

/**
 * SySeriesAdapter:
 *
 * The one place that sees both the engine's history and Beam's series. It
 * copies no data: each question of a chart is answered by the column. It says
 * "changed" when the backend says "updated", at most ten times a second.
 */
BeamSeries *sy_series_adapter_new (SyBackend *backend, SyQuantity quantity);

/* The same of a history that grows no more. */
BeamSeries *sy_series_adapter_new_past (SyHistory *history, SyQuantity quantity);

/* The newest sample; NAN when it is a gap, or when there is none. */
double      sy_series_adapter_get_latest (SySeriesAdapter *self);

G_END_DECLS
