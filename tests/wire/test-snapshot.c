/* test-snapshot.c: steelyard.snapshot/1 as an exposition
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sy-error.h"
#include "wire-fixture.h"

#define JSON SY_FORMAT_JSON

static const char threads[] =
  "{\"schema\":\"steelyard.snapshot/1\",\"boot\":\"9f2c\",\"seq\":3,\"t\":1000.5,\"uptime\":100.25,\"interval\":0.25,"
  "\"server\":{\"name\":\"x\",\"model\":\"gil-threads\",\"runtime\":\"steelyard-ref\",\"version\":\"1.0\","
  "\"workers\":{\"processes\":1,\"threads\":32},\"gil\":true},"
  "\"counters\":{\"requests\":{\"2xx\":3},\"rejected\":4,\"cpu_user\":1.5,\"cpu_system\":0.25,\"ctx_voluntary\":7,"
  "\"ctx_involuntary\":8,\"gil_hold\":0.5,\"gil_switch_released\":9,\"gil_switch_forced\":10},"
  "\"gauges\":{\"active\":2,\"queued\":1,\"connections\":{\"http\":5,\"sse\":6},\"threads_busy\":2,\"rss\":4096,\"fds\":11},"
  "\"bounds\":[0.5,1],"
  "\"hist\":{\"request\":[{\"route\":\"/a\\\"b\\\\\",\"method\":\"GET\",\"class\":\"2xx\",\"count\":3,\"sum\":2.5,\"max\":2,\"b\":[1,2]}],"
  "\"gil_wait\":{\"count\":4,\"sum\":0.125,\"b\":[4,4]},\"queue_wait\":{\"count\":1,\"sum\":0.75,\"b\":[0,1]}},"
  "\"derived\":{\"p50\":1},\"unknown\":[{}]}";

static const char threads_dump[] =
#define REQUEST "{http_request_method=\"GET\",http_route=\"/a\"b\\\",http_response_status_code=\"2xx\",url_scheme=\"http\""
  "http_server_request_duration_seconds_bucket" REQUEST ",le=\"0.5\"} 1 http_server_request_duration_seconds/histogram\n"
  "http_server_request_duration_seconds_bucket" REQUEST ",le=\"1\"} 2 http_server_request_duration_seconds/histogram\n"
  "http_server_request_duration_seconds_bucket" REQUEST ",le=\"+Inf\"} 3 http_server_request_duration_seconds/histogram\n"
  "http_server_request_duration_seconds_sum" REQUEST "} 2.5 http_server_request_duration_seconds/histogram\n"
  "http_server_request_duration_seconds_count" REQUEST "} 3 http_server_request_duration_seconds/histogram\n"
  "http_server_active_requests 2 http_server_active_requests/gauge\n"
  "steelyard_queue_length 1 steelyard_queue_length/gauge\n"
  "steelyard_workers_busy 2 steelyard_workers_busy/gauge\n"
  "process_resident_memory_bytes 4096 process_resident_memory_bytes/gauge\n"
  "process_open_fds 11 process_open_fds/gauge\n"
  "steelyard_rejected_total{reason=\"queue_full\"} 4 steelyard_rejected_total/counter\n"
  "steelyard_gil_hold_seconds_total 0.5 steelyard_gil_hold_seconds_total/counter\n"
  "steelyard_gil_switches_total{reason=\"released\"} 9 steelyard_gil_switches_total/counter\n"
  "steelyard_gil_switches_total{reason=\"forced\"} 10 steelyard_gil_switches_total/counter\n"
  "process_context_switches_total{type=\"voluntary\"} 7 process_context_switches_total/counter\n"
  "process_context_switches_total{type=\"involuntary\"} 8 process_context_switches_total/counter\n"
  "steelyard_connections{kind=\"http\"} 5 steelyard_connections/gauge\n"
  "steelyard_connections{kind=\"sse\"} 6 steelyard_connections/gauge\n"
  "steelyard_queue_wait_seconds_bucket{le=\"0.5\"} 0 steelyard_queue_wait_seconds/histogram\n"
  "steelyard_queue_wait_seconds_bucket{le=\"1\"} 1 steelyard_queue_wait_seconds/histogram\n"
  "steelyard_queue_wait_seconds_bucket{le=\"+Inf\"} 1 steelyard_queue_wait_seconds/histogram\n"
  "steelyard_queue_wait_seconds_sum 0.75 steelyard_queue_wait_seconds/histogram\n"
  "steelyard_queue_wait_seconds_count 1 steelyard_queue_wait_seconds/histogram\n"
  "steelyard_gil_wait_seconds_bucket{le=\"0.5\"} 4 steelyard_gil_wait_seconds/histogram\n"
  "steelyard_gil_wait_seconds_bucket{le=\"1\"} 4 steelyard_gil_wait_seconds/histogram\n"
  "steelyard_gil_wait_seconds_bucket{le=\"+Inf\"} 4 steelyard_gil_wait_seconds/histogram\n"
  "steelyard_gil_wait_seconds_sum 0.125 steelyard_gil_wait_seconds/histogram\n"
  "steelyard_gil_wait_seconds_count 4 steelyard_gil_wait_seconds/histogram\n"
  "steelyard_workers{kind=\"process\"} 1 steelyard_workers/gauge\n"
  "steelyard_workers{kind=\"thread\"} 32 steelyard_workers/gauge\n"
  "python_gil_enabled 1 python_gil_enabled/gauge\n"
  "process_cpu_seconds_total 1.75 process_cpu_seconds_total/counter\n"
  "process_start_time_seconds 900.25 process_start_time_seconds/gauge\n"
  "steelyard_server_info{model=\"gil-threads\",runtime=\"steelyard-ref\",runtime_version=\"1.0\",boot=\"9f2c\",schema=\"1\"} 1 steelyard_server_info/gauge\n";
#undef REQUEST

static void
test_threads (void)
{
  g_autoptr (SyExposition) exposition = wire_parse (threads, SY_FORMAT_AUTO, NULL);
  g_autofree char *dump = wire_dump (exposition);

  g_assert_cmpint (sy_exposition_get_format (exposition), ==, JSON);
  g_assert_true (sy_exposition_ends_cleanly (exposition));
  g_assert_cmpstr (dump, ==, threads_dump);
}

/* What does not apply to a server is absent, not zero. */
static void
test_sparse (void)
{
  g_autoptr (SyExposition) exposition = NULL;
  g_autofree char *dump = NULL;

  exposition = wire_parse ("{\"schema\":\"steelyard.snapshot/1\",\"counters\":{\"loop_active\":1,\"loop_idle\":2,\"cpu_user\":3},"
                           "\"gauges\":{},\"other\":7,\"hist\":{\"loop_delay\":{\"count\":0,\"sum\":0,\"b\":[]}},\"bounds\":[]}", JSON, NULL);
  dump = wire_dump (exposition);
  g_assert_cmpstr (dump, ==,
                   "steelyard_loop_time_seconds_total{state=\"active\"} 1 steelyard_loop_time_seconds_total/counter\n"
                   "steelyard_loop_time_seconds_total{state=\"idle\"} 2 steelyard_loop_time_seconds_total/counter\n"
                   "steelyard_loop_delay_seconds_bucket{le=\"+Inf\"} 0 steelyard_loop_delay_seconds/histogram\n"
                   "steelyard_loop_delay_seconds_sum 0 steelyard_loop_delay_seconds/histogram\n"
                   "steelyard_loop_delay_seconds_count 0 steelyard_loop_delay_seconds/histogram\n"
                   "steelyard_server_info{model=\"\",runtime=\"\",runtime_version=\"\",boot=\"\",schema=\"1\"} 1 steelyard_server_info/gauge\n");
}

static double
read_start (SySeriesTable *table,
            const char    *boot,
            double         t)
{
  g_autofree char *text = g_strdup_printf ("{\"schema\":\"steelyard.snapshot/1\",\"boot\":\"%s\",\"t\":%.6f,\"uptime\":10}", boot, t);
  g_autoptr (SyExposition) exposition = wire_parse (text, JSON, table);
  const SySample *samples = sy_exposition_get_samples (exposition, NULL);

  g_assert_cmpstr (samples[0].series->name, ==, "process_start_time_seconds");
  return samples[0].value;
}

/* The start names the process: it moves with the boot, not with the clocks. */
static void
test_start_is_stable (void)
{
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);

  g_assert_cmpfloat (read_start (table, "a", 100.0), ==, 90.0);
  g_assert_cmpfloat (read_start (table, "a", 100.001), ==, 90.0);
  g_assert_cmpfloat (read_start (table, "b", 200.0), ==, 190.0);
  g_assert_cmpfloat (read_start (table, "b", 3800.0), ==, 190.0);
}

static void
test_refused (void)
{
  static const struct {
    const char *body;
    SyErrorCode code;
  } cases[] = {
    { "{}", SY_ERROR_FORMAT },
    { "[]", SY_ERROR_FORMAT },
    { "{\"schema\":7}", SY_ERROR_FORMAT },
    { "{\"schema\":\"steelyard.snapshot/2\"}", SY_ERROR_FORMAT },
    { "{\"status\":\"success\"}", SY_ERROR_FORMAT },
    { "", SY_ERROR_PARSE },
    { "{\"schema\":", SY_ERROR_PARSE },
    { "{\"schema\":\"steelyard.snapshot/1\",\"hist\":{\"gil_wait\":{\"b\":[1]}},\"bounds\":[1,2]}", SY_ERROR_PARSE },
    { "{\"schema\":\"steelyard.snapshot/1\",\"hist\":{\"request\":[7]},\"bounds\":[1]}", SY_ERROR_PARSE },
    { "{\"schema\":\"steelyard.snapshot/1\",\"hist\":{\"gil_wait\":{}}}", SY_ERROR_PARSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = wire_bytes (cases[i].body);
      g_autoptr (SySeriesTable) table = sy_series_table_new (0);
      g_autoptr (GError) error = NULL;

      g_assert_null (sy_exposition_parse (body, JSON, NULL, table, &error));
      g_assert_error (error, SY_ERROR, (int) cases[i].code);
    }
}

/* A whole snapshot cut at every byte is refused, never half read. */
static void
test_cut (void)
{
  for (gsize length = 0; length < strlen (threads); length++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (threads, length);
      g_autoptr (SySeriesTable) table = sy_series_table_new (0);
      g_autoptr (GError) error = NULL;

      g_assert_null (sy_exposition_parse (body, JSON, NULL, table, &error));
      g_assert_error (error, SY_ERROR, SY_ERROR_PARSE);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/snapshot/threads", test_threads);
  g_test_add_func ("/wire/snapshot/sparse", test_sparse);
  g_test_add_func ("/wire/snapshot/start-is-stable", test_start_is_stable);
  g_test_add_func ("/wire/snapshot/refused", test_refused);
  g_test_add_func ("/wire/snapshot/cut", test_cut);
  return g_test_run ();
}
