/* sy-price-book.h: what machines cost, where that was read, and when
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "sy-fx.h"
#include "sy-price.h"

G_BEGIN_DECLS

#define SY_TYPE_PRICE_BOOK (sy_price_book_get_type ())
G_DECLARE_FINAL_TYPE (SyPriceBook, sy_price_book, SY, PRICE_BOOK, GObject)

/**
 * SyPriceBook:
 *
 * The entries of one or more steelyard.prices/1 files, in the order of the
 * files; data/prices/README.md has the format. Immutable. There is a machine in
 * it, always.
 */

/* Reads every *.json of each of @directories (NULL-terminated) in order; a
 * later entry replaces an earlier one of the same id, later rates and discounts
 * come on top. A directory that does not exist is none. Errors:
 * SY_ERROR_INVALID, SY_ERROR_PARSE, with file and place. */
SyPriceBook   *sy_price_book_new           (const char * const *directories, GError **error);

/* The same, and after them the file @path (nullable: none), which must be there. */
SyPriceBook   *sy_price_book_new_with_file (const char * const *directories, const char *path, GError **error);

/* The same from one text; @name stands for it in messages. */
SyPriceBook   *sy_price_book_new_from_data (const char *name, const char *text, gsize length, GError **error);

/* The machines. */
guint          sy_price_book_get_n         (SyPriceBook *self);
const SyPrice *sy_price_book_get           (SyPriceBook *self, guint index);
const SyPrice *sy_price_book_find          (SyPriceBook *self, const char *id); /* NULL: not there */

/* The machine that a new session starts with. */
const SyPrice *sy_price_book_get_default   (SyPriceBook *self);

/* Entries of every kind. */
guint          sy_price_book_get_n_items   (SyPriceBook *self);
const SyPrice *sy_price_book_get_item      (SyPriceBook *self, guint index);
const SyPrice *sy_price_book_find_item     (SyPriceBook *self, const char *id); /* NULL: not there */

/* (element-type SyFxRate) (transfer none) */
GPtrArray     *sy_price_book_get_rates     (SyPriceBook *self);

/* The rate that @price is converted to @currency by. NULL: there is none, or it needs
 * none. (transfer none) */
const SyFxRate *sy_price_book_find_rate    (SyPriceBook *self, const SyPrice *price, const char *currency);

/* @price for one unit in @currency; NAN without a rate (R-FX). */
double         sy_price_book_convert       (SyPriceBook *self, const SyPrice *price, const char *currency);

G_END_DECLS
