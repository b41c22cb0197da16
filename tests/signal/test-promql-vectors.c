/* test-promql-vectors.c: our rates beside those that Prometheus computes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The vectors of promql/derived_vectors.json (data of another project, found by
 * STEELYARD_DATA) have samples of one series and what a function of PromQL makes
 * of them. Each series is fed to the signal reader as scrapes of a counter of
 * requests. histogram_quantile is in test-buckets.c.
 *
 * Where the reader differs, it does so on purpose: it says what was between two
 * scrapes, and does not stretch that to the edges of a window; and a fall of a
 * counter is a gap, nothing is counted across. So the stretching is taken from
 * the expected value here, and of series with a fall only the fall is compared.
 */
#include "config.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "sy-datadir.h"
#include "sy-signal-reader.h"

#define USEC_PER_MSEC 1000

typedef enum {
  RATE,
  INCREASE,
  IRATE,
  RESETS,
  N_FUNCTIONS
} Function;

static const char *const names[N_FUNCTIONS] = { "rate", "increase", "irate", "resets" };

typedef struct
{
  guint n_vectors; /* that were run */
  guint n_compared; /* results whose value the reader has, too */
  guint n_empty;   /* series without a result, here and there */
  guint n_fallen;  /* series with a fall, where the reader has a gap */
} Count;

typedef struct
{
  gint64 time_ms;
  double value;
} Sample;

/* What the reader makes of the samples of one series. */
typedef struct
{
  guint  n;
  guint  n_resets;
  SyGap  gap;        /* of the last */
  double throughput; /* of the last; NAN: none */
} Outcome;

static double
number (const char *text)
{
  return g_ascii_strtod (text, NULL);
}

/* Those of (time - range, time]. (transfer full) */
static GArray *
get_samples (JsonObject *vector,
             JsonObject *series)
{
  const gint64 time_ms = json_object_get_int_member (vector, "time_ms");
  const gint64 range_ms = json_object_get_int_member (vector, "range_ms");
  JsonArray *all = json_object_get_array_member (series, "samples");
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (Sample));

  for (guint i = 0; i < json_array_get_length (all); i++)
    {
      JsonArray *pair = json_array_get_array_element (all, i);
      const Sample sample = { json_array_get_int_element (pair, 0), number (json_array_get_string_element (pair, 1)) };

      if (sample.time_ms > time_ms - range_ms && sample.time_ms <= time_ms)
        g_array_append_val (samples, sample);
    }

  return samples;
}

static void
read_samples (const GArray *samples,
              gint64        window_us,
              Outcome      *ret)
{
  g_autofree char *directory = sy_datadir_build_path ("recognisers", NULL);
  g_autoptr (SyRecogniser) recogniser = sy_recogniser_new_from_directory (directory, NULL);
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (SySignalReader) reader = sy_signal_reader_new (recogniser);

  *ret = (Outcome) { .n = samples->len, .throughput = (double) NAN };
  sy_signal_reader_set_window (reader, window_us);
  for (guint i = 0; i < samples->len; i++)
    {
      const Sample *sample = &g_array_index (samples, Sample, i);
      char value[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *text = g_strdup_printf ("# TYPE http_requests_total counter\nhttp_requests_total{code=\"200\"} %s\n",
                                               g_ascii_dtostr (value, sizeof value, sample->value));
      g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
      g_autoptr (SyExposition) exposition = sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, NULL, table, NULL);
      SyReading reading;

      g_assert_nonnull (exposition);
      sy_signal_reader_read (reader, exposition, sample->time_ms * USEC_PER_MSEC, 0, &reading);
      ret->gap = reading.gap;
      ret->throughput = reading.throughput;
      ret->n_resets += reading.gap == SY_GAP_RESET;
    }
}

/* How many seconds Prometheus takes for growth that was seen between the first
 * and the last sample (extrapolatedRate of Prometheus 3, left-open window). */
static double
stretched_seconds (JsonObject   *vector,
                   const GArray *samples)
{
  const gint64 time_ms = json_object_get_int_member (vector, "time_ms");
  const gint64 range_ms = json_object_get_int_member (vector, "range_ms");
  const Sample *first = &g_array_index (samples, Sample, 0);
  const Sample *last = &g_array_index (samples, Sample, samples->len - 1);
  const double span = (double) (last->time_ms - first->time_ms);
  const double average = span / (samples->len - 1);
  const double growth = last->value - first->value;
  double before = (double) (first->time_ms - (time_ms - range_ms));
  double after = (double) (time_ms - last->time_ms);

  if (before >= 1.1 * average)
    before = average / 2;
  if (after >= 1.1 * average)
    after = average / 2;
  if (growth > 0 && first->value >= 0)
    before = MIN (before, span * first->value / growth);

  return (span + before + after) / 1000;
}

/* The expected value of a series; FALSE: Prometheus has none. */
static gboolean
find_expected (JsonObject *vector,
               JsonObject *series,
               double     *ret)
{
  JsonArray *results = json_object_get_array_member (vector, "expected");
  JsonObject *labels = json_object_get_object_member (series, "labels");

  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      JsonObject *result = json_array_get_object_element (results, i);
      JsonObject *wanted = json_object_get_object_member (result, "labels");
      g_autoptr (GList) members = json_object_get_members (labels);
      gboolean is_same = TRUE;

      for (GList *l = members; l != NULL && is_same; l = l->next)
        is_same = g_str_equal (l->data, "__name__")
                  || (json_object_has_member (wanted, l->data)
                      && g_str_equal (json_object_get_string_member (wanted, l->data),
                                      json_object_get_string_member (labels, l->data)));
      if (is_same)
        {
          *ret = number (json_object_get_string_member (result, "value"));
          return TRUE;
        }
    }

  return FALSE;
}

static void
check_growth (JsonObject   *vector,
              Function      function,
              const GArray *samples,
              double        expected,
              Count        *count)
{
  const double range = (double) json_object_get_int_member (vector, "range_ms") / 1000;
  Outcome outcome;
  double actual;

  read_samples (samples, function == IRATE ? 0 : G_MAXINT64 / 2, &outcome);
  if (outcome.gap != SY_GAP_NONE || (function != IRATE && outcome.n_resets > 0))
    {
      g_assert_cmpuint (outcome.n_resets, >, 0);
      count->n_fallen++;
      return;
    }

  actual = outcome.throughput;
  if (function != IRATE)
    actual *= stretched_seconds (vector, samples);
  if (function == RATE)
    actual /= range;

  /* as many digits as the file has */
  g_assert_cmpfloat_with_epsilon (actual, expected, 1e-8 * MAX (1, fabs (expected)));
  count->n_compared++;
}

static void
check_series (JsonObject *vector,
              Function    function,
              JsonObject *series,
              Count      *count)
{
  g_autoptr (GArray) samples = get_samples (vector, series);
  Outcome outcome;
  double expected;

  if (!find_expected (vector, series, &expected))
    {
      read_samples (samples, G_MAXINT64 / 2, &outcome);
      g_assert_true (isnan (outcome.throughput));
      g_assert_cmpuint (outcome.n_resets, ==, 0);
      count->n_empty++;
    }
  else if (function == RESETS)
    {
      read_samples (samples, G_MAXINT64 / 2, &outcome);
      g_assert_cmpfloat (outcome.n_resets, ==, expected);
      count->n_compared++;
    }
  else
    {
      check_growth (vector, function, samples, expected, count);
    }
}

/* (transfer full) (nullable) */
static JsonParser *
load (void)
{
  const char *data = g_getenv ("STEELYARD_DATA");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  if (data == NULL)
    return NULL;

  path = g_build_filename (data, "suites", "promql", "derived_vectors.json", NULL);
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&parser);
}

/* What a vector is about; N_FUNCTIONS: nothing that is looked at here. */
static Function
get_function (JsonObject *vector)
{
  Function function = N_FUNCTIONS;

  if (g_str_equal (json_object_get_string_member (vector, "kind"), "range"))
    for (function = 0; function < N_FUNCTIONS; function++)
      if (g_str_equal (names[function], json_object_get_string_member (vector, "func")))
        break;

  return function;
}

static void
test_function (gconstpointer data)
{
  const Function function = GPOINTER_TO_UINT (data);
  /* vectors, compared, empty, fallen: that none of them is left out by accident */
  static const Count expected[N_FUNCTIONS] = {
    [RATE] = { 21, 47, 1, 2 },
    [INCREASE] = { 23, 23, 5, 5 },
    [IRATE] = { 4, 3, 0, 1 },
    [RESETS] = { 11, 25, 4, 0 },
  };
  g_autoptr (JsonParser) parser = load ();
  Count count = { 0 };
  JsonArray *vectors;

  if (parser == NULL)
    {
      g_test_skip ("STEELYARD_DATA is not set");
      return;
    }

  vectors = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (vectors); i++)
    {
      JsonObject *vector = json_array_get_object_element (vectors, i);
      JsonArray *all = json_object_get_array_member (vector, "series");

      if (get_function (vector) != function)
        continue;

      g_test_message ("%s", json_object_get_string_member (vector, "expr"));
      count.n_vectors++;
      for (guint j = 0; j < json_array_get_length (all); j++)
        check_series (vector, function, json_array_get_object_element (all, j), &count);
    }

  g_test_message ("%s: %u vectors: %u values agree, %u series have none on either side, %u have a fall, where ours is a gap",
                  names[function], count.n_vectors, count.n_compared, count.n_empty, count.n_fallen);
  g_assert_cmpmem (&count, sizeof count, &expected[function], sizeof count);
}

/* The rest, by name: levels are charted as they are, and shares below a bound
 * are not asked for. */
static void
test_absent (void)
{
  g_autoptr (JsonParser) parser = load ();
  g_autoptr (GHashTable) absent = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) keys = NULL;
  JsonArray *vectors;
  guint n_here = 0;

  if (parser == NULL)
    {
      g_test_skip ("STEELYARD_DATA is not set");
      return;
    }

  vectors = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (vectors); i++)
    {
      JsonObject *vector = json_array_get_object_element (vectors, i);
      const char *kind = json_object_get_string_member (vector, "kind");
      const char *name = g_str_equal (kind, "hf_inst") ? "histogram_fraction" : json_object_get_string_member_with_default (vector, "func", "");

      if (g_str_has_prefix (kind, "hq_") || get_function (vector) != N_FUNCTIONS)
        n_here++;
      else
        g_hash_table_insert (absent, (gpointer) name, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (absent, name)) + 1));
    }

  keys = g_list_sort (g_hash_table_get_keys (absent), (GCompareFunc) strcmp);
  for (GList *l = keys; l != NULL; l = l->next)
    g_test_message ("no such function here: %s (%u vectors)", (const char *) l->data,
                    GPOINTER_TO_UINT (g_hash_table_lookup (absent, l->data)));
  g_test_message ("%u of %u vectors are of functions that exist here", n_here, json_array_get_length (vectors));
  g_assert_cmpuint (n_here, ==, 100);
  g_assert_cmpuint (json_array_get_length (vectors), ==, 147);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < N_FUNCTIONS; i++)
    {
      g_autofree char *path = g_strconcat ("/promql-vectors/", names[i], NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_function);
    }
  g_test_add_func ("/promql-vectors/absent", test_absent);

  return g_test_run ();
}
