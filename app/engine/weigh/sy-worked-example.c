/* sy-worked-example.c: the example that the model is explained with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-worked-example.h"

#include <math.h>

#define SHARED                                                                                                      \
  "\"burden\":1.4265,\"hire_fee\":0.2,\"ramp_weeks\":12,\"ramp_productivity\":0.5,\"attrition\":0.15,"              \
  "\"integration_weeks\":4,\"integration_upkeep\":0.15,\"maintenance\":0.2,\"node_price\":0.0816,"                  \
  "\"pods_per_node\":2,\"resp_bytes\":2048,\"team\":4"

#define COMMON                                                                                                      \
  "\"common\":{\"horizon\":5,\"discount\":0.1,\"wage_growth\":0.03,\"traffic_growth\":0.4,\"peak_rps\":3000,"       \
  "\"cost_of_delay_month\":20000,\"mvp_ref\":4,\"timing\":\"end\"}"

static const char text[] =
  "{\"tco.five_year.A\":{\"alternative\":{" SHARED ",\"salary\":95000,\"skilled_share\":0.75,\"mvp_months\":5,"
  "\"missing_integrations\":2,\"upgrade_weeks\":3,\"upgrade_years\":[3],\"cap_slo\":820}," COMMON "},"
  "\"tco.five_year.B\":{\"alternative\":{" SHARED ",\"salary\":98000,\"skilled_share\":0.5,\"mvp_months\":4,"
  "\"missing_integrations\":0,\"upgrade_weeks\":2,\"upgrade_years\":[5],\"cap_slo\":430}," COMMON "},"
  "\"mcda.mavt.example\":{\"criteria\":[\"tail latency at target load\",\"5-year cost (NPV)\",\"graceful overload\","
  "\"team & shared-language fit\",\"domain ecosystem fit\",\"security built-ins\",\"upgrade burden\"],"
  "\"v_A\":[86,64.60442235015356,80,85,60,60,50],\"v_B\":[67.33333333333334,73.44355471829248,65,55,90,80,65],"
  "\"priority_realtime\":[0,2,3,1,4,5,6],\"priority_ai\":[4,3,1,0,5,6,2]}}";

JsonObject *
sy_worked_example_find (const char *name)
{
  static JsonNode *root = NULL;

  if (g_once_init_enter (&root))
    {
      g_autoptr (GError) error = NULL;
      JsonNode *parsed = json_from_string (text, &error);

      g_assert_no_error (error);
      g_once_init_leave (&root, parsed);
    }

  if (!json_object_has_member (json_node_get_object (root), name))
    return NULL;

  return json_object_get_object_member (json_node_get_object (root), name);
}

void
sy_worked_example_set_prices (SyHostingPlan *plan)
{
  static const SyPriceTier tiers[] = {
    { 100, 0 }, { 10340, 0.09 }, { 51300, 0.085 }, { 153700, 0.07 }, { INFINITY, 0.05 },
  };

  plan->balancer_hour = 0.0225;
  plan->balancer_unit = 0.008;
  plan->n_tiers = G_N_ELEMENTS (tiers);
  for (guint i = 0; i < G_N_ELEMENTS (tiers); i++)
    plan->tiers[i] = tiers[i];
}
