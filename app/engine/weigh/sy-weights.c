/* sy-weights.c: how much each criterion counts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-weights.h"

#include <math.h>

#define AHP_ITERATIONS 1000
#define AHP_TOLERANCE 1e-14

void
sy_weights_roc (double *ret_weights,
                guint   n)
{
  double sum = 0;

  for (guint k = n; k > 0; k--)
    {
      sum += 1.0 / k;
      ret_weights[k - 1] = sum / n;
    }
}

void
sy_weights_by_order (const guint *order,
                     double      *ret_weights,
                     guint        n)
{
  g_autofree double *ranked = g_new (double, n);

  sy_weights_roc (ranked, n);

  for (guint k = 0; k < n; k++)
    ret_weights[order[k]] = ranked[k];
}

gboolean
sy_weights_swing (const double *points,
                  double       *ret_weights,
                  guint         n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      if (!(points[i] >= 0))
        return FALSE;
      sum += points[i];
    }

  if (!(sum > 0) || !isfinite (sum))
    return FALSE;

  for (guint i = 0; i < n; i++)
    ret_weights[i] = points[i] / sum;

  return TRUE;
}

gboolean
sy_weights_order_valid (const guint *order,
                        guint        n)
{
  g_autofree gboolean *seen = g_new0 (gboolean, n);

  for (guint k = 0; k < n; k++)
    {
      if (order[k] >= n || seen[order[k]])
        return FALSE;
      seen[order[k]] = TRUE;
    }

  return TRUE;
}

/* One step of the power method; returns how far the weights moved, and in
 * @ret_value the eigenvalue that the step suggests. */
static double
multiply (const double *matrix,
          double       *weights,
          double       *scratch,
          guint         n,
          double       *ret_value)
{
  double sum = 0;
  double moved = 0;

  for (guint i = 0; i < n; i++)
    {
      scratch[i] = 0;
      for (guint j = 0; j < n; j++)
        scratch[i] += matrix[i * n + j] * weights[j];
      sum += scratch[i];
    }

  for (guint i = 0; i < n; i++)
    {
      moved = fmax (moved, fabs (scratch[i] / sum - weights[i]));
      weights[i] = scratch[i] / sum;
    }

  *ret_value = sum;
  return moved;
}

double
sy_weights_ahp (const double *matrix,
                double       *ret_weights,
                guint         n,
                double        random_index)
{
  /* T. Saaty, for matrices of 1 to 10 rows */
  static const double indices[] = { 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49 };
  g_autofree double *scratch = g_new (double, n);
  double value = n;

  g_return_val_if_fail (n > 0, NAN);

  for (guint i = 0; i < n * n; i++)
    if (!(matrix[i] > 0) || !isfinite (matrix[i]))
      return NAN;

  for (guint i = 0; i < n; i++)
    ret_weights[i] = 1.0 / n;

  for (guint i = 0; i < AHP_ITERATIONS; i++)
    if (multiply (matrix, ret_weights, scratch, n, &value) < AHP_TOLERANCE)
      break;

  if (n <= 2)
    return 0;

  if (random_index == 0)
    random_index = indices[MIN (n, G_N_ELEMENTS (indices)) - 1];

  return (value - n) / (n - 1) / random_index;
}
