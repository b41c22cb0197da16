/* test-hosting.c: what holds of a month of servers, whatever the numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "sy-break-even.h"
#include "sy-hosting.h"
#include "sy-random.h"
#include "sy-serverless.h"
#include "sy-worked-example.h"

#define N_TRIES 500
#define GIB (1024.0 * 1024.0 * 1024.0)

static double
between (SyRandom *random,
         double    low,
         double    high)
{
  return low + (high - low) * sy_random_uniform (random);
}

static void
draw_plan (SyRandom      *random,
           SyHostingPlan *plan)
{
  sy_hosting_plan_init (plan);
  sy_worked_example_set_prices (plan);
  plan->peak_rps = between (random, 1, 20000);
  plan->capacity = between (random, 10, 5000);
  plan->node_hour = between (random, 0.01, 2);
  plan->pods_per_node = floor (between (random, 1, 12));
  plan->response_bytes = between (random, 0, 1e5);
  plan->zones = (guint) sy_random_below (random, 4);
}

/* More traffic never needs fewer copies, more capacity never more. */
static void
test_monotone (void)
{
  SyRandom random;

  sy_random_init (&random, 1, 0);
  for (guint i = 0; i < N_TRIES; i++)
    {
      SyHostingPlan plan, busier, faster;
      SyHostingMonth month, more, less;

      draw_plan (&random, &plan);
      busier = faster = plan;
      busier.peak_rps *= between (&random, 1, 3);
      faster.capacity *= between (&random, 1, 3);
      sy_hosting_month (&plan, &month);
      sy_hosting_month (&busier, &more);
      sy_hosting_month (&faster, &less);

      g_assert_cmpfloat (more.replicas, >=, month.replicas);
      g_assert_cmpfloat (more.total, >=, month.total);
      g_assert_cmpfloat (less.replicas, <=, month.replicas);
      g_assert_cmpfloat (less.total, <=, month.total);
    }
}

/* Following the hours is never dearer than standing at the peak, and keeping
 * machines longer never cheaper. */
static void
test_autoscale (void)
{
  SyRandom random;

  sy_random_init (&random, 2, 0);
  for (guint i = 0; i < N_TRIES; i++)
    {
      SyHostingPlan plan;
      SyHostingMonth fixed, scaled, slow;

      draw_plan (&random, &plan);
      sy_hosting_month (&plan, &fixed);
      plan.autoscale = TRUE;
      sy_hosting_month (&plan, &scaled);
      plan.scale_down_hours = 3;
      sy_hosting_month (&plan, &slow);

      g_assert_cmpfloat (scaled.compute, <=, fixed.compute * (1 + 1e-12));
      g_assert_cmpfloat (slow.compute, >=, scaled.compute * (1 - 1e-12));
      g_assert_cmpfloat (slow.compute, <=, fixed.compute * (1 + 1e-12));
    }
}

static void
test_survives (void)
{
  SyRandom random;

  sy_random_init (&random, 3, 0);
  for (guint i = 0; i < N_TRIES; i++)
    {
      const double peak = between (&random, 1, 1e5);
      const double capacity = between (&random, 1, 5000);
      const guint zones = 2 + (guint) sy_random_below (&random, 4);
      const double n = sy_hosting_replicas (peak, capacity, 0.7, 1, zones);
      const double spare = sy_hosting_replicas (peak, capacity, 0.7, 1, 0);

      /* without one zone, or one copy, the rest carries the peak */
      g_assert_cmpfloat ((n - n / zones) * capacity * 0.7, >=, peak * (1 - 1e-6));
      g_assert_cmpfloat ((spare - 1) * capacity * 0.7, >=, peak * (1 - 1e-6));
      g_assert_cmpfloat (fmod (n, zones), ==, 0);
    }
}

static void
test_unknown (void)
{
  SyHostingPlan plan;
  SyHostingMonth month;

  sy_hosting_plan_init (&plan);
  plan.peak_rps = 100;
  plan.capacity = 50;
  plan.node_hour = 0.1;
  plan.pods_per_node = 2;
  sy_hosting_month (&plan, &month);

  /* without prices of services or the size of responses the rest is still an
   * answer, and says so */
  g_assert_true (isnan (month.egress));
  g_assert_true (isnan (month.balancer));
  g_assert_cmpfloat_with_epsilon (month.total, month.compute, 1e-9);
  plan.response_bytes = 2048;
  sy_hosting_month (&plan, &month);
  g_assert_true (isnan (month.egress));

  plan.response_bytes = NAN;
  sy_worked_example_set_prices (&plan);
  sy_hosting_month (&plan, &month);
  g_assert_true (isnan (month.egress));
  g_assert_cmpfloat_with_epsilon (month.balancer, 730 * 0.0225, 1e-9);
  g_assert_cmpfloat_with_epsilon (month.total, month.compute + month.balancer, 1e-9);

  plan.capacity = NAN;
  sy_hosting_month (&plan, &month);
  g_assert_true (isnan (month.total));
  plan.capacity = 0;
  g_assert_true (isnan (sy_hosting_replicas (10, 0, 0.7, 1, 0)));
  g_assert_true (isnan (sy_packing_nodes (4, 0, 2)));
}

static void
test_interval (void)
{
  SyHostingPlan plan;
  SyHostingMonth low, high, month;
  SyRandom random;

  sy_random_init (&random, 4, 0);
  for (guint i = 0; i < N_TRIES; i++)
    {
      draw_plan (&random, &plan);
      sy_hosting_month (&plan, &month);
      sy_hosting_interval (&plan, plan.capacity * 0.9, plan.capacity * 1.1, &low, &high);
      g_assert_cmpfloat (low.total, <=, month.total);
      g_assert_cmpfloat (high.total, >=, month.total);
    }
}

static void
test_packing (void)
{
  SyRandom random;

  sy_random_init (&random, 5, 0);
  for (guint i = 0; i < N_TRIES; i++)
    {
      const SyPackingRequest request = {
        floor (between (&random, 1, 64)), floor (between (&random, 2, 256)) * GIB, between (&random, 0.05, 4),
        between (&random, 0.1, 16) * GIB, SY_PACKING_MAX_PODS,
      };
      const SyPacking packing = sy_packing (&request);

      g_assert_cmpfloat (packing.pods_per_node * request.request_cores, <=, request.cores);
      g_assert_cmpfloat (packing.pods_per_node * request.request_bytes, <=, request.bytes);
      g_assert_cmpfloat (packing.cores_wasted, >=, -1e-9);
      g_assert_cmpfloat (packing.cores_wasted, <=, 1);
      g_assert_cmpfloat (packing.bytes_wasted, >=, -1e-9);
    }

  /* The larger of what was asked for and what was used. */
  g_assert_cmpfloat (sy_packing_attribution (2, 1, 0.5), ==, 1);
  g_assert_cmpfloat (sy_packing_attribution (2, 3, 0.5), ==, 1.5);
  g_assert_cmpfloat (sy_packing_attribution (NAN, 3, 0.5), ==, 1.5);
}

/* The crossing separates the curves; swapped, it is the same place. */
static void
test_crossing (void)
{
  SyHostingPlan dear_start, dear_growth;
  SyHostingMonth below[2], above[2];
  double peak, swapped;

  sy_hosting_plan_init (&dear_start);
  sy_worked_example_set_prices (&dear_start);
  dear_start.pods_per_node = 1;
  dear_start.capacity = 1000;
  dear_start.node_hour = 0.5;
  dear_growth = dear_start;
  dear_growth.capacity = 100;
  dear_growth.node_hour = 0.0997; /* so that whole machines never cost exactly the same */

  g_assert_true (sy_break_even_traffic (&dear_start, &dear_growth, 10, 1e5, &peak));
  g_assert_true (sy_break_even_traffic (&dear_growth, &dear_start, 10, 1e5, &swapped));
  g_assert_cmpfloat_with_epsilon (peak, swapped, 1e-6);

  dear_start.peak_rps = dear_growth.peak_rps = peak * (1 - 1e-6);
  sy_hosting_month (&dear_start, &below[0]);
  sy_hosting_month (&dear_growth, &below[1]);
  dear_start.peak_rps = dear_growth.peak_rps = peak * (1 + 1e-6);
  sy_hosting_month (&dear_start, &above[0]);
  sy_hosting_month (&dear_growth, &above[1]);
  g_assert_true ((below[0].total > below[1].total) != (above[0].total > above[1].total));

  /* the same twice: a tie everywhere is no crossing */
  g_assert_false (sy_break_even_traffic (&dear_start, &dear_start, 10, 1e5, &peak));
}

static void
test_curve (void)
{
  double peaks[50], totals[50];
  SyHostingPlan plan;

  sy_hosting_plan_init (&plan);
  plan.capacity = 300;
  plan.node_hour = 0.1;
  plan.pods_per_node = 2;
  sy_break_even_curve (&plan, 10, 1e5, G_N_ELEMENTS (peaks), peaks, totals);

  g_assert_cmpfloat_with_epsilon (peaks[0], 10, 1e-9);
  g_assert_cmpfloat_with_epsilon (peaks[49], 1e5, 1e-6);
  for (guint i = 1; i < G_N_ELEMENTS (peaks); i++)
    {
      g_assert_cmpfloat_with_epsilon (peaks[i] / peaks[i - 1], peaks[1] / peaks[0], 1e-9);
      g_assert_cmpfloat (totals[i], >=, totals[i - 1]);
    }
}

static void
test_serverless (void)
{
  SyServerless call;
  double requests;

  sy_serverless_init (&call);
  g_assert_true (isnan (sy_serverless_month (&call, 1)));
  call.seconds = 0.0101;
  call.gigabytes = 0.5;
  requests = sy_serverless_break_even (&call, 100);
  g_assert_cmpfloat_with_epsilon (sy_serverless_month (&call, requests), 100, 1e-9);

  /* a begun millisecond is a whole one */
  call.seconds = 0.011;
  g_assert_cmpfloat_with_epsilon (sy_serverless_month (&call, requests), 100, 1e-9);
  g_assert_cmpfloat (sy_serverless_instance_seconds (1000, 0.1, 10), ==, 10);

  call = (SyServerless){ 0.01, 0.5, 0, 0 };
  g_assert_true (isnan (sy_serverless_break_even (&call, 100)));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hosting/monotone", test_monotone);
  g_test_add_func ("/hosting/autoscale", test_autoscale);
  g_test_add_func ("/hosting/survives", test_survives);
  g_test_add_func ("/hosting/unknown", test_unknown);
  g_test_add_func ("/hosting/interval", test_interval);
  g_test_add_func ("/hosting/packing", test_packing);
  g_test_add_func ("/hosting/crossing", test_crossing);
  g_test_add_func ("/hosting/curve", test_curve);
  g_test_add_func ("/hosting/serverless", test_serverless);
  return g_test_run ();
}
