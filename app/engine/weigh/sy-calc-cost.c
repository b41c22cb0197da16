/* sy-calc-cost.c: a month of servers, by name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-calc.h"

#include <math.h>

#include "sy-break-even.h"
#include "sy-calc-money.h"
#include "sy-carbon.h"
#include "sy-price-lint.h"
#include "sy-serverless.h"

#define GIB (1024.0 * 1024.0 * 1024.0)
#define MIB (1024.0 * 1024.0)
#define SECONDS_PER_HOUR 3600.0
#define MSEC_PER_SEC 1000.0
#define MAX_CURVE 10000
#define MAX_RPS 1e12

static void
replicas (SyCalcInputs *in,
          JsonObject   *out)
{
  const double peak = sy_calc_inputs_within (in, "peak_rps", 0, MAX_RPS);
  const double capacity = sy_calc_inputs_within (in, "cap_slo_rps", 1e-9, MAX_RPS);
  const double utilisation = sy_calc_inputs_number_or (in, "util_target", 0.7);
  const double spare = sy_calc_inputs_number_or (in, "spare", 1);
  const guint zones = sy_calc_inputs_has (in, "zones") ? sy_calc_inputs_count (in, "zones", 1, 100) : 0;

  sy_calc_put_or_null (out, "n", sy_hosting_replicas (peak, capacity, utilisation, spare, zones));
}

static void
gke_reserved_mem (SyCalcInputs *in,
                  JsonObject   *out)
{
  const double gib = sy_calc_inputs_within (in, "node_gib", 0, 1e6);
  const double eviction = sy_calc_inputs_number_or (in, "eviction_mib", SY_PACKING_EVICTION_BYTES / MIB);
  const double reserved = sy_packing_reserved_bytes (gib * GIB, eviction * MIB) / GIB;

  json_object_set_double_member (out, "reserved_gib", reserved);
  json_object_set_double_member (out, "allocatable_gib", gib - reserved);
}

static void
pods_per_node (SyCalcInputs *in,
               JsonObject   *out)
{
  SyPackingRequest request = {
    .cores = sy_calc_inputs_within (in, "vcpu", 0, 1e6),
    .bytes = sy_calc_inputs_within (in, "gib", 0, 1e6) * GIB,
    .request_bytes = sy_calc_inputs_within (in, "request_gib", 1e-9, 1e6) * GIB,
    .max_pods = sy_calc_inputs_number_or (in, "max_pods", SY_PACKING_MAX_PODS),
  };
  guint n;
  g_autofree double *cores = sy_calc_inputs_numbers (in, "request_cpu", &n);
  g_autofree double *waste = g_new (double, n + 1);

  if (!sy_calc_inputs_ok (in))
    return;

  for (guint i = 0; i < n; i++)
    {
      SyPacking packing;

      request.request_cores = cores[i];
      packing = sy_packing (&request);
      cores[i] = packing.pods_per_node;
      waste[i] = packing.cores_wasted;
    }

  sy_calc_put_numbers (out, "pods", cores, n);
  sy_calc_put_numbers (out, "cpu_waste", waste, n);
}

static void
put_month (JsonObject           *out,
           const SyHostingMonth *month)
{
  sy_calc_put_or_null (out, "replicas", month->replicas);
  sy_calc_put_or_null (out, "nodes", month->nodes);
  sy_calc_put_or_null (out, "requests", month->requests);
  sy_calc_put_or_null (out, "egress_gb", month->egress_gb);
  sy_calc_put_or_null (out, "compute", month->compute);
  sy_calc_put_or_null (out, "lb", month->balancer);
  sy_calc_put_or_null (out, "egress", month->egress);
  sy_calc_put_or_null (out, "total", month->total);
  sy_calc_put_or_null (out, "per_million", month->per_million);
  sy_calc_put_or_null (out, "compute_per_million", month->compute_per_million);
}

/* With "cap_ci": [low, high], also the totals at both ends. */
static void
infra_month (SyCalcInputs *in,
             JsonObject   *out)
{
  g_autofree double *ends = sy_calc_inputs_has (in, "cap_ci") ? sy_calc_inputs_n_numbers (in, "cap_ci", 2) : NULL;
  SyHostingMonth month, low, high;
  SyHostingPlan plan;

  sy_calc_read_plan (in, &plan);
  if (!sy_calc_inputs_ok (in))
    return;

  sy_hosting_month (&plan, &month);
  put_month (out, &month);

  if (ends != NULL)
    {
      sy_hosting_interval (&plan, ends[0], ends[1], &low, &high);
      ends[0] = low.total;
      ends[1] = high.total;
      sy_calc_put_numbers (out, "total_ci", ends, 2);
    }
}

/* "A" and "B": inputs of infra_month without a peak; "peaks": [from, to, points]. */
static void
traffic_breakeven (SyCalcInputs *in,
                   JsonObject   *out)
{
  g_autofree double *range = sy_calc_inputs_n_numbers (in, "peaks", 3);
  static const char *const names[] = { "A", "B" };
  SyHostingPlan plans[2];
  guint n;
  double peak;

  if (range == NULL)
    return;
  if (!(range[0] > 0 && range[1] > range[0] && range[2] >= 2 && range[2] <= MAX_CURVE))
    {
      sy_calc_inputs_fail (in, "peaks", "must be [from, to, points] with 0 < from < to and 2 to 10000 points");
      return;
    }
  n = (guint) range[2];

  for (guint i = 0; i < 2; i++)
    {
      JsonObject *side = sy_calc_inputs_object (in, names[i]);
      g_autofree double *peaks = g_new (double, n);
      g_autofree double *totals = g_new (double, n);
      SyCalcInputs inner = { side, NULL };

      if (side == NULL)
        return;

      if (!json_object_has_member (side, "peak_rps"))
        {
          sy_calc_inputs_fail (in, names[i], "peak_rps is missing; it stands for the point to mark");
          return;
        }

      sy_calc_read_plan (&inner, &plans[i]);
      if (inner.error != NULL)
        {
          sy_calc_inputs_fail (in, names[i], inner.error->message);
          g_error_free (inner.error);
          return;
        }

      sy_break_even_curve (&plans[i], range[0], range[1], n, peaks, totals);
      sy_calc_put_numbers (out, "peak_rps", peaks, n);
      sy_calc_put_numbers (out, names[i], totals, n);
    }

  if (!sy_break_even_traffic (&plans[0], &plans[1], range[0], range[1], &peak))
    peak = NAN;
  sy_calc_put_or_null (out, "crossing_rps", peak);
}

static void
tiered (SyCalcInputs *in,
        JsonObject   *out)
{
  const double gigabytes = sy_calc_inputs_within (in, "gb", 0, 1e15);
  SyPriceTier tiers[SY_HOSTING_MAX_TIERS];
  guint n = 0;

  sy_calc_read_tiers (in, "tiers", tiers, &n);
  if (sy_calc_inputs_ok (in))
    json_object_set_double_member (out, "usd", sy_price_tiers (tiers, n, gigabytes));
}

static void
read_serverless (SyCalcInputs *in,
                 SyServerless *ret)
{
  sy_serverless_init (ret);
  ret->seconds = sy_calc_inputs_within (in, "ms", 0, 1e9) / MSEC_PER_SEC;
  ret->gigabytes = sy_calc_inputs_within (in, "gb", 0, 1e6);
  ret->price_million = sy_calc_inputs_number_or (in, "usd_per_M", ret->price_million);
  ret->price_gbs = sy_calc_inputs_number_or (in, "usd_per_gbs", ret->price_gbs);
}

static void
lambda_month (SyCalcInputs *in,
              JsonObject   *out)
{
  const double requests = sy_calc_inputs_within (in, "requests", 0, 1e18);
  SyServerless call;

  read_serverless (in, &call);
  json_object_set_double_member (out, "usd", sy_serverless_month (&call, requests));
}

static void
serverless_breakeven (SyCalcInputs *in,
                      JsonObject   *out)
{
  const double fixed = sy_calc_inputs_within (in, "fixed_usd_month", 0, 1e15);
  SyServerless call;
  double requests;

  read_serverless (in, &call);
  requests = sy_serverless_break_even (&call, fixed);
  sy_calc_put_or_null (out, "requests", requests);
  sy_calc_put_or_null (out, "mean_rps", requests / (SY_HOURS_PER_MONTH * SECONDS_PER_HOUR));
}

static void
carbon_month (SyCalcInputs *in,
              JsonObject   *out)
{
  SyCarbonInput input;
  SyCarbon carbon;

  sy_carbon_input_init (&input);
  input.vcpu_hours = sy_calc_inputs_number (in, "vcpu_hours");
  input.gib_hours = sy_calc_inputs_number (in, "gib_hours");
  input.utilisation = sy_calc_inputs_within (in, "util", 0, 1);
  input.egress_gb = sy_calc_inputs_number (in, "egress_gb");
  input.min_watts = sy_calc_inputs_number_or (in, "min_w", input.min_watts);
  input.max_watts = sy_calc_inputs_number_or (in, "max_w", input.max_watts);
  input.memory_kwh = sy_calc_inputs_number_or (in, "mem_kwh_gbh", input.memory_kwh);
  input.network_kwh = sy_calc_inputs_number_or (in, "net_kwh_gb", input.network_kwh);
  input.pue = sy_calc_inputs_number_or (in, "pue", input.pue);
  input.kg_per_kwh = sy_calc_inputs_number_or (in, "kg_per_kwh", input.kg_per_kwh);

  carbon = sy_carbon (&input);
  json_object_set_double_member (out, "kwh", carbon.kwh);
  json_object_set_double_member (out, "kg", carbon.kg);
}

static void
sci_embodied (SyCalcInputs *in,
              JsonObject   *out)
{
  const double total = sy_calc_inputs_number (in, "total_kg");
  const double lifespan = sy_calc_inputs_within (in, "lifespan_h", 1e-9, 1e9);
  const double hours = sy_calc_inputs_number (in, "hours");
  const double vcpu = sy_calc_inputs_number (in, "vcpu");
  const double host = sy_calc_inputs_within (in, "host_vcpu", 1e-9, 1e9);

  json_object_set_double_member (out, "kg", sy_carbon_embodied (total, hours, lifespan, vcpu, host));
}

/* A machine by the month in another currency, and what share of it is a core's
 * and a gigabyte's. */
static void
price_convert (SyCalcInputs *in,
               JsonObject   *out)
{
  const double rate = sy_calc_inputs_within (in, "fx_usd_per_eur", 1e-9, 1e9);
  const double usd = sy_calc_inputs_number (in, "eur_month") * rate;
  const double share = sy_calc_inputs_within (in, "cpu_share", 0, 1);
  const double vcpu = sy_calc_inputs_within (in, "vcpu", 1e-9, 1e9);
  const double gb = sy_calc_inputs_within (in, "gb", 1e-9, 1e9);

  json_object_set_double_member (out, "usd_month", usd);
  json_object_set_double_member (out, "usd_vcpu_month", usd * share / vcpu);
  json_object_set_double_member (out, "usd_gb_month", usd * (1 - share) / gb);
  json_object_set_double_member (out, "usd_vcpu_hour", usd * share / vcpu / SY_HOURS_PER_MONTH);
}

static void
catalogue_lint (SyCalcInputs *in,
                JsonObject   *out)
{
  JsonArray *rows = sy_calc_inputs_array (in, "rows");
  const guint n = rows != NULL ? json_array_get_length (rows) : 0;
  g_autofree SyPriceMachine *machines = g_new0 (SyPriceMachine, n + 1);
  g_autoptr (JsonArray) flagged = json_array_new ();

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (rows, i);
      JsonArray *row = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      JsonNode *sku = row != NULL && json_array_get_length (row) == 3 ? json_array_get_element (row, 0) : NULL;

      if (sku == NULL || !JSON_NODE_HOLDS_VALUE (sku) || json_node_get_value_type (sku) != G_TYPE_STRING
          || !sy_calc_node_to_double (json_array_get_element (row, 1), &machines[i].vcpu)
          || !sy_calc_node_to_double (json_array_get_element (row, 2), &machines[i].price)
          || !(machines[i].vcpu > 0 && machines[i].price > 0))
        {
          sy_calc_inputs_fail (in, "rows", "must hold [type, cores, price]");
          return;
        }

      machines[i].sku = json_node_get_string (sku);
      machines[i].group = "";
    }

  if (!sy_calc_inputs_ok (in))
    return;

  sy_price_lint_families (machines, n);

  for (guint i = 0; i < n; i++)
    if (machines[i].code != NULL)
      json_array_add_string_element (flagged, machines[i].sku);

  json_object_set_array_member (out, "flagged", g_steal_pointer (&flagged));
}

const SyCalcFunction SY_CALC_COST[] = {
  { "replicas", "copies for a peak (requests/s) at a measured capacity, with spare or zones", replicas },
  { "gke_reserved_mem", "memory that a Kubernetes node keeps, GiB", gke_reserved_mem },
  { "pods_per_node", "copies that fit on a node, and the share of its cores that is lost", pods_per_node },
  { "infra_month", "a month of machines, balancer and egress; cap_ci gives the interval", infra_month },
  { "traffic_breakeven", "monthly totals over traffic and where they cross; null: none in range", traffic_breakeven },
  { "tiered", "gigabytes through graduated tiers of price", tiered },
  { "lambda_month", "calls of ms and GB at prices of a million and of a GB-second", lambda_month },
  { "serverless_breakeven", "calls a month at which machines cost the same", serverless_breakeven },
  { "carbon_month", "energy (kWh) and carbon (kg) of a month, an estimate", carbon_month },
  { "sci_embodied", "the share of making the hardware, kg", sci_embodied },
  { "price_convert", "a monthly price in another currency, by core and gigabyte", price_convert },
  { "catalogue_lint", "machines ([type, cores, price]) that do not fit their family", catalogue_lint },
  { NULL }
};
