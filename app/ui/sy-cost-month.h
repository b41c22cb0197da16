/* sy-cost-month.h: a month of hosting, both backends side by side
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "sy-cost-words.h"

G_BEGIN_DECLS

#define SY_TYPE_COST_MONTH (sy_cost_month_get_type ())
G_DECLARE_FINAL_TYPE (SyCostMonth, sy_cost_month, SY, COST_MONTH, GtkWidget)

/**
 * SyCostMonth:
 *
 * A table: a line for each SyCostRow, a column for each backend. A figure has
 * its interval below it and opens how it was computed.
 */
GtkWidget *sy_cost_month_new       (void);
void       sy_cost_month_set_sheet (SyCostMonth *self, const SyCostSheet *sheet);

/* What stands at @row and @side, for tests and copying: "1195". (transfer none) */
const char *sy_cost_month_get_text (SyCostMonth *self, SyCostRow row, guint side);

G_END_DECLS
