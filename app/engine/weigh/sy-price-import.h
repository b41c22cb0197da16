/* sy-price-import.h: price lists of others
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sy-price-book.h"

G_BEGIN_DECLS

/* What an import says besides the list. */
typedef struct {
  char *json;      /* (owned): a steelyard.prices/1 text, ready for a file; NULL when no row could be used */
  guint n_items;
  GPtrArray *skipped; /* (owned) (element-type utf8): "line 3: why" */
} SyPriceImport;

void sy_price_import_free (SyPriceImport *self);

/* Reads OpenCost's CSV of node prices: EndTimestamp, InstanceID, Region,
 * AssetClass, InstanceIDField, InstanceType, MarketPriceHourly, Version; columns
 * in any order, the first and last not needed. Only nodes have a price by the hour; of several rows of a type
 * and region the latest counts. The format has neither cores nor currency: a
 * machine's size comes from the entry of @book with the same type (rows of
 * others are skipped and said), the currency from the person.
 * Errors: SY_ERROR_PARSE, SY_ERROR_INVALID. */
SyPriceImport *sy_price_import_opencost (const char *name, const char *text, gsize length,
                                         const char *currency, SyPriceBook *book, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyPriceImport, sy_price_import_free)

G_END_DECLS
