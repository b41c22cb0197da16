/* sy-application-settings.c: what the settings say of the whole program
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-application-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sy-format.h"
#include "sy-text.h"

/* --- Appearance --- */

static AdwColorScheme
parse_scheme (const char *name)
{
  if (strcmp (name, "light") == 0)
    return ADW_COLOR_SCHEME_FORCE_LIGHT;
  if (strcmp (name, "dark") == 0)
    return ADW_COLOR_SCHEME_FORCE_DARK;

  return ADW_COLOR_SCHEME_DEFAULT;
}

static void
scheme_cb (SyApplication *self)
{
  g_autofree char *name = g_settings_get_string (self->settings, "color-scheme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), parse_scheme (name));
}

/* --- Numbers --- */

static SyNumberStyle
parse_numbers (const char *name)
{
  if (strcmp (name, "comma") == 0)
    return SY_NUMBERS_COMMA;
  if (strcmp (name, "space") == 0)
    return SY_NUMBERS_SPACE;

  return SY_NUMBERS_LANGUAGE;
}

/* Once: what is written already is in many places, and threads write, too. */
static void
set_numbers (SyApplication *self)
{
  g_autofree char *name = g_settings_get_string (self->settings, "number-format");

  sy_format_set_numbers (parse_numbers (name));
}

/* --- Backends --- */

static void
interval_cb (SyApplication *self)
{
  const double seconds = g_settings_get_double (self->settings, "interval");

  sy_session_set_interval (self->session, (gint64) (seconds * (double) SY_USEC_PER_SEC));
}

/* --- Prices --- */

static gboolean
use_prices (const char  *path,
            gpointer     user_data,
            GError     **error)
{
  SyApplication *self = user_data;
  g_autofree char *price_id = NULL;

  /* The session begins with the lists of the data folders. */
  if (path == NULL && !self->has_price_file)
    return TRUE;
  if (!sy_session_use_price_file (self->session, path, error))
    return FALSE;

  self->has_price_file = path != NULL;
  price_id = g_settings_get_string (self->settings, "price-id");
  if (*price_id != '\0')
    sy_session_set_price (self->session, price_id);
  return TRUE;
}

/* --- Recordings --- */

/* Once: who chose a shorter time by a slip can take it back until the next start. */
void
sy_application_set_retention (SyApplication *self)
{
  self->retention = (SyRetention) {
    .each_bytes = (gint64) g_settings_get_int (self->settings, "recording-size") << 20,
    .all_bytes = (gint64) g_settings_get_int (self->settings, "recordings-size") << 20,
    .age_us = (gint64) g_settings_get_int (self->settings, "recordings-days") * 24 * 3600 * SY_USEC_PER_SEC,
  };

  sy_keeper_set_retention (self->keeper, &self->retention);
}

static void
size_cb (SyApplication *self)
{
  if (self->keeper == NULL)
    return;

  self->retention.each_bytes = (gint64) g_settings_get_int (self->settings, "recording-size") << 20;
  sy_keeper_set_retention (self->keeper, &self->retention);
}

/* Recordings may lie in the folder for another reason: none of them goes before the
 * next start, and until then the choice can be taken back. */
static gboolean
use_folder (const char  *path,
            gpointer     user_data,
            GError     **error)
{
  SyApplication *self = user_data;

  if (self->keeper != NULL)
    {
      self->retention.all_bytes = 0;
      self->retention.age_us = 0;
      sy_keeper_set_retention (self->keeper, &self->retention);
    }

  return sy_shelf_set_folder (self->shelf, path, error);
}

void
sy_application_follow_settings (SyApplication *self)
{
  g_signal_connect_object (self->settings, "changed::color-scheme", G_CALLBACK (scheme_cb), self, G_CONNECT_SWAPPED);
  scheme_cb (self);
  set_numbers (self);
  self->folder = sy_path_setting_new (self->settings, "recordings-folder", use_folder, self);

  if (self->session == NULL)
    return;

  self->price_file = sy_path_setting_new (self->settings, "price-file", use_prices, self);
  self->last_session = sy_last_session_new (self->session, self->settings);
  g_signal_connect_object (self->settings, "changed::interval", G_CALLBACK (interval_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::recording-size", G_CALLBACK (size_cb), self, G_CONNECT_SWAPPED);
}

/* Why a choice is not used, fit to be shown; NULL: it is. (transfer full) */
static char *
dup_why_unused (SyPathSetting *setting)
{
  const GError *error = sy_path_setting_get_error (setting);

  return error != NULL ? sy_display_text (error->message, -1, SY_DISPLAY_TEXT_MAX) : NULL;
}

void
sy_application_tell_unused (SyApplication *self,
                            SyWindow      *window)
{
  g_autofree char *no_prices = dup_why_unused (self->price_file);
  g_autofree char *no_folder = dup_why_unused (self->folder);

  if (no_prices != NULL)
    {
      /* Translators: %s: why, a sentence of the system */
      g_autofree char *text = g_strdup_printf (_("Your price list is left out: %s"), no_prices);

      sy_window_add_toast (window, text);
    }

  if (no_folder != NULL)
    {
      /* Translators: %s: why the chosen folder is not used, a sentence of the system */
      g_autofree char *text = g_strdup_printf (_("Recordings go among the data of the program: %s"), no_folder);

      sy_window_add_toast (window, text);
    }
}

void
sy_application_forget_settings (SyApplication *self)
{
  /* Until the backends go. */
  if (self->last_session != NULL)
    g_object_run_dispose (G_OBJECT (self->last_session));
  g_clear_object (&self->last_session);

  /* A window of the preferences that somebody still holds has them, too. */
  if (self->price_file != NULL)
    g_object_run_dispose (G_OBJECT (self->price_file));
  g_clear_object (&self->price_file);
  if (self->folder != NULL)
    g_object_run_dispose (G_OBJECT (self->folder));
  g_clear_object (&self->folder);
  g_signal_handlers_disconnect_by_data (self->settings, self);
}
