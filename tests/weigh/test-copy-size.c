/* test-copy-size.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-copy-size.h"

#define GIB (1024.0 * 1024.0 * 1024.0)

static void
add (GArray *windows,
     double  cores,
     double  bytes,
     guint   n_gaps)
{
  SyTimeWindow window;

  sy_time_window_init (&window);
  window.n_samples = 10;
  window.requests = 1000;
  window.throughput = 100;
  window.cpu_cores = cores;
  window.rss = bytes;
  window.n_gaps = n_gaps;
  g_array_append_val (windows, window);
}

static SyCopySize
read_size (const GArray *windows)
{
  SyCopySize size;

  sy_copy_size_read ((const SyTimeWindow *) (gconstpointer) windows->data, windows->len, &size);
  return size;
}

static double
count_copies (double cores,
              double bytes,
              double vcpu,
              double memory)
{
  const SyCopySize size = { cores, bytes, 1 };
  const SyPrice machine = { .vcpu = vcpu, .memory = memory };

  return sy_copy_size_pack (&size, &machine).pods_per_node;
}

/* The readings of saturated processes of one core; and what a gap leaves. */
static void
test_noise (void)
{
  static const double readings[] = { 0.98, 1.00, 1.01, 1.03, 1.04, 1.00, 0.99, 1.02 };
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (SyTimeWindow));
  SyCopySize size;

  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    add (windows, readings[i], 0.1 * GIB, 0);
  add (windows, 3.7, 4 * GIB, 1);
  size = read_size (windows);
  g_assert_cmpfloat (size.cores, ==, 1);
  g_assert_cmpfloat (size.bytes, ==, 0.1 * GIB);
  g_assert_cmpuint (size.n_windows, ==, G_N_ELEMENTS (readings));
}

/* One reading in fifty is no habit; two cores are two. */
static void
test_high (void)
{
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (SyTimeWindow));

  for (guint i = 0; i < 49; i++)
    add (windows, i % 2 == 0 ? 1.96 : 0.4, NAN, 0);
  add (windows, 6, NAN, 0);
  g_assert_cmpfloat (read_size (windows).cores, ==, 2);
  g_assert_true (isnan (read_size (windows).bytes));
}

static void
test_unknown (void)
{
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (SyTimeWindow));
  SyCopySize size = read_size (windows);

  g_assert_cmpfloat (size.cores, ==, 1);
  g_assert_cmpuint (size.n_windows, ==, 0);

  add (windows, NAN, NAN, 0);
  size = read_size (windows);
  g_assert_cmpfloat (size.cores, ==, 1);
  g_assert_cmpuint (size.n_windows, ==, 0);
  g_assert_true (isnan (count_copies (1, NAN, NAN, NAN)));
}

/* A copy for each core where nothing else limits it; none where one does not fit. */
static void
test_pack (void)
{
  static const struct { double cores, gib, vcpu, machine_gib, copies; } cases[] = {
    { 1, 0.1, 1, 2, 1 }, { 1, 0.1, 2, 8, 2 }, { 1, 0.1, 4, 16, 4 }, { 1, 0.1, 8, 32, 8 },
    { 2, 0.1, 2, 8, 1 }, { 4, 0.1, 2, 8, 0 }, { 4, 0.1, 4, 16, 1 }, { 1.5, 0.1, 4, 16, 2 },
    { 1, 3, 4, 8, 1 }, { 1, 6, 4, 8, 0 }, { 1, NAN, 4, NAN, 4 }, { 1, NAN, 256, 1024, 110 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat (count_copies (cases[i].cores, cases[i].gib * GIB, cases[i].vcpu, cases[i].machine_gib * GIB), ==, cases[i].copies);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/copy-size/noise", test_noise);
  g_test_add_func ("/copy-size/high", test_high);
  g_test_add_func ("/copy-size/unknown", test_unknown);
  g_test_add_func ("/copy-size/pack", test_pack);

  return g_test_run ();
}
