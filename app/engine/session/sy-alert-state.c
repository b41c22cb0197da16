/* sy-alert-state.c: whether what a rule speaks of is the case
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-alert-state.h"

#include <math.h>

#define NEVER G_MININT64

void
sy_alert_state_init (SyAlertState *self)
{
  *self = (SyAlertState) { .since_us = NEVER, .known_us = NEVER };
}

SyAlertTurn
sy_alert_state_take (SyAlertState      *self,
                     const SyAlertRule *rule,
                     gint64             reach_us,
                     gint64             time_us,
                     double             value)
{
  const gboolean speaks = self->is_firing ? sy_alert_rule_is_within (rule, value) : sy_alert_rule_is_beyond (rule, value);

  if (isnan (value))
    return SY_ALERT_NOTHING;

  if (self->known_us != NEVER && time_us - self->known_us > reach_us)
    self->since_us = NEVER;
  self->known_us = time_us;

  if (!speaks)
    {
      self->since_us = NEVER;
      return SY_ALERT_NOTHING;
    }

  if (self->since_us == NEVER)
    self->since_us = time_us;
  if (time_us - self->since_us < rule->duration_us)
    return SY_ALERT_NOTHING;

  self->is_firing = !self->is_firing;
  self->since_us = NEVER;
  return self->is_firing ? SY_ALERT_BEGAN : SY_ALERT_ENDED;
}
