/* test-appraisal-load.c: what a load run tells a decision
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "appraisal-fixture.h"
#include "sy-trial-evidence.h"

static gboolean
advance_cb (gpointer user_data)
{
  AppraisalFixture *f = user_data;

  sy_clock_advance (f->clock, 10 * SY_USEC_PER_SEC);
  return G_SOURCE_REMOVE;
}

/* The pause after a step waits for the clock. */
static void
step_cb (AppraisalFixture *f)
{
  g_idle_add (advance_cb, f);
}

/* With a generator that is a formula: 20 ms of the first backend and 30 ms of the
 * second, until both carry no more at 500 requests/s. (transfer full) */
static SyLoadTrial *
run_trial (AppraisalFixture *f,
           guint             a,
           guint             b)
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
  appraisal_iterate ();
  return trial;
}

static void
add_local_backends (AppraisalFixture *f)
{
  appraisal_add_backend (f, "http://127.0.0.1:8101/metrics", "one");
  appraisal_add_backend (f, "http://127.0.0.1:8102/metrics", "two");
}

static void
expect_measured (AppraisalFixture *f,
                 const char       *name,
                 double            low,
                 double            high)
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
test_load_run (AppraisalFixture *f,
               gconstpointer     data)
{
  const SyAssumption patient = { 10, NAN, NAN, SY_EVIDENCE_USER, "a test", NULL };
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

  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_cmpint (appraisal_find (decision, "overload")->cls, ==, SY_EVIDENCE_MEASURED);
  g_assert_cmpfloat (appraisal_find (decision, "overload")->a, ==, 0);
  g_assert_cmpfloat (appraisal_find (decision, "overload")->half_width, >, 0);
  g_assert_cmpstr (((SyEvidence *) g_ptr_array_index (decision->evidence, 1))->id, ==, "e2");
  g_assert_cmpstr (((SyEvidence *) g_ptr_array_index (decision->evidence, 2))->id, ==, "e4");

  g_assert_true (sy_assumptions_set (f->assumptions, "slo_threshold", &patient, &error));
  g_assert_false (sy_appraisal_get_input (f->appraisal, "A.cap_slo", &value));
  g_assert_nonnull (strstr (value.source, "held at every load"));

  appraisal_state (f, "A.cap_slo", 600);
  g_assert_true (sy_appraisal_get_input (f->appraisal, "A.cap_slo", &value));
  g_assert_cmpfloat (value.value, ==, 600);
  g_assert_cmpint (value.cls, ==, SY_EVIDENCE_USER);
}

/* Where others used the machine all the while, nothing was measured, and it says so. */
static void
test_disturbed_load_run (AppraisalFixture *f,
                         gconstpointer     data)
{
  g_autoptr (SyLoadTrial) trial = NULL;
  SyAssumption value;

  sy_assumptions_set_use_case (f->assumptions, "mobile-api");
  add_local_backends (f);
  g_setenv ("FAKE_DRIVE", "busy", TRUE);
  trial = run_trial (f, 0, 1);
  g_unsetenv ("FAKE_DRIVE");
  sy_appraisal_take_trial (f->appraisal, trial);
  g_assert_false (sy_appraisal_get_input (f->appraisal, "A.cap_slo", &value));
  g_assert_nonnull (strstr (value.source, "no step of it counts"));
  g_assert_false (sy_appraisal_get_input (f->appraisal, "A.overload", &value));
}

/* Asked the other way round, the answer is the same of A and of B; and it goes
 * with the backends. */
static void
test_load_run_of_others (AppraisalFixture *f,
                         gconstpointer     data)
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
  appraisal_add_backend (f, "http://127.0.0.1:8103/metrics", "three");
  g_assert_false (sy_appraisal_get_input (f->appraisal, "A.cap_slo", &value));
  g_assert_false (sy_appraisal_get_input (f->appraisal, "B.cap_slo", &value));
}

/* On two that nobody asks but the load run: it is what the decision rests on. */
static void
test_load_run_on_idle (AppraisalFixture *f,
                       gconstpointer     data)
{
  g_autoptr (SyLoadTrial) trial = NULL;
  const SyVerdict *verdict;
  const SyDecision *decision;
  const SyCriterion *tail;

  sy_assumptions_set_use_case (f->assumptions, "mobile-api");
  add_local_backends (f);
  trial = run_trial (f, 0, 1);
  sy_appraisal_take_trial (f->appraisal, trial);
  verdict = sy_weighing_get_verdict (sy_appraisal_get_weighing (f->appraisal));
  g_assert_cmpint (verdict->load.basis, ==, SY_LOAD_BASIS_TRIAL);
  g_assert_cmpint (sy_verdict_get_decided (verdict), ==, SY_VERDICT_A_AHEAD);

  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_cmpint (decision->result.state, !=, SY_DECISION_NOT_YET);
  g_assert_cmpint (decision->result.state, !=, SY_DECISION_REFUSED);
  g_assert_cmpstr (((SyEvidence *) g_ptr_array_index (decision->evidence, 0))->id, ==, "e1");
  tail = appraisal_find (decision, "tail-latency");
  g_assert_cmpint (tail->cls, ==, SY_EVIDENCE_MEASURED);
  g_assert_cmpfloat (tail->a, >=, tail->b);
}

/* While a load run takes turns on the two, what they carry is its doing; on others
 * it is not. */
static void
test_running (AppraisalFixture *f,
              gconstpointer     data)
{
  g_autoptr (SyLoadTrial) trial = NULL;
  g_autoptr (SyLoadTrial) elsewhere = NULL;
  guint before;

  add_local_backends (f);
  appraisal_add_backend (f, "http://127.0.0.1:8103/metrics", "three");
  trial = run_trial (f, 0, 1);
  elsewhere = run_trial (f, 2, 2);
  appraisal_pass (f, 100);
  before = sy_weighing_get_verdict (sy_appraisal_get_weighing (f->appraisal))->time.n_windows;

  sy_appraisal_set_running (f->appraisal, trial);
  appraisal_pass (f, 50);
  g_assert_cmpuint (sy_weighing_get_verdict (sy_appraisal_get_weighing (f->appraisal))->time.n_windows, ==, before);

  sy_appraisal_set_running (f->appraisal, elsewhere);
  appraisal_pass (f, 50);
  g_assert_cmpuint (sy_weighing_get_verdict (sy_appraisal_get_weighing (f->appraisal))->time.n_windows, >, before);
}

/* Whoever loads both alike says so once, for whatever backends come. */
static void
test_driven (AppraisalFixture *f,
             gconstpointer     data)
{
  const SyVerdict *verdict;

  sy_appraisal_set_driven (f->appraisal, TRUE);
  add_local_backends (f);
  appraisal_pass (f, 200);
  verdict = sy_weighing_get_verdict (sy_appraisal_get_weighing (f->appraisal));
  g_assert_cmpstr (sy_verdict_find_gate (verdict, SY_GATE_LOAD)->message, ==, "Both are offered the same load");

  sy_appraisal_set_driven (f->appraisal, FALSE);
  appraisal_pass (f, 200);
  verdict = sy_weighing_get_verdict (sy_appraisal_get_weighing (f->appraisal));
  g_assert_cmpstr (sy_verdict_find_gate (verdict, SY_GATE_LOAD)->message, ==, "Both carry the same load");
}

/* Another pair, and what was measured on the old one is gone. */
static void
test_other_pair (AppraisalFixture *f,
                 gconstpointer     data)
{
  g_autoptr (SyLoadTrial) trial = NULL;
  SyAssumption value;

  sy_assumptions_set_use_case (f->assumptions, "mobile-api");
  add_local_backends (f);
  appraisal_add_backend (f, "http://c.example/metrics", "three");
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

int
main (int    argc,
      char **argv)
{
  static const struct { const char *path; void (*test) (AppraisalFixture *, gconstpointer); } cases[] = {
    { "/appraisal-load/load-run", test_load_run },
    { "/appraisal-load/disturbed-load-run", test_disturbed_load_run },
    { "/appraisal-load/load-run-of-others", test_load_run_of_others },
    { "/appraisal-load/load-run-on-idle", test_load_run_on_idle },
    { "/appraisal-load/running", test_running },
    { "/appraisal-load/driven", test_driven },
    { "/appraisal-load/other-pair", test_other_pair },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, AppraisalFixture, NULL, appraisal_set_up, cases[i].test, appraisal_tear_down);
  return g_test_run ();
}
