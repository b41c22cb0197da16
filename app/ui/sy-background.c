/* sy-background.c: watching on while the window is closed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-background.h"

#include <glib/gi18n.h>

#define SETTING "background"
#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define REQUEST_INTERFACE "org.freedesktop.portal.Request"

struct _SyBackground
{
  GObject           parent_instance;

  GApplication     *application;  /* weak */
  SySession        *session;      /* owned */
  GSettings        *settings;     /* owned */
  GCancellable     *cancellable;  /* owned, nullable: nothing is asked */
  GDBusConnection  *connection;   /* owned, nullable: the same */
  guint             subscription; /* 0: none; of the answer */
  SyBackgroundState state;
  gboolean          is_held;      /* the application, by us */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SyBackground, sy_background, G_TYPE_OBJECT)

static void
update_hold (SyBackground *self)
{
  const gboolean hold = self->state == SY_BACKGROUND_ALLOWED && sy_session_get_n (self->session) > 0;

  if (hold == self->is_held || self->application == NULL)
    return;

  self->is_held = hold;
  if (hold)
    g_application_hold (self->application);
  else
    g_application_release (self->application);
}

static void
set_state (SyBackground      *self,
           SyBackgroundState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  update_hold (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- Asking --- */

static void
forget_request (SyBackground *self)
{
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->subscription);
  self->subscription = 0;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->connection);
}

/* The state says why. A refusal takes the choice back, and first, so that whoever
 * hears of the state finds it so; where nobody could be asked the choice stays for
 * a session that has a portal. */
static void
give_up (SyBackground      *self,
         SyBackgroundState  state)
{
  forget_request (self);
  if (state == SY_BACKGROUND_REFUSED)
    g_settings_set_boolean (self->settings, SETTING, FALSE);
  set_state (self, state);
}

static void
response_cb (GDBusConnection *connection,
             const char      *sender,
             const char      *path,
             const char      *interface,
             const char      *signal,
             GVariant        *parameters,
             gpointer         user_data)
{
  SyBackground *self = user_data;
  g_autoptr (GVariant) results = NULL;
  gboolean allowed = FALSE;
  guint32 response;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    return;

  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  if (response == 0 && g_variant_lookup (results, "background", "b", &allowed) && allowed)
    {
      forget_request (self);
      set_state (self, SY_BACKGROUND_ALLOWED);
    }
  else
    give_up (self, SY_BACKGROUND_REFUSED);
}

static void
called_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SyBackground) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);

  if (answer == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    give_up (self, SY_BACKGROUND_UNAVAILABLE);
}

/* The path is what the portal will answer at, so that no answer is missed. */
static char *
dup_request_path (GDBusConnection *connection,
                  const char      *token)
{
  g_autofree char *sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (connection) + 1), ".", '_');

  return g_strconcat (PORTAL_PATH "/request/", sender, "/", token, NULL);
}

static void
ask (SyBackground *self)
{
  GDBusConnection *connection = self->application != NULL ? g_application_get_dbus_connection (self->application) : NULL;
  g_autofree char *token = g_strdup_printf ("steelyard%u", g_random_int ());
  g_autofree char *path = NULL;
  GVariantBuilder options;

  if (connection == NULL)
    {
      give_up (self, SY_BACKGROUND_UNAVAILABLE);
      return;
    }

  forget_request (self);
  path = dup_request_path (connection, token);
  self->connection = g_object_ref (connection);
  self->cancellable = g_cancellable_new ();
  self->subscription = g_dbus_connection_signal_subscribe (connection, PORTAL_NAME, REQUEST_INTERFACE, "Response", path, NULL,
                                                           G_DBUS_SIGNAL_FLAGS_NONE, response_cb, self, NULL);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  /* Translators: why the program wants to run without a window; the desktop shows it */
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (_("To go on watching backends for your alerts")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (FALSE));
  set_state (self, SY_BACKGROUND_ASKING);
  g_dbus_connection_call (connection, PORTAL_NAME, PORTAL_PATH, "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          self->cancellable, called_cb, g_object_ref (self));
}

static void
setting_changed_cb (SyBackground *self)
{
  if (g_settings_get_boolean (self->settings, SETTING))
    ask (self);
  else if (self->state != SY_BACKGROUND_REFUSED)
    {
      forget_request (self);
      set_state (self, SY_BACKGROUND_OFF);
    }
}

static void
sy_background_dispose (GObject *object)
{
  SyBackground *self = SY_BACKGROUND (object);

  forget_request (self);
  self->state = SY_BACKGROUND_OFF;
  if (self->session != NULL)
    update_hold (self);
  g_clear_weak_pointer (&self->application);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (sy_background_parent_class)->dispose (object);
}

static void
sy_background_class_init (SyBackgroundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_background_dispose;

  signals[CHANGED] =
    g_signal_new ("changed", SY_TYPE_BACKGROUND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sy_background_init (SyBackground *self)
{
}

SyBackground *
sy_background_new (GApplication *application,
                   SySession    *session,
                   GSettings    *settings)
{
  SyBackground *self = g_object_new (SY_TYPE_BACKGROUND, NULL);

  g_set_weak_pointer (&self->application, application);
  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (session, "items-changed", G_CALLBACK (update_hold), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" SETTING, G_CALLBACK (setting_changed_cb), self, G_CONNECT_SWAPPED);
  setting_changed_cb (self);

  return self;
}

SyBackgroundState
sy_background_get_state (SyBackground *self)
{
  return self->state;
}

gboolean
sy_background_is_wanted (SyBackground *self)
{
  return g_settings_get_boolean (self->settings, SETTING);
}

void
sy_background_set_wanted (SyBackground *self,
                          gboolean      wanted)
{
  g_settings_set_boolean (self->settings, SETTING, wanted);
}
