/* test-work.c: units, checksums, calibration, the mix
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-work.h"

/* The definition, letter by letter, in 64-bit arithmetic. */
static guint32
run_by_definition (guint64 n_steps)
{
  guint64 x = 2166136261;

  for (guint64 step = 0; step < n_steps; step++)
    {
      guint64 i = step % 10000;

      x = ((x ^ (i & 255)) * 16777619) & G_GUINT64_CONSTANT (0xffffffff);
    }

  return (guint32) x;
}

static void
test_checksum (void)
{
  const guint64 counts[] = { 0, 1, 255, 256, 9999, 10000, 10001, 30000, 123457 };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmphex (sy_work_run (SY_WORK_CHECKSUM_START, 0, counts[i]), ==, run_by_definition (counts[i]));

  g_assert_cmphex (run_by_definition (30000), ==, 0x9fa5e1b5);
}

static void
test_parts (void)
{
  guint32 whole = sy_work_run (SY_WORK_CHECKSUM_START, 0, 25000);
  guint32 parts = sy_work_run (SY_WORK_CHECKSUM_START, 0, 7);

  parts = sy_work_run (parts, 7, 9993);
  parts = sy_work_run (parts, 10000, 10001);
  parts = sy_work_run (parts, 20001, 4999);

  g_assert_cmphex (parts, ==, whole);
}

/* No time is asserted: only that the figure is a speed of this century. */
static void
test_calibration (void)
{
  double steps_per_ms = sy_work_calibrate ();

  g_assert_cmpfloat (steps_per_ms, >, 1e2);
  g_assert_cmpfloat (steps_per_ms, <, 1e9);
}

static void
test_digest (void)
{
  g_autofree char *nothing = sy_work_digest (0);
  g_autofree char *some = sy_work_digest (64);

  g_assert_cmpstr (nothing, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (some, ==, "7daca2095d0438260fa849183dfc67faa459fdf4936e1bc91eec6b281b27e4c2");
}

static void
test_mix (void)
{
  guint n_picked = 0;

  for (guint32 seed = 0; seed < 100000; seed++)
    {
      g_assert_false (sy_work_mix_picks (seed, 0));
      g_assert_true (sy_work_mix_picks (seed, 100));
      if (sy_work_mix_picks (seed, 10))
        {
          n_picked++;
          g_assert_true (sy_work_mix_picks (seed, 20));
        }
    }

  /* a fair tenth of 100 000 deviates by less than 500 in all but 1 of 10 million */
  g_assert_cmpuint (n_picked, >, 9500);
  g_assert_cmpuint (n_picked, <, 10500);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reference/work/checksum", test_checksum);
  g_test_add_func ("/reference/work/parts", test_parts);
  g_test_add_func ("/reference/work/calibration", test_calibration);
  g_test_add_func ("/reference/work/digest", test_digest);
  g_test_add_func ("/reference/work/mix", test_mix);

  return g_test_run ();
}
