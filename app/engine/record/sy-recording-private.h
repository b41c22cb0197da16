/* sy-recording-private.h: what the files of SyRecording share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-record-shape.h"
#include "sy-recording.h"

G_BEGIN_DECLS

/* A place that a recording may be opened in, without touching the original. */
typedef struct {
  char    *path;    /* (owned): the original, or a copy of it */
  char    *folder;  /* (owned) (nullable): of the copy */
} SyRecordingCopy;

/* Refuses what is not a recording of ours, or is being written. */
gboolean       sy_recording_copy_check (const char *path, GError **error);

/* The file that @path leads to: what SQLite leaves beside it lies there, not beside a
 * link. @path itself where there is none. (transfer full) */
char          *sy_recording_copy_resolve (const char *path);

/* Checks, and copies where something lies beside it. */
gboolean       sy_recording_copy_make  (const char *path, SyRecordingCopy *ret, GError **error);

/* Deletes a copy, which may be open. */
void           sy_recording_copy_clear (SyRecordingCopy *self);

sqlite3       *sy_recording_get_db     (SyRecording *self);
SySeriesTable *sy_recording_get_table  (SyRecording *self);

/* (transfer full) */
SyRecordShape *sy_recording_get_shape  (SyRecording *self, guint64 id, GError **error);

/* How much of a recording is read. What was not packed into blocks yet is read
 * whole, as is all of a recording of format 1. */
typedef enum {
  SY_RECORD_DETAIL_ALL,
  SY_RECORD_DETAIL_FINE,   /* the last of up to 60 answers */
  SY_RECORD_DETAIL_COARSE, /* the last of up to 600 */
} SyRecordDetail;

/* (transfer full) */
SyRecordingCursor *sy_recording_read_detail (SyRecording *self, guint index, gint64 from_us, SyRecordDetail detail, GError **error);

G_END_DECLS
