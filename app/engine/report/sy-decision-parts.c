/* sy-decision-parts.c: what a decision rests on, piece by piece
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-decision-parts.h"

#include <math.h>

SyEvidence *
sy_evidence_new (SyEvidenceClass cls,
                 const char     *what)
{
  SyEvidence *self = g_new0 (SyEvidence, 1);

  self->cls = cls;
  self->what = g_strdup (what);
  for (guint i = 0; i < 2; i++)
    self->value[i] = self->low[i] = self->high[i] = self->log_ratio[i] = self->requests[i] = NAN;

  return self;
}

void
sy_evidence_free (SyEvidence *self)
{
  g_free (self->id);
  g_free (self->what);
  g_free (self->unit);
  g_free (self->ref);
  g_free (self->price);
  g_free (self->observed);
  g_free (self->grade);
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

void
sy_stance_free (SyStance *self)
{
  g_free (self->id);
  g_free (self->order);
  g_free (self);
}

void
sy_doubt_free (SyDoubt *self)
{
  g_free (self->parameter);
  g_free (self);
}

void
sy_origin_free (SyOrigin *self)
{
  g_free (self->source);
  g_free (self->observed);
  g_free (self);
}

void
sy_found_trap_free (SyFoundTrap *self)
{
  sy_trap_free (self->trap);
  g_free (self);
}
