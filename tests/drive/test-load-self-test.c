/* test-load-self-test.c: a known delay is measured as what it is
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only what holds on the busiest machine is asserted: no answer comes before
 * its delay is over, and none is lost. How close it is, is for --self-test.
 */
#include <string.h>

#include "sy-load-self-test.h"

static void
test_known_delay (void)
{
  g_autoptr (GError) error = NULL;
  SyLoadSelfTest result;

  sy_load_self_test (&result, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (result.expected, ==, 0.020);
  g_assert_cmpuint (result.offered, >, 300);
  g_assert_cmpuint (result.answered, ==, result.offered);

  /* The histogram is 0.4 % exact. */
  g_assert_cmpfloat (result.p50, >=, 0.020 * (1 - 1 / 256.0));
  g_assert_cmpfloat (result.p99, >=, result.p50);
  g_assert_true (result.passed == (result.p50 <= 0.021));
}

static void
test_text (void)
{
  SyLoadSelfTest bad = { .expected = 0.02, .p50 = 0.0432, .p99 = 0.1, .late_p99 = 0.03, .offered = 10, .answered = 9 };
  g_autofree char *text = sy_load_self_test_text (&bad);
  g_autofree char *json = sy_load_self_test_json (&bad);

  g_assert_true (g_str_has_prefix (text, "NOT GOOD: a server that takes 20.0 ms was measured at p50 43.20 ms"));
  g_assert_nonnull (strstr (json, "\"event\":\"self-test\""));
  g_assert_nonnull (strstr (json, "\"passed\":false"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drive/self-test/known-delay", test_known_delay);
  g_test_add_func ("/drive/self-test/text", test_text);

  return g_test_run ();
}
