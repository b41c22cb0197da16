/* sy-price-book.h: what machines cost, where that was read, and when
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A machine for rent. Immutable. */
typedef struct {
  char   *id;        /* "aws/us-east-1/m7g.large" */
  char   *provider;
  char   *region;
  char   *sku;
  double  vcpu;
  double  memory;    /* bytes */
  double  per_hour;  /* in @currency */
  char   *currency;  /* ISO 4217 */
  char   *observed;  /* ISO date of the price */
  char   *source;
  char   *grade;
  gboolean burstable;
} SyPrice;

#define SY_TYPE_PRICE_BOOK (sy_price_book_get_type ())
G_DECLARE_FINAL_TYPE (SyPriceBook, sy_price_book, SY, PRICE_BOOK, GObject)

/**
 * SyPriceBook:
 *
 * The entries of one or more steelyard.prices/1 files, in the order of the
 * files; data/prices/README.md has the format. Immutable. Never empty.
 */

/* Reads every *.json of each of @directories (NULL-terminated) in order; a
 * later entry replaces an earlier one of the same id. A directory that does not
 * exist is none. Errors: SY_ERROR_INVALID, SY_ERROR_PARSE, with file and place. */
SyPriceBook   *sy_price_book_new           (const char * const *directories, GError **error);

/* The same from one text; @name stands for it in messages. */
SyPriceBook   *sy_price_book_new_from_data (const char *name, const char *text, gsize length, GError **error);
guint          sy_price_book_get_n         (SyPriceBook *self);
const SyPrice *sy_price_book_get           (SyPriceBook *self, guint index);
const SyPrice *sy_price_book_find          (SyPriceBook *self, const char *id); /* NULL: not there */

/* The entry that a new session starts with. */
const SyPrice *sy_price_book_get_default   (SyPriceBook *self);

G_END_DECLS
