/* test-conformance.c: the verdicts of other projects' suites
 *
 * A body is rejected when it does not parse or when the linter finds an error.
 *
 *  - OpenMetrics: all 211 verdicts must be the suite's own.
 *  - expfmt of prometheus/common, for text format: all 66 likewise.
 *  - what real exporters write is called wrong only where it is: the table
 *    says which violation of which rule is theirs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-exposition-lint.h"
#include "wire-fixture.h"

#define N_OPENMETRICS 211
#define N_EXPFMT 66

/* The first error, or NULL. */
static const SyFinding *
find_error (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const SyFinding *finding = findings->pdata[i];

      if (finding->severity == SY_FINDING_ERROR)
        return finding;
    }

  return NULL;
}

static gboolean
check_verdict (const char *name,
               GBytes     *body,
               SyFormat    format,
               gboolean    should_parse)
{
  g_autoptr (GPtrArray) findings = sy_exposition_lint (body, format);
  const SyFinding *error = find_error (findings);

  if ((error == NULL) == should_parse)
    return TRUE;

  if (error != NULL)
    g_test_message ("%s: refused, should not be: %u:%u: %s: %s",
                    name, error->line, error->column, error->code, error->message);
  else
    g_test_message ("%s: accepted, should not be", name);

  return FALSE;
}

static void
test_openmetrics (void)
{
  g_autofree char *folder = wire_data_path ("suites/openmetrics-parsers/tests/testdata/parsers");
  g_autoptr (GPtrArray) names = NULL;
  guint n_agree = 0;

  if (folder == NULL)
    return;

  names = wire_list (folder, "");
  g_assert_cmpuint (names->len, ==, N_OPENMETRICS);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *verdict_path = g_build_filename (folder, names->pdata[i], "test.json", NULL);
      g_autofree char *body_path = g_build_filename (folder, names->pdata[i], "metrics", NULL);
      g_autoptr (JsonNode) verdict = wire_read_json (verdict_path);
      g_autoptr (GBytes) body = wire_read (body_path);

      n_agree += check_verdict (names->pdata[i], body, SY_FORMAT_OPENMETRICS,
                                json_object_get_boolean_member (json_node_get_object (verdict), "shouldParse"));
    }

  g_test_message ("%u of %u verdicts agree", n_agree, N_OPENMETRICS);
  g_assert_cmpuint (n_agree, ==, N_OPENMETRICS);
}

static void
test_expfmt (void)
{
  g_autofree char *folder = wire_data_path ("suites/prometheus-common-expfmt/text_parse_test");
  g_autofree char *index_path = NULL;
  g_autoptr (JsonNode) index = NULL;
  JsonArray *cases;
  guint n_agree = 0;

  if (folder == NULL)
    return;

  index_path = g_build_filename (folder, "INDEX.json", NULL);
  index = wire_read_json (index_path);
  cases = json_node_get_array (index);
  g_assert_cmpuint (json_array_get_length (cases), ==, N_EXPFMT);

  for (guint i = 0; i < N_EXPFMT; i++)
    {
      JsonObject *object = json_array_get_object_element (cases, i);
      const char *name = json_object_get_string_member (object, "file");
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GBytes) body = wire_read (path);

      n_agree += check_verdict (name, body, SY_FORMAT_PROMETHEUS,
                                json_object_get_boolean_member (object, "should_parse"));
    }

  g_test_message ("%u of %u verdicts agree", n_agree, N_EXPFMT);
  g_assert_cmpuint (n_agree, ==, N_EXPFMT);
}

static const struct {
  const char *prefix; /* of the body's name */
  const char *code;   /* of its only errors */
} violations[] = {
  { "node-bullmq.", "no-final-line-feed" },        /* joins its lines with LF */
  { "py-utf8-om1-dots.", "family-interleaved" },   /* escapes the suffix too, so TYPE names another metric */
};

static gboolean
is_known_violation (const char *name,
                    const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (violations); i++)
    if (g_str_has_prefix (name, violations[i].prefix) && strcmp (code, violations[i].code) == 0)
      return TRUE;

  return FALSE;
}

static void
test_captures (void)
{
  g_autofree char *folder = wire_data_path ("expositions");
  g_autoptr (GPtrArray) names = NULL;

  if (folder == NULL)
    return;

  names = wire_list (folder, ".prom");

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);
      g_autoptr (GBytes) body = wire_read (path);
      g_autoptr (GPtrArray) findings = sy_exposition_lint (body, SY_FORMAT_AUTO);

      const SyFinding *error = find_error (findings);

      if (error != NULL && !is_known_violation (names->pdata[i], error->code))
        g_error ("%s:%u:%u: %s: %s", (const char *) names->pdata[i], error->line, error->column,
                 error->code, error->message);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/conformance/openmetrics", test_openmetrics);
  g_test_add_func ("/wire/conformance/expfmt", test_expfmt);
  g_test_add_func ("/wire/conformance/captures", test_captures);
  return g_test_run ();
}
