/* sy-layout.c: the lines of the last scrape, to compare the next one with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-layout.h"

#define FIRST_STEPS 256

SyLayout *
sy_layout_new (GBytes                   *body,
               SyFormat                  format,
               const SyExpositionLimits *limits,
               guint                     n_steps)
{
  SyLayout *self = g_new0 (SyLayout, 1);

  self->body = g_bytes_ref (body);
  self->families = sy_families_new ();
  self->n_allocated = MAX (n_steps, FIRST_STEPS);
  self->steps = g_new (SyStep, self->n_allocated);
  self->format = format;
  self->limits = *limits;

  return self;
}

void
sy_layout_free (SyLayout *self)
{
  if (self == NULL)
    return;

  g_bytes_unref (self->body);
  sy_families_unref (self->families);
  g_free (self->steps);
  g_free (self);
}

void
sy_layout_append (SyLayout     *self,
                  const SyStep *step)
{
  if (self->n_steps == self->n_allocated)
    {
      self->n_allocated *= 2;
      self->steps = g_renew (SyStep, self->steps, self->n_allocated);
    }

  self->steps[self->n_steps++] = *step;
}
