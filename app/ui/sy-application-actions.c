/* sy-application-actions.c: what the program can be told to do, also by the desktop
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-application-private.h"

#include "sy-about.h"
#include "sy-help.h"
#include "sy-preferences.h"

/* The live window, in front. */
static SyWindow *
present (SyApplication *self)
{
  SyWindow *window = sy_application_get_live_window (self);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  SyApplication *self = user_data;
  /* A copy: one that closes may take another, such as the preferences, with it. */
  g_autolist (GtkWindow) windows =
    g_list_copy_deep (gtk_application_get_windows (GTK_APPLICATION (self)), (GCopyFunc) (GCallback) g_object_ref, NULL);

  /* Closing lets the window save its size. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);

  g_application_quit (G_APPLICATION (self));
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  sy_about_present (gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

/* Built when it is asked for. GTK does it for each window at once where the file has
 * the name that it looks for; but GTK 4.8 falls over an assistive technology that asks
 * for a dialog which has just gone, if some window was never shown. */
static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  while (window != NULL && !GTK_IS_APPLICATION_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  if (window == NULL)
    return;

  if (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (window)) == NULL)
    {
      g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/steelyard/ui/shortcuts.ui");

      gtk_application_window_set_help_overlay (GTK_APPLICATION_WINDOW (window),
                                               GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "shortcuts")));
    }

  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (window))));
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  SyApplication *self = user_data;
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));
  const SyPreferencesSubject subject = {
    .settings = self->settings,
    .session = self->session,
    .assumptions = self->assumptions,
    .price_file = self->price_file,
    .folder = self->folder,
  };

  if (self->preferences == NULL)
    g_set_weak_pointer (&self->preferences,
                        sy_preferences_new (parent != NULL ? parent : GTK_WINDOW (present (self)), &subject));
  gtk_window_present (GTK_WINDOW (self->preferences));
}

static void
help_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  sy_help_show (gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

static void
open_recordings_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  g_autofree const char **paths = g_variant_get_strv (parameter, NULL);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  if (paths[0] != NULL)
    sy_application_open_recordings (user_data, paths, SY_IS_WINDOW (window) ? SY_WINDOW (window) : NULL, NULL);
}

static void
show_live_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  present (user_data);
}

static void
show_page_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  sy_window_show_page (present (user_data), g_variant_get_string (parameter, NULL));
}

/* --- Of the desktop file --- */

static void
new_comparison_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  sy_window_begin_anew (present (user_data));
}

static void
open_recording_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  gtk_widget_activate_action (GTK_WIDGET (present (user_data)), "win.choose-recording", NULL);
}

static void
demo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  sy_window_start_demo (present (user_data), SY_DEMO_MODELS);
}

static const GActionEntry entries[] = {
  { "quit", quit_cb },
  { "about", about_cb },
  { "help", help_cb },
  { "shortcuts", shortcuts_cb },
};

/* Those that need a session. */
static const GActionEntry session_entries[] = {
  { "preferences", preferences_cb },
  { "open-recordings", open_recordings_cb, "as" },
  { "show-live", show_live_cb },
  { "show-page", show_page_cb, "s" },
  { "new-comparison", new_comparison_cb },
  { "open-recording", open_recording_cb },
  { "demo", demo_cb },
};

static void
set_accels (SyApplication *self)
{
  static const struct {
    const char *action;
    const char *accels[3];
  } accels[] = {
    { "app.quit", { "<Primary>q", NULL } },
    { "app.preferences", { "<Primary>comma", NULL } },
    { "app.help", { "F1", NULL } },
    { "window.close", { "<Primary>w", NULL } },
    { "win.add-backend", { "<Primary>n", NULL } },
    { "win.choose-recording", { "<Primary>o", NULL } },
    { "win.paused", { "<Primary>space", NULL } },
    { "win.choose-price", { "<Primary>m", NULL } },
    { "win.add-mark", { "<Primary>k", NULL } },
    { "win.exclude-range", { "<Primary>e", NULL } },
    { "win.marks", { "<Primary><Shift>k", NULL } },
    { "win.save-page('pdf')", { "<Primary>s", NULL } },
    { "win.turn-page(1)", { "<Primary>Page_Down", NULL } },
    { "win.turn-page(-1)", { "<Primary>Page_Up", NULL } },
    { "win.view('columns')", { "<Alt>1", NULL } },
    { "win.view('overlaid')", { "<Alt>2", NULL } },
    { "win.view('ratio')", { "<Alt>3", NULL } },
    { "win.time-window(60)", { "<Primary>1", NULL } },
    { "win.time-window(240)", { "<Primary>2", NULL } },
    { "win.time-window(900)", { "<Primary>3", NULL } },
    { "win.time-window(3600)", { "<Primary>4", NULL } },
    { "app.shortcuts", { "<Primary>question", NULL } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action, accels[i].accels);
}

void
sy_application_add_actions (SyApplication *self,
                            gboolean       has_session)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  if (has_session)
    g_action_map_add_action_entries (G_ACTION_MAP (self), session_entries, G_N_ELEMENTS (session_entries), self);
  set_accels (self);
}
