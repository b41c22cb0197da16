/* sy-live-axes.h: what all charts of the Live page share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam.h"
#include "beam-threshold-layer.h"
#include "sy-measure.h"

G_BEGIN_DECLS

#define SY_TYPE_LIVE_AXES (sy_live_axes_get_type ())
G_DECLARE_FINAL_TYPE (SyLiveAxes, sy_live_axes, SY, LIVE_AXES, GObject)

/**
 * SyLiveAxes:
 *
 * One time axis, one cursor, and one value axis a measure: whatever draws the
 * same measure is linked, so equal values are equally high in all columns, and
 * what differs in unit never shares an axis.
 */
SyLiveAxes    *sy_live_axes_new          (void);
BeamTimeAxis  *sy_live_axes_get_time     (SyLiveAxes *self); /* (transfer none) */
BeamCursor    *sy_live_axes_get_cursor   (SyLiveAxes *self); /* (transfer none) */
BeamNotes     *sy_live_axes_get_notes    (SyLiveAxes *self); /* (transfer none) */

/* Puts @chart on the time axis, with the cursor, the notes and what the window can
 * do with a time. Its value axis is its own business. */
void           sy_live_axes_attach       (SyLiveAxes *self, BeamChart *chart);
BeamValueAxis *sy_live_axes_get_value    (SyLiveAxes *self, const SyMeasure *measure); /* (transfer none) */

/* ISO 4217; NULL: not known. */
const char    *sy_live_axes_get_currency (SyLiveAxes *self);
void           sy_live_axes_set_currency (SyLiveAxes *self, const char *currency);

/* The time to answer that is aimed at, in seconds; NAN: none. */
void           sy_live_axes_set_objective (SyLiveAxes *self, double seconds);

/* A line at the objective, whatever it becomes, for a chart of latencies. (transfer full) */
BeamLayer     *sy_live_axes_new_objective (SyLiveAxes *self);

G_END_DECLS
