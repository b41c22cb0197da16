/* test-load-finding.c: capacity and overload from the steps of a load
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-load-finding.h"
#include "sy-load-step.h"

#define SECONDS 10

/* Of @rate requests/s @good a second are answered in 20 ms, the rest in 2 s. */
static SyLoadStep *
add_step (GPtrArray *steps,
          guint      side,
          double     rate,
          double     good)
{
  SyLoadStep *step = sy_load_step_new ();

  step->side = side;
  step->rate = rate;
  step->to_us = SECONDS * G_USEC_PER_SEC;
  step->offered = rate * SECONDS;
  step->throughput = rate;
  step->error_share = 0;
  step->histogram = (SyLoadHistogram) { 2, g_new0 (double, 2), g_new0 (guint64, 2) };
  step->histogram.upper[0] = 0.02;
  step->histogram.upper[1] = 2;
  step->histogram.counts[0] = (guint64) (good * SECONDS);
  step->histogram.counts[1] = (guint64) ((rate - good) * SECONDS);
  g_ptr_array_add (steps, step);
  return step;
}

static GPtrArray *
new_ramp (void)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_load_step_free);

  add_step (steps, 0, 200, 200);
  add_step (steps, 0, 300, 300);
  add_step (steps, 0, 450, 180);
  add_step (steps, 1, 200, 200);
  add_step (steps, 1, 300, 300);
  return steps;
}

static void
test_found (void)
{
  static const SyLoadTarget target = { 0.1, 0.95, 0.01 };
  g_autoptr (GPtrArray) steps = new_ramp ();
  SyLoadFinding finding;

  sy_load_find (steps, 0, &target, &finding);
  g_assert_cmpint (finding.capacity.state, ==, SY_CAPACITY_MEASURED);
  g_assert_cmpfloat_with_epsilon (finding.capacity.low, 300, 1e-9);
  g_assert_cmpfloat_with_epsilon (finding.capacity.high, 450, 1e-9);
  g_assert_cmpfloat_with_epsilon (finding.overload.share, 0.6, 1e-9);
  g_assert_cmpfloat_with_epsilon (finding.overload.rate, 450, 1e-9);
  g_assert_cmpfloat (finding.overload.low, <, 0.6);
  g_assert_cmpfloat (finding.overload.low, >, 0.5);
  g_assert_cmpfloat (finding.overload.high, >, 0.6);
  g_assert_cmpfloat (finding.overload.high, <, 0.7);

  /* The limit of the other was not found: no number is made up. */
  sy_load_find (steps, 1, &target, &finding);
  g_assert_cmpint (finding.capacity.state, ==, SY_CAPACITY_AT_LEAST);
  g_assert_cmpfloat_with_epsilon (finding.capacity.low, 300, 1e-9);
  g_assert_true (isnan (finding.overload.share));
}

/* Another objective is another capacity, from the same steps. */
static void
test_other_objective (void)
{
  static const SyLoadTarget patient = { 3, 0.95, 0.01 };
  static const SyLoadTarget lenient = { 0.1, 0.3, 0.01 };
  static const SyLoadTarget hasty = { 0.01, 0.95, 0.01 };
  static const SyLoadTarget unknown = { NAN, 0.95, 0.01 };
  g_autoptr (GPtrArray) steps = new_ramp ();
  SyLoadFinding finding;

  sy_load_find (steps, 0, &patient, &finding);
  g_assert_cmpint (finding.capacity.state, ==, SY_CAPACITY_AT_LEAST);
  g_assert_cmpfloat_with_epsilon (finding.capacity.low, 450, 1e-9);
  sy_load_find (steps, 0, &lenient, &finding);
  g_assert_cmpint (finding.capacity.state, ==, SY_CAPACITY_AT_LEAST);
  sy_load_find (steps, 0, &hasty, &finding);
  g_assert_cmpint (finding.capacity.state, ==, SY_CAPACITY_BELOW);
  g_assert_cmpfloat_with_epsilon (finding.capacity.high, 200, 1e-9);
  sy_load_find (steps, 0, &unknown, &finding);
  g_assert_cmpint (finding.capacity.state, ==, SY_CAPACITY_UNKNOWN);
}

/* Failed and dropped requests are not within any objective, however fast; what
 * others or the generator disturbed says nothing. */
static void
test_what_counts (void)
{
  static const SyLoadTarget target = { 0.1, 0.95, 0.01 };
  g_autoptr (GPtrArray) steps = new_ramp ();
  SyLoadFinding finding;

  ((SyLoadStep *) g_ptr_array_index (steps, 1))->error_share = 0.2;
  sy_load_find (steps, 0, &target, &finding);
  g_assert_cmpint (finding.capacity.state, ==, SY_CAPACITY_MEASURED);
  g_assert_cmpfloat_with_epsilon (finding.capacity.low, 200, 1e-9);
  g_assert_cmpfloat_with_epsilon (finding.capacity.high, 300, 1e-9);

  ((SyLoadStep *) g_ptr_array_index (steps, 1))->disturbed = TRUE;
  sy_load_find (steps, 0, &target, &finding);
  g_assert_cmpfloat_with_epsilon (finding.capacity.high, 450, 1e-9);
  g_assert_true (isnan (finding.overload.share)); /* nobody asked for half as much again as 200 */

  ((SyLoadStep *) g_ptr_array_index (steps, 2))->generator_limited = TRUE;
  sy_load_find (steps, 0, &target, &finding);
  g_assert_cmpint (finding.capacity.state, ==, SY_CAPACITY_AT_LEAST);

  ((SyLoadStep *) g_ptr_array_index (steps, 0))->disturbed = TRUE;
  sy_load_find (steps, 0, &target, &finding);
  g_assert_cmpint (finding.capacity.state, ==, SY_CAPACITY_UNKNOWN);
}

/* Dropped requests are in no histogram, and count against it all the same. */
static void
test_dropped (void)
{
  static const SyLoadTarget target = { 0.1, 0.95, 1 };
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_load_step_free);
  SyLoadFinding finding;

  add_step (steps, 0, 200, 200);
  add_step (steps, 0, 300, 150)->histogram.counts[1] = 0;
  sy_load_find (steps, 0, &target, &finding);
  g_assert_cmpint (finding.capacity.state, ==, SY_CAPACITY_MEASURED);
  g_assert_cmpfloat_with_epsilon (finding.overload.share, 0.75, 1e-9);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/load-finding/found", test_found);
  g_test_add_func ("/load-finding/other-objective", test_other_objective);
  g_test_add_func ("/load-finding/what-counts", test_what_counts);
  g_test_add_func ("/load-finding/dropped", test_dropped);
  return g_test_run ();
}
