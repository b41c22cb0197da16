/* sy-calc-statistics.c: how sure one may be, by name
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The formulas and their sources are in the headers that are called here; this
 * file only carries numbers in and out.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-calc.h"

#include <math.h>

#include "sy-buckets.h"
#include "sy-fairness.h"
#include "sy-many-tests.h"
#include "sy-mix.h"
#include "sy-order-statistic.h"
#include "sy-rank-test.h"

#define MAX_CORRECTED 1000000

static void
holm (SyCalcInputs *in,
      JsonObject   *out)
{
  guint n;
  g_autofree double *p = sy_calc_inputs_numbers (in, "p", &n);

  if (p == NULL)
    return;

  sy_holm_adjust (p, n);
  sy_calc_put_numbers (out, "adj", p, n);
}

static void
quantile_ci_orders (SyCalcInputs *in,
                    JsonObject   *out)
{
  const guint n = sy_calc_inputs_count (in, "n", 1, 1000000000);
  const double p = sy_calc_inputs_within (in, "p", 1e-9, 1 - 1e-9);
  const double confidence = sy_calc_inputs_number_or (in, "conf", 0.95);
  SyOrderInterval interval;

  if (!(confidence > 0 && confidence < 1))
    sy_calc_inputs_fail (in, "conf", "must be between 0 and 1");
  if (!sy_calc_inputs_ok (in))
    return;

  interval = sy_order_interval (n, p, confidence);
  if (interval.lower > 0)
    json_object_set_int_member (out, "l", interval.lower);
  else
    json_object_set_null_member (out, "l");
  if (interval.upper <= n)
    json_object_set_int_member (out, "u", interval.upper);
  else
    json_object_set_null_member (out, "u");
  json_object_set_double_member (out, "coverage", interval.coverage);
}

static void
min_n (SyCalcInputs *in,
       JsonObject   *out)
{
  guint n;
  g_autofree double *p = sy_calc_inputs_numbers (in, "p", &n);

  for (guint i = 0; i < n; i++)
    if (p[i] > 0 && p[i] < 1)
      p[i] = sy_order_min_n (p[i]);
    else
      sy_calc_inputs_fail (in, "p", "must be between 0 and 1");

  if (sy_calc_inputs_ok (in))
    sy_calc_put_numbers (out, "n", p, n);
}

static void
put_min_p (SyCalcInputs *in,
           JsonObject   *out)
{
  guint n;
  g_autofree double *sizes = sy_calc_inputs_numbers (in, "n", &n);

  for (guint i = 0; i < n; i++)
    if (sizes[i] >= 1 && sizes[i] <= 500)
      sizes[i] = sy_rank_test_min_p ((guint) sizes[i]);
    else
      sy_calc_inputs_fail (in, "n", "must be from 1 to 500");

  if (sy_calc_inputs_ok (in))
    sy_calc_put_numbers (out, "p", sizes, n);
}

static void
mannwhitney_exact (SyCalcInputs *in,
                   JsonObject   *out)
{
  guint n_x, n_y;
  g_autofree double *x = NULL;
  g_autofree double *y = NULL;
  SyRankTest test;

  if (sy_calc_inputs_has (in, "n"))
    {
      put_min_p (in, out);
      return;
    }

  x = sy_calc_inputs_numbers (in, "x", &n_x);
  y = sy_calc_inputs_numbers (in, "y", &n_y);
  if (!sy_calc_inputs_ok (in))
    return;

  if (!sy_rank_test (x, n_x, y, n_y, &test))
    {
      sy_calc_inputs_fail (in, "x", "has more pairs with y than can be compared");
      return;
    }

  json_object_set_double_member (out, "U", test.u);
  json_object_set_double_member (out, "A", test.larger);
  json_object_set_double_member (out, "p_two", test.p_two);
  json_object_set_double_member (out, "p_greater", test.p_greater);
  json_object_set_double_member (out, "HL", test.shift);
  json_object_set_double_member (out, "HL_lo", test.shift_low);
  json_object_set_double_member (out, "HL_hi", test.shift_high);
  json_object_set_boolean_member (out, "exact", test.exact);
}

static void
batch_means (SyCalcInputs *in,
             JsonObject   *out)
{
  guint n;
  g_autofree double *values = sy_calc_inputs_numbers (in, "values", &n);
  const guint n_batches = sy_calc_inputs_count (in, "batches", 2, 1000000);
  double mean, half_width;

  if (!sy_calc_inputs_ok (in))
    return;

  if (!sy_batch_means (values, n, n_batches, &mean, &half_width))
    {
      sy_calc_inputs_fail (in, "batches", "must be at most as many as there are values");
      return;
    }

  json_object_set_double_member (out, "mean", mean);
  json_object_set_double_member (out, "half_width", half_width);
}

/* @counts of each bucket, not cumulative. */
static void
bucket_quantile_bounds (SyCalcInputs *in,
                        JsonObject   *out)
{
  guint n;
  g_autofree double *bounds = sy_calc_inputs_numbers (in, "le", &n);
  g_autofree double *counts = bounds != NULL ? sy_calc_inputs_n_numbers (in, "counts", n) : NULL;
  const double p = sy_calc_inputs_within (in, "p", 0, 1);
  g_autoptr (SyBuckets) buckets = NULL;
  SyQuantile quantile;
  double sum = 0;

  if (!sy_calc_inputs_ok (in))
    return;

  buckets = sy_buckets_new ();
  for (guint i = 0; i < n; i++)
    sy_buckets_add (buckets, bounds[i], sum += counts[i]);

  quantile = sy_buckets_quantile (buckets, p);
  sy_calc_put_or_null (out, "lo", quantile.lower);
  sy_calc_put_or_null (out, "hi", quantile.upper);
}

static void
bucket_ratio_bounds (SyCalcInputs *in,
                     JsonObject   *out)
{
  g_autofree double *a = sy_calc_inputs_n_numbers (in, "A", 2);
  g_autofree double *b = sy_calc_inputs_n_numbers (in, "B", 2);
  SyQuantile quantiles[2];
  double low, high;

  if (!sy_calc_inputs_ok (in))
    return;

  quantiles[0] = (SyQuantile) { a[0], NAN, a[1] };
  quantiles[1] = (SyQuantile) { b[0], NAN, b[1] };
  if (!sy_fairness_ratio (&quantiles[0], &quantiles[1], &low, &high))
    {
      sy_calc_inputs_fail (in, "A", "must be bounds that are not negative");
      return;
    }

  json_object_set_double_member (out, "lo", low);
  json_object_set_double_member (out, "hi", high);
  json_object_set_string_member (out, "verdict", low > 1 ? "A is higher" : high < 1 ? "A is lower" : "cannot say");
}

/* A list of numbers, or "10000 x 1 ms then one 100000 ms stall". (transfer full) */
static GArray *
read_recorded (SyCalcInputs *in)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  JsonNode *node = json_object_get_member (in->object, "recorded_ms");
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      guint n;
      g_autofree double *numbers = sy_calc_inputs_numbers (in, "recorded_ms", &n);

      if (numbers != NULL)
        g_array_append_vals (values, numbers, n);
      return g_steal_pointer (&values);
    }

  regex = g_regex_new ("(?:([0-9]+) x|one) ([0-9.]+) ms", 0, 0, NULL);
  g_regex_match (regex, json_node_get_string (node), 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *times = g_match_info_fetch (match, 1);
      g_autofree char *number = g_match_info_fetch (match, 2);
      const double value = g_ascii_strtod (number, NULL);
      const guint64 n = *times != '\0' ? g_ascii_strtoull (times, NULL, 10) : 1;

      for (guint64 i = 0; i < n && values->len < MAX_CORRECTED; i++)
        g_array_append_val (values, value);
    }

  return g_steal_pointer (&values);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
mean_of (const GArray *values)
{
  double sum = 0;

  for (guint i = 0; i < values->len; i++)
    sum += g_array_index (values, double, i);

  return sum / values->len;
}

static double
nearest_rank (const GArray *sorted,
              double        p)
{
  const guint rank = (guint) ceil (p * sorted->len - 1e-9);

  return g_array_index (sorted, double, CLAMP (rank, 1, sorted->len) - 1);
}

static void
expected_interval (SyCalcInputs *in,
                   JsonObject   *out)
{
  const double interval = sy_calc_inputs_within (in, "expected_interval_ms", 1e-6, 1e12);
  g_autoptr (GArray) values = read_recorded (in);
  double total = 0;

  if (!sy_calc_inputs_ok (in))
    return;

  for (guint i = 0; i < values->len; i++)
    total += fmax (0, g_array_index (values, double, i) / interval);
  if (values->len == 0 || !(total < MAX_CORRECTED))
    {
      sy_calc_inputs_fail (in, "recorded_ms", "must be some numbers, and not too many intervals long");
      return;
    }

  json_object_set_double_member (out, "uncorrected_mean", mean_of (values));
  sy_omission_correct (values, interval);
  g_array_sort (values, compare_doubles);
  json_object_set_int_member (out, "count", values->len);
  json_object_set_double_member (out, "mean", mean_of (values));
  json_object_set_double_member (out, "p50", nearest_rank (values, 0.5));
  json_object_set_double_member (out, "p75", nearest_rank (values, 0.75));
  json_object_set_double_member (out, "p99", nearest_rank (values, 0.99));
  json_object_set_double_member (out, "p9999", nearest_rank (values, 0.9999));
}

static void
mix (SyCalcInputs *in,
     JsonObject   *out)
{
  guint n;
  g_autofree double *share_a = sy_calc_inputs_numbers (in, "share_A", &n);
  g_autofree double *share_b = sy_calc_inputs_n_numbers (in, "share_B", n);
  g_autofree double *within_a = sy_calc_inputs_n_numbers (in, "within_slo_A", n);
  g_autofree double *within_b = sy_calc_inputs_n_numbers (in, "within_slo_B", n);
  g_autofree double *standard = sy_calc_inputs_n_numbers (in, "standard_mix", n);
  double distance, pair[2];

  if (!sy_calc_inputs_ok (in))
    return;

  distance = sy_mix_distance (share_a, share_b, n);
  pair[0] = sy_mix_weighted (within_a, share_a, n);
  pair[1] = sy_mix_weighted (within_b, share_b, n);
  sy_calc_put_numbers (out, "raw", pair, 2);
  pair[0] = sy_mix_weighted (within_a, standard, n);
  pair[1] = sy_mix_weighted (within_b, standard, n);
  sy_calc_put_numbers (out, "standardised", pair, 2);
  sy_calc_put_or_null (out, "tv_distance", distance);
  json_object_set_boolean_member (out, "refuse_raw", !(distance <= SY_MIX_TOLERANCE));
}

static void
comparison_gate (SyCalcInputs *in,
                 JsonObject   *out)
{
  g_autofree double *requests = sy_calc_inputs_n_numbers (in, "requests", 2);
  g_autofree double *errors = sy_calc_inputs_n_numbers (in, "errors", 2);
  g_autofree double *sequence = sy_calc_inputs_n_numbers (in, "cs_log_ratio", 2);
  g_autoptr (JsonArray) codes = json_array_new ();
  g_autoptr (GPtrArray) gates = NULL;
  SyFairness facts;

  sy_fairness_init (&facts);
  facts.n_windows = sy_calc_inputs_count (in, "windows", 0, 1000000000);
  facts.quantile = sy_calc_inputs_number_or (in, "quantile", 0.99);
  facts.load[0] = sy_calc_inputs_number (in, "load_ratio");
  facts.load[1] = 1;
  facts.mix_distance = sy_calc_inputs_number (in, "tv");
  facts.uptime[0] = facts.uptime[1] = sy_calc_inputs_number (in, "warmup_s");
  facts.min_effect = sy_calc_inputs_number_or (in, "min_effect", 0.05);
  if (!sy_calc_inputs_ok (in))
    return;

  for (guint i = 0; i < 2; i++)
    {
      facts.requests[i] = requests[i];
      facts.errors[i] = errors[i];
    }
  facts.log_ratio_low = sequence[0];
  facts.log_ratio_high = sequence[1];

  gates = sy_fairness_gates (&facts);
  for (guint i = 0; i < gates->len; i++)
    {
      const SyGate *gate = g_ptr_array_index (gates, i);

      if (gate->effect != SY_GATE_PASSED)
        json_array_add_string_element (codes, gate->name);
    }
  json_object_set_array_member (out, "codes", g_steal_pointer (&codes));
}

const SyCalcFunction SY_CALC_STATISTICS[] = {
  { "holm", "p-values of several tests, adjusted for there being several", holm },
  { "quantile_ci_orders", "which of n sorted values hold the quantile p between them", quantile_ci_orders },
  { "min_n_for_two_sided_95_upper_bound", "fewest values that bound the quantiles p from above", min_n },
  { "mannwhitney_exact", "ranks of x against y, and the shift between them; or of n, the smallest p there is", mannwhitney_exact },
  { "batch_means", "mean of values with a half width that neighbours which are alike do not spoil", batch_means },
  { "bucket_quantile_bounds", "the bucket that the quantile p lies in, of counts up to bounds le", bucket_quantile_bounds },
  { "bucket_ratio_bounds", "A over B when of each only a bucket is known", bucket_ratio_bounds },
  { "expected-interval", "latencies recorded_ms with those that waiting clients did not send", expected_interval },
  { "mix", "totals of two backends, raw and for a standard mix of requests", mix },
  { "comparison_gate", "the codes that stand against a comparison", comparison_gate },
  { NULL },
};
