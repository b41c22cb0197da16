/* sy-cost-sheet.h: what the Cost page shows, and where each input comes from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-appraisal.h"
#include "sy-provenance.h"

G_BEGIN_DECLS

/* Borrowed by every function of the page; lives as long as the decision is the
 * newest. */
typedef struct {
  const SyDecision *decision;  /* computed */
  SyAppraisal      *appraisal; /* (nullable): without it, classes and sources are those of the defaults */
} SyCostSheet;

/* The display name of @side (0: A, 1: B), safe to show. (transfer full) */
char         *sy_cost_sheet_dup_label    (const SyCostSheet *self, guint side);

/* "Salary, gross, Orders" for "A.salary"; without a side the title alone.
 * (transfer full) */
char         *sy_cost_sheet_dup_name     (const SyCostSheet *self, const char *parameter);

/* What the decision was computed with, its class and source. FALSE: not known. */
gboolean      sy_cost_sheet_get_input    (const SyCostSheet *self, const char *parameter, SyAssumption *ret);

/* The doubt about @parameter; both ends are the value where there is none. */
void          sy_cost_sheet_get_range    (const SyCostSheet *self, const char *parameter, double *ret_low, double *ret_high);

/* Adds @parameter to what @provenance rests on. */
void          sy_cost_sheet_explain      (const SyCostSheet *self, SyProvenance *provenance, const char *parameter);

/* The same for the parameter of @side named @name, without its side. */
void          sy_cost_sheet_explain_side (const SyCostSheet *self, SyProvenance *provenance, guint side, const char *name);

/* Adds the prices of the load balancer to @provenance, or those of traffic out,
 * tier by tier. */
void          sy_cost_sheet_explain_balancer (const SyCostSheet *self, SyProvenance *provenance);
void          sy_cost_sheet_explain_egress   (const SyCostSheet *self, SyProvenance *provenance);

/* A month of @side, and at both ends of its capacity. The ends are the month
 * itself where nothing is doubted. */
void          sy_cost_sheet_get_month    (const SyCostSheet *self, guint side, SyHostingMonth *ret_month,
                                          SyHostingMonth *ret_low, SyHostingMonth *ret_high);

/* The plan of a month of @side at the peak that was stated. */
SyHostingPlan sy_cost_sheet_get_plan     (const SyCostSheet *self, guint side);

/* A price or a rate that the decision was told of weakens every amount. */
gboolean      sy_cost_sheet_is_indicative (const SyCostSheet *self);

G_END_DECLS
