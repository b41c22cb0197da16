/* sy-alert-words.h: rules and events in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-alert-event.h"
#include "sy-cost-input.h"

G_BEGIN_DECLS

/**
 * All texts are (transfer full) and safe to show: names and messages from outside
 * went through sy_display_text(). @currency is ISO 4217.
 */

/* "Latency p99" */
char              *sy_alert_dup_quantity  (SyQuantity quantity);

/* "B", "B ÷ A" */
char              *sy_alert_dup_side      (guint backend, gboolean is_ratio);

/* "B ÷ A: Latency p99 over 1.5×" */
char              *sy_alert_dup_condition (const SyAlertRule *rule, const char *currency);

/* "For at least 1 min", "At once" */
char              *sy_alert_dup_duration  (gint64 duration_us);

/* "Orders: Latency p99 over 500 ms", "Orders does not answer" */
char              *sy_alert_dup_title     (const SyAlertEvent *event, const char *currency);

/* "740 ms at 10:32:05, for 1 min beyond the limit". Without a character that is
 * markup: some notification servers take what stands below a title for markup,
 * others show it as it is, and nobody says which. */
char              *sy_alert_dup_body      (const SyAlertEvent *event, const char *currency);

/* That the rules hold, but could not be written, and why. */
char              *sy_alert_dup_unkept    (const GError *error);

/* How the limit of a rule is typed: its unit, scale and range. (transfer none), static */
const SyCostInput *sy_alert_get_input     (SyQuantity quantity, gboolean is_ratio);

/* A limit to begin with, in base units. */
double             sy_alert_get_first_limit (SyQuantity quantity, gboolean is_ratio);

G_END_DECLS
