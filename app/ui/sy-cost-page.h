/* sy-cost-page.h: what both backends cost, and why
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-appraisal.h"
#include "sy-assumption-list.h"

G_BEGIN_DECLS

#define SY_TYPE_COST_PAGE (sy_cost_page_get_type ())
G_DECLARE_FINAL_TYPE (SyCostPage, sy_cost_page, SY, COST_PAGE, GtkWidget)

/**
 * SyCostPage:
 *
 * The answer in a sentence; what moves it; the years, a month, and traffic;
 * beside them every assumption, open to change. Shows the appraisal's newest
 * decision while it is mapped, and with fewer than two backends what to do.
 */

/* Once. @prices: (nullable) */
void              sy_cost_page_set_appraisal (SyCostPage *self, SyAppraisal *appraisal, SyPriceBook *prices, SyClock *clock);

/* Other price lists than those that the page was given first. */
void              sy_cost_page_set_prices    (SyCostPage *self, SyPriceBook *prices);

/* The machine that both are priced on; lives as long as the price book. */
void              sy_cost_page_set_price     (SyCostPage *self, const SyPrice *price);

/* Parts that a test looks at. (transfer none) */
SyAssumptionList *sy_cost_page_get_list      (SyCostPage *self);
GtkWidget        *sy_cost_page_get_part      (SyCostPage *self, const char *name);

G_END_DECLS
