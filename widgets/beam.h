/* beam.h: everything public, in reading order
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-types.h"
#include "beam-series.h"
#include "beam-array-series.h"
#include "beam-ticks.h"
#include "beam-scale-policy.h"
#include "beam-time-axis.h"
#include "beam-value-axis.h"
#include "beam-cursor.h"
#include "beam-geometry.h"
#include "beam-style.h"
#include "beam-layer.h"
#include "beam-line-layer.h"
#include "beam-area-layer.h"
#include "beam-band-layer.h"
#include "beam-threshold-layer.h"
#include "beam-swatch.h"
#include "beam-chart.h"
#include "beam-table.h"
#include "beam-chart-acts.h"
#include "beam-table-window.h"
#include "beam-sheet.h"
#include "beam-save.h"
