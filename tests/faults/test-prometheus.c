/* test-prometheus.c: what can be wrong with a Prometheus server's answers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-prom-server.h"
#include "sy-prometheus-source.h"

#define INTERVAL_US (SY_USEC_PER_SEC / 10)
#define PAST_US (60 * SY_USEC_PER_SEC)
#define VECTOR(body) "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":" body "}}"
#define HTML "<html><h1>502 Bad Gateway</h1></html>"

typedef struct
{
  SyPromServer *server;
  SyClock      *clock;
  SySource     *source;
  int           n_past;    /* atomic, likewise */
  int           n_now;
  int           n_errors;
  int           n_points;  /* of the first series of the last past */
  gint64        spacing_us; /* what the plan was told */
  gint64        past_end_us;
  gint64        now_us;
  gboolean      is_out_of_order;
} Fixture;

static GPtrArray *
plan (const SyPromDiscovery  *found,
      gpointer                user_data,
      GError                **error)
{
  Fixture *fixture = user_data;
  GPtrArray *queries = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_prom_query_free);

  fixture->spacing_us = found->spacing_us;
  g_ptr_array_add (queries, sy_prom_query_new ("a", g_strdup ("sum(x)")));
  g_ptr_array_add (queries, sy_prom_query_new ("b", g_strdup ("sum(y)")));
  return queries;
}

static void
scrape_cb (const SyScrape *scrape,
           gpointer        user_data)
{
  Fixture *fixture = user_data;
  guint n;

  if (scrape->error != NULL)
    {
      g_assert_null (scrape->answer);
      g_atomic_int_inc (&fixture->n_errors);
      return;
    }

  g_assert_nonnull (scrape->answer);
  if (scrape->is_past)
    {
      const SyPromSeries *series = sy_prom_answer_get_series (scrape->answer, &n);

      fixture->n_points = n > 0 ? (int) series[0].n_points : 0;
      if (fixture->n_points > 0)
        fixture->past_end_us =
          scrape->epoch_us + (gint64) (series[0].points[fixture->n_points - 1].time * (double) SY_USEC_PER_SEC);
      if (fixture->now_us > 0 && fixture->past_end_us < fixture->now_us)
        fixture->is_out_of_order = TRUE;
      g_atomic_int_inc (&fixture->n_past);
      return;
    }

  if (scrape->answered_us <= fixture->past_end_us)
    fixture->is_out_of_order = TRUE;
  fixture->now_us = scrape->answered_us;
  g_atomic_int_inc (&fixture->n_now);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *address = NULL;
  g_autoptr (SyUrl) url = NULL;
  g_autoptr (SyPromTarget) target = NULL;
  const SyHttpLimits *usual = &SY_HTTP_LIMITS_DEFAULT;
  SyHttpLimits limits = *usual;

  fixture->server = sy_prom_server_new ();
  fixture->clock = sy_clock_new ();
  address = sy_prom_server_dup_url (fixture->server);
  url = sy_url_parse (address, NULL);
  target = sy_prom_target_new (url, "job=\"api\"", "team-7");
  target->past_us = PAST_US;
  target->plan = plan;
  target->plan_data = fixture;
  fixture->source = sy_prometheus_source_new (url, target, fixture->clock, INTERVAL_US);
  limits.deadline_us = 5 * SY_USEC_PER_SEC;
  sy_prometheus_source_set_limits (SY_PROMETHEUS_SOURCE (fixture->source), &limits);
  sy_source_set_scrape_func (fixture->source, scrape_cb, fixture, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->source);
  g_object_unref (fixture->clock);
  sy_prom_server_free (fixture->server);
}

static void
wait_for (const int *counter,
          int        n)
{
  while (g_atomic_int_get (counter) < n)
    g_main_context_iteration (NULL, FALSE);
}

static void
wait_for_error (Fixture *fixture)
{
  while (sy_source_get_error (fixture->source) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_contains (const char *text,
                 const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in “%s”", part, text);
}

/* The past once, then the present, in the order of time by our clock, although
 * the server's is an hour behind. */
static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *request = NULL;

  sy_source_start (fixture->source);
  wait_for (&fixture->n_now, 3);

  g_assert_cmpint (g_atomic_int_get (&fixture->n_past), ==, 1);
  g_assert_cmpint (fixture->n_points, >=, 590);
  g_assert_cmpint (fixture->n_points, <=, 602);
  g_assert_cmpint (fixture->spacing_us, ==, 2 * SY_USEC_PER_SEC);
  g_assert_false (fixture->is_out_of_order);
  g_assert_cmpint (sy_clock_get_monotonic (fixture->clock) - fixture->past_end_us, <, 10 * SY_USEC_PER_SEC);
  g_assert_cmpuint (sy_prom_server_get_n (fixture->server, SY_PROM_ASKED_SERIES), ==, 1);

  request = sy_prom_server_dup_request (fixture->server, SY_PROM_ASKED_NOW);
  assert_contains (request, "X-Scope-OrgID: team-7");
  assert_contains (request, "label_replace(sum(x),\"steelyard_id\",\"a\",\"\",\"\") or label_replace(sum(y)");
  assert_contains (request, "timeout=5000ms");
}

/* What was missed is asked for, and comes before what is new. */
static void
test_gap (Fixture       *fixture,
          gconstpointer  data)
{
  sy_source_start (fixture->source);
  wait_for (&fixture->n_now, 1);
  sy_prom_server_set_answer (fixture->server, SY_PROM_ASKED_NOW, "500 Internal Server Error", "text/plain", "no");
  wait_for (&fixture->n_errors, 2);
  sy_prom_server_set_answer (fixture->server, SY_PROM_ASKED_NOW, NULL, NULL, NULL);
  sy_prom_server_set_answer (fixture->server, SY_PROM_ASKED_SERIES, NULL, NULL, NULL);
  wait_for (&fixture->n_past, 2);
  wait_for (&fixture->n_now, 2);

  g_assert_cmpint (fixture->n_points, >=, 1);
  g_assert_cmpint (fixture->n_points, <, 100);
  g_assert_false (fixture->is_out_of_order);
}

/* No metadata, no past: a server may lack both. */
static void
test_without (Fixture       *fixture,
              gconstpointer  data)
{
  sy_prom_server_set_answer (fixture->server, SY_PROM_ASKED_METADATA, "404 Not Found", "text/plain", "404 page not found");
  sy_prom_server_set_answer (fixture->server, SY_PROM_ASKED_PAST, "400 Bad Request", "application/json",
                             "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"exceeded maximum resolution of "
                             "11,000 points per timeseries\"}");
  sy_source_start (fixture->source);
  wait_for (&fixture->n_now, 2);
  while (sy_source_get_state (fixture->source) != SY_SOURCE_LIVE)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (g_atomic_int_get (&fixture->n_errors), ==, 0);
  assert_contains (sy_source_get_warning (fixture->source), "The past could not be read");
  assert_contains (sy_source_get_warning (fixture->source), "11,000 points");
}

/* Series that went away are looked for again. */
static void
test_series_changed (Fixture       *fixture,
                     gconstpointer  data)
{
  sy_source_start (fixture->source);
  wait_for (&fixture->n_now, 1);
  sy_prom_server_set_answer (fixture->server, SY_PROM_ASKED_NOW, "200 OK", NULL, VECTOR ("[]"));
  wait_for_error (fixture);
  g_assert_error (sy_source_get_error (fixture->source), SY_ERROR, SY_ERROR_EMPTY);
  sy_prom_server_set_answer (fixture->server, SY_PROM_ASKED_NOW, NULL, NULL, NULL);
  wait_for (&fixture->n_now, 3);
  g_assert_cmpuint (sy_prom_server_get_n (fixture->server, SY_PROM_ASKED_SERIES), >=, 2);
}

/* The server's warnings come with good answers, and go when it stops. */
static void
test_warnings (Fixture       *fixture,
               gconstpointer  data)
{
  sy_prom_server_set_answer (fixture->server, SY_PROM_ASKED_NOW, "200 OK", NULL,
                             "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"steelyard_id\":\"a\"},"
                             "\"value\":[1,\"NaN\"]}]},\"warnings\":[\"store \\u202eS3 unavailable\"]}");
  sy_source_start (fixture->source);
  while (sy_source_get_warning (fixture->source) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (sy_source_get_warning (fixture->source), ==, "store <U+202E>S3 unavailable");
  g_assert_cmpint (sy_source_get_state (fixture->source), ==, SY_SOURCE_LIVE);

  sy_prom_server_set_answer (fixture->server, SY_PROM_ASKED_NOW, NULL, NULL, NULL);
  while (sy_source_get_warning (fixture->source) != NULL)
    g_main_context_iteration (NULL, TRUE);
}

typedef struct
{
  const char   *name;
  SyPromAsked   asked;
  const char   *status;
  const char   *type;
  const char   *body;
  int           code;
  const char   *part; /* of the message */
  SySourceState state;
} Case;

static const Case cases[] = {
  { "bad-data", SY_PROM_ASKED_NOW, "400 Bad Request", NULL, "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"1:4: parse error\"}",
    SY_ERROR_QUERY, "(bad_data): 1:4: parse error", SY_SOURCE_RETRYING },
  { "execution", SY_PROM_ASKED_NOW, "422 Unprocessable Entity", NULL, "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"many-to-many\"}",
    SY_ERROR_QUERY, "many-to-many", SY_SOURCE_RETRYING },
  { "timeout", SY_PROM_ASKED_NOW, "503 Service Unavailable", NULL, "{\"status\":\"error\",\"errorType\":\"timeout\",\"error\":\"query timed out\"}",
    SY_ERROR_QUERY, "(timeout)", SY_SOURCE_RETRYING },
  { "error-with-data", SY_PROM_ASKED_NOW, "200 OK", NULL,
    "{\"status\":\"error\",\"errorType\":\"internal\",\"error\":\"half\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}",
    SY_ERROR_QUERY, "not used", SY_SOURCE_RETRYING },
  { "html-502", SY_PROM_ASKED_NOW, "502 Bad Gateway", "text/html", HTML, SY_ERROR_HTTP_STATUS, "502", SY_SOURCE_RETRYING },
  { "json-502", SY_PROM_ASKED_NOW, "502 Bad Gateway", NULL, "{\"oops\":1}", SY_ERROR_HTTP_STATUS, "502", SY_SOURCE_RETRYING },
  { "html-200", SY_PROM_ASKED_NOW, "200 OK", "text/html", HTML, SY_ERROR_PARSE, "1:1", SY_SOURCE_RETRYING },
  { "cut", SY_PROM_ASKED_NOW, "200 OK", NULL, "{\"status\":\"success\",\"data\":{\"resultTy", SY_ERROR_PARSE, "1:", SY_SOURCE_RETRYING },
  { "not-the-api", SY_PROM_ASKED_SERIES, "200 OK", NULL, "{\"a\":1}", SY_ERROR_FORMAT, "not an answer", SY_SOURCE_RETRYING },
  { "not-found", SY_PROM_ASKED_SERIES, "404 Not Found", "text/plain", "404 page not found", SY_ERROR_HTTP_STATUS, "404", SY_SOURCE_RETRYING },
  { "unauthorized", SY_PROM_ASKED_SERIES, "401 Unauthorized", "text/plain", "no", SY_ERROR_HTTP_STATUS, "401", SY_SOURCE_BLOCKED },
  { "no-tenant", SY_PROM_ASKED_SERIES, "401 Unauthorized", NULL, "{\"status\":\"error\",\"errorType\":\"x\",\"error\":\"no org id\"}",
    SY_ERROR_QUERY, "no org id", SY_SOURCE_BLOCKED },
  { "redirect", SY_PROM_ASKED_SERIES, "302 Found\r\nLocation: /login", "text/html", HTML, SY_ERROR_REDIRECT_BLOCKED, "/login", SY_SOURCE_RETRYING },
  { "no-series", SY_PROM_ASKED_SERIES, "200 OK", NULL, VECTOR ("[]"), SY_ERROR_EMPTY, "{job=\"api\"}", SY_SOURCE_RETRYING },
  { "matrix-for-series", SY_PROM_ASKED_SERIES, "200 OK", NULL, "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}",
    SY_ERROR_EMPTY, "no series", SY_SOURCE_RETRYING },
  { "scalar-for-series", SY_PROM_ASKED_SERIES, "200 OK", NULL, "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"2\"]}}",
    SY_ERROR_EMPTY, "no series", SY_SOURCE_RETRYING },
  { "string-now", SY_PROM_ASKED_NOW, "200 OK", NULL, "{\"status\":\"success\",\"data\":{\"resultType\":\"string\",\"result\":[1,\"2\"]}}",
    SY_ERROR_EMPTY, "no series", SY_SOURCE_RETRYING },
  { "matrix-now", SY_PROM_ASKED_NOW, "200 OK", NULL,
    "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"steelyard_id\":\"a\"},\"values\":[[1,\"2\"]]}]}}",
    SY_ERROR_FORMAT, "a matrix", SY_SOURCE_RETRYING },
  { "native-histograms-only", SY_PROM_ASKED_NOW, "200 OK", NULL,
    VECTOR ("[{\"metric\":{\"steelyard_id\":\"a\"},\"histogram\":[1,{\"count\":\"1\",\"sum\":\"1\",\"buckets\":[]}]}]"),
    SY_ERROR_EMPTY, "no series", SY_SOURCE_RETRYING },
};

static void
test_case (Fixture       *fixture,
           gconstpointer  data)
{
  const Case *one = data;

  sy_prom_server_set_answer (fixture->server, one->asked, one->status, one->type, one->body);
  sy_source_start (fixture->source);
  wait_for_error (fixture);

  g_assert_error (sy_source_get_error (fixture->source), SY_ERROR, one->code);
  assert_contains (sy_source_get_error (fixture->source)->message, one->part);
  assert_contains (sy_source_get_error (fixture->source)->message, "http://127.0.0.1:");
  g_assert_cmpint (sy_source_get_state (fixture->source), ==, one->state);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_now), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/prometheus/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("order", test_order);
  ADD ("gap", test_gap);
  ADD ("without", test_without);
  ADD ("series-changed", test_series_changed);
  ADD ("warnings", test_warnings);
#undef ADD
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/prometheus/", cases[i].name, NULL);

      g_test_add (name, Fixture, &cases[i], set_up, test_case, tear_down);
    }

  return g_test_run ();
}
