/* test-scale-policy.c: when a scale changes, and to what
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#undef G_DISABLE_ASSERT

#include <float.h>
#include <math.h>

#include "beam.h"

#define NONE { NAN, NAN }

static const struct {
  const char      *what;
  BeamScaleOptions options;
  BeamRange        old; /* NAN: none */
  BeamRange        data;
  BeamRange        expected;
} cases[] = {
  { "no data, linear", { BEAM_SCALE_LINEAR, TRUE, 0, NAN }, NONE, NONE, { 0, 1 } },
  { "no data, log", { BEAM_SCALE_LOG, FALSE, 0, NAN }, NONE, NONE, { 1, 10 } },
  { "no data keeps", { BEAM_SCALE_LINEAR, TRUE, 0, NAN }, { 0, 500 }, NONE, { 0, 500 } },
  { "from zero", { BEAM_SCALE_LINEAR, TRUE, 0, NAN }, NONE, { 120, 440 }, { 0, 500 } },
  { "not from zero", { BEAM_SCALE_LINEAR, FALSE, 0, NAN }, NONE, { 120, 440 }, { 100, 500 } },
  { "headroom", { BEAM_SCALE_LINEAR, TRUE, 0, NAN }, NONE, { 0, 500 }, { 0, 600 } },
  { "negative", { BEAM_SCALE_LINEAR, TRUE, 0, NAN }, NONE, { -40, 30 }, { -40, 40 } },
  { "only negative", { BEAM_SCALE_LINEAR, TRUE, 0, NAN }, NONE, { -40, -10 }, { -40, 10 } },
  { "all zero", { BEAM_SCALE_LINEAR, TRUE, 0, NAN }, NONE, { 0, 0 }, { 0, 1.2 } },
  { "equal", { BEAM_SCALE_LINEAR, FALSE, 0, NAN }, NONE, { 100, 100 }, { 90, 115 } },
  { "minimum span", { BEAM_SCALE_LINEAR, TRUE, 10, NAN }, NONE, { 0, 0.2 }, { 0, 10 } },
  { "include", { BEAM_SCALE_LINEAR, TRUE, 0, 90 }, NONE, { 1, 3 }, { 0, 100 } },
  { "grows at once", { BEAM_SCALE_LINEAR, TRUE, 0, NAN }, { 0, 500 }, { 0, 501 }, { 0, 600 } },
  { "touches", { BEAM_SCALE_LINEAR, TRUE, 0, NAN }, { 0, 500 }, { 0, 500 }, { 0, 500 } },
  { "a little smaller stays", { BEAM_SCALE_LINEAR, TRUE, 0, NAN }, { 0, 500 }, { 0, 300 }, { 0, 500 } },
  { "half shrinks", { BEAM_SCALE_LINEAR, TRUE, 0, NAN }, { 0, 500 }, { 0, 190 }, { 0, 200 } },
  { "log", { BEAM_SCALE_LOG, FALSE, 0, NAN }, NONE, { 0.021, 0.24 }, { 0.01, 0.5 } },
  { "log, room below", { BEAM_SCALE_LOG, FALSE, 0, NAN }, NONE, { 0.026, 0.24 }, { 0.02, 0.5 } },
  { "log equal", { BEAM_SCALE_LOG, FALSE, 0, NAN }, NONE, { 3, 3 }, { 2, 5 } },
  { "log minimum ratio", { BEAM_SCALE_LOG, FALSE, 100, NAN }, NONE, { 1, 1 }, { 0.1, 10 } },
  { "log with zero", { BEAM_SCALE_LOG, FALSE, 0, NAN }, NONE, { 0, 10 }, { 0.005, 20 } },
  { "log all zero", { BEAM_SCALE_LOG, FALSE, 0, NAN }, NONE, { 0, 0 }, { 1, 10 } },
  { "log stays", { BEAM_SCALE_LOG, FALSE, 0, NAN }, { 0.01, 0.5 }, { 0.021, 0.19 }, { 0.01, 0.5 } },
  { "log shrinks", { BEAM_SCALE_LOG, FALSE, 0, NAN }, { 0.01, 1 }, { 0.026, 0.048 }, { 0.02, 0.05 } },
  { "log grows", { BEAM_SCALE_LOG, FALSE, 0, NAN }, { 0.01, 0.5 }, { 0.02, 0.7 }, { 0.01, 1 } },
  { "old of the other kind", { BEAM_SCALE_LOG, FALSE, 0, NAN }, { 0, 500 }, { 2, 400 }, { 1, 500 } },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const BeamRange *old = isnan (cases[i].old.low) ? NULL : &cases[i].old;
      BeamRange got = beam_scale_policy_fit (&cases[i].options, old, &cases[i].data);
      double size = cases[i].expected.high - cases[i].expected.low;

      g_test_message ("%s: [%g, %g]", cases[i].what, got.low, got.high);
      g_assert_cmpfloat_with_epsilon (got.low, cases[i].expected.low, size * 1e-9);
      g_assert_cmpfloat_with_epsilon (got.high, cases[i].expected.high, size * 1e-9);
    }
}

/* Whatever the data, the range can be drawn. */
static void
test_extremes (void)
{
  static const double values[] = {
    -DBL_MAX, -1e300, -1, -1e-300, 0, DBL_MIN / 4, 1e-300, 1, 1e300, DBL_MAX, INFINITY, -INFINITY, NAN,
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint j = i; j < G_N_ELEMENTS (values); j++)
      for (int kind = 0; kind < 4; kind++)
        {
          BeamScaleOptions options = { kind & 1 ? BEAM_SCALE_LOG : BEAM_SCALE_LINEAR, kind & 2, 0, (double) NAN };
          BeamRange data = { values[i], values[j] };
          BeamRange got = beam_scale_policy_fit (&options, NULL, &data);

          g_test_message ("%g %g kind %d: [%g, %g]", data.low, data.high, kind, got.low, got.high);
          g_assert_true (isfinite (got.low) && isfinite (got.high));
          g_assert_cmpfloat (got.low, <, got.high);
          if (options.scale == BEAM_SCALE_LOG)
            g_assert_cmpfloat (got.low, >, 0);
        }
}

/* A value that plays around any limit makes the axis change once, not each time. */
static void
test_no_flicker (void)
{
  BeamScaleOptions options = { BEAM_SCALE_LINEAR, TRUE, 0, (double) NAN };

  for (double limit = 1; limit < 1000; limit *= 1.1)
    {
      BeamRange range = { 0, 1 };
      guint n_changes = 0;

      for (int i = 0; i < 100; i++)
        {
          BeamRange data = { 0, limit * (i % 2 == 0 ? 1.03 : 0.97) };
          BeamRange next = beam_scale_policy_fit (&options, &range, &data);

          n_changes += next.high != range.high;
          range = next;
        }
      g_assert_cmpuint (n_changes, <=, 1);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scale-policy/table", test_table);
  g_test_add_func ("/scale-policy/extremes", test_extremes);
  g_test_add_func ("/scale-policy/no-flicker", test_no_flicker);
  return g_test_run ();
}
