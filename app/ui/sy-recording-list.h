/* sy-recording-list.h: the recordings that are kept, to choose from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-shelf.h"

G_BEGIN_DECLS

#define SY_TYPE_RECORDING_LIST (sy_recording_list_get_type ())
G_DECLARE_FINAL_TYPE (SyRecordingList, sy_recording_list, SY, RECORDING_LIST, GtkWidget)

/**
 * SyRecordingList:
 *
 * A title, a button that opens a file, and a row for each recording on the shelf,
 * newest first; it is looked at anew whenever the list is shown. Without
 * recordings it says how they come about.
 *
 * Uses the actions app.open-recordings, win.choose-recording and
 * win.compare-recording (string: path). Signal "message" (string): something was
 * not done, and why. Signal "taken-out" (SyRecordingInfo): it can be put back.
 */

/* Once. */
void        sy_recording_list_set_shelf (SyRecordingList *self, SyShelf *shelf);

/* At most so many rows, the newest; 0: all. */
void        sy_recording_list_set_limit (SyRecordingList *self, guint limit);
GtkListBox *sy_recording_list_get_box   (SyRecordingList *self); /* (transfer none) */

G_END_DECLS
