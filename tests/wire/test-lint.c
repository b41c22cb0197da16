/* test-lint.c: findings, where they point and how they are called
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-exposition-lint.h"
#include "wire-fixture.h"

#define TEXT SY_FORMAT_PROMETHEUS
#define OM SY_FORMAT_OPENMETRICS

static const struct {
  SyFormat    format;
  const char *body;
  const char *findings; /* "severity line:column code", one a line */
} cases[] = {
  { TEXT, "", "" },
  { TEXT, "# HELP a x\n# TYPE a counter\na 1\n", "" },
  { TEXT, "# TYPE a histogram\na_bucket{le=\"1\"} 1\na_bucket{le=\"+Inf\"} 2\na_sum 1\na_count 2\n", "" },
  { TEXT, "a{b=\"\n", "error 1:6 label-value-quote\n" },
  { TEXT, "a{b=\"c} 1\n", "error 1:10 label-value-quote\n" },
  { TEXT, "a{b=\"c} 1", "error 1:10 label-value-quote\n" },
  { TEXT, "a{b=c} 1\n", "error 1:5 label-value-quote\n" },
  { TEXT, "a{b} 1\n", "error 1:4 label-value-missing\n" },
  { TEXT, "a{1=\"c\"} 1\n", "error 1:3 label-name\n" },
  { TEXT, "a{b=\"c\" d=\"e\"} 1\n", "error 1:9 label-separator\n" },
  { TEXT, "a{b=\"c\",b=\"d\"} 1\n", "error 1:9 label-repeated\n" },
  { TEXT, "a{__name__=\"c\"} 1\n", "error 1:3 label-reserved\n" },
  { TEXT, "a{b=\"\377\"} 1\n", "error 1:6 not-utf-8\n" },
  { TEXT, "{\"a\n", "error 1:4 name-quote\n" },
  { TEXT, "{\"\"} 1\n", "error 1:2 name-empty\n" },
  { TEXT, "{b=\"c\"} 1\n", "error 1:1 metric-name\n" },
  { TEXT, "1 1\n", "error 1:1 metric-name\n" },
  { TEXT, "a b\n", "error 1:3 not-a-number\n" },
  { TEXT, "a 1 1.5\n", "error 1:5 timestamp\n" },
  { TEXT, "a 1 2 3\n", "error 1:7 line-end\n" },
  { TEXT, "# TYPE a b\n", "error 1:10 type-unknown\n" },
  { OM, "# EOF\na 1\n", "error 2:1 data-after-end\n" },
  { OM, "a 1 # 1\n# EOF\n", "error 1:7 exemplar-labels\n" },
  { TEXT, "a 1", "error 1:4 no-final-line-feed\n" },
  { TEXT, "a{b=\"\\t\"} 1\n", "error 1:6 escape\n" },
  { TEXT, "# HELP a \\x\\\\\n", "error 1:10 escape\n" },
  { TEXT, "a 1\r\n", "error 1:4 carriage-return\n" },
  { TEXT, "\357\273\277a 1\n", "error 1:1 byte-order-mark\n" },
  { TEXT, "# TYPE a info\n", "error 1:10 type-unknown\n" },
  { TEXT, "# TYPE a unknown\n", "error 1:10 type-unknown\n" },
  { TEXT, "# TYPE a gaugehistogram\n", "warning 1:10 type-unknown\n" },
  { TEXT, "a 1\n# TYPE a gauge\n", "error 2:8 metadata-late\n" },
  { TEXT, "# TYPE a gauge\n# TYPE a gauge\n", "error 2:8 metadata-repeated\n" },
  { TEXT, "# HELP a x\n# HELP a\n# HELP a x\n", "error 3:8 metadata-repeated\n" },
  { TEXT, "# TYPE a counter\na -1\n", "warning 2:0 value-range\n" },
  { TEXT, "# TYPE a histogram\na_bucket{le=\"x\"} 1\n", "error 2:0 label-not-a-number\n" },
  { TEXT, "# TYPE a summary\na{quantile=\"x\"} 1\n", "error 2:0 label-not-a-number\n" },
  { TEXT, "# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"2\"} 1\na_count -1\na_sum 1\n",
    "warning 2:0 histogram-no-inf\nwarning 3:0 histogram-not-cumulative\nerror 4:0 value-range\n" },
  { TEXT, "# TYPE a gauge\na{b=\"1\"} 1\nc 1\na{b=\"2\"} 1\n", "warning 4:0 family-interleaved\n" },
  { TEXT, "a{b=\"1\",c=\"2\"} 1\na{c=\"2\",b=\"1\"} 1\n", "warning 2:0 sample-repeated\n" },

  { OM, "# EOF", "" },
  { OM, "a 1\n", "error 2:1 truncated\n" },
  { OM, "# TYPE a counter\n# UNIT a \na_total 1 # {t=\"1\"} 1\na_created 5\n# EOF\n", "" },
  { OM, "{\"a b\",c=\" , # }\"} 1\n# EOF\n", "" },
  { OM, "a 1\n\n# EOF\n", "error 2:0 blank-line\n" },
  { OM, "#x\n# EOF\n", "error 1:0 comment\n" },
  { OM, " a 1\n# EOF\n", "error 1:1 spelling\n" },
  { OM, "a  1\n# EOF\n", "error 1:3 spelling\n" },
  { OM, "a\t1\n# EOF\n", "error 1:2 spelling\n" },
  { OM, "a 1 \n# EOF\n", "error 1:4 spelling\n" },
  { OM, "a {b=\"c\"} 1\n# EOF\n", "error 1:2 spelling\n" },
  { OM, "a{b=\"c\", d=\"e\"} 1\n# EOF\n", "error 1:9 spelling\n" },
  { OM, "a{b=\"c\",} 1\n# EOF\n", "error 1:8 spelling\n" },
  { OM, "a{b=\"c\"}1\n# EOF\n", "error 1:8 spelling\n" },
  { OM, "a 1\r\n# EOF\n", "error 1:4 spelling\n" },
  { OM, "# EOF \n", "error 1:0 spelling\n" },
  { OM, "#  TYPE a gauge\n# EOF\n", "error 1:1 spelling\n" },
  { OM, "# HELP a\n# EOF\n", "error 1:9 spelling\n" },
  { OM, "# TYPE a untyped\n# EOF\n", "error 1:10 type-unknown\n" },
  { OM, "# UNIT a s\n# EOF\n", "error 1:10 unit-not-in-name\n" },
  { OM, "# TYPE a_s info\n# UNIT a_s s\n# EOF\n", "error 2:12 unit-not-allowed\n" },
  { OM, "# TYPE a counter\n# TYPE a_total gauge\n# EOF\n", "error 2:0 name-clash\n" },
  { OM, "# TYPE a gauge\na 1 # {} 1\n# EOF\n", "error 2:0 exemplar-not-allowed\n" },
  { OM, "# TYPE a counter\na 1\n# EOF\n", "error 2:0 sample-name\n" },
  { OM, "# TYPE a histogram\na_bucket{le=\"+INF\"} 0.5\n# EOF\n", "error 2:0 infinity-spelling\nerror 2:0 value-range\n" },
  { OM, "# TYPE a stateset\na 1\n# EOF\n", "error 2:0 label-missing\n" },
  { OM, "# TYPE a summary\na{quantile=\"2\"} NaN\n# EOF\n", "error 2:0 quantile-range\n" },
  { OM, "# TYPE a gauge\na{b=\"1\"} 1\na{b=\"2\"} 1\na{b=\"1\"} 1 1\n# EOF\n",
    "error 4:0 group-interleaved\nerror 4:0 timestamp-mixed\n" },
  { OM, "a 1 2\na 1 1\n# EOF\n", "error 2:0 timestamp-order\n" },
  { OM, "# TYPE a histogram\na_bucket{le=\"1\"} 1 1\na_bucket{le=\"+Inf\"} 1 1\n"
        "a_bucket{le=\"1\"} 2 2\na_bucket{le=\"+Inf\"} 2 2\n# EOF\n", "" },
};

static void
test_findings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = wire_bytes (cases[i].body);
      g_autoptr (GPtrArray) findings = sy_exposition_lint (body, cases[i].format);
      g_autoptr (GString) list = g_string_new (NULL);
      g_autofree char *shown = g_strescape (cases[i].body, NULL);

      for (guint k = 0; k < findings->len; k++)
        {
          const SyFinding *finding = findings->pdata[k];

          g_assert_cmpstr (finding->message, !=, "");
          g_string_append_printf (list, "%s %u:%u %s\n", sy_severity_nick (finding->severity),
                                  finding->line, finding->column, finding->code);
        }

      g_test_message ("%s", shown);
      g_assert_cmpstr (list->str, ==, cases[i].findings);
    }
}

static void
test_many_findings (void)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  const SyFinding *last;

  for (guint i = 0; i < 1500; i++)
    g_string_append_c (text, '\n');
  g_string_append (text, "# EOF\n");
  body = g_string_free_to_bytes (text);
  findings = sy_exposition_lint (body, OM);

  g_assert_cmpuint (findings->len, ==, 1001);
  last = findings->pdata[1000];
  g_assert_cmpstr (last->code, ==, "too-many-findings");
  g_assert_cmpstr (last->message, ==, "500 more findings are not listed");
}

static void
test_other_formats (void)
{
  g_autoptr (GBytes) html = wire_bytes ("<html>");
  g_autoptr (GBytes) json = wire_bytes ("{\"schema\":\"steelyard.snapshot/1\"}");
  g_autoptr (GPtrArray) of_html = sy_exposition_lint (html, SY_FORMAT_AUTO);
  g_autoptr (GPtrArray) of_json = sy_exposition_lint (json, SY_FORMAT_AUTO);
  const SyFinding *finding = of_html->pdata[0];

  g_assert_cmpuint (of_html->len, ==, 1);
  g_assert_cmpstr (finding->code, ==, "format");
  g_assert_cmpuint (finding->line, ==, 0);
  g_assert_cmpuint (of_json->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/lint/findings", test_findings);
  g_test_add_func ("/wire/lint/many-findings", test_many_findings);
  g_test_add_func ("/wire/lint/other-formats", test_other_formats);
  return g_test_run ();
}
