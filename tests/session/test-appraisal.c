/* test-appraisal.c: from two backends and what a person states to a decision, with a clock that stands still
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-appraisal.h"
#include "sy-datadir.h"
#include "sy-decision-words.h"
#include "sy-still-source.h"
#include "sy-trial-evidence.h"

#define START_US (1000 * SY_USEC_PER_SEC)
#define SECONDS_PER_DAY 86400
#define WALL_US (G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC)

#define NAME "http_server_request_duration_seconds"

typedef struct
{
  SyClock       *clock;       /* (owned) */
  GListStore    *backends;    /* (owned) */
  SyAssumptions *assumptions; /* (owned) */
  SyAppraisal   *appraisal;   /* (owned) */
  double         count[2];
  double         slow[2];     /* share of the answers in the second bucket */
  guint          n_revisions;
} Fixture;

static void
revision_cb (SyAppraisal *appraisal,
             GParamSpec  *pspec,
             Fixture     *f)
{
  f->n_revisions++;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  f->clock = sy_clock_new_manual (START_US, WALL_US);
  f->backends = g_list_store_new (SY_TYPE_BACKEND);
  f->assumptions = sy_assumptions_new (NULL, &error);
  g_assert_no_error (error);
  f->appraisal = sy_appraisal_new (G_LIST_MODEL (f->backends), f->clock, f->assumptions);
  g_signal_connect (f->appraisal, "notify::revision", G_CALLBACK (revision_cb), f);
  f->slow[0] = f->slow[1] = 0;
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  /* A thread may still hold it, and the next fixture may lie at this address. */
  if (f->appraisal != NULL)
    g_signal_handlers_disconnect_by_data (f->appraisal, f);
  g_clear_object (&f->appraisal);
  g_clear_object (&f->assumptions);
  g_clear_object (&f->backends);
  g_clear_object (&f->clock);
}

static void
add_backend (Fixture    *f,
             const char *address,
             const char *name)
{
  g_autofree char *folder = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecogniser) recogniser = sy_recogniser_new_from_directory (folder, &error);
  g_autoptr (SySource) source = sy_still_source_new (address, f->clock);
  g_autoptr (SyBackend) backend = sy_backend_new (name, source, recogniser);

  g_assert_no_error (error);
  sy_source_start (source);
  g_list_store_append (f->backends, backend);
}

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Until what was asked for is computed. */
static void
settle (Fixture *f)
{
  sy_clock_advance (f->clock, SY_APPRAISAL_SPACING_US);
  while (sy_appraisal_is_busy (f->appraisal))
    {
      if (!g_main_context_iteration (NULL, FALSE))
        {
          sy_clock_advance (f->clock, SY_APPRAISAL_SPACING_US);
          g_main_context_iteration (NULL, TRUE);
        }
    }
}

/* 200 requests in a second, none longer than 10 ms but the slow share. */
static void
pass (Fixture *f,
      guint    seconds)
{
  for (guint i = 0; i < seconds; i++)
    {
      for (guint side = 0; side < 2; side++)
        {
          g_autoptr (SyBackend) backend = g_list_model_get_item (G_LIST_MODEL (f->backends), side);
          g_autofree char *text = NULL;

          f->count[side] += 200 + (i * (side + 3)) % 5;
          text = g_strdup_printf ("# TYPE " NAME " histogram\n"
                                  NAME "_bucket{le=\"0.005\"} 0\n" NAME "_bucket{le=\"0.01\"} %.0f\n"
                                  NAME "_bucket{le=\"0.15\"} %.0f\n" NAME "_bucket{le=\"0.3\"} %.0f\n"
                                  NAME "_bucket{le=\"+Inf\"} %.0f\n" NAME "_sum %.3f\n" NAME "_count %.0f\n",
                                  f->count[side] * (1 - f->slow[side]), f->count[side] * (1 - f->slow[side]),
                                  f->count[side], f->count[side],
                                  f->count[side] * (0.007 + 0.2 * f->slow[side]), f->count[side]);
          sy_still_source_say (SY_STILL_SOURCE (sy_backend_get_source (backend)), text);
        }
      iterate ();
      sy_clock_advance (f->clock, SY_USEC_PER_SEC);
      iterate ();
    }
}

static void
state (Fixture    *f,
       const char *name,
       double      value)
{
  const SyAssumption assumption = { value, value * 0.9, value * 1.1, SY_EVIDENCE_USER, "a test" };
  g_autoptr (GError) error = NULL;

  g_assert_true (sy_assumptions_set (f->assumptions, name, &assumption, &error));
  g_assert_no_error (error);
}

/* Nothing measured, nothing stated: no decision, and no wait for one. */
static void
test_empty (Fixture       *f,
            gconstpointer  data)
{
  settle (f);
  g_assert_null (sy_appraisal_get_decision (f->appraisal));
  g_assert_null (sy_appraisal_get_error (f->appraisal));
  g_assert_null (sy_appraisal_get_weighing (f->appraisal));
  g_assert_cmpuint (f->n_revisions, ==, 0);

  sy_assumptions_set_use_case (f->assumptions, "mobile-api");
  settle (f);
  g_assert_null (sy_appraisal_get_decision (f->appraisal));
}

/* What people cost needs no backend. */
static void
test_costs (Fixture       *f,
            gconstpointer  data)
{
  const SyDecision *decision;

  state (f, "team", 4);
  state (f, "A.salary", 95000);
  state (f, "B.salary", 80000);
  state (f, "mvp_months", 5);
  settle (f);

  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_nonnull (decision);
  g_assert_cmpfloat (decision->result.difference, >, 0);
  g_assert_cmpuint (decision->doubts->len, >, 3);
  g_assert_cmpfloat (decision->result.bars[0].swing, >=, decision->result.bars[1].swing);
  g_assert_true (decision->result.ownership[0].omitted & (1u << SY_COST_INFRA));
}

static const SyCriterion *
find (const SyDecision *decision,
      const char       *id)
{
  for (guint i = 0; i < decision->criteria->len; i++)
    {
      const SyCriterion *criterion = g_ptr_array_index (decision->criteria, i);

      if (g_str_equal (criterion->id, id))
        return criterion;
    }

  return NULL;
}

static void
test_measured (Fixture       *f,
               gconstpointer  data)
{
  const SyDecision *decision;
  const SyCriterion *latency;
  double slo = 0;

  sy_assumptions_set_use_case (f->assumptions, "mobile-api");
  add_backend (f, "http://a.example/metrics", "Orders, four workers");
  add_backend (f, "http://b.example/metrics", "Orders, eight workers");
  g_assert_nonnull (sy_appraisal_get_weighing (f->appraisal));
  g_object_get (sy_appraisal_get_weighing (f->appraisal), "slo", &slo, NULL);
  g_assert_cmpfloat (slo, ==, sy_assumptions_get_use_case (f->assumptions)->slo_threshold);

  f->slow[1] = 0.2;
  pass (f, 200);
  settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_nonnull (decision);
  g_assert_cmpstr (decision->label[0], ==, "Orders, four workers");
  g_assert_cmpint (decision->verdict->state, ==, SY_VERDICT_A_AHEAD);
  latency = find (decision, "tail-latency");
  g_assert_cmpint (latency->cls, ==, SY_EVIDENCE_MEASURED);
  g_assert_cmpfloat (latency->a, >, latency->b);
  g_assert_cmpfloat (latency->half_width, >, 0);
  g_assert_true (isnan (find (decision, "ecosystem")->a));
  g_assert_cmpint (find (decision, "ecosystem")->cls, ==, SY_EVIDENCE_ASSUMED);
  g_assert_cmpfloat (decision->result.measured[0], >, 0.3);
  g_assert_cmpfloat (decision->result.p_stance[0], >, 0.5);
}

static gboolean
advance_cb (gpointer user_data)
{
  Fixture *f = user_data;

  sy_clock_advance (f->clock, 10 * SY_USEC_PER_SEC);
  return G_SOURCE_REMOVE;
}

/* The pause after a step waits for the clock. */
static void
step_cb (Fixture *f)
{
  g_idle_add (advance_cb, f);
}

/* With a generator that is a formula: 20 ms of the first backend and 30 ms of the
 * second, until both carry no more at 500 requests/s. (transfer full) */
static SyLoadTrial *
run_trial (Fixture *f,
           guint    a,
           guint    b)
{
  g_autofree char *fake = g_test_build_filename (G_TEST_DIST, "session", "fake-drive.sh", NULL);
  g_autoptr (SyBackend) first = g_list_model_get_item (G_LIST_MODEL (f->backends), a);
  g_autoptr (SyBackend) second = g_list_model_get_item (G_LIST_MODEL (f->backends), b);
  g_autoptr (GError) error = NULL;
  SyLoadTrial *trial;

  g_setenv ("STEELYARD_CLI", fake, TRUE);
  trial = sy_load_trial_new (f->clock, first, second, "mobile-api", TRUE, &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (trial, "step", G_CALLBACK (step_cb), f);
  sy_load_trial_start (trial, &error);
  g_assert_no_error (error);
  while (sy_load_trial_get_state (trial) == SY_TRIAL_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  iterate ();
  return trial;
}

static void
add_local_backends (Fixture *f)
{
  add_backend (f, "http://127.0.0.1:8101/metrics", "one");
  add_backend (f, "http://127.0.0.1:8102/metrics", "two");
}

static void
expect_measured (Fixture    *f,
                 const char *name,
                 double      low,
                 double      high)
{
  SyAssumption value;

  g_assert_true (sy_appraisal_get_input (f->appraisal, name, &value));
  g_assert_cmpint (value.cls, ==, SY_EVIDENCE_MEASURED);
  g_assert_cmpfloat (value.value, >=, low);
  g_assert_cmpfloat (value.value, <=, high);
  g_assert_nonnull (strstr (value.source, "load run of 2026-11-18, “API for mobile apps”"));
}

/* What a load run measured is what the decision is asked with, under its own
 * objective, and says so; but not over what a person typed. */
static void
test_load_run (Fixture       *f,
               gconstpointer  data)
{
  const SyAssumption patient = { 10, NAN, NAN, SY_EVIDENCE_USER, "a test" };
  g_autoptr (SyLoadTrial) trial = NULL;
  g_autoptr (GError) error = NULL;
  const SyDecision *decision;
  SyAssumption value;

  sy_assumptions_set_use_case (f->assumptions, "mobile-api");
  add_local_backends (f);
  trial = run_trial (f, 0, 1);
  g_assert_false (sy_appraisal_get_input (f->appraisal, "A.cap_slo", &value));

  sy_appraisal_take_trial (f->appraisal, trial);
  expect_measured (f, "A.cap_slo", 330, 500);
  expect_measured (f, "B.cap_slo", 330, 500);
  expect_measured (f, "A.overload", 0, 0.001);
  g_assert_true (sy_appraisal_get_input (f->appraisal, "A.cap_slo", &value));
  g_assert_cmpfloat (value.high, >, 500);

  settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_cmpint (find (decision, "overload")->cls, ==, SY_EVIDENCE_MEASURED);
  g_assert_cmpfloat (find (decision, "overload")->a, ==, 0);
  g_assert_cmpfloat (find (decision, "overload")->half_width, >, 0);
  g_assert_cmpstr (((SyEvidence *) g_ptr_array_index (decision->evidence, 0))->id, ==, "e2");
  g_assert_cmpstr (((SyEvidence *) g_ptr_array_index (decision->evidence, 1))->id, ==, "e4");

  g_assert_true (sy_assumptions_set (f->assumptions, "slo_threshold", &patient, &error));
  g_assert_false (sy_appraisal_get_input (f->appraisal, "A.cap_slo", &value));
  g_assert_nonnull (strstr (value.source, "held at every load"));

  state (f, "A.cap_slo", 600);
  g_assert_true (sy_appraisal_get_input (f->appraisal, "A.cap_slo", &value));
  g_assert_cmpfloat (value.value, ==, 600);
  g_assert_cmpint (value.cls, ==, SY_EVIDENCE_USER);
}

/* Asked the other way round, the answer is the same of A and of B; and it goes
 * with the backends. */
static void
test_load_run_of_others (Fixture       *f,
                         gconstpointer  data)
{
  g_autoptr (SyLoadTrial) trial = NULL;
  g_autoptr (SyLoadTrial) same = NULL;
  g_autoptr (SyTrialEvidence) evidence = NULL;
  SyEffect effect;
  SyAssumption value;

  sy_assumptions_set_use_case (f->assumptions, "mobile-api");
  add_local_backends (f);
  trial = run_trial (f, 1, 0);
  sy_appraisal_take_trial (f->appraisal, trial);
  expect_measured (f, "B.cap_slo", 330, 500);

  evidence = sy_trial_evidence_new (trial, sy_weighing_get_backend (sy_appraisal_get_weighing (f->appraisal), 0),
                                    sy_weighing_get_backend (sy_appraisal_get_weighing (f->appraisal), 1), WALL_US);
  g_assert_true (sy_trial_evidence_get_effect (evidence, &effect));
  g_assert_cmpint (effect.state, ==, SY_VERDICT_A_AHEAD);
  g_assert_cmpint (effect.basis, ==, SY_LOAD_BASIS_TRIAL);
  g_assert_cmpfloat_with_epsilon (effect.ratio, 2.0 / 3, 1e-6);
  g_assert_cmpfloat (effect.load[0], >, 0);

  /* One against itself tells of one side, and nothing of who is ahead. */
  g_clear_pointer (&evidence, sy_trial_evidence_free);
  same = run_trial (f, 1, 1);
  evidence = sy_trial_evidence_new (same, sy_weighing_get_backend (sy_appraisal_get_weighing (f->appraisal), 0),
                                    sy_weighing_get_backend (sy_appraisal_get_weighing (f->appraisal), 1), WALL_US);
  g_assert_false (sy_trial_evidence_get_effect (evidence, &effect));
  sy_appraisal_take_trial (f->appraisal, same);
  expect_measured (f, "B.cap_slo", 330, 500);
  g_assert_false (sy_appraisal_get_input (f->appraisal, "A.cap_slo", &value));

  g_list_store_remove (f->backends, 0);
  add_backend (f, "http://127.0.0.1:8103/metrics", "three");
  g_assert_false (sy_appraisal_get_input (f->appraisal, "A.cap_slo", &value));
  g_assert_false (sy_appraisal_get_input (f->appraisal, "B.cap_slo", &value));
}

/* Whoever loads both alike says so once, for whatever backends come. */
static void
test_driven (Fixture       *f,
             gconstpointer  data)
{
  const SyVerdict *verdict;

  sy_appraisal_set_driven (f->appraisal, TRUE);
  add_local_backends (f);
  pass (f, 200);
  verdict = sy_weighing_get_verdict (sy_appraisal_get_weighing (f->appraisal));
  g_assert_cmpstr (sy_verdict_find_gate (verdict, SY_GATE_LOAD)->message, ==, "Both are offered the same load");

  sy_appraisal_set_driven (f->appraisal, FALSE);
  pass (f, 200);
  verdict = sy_weighing_get_verdict (sy_appraisal_get_weighing (f->appraisal));
  g_assert_cmpstr (sy_verdict_find_gate (verdict, SY_GATE_LOAD)->message, ==, "Both carry the same load");
}

static const SyEvidence *
find_evidence (const SyDecision *decision,
               const char       *what)
{
  const SyEvidence *found = NULL;

  for (guint i = 0; i < decision->evidence->len; i++)
    {
      const SyEvidence *each = g_ptr_array_index (decision->evidence, i);

      if (g_str_equal (each->what, what))
        {
          g_assert_null (found);
          found = each;
        }
    }

  g_assert_nonnull (found);
  return found;
}

/* When it was measured, as people have the time, and that traps were looked for. */
static void
test_grounds (Fixture       *f,
              gconstpointer  data)
{
  const SyDecision *decision;
  const SyEvidence *latency;
  const SyOrigin *origin;
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) to = NULL;

  add_backend (f, "http://a.example/metrics", "one");
  add_backend (f, "http://b.example/metrics", "two");
  sy_assumptions_set_use_case (f->assumptions, "mobile-api");
  state (f, "A.salary", 95000);
  pass (f, 120);
  settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  latency = g_ptr_array_index (decision->evidence, 0);

  from = g_date_time_new_from_iso8601 (latency->from, NULL);
  to = g_date_time_new_from_iso8601 (latency->to, NULL);
  g_assert_cmpint (g_date_time_to_unix (from), >=, WALL_US / SY_USEC_PER_SEC);
  g_assert_cmpint (g_date_time_difference (to, from), >=, 90 * SY_USEC_PER_SEC);
  g_assert_cmpint (g_date_time_to_unix (to), <=, WALL_US / SY_USEC_PER_SEC + 120);

  /* What is compared, and what is shown beside it. */
  g_assert_cmpstr (latency->what, ==, "p95 latency");
  g_assert_true (find_evidence (decision, "p95 latency") == latency);
  g_assert_cmpfloat_with_epsilon (find_evidence (decision, "throughput")->value[1], 202, 2);
  g_assert_true (find_evidence (decision, "p50 latency")->is_bounded);
  g_assert_cmpfloat (find_evidence (decision, "p99 latency")->low[0], ==, 0.005);
  g_assert_cmpfloat (find_evidence (decision, "p99 latency")->high[0], ==, 0.01);
  g_assert_cmpstr (find_evidence (decision, "p99 latency")->from, ==, latency->from);

  g_assert_nonnull (decision->traps);
  origin = g_hash_table_lookup (decision->origins, "A.salary");
  g_assert_cmpstr (origin->source, ==, "a test");
  g_assert_cmpint (origin->cls, ==, SY_EVIDENCE_USER);
}

/* Another pair, and what was measured on the old one is gone. */
static void
test_other_pair (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr (SyLoadTrial) trial = NULL;
  SyAssumption value;

  sy_assumptions_set_use_case (f->assumptions, "mobile-api");
  add_local_backends (f);
  add_backend (f, "http://c.example/metrics", "three");
  trial = run_trial (f, 0, 1);
  sy_appraisal_take_trial (f->appraisal, trial);
  expect_measured (f, "A.cap_slo", 330, 500);

  g_list_store_remove (f->backends, 0);
  g_assert_false (sy_appraisal_get_input (f->appraisal, "A.cap_slo", &value));
  g_assert_nonnull (value.source);
  g_assert_cmpstr (sy_backend_get_name (sy_weighing_get_backend (sy_appraisal_get_weighing (f->appraisal), 1)), ==, "three");

  g_list_store_remove_all (f->backends);
  g_assert_null (sy_appraisal_get_weighing (f->appraisal));
}

/* Many changes while the clock stands make one computation, the last one's. A slow
 * thread makes settle() turn the clock further, so the first of them may be due. */
static void
test_spacing (Fixture       *f,
              gconstpointer  data)
{
  state (f, "team", 4);
  state (f, "salary", 95000);
  state (f, "mvp_months", 5);
  settle (f);
  g_assert_cmpuint (f->n_revisions, ==, 1);

  for (guint i = 0; i < 20; i++)
    {
      state (f, "A.salary", 60000 + 1000 * i);
      iterate ();
    }
  g_assert_cmpuint (f->n_revisions, <=, 2);
  settle (f);
  g_assert_cmpuint (f->n_revisions, >=, 2);
  g_assert_cmpuint (f->n_revisions, <=, 3);
  g_assert_cmpfloat (sy_appraisal_get_decision (f->appraisal)->cost.a.salary, ==, 79000);
}

static const SyGate *
find_gate (const SyDecision *decision,
           SyGateCode        code)
{
  for (guint i = 0; i < decision->gates->len; i++)
    {
      const SyGate *gate = g_ptr_array_index (decision->gates, i);

      if (gate->code == code)
        return gate;
    }

  return NULL;
}

static void
expect_refused (Fixture *f)
{
  const SyDecision *decision = sy_appraisal_get_decision (f->appraisal);
  g_autofree char *paragraph = NULL;

  g_assert_nonnull (decision);
  g_assert_cmpint (decision->result.state, ==, SY_DECISION_REFUSED);
  g_assert_cmpint (find_gate (decision, SY_GATE_FX)->effect, ==, SY_GATE_REFUSE);
  paragraph = sy_decision_dup_paragraph (decision);
  g_assert_nonnull (strstr (paragraph, "What the two cost cannot be compared."));
  g_assert_nonnull (strstr (paragraph, "USD to ISK"));
}

static void
test_price (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *folder = sy_datadir_build_path ("prices", NULL);
  const char *const folders[] = { folder, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SyPriceBook) book = sy_price_book_new (folders, &error);
  const SyPrice *price = sy_price_book_find (book, "aws/us-east-1/m7g.large");
  const SyDecision *decision;
  SyAssumption value;

  g_assert_no_error (error);
  sy_appraisal_set_price (f->appraisal, book, price);
  g_assert_true (sy_appraisal_get_input (f->appraisal, "A.node_price", &value));
  g_assert_cmpfloat (value.value, ==, price->amount);
  g_assert_cmpint (value.cls, ==, SY_EVIDENCE_PRICED);
  g_assert_true (sy_appraisal_get_input (f->appraisal, "A.pods_per_node", &value));
  g_assert_cmpfloat (value.value, ==, 2);

  state (f, "A.cap_slo", 820);
  state (f, "B.cap_slo", 430);
  state (f, "peak_rps", 3000);
  settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_cmpfloat (decision->result.month[0].total, <, decision->result.month[1].total);
  g_assert_cmpstr (g_ptr_array_index (decision->monetised, 0), ==, "hosting");
  g_assert_cmpint (find_gate (decision, SY_GATE_FX)->effect, ==, SY_GATE_PASSED);

  /* Without a rate there is no sum, whatever people cost; and it says why. */
  sy_assumptions_set_currency (f->assumptions, "ISK");
  settle (f);
  g_assert_false (sy_appraisal_get_input (f->appraisal, "A.node_price", &value));
  expect_refused (f);
  state (f, "team", 4);
  state (f, "salary", 95000);
  state (f, "mvp_months", 5);
  settle (f);
  expect_refused (f);

  /* A price of one's own needs no rate, but the balancer's still does. */
  state (f, "A.node_price", 11);
  state (f, "B.node_price", 11);
  settle (f);
  expect_refused (f);
}

static const SyEvidence *
find_evidence (const SyDecision *decision,
               const char       *ref)
{
  for (guint i = 0; i < decision->evidence->len; i++)
    {
      const SyEvidence *evidence = g_ptr_array_index (decision->evidence, i);

      if (g_strcmp0 (evidence->ref, ref) == 0)
        return evidence;
    }

  return NULL;
}

/* Balancer and traffic cost what the list says, where the machine is; they are
 * evidence with a day; and one of them that is old weakens the decision. */
static void
test_service_prices (Fixture       *f,
                     gconstpointer  data)
{
  g_autofree char *folder = sy_datadir_build_path ("prices", NULL);
  const char *const folders[] = { folder, NULL };
  g_autoptr (SyPriceBook) book = sy_price_book_new (folders, NULL);
  const SyPrice *egress = sy_price_book_find_item (book, "aws/us-east-1/egress");
  const SyDecision *decision;
  SyAssumption value;

  sy_appraisal_set_price (f->appraisal, book, sy_price_book_find (book, "aws/us-east-1/m7g.large"));
  state (f, "A.cap_slo", 820);
  state (f, "B.cap_slo", 430);
  state (f, "peak_rps", 3000);
  state (f, "node_price", 0.0816);
  settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_cmpfloat (decision->cost.a.hosting.balancer_hour, ==, sy_price_book_find_item (book, "aws/us-east-1/alb")->amount);
  g_assert_cmpint (find_evidence (decision, "aws/us-east-1/alb")->cls, ==, SY_EVIDENCE_PRICED);
  g_assert_cmpstr (find_evidence (decision, "aws/us-east-1/alb")->observed, ==, "2026-09-20");
  g_assert_nonnull (find_evidence (decision, "aws/us-east-1/alb-lcu"));
  g_assert_null (find_evidence (decision, egress->id)); /* nobody knows the size of a response */
  g_assert_true (sy_appraisal_get_input (f->appraisal, "lb_price", &value));
  g_assert_cmpint (value.cls, ==, SY_EVIDENCE_PRICED);
  g_assert_nonnull (strstr (value.source, "2026-09-20"));

  state (f, "resp_bytes", 2048);
  settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_nonnull (find_evidence (decision, egress->id));
  g_assert_null (find_evidence (decision, "aws/us-east-1/egress/from-10340-gb")); /* 9 688 GB do not reach it */
  g_assert_cmpfloat_with_epsilon (decision->result.month[0].total, 1195.1072, 1e-4);
  g_assert_false (decision->result.indicative);

  /* The price of the machine is typed, and of today; that of traffic is old now. */
  sy_clock_advance (f->clock, (gint64) ((SY_PRICE_STALE_DAYS - sy_price_get_age_days (egress, WALL_US) + 1) * SECONDS_PER_DAY)
                                * SY_USEC_PER_SEC);
  state (f, "peak_rps", 3001);
  settle (f);
  g_assert_true (sy_appraisal_get_decision (f->appraisal)->result.indicative);

  /* Elsewhere the list has none, and says that it is a stand-in. */
  sy_appraisal_set_price (f->appraisal, book, sy_price_book_find (book, "hetzner/fsn1/ccx13"));
  g_assert_true (sy_appraisal_get_input (f->appraisal, "lb_price", &value));
  g_assert_cmpint (value.cls, ==, SY_EVIDENCE_ASSUMED);
  g_assert_nonnull (strstr (value.source, "none of this provider"));

  /* Without a list nobody knows, and the sum is without them. */
  state (f, "pods_per_node", 2);
  sy_appraisal_set_price (f->appraisal, NULL, NULL);
  settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_true (isnan (decision->result.month[0].balancer));
  g_assert_cmpfloat (decision->result.month[0].total, ==, decision->result.month[0].compute);
}

/* Half a year and a day after the price was read. */
static void
test_old_price (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *folder = sy_datadir_build_path ("prices", NULL);
  const char *const folders[] = { folder, NULL };
  g_autoptr (SyPriceBook) book = sy_price_book_new (folders, NULL);
  const SyPrice *price = sy_price_book_find (book, "aws/us-east-1/m7g.large");
  const double age = sy_price_get_age_days (price, WALL_US);
  const SyDecision *decision;
  g_autofree char *paragraph = NULL;

  g_assert_cmpfloat (age, <, SY_PRICE_STALE_DAYS);
  sy_appraisal_set_price (f->appraisal, book, price);

  /* No hosting is asked for: no price weakens anything. */
  state (f, "team", 4);
  state (f, "A.salary", 95000);
  state (f, "B.salary", 80000);
  state (f, "mvp_months", 5);
  settle (f);
  g_assert_null (find_gate (sy_appraisal_get_decision (f->appraisal), SY_GATE_PRICE_STALE));

  state (f, "A.cap_slo", 820);
  state (f, "B.cap_slo", 430);
  state (f, "peak_rps", 3000);
  settle (f);
  g_assert_false (sy_appraisal_get_decision (f->appraisal)->result.indicative);

  sy_clock_advance (f->clock, (gint64) ((SY_PRICE_STALE_DAYS - age + 1) * SECONDS_PER_DAY) * SY_USEC_PER_SEC);
  state (f, "peak_rps", 3001);
  settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_cmpint (find_gate (decision, SY_GATE_PRICE_STALE)->effect, ==, SY_GATE_NOTICE);
  g_assert_true (decision->result.indicative);
  g_assert_cmpint (decision->result.state, !=, SY_DECISION_REFUSED);
  paragraph = sy_decision_dup_paragraph (decision);
  g_assert_nonnull (strstr (paragraph, "m7g.large: 181 days old"));

  /* A price of one's own is of today. */
  state (f, "A.node_price", 0.1);
  state (f, "B.node_price", 0.1);
  settle (f);
  g_assert_false (sy_appraisal_get_decision (f->appraisal)->result.indicative);
}

/* A recording stands still while a person states something: another clock is waited by. */
static void
test_pace (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (SyClock) pace = sy_clock_new_manual (SY_USEC_PER_SEC, 0);
  guint before;

  sy_appraisal_set_pace (f->appraisal, pace);
  state (f, "team", 4);
  state (f, "salary", 95000);
  state (f, "mvp_months", 5);
  while (sy_appraisal_is_busy (f->appraisal))
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (sy_appraisal_get_decision (f->appraisal));

  before = f->n_revisions;
  state (f, "team", 5);
  iterate ();
  g_assert_cmpuint (f->n_revisions, ==, before);
  sy_clock_advance (pace, SY_APPRAISAL_SPACING_US);
  while (sy_appraisal_is_busy (f->appraisal))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (f->n_revisions, ==, before + 1);
  g_assert_cmpint (sy_clock_get_monotonic (f->clock), ==, START_US);
}

/* The thread may be the last to let go: then nothing else wakes the main loop. */
static void
gone_cb (gpointer  user_data,
         GObject  *gone)
{
  Fixture *f = user_data;

  g_atomic_pointer_set (&f->appraisal, NULL);
  g_main_context_wakeup (NULL);
}

/* A thread that is still at it when everybody has gone. */
static void
test_dispose (Fixture       *f,
              gconstpointer  data)
{
  state (f, "team", 4);
  state (f, "salary", 95000);
  state (f, "mvp_months", 5);
  sy_clock_advance (f->clock, SY_APPRAISAL_SPACING_US);
  iterate ();
  g_object_run_dispose (G_OBJECT (f->appraisal));
  g_object_weak_ref (G_OBJECT (f->appraisal), gone_cb, f);
  g_object_unref (f->appraisal);
  while (g_atomic_pointer_get (&f->appraisal) != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; void (*test) (Fixture *, gconstpointer); } cases[] = {
    { "/appraisal/empty", test_empty }, { "/appraisal/costs", test_costs }, { "/appraisal/measured", test_measured },
    { "/appraisal/load-run", test_load_run }, { "/appraisal/load-run-of-others", test_load_run_of_others },
    { "/appraisal/driven", test_driven }, { "/appraisal/grounds", test_grounds }, { "/appraisal/other-pair", test_other_pair },
    { "/appraisal/spacing", test_spacing },
    { "/appraisal/price", test_price }, { "/appraisal/old-price", test_old_price },
    { "/appraisal/service-prices", test_service_prices },
    { "/appraisal/pace", test_pace }, { "/appraisal/dispose", test_dispose },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, set_up, cases[i].test, tear_down);
  return g_test_run ();
}
