/* sy-currency-row.h: the currency of what a person states, and of what is computed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-assumptions.h"
#include "sy-session.h"

G_BEGIN_DECLS

#define SY_TYPE_CURRENCY_ROW (sy_currency_row_get_type ())
G_DECLARE_FINAL_TYPE (SyCurrencyRow, sy_currency_row, SY, CURRENCY_ROW, AdwComboRow)

/**
 * SyCurrencyRow:
 *
 * Shows and sets the currency of SyAssumptions, both at once. It offers those that
 * price lists have prices in or rates for, and the one that is set.
 */
GtkWidget *sy_currency_row_new        (SyAssumptions *assumptions);

/* Offers those of @prices, too. */
void       sy_currency_row_add_prices (SyCurrencyRow *self, SyPriceBook *prices);

/* Offers those of the lists of @session, which may become others. */
void       sy_currency_row_follow     (SyCurrencyRow *self, SySession *session);

G_END_DECLS
