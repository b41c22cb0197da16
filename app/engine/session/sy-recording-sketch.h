/* sy-recording-sketch.h: a recording at a glance
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-clock.h"
#include "sy-recogniser.h"
#include "sy-recording.h"
#include "sy-thumbnail.h"

G_BEGIN_DECLS

/* What the first backends of a recording said, in about a hundred points each: the 99th
 * percentile, or where nobody knows one the throughput. */
typedef struct {
  GArray *lines[SY_THUMBNAIL_LINES]; /* (owned) (element-type SyThumbnailPoint); NULL: there is no such backend */
} SyRecordingSketch;

/* Reads of a long recording about what is shown of it, and nothing after @until_us of
 * @clock: what is not read by then is left out. Errors: SY_ERROR_EMPTY where nothing is
 * left to show, and those of sy_recording_read_thin(). */
gboolean sy_recording_sketch_read  (SyRecording *recording, SyRecogniser *recogniser, SyClock *clock, gint64 until_us,
                                    SyRecordingSketch *ret, GError **error);
void     sy_recording_sketch_clear (SyRecordingSketch *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyRecordingSketch, sy_recording_sketch_clear)

G_END_DECLS
