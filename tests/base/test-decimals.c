/* test-decimals.c: as many digits as count, also next to a power of ten
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-decimals.h"

static const struct {
  double      value;
  int         significant;
  const char *text;
} cases[] = {
  { 43.21, 3, "43.2" },
  { 9.994, 3, "9.99" },
  { 9.996, 3, "10.0" },
  { 999.6, 3, "1000" },
  { 0.0068, 2, "0.0068" },
  { 0.00099, 2, "0.00099" },
  { 0.000996, 2, "0.0010" },
  { 0.994, 2, "0.99" },
  { 0.996, 2, "1.0" },
  { -0.000996, 2, "-0.0010" },
  { 1e-11, 2, "0.000000000010" },
  { 1e-13, 2, "0" },
  { 0, 3, "0" },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("%.*f", sy_decimals_for (cases[i].value, cases[i].significant), cases[i].value);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_not_finite (void)
{
  g_assert_cmpint (sy_decimals_for (NAN, 3), ==, 0);
  g_assert_cmpint (sy_decimals_for (INFINITY, 3), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decimals/cases", test_cases);
  g_test_add_func ("/decimals/not-finite", test_not_finite);
  return g_test_run ();
}
