/* sy-load-check.c: may this load be asked for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-load-check.h"

#include <math.h>

#include "sy-error.h"

gboolean
sy_load_parse_rate (const char  *text,
                    double      *ret_rate,
                    GError     **error)
{
  char *end = NULL;
  const double rate = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || !isfinite (rate) || rate <= 0)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "“%s” is no rate: write requests per second, a number above 0", text);
      return FALSE;
    }

  *ret_rate = rate;
  return TRUE;
}

gboolean
sy_load_check (const SyLoadWish  *wish,
               double            *ret_rate,
               GError           **error)
{
  g_autoptr (SyWorkload) workload = NULL;
  g_autoptr (SyLoadPlan) plan = NULL;

  *ret_rate = 0;
  if (wish->rate != NULL && !sy_load_parse_rate (wish->rate, ret_rate, error))
    return FALSE;

  workload = sy_workload_load (wish->workload, error);
  if (workload == NULL)
    return FALSE;

  plan = sy_load_plan_new (workload);
  plan->duration_us = wish->duration_us;
  if (*ret_rate > 0)
    sy_load_plan_set_rates (plan, ret_rate, 1);

  for (guint i = 0; wish->origins[i] != NULL; i++)
    if (!sy_load_plan_add_target (plan, wish->origins[i], error))
      return FALSE;
  for (guint i = 0; wish->consents != NULL && wish->consents[i] != NULL; i++)
    if (!sy_load_plan_add_consent (plan, wish->consents[i], error))
      return FALSE;

  return sy_load_plan_check (plan, error);
}
