/* sy-player-fixture.h: a recording that was opened, and a player of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "replay-fixture.h"
#include "sy-player.h"

G_BEGIN_DECLS

typedef struct
{
  ReplayFixture recorded;
  SyClock      *pace;   /* (owned): manual */
  SyPlayer     *player; /* (owned) */
} SyPlayerFixture;

/* It stands at the beginning, paused. */
void      sy_player_fixture_set_up    (SyPlayerFixture *self);
void      sy_player_fixture_tear_down (SyPlayerFixture *self);

/* Reads up to there. */
void      sy_player_fixture_go_to     (SyPlayerFixture *self, gint64 position_us);

/* One more, of @paths (NULL-terminated), at the same pace. (transfer full) */
SyPlayer *sy_player_fixture_open      (SyPlayerFixture *self, const char *const *paths);

G_END_DECLS
