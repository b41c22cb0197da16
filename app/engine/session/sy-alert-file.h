/* sy-alert-file.h: the file of what a person wants to be told of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-alert-rule.h"

G_BEGIN_DECLS

#define SY_ALERT_MAX_RULES 100

/* What the file holds. */
typedef struct {
  gboolean  tells_lost; /* when a backend does not answer any more */
  GArray   *rules;      /* owned, element-type SyAlertRule, in their order; ids are 0 */
} SyAlertList;

SyAlertList *sy_alert_list_new    (void); /* no rules, and what is lost is told */
void         sy_alert_list_free   (SyAlertList *self);

/* Reads
 *
 *   { "schema": "steelyard.alerts/1", "lost": true,
 *     "rules": [ { "quantity": "p99", "of": "b/a", "above": 1.5, "hysteresis": 0.1, "seconds": 60, "enabled": true } ] }
 *
 * strictly: SY_ERROR_INVALID or SY_ERROR_PARSE, with "@path: " and the place, for
 * anything else. "below" stands in place of "above"; "of" is "a" to "f", or "b/a" to
 * "f/a" for the ratio; the last three may be left out. (transfer full) */
SyAlertList *sy_alert_file_parse  (const char *path, const char *text, gsize length, GError **error);
SyAlertList *sy_alert_file_load   (const char *path, GError **error); /* no file is a new list */
char        *sy_alert_file_format (const SyAlertList *list);

/* Puts the whole file in place at once, readable for the person alone. */
gboolean     sy_alert_file_save   (const char *path, const SyAlertList *list, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyAlertList, sy_alert_list_free)

G_END_DECLS
