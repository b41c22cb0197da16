/* test-gates.c: every code once passed and once not, with its words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-fairness.h"
#include "sy-model-gates.h"

/* The last instant at which a price of 2026-06-02 is recent. */
#define DAY_180 (G_GINT64_CONSTANT (1795910400) * G_USEC_PER_SEC)

/* Nothing stands against this comparison. */
static SyFairness
fair (void)
{
  SyFairness facts;

  sy_fairness_init (&facts);
  facts.n_windows = 30;
  facts.log_ratio_low = 0.3;
  facts.log_ratio_high = 0.5;
  for (guint i = 0; i < 2; i++)
    {
      facts.requests[i] = 40000;
      facts.load[i] = 130;
      facts.uptime[i] = 600;
      facts.drift[i] = 0.02;
      facts.errors[i] = 0.001;
      facts.in_flight[i] = 13;
      facts.latency_mean[i] = 0.1;
      facts.cores[i] = 2;
      facts.memory[i] = 1e9;
      facts.measured[i] = i == 0 ? (SyQuantile) { 0.2, 0.22, 0.25 } : (SyQuantile) { 0.1, 0.13, 0.15 };
    }
  facts.mix_distance = 0.01;
  return facts;
}

static void
check_words (const SyGate *gate)
{
  g_assert_nonnull (gate->message);
  g_assert_nonnull (gate->evidence);
  if (gate->effect == SY_GATE_PASSED)
    g_assert_null (gate->remedy);
  else
    {
      g_assert_cmpstr (gate->message, !=, "");
      g_assert_cmpstr (gate->remedy, !=, "");
    }
}

/* The only gate that is not passed, or NULL. */
static SyGate *
judge (const SyFairness *facts)
{
  g_autoptr (GPtrArray) gates = sy_fairness_gates (facts);
  SyGate *found = NULL;

  for (guint i = 0; i < gates->len; i++)
    {
      const SyGate *gate = g_ptr_array_index (gates, i);

      check_words (gate);
      if (gate->effect == SY_GATE_PASSED)
        continue;
      g_assert_null (found);
      found = sy_gate_copy (gate);
    }

  return found;
}

static void
expect (const SyFairness *facts,
        const char       *name,
        SyGateEffect      effect)
{
  g_autoptr (SyGate) gate = judge (facts);

  g_assert_nonnull (gate);
  g_assert_cmpstr (gate->name, ==, name);
  g_assert_cmpint (gate->effect, ==, effect);
}

static void
test_fair (void)
{
  SyFairness facts = fair ();
  g_autoptr (GPtrArray) gates = sy_fairness_gates (&facts);

  g_assert_null (judge (&facts));
  g_assert_cmpuint (gates->len, >=, 9);
}

static void
test_comparison (void)
{
  SyFairness facts = fair ();

#define CASE(name, effect, change) facts = fair (); change; expect (&facts, name, effect)
  CASE ("R-FEW", SY_GATE_WITHHOLD, facts.n_windows = 7);
  CASE ("R-N-P95", SY_GATE_WITHHOLD, facts.requests[1] = 71);
  CASE ("R-N-P99", SY_GATE_WITHHOLD, facts.quantile = 0.99; facts.requests[0] = 367);
  CASE ("R-N-P999", SY_GATE_WITHHOLD, facts.quantile = 0.999; facts.requests[0] = 3687);
  CASE ("R-LOAD", SY_GATE_REFUSE, facts.load[0] = 144; facts.in_flight[0] = 14.4);
  CASE ("R-LOAD", SY_GATE_REFUSE, facts.load_apart = 1.2);
  CASE ("R-MIX", SY_GATE_REFUSE, facts.mix_distance = 0.06);
  CASE ("R-WARM", SY_GATE_WITHHOLD, facts.uptime[1] = 59);
  CASE ("R-WARM", SY_GATE_WITHHOLD, facts.drift[0] = -0.21);
  CASE ("R-ERRORS", SY_GATE_REFUSE, facts.errors[0] = 0.012);
  CASE ("R-ERRORS", SY_GATE_REFUSE, facts.errors[0] = facts.errors[1] = 0.051);
  CASE ("R-CO", SY_GATE_NOTICE, facts.closed_loop = TRUE);
  CASE ("R-GENERATOR", SY_GATE_WITHHOLD, facts.generator.is_limited = TRUE);
  CASE ("R-GENERATOR", SY_GATE_WITHHOLD, facts.generator.foreign_cores = 0.16);
  CASE ("R-GENERATOR", SY_GATE_WITHHOLD, facts.generator.lost[0] = 0; facts.generator.lost[1] = 0.011);
  CASE ("R-GENERATOR", SY_GATE_WITHHOLD, facts.generator.lost[0] = facts.generator.lost[1] = 0.051);
  CASE ("R-BUCKET", SY_GATE_WITHHOLD, facts.measured[0].lower = 0.14);
  CASE ("R-INF", SY_GATE_REFUSE, facts.measured[0].upper = INFINITY);
  CASE ("R-LITTLE", SY_GATE_NOTICE, facts.in_flight[0] = 16);
  CASE ("R-LITTLE", SY_GATE_NOTICE, facts.in_flight[0] = 16; facts.in_flight_error[0] = 0.1);
  CASE ("R-LIMITS", SY_GATE_REFUSE, facts.cores[0] = 4);
  CASE ("R-LIMITS", SY_GATE_REFUSE, facts.memory[0] = 2e9);
  CASE ("R-SAMEHOST", SY_GATE_NOTICE, facts.same_host = TRUE);
  CASE ("R-CHANGED", SY_GATE_NOTICE, facts.n_changes = 1);
  /* A bucket that is wider than 5 % shows no difference; then the means must not, either. */
  CASE ("R-BUCKET", SY_GATE_WITHHOLD, facts.log_ratio_low = -0.02; facts.log_ratio_high = 0.04);
  CASE ("R-BUCKET", SY_GATE_WITHHOLD, facts.log_ratio_low = -0.02; facts.log_ratio_high = 0.04;
        facts.mean_low = 0.03; facts.mean_high = 0.06);
  CASE ("N-NEGLIGIBLE", SY_GATE_NOTICE, facts.log_ratio_low = -0.02; facts.log_ratio_high = 0.04;
        facts.mean_low = -0.03; facts.mean_high = 0.02);
  CASE ("N-NEGLIGIBLE", SY_GATE_NOTICE, facts.log_ratio_low = -0.02; facts.log_ratio_high = 0.04;
        facts.measured[0] = facts.measured[1] = ((SyQuantile) { 0.1, 0.101, 0.102 }));
#undef CASE
}

/* A gauge that is read now and then is off by chance: that accuses nobody. */
static void
test_chance (void)
{
  SyFairness facts = fair ();

  facts.in_flight[0] = 16;
  facts.in_flight_error[0] = 0.4;
  g_assert_null (judge (&facts));
  facts.in_flight_error[0] = INFINITY;
  g_assert_null (judge (&facts));
}

/* One of a thing is not several. */
static void
test_one_change (void)
{
  SyFairness facts = fair ();
  g_autoptr (SyGate) one = NULL;
  g_autoptr (SyGate) two = NULL;

  facts.n_changes = 1;
  one = judge (&facts);
  facts.n_changes = 2;
  two = judge (&facts);
  g_assert_cmpstr (one->evidence, ==, "1 change");
  g_assert_cmpstr (two->evidence, ==, "2 changes");
}

/* Of one schedule moments may differ, by what waits; but one that finishes clearly
 * less of it leaves out what it is slow at. */
static void
test_same_offer (void)
{
  SyFairness facts = fair ();

  facts.load_apart = 2;
  facts.same_offer = TRUE;
  facts.generator = (SyGeneratorFacts) { FALSE, 0.1, { 0.01, 0.015 } };
  g_assert_null (judge (&facts));

  for (guint i = 0; i < 2; i++)
    {
      facts = fair ();
      facts.same_offer = TRUE;
      facts.load[i] = 60;
      facts.in_flight[i] = 6;
      expect (&facts, "R-LOAD", SY_GATE_REFUSE);
    }
}

/* What is known of one of them alone clears neither. */
static void
test_one_unknown (void)
{
  for (guint side = 0; side < 2; side++)
    {
      SyFairness facts = fair ();
      g_autoptr (GPtrArray) gates = NULL;
      g_autoptr (SyGate) failing = NULL;

      facts.errors[side] = facts.uptime[side] = NAN;
      facts.drift[0] = facts.drift[1] = NAN;
      g_assert_null (judge (&facts));
      gates = sy_fairness_gates (&facts);
      for (guint i = 0; i < gates->len; i++)
        {
          const SyGate *gate = g_ptr_array_index (gates, i);

          g_assert_cmpint (gate->code, !=, SY_GATE_ERRORS);
          g_assert_cmpint (gate->code, !=, SY_GATE_WARM);
        }

      facts.errors[1 - side] = 0.06;
      failing = judge (&facts);
      g_assert_cmpstr (failing->name, ==, "R-ERRORS");
      g_assert_cmpstr (failing->evidence, ==, side == 1 ? "A 6.00 % errors; of the other nothing is known"
                                                        : "B 6.00 % errors; of the other nothing is known");
      facts.errors[1 - side] = 0;
      facts.uptime[1 - side] = 30;
      expect (&facts, "R-WARM", SY_GATE_WITHHOLD);
    }
}

/* What is not known is not judged, neither way. */
static void
test_unknown (void)
{
  SyFairness facts;
  g_autoptr (GPtrArray) gates = NULL;

  sy_fairness_init (&facts);
  gates = sy_fairness_gates (&facts);
  g_assert_cmpuint (gates->len, ==, 2);
  g_assert_cmpstr (((SyGate *) g_ptr_array_index (gates, 0))->name, ==, "R-FEW");
  g_assert_cmpstr (((SyGate *) g_ptr_array_index (gates, 1))->name, ==, "R-CHANGED");
}

static void
expect_gate (SyGate       *gate, /* (transfer full) */
             const char   *name,
             SyGateEffect  effect)
{
  check_words (gate);
  g_assert_cmpstr (gate->name, ==, name);
  g_assert_cmpint (gate->effect, ==, effect);
  sy_gate_free (gate);
}

/* Which price, how old, of which day, and since when that is too long ago. */
static void
test_price_words (void)
{
  g_autoptr (SyGate) gate = sy_gate_price_age ("m7g.large", "2026-06-02", DAY_180 + G_TIME_SPAN_DAY);

  g_assert_cmpstr (gate->evidence, ==, "m7g.large: 181 days old, read on 2026-06-02, too old since 2026-11-29");
  g_assert_nonnull (strstr (gate->remedy, "Cost page"));
}

static void
test_models (void)
{
  static const double load[] = { 1, 18, 36, 72, 108, 144, 216 };
  static const double throughput[] = { 64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2 };
  static const double growing[] = { 1, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64 };
  static const double grown[] = { 20, 78, 130, 170, 190, 200, 210, 230, 260, 280, 310 };
  static const char *const costs[] = { "hiring", "hosting", NULL };
  static const char *const scores[] = { "latency", "security", NULL };
  static const char *const both[] = { "latency", "hosting", NULL };
  SyUslFit fit;

  expect_gate (sy_gate_extrapolation (125, 100), "R-EXTRAP", SY_GATE_PASSED);
  expect_gate (sy_gate_extrapolation (126, 100), "R-EXTRAP", SY_GATE_REFUSE);

  g_assert_true (sy_usl_fit (load, throughput, G_N_ELEMENTS (load), NAN, &fit));
  expect_gate (sy_gate_fit (&fit, 7), "R-FIT", SY_GATE_PASSED);
  expect_gate (sy_gate_fit (&fit, 5), "R-FIT", SY_GATE_REFUSE);
  g_assert_true (sy_usl_fit (growing, grown, G_N_ELEMENTS (growing), NAN, &fit));
  g_assert_true (fit.beta_bound);
  expect_gate (sy_gate_fit (&fit, 11), "R-FIT", SY_GATE_REFUSE);

  expect_gate (sy_gate_price_age ("m7g.large", "2026-06-02", DAY_180), "R-PRICE-STALE", SY_GATE_PASSED);
  expect_gate (sy_gate_price_age ("m7g.large", "2026-06-02", DAY_180 + 1), "R-PRICE-STALE", SY_GATE_NOTICE);
  expect_gate (sy_gate_price_age ("m7g.large", "nobody knows", DAY_180), "R-PRICE-STALE", SY_GATE_NOTICE);
  expect_gate (sy_gate_currency ("EUR", "EUR", FALSE), "R-FX", SY_GATE_PASSED);
  expect_gate (sy_gate_currency ("EUR", "USD", TRUE), "R-FX", SY_GATE_PASSED);
  expect_gate (sy_gate_currency ("EUR", "USD", FALSE), "R-FX", SY_GATE_REFUSE);
  expect_gate (sy_gate_unit ("m7g.large", "hour"), "R-UNIT", SY_GATE_PASSED);
  expect_gate (sy_gate_unit ("m7g.large", ""), "R-UNIT", SY_GATE_REFUSE);
  expect_gate (sy_gate_double (costs, scores), "R-DOUBLE", SY_GATE_PASSED);
  expect_gate (sy_gate_double (costs, both), "R-DOUBLE", SY_GATE_REFUSE);
  expect_gate (sy_gate_consistency (0.1), "R-CR", SY_GATE_PASSED);
  expect_gate (sy_gate_consistency (0.229), "R-CR", SY_GATE_REFUSE);
  expect_gate (sy_gate_weights (3), "R-NOWEIGHTS", SY_GATE_PASSED);
  expect_gate (sy_gate_weights (0), "R-NOWEIGHTS", SY_GATE_NOTICE);
  expect_gate (sy_gate_judged (0.598), "N-JUDGED", SY_GATE_PASSED);
  expect_gate (sy_gate_judged (0.129), "N-JUDGED", SY_GATE_NOTICE);
}

static void
test_codes (void)
{
  for (guint i = 0; i < SY_N_GATES; i++)
    {
      g_assert_nonnull (sy_gate_code_name (i));
      g_assert_cmpstr (sy_gate_code_remedy (i), !=, "");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gates/fair", test_fair);
  g_test_add_func ("/gates/comparison", test_comparison);
  g_test_add_func ("/gates/chance", test_chance);
  g_test_add_func ("/gates/one-change", test_one_change);
  g_test_add_func ("/gates/same-offer", test_same_offer);
  g_test_add_func ("/gates/one-unknown", test_one_unknown);
  g_test_add_func ("/gates/unknown", test_unknown);
  g_test_add_func ("/gates/models", test_models);
  g_test_add_func ("/gates/price-words", test_price_words);
  g_test_add_func ("/gates/codes", test_codes);
  return g_test_run ();
}
