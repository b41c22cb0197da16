/* sy-load-run.h: one load, from its first request to its last answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-load-plan.h"
#include "sy-load-result.h"

G_BEGIN_DECLS

/* Called each second for each target, in the thread of the run. */
typedef void (*SyLoadTickFunc) (const SyLoadTick *tick, gpointer user_data);

/* Runs @plan (checked) to its end in the calling thread, which does nothing
 * else meanwhile. When @stop_fd becomes readable the load ends at once, and the
 * run half a second later at most. Errors: SY_ERROR_FAILED, when the system
 * has no descriptors left. Returns: (transfer full) (element-type SyLoadSummary),
 * one a target. */
GPtrArray *sy_load_run (const SyLoadPlan *plan,
                        int               stop_fd,
                        SyLoadTickFunc    tick,
                        gpointer          user_data,
                        GError          **error);

G_END_DECLS
