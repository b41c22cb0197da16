/* test-appraisal.c: from two backends and what a person states to a decision, with a clock that stands still
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "appraisal-fixture.h"
#include "sy-decision-words.h"

/* Nothing measured, nothing stated: no decision, and no wait for one. */
static void
test_empty (AppraisalFixture *f,
            gconstpointer     data)
{
  appraisal_settle (f);
  g_assert_null (sy_appraisal_get_decision (f->appraisal));
  g_assert_null (sy_appraisal_get_error (f->appraisal));
  g_assert_null (sy_appraisal_get_weighing (f->appraisal));
  g_assert_cmpuint (f->n_revisions, ==, 0);

  sy_assumptions_set_use_case (f->assumptions, "mobile-api");
  appraisal_settle (f);
  g_assert_null (sy_appraisal_get_decision (f->appraisal));
}

/* What people cost needs no backend. */
static void
test_costs (AppraisalFixture *f,
            gconstpointer     data)
{
  const SyDecision *decision;

  appraisal_state (f, "team", 4);
  appraisal_state (f, "A.salary", 95000);
  appraisal_state (f, "B.salary", 80000);
  appraisal_state (f, "mvp_months", 5);
  appraisal_settle (f);

  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_nonnull (decision);
  g_assert_cmpfloat (decision->result.difference, >, 0);
  g_assert_cmpuint (decision->doubts->len, >, 3);
  g_assert_cmpfloat (decision->result.bars[0].swing, >=, decision->result.bars[1].swing);
  g_assert_true (decision->result.ownership[0].omitted & (1u << SY_COST_INFRA));
}

static void
test_measured (AppraisalFixture *f,
               gconstpointer     data)
{
  const SyDecision *decision;
  const SyCriterion *latency;
  double slo = 0;

  sy_assumptions_set_use_case (f->assumptions, "mobile-api");
  appraisal_add_backend (f, "http://a.example/metrics", "Orders, four workers");
  appraisal_add_backend (f, "http://b.example/metrics", "Orders, eight workers");
  g_assert_nonnull (sy_appraisal_get_weighing (f->appraisal));
  g_object_get (sy_appraisal_get_weighing (f->appraisal), "slo", &slo, NULL);
  g_assert_cmpfloat (slo, ==, sy_assumptions_get_use_case (f->assumptions)->slo_threshold);

  f->slow[1] = 0.2;
  appraisal_pass (f, 200);
  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_nonnull (decision);
  g_assert_cmpstr (decision->label[0], ==, "Orders, four workers");
  g_assert_cmpint (decision->verdict->state, ==, SY_VERDICT_A_AHEAD);
  latency = appraisal_find (decision, "tail-latency");
  g_assert_cmpint (latency->cls, ==, SY_EVIDENCE_MEASURED);
  g_assert_cmpfloat (latency->a, >, latency->b);
  g_assert_cmpfloat (latency->half_width, >, 0);
  g_assert_true (isnan (appraisal_find (decision, "ecosystem")->a));
  g_assert_cmpint (appraisal_find (decision, "ecosystem")->cls, ==, SY_EVIDENCE_ASSUMED);
  g_assert_cmpfloat (decision->result.measured[0], >, 0.3);
  g_assert_cmpfloat (decision->result.p_stance[0], >, 0.5);
}

/* What is paid for is not scored as well, but only where the cost counts: without a
 * budget it says nothing, and the criteria are all there is. */
static void
test_counted_once (AppraisalFixture *f,
                   gconstpointer     data)
{
  static const char *const order[] = { "cost", "ecosystem", "team-fit", "upgrade", "time-to-market", NULL };
  static const char *const items[] = { "skills", "shared-language", "local-hiring", "review" };
  g_autofree char *paragraph = NULL;
  const SyDecision *decision;

  sy_assumptions_set_order (f->assumptions, order);
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    for (guint side = 0; side < 2; side++)
      sy_assumptions_set_answer (f->assumptions, "team-fit", items[i], side, i % 2 == 0 ? SY_CHECK_YES : SY_CHECK_NO);
  appraisal_state (f, "team", 4);
  appraisal_state (f, "salary", 95000);
  appraisal_state (f, "skilled_share", 0.5);
  appraisal_state (f, "A.mvp_months", 5);
  appraisal_state (f, "B.mvp_months", 4);
  appraisal_state (f, "missing_integrations", 2);
  appraisal_state (f, "cost_of_delay_month", 20000);
  appraisal_state (f, "mvp_deadline", 6);
  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_cmpuint (decision->monetised->len, ==, 0);
  g_assert_cmpuint (decision->criteria->len, ==, 5);
  g_assert_true (isnan (appraisal_find (decision, "cost")->a));
  g_assert_false (isnan (appraisal_find (decision, "time-to-market")->a));
  g_assert_cmpfloat (appraisal_find (decision, "team-fit")->a, ==, 50);

  appraisal_state (f, "budget", 2000000);
  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_false (isnan (appraisal_find (decision, "cost")->a));
  g_assert_null (appraisal_find (decision, "ecosystem"));
  g_assert_null (appraisal_find (decision, "time-to-market"));
  g_assert_nonnull (appraisal_find (decision, "upgrade")); /* none is due */
  g_assert_cmpfloat (appraisal_find (decision, "team-fit")->a, ==, 0); /* of what money does not show */
  paragraph = sy_decision_dup_paragraph (decision);
  g_assert_nonnull (strstr (paragraph, "Counted as money, and not scored again: delay, hiring, missing integrations."));

  sy_assumptions_set_upgrade_years (f->assumptions, 0, 1u << 3);
  appraisal_settle (f);
  g_assert_null (appraisal_find (sy_appraisal_get_decision (f->appraisal), "upgrade"));
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
test_grounds (AppraisalFixture *f,
              gconstpointer     data)
{
  const SyDecision *decision;
  const SyEvidence *latency;
  const SyOrigin *origin;
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) to = NULL;

  appraisal_add_backend (f, "http://a.example/metrics", "one");
  appraisal_add_backend (f, "http://b.example/metrics", "two");
  sy_assumptions_set_use_case (f->assumptions, "mobile-api");
  appraisal_state (f, "A.salary", 95000);
  appraisal_pass (f, 120);
  appraisal_settle (f);
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

/* Many changes while the clock stands make one computation, the last one's. A slow
 * thread makes settle() turn the clock further, so the first of them may be due. */
static void
test_spacing (AppraisalFixture *f,
              gconstpointer     data)
{
  appraisal_state (f, "team", 4);
  appraisal_state (f, "salary", 95000);
  appraisal_state (f, "mvp_months", 5);
  appraisal_settle (f);
  g_assert_cmpuint (f->n_revisions, ==, 1);

  for (guint i = 0; i < 20; i++)
    {
      appraisal_state (f, "A.salary", 60000 + 1000 * i);
      appraisal_iterate ();
    }
  g_assert_cmpuint (f->n_revisions, <=, 2);
  appraisal_settle (f);
  g_assert_cmpuint (f->n_revisions, >=, 2);
  g_assert_cmpuint (f->n_revisions, <=, 3);
  g_assert_cmpfloat (sy_appraisal_get_decision (f->appraisal)->cost.a.salary, ==, 79000);
}

/* A recording stands still while a person states something: another clock is waited by. */
static void
test_pace (AppraisalFixture *f,
           gconstpointer     data)
{
  g_autoptr (SyClock) pace = sy_clock_new_manual (SY_USEC_PER_SEC, 0);
  guint before;

  sy_appraisal_set_pace (f->appraisal, pace);
  appraisal_state (f, "team", 4);
  appraisal_state (f, "salary", 95000);
  appraisal_state (f, "mvp_months", 5);
  while (sy_appraisal_is_busy (f->appraisal))
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (sy_appraisal_get_decision (f->appraisal));

  before = f->n_revisions;
  appraisal_state (f, "team", 5);
  appraisal_iterate ();
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
  AppraisalFixture *f = user_data;

  g_atomic_pointer_set (&f->appraisal, NULL);
  g_main_context_wakeup (NULL);
}

/* A thread that is still at it when everybody has gone. */
static void
test_dispose (AppraisalFixture *f,
              gconstpointer     data)
{
  appraisal_state (f, "team", 4);
  appraisal_state (f, "salary", 95000);
  appraisal_state (f, "mvp_months", 5);
  sy_clock_advance (f->clock, SY_APPRAISAL_SPACING_US);
  appraisal_iterate ();
  g_object_run_dispose (G_OBJECT (f->appraisal));
  g_object_weak_ref (G_OBJECT (f->appraisal), gone_cb, f);
  g_object_unref (f->appraisal);
  while (g_atomic_pointer_get (&f->appraisal) != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* As a damaged recording may have it. */
static void
test_beyond_calendars (AppraisalFixture *f,
                       gconstpointer     data)
{
  const SyDecision *decision;
  const SyEvidence *latency;

  appraisal_add_backend (f, "http://a.example/metrics", "one");
  appraisal_add_backend (f, "http://b.example/metrics", "two");
  sy_assumptions_set_use_case (f->assumptions, "mobile-api");
  appraisal_pass (f, 120);
  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_nonnull (decision);
  g_assert_null (decision->generated);
  latency = g_ptr_array_index (decision->evidence, 0);
  g_assert_cmpstr (latency->what, ==, "p95 latency");
  g_assert_null (latency->from);
  g_assert_null (latency->to);
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; void (*test) (AppraisalFixture *, gconstpointer); } cases[] = {
    { "/appraisal/empty", test_empty }, { "/appraisal/costs", test_costs }, { "/appraisal/measured", test_measured },
    { "/appraisal/counted-once", test_counted_once },
    { "/appraisal/grounds", test_grounds },
    { "/appraisal/spacing", test_spacing },
    { "/appraisal/pace", test_pace }, { "/appraisal/dispose", test_dispose },
  };
  static const gint64 year_10000_us = G_GINT64_CONSTANT (253402300800) * SY_USEC_PER_SEC;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, AppraisalFixture, NULL, appraisal_set_up, cases[i].test, appraisal_tear_down);
  g_test_add ("/appraisal/beyond-calendars", AppraisalFixture, &year_10000_us, appraisal_set_up, test_beyond_calendars,
              appraisal_tear_down);
  return g_test_run ();
}
