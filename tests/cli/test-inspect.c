/* test-inspect.c: steelyard-cli inspect, as scripts use it
 *
 * Runs the program that STEELYARD_CLI names. With STEELYARD_DATA its JSON is
 * compared with the reference parser's for every captured body, and --strict
 * with the verdicts of the OpenMetrics suite.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <signal.h>
#include <string.h>

typedef struct
{
  int   status;
  char *output;
  char *errors;
} Result;

static void
result_clear (Result *self)
{
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->errors, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

/* Runs `inspect` with @arguments (separated by single blanks) and @body on
 * standard input. */
static void
run (const char *arguments,
     GBytes     *body,
     Result     *result)
{
  g_autofree char *command = g_strconcat (g_getenv ("STEELYARD_CLI"), " inspect ", arguments, NULL);
  g_auto (GStrv) argv = g_strsplit (command, " ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GBytes) err = NULL;
  gsize n_out, n_err;
  const char *text;

  process = g_subprocess_newv ((const char * const *) argv,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate (process, body, NULL, &out, &err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));

  result_clear (result);
  result->status = g_subprocess_get_exit_status (process);
  text = g_bytes_get_data (out, &n_out);
  result->output = g_strndup (text != NULL ? text : "", n_out);
  text = g_bytes_get_data (err, &n_err);
  result->errors = g_strndup (text != NULL ? text : "", n_err);
}

static GBytes *
text_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static GBytes *
read_bytes (const char *path)
{
  g_autofree char *text = NULL;
  gsize length;

  return g_file_get_contents (path, &text, &length, NULL) ? g_bytes_new_take (g_steal_pointer (&text), length) : NULL;
}

static JsonNode *
parse_json (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);

  return node;
}

/* The folder of the data, or NULL after skipping the test. */
static char *
data_path (const char *first,
           const char *second)
{
  const char *data = g_getenv ("STEELYARD_DATA");

  if (data == NULL)
    {
      g_test_skip ("STEELYARD_DATA is not set");
      return NULL;
    }

  return g_build_filename (data, first, second, NULL);
}

/* Names in @folder that end in @suffix. (element-type utf8) */
static GPtrArray *
list_folder (const char *folder,
             const char *suffix)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, suffix))
      g_ptr_array_add (names, g_strdup (name));

  return names;
}

/* Numbers as JSON has them, and the three that it has not. */
static double
node_number (JsonNode *node)
{
  return json_node_get_value_type (node) == G_TYPE_STRING ? g_ascii_strtod (json_node_get_string (node), NULL)
                                                          : json_node_get_double (node);
}

static void
assert_same_number (double got,
                    double expected)
{
  if (isnan (expected))
    g_assert_true (isnan (got));
  else
    g_assert_cmpfloat (got, ==, expected);
}

static void
assert_same_labels (JsonObject *got,
                    JsonObject *expected)
{
  JsonNode *first = json_node_init_object (json_node_alloc (), got);
  JsonNode *second = json_node_init_object (json_node_alloc (), expected);

  g_assert_true (json_node_equal (first, second));
  json_node_unref (first);
  json_node_unref (second);
}

static void
assert_same_sample (JsonObject *got,
                    JsonArray  *expected)
{
  JsonNode *exemplar = json_object_get_member (got, "exemplar");

  g_assert_cmpstr (json_object_get_string_member (got, "name"), ==, json_array_get_string_element (expected, 0));
  assert_same_labels (json_object_get_object_member (got, "labels"), json_array_get_object_element (expected, 1));
  assert_same_number (node_number (json_object_get_member (got, "value")), node_number (json_array_get_element (expected, 2)));
  g_assert_cmpint (json_node_is_null (json_object_get_member (got, "timestamp")), ==, json_array_get_null_element (expected, 3));
  g_assert_cmpint (json_node_is_null (exemplar), ==, json_array_get_null_element (expected, 4));

  if (!json_node_is_null (exemplar))
    {
      JsonObject *wanted = json_array_get_object_element (expected, 4);

      assert_same_labels (json_object_get_object_member (json_node_get_object (exemplar), "labels"),
                          json_object_get_object_member (wanted, "labels"));
      assert_same_number (node_number (json_object_get_member (json_node_get_object (exemplar), "value")),
                          node_number (json_object_get_member (wanted, "value")));
    }
}

static guint
assert_same_families (JsonArray *got,
                      JsonArray *expected)
{
  guint n_samples = 0;

  g_assert_cmpuint (json_array_get_length (got), ==, json_array_get_length (expected));
  for (guint i = 0; i < json_array_get_length (got); i++)
    {
      JsonObject *family = json_array_get_object_element (got, i);
      JsonObject *wanted = json_array_get_object_element (expected, i);
      JsonArray *samples = json_object_get_array_member (family, "samples");
      JsonArray *wanted_samples = json_object_get_array_member (wanted, "samples");

      g_assert_cmpstr (json_object_get_string_member (family, "name"), ==, json_object_get_string_member (wanted, "name"));
      g_assert_cmpstr (json_object_get_string_member (family, "type"), ==, json_object_get_string_member (wanted, "type"));
      g_assert_cmpstr (json_object_get_string_member (family, "help"), ==, json_object_get_string_member (wanted, "help"));
      g_assert_cmpuint (json_array_get_length (samples), ==, json_array_get_length (wanted_samples));
      for (guint j = 0; j < json_array_get_length (samples); j++)
        assert_same_sample (json_array_get_object_element (samples, j), json_array_get_array_element (wanted_samples, j));
      n_samples += json_array_get_length (samples);
    }

  return n_samples;
}

static void
test_oracle (void)
{
  g_autofree char *folder = data_path ("expositions", "oracle");
  g_autoptr (GPtrArray) names = NULL;
  g_auto (Result) result = { 0 };
  guint n_samples = 0;

  if (folder == NULL)
    return;

  names = list_folder (folder, ".prom.json");
  g_assert_cmpuint (names->len, >, 0);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *oracle_path = g_build_filename (folder, name, NULL);
      g_autofree char *body_name = g_strndup (name, strlen (name) - strlen (".json"));
      g_autofree char *body_path = data_path ("expositions", body_name);
      g_autoptr (GBytes) body = read_bytes (body_path);
      g_autofree char *oracle_text = NULL;
      g_autoptr (JsonNode) oracle = NULL;
      g_autoptr (JsonNode) got = NULL;

      g_test_message ("%s", body_name);
      g_assert_nonnull (body);
      g_assert_true (g_file_get_contents (oracle_path, &oracle_text, NULL, NULL));
      run ("- --json", body, &result);
      g_assert_cmpint (result.status, ==, 0);
      g_assert_cmpstr (result.errors, ==, "");

      oracle = parse_json (oracle_text);
      got = parse_json (result.output);
      n_samples += assert_same_families (json_object_get_array_member (json_node_get_object (got), "families"),
                                         json_node_get_array (oracle));
    }
  g_test_message ("%u bodies agree, %u samples", names->len, n_samples);
}

static void
test_captured (void)
{
  g_autofree char *folder = data_path ("expositions", NULL);
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GBytes) nothing = text_bytes ("");
  g_auto (Result) result = { 0 };

  if (folder == NULL)
    return;

  names = list_folder (folder, ".prom");
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

      run (path, nothing, &result);
      g_test_message ("%s: %d %s", path, result.status, result.errors);
      g_assert_cmpint (result.status, ==, 0);
      g_assert_true (g_utf8_validate (result.output, -1, NULL));
    }
}

static void
test_suite (void)
{
  g_autofree char *folder = data_path ("suites", "openmetrics-parsers/tests/testdata/parsers");
  g_autoptr (GPtrArray) names = NULL;
  g_auto (Result) result = { 0 };
  guint n_agreed = 0;

  if (folder == NULL)
    return;

  names = list_folder (folder, "");
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *verdict_path = g_build_filename (folder, name, "test.json", NULL);
      g_autofree char *verdict_text = NULL;
      g_autoptr (JsonNode) verdict = NULL;
      g_autofree char *body_path = NULL;
      g_autoptr (GBytes) body = NULL;
      gboolean agrees;

      g_assert_true (g_file_get_contents (verdict_path, &verdict_text, NULL, NULL));
      verdict = parse_json (verdict_text);
      body_path = g_build_filename (folder, name, json_object_get_string_member (json_node_get_object (verdict), "file"), NULL);
      body = read_bytes (body_path);

      run (i % 2 == 0 ? "- --strict" : "- --strict --format openmetrics", body, &result);
      g_assert_cmpint (result.status, <=, 1);
      agrees = (result.status == 0) == json_object_get_boolean_member (json_node_get_object (verdict), "shouldParse");
      n_agreed += agrees ? 1 : 0;
      if (!agrees)
        g_test_message ("%s: %d %s", name, result.status, result.errors);
    }
  g_test_message ("%u of %u verdicts agree", n_agreed, names->len);
  g_assert_cmpuint (n_agreed, ==, names->len);
  g_assert_cmpuint (names->len, ==, 211);
}

static const char bundle[] =
  "# HELP up 1 = up, 0 = not up\n# TYPE up gauge\nup 1\n"
  "# HELP http_request_duration_seconds duration histogram of http responses labeled with: status_code\n"
  "# TYPE http_request_duration_seconds histogram\n"
  "http_request_duration_seconds_bucket{le=\"+Inf\",status_code=\"200\"} 7\n"
  "http_request_duration_seconds_sum{status_code=\"200\"} NaN\nhttp_request_duration_seconds_count{status_code=\"200\"} 7\n"
  "# TYPE nodejs_eventloop_lag_p99_seconds gauge\nnodejs_eventloop_lag_p99_seconds 0.0101\n"
  "# TYPE nodejs_version_info gauge\nnodejs_version_info{version=\"v20\"} 1\n";

static JsonObject *
find_signal (JsonObject *inspection,
             const char *role)
{
  JsonArray *signals = json_object_get_array_member (inspection, "signals");

  for (guint i = 0; i < json_array_get_length (signals); i++)
    {
      JsonObject *signal = json_array_get_object_element (signals, i);

      if (g_str_equal (json_object_get_string_member (signal, "role"), role))
        return signal;
    }

  g_error ("no signal %s", role);
}

static void
test_json (void)
{
  static const char * const members[] = { "schema", "source", "format", "content_type", "bytes", "exporter", "runtime",
                                          "framework", "served_by", "unconfirmed",
                                          "families", "signals", "findings", "traps", "warnings" };
  static const char * const codes[] = { "eventloop-floor", "eventloop-reset", "averaged-percentiles" };
  g_autoptr (GBytes) body = text_bytes (bundle);
  g_auto (Result) result = { 0 };
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object, *signal;
  JsonArray *traps;

  run ("--json -", body, &result);
  g_assert_cmpint (result.status, ==, 0);
  node = parse_json (result.output);
  object = json_node_get_object (node);

  g_assert_cmpuint (json_object_get_size (object), ==, G_N_ELEMENTS (members));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_true (json_object_has_member (object, members[i]));
  g_assert_cmpstr (json_object_get_string_member (object, "schema"), ==, "steelyard.inspect/1");
  g_assert_cmpstr (json_object_get_string_member (object, "source"), ==, "-");
  g_assert_cmpstr (json_object_get_string_member (object, "format"), ==, "prometheus");
  g_assert_true (json_object_get_null_member (object, "content_type"));
  g_assert_cmpint (json_object_get_int_member (object, "bytes"), ==, strlen (bundle));
  g_assert_cmpstr (json_object_get_string_member (object, "exporter"), ==, "express-prom-bundle");
  g_assert_cmpstr (json_object_get_string_member (object, "runtime"), ==, "Node.js");
  g_assert_cmpstr (json_object_get_string_member (object, "framework"), ==, "express");
  g_assert_true (json_object_get_null_member (object, "served_by"));

  signal = find_signal (object, "inflight");
  g_assert_cmpstr (json_object_get_string_member (signal, "how"), ==, "littles-law");
  g_assert_cmpstr (json_object_get_string_member (signal, "metric"), ==, "http_request_duration_seconds");
  signal = find_signal (object, "duration");
  g_assert_cmpstr (json_object_get_string_member (signal, "type"), ==, "histogram");
  g_assert_cmpstr (json_object_get_string_member (signal, "unit"), ==, "s");

  traps = json_object_get_array_member (object, "traps");
  g_assert_cmpuint (json_array_get_length (traps), ==, G_N_ELEMENTS (codes));
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      JsonObject *trap = json_array_get_object_element (traps, i);

      g_assert_cmpstr (json_object_get_string_member (trap, "code"), ==, codes[i]);
      g_assert_cmpstr (json_object_get_string_member (trap, "metric"), ==, "nodejs_eventloop_lag_p99_seconds");
      g_assert_cmpstr (json_object_get_string_member (trap, "message"), !=, "");
      g_assert_cmpstr (json_object_get_string_member (trap, "fix"), !=, "");
    }
}

static void
test_text (void)
{
  g_autoptr (GBytes) body = text_bytes ("# TYPE x gauge\nx{l=\"\x1b[31m\"} 1\n");
  g_auto (Result) result = { 0 };

  run ("-", body, &result);
  g_assert_cmpint (result.status, ==, 0);
  g_assert_nonnull (strstr (result.output, " bytes, 1 family, 1 sample\n"));
  g_assert_nonnull (strstr (result.output, "No metric was recognised."));
  g_assert_null (strchr (result.output, '\x1b'));
}

/* What a Prometheus server says beside its data. */
static void
test_prom_warnings (void)
{
  g_autoptr (GBytes) body =
    text_bytes ("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"__name__\":\"up\"},"
                "\"value\":[1,\"1\"]}]},\"warnings\":[\"store \\u001b[31mS3\\u202e is slow\"],\"infos\":[\"might not be a counter\"]}");
  g_auto (Result) result = { 0 };
  g_autoptr (JsonNode) node = NULL;
  JsonArray *warnings;

  run ("--format promapi -", body, &result);
  g_assert_cmpint (result.status, ==, 0);
  g_assert_nonnull (strstr (result.output, "\nThe server warns (2)\n  store \\x1b[31mS3<U+202E> is slow\n  might not be a counter"));
  g_assert_null (strchr (result.output, '\x1b'));

  run ("--format promapi --json -", body, &result);
  node = parse_json (result.output);
  warnings = json_object_get_array_member (json_node_get_object (node), "warnings");
  g_assert_cmpuint (json_array_get_length (warnings), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (warnings, 0), ==, "store \x1b[31mS3\u202e is slow");
  g_assert_cmpstr (json_array_get_string_element (warnings, 1), ==, "might not be a counter");
}

/* One object, with the finding and without what is not known; the reason as
 * ever on standard error. */
static void
test_unreadable (void)
{
  static const struct {
    const char *arguments;
    const char *body;
    const char *format; /* nullable: none */
    const char *code;
    gint64      line, column;
  } cases[] = {
    { "--json -", "a{b=\"c} 1\n", "prometheus", "label-value-quote", 1, 10 },
    { "--json -", "a 1\na{b=\"c} 1", "prometheus", "label-value-quote", 2, 10 },
    { "--json --format openmetrics -", "a 1\n", "openmetrics", "truncated", 2, 1 },
    { "--json -", "", NULL, "empty", 1, 1 },
    { "--json -", "<html>", NULL, "format", 1, 1 },
    { "--json --format json -", "{\"schema\":3}", "json", "format", 0, 0 },
    { "--json --format promapi -", "{\"status\":\"x\"}", "promapi", "format", 0, 0 },
  };
  g_auto (Result) result = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = text_bytes (cases[i].body);
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *reason = NULL;
      JsonObject *object, *finding;
      JsonArray *findings;

      run (cases[i].arguments, body, &result);
      g_assert_cmpint (result.status, ==, 1);
      node = parse_json (result.output);
      object = json_node_get_object (node);
      g_assert_cmpstr (json_object_get_string_member (object, "schema"), ==, "steelyard.inspect/1");
      g_assert_cmpstr (json_object_get_string_member_with_default (object, "format", NULL), ==, cases[i].format);
      g_assert_cmpint (json_object_get_int_member (object, "bytes"), ==, (gint64) strlen (cases[i].body));
      g_assert_true (json_object_get_null_member (object, "exporter"));
      for (guint j = 0; j < 3; j++)
        g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, ((const char *[]) { "families", "signals", "traps" })[j])), ==, 0);

      findings = json_object_get_array_member (object, "findings");
      g_assert_cmpuint (json_array_get_length (findings), ==, 1);
      finding = json_array_get_object_element (findings, 0);
      g_assert_cmpstr (json_object_get_string_member (finding, "severity"), ==, "error");
      g_assert_cmpstr (json_object_get_string_member (finding, "code"), ==, cases[i].code);
      g_assert_cmpint (json_object_get_int_member (finding, "line"), ==, cases[i].line);
      g_assert_cmpint (json_object_get_int_member (finding, "column"), ==, cases[i].column);

      reason = cases[i].line > 0 ? g_strdup_printf ("steelyard-cli: inspect: -: %d:%d: %s\n", (int) cases[i].line, (int) cases[i].column,
                                                    json_object_get_string_member (finding, "message"))
                                 : g_strdup_printf ("steelyard-cli: inspect: -: %s\n", json_object_get_string_member (finding, "message"));
      g_assert_cmpstr (result.errors, ==, reason);
    }
}

static void
test_statuses (void)
{
  static const struct {
    const char *arguments;
    const char *body;
    int         status;
    const char *reason;
  } cases[] = {
    { "-", "x 1\nx{ 2\n", 1, "2:" },
    { "-", "<html>", 1, "1:1: " },
    { "- --format openmetrics", "x 1\n", 1, "" },
    { "- --format openmetrics --strict", "x 1\n# EOF\n", 0, "" },
    { "- --format openmetrics --strict", "x  1\n# EOF\n", 1, "1:" },
    { "-", "", 1, "1:1: the body is empty" },
    { "- --strict", "", 1, "1:1: " },
    { "- --format prometheus", "", 0, "" },
    { "- --format nonsense", "x 1\n", 2, "nonsense" },
    { "- -", "x 1\n", 2, "" },
    { "- --wrong", "x 1\n", 2, "wrong" },
    { "", "", 2, "" },
    { "gopher://x/", "", 2, "" },
    /* nobody listens on this port; a bare origin means its usual place */
    { "http://127.0.0.1:1", "", 1, "127.0.0.1:1/metrics: " },
  };
  g_auto (Result) result = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = text_bytes (cases[i].body);

      g_test_message ("%s", cases[i].arguments);
      run (cases[i].arguments, body, &result);
      g_assert_cmpint (result.status, ==, cases[i].status);
      g_assert_nonnull (strstr (result.errors, cases[i].reason));
      if (cases[i].status == 1 && *cases[i].arguments == '-')
        g_assert_true (g_str_has_prefix (result.errors, "steelyard-cli: inspect: -: "));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* a program that refuses its arguments ends before it reads what we write */
  signal (SIGPIPE, SIG_IGN);

  g_test_add_func ("/inspect/json", test_json);
  g_test_add_func ("/inspect/text", test_text);
  g_test_add_func ("/inspect/prom-warnings", test_prom_warnings);
  g_test_add_func ("/inspect/unreadable", test_unreadable);
  g_test_add_func ("/inspect/statuses", test_statuses);
  g_test_add_func ("/inspect/oracle", test_oracle);
  g_test_add_func ("/inspect/captured", test_captured);
  g_test_add_func ("/inspect/suite", test_suite);

  return g_test_run ();
}
