/* sy-load-report.h: what a load found, in text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-load-result.h"

G_BEGIN_DECLS

/* One line of JSON each, schema steelyard.drive/1, without a line feed.
 * (transfer full) */
char *sy_load_report_tick_json    (const SyLoadTick *tick);
char *sy_load_report_summary_json (const SyLoadSummary *summary);

/* The table a person reads at the end, all targets and classes; safe for a
 * terminal. @summaries: (element-type SyLoadSummary). (transfer full) */
char *sy_load_report_table        (GPtrArray *summaries);

/* One line of progress; safe for a terminal. (transfer full) */
char *sy_load_report_tick_text    (const SyLoadTick *tick);

G_END_DECLS
