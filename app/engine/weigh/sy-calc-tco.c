/* sy-calc-tco.c: years of ownership, by name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-calc.h"

#include <math.h>
#include <string.h>

#include "sy-calc-money.h"
#include "sy-splitmix.h"

#define MAX_DRAWS 1000000
#define FIRST_DRAWS 3
#define N_SPLITMIX 5

static void
npv (SyCalcInputs *in,
     JsonObject   *out)
{
  guint n;
  g_autofree double *cash = sy_calc_inputs_numbers (in, "cash", &n);
  const double rate = sy_calc_inputs_within (in, "r", -0.99, 10);
  const char *timing = sy_calc_inputs_string_or (in, "timing", "end");

  if (sy_calc_inputs_ok (in))
    json_object_set_double_member (out, "npv", sy_net_present_value (cash, n, rate, strcmp (timing, "mid") == 0));
}

static JsonObject *
describe_year (const SyOwnershipYear *year,
               guint                  y)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "year", y);
  for (guint i = 0; i < SY_N_COST_LINES; i++)
    sy_calc_put_or_null (object, sy_cost_line_to_string ((SyCostLine) i), year->line[i]);
  json_object_set_double_member (object, "total", year->total);
  return object;
}

static void
tco (SyCalcInputs *in,
     JsonObject   *out)
{
  JsonObject *alternative = sy_calc_inputs_object (in, "alternative");
  JsonObject *shared = sy_calc_inputs_object (in, "common");
  g_autoptr (JsonArray) totals = json_array_new ();
  g_autoptr (JsonArray) omitted = json_array_new ();
  SyOwnershipCommon common;
  SyOwnership cost;
  SyOwner owner;

  if (shared == NULL)
    return;

  sy_calc_read_owner (in, alternative, &owner);
  sy_calc_read_common (in, shared, &common);
  if (!sy_calc_inputs_ok (in))
    return;

  if (isnan (common.mvp_reference))
    common.mvp_reference = owner.mvp_months;

  sy_ownership (&common, &owner, 0, &cost);

  for (guint y = 0; y <= cost.horizon; y++)
    {
      g_autofree char *name = g_strdup_printf ("year%u", y);

      json_array_add_double_element (totals, cost.year[y].total);
      json_object_set_object_member (out, name, describe_year (&cost.year[y], y));
    }

  for (guint i = 0; i < SY_N_COST_LINES; i++)
    if (cost.omitted & (1u << i))
      json_array_add_string_element (omitted, sy_cost_line_to_string ((SyCostLine) i));

  json_object_set_array_member (out, "year_total", g_steal_pointer (&totals));
  json_object_set_array_member (out, "omitted", g_steal_pointer (&omitted));
  sy_calc_put_or_null (out, "npv", cost.npv);
}

static void
npv_difference (SyCalcInputs *in,
                JsonObject   *out)
{
  SyOwnershipCase pair;
  SyOwnership a, b;

  sy_calc_read_case (in, &pair);
  if (!sy_calc_inputs_ok (in))
    return;

  sy_calc_put_or_null (out, "usd", sy_ownership_case_compare (&pair, &a, &b));
  sy_calc_put_or_null (out, "A", a.npv);
  sy_calc_put_or_null (out, "B", b.npv);
}

static void
tornado (SyCalcInputs *in,
         JsonObject   *out)
{
  guint n;
  g_autofree SySensitivityRange *ranges = sy_calc_read_ranges (in, &n);
  g_autofree SyTornadoBar *bars = g_new (SyTornadoBar, n + 1);
  g_autoptr (JsonArray) order = json_array_new ();
  g_autoptr (JsonArray) at_low = json_array_new ();
  g_autoptr (JsonArray) at_high = json_array_new ();
  g_autoptr (JsonArray) swing = json_array_new ();
  SyOwnershipCase pair;

  sy_calc_read_case (in, &pair);
  if (!sy_calc_inputs_ok (in))
    return;

  sy_sensitivity_tornado (&pair, ranges, n, bars);

  for (guint i = 0; i < n; i++)
    {
      json_array_add_string_element (order, ranges[bars[i].range].parameter);
      json_array_add_double_element (at_low, bars[i].at_low);
      json_array_add_double_element (at_high, bars[i].at_high);
      json_array_add_double_element (swing, bars[i].swing);
    }

  json_object_set_array_member (out, "order", g_steal_pointer (&order));
  json_object_set_array_member (out, "at_low", g_steal_pointer (&at_low));
  json_object_set_array_member (out, "at_high", g_steal_pointer (&at_high));
  json_object_set_array_member (out, "swing", g_steal_pointer (&swing));
}

static void
montecarlo (SyCalcInputs *in,
            JsonObject   *out)
{
  guint n;
  g_autofree SySensitivityRange *ranges = sy_calc_read_ranges (in, &n);
  const guint n_draws = sy_calc_inputs_count (in, "n", 1, MAX_DRAWS);
  const double seed = sy_calc_inputs_within (in, "seed", 0, 9007199254740992.0);
  g_autofree double *draws = NULL;
  SyOwnershipCase pair;
  SyMonteCarlo result;

  sy_calc_read_case (in, &pair);
  if (!sy_calc_inputs_ok (in))
    return;

  draws = g_new (double, n_draws);
  sy_sensitivity_monte_carlo (&pair, ranges, n, (guint64) seed, draws, n_draws, &result);

  json_object_set_double_member (out, "mean", result.mean);
  json_object_set_double_member (out, "p_A_cheaper", result.p_a_cheaper);
  json_object_set_double_member (out, "q05", result.q05);
  json_object_set_double_member (out, "q50", result.q50);
  json_object_set_double_member (out, "q95", result.q95);
  sy_calc_put_numbers (out, "first3", draws, MIN (FIRST_DRAWS, n_draws));
}

/* "A.mvp_months" is answered as A_mvp_months, and a month's cost of delay as
 * cost_of_delay. */
static char *
answer_name (const char *parameter)
{
  g_autofree char *name = g_strdelimit (g_strdup (parameter), ".", '_');

  if (g_str_has_suffix (name, "_month"))
    name[strlen (name) - strlen ("_month")] = '\0';

  return g_steal_pointer (&name);
}

static void
break_even_of (const SyOwnershipCase *pair,
               const char            *parameter,
               double                 low,
               double                 high,
               JsonObject            *out)
{
  g_autofree char *name = answer_name (parameter);
  double value;

  if (sy_sensitivity_break_even (pair, parameter, low, high, &value))
    json_object_set_double_member (out, name, value);
  else
    json_object_set_null_member (out, name); /* none in range */
}

/* "parameters": names, or [name, low, high]; without it those that people ask for. */
static void
breakeven (SyCalcInputs *in,
           JsonObject   *out)
{
  static const char *const usual[] = { "A.mvp_months", "A.salary", "cost_of_delay_month" };
  JsonArray *rows = sy_calc_inputs_has (in, "parameters") ? sy_calc_inputs_array (in, "parameters") : NULL;
  SyOwnershipCase pair;

  sy_calc_read_case (in, &pair);
  if (!sy_calc_inputs_ok (in))
    return;

  for (guint i = 0; rows == NULL && i < G_N_ELEMENTS (usual); i++)
    {
      const SyOwnershipParameter *parameter = sy_ownership_parameter_find (usual[i]);

      break_even_of (&pair, usual[i], parameter->low, parameter->high, out);
    }

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonNode *row = json_array_get_element (rows, i);
      JsonNode *name = JSON_NODE_HOLDS_ARRAY (row) && json_array_get_length (json_node_get_array (row)) == 3
                         ? json_array_get_element (json_node_get_array (row), 0) : row;
      const SyOwnershipParameter *parameter;
      double low, high;

      parameter = JSON_NODE_HOLDS_VALUE (name) && json_node_get_value_type (name) == G_TYPE_STRING
                    ? sy_ownership_parameter_find (json_node_get_string (name)) : NULL;
      if (parameter == NULL)
        {
          sy_calc_inputs_fail (in, "parameters", "must hold names of inputs, or [name, low, high]");
          return;
        }

      low = parameter->low;
      high = parameter->high;
      if (name != row && (!sy_calc_node_to_double (json_array_get_element (json_node_get_array (row), 1), &low)
                          || !sy_calc_node_to_double (json_array_get_element (json_node_get_array (row), 2), &high)))
        sy_calc_inputs_fail (in, "parameters", "low and high must be numbers");
      else
        break_even_of (&pair, json_node_get_string (name), low, high, out);
    }
}

static void
splitmix64 (SyCalcInputs *in,
            JsonObject   *out)
{
  const double seed = sy_calc_inputs_within (in, "seed", 0, 9007199254740992.0);
  g_autoptr (JsonArray) array = json_array_new ();
  SySplitmix random;

  if (!sy_calc_inputs_ok (in))
    return;

  sy_splitmix_init (&random, (guint64) seed);

  /* As text: JSON numbers of 64 bits do not survive every reader. */
  for (guint i = 0; i < N_SPLITMIX; i++)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, sy_splitmix_next (&random));

      json_array_add_string_element (array, text);
    }

  json_object_set_array_member (out, "u64", g_steal_pointer (&array));
}

static void
tri_inv (SyCalcInputs *in,
         JsonObject   *out)
{
  guint n;
  g_autofree double *u = sy_calc_inputs_numbers (in, "u", &n);
  const double low = sy_calc_inputs_number (in, "a");
  const double mode = sy_calc_inputs_number (in, "m");
  const double high = sy_calc_inputs_number (in, "b");

  if (!sy_calc_inputs_ok (in))
    return;

  for (guint i = 0; i < n; i++)
    u[i] = sy_triangular_quantile (u[i], low, mode, high);

  sy_calc_put_numbers (out, "x", u, n);
}

static void
forced_upgrades (SyCalcInputs *in,
                 JsonObject   *out)
{
  const double horizon = sy_calc_inputs_within (in, "horizon_months", 0, 1200);
  guint n;
  g_autofree double *support = sy_calc_inputs_numbers (in, "support_months", &n);

  for (guint i = 0; support != NULL && i < n; i++)
    {
      if (!(support[i] > 0))
        {
          sy_calc_inputs_fail (in, "support_months", "must be above 0");
          return;
        }
      support[i] = sy_forced_upgrades (horizon, support[i]);
    }

  if (sy_calc_inputs_ok (in))
    sy_calc_put_numbers (out, "n", support, n);
}

const SyCalcFunction SY_CALC_TCO[] = {
  { "npv", "net present value of yearly flows (cash[0] now), r a year, timing end or mid", npv },
  { "tco", "years of ownership of one alternative, by line; money in one currency", tco },
  { "npv_difference", "net present value of A less B over the lines both can state", npv_difference },
  { "tornado", "the difference at both ends of each range, widest swing first", tornado },
  { "montecarlo", "n draws of the difference, triangular over ranges, of a seed", montecarlo },
  { "breakeven", "the value of an input at which both cost the same; null: none in range", breakeven },
  { "splitmix64", "the first five numbers of a seed", splitmix64 },
  { "tri_inv", "quantiles u of a triangular distribution a, m, b", tri_inv },
  { "forced_upgrades", "releases that must be left: horizon and support in months", forced_upgrades },
  { NULL }
};
