/* sy-recording-cursor.h: the answers of one target in order
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-record-entry.h"

G_BEGIN_DECLS

typedef struct _SyRecording SyRecording;
typedef struct _SyRecordingCursor SyRecordingCursor;

/* One answer. Borrowed until the cursor moves; exactly one of @exposition and
 * @error is set. */
typedef struct {
  SyRecordMoment moment;
  SyExposition  *exposition;
  const char    *content_type; /* nullable */
  const GError  *error;
} SyRecordedScrape;

/* The answers of target @index from @from_us (monotonic) on, in order; keeps
 * the recording open. (transfer full) */
SyRecordingCursor      *sy_recording_read         (SyRecording *self, guint index, gint64 from_us, GError **error);

/* The same, but about @step_us apart (monotonic) where it can be: of up to 60, or
 * up to 600, the last one. What is a month at once costs what is shown of it.
 * Counters and histograms lose nothing but what was between; a gauge is what it
 * was then, and a gap or a restart may go unseen. (transfer full) */
SyRecordingCursor      *sy_recording_read_thin    (SyRecording *self, guint index, gint64 from_us, gint64 step_us,
                                                   GError **error);
void                    sy_recording_cursor_free  (SyRecordingCursor *self);

/* FALSE at the end, and with @error set when the file cannot be read further. A
 * damaged stretch is one gap, of SY_ERROR_DAMAGED. */
gboolean                sy_recording_cursor_next  (SyRecordingCursor *self, SyRecordedScrape *ret, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyRecordingCursor, sy_recording_cursor_free)

G_END_DECLS
