/* test-load-cloud.c: when a model through points of load may say a peak
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-load-cloud.h"
#include "sy-random.h"

/* A server that carries at most 500 requests/s, at @n loads, each @factor times the last. */
static GArray *
make_cloud (guint  n,
            double factor)
{
  GArray *cloud = g_array_new (FALSE, FALSE, sizeof (SyLoadPoint));
  double in_flight = 1;

  for (guint i = 0; i < n; i++, in_flight *= factor)
    {
      const double throughput = 100 * in_flight / (1 + 0.06 * (in_flight - 1) + 0.004 * in_flight * (in_flight - 1));
      const SyLoadPoint point = { throughput, in_flight / throughput, in_flight, TRUE };

      g_array_append_val (cloud, point);
    }

  return cloud;
}

static void
test_peak (void)
{
  g_autoptr (GArray) cloud = make_cloud (12, 1.5);
  g_autofree char *text = NULL;
  g_autoptr (GArray) curve = sy_load_cloud_fit (cloud, &text);

  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, "peaks at"));
  g_assert_cmpuint (curve->len, >, 10);
}

/* One offered rate: what varies is chance, and no capacity. */
static void
test_one_rate (void)
{
  for (guint64 seed = 1; seed <= 50; seed++)
    {
      g_autoptr (GArray) cloud = g_array_new (FALSE, FALSE, sizeof (SyLoadPoint));
      g_autoptr (GArray) curve = NULL;
      g_autofree char *text = NULL;
      SyRandom random;

      sy_random_init (&random, seed, 3);
      for (guint i = 0; i < 20; i++)
        {
          const double throughput = 200 + 4 * sy_random_normal (&random);
          const SyLoadPoint point = { throughput, 0.03, fmax (1, 4 + 2 * sy_random_normal (&random)), TRUE };

          g_array_append_val (cloud, point);
        }
      curve = sy_load_cloud_fit (cloud, &text);
      g_assert_true (g_str_has_prefix (text, "No model"));
      g_assert_cmpuint (curve->len, ==, 0);
    }
}

/* A peak below what was seen, be it in a disturbed step, is none. */
static void
test_below_measured (void)
{
  g_autoptr (GArray) cloud = make_cloud (12, 1.5);
  const SyLoadPoint seen = { 900, 0.4, 60, FALSE };
  g_autofree char *text = NULL;
  g_autoptr (GArray) curve = NULL;

  g_array_append_val (cloud, seen);
  curve = sy_load_cloud_fit (cloud, &text);
  g_assert_cmpstr (text, ==, "The model peaks below what was measured, so it is not said.");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/load-cloud/peak", test_peak);
  g_test_add_func ("/load-cloud/one-rate", test_one_rate);
  g_test_add_func ("/load-cloud/below-measured", test_below_measured);
  return g_test_run ();
}
