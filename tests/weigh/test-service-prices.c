/* test-service-prices.c: which prices of a list a machine is hosted with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-service-prices.h"
#include "sy-worked-example.h"

#define HEAD "{\"schema\": \"steelyard.prices/1\", \"items\": ["
#define REST "\"observed\": \"2026-09-01\", \"source\": \"a test\", \"grade\": \"A\"}"
#define VM(place) \
  "{\"id\": \"vm/" place "\", \"kind\": \"vm\", \"provider\": \"p\", \"region\": \"" place "\", \"sku\": \"s\", \"vcpu\": 2, " \
  "\"mem_gib\": 8, \"unit\": \"hour\", \"price\": \"0.1\", \"currency\": \"EUR\", " REST
#define ITEM(id, kind, provider, region, unit, price, more) \
  ", {\"id\": \"" id "\", \"kind\": \"" kind "\", \"provider\": \"" provider "\", \"region\": \"" region "\", \"sku\": \"" id \
  "\", \"unit\": \"" unit "\", \"price\": \"" price "\", \"currency\": \"EUR\", " more REST

static SyPriceBook *
load (const char *text)
{
  g_autoptr (GError) error = NULL;
  SyPriceBook *book = sy_price_book_new_from_data ("a test", text, strlen (text), &error);

  g_assert_no_error (error);
  return book;
}

/* First where the machine is, then its provider, then any. */
static void
test_place (void)
{
  g_autoptr (SyPriceBook) book = load (HEAD VM ("west") ", " VM ("east")
    ITEM ("other", "lb", "q", "west", "hour", "1", "") ITEM ("near", "lb", "p", "north", "hour", "2", "")
    ITEM ("here", "lb", "p", "west", "hour", "3", "") ITEM ("gb", "lb-usage", "p", "west", "gb", "4", "")
    ITEM ("lcu", "lb-usage", "q", "west", "lcu-hour", "5", "") "]}");
  const SyPrice *west = sy_price_book_find (book, "vm/west");
  const SyPrice *east = sy_price_book_find (book, "vm/east");
  SyServicePrices services;

  sy_service_prices_find (book, west, &services);
  g_assert_cmpstr (services.balancer->id, ==, "here");
  g_assert_false (sy_service_price_is_foreign (services.balancer, west));
  g_assert_cmpstr (services.unit->id, ==, "lcu"); /* a gigabyte is no capacity unit */
  g_assert_true (sy_service_price_is_foreign (services.unit, west));
  g_assert_cmpuint (services.n_tiers, ==, 0);
  g_assert_cmpuint (sy_service_prices_get_n (&services), ==, 2);

  sy_service_prices_find (book, east, &services);
  g_assert_cmpstr (services.balancer->id, ==, "near");
  g_assert_true (sy_service_price_is_foreign (services.balancer, east));
  sy_service_prices_find (book, NULL, &services);
  g_assert_cmpstr (services.balancer->id, ==, "other");
}

/* In the order of where they begin, of one place, and what comes before is free. */
static void
test_tiers (void)
{
  g_autoptr (SyPriceBook) book = load (HEAD VM ("west")
    ITEM ("late", "egress", "p", "west", "gb", "0.05", "\"from_gb\": 1000, ") ITEM ("early", "egress", "p", "west", "gb", "0.1", "\"from_gb\": 10, ")
    ITEM ("elsewhere", "egress", "p", "east", "gb", "9", "") "]}");
  SyServicePrices services;
  SyHostingPlan plan;

  sy_hosting_plan_init (&plan);
  sy_service_prices_find (book, sy_price_book_find (book, "vm/west"), &services);
  g_assert_cmpuint (services.n_tiers, ==, 2);
  g_assert_cmpstr (sy_service_prices_get (&services, SY_SERVICE_EGRESS)->id, ==, "early");
  g_assert_null (services.balancer);

  sy_service_prices_fill (&services, book, "EUR", &plan);
  g_assert_true (isnan (plan.balancer_hour) && isnan (plan.balancer_unit));
  g_assert_cmpuint (plan.n_tiers, ==, 3);
  g_assert_cmpfloat_with_epsilon (sy_price_tiers (plan.tiers, plan.n_tiers, 2000), 990 * 0.1 + 1000 * 0.05, 1e-9);

  /* Without a rate nothing is known, and nothing is free. */
  sy_service_prices_fill (&services, book, "ISK", &plan);
  g_assert_true (isnan (sy_price_tiers (plan.tiers, plan.n_tiers, 2000)));
}

#define TIER(from) ITEM ("t" #from, "egress", "p", "west", "gb", "0.1", "\"from_gb\": " #from ", ")

/* One more than fits: no price, rather than that of some of them. */
static void
test_too_many_tiers (void)
{
  g_autoptr (SyPriceBook) fitting = load (HEAD VM ("west") TIER (7) TIER (6) TIER (5) TIER (4) TIER (3) TIER (2) TIER (1) "]}");
  g_autoptr (SyPriceBook) book = load (HEAD VM ("west") ITEM ("here", "lb", "p", "west", "hour", "3", "")
    TIER (8) TIER (7) TIER (6) TIER (5) TIER (4) TIER (3) TIER (2) TIER (1) "]}");
  SyServicePrices services;
  SyHostingPlan plan;

  sy_hosting_plan_init (&plan);
  sy_service_prices_find (fitting, sy_price_book_find (fitting, "vm/west"), &services);
  sy_service_prices_fill (&services, fitting, "EUR", &plan);
  g_assert_cmpuint (plan.n_tiers, ==, SY_HOSTING_MAX_TIERS);

  sy_service_prices_find (book, sy_price_book_find (book, "vm/west"), &services);
  sy_service_prices_fill (&services, book, "EUR", &plan);
  g_assert_cmpuint (sy_service_prices_get_n (&services), ==, SY_SERVICE_EGRESS);
  g_assert_true (isnan (sy_price_tiers (plan.tiers, plan.n_tiers, 2000)));
  g_assert_cmpfloat (plan.balancer_hour, ==, 3);
}

static void
test_nothing (void)
{
  g_autoptr (SyPriceBook) book = load (HEAD VM ("west") "]}");
  SyServicePrices services;
  SyHostingPlan plan;

  sy_hosting_plan_init (&plan);
  sy_service_prices_find (book, NULL, &services);
  sy_service_prices_fill (&services, book, "EUR", &plan);
  g_assert_cmpuint (plan.n_tiers, ==, 0);
  g_assert_true (isnan (plan.balancer_hour));
}

/* What is shipped has all of it, with a source and a day, and costs what the
 * example of the model was computed with. */
static void
test_shipped (void)
{
  g_autofree char *folder = sy_datadir_build_path ("prices", NULL);
  const char *const folders[] = { folder, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SyPriceBook) book = sy_price_book_new (folders, &error);
  SyServicePrices services;
  SyHostingPlan plan, example;

  g_assert_no_error (error);
  sy_hosting_plan_init (&plan);
  sy_hosting_plan_init (&example);
  sy_worked_example_set_prices (&example);
  sy_service_prices_find (book, sy_price_book_find (book, "aws/us-east-1/m7g.large"), &services);
  sy_service_prices_fill (&services, book, "USD", &plan);

  for (guint i = 0; i < sy_service_prices_get_n (&services); i++)
    {
      const SyPrice *price = sy_service_prices_get (&services, i);

      g_assert_nonnull (price);
      g_assert_false (isnan (sy_price_get_age_days (price, g_get_real_time ())));
      g_assert_cmpstr (price->source, !=, "");
    }

  g_assert_cmpfloat (plan.balancer_hour, ==, example.balancer_hour);
  g_assert_cmpfloat (plan.balancer_unit, ==, example.balancer_unit);
  g_assert_cmpuint (plan.n_tiers, ==, example.n_tiers);
  for (guint i = 0; i < plan.n_tiers; i++)
    {
      g_assert_cmpfloat (plan.tiers[i].price, ==, example.tiers[i].price);
      g_assert_true (plan.tiers[i].up_to == example.tiers[i].up_to);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service-prices/place", test_place);
  g_test_add_func ("/service-prices/tiers", test_tiers);
  g_test_add_func ("/service-prices/too-many-tiers", test_too_many_tiers);
  g_test_add_func ("/service-prices/nothing", test_nothing);
  g_test_add_func ("/service-prices/shipped", test_shipped);
  return g_test_run ();
}
