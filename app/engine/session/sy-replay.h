/* sy-replay.h: a session that is fed from recordings
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-recording.h"
#include "sy-session.h"

G_BEGIN_DECLS

/**
 * SyReplay:
 *
 * A session whose backends are those of recordings, and a clock that goes from
 * answer to answer: what the backends said is read, weighed and costed again as
 * it was live, at any pace. The first recording gives the time; others are moved
 * so that their first answers coincide (t = 0).
 *
 * Lives on one thread, and uses its thread-default context. Empty until a
 * backend is added.
 */
typedef struct _SyReplay SyReplay;

/* Errors: as sy_session_new(). */
SyReplay   *sy_replay_new         (GError **error);
void        sy_replay_free        (SyReplay *self);
SySession  *sy_replay_get_session (SyReplay *self); /* (transfer none) */

/* That of the first backend; there must be one. (transfer none) */
SyRecording *sy_replay_get_recording (SyReplay *self);

/* Target @index of @recording becomes the session's next backend, under the name
 * that it had. Before the first step. Errors: SY_ERROR_INVALID (it has no answers;
 * too many backends), and those of sy_replay_source_new(). (transfer none) */
SyBackend  *sy_replay_add         (SyReplay *self, SyRecording *recording, guint index, GError **error);

/* All backends are taken out of the session and come anew, as they were before the
 * first step; prices, names, overrides by address and the like stay. Nobody else
 * may have taken one out. The clock goes on:
 * begin and end lie later on it than before, by whole hours. Errors: as
 * sy_replay_add(). */
gboolean    sy_replay_rewind      (SyReplay *self, GError **error);

/* From the first answer to the last, microseconds of the clock. */
gint64      sy_replay_get_begin   (SyReplay *self);
gint64      sy_replay_get_end     (SyReplay *self);

/* When the next answer is due; G_MAXINT64: all have been said. */
gint64      sy_replay_get_due     (SyReplay *self);

/* Lets the clock go to the next answer, or to @until_us when none is due before
 * (G_MAXINT64: beyond the last). The caller lets the main loop come to rest before
 * the next step, so that what was said is heard. FALSE: @until_us is reached. */
gboolean    sy_replay_step        (SyReplay *self, gint64 until_us);

/* Lets the clock go on to @until_us (G_MAXINT64: to the end), and everything that happens until then
 * happen, in the order in which it happened. */
void        sy_replay_play        (SyReplay *self, gint64 until_us);

/* Why a recording could not be read to its end; NULL: nothing is wrong. (transfer
 * none) */
const GError *sy_replay_get_error (SyReplay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyReplay, sy_replay_free)

G_END_DECLS
