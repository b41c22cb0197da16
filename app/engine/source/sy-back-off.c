/* sy-back-off.c: when to ask again
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-source"

#include "config.h"

#include "sy-back-off.h"

#define JITTER 0.25

void
sy_back_off_init (SyBackOff *self,
                  guint64    seed,
                  gint64     now_us)
{
  sy_random_init (&self->random, seed, 0);
  self->n_failures = 0;
  self->base_us = now_us;
}

gint64
sy_back_off_succeed (SyBackOff *self,
                     gint64     now_us,
                     gint64     interval_us)
{
  const gint64 n_passed = MAX (now_us - self->base_us, 0) / interval_us;

  self->n_failures = 0;
  self->base_us += (n_passed + 1) * interval_us;
  return self->base_us;
}

gint64
sy_back_off_fail (SyBackOff *self,
                  gint64     now_us,
                  gint64     interval_us,
                  gint64     retry_after_us)
{
  const gint64 limit_us = MAX (SY_BACK_OFF_MAX_US, interval_us);
  gint64 wait_us = interval_us;

  for (guint i = 0; i < self->n_failures && wait_us < limit_us; i++)
    wait_us *= 2;

  self->n_failures++;
  wait_us = MIN (wait_us, limit_us);
  wait_us -= (gint64) ((double) wait_us * JITTER * sy_random_uniform (&self->random));

  self->base_us = now_us + MAX (wait_us, retry_after_us);
  return self->base_us;
}

void
sy_back_off_forget (SyBackOff *self)
{
  self->n_failures = 0;
}
