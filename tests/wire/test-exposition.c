/* test-exposition.c: the tolerant grammar: what it reads, what it refuses and where
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "wire-fixture.h"

#define TEXT SY_FORMAT_PROMETHEUS
#define OM SY_FORMAT_OPENMETRICS

/* --- What is read --- */

static const struct {
  SyFormat    format;
  const char *body;
  const char *dump;
} accepted[] = {
  { TEXT, "", "" },
  { TEXT, "\n\n", "" },
  { TEXT, "a 1\n", "a 1 a/unknown\n" },
  { TEXT, "a 1", "a 1 a/unknown\n" },
  { TEXT, " \ta \t 1 \t\n", "a 1 a/unknown\n" },
  { TEXT, "a 1\r\nb 2\r\n", "a 1 a/unknown\nb 2 b/unknown\n" },
  { TEXT, "\357\273\277a 1\n", "a 1 a/unknown\n" },
  { TEXT, "a{} 1\n", "a 1 a/unknown\n" },
  { TEXT, "a {b=\"c\"} 1\n", "a{b=\"c\"} 1 a/unknown\n" },
  { TEXT, "a{ b = \"c\" , d\t=\t\"e\" , }-Inf\n", "a{b=\"c\",d=\"e\"} -inf a/unknown\n" },
  { TEXT, "a{b=\"\"} 1\n", "a{b=\"\"} 1 a/unknown\n" },
  { TEXT, "a{b=\"{}, # =\"} 1\n", "a{b=\"{}, # =\"} 1 a/unknown\n" },
  { TEXT, "a{b=\"\\\\ \\\" \\n \\t \\\"} 1\"} 1\n", "a{b=\"\\ \" \n \\t \"} 1\"} 1 a/unknown\n" },
  { TEXT, "a{b=\"\\\\\"} 1\n", "a{b=\"\\\"} 1 a/unknown\n" },
  { TEXT, "a 1 1500\na 2 -1500\n", "a 1 @1.500 a/unknown\na 2 @-1.500 a/unknown\n" },
  { TEXT, "vllm:x_1 1\n:a 2\n", "vllm:x_1 1 vllm:x_1/unknown\n:a 2 :a/unknown\n" },
  { TEXT, "a{b=\"\303\251\"} 1\n", "a{b=\"\303\251\"} 1 a/unknown\n" },
  { TEXT, "{\"a.b\"} 1\n{\"a.b\",\"c.d\"=\"e\"} 2\n{c=\"e\", \"a.b\"} 3\n",
    "a.b 1 a.b/unknown\na.b{c.d=\"e\"} 2 a.b/unknown\na.b{c=\"e\"} 3 a.b/unknown\n" },
  { TEXT, "# TYPE \"a\\\"b\" counter\n{\"a\\\"b\"} 1\n", "a\"b 1 a\"b/counter\n" },
  { TEXT, "# EOF\na 1\n", "a 1 a/unknown\n" },
  { TEXT, "#\n# HELP\n#comment \377\n# a b c\na 1\n", "a 1 a/unknown\n" },
  { TEXT, "  #\t TYPE   a\tcounter \na 1\n", "a 1 a/counter\n" },
  { TEXT, "# TYPE a untyped\na 1\n# TYPE a gauge\n", "a 1 a/gauge\n" },
  { TEXT, "# TYPE a histogram\n# TYPE b gauge\na_bucket{le=\"1\"} 1\nb 2\na_sum 3\na{quantile=\"0.5\"} 4\na_rate 5\n",
    "a_bucket{le=\"1\"} 1 a/histogram\nb 2 b/gauge\na_sum 3 a/histogram\n"
    "a{quantile=\"0.5\"} 4 a/histogram\na_rate 5 a_rate/unknown\n" },
  { TEXT, "# TYPE a counter\na_total 1\na_created 2\na_count 3\n",
    "a_total 1 a/counter\na_created 2 a/counter\na_count 3 a_count/unknown\n" },
  { TEXT, "# TYPE a summary\n# TYPE a_created gauge\na_created 2\na_count 3\n",
    "a_created 2 a_created/gauge\na_count 3 a/summary\n" },
  { TEXT, "# TYPE a gauge_histogram\na_gsum 1\n# TYPE b gaugehistogram\nb_sum 2\n",
    "a_gsum 1 a/gaugehistogram\nb_sum 2 b/gaugehistogram\n" },
  { TEXT, "a{b=\"1\"} 1\nc 1\na{b=\"2\"} 2\n",
    "a{b=\"1\"} 1 a/unknown\nc 1 c/unknown\na{b=\"2\"} 2 a/unknown\n" },
  { TEXT, "a 1\na 1\n", "a 1 a/unknown\na 1 a/unknown\n" },
  { TEXT, "a nan\nb INF\nc -infinity\n", "a nan a/unknown\nb inf b/unknown\nc -inf c/unknown\n" },

  { OM, "# EOF", "" },
  { OM, "a 1\n# EOF\n", "a 1 a/unknown\n" },
  { OM, "\na  1\t\n\n#x\n#  EOF \n\n \n", "a 1 a/unknown\n" },
  { OM, "a 1 1.5\nb 2 1e3\n# EOF\n", "a 1 @1.500 a/unknown\nb 2 @1000.000 b/unknown\n" },
  { OM, "# TYPE a counter\na_total 1 # {} 0.5\na_total{x=\"y\"} 2 9 # {t=\"#1\",u=\"2\"} 0.25 8\n# EOF\n",
    "a_total 1 #  0.5 a/counter\na_total{x=\"y\"} 2 @9.000 # {t=\"#1\",u=\"2\"} 0.25 @8.000 a/counter\n" },
  { OM, "# TYPE a info\na_info{v=\"1\"} 1\n# TYPE s stateset\ns{s=\"x\"} 0\n# EOF\n",
    "a_info{v=\"1\"} 1 a/info\ns{s=\"x\"} 0 s/stateset\n" },
};

static void
test_accepted (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr (SySeriesTable) table = sy_series_table_new (0);

      /* Twice: the steady pass must read the same. */
      for (guint round = 0; round < 2; round++)
        {
          g_autoptr (SyExposition) exposition = wire_parse (accepted[i].body, accepted[i].format, table);
          g_autofree char *dump = wire_dump (exposition);

          g_assert_cmpstr (dump, ==, accepted[i].dump);
        }
    }
}

/* --- What is refused, and where --- */

static const struct {
  SyFormat    format;
  SyErrorCode code;
  const char *body;
  const char *message; /* its beginning */
} refused[] = {
  { TEXT, SY_ERROR_PARSE, "a 1\n0a 1\n", "2:1: expected a metric name or '{', found '0'" },
  { TEXT, SY_ERROR_PARSE, "a.b 1\n", "1:2: expected a blank or '{' after the metric name, found '.'" },
  { TEXT, SY_ERROR_PARSE, "a\n", "1:2: expected a blank or '{' after the metric name, found the end of the line" },
  { TEXT, SY_ERROR_TRUNCATED, "a", "1:2: expected a blank or '{' after the metric name, found the end of the body" },
  { TEXT, SY_ERROR_PARSE, "\n a \n", "2:4: expected a value, found the end of the line" },
  { TEXT, SY_ERROR_TRUNCATED, "a ", "1:3: expected a value, found the end of the body" },
  { TEXT, SY_ERROR_PARSE, "a b\n", "1:3: expected a value, \"b\" is not a number" },
  { TEXT, SY_ERROR_PARSE, "a 1_0\n", "1:3: expected a value, \"1_0\" is not a number" },
  { TEXT, SY_ERROR_PARSE, "a 0x10\n", "1:3: expected a value, \"0x10\" is not a number" },
  { TEXT, SY_ERROR_PARSE, "a 1,5\n", "1:3: expected a value, \"1,5\" is not a number" },
  { TEXT, SY_ERROR_PARSE, "a 1e309\n", "1:3: expected a value, \"1e309\" is not a number" },
  { TEXT, SY_ERROR_PARSE, "a nan(1)\n", "1:3: expected a value, \"nan(1)\" is not a number" },
  { TEXT, SY_ERROR_PARSE, "a \331\241\n", "1:3: expected a value, \"\\xd9\\xa1\" is not a number" },
  { TEXT, SY_ERROR_PARSE, "a 1\rb 2\n", "1:3: expected a value, \"1\\x0db\" is not a number" },
  { TEXT, SY_ERROR_PARSE, "a \r 1\n", "1:3: expected a value, \"\\x0d\" is not a number" },
  { TEXT, SY_ERROR_PARSE, "a 1 2 3\n", "1:7: expected the end of the line, found '3'" },
  { TEXT, SY_ERROR_PARSE, "a 1 2.5\n", "1:5: expected a timestamp in whole milliseconds, found \"2.5\"" },
  { TEXT, SY_ERROR_PARSE, "a 1 NaN\n", "1:5: expected a timestamp in whole milliseconds, found \"NaN\"" },
  { TEXT, SY_ERROR_PARSE, "a 1 -\n", "1:5: expected a timestamp in whole milliseconds, found \"-\"" },
  { TEXT, SY_ERROR_PARSE, "a 1 9223372036854775808\n", "1:5: expected a timestamp in whole milliseconds" },
  { TEXT, SY_ERROR_PARSE, "a 1 # {} 1\n", "1:5: expected the end of the line, found '#'" },
  { TEXT, SY_ERROR_PARSE, "{} 1\n", "1:1: the sample has no metric name" },
  { TEXT, SY_ERROR_PARSE, "{a=\"b\"} 1\n", "1:1: the sample has no metric name" },
  { TEXT, SY_ERROR_PARSE, "a{1=\"1\"} 1\n", "1:3: expected a label name or '}', found '1'" },
  { TEXT, SY_ERROR_PARSE, "a{b:c=\"1\"} 1\n", "1:4: expected '=' after the label name, found ':'" },
  { TEXT, SY_ERROR_PARSE, "a{b} 1\n", "1:4: expected '=' after the label name, found '}'" },
  { TEXT, SY_ERROR_PARSE, "a{b=c} 1\n", "1:5: expected '\"' before the label value, found 'c'" },
  { TEXT, SY_ERROR_PARSE, "a{b='c'} 1\n", "1:5: expected '\"' before the label value, found '''" },
  { TEXT, SY_ERROR_PARSE, "a{b=\"c\"d=\"e\"} 1\n", "1:8: expected ',' or '}' after the label, found 'd'" },
  { TEXT, SY_ERROR_PARSE, "a{b=\"c\",,} 1\n", "1:9: expected a label name or '}', found ','" },
  { TEXT, SY_ERROR_PARSE, "a{,} 1\n", "1:3: expected a label name or '}', found ','" },
  { TEXT, SY_ERROR_PARSE, "a{b=\"c\n\"} 1\n", "1:7: the label value is not closed, expected '\"' before the end of the line" },
  { TEXT, SY_ERROR_PARSE, "a{b=\"c\\\n\"} 1\n", "1:8: the label value is not closed" },
  { TEXT, SY_ERROR_TRUNCATED, "a{b=\"c", "1:7: the body ends inside the label value" },
  { TEXT, SY_ERROR_TRUNCATED, "a{b=\"c\\", "1:8: the body ends inside the label value" },
  { TEXT, SY_ERROR_TRUNCATED, "a{b=\"c\"", "1:8: expected ',' or '}' after the label, found the end of the body" },
  { TEXT, SY_ERROR_PARSE, "a{b=\"c\",b=\"d\"} 1\n", "1:9: the label is given twice" },
  { TEXT, SY_ERROR_PARSE, "a{\"b\"=\"c\",b=\"d\"} 1\n", "1:11: the label is given twice" },
  { TEXT, SY_ERROR_PARSE, "a{__name__=\"c\"} 1\n", "1:3: the label name __name__ is reserved" },
  { TEXT, SY_ERROR_PARSE, "{\"a\",\"b\"} 1\n", "1:6: a second metric name, expected a label" },
  { TEXT, SY_ERROR_PARSE, "a{\"b\"} 1\n", "1:3: a second metric name, expected a label" },
  { TEXT, SY_ERROR_PARSE, "{\"\"} 1\n", "1:2: the quoted name is empty" },
  { TEXT, SY_ERROR_PARSE, "{\"a\".b=\"c\"} 1\n", "1:5: expected ',' or '}' after the label, found '.'" },
  { TEXT, SY_ERROR_PARSE, "a{b=\"c\"}{d=\"e\"} 1\n", "1:9: expected a value, \"{d=\"e\"}\" is not a number" },
  { TEXT, SY_ERROR_PARSE, "a{b=\"\275\"} 1\n", "1:6: the label value is not UTF-8 at \"\\xbd\"" },
  { TEXT, SY_ERROR_PARSE, "a{b=\"x\300\257\"} 1\n", "1:7: the label value is not UTF-8 at \"\\xc0\\xaf\"" },
  { TEXT, SY_ERROR_PARSE, "a{b=\"\355\240\200\"} 1\n", "1:6: the label value is not UTF-8 at \"\\xed\\xa0\\x80\"" },
  { TEXT, SY_ERROR_PARSE, "# HELP a \377\n", "1:10: the line is not UTF-8 at \"\\xff\"" },
  { TEXT, SY_ERROR_PARSE, "# TYPE a\n", "1:9: expected a metric type, found the end of the line" },
  { TEXT, SY_ERROR_PARSE, "\n# TYPE a bla\n", "2:10: unknown metric type, expected counter" },
  { TEXT, SY_ERROR_PARSE, "# TYPE a Counter\n", "1:10: unknown metric type" },
  { TEXT, SY_ERROR_PARSE, "# TYPE met-ric counter\n", "1:11: expected a blank after the metric name, found '-'" },
  { TEXT, SY_ERROR_PARSE, "# HELP 9 x\n", "1:8: expected a metric name, found '9'" },

  { OM, SY_ERROR_TRUNCATED, "", "1:1: the body ends without # EOF" },
  { OM, SY_ERROR_TRUNCATED, "a 1\n", "2:1: the body ends without # EOF" },
  { OM, SY_ERROR_TRUNCATED, "a 1\n# EOFx\n", "3:1: the body ends without # EOF" },
  { OM, SY_ERROR_PARSE, "# EOF\na 1\n", "2:1: data after # EOF" },
  { OM, SY_ERROR_PARSE, "# EOF\n# EOF\n", "2:1: data after # EOF" },
  { OM, SY_ERROR_PARSE, "a 1 NaN\n# EOF\n", "1:5: a timestamp must be finite" },
  { OM, SY_ERROR_PARSE, "a 1 z\n# EOF\n", "1:5: expected a timestamp, \"z\" is not a number" },
  { OM, SY_ERROR_PARSE, "a 1 #\n# EOF\n", "1:6: expected '{' before the labels of the exemplar, found the end of the line" },
  { OM, SY_ERROR_PARSE, "a 1# {} 1\n# EOF\n", "1:3: expected a value, \"1#\" is not a number" },
  { OM, SY_ERROR_PARSE, "a 1 # {}\n# EOF\n", "1:9: expected the value of the exemplar, found the end of the line" },
  { OM, SY_ERROR_PARSE, "a 1 # {} 1 Inf\n# EOF\n", "1:12: a timestamp must be finite" },
  { OM, SY_ERROR_PARSE, "a 1 # {} 1 2 3\n# EOF\n", "1:14: expected the end of the line, found '3'" },
  { OM, SY_ERROR_PARSE, "a 1 # {\"x\"} 1\n# EOF\n", "1:8: a second metric name, expected a label" },
};

static void
assert_refused (GBytes                   *body,
                SyFormat                  format,
                const SyExpositionLimits *limits,
                SySeriesTable            *table,
                SyErrorCode               code,
                const char               *message)
{
  g_autoptr (GError) error = NULL;
  SyExposition *exposition = sy_exposition_parse (body, format, limits, table, &error);

  g_assert_null (exposition);
  g_assert_nonnull (error);
  if (!g_str_has_prefix (error->message, message))
    g_error ("expected \"%s\", got \"%s\"", message, error->message);
  g_assert_error (error, SY_ERROR, (int) code);

  /* Callers that do not care why get the same answer. */
  g_assert_null (sy_exposition_parse (body, format, limits, table, NULL));
}

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GBytes) body = wire_bytes (refused[i].body);
      g_autoptr (SySeriesTable) table = sy_series_table_new (0);

      assert_refused (body, refused[i].format, NULL, table, refused[i].code, refused[i].message);
    }
}

/* Every error is found in the steady pass too: the same body, first whole, then
 * with the last line broken. */
static void
test_refused_after_success (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (SySeriesTable) table = sy_series_table_new (0);
      g_autoptr (SyExposition) good = wire_parse ("a{b=\"c\"} 1\n# TYPE d gauge\nd 1\n", TEXT, table);
      g_autoptr (SyExposition) again = NULL;
      g_autofree char *text = g_strconcat ("a{b=\"c\"} 1\n# TYPE d gauge\nd 1\n", refused[i].body, NULL);
      g_autoptr (GBytes) body = wire_bytes (text);
      g_autoptr (GError) error = NULL;

      if (refused[i].format == OM)
        continue;

      g_assert_null (sy_exposition_parse (body, TEXT, NULL, table, &error));
      g_assert_error (error, SY_ERROR, (int) refused[i].code);
      g_assert_cmpuint (g_ascii_strtoull (error->message, NULL, 10), ==,
                        g_ascii_strtoull (refused[i].message, NULL, 10) + 3);

      /* A failed scrape spoils nothing for the next one. */
      again = wire_parse ("a{b=\"c\"} 2\n# TYPE d gauge\nd 3\n", TEXT, table);
      g_assert_true (sy_exposition_get_samples (again, NULL)->series == sy_exposition_get_samples (good, NULL)->series);
    }
}

static void
test_nul (void)
{
  static const char in_value[] = "a{b=\"c\0d\"} 1\n";
  static const char in_name[] = "a\0b 1\n";
  static const char outside[] = "a 1\n\0\n";
  static const char in_help[] = "# TYPE a gauge\n# HELP a he\0lp\n# comment\0\na 1\n";
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GBytes) value = g_bytes_new_static (in_value, sizeof in_value - 1);
  g_autoptr (GBytes) name = g_bytes_new_static (in_name, sizeof in_name - 1);
  g_autoptr (GBytes) line = g_bytes_new_static (outside, sizeof outside - 1);
  g_autoptr (GBytes) help = g_bytes_new_static (in_help, sizeof in_help - 1);
  g_autoptr (SyExposition) exposition = NULL;

  assert_refused (value, TEXT, NULL, table, SY_ERROR_PARSE, "1:7: the label value holds a NUL byte");
  assert_refused (name, TEXT, NULL, table, SY_ERROR_PARSE, "1:2: expected a blank or '{' after the metric name, found '\\x00'");
  assert_refused (line, TEXT, NULL, table, SY_ERROR_PARSE, "2:1: expected a metric name or '{', found '\\x00'");

  exposition = sy_exposition_parse (help, TEXT, NULL, table, NULL);
  g_assert_nonnull (exposition);
  g_assert_cmpstr (sy_exposition_get_families (exposition, NULL)->help, ==, "he\357\277\275lp");
}

/* --- Families --- */

static void
test_metadata (void)
{
  g_autoptr (SyExposition) text = wire_parse ("# HELP a one\\ntwo \\\\ \\\" \\t  \n# TYPE a_total counter\n"
                                              "# UNIT a_total  requests \n# UNIT of measurement: none\nb 1\n"
                                              "# UNIT b seconds\n", TEXT, NULL);
  g_autoptr (SyExposition) om = wire_parse ("# UNIT a_seconds seconds\n# HELP a_seconds \\\" \\x\n"
                                            "# HELP b \n# EOF\n", OM, NULL);
  guint n_families;
  const SyFamily *families = sy_exposition_get_families (text, &n_families);
  g_autofree char *counter = sy_family_dup_canonical_name (&families[1]);

  g_assert_cmpuint (n_families, ==, 3);
  g_assert_cmpstr (families[0].help, ==, "one\ntwo \\ \\\" \\t");
  g_assert_cmpuint (families[0].line, ==, 1);
  g_assert_true (families[0].declared);
  g_assert_cmpstr (families[1].unit, ==, "requests");
  g_assert_cmpstr (families[1].help, ==, "");
  g_assert_cmpstr (counter, ==, "a");
  g_assert_cmpstr (families[2].name, ==, "b");
  g_assert_cmpstr (families[2].unit, ==, "seconds");
  g_assert_cmpuint (families[2].line, ==, 5);
  g_assert_false (families[2].declared);

  families = sy_exposition_get_families (om, &n_families);
  g_assert_cmpuint (n_families, ==, 2);
  g_assert_cmpstr (families[0].unit, ==, "seconds");
  g_assert_cmpstr (families[0].help, ==, "\" \\x");
  g_assert_cmpstr (families[1].help, ==, "");
}

static void
test_canonical_names (void)
{
  g_autoptr (SyExposition) exposition = wire_parse ("# TYPE a counter\na 1\n# TYPE b_total counter\nb_total 1\n"
                                                    "# TYPE c_total gauge\nc_total 1\n", TEXT, NULL);
  static const char *const want[][2] = { { "a", "a_total" }, { "b", "b_total" }, { "c_total", "c_total" } };
  const SyFamily *families = sy_exposition_get_families (exposition, NULL);
  const SySample *samples = sy_exposition_get_samples (exposition, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (want); i++)
    {
      g_autofree char *family = sy_family_dup_canonical_name (&families[i]);
      g_autofree char *sample = sy_sample_dup_canonical_name (&samples[i], &families[i]);

      g_assert_cmpstr (family, ==, want[i][0]);
      g_assert_cmpstr (sample, ==, want[i][1]);
    }
}

static void
test_buckets (void)
{
  g_autoptr (SyExposition) exposition = wire_parse ("a_bucket{le=\"1e+06\"} 1\na_bucket{le=\"+Inf\"} 2\na_bucket{le=\"x\"} 3\n"
                                                    "a{quantile=\"0.99\"} 4\na 5\n", TEXT, NULL);
  const SySample *samples = sy_exposition_get_samples (exposition, NULL);

  g_assert_cmpfloat (samples[0].series->le, ==, 1e6);
  g_assert_true (isinf (samples[1].series->le));
  g_assert_true (isnan (samples[2].series->le));
  g_assert_cmpstr (sy_series_get_label (samples[2].series, "le"), ==, "x");
  g_assert_cmpfloat (samples[3].series->quantile, ==, 0.99);
  g_assert_true (isnan (samples[4].series->quantile));
  g_assert_null (sy_series_get_label (samples[4].series, "quantile"));
}

static void
test_ends_cleanly (void)
{
  static const struct {
    SyFormat    format;
    const char *body;
    gboolean    cleanly;
  } cases[] = {
    { TEXT, "", TRUE }, { TEXT, "a 1\n", TRUE }, { TEXT, "a 1\n\t", TRUE }, { TEXT, "a 1", FALSE },
    { TEXT, "a 1\n# x", FALSE }, { OM, "# EOF", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SyExposition) exposition = wire_parse (cases[i].body, cases[i].format, NULL);

      g_assert_cmpint (sy_exposition_ends_cleanly (exposition), ==, cases[i].cleanly);
    }
}

/* --- Limits --- */

static const SyExpositionLimits small = {
  .max_line = 64,
  .max_samples = 3,
  .max_labels = 2,
  .max_name = 8,
  .max_value = 10,
};

static void
test_limits (void)
{
  static const struct {
    SyErrorCode code; /* 0: exactly at the limit */
    const char *body;
    const char *message;
  } cases[] = {
    { 0, "a 1\nb 1\nc 1\n", NULL },
    { SY_ERROR_SAMPLE_LIMIT, "a 1\nb 1\nc 1\nd 1\n", "4:1: more than 3 samples" },
    { 0, "# TYPE a gauge\n# TYPE b gauge\n# TYPE c gauge\n", NULL },
    { SY_ERROR_SAMPLE_LIMIT, "# TYPE a gauge\n# TYPE b gauge\n# TYPE c gauge\n# TYPE d gauge\n", "4:1: more than 3 families" },
    { 0, "a{b=\"\",c=\"\"} 1\n", NULL },
    { SY_ERROR_LABEL_LIMIT, "a{b=\"\",c=\"\",d=\"\"} 1\n", "1:13: more than 2 labels" },
    { 0, "a2345678{b2345678=\"1234567890\"} 1\n", NULL },
    { SY_ERROR_LABEL_LIMIT, "a23456789 1\n", "1:1: the metric name is longer than 8 bytes" },
    { SY_ERROR_LABEL_LIMIT, "a{b23456789=\"\"} 1\n", "1:3: the label name is longer than 8 bytes" },
    { SY_ERROR_LABEL_LIMIT, "{\"b23456789\"} 1\n", "1:3: the quoted name is longer than 8 bytes" },
    { SY_ERROR_LABEL_LIMIT, "# HELP a23456789 x\n", "1:8: the metric name is longer than 8 bytes" },
    { SY_ERROR_LABEL_LIMIT, "a{b=\"12345678901\"} 1\n", "1:6: the label value is longer than 10 bytes" },
    { 0, "a                                                              1\n", NULL },
    { SY_ERROR_PARSE, "a                                                               1\n", "1:65: the line is longer than 64 bytes" },
    { SY_ERROR_PARSE, "# HELP a                                                         1\n", "1:65: the line is longer than 64 bytes" },
    { SY_ERROR_PARSE, "#                                                                \n", "1:65: the line is longer than 64 bytes" },
    { SY_ERROR_PARSE, "                                                                  \n", "1:65: the line is longer than 64 bytes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SySeriesTable) table = sy_series_table_new (0);
      g_autoptr (GBytes) body = wire_bytes (cases[i].body);
      g_autoptr (SyExposition) generous = wire_parse (cases[i].body, TEXT, table);
      g_autoptr (GError) error = NULL;
      g_autoptr (SyExposition) exposition = NULL;

      /* The layout of the generous scrape must not let the small one pass. */
      if (cases[i].code != 0)
        {
          assert_refused (body, TEXT, &small, table, cases[i].code, cases[i].message);
          continue;
        }

      exposition = sy_exposition_parse (body, TEXT, &small, table, &error);
      g_assert_no_error (error);
    }
}

/* Where the value grows the line, the steady pass must notice. */
static void
test_line_limit_of_repeated_line (void)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GBytes) good = wire_bytes ("a 1\n");
  g_autofree char *digits = g_strnfill (64, '1');
  g_autofree char *text = g_strdup_printf ("a %s\n", digits);
  g_autoptr (GBytes) bad = wire_bytes (text);
  g_autoptr (SyExposition) exposition = sy_exposition_parse (good, TEXT, &small, table, NULL);

  g_assert_nonnull (exposition);
  assert_refused (bad, TEXT, &small, table, SY_ERROR_PARSE, "1:65: the line is longer than 64 bytes");
}

static void
test_exemplar_limits (void)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GBytes) labels = wire_bytes ("a 1 # {a=\"\",b=\"\",c=\"\"} 1\n# EOF\n");
  g_autoptr (GBytes) value = wire_bytes ("a 1 # {a=\"12345678901\"} 1\n# EOF\n");

  assert_refused (labels, OM, &small, table, SY_ERROR_LABEL_LIMIT, "1:18: more than 2 labels");
  assert_refused (value, OM, &small, table, SY_ERROR_LABEL_LIMIT, "1:11: the label value is longer than 10 bytes");
}

/* An endless line is refused without being kept. */
static void
test_endless_line (void)
{
  gsize size = 40 * 1024 * 1024;
  char *text = g_malloc (size);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);

  memset (text, 'a', size);
  body = g_bytes_new_take (text, size);
  assert_refused (body, TEXT, NULL, table, SY_ERROR_LABEL_LIMIT, "1:1: the metric name is longer than 1024 bytes");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/exposition/accepted", test_accepted);
  g_test_add_func ("/wire/exposition/refused", test_refused);
  g_test_add_func ("/wire/exposition/refused-after-success", test_refused_after_success);
  g_test_add_func ("/wire/exposition/nul", test_nul);
  g_test_add_func ("/wire/exposition/metadata", test_metadata);
  g_test_add_func ("/wire/exposition/canonical-names", test_canonical_names);
  g_test_add_func ("/wire/exposition/buckets", test_buckets);
  g_test_add_func ("/wire/exposition/ends-cleanly", test_ends_cleanly);
  g_test_add_func ("/wire/exposition/limits", test_limits);
  g_test_add_func ("/wire/exposition/line-limit-of-repeated-line", test_line_limit_of_repeated_line);
  g_test_add_func ("/wire/exposition/exemplar-limits", test_exemplar_limits);
  g_test_add_func ("/wire/exposition/endless-line", test_endless_line);
  return g_test_run ();
}
