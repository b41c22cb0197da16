/* test-prom-session.c: backends that a Prometheus server watches
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-overrides.h"
#include "sy-prom-address.h"
#include "sy-prom-exposition.h"
#include "sy-prom-query.h"
#include "sy-prom-reader.h"
#include "sy-prom-server.h"
#include "sy-prom-survey.h"
#include "sy-session.h"

static const struct
{
  const char *address;
  const char *server;   /* NULL: refused */
  const char *matchers;
  const char *tenant;
  const char *name;
} addresses[] = {
  { "prometheus+http://h:9090/?match={job=\"api\"}", "http://h:9090/", "job=\"api\"", NULL, "api" },
  { "http://h:9090?match={job=\"api\",instance='w:1'}", "http://h:9090/", "job=\"api\",instance=\"w:1\"", NULL, "api w:1" },
  { "prometheus+https://mimir/prometheus?match=job=\"a\"&org=team-7", "https://mimir/prometheus", "job=\"a\"", "team-7", "a" },
  { "prometheus+http://vm:8481/select/0/prometheus/?match={app=\"x\"}", "http://vm:8481/select/0/prometheus/", "app=\"x\"", NULL, "app=\"x\"" },
  { "prometheus+h:9090/graph?g0.expr=up&match={job=\"api\"}", "http://h:9090/", "job=\"api\"", NULL, "api" },
  { "PROMETHEUS+http://h/api/v1/query?match={job=\"api\"}", "http://h/", "job=\"api\"", NULL, "api" },
  { "http://h/?match=%7Bjob%3D%22a%26b%22%7D", "http://h/", "job=\"a&b\"", NULL, "a&b" },
  { "prometheus+http://h:9090/", NULL, NULL, NULL, NULL },
  { "prometheus+http://h:9090/?match={}", NULL, NULL, NULL, NULL },
  { "prometheus+http://h:9090/?match={job=api}", NULL, NULL, NULL, NULL },
  { "prometheus+ftp://h/?match={job=\"a\"}", NULL, NULL, NULL, NULL },
  { "prometheus+http://h/?match={job=\"a\"}&org=a%0d%0aX:1", NULL, NULL, NULL, NULL },
};

static void
test_addresses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SyPromAddress) address = sy_prom_address_parse (addresses[i].address, &error);
      g_autofree char *name = NULL;
      g_autofree char *built = NULL;
      g_autoptr (SyPromAddress) again = NULL;

      g_test_message ("%s", addresses[i].address);
      g_assert_true (sy_prom_address_is (addresses[i].address));
      if (addresses[i].server == NULL)
        {
          g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
          continue;
        }

      g_assert_no_error (error);
      g_assert_cmpstr (sy_url_get_string (address->server), ==, addresses[i].server);
      g_assert_cmpstr (address->matchers, ==, addresses[i].matchers);
      g_assert_cmpstr (address->tenant, ==, addresses[i].tenant);
      name = sy_prom_address_dup_name (address);
      g_assert_cmpstr (name, ==, addresses[i].name);

      built = sy_prom_address_build (address->server, address->matchers, address->tenant);
      again = sy_prom_address_parse (built, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (again->matchers, ==, address->matchers);
      g_assert_cmpstr (again->tenant, ==, address->tenant);
    }

  /* a page of metrics about a selection is no server to ask */
  g_assert_false (sy_prom_address_is ("http://h:9090/federate?match[]={job=\"api\"}"));
  g_assert_false (sy_prom_address_is ("http://h:9090/metrics"));
}

static SyPromAnswer *
parse (const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  SyPromAnswer *answer = sy_prom_answer_parse (body, &error);

  g_assert_no_error (error);
  return answer;
}

static SyMetricType
find_type (const SyExposition *exposition,
           const char         *name)
{
  guint n;
  const SyFamily *families = sy_exposition_get_families (exposition, &n);

  for (guint i = 0; i < n; i++)
    if (strcmp (families[i].name, name) == 0)
      return families[i].type;

  g_error ("no family %s", name);
}

#define SERIES(labels) "{\"metric\":{" labels "},\"value\":[1,\"2\"]}"

static void
test_exposition (void)
{
  g_autoptr (SyPromAnswer) series =
    parse ("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
           SERIES ("\"__name__\":\"d_bucket\",\"le\":\"1\"") "," SERIES ("\"__name__\":\"g\",\"a\":\"x\\\"\\\\\\ny\"") ","
           SERIES ("\"__name__\":\"d_bucket\",\"le\":\"+Inf\"") "," SERIES ("\"__name__\":\"d_sum\"") ","
           SERIES ("\"__name__\":\"d_count\"") "," SERIES ("\"__name__\":\"r_total\"") ","
           SERIES ("\"__name__\":\"q\",\"quantile\":\"0.5\"") "," SERIES ("\"__name__\":\"q_count\"") "," SERIES ("\"x\":\"nameless\"")
           "]}}");
  g_autoptr (SyPromAnswer) metadata =
    parse ("{\"status\":\"success\",\"data\":{\"r\":[{\"type\":\"counter\",\"help\":\"\",\"unit\":\"\"}]}}");
  g_autoptr (GError) error = NULL;
  g_autoptr (SyExposition) told = sy_prom_exposition_new (series, metadata, &error);
  g_autoptr (SyExposition) bare = NULL;
  guint n;
  const SySample *samples;

  g_assert_no_error (error);
  bare = sy_prom_exposition_new (series, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpint (find_type (told, "d"), ==, SY_METRIC_HISTOGRAM);
  g_assert_cmpint (find_type (told, "q"), ==, SY_METRIC_SUMMARY);
  g_assert_cmpint (find_type (told, "r_total"), ==, SY_METRIC_COUNTER);
  g_assert_cmpint (find_type (told, "g"), ==, SY_METRIC_UNKNOWN);
  g_assert_cmpint (find_type (bare, "g"), ==, SY_METRIC_GAUGE);

  samples = sy_exposition_get_samples (told, &n);
  g_assert_cmpuint (n, ==, 8);
  for (guint i = 0; i < n; i++)
    if (strcmp (samples[i].series->name, "g") == 0)
      g_assert_cmpstr (sy_series_get_label (samples[i].series, "a"), ==, "x\"\\\ny");
}

/* What is said now of a process that started at @start; NULL text: nothing of it. */
static SyGap
read_start (SyPromReader *reader,
            const char   *id,
            const char   *start)
{
  g_autofree char *text = g_strdup_printf ("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                                           "{\"metric\":{\"" SY_PROM_ID_LABEL "\":\"%s\"},\"value\":[1,\"%s\"]}]}}", id, start);
  g_autoptr (SyPromAnswer) answer = parse (text);
  g_autoptr (GArray) readings = g_array_new (FALSE, FALSE, sizeof (SyReading));
  g_autoptr (SyMapping) mapping = NULL;
  const SyScrape scrape = { .answer = answer };

  g_assert_true (sy_prom_reader_read (reader, &scrape, readings, &mapping));
  g_assert_cmpuint (readings->len, ==, 1);
  return g_array_index (readings, SyReading, 0).gap;
}

/* Behind a Prometheus server, too, a younger process is a restart; one that is gone, or
 * tells its start no more, is none. */
static void
test_restart (void)
{
  static const struct { const char *start; SyGap wanted; } cases[] = {
    { "1000", SY_GAP_NONE }, { "1000", SY_GAP_NONE }, { "1000.4", SY_GAP_NONE }, { "1060", SY_GAP_RESTART }, { "1060", SY_GAP_NONE },
    { "1000", SY_GAP_NONE }, { "1060", SY_GAP_NONE }, { "NaN", SY_GAP_NONE }, { "1061.5", SY_GAP_RESTART },
  };
  g_autofree char *folder = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyRecogniser) recogniser = sy_recogniser_new_from_directory (folder, &error);
  SyPromReader *reader = sy_prom_reader_new (recogniser, "job=\"api\"");
  g_autoptr (SyPromAnswer) series =
    parse ("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
           SERIES ("\"__name__\":\"http_requests_total\",\"code\":\"200\"") ","
           SERIES ("\"__name__\":\"process_start_time_seconds\"") "]}}");
  const SyPromDiscovery found = { .series = series, .spacing_us = SY_USEC_PER_SEC };
  g_autoptr (GPtrArray) queries = sy_prom_reader_plan (&found, reader, &error);
  const char *id = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < queries->len; i++)
    if (strstr (((SyPromQuery *) g_ptr_array_index (queries, i))->query, "process_start_time_seconds") != NULL)
      id = ((SyPromQuery *) g_ptr_array_index (queries, i))->id;
  g_assert_nonnull (id);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (read_start (reader, id, cases[i].start), ==, cases[i].wanted);

  sy_prom_reader_unref (reader);
}

/* The charts are full before the first live figure. */
static void
test_filled (void)
{
  SyPromServer *server = sy_prom_server_new ();
  g_autofree char *url = sy_prom_server_dup_url (server);
  g_autofree char *address = g_strconcat ("prometheus+", url, "?match={job=\"api\"}", NULL);
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GError) error = NULL;
  SySession *session = sy_session_new (clock, &error);
  SyBackend *backend;
  SyHistory *history;
  g_autoptr (SyOverrides) overrides = sy_overrides_new ();
  g_autofree char *request = NULL;
  guint now;
  gint64 began;

  g_assert_no_error (error);
  backend = sy_session_add (session, address, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sy_backend_get_name (backend), ==, "api");
  history = sy_backend_get_history (backend);
  began = sy_clock_get_monotonic (clock);

  while (sy_backend_get_reading (backend) == NULL || sy_source_get_state (sy_backend_get_source (backend)) != SY_SOURCE_LIVE)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (sy_times_get_n (sy_history_get_times (history)), >, 500);
  g_assert_cmpint (sy_times_get_first (sy_history_get_times (history)), <, began - 3500 * SY_USEC_PER_SEC);
  g_assert_nonnull (sy_backend_get_mapping (backend));

  /* what a person decides is asked for without waiting */
  g_assert_cmpuint (sy_prom_server_get_n (server, SY_PROM_ASKED_SERIES), ==, 1);
  sy_overrides_add_filter (overrides, "code", (const char * const[]) { "5??", "4*", NULL }, TRUE);
  sy_backend_set_overrides (backend, overrides);
  while (sy_prom_server_get_n (server, SY_PROM_ASKED_SERIES) < 2)
    g_main_context_iteration (NULL, FALSE);
  now = sy_prom_server_get_n (server, SY_PROM_ASKED_NOW);
  while (sy_prom_server_get_n (server, SY_PROM_ASKED_NOW) == now)
    g_main_context_iteration (NULL, FALSE);
  request = sy_prom_server_dup_request (server, SY_PROM_ASKED_NOW);
  g_assert_nonnull (strstr (request, "code!~\"5..|4.*\""));

  g_assert_null (sy_session_add (session, address, NULL, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);

  g_object_unref (session);
  sy_prom_server_free (server);
}

#define UP "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" \
           SERIES ("\"job\":\"api\",\"instance\":\"h:1\"") "," SERIES ("\"job\":\"api\",\"instance\":\"h:2\"") "]}}"

static void
survey_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static GPtrArray *
survey (SySession   *session,
        const char  *url,
        const char  *query,
        GError     **error)
{
  g_autofree char *address = g_strconcat (url, query, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  sy_session_survey_async (session, address, NULL, survey_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return sy_session_survey_finish (session, result, error);
}

/* A server of many tenants answers no question that names none, so the tenant
 * goes with the survey and with each address found. */
static void
test_survey_tenant (void)
{
  g_autoptr (SyPromServer) server = sy_prom_server_new ();
  g_autofree char *url = sy_prom_server_dup_url (server);
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SySession) session = sy_session_new (clock, &error);
  static const struct { const char *query; const char *tenant; } asked[] = {
    { "", NULL }, { "?org=", NULL }, { "?org=team-7", "team-7" }, { "/graph?g0.expr=up&org=a%7Cb", "a|b" },
  };

  g_assert_no_error (error);
  sy_prom_server_set_answer (server, SY_PROM_ASKED_NOW, "200 OK", NULL, UP);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (GPtrArray) found = survey (session, url, asked[i].query, &error);
      g_autofree char *request = sy_prom_server_dup_request (server, SY_PROM_ASKED_NOW);
      g_autofree char *header = g_strconcat ("X-Scope-OrgID: ", asked[i].tenant != NULL ? asked[i].tenant : "", "\r\n", NULL);

      g_test_message ("%s", asked[i].query);
      g_assert_no_error (error);
      g_assert_cmpint (strstr (request, header) != NULL, ==, asked[i].tenant != NULL);
      g_assert_cmpint (strstr (request, "X-Scope-OrgID") != NULL, ==, asked[i].tenant != NULL);
      g_assert_cmpuint (found->len, ==, 3);
      for (guint j = 0; j < found->len; j++)
        {
          const SyPromWatched *watched = g_ptr_array_index (found, j);
          g_autoptr (SyPromAddress) address = sy_prom_address_parse (watched->address, &error);

          g_assert_no_error (error);
          g_assert_cmpstr (address->tenant, ==, asked[i].tenant);
        }
    }

  g_assert_null (survey (session, url, "?org=a%0d%0aX:1", &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  g_assert_cmpuint (sy_prom_server_get_n (server, SY_PROM_ASKED_NOW), ==, G_N_ELEMENTS (asked));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/prom-session/addresses", test_addresses);
  g_test_add_func ("/prom-session/exposition", test_exposition);
  g_test_add_func ("/prom-session/restart", test_restart);
  g_test_add_func ("/prom-session/filled", test_filled);
  g_test_add_func ("/prom-session/survey-tenant", test_survey_tenant);

  return g_test_run ();
}
