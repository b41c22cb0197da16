/* sy-alert-notifier.h: events as notifications of the desktop
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-alert-watch.h"
#include "sy-session.h"

G_BEGIN_DECLS

#define SY_TYPE_ALERT_NOTIFIER (sy_alert_notifier_get_type ())
G_DECLARE_FINAL_TYPE (SyAlertNotifier, sy_alert_notifier, SY, ALERT_NOTIFIER, GObject)

/**
 * SyAlertNotifier:
 *
 * One notification an event, withdrawn when it is over. Whoever presses it gets the
 * window at the Live page, by the action app.show-page. Without a session bus it
 * does nothing. Needs the application while it lives, and does not hold it.
 *
 * Property: enabled (read-write, at first TRUE): whether anything is shown; switched
 * off, what is shown is withdrawn, and switched on, what is the case is shown.
 */
SyAlertNotifier *sy_alert_notifier_new (GApplication *application, SySession *session, SyAlertWatch *watch);

G_END_DECLS
