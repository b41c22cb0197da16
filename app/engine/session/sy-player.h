/* sy-player.h: plays a recording at a pace
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-replay.h"

G_BEGIN_DECLS

#define SY_TYPE_PLAYER (sy_player_get_type ())
G_DECLARE_FINAL_TYPE (SyPlayer, sy_player, SY, PLAYER, GObject)

/**
 * SyPlayer:
 *
 * Plays a SyReplay inside the main loop of its thread: answer by answer, each only
 * when the one before has been heard everywhere, so that the pace changes nothing
 * of what is said. Going back means reading anew from the beginning. A machine
 * that cannot follow the speed plays as fast as it can.
 *
 * A new one stands at the beginning, paused, at speed 1.
 *
 * Properties: playing (read-write; set at the end it begins anew); speed
 * (read-write, recorded seconds a second, above 0; INFINITY: as fast as the file
 * is read); position-us (read-only, from the beginning; at most twenty times a
 * second); busy (read-only: it reads up to where it was sent).
 */

/* @replay: (transfer full), with its backends. @pace: the clock that a person
 * lives by, not that of the recording. */
SyPlayer     *sy_player_new          (SyReplay *replay, SyClock *pace);
SySession    *sy_player_get_session  (SyPlayer *self); /* (transfer none) */

/* The first one that is played. (transfer none) */
SyRecording  *sy_player_get_recording (SyPlayer *self);

gint64        sy_player_get_length   (SyPlayer *self);
gint64        sy_player_get_position (SyPlayer *self);

/* Where it was sent while it is busy, since it may have to begin anew on the way;
 * the position otherwise. What a person moves from. */
gint64        sy_player_get_goal     (SyPlayer *self);

/* Wall time of the position. */
gint64        sy_player_get_wall     (SyPlayer *self);

gboolean      sy_player_get_playing  (SyPlayer *self);
void          sy_player_set_playing  (SyPlayer *self, gboolean playing);
double        sy_player_get_speed    (SyPlayer *self);
void          sy_player_set_speed    (SyPlayer *self, double speed);
gboolean      sy_player_get_busy     (SyPlayer *self);

/* Goes to @position_us (from the beginning; clamped), and plays on from there if
 * it played. What is on the way is read, forward from here or from the beginning. */
void          sy_player_seek         (SyPlayer *self, gint64 position_us);

/* Ends what is on the way, and stands where it has come to. */
void          sy_player_halt         (SyPlayer *self);

/* Reads anew up to where it is: something was changed that holds from the
 * beginning, such as the price or the objective. */
void          sy_player_reread       (SyPlayer *self);

/* What is played was asked by one load for all: the same schedule, an open loop. */
gboolean      sy_player_get_driven   (SyPlayer *self);
void          sy_player_set_driven   (SyPlayer *self, gboolean driven);

/* What the backend that was added as number @index said from the beginning to the end,
 * in times from the beginning; NULL: the recording is short, or could not be read as a
 * whole. @overviews: (element-type SyHistory) (nullable elements) */
SyHistory    *sy_player_get_overview (SyPlayer *self, guint index); /* (transfer none) (nullable) */
void          sy_player_set_overviews (SyPlayer *self, GPtrArray *overviews);

/* Why it cannot be read further; NULL: nothing is wrong. (transfer none) */
const GError *sy_player_get_error    (SyPlayer *self);

G_END_DECLS
