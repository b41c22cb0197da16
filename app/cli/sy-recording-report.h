/* sy-recording-report.h: what a recording holds
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-recording.h"

G_BEGIN_DECLS

/* Lines for people, or one steelyard.recording/1 object. (transfer full) */
char *sy_recording_report (SyRecording *recording, gboolean json);

G_END_DECLS
