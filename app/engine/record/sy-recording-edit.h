/* sy-recording-edit.h: says something about a recording, in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-record-mark.h"

G_BEGIN_DECLS

/* These write to the file at @path: what was recorded is never changed, but an
 * older format becomes the present one, and the log of an interrupted recording
 * is taken in. A SyRecording that is open does not see it. Killed at any moment,
 * the file is as before or as after. Wait for the disk.
 *
 * Errors: as sy_recording_open(); SY_ERROR_INVALID, _STORAGE_FULL. */

/* @mark's id is ignored. @ret_id (out) (optional). SY_ERROR_STORAGE also: it has
 * SY_RECORD_MAX_MARKS. */
gboolean sy_recording_add_mark    (const char *path, const SyRecordMark *mark, gint64 *ret_id, GError **error);

/* SY_ERROR_INVALID: there is no such mark. */
gboolean sy_recording_remove_mark (const char *path, gint64 id, GError **error);

G_END_DECLS
