/* sy-ownership-case.c: two alternatives and what they share
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inputs have names, so that a tornado, a report and a page speak of the same
 * thing; the table says for each what we assume, why, and how strong that is.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-ownership-case.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

typedef struct
{
  SyOwnershipParameter parameter;
  gsize                offset;
} Row;

#define OWN(member) offsetof (SyOwner, member)
#define COMMON(member) offsetof (SyOwnershipCommon, member)

#define ASK N_("yours to say; without it its line is left out")
#define NO_SOURCE N_("common practice; no primary source was found")

static const Row rows[] = {
  { { "team", N_("size of the team"), FALSE, NAN, 0.5, 50, SY_EVIDENCE_USER, ASK }, OWN (team) },
  { { "salary", N_("salary"), FALSE, NAN, 5000, 500000, SY_EVIDENCE_USER, ASK }, OWN (salary) },
  { { "burden", N_("cost of employment over salary"), FALSE, 1.43, 1, 2, SY_EVIDENCE_ASSUMED,
      /* xgettext:no-c-format */
      N_("US Bureau of Labor Statistics, Employer Costs for Employee Compensation, December 2019: wages are 70.1 % of "
         "compensation in private industry; other countries differ") }, OWN (burden) },
  { { "skilled_share", N_("share of the team that knows it"), FALSE, NAN, 0, 1, SY_EVIDENCE_USER, ASK }, OWN (skilled_share) },
  { { "hire_fee", N_("fee for a hire"), FALSE, 0.20, 0, 0.4, SY_EVIDENCE_ASSUMED, NO_SOURCE }, OWN (hire_fee) },
  { { "ramp_weeks", N_("weeks until a hire is productive"), FALSE, 12, 0, 52, SY_EVIDENCE_ASSUMED, NO_SOURCE }, OWN (ramp_weeks) },
  { { "ramp_productivity", N_("productivity of a new hire"), FALSE, 0.5, 0, 1, SY_EVIDENCE_ASSUMED, NO_SOURCE }, OWN (ramp_productivity) },
  { { "attrition", N_("share of the team that leaves in a year"), FALSE, 0.15, 0, 0.5, SY_EVIDENCE_ASSUMED, NO_SOURCE }, OWN (attrition) },
  { { "mvp_months", N_("months to the first release"), FALSE, NAN, 0.25, 36, SY_EVIDENCE_USER, ASK }, OWN (mvp_months) },
  { { "missing_integrations", N_("missing integrations"), FALSE, NAN, 0, 50, SY_EVIDENCE_CHECKED, ASK }, OWN (missing_integrations) },
  { { "integration_weeks", N_("weeks for an integration"), FALSE, 4, 0, 26, SY_EVIDENCE_ASSUMED, NO_SOURCE }, OWN (integration_weeks) },
  { { "integration_upkeep", N_("upkeep of integrations"), FALSE, 0.15, 0, 0.5, SY_EVIDENCE_ASSUMED, NO_SOURCE }, OWN (integration_upkeep) },
  { { "maintenance", N_("maintenance"), FALSE, 0.20, 0.15, 0.25, SY_EVIDENCE_ASSUMED,
      /* xgettext:no-c-format */
      N_("surveys since Lientz and Swanson put 60 to 80 % of a system's life into maintenance; 20 % a year is half of it "
         "over five years") }, OWN (maintenance) },
  { { "upgrade_weeks", N_("weeks for an upgrade"), FALSE, 3, 0, 26, SY_EVIDENCE_ASSUMED, NO_SOURCE }, OWN (upgrade_weeks) },
  { { "cap_slo", N_("capacity of a copy"), FALSE, NAN, 1, 1e6, SY_EVIDENCE_MEASURED, N_("measured here: requests/s of one copy within the objective") },
    OWN (hosting.capacity) },
  { { "node_price", N_("price of a machine"), FALSE, NAN, 0.001, 100, SY_EVIDENCE_PRICED, N_("the price list") }, OWN (hosting.node_hour) },
  { { "pods_per_node", N_("copies on a machine"), FALSE, NAN, 1, 110, SY_EVIDENCE_USER, N_("your requests against what the machine gives") },
    OWN (hosting.pods_per_node) },
  { { "resp_bytes", N_("size of a response"), FALSE, NAN, 0, 1e8, SY_EVIDENCE_USER, N_("yours to say: bytes of a response; without them traffic out is left out") },
    OWN (hosting.response_bytes) },
  { { "utilisation", N_("planned utilisation"), FALSE, 0.7, 0.3, 0.95, SY_EVIDENCE_ASSUMED, N_("room for bursts, a design choice") },
    OWN (hosting.utilisation) },
  { { "discount", N_("discount rate"), TRUE, 0.10, 0.035, 0.15, SY_EVIDENCE_ASSUMED,
      /* xgettext:no-c-format */
      N_("nominal; between the UK Green Book (3.5 % real) and what venture money asks") }, COMMON (discount) },
  { { "wage_growth", N_("growth of wages"), TRUE, 0.03, 0, 0.1, SY_EVIDENCE_ASSUMED, NO_SOURCE }, COMMON (wage_growth) },
  { { "traffic_growth", N_("growth of traffic"), TRUE, 0, -0.5, 2, SY_EVIDENCE_ASSUMED, N_("traffic stays as it is") }, COMMON (traffic_growth) },
  { { "peak_rps", N_("peak traffic"), TRUE, NAN, 1, 1e6, SY_EVIDENCE_USER, ASK }, COMMON (peak_rps) },
  { { "cost_of_delay_month", N_("cost of a month of delay"), TRUE, NAN, 0, 200000, SY_EVIDENCE_USER, ASK }, COMMON (cost_of_delay) },
  { { "mvp_ref", N_("months that cost no delay"), TRUE, NAN, 0, 36, SY_EVIDENCE_USER, N_("the sooner of the two") }, COMMON (mvp_reference) },
};

const SyOwnershipParameter *
sy_ownership_parameters (guint *ret_n)
{
  static SyOwnershipParameter table[G_N_ELEMENTS (rows)];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        table[i] = rows[i].parameter;
      g_once_init_leave (&ready, 1);
    }

  *ret_n = G_N_ELEMENTS (rows);
  return table;
}

/* Where the side of a name ends and its length without remarks. */
static const Row *
find_row (const char *name,
          char       *ret_side)
{
  const gboolean sided = (name[0] == 'A' || name[0] == 'B') && name[1] == '.';
  const char *bare = sided ? name + 2 : name;
  const gsize length = strcspn (bare, " ");

  *ret_side = sided ? name[0] : '\0';

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strlen (rows[i].parameter.name) == length && strncmp (rows[i].parameter.name, bare, length) == 0)
      return sided && rows[i].parameter.common ? NULL : &rows[i];

  return NULL;
}

static double *
locate (gpointer base,
        gsize    offset)
{
  return (double *) (gpointer) ((char *) base + offset);
}

const SyOwnershipParameter *
sy_ownership_parameter_find (const char *name)
{
  char side;
  const Row *row = find_row (name, &side);

  return row != NULL ? &row->parameter : NULL;
}

gboolean
sy_ownership_case_set (SyOwnershipCase *self,
                       const char      *name,
                       double           value)
{
  char side;
  const Row *row = find_row (name, &side);

  if (row == NULL)
    return FALSE;

  if (row->parameter.common)
    *locate (&self->common, row->offset) = value;
  else
    {
      if (side != 'B')
        *locate (&self->a, row->offset) = value;
      if (side != 'A')
        *locate (&self->b, row->offset) = value;
    }

  return TRUE;
}

double
sy_ownership_case_get (const SyOwnershipCase *self,
                       const char            *name)
{
  SyOwnershipCase copy = *self;
  char side;
  const Row *row = find_row (name, &side);

  if (row == NULL)
    return NAN;
  if (row->parameter.common)
    return *locate (&copy.common, row->offset);

  return *locate (side == 'B' ? &copy.b : &copy.a, row->offset);
}

void
sy_owner_init (SyOwner *self)
{
  *self = (SyOwner){ 0 };
  sy_hosting_plan_init (&self->hosting);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!rows[i].parameter.common)
      *locate (self, rows[i].offset) = rows[i].parameter.value;
}

void
sy_ownership_common_init (SyOwnershipCommon *self)
{
  *self = (SyOwnershipCommon){ .horizon = 5 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].parameter.common)
      *locate (self, rows[i].offset) = rows[i].parameter.value;
}

void
sy_ownership_case_init (SyOwnershipCase *self)
{
  sy_ownership_common_init (&self->common);
  sy_owner_init (&self->a);
  sy_owner_init (&self->b);
}

double
sy_ownership_case_compare (const SyOwnershipCase *self,
                           SyOwnership           *ret_a,
                           SyOwnership           *ret_b)
{
  SyOwnershipCommon common = self->common;

  if (isnan (common.mvp_reference))
    common.mvp_reference = fmin (self->a.mvp_months, self->b.mvp_months);

  sy_ownership (&common, &self->a, 0, ret_a);
  sy_ownership (&common, &self->b, ret_a->omitted, ret_b);

  if (ret_a->omitted != ret_b->omitted)
    sy_ownership (&common, &self->a, ret_b->omitted, ret_a);

  return ret_a->npv - ret_b->npv;
}

double
sy_ownership_case_difference (const SyOwnershipCase *self)
{
  SyOwnership a, b;

  return sy_ownership_case_compare (self, &a, &b);
}
