/* sy-appraisal-build.c: from evidence and assumptions to a decision's inputs
 *
 * Criteria are those of the order of priorities. What was not measured enters
 * with the whole range of doubt; a factor that money pays for is not scored.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-appraisal-build.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "sy-appraisal-prices.h"
#include "sy-model-gates.h"
#include "sy-order-statistic.h"
#include "sy-value-function.h"

typedef struct
{
  const SyAppraisalBasis *basis;
  SyAppraisalInputs      *inputs;
  SyDecision             *decision;
  double                  money_doubt; /* half of where the difference of cost lies; NAN */
} Build;

static double
get (const Build *self,
     const char  *name)
{
  SyAssumption value;

  sy_appraisal_inputs_get (self->inputs, name, &value);
  return value.value;
}

static double
get_sided (const Build *self,
           const char  *name,
           guint        side)
{
  g_autofree char *sided = g_strdup_printf ("%c.%s", side == 0 ? 'A' : 'B', name);

  return get (self, sided);
}

/* --- cost ----------------------------------------------------------------- */

static void
fill_hosting (const Build   *self,
              SyHostingPlan *plan)
{
  sy_appraisal_prices_fill (self->basis, plan);
  plan->zones = (guint) get (self, "zones");
  plan->spare = get (self, "spare");
  plan->min_nodes = get (self, "min_nodes");
  plan->autoscale = get (self, "autoscale") > 0;
  if (!sy_traffic_shape_parse (sy_assumptions_get_shape (self->basis->assumptions, NULL), &plan->shape))
    g_assert_not_reached ();
}

/* Traffic out that is paid for on one side alone compares nothing. */
static void
level_traffic (SyOwnershipCase *cost)
{
  if (isnan (cost->a.hosting.response_bytes) || isnan (cost->b.hosting.response_bytes))
    cost->a.hosting.response_bytes = cost->b.hosting.response_bytes = NAN;
}

/* An input with what it rests on; what was priced or stated has its day. */
static void
set_input (const Build *self,
           const char  *name)
{
  SyAssumption value;

  sy_appraisal_inputs_get (self->inputs, name, &value);
  sy_ownership_case_set (&self->decision->cost, name, value.value);
  sy_decision_set_origin (self->decision, name, value.cls, value.source, value.observed);
}

static void
fill_cost (Build *self)
{
  SyOwnershipCase *cost = &self->decision->cost;
  SyOwner *const owners[] = { &cost->a, &cost->b };
  guint n;
  const SyOwnershipParameter *parameters = sy_ownership_parameters (&n);

  for (guint i = 0; i < n; i++)
    for (guint side = 0; side < (parameters[i].common ? 1 : 2); side++)
      {
        g_autofree char *name = parameters[i].common ? g_strdup (parameters[i].name)
                                                     : g_strdup_printf ("%c.%s", side == 0 ? 'A' : 'B', parameters[i].name);

        set_input (self, name);
      }

  cost->common.horizon = (guint) CLAMP (get (self, "horizon"), 1, SY_OWNERSHIP_MAX_YEARS);
  for (guint side = 0; side < 2; side++)
    {
      owners[side]->upgrade_years = sy_assumptions_get_upgrade_years (self->basis->assumptions, side);
      fill_hosting (self, &owners[side]->hosting);
    }
  level_traffic (cost);
}

/* Nobody has said anything of either side: one doubt moves both together. */
static gboolean
is_shared (const Build                *self,
           const SyOwnershipParameter *parameter)
{
  g_autofree char *a = g_strdup_printf ("A.%s", parameter->name);
  g_autofree char *b = g_strdup_printf ("B.%s", parameter->name);

  return parameter->common
         || (!sy_assumptions_is_stated (self->basis->assumptions, a) && !sy_assumptions_is_stated (self->basis->assumptions, b)
             && parameter->cls == SY_EVIDENCE_ASSUMED);
}

/* Known, and in the cost. */
static gboolean
is_used (const Build *self,
         const char  *name)
{
  return !isnan (sy_ownership_case_get (&self->decision->cost, name));
}

static void
add_doubt (const Build *self,
           const char  *name,
           const char  *looked_up)
{
  SyAssumption value;

  if (is_used (self, name) && sy_appraisal_inputs_get (self->inputs, looked_up, &value) && value.low < value.high && isfinite (value.high)
      && value.low <= value.value && value.value <= value.high)
    sy_decision_add_doubt (self->decision, name, value.cls, value.low, value.high);
}

static void
add_doubts (Build *self)
{
  guint n;
  const SyOwnershipParameter *parameters = sy_ownership_parameters (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *a = g_strdup_printf ("A.%s", parameters[i].name);
      g_autofree char *b = g_strdup_printf ("B.%s", parameters[i].name);

      if (is_shared (self, &parameters[i]))
        add_doubt (self, parameters[i].name, parameters[i].common ? parameters[i].name : a);
      else
        {
          add_doubt (self, a, a);
          add_doubt (self, b, b);
        }

      if (parameters[i].cls == SY_EVIDENCE_USER && parameters[i].common && is_used (self, parameters[i].name))
        g_ptr_array_add (self->decision->break_evens, g_strdup (parameters[i].name));
      if (parameters[i].cls <= SY_EVIDENCE_USER && !parameters[i].common && is_used (self, a))
        g_ptr_array_add (self->decision->break_evens, g_strdup (a));
    }
}

/* Swings add as independent errors do. Two alternatives with half-widths of
 * 1/sqrt(2) of that differ by as much. */
static void
measure_doubt (Build *self)
{
  const SyDecision *d = self->decision;
  const guint n = d->doubts->len;
  g_autofree SySensitivityRange *ranges = g_new (SySensitivityRange, n + 1);
  g_autofree SyTornadoBar *bars = g_new (SyTornadoBar, n + 1);
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      const SyDoubt *doubt = g_ptr_array_index (d->doubts, i);

      ranges[i] = (SySensitivityRange) { doubt->parameter, doubt->low, sy_ownership_case_get (&d->cost, doubt->parameter), doubt->high };
    }

  sy_sensitivity_tornado (&d->cost, ranges, n, bars);
  for (guint i = 0; i < n; i++)
    sum += bars[i].swing * bars[i].swing / 4;

  self->money_doubt = sqrt (sum / 2);
}

/* Whether money counts among what matters: only then is what it pays for counted. */
static gboolean
weighs_cost (const Build *self)
{
  g_autoptr (GPtrArray) order = sy_assumptions_dup_order (self->basis->assumptions);

  return !isnan (get (self, "budget")) && g_ptr_array_find_with_equal_func (order, "cost", g_str_equal, NULL);
}

/* A line may be known to be nothing while nobody has stated that it could be more:
 * equal times cost no delay, and no upgrade is due without a year. */
static gboolean
is_stated (const Build *self,
           SyCostLine   line)
{
  const SyOwnershipCase *cost = &self->decision->cost;

  if (line == SY_COST_DELAY)
    return !isnan (cost->common.cost_of_delay);

  return line != SY_COST_UPGRADE || cost->a.upgrade_years != 0 || cost->b.upgrade_years != 0;
}

static void
add_monetised (Build             *self,
               const SyOwnership *cost)
{
  static const struct { SyCostLine line; const char *factor; } factors[] = {
    { SY_COST_INFRA, "hosting" }, { SY_COST_DELAY, "time-to-market" }, { SY_COST_HIRING, "hiring" },
    { SY_COST_INTEGRATION, "integrations" }, { SY_COST_UPGRADE, "upgrades" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    if ((cost->omitted & (1u << factors[i].line)) == 0 && is_stated (self, factors[i].line))
      g_ptr_array_add (self->decision->monetised, g_strdup (factors[i].factor));
}

static void
add_cost (Build *self)
{
  SyOwnership a, b;

  fill_cost (self);
  if (isnan (sy_ownership_case_compare (&self->decision->cost, &a, &b)))
    {
      self->money_doubt = NAN;
      return;
    }

  add_doubts (self);
  measure_doubt (self);
  if (weighs_cost (self))
    add_monetised (self, &a);
}

/* --- criteria ------------------------------------------------------------- */

static gboolean
is_comparable (const Build *self)
{
  const SyVerdict *verdict = self->decision->verdict;

  return verdict != NULL && verdict->state != SY_VERDICT_TOO_EARLY && verdict->state != SY_VERDICT_NOT_COMPARABLE;
}

/* What was decided is what a load run says. */
static gboolean
is_of_trial (const Build *self)
{
  const SyVerdict *verdict = self->decision->verdict;

  return self->basis->trial != NULL && verdict != NULL && sy_verdict_is_at_equal_load (verdict)
         && verdict->load.basis == SY_LOAD_BASIS_TRIAL;
}

/* The quantile that the objective speaks of, over the evidence of the verdict;
 * fewer requests than it needs are no evidence. */
static double
value_latency (const Build *self,
               guint        side,
               double      *ret_half_width)
{
  const SyBuckets *durations = self->basis->weighing != NULL ? sy_weighing_get_durations (self->basis->weighing, side) : NULL;
  const double threshold = get (self, "slo_threshold");
  const double share = get (self, "slo_share");
  SyQuantile quantile;
  double value;

  if (is_of_trial (self) && !isnan (threshold) && share > 0 && share < 1)
    return sy_value_latency (sy_trial_evidence_get_quantile (self->basis->trial, side, share), threshold);
  if (!is_comparable (self) || durations == NULL || isnan (threshold) || !(share > 0 && share < 1)
      || sy_buckets_get_count (durations) < sy_order_min_n (share))
    return NAN;

  quantile = sy_buckets_quantile (durations, share);
  value = sy_value_latency (quantile.estimate, threshold);
  *ret_half_width = fmax (sy_value_latency (quantile.lower, threshold) - value,
                          value - sy_value_latency (quantile.upper, threshold));
  return value;
}

static double
value_cost (const Build *self,
            guint        side,
            double      *ret_half_width)
{
  const double budget = get (self, "budget");
  SyOwnership owned[2];

  if (isnan (budget) || isnan (sy_ownership_case_compare (&self->decision->cost, &owned[0], &owned[1])))
    return NAN;

  *ret_half_width = sy_value_cost (budget / 4, budget) * self->money_doubt / (budget * 3 / 4);
  return sy_value_cost (owned[side].npv, budget);
}

static double
value_overload (const Build *self,
                guint        side,
                double      *ret_half_width)
{
  SyAssumption share;

  sy_appraisal_inputs_get (self->inputs, side == 0 ? "A.overload" : "B.overload", &share);
  if (share.low < share.high)
    *ret_half_width = (sy_value_share (share.high) - sy_value_share (share.low)) / 2;

  return sy_value_share (share.value);
}

/* 100 in half the time one can wait, 0 in twice of it. */
static double
value_time_to_market (const Build *self,
                      guint        side)
{
  static const SyValuePoint points[] = { { 0.5, SY_VALUE_BEST }, { 2, SY_VALUE_WORST } };

  return sy_value_function (points, G_N_ELEMENTS (points), get_sided (self, "mvp_months", side) / get (self, "mvp_deadline"), FALSE);
}

static double
value_of (const Build           *self,
          const SyCriterionKind *kind,
          guint                  side,
          double                *ret_half_width)
{
  *ret_half_width = 0;

  if (strcmp (kind->id, "tail-latency") == 0)
    return value_latency (self, side, ret_half_width);
  if (strcmp (kind->id, "overload") == 0)
    return value_overload (self, side, ret_half_width);
  if (strcmp (kind->id, "cost") == 0)
    return value_cost (self, side, ret_half_width);
  if (strcmp (kind->id, "time-to-market") == 0)
    return value_time_to_market (self, side);

  return sy_assumptions_get_value (self->basis->assumptions, kind->id, side, self->decision->monetised, ret_half_width);
}

static gboolean
is_paid_for (const Build           *self,
             const SyCriterionKind *kind)
{
  for (guint i = 0; kind->factor != NULL && i < self->decision->monetised->len; i++)
    if (strcmp (g_ptr_array_index (self->decision->monetised, i), kind->factor) == 0)
      return TRUE;

  return FALSE;
}

static void
add_criteria (Build *self)
{
  SyAssumptions *assumptions = self->basis->assumptions;
  SyUseCaseBook *book = sy_assumptions_get_book (assumptions);
  const SyUseCase *use_case = sy_assumptions_get_use_case (assumptions);
  g_autoptr (GPtrArray) order = sy_assumptions_dup_order (assumptions);
  g_autofree guint *places = g_new (guint, order->len + 1);
  guint n = 0;

  for (guint i = 0; i < order->len; i++)
    {
      const SyCriterionKind *kind = sy_use_case_book_find_kind (book, g_ptr_array_index (order, i));
      const SyJudgement *judgement = sy_assumptions_get_judgement (assumptions, kind->id);
      SyCriterion *criterion;
      double width[2];

      if (is_paid_for (self, kind))
        continue;

      criterion = sy_criterion_new (kind->id, kind->label, kind->cls);
      criterion->factor = g_strdup (kind->factor);
      criterion->reason = g_strdup (judgement != NULL ? judgement->reason : NULL);
      criterion->a = value_of (self, kind, 0, &width[0]);
      criterion->b = value_of (self, kind, 1, &width[1]);
      criterion->half_width = fmax (width[0], width[1]);
      /* Weight on what was not measured is not measured. */
      if (isnan (criterion->a) || isnan (criterion->b))
        criterion->cls = SY_EVIDENCE_ASSUMED;
      g_ptr_array_add (self->decision->criteria, criterion);
      places[n] = n;
      n++;
    }

  g_ptr_array_add (self->decision->gates, sy_gate_weights (n));
  if (n > 0)
    sy_decision_add_stance (self->decision, sy_assumptions_has_own_order (assumptions) || use_case == NULL
                                              ? _("your order") : use_case->name, places);
}

/* --- the whole ------------------------------------------------------------- */

static void
add_question (Build *self)
{
  SyAssumptions *assumptions = self->basis->assumptions;
  const SyUseCase *use_case = sy_assumptions_get_use_case (assumptions);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (self->basis->wall_us / SY_USEC_PER_SEC);
  SyDecision *d = self->decision;

  /* A damaged recording may say any time. */
  d->generated = now != NULL ? g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ") : NULL;
  d->currency = g_strdup (sy_assumptions_get_currency (assumptions));
  d->use_case = g_strdup (use_case != NULL ? use_case->name : _("no use case chosen"));
  d->slo_threshold = get (self, "slo_threshold");
  d->slo_share = get (self, "slo_share");

  for (guint i = 0; self->basis->weighing != NULL && i < 2; i++)
    {
      SyBackend *backend = sy_weighing_get_backend (self->basis->weighing, i);

      d->label[i] = g_strdup (sy_backend_get_name (backend));
      d->target[i] = g_strdup (sy_url_get_redacted (sy_source_get_url (sy_backend_get_source (backend))));
    }
  if (self->basis->weighing != NULL)
    d->verdict = sy_verdict_copy (sy_weighing_get_verdict (self->basis->weighing));
}

static gboolean
has_content (const Build *self)
{
  const SyDecision *d = self->decision;

  /* That amounts cannot be added is an answer, too. */
  if ((d->verdict != NULL && d->verdict->time.n_windows > 0) || is_of_trial (self) || !isnan (self->money_doubt)
      || sy_decision_find_money_gate (d, SY_GATE_REFUSE) != NULL)
    return TRUE;

  for (guint i = 0; i < d->criteria->len; i++)
    {
      const SyCriterion *criterion = g_ptr_array_index (d->criteria, i);

      if (!isnan (criterion->a) || !isnan (criterion->b))
        return TRUE;
    }

  return FALSE;
}

SyDecision *
sy_appraisal_build (const SyAppraisalBasis *basis,
                    SyAppraisalInputs      *inputs)
{
  g_autoptr (SyDecision) decision = sy_decision_new ();
  Build self = { basis, inputs, decision, NAN };

  add_question (&self);
  add_cost (&self);
  add_criteria (&self);
  sy_appraisal_add_evidence (basis, inputs, decision);

  return has_content (&self) ? g_steal_pointer (&decision) : NULL;
}
