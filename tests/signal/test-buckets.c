/* test-buckets.c: histograms and their percentiles
 *
 * The vectors of promql/derived_vectors.json (data of another project, found by
 * STEELYARD_DATA) say what histogram_quantile gives.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "sy-buckets.h"

static double
number (const char *text)
{
  return g_ascii_strtod (text, NULL);
}

static void
assert_close (double actual,
              double expected)
{
  if (isnan (expected))
    g_assert_true (isnan (actual));
  else if (isinf (expected))
    g_assert_cmpfloat (actual, ==, expected);
  else
    g_assert_cmpfloat_with_epsilon (actual, expected, 1e-9 * MAX (1, fabs (expected)));
}

/* extrapolatedRate of Prometheus 3 (left-open window), for the vectors only. */
static gboolean
rate (JsonArray *samples,
      gint64     time_ms,
      gint64     range_ms,
      double    *ret)
{
  double first = 0, previous = 0, delta = 0;
  gint64 first_ms = 0, last_ms = 0;
  guint n = 0;
  double span, average, before, after;

  for (guint i = 0; i < json_array_get_length (samples); i++)
    {
      JsonArray *pair = json_array_get_array_element (samples, i);
      gint64 at_ms = json_array_get_int_element (pair, 0);
      double value = number (json_array_get_string_element (pair, 1));

      if (at_ms <= time_ms - range_ms || at_ms > time_ms)
        continue;
      if (n == 0)
        {
          first = value;
          first_ms = at_ms;
        }
      else
        delta += value < previous ? value : value - previous;
      previous = value;
      last_ms = at_ms;
      n++;
    }

  if (n < 2)
    return FALSE;

  span = (double) (last_ms - first_ms);
  average = span / (n - 1);
  before = (double) (first_ms - (time_ms - range_ms));
  after = (double) (time_ms - last_ms);
  if (before >= 1.1 * average)
    before = average / 2;
  if (after >= 1.1 * average)
    after = average / 2;
  if (delta > 0 && first >= 0)
    before = MIN (before, span * first / delta);
  *ret = delta * (span + before + after) / span / ((double) range_ms / 1000);

  return TRUE;
}

static gboolean
instant (JsonArray *samples,
         gint64     time_ms,
         gint64     range_ms,
         double    *ret)
{
  gboolean found = FALSE;

  for (guint i = 0; i < json_array_get_length (samples); i++)
    {
      JsonArray *pair = json_array_get_array_element (samples, i);
      gint64 at_ms = json_array_get_int_element (pair, 0);

      if (at_ms <= time_ms - range_ms || at_ms > time_ms)
        continue;
      *ret = number (json_array_get_string_element (pair, 1));
      found = TRUE;
    }

  return found;
}

/* Are the labels of a series those of an expected result, but for the ones the
 * expression has summed away? */
static gboolean
labels_match (JsonObject *vector,
              JsonObject *series,
              JsonObject *expected)
{
  JsonObject *labels = json_object_get_object_member (series, "labels");
  JsonObject *wanted = json_object_get_object_member (expected, "labels");
  gboolean summed = json_object_has_member (vector, "by");
  g_autoptr (GList) names = json_object_get_members (summed ? wanted : labels);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;

      if (g_str_equal (name, "le") || g_str_equal (name, "__name__"))
        continue;
      if (!json_object_has_member (wanted, name) || !json_object_has_member (labels, name)
          || g_strcmp0 (json_object_get_string_member (wanted, name), json_object_get_string_member (labels, name)) != 0)
        return FALSE;
    }

  return TRUE;
}

static void
check_vector (JsonObject *vector)
{
  gint64 time_ms = json_object_get_int_member (vector, "time_ms");
  gint64 range_ms = json_object_get_int_member (vector, "range_ms");
  gboolean is_rate = !g_str_equal (json_object_get_string_member (vector, "kind"), "hq_inst");
  double q = number (json_object_get_string_member (vector, "q"));
  JsonArray *all = json_object_get_array_member (vector, "series");
  JsonArray *results = json_object_get_array_member (vector, "expected");

  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      JsonObject *expected = json_array_get_object_element (results, i);
      g_autoptr (SyBuckets) buckets = sy_buckets_new ();

      for (guint j = 0; j < json_array_get_length (all); j++)
        {
          JsonObject *series = json_array_get_object_element (all, j);
          JsonObject *labels = json_object_get_object_member (series, "labels");
          JsonArray *samples = json_object_get_array_member (series, "samples");
          double value;

          if (!json_object_has_member (labels, "le") || !labels_match (vector, series, expected))
            continue;
          if (is_rate ? rate (samples, time_ms, range_ms, &value) : instant (samples, time_ms, range_ms, &value))
            sy_buckets_add (buckets, number (json_object_get_string_member (labels, "le")), value);
        }

      g_test_message ("%s", json_object_get_string_member (vector, "expr"));
      assert_close (sy_buckets_quantile (buckets, q).estimate, number (json_object_get_string_member (expected, "value")));
    }
}

static void
test_vectors (void)
{
  const char *data = g_getenv ("STEELYARD_DATA");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  JsonArray *vectors;
  guint n = 0;

  if (data == NULL)
    {
      g_test_skip ("STEELYARD_DATA is not set");
      return;
    }

  path = g_build_filename (data, "suites", "promql", "derived_vectors.json", NULL);
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);

  vectors = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (vectors); i++)
    {
      JsonObject *vector = json_array_get_object_element (vectors, i);

      if (!g_str_has_prefix (json_object_get_string_member (vector, "kind"), "hq_"))
        continue;
      check_vector (vector);
      n++;
    }
  g_test_message ("%u vectors of histogram_quantile", n);
  g_assert_cmpuint (n, ==, 41);
}

static SyBuckets *
make (const double *bounds,
      const double *counts,
      guint         n)
{
  SyBuckets *buckets = sy_buckets_new ();

  for (guint i = 0; i < n; i++)
    sy_buckets_add (buckets, bounds[i], counts[i]);

  return buckets;
}

static void
test_quantile_bounds (void)
{
  const double bounds[] = { INFINITY, 0.2, 0.1, 0.4 }, counts[] = { 100, 80, 50, 98 };
  g_autoptr (SyBuckets) buckets = make (bounds, counts, 4);
  g_autoptr (SyBuckets) empty = sy_buckets_new ();
  SyQuantile quantile = sy_buckets_quantile (buckets, 0.9);

  g_assert_cmpfloat (quantile.lower, ==, 0.2);
  g_assert_cmpfloat (quantile.upper, ==, 0.4);
  assert_close (quantile.estimate, 0.2 + 0.2 * 10 / 18);

  quantile = sy_buckets_quantile (buckets, 0.99);
  g_assert_cmpfloat (quantile.lower, ==, 0.4);
  g_assert_cmpfloat (quantile.estimate, ==, 0.4);
  g_assert_true (isinf (quantile.upper));

  g_assert_cmpfloat (sy_buckets_get_count (buckets), ==, 100);
  g_assert_cmpuint (sy_buckets_get_n (buckets), ==, 4);
  g_assert_true (isnan (sy_buckets_quantile (empty, 0.5).estimate));
  g_assert_cmpfloat (sy_buckets_get_count (empty), ==, 0);
  g_assert_true (isnan (sy_buckets_get_sum (empty)));
}

static void
test_no_infinity (void)
{
  const double bounds[] = { 0.1, 0.2 }, counts[] = { 1, 2 };
  g_autoptr (SyBuckets) buckets = make (bounds, counts, 2);

  g_assert_true (isnan (sy_buckets_quantile (buckets, 0.5).estimate));
}

static void
test_delta (void)
{
  const double bounds[] = { 0.1, 0.2, INFINITY }, other[] = { 0.1, 0.3, INFINITY };
  const double early[] = { 1, 2, 3 }, late[] = { 5, 6, 8 };
  g_autoptr (SyBuckets) before = make (bounds, early, 3);
  g_autoptr (SyBuckets) after = make (bounds, late, 3);
  g_autoptr (SyBuckets) changed = make (other, late, 3);
  g_autoptr (SyBuckets) empty = sy_buckets_new ();
  g_autoptr (SyBuckets) delta = NULL;
  g_autoptr (SyBuckets) whole = NULL;
  SyBuckets *untouched = NULL;

  sy_buckets_set_sum (before, 1);
  sy_buckets_set_sum (after, 1.5);
  g_assert_true (sy_buckets_delta (after, before, &delta));
  g_assert_cmpfloat (sy_buckets_get_count (delta), ==, 5);
  g_assert_cmpfloat (sy_buckets_get_sum (delta), ==, 0.5);
  g_assert_cmpfloat (sy_buckets_get_cumulative (delta, 1), ==, 4);

  g_assert_false (sy_buckets_delta (before, after, &untouched));
  g_assert_false (sy_buckets_delta (changed, before, &untouched));
  g_assert_null (untouched);

  /* before the first observation there were no buckets */
  g_assert_true (sy_buckets_delta (after, empty, &whole));
  g_assert_cmpfloat (sy_buckets_get_count (whole), ==, 8);
}

static void
test_merge (void)
{
  const double fine[] = { 0.1, 0.2, 0.5, INFINITY }, fine_counts[] = { 1, 2, 3, 4 };
  const double coarse[] = { 0.1, 0.5, INFINITY }, coarse_counts[] = { 10, 20, 30 };
  g_autoptr (SyBuckets) a = make (fine, fine_counts, 4);
  g_autoptr (SyBuckets) b = make (coarse, coarse_counts, 3);
  g_autoptr (SyBuckets) c = sy_buckets_new ();

  sy_buckets_set_sum (b, 3);
  sy_buckets_merge (a, b);
  g_assert_cmpuint (sy_buckets_get_n (a), ==, 3);
  g_assert_cmpfloat (sy_buckets_get_bound (a, 1), ==, 0.5);
  g_assert_cmpfloat (sy_buckets_get_cumulative (a, 1), ==, 23);
  g_assert_cmpfloat (sy_buckets_get_count (a), ==, 34);
  g_assert_cmpfloat (sy_buckets_get_sum (a), ==, 3);

  sy_buckets_merge (c, a);
  sy_buckets_merge (c, c);
  g_assert_cmpfloat (sy_buckets_get_count (c), ==, 68);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/buckets/vectors", test_vectors);
  g_test_add_func ("/buckets/quantile-bounds", test_quantile_bounds);
  g_test_add_func ("/buckets/no-infinity", test_no_infinity);
  g_test_add_func ("/buckets/delta", test_delta);
  g_test_add_func ("/buckets/merge", test_merge);

  return g_test_run ();
}
