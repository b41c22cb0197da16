/* sy-baseline-view.h: now against what was pinned, in a sentence for each backend
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-baseline.h"
#include "sy-weighing.h"

G_BEGIN_DECLS

/* "Orders is slower than in the baseline: p95 latency 60 ms against 43 ms, 1.40
 * times (1.25 to 1.57, valid whenever one looks)."; @what: sy_metric_label().
 * (transfer full) */
char      *sy_baseline_dup_text        (const SyBaselineEffect *effect, const char *name, const char *what);

#define SY_TYPE_BASELINE_VIEW (sy_baseline_view_get_type ())
G_DECLARE_FINAL_TYPE (SyBaselineView, sy_baseline_view, SY, BASELINE_VIEW, GtkWidget)

/**
 * SyBaselineView:
 *
 * Hidden while nothing is pinned. The two that are weighed, each against itself.
 */

/* The range that is pinned, on the clock of the windows, and who is weighed; NULL or
 * @from_us >= @to_us: nothing. @wall_offset_us: from that clock to wall time. */
void       sy_baseline_view_update     (SyBaselineView *self, SyWeighing *weighing, gint64 from_us, gint64 to_us,
                                        gint64 wall_offset_us);

G_END_DECLS
