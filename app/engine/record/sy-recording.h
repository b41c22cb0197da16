/* sy-recording.h: what was written down, to be read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-record-mark.h"
#include "sy-recording-cursor.h"

G_BEGIN_DECLS

typedef struct {
  guint   id;
  char   *letter;
  char   *name;
  char   *url;        /* without secrets */
  gint64  interval_us;
  guint64 n_recorded;
  guint64 n_gaps;
  gint64  n_expected; /* as the recorder counted when it ended; -1: it was interrupted */
  gint64  from_us;    /* monotonic, of the first and the last answer; 0 when there is none */
  gint64  to_us;
} SyRecordedTarget;

/**
 * SyRecording:
 *
 * A `.steelyard` file, open for reading: nothing is ever written to it, nor
 * beside it. One that was interrupted is read from a private copy, together with
 * its log. What a damaged file still holds is read; the rest are gaps.
 * Reference-counted, for one thread at a time.
 */

/* Errors: SY_ERROR_STORAGE (cannot be read, is being recorded), _FORMAT (not a
 * recording, or of a newer version), _DAMAGED. Messages begin with the path. */
SyRecording            *sy_recording_open         (const char *path, GError **error);
SyRecording            *sy_recording_ref          (SyRecording *self);
void                    sy_recording_unref        (SyRecording *self);

/* As it was opened. (transfer none) */
const char             *sy_recording_get_path     (SyRecording *self);

/* Whether the file begins as a recording does; for choosing how to read it. */
gboolean                sy_recording_is_one       (const char *path);

/* Whether this program or another writes to it right now. A lock that stands for
 * as long as that takes says so; FALSE when @path cannot be looked at. */
gboolean                sy_recording_is_written   (const char *path);

/* What SQLite leaves beside a recording when a program is killed: "-wal", the log of
 * a recorder, and "-journal", of somebody who changed it. Each belongs to the file
 * whose name it follows, and is worthless or worse beside another. Ended by NULL;
 * static. */
const char *const      *sy_recording_get_suffixes (void);

/* Whether none of these lies beside it: else it is read from a copy. */
gboolean                sy_recording_is_alone     (const char *path);

guint                   sy_recording_get_n        (SyRecording *self);
const SyRecordedTarget *sy_recording_get_target   (SyRecording *self, guint index);

/* Monotonic, of the first answer of all; 0 when there is none. */
gint64                  sy_recording_get_begin    (SyRecording *self);

/* "version", "price-id", …; NULL when it is not there. (transfer none) */
const char             *sy_recording_get_meta     (SyRecording *self, const char *key);
gboolean                sy_recording_was_finished (SyRecording *self);

/* What was said about it, in the order of time; sy-recording-edit.h says more.
 * (element-type SyRecordMark) (transfer none) */
const GPtrArray        *sy_recording_get_marks    (SyRecording *self);

/* Reads everything. Errors: SY_ERROR_DAMAGED says the first thing that is not as
 * it was written. */
gboolean                sy_recording_check        (SyRecording *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyRecording, sy_recording_unref)

G_END_DECLS
