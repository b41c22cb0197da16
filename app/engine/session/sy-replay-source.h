/* sy-replay-source.h: a recorded backend, said again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-recording.h"
#include "sy-source.h"

G_BEGIN_DECLS

#define SY_TYPE_REPLAY_SOURCE (sy_replay_source_get_type ())
G_DECLARE_FINAL_TYPE (SyReplaySource, sy_replay_source, SY, REPLAY_SOURCE, SySource)

/**
 * SyReplaySource:
 *
 * Plays the answers and gaps of one backend of a recording, each when its clock
 * reaches the moment at which it had been read. The clock is the caller's, and
 * with it the speed: one that is advanced from moment to moment plays as fast as
 * the file is read; one that stands still is a pause.
 *
 * The scrape function is called on the owner's thread: there is no worker.
 * Stopped before the start and after the last answer; a file that cannot be read
 * further leaves it blocked, with the error.
 */

/* Target @index of @recording. @shift_us is added to its monotonic times, so
 * that recordings of different days lie beside each other; wall times stay what
 * they were. Errors: SY_ERROR_INVALID (its address is none), _STORAGE, _DAMAGED. */
SySource *sy_replay_source_new     (SyRecording *recording, guint index, SyClock *clock, gint64 shift_us, GError **error);

/* When the next answer is due, on the source's clock; G_MAXINT64: there is none
 * (any more), or it is stopped. */
gint64    sy_replay_source_get_due (SyReplaySource *self);

/* The next answer is the first that was asked for at @from_us of the source's
 * clock or later, at any time before or after the start; what is due already
 * comes at once. */
gboolean  sy_replay_source_seek    (SyReplaySource *self, gint64 from_us, GError **error);

G_END_DECLS
