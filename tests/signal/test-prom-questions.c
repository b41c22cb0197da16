/* test-prom-questions.c: the same numbers, asked of a Prometheus server
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-prom-questions.h"

#define SECOND G_GINT64_CONSTANT (1000000)

static const char body[] =
  "# TYPE nodejs_eventloop_lag_seconds gauge\n"
  "nodejs_eventloop_lag_seconds{job=\"api\"} 0.001\n"
  "# TYPE process_cpu_seconds_total counter\n"
  "process_cpu_seconds_total{job=\"api\"} 12\n"
  "# TYPE process_resident_memory_bytes gauge\n"
  "process_resident_memory_bytes{job=\"api\"} 5e7\n"
  "# TYPE process_start_time_seconds gauge\n"
  "process_start_time_seconds{job=\"api\"} 1700000000\n"
  "# TYPE nodejs_version_info gauge\n"
  "nodejs_version_info{version=\"v20.1.0\",major=\"20\",minor=\"1\",patch=\"0\"} 1\n"
  "# TYPE http_request_duration_seconds histogram\n"
  "http_request_duration_seconds_bucket{job=\"api\",route=\"/users\",status_code=\"200\",le=\"0.1\"} 5\n"
  "http_request_duration_seconds_bucket{job=\"api\",route=\"/users\",status_code=\"200\",le=\"+Inf\"} 6\n"
  "http_request_duration_seconds_sum{job=\"api\",route=\"/users\",status_code=\"200\"} 1\n"
  "http_request_duration_seconds_count{job=\"api\",route=\"/users\",status_code=\"200\"} 6\n";

static SyPromQuestions *
new_questions (const char *text)
{
  g_autofree char *directory = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (SyRecogniser) recogniser = sy_recogniser_new_from_directory (directory, NULL);
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (SyExposition) exposition = sy_exposition_parse (bytes, SY_FORMAT_PROMETHEUS, NULL, table, &error);
  g_autoptr (SyMapping) mapping = NULL;

  g_assert_no_error (error);
  mapping = sy_recogniser_match (recogniser, exposition);
  return sy_prom_questions_new (sy_signal_plan_new (mapping, exposition), exposition, "job=\"api\"", 10 * SECOND);
}

/* The id of the first question that has all @parts (NULL-terminated). */
static const char *
find_id (const GPtrArray    *queries,
         const char * const *parts)
{
  for (guint i = 0; i < queries->len; i++)
    {
      const SyPromQuery *query = g_ptr_array_index (queries, i);
      gboolean all = TRUE;

      for (guint j = 0; parts[j] != NULL; j++)
        all = all && strstr (query->query, parts[j]) != NULL;
      if (all)
        return query->id;
    }

  for (guint i = 0; i < queries->len; i++)
    g_test_message ("%s", ((SyPromQuery *) g_ptr_array_index (queries, i))->query);
  g_error ("nothing asks for %s", parts[0]);
}

#define FIND(queries, ...) find_id (queries, (const char * const[]) { __VA_ARGS__, NULL })

static SyPromAnswer *
parse (const char *type,
       const char *result)
{
  g_autofree char *text =
    g_strdup_printf ("{\"status\":\"success\",\"data\":{\"resultType\":\"%s\",\"result\":[%s]}}", type, result);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  SyPromAnswer *answer = sy_prom_answer_parse (bytes, &error);

  g_assert_no_error (error);
  return answer;
}

static void
assert_near (double value,
             double expected)
{
  g_assert_cmpfloat_with_epsilon (value, expected, 1e-9 * MAX (1, fabs (expected)));
}

static void
test_questions (void)
{
  g_autoptr (SyPromQuestions) questions = new_questions (body);
  g_autoptr (GPtrArray) queries = sy_prom_questions_dup_queries (questions);

  /* rates before sums, buckets by le, only this backend, none of our own routes */
  FIND (queries, "sum by(le)(increase({__name__=\"http_request_duration_seconds_bucket\",job=\"api\"", "route!~\"", "[10000ms]");
  FIND (queries, "sum(increase({__name__=\"http_request_duration_seconds_sum\"");
  FIND (queries, "sum(increase({__name__=\"process_cpu_seconds_total\",job=\"api\"}[10000ms]))");
  FIND (queries, "sum({__name__=\"process_resident_memory_bytes\",job=\"api\"})");
  FIND (queries, "max({__name__=\"process_start_time_seconds\"");
  FIND (queries, "max({__name__=\"nodejs_eventloop_lag_seconds\"");

  /* errors are 0 where statuses are told and none is one */
  FIND (queries, "(sum(increase({__name__=\"http_request_duration_seconds_count\"", "status_code=~\"5([0-9][0-9]|[xX][xX])\"", "*0)");
}

static void
test_now (void)
{
  g_autoptr (SyPromQuestions) questions = new_questions (body);
  g_autoptr (GPtrArray) queries = sy_prom_questions_dup_queries (questions);
  const char *buckets = FIND (queries, "sum by(le)");
  const char *sum = FIND (queries, "http_request_duration_seconds_sum");
  const char *cpu = FIND (queries, "process_cpu");
  const char *rss = FIND (queries, "resident");
  g_autofree char *result = g_strdup_printf (
    "{\"metric\":{\"steelyard_id\":\"%s\",\"le\":\"0.1\"},\"value\":[1,\"80\"]},"
    "{\"metric\":{\"steelyard_id\":\"%s\",\"le\":\"0.2\"},\"value\":[1,\"100\"]},"
    "{\"metric\":{\"steelyard_id\":\"%s\",\"le\":\"+Inf\"},\"value\":[1,\"100\"]},"
    "{\"metric\":{\"steelyard_id\":\"%s\"},\"value\":[1,\"5\"]},"
    "{\"metric\":{\"steelyard_id\":\"%s\"},\"value\":[1,\"2.5\"]},"
    "{\"metric\":{\"steelyard_id\":\"%s\"},\"value\":[1,\"1e8\"]},"
    "{\"metric\":{\"steelyard_id\":\"v9999.1\"},\"value\":[1,\"3\"]},"
    "{\"metric\":{\"steelyard_id\":\"\"},\"value\":[1,\"3\"]},{\"metric\":{},\"value\":[1,\"3\"]}",
    buckets, buckets, buckets, sum, cpu, rss);
  g_autoptr (SyPromAnswer) answer = parse ("vector", result);
  SyReading reading;

  sy_prom_questions_read (questions, answer, 100 * SECOND, 5, &reading);
  g_assert_cmpint (reading.monotonic_us, ==, 100 * SECOND);
  g_assert_cmpint (reading.span_us, ==, 10 * SECOND);
  assert_near (reading.cpu_cores, 0.25);
  assert_near (reading.rss, 1e8);
  assert_near (reading.p50.estimate, 0.0625);
  assert_near (reading.p99.lower, 0.1);
  assert_near (reading.p99.estimate, 0.195);
  assert_near (reading.p99.upper, 0.2);
  /* nobody answered for these */
  g_assert_true (isnan (reading.errors));
  g_assert_true (isnan (reading.throughput));
  g_assert_true (isnan (reading.loop_lag));
}

/* Steps in order; a stretch without any is one gap, and no line across it. */
static void
test_past (void)
{
  g_autoptr (SyPromQuestions) questions = new_questions (body);
  g_autoptr (GPtrArray) queries = sy_prom_questions_dup_queries (questions);
  g_autofree char *result = g_strdup_printf (
    "{\"metric\":{\"steelyard_id\":\"%s\"},\"values\":[[1000,\"1\"],[1005,\"2\"],[1030,\"3\"]]},"
    "{\"metric\":{\"steelyard_id\":\"%s\"},\"values\":[[1005,\"20\"],[1035,\"30\"]]}",
    FIND (queries, "resident"), FIND (queries, "process_cpu"));
  g_autoptr (SyPromAnswer) answer = parse ("matrix", result);
  g_autoptr (GArray) readings = g_array_new (FALSE, FALSE, sizeof (SyReading));
  static const struct { double seconds, rss, cpu; SyGap gap; } expected[] = {
    { 0, 1, NAN, SY_GAP_NONE }, { 5, 2, 2, SY_GAP_NONE }, { 10, NAN, NAN, SY_GAP_DOWN },
    { 30, 3, NAN, SY_GAP_NONE }, { 35, NAN, 3, SY_GAP_NONE },
  };

  sy_prom_questions_read_past (questions, answer, -900 * SECOND, readings);
  g_assert_cmpuint (readings->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < readings->len; i++)
    {
      const SyReading *reading = &g_array_index (readings, SyReading, i);

      g_assert_cmpint (reading->monotonic_us, ==, (gint64) ((100 + expected[i].seconds) * 1e6));
      g_assert_cmpint (reading->wall_us, ==, (gint64) ((1000 + expected[i].seconds) * 1e6));
      g_assert_cmpint (reading->gap, ==, expected[i].gap);
      g_assert_true (isnan (expected[i].rss) ? isnan (reading->rss) : reading->rss == expected[i].rss);
      g_assert_true (isnan (expected[i].cpu) ? isnan (reading->cpu_cores) : reading->cpu_cores == expected[i].cpu);
    }
}

static void
test_unknown (void)
{
  g_autoptr (SyPromQuestions) questions = new_questions ("# TYPE colour gauge\ncolour{job=\"api\"} 3\n");
  g_autoptr (GPtrArray) queries = sy_prom_questions_dup_queries (questions);

  g_assert_cmpuint (queries->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/prom-questions/questions", test_questions);
  g_test_add_func ("/prom-questions/now", test_now);
  g_test_add_func ("/prom-questions/past", test_past);
  g_test_add_func ("/prom-questions/unknown", test_unknown);

  return g_test_run ();
}
