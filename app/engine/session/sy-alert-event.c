/* sy-alert-event.c: something that a person wants to be told of, while it is so
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-alert-event.h"

#include <math.h>

SyAlertEvent *
sy_alert_event_new_of_rule (const SyAlertRule *rule,
                            SyBackend         *backend,
                            SyBackend         *base,
                            gint64             wall_us,
                            double             value)
{
  SyAlertEvent *self = g_new0 (SyAlertEvent, 1);

  self->id = g_strdup_printf ("rule-%u", rule->id);
  self->rule = *rule;
  self->name = g_strdup (sy_backend_get_name (backend));
  self->base = base != NULL ? g_strdup (sy_backend_get_name (base)) : NULL;
  self->wall_us = wall_us;
  self->value = value;
  return self;
}

SyAlertEvent *
sy_alert_event_new_lost (SyBackend *backend,
                         gint64     wall_us)
{
  SyAlertEvent *self = g_new0 (SyAlertEvent, 1);
  const GError *error = sy_source_get_error (sy_backend_get_source (backend));

  self->id = g_strconcat ("lost-", sy_backend_get_letter (backend), NULL);
  self->is_lost = TRUE;
  self->name = g_strdup (sy_backend_get_name (backend));
  self->message = error != NULL ? g_strdup (error->message) : NULL;
  self->wall_us = wall_us;
  self->value = NAN;
  return self;
}

void
sy_alert_event_free (SyAlertEvent *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->base);
  g_free (self->message);
  g_free (self);
}
