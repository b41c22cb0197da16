/* sy-alert-rule.c: what a person wants to be told of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-alert-rule.h"

#include <math.h>
#include <string.h>

#include "sy-clock.h"
#include "sy-error.h"
#include "sy-session.h"

static const SyQuantity quantities[] = {
  SY_QUANTITY_IN_FLIGHT,
  SY_QUANTITY_P50,
  SY_QUANTITY_P99,
  SY_QUANTITY_THROUGHPUT,
  SY_QUANTITY_ERROR_RATIO,
  SY_QUANTITY_LOOP_LAG,
  SY_QUANTITY_WORKERS_BUSY,
  SY_QUANTITY_CPU,
  SY_QUANTITY_RSS,
  SY_QUANTITY_COST_PER_MILLION,
};

/* In the order of the quantities above. */
static const char *const nicks[G_N_ELEMENTS (quantities)] = {
  "in-flight", "p50", "p99", "throughput", "error-ratio", "loop-lag", "workers-busy", "cpu", "memory", "cost-per-million",
};

void
sy_alert_rule_init (SyAlertRule *self)
{
  *self = (SyAlertRule) {
    .quantity = SY_QUANTITY_P99,
    .bound = SY_ALERT_ABOVE,
    .limit = 0.5,
    .hysteresis = 0.1,
    .duration_us = 60 * SY_USEC_PER_SEC,
    .is_enabled = TRUE,
  };
}

gboolean
sy_alert_rule_equal (const SyAlertRule *self,
                     const SyAlertRule *other)
{
  return self->id == other->id && self->quantity == other->quantity && self->backend == other->backend
         && self->is_ratio == other->is_ratio && self->bound == other->bound && self->limit == other->limit
         && self->hysteresis == other->hysteresis && self->duration_us == other->duration_us
         && self->is_enabled == other->is_enabled;
}

gboolean
sy_alert_rule_check (const SyAlertRule  *self,
                     GError            **error)
{
  const char *what = NULL;

  if (sy_alert_quantity_nick (self->quantity) == NULL)
    what = "no rule can be about this quantity";
  else if (self->backend >= SY_SESSION_MAX_BACKENDS || (self->is_ratio && self->backend == 0))
    what = "there is no such backend or ratio";
  else if (!isfinite (self->limit) || self->limit < 0 || (self->is_ratio && self->limit == 0))
    what = "the limit must not be negative, and that of a ratio above zero";
  else if (!(self->hysteresis >= 0 && self->hysteresis <= SY_ALERT_MAX_HYSTERESIS))
    what = "the hysteresis must be between 0 and 0.9";
  else if (self->duration_us < 0 || self->duration_us > SY_ALERT_MAX_DURATION_US)
    what = "the duration must be between 0 seconds and a day";

  if (what != NULL)
    g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, what);
  return what == NULL;
}

gboolean
sy_alert_rule_is_beyond (const SyAlertRule *self,
                         double             value)
{
  return self->bound == SY_ALERT_ABOVE ? value > self->limit : value < self->limit;
}

gboolean
sy_alert_rule_is_within (const SyAlertRule *self,
                         double             value)
{
  if (self->bound == SY_ALERT_ABOVE)
    return value <= self->limit * (1 - self->hysteresis);

  return value >= self->limit * (1 + self->hysteresis);
}

const SyQuantity *
sy_alert_rule_quantities (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (quantities);
  return quantities;
}

const char *
sy_alert_quantity_nick (SyQuantity quantity)
{
  for (gsize i = 0; i < G_N_ELEMENTS (quantities); i++)
    if (quantities[i] == quantity)
      return nicks[i];

  return NULL;
}

gboolean
sy_alert_quantity_parse (const char *nick,
                         SyQuantity *ret)
{
  for (gsize i = 0; i < G_N_ELEMENTS (quantities); i++)
    if (strcmp (nicks[i], nick) == 0)
      {
        *ret = quantities[i];
        return TRUE;
      }

  return FALSE;
}
