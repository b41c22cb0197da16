/* test-otlp-address.c: who is meant by the address of a backend that pushes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "sy-otlp-address.h"

static void
test_parse (void)
{
  static const struct {
    const char *address;
    const char *url;
    const char *service;
    const char *instance;
    const char *name;
  } cases[] = {
    { "otlp://127.0.0.1:4318/orders", "http://127.0.0.1:4318/v1/metrics?service=orders", "orders", NULL, "orders" },
    { " OTLP://localhost/orders", "http://localhost:4318/v1/metrics?service=orders", "orders", NULL, "orders" },
    { "otlp://[::1]:9/", "http://[::1]:9/v1/metrics?service=", NULL, NULL, "::1:9" },
    { "otlp://[::1]", "http://[::1]:4318/v1/metrics?service=", NULL, NULL, "::1:4318" },
    { "otlp://127.0.0.1", "http://127.0.0.1:4318/v1/metrics?service=", NULL, NULL, "127.0.0.1:4318" },
    { "otlp://127.0.0.1:80/a%20b?instance=x%2F1", "http://127.0.0.1/v1/metrics?service=a%20b&instance=x%2F1", "a b", "x/1", "a b x/1" },
    { "http://127.0.0.1:4318/v1/metrics?service=orders&instance=2", "http://127.0.0.1:4318/v1/metrics?service=orders&instance=2", "orders",
      "2", "orders 2" },
    { "http://127.0.0.1/v1/metrics?service=a", "http://127.0.0.1/v1/metrics?service=a", "a", NULL, "a" },
    { "http://127.0.0.1:4318/v1/metrics?service=", "http://127.0.0.1:4318/v1/metrics?service=", NULL, NULL, "127.0.0.1:4318" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SyOtlpAddress) address = NULL;
      g_autofree char *name = NULL;

      g_assert_true (sy_otlp_address_is (cases[i].address));
      address = sy_otlp_address_parse (cases[i].address, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (address->service, ==, cases[i].service);
      g_assert_cmpstr (address->instance, ==, cases[i].instance);
      name = sy_otlp_address_dup_name (address);
      g_assert_cmpstr (name, ==, cases[i].name);

      /* What is kept is an address of the same. */
      g_assert_true (sy_otlp_address_is (sy_url_get_string (address->url)));
      g_assert_cmpstr (sy_url_get_string (address->url), ==, cases[i].url);
    }
}

static void
test_refused (void)
{
  static const struct {
    const char *address;
    const char *message;
  } cases[] = {
    { "otlp://10.0.0.1:4318/orders", "from this machine only" },
    { "otlp://example.com/orders", "from this machine only" },
    { "otlp://127.0.0.1:4318/orders/1", "only the name of the service" },
    { "otlp://127.0.0.1:0/orders", "is not a port" },
    { "otlp://user@127.0.0.1/orders", "does not belong in an address" },
    { "otlp://127.0.0.1/%ff", "only the name of the service" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (sy_otlp_address_is (cases[i].address));
      g_assert_null (sy_otlp_address_parse (cases[i].address, &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

/* A page of metrics may be at that path, too. */
static void
test_others (void)
{
  g_assert_false (sy_otlp_address_is ("http://127.0.0.1:4318/v1/metrics"));
  g_assert_false (sy_otlp_address_is ("http://127.0.0.1:4318/metrics?service=a"));
  g_assert_false (sy_otlp_address_is ("http://example.com/v1/metrics?service=a"));
  g_assert_false (sy_otlp_address_is ("127.0.0.1:4318"));
  g_assert_false (sy_otlp_address_is (""));
}

static void
test_lines (void)
{
  g_autoptr (SyOtlpAddress) plain = sy_otlp_address_parse ("otlp://127.0.0.1:80/orders", NULL);
  g_autoptr (SyOtlpAddress) odd = sy_otlp_address_parse ("otlp://127.0.0.1/a%20%27b", NULL);
  g_auto (GStrv) lines = sy_otlp_address_dup_lines (plain);
  g_auto (GStrv) odd_lines = sy_otlp_address_dup_lines (odd);

  g_assert_true (g_strv_contains ((const char *const *) lines, "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:80"));
  g_assert_true (g_strv_contains ((const char *const *) lines, "OTEL_EXPORTER_OTLP_PROTOCOL=http/json"));
  g_assert_true (g_strv_contains ((const char *const *) lines, "OTEL_METRIC_EXPORT_INTERVAL=1000"));
  g_assert_true (g_strv_contains ((const char *const *) lines, "OTEL_SERVICE_NAME=orders"));
  g_assert_true (g_strv_contains ((const char *const *) odd_lines, "OTEL_SERVICE_NAME='a '\\''b'"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/otlp-address/parse", test_parse);
  g_test_add_func ("/otlp-address/refused", test_refused);
  g_test_add_func ("/otlp-address/others", test_others);
  g_test_add_func ("/otlp-address/lines", test_lines);

  return g_test_run ();
}
