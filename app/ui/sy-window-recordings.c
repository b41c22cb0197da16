/* sy-window-recordings.c: the shelf of recordings, and what is being recorded
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-window-private.h"

#include <glib/gi18n.h>

#include "sy-button-names.h"
#include "sy-error.h"
#include "sy-first-run-page.h"
#include "sy-format.h"
#include "sy-recording-list.h"
#include "sy-retention-group.h"
#include "sy-text.h"
#include "sy-toast.h"

/* --- Taking out and putting back --- */

static SyRecordingInfo *
get_info (AdwToast *toast)
{
  return g_object_get_data (G_OBJECT (toast), "info");
}

/* Also while the window goes. */
static void
forget_cb (AdwToast *toast,
           SyShelf  *shelf)
{
  sy_shelf_forget (shelf, get_info (toast));
}

static void offer_undo (SyWindow *self, SyRecordingInfo *info, const char *text);

static void
put_back_cb (AdwToast *toast,
             SyWindow *self)
{
  g_autoptr (GError) error = NULL;

  /* It goes away by being pressed, too; and may be pressed twice until it has gone. */
  if (g_signal_handlers_disconnect_by_func (toast, forget_cb, self->shelf) == 0)
    return;

  /* The disk may be full for a moment, or a folder in the way. */
  if (!sy_shelf_put_back (self->shelf, get_info (toast), &error))
    offer_undo (self, get_info (toast), error->message);
}

/* Until the toast goes it is there; after a crash the next start clears up. */
static void
offer_undo (SyWindow        *self,
            SyRecordingInfo *info,
            const char      *text)
{
  AdwToast *toast = sy_toast_new_undo (text);

  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_object_set_data_full (G_OBJECT (toast), "info", g_object_ref (info), g_object_unref);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (forget_cb), self->shelf, 0);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (put_back_cb), self, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toast_overlay), toast);
  sy_name_buttons (self->toast_overlay);
}

static void
taken_out_cb (SyWindow        *self,
              SyRecordingInfo *info)
{
  g_autofree char *name = sy_display_text (sy_recording_info_get_name (info), -1, 60);
  /* Translators: the name of a recording */
  g_autofree char *text = g_strdup_printf (_("Deleted %s"), name);

  offer_undo (self, info, text);
}

/* --- What is being recorded --- */

/* The recording reaches its size, or has reached it. */
static void
say_full (SyWindow *self)
{
  SyNoticeBar *bar = SY_NOTICE_BAR (self->notice_bar);

  self->notice = SY_NOTICE_FULL;
  if (sy_keeper_is_full (self->keeper))
    {
      /* Translators: %s: why, a sentence of the system without a full stop */
      g_autofree char *detail = g_strdup_printf (_("%s. What you watch is not recorded any more."),
                                                 sy_keeper_get_error (self->keeper)->message);

      sy_notice_bar_show (bar, _("The recording is full"), detail, _("Record _Anew"));
    }
  else
    {
      g_autofree char *time = sy_format_time_of_day (sy_keeper_get_end (self->keeper));
      /* Translators: %s: a time of day */
      g_autofree char *detail = g_strdup_printf (_("At about %s it reaches its size and ends. A new one can begin at any moment."), time);

      sy_notice_bar_show (bar, _("The recording will soon be full"), detail, _("Record _Anew"));
    }
}

/* The recording goes on, but not with all that is watched. */
static void
say_left_out (SyWindow *self)
{
  const guint n = sy_keeper_get_n_left_out (self->keeper);
  g_autofree char *title = g_strdup_printf (ngettext ("%u backend is not being recorded", "%u backends are not being recorded", n), n);
  /* Translators: %d: how many backends a recording takes */
  g_autofree char *detail = g_strdup_printf (_("The recording holds %d backends already, with those that went since. A new one begins with those that are here."),
                                             SY_RECORD_MAX_TARGETS);

  self->notice = SY_NOTICE_LEFT_OUT;
  sy_notice_bar_show (SY_NOTICE_BAR (self->notice_bar), title, detail, _("Record _Anew"));
}

static void
keeper_cb (SyWindow *self)
{
  const GError *error = sy_keeper_get_error (self->keeper);
  SyNoticeBar *bar = SY_NOTICE_BAR (self->notice_bar);

  if (sy_keeper_is_full (self->keeper) || sy_keeper_get_end (self->keeper) > 0)
    {
      say_full (self);
      return;
    }

  if (error == NULL && sy_keeper_get_n_left_out (self->keeper) > 0)
    {
      say_left_out (self);
      return;
    }

  if (error == NULL)
    {
      if (self->notice == SY_NOTICE_UNRECORDED || self->notice == SY_NOTICE_FULL || self->notice == SY_NOTICE_LEFT_OUT)
        sy_notice_bar_clear (bar);
      return;
    }

  self->notice = SY_NOTICE_UNRECORDED;
  if (!g_error_matches (error, SY_ERROR, SY_ERROR_STORAGE_FULL))
    sy_notice_bar_show (bar, _("What you watch is not being recorded"), error->message, NULL);
  else if (sy_keeper_is_waiting (self->keeper))
    {
      /* Translators: %s: why, a sentence of the system without a full stop */
      g_autofree char *detail = g_strdup_printf (_("%s. The last minutes wait in memory; recording goes on by itself once there is room."),
                                                 error->message);

      sy_notice_bar_show (bar, _("There is no room to record what you watch"), detail, NULL);
    }
  else
    sy_notice_bar_show (bar, _("There is no room to record what you watch"), error->message, NULL);
}

/* --- What a killed program left --- */

/* Those that a person has been told of, as far as they are still there, and @info. */
static void
remember_told (SyWindow        *self,
               SyRecordingInfo *info)
{
  g_auto (GStrv) told = g_settings_get_strv (self->settings, "told-interruptions");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) now = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->shelf)); i++)
    {
      g_autoptr (SyRecordingInfo) there = g_list_model_get_item (G_LIST_MODEL (self->shelf), i);
      const char *name = sy_recording_info_get_name (there);

      if (g_strv_contains ((const char *const *) told, name))
        g_strv_builder_add (builder, name);
    }

  g_strv_builder_add (builder, sy_recording_info_get_name (info));
  now = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "told-interruptions", (const char *const *) now);
}

/* The newest that nobody has been told of. (transfer full) (nullable) */
static SyRecordingInfo *
find_interrupted (SyWindow *self)
{
  g_auto (GStrv) told = g_settings_get_strv (self->settings, "told-interruptions");

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->shelf)); i++)
    {
      g_autoptr (SyRecordingInfo) info = g_list_model_get_item (G_LIST_MODEL (self->shelf), i);

      if (sy_recording_info_get_state (info) == SY_RECORDING_INTERRUPTED
          && !g_strv_contains ((const char *const *) told, sy_recording_info_get_name (info)))
        return g_steal_pointer (&info);
    }

  return NULL;
}

/* A recording has no secrets: an address that had one is not that of the backend. */
static gboolean
can_continue (SyRecordingInfo *info)
{
  const char *const *addresses = sy_recording_info_get_addresses (info);

  for (guint i = 0; addresses[i] != NULL; i++)
    {
      g_autoptr (SyUrl) url = sy_url_parse (addresses[i], NULL);

      if (url == NULL || !g_str_equal (sy_url_get_string (url), sy_url_get_redacted (url)))
        return FALSE;
    }

  return addresses[0] != NULL && !sy_recording_info_is_demo (info);
}

static void
offer_continue (SyWindow        *self,
                SyRecordingInfo *info)
{
  const gboolean possible = can_continue (info);
  g_autofree char *from = sy_format_time_of_day (sy_recording_info_get_began (info));
  g_autofree char *to = sy_format_time_of_day (sy_recording_info_get_changed (info));
  /* Translators: two times of day */
  g_autofree char *title = g_strdup_printf (_("The recording from %1$s was interrupted at %2$s"), from, to);

  g_set_object (&self->interrupted, info);
  self->notice = SY_NOTICE_INTERRUPTED;
  sy_notice_bar_show (SY_NOTICE_BAR (self->notice_bar), title,
                      possible ? _("What was recorded until then is kept. To continue watches the same backends, and records on in the same file.")
                               : _("What was recorded until then is kept, among the recordings."),
                      possible ? _("_Continue") : NULL);
}

static void
refreshed_cb (SyWindow *self)
{
  g_autoptr (SyRecordingInfo) info = NULL;

  /* Somebody reads why a file was not opened: it is told at the next look. */
  if (gtk_widget_get_visible (self->notice_bar))
    return;

  info = find_interrupted (self);

  /* Somebody watches something else: the same. */
  if (info != NULL && sy_session_get_n (self->session) > 0)
    return;

  g_signal_handlers_disconnect_by_func (self->shelf, refreshed_cb, self);
  if (info == NULL)
    return;

  remember_told (self, info);
  offer_continue (self, info);
}

/* What is watched now has a recording of its own: to continue would mix the two. */
static void
backends_changed_cb (SyWindow *self)
{
  if (self->interrupted == NULL || sy_session_get_n (self->session) == 0)
    return;

  g_clear_object (&self->interrupted);
  if (self->notice == SY_NOTICE_INTERRUPTED)
    sy_notice_bar_clear (SY_NOTICE_BAR (self->notice_bar));
}

static void
continue_interrupted (SyWindow *self)
{
  /* It is no offer any more when the first backend comes. */
  g_autoptr (SyRecordingInfo) info = g_steal_pointer (&self->interrupted);
  const char *const *names;
  const char *const *addresses;
  g_autoptr (GError) unrecorded = NULL;

  if (info == NULL || sy_session_get_n (self->session) > 0)
    return;

  if (sy_keeper_get_enabled (self->keeper)
      && !sy_keeper_continue (self->keeper, sy_recording_info_get_path (info), &unrecorded))
    {
      g_autofree char *why = sy_display_text (unrecorded->message, -1, SY_DISPLAY_TEXT_MAX);
      /* Translators: %s is why, a sentence of the system */
      g_autofree char *text = g_strdup_printf (_("A new recording begins, since the old one cannot go on: %s"), why);

      sy_window_add_toast (self, text);
    }

  names = sy_recording_info_get_names (info);
  addresses = sy_recording_info_get_addresses (info);
  for (guint i = 0; addresses[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      if (sy_session_add (self->session, addresses[i], names[i], &error) == NULL)
        {
          g_autofree char *text = sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX);

          sy_window_add_toast (self, text);
        }
    }

  /* None of them is here: nothing more will come. */
  if (sy_session_get_n (self->session) == 0)
    sy_keeper_finish (self->keeper);
}

static void
notice_chosen_cb (SyWindow *self)
{
  if (self->notice == SY_NOTICE_FULL || self->notice == SY_NOTICE_LEFT_OUT)
    sy_keeper_begin_anew (self->keeper);
  else if (self->notice == SY_NOTICE_INTERRUPTED)
    continue_interrupted (self);
}

static void
follow_list (SyWindow        *self,
             SyRecordingList *list)
{
  sy_recording_list_set_shelf (list, self->shelf);
  g_signal_connect_object (list, "message", G_CALLBACK (sy_window_add_toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "taken-out", G_CALLBACK (taken_out_cb), self, G_CONNECT_SWAPPED);
}

void
sy_window_set_shelf (SyWindow *self,
                     SyShelf  *shelf,
                     SyKeeper *keeper)
{
  g_return_if_fail (self->shelf == NULL);

  self->shelf = g_object_ref (shelf);
  follow_list (self, SY_RECORDING_LIST (self->recording_list));
  follow_list (self, sy_first_run_page_get_recordings (SY_FIRST_RUN_PAGE (self->first_run_page)));

  if (keeper != NULL)
    {
      g_autoptr (GAction) record = g_settings_create_action (self->settings, "record");

      self->keeper = g_object_ref (keeper);
      g_action_map_add_action (G_ACTION_MAP (self), record);
      g_signal_connect_object (keeper, "changed", G_CALLBACK (keeper_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->notice_bar, "chosen", G_CALLBACK (notice_chosen_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (shelf, "refreshed", G_CALLBACK (refreshed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->session, "items-changed", G_CALLBACK (backends_changed_cb), self, G_CONNECT_SWAPPED);
      keeper_cb (self);
    }

  sy_retention_group_set_settings (SY_RETENTION_GROUP (self->retention_group), self->settings);

  sy_shelf_refresh (shelf);
}
