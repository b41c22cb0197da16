/* sy-gate.c: what must hold before a comparison means anything
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-gate.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *name;
  const char *remedy;
} codes[SY_N_GATES] = {
  [SY_GATE_FEW] = { "R-FEW", N_("Keep both running under load") },
  [SY_GATE_N] = { "R-N", N_("Collect more requests, or judge by a lower percentile") },
  [SY_GATE_LOAD] = { "R-LOAD", N_("Send both the same load, or compare them at equal load on the Load page") },
  [SY_GATE_MIX] = { "R-MIX", N_("Send both the same kinds of requests") },
  [SY_GATE_WARM] = { "R-WARM", N_("Wait until both have warmed up and hold steady") },
  [SY_GATE_ERRORS] = { "R-ERRORS", N_("Find out why requests fail first: a failure answers fast") },
  [SY_GATE_CO] = { "R-CO", N_("Measure with an open-loop load, such as steelyard-cli drive") },
  [SY_GATE_GENERATOR] = { "R-GENERATOR", N_("Load them from a quiet machine, and no more than both can answer") },
  [SY_GATE_BUCKET] = { "R-BUCKET", N_("Give the histogram finer buckets around these durations") },
  [SY_GATE_INF] = { "R-INF", N_("Give the histogram buckets beyond its last bound") },
  [SY_GATE_LITTLE] = { "R-LITTLE", N_("Check what the in-flight gauge and the durations leave out") },
  [SY_GATE_LIMITS] = { "R-LIMITS", N_("Give both the same cores and memory, or compare per core") },
  [SY_GATE_SAMEHOST] = { "R-SAMEHOST", N_("Run them on machines of their own, or one after the other") },
  [SY_GATE_CHANGED] = { "R-CHANGED", N_("Only windows since the change count; leave both alone") },
  [SY_GATE_EXTRAP] = { "R-EXTRAP", N_("Measure at the load in question") },
  [SY_GATE_FIT] = { "R-FIT", N_("Measure at more loads, up to where throughput stops growing") },
  [SY_GATE_PRICE_STALE] = { "R-PRICE-STALE", N_("Look the price up again and type it on the Cost page: it then counts from that day") },
  [SY_GATE_FX] = { "R-FX", N_("Enter an exchange rate with its date and source") },
  [SY_GATE_UNIT] = { "R-UNIT", N_("Say what the price is for: an hour, a gigabyte, a million requests") },
  [SY_GATE_DOUBLE] = { "R-DOUBLE", N_("Leave each factor in the costs or among the scores, not in both") },
  [SY_GATE_CR] = { "R-CR", N_("Revise the comparisons that contradict each other") },
  [SY_GATE_NOWEIGHTS] = { "R-NOWEIGHTS", N_("Say what matters more and what less") },
  [SY_GATE_NEGLIGIBLE] = { "N-NEGLIGIBLE", N_("Decide by something else: this makes no difference") },
  [SY_GATE_JUDGED] = { "N-JUDGED", N_("Measure more, or ask others to judge as well") },
};

SyGate *
sy_gate_new (SyGateCode    code,
             SyGateEffect  effect,
             double        value,
             double        limit,
             const char   *message,
             const char   *evidence)
{
  SyGate *self = g_new0 (SyGate, 1);

  self->code = code;
  self->effect = effect;
  self->name = g_strdup (codes[code].name);
  self->value = value;
  self->limit = limit;
  self->message = g_strdup (message);
  self->evidence = g_strdup (evidence);
  if (effect != SY_GATE_PASSED)
    self->remedy = g_strdup (sy_gate_code_remedy (code));

  return self;
}

void
sy_gate_set_name (SyGate     *self,
                  const char *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
}

SyGate *
sy_gate_copy (const SyGate *self)
{
  SyGate *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->message = g_strdup (self->message);
  copy->evidence = g_strdup (self->evidence);
  copy->remedy = g_strdup (self->remedy);

  return copy;
}

void
sy_gate_free (SyGate *self)
{
  g_free (self->name);
  g_free (self->message);
  g_free (self->evidence);
  g_free (self->remedy);
  g_free (self);
}

const char *
sy_gate_code_name (SyGateCode code)
{
  g_return_val_if_fail (code < SY_N_GATES, NULL);

  return codes[code].name;
}

const char *
sy_gate_code_remedy (SyGateCode code)
{
  g_return_val_if_fail (code < SY_N_GATES, NULL);

  return _(codes[code].remedy);
}
