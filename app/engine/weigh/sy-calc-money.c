/* sy-calc-money.c: reading plans and cases from the inputs of a model function
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-calc-money.h"

#include <math.h>
#include <string.h>

#include "sy-worked-example.h"

#define MAX_RANGES 64

JsonObject *
sy_calc_read_reference (SyCalcInputs *in,
                        const char   *name,
                        JsonNode     *node)
{
  JsonObject *object = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    object = sy_worked_example_find (json_node_get_string (node));

  if (object == NULL)
    sy_calc_inputs_fail (in, name, "must be an object, or the name of a part of the worked example");

  return object;
}

/* "cos floor 0.2 peak 14h", "flat", or 24 shares of the peak. */
static void
read_shape (SyCalcInputs   *in,
            SyTrafficShape *ret_shape)
{
  JsonNode *node = json_object_get_member (in->object, "shape");

  if (node == NULL)
    return;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autofree double *hours = sy_calc_inputs_n_numbers (in, "shape", SY_TRAFFIC_HOURS);

      for (guint h = 0; hours != NULL && h < SY_TRAFFIC_HOURS; h++)
        ret_shape->hour[h] = hours[h];
    }
  else
    {
      const char *text = sy_calc_inputs_string (in, "shape");

      if (text != NULL && !sy_traffic_shape_parse (text, ret_shape))
        sy_calc_inputs_fail (in, "shape", "must be 24 numbers, “flat”, “cos floor SHARE peak HOURh” or "
                                          "“office floor SHARE from HOURh to HOURh”");
    }
}

void
sy_calc_read_tiers (SyCalcInputs *in,
                    const char   *name,
                    SyPriceTier  *ret_tiers,
                    guint        *ret_n)
{
  JsonArray *array = sy_calc_inputs_array (in, name);
  const guint n = array != NULL ? json_array_get_length (array) : 0;

  if (array == NULL)
    return;

  if (n == 0 || n > SY_HOSTING_MAX_TIERS)
    {
      sy_calc_inputs_fail (in, name, "must hold 1 to 8 tiers");
      return;
    }

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonArray *tier = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      if (tier == NULL || json_array_get_length (tier) != 2
          || !sy_calc_node_to_double (json_array_get_element (tier, 0), &ret_tiers[i].up_to)
          || !sy_calc_node_to_double (json_array_get_element (tier, 1), &ret_tiers[i].price))
        {
          sy_calc_inputs_fail (in, name, "must hold pairs of gigabytes and price");
          return;
        }

      if (!(ret_tiers[i].up_to > (i > 0 ? ret_tiers[i - 1].up_to : 0)))
        sy_calc_inputs_fail (in, name, "must rise");
    }

  *ret_n = n;
}

static void
read_number (SyCalcInputs *in,
             const char   *name,
             double       *value)
{
  *value = sy_calc_inputs_number_or (in, name, *value);
}

/* What has a default, over what @ret_plan holds. */
static void
read_hosting (SyCalcInputs  *in,
              SyHostingPlan *ret_plan)
{
  read_number (in, "resp_bytes", &ret_plan->response_bytes);
  read_number (in, "util", &ret_plan->utilisation);
  read_number (in, "spare", &ret_plan->spare);
  read_number (in, "min_nodes", &ret_plan->min_nodes);
  read_number (in, "lb_usd_h", &ret_plan->balancer_hour);
  read_number (in, "lcu_usd", &ret_plan->balancer_unit);
  read_number (in, "new_conn_per_s", &ret_plan->new_connections);
  read_number (in, "active_conn", &ret_plan->open_connections);
  read_number (in, "rules_per_s", &ret_plan->rules);
  read_number (in, "hours", &ret_plan->hours);
  ret_plan->autoscale = sy_calc_inputs_bool_or (in, "autoscale", FALSE);

  if (sy_calc_inputs_has (in, "zones"))
    ret_plan->zones = sy_calc_inputs_count (in, "zones", 1, 100);
  if (sy_calc_inputs_has (in, "scale_down_hours"))
    ret_plan->scale_down_hours = sy_calc_inputs_count (in, "scale_down_hours", 0, SY_TRAFFIC_HOURS);
  if (sy_calc_inputs_has (in, "egress_tiers"))
    sy_calc_read_tiers (in, "egress_tiers", ret_plan->tiers, &ret_plan->n_tiers);

  read_shape (in, &ret_plan->shape);
}

void
sy_calc_read_plan (SyCalcInputs  *in,
                   SyHostingPlan *ret_plan)
{
  sy_hosting_plan_init (ret_plan);

  ret_plan->peak_rps = sy_calc_inputs_number (in, "peak_rps");
  ret_plan->capacity = sy_calc_inputs_number (in, "cap_slo_rps");
  ret_plan->node_hour = sy_calc_inputs_number (in, "node_usd_h");
  ret_plan->pods_per_node = sy_calc_inputs_number (in, "pods_per_node");
  read_hosting (in, ret_plan);
}

/* The named inputs of one side, or what both share. */
static void
read_parameters (SyCalcInputs    *in,
                 JsonObject      *object,
                 gboolean         common,
                 SyOwnershipCase *target)
{
  guint n;
  const SyOwnershipParameter *parameters = sy_ownership_parameters (&n);

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_object_get_member (object, parameters[i].name);
      double value = NAN;

      if (parameters[i].common != common || node == NULL)
        continue;

      if (!JSON_NODE_HOLDS_NULL (node) && !sy_calc_node_to_double (node, &value))
        sy_calc_inputs_fail (in, parameters[i].name, "must be a number, or null for not stated");

      sy_ownership_case_set (target, parameters[i].name, value);
    }
}

void
sy_calc_read_owner (SyCalcInputs *in,
                    JsonObject   *alternative,
                    SyOwner      *ret_owner)
{
  SyOwnershipCase target;
  SyCalcInputs inner = { alternative, NULL };

  sy_ownership_case_init (&target);
  read_parameters (in, alternative, FALSE, &target);
  *ret_owner = target.a;
  if (!sy_calc_inputs_has (&inner, "hosting"))
    sy_worked_example_set_prices (&ret_owner->hosting);

  if (sy_calc_inputs_has (&inner, "upgrade_years"))
    {
      JsonArray *years = sy_calc_inputs_array (&inner, "upgrade_years");

      for (guint i = 0; years != NULL && i < json_array_get_length (years); i++)
        {
          double year;

          if (!sy_calc_node_to_double (json_array_get_element (years, i), &year)
              || !(year >= 1 && year <= SY_OWNERSHIP_MAX_YEARS) || year != floor (year))
            sy_calc_inputs_fail (in, "upgrade_years", "must hold years from 1 to 10");
          else
            ret_owner->upgrade_years |= 1u << (guint) year;
        }
    }

  if (sy_calc_inputs_has (&inner, "hosting"))
    {
      JsonObject *hosting = sy_calc_inputs_object (&inner, "hosting");
      SyCalcInputs plan = { hosting, NULL };

      if (hosting != NULL)
        read_hosting (&plan, &ret_owner->hosting);
      if (plan.error != NULL && inner.error == NULL)
        inner.error = g_steal_pointer (&plan.error);
      g_clear_error (&plan.error);
    }

  if (inner.error != NULL)
    {
      sy_calc_inputs_fail (in, "alternative", inner.error->message);
      g_error_free (inner.error);
    }
}

void
sy_calc_read_common (SyCalcInputs      *in,
                     JsonObject        *common,
                     SyOwnershipCommon *ret_common)
{
  SyOwnershipCase target;
  SyCalcInputs inner = { common, NULL };
  const char *timing;

  sy_ownership_case_init (&target);
  read_parameters (in, common, TRUE, &target);
  *ret_common = target.common;

  if (sy_calc_inputs_has (&inner, "horizon"))
    ret_common->horizon = sy_calc_inputs_count (&inner, "horizon", 1, SY_OWNERSHIP_MAX_YEARS);

  timing = sy_calc_inputs_string_or (&inner, "timing", "end");
  ret_common->mid_year = g_strcmp0 (timing, "mid") == 0;
  if (inner.error == NULL && !ret_common->mid_year && strcmp (timing, "end") != 0)
    sy_calc_inputs_fail (&inner, "timing", "must be “end” or “mid”");

  if (inner.error != NULL)
    {
      sy_calc_inputs_fail (in, "common", inner.error->message);
      g_error_free (inner.error);
    }
}

/* {"alternative": …, "common": …} of each side, as `tco` takes them. */
static void
read_sides (SyCalcInputs    *in,
            JsonObject      *a,
            JsonObject      *b,
            SyOwnershipCase *ret_case)
{
  JsonObject *const sides[] = { a, b };

  for (guint i = 0; i < 2; i++)
    {
      SyCalcInputs inner = { sides[i], NULL };
      JsonObject *alternative = sy_calc_inputs_object (&inner, "alternative");
      JsonObject *common = sy_calc_inputs_object (&inner, "common");

      if (common != NULL && alternative != NULL)
        {
          sy_calc_read_owner (in, alternative, i == 0 ? &ret_case->a : &ret_case->b);
          sy_calc_read_common (in, common, &ret_case->common);
        }

      if (inner.error != NULL)
        {
          sy_calc_inputs_fail (in, "refs", inner.error->message);
          g_error_free (inner.error);
        }
    }
}

/* Two sets of inputs, or one that itself refers to two. */
static void
read_references (SyCalcInputs    *in,
                 JsonArray       *refs,
                 SyOwnershipCase *ret_case)
{
  JsonNode *first = json_array_get_length (refs) > 0 ? json_array_get_element (refs, 0) : NULL;
  JsonObject *a, *b;

  if (json_array_get_length (refs) == 1)
    {
      if (JSON_NODE_HOLDS_OBJECT (first) && json_object_has_member (json_node_get_object (first), "refs"))
        {
          SyCalcInputs inner = { json_node_get_object (first), NULL };
          JsonArray *deeper = sy_calc_inputs_array (&inner, "refs");

          if (deeper != NULL && json_array_get_length (deeper) == 2)
            {
              read_references (in, deeper, ret_case);
              return;
            }
          g_clear_error (&inner.error);
        }
      else if (JSON_NODE_HOLDS_VALUE (first) && g_strcmp0 (json_node_get_string (first), "tco.diff") == 0)
        {
          read_sides (in, sy_worked_example_find ("tco.five_year.A"), sy_worked_example_find ("tco.five_year.B"), ret_case);
          return;
        }
    }

  if (json_array_get_length (refs) != 2)
    {
      sy_calc_inputs_fail (in, "refs", "must name two alternatives");
      return;
    }

  a = sy_calc_read_reference (in, "refs", first);
  b = sy_calc_read_reference (in, "refs", json_array_get_element (refs, 1));
  if (a != NULL && b != NULL)
    read_sides (in, a, b, ret_case);
}

void
sy_calc_read_case (SyCalcInputs    *in,
                   SyOwnershipCase *ret_case)
{
  sy_ownership_case_init (ret_case);

  if (sy_calc_inputs_has (in, "refs"))
    {
      JsonArray *refs = sy_calc_inputs_array (in, "refs");

      if (refs != NULL)
        read_references (in, refs, ret_case);
    }
  else if (sy_calc_inputs_has (in, "A") || sy_calc_inputs_has (in, "B"))
    {
      JsonObject *a = sy_calc_inputs_object (in, "A");
      JsonObject *b = sy_calc_inputs_object (in, "B");
      JsonObject *common = sy_calc_inputs_object (in, "common");

      if (common == NULL)
        return;

      sy_calc_read_owner (in, a, &ret_case->a);
      sy_calc_read_owner (in, b, &ret_case->b);
      sy_calc_read_common (in, common, &ret_case->common);
    }
  else
    read_sides (in, sy_worked_example_find ("tco.five_year.A"), sy_worked_example_find ("tco.five_year.B"), ret_case);
}

SySensitivityRange *
sy_calc_read_ranges (SyCalcInputs *in,
                     guint        *ret_n)
{
  JsonArray *array = sy_calc_inputs_array (in, "ranges");
  g_autofree SySensitivityRange *ranges = NULL;
  guint n;

  *ret_n = 0;
  if (array == NULL)
    return NULL;

  n = json_array_get_length (array);
  if (n == 0 || n > MAX_RANGES)
    {
      sy_calc_inputs_fail (in, "ranges", "must hold 1 to 64 ranges");
      return NULL;
    }

  ranges = g_new0 (SySensitivityRange, n);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonArray *row = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      JsonNode *name = row != NULL && json_array_get_length (row) == 4 ? json_array_get_element (row, 0) : NULL;

      if (name == NULL || !JSON_NODE_HOLDS_VALUE (name) || json_node_get_value_type (name) != G_TYPE_STRING
          || sy_ownership_parameter_find (json_node_get_string (name)) == NULL
          || !sy_calc_node_to_double (json_array_get_element (row, 1), &ranges[i].low)
          || !sy_calc_node_to_double (json_array_get_element (row, 2), &ranges[i].mode)
          || !sy_calc_node_to_double (json_array_get_element (row, 3), &ranges[i].high)
          || !(ranges[i].low <= ranges[i].mode && ranges[i].mode <= ranges[i].high))
        {
          sy_calc_inputs_fail (in, "ranges", "must hold [name of an input, low, mode, high], in rising order");
          return NULL;
        }

      ranges[i].parameter = json_node_get_string (name);
    }

  *ret_n = n;
  return g_steal_pointer (&ranges);
}
