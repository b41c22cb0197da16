/* sy-calc-decision.c: weights, values and acceptabilities, by name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-calc.h"

#include <math.h>
#include <string.h>

#include "sy-acceptability.h"
#include "sy-calc-money.h"
#include "sy-criteria.h"
#include "sy-outranking.h"
#include "sy-value-function.h"
#include "sy-weights.h"

#define MAX_CRITERIA 100u
#define MAX_DRAWS 1000000
#define MAX_SEED 9007199254740992.0
#define MSEC_PER_SEC 1000.0

/* --- values and weights -------------------------------------------------- */

static void
partial_value_function (SyCalcInputs *in,
                        JsonObject   *out)
{
  guint n, n_x;
  g_autofree double *cutoffs = sy_calc_inputs_numbers (in, "cutoffs", &n);
  g_autofree double *values = cutoffs != NULL ? sy_calc_inputs_n_numbers (in, "values", n) : NULL;
  g_autofree double *x = sy_calc_inputs_numbers (in, "x", &n_x);
  const gboolean beyond = g_strcmp0 (sy_calc_inputs_string_or (in, "mode", "clip"), "interpolate") == 0;
  g_autofree SyValuePoint *points = g_new (SyValuePoint, n + 1);

  if (sy_calc_inputs_ok (in) && n < 2)
    sy_calc_inputs_fail (in, "cutoffs", "must be two numbers or more");

  for (guint i = 0; sy_calc_inputs_ok (in) && i < n; i++)
    {
      points[i] = (SyValuePoint){ cutoffs[i], values[i] };
      if (i > 0 && !(cutoffs[i] > cutoffs[i - 1]))
        sy_calc_inputs_fail (in, "cutoffs", "must rise");
    }

  if (!sy_calc_inputs_ok (in))
    return;

  for (guint i = 0; i < n_x; i++)
    x[i] = sy_value_function (points, n, x[i], beyond);

  sy_calc_put_numbers (out, "v", x, n_x);
}

/* Why values need anchors: from the worst to the best of two, any difference
 * is 100 points. */
static void
local_scale (SyCalcInputs *in,
             JsonObject   *out)
{
  static const char *const names[] = { "p99_ms", "usd" };
  const double objective = sy_calc_inputs_number_or (in, "slo_ms", 200);
  g_autofree char *name = g_strdup_printf ("anchored_values_p99_slo%.0f", objective);
  g_autoptr (JsonArray) local = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree double *pair = sy_calc_inputs_n_numbers (in, names[i], 2);
      g_autoptr (JsonArray) values = json_array_new ();

      if (pair == NULL)
        return;

      for (guint k = 0; k < 2; k++)
        json_array_add_double_element (values, pair[0] == pair[1] ? SY_VALUE_BEST
                                                : pair[k] < pair[1 - k] ? SY_VALUE_BEST : SY_VALUE_WORST);
      json_array_add_array_element (local, g_steal_pointer (&values));

      if (i == 0)
        {
          for (guint k = 0; k < 2; k++)
            pair[k] = sy_value_latency (pair[k] / MSEC_PER_SEC, objective / MSEC_PER_SEC);
          sy_calc_put_numbers (out, name, pair, 2);
        }
    }

  json_object_set_array_member (out, "local_values", g_steal_pointer (&local));
}

static void
rank_order_centroid (SyCalcInputs *in,
                     JsonObject   *out)
{
  const guint n = sy_calc_inputs_count (in, "n", 1, MAX_CRITERIA);
  g_autofree double *weights = g_new (double, n);

  sy_weights_roc (weights, n);
  sy_calc_put_numbers (out, "w", weights, n);
}

static void
swing_weights (SyCalcInputs *in,
               JsonObject   *out)
{
  guint n;
  g_autofree double *points = sy_calc_inputs_numbers (in, "points", &n);
  g_autofree double *weights = g_new (double, n + 1);

  if (points == NULL)
    return;

  if (!sy_weights_swing (points, weights, n))
    sy_calc_inputs_fail (in, "points", "must be 0 or more, and one above");
  else
    sy_calc_put_numbers (out, "w", weights, n);
}

/* Where @name stands in the list of texts @order; G_MAXUINT: nowhere. */
static guint
find_name (JsonArray *order,
           JsonNode  *name)
{
  for (guint i = 0; i < json_array_get_length (order); i++)
    if (json_node_equal (json_array_get_element (order, i), name))
      return i;

  return G_MAXUINT;
}

static void
ahp (SyCalcInputs *in,
     JsonObject   *out)
{
  JsonArray *order = sy_calc_inputs_array (in, "order");
  JsonArray *comparisons = sy_calc_inputs_array (in, "comparisons");
  const double random_index = sy_calc_inputs_number_or (in, "RI", 0);
  const guint n = order != NULL ? json_array_get_length (order) : 0;
  g_autofree double *matrix = NULL;
  g_autofree double *weights = g_new (double, n + 1);
  g_autoptr (JsonObject) named = json_object_new ();
  double ratio;

  if (comparisons == NULL)
    return;

  if (n < 2 || n > MAX_CRITERIA)
    {
      sy_calc_inputs_fail (in, "order", "must be 2 to 100 names");
      return;
    }

  matrix = g_new (double, n * n);
  for (guint i = 0; i < n * n; i++)
    matrix[i] = 1;

  for (guint i = 0; i < json_array_get_length (comparisons); i++)
    {
      JsonNode *node = json_array_get_element (comparisons, i);
      JsonArray *row = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      const gboolean whole = row != NULL && json_array_get_length (row) == 3;
      const guint a = whole ? find_name (order, json_array_get_element (row, 0)) : G_MAXUINT;
      const guint b = whole ? find_name (order, json_array_get_element (row, 1)) : G_MAXUINT;
      double times;

      if (a == G_MAXUINT || b == G_MAXUINT || !sy_calc_node_to_double (json_array_get_element (row, 2), &times)
          || !(times > 0) || !isfinite (times))
        {
          sy_calc_inputs_fail (in, "comparisons", "must hold [name, name, how many times it counts the other]");
          return;
        }

      matrix[a * n + b] = times;
      matrix[b * n + a] = 1 / times;
    }

  ratio = sy_weights_ahp (matrix, weights, n, random_index);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *name = json_array_get_element (order, i);

      if (!JSON_NODE_HOLDS_VALUE (name) || json_node_get_value_type (name) != G_TYPE_STRING)
        {
          sy_calc_inputs_fail (in, "order", "must hold names");
          return;
        }
      json_object_set_double_member (named, json_node_get_string (name), weights[i]);
    }

  json_object_set_object_member (out, "weights", g_steal_pointer (&named));
  json_object_set_double_member (out, "CR", ratio);
  json_object_set_boolean_member (out, "refused", ratio > SY_AHP_MAX_RATIO);
}

/* --- rankings of others --------------------------------------------------- */

/* A list of rows of equal length. (transfer full) */
static double *
read_matrix (SyCalcInputs *in,
             const char   *name,
             guint        *ret_rows,
             guint        *ret_columns)
{
  JsonArray *array = sy_calc_inputs_array (in, name);
  g_autofree double *values = NULL;

  *ret_rows = *ret_columns = 0;
  if (array == NULL)
    return NULL;

  for (guint r = 0; r < json_array_get_length (array); r++)
    {
      JsonNode *node = json_array_get_element (array, r);
      JsonArray *row = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      const guint n = row != NULL ? json_array_get_length (row) : 0;

      if (values == NULL && n > 0)
        {
          *ret_rows = json_array_get_length (array);
          *ret_columns = n;
          values = g_new (double, (gsize) *ret_rows * n);
        }

      for (guint c = 0; values != NULL && c < n && n == *ret_columns; c++)
        if (!sy_calc_node_to_double (json_array_get_element (row, c), &values[r * n + c]))
          sy_calc_inputs_fail (in, name, "must hold rows of numbers");

      if (n == 0 || n != *ret_columns)
        sy_calc_inputs_fail (in, name, "must hold rows of the same length");

      if (!sy_calc_inputs_ok (in))
        return NULL;
    }

  if (values == NULL)
    sy_calc_inputs_fail (in, name, "must hold rows of numbers");

  return g_steal_pointer (&values);
}

static void
rank (SyCalcInputs *in,
      JsonObject   *out,
      const char   *method)
{
  guint rows, columns, winner = 0;
  g_autofree double *matrix = read_matrix (in, "matrix", &rows, &columns);
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

/* --- acceptability -------------------------------------------------------- */

static void
smaa2_free (SyCalcInputs *in,
            JsonObject   *out)
{
  guint n;
  g_autofree double *d = sy_calc_inputs_numbers (in, "d", &n);

  if (d != NULL)
    sy_calc_put_or_null (out, "p_A_first", sy_acceptability_free (d, n));
}

static void
smaa2_ordinal (SyCalcInputs *in,
               JsonObject   *out)
{
  guint n;
  g_autofree double *d = sy_calc_inputs_numbers (in, "d", &n);

  if (d != NULL)
    sy_calc_put_or_null (out, "p_A_first", sy_acceptability_ordinal (d, n));
}

static void
flip_weight (SyCalcInputs *in,
             JsonObject   *out)
{
  guint n;
  g_autofree double *weights = sy_calc_inputs_numbers (in, "w", &n);
  g_autofree double *d = weights != NULL ? sy_calc_inputs_n_numbers (in, "d", n) : NULL;
  const guint k = d != NULL ? sy_calc_inputs_count (in, "k", 0, n - 1) : 0;
  double flip;

  if (!sy_calc_inputs_ok (in))
    return;

  if (!sy_flip_weight (weights, d, n, k, &flip))
    flip = NAN; /* none */
  sy_calc_put_or_null (out, "w_flip", flip);
}

static void
smaa_sample (SyCalcInputs *in,
             JsonObject   *out)
{
  guint rows, columns;
  g_autofree double *values = read_matrix (in, "values", &rows, &columns);
  const guint n_draws = sy_calc_inputs_has (in, "n") ? sy_calc_inputs_count (in, "n", 1, MAX_DRAWS) : 10000;
  const double seed = sy_calc_inputs_has (in, "seed") ? sy_calc_inputs_within (in, "seed", 0, MAX_SEED) : SY_CRITERIA_SEED;
  g_autofree double *half_width = values != NULL && sy_calc_inputs_has (in, "half_width")
                                    ? sy_calc_inputs_n_numbers (in, "half_width", columns) : NULL;
  g_autofree double *ranks = NULL;
  g_autofree double *central = NULL;
  g_autoptr (JsonArray) acceptability = json_array_new ();
  g_autoptr (JsonArray) weights = json_array_new ();
  const SyAlternatives alternatives = { values, half_width, rows, columns };

  if (!sy_calc_inputs_ok (in))
    return;

  if (rows < 2 || rows > MAX_CRITERIA || columns > MAX_CRITERIA)
    {
      sy_calc_inputs_fail (in, "values", "must hold 2 to 100 alternatives and up to 100 criteria");
      return;
    }

  ranks = g_new (double, rows * rows);
  central = g_new (double, rows * columns);
  sy_acceptability_sample (&alternatives, n_draws, (guint64) seed, ranks, central);

  for (guint a = 0; a < rows; a++)
    {
      g_autoptr (JsonArray) row = json_array_new ();
      g_autoptr (JsonArray) mean = json_array_new ();

      for (guint r = 0; r < rows; r++)
        json_array_add_double_element (row, ranks[a * rows + r]);
      for (guint c = 0; c < columns; c++)
        if (isnan (central[a * columns + c]))
          json_array_add_null_element (mean);
        else
          json_array_add_double_element (mean, central[a * columns + c]);

      json_array_add_array_element (acceptability, g_steal_pointer (&row));
      json_array_add_array_element (weights, g_steal_pointer (&mean));
    }

  json_object_set_array_member (out, "rank_acceptability", g_steal_pointer (&acceptability));
  json_object_set_array_member (out, "central_weights", g_steal_pointer (&weights));
}

/* --- two alternatives with priorities ------------------------------------- */

/* "criteria", "v_A", "v_B", and any number of "priority_NAME". */
typedef struct
{
  JsonObject *object;     /* (borrowed) */
  JsonArray  *labels;     /* (borrowed) (nullable) */
  double     *a;          /* (owned) */
  double     *b;          /* (owned) */
  double     *d;          /* (owned) */
  guint       n;
} Pair;

static void
pair_clear (Pair *pair)
{
  g_free (pair->a);
  g_free (pair->b);
  g_free (pair->d);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static gboolean
read_pair (SyCalcInputs *in,
           Pair         *pair)
{
  SyCalcInputs inner = { in->object, NULL };

  if (sy_calc_inputs_has (in, "ref"))
    inner.object = sy_calc_read_reference (in, "ref", json_object_get_member (in->object, "ref"));
  if (inner.object == NULL)
    return FALSE;

  pair->object = inner.object;
  pair->a = sy_calc_inputs_numbers (&inner, "v_A", &pair->n);
  pair->b = pair->a != NULL ? sy_calc_inputs_n_numbers (&inner, "v_B", pair->n) : NULL;
  if (sy_calc_inputs_has (&inner, "criteria"))
    pair->labels = sy_calc_inputs_array (&inner, "criteria");

  if (pair->n > MAX_CRITERIA)
    sy_calc_inputs_fail (&inner, "v_A", "must be at most 100 numbers");
  if (inner.error != NULL)
    {
      if (in->error == NULL)
        in->error = g_steal_pointer (&inner.error);
      g_clear_error (&inner.error);
      return FALSE;
    }

  pair->d = g_new (double, pair->n);
  for (guint i = 0; i < pair->n; i++)
    pair->d[i] = (pair->a[i] - pair->b[i]) / SY_VALUE_BEST;

  return TRUE;
}

/* Returns: (transfer full), NULL after a fault */
static guint *
read_order (SyCalcInputs *in,
            const Pair   *pair,
            const char   *name)
{
  SyCalcInputs inner = { pair->object, NULL };
  g_autofree double *numbers = sy_calc_inputs_n_numbers (&inner, name, pair->n);
  g_autofree guint *order = g_new (guint, pair->n);

  for (guint k = 0; numbers != NULL && k < pair->n; k++)
    order[k] = numbers[k] >= 0 && numbers[k] < pair->n ? (guint) numbers[k] : G_MAXUINT;

  g_clear_error (&inner.error);
  if (numbers == NULL || !sy_weights_order_valid (order, pair->n))
    {
      sy_calc_inputs_fail (in, name, "must name each criterion once, the most important first");
      return NULL;
    }

  return g_steal_pointer (&order);
}

/* The longest word of a label names a criterion in an answer. */
static char *
short_name (const Pair *pair,
            guint       i)
{
  JsonNode *node = pair->labels != NULL && i < json_array_get_length (pair->labels)
                     ? json_array_get_element (pair->labels, i) : NULL;
  g_auto (GStrv) words = NULL;
  const char *longest = "";

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return g_strdup_printf ("%u", i);

  words = g_strsplit (json_node_get_string (node), " ", -1);
  for (guint k = 0; words[k] != NULL; k++)
    if (strlen (words[k]) > strlen (longest))
      longest = words[k];

  return g_strdup (longest);
}

static void
put_flips (const Pair   *pair,
           const double *weights,
           const char   *priority,
           JsonObject   *out)
{
  for (guint i = 0; i < pair->n; i++)
    {
      g_autofree char *criterion = short_name (pair, i);
      g_autofree char *name = g_strdup_printf ("flip_%s_%s", priority, criterion);
      double flip;

      if (!sy_flip_weight (weights, pair->d, pair->n, i, &flip))
        flip = NAN;
      sy_calc_put_or_null (out, name, flip);
    }
}

static void
mavt (SyCalcInputs *in,
      JsonObject   *out)
{
  g_auto (Pair) pair = { 0 };
  g_autoptr (GList) names = NULL;

  if (!read_pair (in, &pair))
    return;

  sy_calc_put_or_null (out, "p_A_free", sy_acceptability_free (pair.d, pair.n));

  names = json_object_get_members (pair.object);
  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *priority = g_str_has_prefix (l->data, "priority_") ? (char *) l->data + strlen ("priority_") : NULL;
      g_autofree guint *order = priority != NULL ? read_order (in, &pair, l->data) : NULL;
      g_autofree double *weights = g_new (double, pair.n);
      g_autofree double *ordered = g_new (double, pair.n);
      g_autofree char *difference = g_strconcat ("score_diff_", priority, NULL);
      g_autofree char *share = g_strconcat ("p_A_", priority, NULL);
      double sum = 0;

      if (order == NULL)
        continue;

      sy_weights_by_order (order, weights, pair.n);
      for (guint k = 0; k < pair.n; k++)
        {
          sum += weights[k] * pair.d[k];
          ordered[k] = pair.d[order[k]];
        }

      json_object_set_double_member (out, difference, sum);
      sy_calc_put_or_null (out, share, sy_acceptability_ordinal (ordered, pair.n));
      put_flips (&pair, weights, priority, out);
    }
}

static void
smaa2 (SyCalcInputs *in,
       JsonObject   *out)
{
  g_auto (Pair) pair = { 0 };
  const guint n_draws = sy_calc_inputs_count (in, "n", 1, MAX_DRAWS);
  const double seed = sy_calc_inputs_within (in, "seed", 0, MAX_SEED);
  g_autofree double *half_width = NULL;
  g_autoptr (GList) names = NULL;
  SyScores scores;

  if (!sy_calc_inputs_ok (in) || !read_pair (in, &pair))
    return;

  half_width = sy_calc_inputs_n_numbers (in, "half_width", pair.n);
  if (half_width == NULL)
    return;

  scores = (SyScores){ pair.a, pair.b, half_width, pair.n };
  json_object_set_double_member (out, "p_A_free", sy_acceptability_uncertain (&scores, NULL, n_draws, (guint64) seed));

  names = json_object_get_members (pair.object);
  for (GList *l = names; l != NULL; l = l->next)
    if (g_str_has_prefix (l->data, "priority_"))
      {
        g_autofree guint *order = read_order (in, &pair, l->data);
        g_autofree char *name = g_strconcat ("p_A_", (char *) l->data + strlen ("priority_"), NULL);

        if (order != NULL)
          json_object_set_double_member (out, name, sy_acceptability_uncertain (&scores, order, n_draws, (guint64) seed));
      }
}

const SyCalcFunction SY_CALC_DECISION[] = {
  { "partial_value_function", "values of x on straight lines through cutoffs and values; mode clip or interpolate", partial_value_function },
  { "local", "why scales are anchored: values from the worst to the best of two", local_scale },
  { "rank_order_centroid", "weights of n criteria of which only the order is known", rank_order_centroid },
  { "swing_weights", "weights from points for swings", swing_weights },
  { "ahp", "weights from pairwise judgements, and how far these contradict each other", ahp },
  { "topsis", "closeness to the best; normalisation vector or min-max", topsis },
  { "topsis (min-max)", "the same with min-max normalisation", topsis_min_max },
  { "promethee_ii", "net flows with the usual preference", promethee_ii },
  { "smaa2_free", "share of all weights that put A first, exactly; d: value of A less B", smaa2_free },
  { "smaa2_ordinal", "the same when the order of weights is known, d by falling priority", smaa2_ordinal },
  { "smaa2", "the same with doubt about the scores: half_width, n, seed", smaa2 },
  { "smaa_sample", "rank acceptabilities and central weights of values (alternative, criterion): n, seed", smaa_sample },
  { "mavt", "score differences, acceptabilities and flip weights for each priority_NAME", mavt },
  { "flip_weight", "the weight of criterion k at which the winner changes; null: none", flip_weight },
  { NULL }
};
