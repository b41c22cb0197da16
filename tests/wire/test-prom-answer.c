/* test-prom-answer.c: what the Prometheus API says, and what it means
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-prom-answer.h"
#include "wire-fixture.h"

#define VECTOR(body) "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":" body "}}"
#define MATRIX(body) "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":" body "}}"

static SyPromAnswer *
parse (const char *text)
{
  g_autoptr (GBytes) body = wire_bytes (text);
  g_autoptr (GError) error = NULL;
  SyPromAnswer *answer = sy_prom_answer_parse (body, &error);

  g_assert_no_error (error);
  return answer;
}

static void
test_vector (void)
{
  g_autoptr (SyPromAnswer) answer =
    parse (VECTOR ("[{\"metric\":{\"__name__\":\"up\",\"job\":\"a\"},\"value\":[1700000000.5,\"1\"]},"
                   "{\"metric\":{},\"value\":[1700000001,\"NaN\"]},{\"metric\":{},\"value\":[1700000001,\"-Inf\"]}]"));
  guint n;
  const SyPromSeries *series = sy_prom_answer_get_series (answer, &n);

  g_assert_cmpint (sy_prom_answer_get_kind (answer), ==, SY_PROM_VECTOR);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpfloat (series[0].points[0].time, ==, 1700000000.5);
  g_assert_cmpfloat (series[0].points[0].value, ==, 1);
  g_assert_cmpstr (sy_prom_series_get_label (&series[0], "job"), ==, "a");
  g_assert_null (sy_prom_series_get_label (&series[0], "a"));
  g_assert_true (isnan (series[1].points[0].value));
  g_assert_cmpfloat (series[2].points[0].value, ==, -INFINITY);
  g_assert_null (sy_prom_answer_get_warnings (answer)[0]);
}

static void
test_empty (void)
{
  g_autoptr (SyPromAnswer) answer = parse (VECTOR ("[]"));
  guint n = 1;

  sy_prom_answer_get_series (answer, &n);
  g_assert_cmpint (sy_prom_answer_get_kind (answer), ==, SY_PROM_VECTOR);
  g_assert_cmpuint (n, ==, 0);
}

/* They are not read as something else, and not silently gone. */
static void
test_native_histograms (void)
{
  g_autoptr (SyPromAnswer) answer =
    parse (MATRIX ("[{\"metric\":{\"a\":\"b\"},\"histograms\":[[1,{\"count\":\"1\",\"sum\":\"2\",\"buckets\":[]}]]},"
                   "{\"metric\":{},\"values\":[[1,\"2\"],[2,\"3\"]]}]"));
  guint n;
  const SyPromSeries *series = sy_prom_answer_get_series (answer, &n);

  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (series[0].n_points, ==, 2);
  g_assert_nonnull (strstr (sy_prom_answer_get_warnings (answer)[0], "1 native histograms"));
}

static void
test_warnings (void)
{
  g_autoptr (SyPromAnswer) answer =
    parse ("{\"status\":\"success\",\"data\":[\"job\"],\"warnings\":[\"w\"],\"infos\":[\"i\"]}");

  g_assert_cmpint (sy_prom_answer_get_kind (answer), ==, SY_PROM_NAMES);
  g_assert_cmpstr (sy_prom_answer_get_names (answer)[0], ==, "job");
  g_assert_null (sy_prom_answer_get_names (answer)[1]);
  g_assert_cmpstr (sy_prom_answer_get_warnings (answer)[0], ==, "w");
  g_assert_cmpstr (sy_prom_answer_get_warnings (answer)[1], ==, "i");
  g_assert_null (sy_prom_answer_get_warnings (answer)[2]);
}

typedef struct
{
  const char *text;
  int         code;
  const char *part; /* of the message */
} Refusal;

static const Refusal refusals[] = {
  { "", SY_ERROR_PARSE, "1:1" },
  { "<html>502 Bad Gateway</html>", SY_ERROR_PARSE, "1:1" },
  { "[]", SY_ERROR_FORMAT, "status" },
  { "{\"data\":{}}", SY_ERROR_FORMAT, "status" },
  { "{\"status\":1}", SY_ERROR_FORMAT, "status" },
  { "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"1:4: parse error\"}", SY_ERROR_QUERY, "(bad_data): 1:4: parse error" },
  { "{\"status\":\"error\"}", SY_ERROR_QUERY, "does not say why" },
  { "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"x\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}",
    SY_ERROR_QUERY, "not used" },
  { "{\"status\":\"error\",\"errorType\":\"\x1b[2J\"}", SY_ERROR_PARSE, "1:" },
  { "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[]}}", SY_ERROR_FORMAT, "streams" },
  { "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\"}}", SY_ERROR_FORMAT, "without a result" },
  { VECTOR ("{}"), SY_ERROR_FORMAT, "list" },
  { VECTOR ("[{\"metric\":{},\"value\":[1,2]}]"), SY_ERROR_FORMAT, "data.result[0]" },
  { VECTOR ("[{\"metric\":{},\"value\":[\"1\",\"2\"]}]"), SY_ERROR_FORMAT, "data.result[0]" },
  { VECTOR ("[{\"metric\":{},\"value\":[1,\"2 ms\"]}]"), SY_ERROR_FORMAT, "data.result[0]" },
  { VECTOR ("[{\"metric\":{},\"value\":[1,\"\"]}]"), SY_ERROR_FORMAT, "data.result[0]" },
  { VECTOR ("[{\"metric\":{},\"values\":[[1,\"2\"]]}]"), SY_ERROR_FORMAT, "data.result[0]" },
  { VECTOR ("[{\"metric\":{\"a\":1},\"value\":[1,\"2\"]}]"), SY_ERROR_FORMAT, "data.result[0]" },
  { VECTOR ("[{\"value\":[1,\"2\"]}]"), SY_ERROR_FORMAT, "data.result[0]" },
  { VECTOR ("[3]"), SY_ERROR_FORMAT, "data.result[0]" },
  { MATRIX ("[{\"metric\":{},\"values\":[[2,\"1\"],[1,\"1\"]]}]"), SY_ERROR_FORMAT, "data.result[0]" },
  { "{\"status\":\"success\",\"data\":[\"a\",1]}", SY_ERROR_FORMAT, "data[1]" },
  { "{\"status\":\"success\",\"data\":[{\"a\":\"b\"},1]}", SY_ERROR_FORMAT, "data[1]" },
};

static void
test_refusals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GBytes) body = wire_bytes (refusals[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (sy_prom_answer_parse (body, &error));
      g_assert_error (error, SY_ERROR, refusals[i].code);
      g_assert_nonnull (strstr (error->message, refusals[i].part));
    }
}

/* A whole answer, and none of its beginnings. */
static void
test_cut (void)
{
  static const char text[] = VECTOR ("[{\"metric\":{\"a\":\"b\\u00e9\"},\"value\":[1e3,\"2\"]}]");

  for (gsize i = 0; i < strlen (text); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new (text, i);
      g_autoptr (GError) error = NULL;

      g_assert_null (sy_prom_answer_parse (body, &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_PARSE);
    }
  sy_prom_answer_unref (parse (text));
}

static void
test_point_limit (void)
{
  g_autoptr (GString) text = g_string_new ("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[");
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 6; i++)
    {
      g_string_append_printf (text, "%s{\"metric\":{},\"values\":[[0,\"1\"]", i == 0 ? "" : ",");
      for (guint j = 1; j < 90000; j++)
        g_string_append_printf (text, ",[%u,\"1\"]", j);
      g_string_append (text, "]}");
    }
  g_string_append (text, "]}}");
  body = wire_bytes (text->str);

  g_assert_null (sy_prom_answer_parse (body, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_SAMPLE_LIMIT);
}

static void
test_discovery (void)
{
  g_autoptr (SyPromAnswer) metadata =
    parse ("{\"status\":\"success\",\"data\":{\"a_total\":[{\"type\":\"counter\",\"help\":\"h\",\"unit\":\"\"},"
           "{\"type\":\"gauge\",\"help\":\"other\",\"unit\":\"\"}],\"b\":[]}}");
  g_autoptr (SyPromAnswer) series = parse ("{\"status\":\"success\",\"data\":[{\"__name__\":\"a\"}]}");
  g_autoptr (SyPromAnswer) version = parse ("{\"status\":\"success\",\"data\":{\"version\":\"2.42.0\",\"revision\":\"r\"}}");
  guint n;
  const SyPromMetadata *one = sy_prom_answer_get_metadata (metadata, &n);

  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (one[0].metric, ==, "a_total");
  g_assert_cmpstr (one[0].type, ==, "counter");
  g_assert_cmpint (sy_prom_answer_get_kind (series), ==, SY_PROM_SERIES);
  g_assert_cmpstr (sy_prom_answer_get_version (version), ==, "2.42.0");
}

/* What a real server of version 2.42 says is what its file's name says. */
static void
test_captured (void)
{
  static const struct { const char *name; SyPromKind kind; int code; } files[] = {
    { "query_vector", SY_PROM_VECTOR, 0 }, { "query_matrix", SY_PROM_MATRIX, 0 }, { "query_scalar", SY_PROM_SCALAR, 0 },
    { "query_string", SY_PROM_STRING, 0 }, { "query_nan_inf", SY_PROM_VECTOR, 0 }, { "query_empty", SY_PROM_VECTOR, 0 },
    { "query_range_rate", SY_PROM_MATRIX, 0 }, { "query_range_up", SY_PROM_MATRIX, 0 }, { "query_p95", SY_PROM_VECTOR, 0 },
    { "query_stats", SY_PROM_VECTOR, 0 }, { "query_post", SY_PROM_VECTOR, 0 }, { "query_div0", SY_PROM_VECTOR, 0 },
    { "labels", SY_PROM_NAMES, 0 }, { "label_values_job", SY_PROM_NAMES, 0 }, { "label_values_name", SY_PROM_NAMES, 0 },
    { "series", SY_PROM_SERIES, 0 }, { "series_nomatch", 0, SY_ERROR_QUERY }, { "metadata", SY_PROM_METADATA, 0 },
    { "metadata_one", SY_PROM_METADATA, 0 }, { "buildinfo", SY_PROM_BUILD_INFO, 0 },
    { "err_parse", 0, SY_ERROR_QUERY }, { "err_exec_manytomany", 0, SY_ERROR_QUERY }, { "err_toomany", 0, SY_ERROR_QUERY },
    { "err_step0", 0, SY_ERROR_QUERY }, { "err_endbefore", 0, SY_ERROR_QUERY }, { "err_regex", 0, SY_ERROR_QUERY },
    { "err_missing", 0, SY_ERROR_QUERY }, { "err_timeout", 0, SY_ERROR_QUERY },
  };
  g_autofree char *directory = wire_data_path ("expositions/promapi");

  if (directory == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.json", directory, files[i].name);
      g_autoptr (GBytes) body = wire_read (path);
      g_autoptr (GError) error = NULL;
      g_autoptr (SyPromAnswer) answer = sy_prom_answer_parse (body, &error);

      g_test_message ("%s: %s", files[i].name, error != NULL ? error->message : "read");
      if (files[i].code != 0)
        {
          g_assert_error (error, SY_ERROR, files[i].code);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint (sy_prom_answer_get_kind (answer), ==, files[i].kind);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/prom-answer/vector", test_vector);
  g_test_add_func ("/prom-answer/empty", test_empty);
  g_test_add_func ("/prom-answer/native-histograms", test_native_histograms);
  g_test_add_func ("/prom-answer/warnings", test_warnings);
  g_test_add_func ("/prom-answer/refusals", test_refusals);
  g_test_add_func ("/prom-answer/cut", test_cut);
  g_test_add_func ("/prom-answer/point-limit", test_point_limit);
  g_test_add_func ("/prom-answer/discovery", test_discovery);
  g_test_add_func ("/prom-answer/captured", test_captured);

  return g_test_run ();
}
