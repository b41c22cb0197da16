/* fuzz-price-book.c: a price list from anywhere is read whole or refused with a reason
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <stdint.h>

#include "sy-error.h"
#include "sy-price-book.h"
#include "sy-price-lint.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = sy_price_lint ("list", (const char *) data, size, 0, NULL);
  g_autoptr (SyPriceBook) book = sy_price_book_new_from_data ("list", (const char *) data, size, &error);

  if (book == NULL)
    {
      g_assert_cmpint (error->domain, ==, SY_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "list: "));
      return 0;
    }

  /* What can be read can be looked through. */
  g_assert_nonnull (findings);
  for (guint i = 0; i < findings->len; i++)
    g_assert_cmpstr (((SyPriceFinding *) g_ptr_array_index (findings, i))->code, !=, "format");

  for (guint i = 0; i < sy_price_book_get_n_items (book); i++)
    g_assert_true (isfinite (sy_price_book_get_item (book, i)->amount));

  for (guint i = 0; i < sy_price_book_get_n (book); i++)
    {
      const SyPrice *price = sy_price_book_get (book, i);

      g_assert_true (isfinite (price->per_hour) && price->per_hour >= 0);
      g_assert_true (isfinite (price->vcpu) && price->vcpu > 0);
      g_assert_true (isfinite (price->memory) && price->memory > 0);
      g_assert_true (sy_price_book_find (book, price->id) == price);
    }
  g_assert_nonnull (sy_price_book_get_default (book));

  return 0;
}
