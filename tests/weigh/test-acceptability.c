/* test-acceptability.c: exact shares against counting, and what must hold of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-acceptability.h"
#include "sy-criteria.h"
#include "sy-random.h"
#include "sy-value-function.h"
#include "sy-weights.h"

#define N_TRIES 200
#define MAX_CRITERIA 7

static guint
draw_differences (SyRandom *random,
                  double   *d)
{
  const guint n = 2 + (guint) sy_random_below (random, MAX_CRITERIA - 1);

  for (guint i = 0; i < n; i++)
    d[i] = 2 * sy_random_uniform (random) - 1;

  return n;
}

/* Uniform weights, sorted when @ordered: how often is the sum above 0? */
static double
count (SyRandom     *random,
       const double *d,
       guint         n,
       gboolean      ordered)
{
  enum { N = 40000 };
  guint wins = 0;

  for (guint i = 0; i < N; i++)
    {
      double weights[MAX_CRITERIA];
      double sum = 0;

      for (guint k = 0; k < n; k++)
        {
          double weight = sy_random_exponential (random, 1);
          guint at = k;

          while (ordered && at > 0 && weights[at - 1] < weight)
            {
              weights[at] = weights[at - 1];
              at--;
            }
          weights[at] = weight;
        }
      for (guint k = 0; k < n; k++)
        sum += weights[k] * d[k];
      wins += sum > 0;
    }

  return (double) wins / N;
}

static void
test_counted (void)
{
  SyRandom random;

  sy_random_init (&random, 1, 0);
  for (guint i = 0; i < 12; i++)
    {
      double d[MAX_CRITERIA];
      const guint n = draw_differences (&random, d);

      g_assert_cmpfloat_with_epsilon (sy_acceptability_free (d, n), count (&random, d, n, FALSE), 0.015);
      g_assert_cmpfloat_with_epsilon (sy_acceptability_ordinal (d, n), count (&random, d, n, TRUE), 0.015);
    }
}

/* Swapped, scaled, in another order: the same answer, or its other half. */
static void
test_symmetry (void)
{
  SyRandom random;

  sy_random_init (&random, 2, 0);
  for (guint i = 0; i < N_TRIES; i++)
    {
      double d[MAX_CRITERIA], swapped[MAX_CRITERIA], doubled[MAX_CRITERIA], turned[MAX_CRITERIA];
      const guint n = draw_differences (&random, d);

      for (guint k = 0; k < n; k++)
        {
          swapped[k] = -d[k];
          doubled[k] = 2 * d[k];
          turned[k] = d[(k + 1) % n];
        }

      g_assert_cmpfloat_with_epsilon (sy_acceptability_free (d, n) + sy_acceptability_free (swapped, n), 1, 1e-9);
      g_assert_cmpfloat_with_epsilon (sy_acceptability_ordinal (d, n) + sy_acceptability_ordinal (swapped, n), 1, 1e-9);
      g_assert_cmpfloat_with_epsilon (sy_acceptability_free (d, n), sy_acceptability_free (doubled, n), 1e-12);
      g_assert_cmpfloat_with_epsilon (sy_acceptability_free (d, n), sy_acceptability_free (turned, n), 1e-9);
    }
}

static void
test_edges (void)
{
  const double better[] = { 0.1, 0, 0.2 };
  const double worse[] = { -0.1, 0, -0.2 };
  const double equal[] = { 0, 0, 0 };
  const double unknown[] = { 0.1, NAN };
  const double halves[] = { 0.5, -0.5 };

  g_assert_cmpfloat (sy_acceptability_free (better, 3), ==, 1);
  g_assert_cmpfloat (sy_acceptability_free (worse, 3), ==, 0);
  g_assert_cmpfloat (sy_acceptability_free (equal, 3), ==, 0.5);
  g_assert_true (isnan (sy_acceptability_free (unknown, 2)));
  g_assert_cmpfloat_with_epsilon (sy_acceptability_free (halves, 2), 0.5, 1e-15);
  g_assert_cmpfloat_with_epsilon (sy_acceptability_ordinal (halves, 2), 1, 1e-15);
}

/* Where they are equal on a criterion, no weight of it turns the answer; and where
 * they are equal on all others, no weight but none does. */
static void
test_no_flip (void)
{
  const double weights[] = { 0.5, 0.3, 0.2 };
  const double equal[] = { 0, 0.2, -0.1 };
  const double alone[] = { 0.4, 0, 0 };
  const double cancelling[] = { 0.4, 0.2, 0.3, -0.5 }; /* of quarters, 0.2 + 0.3 - 0.5 leaves rounding */
  const double quarters[] = { 0.25, 0.7 / 3, 0.7 / 3, 0.7 / 3 };
  const double hardly[] = { 1e-17, 0.2, -0.1 };
  double flip;

  g_assert_false (sy_flip_weight (weights, equal, 3, 0, &flip));
  g_assert_true (sy_flip_weight (weights, equal, 3, 1, &flip));
  g_assert_false (sy_flip_weight (weights, alone, 3, 0, &flip));
  g_assert_false (sy_flip_weight (quarters, cancelling, 4, 0, &flip));
  g_assert_false (sy_flip_weight (weights, hardly, 3, 0, &flip));
}

/* At the flip weight the scores are equal. */
static void
test_flip (void)
{
  SyRandom random;
  guint found = 0;

  sy_random_init (&random, 3, 0);
  for (guint i = 0; i < N_TRIES; i++)
    {
      double d[MAX_CRITERIA], weights[MAX_CRITERIA];
      const guint n = draw_differences (&random, d);
      double flip, sum = 0;

      sy_weights_roc (weights, n);
      if (!sy_flip_weight (weights, d, n, 0, &flip))
        continue;

      found++;
      for (guint k = 1; k < n; k++)
        sum += d[k] * weights[k] * (1 - flip) / (1 - weights[0]);
      g_assert_cmpfloat_with_epsilon (sum + flip * d[0], 0, 1e-9);
    }
  g_assert_cmpuint (found, >, 20);
}

static void
test_sampled (void)
{
  const double values[] = { 90, 20, 50, 60, 70, 40, 20, 90, 60 };
  const SyAlternatives alternatives = { values, NULL, 3, 3, NULL };
  double ranks[9], central[9], again[9], again_central[9];

  sy_acceptability_sample (&alternatives, 4000, 7, ranks, central);
  sy_acceptability_sample (&alternatives, 4000, 7, again, again_central);
  g_assert_cmpmem (ranks, sizeof ranks, again, sizeof again);

  for (guint a = 0; a < 3; a++)
    {
      double row = 0, column = 0, weight = 0;

      for (guint r = 0; r < 3; r++)
        {
          row += ranks[a * 3 + r];
          column += ranks[r * 3 + a];
          weight += central[a * 3 + r];
        }
      g_assert_cmpfloat_with_epsilon (row, 1, 1e-12);
      g_assert_cmpfloat_with_epsilon (column, 1, 1e-12);
      if (ranks[a * 3] > 0)
        g_assert_cmpfloat_with_epsilon (weight, 1, 1e-9);
    }

  /* two alternatives by counting are what the recursion says */
  {
    const SyAlternatives pair = { values, NULL, 2, 3, NULL };
    const double d[] = { 30, -50, 10 };
    double two[4];

    sy_acceptability_sample (&pair, 40000, 7, two, NULL);
    g_assert_cmpfloat_with_epsilon (two[0], sy_acceptability_free (d, 3), 0.015);
  }
}

/* Where the order is known: by counting what the recursion says of two, the sure
 * loser of three is never first, and who is called how changes nothing. */
static void
test_sampled_in_order (void)
{
  const double values[] = { 90, 20, 50, 60, 70, 40, 50, 10, 30 };
  const double turned[] = { 50, 10, 30, 90, 20, 50, 60, 70, 40 };
  const guint order[] = { 2, 0, 1 };
  const double d[] = { 10, 30, -50 }; /* of the first two, by falling priority */
  const SyAlternatives pair = { values, NULL, 2, 3, order };
  const SyAlternatives three = { values, NULL, 3, 3, order };
  const SyAlternatives same = { turned, NULL, 3, 3, order };
  double two[4], ranks[9], again[9], central[9];

  sy_acceptability_sample (&pair, 40000, 7, two, NULL);
  g_assert_cmpfloat_with_epsilon (two[0], sy_acceptability_ordinal (d, 3), 0.015);

  sy_acceptability_sample (&three, 4000, 7, ranks, central);
  g_assert_cmpfloat (ranks[2 * 3], ==, 0);
  g_assert_true (central[2] > central[0] && central[0] > central[1]);
  sy_acceptability_sample (&same, 4000, 7, again, NULL);
  for (guint a = 0; a < 3; a++)
    for (guint r = 0; r < 3; r++)
      g_assert_cmpfloat (again[(a + 1) % 3 * 3 + r], ==, ranks[a * 3 + r]);
}

static void
test_weights (void)
{
  const guint order[] = { 2, 0, 1 };
  const guint twice[] = { 0, 0, 1 };
  const double points[] = { 100, 50, 0 };
  const double none[] = { 0, 0 };
  const double consistent[] = { 1, 2, 6, 0.5, 1, 3, 1 / 6.0, 1 / 3.0, 1 };
  const double contradictory[] = { 1, 9, 1 / 9.0, 1 / 9.0, 1, 9, 9, 1 / 9.0, 1 };
  double weights[3];

  sy_weights_by_order (order, weights, 3);
  g_assert_true (weights[2] > weights[0] && weights[0] > weights[1]);
  g_assert_cmpfloat_with_epsilon (weights[0] + weights[1] + weights[2], 1, 1e-12);
  g_assert_true (sy_weights_order_valid (order, 3));
  g_assert_false (sy_weights_order_valid (twice, 3));

  g_assert_true (sy_weights_swing (points, weights, 3));
  g_assert_cmpfloat_with_epsilon (weights[0], 2 / 3.0, 1e-12);
  g_assert_false (sy_weights_swing (none, weights, 2));

  g_assert_cmpfloat_with_epsilon (sy_weights_ahp (consistent, weights, 3, 0), 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (weights[0], 0.6, 1e-9);
  g_assert_cmpfloat (sy_weights_ahp (contradictory, weights, 3, 0), >, SY_AHP_MAX_RATIO);
}

static void
test_values (void)
{
  g_assert_cmpfloat (sy_value_latency (0.01, 0.2), ==, 100);
  g_assert_cmpfloat (sy_value_latency (0.05, 0.2), ==, 100);
  g_assert_cmpfloat (sy_value_latency (0.2, 0.2), ==, 50);
  g_assert_cmpfloat (sy_value_latency (0.4, 0.2), ==, 0);
  g_assert_cmpfloat (sy_value_latency (9, 0.2), ==, 0);
  g_assert_cmpfloat (sy_value_cost (250, 1000), ==, 100);
  g_assert_cmpfloat (sy_value_cost (1000, 1000), ==, 0);
  g_assert_cmpfloat (sy_value_share (0.25), ==, 25);
  g_assert_true (isnan (sy_value_latency (NAN, 0.2)));
}

static SyCriterion *
add (GPtrArray      *criteria,
     const char     *id,
     SyEvidenceClass cls,
     double          a,
     double          b)
{
  SyCriterion *criterion = sy_criterion_new (id, id, cls);

  criterion->a = a;
  criterion->b = b;
  criterion->half_width = 5;
  g_ptr_array_add (criteria, criterion);
  return criterion;
}

static void
test_criteria (void)
{
  g_autoptr (GPtrArray) criteria = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_criterion_free);
  static const char *const monetised[] = { "hosting", "hiring", NULL };
  const guint order[] = { 0, 1, 2 };
  const double weights[] = { 0.5, 0.3, 0.2 };
  SyCriteriaResult sure, doubtful, stated;

  add (criteria, "latency", SY_EVIDENCE_MEASURED, 80, 60);
  add (criteria, "security", SY_EVIDENCE_CHECKED, 50, 60);
  add (criteria, "team", SY_EVIDENCE_JUDGED, 60, 70);

  sy_criteria_weigh (criteria, order, 500, 7, &sure);
  g_assert_cmpfloat_with_epsilon (sure.measured_share, 11 / 18.0, 1e-9);
  g_assert_cmpfloat (sure.p_a_first, >, 0.5);

  /* what is not known doubts the answer, and takes no side by itself */
  ((SyCriterion *) g_ptr_array_index (criteria, 0))->a = NAN;
  sy_criteria_weigh (criteria, order, 500, 7, &doubtful);
  g_assert_cmpfloat (doubtful.p_a_uncertain, <, sure.p_a_uncertain);
  g_assert_cmpfloat (doubtful.p_a_uncertain, >, 0.05);

  sy_criteria_weigh_stated (criteria, weights, 500, 7, &stated);
  g_assert_cmpfloat_with_epsilon (stated.measured_share, 0.5, 1e-12);

  g_assert_null (sy_criteria_find_double (criteria, monetised));
  add (criteria, "hiring", SY_EVIDENCE_JUDGED, 1, 2)->factor = g_strdup ("hiring");
  g_assert_cmpstr (sy_criteria_find_double (criteria, monetised)->id, ==, "hiring");

  g_assert_cmpint (sy_leaning (0.97), ==, SY_LEANING_CLEAR);
  g_assert_cmpint (sy_leaning (0.03), ==, SY_LEANING_CLEAR);
  g_assert_cmpint (sy_leaning (0.15), ==, SY_LEANING_LEANS);
  g_assert_cmpint (sy_leaning (0.5), ==, SY_LEANING_DEPENDS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acceptability/counted", test_counted);
  g_test_add_func ("/acceptability/symmetry", test_symmetry);
  g_test_add_func ("/acceptability/edges", test_edges);
  g_test_add_func ("/acceptability/flip", test_flip);
  g_test_add_func ("/acceptability/no-flip", test_no_flip);
  g_test_add_func ("/acceptability/sampled", test_sampled);
  g_test_add_func ("/acceptability/sampled-in-order", test_sampled_in_order);
  g_test_add_func ("/acceptability/weights", test_weights);
  g_test_add_func ("/acceptability/values", test_values);
  g_test_add_func ("/acceptability/criteria", test_criteria);
  return g_test_run ();
}
