/* sy-decision.c: one decision, with everything it rests on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-decision.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sy-error.h"
#include "sy-weights.h"

static void
clear_result (SyDecisionResult *result)
{
  g_free (result->draws);
  g_free (result->bars);
  g_free (result->break_even);
  g_free (result->p_stance);
  g_free (result->p_stance_sure);
  g_free (result->measured);
  *result = (SyDecisionResult){ .difference = NAN, .p_free = NAN };
}

SyDecision *
sy_decision_new (void)
{
  SyDecision *self = g_new0 (SyDecision, 1);

  self->slo_threshold = self->slo_share = NAN;
  self->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_evidence_free);
  self->gates = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_gate_free);
  self->log_ratios = g_array_new (FALSE, FALSE, sizeof (double));
  self->origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sy_origin_free);
  self->doubts = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_doubt_free);
  self->break_evens = g_ptr_array_new_with_free_func (g_free);
  self->criteria = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_criterion_free);
  self->monetised = g_ptr_array_new_with_free_func (g_free);
  self->stances = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_stance_free);
  self->n_draws = SY_DECISION_DRAWS;
  self->seed = SY_DECISION_SEED;
  self->n_score_draws = SY_CRITERIA_DRAWS;
  self->score_seed = SY_CRITERIA_SEED;
  sy_ownership_case_init (&self->cost);
  clear_result (&self->result);
  return self;
}

void
sy_decision_free (SyDecision *self)
{
  g_free (self->generated);
  g_free (self->currency);
  g_free (self->use_case);
  for (guint i = 0; i < 2; i++)
    {
      g_free (self->label[i]);
      g_free (self->target[i]);
    }
  g_clear_pointer (&self->verdict, sy_verdict_free);
  g_array_unref (self->log_ratios);
  g_ptr_array_unref (self->evidence);
  g_ptr_array_unref (self->gates);
  g_clear_pointer (&self->traps, g_ptr_array_unref);
  g_hash_table_unref (self->origins);
  g_ptr_array_unref (self->doubts);
  g_ptr_array_unref (self->break_evens);
  g_ptr_array_unref (self->criteria);
  g_ptr_array_unref (self->monetised);
  g_ptr_array_unref (self->stances);
  clear_result (&self->result);
  g_free (self);
}

SyEvidence *
sy_decision_add_evidence (SyDecision     *self,
                          const char     *id,
                          SyEvidenceClass cls,
                          const char     *what)
{
  SyEvidence *evidence = sy_evidence_new (cls, what);

  evidence->id = g_strdup (id);
  g_ptr_array_add (self->evidence, evidence);
  return evidence;
}

SyStance *
sy_decision_add_stance (SyDecision  *self,
                        const char  *id,
                        const guint *order)
{
  SyStance *stance = g_new0 (SyStance, 1);

  stance->id = g_strdup (id);
  stance->order = g_memdup2 (order, self->criteria->len * sizeof (guint));
  g_ptr_array_add (self->stances, stance);
  return stance;
}

void
sy_decision_set_origin (SyDecision     *self,
                        const char     *parameter,
                        SyEvidenceClass cls,
                        const char     *source,
                        const char     *observed)
{
  SyOrigin *origin = g_new0 (SyOrigin, 1);

  origin->cls = cls;
  origin->source = g_strdup (source);
  origin->observed = g_strdup (observed);
  g_hash_table_replace (self->origins, g_strdup (parameter), origin);
}

void
sy_decision_add_traps (SyDecision      *self,
                       guint            side,
                       const GPtrArray *traps)
{
  if (self->traps == NULL)
    self->traps = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_found_trap_free);

  for (guint i = 0; i < traps->len; i++)
    {
      const SyTrap *trap = g_ptr_array_index (traps, i);
      SyFoundTrap *found = g_new0 (SyFoundTrap, 1);

      found->side = side;
      found->trap = sy_trap_new (trap->code, trap->metric, trap->message, trap->fix);
      g_ptr_array_add (self->traps, found);
    }
}

void
sy_decision_add_doubt (SyDecision     *self,
                       const char     *parameter,
                       SyEvidenceClass cls,
                       double          low,
                       double          high)
{
  SyDoubt *doubt = g_new0 (SyDoubt, 1);

  doubt->parameter = g_strdup (parameter);
  doubt->cls = cls;
  doubt->low = low;
  doubt->high = high;
  g_ptr_array_add (self->doubts, doubt);
}

const SyGate *
sy_decision_find_money_gate (const SyDecision *self,
                             SyGateEffect      effect)
{
  for (guint i = 0; i < self->gates->len; i++)
    {
      const SyGate *gate = g_ptr_array_index (self->gates, i);

      if (gate->effect == effect
          && (gate->code == SY_GATE_PRICE_STALE || gate->code == SY_GATE_FX || gate->code == SY_GATE_UNIT))
        return gate;
    }

  return NULL;
}

/* --- computing ------------------------------------------------------------ */

static gboolean
check (SyDecision *self,
       GError    **error)
{
  g_autofree const char **monetised = g_new0 (const char *, self->monetised->len + 1);
  const SyCriterion *twice;

  for (guint i = 0; i < self->monetised->len; i++)
    monetised[i] = g_ptr_array_index (self->monetised, i);

  twice = sy_criteria_find_double (self->criteria, monetised);
  if (twice != NULL)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, _("R-DOUBLE: “%s” is scored and paid for; leave one of them"), twice->label);
      return FALSE;
    }

  for (guint i = 0; i < self->stances->len; i++)
    {
      const SyStance *stance = g_ptr_array_index (self->stances, i);

      if (!sy_weights_order_valid (stance->order, self->criteria->len))
        {
          g_set_error (error, SY_ERROR, SY_ERROR_INVALID, _("“%s” does not name each criterion once"), _(stance->id));
          return FALSE;
        }
    }

  for (guint i = 0; i < self->doubts->len; i++)
    {
      const SyDoubt *doubt = g_ptr_array_index (self->doubts, i);
      const double mode = sy_ownership_case_get (&self->cost, doubt->parameter);

      if (!(doubt->low <= mode && mode <= doubt->high))
        {
          g_set_error (error, SY_ERROR, SY_ERROR_INVALID, _("“%s” has a range that its value is not in"), doubt->parameter);
          return FALSE;
        }
    }

  return TRUE;
}

static void
compute_cost (SyDecision *self)
{
  const SyOwner *const owners[] = { &self->cost.a, &self->cost.b };
  const guint n = self->doubts->len;
  g_autofree SySensitivityRange *ranges = g_new (SySensitivityRange, n + 1);
  SyDecisionResult *result = &self->result;

  for (guint i = 0; i < 2; i++)
    {
      SyHostingPlan plan = owners[i]->hosting;

      plan.peak_rps = self->cost.common.peak_rps;
      sy_hosting_month (&plan, &result->month[i]);
    }

  result->difference = sy_ownership_case_compare (&self->cost, &result->ownership[0], &result->ownership[1]);

  for (guint i = 0; i < n; i++)
    {
      const SyDoubt *doubt = g_ptr_array_index (self->doubts, i);

      ranges[i] = (SySensitivityRange){ doubt->parameter, doubt->low,
                                        sy_ownership_case_get (&self->cost, doubt->parameter), doubt->high };
    }

  result->bars = g_new0 (SyTornadoBar, n + 1);
  sy_sensitivity_tornado (&self->cost, ranges, n, result->bars);

  result->draws = g_new (double, self->n_draws);
  sy_sensitivity_monte_carlo (&self->cost, ranges, n, self->seed, result->draws, self->n_draws, &result->monte_carlo);

  result->break_even = g_new (double, self->break_evens->len + 1);
  for (guint i = 0; i < self->break_evens->len; i++)
    {
      const char *name = g_ptr_array_index (self->break_evens, i);
      const SyOwnershipParameter *parameter = sy_ownership_parameter_find (name);

      if (parameter == NULL
          || !sy_sensitivity_break_even (&self->cost, name, parameter->low, parameter->high, &result->break_even[i]))
        result->break_even[i] = NAN;
    }
}

static void
compute_priorities (SyDecision *self)
{
  SyDecisionResult *result = &self->result;
  SyCriteriaResult weighed;

  result->p_stance = g_new (double, self->stances->len + 1);
  result->p_stance_sure = g_new (double, self->stances->len + 1);
  result->measured = g_new (double, self->stances->len + 1);

  if (self->criteria->len == 0)
    return;

  for (guint i = 0; i < self->stances->len; i++)
    {
      const SyStance *stance = g_ptr_array_index (self->stances, i);

      sy_criteria_weigh (self->criteria, stance->order, self->n_score_draws, self->score_seed, &weighed);
      result->p_stance[i] = weighed.p_a_uncertain;
      result->p_stance_sure[i] = weighed.p_a_first;
      result->measured[i] = weighed.measured_share;
    }

  sy_criteria_weigh (self->criteria, NULL, self->n_score_draws, self->score_seed, &weighed);
  result->p_free = weighed.p_a_uncertain;
}

/* A measurement that may not be compared, not at equal load either, withholds the
 * decision that stands on it, and so do amounts that cannot be added; old prices and
 * weights only weaken it. */
static SyDecisionState
conclude (const SyDecision *self)
{
  const SyDecisionResult *result = &self->result;
  const SyVerdictState decided = self->verdict != NULL ? sy_verdict_get_decided (self->verdict) : SY_VERDICT_TOO_EARLY;
  guint for_a = 0;
  guint for_b = 0;

  if (sy_decision_find_money_gate (self, SY_GATE_REFUSE) != NULL)
    return SY_DECISION_REFUSED;
  if (decided == SY_VERDICT_NOT_COMPARABLE)
    return SY_DECISION_REFUSED;
  if (self->verdict != NULL && decided == SY_VERDICT_TOO_EARLY)
    return SY_DECISION_NOT_YET;

  if (self->criteria->len == 0 || self->stances->len == 0)
    switch (decided)
      {
      case SY_VERDICT_A_AHEAD:
        return SY_DECISION_A_AHEAD;
      case SY_VERDICT_B_AHEAD:
        return SY_DECISION_B_AHEAD;
      case SY_VERDICT_PRACTICALLY_EQUAL:
        return SY_DECISION_PRACTICALLY_EQUAL;
      case SY_VERDICT_TOO_EARLY:
      case SY_VERDICT_NOT_COMPARABLE:
      case SY_VERDICT_TOO_CLOSE:
      default:
        return SY_DECISION_NOT_YET;
      }

  for (guint i = 0; i < self->stances->len; i++)
    if (sy_leaning (result->p_stance[i]) != SY_LEANING_DEPENDS)
      {
        for_a += result->p_stance[i] > 0.5;
        for_b += result->p_stance[i] < 0.5;
      }

  if (for_a == self->stances->len)
    return SY_DECISION_A_AHEAD;

  return for_b == self->stances->len ? SY_DECISION_B_AHEAD : SY_DECISION_DEPENDS;
}

gboolean
sy_decision_compute (SyDecision *self,
                     GError    **error)
{
  g_return_val_if_fail (self->n_draws > 0 && self->n_score_draws > 0, FALSE);

  clear_result (&self->result);
  if (!check (self, error))
    return FALSE;

  compute_cost (self);
  compute_priorities (self);
  self->result.state = conclude (self);
  self->result.indicative = sy_decision_find_money_gate (self, SY_GATE_NOTICE) != NULL;
  return TRUE;
}

const char *
sy_decision_state_to_string (SyDecisionState state)
{
  static const char *const words[] = {
    "NOT_YET", "REFUSED", "PRACTICALLY_EQUAL", "A_AHEAD", "B_AHEAD", "DEPENDS_ON_PRIORITIES",
  };

  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (words), NULL);

  return words[state];
}
