/* test-report.c: reports of decisions
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No golden files: what must be in a report, and what must not.
 */
#include "config.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-report-build.h"
#include "sy-report-markdown.h"
#include "sy-report-veil.h"

#define SCHEMA "\"schema\":\"steelyard.decision/1\""
#define CANARY "canary"

/* Of a decision; fails the test for none. */
static char *
markdown (const char *json,
          gboolean    addresses)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyReport) report = sy_report_build (json, strlen (json), addresses, &error);

  g_assert_no_error (error);
  return sy_report_to_markdown (report);
}

static void
assert_has (const char *text,
            const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("no “%s” in:\n%s", part, text);
}

static void
assert_has_not (const char *text,
                const char *part)
{
  if (strstr (text, part) != NULL)
    g_error ("“%s” in:\n%s", part, text);
}

/* Each row of a table has as many cells as its head. */
static void
assert_tables (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint bars = 0;

      for (const char *p = lines[i]; *p != '\0'; p++)
        bars += *p == '|' && (p == lines[i] || p[-1] != '\\');
      if (lines[i][0] == '|' && n != 0)
        g_assert_cmpuint (bars, ==, n);
      n = lines[i][0] == '|' ? bars : 0;
    }
}

static void
test_states (void)
{
  static const struct {
    const char *code;
    const char *words;
  } states[] = {
    { "A_AHEAD", "A is ahead" },
    { "B_AHEAD", "B is ahead" },
    { "PRACTICALLY_EQUAL", "practically equal" },
    { "NOT_YET", "Nothing can be said yet" },
    { "REFUSED", "cannot be compared" },
    { "DEPENDS_ON_PRIORITIES", "depends on what matters" },
    { "SOMETHING_NEW", "SOMETHING\\_NEW" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *json = g_strdup_printf ("{" SCHEMA ",\"verdict\":{\"state\":\"%s\"},\"measured_verdict\":{\"state\":\"%s\"}}",
                                               states[i].code, states[i].code);
      g_autofree char *text = markdown (json, FALSE);

      assert_has (text, "- Status: ");
      assert_has (text, states[i].words);
      assert_tables (text);
    }
}

/* Much was measured, and it does not decide: that is not nothing. */
static void
test_too_close (void)
{
  g_autofree char *text = markdown ("{" SCHEMA ",\"verdict\":{\"state\":\"NOT_YET\"},"
                                    "\"measured_verdict\":{\"state\":\"NOT_YET\",\"detail\":\"too-close\"}}", FALSE);

  assert_has (text, "- Status: So far too close to call\n");
  assert_has (text, "Measured alone: So far too close to call.");
}

static void
test_nothing (void)
{
  g_autofree char *text = markdown ("{" SCHEMA "}", FALSE);

  assert_has (text, "# Decision: A or B\n");
  assert_has (text, "The decision has no verdict.");
  assert_has (text, "There is no evidence.");
  assert_has (text, "No gate was looked at.");
  assert_has (text, "No cost was weighed.");
  assert_has (text, "does not say whether traps were looked for");
}

static void
test_wrong_types (void)
{
  g_autofree char *text = markdown ("{" SCHEMA ",\"evidence\":[1,null,[],{\"value\":3,\"id\":[]}],\"gates\":{},\"cost\":7,"
                                    "\"verdict\":[],\"decision\":{\"criteria\":[null],\"priorities\":[]},\"alternatives\":\"x\","
                                    "\"traps\":[],\"question\":{\"target\":{\"slo\":{\"threshold_s\":true}}}}", FALSE);

  assert_has (text, "None was found.");
  assert_tables (text);
}

/* A score without a “give or take” has no interval, rather than the widest. */
static void
test_no_doubt (void)
{
  static const char json[] = "{" SCHEMA ",\"decision\":{\"criteria\":["
                             "{\"label\":\"one\",\"v\":{\"A\":60,\"B\":40},\"half_width\":5},"
                             "{\"label\":\"two\",\"v\":{\"A\":60,\"B\":null},\"half_width\":null},"
                             "{\"label\":\"three\",\"v\":{\"A\":60,\"B\":40}}]}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (SyReport) report = sy_report_build (json, strlen (json), FALSE, &error);
  const SyFigure *figure = NULL;
  const SyFigureRow *row;

  g_assert_no_error (error);
  for (guint i = 0; i < report->blocks->len; i++)
    {
      const SyReportBlock *block = g_ptr_array_index (report->blocks, i);

      if (block->figure != NULL)
        figure = block->figure;
    }
  g_assert_nonnull (figure);
  g_assert_cmpuint (figure->rows->len, ==, 3);

  row = g_ptr_array_index (figure->rows, 0);
  g_assert_cmpfloat (row->low[0], ==, 55);
  g_assert_cmpfloat (row->high[1], ==, 45);
  for (guint i = 1; i < 3; i++)
    for (guint side = 0; side < 2; side++)
      {
        row = g_ptr_array_index (figure->rows, i);
        g_assert_true (isnan (row->low[side]) && isnan (row->high[side]));
      }
}

static void
test_refused_input (void)
{
  static const struct {
    const char *json;
    int         code;
  } inputs[] = {
    { "", SY_ERROR_PARSE },
    { "{", SY_ERROR_PARSE },
    { "[]", SY_ERROR_INVALID },
    { "{\"schema\":\"steelyard.decision/2\"}", SY_ERROR_INVALID },
    { "{\"schema\":1}", SY_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sy_report_build (inputs[i].json, strlen (inputs[i].json), FALSE, &error));
      g_assert_error (error, SY_ERROR, inputs[i].code);
    }
}

/* A report of a million rows helps nobody, and takes for ever. */
static void
test_too_long (void)
{
  g_autofree char *rows = g_strnfill (2 * 5000, ',');
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 10000; i += 2)
    rows[i] = '1';
  json = g_strdup_printf ("{" SCHEMA ",\"evidence\":[%s1]}", rows);
  g_assert_null (sy_report_build (json, strlen (json), FALSE, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_PARSE);
}

/* Refusals and n = 2 stand in the report as they are. */
static void
test_few (void)
{
  g_autofree char *text = markdown ("{" SCHEMA ",\"verdict\":{\"state\":\"REFUSED\",\"headline\":\"No.\"},"
                                    "\"evidence\":[{\"id\":\"e1\",\"cls\":\"MEASURED\",\"what\":\"p95\",\"windows\":2,\"requests\":{\"A\":17,\"B\":null},"
                                    "\"value\":{\"A\":0.1,\"B\":\"NaN\"},\"ci95\":{\"A\":[0.05,\"+Inf\"]}},"
                                    "{\"id\":\"e2\",\"value\":{\"A\":0.1,\"B\":0.2},\"bounds\":{\"A\":[0.05,0.25],\"B\":[0.1,0.5]}}],"
                                    "\"gates\":[{\"code\":\"R-FEW\",\"ok\":false,\"effect\":\"refuse\",\"value\":2,\"limit\":8,\"message\":\"two windows\","
                                    "\"remedy\":\"wait\"},{\"code\":\"R-CO\",\"ok\":true}]}", FALSE);

  assert_has (text, "| e1 | MEASURED | p95 | 0.1 (0.05 to unbounded) | not known |  | 2 | 17 / not known |  |");
  assert_has (text, "| 0.1 (0.05 to 0.25) | 0.2 (0.1 to 0.5) |");
  assert_has (text, "| R-FEW | refused | 2 | 8 | two windows | wait |");
  assert_has (text, "| R-CO | passed |");
  assert_tables (text);
}

/* A ratio that is not known is not said as a number is. */
static void
test_no_ratio (void)
{
  g_autofree char *unknown = markdown ("{" SCHEMA ",\"measured_verdict\":{\"state\":\"NOT_YET\",\"effect\":{\"ratio\":\"NaN\","
                                       "\"interval\":[\"NaN\",\"NaN\"]}}}", FALSE);
  g_autofree char *known = markdown ("{" SCHEMA ",\"measured_verdict\":{\"state\":\"A_AHEAD\",\"effect\":{\"ratio\":0.5,"
                                     "\"interval\":[0.4,0.6]}}}", FALSE);

  assert_has (unknown, "Measured alone: Nothing can be said yet. The ratio of A to B is not known.");
  assert_has_not (unknown, "interval");
  assert_has (known, "Measured alone: A is ahead. The ratio of A to B is 0.5, with its interval 0.4 to 0.6.");
}

static void
test_markup (void)
{
  g_autofree char *text = markdown ("{" SCHEMA ",\"alternatives\":[{\"id\":\"A\",\"label\":\"<script>|`x`\\u202e\\u0007 *b* [l](javascript:x)\"},"
                                    "{\"id\":\"B\",\"label\":\"\\u05e9\\u05dc\\u05d5\\u05dd\\n# no\"}],"
                                    "\"verdict\":{\"state\":\"A_AHEAD\",\"headline\":\"1. not a list\",\"because\":[\"- no\",\"&amp;\"]}}", FALSE);

  assert_has_not (text, "<script>|");
  assert_has (text, "\\<script\\>\\|\\`x\\`\\<U+202E\\>\\\\x07 \\*b\\* \\[l\\](javascript:x)");
  assert_has (text, "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d\\\\n\\# no");
  assert_has (text, "\n1\\. not a list\n");
  assert_has (text, "- \\- no\n- \\&amp;\n");
  assert_tables (text);
}

/* A host and a secret in each place where a file may hold them. */
#define LEAKY \
  "{" SCHEMA ",\"generated\":\"2026-01-01T00:00:00Z\",\"path\":\"/srv/" CANARY "\",\"question\":{\"load\":\"http://u:p@" CANARY ".example:81/x\"}," \
  "\"alternatives\":[{\"id\":\"A\",\"label\":\"" CANARY ".example:9100\",\"target\":\"http://" CANARY ".example:9100/metrics?token=t0psecret\"}," \
  "{\"id\":\"B\",\"label\":\"Blue\",\"target\":\"https://user:t0psecret@" CANARY "-b.example/metrics\"}]," \
  "\"verdict\":{\"state\":\"A_AHEAD\",\"headline\":\"" CANARY ".example:9100 is ahead of sub." CANARY "-b.example.\"," \
  "\"because\":[\"see (http://" CANARY ".other/?token=t0psecret)\"],\"secret\":\"" CANARY "\"}," \
  "\"gates\":[{\"code\":\"R-X\",\"ok\":false,\"message\":\"u:t0psecret@" CANARY ".EXAMPLE said 500\",\"body\":\"" CANARY "\"}]}"

static void
test_canary (void)
{
  g_autofree char *hidden = markdown (LEAKY, FALSE);
  g_autofree char *shown = markdown (LEAKY, TRUE);
  g_autofree char *lower = g_ascii_strdown (hidden, -1);

  assert_has_not (lower, CANARY);
  assert_has_not (hidden, "t0psecret");
  assert_has (hidden, "# Decision: A or Blue\n");
  assert_has (hidden, "\nA is ahead of B.\n");
  assert_has (hidden, "said 500");

  assert_has (shown, "http\\://" CANARY ".example:9100/metrics");
  assert_has_not (shown, "token=t0psecret");
  assert_has_not (shown, "user:t0psecret");
  assert_has_not (shown, "/srv");
}

static void
test_veil (void)
{
  static const struct {
    const char *text;
    const char *shown;
  } texts[] = {
    { "127.0.0.1:81 and 127.0.0.1:82, 127.0.0.1", "A and B, [address]" },
    { "127.0.0.1:812 is another", "[address] is another" },
    { "1127.0.0.1 is no host of ours", "1127.0.0.1 is no host of ours" },
    { "file:///srv/x/y", "[address]" },
    { "no address: 10:30", "no address: 10:30" },
    { "127.0.0.1:81/metrics?token=t0psecret failed", "A/metrics failed" },
    { "me:t0psecret@elsewhere: why? because", "elsewhere: why? because" },
  };
  const char *const targets[2] = { "http://127.0.0.1:81/metrics", "127.0.0.1:82" };
  g_autoptr (SyReportVeil) veil = sy_report_veil_new (targets, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *shown = sy_report_veil_text (veil, texts[i].text);

      g_assert_cmpstr (shown, ==, texts[i].shown);
    }
}

/* A short host could be a word: it goes with its port, or when it is all. */
static void
test_veil_short (void)
{
  const char *const targets[2] = { "http://a:81/", NULL };
  g_autoptr (SyReportVeil) veil = sy_report_veil_new (targets, FALSE);
  g_autofree char *sentence = sy_report_veil_text (veil, "a word, and a:81");
  g_autofree char *all = sy_report_veil_text (veil, "a");

  g_assert_cmpstr (sentence, ==, "a word, and A");
  g_assert_cmpstr (all, ==, "A");
}

static void
test_example (void)
{
  const char *data = g_getenv ("STEELYARD_DATA");
  g_autofree char *path = data != NULL ? g_build_filename (data, "vectors", "decision-report-example.json", NULL) : NULL;
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;

  if (path == NULL || !g_file_get_contents (path, &json, NULL, NULL))
    {
      g_test_skip ("STEELYARD_DATA is not there");
      return;
    }

  text = markdown (json, FALSE);
  assert_has (text, "# Decision: Node.js deployment or Python deployment\n");
  assert_has (text, "| R-LOAD | passed | 1.04 | 1.1 |");
  assert_has (text, "| 820 (780 to 850) | 430 (400 to 455) |");
  assert_has (text, "2026-09-30 11:50:00 to 11:55:00 UTC");
  assert_has (text, "| ai | domain ecosystem fit | 0.3704 | 0.2305 |");
  assert_has_not (text, "10.0.0.1");
  assert_tables (text);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report/states", test_states);
  g_test_add_func ("/report/too-close", test_too_close);
  g_test_add_func ("/report/nothing", test_nothing);
  g_test_add_func ("/report/wrong-types", test_wrong_types);
  g_test_add_func ("/report/no-doubt", test_no_doubt);
  g_test_add_func ("/report/refused-input", test_refused_input);
  g_test_add_func ("/report/too-long", test_too_long);
  g_test_add_func ("/report/few", test_few);
  g_test_add_func ("/report/no-ratio", test_no_ratio);
  g_test_add_func ("/report/markup", test_markup);
  g_test_add_func ("/report/canary", test_canary);
  g_test_add_func ("/report/veil", test_veil);
  g_test_add_func ("/report/veil-short", test_veil_short);
  g_test_add_func ("/report/example", test_example);

  return g_test_run ();
}
