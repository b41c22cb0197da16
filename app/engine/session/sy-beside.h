/* sy-beside.h: a recording beside what is live
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-recording.h"
#include "sy-session.h"

G_BEGIN_DECLS

/* Opens the recording at @path on a thread. */
void         sy_beside_open   (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* Errors: as sy_recording_open(). (transfer full) */
SyRecording *sy_beside_finish (GAsyncResult *result, GError **error);

/* One backend of @recording becomes the next one of @session, and says again what it
 * said, from its first answer on (t = 0), which is now. Of several it is the one that
 * has the address of the session's first, so that a backend meets itself, else the
 * first. It is neither recorded again nor loaded. Errors: SY_ERROR_INVALID (it has no
 * answers; too many backends), and those of sy_replay_source_new(). (transfer none) */
SyBackend   *sy_beside_add    (SySession *session, SyRecording *recording, GError **error);

/* The same of the backend at @index of @recording, under @name. Errors: likewise.
 * (transfer none) */
SyBackend   *sy_beside_add_target (SySession *session, SyRecording *recording, guint index, const char *name, GError **error);

G_END_DECLS
