/* test-ticks.c: where the lines of a grid stand
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <float.h>
#include <math.h>

#include "beam.h"

static const struct {
  double      low;
  double      high;
  guint       max_ticks;
  double      step;
  const char *ticks;
} linear_cases[] = {
  { 0, 500, 6, 100, "0 100 200 300 400 500" },
  { 0, 1, 6, 0.2, "0 0.2 0.4 0.6 0.8 1" },
  { 0, 1, 3, 0.5, "0 0.5 1" },
  { 0, 0.3, 4, 0.1, "0 0.1 0.2 0.3" },
  { -3, 3, 4, 2, "-2 0 2" },
  { -0.5, 0.5, 3, 0.5, "-0.5 0 0.5" },
  { 7, 7.4, 5, 0.1, "7 7.1 7.2 7.3 7.4" },
  { 0, 1e300, 3, 5e299, "0 5e+299 1e+300" },
  { 0, 5e-300, 6, 1e-300, "0 1e-300 2e-300 3e-300 4e-300 5e-300" },
  { 0, 500, 1, 0, "" },
  { 5, 5, 6, 0, "" },
  { 5, 1, 6, 0, "" },
  { 0, INFINITY, 6, 0, "" },
  { NAN, 1, 6, 0, "" },
  { -DBL_MAX, DBL_MAX, 6, 0, "" },
  { 1e17, 1e17 + 32, 6, 0, "" },
};

static const struct {
  double      low;
  double      high;
  guint       max_ticks;
  const char *ticks;
} log_cases[] = {
  { 0.01, 0.5, 7, "0.01 0.02 0.05 0.1 0.2 0.5" },
  { 0.01, 0.5, 4, "0.01 0.1" },
  { 1, 1e6, 7, "1 10 100 1000 10000 100000 1000000" },
  { 1, 1e6, 4, "1 100 10000 1000000" },
  { 1e-300, 1e300, 4, "1e-200 1 1e+200" },
  { 0.02, 0.5, 4, "0.02 0.1 0.5" },
  { 0.02, 0.5, 3, "0.02 0.1 0.5" },
  { 0.2, 0.5, 4, "0.2 0.5" },
  { 21, 24, 4, "21 22 23 24" },
  { 0, 10, 4, "" },
  { -1, 10, 4, "" },
  { 10, 10, 4, "" },
  { 1, INFINITY, 4, "" },
};

static char *
join (GArray *ticks)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ticks->len; i++)
    g_string_append_printf (text, "%s%.15g", i > 0 ? " " : "", g_array_index (ticks, double, i));

  return g_string_free (text, FALSE);
}

static void
test_linear (void)
{
  g_autoptr (GArray) ticks = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < G_N_ELEMENTS (linear_cases); i++)
    {
      double step = beam_ticks_linear (linear_cases[i].low, linear_cases[i].high, linear_cases[i].max_ticks, ticks);
      g_autofree char *text = join (ticks);

      g_assert_cmpstr (text, ==, linear_cases[i].ticks);
      g_assert_cmpfloat_with_epsilon (step, linear_cases[i].step, linear_cases[i].step * 1e-12 + DBL_MIN / 1e9);
    }
}

static void
test_linear_never_too_many (void)
{
  g_autoptr (GArray) ticks = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (int i = 0; i < 20000; i++)
    {
      double low = g_rand_double_range (random, -1, 1) * pow (10, g_rand_int_range (random, -12, 12));
      double span = pow (10, g_rand_double_range (random, -6, 6)) * (fabs (low) + 1e-9);
      guint most = (guint) g_rand_int_range (random, 2, 12);

      beam_ticks_linear (low, low + span, most, ticks);
      g_assert_cmpuint (ticks->len, <=, most);
      if (most >= 6)
        g_assert_cmpuint (ticks->len, >=, 2);
    }
}

static void
test_log (void)
{
  g_autoptr (GArray) ticks = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < G_N_ELEMENTS (log_cases); i++)
    {
      guint n = beam_ticks_log (log_cases[i].low, log_cases[i].high, log_cases[i].max_ticks, ticks);
      g_autofree char *text = join (ticks);

      g_assert_cmpstr (text, ==, log_cases[i].ticks);
      g_assert_cmpuint (n, ==, ticks->len);
    }
}

static void
test_125 (void)
{
  static const double cases[][3] = {
    /* value, floor, ceil */
    { 1, 1, 1 }, { 1.5, 1, 2 }, { 2, 2, 2 }, { 3, 2, 5 }, { 5, 5, 5 }, { 7, 5, 10 }, { 10, 10, 10 },
    { 0.3, 0.2, 0.5 }, { 0.1, 0.1, 0.1 }, { 999, 500, 1000 }, { 1000, 1000, 1000 }, { 1e-9, 1e-9, 1e-9 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpfloat_with_epsilon (beam_ticks_floor_125 (cases[i][0]), cases[i][1], cases[i][1] * 1e-12);
      g_assert_cmpfloat_with_epsilon (beam_ticks_ceil_125 (cases[i][0]), cases[i][2], cases[i][2] * 1e-12);
    }

  g_assert_true (isnan (beam_ticks_ceil_125 (0)));
  g_assert_true (isnan (beam_ticks_floor_125 (-1)));
  g_assert_true (isnan (beam_ticks_floor_125 ((double) INFINITY)));
}

#define SECONDS(n) ((gint64) (n) * G_USEC_PER_SEC)

static void
test_time_step (void)
{
  static const struct { gint64 span; guint most; gint64 step; } cases[] = {
    { SECONDS (5), 6, SECONDS (1) },
    { SECONDS (20), 5, SECONDS (5) },
    { SECONDS (60), 5, SECONDS (15) },
    { SECONDS (240), 5, SECONDS (60) },
    { SECONDS (250), 4, SECONDS (120) },
    { SECONDS (300), 6, SECONDS (60) },
    { SECONDS (3600), 5, SECONDS (900) },
    { SECONDS (86400), 5, SECONDS (6 * 3600) },
    { SECONDS (7 * 86400), 8, SECONDS (86400) },
    { SECONDS (366 * 86400), 5, SECONDS (112 * 86400) },
    { SECONDS (5), 1, 0 },
    { 0, 5, 0 },
    { -1, 5, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (beam_ticks_time_step (cases[i].span, cases[i].most), ==, cases[i].step);
}

static void
test_time (void)
{
  g_autoptr (GArray) ticks = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 now = SECONDS (1000) + 123;

  g_assert_cmpint (beam_ticks_time (now - SECONDS (240), now, now, 5, ticks), ==, SECONDS (60));
  g_assert_cmpuint (ticks->len, ==, 5);
  for (guint i = 0; i < ticks->len; i++)
    g_assert_cmpint (g_array_index (ticks, gint64, i), ==, now - SECONDS (240) + i * SECONDS (60));

  /* An anchor outside of the range, on either side. */
  beam_ticks_time (SECONDS (95), SECONDS (125), 0, 4, ticks);
  g_assert_cmpuint (ticks->len, ==, 3);
  g_assert_cmpint (g_array_index (ticks, gint64, 0), ==, SECONDS (100));
  beam_ticks_time (SECONDS (-25), SECONDS (5), SECONDS (1000), 4, ticks);
  g_assert_cmpint (g_array_index (ticks, gint64, 0), ==, SECONDS (-20));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ticks/linear", test_linear);
  g_test_add_func ("/ticks/linear/never-too-many", test_linear_never_too_many);
  g_test_add_func ("/ticks/log", test_log);
  g_test_add_func ("/ticks/125", test_125);
  g_test_add_func ("/ticks/time/step", test_time_step);
  g_test_add_func ("/ticks/time", test_time);
  return g_test_run ();
}
