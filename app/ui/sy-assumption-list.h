/* sy-assumption-list.h: all inputs of the costs, open to change
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-assumption-row.h"

G_BEGIN_DECLS

#define SY_TYPE_ASSUMPTION_LIST (sy_assumption_list_get_type ())
G_DECLARE_FINAL_TYPE (SyAssumptionList, sy_assumption_list, SY, ASSUMPTION_LIST, GtkWidget)

/**
 * SyAssumptionList:
 *
 * A boxed list for each SyCostGroup, the currency, and the machine.
 */
GtkWidget       *sy_assumption_list_new       (void);

/* Once. @prices: (nullable): no machine to choose. */
void             sy_assumption_list_set_appraisal (SyAssumptionList *self, SyAppraisal *appraisal, SyPriceBook *prices);

/* Offers the currencies of @prices, too. After the appraisal was set. */
void             sy_assumption_list_add_prices (SyAssumptionList *self, SyPriceBook *prices);

/* @labels: of A and B. @price: (nullable): of the machine; @wall_us: now. */
void             sy_assumption_list_refresh   (SyAssumptionList *self, const char *const labels[2],
                                               const SyPrice *price, gint64 wall_us);

/* @name without side. (transfer none) (nullable) */
SyAssumptionRow *sy_assumption_list_get_row   (SyAssumptionList *self, const char *name);

G_END_DECLS
