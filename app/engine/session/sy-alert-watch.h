/* sy-alert-watch.h: looks whether what a person wants to be told of is the case
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-alert-book.h"
#include "sy-alert-event.h"

G_BEGIN_DECLS

#define SY_TYPE_ALERT_WATCH (sy_alert_watch_get_type ())
G_DECLARE_FINAL_TYPE (SyAlertWatch, sy_alert_watch, SY, ALERT_WATCH, GObject)

/**
 * SyAlertWatch:
 *
 * Looks once a second at what the backends have said since. A backend that has
 * answered and whose last answer is older than its stale time is lost, if the book
 * wants it told; who has just woken up from suspend gives each one that time again.
 * An event is over too when its rule is changed, switched off or removed, and when
 * its backend is. Lives on the GTK thread.
 *
 * Signals: "began" and "ended", each with a SyAlertEvent, once an event.
 */

/* @backends: element-type SyBackend. */
SyAlertWatch    *sy_alert_watch_new        (GListModel *backends, SyClock *clock, SyAlertBook *book);
SyAlertBook     *sy_alert_watch_get_book   (SyAlertWatch *self); /* (transfer none) */

/* All that is the case, the oldest first. (transfer none) (element-type
 * SyAlertEvent), valid until the next signal */
const GPtrArray *sy_alert_watch_get_events (SyAlertWatch *self);

/* The event of the rule @id; NULL: it is not the case. (transfer none) */
const SyAlertEvent *sy_alert_watch_find    (SyAlertWatch *self, guint id);

G_END_DECLS
