/* test-back-off.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-back-off.h"

#define SECOND G_GINT64_CONSTANT (1000000)

static void
test_success (void)
{
  SyBackOff back_off;

  sy_back_off_init (&back_off, 1, 100 * SECOND);
  g_assert_cmpint (sy_back_off_succeed (&back_off, 100 * SECOND + 1000, SECOND), ==, 101 * SECOND);
  g_assert_cmpint (sy_back_off_succeed (&back_off, 101 * SECOND + 900000, SECOND), ==, 102 * SECOND);
  /* three ticks went by while one answer came: they are skipped */
  g_assert_cmpint (sy_back_off_succeed (&back_off, 105 * SECOND + 1, SECOND), ==, 106 * SECOND);
}

static void
test_failure (void)
{
  SyBackOff back_off;
  gint64 expected = SECOND;

  sy_back_off_init (&back_off, 1, 0);

  for (guint i = 0; i < 10; i++)
    {
      const gint64 wait = sy_back_off_fail (&back_off, 0, SECOND, 0);

      g_assert_cmpint (wait, <=, expected);
      g_assert_cmpint (wait, >=, expected * 3 / 4);
      expected = MIN (expected * 2, SY_BACK_OFF_MAX_US);
    }

  /* one good answer, and it begins anew */
  sy_back_off_succeed (&back_off, 0, SECOND);
  g_assert_cmpint (sy_back_off_fail (&back_off, 0, SECOND, 0), <=, SECOND);
}

static void
test_retry_after (void)
{
  SyBackOff back_off;

  sy_back_off_init (&back_off, 1, 0);
  g_assert_cmpint (sy_back_off_fail (&back_off, 0, SECOND, 90 * SECOND), ==, 90 * SECOND);
}

static void
test_long_interval (void)
{
  SyBackOff back_off;

  sy_back_off_init (&back_off, 1, 0);
  for (guint i = 0; i < 5; i++)
    {
      const gint64 wait = sy_back_off_fail (&back_off, 0, 60 * SECOND, 0);

      g_assert_cmpint (wait, <=, 60 * SECOND);
      g_assert_cmpint (wait, >=, 45 * SECOND);
    }
}

/* The same source waits the same; two sources do not wait in step. */
static void
test_jitter (void)
{
  SyBackOff a, b, c;

  sy_back_off_init (&a, 1, 0);
  sy_back_off_init (&b, 1, 0);
  sy_back_off_init (&c, 2, 0);
  g_assert_cmpint (sy_back_off_fail (&a, 0, SECOND, 0), ==, sy_back_off_fail (&b, 0, SECOND, 0));
  g_assert_cmpint (sy_back_off_fail (&a, 0, SECOND, 0), !=, sy_back_off_fail (&c, 0, SECOND, 0));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/back-off/success", test_success);
  g_test_add_func ("/back-off/failure", test_failure);
  g_test_add_func ("/back-off/retry-after", test_retry_after);
  g_test_add_func ("/back-off/long-interval", test_long_interval);
  g_test_add_func ("/back-off/jitter", test_jitter);
  return g_test_run ();
}
