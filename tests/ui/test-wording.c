/* test-wording.c: sentences about sources and sides
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "sy-assumption-parameter.h"
#include "sy-error.h"
#include "sy-note.h"
#include "sy-sentence.h"
#include "sy-source-facts.h"
#include "sy-summary.h"

#define NB "\u00a0"

static SyReading
make_reading (double throughput,
              double p99)
{
  SyReading reading;

  sy_reading_init (&reading);
  reading.throughput = throughput;
  reading.p99 = (SyQuantile) { p99 * 0.9, p99, p99 * 1.1 };
  reading.error_ratio = 0;
  reading.latency_count = 5000;
  reading.span_us = 5 * SY_USEC_PER_SEC;

  return reading;
}

static void
test_sentence_of_two (void)
{
  const SyReading a = make_reading (201.2, 0.043);
  const SyReading b = make_reading (198.7, 0.221);
  const SySummarySide sides[] = { { "Event loop", &a }, { "Threads", &b } };
  g_autofree char *sentence = sy_summary_dup_sentence (sides, 2);
  g_autofree char *caveat = sy_summary_dup_caveat (sides, 2);

  g_assert_cmpstr (sentence, ==,
                   "Event loop answers 99 % within 43" NB "ms, Threads within 221" NB "ms, at 201 and 199 requests/s.");
  g_assert_cmpstr (caveat, ==, "A snapshot of the last 5 seconds, not a verdict.");
}

static void
test_sentence_of_one (void)
{
  const SyReading a = make_reading (201.2, 0.043);
  const SySummarySide sides[] = { { "Event loop", &a }, { "Threads", NULL } };
  g_autofree char *one = sy_summary_dup_sentence (sides, 1);
  g_autofree char *with_silent = sy_summary_dup_sentence (sides, 2);
  g_autofree char *nobody = sy_summary_dup_sentence (&sides[1], 1);

  g_assert_cmpstr (one, ==, "Event loop answers 99 % within 43" NB "ms at 201 requests/s.");
  g_assert_cmpstr (with_silent, ==,
                   "Event loop answers 99 % within 43" NB "ms at 201 requests/s; Threads gives no figures yet.");
  g_assert_cmpstr (nobody, ==, "Waiting for the first figures");
}

static void
test_sentence_beyond_the_buckets (void)
{
  SyReading a = make_reading (50, 10);
  const SySummarySide side = { "Slow", &a };
  g_autofree char *sentence = NULL;

  a.p99.upper = INFINITY;
  a.p99.lower = a.p99.estimate = 10;
  sentence = sy_summary_dup_sentence (&side, 1);
  g_assert_cmpstr (sentence, ==, "Slow needs more than 10" NB "s for one answer in 100 at 50 requests/s.");
}

static void
test_caveats (void)
{
  SyReading a = make_reading (300, 0.043);
  SyReading b = make_reading (150, 0.221);
  const SySummarySide sides[] = { { "A", &a }, { "B", &b } };
  g_autofree char *caveat = NULL;

  b.error_ratio = 0.41;
  b.latency_count = 320;
  caveat = sy_summary_dup_caveat (sides, 2);

  g_assert_nonnull (strstr (caveat, "They answer different loads"));
  g_assert_nonnull (strstr (caveat, "41" NB "% of the answers of B are errors."));
  g_assert_nonnull (strstr (caveat, "The 99 % of B rest on 320 requests."));
  g_assert_null (strstr (caveat, "of A"));
}

static SySourceFacts
make_facts (SySourceState state)
{
  return (SySourceFacts) {
    .state = state,
    .now_us = 1000 * SY_USEC_PER_SEC,
    .stale_us = 5 * SY_USEC_PER_SEC / 2,
  };
}

static void
test_status (void)
{
  SySourceFacts facts = make_facts (SY_SOURCE_LIVE);
  g_autofree char *live = NULL;
  g_autofree char *stale = NULL;
  g_autofree char *connecting = NULL;

  facts.last_success_us = facts.now_us - SY_USEC_PER_SEC;
  live = sy_source_facts_dup_status (&facts);
  g_assert_cmpstr (live, ==, "live");
  g_assert_false (sy_source_facts_is_stale (&facts));

  facts.last_success_us = facts.now_us - 7 * SY_USEC_PER_SEC;
  stale = sy_source_facts_dup_status (&facts);
  g_assert_cmpstr (stale, ==, "last sample 7" NB "s ago");
  g_assert_true (sy_source_facts_is_stale (&facts));

  facts = make_facts (SY_SOURCE_CONNECTING);
  connecting = sy_source_facts_dup_status (&facts);
  g_assert_cmpstr (connecting, ==, "connecting…");
}

/* A stream that stopped talking; who is polled has a next try instead. */
static void
test_silent (void)
{
  SySourceFacts facts = make_facts (SY_SOURCE_LIVE);
  g_autofree char *problem = NULL;
  g_autofree char *schedule = NULL;

  facts.next_try_us = 0;
  facts.last_success_us = facts.now_us - 9 * SY_USEC_PER_SEC;
  g_assert_null (sy_source_facts_dup_problem (&facts));

  facts.last_success_us = facts.now_us - 11 * SY_USEC_PER_SEC;
  problem = sy_source_facts_dup_problem (&facts);
  schedule = sy_source_facts_dup_schedule (&facts);
  g_assert_cmpstr (problem, ==, "The backend has said nothing for a while");
  g_assert_cmpstr (schedule, ==, "waiting for what it says next");

  /* Between two answers of a recording, and after its end; between two pushes. */
  facts.recorded = TRUE;
  g_assert_null (sy_source_facts_dup_problem (&facts));
  facts.recorded = FALSE;
  facts.pushes = TRUE;
  g_assert_null (sy_source_facts_dup_problem (&facts));

  facts.pushes = FALSE;
  facts.next_try_us = facts.now_us + SY_USEC_PER_SEC;
  g_assert_null (sy_source_facts_dup_problem (&facts));
}

static void
test_warning (void)
{
  SySourceFacts facts = make_facts (SY_SOURCE_LIVE);
  g_autofree char *warning = NULL;

  g_assert_null (sy_source_facts_dup_warning (&facts));
  facts.warning = "store \033[31mS3 is slow";
  warning = sy_source_facts_dup_warning (&facts);
  g_assert_cmpstr (warning, ==, "Warning: store \\x1b[31mS3 is slow");

  /* what fails has its banner */
  facts.state = SY_SOURCE_RETRYING;
  g_assert_null (sy_source_facts_dup_warning (&facts));
}

static void
test_problem (void)
{
  SySourceFacts facts = make_facts (SY_SOURCE_RETRYING);
  g_autofree char *problem = NULL;
  g_autofree char *schedule = NULL;

  facts.code = SY_ERROR_CONNECT;
  facts.failing_since_us = (gint64) 1795422736 * SY_USEC_PER_SEC; /* 2026-11-23 08:32:16 UTC */
  facts.next_try_us = facts.now_us + 4 * SY_USEC_PER_SEC;
  problem = sy_source_facts_dup_problem (&facts);
  schedule = sy_source_facts_dup_schedule (&facts);

  g_assert_cmpstr (problem, ==, "Nobody answers at this address");
  g_assert_true (g_str_has_prefix (schedule, "Since 08:"));
  g_assert_true (g_str_has_suffix (schedule, "next try in 4" NB "s"));

  facts.next_try_us = facts.now_us;
  g_free (schedule);
  schedule = sy_source_facts_dup_schedule (&facts);
  g_assert_true (g_str_has_suffix (schedule, "trying now"));

  facts.next_try_us = 0;
  g_free (schedule);
  schedule = sy_source_facts_dup_schedule (&facts);
  g_assert_true (g_str_has_suffix (schedule, "waiting for what it says next"));

  facts.state = SY_SOURCE_BLOCKED;
  g_free (schedule);
  schedule = sy_source_facts_dup_schedule (&facts);
  g_assert_true (g_str_has_suffix (schedule, "not trying again by itself"));
}

static void
test_no_problem (void)
{
  SySourceFacts facts = make_facts (SY_SOURCE_LIVE);

  g_assert_null (sy_source_facts_dup_problem (&facts));
}

/* Every code has words of its own, and none is the fallback by accident. */
static void
test_headings (void)
{
  for (int code = SY_ERROR_INVALID; code <= SY_ERROR_QUERY; code++)
    {
      const char *heading = sy_error_code_get_heading (code);

      g_assert_nonnull (heading);
      if (code != SY_ERROR_CANCELLED)
        g_assert_cmpstr (heading, !=, sy_error_code_get_heading (SY_ERROR_FAILED));
    }
}

static void
test_notes (void)
{
  SyReading reading = make_reading (200, 0.043);
  const SyLoadCost cost = { 0.0122, 0.38, 0.15, 0.02, FALSE };
  g_autofree char *how = NULL;
  g_autofree char *bounds = NULL;
  g_autofree char *money = NULL;
  g_autofree char *nothing = sy_note_for_row (SY_ROW_IN_FLIGHT, NULL, NULL, NULL, NULL);

  reading.in_flight_how = SY_HOW_LITTLES_LAW;
  reading.p99 = (SyQuantile) { 0.04, 0.043, 0.05 };
  how = sy_note_for_row (SY_ROW_IN_FLIGHT, &reading, NULL, NULL, NULL);
  bounds = sy_note_for_row (SY_ROW_LATENCY, &reading, NULL, NULL, NULL);
  money = sy_note_for_row (SY_ROW_COST, &reading, NULL, &cost, "USD");

  g_assert_cmpstr (how, ==, "by Little’s law");
  g_assert_cmpstr (bounds, ==, "p99: 40" NB "ms to 50" NB "ms");
  g_assert_cmpstr (money, ==, "$0.012/h, for its CPU");
  g_assert_cmpstr (nothing, ==, "");
}

/* Translations into Arabic and the like need marks of direction; nothing else that is
 * hidden comes through, and no mark stays in what is cut. */
static void
test_sentence (void)
{
  static const struct { const char *text; guint max; const char *safe; } cases[] = {
    { NULL, 80, "" },
    { "", 80, "" },
    { "plain", 80, "plain" },
    { "\u200faws: \u200e2 vCPU\u200f", 80, "\u200faws: \u200e2 vCPU\u200f" },
    { "\u200fa\u202eb\nc", 80, "\u200fa<U+202E>b\\nc" },
    { "\u200f\u200eabcdefgh", 7, "abc…fgh" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *safe = sy_sentence_dup_safe (cases[i].text, cases[i].max);

      g_assert_cmpstr (safe, ==, cases[i].safe);
    }
}

static void
check_translated (const char *text)
{
  if (strcmp (text, "") != 0 && dgettext (GETTEXT_PACKAGE, text) == text)
    g_test_fail_printf ("not translated: %s", text);
}

/* What the Cost page says of an input, and where that comes from, comes out of tables:
 * what is not marked there no translator ever sees. */
static void
test_parameters (void)
{
  static const char *const others[] = {
    "slo_threshold", "slo_share", "budget", "mvp_deadline", "horizon", "zones", "spare", "min_nodes", "autoscale",
    "overload", "lb_price", "lb_unit_price", "egress_price",
  };
  g_autofree char *folder = g_test_build_filename (G_TEST_BUILT, "..", "po", NULL);
  const SyOwnershipParameter *parameters;
  guint n;

  g_setenv ("LANGUAGE", "de", TRUE);
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  parameters = sy_ownership_parameters (&n);
  for (guint i = 0; i < n; i++)
    {
      check_translated (parameters[i].label);
      check_translated (parameters[i].source);
    }

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      check_translated (sy_assumption_parameter_find (others[i])->label);
      check_translated (sy_assumption_parameter_find (others[i])->source);
    }

  g_unsetenv ("LANGUAGE");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/summary/two", test_sentence_of_two);
  g_test_add_func ("/ui/summary/one", test_sentence_of_one);
  g_test_add_func ("/ui/summary/beyond", test_sentence_beyond_the_buckets);
  g_test_add_func ("/ui/summary/caveats", test_caveats);
  g_test_add_func ("/ui/facts/status", test_status);
  g_test_add_func ("/ui/facts/problem", test_problem);
  g_test_add_func ("/ui/facts/silent", test_silent);
  g_test_add_func ("/ui/facts/warning", test_warning);
  g_test_add_func ("/ui/facts/no-problem", test_no_problem);
  g_test_add_func ("/ui/facts/headings", test_headings);
  g_test_add_func ("/ui/note/rows", test_notes);
  g_test_add_func ("/ui/sentence/marks", test_sentence);
  g_test_add_func ("/ui/parameters/translated", test_parameters);

  return g_test_run ();
}
