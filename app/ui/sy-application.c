/* sy-application.c: the desktop program as one object
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-application-private.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>

#include "sy-about.h"
#include "sy-datadir.h"
#include "sy-frame-report.h"
#include "sy-inspector-page.h"
#include "sy-otlp-address.h"
#include "sy-prom-address.h"
#include "sy-session.h"
#include "sy-window.h"

/* Templates name types of their own; the folder is fixed whatever the id is. */
#define RESOURCE_BASE "/steelyard"

#define EXIT_USAGE 2

G_DEFINE_FINAL_TYPE (SyApplication, sy_application, ADW_TYPE_APPLICATION)

static const GOptionEntry option_entries[] = {
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Start two servers and a load, and compare them"), NULL },
  { "real", 0, 0, G_OPTION_ARG_NONE, NULL, N_("The demo with Node.js and Python instead of the models"), NULL },
  { "new", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Ask for the backends of a new comparison"), NULL },
  { "open", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Choose a recording to open"), NULL },
  { "page", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Show this page: live, load, cost, decide or recordings"), N_("NAME") },
  { "interval", 0, 0, G_OPTION_ARG_DOUBLE, NULL, N_("Ask the backends this often"), N_("SECONDS") },
  { "frame-report", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print at the end what drawing has cost"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print versions and exit"), NULL },
  /* GLib takes GTK's translations, the direction of the text among them, only
   * where the program has one itself: without this nobody could look at a window
   * that reads from the right before somebody has translated it. */
  { "right-to-left", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  { "exit-after-startup", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, NULL, N_("[URL… | RECORDING [RECORDING]]") },
  { NULL },
};

/* The end of a desktop session, or Ctrl+C: what is recorded ends as it should. */
static gboolean
signal_cb (gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit", NULL);
  return G_SOURCE_CONTINUE;
}

/* Two frames after it was shown a window has been seen. */
static gboolean
exit_after_frame_cb (GtkWidget     *widget,
                     GdkFrameClock *frame_clock,
                     gpointer       user_data)
{
  int *frames = user_data;

  if (++*frames < 3)
    return G_SOURCE_CONTINUE;

  gtk_window_close (GTK_WINDOW (widget));
  return G_SOURCE_REMOVE;
}

static void
add_addresses (SyApplication            *self,
               GApplicationCommandLine  *command_line,
               char                    **addresses)
{
  for (guint i = 0; addresses != NULL && addresses[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      if (sy_session_add (self->session, addresses[i], NULL, &error) == NULL)
        g_application_command_line_printerr (command_line, "steelyard: %s\n", error->message);
    }
}

/* The file that @arg means; NULL: it is an address. (transfer full) (nullable) */
static char *
dup_recording_path (GFile      *file,
                    const char *arg)
{
  const char *scheme = g_uri_peek_scheme (arg);
  g_autofree char *path = scheme == NULL || strcmp (scheme, "file") == 0 ? g_file_get_path (file) : NULL;

  return path != NULL && sy_recording_is_one (path) ? g_steal_pointer (&path) : NULL;
}

/* Those of the arguments that are recordings: all of them or none, as was checked.
 * (transfer full) (element-type utf8), NULL-terminated */
static GPtrArray *
find_recordings (GApplicationCommandLine  *command_line,
                 char                    **addresses)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; addresses != NULL && addresses[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (command_line, addresses[i]);
      char *path = dup_recording_path (file, addresses[i]);

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }

  g_ptr_array_add (paths, NULL);
  return paths;
}

/* FALSE: the data files could not be read, and nothing can be shown. */
static gboolean
is_ready (SyApplication *self)
{
  return self->session != NULL && self->assumptions != NULL;
}

/* Whoever names nothing to be watched may want what was watched last. */
static void
reopen_if_wanted (SyApplication *self,
                  SyWindow      *window)
{
  if (sy_last_session_is_wanted (self->last_session))
    sy_window_reopen (window);
}

static gboolean
names_nothing (GVariantDict *options)
{
  static const char *const naming[] = { "demo", "real", "new", "open", G_OPTION_REMAINING };

  for (guint i = 0; i < G_N_ELEMENTS (naming); i++)
    if (g_variant_dict_contains (options, naming[i]))
      return FALSE;

  return TRUE;
}

static int
sy_application_command_line (GApplication            *application,
                             GApplicationCommandLine *command_line)
{
  SyApplication *self = SY_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autofree char **addresses = NULL;
  const char *page = NULL;
  gboolean demo = FALSE, real = FALSE;
  double interval;
  g_autoptr (GPtrArray) recordings = NULL;
  SyWindow *window;

  if (!is_ready (self))
    {
      g_application_command_line_printerr (command_line, "steelyard: %s\n", self->error->message);
      return 1;
    }

  if (g_variant_dict_contains (options, "right-to-left"))
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);

  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&s", &addresses);
  g_variant_dict_lookup (options, "page", "&s", &page);
  recordings = find_recordings (command_line, addresses);
  if (recordings->len > 1)
    {
      sy_application_open_recordings (self, (const char *const *) recordings->pdata, NULL, page);
      return 0;
    }

  window = sy_application_get_live_window (self);
  g_variant_dict_lookup (options, "demo", "b", &demo);
  g_variant_dict_lookup (options, "real", "b", &real);

  if (g_variant_dict_lookup (options, "interval", "d", &interval))
    sy_session_set_interval (self->session, (gint64) (interval * (double) SY_USEC_PER_SEC));

  add_addresses (self, command_line, addresses);
  if (names_nothing (options))
    reopen_if_wanted (self, window);

  if (page != NULL)
    sy_window_show_page (window, page);

  if (self->report == NULL && g_variant_dict_contains (options, "frame-report"))
    self->report = sy_frame_report_new (GTK_WIDGET (window));

  gtk_window_present (GTK_WINDOW (window));

  if (demo || real)
    sy_window_start_demo (window, real ? SY_DEMO_REAL : SY_DEMO_MODELS);

  if (g_variant_dict_contains (options, "new"))
    sy_window_begin_anew (window);
  if (g_variant_dict_contains (options, "open"))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.choose-recording", NULL);

  if (g_variant_dict_contains (options, "exit-after-startup"))
    gtk_widget_add_tick_callback (GTK_WIDGET (window), exit_after_frame_cb, g_new0 (int, 1), g_free);

  return 0;
}

/* Whether @place can be asked, or pushes, by its form alone. */
static gboolean
check_address (const char  *place,
               GError     **error)
{
  g_autoptr (SyPromAddress) prom = NULL;
  g_autoptr (SyOtlpAddress) otlp = NULL;
  g_autoptr (SyUrl) url = NULL;

  if (sy_prom_address_is (place))
    return (prom = sy_prom_address_parse (place, error)) != NULL;
  if (sy_otlp_address_is (place))
    return (otlp = sy_otlp_address_parse (place, error)) != NULL;

  return (url = sy_url_parse (place, error)) != NULL;
}

/* Addresses, or one or two recordings. FALSE: said why. */
static gboolean
check_places (const char *const *places)
{
  guint n_recordings = 0;
  guint n = 0;

  for (n = 0; places[n] != NULL; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (places[n]);
      g_autofree char *path = dup_recording_path (file, places[n]);

      if (path == NULL && !check_address (places[n], &error))
        {
          g_printerr ("steelyard: %s\n", error->message);
          return FALSE;
        }
      n_recordings += path != NULL;
    }

  if (n_recordings > 0 && (n_recordings < n || n > 2))
    {
      g_printerr ("steelyard: name addresses, or one recording, or two to compare them\n");
      return FALSE;
    }

  return TRUE;
}

/* What can be refused without a window is refused before there is one. */
static int
check_options (GVariantDict *options)
{
  g_autofree const char **addresses = NULL;
  const char *page = NULL;
  double interval;

  if (g_variant_dict_lookup (options, "interval", "d", &interval) && !(interval >= 0.1 && interval <= 3600))
    {
      g_printerr ("steelyard: --interval: between 0.1 and 3600 seconds\n");
      return EXIT_USAGE;
    }

  if (g_variant_dict_lookup (options, "page", "&s", &page) && !sy_window_has_page (page))
    {
      g_printerr ("steelyard: --page: there is no such page; try live, load, cost, decide or recordings\n");
      return EXIT_USAGE;
    }

  if (!g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&s", &addresses))
    return -1;

  return check_places (addresses) ? -1 : EXIT_USAGE;
}

static int
sy_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_autofree char *versions = sy_about_dup_versions ();

      g_print ("%s\n", versions);
      return 0;
    }

  return check_options (options);
}

static void
sy_application_activate (GApplication *application)
{
  SyApplication *self = SY_APPLICATION (application);
  SyWindow *window;

  if (!is_ready (self))
    {
      g_printerr ("steelyard: %s\n", self->error->message);
      return;
    }

  window = sy_application_get_live_window (self);
  reopen_if_wanted (self, window);
  gtk_window_present (GTK_WINDOW (window));
}

/* By the desktop; what the command line names comes there. */
static void
sy_application_open (GApplication  *application,
                     GFile        **files,
                     int            n_files,
                     const char    *hint)
{
  SyApplication *self = SY_APPLICATION (application);

  if (is_ready (self))
    sy_application_open_files (self, files, (guint) n_files);
  else
    g_printerr ("steelyard: %s\n", self->error->message);
}

/* --- The desktop's search --- */

static void
activated_cb (SyApplication *self,
              const char    *path)
{
  const char *const paths[] = { path, NULL };

  sy_application_open_recordings (self, paths, NULL, NULL);
}

static void
launched_cb (SyApplication *self)
{
  g_action_group_activate_action (G_ACTION_GROUP (self), "show-page", g_variant_new_string ("recordings"));
}

static gboolean
sy_application_dbus_register (GApplication     *application,
                              GDBusConnection  *connection,
                              const char       *path,
                              GError          **error)
{
  return G_APPLICATION_CLASS (sy_application_parent_class)->dbus_register (application, connection, path, error)
         && sy_search_provider_export (SY_APPLICATION (application)->search, connection, path, error);
}

static void
sy_application_dbus_unregister (GApplication    *application,
                                GDBusConnection *connection,
                                const char      *path)
{
  if (SY_APPLICATION (application)->search != NULL)
    sy_search_provider_unexport (SY_APPLICATION (application)->search, connection);

  G_APPLICATION_CLASS (sy_application_parent_class)->dbus_unregister (application, connection, path);
}

static void
watch_for_alerts (SyApplication *self)
{
  g_autofree char *path = sy_datadir_build_own_path ("alerts.json");
  g_autoptr (SyAlertBook) book = sy_alert_book_new (path);

  self->alerts = sy_alert_watch_new (G_LIST_MODEL (self->session), sy_session_get_clock (self->session), book);
  self->notifier = sy_alert_notifier_new (G_APPLICATION (self), self->session, self->alerts);
  g_settings_bind (self->settings, "notifications", self->notifier, "enabled", G_SETTINGS_BIND_GET);
  self->background = sy_background_new (G_APPLICATION (self), self->session, self->settings);
}

static void
sy_application_startup (GApplication *application)
{
  SyApplication *self = SY_APPLICATION (application);
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GSettingsSchema) schema = NULL;

  G_APPLICATION_CLASS (sy_application_parent_class)->startup (application);
  sy_inspector_page_register ();

  schema = g_settings_schema_source_lookup (g_settings_schema_source_get_default (), APPLICATION_ID, TRUE);
  if (schema == NULL)
    {
      g_set_error (&self->error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   "the settings schema %s is not installed", APPLICATION_ID);
      return;
    }

  self->settings = g_settings_new (APPLICATION_ID);
  self->session = sy_session_new (clock, &self->error);
  if (self->session != NULL)
    self->assumptions = sy_assumptions_new_own (&self->error);
  self->shelf = sy_shelf_new_own ();
  sy_application_follow_settings (self);
  if (is_ready (self))
    sy_search_provider_set_shelf (self->search, self->shelf);
  if (self->session != NULL)
    {
      self->keeper = sy_keeper_new (self->session, self->shelf);
      sy_application_set_retention (self);
      g_settings_bind (self->settings, "record", self->keeper, "enabled", G_SETTINGS_BIND_GET);
    }
  if (self->session != NULL)
    {
      sy_access_book_use_keyring (sy_session_get_access_book (self->session));
      watch_for_alerts (self);
    }

  sy_application_add_actions (self, is_ready (self));

  g_unix_signal_add (SIGTERM, signal_cb, self);
  g_unix_signal_add (SIGHUP, signal_cb, self);
  g_unix_signal_add (SIGINT, signal_cb, self);
}

static void
sy_application_shutdown (GApplication *application)
{
  SyApplication *self = SY_APPLICATION (application);

  if (self->report != NULL)
    {
      g_autofree char *text = sy_frame_report_to_text (self->report);

      g_print ("%s\n", text);
    }
  g_clear_object (&self->report);
  if (self->settings != NULL)
    sy_application_forget_settings (self);
  g_clear_object (&self->assumptions);

  /* Nobody looks any more: what is told is taken back. */
  if (self->alerts != NULL)
    g_object_run_dispose (G_OBJECT (self->alerts));
  g_clear_object (&self->notifier);
  g_clear_object (&self->alerts);
  if (self->background != NULL)
    g_object_run_dispose (G_OBJECT (self->background));
  g_clear_object (&self->background);

  /* A window that somebody still holds has it, too: the recording ends now, and none
   * begins while the backends go. */
  if (self->keeper != NULL)
    sy_keeper_set_enabled (self->keeper, FALSE);
  g_object_run_dispose (G_OBJECT (self->search));
  g_clear_object (&self->keeper);
  g_clear_object (&self->shelf);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_APPLICATION_CLASS (sy_application_parent_class)->shutdown (application);
}

static void
sy_application_finalize (GObject *object)
{
  g_clear_weak_pointer (&SY_APPLICATION (object)->preferences);
  g_clear_object (&SY_APPLICATION (object)->search);
  g_clear_error (&SY_APPLICATION (object)->error);

  G_OBJECT_CLASS (sy_application_parent_class)->finalize (object);
}

static void
sy_application_class_init (SyApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sy_application_finalize;

  application_class->handle_local_options = sy_application_handle_local_options;
  application_class->command_line = sy_application_command_line;
  application_class->activate = sy_application_activate;
  application_class->open = sy_application_open;
  application_class->startup = sy_application_startup;
  application_class->dbus_register = sy_application_dbus_register;
  application_class->dbus_unregister = sy_application_dbus_unregister;
  application_class->shutdown = sy_application_shutdown;
}

static void
sy_application_init (SyApplication *self)
{
  self->search = sy_search_provider_new (G_APPLICATION (self));
  g_signal_connect_object (self->search, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "launched", G_CALLBACK (launched_cb), self, G_CONNECT_SWAPPED);
  g_application_add_main_option_entries (G_APPLICATION (self), option_entries);
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _("Weighs running backends against each other."));
}

SyApplication *
sy_application_new (void)
{
  return g_object_new (SY_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "resource-base-path", RESOURCE_BASE,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN,
                       NULL);
}

SyWindow *
sy_application_get_live_window (SyApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));
  SyWindow *window;

  for (GList *l = windows; l != NULL; l = l->next)
    if (SY_IS_WINDOW (l->data) && !sy_window_is_replay (l->data))
      return l->data;

  window = SY_WINDOW (sy_window_new (GTK_APPLICATION (self), self->session, self->assumptions, self->settings));
  sy_window_set_shelf (window, self->shelf, self->keeper);
  sy_window_set_alerts (window, self->alerts, self->background);
  sy_window_set_last_session (window, self->last_session);
  sy_application_tell_unused (self, window);
  return window;
}
