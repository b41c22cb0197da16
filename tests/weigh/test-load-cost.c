/* test-load-cost.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-load-cost.h"

#define GIB (1024.0 * 1024.0 * 1024.0)

static const SyPrice machine = { .vcpu = 2, .memory = 8 * GIB, .per_hour = 0.08, .currency = (char *) "USD" };

static SyReading
reading (double cores,
         double rss,
         double throughput)
{
  SyReading value;

  sy_reading_init (&value);
  value.cpu_cores = cores;
  value.rss = rss;
  value.throughput = throughput;
  return value;
}

static void
test_cpu_bound (void)
{
  const SyReading r = reading (1.0, 1 * GIB, 1000);
  const SyLoadCost cost = sy_load_cost (&r, &machine);

  g_assert_cmpfloat_with_epsilon (cost.cpu_share, 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (cost.memory_share, 0.125, 1e-12);
  g_assert_false (cost.memory_bound);
  g_assert_cmpfloat_with_epsilon (cost.per_hour, 0.04, 1e-12);
  /* 3.6 million requests an hour for 4 cents */
  g_assert_cmpfloat_with_epsilon (cost.per_million, 0.04 / 3.6, 1e-12);
}

static void
test_memory_bound (void)
{
  const SyReading r = reading (0.1, 6 * GIB, 10);
  const SyLoadCost cost = sy_load_cost (&r, &machine);

  g_assert_true (cost.memory_bound);
  g_assert_cmpfloat_with_epsilon (cost.per_hour, 0.06, 1e-12);
}

static void
test_memory_unknown (void)
{
  const SyReading r = reading (0.5, NAN, 100);
  const SyLoadCost cost = sy_load_cost (&r, &machine);

  g_assert_false (cost.memory_bound);
  g_assert_cmpfloat_with_epsilon (cost.per_hour, 0.02, 1e-12);
}

static void
test_cpu_unknown (void)
{
  const SyReading r = reading (NAN, 1 * GIB, 100);
  const SyLoadCost cost = sy_load_cost (&r, &machine);

  g_assert_true (isnan (cost.per_hour));
  g_assert_true (isnan (cost.per_million));
}

/* Nothing answered: an hour still costs, a million requests has no price. */
static void
test_idle (void)
{
  const double rates[] = { 0, NAN };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      const SyReading r = reading (0.01, 0, rates[i]);
      const SyLoadCost cost = sy_load_cost (&r, &machine);

      g_assert_cmpfloat_with_epsilon (cost.per_hour, 0.08 * 0.005, 1e-12);
      g_assert_true (isnan (cost.per_million));
    }
}

/* Twice the work at the same cost each is the same price a million. */
static void
test_scales (void)
{
  const SyReading one = reading (0.4, 0, 100);
  const SyReading two = reading (0.8, 0, 200);

  g_assert_cmpfloat_with_epsilon (sy_load_cost (&one, &machine).per_million, sy_load_cost (&two, &machine).per_million, 1e-12);
  g_assert_cmpfloat_with_epsilon (2 * sy_load_cost (&one, &machine).per_hour, sy_load_cost (&two, &machine).per_hour, 1e-12);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/load-cost/cpu-bound", test_cpu_bound);
  g_test_add_func ("/load-cost/memory-bound", test_memory_bound);
  g_test_add_func ("/load-cost/memory-unknown", test_memory_unknown);
  g_test_add_func ("/load-cost/cpu-unknown", test_cpu_unknown);
  g_test_add_func ("/load-cost/idle", test_idle);
  g_test_add_func ("/load-cost/scales", test_scales);
  return g_test_run ();
}
