/* sy-price-dialog.h: which machine the load is priced with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sy-price-book.h"

G_BEGIN_DECLS

#define SY_TYPE_PRICE_DIALOG (sy_price_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SyPriceDialog, sy_price_dialog, SY, PRICE_DIALOG, AdwWindow)

/**
 * SyPriceDialog:
 *
 * The entries of a price book, cheapest core first, with a search. Choosing
 * one applies at once and closes. Signal "chosen" (string): the entry's id.
 */
GtkWidget *sy_price_dialog_new (GtkWindow *parent, SyPriceBook *book, const SyPrice *current);

G_END_DECLS
