/* sy-calc-capacity.c: what a backend can carry, by name
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The formulas and their sources are in the headers that are called here; this
 * file only carries numbers in and out.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-calc.h"

#include <math.h>

#include "sy-capacity.h"
#include "sy-line-fit.h"
#include "sy-queue.h"
#include "sy-load-capacity.h"

/* Each takes thousands of evaluations. */
#define MAX_SIZES 64

static void
little_n (SyCalcInputs *in,
          JsonObject   *out)
{
  const double throughput = sy_calc_inputs_number (in, "X_rps");
  const double latency = sy_calc_inputs_number (in, "R_s");

  json_object_set_double_member (out, "N", sy_little_in_flight (throughput, latency));
}

static void
service_demand (SyCalcInputs *in,
                JsonObject   *out)
{
  const double utilisation = sy_calc_inputs_number (in, "U");
  const double cores = sy_calc_inputs_number (in, "cpus");
  const double throughput = sy_calc_inputs_number (in, "X_rps");
  const double demand = sy_service_demand (utilisation * cores, throughput);

  json_object_set_double_member (out, "D_s", demand);
  json_object_set_double_member (out, "X_max", sy_throughput_bound (cores, demand));
}

static void
ols_slope (SyCalcInputs *in,
           JsonObject   *out)
{
  guint n;
  g_autofree double *x = sy_calc_inputs_numbers (in, "x", &n);
  g_autofree double *y = x != NULL ? sy_calc_inputs_n_numbers (in, "y", n) : NULL;
  SyLineFit fit;

  if (y == NULL)
    return;

  if (!sy_line_fit (x, y, n, &fit))
    {
      sy_calc_inputs_fail (in, "x", "must hold two different numbers or more");
      return;
    }

  json_object_set_double_member (out, "slope", fit.slope);
  json_object_set_double_member (out, "intercept", fit.intercept);
  sy_calc_put_or_null (out, "se_slope", fit.se_slope);
  sy_calc_put_or_null (out, "se_intercept", fit.se_intercept);
  sy_calc_put_or_null (out, "slope_lo", fit.slope_low);
  sy_calc_put_or_null (out, "slope_hi", fit.slope_high);
  json_object_set_double_member (out, "r2", fit.r2);
}

static void
memory_limit (SyCalcInputs *in,
              JsonObject   *out)
{
  guint n;
  g_autofree double *in_flight = sy_calc_inputs_numbers (in, "N", &n);
  g_autofree double *memory = in_flight != NULL ? sy_calc_inputs_n_numbers (in, "bytes", n) : NULL;
  const double limit = sy_calc_inputs_within (in, "limit_bytes", 0, 1e300);
  const double share = sy_calc_inputs_number_or (in, "share", SY_MEMORY_SHARE);
  SyLineFit fit;

  if (!sy_calc_inputs_ok (in))
    return;

  if (!sy_line_fit (in_flight, memory, n, &fit))
    {
      sy_calc_inputs_fail (in, "N", "must hold two different numbers or more");
      return;
    }

  json_object_set_double_member (out, "bytes_each", fit.slope);
  json_object_set_double_member (out, "bytes_idle", fit.intercept);
  sy_calc_put_or_null (out, "N_max", sy_line_fit_max_in_flight (&fit, limit, share));
}

static void
little_check (SyCalcInputs *in,
              JsonObject   *out)
{
  const double observed = sy_calc_inputs_number (in, "N");
  const double throughput = sy_calc_inputs_number (in, "X_rps");
  const double latency = sy_calc_inputs_number (in, "R_s");
  const double error = sy_little_error (observed, throughput, latency);

  sy_calc_put_or_null (out, "relative_error", error);
  json_object_set_boolean_member (out, "ok", !(error > SY_LITTLE_TOLERANCE));
}

static void
erlang_c (SyCalcInputs *in,
          JsonObject   *out)
{
  const guint servers = sy_calc_inputs_count (in, "servers", 1, 1000000);
  const double offered = sy_calc_inputs_within (in, "offered_erlang", 0, 1e9);

  json_object_set_double_member (out, "P_wait", sy_queue_erlang_c (servers, offered));
}

static void
mmc (SyCalcInputs *in,
     JsonObject   *out)
{
  const double arrivals = sy_calc_inputs_within (in, "lambda_", 0, 1e12);
  const double service = sy_calc_inputs_within (in, "S_s", 0, 1e12);
  const guint servers = sy_calc_inputs_count (in, "c", 1, 1000000);
  const SyQueue queue = sy_queue_mmc (arrivals, service, servers);

  json_object_set_double_member (out, "rho", queue.rho);
  sy_calc_put_or_null (out, "ErlangC", queue.p_wait);
  sy_calc_put_or_null (out, "Wq", queue.wait);
  sy_calc_put_or_null (out, "W", queue.sojourn);
  sy_calc_put_or_null (out, "Lq", queue.queued);
  sy_calc_put_or_null (out, "L", queue.in_system);
}

static void
mmc_sojourn_quantile (SyCalcInputs *in,
                      JsonObject   *out)
{
  const double p = sy_calc_inputs_within (in, "p", 0, 1 - 1e-12);
  const double arrivals = sy_calc_inputs_within (in, "lambda_", 0, 1e12);
  const double service = sy_calc_inputs_within (in, "S_s", 1e-12, 1e12);
  const guint servers = sy_calc_inputs_count (in, "c", 1, 1000000);

  if (sy_calc_inputs_ok (in))
    json_object_set_double_member (out, "R_s", sy_queue_sojourn_quantile (arrivals, service, servers, p));
}

static void
max_utilisation_for_p99 (SyCalcInputs *in,
                         JsonObject   *out)
{
  guint n;
  const double service = sy_calc_inputs_within (in, "S_s", 1e-12, 1e12);
  const double p = sy_calc_inputs_number_or (in, "p", 0.99);
  const double limit = sy_calc_inputs_within (in, "R_limit_s", 0, 1e12);
  g_autofree double *servers = sy_calc_inputs_numbers (in, "c", &n);

  if (n > MAX_SIZES)
    sy_calc_inputs_fail (in, "c", "must be at most 64 numbers");
  if (!(p > 0 && p < 1 - 1e-12))
    sy_calc_inputs_fail (in, "p", "must be between 0 and 1");
  if (!sy_calc_inputs_ok (in))
    return;

  for (guint i = 0; i < n; i++)
    {
      if (!(servers[i] >= 1 && servers[i] <= 10000))
        {
          sy_calc_inputs_fail (in, "c", "must be from 1 to 10000");
          return;
        }
      servers[i] = sy_queue_max_utilisation (service, (guint) servers[i], p, limit);
    }
  sy_calc_put_numbers (out, "rho_max", servers, n);
}

static void
concurrency_model (SyCalcInputs *in,
                   JsonObject   *out)
{
  const double cpu = sy_calc_inputs_within (in, "cpu_s", 1e-12, 1e12);
  const double wait = sy_calc_inputs_within (in, "io_wait_s", 0, 1e12);
  const double workers = sy_calc_inputs_within (in, "sync_workers", 0, 1e9);
  const double loops = sy_calc_inputs_within (in, "event_loops", 0, 1e9);
  const double async = sy_queue_async_bound (cpu, loops);

  json_object_set_double_member (out, "sync_rps", sy_queue_sync_bound (cpu, wait, workers));
  json_object_set_double_member (out, "async_rps", async);
  json_object_set_double_member (out, "workers_to_match", async * (cpu + wait));
}

static void
asymptotic_bound (SyCalcInputs *in,
                  JsonObject   *out)
{
  const double cores = sy_calc_inputs_number (in, "cpus");
  const double demand = sy_calc_inputs_number (in, "D_s");
  const double in_flight = sy_calc_inputs_number (in, "N");
  const double latency = sy_calc_inputs_number (in, "R_min_s");
  const double think = sy_calc_inputs_number_or (in, "Z_s", 0);

  json_object_set_double_member (out, "X_max", sy_queue_asymptotic_bound (cores, demand, in_flight, latency, think));
}

static SyTimeWindow
window_of (double load,
           double share,
           double requests,
           double errors)
{
  SyTimeWindow window;

  sy_time_window_init (&window);
  window.n_samples = 1;
  window.throughput = load;
  window.slo_share = share;
  window.requests = requests;
  window.error_ratio = errors;
  return window;
}

static void
slo_capacity (SyCalcInputs *in,
              JsonObject   *out)
{
  guint n;
  g_autofree double *loads = sy_calc_inputs_numbers (in, "X_rps", &n);
  g_autofree double *shares = sy_calc_inputs_n_numbers (in, "within_slo", n);
  g_autofree double *requests = sy_calc_inputs_n_numbers (in, "requests", n);
  g_autofree double *errors = sy_calc_inputs_n_numbers (in, "errors", n);
  const double target = sy_calc_inputs_within (in, "target", 0, 1);
  const double max_errors = sy_calc_inputs_number_or (in, "max_errors", 0.01);
  g_autoptr (GArray) windows = NULL;
  g_autoptr (GArray) bins = NULL;
  SyLoadCapacity capacity;

  if (!sy_calc_inputs_ok (in))
    return;

  windows = g_array_new (FALSE, FALSE, sizeof (SyTimeWindow));
  for (guint i = 0; i < n; i++)
    {
      const SyTimeWindow window = window_of (loads[i], shares[i], requests[i], errors[i]);

      g_array_append_val (windows, window);
    }

  bins = sy_load_bins ((const SyTimeWindow *) (gconstpointer) windows->data, n, target, max_errors);
  capacity = sy_load_capacity (bins);
  json_object_set_string_member (out, "state", sy_capacity_state_nick (capacity.state));
  sy_calc_put_or_null (out, "low", capacity.low);
  sy_calc_put_or_null (out, "high", isinf (capacity.high) ? (double) NAN : capacity.high);
}

const SyCalcFunction SY_CALC_CAPACITY[] = {
  { "little_N", "mean requests in flight of X_rps requests/s that take R_s seconds", little_n },
  { "little_check", "how far N in flight is from X_rps times R_s, as a share of N", little_check },
  { "service_demand", "CPU seconds a request, and the requests/s they allow, of U busy of cpus cores at X_rps", service_demand },
  { "slo_capacity", "requests/s that windows have shown within_slo to hold at for a target share", slo_capacity },
  { "ols_slope", "the line through y over x, with standard errors and the slope's 95 % interval", ols_slope },
  { "memory_limit", "requests in flight that fit into a share of limit_bytes, by bytes over N", memory_limit },
  { "erlang_c", "share that must wait for one of some servers at offered_erlang of work", erlang_c },
  { "mmc", "M/M/c at lambda_ arrivals/s of S_s seconds for c servers", mmc },
  { "mmc_sojourn_quantile", "seconds that a share p stays within, for M/M/c", mmc_sojourn_quantile },
  { "max_utilisation_for_p99", "utilisation of c servers that keeps the p quantile within R_limit_s", max_utilisation_for_p99 },
  { "concurrency_model", "bounds of a pool of workers and of event loops that wait for many at once", concurrency_model },
  { "asymptotic_bound", "requests/s that neither cpus cores nor N in flight can exceed", asymptotic_bound },
  { NULL },
};
