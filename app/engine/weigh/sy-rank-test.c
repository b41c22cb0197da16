/* sy-rank-test.c: is one sample larger than another, by ranks
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Without ties and up to 50 values a side the distribution of U is counted:
 * w (u; m, n) = w (u - n; m - 1, n) + w (u; m, n - 1), built up one value of y
 * at a time. Beyond, the normal approximation with the correction for ties.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-rank-test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sy-law.h"

#define MAX_EXACT 50
#define MAX_PAIRS 1000000

static int
compare (const void *a,
         const void *b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* P (U <= u) for all u from 0 to n_x n_y. (transfer full)
 * The generating function of U is the product over i = 1 … n_x of
 * (1 - q^(n_y + i)) / (1 - q^i): multiply and divide in place. */
static double *
distribution (guint n_x,
              guint n_y)
{
  const guint n = n_x * n_y;
  double *p = g_new0 (double, n + 1);
  const double total = sy_law_choose (n_x + n_y, n_x);
  double sum = 0;

  p[0] = 1;
  for (guint i = 1; i <= n_x; i++)
    {
      for (guint u = n; u + 1 > n_y + i; u--)
        p[u] -= p[u - n_y - i];
      for (guint u = i; u <= n; u++)
        p[u] += p[u - i];
    }

  for (guint u = 0; u <= n; u++)
    p[u] = fmin (1, (sum += p[u]) / total);

  return p;
}

static gboolean
has_ties (const double *x,
          guint         n_x,
          const double *y,
          guint         n_y,
          double       *ret_term)
{
  const guint n = n_x + n_y;
  g_autofree double *all = g_new (double, n);
  gboolean ties = FALSE;

  memcpy (all, x, n_x * sizeof *all);
  memcpy (all + n_x, y, n_y * sizeof *all);
  qsort (all, n, sizeof *all, compare);

  *ret_term = 0;
  for (guint i = 0, j; i < n; i = j)
    {
      for (j = i + 1; j < n && all[j] == all[i]; j++)
        ties = TRUE;
      *ret_term += pow (j - i, 3) - (j - i);
    }

  return ties;
}

/* Counts U, and leaves all differences sorted. (transfer full) */
static double *
sorted_differences (const double *x,
                    guint         n_x,
                    const double *y,
                    guint         n_y,
                    double       *ret_u)
{
  double *differences = g_new (double, n_x * n_y);

  *ret_u = 0;
  for (guint i = 0; i < n_x; i++)
    for (guint j = 0; j < n_y; j++)
      {
        differences[i * n_y + j] = x[i] - y[j];
        *ret_u += x[i] > y[j] ? 1 : x[i] == y[j] ? 0.5 : 0;
      }

  qsort (differences, n_x * n_y, sizeof *differences, compare);
  return differences;
}

/* Fills the p-values. Returns how many differences stay outside at each end of
 * the interval of the shift. */
static guint
exact_p (guint       n_x,
         guint       n_y,
         SyRankTest *ret)
{
  g_autofree double *cumulative = distribution (n_x, n_y);
  const guint u = (guint) ret->u;
  const double below = cumulative[u];
  guint outside = 0;

  ret->exact = TRUE;
  ret->p_greater = u > 0 ? 1 - cumulative[u - 1] : 1;
  ret->p_two = fmin (1, 2 * fmin (below, ret->p_greater));

  while (cumulative[outside] < 0.025)
    outside++;
  return MAX (outside, 1);
}

static guint
normal_p (guint       n_x,
          guint       n_y,
          double      tie_term,
          SyRankTest *ret)
{
  const double n = n_x + n_y;
  const double pairs = (double) n_x * n_y;
  const double variance = pairs / 12 * (n + 1 - tie_term / (n * (n - 1)));
  const double distance = ret->u - pairs / 2;
  double z;

  if (!(variance > 0))
    {
      ret->p_greater = ret->p_two = 1;
      return 1;
    }

  /* Half a step, because U has steps. */
  z = (fabs (distance) - 0.5) / sqrt (variance);
  ret->p_two = fmin (1, 2 * sy_law_normal_above (z));
  ret->p_greater = sy_law_normal_above ((distance - 0.5) / sqrt (variance));
  return (guint) fmax (1, floor (pairs / 2 - sy_law_normal_quantile (0.975) * sqrt (variance)));
}

gboolean
sy_rank_test (const double *x,
              guint         n_x,
              const double *y,
              guint         n_y,
              SyRankTest   *ret)
{
  g_autofree double *differences = NULL;
  const guint64 pairs = (guint64) n_x * n_y;
  double tie_term;
  gboolean ties;
  guint outside;

  memset (ret, 0, sizeof *ret);
  if (pairs == 0 || pairs > MAX_PAIRS)
    return FALSE;

  differences = sorted_differences (x, n_x, y, n_y, &ret->u);
  ret->larger = ret->u / (double) pairs;
  ret->shift = (differences[(pairs - 1) / 2] + differences[pairs / 2]) / 2;

  ties = has_ties (x, n_x, y, n_y, &tie_term);
  if (!ties && n_x <= MAX_EXACT && n_y <= MAX_EXACT)
    outside = exact_p (n_x, n_y, ret);
  else
    outside = normal_p (n_x, n_y, tie_term, ret);

  ret->shift_low = differences[outside - 1];
  ret->shift_high = differences[pairs - outside];
  return TRUE;
}

double
sy_rank_test_min_p (guint n)
{
  return 2 / sy_law_choose (2 * n, n);
}
