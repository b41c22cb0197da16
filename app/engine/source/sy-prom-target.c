/* sy-prom-target.c: a backend as a Prometheus server knows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-prom-target.h"

#define PAST_US (3600 * SY_USEC_PER_SEC)

SyPromTarget *
sy_prom_target_new (SyUrl      *server,
                    const char *matchers,
                    const char *tenant)
{
  SyPromTarget *self = g_atomic_rc_box_new0 (SyPromTarget);

  self->server = sy_url_ref (server);
  self->matchers = g_strdup (matchers);
  self->tenant = g_strdup (tenant);
  self->past_us = PAST_US;
  return self;
}

SyPromTarget *
sy_prom_target_ref (SyPromTarget *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  SyPromTarget *self = data;

  sy_url_unref (self->server);
  g_free (self->matchers);
  g_free (self->tenant);
  if (self->plan_destroy != NULL)
    self->plan_destroy (self->plan_data);
}

void
sy_prom_target_unref (SyPromTarget *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
