/* sy-appraisal-prices.c: the prices that a decision rests on
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-appraisal-prices.h"

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

void
sy_appraisal_prices_fill (const SyAppraisalBasis *basis,
                          SyHostingPlan          *plan)
{
  SyServicePrices services = { NULL, NULL, { NULL }, 0 };

  if (basis->prices != NULL)
    sy_service_prices_find (basis->prices, basis->price, &services);

  sy_service_prices_fill (&services, basis->prices, sy_assumptions_get_currency (basis->assumptions), plan);
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

/* Not typed by hand instead, on either side. */
static gboolean
machine_is_priced (const Judge *self)
{
  static const char *const names[] = { "A.node_price", "B.node_price" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      SyAssumption value;

      sy_appraisal_inputs_get (self->inputs, names[i], &value);
      if (value.cls == SY_EVIDENCE_PRICED)
        return TRUE;
    }

  return FALSE;
}

static void
add_evidence (const Judge   *self,
              const SyPrice *price,
              const char    *id)
{
  g_autofree char *what = g_strdup_printf ("%s; %s", price->sku, price->source);
  char amount[G_ASCII_DTOSTR_BUF_SIZE];
  const gboolean stand_in = price->kind != SY_PRICE_VM && sy_service_price_is_foreign (price, self->basis->price);
  SyEvidence *evidence
    = sy_decision_add_evidence (self->decision, id, stand_in ? SY_EVIDENCE_ASSUMED : SY_EVIDENCE_PRICED, what);

  evidence->ref = g_strdup (price->id);
  evidence->price = g_strdup (g_ascii_dtostr (amount, sizeof amount, price->amount));
  evidence->unit = g_strdup (price->unit);
  evidence->observed = g_strdup (price->observed);
  evidence->grade = g_strdup (price->grade);
}

/* One gate for each currency, whatever many prices are in it. */
static void
add_currency_gate (const Judge   *self,
                   const SyPrice *price)
{
  const char *currency = self->decision->currency;

  if (g_hash_table_add (self->currencies, price->currency))
    g_ptr_array_add (self->decision->gates,
                     sy_gate_currency (price->currency, currency, !isnan (sy_price_book_convert (self->basis->prices, price, currency))));
}

static void
add_gates (const Judge   *self,
           const SyPrice *price)
{
  g_ptr_array_add (self->decision->gates, sy_gate_price_age (price->sku, sy_price_get_age_days (price, self->basis->wall_us)));
  g_ptr_array_add (self->decision->gates, sy_gate_unit (price->sku, price->unit));
  add_currency_gate (self, price);
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

  if (service < SY_SERVICE_EGRESS)
    return sy_service_prices_get (services, service) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      SyHostingPlan plan = *plans[i];
      SyHostingMonth month;

      plan.peak_rps = cost->common.peak_rps;
      sy_hosting_month (&plan, &month);
      if (month.egress_gb > sy_service_prices_get (services, service)->from_gb)
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

void
sy_appraisal_prices_judge (const SyAppraisalBasis *basis,
                           SyAppraisalInputs      *inputs,
                           SyDecision             *decision)
{
  g_autoptr (GHashTable) currencies = g_hash_table_new (g_str_hash, g_str_equal);
  const Judge self = { basis, inputs, decision, currencies };

  if (basis->prices == NULL)
    return;

  if (basis->price != NULL)
    add_evidence (&self, basis->price, "e3");
  if (!asks_for_hosting (&self))
    return;

  if (basis->price != NULL && machine_is_priced (&self))
    add_gates (&self, basis->price);
  judge_services (&self);
}
