/* test-random.c: the numbers of PCG64, and what is made of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The expected numbers come from a calculation in big integers, written apart
 * from the code from the published recurrence; the first row is also what the
 * generator's author prints for seed 42 and stream 54.
 */
#include "config.h"

#include <math.h>

#include "sy-random.h"

static const struct
{
  guint64 seed;
  guint64 stream;
  guint64 numbers[8];
} vectors[] = {
  { 42, 54,
    { 0x86b1da1d72062b68, 0x1304aa46c9853d39, 0xa3670e9e0dd50358, 0xf9090e529a7dae00,
      0xc85b9fd837996f2c, 0x606121f8e3919196, 0x7ce1c7ff478354ba, 0xcbc4ac70e541310e } },
  { 0, 0,
    { 0xd4feb4e5a4bcfe09, 0xe85a7fe071b026e6, 0x3a5b9037fe928c11, 0x7b044380d100f216,
      0x1c7850a6b6d83e6a, 0x240b82fcc04f0926, 0x7e43df85bf9fba26, 0x43adf3380b1fe129 } },
  { G_MAXUINT64, G_MAXUINT64,
    { 0xd647663e811bba63, 0x47d514fa3f5712eb, 0x7dbef47a6728bf46, 0xaf10d90c95febb06,
      0xd272c581230caee4, 0xb2579d567c77049c, 0x216068ed179f1fdb, 0xb9bc50a058366856 } },
  { 20261123, 1,
    { 0xb049bba713c96f36, 0x82391eb65ea14f34, 0x87bdc335819dbb9b, 0xdc251e4ee9b14d7a,
      0x4b940f9869cff1ba, 0x696838056f7aa104, 0xef48d0cf29acd853, 0x0af0a2506eaa13a6 } },
};

static void
test_known_numbers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      SyRandom random;

      sy_random_init (&random, vectors[i].seed, vectors[i].stream);
      for (gsize j = 0; j < G_N_ELEMENTS (vectors[i].numbers); j++)
        g_assert_cmphex (sy_random_next (&random), ==, vectors[i].numbers[j]);
    }
}

/* One wrong carry anywhere in 100 000 steps changes this. */
static void
test_long_run (void)
{
  SyRandom random;
  guint64 folded = 0;

  sy_random_init (&random, 42, 54);
  for (guint i = 0; i < 100000; i++)
    folded ^= sy_random_next (&random);

  g_assert_cmphex (folded, ==, 0xfec7dcceaf55a59e);
}

static void
test_uniform (void)
{
  static const double expected[] = { 0.35785330734493104, 0.814703751473898, 0.7478220567308956, 0.004091449245731571 };
  SyRandom random;

  sy_random_init (&random, 7, 9);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpfloat (sy_random_uniform (&random), ==, expected[i]);

  for (guint i = 0; i < 100000; i++)
    {
      double u = sy_random_uniform (&random);

      g_assert_true (u >= 0 && u < 1);
    }
}

static void
test_below (void)
{
  static const guint64 dice[] = { 2, 4, 4, 0, 3, 1, 2, 5, 3, 0, 5, 5, 5, 5, 4, 0, 2, 2, 0, 3 };
  static const guint64 wide[] = {
    G_GUINT64_CONSTANT (3300614188261234813), G_GUINT64_CONSTANT (7514315799665033703),
    G_GUINT64_CONSTANT (37736958563291518), G_GUINT64_CONSTANT (1823341472504418503),
  };
  SyRandom random;

  sy_random_init (&random, 7, 9);
  for (gsize i = 0; i < G_N_ELEMENTS (dice); i++)
    g_assert_cmpuint (sy_random_below (&random, 6), ==, dice[i]);

  /* a bound just over half of the range: every second draw is surplus */
  sy_random_init (&random, 7, 9);
  for (gsize i = 0; i < G_N_ELEMENTS (wide); i++)
    g_assert_cmpuint (sy_random_below (&random, (G_GUINT64_CONSTANT (1) << 63) + 1), ==, wide[i]);
  g_assert_cmpuint (sy_random_next (&random), ==, G_GUINT64_CONSTANT (6290916255934981687));

  for (guint i = 0; i < 100; i++)
    g_assert_cmpuint (sy_random_below (&random, 1), ==, 0);
}

/* Equal but for the last bit, which is the C library's. */
static void
assert_near (double value,
             double expected)
{
  g_assert_cmpfloat_with_epsilon (value, expected, 1e-14 * fabs (expected));
}

static void
test_exponential (void)
{
  static const double expected[] = { 1.10734627040146, 4.214498478256651, 3.4440507914381966 };
  SyRandom random;

  sy_random_init (&random, 7, 9);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_near (sy_random_exponential (&random, 2.5), expected[i]);
}

static void
test_normal (void)
{
  static const double expected[] = { 0.3721912140113883, 1.6593432997989979, 0.44238989067085943, 0.7783829699274012 };
  SyRandom random;

  sy_random_init (&random, 7, 9);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_near (sy_random_normal (&random), expected[i]);

  sy_random_init (&random, 7, 9);
  assert_near (sy_random_lognormal (&random, 0.020, 0.5), 0.020 * exp (0.5 * expected[0]));
}

/* Whatever the values are: a normal number is two draws, an exponential one. */
static void
test_draws_do_not_depend_on_values (void)
{
  SyRandom random, counted;

  sy_random_init (&random, 1, 2);
  counted = random;

  for (guint i = 0; i < 10000; i++)
    {
      sy_random_normal (&random);
      sy_random_lognormal (&random, 1, 1);
      sy_random_exponential (&random, 1);
      for (guint draw = 0; draw < 5; draw++)
        sy_random_next (&counted);
    }

  g_assert_cmphex (sy_random_next (&random), ==, sy_random_next (&counted));
}

/* With 200 000 numbers the mean is off by 0.0022 at one standard error; the
 * bounds are over four of them, and the seed is fixed. */
static void
test_moments (void)
{
  const guint n = 200000;
  double sum = 0, squares = 0, exponential = 0;
  guint below_median = 0;
  SyRandom random;

  sy_random_init (&random, 2026, 1);
  for (guint i = 0; i < n; i++)
    {
      double z = sy_random_normal (&random);

      g_assert_true (isfinite (z));
      sum += z;
      squares += z * z;
      exponential += sy_random_exponential (&random, 3.0);
      below_median += sy_random_lognormal (&random, 0.020, 1.5) < 0.020;
    }

  g_assert_cmpfloat_with_epsilon (sum / n, 0.0, 0.01);
  g_assert_cmpfloat_with_epsilon (squares / n, 1.0, 0.015);
  g_assert_cmpfloat_with_epsilon (exponential / n, 3.0, 0.03);
  g_assert_cmpfloat_with_epsilon ((double) below_median / n, 0.5, 0.005);
}

static void
test_streams_differ (void)
{
  SyRandom a, b, copy;

  sy_random_init (&a, 5, 0);
  sy_random_init (&b, 5, 1);
  g_assert_cmphex (sy_random_next (&a), !=, sy_random_next (&b));

  copy = a;
  g_assert_cmphex (sy_random_next (&a), ==, sy_random_next (&copy));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/random/known-numbers", test_known_numbers);
  g_test_add_func ("/random/long-run", test_long_run);
  g_test_add_func ("/random/uniform", test_uniform);
  g_test_add_func ("/random/below", test_below);
  g_test_add_func ("/random/exponential", test_exponential);
  g_test_add_func ("/random/normal", test_normal);
  g_test_add_func ("/random/draws-do-not-depend-on-values", test_draws_do_not_depend_on_values);
  g_test_add_func ("/random/moments", test_moments);
  g_test_add_func ("/random/streams-differ", test_streams_differ);

  return g_test_run ();
}
