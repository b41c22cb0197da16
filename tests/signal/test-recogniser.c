/* test-recogniser.c: every metric gets its role, and no other
 *
 * expositions/rolemap.json (found by STEELYARD_DATA) says which metric plays
 * which role in the bodies of real exporters; the small bodies here are for
 * rules that no captured body has.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-recogniser.h"

static SyRecogniser *
load_recogniser (void)
{
  g_autofree char *directory = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (GError) error = NULL;
  SyRecogniser *recogniser = sy_recogniser_new_from_directory (directory, &error);

  g_assert_no_error (error);

  return recogniser;
}

static SyMapping *
match_text (SyRecogniser *recogniser,
            const char   *text,
            gsize         length,
            SyFormat      format)
{
  g_autoptr (GBytes) body = g_bytes_new (text, length);
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyExposition) exposition = sy_exposition_parse (body, format, &SY_EXPOSITION_LIMITS_DEFAULT, table, &error);

  g_assert_no_error (error);

  return sy_recogniser_match (recogniser, exposition);
}

static SyMapping *
match_file (SyRecogniser *recogniser,
            const char   *path)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return NULL;

  return match_text (recogniser, text, length,
                     strstr (path, ".om.") != NULL ? SY_FORMAT_OPENMETRICS : SY_FORMAT_PROMETHEUS);
}

static gboolean
has_row (const SyMapping *mapping,
         JsonObject      *row)
{
  for (guint i = 0; i < sy_mapping_get_n_signals (mapping); i++)
    {
      const SySignal *signal = sy_mapping_get_signal (mapping, i);

      if (g_str_equal (signal->role, json_object_get_string_member (row, "role"))
          && g_str_equal (signal->metric, json_object_get_string_member (row, "metric"))
          && g_str_equal (sy_metric_type_nick (signal->type), json_object_get_string_member (row, "type"))
          && g_str_equal (signal->unit, json_object_get_string_member (row, "unit")))
        return TRUE;
    }

  return FALSE;
}

/* A metric that the map lists for this exporter may play its roles there and,
 * derived, no more than requests and inflight. Returns how many do not. */
static guint
count_other_roles (const SyMapping *mapping,
                   JsonArray       *rows,
                   const char      *exporter,
                   const char      *name)
{
  guint n_wrong = 0;

  for (guint i = 0; i < sy_mapping_get_n_signals (mapping); i++)
    {
      const SySignal *signal = sy_mapping_get_signal (mapping, i);
      gboolean listed = FALSE, right = FALSE;

      if (signal->how == SY_HOW_LITTLES_LAW || signal->how == SY_HOW_DURATION_COUNT || signal->how == SY_HOW_STARTED_MINUS_FINISHED)
        continue;
      /* the jobs of a queue by state: waiting and active, says its note */
      if (g_str_equal (signal->metric, "bullmq_job_count"))
        continue;

      for (guint j = 0; j < json_array_get_length (rows); j++)
        {
          JsonObject *row = json_array_get_object_element (rows, j);

          if (!g_str_equal (json_object_get_string_member (row, "exporter"), exporter)
              || !g_str_equal (json_object_get_string_member (row, "metric"), signal->metric))
            continue;
          listed = TRUE;
          right = right || g_str_equal (json_object_get_string_member (row, "role"), signal->role);
        }
      if (!listed || right)
        continue;
      g_test_message ("%s: wrong: %s is %s", name, signal->metric, signal->role);
      n_wrong++;
    }

  return n_wrong;
}

/* A metric is listed once for a role, however many files know it. */
static void
check_unique (const SyMapping *mapping)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < sy_mapping_get_n_signals (mapping); i++)
    {
      const SySignal *signal = sy_mapping_get_signal (mapping, i);

      g_test_message ("%s %s", signal->role, signal->metric);
      g_assert_true (g_hash_table_add (seen, g_strconcat (signal->role, " ", signal->metric, NULL)));
    }
}

static void
test_rolemap (void)
{
  static const char * const suffixes[] = { ".1.prom", ".2.prom", ".om.1.prom", ".om.2.prom" };
  const char *data = g_getenv ("STEELYARD_DATA");
  g_autoptr (SyRecogniser) recogniser = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *rows;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_rows = 0, n_agreed = 0, n_wrong = 0;

  if (data == NULL)
    {
      g_test_skip ("STEELYARD_DATA is not set");
      return;
    }

  recogniser = load_recogniser ();
  path = g_build_filename (data, "expositions", "rolemap.json", NULL);
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  rows = json_node_get_array (json_parser_get_root (parser));

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      const char *exporter = json_object_get_string_member (row, "exporter");
      gboolean forbidden = g_str_has_prefix (json_object_get_string_member (row, "role"), "NOT_");
      gboolean has_body = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (suffixes); j++)
        {
          g_autofree char *name = g_strconcat (exporter, suffixes[j], NULL);
          g_autofree char *body = g_build_filename (data, "expositions", name, NULL);
          g_autoptr (SyMapping) mapping = match_file (recogniser, body);
          gboolean agreed = forbidden;

          if (mapping == NULL)
            continue;

          n_rows++;
          has_body = TRUE;
          if (g_hash_table_add (seen, g_strdup (name)))
            n_wrong += count_other_roles (mapping, rows, exporter, name);
          if (!forbidden)
            agreed = has_row (mapping, row);
          else
            for (guint k = 0; k < sy_mapping_get_n_signals (mapping); k++)
              agreed = agreed && !g_str_equal (sy_mapping_get_signal (mapping, k)->metric, json_object_get_string_member (row, "metric"));
          n_agreed += agreed ? 1 : 0;
          if (!agreed)
            g_test_message ("%s: missing: %s is not %s", name, json_object_get_string_member (row, "metric"), json_object_get_string_member (row, "role"));
        }
      if (!has_body)
        g_test_fail_printf ("%s: no body of it is there", exporter);
    }

  g_test_message ("%u bodies: %u of %u rows agree, %u wrong", g_hash_table_size (seen), n_agreed, n_rows, n_wrong);
  g_assert_cmpuint (n_rows, >=, json_array_get_length (rows));
  g_assert_cmpuint (n_agreed, ==, n_rows);
  g_assert_cmpuint (n_wrong, ==, 0);
}

static const struct {
  const char *body;
  const char *exporter;
  const char *runtime;
  const char *framework;
} names[] = {
  { "node-express-prom-bundle", "express-prom-bundle", "Node.js", "express" },
  { "node-express-promclient", "prom-client", "Node.js", NULL },
  { "node-fastify-metrics", "fastify-metrics", "Node.js", "fastify" },
  { "node-koa-promclient", "prom-client", "Node.js", "koa" },
  { "node-swagger-stats", "swagger-stats", "Node.js", "express" },
  { "node-otel-http", "opentelemetry-js", "Node.js", NULL },
  { "node-bullmq", "bullmq", "Node.js", "bullmq" },
  { "py-flask-exporter", "prometheus-flask-exporter", "Python", "flask" },
  { "py-flask-gunicorn-multiproc", "prometheus_client", "Python", "flask" },
  { "py-django-prometheus-2.2.0", "django-prometheus", "Python", "django" },
  { "py-fastapi-instrumentator", "prometheus-fastapi-instrumentator", "Python", "fastapi" },
  { "py-starlette-exporter", "starlette-exporter", "Python", "starlette" },
  { "py-otel-flask", "opentelemetry-python", "Python", "flask" },
  { "py-prometheus-client-0.25", "prometheus_client", "Python", NULL },
  { "py-celery-exporter", "celery-exporter", "Python", "celery" },
  { "caddy", "caddy", "Go", "caddy" },
  { "haproxy", "haproxy", NULL, NULL },
  { "nginx-exporter", "nginx-prometheus-exporter", NULL, NULL },
  { "node-exporter", "node-exporter", "Go", NULL },
  { "prometheus-server", "prometheus", "Go", NULL },
};

static void
test_names (void)
{
  const char *data = g_getenv ("STEELYARD_DATA");
  g_autoptr (SyRecogniser) recogniser = NULL;

  if (data == NULL)
    {
      g_test_skip ("STEELYARD_DATA is not set");
      return;
    }

  recogniser = load_recogniser ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strconcat (names[i].body, ".1.prom", NULL);
      g_autofree char *path = g_build_filename (data, "expositions", name, NULL);
      g_autoptr (SyMapping) mapping = match_file (recogniser, path);

      g_assert_nonnull (mapping);
      g_test_message ("%s", name);
      g_assert_cmpstr (sy_mapping_get_exporter (mapping), ==, names[i].exporter);
      g_assert_cmpstr (sy_mapping_get_runtime (mapping), ==, names[i].runtime);
      g_assert_cmpstr (sy_mapping_get_framework (mapping), ==, names[i].framework);
    }
}

#define COUNTER(name, labels) "# TYPE " name " counter\n" name labels " 3\n"
#define GAUGE(name, labels) "# TYPE " name " gauge\n" name labels " 3\n"
#define HISTOGRAM(name, labels) \
  "# TYPE " name " histogram\n" name "_bucket{" labels "le=\"+Inf\"} 2\n" name "_sum{" labels "} 3\n" name "_count{" labels "} 2\n"

/* What servers say by their documentation or source, a few lines of each. */
static const struct {
  const char *body;
  const char *exporter, *runtime, *framework;
  const char *roles[8]; /* role, metric, role, metric, … */
  gboolean    unconfirmed;
} known[] = {
  { COUNTER ("traefik_entrypoint_requests_total", "{code=\"200\",entrypoint=\"web\"}")
    HISTOGRAM ("traefik_entrypoint_request_duration_seconds", "entrypoint=\"web\",") HISTOGRAM ("traefik_service_request_duration_seconds", "")
    GAUGE ("traefik_open_connections", "{entrypoint=\"web\"}"), "traefik", "Go", "traefik",
    { "requests", "traefik_entrypoint_requests_total", "duration", "traefik_entrypoint_request_duration_seconds" }, TRUE },
  { COUNTER ("nginx_ingress_controller_requests", "{status=\"200\"}") HISTOGRAM ("nginx_ingress_controller_request_duration_seconds", "")
    COUNTER ("nginx_ingress_controller_nginx_process_cpu_seconds_total", "") COUNTER ("process_cpu_seconds_total", ""), "ingress-nginx", NULL, "nginx",
    { "requests", "nginx_ingress_controller_requests", "cpu", "nginx_ingress_controller_nginx_process_cpu_seconds_total" }, TRUE },
  { COUNTER ("envoy_http_downstream_rq_total", "") COUNTER ("envoy_http_downstream_rq_xx", "{envoy_response_code_class=\"5\"}")
    HISTOGRAM ("envoy_http_downstream_rq_time", "") GAUGE ("envoy_http_downstream_rq_active", ""), "envoy", NULL, "envoy",
    { "duration", "envoy_http_downstream_rq_time", "errors_5xx", "envoy_http_downstream_rq_xx", "inflight", "envoy_http_downstream_rq_active" }, TRUE },
  { COUNTER ("axum_http_requests_total", "") HISTOGRAM ("axum_http_requests_duration_seconds", "") GAUGE ("axum_http_requests_pending", ""),
    "axum-prometheus", "Rust", "axum", { "inflight", "axum_http_requests_pending", "duration", "axum_http_requests_duration_seconds" }, TRUE },
  { "# TYPE http_server_requests_seconds summary\nhttp_server_requests_seconds_count{status=\"200\"} 3\nhttp_server_requests_seconds_sum{status=\"200\"} 1\n"
    GAUGE ("tomcat_threads_busy_threads", "") GAUGE ("jvm_threads_live_threads", ""), "micrometer", "JVM", "spring-boot",
    { "duration", "http_server_requests_seconds", "inflight", "tomcat_threads_busy_threads", "threads", "jvm_threads_live_threads" }, TRUE },
  { COUNTER ("http_server_requests_total", "") COUNTER ("http_server_exceptions_total", "") HISTOGRAM ("http_server_request_duration_seconds", ""),
    "client_ruby", "Ruby", "rack", { "exceptions", "http_server_exceptions_total", "requests", "http_server_requests_total" }, TRUE },
  { COUNTER ("ruby_http_requests_total", "") GAUGE ("ruby_puma_busy_threads", "") GAUGE ("ruby_puma_request_backlog", ""), "prometheus_exporter", "Ruby", NULL,
    { "requests", "ruby_http_requests_total", "workers_busy", "ruby_puma_busy_threads", "queue", "ruby_puma_request_backlog" }, TRUE },
  { COUNTER ("http_requests_received_total", "{code=\"200\"}") HISTOGRAM ("http_request_duration_seconds", "") GAUGE ("http_requests_in_progress", ""),
    "prometheus-net", ".NET", "asp.net-core", { "requests", "http_requests_received_total", "inflight", "http_requests_in_progress" }, TRUE },
  { GAUGE ("target_info", "{telemetry_sdk_name=\"opentelemetry\"}") GAUGE ("kestrel_active_connections", "")
    HISTOGRAM ("http_server_request_duration_seconds", "") GAUGE ("http_server_active_requests", ""), "opentelemetry", ".NET", "asp.net-core",
    { "duration", "http_server_request_duration_seconds", "inflight", "http_server_active_requests", "connections", "kestrel_active_connections" }, FALSE },
  { GAUGE ("target_info", "{telemetry_sdk_name=\"opentelemetry\"}") HISTOGRAM ("http_server_duration_milliseconds", "")
    COUNTER ("jvm_cpu_time_seconds_total", ""), "opentelemetry", NULL, NULL,
    { "duration", "http_server_duration_milliseconds", "cpu", "jvm_cpu_time_seconds_total" }, FALSE },
  { HISTOGRAM ("vllm:e2e_request_latency_seconds", "") GAUGE ("vllm:num_requests_running", "") GAUGE ("vllm:num_requests_waiting", "")
    HISTOGRAM ("http_request_duration_highr_seconds", ""), "vllm", "Python", "vllm",
    { "duration", "vllm:e2e_request_latency_seconds", "inflight", "vllm:num_requests_running", "queue", "vllm:num_requests_waiting" }, TRUE },
  { COUNTER ("litellm_spend_metric_total", "") COUNTER ("litellm_proxy_total_requests_metric_total", "{status_code=\"200\"}")
    HISTOGRAM ("litellm_request_total_latency_metric", ""), "litellm", "Python", "litellm",
    { "spend", "litellm_spend_metric_total", "requests", "litellm_proxy_total_requests_metric_total" }, TRUE },
  { COUNTER ("gunicorn_requests", "") GAUGE ("gunicorn_workers", ""), "gunicorn-statsd", "Python", "gunicorn",
    { "requests", "gunicorn_requests", "workers", "gunicorn_workers" }, TRUE },
  { "# HELP jobs_in_progress Multiprocess metric\n" GAUGE ("jobs_in_progress", "{pid=\"7\"}"), "prometheus_client", "Python", NULL, { NULL }, FALSE },
  { HISTOGRAM ("http_request_duration_seconds", "status_code=\"200\",")
    "# TYPE http_request_duration_per_percentile_seconds summary\nhttp_request_duration_per_percentile_seconds{quantile=\"0.5\"} 1\n"
    COUNTER ("http_requests_total", "{status_code=\"200\"}") GAUGE ("nodejs_up", ""), "promster", "Node.js", NULL,
    { "duration", "http_request_duration_seconds", "duration_summary", "http_request_duration_per_percentile_seconds", "up", "nodejs_up" }, FALSE },
  { HISTOGRAM ("http_request_duration_seconds", "status=\"200\",ok=\"true\",") COUNTER ("http_requests_total", "{status=\"200\",ok=\"true\"}"),
    "hono-prometheus", "Node.js", "hono", { "duration", "http_request_duration_seconds", "requests", "http_requests_total" }, FALSE },
  { HISTOGRAM ("http_request_duration_seconds", "code=\"200\",") GAUGE ("expressjs_number_of_open_connections", ""),
    "prometheus-api-metrics", "Node.js", "express", { "connections", "expressjs_number_of_open_connections" }, FALSE },
  { HISTOGRAM ("http_request_duration_seconds", "status=\"2XX\",") COUNTER ("http_requests_total", "{status=\"2XX\"}"),
    "express-prometheus-middleware", "Node.js", "express", { "requests", "http_requests_total" }, FALSE },
};

static void
test_known_names (void)
{
  g_autoptr (SyRecogniser) recogniser = load_recogniser ();

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (SyMapping) mapping = match_text (recogniser, known[i].body, strlen (known[i].body), SY_FORMAT_PROMETHEUS);

      g_test_message ("%s", known[i].exporter);
      g_assert_cmpstr (sy_mapping_get_exporter (mapping), ==, known[i].exporter);
      g_assert_cmpstr (sy_mapping_get_runtime (mapping), ==, known[i].runtime);
      g_assert_cmpstr (sy_mapping_get_framework (mapping), ==, known[i].framework);
      g_assert_cmpint (sy_mapping_is_unconfirmed (mapping), ==, known[i].unconfirmed);
      check_unique (mapping);

      for (guint j = 0; j + 1 < G_N_ELEMENTS (known[i].roles) && known[i].roles[j] != NULL; j += 2)
        {
          const SySignal *signal = sy_mapping_find (mapping, known[i].roles[j]);

          g_assert_nonnull (signal);
          g_assert_cmpstr (signal->metric, ==, known[i].roles[j + 1]);
        }
    }
}

static const char small_body[] =
  "# TYPE http_requests_total counter\nhttp_requests_total{code=\"200\"} 3\n"
  "# TYPE http_requests_created gauge\nhttp_requests_created{code=\"200\"} 1.79e9\n"
  "# TYPE http_client_request_duration_seconds histogram\nhttp_client_request_duration_seconds_bucket{le=\"+Inf\"} 1\n"
  "# TYPE shop_http_request_duration_ms histogram\nshop_http_request_duration_ms_bucket{le=\"+Inf\"} 1\n"
  "shop_http_request_duration_ms_sum 2\nshop_http_request_duration_ms_count 1\n"
  "# TYPE request_duration histogram\nrequest_duration_bucket{le=\"+Inf\"} 1\n"
  "# TYPE shop_process_cpu_seconds_total counter\nshop_process_cpu_seconds_total 7\n"
  "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 8\n"
  "# TYPE node_disk_flush_requests_total counter\nnode_disk_flush_requests_total 8\n";

static void
test_generic (void)
{
  g_autoptr (SyRecogniser) recogniser = load_recogniser ();
  g_autoptr (SyMapping) mapping = match_text (recogniser, small_body, strlen (small_body), SY_FORMAT_PROMETHEUS);
  const SySignal *signal;

  g_assert_null (sy_mapping_get_exporter (mapping));
  g_assert_null (sy_mapping_get_runtime (mapping));
  g_assert_null (sy_mapping_get_framework (mapping));

  signal = sy_mapping_find (mapping, "duration");
  g_assert_cmpstr (signal->metric, ==, "shop_http_request_duration_ms");
  g_assert_cmpstr (signal->unit, ==, "ms");
  g_assert_cmpfloat (signal->scale, ==, 0.001);
  g_assert_cmpint (signal->how, ==, SY_HOW_HISTOGRAM);

  signal = sy_mapping_find (mapping, "requests");
  g_assert_cmpstr (signal->metric, ==, "http_requests_total");
  g_assert_cmpint (signal->how, ==, SY_HOW_COUNTER);

  signal = sy_mapping_find (mapping, "inflight");
  g_assert_cmpstr (signal->metric, ==, "shop_http_request_duration_ms");
  g_assert_cmpint (signal->how, ==, SY_HOW_LITTLES_LAW);

  /* without a prefix is better */
  g_assert_cmpstr (sy_mapping_find (mapping, "cpu")->metric, ==, "process_cpu_seconds_total");
  g_assert_null (sy_mapping_find (mapping, "errors"));

  g_assert_cmpuint (sy_mapping_get_n_traps (mapping), ==, 1);
  g_assert_cmpstr (sy_mapping_get_trap (mapping, 0)->code, ==, "created-gauge");
  g_assert_cmpstr (sy_mapping_get_trap (mapping, 0)->metric, ==, "http_requests_created");
}

/* A person's own file replaces one of ours, and a broken one hurts no other. */
static void
test_own_files (void)
{
  static const char body[] = "# TYPE shop_orders_total counter\nshop_orders_total 3\n# TYPE axum_http_requests_total counter\naxum_http_requests_total 3\n";
  g_autofree char *directory = sy_datadir_build_path ("recognisers", NULL);
  g_autofree char *own = g_dir_make_tmp ("steelyard-recogniser-XXXXXX", NULL);
  g_autofree char *good = g_build_filename (own, "axum-prometheus.json", NULL);
  g_autofree char *bad = g_build_filename (own, "bad.json", NULL);
  g_autoptr (SyRecogniser) recogniser = NULL;
  g_autoptr (SyRecogniser) without = NULL;
  g_autoptr (SyMapping) mapping = NULL;
  g_autoptr (GError) error = NULL;
  const GPtrArray *problems;

  g_assert_true (g_file_set_contents (good, "{\"schema\": \"steelyard.recogniser/1\", \"exporter\": \"shop\", \"priority\": 500, \"signals\": "
                                      "[{\"role\": \"requests\", \"metric\": \"shop_orders_total\", \"type\": \"counter\", \"unit\": \"1\"}]}", -1, NULL));
  g_assert_true (g_file_set_contents (bad, "{\"schema\": \"steelyard.recogniser/1\", \"signals\": [{\"role\": 1}]}", -1, NULL));

  recogniser = sy_recogniser_new (directory, own, &error);
  g_assert_no_error (error);
  problems = sy_recogniser_get_problems (recogniser);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (((GError *) g_ptr_array_index (problems, 0))->message, "bad.json: signals[0]."));

  mapping = match_text (recogniser, body, strlen (body), SY_FORMAT_PROMETHEUS);
  g_assert_cmpstr (sy_mapping_get_exporter (mapping), ==, "shop");
  g_assert_false (sy_mapping_is_unconfirmed (mapping));
  g_assert_cmpstr (sy_mapping_find (mapping, "requests")->metric, ==, "shop_orders_total");

  g_unlink (good);
  g_unlink (bad);
  g_rmdir (own);

  without = sy_recogniser_new (directory, own, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sy_recogniser_get_problems (without)->len, ==, 0);
}

/* libuv's requests are not HTTP's; the threads of a reference server are claimed
 * by two files. */
static void
test_ignored_and_claimed (void)
{
  static const char body[] =
    "# TYPE nodejs_version_info gauge\nnodejs_version_info 1\n# TYPE nodejs_active_requests gauge\nnodejs_active_requests 3\n"
    "# TYPE steelyard_server_info gauge\nsteelyard_server_info 1\n# TYPE process_threads gauge\nprocess_threads 3\n";
  g_autoptr (SyRecogniser) recogniser = load_recogniser ();
  g_autoptr (SyMapping) mapping = match_text (recogniser, body, strlen (body), SY_FORMAT_PROMETHEUS);

  g_assert_null (sy_mapping_find (mapping, "inflight"));
  g_assert_nonnull (sy_mapping_find (mapping, "threads"));
  check_unique (mapping);
  g_assert_cmpstr (sy_mapping_get_trap (mapping, 0)->code, ==, "libuv-requests");
}

static void
test_nothing (void)
{
  g_autoptr (SyRecogniser) recogniser = load_recogniser ();
  g_autoptr (SyMapping) empty = match_text (recogniser, "", 0, SY_FORMAT_PROMETHEUS);
  g_autoptr (SyMapping) untyped = match_text (recogniser, "http_requests_total 3\n", 22, SY_FORMAT_PROMETHEUS);

  g_assert_cmpuint (sy_mapping_get_n_signals (empty), ==, 0);
  g_assert_cmpuint (sy_mapping_get_n_signals (untyped), ==, 0);
  g_assert_null (sy_mapping_find (empty, "requests"));
}

/* Units of the target win over the rule's; dotted names are the same names. */
static void
test_units (void)
{
  static const char body[] =
    "# TYPE target_info gauge\ntarget_info{service_name=\"x\"} 1\n# TYPE \"nodejs.eventloop.utilization\" gauge\n{\"nodejs.eventloop.utilization\"} 0.5\n"
    "# TYPE http_server_request_duration histogram\n# UNIT http_server_request_duration ms\n"
    "http_server_request_duration_bucket{le=\"+Inf\"} 1\n";
  g_autoptr (SyRecogniser) recogniser = load_recogniser ();
  g_autoptr (SyMapping) mapping = match_text (recogniser, body, strlen (body), SY_FORMAT_PROMETHEUS);

  g_assert_cmpstr (sy_mapping_get_exporter (mapping), ==, "opentelemetry-js");
  g_assert_cmpstr (sy_mapping_find (mapping, "loop_util")->metric, ==, "nodejs.eventloop.utilization");
  g_assert_cmpstr (sy_mapping_find (mapping, "duration")->unit, ==, "ms");
  g_assert_cmpfloat (sy_mapping_find (mapping, "duration")->scale, ==, 0.001);
}

static void
assert_rejected (const char *text,
                 const char *place)
{
  g_autofree char *directory = g_dir_make_tmp ("steelyard-recogniser-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "bad.json", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_null (sy_recogniser_new_from_directory (directory, &error));
  g_assert_true (error != NULL && error->domain == SY_ERROR);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "bad.json: "));
  g_assert_nonnull (strstr (error->message, place));
  g_unlink (path);
  g_rmdir (directory);
}

#define BEGIN "{\"schema\": \"steelyard.recogniser/1\", "

static void
test_errors (void)
{
  g_autoptr (GError) error = NULL;

  assert_rejected ("{\n  \"schema\": }", "2:13: ");
  assert_rejected ("[]", "must be an object");
  assert_rejected ("{}", "schema: is missing");
  assert_rejected ("{\"schema\": \"x\"}", "schema: ");
  assert_rejected (BEGIN "\"sinals\": []}", "sinals: no such member");
  assert_rejected (BEGIN "\"signals\": [{\"role\": \"cpu\", \"metric\": \"x\"}]}", "signals[0].type: is missing");
  assert_rejected (BEGIN "\"signals\": [{\"role\": \"cpu\", \"metric\": \"x\", \"type\": \"guage\"}]}", "signals[0].type: ");
  assert_rejected (BEGIN "\"signals\": [{\"role\": 3, \"metric\": \"x\", \"type\": \"gauge\"}]}", "signals[0].role: must be a string");
  assert_rejected (BEGIN "\"signals\": [{\"role\": \"a\", \"metric\": \"\", \"type\": \"gauge\"}]}", "signals[0].metric: is empty");
  assert_rejected (BEGIN "\"signals\": [{\"role\": \"a\", \"metric\": \"x\", \"type\": \"gauge\", \"where\": {\"l\": [1]}}]}", "signals[0].where.l: ");
  assert_rejected (BEGIN "\"signals\": [{\"role\": \"a\", \"metric\": \"x\", \"type\": \"gauge\", \"aggregate\": \"mean\"}]}", "signals[0].aggregate: ");
  assert_rejected (BEGIN "\"signals\": 5}", "signals: ");
  assert_rejected (BEGIN "\"detect\": {\"all\": [{\"help\": \"x\"}]}}", "detect.all[0].metric: is missing");
  assert_rejected (BEGIN "\"ignore\": [{\"metric\": \"x\", \"trap\": {\"code\": \"y\"}}]}", "ignore[0].trap.message: is missing");

  g_assert_null (sy_recogniser_new_from_directory ("/nonexistent/steelyard", &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recogniser/rolemap", test_rolemap);
  g_test_add_func ("/recogniser/names", test_names);
  g_test_add_func ("/recogniser/generic", test_generic);
  g_test_add_func ("/recogniser/own-files", test_own_files);
  g_test_add_func ("/recogniser/known-names", test_known_names);
  g_test_add_func ("/recogniser/ignored-and-claimed", test_ignored_and_claimed);
  g_test_add_func ("/recogniser/nothing", test_nothing);
  g_test_add_func ("/recogniser/units", test_units);
  g_test_add_func ("/recogniser/errors", test_errors);

  return g_test_run ();
}
