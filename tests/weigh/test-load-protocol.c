/* test-load-protocol.c: the order of a load and what is concluded, on backends that are a formula
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-load-conclusion.h"
#include "sy-random.h"

typedef struct
{
  double capacity; /* requests/s */
  double scale;    /* of its latency */
} Model;

typedef struct
{
  SyLoadProtocolPlan plan;
  Model              models[2];
  double             noise;    /* of a block's latency */
  double             foreign;  /* cores of others, in blocks */
  guint              foreign_attempts; /* that they disturb */
  gboolean           limited;  /* the generator, in blocks */
  double             busy_from; /* the rate from which others disturb a ramp; 0: none */
  double             late_from; /* the rate from which it is late in a ramp; 0: none */
  SyRandom           random;
} World;

static const char *const names[] = { "one", "two" };

static void
init (World *world)
{
  *world = (World) { .models = { { 1000, 1 }, { 1000, 1 } }, .noise = 0.01 };
  sy_load_protocol_plan_init (&world->plan, FALSE);
  world->plan.objective.p99 = 0.2;
  world->plan.start_rate = 50;
  world->plan.max_rate = 5000;
  sy_random_init (&world->random, 3, 3);
}

/* As a backend at @order would do it: 20 ms, and more near its capacity. */
static SyLoadStep *
carry_out (World             *world,
           const SyLoadOrder *order)
{
  const Model *model = &world->models[order->side];
  SyLoadStep *step = sy_load_step_new ();
  const double seconds = (double) order->count_us / G_USEC_PER_SEC;
  const double rho = fmin (order->rate / model->capacity, 1.2);
  const double base = model->scale * 0.02 / fmax (1 - rho, 0.05) * exp (world->noise * (sy_random_uniform (&world->random) - 0.5));
  const guint64 n = (guint64) fmax (1, order->rate * seconds);

  step->from_us = 0;
  step->to_us = order->count_us;
  step->offered = (double) n;
  step->throughput = fmin (order->rate, model->capacity);
  step->error_share = 0;
  step->in_flight = step->throughput * base;
  step->in_flight_end = step->in_flight;
  step->mean = step->p50 = base;
  step->p95 = 2 * base;
  step->p99 = step->p999 = 3 * base;
  step->foreign_cores = order->phase == SY_LOAD_BLOCK && order->attempt < world->foreign_attempts ? world->foreign : 0;
  if (world->busy_from > 0 && order->rate > world->busy_from)
    step->foreign_cores = 0.9;
  step->generator_limited = order->phase == SY_LOAD_BLOCK ? world->limited : world->late_from > 0 && order->rate > world->late_from;
  step->histogram = (SyLoadHistogram) { 2, g_new0 (double, 2), g_new0 (guint64, 2) };
  step->histogram.upper[0] = base;
  step->histogram.counts[0] = n - n / 40;
  step->histogram.upper[1] = 3 * base;
  step->histogram.counts[1] = n / 40;

  return step;
}

static SyLoadProtocol *
run (World *world)
{
  SyLoadProtocol *protocol = sy_load_protocol_new (&world->plan);
  SyLoadOrder order;
  guint n = 0;

  while (sy_load_protocol_get_order (protocol, &order))
    {
      g_assert_cmpuint (n++, <, 500);
      g_assert_cmpint (sy_load_protocol_get_remaining (protocol), >, 0);
      sy_load_protocol_report (protocol, carry_out (world, &order));
    }
  g_assert_cmpint (sy_load_protocol_get_remaining (protocol), ==, 0);

  return protocol;
}

/* Steps of half as much again; the last that holds is the capacity; then blocks
 * A B B A at shares of the smaller one. */
static void
test_order (void)
{
  g_autoptr (SyLoadProtocol) protocol = NULL;
  const GPtrArray *steps;
  SyLoadCapacity capacity;
  World world;
  guint ramp = 0;
  double rate = 50;

  init (&world);
  world.models[1].capacity = 400;
  protocol = run (&world);
  steps = sy_load_protocol_get_steps (protocol);

  for (; ((SyLoadStep *) g_ptr_array_index (steps, ramp))->phase == SY_LOAD_RAMP; ramp++)
    {
      const SyLoadStep *step = g_ptr_array_index (steps, ramp);

      if (step->side == 0)
        {
          g_assert_cmpfloat_with_epsilon (step->rate, rate, 1e-9);
          rate *= 1.5;
        }
    }

  capacity = sy_load_protocol_get_capacity (protocol, 0);
  g_assert_cmpint (capacity.state, ==, SY_CAPACITY_MEASURED);
  g_assert_cmpfloat (capacity.low, <, 1000);
  g_assert_cmpfloat_with_epsilon (capacity.high, 1.5 * capacity.low, 1e-9);
  capacity = sy_load_protocol_get_capacity (protocol, 1);
  g_assert_cmpfloat (capacity.low, <, 400);
  g_assert_cmpfloat_with_epsilon (sy_load_protocol_get_rate (protocol, 2), 0.9 * capacity.low, 1e-9);

  g_assert_cmpuint (steps->len - ramp, ==, 36);
  for (guint i = ramp; i < steps->len; i++)
    {
      static const guint abba[] = { 0, 1, 1, 0 };
      const SyLoadStep *step = g_ptr_array_index (steps, i);

      g_assert_cmpuint (step->side, ==, abba[(i - ramp) % 4]);
      g_assert_cmpuint (step->level, ==, (i - ramp) / 12);
    }
}

static void
test_verdicts (void)
{
  static const struct { double scale; SyVerdictState state; } cases[] = {
    { 1, SY_VERDICT_PRACTICALLY_EQUAL }, { 1.5, SY_VERDICT_A_AHEAD }, { 0.6, SY_VERDICT_B_AHEAD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SyLoadProtocol) protocol = NULL;
      g_autoptr (SyLoadConclusion) conclusion = NULL;
      World world;

      init (&world);
      world.models[1].scale = cases[i].scale;
      protocol = run (&world);
      conclusion = sy_load_conclude (protocol, 0.05, names);
      g_assert_cmpint (conclusion->state, ==, cases[i].state);
      g_assert_cmpuint (conclusion->main, ==, 1);
      g_assert_cmpuint (conclusion->levels[1].effect.n_windows, ==, 6);
      g_assert_cmpfloat_with_epsilon (conclusion->levels[1].effect.ratio, 1 / cases[i].scale, 0.02);
      g_assert_cmpfloat (conclusion->quantile, ==, 0.99);
    }
}

/* The verdict on backends of which the second takes @factor as long, all of it @scale
 * times, and which of them is called the first. */
static SyVerdictState
conclude_scaled (double   factor,
                 double   scale,
                 gboolean swapped)
{
  g_autoptr (SyLoadProtocol) protocol = NULL;
  g_autoptr (SyLoadConclusion) conclusion = NULL;
  World world;

  init (&world);
  world.plan.objective.p99 *= scale;
  world.models[swapped].scale = scale;
  world.models[!swapped].scale = scale * factor;
  protocol = run (&world);
  conclusion = sy_load_conclude (protocol, 0.05, names);
  return conclusion->state;
}

/* Swapping the two swaps the verdict; a slower clock changes none. */
static void
test_properties (void)
{
  static const double factors[] = { 1, 1.02, 1.05, 1.2, 2, 0.96, 0.7 };

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      const SyVerdictState plain = conclude_scaled (factors[i], 1, FALSE);

      g_assert_cmpint (conclude_scaled (factors[i], 1, TRUE), ==, sy_verdict_state_swap (plain));
      g_assert_cmpint (conclude_scaled (factors[i], 2, FALSE), ==, plain);
    }
}

static void
test_noise_is_too_close (void)
{
  g_autoptr (SyLoadProtocol) protocol = NULL;
  g_autoptr (SyLoadConclusion) conclusion = NULL;
  World world;

  init (&world);
  world.noise = 1;
  protocol = run (&world);
  conclusion = sy_load_conclude (protocol, 0.05, names);
  g_assert_cmpint (conclusion->state, ==, SY_VERDICT_TOO_CLOSE);
}

/* Two tries in a row are disturbed, the third is quiet: it counts. Three are too
 * many: there is no verdict, and it says why. */
static void
test_disturbed (void)
{
  for (guint tries = 2; tries <= 3; tries++)
    {
      g_autoptr (SyLoadProtocol) protocol = NULL;
      g_autoptr (SyLoadConclusion) conclusion = NULL;
      World world;
      guint blocks = 0;

      init (&world);
      world.foreign = 0.2;
      world.foreign_attempts = tries;
      protocol = run (&world);
      for (guint i = 0; i < sy_load_protocol_get_steps (protocol)->len; i++)
        blocks += ((SyLoadStep *) g_ptr_array_index (sy_load_protocol_get_steps (protocol), i))->phase == SY_LOAD_BLOCK;
      g_assert_cmpuint (blocks, ==, 3 * 36);

      conclusion = sy_load_conclude (protocol, 0.05, names);
      g_assert_cmpint (conclusion->state, ==, tries == 2 ? SY_VERDICT_PRACTICALLY_EQUAL : SY_VERDICT_TOO_EARLY);
      g_assert_cmpuint (conclusion->n_disturbed, ==, tries == 2 ? 0 : 36);
      g_assert_cmpuint (conclusion->against->len, ==, tries == 2 ? 0 : 2);
    }
}

static void
test_late_generator (void)
{
  g_autoptr (SyLoadProtocol) protocol = NULL;
  g_autoptr (SyLoadConclusion) conclusion = NULL;
  World world;

  init (&world);
  world.limited = TRUE;
  world.models[1].scale = 3;
  protocol = run (&world);
  conclusion = sy_load_conclude (protocol, 0.05, names);
  g_assert_cmpint (conclusion->state, ==, SY_VERDICT_TOO_EARLY);
  g_assert_cmpuint (conclusion->n_limited, ==, 36);
}

/* From some rate on the generator is late: what held is a lower bound, what did
 * not is nobody's limit. */
static void
test_late_ramp (void)
{
  g_autoptr (SyLoadProtocol) protocol = NULL;
  g_autofree char *words = NULL;
  SyLoadCapacity capacity;
  World world;

  init (&world);
  world.late_from = 300;
  protocol = run (&world);
  capacity = sy_load_protocol_get_capacity (protocol, 0);
  g_assert_cmpint (capacity.state, ==, SY_CAPACITY_AT_LEAST);
  g_assert_cmpfloat (capacity.low, >, 300);
  words = sy_load_capacity_words (&capacity, sy_load_protocol_get_limit (protocol, 0));
  g_assert_nonnull (strstr (words, "could not be measured"));
}

/* Others use the machine each time that a step is tried: what did not hold then is not
 * the backend's limit, nor is it where nothing held. */
static void
test_disturbed_ramp (void)
{
  static const struct { double busy_from, capacity; SyCapacityState wanted; } cases[] = {
    { 300, 1000, SY_CAPACITY_AT_LEAST },
    { 1, 10, SY_CAPACITY_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SyLoadProtocol) protocol = NULL;
      g_autoptr (SyLoadConclusion) conclusion = NULL;
      g_autofree char *words = NULL;
      SyLoadCapacity capacity;
      World world;

      init (&world);
      world.plan.n_levels = 1;
      world.busy_from = cases[i].busy_from;
      for (guint side = 0; side < 2; side++)
        world.models[side].capacity = cases[i].capacity;
      protocol = run (&world);
      capacity = sy_load_protocol_get_capacity (protocol, 0);
      g_assert_cmpint (capacity.state, ==, cases[i].wanted);
      g_assert_cmpint (sy_load_protocol_get_limit (protocol, 0), ==, SY_LOAD_DISTURBED);
      words = sy_load_capacity_words (&capacity, sy_load_protocol_get_limit (protocol, 0));
      g_assert_nonnull (strstr (words, "other programs used this machine"));
      conclusion = sy_load_conclude (protocol, 0.05, names);
      if (cases[i].wanted == SY_CAPACITY_UNKNOWN)
        g_assert_cmpint (conclusion->state, ==, SY_VERDICT_TOO_EARLY);
    }
}

/* Never past the cap, and then the words say that the limit was not found. */
static void
test_at_least (void)
{
  g_autoptr (SyLoadProtocol) protocol = NULL;
  g_autofree char *words = NULL;
  SyLoadCapacity capacity;
  World world;

  init (&world);
  world.models[0].capacity = world.models[1].capacity = 1e6;
  protocol = run (&world);
  capacity = sy_load_protocol_get_capacity (protocol, 0);
  g_assert_cmpint (capacity.state, ==, SY_CAPACITY_AT_LEAST);
  g_assert_cmpfloat (capacity.low, ==, 5000);
  words = sy_load_capacity_words (&capacity, sy_load_protocol_get_limit (protocol, 0));
  g_assert_nonnull (strstr (words, "at least 5000"));
  g_assert_nonnull (strstr (words, "raise the load"));
}

static void
test_below (void)
{
  g_autoptr (SyLoadProtocol) protocol = NULL;
  g_autoptr (SyLoadConclusion) conclusion = NULL;
  World world;

  init (&world);
  world.models[1].scale = 100;
  protocol = run (&world);
  g_assert_cmpint (sy_load_protocol_get_capacity (protocol, 1).state, ==, SY_CAPACITY_BELOW);
  g_assert_cmpint (sy_load_protocol_get_limit (protocol, 1), ==, SY_LOAD_TOO_SLOW);
  conclusion = sy_load_conclude (protocol, 0.05, names);
  g_assert_cmpint (conclusion->state, ==, SY_VERDICT_NOT_COMPARABLE);
}

/* One backend against itself: only it is loaded, and what comes out is noise. */
static void
test_same (void)
{
  g_autoptr (SyLoadProtocol) protocol = NULL;
  g_autoptr (SyLoadConclusion) conclusion = NULL;
  World world;

  init (&world);
  world.plan.same = TRUE;
  world.noise = 0.1;
  protocol = run (&world);
  for (guint i = 0; i < sy_load_protocol_get_steps (protocol)->len; i++)
    g_assert_cmpuint (((SyLoadStep *) g_ptr_array_index (sy_load_protocol_get_steps (protocol), i))->side, ==, 0);

  conclusion = sy_load_conclude (protocol, 0.05, names);
  g_assert_true (conclusion->same);
  g_assert_cmpfloat (conclusion->noise, >, 0.005);
  g_assert_cmpfloat (conclusion->noise, <, 0.1);
}

static void
test_merge (void)
{
  double upper_a[] = { 1, 3 }, upper_b[] = { 2, 3, 4 };
  guint64 counts_a[] = { 5, 6 }, counts_b[] = { 1, 2, 3 };
  const SyLoadHistogram a = { 2, upper_a, counts_a }, b = { 3, upper_b, counts_b };
  SyLoadHistogram all = { 0 };

  sy_load_histogram_merge (&all, &a);
  sy_load_histogram_merge (&all, &b);
  g_assert_cmpuint (all.n, ==, 4);
  g_assert_cmpuint (all.counts[2], ==, 8);
  g_assert_cmpfloat (sy_load_histogram_count (&all), ==, 17);
  g_assert_cmpfloat (sy_load_histogram_quantile (&all, 0.5), ==, 3);
  sy_load_histogram_clear (&all);
  g_assert_true (isnan (sy_load_histogram_quantile (&all, 0.5)));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/weigh/load-protocol/order", test_order);
  g_test_add_func ("/weigh/load-protocol/verdicts", test_verdicts);
  g_test_add_func ("/weigh/load-protocol/properties", test_properties);
  g_test_add_func ("/weigh/load-protocol/noise-is-too-close", test_noise_is_too_close);
  g_test_add_func ("/weigh/load-protocol/disturbed", test_disturbed);
  g_test_add_func ("/weigh/load-protocol/late-generator", test_late_generator);
  g_test_add_func ("/weigh/load-protocol/late-ramp", test_late_ramp);
  g_test_add_func ("/weigh/load-protocol/disturbed-ramp", test_disturbed_ramp);
  g_test_add_func ("/weigh/load-protocol/at-least", test_at_least);
  g_test_add_func ("/weigh/load-protocol/below", test_below);
  g_test_add_func ("/weigh/load-protocol/same", test_same);
  g_test_add_func ("/weigh/load-protocol/merge", test_merge);

  return g_test_run ();
}
