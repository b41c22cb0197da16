/* test-law.c
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-law.h"

/* Tables that any book has. */
static void
test_values (void)
{
  g_assert_cmpfloat_with_epsilon (sy_law_student_quantile (0.975, 4), 2.776445, 1e-6);
  g_assert_cmpfloat_with_epsilon (sy_law_binomial (5, 0.5, 6), 63.0 / 64, 1e-12);
  g_assert_cmpfloat_with_epsilon (sy_law_normal_above (1.959964), 0.025, 1e-7);
  g_assert_cmpfloat_with_epsilon (sy_law_normal_quantile (0.975), 1.959964, 1e-6);
  g_assert_cmpfloat_with_epsilon (sy_law_choose (10, 5), 252, 1e-9);
  g_assert_cmpfloat_with_epsilon (sy_law_zeta (2), G_PI * G_PI / 6, 1e-12);
}

/* Out of range is no answer, and not the end of the program. */
static void
test_out_of_range (void)
{
  g_assert_true (isnan (sy_law_student_quantile (1, 4)));
  g_assert_true (isnan (sy_law_student_quantile (0.5, 0)));
  g_assert_true (isnan (sy_law_student_quantile (NAN, 4)));
  g_assert_true (isnan (sy_law_binomial (1, 1.5, 2)));
  g_assert_true (isnan (sy_law_binomial (1, NAN, 2)));
  g_assert_cmpfloat (sy_law_binomial (7, 0.5, 6), ==, 1);
  g_assert_true (isnan (sy_law_normal_quantile (0)));
  g_assert_true (isnan (sy_law_choose (2, 5)));
  g_assert_true (isnan (sy_law_choose (100000, 50000)));
  g_assert_true (isnan (sy_law_zeta (1)));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/law/values", test_values);
  g_test_add_func ("/law/out-of-range", test_out_of_range);
  return g_test_run ();
}
