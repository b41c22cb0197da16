/* sy-player-fixture.c: a recording that was opened, and a player of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-player-fixture.h"

#include "sy-opening.h"

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(SyPlayer **) user_data = sy_opening_finish (result, &error);
  g_assert_no_error (error);
}

SyPlayer *
sy_player_fixture_open (SyPlayerFixture   *self,
                        const char *const *paths)
{
  SyPlayer *player = NULL;

  sy_opening_start (paths, self->pace, NULL, opened_cb, &player);
  while (player == NULL)
    g_main_context_iteration (NULL, TRUE);

  return player;
}

void
sy_player_fixture_set_up (SyPlayerFixture *self)
{
  const char *paths[] = { NULL, NULL };

  replay_fixture_set_up (&self->recorded);
  paths[0] = self->recorded.path;
  self->pace = sy_clock_new_manual (SY_USEC_PER_SEC, 0);
  self->player = sy_player_fixture_open (self, paths);
}

void
sy_player_fixture_tear_down (SyPlayerFixture *self)
{
  g_clear_object (&self->player);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->pace);
  replay_fixture_tear_down (&self->recorded);
}

void
sy_player_fixture_go_to (SyPlayerFixture *self,
                         gint64           position_us)
{
  sy_player_seek (self->player, position_us);
  while (sy_player_get_busy (self->player))
    g_main_context_iteration (NULL, TRUE);
}
