/* test-price-book.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-price-book.h"

#define ITEM(id, price, more)                                                                                     \
  "{\"id\":\"" id "\",\"kind\":\"vm\",\"provider\":\"p\",\"region\":\"r\",\"sku\":\"s\",\"vcpu\":2,\"mem_gib\":4,"  \
  "\"unit\":\"hour\",\"price\":" price ",\"currency\":\"EUR\",\"observed\":\"2026-11-01\",\"source\":\"test\","     \
  "\"grade\":\"A\"" more "}"
#define BOOK(items) "{\"schema\":\"steelyard.prices/1\",\"items\":[" items "]}"

typedef struct
{
  char *directory; /* (owned) */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->directory = g_dir_make_tmp ("steelyard-prices-XXXXXX", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  static const char *const names[] = { "a.json", "b.json" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->directory, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->directory);
  g_free (fixture->directory);
}

static void
put (Fixture    *fixture,
     const char *name,
     const char *text)
{
  g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static SyPriceBook *
load (Fixture  *fixture,
      GError  **error)
{
  const char *const directories[] = { fixture->directory, "/nonexistent/steelyard", NULL };

  return sy_price_book_new (directories, error);
}

static void
test_shipped (void)
{
  g_autofree char *directory = sy_datadir_build_path ("prices", NULL);
  const char *const directories[] = { directory, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SyPriceBook) book = sy_price_book_new (directories, &error);
  const SyPrice *price;

  g_assert_no_error (error);
  g_assert_cmpuint (sy_price_book_get_n (book), >, 10);

  price = sy_price_book_get_default (book);
  g_assert_cmpstr (price->id, ==, "aws/us-east-1/m7g.large");
  g_assert_cmpfloat_with_epsilon (price->per_hour, 0.0816, 1e-12);
  g_assert_cmpfloat (price->memory, ==, 8.0 * 1024 * 1024 * 1024);
  g_assert_cmpstr (price->observed, ==, "2026-07-20");
}

static void
test_override (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyPriceBook) book = NULL;

  put (fixture, "a.json", BOOK (ITEM ("x", "\"1.00\"", "") "," ITEM ("y", "\"2.00\"", "")));
  put (fixture, "b.json", BOOK (ITEM ("x", "\"3.50\"", "")));
  book = load (fixture, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (sy_price_book_get_n (book), ==, 2);
  g_assert_cmpfloat (sy_price_book_find (book, "x")->per_hour, ==, 3.5);
  g_assert_null (sy_price_book_find (book, "z"));
  g_assert_cmpstr (sy_price_book_get_default (book)->id, ==, "x");
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load (fixture, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
}

/* Each refusal names the file, the item and what should stand there. */
static void
test_refusals (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct {
    const char *text;
    const char *message;
  } cases[] = {
    { "[]", "schema" },
    { "{\"schema\":\"steelyard.prices/2\",\"items\":[]}", "steelyard.prices/1" },
    { "{\"schema\":\"steelyard.prices/1\"}", "items" },
    { BOOK ("3"), "item 1" },
    { BOOK (ITEM ("x", "1.00", "")), "price" },
    { BOOK (ITEM ("x", "\"1,00\"", "")), "price" },
    { BOOK (ITEM ("x", "\"1.0.0\"", "")), "price" },
    { BOOK (ITEM ("x", "\"-1\"", "")), "price" },
    { BOOK (ITEM ("", "\"1\"", "")), "id" },
    { BOOK (ITEM ("ok", "\"1\"", "") ",{}"), "item 2" },
    { "{", "1:" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      put (fixture, "a.json", cases[i].text);
      g_assert_null (load (fixture, &error));
      g_assert_cmpint (error->domain, ==, SY_ERROR);
      g_assert_nonnull (strstr (error->message, cases[i].message));
      g_assert_nonnull (strstr (error->message, "a.json"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/price-book/shipped", test_shipped);
  g_test_add ("/price-book/override", Fixture, NULL, set_up, test_override, tear_down);
  g_test_add ("/price-book/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/price-book/refusals", Fixture, NULL, set_up, test_refusals, tear_down);
  return g_test_run ();
}
