/* test-price-list.c: kinds, age, rates, discounts, lint and import of price lists
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-price-import.h"
#include "sy-price-lint.h"

#define DAY (G_GINT64_CONSTANT (86400) * 1000000)
#define NOW (G_GINT64_CONSTANT (1795737600) * 1000000) /* 2026-11-27 */

#define ITEM(id, kind, unit, price, currency, observed)                                                              \
  "{\"id\":\"" id "\",\"kind\":\"" kind "\",\"provider\":\"p\",\"region\":\"r\",\"sku\":\"" id "\",\"vcpu\":2,"      \
  "\"mem_gib\":4,\"unit\":\"" unit "\",\"price\":\"" price "\",\"currency\":\"" currency "\","                       \
  "\"observed\":\"" observed "\",\"source\":\"test\",\"grade\":\"A\"}"
#define VM(id) ITEM (id, "vm", "hour", "0.10", "EUR", "2026-11-01")
#define LIST(more, items) "{\"schema\":\"steelyard.prices/1\"," more "\"items\":[" items "]}"
#define RATE "\"fx\":[{\"pair\":\"EUR/USD\",\"rate\":\"1.25\",\"date\":\"2026-05-27\",\"source\":\"s\"}],"
#define CSV_TITLES "EndTimestamp,InstanceID,Region,AssetClass,InstanceIDField,InstanceType,MarketPriceHourly,Version\n"

static SyPriceBook *
load (const char *text)
{
  g_autoptr (GError) error = NULL;
  SyPriceBook *book = sy_price_book_new_from_data ("list", text, strlen (text), &error);

  g_assert_no_error (error);
  return book;
}

static void
test_kinds (void)
{
  g_autoptr (SyPriceBook) book = load (LIST ("", VM ("m") "," ITEM ("out", "egress", "gb", "0.09", "USD", "unknown")));

  g_assert_cmpuint (sy_price_book_get_n (book), ==, 1);
  g_assert_cmpuint (sy_price_book_get_n_items (book), ==, 2);
  g_assert_null (sy_price_book_find (book, "out"));
  g_assert_cmpfloat (sy_price_book_find_item (book, "out")->amount, ==, 0.09);
  g_assert_true (isnan (sy_price_book_find_item (book, "out")->vcpu));
}

static void
test_refusals (void)
{
  static const struct { const char *text, *message; } cases[] = {
    { LIST ("", ITEM ("x", "boat", "hour", "1", "EUR", "2026-01-01")), "kind" },
    { LIST ("", ITEM ("x", "vm", "month", "1", "EUR", "2026-01-01")), "“unit” should be \"hour\"" },
    { LIST ("", ITEM ("x", "vm", "hour", "1", "EUR", "2026-13-01")), "observed" },
    { LIST ("", ITEM ("x", "vm", "hour", "1", "EUR", "26-1-1")), "observed" },
    { LIST ("", ITEM ("x", "egress", "gb", "1", "EUR", "2026")), "no price of a machine" },
    { LIST ("", VM ("m") "," ITEM ("e", "egress", "gb", "0\",\"from_gb\":-1,\"x\":\"", "EUR", "2026")), "from_gb" },
    { LIST ("", VM ("m") "," ITEM ("l", "lb", "hour", "0\",\"from_gb\":1,\"x\":\"", "EUR", "2026")), "from_gb" },
    { LIST ("\"fx\":3,", VM ("m")), "“fx” should be a list" },
    { LIST ("\"fx\":[{\"pair\":\"EUR/EUR\"}],", VM ("m")), "pair" },
    { LIST ("\"fx\":[{\"pair\":\"EUR/USD\",\"rate\":1.2}],", VM ("m")), "rate" },
    { LIST ("\"fx\":[{\"pair\":\"EUR/USD\",\"rate\":\"1.2\"}],", VM ("m")), "date" },
    { LIST ("\"discounts\":[{\"provider\":\"p\",\"percent\":\"100\",\"source\":\"s\"}],", VM ("m")), "percent" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sy_price_book_new_from_data ("list", cases[i].text, strlen (cases[i].text), &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

static void
test_age (void)
{
  SyPrice price = { .observed = (char *) "2026-11-01" };

  g_assert_cmpfloat (sy_price_get_age_days (&price, NOW), ==, 26);
  g_assert_false (sy_price_is_stale (&price, NOW));
  g_assert_false (sy_price_is_stale (&price, NOW + 154 * DAY));
  g_assert_true (sy_price_is_stale (&price, NOW + 155 * DAY));

  /* of a month or a year, the first day; of nothing, nothing */
  price.observed = (char *) "2026-11";
  g_assert_cmpfloat (sy_price_get_age_days (&price, NOW), ==, 26);
  price.observed = (char *) "2026";
  g_assert_true (sy_price_is_stale (&price, NOW));
  price.observed = (char *) "unknown";
  g_assert_true (isnan (sy_price_get_age_days (&price, NOW)));
  g_assert_true (sy_price_is_stale (&price, NOW));
}

static void
test_rates (void)
{
  g_autoptr (SyPriceBook) book = load (LIST (RATE, VM ("m") "," ITEM ("u", "vm", "hour", "0.10", "USD", "2026")));
  const SyFxRate *rate;

  g_assert_cmpfloat_with_epsilon (sy_price_book_convert (book, sy_price_book_find (book, "m"), "USD"), 0.125, 1e-12);
  g_assert_cmpfloat_with_epsilon (sy_price_book_convert (book, sy_price_book_find (book, "u"), "EUR"), 0.08, 1e-12);
  g_assert_cmpfloat (sy_price_book_convert (book, sy_price_book_find (book, "u"), "USD"), ==, 0.1);

  /* without a rate there is no sum */
  g_assert_true (isnan (sy_price_book_convert (book, sy_price_book_find (book, "u"), "JPY")));
  g_assert_cmpfloat (sy_fx_convert (sy_price_book_get_rates (book), 2, "EUR", "USD", &rate), ==, 2.5);
  g_assert_cmpstr (rate->date, ==, "2026-05-27");
  g_assert_true (sy_currency_is_known ("EUR"));
  g_assert_false (sy_currency_is_known ("EURO"));
  g_assert_false (sy_currency_is_known ("R E"));
}

static void
test_discount (void)
{
  g_autoptr (SyPriceBook) book =
    load (LIST ("\"discounts\":[{\"provider\":\"p\",\"percent\":\"50\",\"source\":\"old\"},"
                "{\"provider\":\"p\",\"percent\":\"25\",\"source\":\"new\"},{\"provider\":\"q\",\"percent\":\"90\",\"source\":\"s\"}],", VM ("m")));
  const SyPrice *price = sy_price_book_find (book, "m");

  g_assert_cmpfloat_with_epsilon (price->per_hour, 0.075, 1e-12);
  g_assert_cmpfloat (price->list, ==, 0.1);
  g_assert_cmpstr (price->discount, ==, "new");
}

static void
test_lint (void)
{
  static const struct { const char *text, *codes; } cases[] = {
    { LIST ("", VM ("m")), "" },
    { LIST ("", VM ("m") "," VM ("m")), "duplicate " },
    { LIST ("", "3"), "format " },
    { LIST ("", ITEM ("m", "vm", "hour", "0.00", "EUR", "2026-11-01")), "price-zero " },
    { LIST ("", ITEM ("m", "vm", "hour", "1", "XYZ", "2026-11-01")), "currency " },
    { LIST ("", ITEM ("m", "vm", "hour", "1", "EUR", "2027-11-01")), "future " },
    { LIST ("", ITEM ("m", "vm", "hour", "1", "EUR", "2026-01")), "stale " },
    { LIST ("", ITEM ("m", "vm", "hour", "1", "EUR", "unknown")), "stale " },
    { LIST ("", VM ("m") "," ITEM ("u", "vm", "hour", "1", "USD", "2026-11-01")), "fx " },
    { LIST (RATE, VM ("m") "," ITEM ("u", "vm", "hour", "1", "USD", "2026-11-01")), "" },
    { LIST ("\"fx\":[7],", VM ("m")), "fx " },
    { LIST ("", VM ("f.a") "," VM ("f.b") "," ITEM ("f.c", "vm", "hour", "0.14", "EUR", "2026-11-01")), "family-spread " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) findings = sy_price_lint ("list", cases[i].text, strlen (cases[i].text), NOW, &error);
      g_autoptr (GString) codes = g_string_new (NULL);

      g_assert_no_error (error);
      for (guint k = 0; k < findings->len; k++)
        g_string_append_printf (codes, "%s ", ((SyPriceFinding *) g_ptr_array_index (findings, k))->code);
      g_assert_cmpstr (codes->str, ==, cases[i].codes);
    }
}

static void
test_families (void)
{
  static const struct { const char *sku, *family; } cases[] = {
    { "m7g.large", "m7g" }, { "e2-standard-4", "e2-standard" }, { "Standard_D2as_v5", "Standard_D#as_v5" },
    { "Standard_D16as_v5", "Standard_D#as_v5" }, { "cx33", "cx#" }, { "big", "big" }, { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *family = sy_price_family (cases[i].sku);

      g_assert_cmpstr (family, ==, cases[i].family);
    }
}

/* What we ship has no mistake, whatever its age. */
static void
test_shipped (void)
{
  static const char *const names[] = { "machines.json", "services.json" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = sy_datadir_build_path ("prices", names[i], NULL);
      g_autofree char *text = NULL;
      g_autoptr (GPtrArray) findings = NULL;
      g_autoptr (GError) error = NULL;
      gsize length;

      g_file_get_contents (path, &text, &length, &error);
      g_assert_no_error (error);
      findings = sy_price_lint (path, text, length, NOW, &error);
      g_assert_no_error (error);

      for (guint k = 0; k < findings->len; k++)
        g_assert_cmpstr (((SyPriceFinding *) g_ptr_array_index (findings, k))->code, ==, "stale");
    }
}

static void
test_import (void)
{
  g_autoptr (SyPriceBook) book = load (LIST ("", VM ("m7g.large")));
  const char *text = CSV_TITLES
    "2026-05-17 23:34:22 UTC,n1,eu,node,f,m7g.large,0.0830,\n"
    "2026-04-17 23:34:22 UTC,n2,eu,node,f,m7g.large,0.0820,\n"
    "2026-05-17,m7g.large,,node,f,,0.09,\n"
    "2026-05-17,g,eu,gpu,f,m7g.large,1,\n"
    "2026-05-17,n3,eu,node,f,unheard,1,\n"
    "2026-05-17,n4,eu,node,f,m7g.large,-1,\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (SyPriceImport) import = sy_price_import_opencost ("theirs.csv", text, strlen (text), "EUR", book, &error);
  g_autoptr (SyPriceBook) made = NULL;
  const SyPrice *price;

  g_assert_no_error (error);
  g_assert_cmpuint (import->n_items, ==, 2);
  g_assert_cmpuint (import->skipped->len, ==, 3);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (import->skipped, 0), "line 5: "));

  made = load (import->json);
  price = sy_price_book_find (made, "opencost/eu/m7g.large");
  g_assert_cmpfloat (price->per_hour, ==, 0.083);
  g_assert_cmpfloat (price->vcpu, ==, 2);
  g_assert_cmpstr (price->observed, ==, "2026-05-17");
  g_assert_cmpstr (price->currency, ==, "EUR");
  g_assert_cmpstr (price->source, ==, "theirs.csv");
  g_assert_nonnull (sy_price_book_find (made, "opencost/any/m7g.large"));
}

static void
test_import_refused (void)
{
  g_autoptr (SyPriceBook) book = load (LIST ("", VM ("m")));
  static const struct { const char *text, *currency, *message; } cases[] = {
    { CSV_TITLES, "euro", "currency" },
    { "", "EUR", "nothing" },
    { "a,b\n", "EUR", "InstanceID" },
    { CSV_TITLES "\"", "EUR", "2:1: a quote" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sy_price_import_opencost ("theirs", cases[i].text, strlen (cases[i].text), cases[i].currency, book, &error));
      g_assert_true (g_str_has_prefix (error->message, "theirs: "));
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/price-list/kinds", test_kinds);
  g_test_add_func ("/price-list/refusals", test_refusals);
  g_test_add_func ("/price-list/age", test_age);
  g_test_add_func ("/price-list/rates", test_rates);
  g_test_add_func ("/price-list/discount", test_discount);
  g_test_add_func ("/price-list/lint", test_lint);
  g_test_add_func ("/price-list/families", test_families);
  g_test_add_func ("/price-list/shipped", test_shipped);
  g_test_add_func ("/price-list/import", test_import);
  g_test_add_func ("/price-list/import-refused", test_import_refused);
  return g_test_run ();
}
