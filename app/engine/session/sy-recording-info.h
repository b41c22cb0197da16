/* sy-recording-info.h: what a list says of a recording
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  SY_RECORDING_WHOLE,       /* ended as it should */
  SY_RECORDING_INTERRUPTED, /* the program that wrote it was killed; what was committed is there */
  SY_RECORDING_WRITTEN,     /* by this program or another, right now */
  SY_RECORDING_UNREADABLE,  /* damaged, newer, or no recording: see the error */
} SyRecordingState;

#define SY_TYPE_RECORDING_INFO (sy_recording_info_get_type ())
G_DECLARE_FINAL_TYPE (SyRecordingInfo, sy_recording_info, SY, RECORDING_INFO, GObject)

/**
 * SyRecordingInfo:
 *
 * Read once, and never changed: any thread may hold it. Of a file that cannot be
 * read, or is being written, only what the file system knows.
 */

/* Looks into the file at @path; never fails. */
SyRecordingInfo   *sy_recording_info_read          (const char *path);
const char        *sy_recording_info_get_path      (SyRecordingInfo *self);
const char        *sy_recording_info_get_name      (SyRecordingInfo *self); /* of the file, without .steelyard; UTF-8 */
SyRecordingState   sy_recording_info_get_state     (SyRecordingInfo *self);
const GError      *sy_recording_info_get_error     (SyRecordingInfo *self); /* nullable */

/* Wall time of the beginning (of the file's last change when it says nothing), and
 * of the last change. */
gint64             sy_recording_info_get_began     (SyRecordingInfo *self);
gint64             sy_recording_info_get_changed   (SyRecordingInfo *self);

/* From the first answer to the last, microseconds; 0: not known. */
gint64             sy_recording_info_get_length    (SyRecordingInfo *self);
gint64             sy_recording_info_get_size      (SyRecordingInfo *self); /* bytes, with its log */

/* Names and addresses of its backends, in order; empty when not known. (transfer none) */
const char *const *sy_recording_info_get_names     (SyRecordingInfo *self);
const char *const *sy_recording_info_get_addresses (SyRecordingInfo *self);

/* Of the demo, whose servers are gone. */
gboolean           sy_recording_info_is_demo       (SyRecordingInfo *self);

G_END_DECLS
