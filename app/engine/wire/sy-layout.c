/* sy-layout.c: the lines of the last scrape, to compare the next one with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-layout.h"

SyLayout *
sy_layout_new (GBytes                   *body,
               SyFormat                  format,
               const SyExpositionLimits *limits)
{
  SyLayout *self = g_new0 (SyLayout, 1);

  self->body = g_bytes_ref (body);
  self->families = sy_families_new ();
  self->steps = g_array_new (FALSE, FALSE, sizeof (SyStep));
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
  g_array_unref (self->steps);
  g_free (self);
}
