/* sy-calc-ranking.c: the rankings of others, by name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-calc.h"

#include <math.h>
#include <string.h>

#include "sy-outranking.h"

static void
rank (SyCalcInputs *in,
      JsonObject   *out,
      const char   *method)
{
  guint rows, columns, winner = 0;
  g_autofree double *matrix = sy_calc_inputs_matrix (in, "matrix", &rows, &columns);
  g_autofree double *weights = matrix != NULL ? sy_calc_inputs_n_numbers (in, "weights", columns) : NULL;
  g_autofree double *types = weights != NULL ? sy_calc_inputs_n_numbers (in, "types", columns) : NULL;
  g_autofree double *scores = g_new (double, rows + 1);
  const SyRankingInput input = { matrix, weights, types, rows, columns };

  if (types == NULL)
    return;

  if (rows < 2)
    {
      sy_calc_inputs_fail (in, "matrix", "must hold two alternatives or more");
      return;
    }

  if (strcmp (method, "phi") == 0)
    sy_promethee_ii (&input, scores);
  else
    sy_topsis (&input, strcmp (method, "min-max") == 0 ? SY_TOPSIS_MIN_MAX : SY_TOPSIS_VECTOR, scores);

  for (guint a = 1; a < rows; a++)
    if (scores[a] > scores[winner])
      winner = a;

  sy_calc_put_numbers (out, strcmp (method, "phi") == 0 ? "phi" : "score", scores, rows);
  json_object_set_int_member (out, "winner", winner);
}

static void
topsis (SyCalcInputs *in,
        JsonObject   *out)
{
  const char *method = sy_calc_inputs_string_or (in, "normalisation", "vector");

  if (g_strcmp0 (method, "vector") != 0 && g_strcmp0 (method, "min-max") != 0)
    sy_calc_inputs_fail (in, "normalisation", "must be “vector” or “min-max”");
  else
    rank (in, out, method);
}

static void
topsis_min_max (SyCalcInputs *in,
                JsonObject   *out)
{
  rank (in, out, "min-max");
}

static void
promethee_ii (SyCalcInputs *in,
              JsonObject   *out)
{
  rank (in, out, "phi");
}

const SyCalcFunction SY_CALC_RANKING[] = {
  { "topsis", "closeness to the best; normalisation vector or min-max", topsis },
  { "topsis (min-max)", "the same with min-max normalisation", topsis_min_max },
  { "promethee_ii", "net flows with the usual preference", promethee_ii },
  { NULL }
};
