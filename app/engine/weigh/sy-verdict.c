/* sy-verdict.c: what may be said of two backends, and why
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-verdict.h"

#include <math.h>

static gpointer
copy_text (gconstpointer text,
           gpointer      user_data)
{
  return g_strdup (text);
}

static gpointer
copy_gate (gconstpointer gate,
           gpointer      user_data)
{
  return sy_gate_copy (gate);
}

SyVerdict *
sy_verdict_new (void)
{
  SyVerdict *self = g_new0 (SyVerdict, 1);

  sy_effect_init (&self->time);
  sy_effect_init (&self->load);
  self->cpu_per_request[0] = self->cpu_per_request[1] = NAN;
  self->alpha = 0.05;
  self->min_effect = 0.05;
  self->gates = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_gate_free);
  self->reasons = g_ptr_array_new_with_free_func (g_free);
  self->against = g_ptr_array_new_with_free_func (g_free);

  return self;
}

SyVerdict *
sy_verdict_copy (const SyVerdict *self)
{
  SyVerdict *copy = g_memdup2 (self, sizeof *self);

  copy->gates = g_ptr_array_copy (self->gates, copy_gate, NULL);
  copy->reasons = g_ptr_array_copy (self->reasons, copy_text, NULL);
  copy->against = g_ptr_array_copy (self->against, copy_text, NULL);
  copy->would_change = g_strdup (self->would_change);

  return copy;
}

void
sy_verdict_free (SyVerdict *self)
{
  g_ptr_array_unref (self->gates);
  g_ptr_array_unref (self->reasons);
  g_ptr_array_unref (self->against);
  g_free (self->would_change);
  g_free (self);
}

const SyGate *
sy_verdict_find_gate (const SyVerdict *self,
                      SyGateCode       code)
{
  for (guint i = 0; i < self->gates->len; i++)
    {
      const SyGate *gate = g_ptr_array_index (self->gates, i);

      if (gate->code == code)
        return gate;
    }

  return NULL;
}

static gboolean
says_nothing (SyVerdictState state)
{
  return state == SY_VERDICT_TOO_EARLY || state == SY_VERDICT_NOT_COMPARABLE;
}

gboolean
sy_verdict_is_at_equal_load (const SyVerdict *self)
{
  /* Inferred without a load that both carried, not to be told apart is nothing found. */
  if (self->load.basis == SY_LOAD_BASIS_INFERRED && self->load.state == SY_VERDICT_TOO_CLOSE)
    return FALSE;

  return says_nothing (self->state) && !says_nothing (self->load.state);
}

SyVerdictState
sy_verdict_get_decided (const SyVerdict *self)
{
  return sy_verdict_is_at_equal_load (self) ? self->load.state : self->state;
}
