/* sy-decision-json.c: steelyard.decision/1
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Doubles are written so that they read back as the same bits; what is not
 * known is null, never zero.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-decision-json.h"

#include <math.h>

#include "sy-acceptability.h"
#include "sy-decision-calls.h"
#include "sy-decision-json-private.h"
#include "sy-decision-words.h"
#include "sy-verdict-json.h"
#include "sy-weights.h"

#define STATEMENT "Compares the two deployments measured here. It is not a statement about programming languages."
#define METHOD "MAVT (anchored piecewise-linear values) + SMAA-2, ordinal priorities, uncertain scores"

static const char *const sides[] = { "A", "B" };

static void
begin (SyJsonWriter *w,
       const char   *key)
{
  sy_json_writer_key (w, key);
  sy_json_writer_begin_object (w);
}

static void
begin_list (SyJsonWriter *w,
            const char   *key)
{
  sy_json_writer_key (w, key);
  sy_json_writer_begin_array (w);
}

static void
write_question (const SyDecision *self,
                SyJsonWriter     *w)
{
  begin (w, "question");
  sy_json_writer_member_string (w, "use_case", self->use_case);
  begin (w, "target");
  sy_decision_put_known (w, "peak_rps", self->cost.common.peak_rps);
  begin (w, "slo");
  sy_json_writer_member_string (w, "metric", "latency");
  sy_decision_put_known (w, "threshold_s", self->slo_threshold);
  sy_decision_put_known (w, "share", self->slo_share);
  sy_json_writer_end_object (w);
  sy_json_writer_end_object (w);
  sy_json_writer_member_int (w, "horizon_years", self->cost.common.horizon);
  sy_json_writer_end_object (w);

  begin_list (w, "alternatives");
  for (guint i = 0; i < 2; i++)
    {
      sy_json_writer_begin_object (w);
      sy_json_writer_member_string (w, "id", sides[i]);
      sy_json_writer_member_string (w, "label", self->label[i]);
      sy_json_writer_member_string (w, "target", self->target[i]);
      begin_list (w, "evidence");
      for (guint k = 0; k < self->evidence->len; k++)
        {
          const SyEvidence *evidence = g_ptr_array_index (self->evidence, k);

          if (!isnan (evidence->value[i]))
            sy_json_writer_string (w, evidence->id);
        }
      sy_json_writer_end_array (w);
      sy_json_writer_end_object (w);
    }
  sy_json_writer_end_array (w);
}

static void
write_verdict (const SyDecision *self,
               SyJsonWriter     *w)
{
  const SyVerdict *verdict = self->verdict;

  sy_json_writer_key (w, "measured_verdict");
  if (verdict == NULL)
    {
      sy_json_writer_null (w);
      return;
    }

  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "state", sy_verdict_state_code (verdict->state));
  sy_json_writer_member_string (w, "detail", sy_verdict_state_nick (verdict->state));
  sy_json_writer_member_string (w, "metric", verdict->time.what);
  sy_effect_write_json (&verdict->time, "effect", w);
  sy_effect_write_json (&verdict->load, "at_equal_load", w);
  sy_json_writer_member_double (w, "min_effect", verdict->min_effect);
  sy_json_writer_member_strings (w, "reasons", verdict->reasons);
  sy_json_writer_member_strings (w, "against", verdict->against);
  sy_json_writer_member_string (w, "would_change", verdict->would_change);
  sy_json_writer_end_object (w);
}

/* Where no line is known, no sum is: a sum of nothing would read as "it costs nothing". */
static void
write_years (const SyOwnership *cost,
             SyJsonWriter      *w)
{
  sy_decision_put_known (w, "npv", cost->npv);

  begin_list (w, "year_total");
  for (guint y = 0; y <= cost->horizon && !isnan (cost->npv); y++)
    sy_json_writer_double (w, cost->year[y].total);
  sy_json_writer_end_array (w);

  begin (w, "lines");
  for (guint i = 0; i < SY_N_COST_LINES; i++)
    if ((cost->omitted & (1u << i)) == 0)
      {
        begin_list (w, sy_cost_line_to_string ((SyCostLine) i));
        for (guint y = 0; y <= cost->horizon; y++)
          sy_json_writer_double (w, cost->year[y].line[i]);
        sy_json_writer_end_array (w);
      }
  sy_json_writer_end_object (w);

  begin_list (w, "omitted");
  for (guint i = 0; i < SY_N_COST_LINES; i++)
    if (cost->omitted & (1u << i))
      sy_json_writer_string (w, sy_cost_line_to_string ((SyCostLine) i));
  sy_json_writer_end_array (w);
}

static void
write_tornado (const SyDecision *self,
               SyJsonWriter     *w)
{
  begin_list (w, "tornado");
  for (guint i = 0; i < self->doubts->len; i++)
    {
      const SyTornadoBar *bar = &self->result.bars[i];
      const SyDoubt *doubt = g_ptr_array_index (self->doubts, bar->range);

      sy_json_writer_begin_object (w);
      sy_json_writer_member_string (w, "parameter", doubt->parameter);
      sy_json_writer_member_string (w, "cls", sy_evidence_class_to_string (doubt->cls));
      sy_json_writer_member_double (w, "low", doubt->low);
      sy_json_writer_member_double (w, "high", doubt->high);
      sy_decision_put_known (w, "at_low", bar->at_low);
      sy_decision_put_known (w, "at_high", bar->at_high);
      sy_json_writer_end_object (w);
    }
  sy_json_writer_end_array (w);

  begin_list (w, "break_even");
  for (guint i = 0; i < self->break_evens->len; i++)
    {
      sy_json_writer_begin_object (w);
      sy_json_writer_member_string (w, "parameter", g_ptr_array_index (self->break_evens, i));
      sy_decision_put_known (w, "value", self->result.break_even[i]);
      if (isnan (self->result.break_even[i]))
        sy_json_writer_member_string (w, "text", "none in range");
      sy_json_writer_end_object (w);
    }
  sy_json_writer_end_array (w);
}

/* What is in the amounts of neither month, or of one of them alone. */
static void
write_outside (const SyDecisionResult *result,
               SyJsonWriter           *w)
{
  const SyHostingMonth *month = result->month;
  const gboolean known = !isnan (month[0].total) && !isnan (month[1].total);

  begin_list (w, "monthly_omitted");
  if (known && (isnan (month[0].egress) || isnan (month[1].egress)))
    sy_json_writer_string (w, "egress");
  if (known && (isnan (month[0].balancer) || isnan (month[1].balancer)))
    sy_json_writer_string (w, "balancer");
  sy_json_writer_end_array (w);
}

static void
write_cost (const SyDecision *self,
            SyJsonWriter     *w)
{
  const SyDecisionResult *result = &self->result;

  begin (w, "cost");
  sy_decision_put_pair (w, "monthly", result->month[0].total, result->month[1].total);
  write_outside (result, w);
  sy_decision_put_pair (w, "per_million", result->month[0].per_million, result->month[1].per_million);
  begin (w, "five_year");
  for (guint i = 0; i < 2; i++)
    {
      begin (w, sides[i]);
      write_years (&result->ownership[i], w);
      sy_json_writer_end_object (w);
    }
  sy_json_writer_end_object (w);
  sy_decision_put_known (w, "difference_npv", result->difference);

  begin (w, "monte_carlo");
  sy_json_writer_member_int (w, "n", self->n_draws);
  sy_json_writer_member_int (w, "seed", (gint64) self->seed);
  sy_decision_put_known (w, "p_A_cheaper", isnan (result->difference) ? (double) NAN : result->monte_carlo.p_a_cheaper);
  sy_decision_put_known (w, "q05", result->monte_carlo.q05);
  sy_decision_put_known (w, "q50", result->monte_carlo.q50);
  sy_decision_put_known (w, "q95", result->monte_carlo.q95);
  sy_json_writer_end_object (w);

  write_tornado (self, w);
  sy_decision_write_assumptions (self, w);
  sy_json_writer_end_object (w);
}

/* Where the weight of a criterion would turn the answer of a stance. */
static void
write_flips (const SyDecision *self,
             SyJsonWriter     *w)
{
  const guint n = self->criteria->len;
  g_autofree double *weights = g_new (double, n + 1);
  g_autofree double *d = g_new (double, n + 1);

  for (guint i = 0; i < n; i++)
    {
      const SyCriterion *criterion = g_ptr_array_index (self->criteria, i);

      d[i] = isnan (criterion->a) || isnan (criterion->b) ? 0 : (criterion->a - criterion->b) / 100;
    }

  begin_list (w, "flip");
  for (guint s = 0; s < self->stances->len; s++)
    {
      const SyStance *stance = g_ptr_array_index (self->stances, s);

      sy_weights_by_order (stance->order, weights, n);
      for (guint i = 0; i < n; i++)
        {
          double flip;

          if (!sy_flip_weight (weights, d, n, i, &flip))
            continue;

          sy_json_writer_begin_object (w);
          sy_json_writer_member_string (w, "preset", stance->id);
          sy_json_writer_member_string (w, "criterion", ((SyCriterion *) g_ptr_array_index (self->criteria, i))->label);
          sy_json_writer_member_double (w, "weight", weights[i]);
          sy_json_writer_member_double (w, "flips_at", flip);
          sy_json_writer_end_object (w);
        }
    }
  sy_json_writer_end_array (w);
}

/* Of criterion @i of @n, by the order of each stance. */
static void
write_weights (const SyDecision *self,
               guint             i,
               SyJsonWriter     *w)
{
  const guint n = self->criteria->len;
  g_autofree double *weights = g_new (double, n);

  begin (w, "weight");
  for (guint s = 0; s < self->stances->len; s++)
    {
      const SyStance *stance = g_ptr_array_index (self->stances, s);

      sy_weights_by_order (stance->order, weights, n);
      sy_json_writer_member_double (w, stance->id, weights[i]);
    }
  sy_json_writer_end_object (w);
}

static void
write_decision (const SyDecision *self,
                SyJsonWriter     *w)
{
  begin (w, "decision");
  sy_json_writer_member_string (w, "method", METHOD);

  begin_list (w, "criteria");
  for (guint i = 0; i < self->criteria->len; i++)
    {
      const SyCriterion *criterion = g_ptr_array_index (self->criteria, i);

      sy_json_writer_begin_object (w);
      sy_json_writer_member_int (w, "id", i);
      sy_json_writer_member_string (w, "name", criterion->id);
      sy_json_writer_member_string (w, "label", criterion->label);
      sy_json_writer_member_string (w, "cls", sy_evidence_class_to_string (criterion->cls));
      sy_decision_put_pair (w, "v", criterion->a, criterion->b);
      sy_json_writer_member_double (w, "half_width", criterion->half_width);
      write_weights (self, i, w);
      if (criterion->reason != NULL)
        sy_json_writer_member_string (w, "reason", criterion->reason);
      sy_json_writer_end_object (w);
    }
  sy_json_writer_end_array (w);

  sy_json_writer_member_strings (w, "monetised", self->monetised);
  begin_list (w, "scored");
  for (guint i = 0; i < self->criteria->len; i++)
    sy_json_writer_string (w, ((SyCriterion *) g_ptr_array_index (self->criteria, i))->label);
  sy_json_writer_end_array (w);

  begin (w, "priorities");
  for (guint i = 0; i < self->stances->len; i++)
    {
      begin (w, ((SyStance *) g_ptr_array_index (self->stances, i))->id);
      sy_json_writer_member_double (w, "p_A_first", self->result.p_stance[i]);
      sy_json_writer_end_object (w);
    }
  if (self->criteria->len > 0)
    {
      begin (w, "none_stated");
      sy_decision_put_known (w, "p_A_first", self->result.p_free);
      sy_json_writer_end_object (w);
    }
  sy_json_writer_end_object (w);

  write_flips (self, w);
  sy_json_writer_end_object (w);
}

static void
write_conclusion (const SyDecision *self,
                  SyJsonWriter     *w)
{
  g_autofree char *headline = sy_decision_dup_headline (self);
  g_autofree char *paragraph = sy_decision_dup_paragraph (self);
  g_autoptr (GPtrArray) reasons = sy_decision_dup_reasons (self);

  begin (w, "verdict");
  sy_json_writer_member_string (w, "state", sy_decision_state_to_string (self->result.state));
  sy_json_writer_member_bool (w, "indicative", self->result.indicative);
  sy_json_writer_member_string (w, "headline", headline);
  sy_json_writer_member_strings (w, "because", reasons);
  sy_json_writer_member_string (w, "paragraph", paragraph);
  begin (w, "measured_share_of_weight");
  for (guint i = 0; i < self->stances->len; i++)
    sy_json_writer_member_double (w, ((SyStance *) g_ptr_array_index (self->stances, i))->id, self->result.measured[i]);
  sy_json_writer_end_object (w);
  sy_json_writer_end_object (w);
}

char *
sy_decision_to_json (const SyDecision *self)
{
  g_autoptr (SyJsonWriter) w = sy_json_writer_new ();
  g_autoptr (JsonArray) calls = sy_decision_make_calls (self);

  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "schema", "steelyard.decision/1");
  sy_json_writer_member_string (w, "generated", self->generated);
  sy_json_writer_member_string (w, "tool", "steelyard " PACKAGE_VERSION);
  sy_json_writer_member_string (w, "currency", self->currency);
  sy_json_writer_member_string (w, "statement", STATEMENT);
  write_question (self, w);

  sy_decision_write_evidence (self, w);
  sy_decision_write_gates (self, w);
  sy_decision_write_traps (self, w);

  write_verdict (self, w);
  write_cost (self, w);
  write_decision (self, w);
  write_conclusion (self, w);
  sy_calls_write_json (calls, w);
  sy_json_writer_end_object (w);

  return sy_json_writer_finish (w);
}
