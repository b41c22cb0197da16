/* test-demo.c: the end of steelyard-cli demo
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "run-cli.h"

/* The line of @text that begins with @name. (transfer full) */
static char *
find_row (const char *text,
          const char *name)
{
  g_autofree char *mark = g_strdup_printf ("\n%s ", name);
  const char *row = strstr (text, mark);

  g_assert_nonnull (row);
  row++;
  return g_strndup (row, strcspn (row, "\n"));
}

/* Every amount has two digits that count, or is nothing. */
static void
assert_amounts (const char *text)
{
  g_autoptr (GRegex) amount = g_regex_new ("USD (0\\.0*[1-9][0-9]|0\\.00|[0-9]+\\.[0-9]{2})(?![0-9])", 0, 0, NULL);
  const char *price = strstr (text, "  costs: ");
  guint n = 0;

  /* The price of the machine is quoted as the list has it. */
  g_assert_nonnull (price);
  for (const char *at = strchr (price, '\n'); (at = strstr (at, "USD ")) != NULL; at++, n++)
    if (!g_regex_match_full (amount, at, -1, 0, G_REGEX_MATCH_ANCHORED, NULL, NULL))
      g_error ("“%.16s” is no amount", at);

  g_assert_cmpuint (n, >, 0);
}

/* A quantile of the server comes with the bounds of its bucket, and what is known
 * to be none is not a dash. */
static void
test_table (void)
{
  g_auto (CliRun) run = { 0 };
  g_autofree char *errors = NULL;
  g_autofree char *p50 = NULL;
  g_autofree char *p99 = NULL;

  cli_run (&run, (const char *[]) { "demo", "--for", "1s", "--rate", "40", "--interval", "200ms", NULL }, NULL);
  g_assert_cmpint (run.status, ==, 0);

  errors = find_row (run.output, "errors");
  p50 = find_row (run.output, "latency p50");
  p99 = find_row (run.output, "latency p99");
  g_assert_null (strstr (errors, "—"));
  g_assert_nonnull (strstr (run.output, "\u00a0MB "));
  g_assert_null (strstr (run.output, "MiB"));
  assert_amounts (run.output);
  g_assert_true (g_regex_match_simple ("^latency p50( +[0-9.]+ (µs|ms|s) +[0-9.]+ (µs|ms|s) \\([0-9.]+ (µs|ms|s)–[0-9.]+ (µs|ms|s)\\)){2}$", p50, 0, 0));
  g_assert_true (g_regex_match_simple ("^latency p99( +[0-9.]+ (µs|ms|s) +[0-9.]+ (µs|ms|s) \\(.*\\)){2}$", p99, 0, 0));
  g_assert_cmpuint (g_utf8_strlen (errors, -1), ==, (glong) g_utf8_strlen (p50, -1));
}

/* When the load was, so that a script can average over the same time. */
static void
test_json (void)
{
  g_auto (CliRun) run = { 0 };
  g_auto (GStrv) lines = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *backends;

  cli_run (&run, (const char *[]) { "demo", "--for", "1s", "--rate", "40", "--interval", "200ms", "--json", NULL }, NULL);
  g_assert_cmpint (run.status, ==, 0);
  lines = g_strsplit (g_strchomp (run.output), "\n", -1);
  node = json_from_string (lines[g_strv_length (lines) - 1], NULL);
  g_assert_nonnull (node);

  backends = json_object_get_array_member (json_node_get_object (node), "backends");
  g_assert_cmpuint (json_array_get_length (backends), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *client = json_object_get_object_member (json_array_get_object_element (backends, i), "client");
      JsonObject *server = json_object_get_object_member (json_array_get_object_element (backends, i), "server");

      g_assert_cmpfloat (json_object_get_double_member (client, "from"), >, 1e9);
      g_assert_cmpfloat (json_object_get_double_member (client, "duration"), ==, 1);
      g_assert_cmpfloat (json_object_get_double_member (server, "errors"), ==, 0);
      g_assert_cmpfloat (json_object_get_double_member (server, "in_flight_mean"), >=, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/table", test_table);
  g_test_add_func ("/demo/json", test_json);
  return g_test_run ();
}
