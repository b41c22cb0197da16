/* fuzz-price-import.c: what is imported from anywhere is a price list that we can read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "sy-error.h"
#include "sy-price-import.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define BOOK                                                                                                        \
  "{\"schema\":\"steelyard.prices/1\",\"items\":[{\"id\":\"x\",\"kind\":\"vm\",\"provider\":\"aws\",\"region\":\"r\"," \
  "\"sku\":\"m7g.large\",\"vcpu\":2,\"mem_gib\":8,\"unit\":\"hour\",\"price\":\"0.08\",\"currency\":\"USD\","       \
  "\"observed\":\"2026-01-01\",\"source\":\"s\",\"grade\":\"A\"}]}"

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyPriceBook) book = sy_price_book_new_from_data ("book", BOOK, strlen (BOOK), &error);
  g_autoptr (SyPriceImport) import = NULL;

  g_assert_no_error (error);
  import = sy_price_import_opencost ("list", (const char *) data, size, "EUR", book, &error);

  if (import == NULL)
    {
      g_assert_cmpint (error->domain, ==, SY_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "list: "));
    }
  else if (import->json != NULL)
    {
      g_autoptr (SyPriceBook) made = sy_price_book_new_from_data ("made", import->json, strlen (import->json), &error);

      g_assert_no_error (error);
      g_assert_cmpuint (sy_price_book_get_n (made), ==, import->n_items);
    }
  else
    g_assert_cmpuint (import->n_items, ==, 0);

  return 0;
}
