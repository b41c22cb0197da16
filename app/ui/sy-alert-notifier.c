/* sy-alert-notifier.c: events as notifications of the desktop
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-alert-notifier.h"

#include "sy-alert-words.h"

struct _SyAlertNotifier
{
  GObject       parent_instance;

  GApplication *application; /* weak */
  SySession    *session;     /* owned */
  SyAlertWatch *watch;       /* owned */
  gboolean      enabled;
};

enum {
  PROP_0,
  PROP_ENABLED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SyAlertNotifier, sy_alert_notifier, G_TYPE_OBJECT)

static gboolean
has_bus (SyAlertNotifier *self)
{
  return self->application != NULL && g_application_get_dbus_connection (self->application) != NULL;
}

static void
began_cb (SyAlertNotifier    *self,
          const SyAlertEvent *event)
{
  const char *currency = sy_session_get_price (self->session)->currency;
  g_autofree char *title = sy_alert_dup_title (event, currency);
  g_autofree char *body = sy_alert_dup_body (event, currency);
  g_autoptr (GNotification) notification = g_notification_new (title);

  if (!self->enabled || !has_bus (self))
    return;

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show-page", "s", "live");
  g_application_send_notification (self->application, event->id, notification);
}

static void
ended_cb (SyAlertNotifier    *self,
          const SyAlertEvent *event)
{
  if (has_bus (self))
    g_application_withdraw_notification (self->application, event->id);
}

static void
set_enabled (SyAlertNotifier *self,
             gboolean         enabled)
{
  const GPtrArray *events = self->watch != NULL ? sy_alert_watch_get_events (self->watch) : NULL;

  if (enabled == self->enabled)
    return;

  self->enabled = enabled;
  for (guint i = 0; events != NULL && i < events->len; i++)
    if (enabled)
      began_cb (self, g_ptr_array_index (events, i));
    else
      ended_cb (self, g_ptr_array_index (events, i));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
}

static void
sy_alert_notifier_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (prop_id == PROP_ENABLED)
    g_value_set_boolean (value, SY_ALERT_NOTIFIER (object)->enabled);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sy_alert_notifier_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  if (prop_id == PROP_ENABLED)
    set_enabled (SY_ALERT_NOTIFIER (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
sy_alert_notifier_dispose (GObject *object)
{
  SyAlertNotifier *self = SY_ALERT_NOTIFIER (object);

  g_clear_weak_pointer (&self->application);
  g_clear_object (&self->session);
  g_clear_object (&self->watch);

  G_OBJECT_CLASS (sy_alert_notifier_parent_class)->dispose (object);
}

static void
sy_alert_notifier_class_init (SyAlertNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sy_alert_notifier_get_property;
  object_class->set_property = sy_alert_notifier_set_property;
  object_class->dispose = sy_alert_notifier_dispose;

  properties[PROP_ENABLED] =
    g_param_spec_boolean ("enabled", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sy_alert_notifier_init (SyAlertNotifier *self)
{
  self->enabled = TRUE;
}

SyAlertNotifier *
sy_alert_notifier_new (GApplication *application,
                       SySession    *session,
                       SyAlertWatch *watch)
{
  SyAlertNotifier *self = g_object_new (SY_TYPE_ALERT_NOTIFIER, NULL);

  g_set_weak_pointer (&self->application, application);
  self->session = g_object_ref (session);
  self->watch = g_object_ref (watch);
  g_signal_connect_object (watch, "began", G_CALLBACK (began_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (watch, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);

  return self;
}
