/* sy-calc-decision.c: acceptabilities and priorities, by name
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
#include "sy-value-function.h"
#include "sy-weights.h"

#define MAX_CRITERIA 100u
#define MAX_DRAWS 1000000
#define MAX_SEED 9007199254740992.0

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

/* A list that names each of @n criteria once. Returns: (transfer full), NULL after
 * a fault */
static guint *
read_order (SyCalcInputs *in,
            JsonObject   *object,
            const char   *name,
            guint         n)
{
  SyCalcInputs inner = { object, NULL };
  g_autofree double *numbers = sy_calc_inputs_n_numbers (&inner, name, n);
  g_autofree guint *order = g_new (guint, n);

  for (guint k = 0; numbers != NULL && k < n; k++)
    order[k] = numbers[k] >= 0 && numbers[k] < n ? (guint) numbers[k] : G_MAXUINT;

  g_clear_error (&inner.error);
  if (numbers == NULL || !sy_weights_order_valid (order, n))
    {
      sy_calc_inputs_fail (in, name, "must name each criterion once, the most important first");
      return NULL;
    }

  return g_steal_pointer (&order);
}

static void
smaa_sample (SyCalcInputs *in,
             JsonObject   *out)
{
  guint rows, columns;
  g_autofree double *values = sy_calc_inputs_matrix (in, "values", &rows, &columns);
  const guint n_draws = sy_calc_inputs_has (in, "n") ? sy_calc_inputs_count (in, "n", 1, MAX_DRAWS) : 10000;
  const double seed = sy_calc_inputs_has (in, "seed") ? sy_calc_inputs_within (in, "seed", 0, MAX_SEED) : SY_CRITERIA_SEED;
  g_autofree double *half_width = values != NULL && sy_calc_inputs_has (in, "half_width")
                                    ? sy_calc_inputs_n_numbers (in, "half_width", columns) : NULL;
  g_autofree double *ranks = NULL;
  g_autofree double *central = NULL;
  g_autoptr (JsonArray) acceptability = json_array_new ();
  g_autoptr (JsonArray) weights = json_array_new ();
  g_autofree guint *order = NULL;

  if (!sy_calc_inputs_ok (in))
    return;

  if (rows < 2 || rows > MAX_CRITERIA || columns > MAX_CRITERIA)
    {
      sy_calc_inputs_fail (in, "values", "must hold 2 to 100 alternatives and up to 100 criteria");
      return;
    }

  if (sy_calc_inputs_has (in, "order"))
    {
      order = read_order (in, in->object, "order", columns);
      if (order == NULL)
        return;
    }

  ranks = g_new (double, rows * rows);
  central = g_new (double, rows * columns);
  sy_acceptability_sample (&(SyAlternatives){ values, half_width, rows, columns, order }, n_draws, (guint64) seed, ranks, central);

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
      g_autofree guint *order = priority != NULL ? read_order (in, pair.object, l->data, pair.n) : NULL;
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
        g_autofree guint *order = read_order (in, pair.object, l->data, pair.n);
        g_autofree char *name = g_strconcat ("p_A_", (char *) l->data + strlen ("priority_"), NULL);

        if (order != NULL)
          json_object_set_double_member (out, name, sy_acceptability_uncertain (&scores, order, n_draws, (guint64) seed));
      }
}

const SyCalcFunction SY_CALC_DECISION[] = {
  { "smaa2_free", "share of all weights that put A first, exactly; d: value of A less B", smaa2_free },
  { "smaa2_ordinal", "the same when the order of weights is known, d by falling priority", smaa2_ordinal },
  { "smaa2", "the same with doubt about the scores: half_width, n, seed", smaa2 },
  { "smaa_sample", "rank acceptabilities and central weights of values (alternative, criterion): n, seed, order", smaa_sample },
  { "mavt", "score differences, acceptabilities and flip weights for each priority_NAME", mavt },
  { "flip_weight", "the weight of criterion k at which the winner changes; null: none", flip_weight },
  { NULL }
};
