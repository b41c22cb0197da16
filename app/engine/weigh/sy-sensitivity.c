/* sy-sensitivity.c: which input moves the answer, and how sure is it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sy-break-even.h"
#include "sy-splitmix.h"

#define BREAK_EVEN_STEPS 400
#define SLACK 1e-9

static double
difference_at (const SyOwnershipCase *self,
               const char            *parameter,
               double                 value)
{
  SyOwnershipCase changed = *self;

  if (!sy_ownership_case_set (&changed, parameter, value))
    return NAN;

  return sy_ownership_case_difference (&changed);
}

/* Insertion keeps the order of equal bars, and there are a dozen. */
static void
insert_bar (SyTornadoBar *bars,
            guint         n,
            SyTornadoBar  bar)
{
  guint at = n;

  while (at > 0 && bars[at - 1].swing < bar.swing)
    {
      bars[at] = bars[at - 1];
      at--;
    }

  bars[at] = bar;
}

void
sy_sensitivity_tornado (const SyOwnershipCase    *self,
                        const SySensitivityRange *ranges,
                        guint                     n,
                        SyTornadoBar             *ret_bars)
{
  for (guint i = 0; i < n; i++)
    {
      SyTornadoBar bar;

      bar.range = i;
      bar.at_low = difference_at (self, ranges[i].parameter, ranges[i].low);
      bar.at_high = difference_at (self, ranges[i].parameter, ranges[i].high);
      bar.swing = fabs (bar.at_high - bar.at_low);
      insert_bar (ret_bars, i, bar);
    }
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

double
sy_sorted_quantile (const double *sorted,
                    guint         n,
                    double        q)
{
  double rank;

  g_return_val_if_fail (n > 0 && q >= 0 && q <= 1, NAN);

  rank = ceil (q * n - SLACK);
  return sorted[rank < 1 ? 0 : (guint) rank - 1];
}

void
sy_sensitivity_monte_carlo (const SyOwnershipCase    *self,
                            const SySensitivityRange *ranges,
                            guint                     n,
                            guint64                   seed,
                            double                   *ret_draws,
                            guint                     n_draws,
                            SyMonteCarlo             *ret_summary)
{
  g_autofree double *sorted = g_new (double, n_draws);
  SySplitmix random;
  double cheaper = 0, sum = 0;

  g_return_if_fail (n_draws > 0);

  sy_splitmix_init (&random, seed);

  for (guint i = 0; i < n_draws; i++)
    {
      SyOwnershipCase drawn = *self;

      for (guint k = 0; k < n; k++)
        sy_ownership_case_set (&drawn, ranges[k].parameter,
                               sy_splitmix_triangular (&random, ranges[k].low, ranges[k].mode, ranges[k].high));

      ret_draws[i] = sy_ownership_case_difference (&drawn);
      cheaper += ret_draws[i] < 0 ? 1 : ret_draws[i] == 0 ? 0.5 : 0;
      sum += ret_draws[i];
    }

  memcpy (sorted, ret_draws, n_draws * sizeof (double));
  qsort (sorted, n_draws, sizeof (double), compare_doubles);

  ret_summary->mean = sum / n_draws;
  ret_summary->p_a_cheaper = cheaper / n_draws;
  ret_summary->q05 = sy_sorted_quantile (sorted, n_draws, 0.05);
  ret_summary->q50 = sy_sorted_quantile (sorted, n_draws, 0.50);
  ret_summary->q95 = sy_sorted_quantile (sorted, n_draws, 0.95);
}

typedef struct
{
  const SyOwnershipCase *self;
  const char            *parameter;
} Question;

static double
answer (double        value,
        gconstpointer data)
{
  const Question *question = data;

  return difference_at (question->self, question->parameter, value);
}

gboolean
sy_sensitivity_break_even (const SyOwnershipCase *self,
                           const char            *parameter,
                           double                 low,
                           double                 high,
                           double                *ret_value)
{
  const Question question = { self, parameter };
  const SyBreakEvenRange range = { low, high, BREAK_EVEN_STEPS, FALSE };

  return sy_break_even_find (answer, &question, &range, ret_value);
}
