/* sy-load-engine.h: a load in a thread of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "sy-load-plan.h"
#include "sy-load-result.h"

G_BEGIN_DECLS

#define SY_TYPE_LOAD_ENGINE (sy_load_engine_get_type ())
G_DECLARE_FINAL_TYPE (SyLoadEngine, sy_load_engine, SY, LOAD_ENGINE, GObject)

/**
 * SyLoadEngine:
 *
 * Runs one plan once. Signals, in the thread-default main context of the thread
 * that started it:
 *
 * "tick" (SyLoadTick *): each second for each target; borrowed.
 * "finished" (GError *, nullable): once, at the end; borrowed. Without an error
 * the summaries are there.
 *
 * Disposing stops the load and waits for its thread, half a second at most.
 */

/* Takes @plan. Errors: those of sy_load_plan_check(). */
SyLoadEngine *sy_load_engine_new           (SyLoadPlan *plan, GError **error);

/* Errors: SY_ERROR_FAILED (no thread, no descriptor). */
gboolean      sy_load_engine_start         (SyLoadEngine *self, GError **error);

/* Ends the load; "finished" follows within a second. Any thread, any number of
 * times. */
void          sy_load_engine_stop          (SyLoadEngine *self);

/* (transfer none) (element-type SyLoadSummary) (nullable): NULL before the end. */
GPtrArray    *sy_load_engine_get_summaries (SyLoadEngine *self);

G_END_DECLS
