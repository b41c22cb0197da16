/* sy-calc.c: the functions of the model by name, JSON in and JSON out
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each family of functions registers in a file of its own; this one only finds
 * and calls. So every number that a verdict rests on can be computed again from
 * what a report says, one function at a time.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-calc.h"

#include <string.h>

#include "sy-error.h"

static const SyCalcFunction *const families[] = {
  SY_CALC_CAPACITY,
  SY_CALC_COST,
  SY_CALC_DECISION,
  SY_CALC_RANKING,
  SY_CALC_SEQUENCE,
  SY_CALC_STATISTICS,
  SY_CALC_TCO,
  SY_CALC_USL,
  SY_CALC_VALUES,
};

const SyCalcFunction *
sy_calc_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    for (const SyCalcFunction *function = families[i]; function->name != NULL; function++)
      if (strcmp (function->name, name) == 0)
        return function;

  return NULL;
}

const SyCalcFunction **
sy_calc_list (void)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    for (const SyCalcFunction *function = families[i]; function->name != NULL; function++)
      g_ptr_array_add (list, (gpointer) function);

  g_ptr_array_add (list, NULL);
  return (const SyCalcFunction **) g_ptr_array_free (g_steal_pointer (&list), FALSE);
}

JsonObject *
sy_calc_run (const char  *name,
             JsonObject  *inputs,
             GError     **error)
{
  const SyCalcFunction *function = sy_calc_find (name);
  g_autoptr (JsonObject) out = json_object_new ();
  SyCalcInputs in = { inputs, NULL };

  if (function == NULL)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "there is no function of this name");
      return NULL;
    }

  function->func (&in, out);
  if (in.error != NULL)
    {
      g_propagate_error (error, in.error);
      return NULL;
    }

  return g_steal_pointer (&out);
}
