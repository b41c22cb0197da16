/* sy-replay-bar.h: that this is a recording, and where in it we are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-player.h"

G_BEGIN_DECLS

#define SY_TYPE_REPLAY_BAR (sy_replay_bar_get_type ())
G_DECLARE_FINAL_TYPE (SyReplayBar, sy_replay_bar, SY, REPLAY_BAR, GtkWidget)

/**
 * SyReplayBar:
 *
 * Says what is replayed and from when, and plays, pauses, steps, scrubs and
 * changes the speed. Time runs from left to right in every language. Invisible
 * without a player. Expects the action win.back-to-live of its window.
 */

/* Once. @title: what is replayed; any text. */
void sy_replay_bar_set_player (SyReplayBar *self, SyPlayer *player, const char *title);

/* Space plays and pauses, the arrows step, Home and End go to the ends: wherever
 * in the window the keys are not wanted for something else. (transfer full) */
GtkEventController *sy_replay_bar_create_keys (SyReplayBar *self);

G_END_DECLS
