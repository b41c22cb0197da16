/* test-format.c: which format a body is in
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-error.h"
#include "wire-fixture.h"

static const struct {
  const char *content_type;
  const char *body;
  SyFormat    format;
} cases[] = {
  /* what is said */
  { "text/plain", "a 1\n", SY_FORMAT_PROMETHEUS },
  { "text/plain; version=0.0.4; charset=utf-8", "a 1\n", SY_FORMAT_PROMETHEUS },
  { "text/plain; version=1.0.0; charset=utf-8", "a 1\n# EOF\n", SY_FORMAT_PROMETHEUS },
  { "Text/Plain;charset=UTF-8", "a 1\n", SY_FORMAT_PROMETHEUS },
  { "application/openmetrics-text; version=1.0.0; charset=utf-8", "a 1\n", SY_FORMAT_OPENMETRICS },
  { "application/openmetrics-text;version=0.0.1", "# EOF\n", SY_FORMAT_OPENMETRICS },
  { "application/json", "{\"schema\":\"steelyard.snapshot/1\"}", SY_FORMAT_JSON },
  { "application/json; charset=utf-8", " {\"a\":1}", SY_FORMAT_JSON },
  { "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily", "a\n", SY_FORMAT_AUTO },
  /* what is not */
  { NULL, "", SY_FORMAT_PROMETHEUS },
  { NULL, "a 1\n", SY_FORMAT_PROMETHEUS },
  { NULL, "\357\273\277\n# HELP a\n", SY_FORMAT_PROMETHEUS },
  { NULL, "{\"a.b\"} 1\n", SY_FORMAT_PROMETHEUS },
  { NULL, "{\"a:b\",\"c\"=\":\"} 1\n", SY_FORMAT_PROMETHEUS },
  { NULL, "{le=\"1\",\"a\"} 1\n", SY_FORMAT_PROMETHEUS },
  { NULL, "a 1\n# EOF", SY_FORMAT_OPENMETRICS },
  { NULL, "a 1\n# EOF\n", SY_FORMAT_OPENMETRICS },
  { NULL, "# EOF\n", SY_FORMAT_OPENMETRICS },
  { NULL, "a{b=\"# EOF\"} 1\n", SY_FORMAT_PROMETHEUS },
  { NULL, "{ \"a\\\"b\" : 1}", SY_FORMAT_JSON },
  { NULL, "{}", SY_FORMAT_JSON },
  { NULL, "{", SY_FORMAT_PROMETHEUS },
  { NULL, "{\"\\", SY_FORMAT_PROMETHEUS },
  { "", "a 1\n", SY_FORMAT_PROMETHEUS },
  { "application/octet-stream", "a 1\n", SY_FORMAT_PROMETHEUS },
  { "text/html; charset=utf-8", "# TYPE a gauge\na 1\n", SY_FORMAT_PROMETHEUS },
  /* what is none of ours */
  { "text/html; charset=utf-8", "<!DOCTYPE html><html>", SY_FORMAT_AUTO },
  { "text/plain", "<html>", SY_FORMAT_AUTO },
  { NULL, " <html>", SY_FORMAT_AUTO },
  { NULL, "[1,2]", SY_FORMAT_AUTO },
  { NULL, "\037\213\010", SY_FORMAT_AUTO },
};

static void
test_detect (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = wire_bytes (cases[i].body);
      g_autofree char *shown = g_strescape (cases[i].body, NULL);

      g_test_message ("%s: %s", cases[i].content_type != NULL ? cases[i].content_type : "no type", shown);
      g_assert_cmpstr (sy_format_nick (sy_exposition_detect (cases[i].content_type, body)), ==,
                       sy_format_nick (cases[i].format));
    }
}

static void
test_parse_auto (void)
{
  g_autoptr (SyExposition) exposition = wire_parse ("a 1\n# EOF\n", SY_FORMAT_AUTO, NULL);
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GBytes) html = wire_bytes ("<html>");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (sy_exposition_get_format (exposition), ==, SY_FORMAT_OPENMETRICS);
  g_assert_null (sy_exposition_parse (html, SY_FORMAT_AUTO, NULL, table, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_FORMAT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/format/detect", test_detect);
  g_test_add_func ("/wire/format/parse-auto", test_parse_auto);
  return g_test_run ();
}
