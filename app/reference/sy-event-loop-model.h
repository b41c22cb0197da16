/* sy-event-loop-model.h: everything on one thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-reference-model.h"

G_BEGIN_DECLS

#define SY_TYPE_EVENT_LOOP_MODEL (sy_event_loop_model_get_type ())
G_DECLARE_FINAL_TYPE (SyEventLoopModel, sy_event_loop_model, SY, EVENT_LOOP_MODEL, SyReferenceModel)

/**
 * SyEventLoopModel:
 *
 * Tasks stand in one line and run on the server's own thread, one a turn of the
 * main loop (short ones share a turn of 0.2 ms). A wait is a timer: the task leaves the line and joins its end when
 * the timer fires. Work of either kind blocks the loop while it lasts. Between
 * two tasks the loop reads what has arrived, so a request's arrival is noticed
 * at most one task late, and the line's length shows in the delay of timers.
 */

/* Reports to @metrics how late its timers run. Errors: SY_ERROR_FAILED. */
SyReferenceModel *sy_event_loop_model_new (SyReferenceMetrics *metrics, GError **error);

G_END_DECLS
