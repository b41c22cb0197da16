/* test-latency-histogram.c: how far a quantile may be off
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include "sy-latency-histogram.h"
#include "sy-random.h"

#define N 200000

static int
compare (const void *a,
         const void *b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* Log-normal durations of median @median_us and their exact quantiles. */
static void
check_against_sort (double median_us,
                    double sigma)
{
  static const double quantiles[] = { 0.0, 0.01, 0.5, 0.9, 0.99, 0.999, 0.9999, 1.0 };
  g_autofree SyLatencyHistogram *histogram = g_new0 (SyLatencyHistogram, 1);
  g_autofree gint64 *exact = g_new (gint64, N);
  double sum = 0;
  SyRandom random;

  sy_random_init (&random, 7, 1);
  for (guint i = 0; i < N; i++)
    {
      exact[i] = llround (sy_random_lognormal (&random, median_us, sigma));
      sum += (double) exact[i];
      sy_latency_histogram_add (histogram, exact[i]);
    }

  qsort (exact, N, sizeof *exact, compare);

  for (guint i = 0; i < G_N_ELEMENTS (quantiles); i++)
    {
      guint rank = (guint) MAX (ceil (quantiles[i] * N), 1);
      double wanted = (double) exact[rank - 1] / 1e6;
      double got = sy_latency_histogram_quantile (histogram, quantiles[i]);

      /* The bound of the header, with room for rounding of the doubles. */
      g_assert_cmpfloat (fabs (got - wanted), <=, MAX (wanted / 256, 0.5e-6) + 1e-12);
    }

  g_assert_cmpfloat_with_epsilon (sy_latency_histogram_mean (histogram), sum / N / 1e6, 1e-12);
}

static void
test_error_bound (void)
{
  check_against_sort (20, 1.0);
  check_against_sort (3000, 0.5);
  check_against_sort (20000, 1.5);
}

static void
test_every_bucket (void)
{
  g_autofree SyLatencyHistogram *histogram = g_new0 (SyLatencyHistogram, 1);

  /* Both ends of every octave, alone: the quantile is the value itself,
   * because the extremes are kept. With a neighbour, it is its bucket. */
  for (guint bit = 0; bit < 27; bit++)
    for (gint64 offset = -1; offset <= 1; offset++)
      {
        gint64 value = CLAMP ((G_GINT64_CONSTANT (1) << bit) + offset, 0, SY_LATENCY_MAX_US);

        sy_latency_histogram_clear (histogram);
        sy_latency_histogram_add (histogram, value);
        g_assert_cmpfloat_with_epsilon (sy_latency_histogram_quantile (histogram, 0.5), (double) value / 1e6, 1e-12);

        sy_latency_histogram_add (histogram, 0);
        sy_latency_histogram_add (histogram, SY_LATENCY_MAX_US);
        g_assert_cmpfloat (fabs (sy_latency_histogram_quantile (histogram, 0.5) - (double) value / 1e6), <=,
                           MAX ((double) value / 256e6, 0.5e-6));
      }
}

static void
test_out_of_range (void)
{
  g_autofree SyLatencyHistogram *histogram = g_new0 (SyLatencyHistogram, 1);

  sy_latency_histogram_add (histogram, -5);
  sy_latency_histogram_add (histogram, G_MAXINT64);

  g_assert_cmpuint (histogram->n, ==, 2);
  g_assert_cmpfloat (sy_latency_histogram_quantile (histogram, 0), ==, 0);
  g_assert_cmpfloat_with_epsilon (sy_latency_histogram_quantile (histogram, 1), (double) SY_LATENCY_MAX_US / 1e6, 1e-9);
}

static void
test_empty (void)
{
  g_autofree SyLatencyHistogram *histogram = g_new0 (SyLatencyHistogram, 1);

  g_assert_true (isnan (sy_latency_histogram_quantile (histogram, 0.5)));
  g_assert_true (isnan (sy_latency_histogram_mean (histogram)));
  g_assert_false (sy_latency_histogram_is_bound (histogram, 0.5));
}

static void
test_merge_is_sum (void)
{
  g_autofree SyLatencyHistogram *whole = g_new0 (SyLatencyHistogram, 1);
  g_autofree SyLatencyHistogram *parts = g_new0 (SyLatencyHistogram, 3);
  g_autofree SyLatencyHistogram *merged = g_new0 (SyLatencyHistogram, 1);
  g_autofree SyLatencyHistogram *empty = g_new0 (SyLatencyHistogram, 1);
  SyRandom random;

  sy_random_init (&random, 11, 1);
  for (guint i = 0; i < 30000; i++)
    {
      gint64 value = (gint64) sy_random_below (&random, 5000000);

      if (i % 100 == 0)
        {
          sy_latency_histogram_add_censored (whole, value);
          sy_latency_histogram_add_censored (&parts[i % 3], value);
        }
      else
        {
          sy_latency_histogram_add (whole, value);
          sy_latency_histogram_add (&parts[i % 3], value);
        }
    }

  for (guint i = 0; i < 3; i++)
    sy_latency_histogram_merge (merged, &parts[i]);
  sy_latency_histogram_merge (merged, empty);

  g_assert_cmpmem (merged->counts, sizeof merged->counts, whole->counts, sizeof whole->counts);
  g_assert_cmpuint (merged->n, ==, whole->n);
  g_assert_cmpuint (merged->n_censored, ==, whole->n_censored);
  g_assert_cmpint (merged->min_us, ==, whole->min_us);
  g_assert_cmpint (merged->max_us, ==, whole->max_us);
  g_assert_cmpfloat (merged->sum_us, ==, whole->sum_us);
}

static void
test_censored (void)
{
  g_autofree SyLatencyHistogram *histogram = g_new0 (SyLatencyHistogram, 1);

  for (guint i = 0; i < 98; i++)
    sy_latency_histogram_add (histogram, 1000);
  for (guint i = 0; i < 2; i++)
    sy_latency_histogram_add_censored (histogram, 10 * 1000 * 1000);

  g_assert_false (sy_latency_histogram_is_bound (histogram, 0.98));
  g_assert_true (sy_latency_histogram_is_bound (histogram, 0.99));
  g_assert_cmpfloat (sy_latency_histogram_quantile (histogram, 0.99), >, 9.9);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drive/histogram/error-bound", test_error_bound);
  g_test_add_func ("/drive/histogram/every-bucket", test_every_bucket);
  g_test_add_func ("/drive/histogram/out-of-range", test_out_of_range);
  g_test_add_func ("/drive/histogram/empty", test_empty);
  g_test_add_func ("/drive/histogram/merge-is-sum", test_merge_is_sum);
  g_test_add_func ("/drive/histogram/censored", test_censored);

  return g_test_run ();
}
