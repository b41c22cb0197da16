/* test-load-capacity.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-load-capacity.h"

static void
add (GArray *windows,
     double  load,
     double  share,
     double  errors,
     guint   n)
{
  for (guint i = 0; i < n; i++)
    {
      SyTimeWindow window;

      sy_time_window_init (&window);
      window.n_samples = 10;
      window.throughput = load * (1 + 0.01 * (i % 3));
      window.requests = 10 * load;
      window.slo_share = share + (i % 2 ? 0.001 : -0.001);
      window.error_ratio = errors;
      g_array_append_val (windows, window);
    }
}

static SyLoadCapacity
capacity_of (const GArray *windows)
{
  g_autoptr (GArray) bins = sy_load_bins ((const SyTimeWindow *) (gconstpointer) windows->data, windows->len, 0.95, 0.01);

  return sy_load_capacity (bins);
}

static void
test_found (void)
{
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (SyTimeWindow));
  SyLoadCapacity capacity;

  add (windows, 900, 0.80, 0, 6);
  add (windows, 100, 0.99, 0, 6);
  add (windows, 600, 0.99, 0, 6);
  capacity = capacity_of (windows);
  g_assert_cmpint (capacity.state, ==, SY_CAPACITY_MEASURED);
  g_assert_cmpfloat_with_epsilon (capacity.low, 606, 1);
  g_assert_cmpfloat_with_epsilon (capacity.high, 909, 1);
}

/* The limit was not reached, or the smallest load is beyond it: no number is
 * made up. */
static void
test_not_found (void)
{
  g_autoptr (GArray) good = g_array_new (FALSE, FALSE, sizeof (SyTimeWindow));
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (SyTimeWindow));
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (SyTimeWindow));
  SyLoadCapacity capacity;

  add (good, 100, 0.99, 0, 6);
  add (good, 300, 0.99, 0, 6);
  capacity = capacity_of (good);
  g_assert_cmpint (capacity.state, ==, SY_CAPACITY_AT_LEAST);
  g_assert_cmpfloat_with_epsilon (capacity.low, 303, 1);
  g_assert_true (isinf (capacity.high));

  add (bad, 100, 0.5, 0, 6);
  capacity = capacity_of (bad);
  g_assert_cmpint (capacity.state, ==, SY_CAPACITY_BELOW);
  g_assert_true (isnan (capacity.low));
  g_assert_cmpfloat_with_epsilon (capacity.high, 101, 1);

  g_assert_cmpint (capacity_of (none).state, ==, SY_CAPACITY_UNKNOWN);
}

/* Errors count, and a share that is only perhaps enough is not enough. */
static void
test_doubt (void)
{
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (SyTimeWindow));
  SyLoadCapacity capacity;

  add (windows, 100, 0.99, 0, 6);
  add (windows, 200, 0.951, 0, 1);
  add (windows, 400, 0.99, 0.05, 6);
  capacity = capacity_of (windows);
  g_assert_cmpint (capacity.state, ==, SY_CAPACITY_MEASURED);
  g_assert_cmpfloat_with_epsilon (capacity.low, 101, 1);
  g_assert_cmpfloat_with_epsilon (capacity.high, 404, 1);
}

/* Windows that disagree make the interval wide, however many requests. */
static void
test_spread (void)
{
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (SyTimeWindow));
  g_autoptr (GArray) bins = NULL;

  for (guint i = 0; i < 6; i++)
    add (windows, 10000, i % 2 ? 1 : 0.94, 0, 1);
  bins = sy_load_bins ((const SyTimeWindow *) (gconstpointer) windows->data, windows->len, 0.95, 0.01);
  g_assert_cmpuint (bins->len, ==, 1);
  g_assert_cmpfloat (g_array_index (bins, SyLoadBin, 0).share_low, <, 0.94);
  g_assert_false (g_array_index (bins, SyLoadBin, 0).meets);
  g_assert_false (g_array_index (bins, SyLoadBin, 0).violates);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/load-capacity/found", test_found);
  g_test_add_func ("/load-capacity/not-found", test_not_found);
  g_test_add_func ("/load-capacity/doubt", test_doubt);
  g_test_add_func ("/load-capacity/spread", test_spread);
  return g_test_run ();
}
