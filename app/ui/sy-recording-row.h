/* sy-recording-row.h: one recording in a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-recording-info.h"

G_BEGIN_DECLS

#define SY_TYPE_RECORDING_ROW (sy_recording_row_get_type ())
G_DECLARE_FINAL_TYPE (SyRecordingRow, sy_recording_row, SY, RECORDING_ROW, AdwActionRow)

/**
 * SyRecordingRow:
 *
 * Name, when, how long, of whom and how large; activated it opens. A menu renames,
 * compares, shows the file and deletes. What is being written has no menu, what
 * cannot be read says why.
 *
 * Signals "compare", "show" and "delete": chosen in the menu. Signal "rename"
 * (string): the name that was entered.
 */
GtkWidget       *sy_recording_row_new      (SyRecordingInfo *info);
SyRecordingInfo *sy_recording_row_get_info (SyRecordingRow *self); /* (transfer none) */

/* "18 November 2026, 11:06 · 12 min · Orders, Basket · 3.2 MB"; safe to show.
 * (transfer full) */
char            *sy_recording_row_describe (SyRecordingInfo *info);

G_END_DECLS
