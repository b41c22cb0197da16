/* sy-cost-carbon.h: energy and carbon of a month, for those who ask
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-cost-sheet.h"

G_BEGIN_DECLS

/* A sentence for @side: "32.7 kWh and 13.6 kg of CO₂ a month". @price: the
 * machine. NULL when its size or the number of machines is not known.
 * (transfer full) (nullable) */
char         *sy_cost_carbon_dup_text (const SyCostSheet *sheet, guint side, const SyPrice *price);

/* (transfer full) */
SyProvenance *sy_cost_carbon_explain  (const SyCostSheet *sheet, guint side, const SyPrice *price);

G_END_DECLS
