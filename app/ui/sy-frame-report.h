/* sy-frame-report.h: what drawing costs, measured by the program itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SY_TYPE_FRAME_REPORT (sy_frame_report_get_type ())
G_DECLARE_FINAL_TYPE (SyFrameReport, sy_frame_report, SY, FRAME_REPORT, GObject)

/**
 * SyFrameReport:
 *
 * Watches the frames of a window: the processor time that the main thread took
 * for each, from its beginning to its end, and that of the whole process. Not
 * the time that passed: what else runs on the machine is no cost of ours. Frames in which nothing was
 * due do not happen and are not counted. Lives on the GTK thread.
 */
SyFrameReport *sy_frame_report_new          (GtkWidget *window);

/* Forgets what was measured so far. */
void           sy_frame_report_reset        (SyFrameReport *self);
guint          sy_frame_report_get_n        (SyFrameReport *self);

/* Seconds that @share of the frames took at most, 0 … 1; NAN before the first. */
double         sy_frame_report_get_quantile (SyFrameReport *self, double share);

/* "612 frames in 61.2 s; main thread a frame: median 2.1 ms, p99 5.0 ms, longest
 * 9.3 ms; process: 6.2 % of a core". Not translated: for measuring. (transfer full) */
char          *sy_frame_report_to_text      (SyFrameReport *self);

G_END_DECLS
