/* sy-opening.h: from files to something that plays
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-player.h"

G_BEGIN_DECLS

/**
 * Opens one recording, or two to compare them from their first answers on (t = 0),
 * on a thread; the player is made on the caller's. Of one recording all backends
 * take part; of two the first of each comes first, then the others as far as there
 * is room, and each has the name of its file beside its own. The player's session has the price that was chosen on the day, when the
 * price book still has it. Of what is longer than the charts show at a time, the
 * player has an overview. Nothing is ever written to the files.
 */

/* @paths: (NULL-terminated), one or two. */
void        sy_opening_start  (const char *const *paths, SyClock *pace, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);

/* Errors: as sy_recording_open(), and SY_ERROR_INVALID for one without answers.
 * (transfer full) */
SyPlayer   *sy_opening_finish (GAsyncResult *result, GError **error);

G_END_DECLS
