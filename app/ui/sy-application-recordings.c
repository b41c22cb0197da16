/* sy-application-recordings.c: windows of recordings
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-application-private.h"

#include <glib/gi18n.h>

#include "sy-error.h"
#include "sy-opening.h"
#include "sy-recorded-settings.h"

typedef struct
{
  SyApplication  *application; /* owned */
  char          **paths;       /* owned */
  SyWindow       *asker;       /* weak: whose person waits; NULL: the live one is told */
  char           *page;        /* owned, nullable */
} Opening;

static void
opening_free (Opening *opening)
{
  g_clear_weak_pointer (&opening->asker);
  g_application_release (G_APPLICATION (opening->application));
  g_object_unref (opening->application);
  g_strfreev (opening->paths);
  g_free (opening->page);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

/* "Orders and Basket, 27 November" is not known before it is open; the file's name is. */
static char *
dup_title (char **paths)
{
  g_autofree char *first = g_path_get_basename (paths[0]);
  g_autofree char *second = NULL;

  if (paths[1] == NULL)
    /* Translators: the name of a file */
    return g_strdup_printf (_("Recording: %s"), first);

  second = g_path_get_basename (paths[1]);
  /* Translators: the names of two files */
  return g_strdup_printf (_("Recordings: %1$s and %2$s, from their beginnings"), first, second);
}

/* What was stated that day; of an early recording what is stated today. (transfer full) */
static SyAssumptions *
dup_assumptions (SyApplication  *self,
                 SyPlayer       *player,
                 GError        **error)
{
  g_autoptr (GError) wrong = NULL;
  SyAssumptions *recorded = sy_recorded_settings_dup_assumptions (sy_player_get_recording (player), &wrong);

  if (wrong != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&wrong));
      return NULL;
    }

  return recorded != NULL ? recorded : sy_assumptions_new_copy (self->assumptions, error);
}

static SyWindow *
new_replay_window (SyApplication  *self,
                   SyPlayer       *player,
                   char          **paths,
                   GError        **error)
{
  g_autoptr (SyAssumptions) assumptions = dup_assumptions (self, player, error);
  g_autofree char *title = dup_title (paths);
  SyWindow *window;

  if (assumptions == NULL)
    return NULL;

  sy_session_set_price_book (sy_player_get_session (player), sy_session_get_price_book (self->session));
  window = SY_WINDOW (sy_window_new (GTK_APPLICATION (self), sy_player_get_session (player), assumptions, self->settings));
  sy_window_set_shelf (window, self->shelf, NULL);
  sy_window_set_player (window, player, title);
  return window;
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SyPlayer) player = sy_opening_finish (result, &error);
  SyWindow *window = NULL;

  if (player != NULL)
    window = new_replay_window (opening->application, player, opening->paths, &error);

  if (window == NULL)
    {
      window = opening->asker != NULL ? opening->asker : sy_application_get_live_window (opening->application);
      sy_window_tell_unopened (window, (const char *const *) opening->paths, error);
    }
  else
    {
      sy_window_show_page (window, opening->page);
      sy_player_set_playing (player, TRUE);
    }

  gtk_window_present (GTK_WINDOW (window));
}

void
sy_application_open_recordings (SyApplication      *self,
                                const char *const  *paths,
                                SyWindow           *asker,
                                const char         *page)
{
  Opening *opening = g_new0 (Opening, 1);
  g_autoptr (SyClock) pace = sy_clock_new ();

  opening->application = g_object_ref (self);
  opening->paths = g_strdupv ((char **) paths);
  opening->page = g_strdup (page);
  g_set_weak_pointer (&opening->asker, asker);

  /* There may be no window yet. */
  g_application_hold (G_APPLICATION (self));
  sy_opening_start (paths, pace, NULL, opened_cb, opening);
}

static void
tell_distant (SyApplication *self,
              const char    *uri)
{
  const char *const places[] = { uri, NULL };
  SyWindow *window = sy_application_get_live_window (self);
  /* Translators: the address of what was chosen, "sftp://host/folder/r.steelyard" */
  g_autoptr (GError) error = g_error_new (SY_ERROR, SY_ERROR_STORAGE, _("%s is not a file on this machine"), uri);

  sy_window_tell_unopened (window, places, error);
  gtk_window_present (GTK_WINDOW (window));
}

void
sy_application_open_files (SyApplication  *self,
                           GFile         **files,
                           guint           n_files)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);
      g_autofree char *uri = g_file_get_uri (files[i]);

      if (path != NULL)
        g_ptr_array_add (paths, g_steal_pointer (&path));
      else
        tell_distant (self, uri);
    }

  if (paths->len == 2)
    {
      g_ptr_array_add (paths, NULL);
      sy_application_open_recordings (self, (const char *const *) paths->pdata, NULL, NULL);
      return;
    }

  for (guint i = 0; i < paths->len; i++)
    {
      const char *const alone[] = { g_ptr_array_index (paths, i), NULL };

      sy_application_open_recordings (self, alone, NULL, NULL);
    }
}
