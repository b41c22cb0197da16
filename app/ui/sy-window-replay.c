/* sy-window-replay.c: the window of a recording, and how one is opened
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A recording has a window of its own: what is live goes on in the other. What a
 * person states there is tried on the recording, and kept nowhere.
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-window-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "sy-error.h"
#include "sy-load-page.h"
#include "sy-replay-bar.h"

/* What needs somebody who answers, or would be kept for them. */
static const char *const live_actions[] = {
  "add-backend", "add-recording", "authenticate", "demo", "edit-signals", "interval", "paused", "stop-demo",
};

double
sy_window_get_objective (SyWindow *self)
{
  SyAssumption threshold;

  return sy_assumptions_get (sy_appraisal_get_assumptions (self->appraisal), "slo_threshold", &threshold) ? threshold.value
                                                                                                          : (double) NAN;
}

/* How many kept the objective is counted answer by answer. */
static void
assumptions_cb (SyWindow *self)
{
  const double objective = sy_window_get_objective (self);

  if (isnan (objective) ? isnan (self->objective) : fabs (objective - self->objective) <= 0)
    return;

  self->objective = objective;
  sy_player_reread (self->player);
}

/* What it costs is computed answer by answer. */
static void
price_cb (SyWindow *self)
{
  sy_player_reread (self->player);
}

/* Of what is played, on its clock. */
static gint64
get_begin (SyWindow *self)
{
  return sy_clock_get_monotonic (sy_session_get_clock (self->session)) - sy_player_get_position (self->player);
}

/* What was pinned is the same stretch of the recording when that starts over, by
 * whole hours later on its clock. */
static void
follow_begin (SyWindow *self)
{
  BeamTimeAxis *time = sy_live_axes_get_time (sy_live_page_get_axes (SY_LIVE_PAGE (self->live_page)));
  const gint64 hours = (get_begin (self) - self->begin_us) / (3600 * SY_USEC_PER_SEC);
  const gint64 later_us = hours * 3600 * SY_USEC_PER_SEC;
  gint64 from_us, to_us;

  self->begin_us += later_us;
  if (later_us > 0 && beam_time_axis_get_pinned (time, &from_us, &to_us))
    beam_time_axis_pin (time, from_us + later_us, to_us + later_us);
}

/* A picture that stands still would show a time that is not there any more. */
static void
busy_cb (SyWindow *self)
{
  if (sy_player_get_busy (self->player))
    sy_live_page_set_paused (SY_LIVE_PAGE (self->live_page), FALSE);
}

void
sy_window_set_player (SyWindow   *self,
                      SyPlayer   *player,
                      const char *title)
{
  g_autoptr (SyClock) pace = sy_clock_new ();
  g_autofree char *safe = NULL;

  g_return_if_fail (self->player == NULL);

  self->player = g_object_ref (player);
  self->begin_us = get_begin (self);
  self->objective = sy_window_get_objective (self);
  for (guint i = 0; i < G_N_ELEMENTS (live_actions); i++)
    sy_window_set_action_enabled (self, live_actions[i], FALSE);
  sy_window_set_action_enabled (self, "back-to-live", TRUE);

  sy_live_page_set_pace (SY_LIVE_PAGE (self->live_page), pace);
  sy_appraisal_set_pace (self->appraisal, pace);
  sy_load_page_set_recorded (SY_LOAD_PAGE (self->load_page));
  sy_replay_bar_set_player (SY_REPLAY_BAR (self->replay_bar), player, title);
  gtk_widget_add_controller (GTK_WIDGET (self), sy_replay_bar_create_keys (SY_REPLAY_BAR (self->replay_bar)));
  gtk_window_set_title (GTK_WINDOW (self), title);

  g_signal_connect_object (sy_appraisal_get_assumptions (self->appraisal), "changed",
                           G_CALLBACK (assumptions_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::price-id", G_CALLBACK (price_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::busy", G_CALLBACK (busy_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::position-us", G_CALLBACK (follow_begin), self, G_CONNECT_SWAPPED);
  if (sy_appraisal_get_weighing (self->appraisal) != NULL)
    sy_weighing_set_driven (sy_appraisal_get_weighing (self->appraisal), sy_player_get_driven (player));
  sy_window_update_stack (self);
}

gboolean
sy_window_is_replay (SyWindow *self)
{
  return self->player != NULL;
}

/* What to do about it; NULL: the reason says it. */
static const char *
advise (const GError *error)
{
  if (g_error_matches (error, SY_ERROR, SY_ERROR_DAMAGED))
    return _("The file was left as it is. A copy from before the damage opens as it did.");
  if (g_error_matches (error, SY_ERROR, SY_ERROR_INVALID))
    return _("There is nothing in it to be replayed.");
  if (g_error_matches (error, SY_ERROR, SY_ERROR_STORAGE))
    return _("Check that the file is there, may be read and is not being recorded.");

  return NULL;
}

void
sy_window_tell_unopened (SyWindow          *self,
                         const char *const *paths,
                         const GError      *error)
{
  const char *advice = advise (error);
  g_autofree char *name = g_path_get_basename (paths[0]);
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;

  if (paths[1] != NULL)
    title = g_strdup (_("The recordings were not opened"));
  else
    /* Translators: the name of a file */
    title = g_strdup_printf (_("“%s” was not opened"), name);
  /* Translators: why a recording was not opened, without its full stop; what to do about it */
  detail = advice != NULL ? g_strdup_printf (_("%s. %s"), error->message, advice) : g_strdup (error->message);
  self->notice = SY_NOTICE_UNOPENED;
  sy_notice_bar_show (SY_NOTICE_BAR (self->notice_bar), title, detail, NULL);
}

/* --- Choosing --- */

static void
chosen_cb (GtkFileChooserNative *chooser,
           int                   response,
           SyWindow             *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    {
      const char *first = g_object_get_data (G_OBJECT (chooser), "first");
      const char *const paths[] = { first != NULL ? first : path, first != NULL ? path : NULL, NULL };

      if (g_object_get_data (G_OBJECT (chooser), "beside") != NULL)
        sy_window_add_recording (self, path);
      else
        gtk_widget_activate_action (GTK_WIDGET (self), "app.open-recordings", "^as", paths);
    }
  else if (file != NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);
      const char *const places[] = { uri, NULL };
      /* Translators: the address of what was chosen, "sftp://host/folder/r.steelyard" */
      g_autoptr (GError) error = g_error_new (SY_ERROR, SY_ERROR_STORAGE, _("%s is not a file on this machine"), uri);

      sy_window_tell_unopened (self, places, error);
    }

  g_clear_object (&self->chooser);
}

/* @first: what the chosen one is compared with; NULL: it is opened alone, or put
 * @beside what is live. */
static void
choose (SyWindow   *self,
        const char *first,
        gboolean    beside)
{
  const gboolean compares = first != NULL || beside;
  g_autoptr (GtkFileChooserNative) chooser =
    gtk_file_chooser_native_new (compares ? _("Compare With Recording") : _("Open Recording"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, compares ? _("_Compare") : _("_Open"), _("_Cancel"));
  g_autoptr (GtkFileFilter) recordings = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (recordings, _("Recordings"));
  gtk_file_filter_add_pattern (recordings, "*.steelyard");
  gtk_file_filter_add_mime_type (recordings, "application/x-steelyard");
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), recordings);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), all);

  if (first != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_path (first);
      g_autoptr (GFile) folder = g_file_get_parent (file);

      g_object_set_data_full (G_OBJECT (chooser), "first", g_strdup (first), g_free);
      gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
    }

  g_object_set_data (G_OBJECT (chooser), "beside", GINT_TO_POINTER (beside));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  g_set_object (&self->chooser, chooser);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
choose_recording_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  choose (user_data, NULL, FALSE);
}

static void
compare_recording_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  choose (user_data, g_variant_get_string (parameter, NULL), FALSE);
}

static void
add_recording_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  choose (user_data, NULL, TRUE);
}

static void
back_to_live_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  SyWindow *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self), "app.show-live", NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static const GActionEntry entries[] = {
  { "choose-recording", choose_recording_cb },
  { "add-recording", add_recording_cb },
  { "compare-recording", compare_recording_cb, "s" },
  { "back-to-live", back_to_live_cb },
};

void
sy_window_add_replay_actions (SyWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  sy_window_set_action_enabled (self, "back-to-live", FALSE);
}
