/* sy-appraisal-prices.c: the prices that a decision rests on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-appraisal-prices.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "sy-model-gates.h"
#include "sy-service-prices.h"

typedef struct
{
  const SyAppraisalBasis *basis;
  SyAppraisalInputs      *inputs;
  SyDecision             *decision;
  GHashTable             *currencies; /* (owned): those that have their gate */
} Judge;

/* What a person states of the price of a service. FALSE: nothing. */
static gboolean
get_stated (const SyAppraisalBasis *basis,
            guint                   service,
            SyAssumption           *ret)
{
  const char *parameter = sy_appraisal_service_parameter (service);

  return sy_assumptions_is_stated (basis->assumptions, parameter) && sy_assumptions_get (basis->assumptions, parameter, ret);
}

void
sy_appraisal_prices_fill (const SyAppraisalBasis *basis,
                          SyHostingPlan          *plan)
{
  SyServicePrices services = { NULL, NULL, { NULL }, 0 };
  SyAssumption stated;

  if (basis->prices != NULL)
    sy_service_prices_find (basis->prices, basis->price, &services);

  sy_service_prices_fill (&services, basis->prices, sy_assumptions_get_currency (basis->assumptions), plan);
  if (get_stated (basis, SY_SERVICE_BALANCER, &stated))
    plan->balancer_hour = stated.value;
  if (get_stated (basis, SY_SERVICE_UNIT, &stated))
    plan->balancer_unit = stated.value;
  if (get_stated (basis, SY_SERVICE_EGRESS, &stated))
    {
      plan->tiers[0] = (SyPriceTier) { INFINITY, stated.value };
      plan->n_tiers = 1;
    }
}

static gboolean
is_known (const Judge *self,
          const char  *name)
{
  SyAssumption value;

  return sy_appraisal_inputs_get (self->inputs, name, &value);
}

/* Hosting would be paid for, were each amount known: the loads are. */
static gboolean
asks_for_hosting (const Judge *self)
{
  return is_known (self, "peak_rps") && is_known (self, "A.cap_slo") && is_known (self, "B.cap_slo");
}

static const char *const machine_names[] = { "A.node_price", "B.node_price" };

/* Not typed by hand instead, on either side. */
static gboolean
machine_is_priced (const Judge *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (machine_names); i++)
    {
      SyAssumption value;

      sy_appraisal_inputs_get (self->inputs, machine_names[i], &value);
      if (value.cls == SY_EVIDENCE_PRICED)
        return TRUE;
    }

  return FALSE;
}

/* As it was written: "0.0816", and not the nearest binary number. (transfer full) */
static char *
format_amount (double amount)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.15g", amount);
  return g_strdup (g_ascii_strtod (text, NULL) == amount ? text : g_ascii_dtostr (text, sizeof text, amount));
}

static void
add_evidence (const Judge   *self,
              const SyPrice *price,
              const char    *id)
{
  g_autofree char *what = g_strdup_printf ("%s; %s", price->sku, price->source);
  const gboolean stand_in = price->kind != SY_PRICE_VM && sy_service_price_is_foreign (price, self->basis->price);
  SyEvidence *evidence
    = sy_decision_add_evidence (self->decision, id, stand_in ? SY_EVIDENCE_ASSUMED : SY_EVIDENCE_PRICED, what);

  evidence->ref = g_strdup (price->id);
  evidence->price = format_amount (price->amount);
  evidence->unit = g_strdup (price->unit);
  evidence->observed = g_strdup (price->observed);
  evidence->grade = g_strdup (price->grade);
}

/* A rate grows old as a price does: amounts in two currencies move apart. */
static void
add_rate_gate (const Judge    *self,
               const SyFxRate *rate)
{
  /* Translators: a rate between two currencies, "exchange rate EUR/USD 1.1637" */
  g_autofree char *what = g_strdup_printf (_("exchange rate %s/%s %.4f"), rate->from, rate->to, rate->rate);

  g_ptr_array_add (self->decision->gates, sy_gate_price_age (what, rate->date, self->basis->wall_us));
}

/* Gates for each currency once, however many prices are in it. */
static void
add_currency_gates (const Judge   *self,
                    const SyPrice *price)
{
  const char *currency = self->decision->currency;
  const SyFxRate *rate;

  if (!g_hash_table_add (self->currencies, price->currency))
    return;

  rate = sy_price_book_find_rate (self->basis->prices, price, currency);
  g_ptr_array_add (self->decision->gates,
                   sy_gate_currency (price->currency, currency, !isnan (sy_price_book_convert (self->basis->prices, price, currency))));
  if (rate != NULL)
    add_rate_gate (self, rate);
}

/* "traffic out (internet out, next 40 TB)": of a service, what it is for. (transfer full) */
static char *
describe (const SyPrice *price)
{
  switch (price->kind)
    {
    case SY_PRICE_LB:
      return g_strdup_printf (_("load balancer (%s)"), price->sku);
    case SY_PRICE_LB_USAGE:
      return g_strdup_printf (_("capacity unit of the load balancer (%s)"), price->sku);
    case SY_PRICE_EGRESS:
      return g_strdup_printf (_("traffic out (%s)"), price->sku);
    case SY_PRICE_VM:
    case SY_PRICE_VM_PART:
    case SY_PRICE_SERVERLESS:
    case SY_PRICE_CONTAINER:
    case SY_N_PRICE_KINDS:
    default:
      return g_strdup (price->sku);
    }
}

static void
add_gates (const Judge   *self,
           const SyPrice *price)
{
  g_autofree char *what = describe (price);

  g_ptr_array_add (self->decision->gates, sy_gate_price_age (what, price->observed, self->basis->wall_us));
  g_ptr_array_add (self->decision->gates, sy_gate_unit (what, price->unit));
  add_currency_gates (self, price);
}

/* A price that was typed grows old like another, once its day is known. */
static void
add_stated_gate (const Judge        *self,
                 const char         *parameter,
                 const SyAssumption *stated)
{
  if (stated->observed != NULL)
    g_ptr_array_add (self->decision->gates,
                     sy_gate_price_age (_(sy_assumption_parameter_find (parameter)->label), stated->observed, self->basis->wall_us));
}

/* Typed alike for both, it is one price. */
static void
judge_stated_machines (const Judge *self)
{
  SyAssumption values[2];

  for (guint i = 0; i < G_N_ELEMENTS (machine_names); i++)
    {
      sy_appraisal_inputs_get (self->inputs, machine_names[i], &values[i]);
      if (values[i].cls != SY_EVIDENCE_PRICED && (i == 0 || g_strcmp0 (values[0].observed, values[1].observed) != 0))
        add_stated_gate (self, machine_names[i], &values[i]);
    }
}

/* Traffic is paid for where the size of a response is known, up to the tier that
 * the larger of the two reaches. */
static gboolean
is_used (const Judge           *self,
         const SyServicePrices *services,
         guint                  service)
{
  const SyOwnershipCase *cost = &self->decision->cost;
  const SyHostingPlan *const plans[] = { &cost->a.hosting, &cost->b.hosting };
  const SyPrice *price = sy_service_prices_get (services, service);
  SyAssumption stated;

  if (price == NULL || get_stated (self->basis, service, &stated))
    return FALSE;
  if (service < SY_SERVICE_EGRESS)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      SyHostingPlan plan = *plans[i];
      SyHostingMonth month;

      plan.peak_rps = cost->common.peak_rps;
      sy_hosting_month (&plan, &month);
      if (month.egress_gb > price->from_gb)
        return TRUE;
    }

  return FALSE;
}

static void
judge_services (const Judge *self)
{
  SyServicePrices services;

  sy_service_prices_find (self->basis->prices, self->basis->price, &services);
  for (guint i = 0; i < sy_service_prices_get_n (&services); i++)
    if (is_used (self, &services, i))
      {
        g_autofree char *id = g_strdup_printf ("e%u", 10 + i);

        add_evidence (self, sy_service_prices_get (&services, i), id);
        add_gates (self, sy_service_prices_get (&services, i));
      }
}

/* What a person types of a service in place of the list is evidence, too, of the day
 * on which that was. */
static void
judge_stated_services (const Judge *self)
{
  static const char *const units[] = {
    [SY_SERVICE_BALANCER] = "hour", [SY_SERVICE_UNIT] = "lcu-hour", [SY_SERVICE_EGRESS] = "gb",
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      const char *parameter = sy_appraisal_service_parameter (i);
      g_autofree char *id = g_strdup_printf ("e%u", 10 + i);
      SyEvidence *evidence;
      SyAssumption stated;

      if (!get_stated (self->basis, i, &stated))
        continue;

      evidence = sy_decision_add_evidence (self->decision, id, stated.cls, _(sy_assumption_parameter_find (parameter)->label));
      evidence->ref = g_strdup (parameter);
      evidence->price = format_amount (stated.value);
      evidence->unit = g_strdup (units[i]);
      evidence->observed = g_strdup (stated.observed);
      add_stated_gate (self, parameter, &stated);
    }
}

void
sy_appraisal_prices_judge (const SyAppraisalBasis *basis,
                           SyAppraisalInputs      *inputs,
                           SyDecision             *decision)
{
  g_autoptr (GHashTable) currencies = g_hash_table_new (g_str_hash, g_str_equal);
  const Judge self = { basis, inputs, decision, currencies };

  if (basis->prices != NULL && basis->price != NULL)
    add_evidence (&self, basis->price, "e3");
  if (!asks_for_hosting (&self))
    return;

  if (basis->prices != NULL && basis->price != NULL && machine_is_priced (&self))
    add_gates (&self, basis->price);
  judge_stated_machines (&self);
  if (basis->prices != NULL)
    judge_services (&self);
  judge_stated_services (&self);
}
