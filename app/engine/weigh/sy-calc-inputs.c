/* sy-calc-inputs.c: the inputs of one model function, read with names in the errors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-calc-inputs.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"

/* A list longer than this is a mistake, or a way to keep us busy. */
#define MAX_NUMBERS 1000000

gboolean
sy_calc_inputs_ok (const SyCalcInputs *in)
{
  return in->error == NULL;
}

gboolean
sy_calc_inputs_has (const SyCalcInputs *in,
                    const char         *name)
{
  return json_object_has_member (in->object, name) && !json_object_get_null_member (in->object, name);
}

void
sy_calc_inputs_fail (SyCalcInputs *in,
                     const char   *name,
                     const char   *why)
{
  if (in->error == NULL)
    in->error = g_error_new (SY_ERROR, SY_ERROR_INVALID, "%s: %s", name, why);
}

gboolean
sy_calc_node_to_double (JsonNode *node,
                        double   *ret)
{
  static const struct {
    const char *text;
    double      value;
  } words[] = { { "+Inf", INFINITY }, { "inf", INFINITY }, { "-Inf", -INFINITY }, { "NaN", NAN } };

  *ret = NAN;
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        if (strcmp (json_node_get_string (node), words[i].text) == 0)
          {
            *ret = words[i].value;
            return TRUE;
          }
      return FALSE;
    }

  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return FALSE;

  *ret = json_node_get_double (node);
  return TRUE;
}

/* NULL after a fault. */
static JsonNode *
require (SyCalcInputs *in,
         const char   *name)
{
  if (!sy_calc_inputs_ok (in))
    return NULL;

  if (!sy_calc_inputs_has (in, name))
    {
      sy_calc_inputs_fail (in, name, "is missing");
      return NULL;
    }

  return json_object_get_member (in->object, name);
}

double
sy_calc_inputs_number (SyCalcInputs *in,
                       const char   *name)
{
  JsonNode *node = require (in, name);
  double value = NAN;

  if (node != NULL && !sy_calc_node_to_double (node, &value))
    sy_calc_inputs_fail (in, name, "must be a number");

  return value;
}

double
sy_calc_inputs_number_or (SyCalcInputs *in,
                          const char   *name,
                          double        otherwise)
{
  return sy_calc_inputs_has (in, name) ? sy_calc_inputs_number (in, name) : otherwise;
}

double
sy_calc_inputs_within (SyCalcInputs *in,
                       const char   *name,
                       double        low,
                       double        high)
{
  const double value = sy_calc_inputs_number (in, name);

  if (sy_calc_inputs_ok (in) && !(isfinite (value) && value >= low && value <= high))
    {
      g_autofree char *why = g_strdup_printf ("must be from %g to %g", low, high);

      sy_calc_inputs_fail (in, name, why);
      return NAN;
    }

  return value;
}

guint
sy_calc_inputs_count (SyCalcInputs *in,
                      const char   *name,
                      guint         low,
                      guint         high)
{
  const double value = sy_calc_inputs_within (in, name, low, high);

  if (!sy_calc_inputs_ok (in))
    return low;

  if (value != floor (value))
    {
      sy_calc_inputs_fail (in, name, "must be a whole number");
      return low;
    }

  return (guint) value;
}

double *
sy_calc_inputs_numbers (SyCalcInputs *in,
                        const char   *name,
                        guint        *ret_n)
{
  JsonNode *node = require (in, name);
  g_autofree double *values = NULL;
  JsonArray *array;

  *ret_n = 0;
  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      values = g_new (double, 1);
      *values = sy_calc_inputs_number (in, name);
      if (!sy_calc_inputs_ok (in))
        return NULL;
      *ret_n = 1;
      return g_steal_pointer (&values);
    }

  array = json_node_get_array (node);
  if (json_array_get_length (array) == 0 || json_array_get_length (array) > MAX_NUMBERS)
    {
      sy_calc_inputs_fail (in, name, "must be a list of one number or more");
      return NULL;
    }

  values = g_new (double, json_array_get_length (array));
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!sy_calc_node_to_double (json_array_get_element (array, i), &values[i]))
      {
        sy_calc_inputs_fail (in, name, "must hold nothing but numbers");
        return NULL;
      }

  *ret_n = json_array_get_length (array);
  return g_steal_pointer (&values);
}

double *
sy_calc_inputs_n_numbers (SyCalcInputs *in,
                          const char   *name,
                          guint         n)
{
  guint length;
  g_autofree double *values = sy_calc_inputs_numbers (in, name, &length);

  if (values != NULL && length != n)
    {
      g_autofree char *why = g_strdup_printf ("must be a list of %u numbers, not %u", n, length);

      sy_calc_inputs_fail (in, name, why);
      return NULL;
    }

  return g_steal_pointer (&values);
}

double *
sy_calc_inputs_matrix (SyCalcInputs *in,
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

const char *
sy_calc_inputs_string (SyCalcInputs *in,
                       const char   *name)
{
  JsonNode *node = require (in, name);

  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      sy_calc_inputs_fail (in, name, "must be a text");
      return NULL;
    }

  return json_node_get_string (node);
}

const char *
sy_calc_inputs_string_or (SyCalcInputs *in,
                          const char   *name,
                          const char   *otherwise)
{
  return sy_calc_inputs_has (in, name) ? sy_calc_inputs_string (in, name) : otherwise;
}

gboolean
sy_calc_inputs_bool_or (SyCalcInputs *in,
                        const char   *name,
                        gboolean      otherwise)
{
  JsonNode *node;

  if (!sy_calc_inputs_has (in, name))
    return otherwise;

  node = json_object_get_member (in->object, name);
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      sy_calc_inputs_fail (in, name, "must be true or false");
      return otherwise;
    }

  return json_node_get_boolean (node);
}

JsonObject *
sy_calc_inputs_object (SyCalcInputs *in,
                       const char   *name)
{
  JsonNode *node = require (in, name);

  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      sy_calc_inputs_fail (in, name, "must be an object");
      return NULL;
    }

  return json_node_get_object (node);
}

JsonArray *
sy_calc_inputs_array (SyCalcInputs *in,
                      const char   *name)
{
  JsonNode *node = require (in, name);

  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      sy_calc_inputs_fail (in, name, "must be a list");
      return NULL;
    }

  return json_node_get_array (node);
}

void
sy_calc_put_numbers (JsonObject   *out,
                     const char   *name,
                     const double *values,
                     guint         n)
{
  g_autoptr (JsonArray) array = json_array_sized_new (n);

  for (guint i = 0; i < n; i++)
    json_array_add_double_element (array, values[i]);

  json_object_set_array_member (out, name, g_steal_pointer (&array));
}

void
sy_calc_put_or_null (JsonObject *out,
                     const char *name,
                     double      value)
{
  if (isnan (value))
    json_object_set_null_member (out, name);
  else
    json_object_set_double_member (out, name, value);
}
