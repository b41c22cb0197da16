/* sy-alert-event.h: something that a person wants to be told of, while it is so
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-alert-rule.h"
#include "sy-backend.h"

G_BEGIN_DECLS

/**
 * SyAlertEvent:
 *
 * A plain value: what was the case when it began. Names and message are from
 * outside: sy_display_text() is whoever's who shows them.
 */
typedef struct {
  char        *id;      /* owned: "rule-3", "lost-a"; no two events have one at the same time */
  gboolean     is_lost; /* the backend does not answer any more; then there is no rule and no value */
  SyAlertRule  rule;
  char        *name;    /* owned: of the backend */
  char        *base;    /* owned, nullable: of the one that it is divided by */
  char        *message; /* owned, nullable: why it does not answer */
  gint64       wall_us; /* when it began; of a lost one, its last answer */
  double       value;   /* what was measured then */
} SyAlertEvent;

SyAlertEvent *sy_alert_event_new_of_rule (const SyAlertRule *rule, SyBackend *backend, SyBackend *base,
                                          gint64 wall_us, double value);
SyAlertEvent *sy_alert_event_new_lost    (SyBackend *backend, gint64 wall_us);
void          sy_alert_event_free        (SyAlertEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyAlertEvent, sy_alert_event_free)

G_END_DECLS
