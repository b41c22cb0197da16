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
};

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

  if (!has_bus (self))
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
sy_alert_notifier_dispose (GObject *object)
{
  SyAlertNotifier *self = SY_ALERT_NOTIFIER (object);

  g_clear_weak_pointer (&self->application);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (sy_alert_notifier_parent_class)->dispose (object);
}

static void
sy_alert_notifier_class_init (SyAlertNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sy_alert_notifier_dispose;
}

static void
sy_alert_notifier_init (SyAlertNotifier *self)
{
}

SyAlertNotifier *
sy_alert_notifier_new (GApplication *application,
                       SySession    *session,
                       SyAlertWatch *watch)
{
  SyAlertNotifier *self = g_object_new (SY_TYPE_ALERT_NOTIFIER, NULL);

  g_set_weak_pointer (&self->application, application);
  self->session = g_object_ref (session);
  g_signal_connect_object (watch, "began", G_CALLBACK (began_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (watch, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);

  return self;
}
