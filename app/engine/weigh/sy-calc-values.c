/* sy-calc-values.c: values and weights, by name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-calc.h"

#include <math.h>
#include <string.h>

#include "sy-value-function.h"
#include "sy-weights.h"

#define MAX_CRITERIA 100u
#define MSEC_PER_SEC 1000.0

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

const SyCalcFunction SY_CALC_VALUES[] = {
  { "partial_value_function", "values of x on straight lines through cutoffs and values; mode clip or interpolate", partial_value_function },
  { "local", "why scales are anchored: values from the worst to the best of two", local_scale },
  { "rank_order_centroid", "weights of n criteria of which only the order is known", rank_order_centroid },
  { "swing_weights", "weights from points for swings", swing_weights },
  { "ahp", "weights from pairwise judgements, and how far these contradict each other", ahp },
  { NULL }
};
