/* test-otlp-session.c: backends that push, from the address to the reading
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-error.h"
#include "sy-probe.h"
#include "sy-pusher.h"
#include "sy-session.h"

typedef struct
{
  SySession *session;
  guint16    port;
  gint64     now_s; /* of the wall clock, when the test began */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (SyClock) clock = sy_clock_new ();
  g_autoptr (GError) error = NULL;

  self->session = sy_session_new (clock, &error);
  g_assert_no_error (error);
  self->port = sy_pusher_find_port ();
  self->now_s = sy_clock_get_wall (clock) / SY_USEC_PER_SEC;
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_assert_finalize_object (self->session);
}

static SyBackend *
add (Fixture    *self,
     const char *service)
{
  g_autofree char *address = g_strdup_printf ("otlp://127.0.0.1:%u/%s", self->port, service);
  g_autoptr (GError) error = NULL;
  SyBackend *backend = sy_session_add (self->session, address, NULL, &error);

  g_assert_no_error (error);
  return backend;
}

/* Until somebody takes it: the source begins to listen on its own thread. Told
 * @ago_s before the test began; it is collected then, whenever it comes. */
static void
push (Fixture    *self,
      const char *service,
      guint       count,
      gint64      start_ago_s,
      gint64      ago_s)
{
  g_autoptr (GBytes) body = sy_pusher_make (service, count, self->now_s - start_ago_s, self->now_s - ago_s);

  for (;;)
    {
      g_autoptr (GSocketClient) client = g_socket_client_new ();
      g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, NULL);
      g_autofree char *answer = connection != NULL ? sy_pusher_push (self->port, NULL, body) : NULL;

      if (answer != NULL && strstr (answer, "{\"partialSuccess\":{}}") != NULL)
        return;
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}

static void
wait_scrapes (SyBackend *backend,
              guint64    n)
{
  while (sy_source_get_n_scrapes (sy_backend_get_source (backend)) < n || sy_backend_get_reading (backend) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_gap (SyBackend *backend,
          SyGap      gap)
{
  while (sy_backend_get_reading (backend) == NULL || sy_backend_get_reading (backend)->gap != gap)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_two (Fixture       *self,
          gconstpointer  data)
{
  SyBackend *shop = add (self, "shop");
  SyBackend *mail = add (self, "mail");

  g_assert_cmpstr (sy_backend_get_name (shop), ==, "shop");
  push (self, "shop", 10, 60, 2);
  push (self, "mail", 0, 60, 2);
  wait_scrapes (shop, 1);
  wait_scrapes (mail, 1);
  push (self, "shop", 110, 60, 1);
  push (self, "mail", 7, 60, 1);
  wait_scrapes (shop, 2);
  wait_scrapes (mail, 2);
  wait_gap (shop, SY_GAP_NONE);
  wait_gap (mail, SY_GAP_NONE);

  /* A second by the pusher's clock, however long it took to push. */
  g_assert_cmpfloat_with_epsilon (sy_backend_get_reading (shop)->throughput, 100, 1e-3);
  g_assert_cmpfloat_with_epsilon (sy_backend_get_reading (mail)->throughput, 7, 1e-4);
  g_assert_cmpfloat (sy_backend_get_reading (shop)->errors, ==, 0);
  g_assert_cmpstr (sy_mapping_get_runtime (sy_backend_get_mapping (shop)), ==, "Node.js");
}

/* The counters begin anew under the same name. */
static void
test_restart (Fixture       *self,
              gconstpointer  data)
{
  SyBackend *shop = add (self, "shop");

  push (self, "shop", 500, 60, 4);
  wait_scrapes (shop, 1);
  push (self, "shop", 510, 60, 3);
  wait_gap (shop, SY_GAP_NONE);
  push (self, "shop", 3, 2, 1);
  wait_gap (shop, SY_GAP_RESTART);
  g_assert_cmpuint (sy_backend_get_n_processes (shop), ==, 1);
}

static void
test_refused (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  add (self, "shop");
  g_assert_null (sy_session_add (self->session, "otlp://10.1.2.3/shop", NULL, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
}

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(SyProbe **) user_data = sy_session_probe_finish (SY_SESSION (object), result, &error);
  g_assert_no_error (error);
}

static void
test_probe (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *address = g_strdup_printf ("otlp://127.0.0.1:%u/shop", self->port);
  g_autoptr (SyProbe) probe = NULL;
  g_autoptr (GError) error = NULL;

  sy_session_probe_async (self->session, address, NULL, probed_cb, &probe);
  push (self, "shop", 10, 60, 1);
  while (probe == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_no_error (probe->error);
  g_assert_cmpstr (probe->format, ==, "otlp");
  g_assert_cmpstr (sy_mapping_get_exporter (probe->mapping), ==, "opentelemetry-js");
  g_assert_true (g_strv_contains ((const char *const *) probe->lines, "OTEL_EXPORTER_OTLP_PROTOCOL=http/json"));

  /* What it found can be added. */
  g_assert_nonnull (sy_session_add (self->session, probe->address, NULL, &error));
  g_assert_no_error (error);
}

/* Names as SDKs push them, of both HTTP conventions. */
static const struct {
  const char *language;
  const char *metric;
  const char *unit;
  const char *kind;   /* with what is told of it */
  const char *point;
  const char *role;
} names[] = {
#define HISTOGRAM "histogram\":{\"aggregationTemporality\":2,", "\"count\":1,\"bucketCounts\":[1,0],\"explicitBounds\":[1]"
#define COUNTER "sum\":{\"aggregationTemporality\":2,\"isMonotonic\":true,", "\"asInt\":1"
#define LEVEL "sum\":{\"aggregationTemporality\":2,", "\"asInt\":1"
#define GAUGE "gauge\":{", "\"asInt\":1"
  { "nodejs", "http.server.request.duration", "s", HISTOGRAM, "duration" },
  { "nodejs", "http.server.duration", "ms", HISTOGRAM, "duration" },
  { "nodejs", "http.server.active_requests", "{request}", LEVEL, "inflight" },
  { "nodejs", "process.cpu.time", "s", COUNTER, "cpu" },
  { "nodejs", "process.memory.usage", "By", GAUGE, "rss" },
  { "nodejs", "nodejs.eventloop.utilization", "1", GAUGE, "loop_util" },
  { "nodejs", "nodejs.eventloop.delay.p99", "s", GAUGE, "loop_lag_p99" },
  { "python", "http.server.request.duration", "s", HISTOGRAM, "duration" },
  { "python", "http.server.duration", "ms", HISTOGRAM, "duration" },
  { "python", "http.server.active_requests", "{request}", LEVEL, "inflight" },
  { "python", "process.cpu.time", "s", COUNTER, "cpu" },
  { "python", "process.memory.usage", "By", LEVEL, "rss" },
  { "python", "process.thread.count", "{thread}", LEVEL, "threads" },
  { "java", "http.server.request.duration", "s", HISTOGRAM, "duration" },
  { "go", "http.server.duration", "ms", HISTOGRAM, "duration" },
};

static void
test_names (Fixture       *self,
            gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"telemetry.sdk.language\",\"value\":{\"stringValue\":\"%s\"}}]},"
                         "\"scopeMetrics\":[{\"metrics\":[{\"name\":\"%s\",\"unit\":\"%s\",\"%s\"dataPoints\":[{%s}]}}]}]}]}",
                         names[i].language, names[i].metric, names[i].unit, names[i].kind, names[i].point);
      g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
      g_autoptr (SySeriesTable) table = sy_series_table_new (0);
      g_autoptr (GError) error = NULL;
      g_autoptr (SyExposition) exposition = sy_exposition_parse (body, SY_FORMAT_AUTO, NULL, table, &error);
      g_autoptr (SyMapping) mapping = NULL;
      const SySignal *signal;

      g_assert_no_error (error);
      mapping = sy_recogniser_match (sy_session_get_recogniser (self->session), exposition);
      signal = sy_mapping_find (mapping, names[i].role);
      g_test_message ("%s %s", names[i].language, names[i].metric);
      g_assert_nonnull (signal);
      g_assert_true (g_str_has_prefix (signal->metric, names[i].metric));
      if (strcmp (names[i].role, "duration") == 0)
        g_assert_cmpstr (signal->unit, ==, names[i].unit);
      g_assert_cmpstr (sy_mapping_find (mapping, "start_time")->metric, ==, "otlp_start_time_seconds");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/otlp-session/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("two", test_two);
  ADD ("restart", test_restart);
  ADD ("refused", test_refused);
  ADD ("probe", test_probe);
  ADD ("names", test_names);

  return g_test_run ();
}
