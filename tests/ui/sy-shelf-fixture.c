/* sy-shelf-fixture.c: a window over a shelf of its own, and what is recorded on it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-shelf-fixture.h"

#include <glib/gstdio.h>

#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)

void
sy_shelf_fixture_set_up (SyShelfFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("shelf-XXXXXX", NULL);
  self->clock = sy_clock_new_manual (SY_USEC_PER_SEC, WALL_US);
  self->settings = g_settings_new (APPLICATION_ID);
  self->session = sy_session_new (self->clock, &error);
  g_assert_no_error (error);
  self->shelf = sy_shelf_new (self->folder);
  self->keeper = sy_keeper_new (self->session, self->shelf);
  self->assumptions = sy_assumptions_new (NULL, &error);
  g_assert_no_error (error);
  self->window = SY_WINDOW (sy_window_new (NULL, self->session, self->assumptions, self->settings));
}

void
sy_shelf_fixture_tear_down (SyShelfFixture *self)
{
  g_autoptr (GDir) dir = NULL;
  const char *base;

  sy_keeper_finish (self->keeper);
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->keeper);
  g_clear_object (&self->shelf);
  g_clear_object (&self->assumptions);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->clock);

  dir = g_dir_open (self->folder, 0, NULL);
  while (dir != NULL && (base = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, base, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
}
