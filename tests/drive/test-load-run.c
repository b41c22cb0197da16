/* test-load-run.c: whole loads against a server that misbehaves
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counts are exact, because the schedule is; times are only compared where
 * the server makes them differ by construction.
 */
#include <math.h>
#include <string.h>

#include "load-server.h"
#include "sy-load-engine.h"

#define MS G_GINT64_CONSTANT (1000)

/* @path at @rate requests/s, evenly spaced. */
static SyLoadPlan *
make_plan (LoadServer *server,
           const char *request,
           double      rate,
           gint64      duration_us)
{
  g_autofree char *json =
    g_strdup_printf ("{\"schema\":\"steelyard.workload/1\",\"id\":\"t\",\"name\":\"T\",\"use_case\":\"t\","
                     "\"arrival\":{\"kind\":\"periodic\",\"rate\":%g},\"classes\":["
                     "{\"name\":\"c\",\"weight\":1,%s}]}", rate, request);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyWorkload) workload = sy_workload_parse (json, strlen (json), &error);

  g_assert_no_error (error);

  SyLoadPlan *plan = sy_load_plan_new (workload);

  plan->duration_us = duration_us;
  sy_load_plan_add_target (plan, load_server_get_url (server), &error);
  g_assert_no_error (error);
  return plan;
}

static void
finished_cb (SyLoadEngine *engine,
             GError       *error,
             gpointer      user_data)
{
  g_assert_no_error (error);
  g_main_loop_quit (user_data);
}

static GPtrArray *
run (SyLoadPlan *plan)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SyLoadEngine) engine = sy_load_engine_new (plan, &error);

  g_assert_no_error (error);
  g_signal_connect (engine, "finished", G_CALLBACK (finished_cb), loop);
  sy_load_engine_start (engine, &error);
  g_assert_no_error (error);
  g_main_loop_run (loop);

  return g_ptr_array_ref (sy_load_engine_get_summaries (engine));
}

/* Twenty requests of @request, and what came of them. */
static SyLoadSummary *
run_one (LoadServer *server,
         const char *request)
{
  g_autoptr (GPtrArray) summaries = run (make_plan (server, request, 100, 200 * MS));
  SyLoadSummary *summary = g_ptr_array_steal_index (summaries, 0);

  g_assert_cmpuint (summary->total->offered, ==, 20);
  g_assert_cmpstr (summary->target, ==, load_server_get_url (server));
  g_assert_null (summary->aborted);
  return summary;
}

static void
check_fault (const char *request,
             SyLoadFault fault)
{
  g_autoptr (LoadServer) server = load_server_new ();
  g_autoptr (SyLoadSummary) summary = run_one (server, request);

  g_assert_cmpuint (summary->total->answered, ==, 0);
  g_assert_cmpuint (summary->total->errors, ==, 20);
  g_assert_cmpuint (summary->total->faults[fault], ==, 20);
}

static void
test_answered (void)
{
  g_autoptr (LoadServer) server = load_server_new ();
  const double before = (double) g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (SyLoadSummary) summary = run_one (server, "\"path\":\"/do/work?ms={io_ms}\",\"io\":12.5");
  const double after = (double) g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GPtrArray) requests = load_server_dup_requests (server);

  g_assert_cmpuint (summary->total->answered, ==, 20);
  g_assert_cmpuint (summary->total->errors, ==, 0);
  g_assert_cmpuint (summary->total->response.n, ==, 20);
  g_assert_cmpuint (summary->total->service.n, ==, 20);
  g_assert_cmpfloat (summary->from, >=, before);
  g_assert_cmpfloat (summary->from + summary->duration, <=, after);
  g_assert_cmpfloat (summary->duration, ==, 0.2);
  g_assert_cmpuint (requests->len, ==, 20);
  g_assert_cmpstr (g_ptr_array_index (requests, 0), ==, "GET /do/work?ms=12.5 0");

  /* Connections are opened when they are needed, not before. */
  g_assert_cmpuint (load_server_get_n_connections (server), <, 20);
  g_assert_cmpuint (load_server_get_n_connections (server), ==, summary->total->connects);
}

static void
test_post (void)
{
  g_autoptr (LoadServer) server = load_server_new ();
  g_autoptr (SyLoadSummary) summary =
    run_one (server, "\"path\":\"/do/work\",\"method\":\"POST\",\"body_bytes\":10000");
  g_autoptr (GPtrArray) requests = load_server_dup_requests (server);

  g_assert_cmpuint (summary->total->answered, ==, 20);
  g_assert_cmpstr (g_ptr_array_index (requests, 19), ==, "POST /do/work 10000");
}

static void
test_same_for_all (void)
{
  g_autoptr (LoadServer) one = load_server_new ();
  g_autoptr (LoadServer) two = load_server_new ();
  SyLoadPlan *plan = make_plan (one, "\"path\":\"/do/work?ms={io_ms}\",\"io\":{\"kind\":\"lognormal\",\"median_ms\":15,\"sigma\":0.5}",
                                100, 200 * MS);

  plan->connections = 1;
  sy_load_plan_add_target (plan, load_server_get_url (two), NULL);

  g_autoptr (GPtrArray) summaries = run (plan);
  g_autoptr (GPtrArray) first = load_server_dup_requests (one);
  g_autoptr (GPtrArray) second = load_server_dup_requests (two);

  g_assert_cmpuint (summaries->len, ==, 2);
  g_assert_cmpuint (first->len, ==, 20);
  g_assert_cmpuint (second->len, ==, 20);

  /* On one connection they arrive in the order they are due. */
  for (guint i = 0; i < first->len; i++)
    g_assert_cmpstr (g_ptr_array_index (first, i), ==, g_ptr_array_index (second, i));
}

static void
test_status (void)
{
  check_fault ("\"path\":\"/status/500\"", SY_LOAD_FAULT_STATUS);
}

static void
test_redirect_is_not_followed (void)
{
  check_fault ("\"path\":\"/redirect\"", SY_LOAD_FAULT_STATUS);
}

static void
test_unverified (void)
{
  check_fault ("\"path\":\"/do/lie\"", SY_LOAD_FAULT_UNVERIFIED);
}

static void
test_closed (void)
{
  check_fault ("\"path\":\"/close\"", SY_LOAD_FAULT_RESET);
}

static void
test_too_large (void)
{
  g_autoptr (LoadServer) server = load_server_new ();
  g_autoptr (GPtrArray) summaries = run (make_plan (server, "\"path\":\"/large\"", 10, 200 * MS));
  const SyLoadSummary *summary = g_ptr_array_index (summaries, 0);

  g_assert_cmpuint (summary->total->faults[SY_LOAD_FAULT_TOO_LARGE], ==, 2);
}

static void
test_endless (void)
{
  g_autoptr (LoadServer) server = load_server_new ();
  g_autoptr (GPtrArray) summaries = run (make_plan (server, "\"path\":\"/endless\"", 10, 200 * MS));
  const SyLoadSummary *summary = g_ptr_array_index (summaries, 0);

  g_assert_cmpuint (summary->total->faults[SY_LOAD_FAULT_TOO_LARGE], ==, 2);
}

static void
test_refused (void)
{
  LoadServer *server = load_server_new ();
  SyLoadPlan *plan = make_plan (server, "\"path\":\"/\"", 100, 200 * MS);

  load_server_free (server);

  g_autoptr (GPtrArray) summaries = run (plan);
  const SyLoadSummary *summary = g_ptr_array_index (summaries, 0);

  g_assert_cmpuint (summary->total->faults[SY_LOAD_FAULT_CONNECT], ==, 20);
  g_assert_cmpuint (summary->total->lateness.n, ==, 0);
  g_assert_cmpuint (summary->total->generator_late.n, ==, 20);
  g_assert_true (isnan (summary->foreign_cores));
}

/* The server closes each connection instead of answering its second request:
 * all but the first are sent again, and none is lost. One connection, and a
 * second between requests of which nothing is left: the order is certain. */
static void
test_keep_alive_race (void)
{
  g_autoptr (LoadServer) server = load_server_new ();
  SyLoadPlan *plan = make_plan (server, "\"path\":\"/once\"", 20, 500 * MS);

  plan->connections = 1;

  g_autoptr (GPtrArray) summaries = run (plan);
  const SyLoadSummary *summary = g_ptr_array_index (summaries, 0);

  g_assert_cmpuint (summary->total->answered, ==, 10);
  g_assert_cmpuint (summary->total->retried, ==, 9);
  g_assert_cmpuint (summary->total->connects, ==, 10);
  g_assert_cmpuint (summary->total->errors, ==, 0);
}

static void
test_timeout (void)
{
  g_autoptr (LoadServer) server = load_server_new ();
  SyLoadPlan *plan = make_plan (server, "\"path\":\"/hang\"", 20, 500 * MS);

  plan->timeout_us = 100 * MS;

  g_autoptr (GPtrArray) summaries = run (plan);
  const SyLoadTally *total = ((SyLoadSummary *) g_ptr_array_index (summaries, 0))->total;

  g_assert_cmpuint (total->answered, ==, 0);
  g_assert_cmpuint (total->offered, ==, 10);
  g_assert_cmpuint (total->faults[SY_LOAD_FAULT_TIMEOUT] + total->unfinished, ==, 10);
  g_assert_cmpuint (total->response.n_censored, ==, 10);
  g_assert_cmpfloat (sy_latency_histogram_quantile (&total->response, 0), >=, 0.0999);
}

/* One connection; the first answer takes half a second, and all five requests
 * are due before it. By construction the median one is answered 0.3 s after it
 * was due, while the wire saw four quick answers out of five: who measures
 * from the send does not notice that the server stood still. */
static void
test_coordinated_omission (void)
{
  g_autoptr (LoadServer) server = load_server_new ();
  SyLoadPlan *plan = make_plan (server, "\"path\":\"/sleep/500\"", 10, 500 * MS);

  plan->connections = 1;

  g_autoptr (GPtrArray) summaries = run (plan);
  const SyLoadTally *total = ((SyLoadSummary *) g_ptr_array_index (summaries, 0))->total;
  double response = sy_latency_histogram_quantile (&total->response, 0.5);
  double service = sy_latency_histogram_quantile (&total->service, 0.5);

  g_assert_cmpuint (total->answered, ==, 5);
  g_assert_cmpfloat (response, >=, 0.298);
  g_assert_cmpfloat (response, >, 2 * service);
}

/* More than a connection and its queue can hold. */
static void
test_dropped (void)
{
  g_autoptr (LoadServer) server = load_server_new ();
  SyLoadPlan *plan = make_plan (server, "\"path\":\"/hang\"", 100, 200 * MS);

  plan->connections = 1;
  plan->timeout_us = 300 * MS;

  g_autoptr (GPtrArray) summaries = run (plan);
  const SyLoadTally *total = ((SyLoadSummary *) g_ptr_array_index (summaries, 0))->total;

  g_assert_cmpuint (total->dropped, ==, 20 - 1 - SY_LOAD_QUEUE_PER_CONNECTION);
  g_assert_cmpuint (total->response.n_censored, ==, 20);
  g_assert_cmpfloat (sy_latency_histogram_quantile (&total->lateness, 0.5), >=, 0.29);
  g_assert_cmpuint (load_server_get_n_connections (server), >=, 1);
}

static gboolean
stop_when_asked_cb (gpointer user_data)
{
  gpointer *data = user_data;

  if (load_server_get_n_requests (data[0]) == 0)
    return G_SOURCE_CONTINUE;

  sy_load_engine_stop (data[1]);
  return G_SOURCE_REMOVE;
}

/* Runs @plan until @server was asked, and stops it then. (transfer full) */
static GPtrArray *
run_until_asked (LoadServer *server,
                 SyLoadPlan *plan)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (SyLoadEngine) engine = sy_load_engine_new (plan, &error);
  gpointer data[] = { server, engine };

  g_assert_no_error (error);
  g_signal_connect (engine, "finished", G_CALLBACK (finished_cb), loop);
  g_assert_true (sy_load_engine_start (engine, &error));
  g_timeout_add (1, stop_when_asked_cb, data);
  g_assert_null (sy_load_engine_get_summaries (engine));
  g_main_loop_run (loop);

  return g_ptr_array_ref (sy_load_engine_get_summaries (engine));
}

/* Two minutes of load on a server that never answers, stopped once it was
 * asked: the end comes long before a timeout would bring it. */
static void
test_stop (void)
{
  g_autoptr (LoadServer) server = load_server_new ();
  SyLoadPlan *plan = make_plan (server, "\"path\":\"/hang\"", 100, SY_LOAD_MAX_DURATION_US);

  plan->timeout_us = SY_LOAD_MAX_TIMEOUT_US;

  g_autoptr (GPtrArray) summaries = run_until_asked (server, plan);
  const SyLoadSummary *summary = g_ptr_array_index (summaries, 0);

  g_assert_cmpstr (summary->aborted, ==, "stopped");
  g_assert_cmpuint (summary->total->unfinished, >, 0);
  g_assert_cmpuint (summary->total->offered, ==, summary->total->unfinished);
  g_assert_cmpfloat (summary->duration, <, 60);
}

/* One connection, on which the first answer takes a while: the others wait for it, and
 * the load ends meanwhile, by being stopped or by its time. All of the second were
 * offered in time, and are sent when it is free; nothing of the first is. */
static void
test_queue_after_end (void)
{
  g_autoptr (LoadServer) server = load_server_new ();
  g_autoptr (LoadServer) other = load_server_new ();
  SyLoadPlan *stopped = make_plan (server, "\"path\":\"/sleep/400\"", 1000, SY_LOAD_MAX_DURATION_US);
  SyLoadPlan *ended = make_plan (other, "\"path\":\"/sleep/400\"", 100, 40 * MS);

  stopped->connections = 1;
  ended->connections = 1;

  g_autoptr (GPtrArray) after_stop = run_until_asked (server, stopped);
  g_autoptr (GPtrArray) after_end = run (ended);

  g_assert_cmpuint (load_server_get_n_requests (server), ==, 1);
  g_assert_cmpuint (((SyLoadSummary *) g_ptr_array_index (after_stop, 0))->total->sent, ==, 1);
  g_assert_cmpuint (load_server_get_n_requests (other), ==, 4);
  g_assert_cmpuint (((SyLoadSummary *) g_ptr_array_index (after_end, 0))->total->answered, ==, 4);
}

static void
unreachable_cb (SyLoadEngine *engine,
                GError       *error,
                gpointer      user_data)
{
  g_assert_not_reached ();
}

/* An owner that lost interest: no signal, no thread, no leak. */
static void
test_dropped_engine (void)
{
  g_autoptr (LoadServer) server = load_server_new ();
  g_autoptr (GError) error = NULL;
  SyLoadEngine *engine = sy_load_engine_new (make_plan (server, "\"path\":\"/hang\"", 100, SY_LOAD_MAX_DURATION_US), &error);

  g_assert_no_error (error);
  g_signal_connect (engine, "finished", G_CALLBACK (unreachable_cb), NULL);
  g_assert_true (sy_load_engine_start (engine, &error));

  while (load_server_get_n_requests (server) == 0)
    g_thread_yield ();

  g_object_add_weak_pointer (G_OBJECT (engine), (gpointer *) &engine);
  g_object_unref (engine);
  g_assert_null (engine);

  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
tick_cb (SyLoadEngine *engine,
         SyLoadTick   *tick,
         gpointer      user_data)
{
  SyLoadTick *last = user_data;

  g_assert_cmpuint (tick->offered, >=, last->offered);
  g_assert_cmpuint (tick->offered, ==, tick->answered + tick->errors + tick->dropped + tick->in_flight);
  *last = *tick;
  last->target = NULL;
}

/* More than half of what ends fails for five seconds: this target is left
 * alone, the other one goes on. */
static void
test_error_share (void)
{
  g_autoptr (LoadServer) good = load_server_new ();
  g_autoptr (LoadServer) bad = load_server_new ();
  SyLoadPlan *plan = make_plan (good, "\"path\":\"/do/work\"", 20, 6500 * MS);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  SyLoadTick last = { 0 };

  sy_load_plan_add_target (plan, load_server_get_url (bad), &error);
  g_assert_no_error (error);
  g_clear_pointer (&bad, load_server_free);

  g_autoptr (SyLoadEngine) engine = sy_load_engine_new (plan, &error);

  g_assert_no_error (error);
  g_signal_connect (engine, "finished", G_CALLBACK (finished_cb), loop);
  g_signal_connect (engine, "tick", G_CALLBACK (tick_cb), &last);
  g_assert_true (sy_load_engine_start (engine, &error));
  last.offered = 0;
  g_main_loop_run (loop);

  const SyLoadSummary *first = g_ptr_array_index (sy_load_engine_get_summaries (engine), 0);
  const SyLoadSummary *second = g_ptr_array_index (sy_load_engine_get_summaries (engine), 1);

  g_assert_null (first->aborted);
  g_assert_cmpuint (first->total->answered, ==, 130);
  g_assert_cmpfloat (first->duration, ==, 6.5);
  g_assert_cmpstr (second->aborted, ==, "error-share");
  g_assert_cmpuint (second->total->errors, <, 130);
  g_assert_cmpuint (second->total->errors, ==, second->total->offered);
  g_assert_cmpfloat (second->duration, >=, 5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drive/run/answered", test_answered);
  g_test_add_func ("/drive/run/post", test_post);
  g_test_add_func ("/drive/run/same-for-all", test_same_for_all);
  g_test_add_func ("/drive/run/status", test_status);
  g_test_add_func ("/drive/run/redirect-is-not-followed", test_redirect_is_not_followed);
  g_test_add_func ("/drive/run/unverified", test_unverified);
  g_test_add_func ("/drive/run/closed", test_closed);
  g_test_add_func ("/drive/run/too-large", test_too_large);
  g_test_add_func ("/drive/run/endless", test_endless);
  g_test_add_func ("/drive/run/refused", test_refused);
  g_test_add_func ("/drive/run/keep-alive-race", test_keep_alive_race);
  g_test_add_func ("/drive/run/timeout", test_timeout);
  g_test_add_func ("/drive/run/coordinated-omission", test_coordinated_omission);
  g_test_add_func ("/drive/run/dropped", test_dropped);
  g_test_add_func ("/drive/run/stop", test_stop);
  g_test_add_func ("/drive/run/queue-after-end", test_queue_after_end);
  g_test_add_func ("/drive/run/dropped-engine", test_dropped_engine);
  g_test_add_func ("/drive/run/error-share", test_error_share);

  return g_test_run ();
}
