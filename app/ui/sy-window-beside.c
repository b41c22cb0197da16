/* sy-window-beside.c: a recording beside what is live, in the same window
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-window-private.h"

#include "sy-beside.h"
#include "sy-replay-source.h"

typedef struct
{
  SyWindow *window; /* weak */
  char     *path;   /* owned */
} Adding;

static void
adding_free (Adding *self)
{
  g_clear_weak_pointer (&self->window);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Adding, adding_free)

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Adding) adding = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecording) recording = sy_beside_finish (result, &error);

  if (adding->window == NULL)
    return;

  if (recording == NULL || sy_beside_add (adding->window->session, recording, &error) == NULL)
    {
      const char *const paths[] = { adding->path, NULL };

      sy_window_tell_unopened (adding->window, paths, error);
    }
}

void
sy_window_add_recording (SyWindow   *self,
                         const char *path)
{
  Adding *adding = g_new0 (Adding, 1);

  g_set_weak_pointer (&adding->window, self);
  adding->path = g_strdup (path);
  sy_beside_open (path, NULL, opened_cb, adding);
}

gboolean
sy_window_weighs_recording (SyWindow *self)
{
  for (guint i = 0; i < MIN (sy_session_get_n (self->session), 2); i++)
    if (SY_IS_REPLAY_SOURCE (sy_backend_get_source (sy_session_get (self->session, i))))
      return TRUE;

  return FALSE;
}
