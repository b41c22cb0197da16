/* test-appraisal-prices.c: what old, foreign and odd prices do to a decision
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "appraisal-fixture.h"
#include "sy-datadir.h"
#include "sy-decision-json.h"
#include "sy-decision-words.h"

#define SECONDS_PER_DAY 86400

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

/* Those of the example: with them hosting is asked for. */
static void
state_loads (AppraisalFixture *f)
{
  appraisal_state (f, "A.cap_slo", 820);
  appraisal_state (f, "B.cap_slo", 430);
  appraisal_state (f, "peak_rps", 3000);
}

/* A day after the last on which @price is recent. */
static void
pass_until_old (AppraisalFixture *f,
                const SyPrice    *price)
{
  sy_clock_advance (f->clock, (gint64) ((SY_PRICE_STALE_DAYS - sy_price_get_age_days (price, WALL_US) + 1) * SECONDS_PER_DAY)
                                * SY_USEC_PER_SEC);
}

static void
expect_refused (AppraisalFixture *f)
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
test_price (AppraisalFixture *f,
            gconstpointer     data)
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

  state_loads (f);
  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_cmpfloat (decision->result.month[0].total, <, decision->result.month[1].total);
  g_assert_cmpuint (decision->monetised->len, ==, 0); /* nobody weighs the cost yet */
  g_assert_cmpint (find_gate (decision, SY_GATE_FX)->effect, ==, SY_GATE_PASSED);

  /* Without a rate there is no sum, whatever people cost; and it says why. */
  sy_assumptions_set_currency (f->assumptions, "ISK");
  appraisal_settle (f);
  g_assert_false (sy_appraisal_get_input (f->appraisal, "A.node_price", &value));
  expect_refused (f);
  appraisal_state (f, "team", 4);
  appraisal_state (f, "salary", 95000);
  appraisal_state (f, "mvp_months", 5);
  appraisal_settle (f);
  expect_refused (f);

  /* A price of one's own needs no rate, but the balancer's still does. */
  appraisal_state (f, "A.node_price", 11);
  appraisal_state (f, "B.node_price", 11);
  appraisal_settle (f);
  expect_refused (f);
}

static const SyEvidence *
find_priced (const SyDecision *decision,
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

static void
expect_text (JsonObject *object,
             const char *member)
{
  const char *text = json_object_get_string_member_with_default (object, member, NULL);

  if (text == NULL || *text == '\0')
    g_error ("no “%s” in a piece of the decision", member);
}

/* Every piece of evidence and every input says its class; what is priced, its day
 * and where it was read. */
static void
expect_sources (const SyDecision *decision,
                guint             least_priced)
{
  g_autofree char *text = sy_decision_to_json (decision);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = json_from_string (text, &error);
  JsonObject *object;
  JsonArray *evidence, *inputs;
  guint n_priced = 0;

  g_assert_no_error (error);
  object = json_node_get_object (root);
  evidence = json_object_get_array_member (object, "evidence");
  for (guint i = 0; i < json_array_get_length (evidence); i++)
    {
      JsonObject *piece = json_array_get_object_element (evidence, i);

      expect_text (piece, "cls");
      expect_text (piece, "what");
      if (g_strcmp0 (json_object_get_string_member (piece, "cls"), "PRICED") != 0)
        continue;

      n_priced++;
      expect_text (piece, "ref");
      expect_text (piece, "price");
      expect_text (piece, "unit");
      expect_text (piece, "observed");
      expect_text (piece, "grade");
      g_assert_nonnull (strstr (json_object_get_string_member (piece, "what"), "; ")); /* the source */
    }
  g_assert_cmpuint (n_priced, >=, least_priced);

  inputs = json_object_get_array_member (json_object_get_object_member (object, "cost"), "assumptions");
  g_assert_cmpuint (json_array_get_length (inputs), >, 20);
  for (guint i = 0; i < json_array_get_length (inputs); i++)
    {
      JsonObject *input = json_array_get_object_element (inputs, i);

      expect_text (input, "cls");
      expect_text (input, "source");
      if (g_strcmp0 (json_object_get_string_member (input, "cls"), "PRICED") == 0)
        expect_text (input, "observed");
    }
}

/* Balancer and traffic cost what the list says, where the machine is; they are
 * evidence with a day; and one of them that is old weakens the decision. */
static void
test_service_prices (AppraisalFixture *f,
                     gconstpointer     data)
{
  g_autofree char *folder = sy_datadir_build_path ("prices", NULL);
  const char *const folders[] = { folder, NULL };
  g_autoptr (SyPriceBook) book = sy_price_book_new (folders, NULL);
  const SyPrice *egress = sy_price_book_find_item (book, "aws/us-east-1/egress");
  const SyDecision *decision;
  SyAssumption value;

  sy_appraisal_set_price (f->appraisal, book, sy_price_book_find (book, "aws/us-east-1/m7g.large"));
  state_loads (f);
  appraisal_state (f, "node_price", 0.0816);
  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_cmpfloat (decision->cost.a.hosting.balancer_hour, ==, sy_price_book_find_item (book, "aws/us-east-1/alb")->amount);
  g_assert_cmpint (find_priced (decision, "aws/us-east-1/alb")->cls, ==, SY_EVIDENCE_PRICED);
  g_assert_cmpstr (find_priced (decision, "aws/us-east-1/alb")->observed, ==, "2026-09-20");
  g_assert_cmpstr (find_priced (decision, "aws/us-east-1/m7g.large")->price, ==, "0.0816");
  g_assert_nonnull (find_priced (decision, "aws/us-east-1/alb-lcu"));
  g_assert_null (find_priced (decision, egress->id)); /* nobody knows the size of a response */
  g_assert_true (sy_appraisal_get_input (f->appraisal, "lb_price", &value));
  g_assert_cmpint (value.cls, ==, SY_EVIDENCE_PRICED);
  g_assert_nonnull (strstr (value.source, "2026-09-20"));

  /* Of one side alone it compares nothing. */
  appraisal_state (f, "A.resp_bytes", 2048);
  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_true (isnan (decision->result.month[0].egress));
  g_assert_null (find_priced (decision, egress->id));

  appraisal_state (f, "resp_bytes", 2048);
  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_nonnull (find_priced (decision, egress->id));
  g_assert_null (find_priced (decision, "aws/us-east-1/egress/from-10340-gb")); /* 9 688 GB do not reach it */
  g_assert_cmpfloat_with_epsilon (decision->result.month[0].total, 1195.1072, 1e-4);
  g_assert_false (decision->result.indicative);
  expect_sources (decision, 4); /* machine, balancer, its units, traffic */

  /* The price of the machine is typed, and of today; that of traffic is old now. */
  pass_until_old (f, egress);
  appraisal_state (f, "peak_rps", 3001);
  appraisal_settle (f);
  g_assert_true (sy_appraisal_get_decision (f->appraisal)->result.indicative);

  /* Elsewhere the list has none, and says that it is a stand-in. */
  sy_appraisal_set_price (f->appraisal, book, sy_price_book_find (book, "hetzner/fsn1/ccx13"));
  g_assert_true (sy_appraisal_get_input (f->appraisal, "lb_price", &value));
  g_assert_cmpint (value.cls, ==, SY_EVIDENCE_ASSUMED);
  g_assert_nonnull (strstr (value.source, "none of this provider"));

  /* Without a list nobody knows, and the sum is without them. */
  appraisal_state (f, "pods_per_node", 2);
  sy_appraisal_set_price (f->appraisal, NULL, NULL);
  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_true (isnan (decision->result.month[0].balancer));
  g_assert_cmpfloat (decision->result.month[0].total, ==, decision->result.month[0].compute);
}

static void
state_today (AppraisalFixture *f,
             const char       *name,
             double            value)
{
  const SyAssumption stated = { value, NAN, NAN, SY_EVIDENCE_USER, NULL, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (sy_appraisal_state (f->appraisal, name, &stated, &error));
  g_assert_no_error (error);
}

/* The words of the first price that is old; NULL: none is. */
static const char *
find_old (const SyDecision *decision)
{
  for (guint i = 0; i < decision->gates->len; i++)
    {
      const SyGate *gate = g_ptr_array_index (decision->gates, i);

      if (gate->code == SY_GATE_PRICE_STALE && gate->effect != SY_GATE_PASSED)
        return gate->evidence;
    }

  return NULL;
}

/* A listed price that is old is named; what one types in its place is of today, is
 * computed with, says so, and grows old in its turn. */
static void
test_stated_services (AppraisalFixture *f,
                      gconstpointer     data)
{
  g_autofree char *folder = sy_datadir_build_path ("prices", NULL);
  const char *const folders[] = { folder, NULL };
  g_autoptr (SyPriceBook) book = sy_price_book_new (folders, NULL);
  const SyPrice *egress = sy_price_book_find_item (book, "aws/us-east-1/egress");
  const SyDecision *decision;
  const SyEvidence *evidence;
  SyAssumption value;

  sy_appraisal_set_price (f->appraisal, book, sy_price_book_find (book, "aws/us-east-1/m7g.large"));
  state_loads (f);
  appraisal_state (f, "resp_bytes", 2048);
  pass_until_old (f, egress);
  appraisal_state (f, "spare", 1);
  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_true (decision->result.indicative);
  g_assert_true (g_str_has_prefix (find_old (decision), "traffic out (internet out, first 10 TB after 100 GB free): 181 days old, read on "));
  g_assert_nonnull (strstr (find_old (decision), "too old since 2026-11-29"));
  g_assert_true (sy_appraisal_get_input (f->appraisal, "egress_price", &value));
  g_assert_cmpfloat (value.value, ==, egress->amount);
  g_assert_cmpstr (value.observed, ==, egress->observed);

  state_today (f, "egress_price", 0.08);
  state_today (f, "lb_price", 0.03);
  state_today (f, "lb_unit_price", 0.01);
  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_null (find_old (decision));
  g_assert_false (decision->result.indicative);
  g_assert_cmpfloat (decision->cost.a.hosting.balancer_hour, ==, 0.03);
  g_assert_cmpfloat (decision->cost.b.hosting.balancer_unit, ==, 0.01);
  g_assert_cmpfloat_with_epsilon (decision->result.month[0].egress, decision->result.month[0].egress_gb * 0.08, 1e-9);
  g_assert_null (find_priced (decision, egress->id));
  evidence = find_priced (decision, "egress_price");
  g_assert_cmpint (evidence->cls, ==, SY_EVIDENCE_USER);
  g_assert_cmpstr (evidence->price, ==, "0.08");
  g_assert_true (g_str_has_prefix (evidence->observed, "2026-1"));
  g_assert_true (sy_appraisal_get_input (f->appraisal, "egress_price.0", &value));
  g_assert_cmpint (value.cls, ==, SY_EVIDENCE_USER);
  g_assert_true (g_str_has_prefix (value.source, "stated on 2026-1"));
  expect_sources (decision, 1);

  sy_clock_advance (f->clock, (gint64) ((SY_PRICE_STALE_DAYS + 1) * SECONDS_PER_DAY) * SY_USEC_PER_SEC);
  state_today (f, "node_price", 0.08);
  state_today (f, "lb_price", 0.03);
  state_today (f, "lb_unit_price", 0.01);
  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_true (decision->result.indicative);
  g_assert_true (g_str_has_prefix (find_old (decision), "price of traffic out: 18"));

  /* Taken back, the list counts again. */
  sy_assumptions_clear (f->assumptions, "egress_price");
  appraisal_settle (f);
  g_assert_cmpuint (sy_appraisal_get_decision (f->appraisal)->cost.a.hosting.n_tiers, >, 1);
}

/* Half a year and a day after the price was read. */
static void
test_old_price (AppraisalFixture *f,
                gconstpointer     data)
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
  appraisal_state (f, "team", 4);
  appraisal_state (f, "A.salary", 95000);
  appraisal_state (f, "B.salary", 80000);
  appraisal_state (f, "mvp_months", 5);
  appraisal_settle (f);
  g_assert_null (find_gate (sy_appraisal_get_decision (f->appraisal), SY_GATE_PRICE_STALE));

  state_loads (f);
  appraisal_settle (f);
  g_assert_false (sy_appraisal_get_decision (f->appraisal)->result.indicative);

  sy_clock_advance (f->clock, (gint64) ((SY_PRICE_STALE_DAYS - age + 1) * SECONDS_PER_DAY) * SY_USEC_PER_SEC);
  appraisal_state (f, "peak_rps", 3001);
  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_cmpint (find_gate (decision, SY_GATE_PRICE_STALE)->effect, ==, SY_GATE_NOTICE);
  g_assert_true (decision->result.indicative);
  g_assert_cmpint (decision->result.state, !=, SY_DECISION_REFUSED);
  paragraph = sy_decision_dup_paragraph (decision);
  g_assert_nonnull (strstr (paragraph, "m7g.large: 181 days old"));

  /* A price of one's own is of today. */
  appraisal_state (f, "A.node_price", 0.1);
  appraisal_state (f, "B.node_price", 0.1);
  appraisal_settle (f);
  g_assert_false (sy_appraisal_get_decision (f->appraisal)->result.indicative);
}

/* The rate is older than the prices that it converts, and is named with its day. */
static void
test_old_rate (AppraisalFixture *f,
               gconstpointer     data)
{
  g_autofree char *folder = sy_datadir_build_path ("prices", NULL);
  const char *const folders[] = { folder, NULL };
  g_autoptr (SyPriceBook) book = sy_price_book_new (folders, NULL);
  const SyPrice *price = sy_price_book_find (book, "aws/us-east-1/m7g.large");
  const SyFxRate *rate = sy_price_book_find_rate (book, price, "EUR");
  const double age = sy_price_day_get_age (rate->date, WALL_US);
  const SyDecision *decision;

  g_assert_null (sy_price_book_find_rate (book, price, "USD"));
  g_assert_cmpfloat (age, <, SY_PRICE_STALE_DAYS);
  g_assert_true (sy_assumptions_set_currency (f->assumptions, "EUR"));
  sy_appraisal_set_price (f->appraisal, book, price);
  state_loads (f);
  appraisal_settle (f);
  g_assert_false (sy_appraisal_get_decision (f->appraisal)->result.indicative);

  sy_clock_advance (f->clock, (gint64) ((SY_PRICE_STALE_DAYS - age + 1) * SECONDS_PER_DAY) * SY_USEC_PER_SEC);
  appraisal_state (f, "peak_rps", 3001);
  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_true (decision->result.indicative);
  g_assert_true (g_str_has_prefix (find_old (decision), "exchange rate EUR/USD 1.1637: 181 days old, read on 2026-05-27"));

  /* In the currency of the prices no rate is needed. */
  g_assert_true (sy_assumptions_set_currency (f->assumptions, "USD"));
  appraisal_settle (f);
  g_assert_null (find_old (sy_appraisal_get_decision (f->appraisal)));
}

/* Two processes that fill one core read a little more and a little less of it, which
 * is no reason to pay twice for one of them. What fits on no machine has no price,
 * and it says what to do. */
static void
test_copies (AppraisalFixture *f,
             gconstpointer     data)
{
  g_autofree char *folder = sy_datadir_build_path ("prices", NULL);
  const char *const folders[] = { folder, NULL };
  g_autoptr (SyPriceBook) book = sy_price_book_new (folders, NULL);
  const SyDecision *decision;
  SyAssumption value;

  sy_appraisal_set_price (f->appraisal, book, sy_price_book_find (book, "aws/us-east-1/m7g.large"));
  appraisal_add_backend (f, "http://a.example/metrics", "one");
  appraisal_add_backend (f, "http://b.example/metrics", "two");
  f->cores[0] = 0.98;
  f->cores[1] = 1.02;
  appraisal_pass (f, 60);
  for (guint side = 0; side < 2; side++)
    {
      g_assert_true (sy_appraisal_get_input (f->appraisal, side == 0 ? "A.pods_per_node" : "B.pods_per_node", &value));
      g_assert_cmpfloat (value.value, ==, 2);
      g_assert_nonnull (strstr (value.source, "counted with 1.00 cores, as measured"));
    }

  f->cores[1] = 4;
  appraisal_pass (f, 120);
  state_loads (f);
  g_assert_false (sy_appraisal_get_input (f->appraisal, "B.pods_per_node", &value));
  g_assert_nonnull (strstr (value.source, "4.00 cores, as measured and at least one, and not one fits on m7g.large: choose a larger machine"));

  appraisal_state (f, "team", 4);
  appraisal_state (f, "salary", 95000);
  appraisal_state (f, "mvp_months", 5);
  appraisal_settle (f);
  decision = sy_appraisal_get_decision (f->appraisal);
  g_assert_true (isnan (decision->result.month[1].total));
  g_assert_true (decision->result.ownership[0].omitted & (1u << SY_COST_INFRA));
}

int
main (int    argc,
      char **argv)
{
  static const struct { const char *path; void (*test) (AppraisalFixture *, gconstpointer); } cases[] = {
    { "/appraisal-prices/price", test_price },
    { "/appraisal-prices/service-prices", test_service_prices },
    { "/appraisal-prices/stated-services", test_stated_services },
    { "/appraisal-prices/old-price", test_old_price },
    { "/appraisal-prices/old-rate", test_old_rate },
    { "/appraisal-prices/copies", test_copies },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, AppraisalFixture, NULL, appraisal_set_up, cases[i].test, appraisal_tear_down);
  return g_test_run ();
}
