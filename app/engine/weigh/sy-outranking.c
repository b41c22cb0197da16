/* sy-outranking.c: two other methods of ranking, to compare with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-outranking.h"

#include <math.h>

/* The lowest and highest of column @c. */
static void
find_range (const SyRankingInput *input,
            guint                 c,
            double               *ret_low,
            double               *ret_high)
{
  *ret_low = INFINITY;
  *ret_high = -INFINITY;

  for (guint a = 0; a < input->n_alternatives; a++)
    {
      const double value = input->values[a * input->n_criteria + c];

      *ret_low = fmin (*ret_low, value);
      *ret_high = fmax (*ret_high, value);
    }
}

static double
find_length (const SyRankingInput *input,
             guint                 c)
{
  double sum = 0;

  for (guint a = 0; a < input->n_alternatives; a++)
    sum += input->values[a * input->n_criteria + c] * input->values[a * input->n_criteria + c];

  return sqrt (sum);
}

void
sy_topsis (const SyRankingInput *input,
           SyTopsisScale         scale,
           double               *ret_scores)
{
  for (guint a = 0; a < input->n_alternatives; a++)
    {
      double to_best = 0;
      double to_worst = 0;

      for (guint c = 0; c < input->n_criteria; c++)
        {
          const gboolean more = input->types[c] > 0;
          const double value = input->values[a * input->n_criteria + c];
          double low, high, unit;

          find_range (input, c, &low, &high);
          unit = scale == SY_TOPSIS_VECTOR ? find_length (input, c) : high - low;

          if (unit > 0)
            {
              const double weight = input->weights[c] / unit;

              to_best += pow (weight * (value - (more ? high : low)), 2);
              to_worst += pow (weight * (value - (more ? low : high)), 2);
            }
        }

      ret_scores[a] = sqrt (to_worst) / (sqrt (to_best) + sqrt (to_worst));
    }
}

void
sy_promethee_ii (const SyRankingInput *input,
                 double               *ret_flows)
{
  g_return_if_fail (input->n_alternatives >= 2);

  for (guint a = 0; a < input->n_alternatives; a++)
    {
      double flow = 0;

      for (guint b = 0; b < input->n_alternatives; b++)
        for (guint c = 0; c < input->n_criteria; c++)
          {
            const double ahead = (input->values[a * input->n_criteria + c] - input->values[b * input->n_criteria + c])
                                 * input->types[c];

            flow += input->weights[c] * ((ahead > 0) - (ahead < 0));
          }

      ret_flows[a] = flow / (input->n_alternatives - 1);
    }
}
