/* sy-cost-sheet.c: what the Cost page shows, and where each input comes from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-cost-sheet.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "sy-cost-input.h"
#include "sy-format.h"
#include "sy-money.h"
#include "sy-sentence.h"
#include "sy-text.h"

#define LABEL_CHARS 60

static const char side_letters[] = "AB";

/* The side in front of a name of sy_ownership_case_set(); -1: none. */
static int
get_side (const char *parameter)
{
  if (parameter[0] == '\0' || parameter[1] != '.')
    return -1;

  return parameter[0] == 'A' ? 0 : parameter[0] == 'B' ? 1 : -1;
}

char *
sy_cost_sheet_dup_label (const SyCostSheet *self,
                         guint              side)
{
  const char *label = self->decision->label[side];

  g_return_val_if_fail (side < 2, NULL);

  return sy_display_text (label != NULL ? label : side == 0 ? "A" : "B", -1, LABEL_CHARS);
}

char *
sy_cost_sheet_dup_name (const SyCostSheet *self,
                        const char        *parameter)
{
  const SyCostInput *input = sy_cost_input_find (parameter);
  const int side = get_side (parameter);
  g_autofree char *label = NULL;

  if (input == NULL)
    return sy_display_text (parameter, -1, LABEL_CHARS);
  if (side < 0)
    return g_strdup (_(input->title));

  label = sy_cost_sheet_dup_label (self, side);
  /* Translators: an input of the costs and the backend it belongs to: "Salary, Orders" */
  return g_strdup_printf (_("%1$s, %2$s"), _(input->title), label);
}

gboolean
sy_cost_sheet_get_input (const SyCostSheet *self,
                         const char        *parameter,
                         SyAssumption      *ret)
{
  const SyOwnershipParameter *known = sy_ownership_parameter_find (parameter);
  const double value = sy_ownership_case_get (&self->decision->cost, parameter);

  *ret = (SyAssumption){ .value = value, .low = NAN, .high = NAN, .cls = SY_EVIDENCE_ASSUMED };
  if (known == NULL)
    return FALSE;

  ret->cls = known->cls;
  ret->source = known->source;

  /* What was stated since is for the next computation. */
  if (self->appraisal != NULL)
    {
      SyAssumption found;
      const gboolean known_now = sy_appraisal_get_input (self->appraisal, parameter, &found);

      if (known_now ? found.value == value : isnan (value))
        *ret = found;
    }

  return isfinite (value);
}

void
sy_cost_sheet_get_range (const SyCostSheet *self,
                         const char        *parameter,
                         double            *ret_low,
                         double            *ret_high)
{
  const gsize length = strlen (parameter);

  *ret_low = *ret_high = sy_ownership_case_get (&self->decision->cost, parameter);

  for (guint i = 0; i < self->decision->doubts->len; i++)
    {
      const SyDoubt *doubt = g_ptr_array_index (self->decision->doubts, i);

      /* A remark may follow the name. */
      if (strncmp (doubt->parameter, parameter, length) == 0
          && (doubt->parameter[length] == '\0' || doubt->parameter[length] == ' '))
        {
          *ret_low = doubt->low;
          *ret_high = doubt->high;
        }
    }
}

void
sy_cost_sheet_explain (const SyCostSheet *self,
                       SyProvenance      *provenance,
                       const char        *parameter)
{
  const SyCostInput *input = sy_cost_input_find (parameter);
  g_autofree char *name = sy_cost_sheet_dup_name (self, parameter);
  g_autofree char *source = NULL;
  g_autofree char *value = NULL;
  SyAssumption assumption;

  g_return_if_fail (input != NULL);

  if (sy_cost_sheet_get_input (self, parameter, &assumption))
    value = sy_cost_input_format (input, assumption.value, self->decision->currency);
  else
    /* Translators: stands where a value would: nobody has said it */
    value = g_strdup (_("not stated"));

  if (assumption.source != NULL)
    source = sy_sentence_dup_safe (_(assumption.source), SY_DISPLAY_TEXT_MAX);

  sy_provenance_add (provenance, name, value, assumption.cls, source);
}

void
sy_cost_sheet_explain_side (const SyCostSheet *self,
                            SyProvenance      *provenance,
                            guint              side,
                            const char        *name)
{
  g_autofree char *parameter = g_strdup_printf ("%c.%s", side_letters[side], name);

  sy_cost_sheet_explain (self, provenance, parameter);
}

/* @amount: what the decision was computed with. */
static void
explain_service (const SyCostSheet *self,
                 SyProvenance      *provenance,
                 guint              service,
                 const char        *title,
                 double             amount)
{
  g_autofree char *name = sy_appraisal_service_name (service);
  g_autofree char *source = NULL;
  g_autofree char *value = isfinite (amount) ? sy_money_format (amount, self->decision->currency) : g_strdup (_("not known"));
  SyAssumption found = { NAN, NAN, NAN, SY_EVIDENCE_ASSUMED, NULL, NULL };

  if (self->appraisal != NULL)
    sy_appraisal_get_input (self->appraisal, name, &found);

  source = sy_display_text (found.source != NULL ? found.source : _("no price list has it: left out of the sum"), -1,
                            SY_DISPLAY_TEXT_MAX);
  sy_provenance_add (provenance, title, value, found.cls, source);
}

void
sy_cost_sheet_explain_balancer (const SyCostSheet *self,
                                SyProvenance      *provenance)
{
  const SyHostingPlan *plan = &self->decision->cost.a.hosting;

  explain_service (self, provenance, SY_SERVICE_BALANCER, _("Load balancer, an hour"), plan->balancer_hour);
  explain_service (self, provenance, SY_SERVICE_UNIT, _("Capacity unit of it, an hour"), plan->balancer_unit);
}

void
sy_cost_sheet_explain_egress (const SyCostSheet *self,
                              SyProvenance      *provenance)
{
  const SyHostingPlan *plan = &self->decision->cost.a.hosting;
  /* The gigabytes before the first price are free. */
  const guint n_free = plan->n_tiers > 1 && plan->tiers[0].price == 0 ? 1 : 0;

  if (plan->n_tiers == 0)
    explain_service (self, provenance, SY_SERVICE_EGRESS, _("A gigabyte out"), NAN);

  for (guint i = n_free; i < plan->n_tiers; i++)
    {
      g_autofree char *from = sy_format_number (i > 0 ? plan->tiers[i - 1].up_to : 0);
      /* Translators: a number of gigabytes */
      g_autofree char *title = g_strdup_printf (_("A gigabyte out, from %s GB of a month"), from);

      explain_service (self, provenance, SY_SERVICE_EGRESS + i - n_free, title, plan->tiers[i].price);
    }
}

SyHostingPlan
sy_cost_sheet_get_plan (const SyCostSheet *self,
                        guint              side)
{
  const SyOwnershipCase *cost = &self->decision->cost;
  SyHostingPlan plan = side == 0 ? cost->a.hosting : cost->b.hosting;

  plan.peak_rps = cost->common.peak_rps;
  return plan;
}

void
sy_cost_sheet_get_month (const SyCostSheet *self,
                         guint              side,
                         SyHostingMonth    *ret_month,
                         SyHostingMonth    *ret_low,
                         SyHostingMonth    *ret_high)
{
  const SyHostingPlan plan = sy_cost_sheet_get_plan (self, side);
  double low, high;

  sy_cost_sheet_get_range (self, side == 0 ? "A.cap_slo" : "B.cap_slo", &low, &high);
  *ret_month = self->decision->result.month[side];
  sy_hosting_interval (&plan, low, high, ret_low, ret_high);
}

gboolean
sy_cost_sheet_is_indicative (const SyCostSheet *self)
{
  for (guint i = 0; i < self->decision->gates->len; i++)
    {
      const SyGate *gate = g_ptr_array_index (self->decision->gates, i);

      if ((gate->code == SY_GATE_PRICE_STALE || gate->code == SY_GATE_FX) && gate->effect != SY_GATE_PASSED)
        return TRUE;
    }

  return FALSE;
}
