/* sy-recorder.h: writes down what backends say
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-clock.h"
#include "sy-record-entry.h"
#include "sy-record-mark.h"

G_BEGIN_DECLS

typedef enum {
  SY_RECORDER_RECORDING,
  SY_RECORDER_FULL,     /* no room on the disk: the last ten minutes wait in memory, tried again every 5 s */
  SY_RECORDER_FINISHED, /* ended as it should, or at its size (then with an error that says so) */
  SY_RECORDER_FAILED,   /* ended for good; what was committed is there */
} SyRecorderState;

const char *sy_recorder_state_nick (SyRecorderState state); /* "recording", "full", … */

typedef struct {
  SyRecorderState state;
  GError         *error;      /* owned by the holder, nullable */
  guint64         n_expected; /* answers so far, good and bad */
  guint64         n_recorded; /* in the file */
  guint64         n_gaps;     /* in the file, each with its reason */
  guint           n_left_out; /* backends that came when the file held all that it can: none of theirs is counted */
  gint64          size;       /* of the file, bytes */
  gint64          end_wall_us; /* when it will have reached its size, as it grows now; 0: no limit, or not known yet */
} SyRecorderStatus;

void sy_recorder_status_clear (SyRecorderStatus *status);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyRecorderStatus, sy_recorder_status_clear)

typedef struct {
  gint64 max_bytes;      /* the recording ends at this size; 0: none */
  gint64 min_free_bytes; /* refuses to begin with less room on the disk; 0: 200 MiB */
  gint64 retry_us;       /* between attempts when the disk is full; 0: 5 s */
} SyRecorderOptions;

#define SY_TYPE_RECORDER (sy_recorder_get_type ())
G_DECLARE_FINAL_TYPE (SyRecorder, sy_recorder, SY, RECORDER, GObject)

/**
 * SyRecorder:
 *
 * Every answer of every target is in the file whole, or is there as a gap with
 * its reason: expected = recorded + gaps, once nothing waits any more. A crash
 * of the program loses what the last second brought at most, a power cut five
 * seconds: each commit reaches the system, and one every five seconds the disk.
 *
 * Signal "changed": the status is another; on the context of the thread that
 * made it. All functions but sy_recorder_add() are for that thread.
 */

/* A new file; never writes over one. Errors: SY_ERROR_STORAGE, _STORAGE_FULL. */
SyRecorder *sy_recorder_new         (const char *path, SyClock *clock, const SyRecorderOptions *options, GError **error);

/* Adds to the recording at @path, which was interrupted; what is in it stays. Each
 * target that is added and was there goes on as that one, with a gap from its last
 * answer on (SY_ERROR_NOT_RUNNING). Times go on by the wall clock, since the other
 * may have begun anew. Errors: as sy_recording_open(), and SY_ERROR_INVALID (it
 * ended as it should, or has too many backends), _STORAGE_FULL. */
SyRecorder *sy_recorder_continue    (const char *path, SyClock *clock, const SyRecorderOptions *options, GError **error);

const char *sy_recorder_get_path    (SyRecorder *self);

/* What a reader should know of how it came about. Never a secret. Nothing
 * happens once the recording has ended. */
void        sy_recorder_set_meta    (SyRecorder *self, const char *key, const char *value);

/* Returns: the target's number, from 0; SY_RECORDER_NO_TARGET: the file holds
 * SY_RECORD_MAX_TARGETS already, and of this one nothing can be recorded. The status
 * says how many those are, and so does "left-out" in the file. */
#define SY_RECORDER_NO_TARGET G_MAXUINT
guint       sy_recorder_add_target  (SyRecorder *self, const SyRecordTarget *target);

/* Says something about a moment, or a range, of the clock; @mark's id is ignored, @ret_id (out)
 * (optional) is the one that it has in the file. Errors: SY_ERROR_INVALID (it is no
 * mark), _STORAGE (the recording has ended, or has SY_RECORD_MAX_MARKS). */
gboolean    sy_recorder_add_mark    (SyRecorder *self, const SyRecordMark *mark, gint64 *ret_id, GError **error);

/* One that was added here. Errors: SY_ERROR_STORAGE (the recording has ended). */
gboolean    sy_recorder_remove_mark (SyRecorder *self, gint64 id, GError **error);

/* Any thread; never waits for the disk. The entry's seq is the recorder's
 * business. Beyond 1024 answers or 64 MiB that nobody has written yet, an answer
 * becomes a gap. Nothing happens once the recording has ended. */
void        sy_recorder_add         (SyRecorder *self, const SyRecordEntry *entry);

void        sy_recorder_get_status  (SyRecorder *self, SyRecorderStatus *ret);
SyRecordCount sy_recorder_get_count (SyRecorder *self, guint target);

/* Writes what waits, and closes. FALSE when it had failed. */
gboolean    sy_recorder_finish      (SyRecorder *self, GError **error);

G_END_DECLS
