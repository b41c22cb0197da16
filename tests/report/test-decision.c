/* test-decision.c: a decision is computed, written, and computed again from what was written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-calc.h"
#include "sy-decision-calls.h"
#include "sy-decision-json.h"
#include "sy-decision-words.h"
#include "sy-error.h"
#include "sy-json-node.h"
#include "sy-json.h"
#include "sy-model-gates.h"
#include "sy-report-build.h"
#include "sy-report-form.h"
#include "sy-worked-example.h"

static void
fill_owner (SyOwner *owner,
            double   salary,
            double   skilled,
            double   months,
            double   missing,
            double   capacity)
{
  owner->team = 4;
  owner->salary = salary;
  owner->burden = 1.4265;
  owner->skilled_share = skilled;
  owner->mvp_months = months;
  owner->missing_integrations = missing;
  owner->hosting.capacity = capacity;
  owner->hosting.node_hour = 0.0816;
  owner->hosting.pods_per_node = 2;
  owner->hosting.response_bytes = 2048;
  sy_worked_example_set_prices (&owner->hosting);
}

static void
add_criterion (SyDecision     *decision,
               const char     *id,
               SyEvidenceClass cls,
               double          a,
               double          b,
               double          half_width)
{
  SyCriterion *criterion = sy_criterion_new (id, id, cls);

  criterion->a = a;
  criterion->b = b;
  criterion->half_width = half_width;
  g_ptr_array_add (decision->criteria, criterion);
}

/* The example that the model is explained with. */
static SyDecision *
make_example (void)
{
  static const guint realtime[] = { 0, 2, 3, 1, 4, 5, 6 };
  static const guint ai[] = { 4, 3, 1, 0, 5, 6, 2 };
  SyDecision *d = sy_decision_new ();
  SyEvidence *capacity;

  d->generated = g_strdup ("2026-09-30T12:00:00Z");
  d->currency = g_strdup ("USD");
  d->use_case = g_strdup ("real-time API for mobile apps");
  d->slo_threshold = 0.2;
  d->slo_share = 0.99;
  d->label[0] = g_strdup ("Orders, 4 workers");
  d->label[1] = g_strdup ("Orders, 8 workers");

  fill_owner (&d->cost.a, 95000, 0.75, 5, 2, 820);
  fill_owner (&d->cost.b, 98000, 0.5, 4, 0, 430);
  d->cost.a.upgrade_weeks = 3;
  d->cost.a.upgrade_years = 1u << 3;
  d->cost.b.upgrade_weeks = 2;
  d->cost.b.upgrade_years = 1u << 5;
  d->cost.common.traffic_growth = 0.4;
  d->cost.common.peak_rps = 3000;
  d->cost.common.cost_of_delay = 20000;
  d->cost.common.mvp_reference = 4;

  sy_decision_add_doubt (d, "A.mvp_months", SY_EVIDENCE_USER, 4, 6);
  sy_decision_add_doubt (d, "B.mvp_months", SY_EVIDENCE_USER, 3.5, 5);
  sy_decision_add_doubt (d, "cost_of_delay_month", SY_EVIDENCE_USER, 0, 60000);
  sy_decision_add_doubt (d, "A.salary", SY_EVIDENCE_USER, 85000, 105000);
  sy_decision_add_doubt (d, "B.salary", SY_EVIDENCE_USER, 88000, 108000);
  sy_decision_add_doubt (d, "maintenance (both)", SY_EVIDENCE_ASSUMED, 0.15, 0.25);
  sy_decision_add_doubt (d, "A.cap_slo [measured 95% CI]", SY_EVIDENCE_MEASURED, 780, 850);
  sy_decision_add_doubt (d, "B.cap_slo [measured 95% CI]", SY_EVIDENCE_MEASURED, 400, 455);
  sy_decision_add_doubt (d, "traffic_growth", SY_EVIDENCE_USER, 0.1, 0.8);
  sy_decision_add_doubt (d, "A.missing_integrations", SY_EVIDENCE_USER, 0, 6);
  sy_decision_add_doubt (d, "B.skilled_share", SY_EVIDENCE_USER, 0.25, 0.75);
  sy_decision_add_doubt (d, "discount", SY_EVIDENCE_ASSUMED, 0.035, 0.15);
  g_ptr_array_add (d->break_evens, g_strdup ("A.mvp_months"));
  g_ptr_array_add (d->break_evens, g_strdup ("A.salary"));
  g_ptr_array_add (d->break_evens, g_strdup ("cost_of_delay_month"));

  add_criterion (d, "tail-latency", SY_EVIDENCE_MEASURED, 86, 67.33333333333334, 3);
  add_criterion (d, "cost", SY_EVIDENCE_PRICED, 64.60442235015356, 73.44355471829248, 4);
  add_criterion (d, "overload", SY_EVIDENCE_MEASURED, 80, 65, 8);
  add_criterion (d, "team-fit", SY_EVIDENCE_JUDGED, 85, 55, 15);
  add_criterion (d, "ecosystem", SY_EVIDENCE_CHECKED, 60, 90, 15);
  add_criterion (d, "security", SY_EVIDENCE_CHECKED, 60, 80, 15);
  add_criterion (d, "upgrade", SY_EVIDENCE_CHECKED, 50, 65, 15);
  g_ptr_array_add (d->monetised, g_strdup ("hosting"));
  sy_decision_add_stance (d, "realtime", realtime);
  sy_decision_add_stance (d, "ai", ai);

  capacity = sy_decision_add_evidence (d, "e1", SY_EVIDENCE_MEASURED, "capacity of a copy");
  capacity->value[0] = 820;
  capacity->value[1] = 430;
  capacity->low[0] = 780;
  capacity->high[0] = 850;
  capacity->low[1] = 400;
  capacity->high[1] = 455;
  g_ptr_array_add (d->gates, sy_gate_new (SY_GATE_PRICE_STALE, SY_GATE_PASSED, 72, 180, "the price is 72 days old", "m7g.large"));
  return d;
}

static JsonNode *
write_and_read (const SyDecision *decision)
{
  g_autofree char *text = sy_decision_to_json (decision);
  g_autoptr (GError) error = NULL;
  JsonNode *root;

  g_assert_true (sy_json_check (text, strlen (text), NULL, &error));
  g_assert_no_error (error);
  root = json_from_string (text, &error);
  g_assert_no_error (error);
  return root;
}

static double
number_at (JsonNode   *root,
           const char *pointer)
{
  JsonNode *node = sy_json_at (root, pointer);

  g_assert_nonnull (node);
  return json_node_get_double (node);
}

/* The figures of the published example. */
static void
test_example (void)
{
  static const struct { const char *pointer; double value, within; } cases[] = {
    { "/cost/monthly/A", 1195.11, 0.005 }, { "/cost/monthly/B", 1314.24, 0.005 },
    { "/cost/per_million/A", 0.2526, 5e-5 }, { "/cost/five_year/A/npv", 618560.20, 0.005 },
    { "/cost/five_year/B/npv", 539008.01, 0.005 }, { "/cost/five_year/A/year_total/3", 89403.46, 0.005 },
    { "/cost/difference_npv", 79552.19, 0.005 }, { "/cost/monte_carlo/p_A_cheaper", 0.13585, 1e-12 },
    { "/cost/monte_carlo/q05", -37739.02, 0.005 }, { "/cost/monte_carlo/q95", 189922.65, 0.005 },
    { "/cost/tornado/0/at_low", -24294.60, 0.005 }, { "/cost/tornado/11/at_high", 79552.19, 0.005 },
    { "/cost/break_even/0/value", 4.23, 0.005 }, { "/decision/priorities/realtime/p_A_first", 0.9981, 5e-5 },
    { "/decision/priorities/ai/p_A_first", 0.1390, 5e-5 }, { "/decision/priorities/none_stated/p_A_first", 0.4305, 5e-5 },
    { "/verdict/measured_share_of_weight/realtime", 0.598, 5e-4 }, { "/verdict/measured_share_of_weight/ai", 0.1289, 5e-4 },
  };
  g_autoptr (SyDecision) decision = make_example ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;

  g_assert_true (sy_decision_compute (decision, &error));
  g_assert_no_error (error);
  root = write_and_read (decision);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat_with_epsilon (number_at (root, cases[i].pointer), cases[i].value, cases[i].within);

  g_assert_true (JSON_NODE_HOLDS_NULL (sy_json_at (root, "/cost/break_even/2/value")));
  g_assert_cmpstr (json_node_get_string (sy_json_at (root, "/cost/break_even/2/text")), ==, "none in range");
  g_assert_cmpstr (json_node_get_string (sy_json_at (root, "/verdict/state")), ==, "DEPENDS_ON_PRIORITIES");
  g_assert_false (json_node_get_boolean (sy_json_at (root, "/verdict/indicative")));
}

/* Nobody stated anything that costs: there are no sums, which would say that it costs nothing. */
static void
test_nothing_stated (void)
{
  g_autoptr (SyDecision) decision = make_example ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;

  g_ptr_array_set_size (decision->doubts, 0);
  g_ptr_array_set_size (decision->break_evens, 0);
  decision->cost.a.salary = NAN;
  decision->cost.a.hosting.capacity = NAN;
  decision->cost.common.cost_of_delay = NAN;
  g_assert_true (sy_decision_compute (decision, &error));
  g_assert_no_error (error);
  root = write_and_read (decision);
  g_assert_true (JSON_NODE_HOLDS_NULL (sy_json_at (root, "/cost/five_year/A/npv")));
  g_assert_cmpuint (json_array_get_length (json_node_get_array (sy_json_at (root, "/cost/five_year/A/year_total"))), ==, 0);
}

/* An old price leaves the figures and says so; a price without a rate, none. */
static void
test_money_gates (void)
{
  g_autoptr (SyDecision) decision = make_example ();
  g_autoptr (JsonNode) old = NULL;
  g_autoptr (JsonNode) mixed = NULL;

  g_ptr_array_set_size (decision->gates, 0);
  g_ptr_array_add (decision->gates, sy_gate_price_age ("m7g.large", "2026-06-02", G_GINT64_CONSTANT (1795996800) * G_USEC_PER_SEC));
  g_assert_true (sy_decision_compute (decision, NULL));
  old = write_and_read (decision);
  g_assert_true (json_node_get_boolean (sy_json_at (old, "/verdict/indicative")));
  g_assert_cmpstr (json_node_get_string (sy_json_at (old, "/verdict/state")), ==, "DEPENDS_ON_PRIORITIES");
  g_assert_nonnull (strstr (json_node_get_string (sy_json_at (old, "/verdict/because/0")), "181 days old"));

  g_ptr_array_add (decision->gates, sy_gate_currency ("EUR", "USD", FALSE));
  g_assert_true (sy_decision_compute (decision, NULL));
  mixed = write_and_read (decision);
  g_assert_cmpstr (json_node_get_string (sy_json_at (mixed, "/verdict/state")), ==, "REFUSED");
  g_assert_nonnull (strstr (json_node_get_string (sy_json_at (mixed, "/verdict/because/0")), "EUR to USD"));
}

/* Every call that the report lists gives the same bits again, by name, from the
 * text of the report alone; and the sum is of these calls. */
static void
check_reproduced (JsonNode *root)
{
  JsonNode *listed = sy_json_at (root, "/reproduce/calls");
  JsonArray *calls = json_node_get_array (listed);
  g_autoptr (SyJsonWriter) compact = sy_json_writer_new ();
  g_autofree char *text = NULL;
  g_autofree char *sum = NULL;
  guint compared = 0;

  g_assert_cmpuint (json_array_get_length (calls), ==, 6);

  for (guint i = 0; i < json_array_get_length (calls); i++)
    {
      JsonObject *call = json_array_get_object_element (calls, i);
      JsonObject *answers = json_object_get_object_member (call, "answers");
      g_autoptr (GList) names = json_object_get_members (answers);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) out = sy_calc_run (json_object_get_string_member (call, "function"),
                                                json_object_get_object_member (call, "inputs"), &error);
      g_autoptr (JsonNode) node = NULL;

      g_assert_no_error (error);
      node = json_node_init_object (json_node_alloc (), out);
      for (GList *l = names; l != NULL; l = l->next, compared++)
        {
          const double again = number_at (node, l->data);
          const double there = number_at (root, json_object_get_string_member (answers, l->data));

          g_assert_cmpmem (&again, sizeof again, &there, sizeof there);
        }
    }
  g_assert_cmpuint (compared, ==, 4 + 3 + 4 + 24 + 3);

  sy_json_write_node (compact, listed);
  text = sy_json_writer_finish (compact);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_assert_cmpstr (sum, ==, json_node_get_string (sy_json_at (root, "/reproduce/inputs_sha256")));
}

static void
test_reproduced (void)
{
  g_autoptr (SyDecision) decision = make_example ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;

  g_assert_true (sy_decision_compute (decision, &error));
  g_assert_no_error (error);
  root = write_and_read (decision);
  check_reproduced (root);
}

/* The report that is sent holds all of that, too. */
static void
test_reproduced_from_report (void)
{
  const SyReportOptions options = { SY_REPORT_FORM_JSON, SY_REPORT_PAPER_A4, FALSE };
  g_autoptr (SyDecision) decision = make_example ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) report = NULL;
  g_autoptr (JsonParser) parser = NULL;
  g_autofree char *text = NULL;
  const char *data;
  gsize size;

  g_assert_true (sy_decision_compute (decision, &error));
  g_assert_no_error (error);
  text = sy_decision_to_json (decision);
  report = sy_report_write (text, strlen (text), &options, &error);
  g_assert_no_error (error);

  data = g_bytes_get_data (report, &size);
  parser = sy_report_parse (data, size, &error);
  g_assert_no_error (error);
  check_reproduced (json_parser_get_root (parser));
}

/* The same inputs are the same text; another input is another sum. */
static void
test_bits (void)
{
  g_autoptr (SyDecision) first = make_example ();
  g_autoptr (SyDecision) second = make_example ();
  g_autoptr (SyDecision) other = make_example ();
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autoptr (JsonNode) one = NULL;
  g_autoptr (JsonNode) two = NULL;

  other->cost.a.salary += 1;
  g_assert_true (sy_decision_compute (first, NULL));
  g_assert_true (sy_decision_compute (second, NULL));
  g_assert_true (sy_decision_compute (other, NULL));
  a = sy_decision_to_json (first);
  b = sy_decision_to_json (second);
  g_assert_cmpstr (a, ==, b);

  one = write_and_read (first);
  two = write_and_read (other);
  g_assert_cmpstr (json_node_get_string (sy_json_at (one, "/reproduce/inputs_sha256")), !=,
                   json_node_get_string (sy_json_at (two, "/reproduce/inputs_sha256")));
}

static const char *
text_at (JsonNode   *root,
         const char *pointer)
{
  JsonNode *node = sy_json_at (root, pointer);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/* What it rests on: when it was measured, what is easily misread, where an input
 * comes from, and what a gate asks for. */
static void
test_grounds (void)
{
  g_autoptr (SyDecision) decision = make_example ();
  g_autoptr (GPtrArray) traps = sy_trap_list_new ();
  SyEvidence *evidence = g_ptr_array_index (decision->evidence, 0);
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) root = NULL;

  evidence->log_ratio[0] = -0.2;
  evidence->log_ratio[1] = 0.1;
  g_assert_true (sy_decision_compute (decision, NULL));
  before = write_and_read (decision);
  g_assert_null (sy_json_at (before, "/traps"));
  g_assert_null (sy_json_at (before, "/evidence/0/from_"));
  g_assert_cmpstr (text_at (before, "/gates/0/effect"), ==, "passed");
  g_assert_cmpstr (text_at (before, "/gates/0/evidence"), ==, "m7g.large");

  g_assert_true (json_node_get_boolean (sy_json_at (before, "/evidence/0/interval/anytime_valid")));

  evidence->is_fixed = TRUE; /* of a load run */
  evidence->from = g_strdup ("2026-09-30T11:50:00Z");
  evidence->to = g_strdup ("2026-09-30T11:55:00Z");
  sy_decision_add_traps (decision, 0, traps);
  sy_trap_list_add (traps, SY_TRAP_LOOP_FLOOR, "nodejs_eventloop_lag_seconds");
  sy_decision_add_traps (decision, 1, traps);
  sy_decision_set_origin (decision, "A.team", SY_EVIDENCE_PRICED, "a list", "2026-07-20");
  decision->verdict = sy_verdict_new ();
  decision->verdict->would_change = g_strdup ("more windows");
  g_ptr_array_add (decision->verdict->against, g_strdup ("one machine"));
  g_assert_true (sy_decision_compute (decision, NULL));
  root = write_and_read (decision);

  g_assert_false (json_node_get_boolean (sy_json_at (root, "/evidence/0/interval/anytime_valid")));
  g_assert_nonnull (strstr (text_at (root, "/evidence/0/interval/method"), "Student"));
  g_assert_cmpstr (text_at (root, "/evidence/0/from_"), ==, "2026-09-30T11:50:00Z");
  g_assert_cmpstr (text_at (root, "/evidence/0/to"), ==, "2026-09-30T11:55:00Z");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (sy_json_at (root, "/traps"))), ==, 1);
  g_assert_cmpstr (text_at (root, "/traps/0/backend"), ==, "B");
  g_assert_cmpstr (text_at (root, "/traps/0/metric"), ==, "nodejs_eventloop_lag_seconds");
  g_assert_nonnull (text_at (root, "/traps/0/fix"));
  g_assert_cmpstr (text_at (root, "/cost/assumptions/0/parameter"), ==, "A.team");
  g_assert_cmpstr (text_at (root, "/cost/assumptions/0/source"), ==, "a list");
  g_assert_cmpstr (text_at (root, "/cost/assumptions/0/cls"), ==, "PRICED");
  g_assert_cmpstr (text_at (root, "/cost/assumptions/0/observed"), ==, "2026-07-20");
  g_assert_null (sy_json_at (root, "/cost/assumptions/1/observed"));
  g_assert_cmpstr (text_at (root, "/measured_verdict/against/0"), ==, "one machine");
  g_assert_cmpstr (text_at (root, "/measured_verdict/would_change"), ==, "more windows");
  g_assert_nonnull (sy_json_at (root, "/measured_verdict/at_equal_load/ratio"));

  /* Each comes first in its order. */
  g_assert_cmpfloat (number_at (root, "/decision/criteria/4/weight/ai"), >, 0.3);
  g_assert_cmpfloat (number_at (root, "/decision/criteria/4/weight/ai"), ==, number_at (root, "/decision/criteria/0/weight/realtime"));
}

/* Every member of the published example is there, and of the same type. */
static void
check_members (JsonNode   *expected,
               JsonNode   *got,
               const char *where)
{
  g_autoptr (GList) names = json_object_get_members (json_node_get_object (expected));

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *there = g_strdup_printf ("%s/%s", where, (char *) l->data);
      JsonNode *want = json_object_get_member (json_node_get_object (expected), l->data);
      JsonNode *have = json_object_get_member (json_node_get_object (got), l->data);

      if (have == NULL)
        g_error ("%s is missing", there);
      if (JSON_NODE_HOLDS_OBJECT (want) && JSON_NODE_HOLDS_OBJECT (have))
        check_members (want, have, there);
      else if (!JSON_NODE_HOLDS_NULL (have))
        g_assert_cmpint (JSON_NODE_TYPE (want), ==, JSON_NODE_TYPE (have));
    }
}

static void
test_schema (void)
{
  const char *data = g_getenv ("STEELYARD_DATA");
  g_autofree char *path = g_build_filename (data != NULL ? data : "", "vectors", "decision-report-example.json", NULL);
  g_autoptr (SyDecision) decision = make_example ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonNode) root = NULL;

  if (data == NULL || !json_parser_load_from_file (parser, path, NULL))
    {
      g_test_skip ("STEELYARD_DATA has no example of a report");
      return;
    }

  g_assert_true (sy_decision_compute (decision, NULL));
  root = write_and_read (decision);
  check_members (json_parser_get_root (parser), root, "");
}

/* Swapped, the decision is the other one. */
static void
test_swap (void)
{
  g_autoptr (SyDecision) decision = make_example ();
  g_autoptr (SyDecision) swapped = make_example ();
  SyOwner a = swapped->cost.a;

  swapped->cost.a = swapped->cost.b;
  swapped->cost.b = a;
  g_ptr_array_set_size (decision->doubts, 0);
  g_ptr_array_set_size (swapped->doubts, 0);
  for (guint i = 0; i < swapped->criteria->len; i++)
    {
      SyCriterion *criterion = g_ptr_array_index (swapped->criteria, i);
      const double value = criterion->a;

      criterion->half_width = ((SyCriterion *) g_ptr_array_index (decision->criteria, i))->half_width = 0;
      criterion->a = criterion->b;
      criterion->b = value;
    }

  g_assert_true (sy_decision_compute (decision, NULL));
  g_assert_true (sy_decision_compute (swapped, NULL));
  g_assert_cmpfloat (decision->result.difference, ==, -swapped->result.difference);
  for (guint i = 0; i < decision->stances->len; i++)
    g_assert_cmpfloat_with_epsilon (decision->result.p_stance[i] + swapped->result.p_stance[i], 1, 1e-9);
}

static void
test_refused (void)
{
  static const guint wrong[] = { 0, 0, 1, 2, 3, 4, 5 };
  g_autoptr (SyDecision) decision = make_example ();
  g_autoptr (GError) error = NULL;

  ((SyCriterion *) g_ptr_array_index (decision->criteria, 3))->factor = g_strdup ("hosting");
  g_assert_false (sy_decision_compute (decision, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "R-DOUBLE"));
  g_clear_error (&error);
  g_clear_pointer (&((SyCriterion *) g_ptr_array_index (decision->criteria, 3))->factor, g_free);

  sy_decision_add_stance (decision, "wrong", wrong);
  g_assert_false (sy_decision_compute (decision, &error));
  g_assert_nonnull (strstr (error->message, "wrong"));
  g_clear_error (&error);
  g_ptr_array_set_size (decision->stances, 2);

  sy_decision_add_doubt (decision, "A.team", SY_EVIDENCE_USER, 5, 6);
  g_assert_false (sy_decision_compute (decision, &error));
  g_assert_nonnull (strstr (error->message, "A.team"));
}

/* Nothing stated, nothing measured: it says so, and invents nothing. */
static void
test_blank (void)
{
  g_autoptr (SyDecision) decision = sy_decision_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *paragraph = NULL;

  g_assert_true (sy_decision_compute (decision, NULL));
  root = write_and_read (decision);
  g_assert_cmpstr (json_node_get_string (sy_json_at (root, "/verdict/state")), ==, "NOT_YET");
  g_assert_true (JSON_NODE_HOLDS_NULL (sy_json_at (root, "/cost/difference_npv")));
  g_assert_true (JSON_NODE_HOLDS_NULL (sy_json_at (root, "/cost/monthly/A")));
  paragraph = sy_decision_dup_paragraph (decision);
  g_assert_nonnull (strstr (paragraph, "Nothing can be said yet."));
  g_assert_nonnull (strstr (paragraph, "cannot be said"));
}

static void
test_words (void)
{
  g_autoptr (SyDecision) decision = make_example ();
  g_autofree char *paragraph = NULL;
  g_autofree char *lower = NULL;

  g_assert_true (sy_decision_compute (decision, NULL));
  paragraph = sy_decision_dup_paragraph (decision);
  g_test_message ("%s", paragraph);
  g_assert_nonnull (strstr (paragraph, "Orders, 8 workers costs about 79552 USD less, in 86 of 100 draws"));
  g_assert_nonnull (strstr (paragraph, "months to the first release of Orders, 4 workers"));
  g_assert_nonnull (strstr (paragraph, "more than 99 of 100"));
  lower = g_ascii_strdown (paragraph, -1);
  g_assert_null (strstr (lower, "python"));
  g_assert_null (strstr (lower, "node"));

  /* no range, no draws */
  g_ptr_array_set_size (decision->doubts, 0);
  g_assert_true (sy_decision_compute (decision, NULL));
  g_free (g_steal_pointer (&paragraph));
  paragraph = sy_decision_dup_paragraph (decision);
  g_assert_nonnull (strstr (paragraph, "Orders, 8 workers costs about 79552 USD less, if every input is exactly as stated"));

  decision->cost.b = decision->cost.a;
  g_assert_true (sy_decision_compute (decision, NULL));
  g_free (g_steal_pointer (&paragraph));
  paragraph = sy_decision_dup_paragraph (decision);
  g_assert_nonnull (strstr (paragraph, "Both cost the same by what is stated."));

  decision->verdict = sy_verdict_new ();
  decision->verdict->state = SY_VERDICT_NOT_COMPARABLE;
  g_assert_true (sy_decision_compute (decision, NULL));
  g_assert_cmpint (decision->result.state, ==, SY_DECISION_REFUSED);
  g_free (g_steal_pointer (&paragraph));
  paragraph = sy_decision_dup_paragraph (decision);
  g_assert_true (g_str_has_prefix (paragraph, "The two cannot be compared"));
}

/* What nobody knows is not in the amounts, and they say so: in the paragraph, in the
 * reasons, and in the file. */
static void
test_outside (void)
{
  g_autoptr (SyDecision) decision = make_example ();
  g_autofree char *whole = NULL;
  g_autofree char *paragraph = NULL;
  g_autofree char *more = NULL;
  g_autoptr (JsonNode) root = NULL;

  g_assert_true (sy_decision_compute (decision, NULL));
  whole = sy_decision_dup_paragraph (decision);
  g_assert_null (strstr (whole, "is without"));

  decision->cost.b.hosting.response_bytes = NAN;
  g_assert_true (sy_decision_compute (decision, NULL));
  paragraph = sy_decision_dup_paragraph (decision);
  g_assert_nonnull (strstr (paragraph, "Orders, 8 workers. Hosting is without traffic out, as the size of a response is not stated"));
  root = write_and_read (decision);
  g_assert_cmpstr (json_node_get_string (sy_json_at (root, "/cost/monthly_omitted/0")), ==, "egress");
  g_assert_null (sy_json_at (root, "/cost/monthly_omitted/1"));

  decision->cost.a.hosting.balancer_hour = NAN;
  g_assert_true (sy_decision_compute (decision, NULL));
  more = sy_decision_dup_paragraph (decision);
  g_assert_nonnull (strstr (more, "without a load balancer, of which no price is known"));

  /* Nothing here measures the size of a response. */
  g_assert_cmpint (sy_ownership_parameter_find ("resp_bytes")->cls, ==, SY_EVIDENCE_USER);
}

/* The example, of which the capacity of A, its salary, both or neither is in doubt. */
static char *
describe_with (gboolean measured,
               gboolean others,
               double   low,
               double   high)
{
  g_autoptr (SyDecision) decision = make_example ();

  g_ptr_array_set_size (decision->doubts, 0);
  if (measured)
    sy_decision_add_doubt (decision, "A.cap_slo", SY_EVIDENCE_MEASURED, low, high);
  if (others)
    sy_decision_add_doubt (decision, "A.salary", SY_EVIDENCE_USER, 85000, 105000);
  g_assert_true (sy_decision_compute (decision, NULL));
  return sy_decision_dup_paragraph (decision);
}

/* What moves the cost is named with what it moves, and no amount is 0: machines are
 * whole, so a capacity that is known well moves nothing. */
static void
test_driver (void)
{
  g_autofree char *both = describe_with (TRUE, TRUE, 400, 850);
  g_autofree char *exact = describe_with (TRUE, TRUE, 819, 821);
  g_autofree char *typed = describe_with (FALSE, TRUE, NAN, NAN);
  g_autofree char *measured = describe_with (TRUE, FALSE, 400, 850);
  g_autofree char *still = describe_with (TRUE, FALSE, 819, 821);
  g_autofree char *none = describe_with (FALSE, FALSE, NAN, NAN);
  const char *const all[] = { both, exact, typed, measured, still, none };

  g_assert_nonnull (strstr (both, "most is salary of Orders, 4 workers, by 104007 USD; what was measured here moves it by at most "));
  g_assert_nonnull (strstr (exact, "what was measured here is known well enough not to move it."));
  g_assert_nonnull (strstr (typed, "most is salary of Orders, 4 workers, by 104007 USD. "));
  g_assert_nonnull (strstr (measured, "What moves the cost most was measured here: capacity of a copy of Orders, 4 workers, by "));
  g_assert_null (strstr (still, "What moves the cost"));
  g_assert_null (strstr (none, "What moves the cost"));
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_test_message ("%s", all[i]);
      g_assert_null (strstr (all[i], " 0 USD"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decision/example", test_example);
  g_test_add_func ("/decision/nothing-stated", test_nothing_stated);
  g_test_add_func ("/decision/money-gates", test_money_gates);
  g_test_add_func ("/decision/reproduced", test_reproduced);
  g_test_add_func ("/decision/reproduced-from-report", test_reproduced_from_report);
  g_test_add_func ("/decision/bits", test_bits);
  g_test_add_func ("/decision/grounds", test_grounds);
  g_test_add_func ("/decision/schema", test_schema);
  g_test_add_func ("/decision/swap", test_swap);
  g_test_add_func ("/decision/refused", test_refused);
  g_test_add_func ("/decision/blank", test_blank);
  g_test_add_func ("/decision/words", test_words);
  g_test_add_func ("/decision/outside", test_outside);
  g_test_add_func ("/decision/driver", test_driver);
  return g_test_run ();
}
