/* sy-keeper.h: records what a session watches, by itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-retention.h"
#include "sy-session.h"
#include "sy-shelf.h"

G_BEGIN_DECLS

#define SY_TYPE_KEEPER (sy_keeper_get_type ())
G_DECLARE_FINAL_TYPE (SyKeeper, sy_keeper, SY, KEEPER, GObject)

/* A recording ends at this size unless a person says otherwise. */
#define SY_KEEPER_MAX_BYTES (G_GINT64_CONSTANT (1) << 30)

/**
 * SyKeeper:
 *
 * From the first backend of a session to the last there is a recording on the
 * shelf, one file a comparison. Backends that a Prometheus server watches are left
 * out: it keeps their record itself. What holds no answer is not kept. Until it is
 * switched on nothing is recorded.
 *
 * Properties: enabled (read-write). Signal "changed": the state or the error is
 * another, an end is foreseen or no longer, or a backend was left out.
 */
SyKeeper        *sy_keeper_new         (SySession *session, SyShelf *shelf);
gboolean         sy_keeper_get_enabled (SyKeeper *self);
void             sy_keeper_set_enabled (SyKeeper *self, gboolean enabled);

/* What is recorded is the demo's, under one load for all. */
void             sy_keeper_set_demo    (SyKeeper *self, gboolean demo);

/* TRUE while answers reach a file. */
gboolean         sy_keeper_is_recording (SyKeeper *self);

/* What recordings may take, from now on; nothing is deleted before this is called.
 * The oldest go, for good, whenever the shelf has been looked through. */
void             sy_keeper_set_retention (SyKeeper *self, const SyRetention *retention);

/* Wall time when the recording will have its size, as it grows now; 0: it is more
 * than an hour from that, or nothing is recorded. */
gint64           sy_keeper_get_end     (SyKeeper *self);

/* TRUE when a recording ended at its size, and the session goes on. */
gboolean         sy_keeper_is_full     (SyKeeper *self);

/* Backends that came when the recording held as many as it can, of which nothing is
 * recorded. */
guint            sy_keeper_get_n_left_out (SyKeeper *self);

/* Begins the next file of the same session, ending the present one. */
void             sy_keeper_begin_anew  (SyKeeper *self);

/* Records on in the interrupted recording at @path, from now on and whatever is
 * watched next; call it before that is added, while it is enabled. Errors: as
 * sy_recorder_continue(); what is watched is then recorded anew. */
gboolean         sy_keeper_continue     (SyKeeper *self, const char *path, GError **error);

/* TRUE while answers wait in memory because the disk is full. */
gboolean         sy_keeper_is_waiting  (SyKeeper *self);

/* Why nothing is recorded, or not at the moment; NULL: nothing is wrong. (transfer none) */
const GError    *sy_keeper_get_error   (SyKeeper *self);

/* Ends the recording as it should. */
void             sy_keeper_finish      (SyKeeper *self);

G_END_DECLS
