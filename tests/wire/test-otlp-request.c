/* test-otlp-request.c: a push is read whole, in part, or named wrong
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-otlp-request.h"
#include "wire-fixture.h"

#define METRICS(list) "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[" list "]}]}]}"
#define DELTA_SUM(value) "{\"name\":\"a\",\"sum\":{\"aggregationTemporality\":1,\"isMonotonic\":true,\"dataPoints\":[{\"asDouble\":" value "}]}}"
#define GAUGE(points) METRICS ("{\"name\":\"a\",\"gauge\":{\"dataPoints\":[" points "]}}")

static SyOtlpRequest *
parse (const char *text)
{
  g_autoptr (GBytes) body = wire_bytes (text);
  g_autoptr (GError) error = NULL;
  SyOtlpRequest *request = sy_otlp_request_parse (body, NULL, &error);

  g_assert_no_error (error);
  return request;
}

static const SyOtlpMetric *
get_metric (SyOtlpRequest *request,
            guint          index)
{
  guint n;
  const SyOtlpResource *resources = sy_otlp_request_get_resources (request, &n);

  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (resources[0].n_metrics, >, index);
  return &resources[0].metrics[index];
}

static void
test_numbers (void)
{
  g_autoptr (SyOtlpRequest) request =
    parse (GAUGE ("{\"asInt\":\"-7\",\"timeUnixNano\":\"1795000000123456789\",\"startTimeUnixNano\":1795000000000000001},"
                  "{\"asDouble\":0.25},{\"asDouble\":\"NaN\"},{\"asDouble\":\"-Infinity\"},{\"asInt\":5},{\"asDouble\":null}"));
  const SyOtlpMetric *metric = get_metric (request, 0);

  g_assert_cmpint (metric->kind, ==, SY_OTLP_GAUGE);
  g_assert_cmpuint (metric->n_points, ==, 6);
  g_assert_cmpfloat (metric->points[0].value, ==, -7);
  g_assert_cmpint (metric->points[0].time_ns, ==, G_GINT64_CONSTANT (1795000000123456789));
  g_assert_cmpint (metric->points[0].start_ns, ==, G_GINT64_CONSTANT (1795000000000000001));
  g_assert_cmpfloat (metric->points[1].value, ==, 0.25);
  g_assert_cmpint (metric->points[1].time_ns, ==, 0);
  g_assert_true (isnan (metric->points[2].value));
  g_assert_cmpfloat (metric->points[3].value, ==, -INFINITY);
  g_assert_cmpfloat (metric->points[4].value, ==, 5);
  g_assert_cmpfloat (metric->points[5].value, ==, 0);
}

/* Members in any order, unknown ones in any place. */
static void
test_order (void)
{
  g_autoptr (SyOtlpRequest) request =
    parse ("{\"new\":[{}],\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"sum\":{\"dataPoints\":[{\"asInt\":1,\"x\":{}}],"
           "\"isMonotonic\":true,\"aggregationTemporality\":2,\"y\":1},\"name\":\"n\",\"unit\":\"s\",\"description\":\"d\"},"
           "{\"name\":\"other\",\"rocket\":{}}],\"scope\":{\"version\":\"2\",\"name\":\"lib\"}}],"
           "\"resource\":{\"attributes\":[{\"value\":{\"stringValue\":\"shop\"},\"key\":\"service.name\"}]},\"schemaUrl\":\"u\"}]}");
  guint n;
  const SyOtlpResource *resource = sy_otlp_request_get_resources (request, &n);
  const SyOtlpMetric *metric = get_metric (request, 0);

  g_assert_cmpstr (resource->service, ==, "shop");
  g_assert_cmpstr (resource->instance, ==, "");
  g_assert_cmpuint (resource->n_metrics, ==, 1);
  g_assert_cmpstr (metric->name, ==, "n");
  g_assert_cmpstr (metric->unit, ==, "s");
  g_assert_cmpstr (metric->help, ==, "d");
  g_assert_cmpstr (metric->scope, ==, "lib");
  g_assert_cmpstr (metric->scope_version, ==, "2");
  g_assert_cmpint (metric->temporality, ==, SY_OTLP_CUMULATIVE);
  g_assert_true (metric->is_monotonic);
}

static void
test_attributes (void)
{
  g_autoptr (SyOtlpRequest) request =
    parse (GAUGE ("{\"attributes\":[{\"key\":\"http.route\",\"value\":{\"stringValue\":\"/a\"}},{\"key\":\"z\",\"value\":{\"boolValue\":true}},"
                  "{\"key\":\"code\",\"value\":{\"intValue\":\"200\"}},{\"key\":\"list\",\"value\":{\"arrayValue\":{\"values\":[]}}},"
                  "{\"key\":\"none\"},{\"key\":\"empty\",\"value\":{\"stringValue\":\"\"}},{\"key\":\"2x\",\"value\":{\"doubleValue\":1.5}},"
                  "{\"key\":\"le\",\"value\":{\"stringValue\":\"1\"}},{\"key\":\"http_route\",\"value\":{\"stringValue\":\"/b\"}}]}"));
  const SyOtlpPoint *point = get_metric (request, 0)->points;
  static const char *const expected[][2] = {
    { "code", "200" }, { "exported_le", "1" }, { "http_route", "/a;/b" }, { "key_2x", "1.5" }, { "list", "{\"values\":[]}" }, { "z", "true" },
  };

  g_assert_cmpuint (point->n_labels, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < point->n_labels; i++)
    {
      g_assert_cmpstr (point->labels[i].name, ==, expected[i][0]);
      g_assert_cmpstr (point->labels[i].value, ==, expected[i][1]);
    }
}

static void
test_instance (void)
{
  g_autoptr (SyOtlpRequest) request =
    parse ("{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"process.pid\",\"value\":{\"intValue\":12}},"
           "{\"key\":\"host.name\",\"value\":{\"stringValue\":\"h\"}}]}}]}");
  guint n;

  g_assert_cmpstr (sy_otlp_request_get_resources (request, &n)->instance, ==, "h:12");
}

/* Not taken, with the place; what stands beside it is. */
static void
test_rejected (void)
{
  static const struct {
    const char *metric;
    const char *why;
  } cases[] = {
    { "{\"name\":\"a\",\"sum\":{\"dataPoints\":[{\"asInt\":1}]}}", "sum.dataPoints[0]: aggregationTemporality is not told" },
    { "{\"name\":\"a\",\"sum\":{\"aggregationTemporality\":1,\"dataPoints\":[{\"asInt\":1}]}}",
      "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative" },
    { "{\"name\":\"a\",\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{\"bucketCounts\":[1],\"explicitBounds\":[1]}]}}",
      "one more than explicitBounds" },
    { "{\"name\":\"a\",\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{\"bucketCounts\":[1,1,1],\"explicitBounds\":[2,1]}]}}",
      "do not ascend" },
    { "{\"name\":\"a\",\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{\"bucketCounts\":[-1,1],\"explicitBounds\":[1]}]}}",
      "negative or not finite" },
    { "{\"name\":\"a\",\"exponentialHistogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{\"scale\":21}]}}", "scale is outside" },
    { "{\"name\":\"a\",\"gauge\":{\"dataPoints\":[{\"startTimeUnixNano\":-1}]}}", "before 1970" },
    { "{\"name\":\"a\",\"summary\":{\"dataPoints\":[{\"explicitBounds\":[1]}]}}", "not for a summary" },
    { "{\"name\":\"a\",\"gauge\":{\"dataPoints\":[{\"bucketCounts\":[1]}]}}", "not for a gauge or a sum" },
    { "{\"name\":\"a\",\"sum\":{\"aggregationTemporality\":2,\"dataPoints\":[{\"quantileValues\":[{}]}]}}", "not for a gauge or a sum" },
    { DELTA_SUM ("\"NaN\""), "a delta is not finite" },
    { DELTA_SUM ("\"Infinity\""), "a delta is not finite" },
    { DELTA_SUM ("-1"), "a delta is negative" },
    { "{\"name\":\"a\",\"histogram\":{\"aggregationTemporality\":1,\"dataPoints\":[{\"sum\":\"-Infinity\"}]}}", "a delta is not finite" },
    { "{\"name\":\"a\",\"exponentialHistogram\":{\"aggregationTemporality\":1,\"dataPoints\":[{\"sum\":\"Infinity\"}]}}",
      "a delta is not finite" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (METRICS ("%s,{\"name\":\"good\",\"gauge\":{\"dataPoints\":[{\"asInt\":1}]}}"), cases[i].metric);
      g_autoptr (SyOtlpRequest) request = parse (text);
      const char *why;

      g_assert_cmpuint (sy_otlp_request_get_n_rejected (request, &why), ==, 1);
      g_assert_true (g_str_has_prefix (why, "resourceMetrics[0].scopeMetrics[0].metrics[0]."));
      g_assert_nonnull (strstr (why, cases[i].why));
      g_assert_cmpuint (sy_otlp_request_get_n_points (request), ==, 1);
    }
}

/* What is counted since a start may be infinite, or not known: the next point says anew. */
static void
test_cumulative (void)
{
  g_autoptr (SyOtlpRequest) request =
    parse (METRICS ("{\"name\":\"a\",\"sum\":{\"aggregationTemporality\":2,\"isMonotonic\":true,\"dataPoints\":[{\"asDouble\":\"NaN\"}]}},"
                    "{\"name\":\"h\",\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{\"sum\":\"Infinity\",\"count\":1}]}}"));

  g_assert_cmpuint (sy_otlp_request_get_n_rejected (request, NULL), ==, 0);
  g_assert_cmpuint (sy_otlp_request_get_n_points (request), ==, 2);
}

static void
test_long_labels (void)
{
  g_autofree char *value = g_strnfill (3000, 'x');
  g_autofree char *point = g_strdup_printf (GAUGE ("{\"attributes\":[{\"key\":\"a\",\"value\":{\"stringValue\":\"%s\"}}]}"), value);
  g_autofree char *resource = g_strdup_printf ("{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"a\",\"value\":{\"stringValue\":\"%s\"}}]}}]}", value);
  g_autoptr (SyOtlpRequest) refused = parse (point);
  g_autoptr (SyOtlpRequest) cut = parse (resource);
  guint n;

  g_assert_cmpuint (sy_otlp_request_get_n_rejected (refused, NULL), ==, 1);
  g_assert_cmpuint (strlen (sy_otlp_request_get_resources (cut, &n)->attributes[0].value), ==, 2048);
}

/* "There is no value" is not a value, and not a fault. */
static void
test_no_value (void)
{
  g_autoptr (SyOtlpRequest) request = parse (GAUGE ("{\"flags\":1},{\"asInt\":1,\"flags\":\"2\"}"));

  g_assert_cmpuint (get_metric (request, 0)->n_points, ==, 1);
  g_assert_cmpuint (sy_otlp_request_get_n_rejected (request, NULL), ==, 0);
}

static void
test_kinds (void)
{
  g_autoptr (SyOtlpRequest) request =
    parse (METRICS ("{\"name\":\"h\",\"histogram\":{\"aggregationTemporality\":1,\"dataPoints\":[{\"count\":\"3\",\"sum\":1.5,"
                    "\"bucketCounts\":[\"1\",2],\"explicitBounds\":[0.5]}]}},"
                    "{\"name\":\"e\",\"exponentialHistogram\":{\"aggregationTemporality\":\"AGGREGATION_TEMPORALITY_CUMULATIVE\","
                    "\"dataPoints\":[{\"count\":9,\"scale\":-1,\"zeroCount\":2,\"positive\":{\"offset\":-3,\"bucketCounts\":[4]},"
                    "\"negative\":{\"offset\":1,\"bucketCounts\":[1,2]}}]}},"
                    "{\"name\":\"s\",\"summary\":{\"dataPoints\":[{\"count\":4,\"sum\":8,\"quantileValues\":[{\"quantile\":0.5,\"value\":2},{}]}]}}"));
  const SyOtlpMetric *histogram = get_metric (request, 0);
  const SyOtlpMetric *exponential = get_metric (request, 1);
  const SyOtlpMetric *summary = get_metric (request, 2);

  g_assert_cmpint (histogram->temporality, ==, SY_OTLP_DELTA);
  g_assert_cmpfloat (histogram->points[0].count, ==, 3);
  g_assert_cmpfloat (histogram->points[0].counts[1], ==, 2);
  g_assert_cmpfloat (histogram->points[0].bounds[0], ==, 0.5);
  g_assert_cmpint (exponential->temporality, ==, SY_OTLP_CUMULATIVE);
  g_assert_cmpint (exponential->points[0].scale, ==, -1);
  g_assert_cmpint (exponential->points[0].offset, ==, -3);
  g_assert_cmpfloat (exponential->points[0].below, ==, 5);
  g_assert_true (isnan (exponential->points[0].sum));
  g_assert_cmpuint (summary->points[0].n_bounds, ==, 2);
  g_assert_cmpfloat (summary->points[0].counts[0], ==, 2);
}

/* Nothing told is not zero. */
static void
test_null_sum (void)
{
  g_autoptr (SyOtlpRequest) request =
    parse (METRICS ("{\"name\":\"h\",\"histogram\":{\"aggregationTemporality\":1,\"dataPoints\":[{\"count\":1,\"sum\":null},{\"count\":1,\"sum\":0}]}}"));
  const SyOtlpMetric *metric = get_metric (request, 0);

  g_assert_true (isnan (metric->points[0].sum));
  g_assert_cmpfloat (metric->points[1].sum, ==, 0);
}

static void
test_errors (void)
{
  static const struct {
    const char *text;
    int         code;
    const char *message;
  } cases[] = {
    { "", SY_ERROR_PARSE, "1:1: " },
    { "[]", SY_ERROR_PARSE, "1:1: the request: expected an object" },
    { "{\"resourceMetrics\":{}}", SY_ERROR_PARSE, "1:20: resourceMetrics: expected a list" },
    { "{\"resourceMetrics\":[\n1]}", SY_ERROR_PARSE, "2:1: resourceMetrics[0]: expected an object" },
    { GAUGE ("{\"asDouble\":\"12 ms\"}"), SY_ERROR_PARSE, "metrics[0].gauge.dataPoints[0].asDouble: expected a number" },
    { GAUGE ("{\"asDouble\":true}"), SY_ERROR_PARSE, "asDouble: expected a number" },
    { GAUGE ("{\"attributes\":[{\"key\":5}]}"), SY_ERROR_PARSE, "attributes[0].key: expected a string" },
    { METRICS ("{\"name\":\"\",\"gauge\":{}}"), SY_ERROR_PARSE, "metrics[0]: expected a metric with a name" },
    { METRICS ("{\"name\":\"a\",\"sum\":{\"isMonotonic\":1}}"), SY_ERROR_PARSE, "isMonotonic: expected true or false" },
    { "{\"resourceMetrics\":[", SY_ERROR_PARSE, "found the end" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = wire_bytes (cases[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (sy_otlp_request_parse (body, NULL, &error));
      g_assert_error (error, SY_ERROR, cases[i].code);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].message));
      g_assert_true (g_ascii_isdigit (error->message[0]));
    }
}

static void
test_limit (void)
{
  SyExpositionLimits limits = SY_EXPOSITION_LIMITS_DEFAULT;
  g_autoptr (GBytes) body = wire_bytes (GAUGE ("{},{},{}"));
  g_autoptr (GError) error = NULL;
  g_autoptr (SyOtlpRequest) request = NULL;

  limits.max_samples = 2;
  g_assert_null (sy_otlp_request_parse (body, &limits, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_SAMPLE_LIMIT);
  g_clear_error (&error);

  limits.max_samples = 3;
  request = sy_otlp_request_parse (body, &limits, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sy_otlp_request_get_n_points (request), ==, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/otlp-request/numbers", test_numbers);
  g_test_add_func ("/otlp-request/order", test_order);
  g_test_add_func ("/otlp-request/attributes", test_attributes);
  g_test_add_func ("/otlp-request/instance", test_instance);
  g_test_add_func ("/otlp-request/rejected", test_rejected);
  g_test_add_func ("/otlp-request/cumulative", test_cumulative);
  g_test_add_func ("/otlp-request/long-labels", test_long_labels);
  g_test_add_func ("/otlp-request/no-value", test_no_value);
  g_test_add_func ("/otlp-request/kinds", test_kinds);
  g_test_add_func ("/otlp-request/null-sum", test_null_sum);
  g_test_add_func ("/otlp-request/errors", test_errors);
  g_test_add_func ("/otlp-request/limit", test_limit);

  return g_test_run ();
}
