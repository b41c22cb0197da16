/* sy-assumption-parameter.c: every number that a decision can be asked with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-assumption-parameter.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define USE_CASE N_("the use case; without one it is yours to say")
#define ASK N_("yours to say")
#define CHOICE N_("a design choice")
#define LIST N_("no price list has it; type what you pay")

/* Beside the inputs of ownership. Defaults of the hosting plan are those of
 * sy_hosting_plan_init(). */
static const SyOwnershipParameter more[] = {
  { "slo_threshold", N_("objective: time to answer"), TRUE, NAN, 0.001, 3600, SY_EVIDENCE_ASSUMED, USE_CASE },
  { "slo_share", N_("objective: share of answers"), TRUE, NAN, 0.5, 1, SY_EVIDENCE_ASSUMED, USE_CASE },
  { "budget", N_("budget over the years"), TRUE, NAN, 1000, 1e8, SY_EVIDENCE_USER, ASK },
  { "mvp_deadline", N_("months you can wait for the first release"), TRUE, NAN, 0.25, 36, SY_EVIDENCE_USER, ASK },
  { "horizon", N_("years to plan for"), TRUE, 5, 1, SY_OWNERSHIP_MAX_YEARS, SY_EVIDENCE_ASSUMED, CHOICE },
  { "zones", N_("zones, of which one may be lost"), TRUE, 0, 0, 6, SY_EVIDENCE_ASSUMED, CHOICE },
  { "spare", N_("copies that may fail"), TRUE, 1, 0, 10, SY_EVIDENCE_ASSUMED, CHOICE },
  { "min_nodes", N_("machines at least"), TRUE, 2, 1, 100, SY_EVIDENCE_ASSUMED, CHOICE },
  { "autoscale", N_("machines follow the hour"), TRUE, 0, 0, 1, SY_EVIDENCE_ASSUMED, CHOICE },
  { "overload", N_("answers in time under overload"), FALSE, NAN, 0, 1, SY_EVIDENCE_MEASURED,
    N_("a load run: answers within the objective at one and a half times the capacity, as a share of the best") },
  { "lb_price", N_("price of a load balancer"), TRUE, NAN, 0, 100, SY_EVIDENCE_PRICED, LIST },
  { "lb_unit_price", N_("price of its capacity unit"), TRUE, NAN, 0, 10, SY_EVIDENCE_PRICED, LIST },
  { "egress_price", N_("price of traffic out"), TRUE, NAN, 0, 10, SY_EVIDENCE_PRICED, LIST },
};

const SyOwnershipParameter *
sy_assumption_parameter_find (const char *name)
{
  const gboolean sided = (name[0] == 'A' || name[0] == 'B') && name[1] == '.';
  const char *bare = sided ? name + 2 : name;

  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    if (strcmp (more[i].name, bare) == 0)
      return sided && more[i].common ? NULL : &more[i];

  return sy_ownership_parameter_find (name);
}

gboolean
sy_assumption_parameter_allows (const SyOwnershipParameter *self,
                                double                      value)
{
  const gboolean is_share = self->high == 1;

  return isfinite (value) && value >= fmin (self->low, 0) && (!is_share || value <= 1);
}
