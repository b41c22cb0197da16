/* sy-acceptability.c: in how many readings of the priorities does A come first
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Varsi's recursion: split d into u > 0 and v <= 0, start with A_0 = 0 and the
 * others 1, and for each u replace A_k by (u A_(k-1) - v_k A_k) / (u - v_k).
 * What is left at the end is the share on which B is not beaten. It takes no
 * differences of nearly equal numbers, so equal d do no harm.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-acceptability.h"

#include <math.h>
#include <string.h>

#include "sy-splitmix.h"

#define LEAST 0.0
#define MOST 100.0
#define ROUNDING 1e-9

double
sy_acceptability_free (const double *d,
                       guint         n)
{
  g_autofree double *v = g_new (double, n + 1);
  g_autofree double *share = g_new (double, n + 1);
  gboolean tie = TRUE;
  guint n_v = 0;

  for (guint i = 0; i < n; i++)
    {
      if (isnan (d[i]))
        return NAN;
      if (!(d[i] > 0))
        v[++n_v] = d[i];
      tie = tie && d[i] == 0;
    }

  /* Where nothing differs, nobody is first, whatever they are called. */
  if (tie)
    return 0.5;

  share[0] = 0;
  for (guint k = 1; k <= n_v; k++)
    share[k] = 1;

  for (guint i = 0; i < n; i++)
    if (d[i] > 0)
      for (guint k = 1; k <= n_v; k++)
        share[k] = (d[i] * share[k - 1] - v[k] * share[k]) / (d[i] - v[k]);

  return 1 - share[n_v];
}

double
sy_acceptability_ordinal (const double *d,
                          guint         n)
{
  g_autofree double *means = g_new (double, n);
  double sum = 0;

  for (guint k = 0; k < n; k++)
    {
      sum += d[k];
      means[k] = sum / (k + 1);
    }

  return sy_acceptability_free (means, n);
}

static double
draw_score (SySplitmix *random,
            double      score,
            double      half_width)
{
  const double drawn = sy_splitmix_triangular (random, score - half_width, score, score + half_width);

  return CLAMP (drawn, LEAST, MOST);
}

double
sy_acceptability_uncertain (const SyScores *scores,
                            const guint    *order,
                            guint           n_draws,
                            guint64         seed)
{
  const guint n = scores->n;
  g_autofree double *d = g_new (double, n);
  g_autofree double *ordered = g_new (double, n);
  SySplitmix random;
  double sum = 0;

  g_return_val_if_fail (n_draws > 0 && n > 0, NAN);

  sy_splitmix_init (&random, seed);

  for (guint draw = 0; draw < n_draws; draw++)
    {
      for (guint i = 0; i < n; i++)
        {
          const double width = scores->half_width != NULL ? scores->half_width[i] : 0;
          const double a = draw_score (&random, scores->a[i], width);
          const double b = draw_score (&random, scores->b[i], width);

          d[i] = (a - b) / MOST;
        }

      if (order == NULL)
        {
          sum += sy_acceptability_free (d, n);
          continue;
        }

      for (guint k = 0; k < n; k++)
        ordered[k] = d[order[k]];
      sum += sy_acceptability_ordinal (ordered, n);
    }

  return sum / n_draws;
}

gboolean
sy_flip_weight (const double *weights,
                const double *d,
                guint         n,
                guint         k,
                double       *ret_weight)
{
  double others = 0;
  double flip;

  g_return_val_if_fail (k < n, FALSE);

  if (weights[k] >= 1)
    return FALSE;

  for (guint i = 0; i < n; i++)
    if (i != k)
      others += weights[i] * d[i];

  others /= 1 - weights[k];
  flip = others / (others - d[k]);

  /* At the ends nobody changes places: there a criterion on which they are equal
   * stands alone, or one that is left out decides nothing. A sum that cancels
   * leaves its rounding there. */
  if (!(flip > ROUNDING && flip < 1 - ROUNDING))
    return FALSE;

  *ret_weight = flip;
  return TRUE;
}

/* Counts one draw: who is how many-th, and the weights of the first. */
static void
count_draw (const double         *values,
            const double         *weights,
            const SyAlternatives *shape,
            double               *ranks,
            double               *central)
{
  const guint n = shape->n_alternatives;
  g_autofree double *totals = g_new0 (double, n);

  for (guint a = 0; a < n; a++)
    for (guint c = 0; c < shape->n_criteria; c++)
      totals[a] += weights[c] * values[a * shape->n_criteria + c];

  for (guint a = 0; a < n; a++)
    {
      guint rank = 0;

      for (guint other = 0; other < n; other++)
        rank += totals[other] > totals[a] || (totals[other] == totals[a] && other < a);

      ranks[a * n + rank] += 1;

      if (rank == 0 && central != NULL)
        for (guint c = 0; c < shape->n_criteria; c++)
          central[a * shape->n_criteria + c] += weights[c];
    }
}

static void
finish_counts (const SyAlternatives *shape,
               guint                 n_draws,
               double               *ranks,
               double               *central)
{
  const guint n = shape->n_alternatives;

  for (guint a = 0; a < n; a++)
    {
      if (central != NULL)
        for (guint c = 0; c < shape->n_criteria; c++)
          {
            double *mean = &central[a * shape->n_criteria + c];

            *mean /= ranks[a * n]; /* 0 / 0 is NAN: nobody puts it first */
          }

      for (guint r = 0; r < n; r++)
        ranks[a * n + r] /= n_draws;
    }
}

static void
clear_counts (const SyAlternatives *shape,
              double               *ranks,
              double               *central)
{
  memset (ranks, 0, sizeof (double) * shape->n_alternatives * shape->n_alternatives);
  if (central != NULL)
    memset (central, 0, sizeof (double) * shape->n_alternatives * shape->n_criteria);
}

/* Exponential numbers over their sum are uniform on the simplex. */
static void
draw_weights (SySplitmix *random,
              double     *weights,
              guint       n)
{
  double sum = 0;

  for (guint c = 0; c < n; c++)
    {
      weights[c] = -log1p (-sy_splitmix_uniform (random));
      sum += weights[c];
    }

  for (guint c = 0; c < n; c++)
    weights[c] = sum > 0 ? weights[c] / sum : 1.0 / n;
}

static int
compare_falling (gconstpointer a,
                 gconstpointer b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x < y) - (x > y);
}

/* The largest weight to the most important criterion, and so on: by symmetry the
 * result is uniform where the weights fall in that order. */
static void
put_in_order (double      *weights,
              double      *scratch,
              const guint *order,
              guint        n)
{
  memcpy (scratch, weights, n * sizeof *weights);
  qsort (scratch, n, sizeof *scratch, compare_falling);
  for (guint k = 0; k < n; k++)
    weights[order[k]] = scratch[k];
}

void
sy_acceptability_sample (const SyAlternatives *alternatives,
                         guint                 n_draws,
                         guint64               seed,
                         double               *ret_ranks,
                         double               *ret_central)
{
  const guint n_values = alternatives->n_alternatives * alternatives->n_criteria;
  g_autofree double *values = g_new (double, n_values);
  g_autofree double *weights = g_new (double, alternatives->n_criteria);
  g_autofree double *scratch = g_new (double, alternatives->n_criteria);
  SySplitmix random;

  g_return_if_fail (n_draws > 0 && n_values > 0);

  sy_splitmix_init (&random, seed);
  clear_counts (alternatives, ret_ranks, ret_central);

  for (guint draw = 0; draw < n_draws; draw++)
    {
      draw_weights (&random, weights, alternatives->n_criteria);
      if (alternatives->order != NULL)
        put_in_order (weights, scratch, alternatives->order, alternatives->n_criteria);

      for (guint i = 0; i < n_values; i++)
        values[i] = alternatives->half_width == NULL
                      ? alternatives->values[i]
                      : draw_score (&random, alternatives->values[i], alternatives->half_width[i % alternatives->n_criteria]);

      count_draw (values, weights, alternatives, ret_ranks, ret_central);
    }

  finish_counts (alternatives, n_draws, ret_ranks, ret_central);
}
