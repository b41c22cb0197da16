/* sy-decision-json-evidence.c: what a steelyard.decision/1 rests on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-decision-json.h"
#include "sy-decision-json-private.h"
#include "sy-verdict-json.h"

#include <math.h>

#define INTERVAL_METHOD "normal-mixture confidence sequence on paired per-window log ratio, AR(1) inflated"
#define ALPHA 0.05 /* where no verdict says another */

static const char *const sides[] = { "A", "B" };

void
sy_decision_put_known (SyJsonWriter *w,
                       const char   *key,
                       double        value)
{
  if (isnan (value))
    sy_json_writer_member_null (w, key);
  else
    sy_json_writer_member_double (w, key, value);
}

void
sy_decision_put_pair (SyJsonWriter *w,
                      const char   *key,
                      double        a,
                      double        b)
{
  sy_json_writer_key (w, key);
  sy_json_writer_begin_object (w);
  sy_decision_put_known (w, sides[0], a);
  sy_decision_put_known (w, sides[1], b);
  sy_json_writer_end_object (w);
}

/* Where its values lie. */
static void
put_intervals (const SyEvidence *e,
               double            alpha,
               SyJsonWriter     *w)
{
  if (!isnan (e->log_ratio[0]))
    {
      sy_json_writer_key (w, "interval");
      sy_json_writer_begin_object (w);
      sy_json_writer_member_interval (w, "log_ratio", e->log_ratio[0], e->log_ratio[1]);
      sy_json_writer_member_string (w, "method", e->is_fixed ? SY_FIXED_INTERVAL_METHOD : INTERVAL_METHOD);
      sy_json_writer_member_double (w, "alpha", alpha);
      sy_json_writer_member_bool (w, "anytime_valid", !e->is_fixed);
      sy_json_writer_end_object (w);
    }
  if (!isnan (e->low[0]) && !isnan (e->low[1]))
    {
      sy_json_writer_key (w, e->is_bounded ? "bounds" : "ci95");
      sy_json_writer_begin_object (w);
      for (guint i = 0; i < 2; i++)
        sy_json_writer_member_interval (w, sides[i], e->low[i], e->high[i]);
      sy_json_writer_end_object (w);
      if (!e->is_bounded)
        sy_json_writer_member_bool (w, "extrapolated", FALSE);
    }
}

void
sy_evidence_write_json (const SyEvidence *e,
                        double            alpha,
                        SyJsonWriter     *w)
{
  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "id", e->id);
  sy_json_writer_member_string (w, "cls", sy_evidence_class_to_string (e->cls));
  sy_json_writer_member_string (w, "what", e->what);
  if (e->windows > 0)
    sy_json_writer_member_int (w, "windows", e->windows);
  if (e->from != NULL && e->to != NULL)
    {
      sy_json_writer_member_string (w, "from_", e->from);
      sy_json_writer_member_string (w, "to", e->to);
    }
  if (!isnan (e->requests[0]) || !isnan (e->requests[1]))
    sy_decision_put_pair (w, "requests", e->requests[0], e->requests[1]);
  if (!isnan (e->value[0]) || !isnan (e->value[1]))
    sy_decision_put_pair (w, "value", e->value[0], e->value[1]);
  if (e->unit != NULL)
    sy_json_writer_member_string (w, "unit", e->unit);
  put_intervals (e, alpha, w);
  if (e->ref != NULL)
    {
      sy_json_writer_member_string (w, "ref", e->ref);
      sy_json_writer_member_string (w, "price", e->price);
      sy_json_writer_member_string (w, "observed", e->observed);
      sy_json_writer_member_string (w, "grade", e->grade);
    }
  sy_json_writer_end_object (w);
}

void
sy_decision_write_evidence (const SyDecision *self,
                            SyJsonWriter     *w)
{
  sy_json_writer_key (w, "evidence");
  sy_json_writer_begin_array (w);
  for (guint i = 0; i < self->evidence->len; i++)
    sy_evidence_write_json (g_ptr_array_index (self->evidence, i), self->verdict != NULL ? self->verdict->alpha : ALPHA, w);
  sy_json_writer_end_array (w);
}

void
sy_decision_write_gates (const SyDecision *self,
                         SyJsonWriter     *w)
{
  sy_json_writer_key (w, "gates");
  sy_json_writer_begin_array (w);
  for (guint i = 0; self->verdict != NULL && i < self->verdict->gates->len; i++)
    sy_gate_write_json (g_ptr_array_index (self->verdict->gates, i), w);
  for (guint i = 0; i < self->gates->len; i++)
    sy_gate_write_json (g_ptr_array_index (self->gates, i), w);
  sy_json_writer_end_array (w);
}

/* As steelyard.inspect/1 has them, with the side. */
void
sy_decision_write_traps (const SyDecision *self,
                         SyJsonWriter     *w)
{
  if (self->traps == NULL)
    return;

  sy_json_writer_key (w, "traps");
  sy_json_writer_begin_array (w);
  for (guint i = 0; i < self->traps->len; i++)
    {
      const SyFoundTrap *found = g_ptr_array_index (self->traps, i);

      sy_json_writer_begin_object (w);
      sy_json_writer_member_string (w, "backend", sides[found->side]);
      sy_json_writer_member_string (w, "code", found->trap->code);
      sy_json_writer_member_string (w, "metric", found->trap->metric);
      sy_json_writer_member_string (w, "message", found->trap->message);
      sy_json_writer_member_string (w, "fix", found->trap->fix);
      sy_json_writer_end_object (w);
    }
  sy_json_writer_end_array (w);
}

/* Where nobody said where a value comes from, what its default rests on. */
static void
put_assumption (const SyDecision           *self,
                const char                 *name,
                const SyOwnershipParameter *parameter,
                SyJsonWriter               *w)
{
  const SyOrigin *origin = g_hash_table_lookup (self->origins, name);
  const double value = sy_ownership_case_get (&self->cost, name);
  const gboolean typed = value != parameter->value && parameter->cls == SY_EVIDENCE_ASSUMED;
  SyEvidenceClass cls = typed ? SY_EVIDENCE_USER : parameter->cls;
  const char *source = typed ? "stated in place of the default" : parameter->source;

  if (origin != NULL)
    cls = origin->cls;
  if (origin != NULL && origin->source != NULL)
    source = origin->source;

  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "parameter", name);
  sy_decision_put_known (w, "value", value);
  sy_json_writer_member_string (w, "cls", sy_evidence_class_to_string (cls));
  sy_json_writer_member_string (w, "source", source);
  if (origin != NULL && origin->observed != NULL)
    sy_json_writer_member_string (w, "observed", origin->observed);
  sy_json_writer_end_object (w);
}

void
sy_decision_write_assumptions (const SyDecision *self,
                               SyJsonWriter     *w)
{
  guint n;
  const SyOwnershipParameter *parameters = sy_ownership_parameters (&n);

  sy_json_writer_key (w, "assumptions");
  sy_json_writer_begin_array (w);
  for (guint i = 0; i < n; i++)
    for (guint side = 0; side < (parameters[i].common ? 1u : 2u); side++)
      {
        g_autofree char *name = parameters[i].common ? g_strdup (parameters[i].name)
                                                     : g_strdup_printf ("%s.%s", sides[side], parameters[i].name);

        put_assumption (self, name, &parameters[i], w);
      }
  sy_json_writer_end_array (w);
}
