/* test-load-plan.c: bounds, and the consent for other machines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "sy-error.h"
#include "sy-load-plan.h"

static SyLoadPlan *
make (const char *workload_name,
      const char *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyWorkload) workload = sy_workload_load (workload_name, &error);

  g_assert_no_error (error);
  SyLoadPlan *plan = sy_load_plan_new (workload);

  if (target != NULL)
    {
      sy_load_plan_add_target (plan, target, &error);
      g_assert_no_error (error);
    }

  return plan;
}

static void
add_target (SyLoadPlan *plan,
            const char *address)
{
  g_autoptr (GError) error = NULL;

  sy_load_plan_add_target (plan, address, &error);
  g_assert_no_error (error);
}

static void
check_refused (SyLoadPlan *plan,
               const char *pattern)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sy_load_plan_check (plan, &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("“%s” does not match “%s”", error->message, pattern);
}

static void
check_accepted (SyLoadPlan *plan)
{
  g_autoptr (GError) error = NULL;

  sy_load_plan_check (plan, &error);
  g_assert_no_error (error);
}

static void
test_defaults (void)
{
  g_autoptr (SyLoadPlan) plan = make ("mixed", "http://127.0.0.1:8101/metrics?x=1");

  check_accepted (plan);
  g_assert_cmpuint (plan->n_rates, ==, 1);
  g_assert_cmpfloat (plan->rates[0], ==, 200);
  g_assert_cmpuint (plan->connections, ==, SY_LOAD_DEFAULT_CONNECTIONS);
}

static void
test_rate (void)
{
  static const double bound = SY_LOAD_MAX_RATE;
  static const double above = SY_LOAD_MAX_RATE + 1;
  static const double none = 0;
  static const double negative = -3;
  static const double steps[] = { 10, 6000, 20 };
  g_autoptr (SyLoadPlan) plan = make ("mixed", "http://127.0.0.1:8101");
  const double infinite = INFINITY;
  const double unknown = NAN;

  sy_load_plan_set_rates (plan, &bound, 1);
  check_accepted (plan);
  sy_load_plan_set_rates (plan, &above, 1);
  check_refused (plan, "*the bound is 5000*");
  sy_load_plan_set_rates (plan, &none, 1);
  check_refused (plan, "*above 0*");
  sy_load_plan_set_rates (plan, &negative, 1);
  check_refused (plan, "*above 0*");
  sy_load_plan_set_rates (plan, &infinite, 1);
  check_refused (plan, "*above 0*");
  sy_load_plan_set_rates (plan, &unknown, 1);
  check_refused (plan, "*above 0*");
  sy_load_plan_set_rates (plan, steps, 3);
  check_refused (plan, "*the bound is 5000*");
}

/* The bound is on all targets together. */
static void
test_rate_of_two (void)
{
  static const double rate = 2500;
  static const double above = 2501;
  g_autoptr (SyLoadPlan) plan = make ("mixed", "http://127.0.0.1:8101");

  add_target (plan, "http://127.0.0.1:8102");
  sy_load_plan_set_rates (plan, &rate, 1);
  check_accepted (plan);
  sy_load_plan_set_rates (plan, &above, 1);
  check_refused (plan, "5002 requests/s over all targets*");
}

/* mobile-api doubles its rate 50 s after the start. */
static void
test_rate_of_burst (void)
{
  static const double rate = 3000;
  g_autoptr (SyLoadPlan) plan = make ("mobile-api", "http://127.0.0.1:8101");

  sy_load_plan_set_rates (plan, &rate, 1);
  plan->duration_us = 50 * G_USEC_PER_SEC;
  check_accepted (plan);
  plan->duration_us = 51 * G_USEC_PER_SEC;
  check_refused (plan, "6000 requests/s*bursts included*");
}

static void
test_connections (void)
{
  g_autoptr (SyLoadPlan) plan = make ("mixed", "http://127.0.0.1:8101");

  plan->connections = SY_LOAD_MAX_CONNECTIONS;
  check_accepted (plan);
  plan->connections = SY_LOAD_MAX_CONNECTIONS + 1;
  check_refused (plan, "*the bound is 2000 together");

  plan->connections = SY_LOAD_MAX_CONNECTIONS;
  add_target (plan, "http://127.0.0.1:8102");
  check_refused (plan, "*the bound is 2000 together");
}

static void
test_fair_share (void)
{
  g_autoptr (SyLoadPlan) plan = make ("mixed", NULL);

  for (int i = 0; i < SY_LOAD_MAX_TARGETS; i++)
    {
      g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%d", 8101 + i);

      add_target (plan, address);
    }

  check_accepted (plan);
  g_assert_cmpuint (plan->connections, ==, SY_LOAD_MAX_CONNECTIONS / SY_LOAD_MAX_TARGETS);
}

static void
test_times (void)
{
  g_autoptr (SyLoadPlan) plan = make ("mixed", "http://127.0.0.1:8101");

  plan->duration_us = SY_LOAD_MAX_DURATION_US;
  check_accepted (plan);
  plan->duration_us = SY_LOAD_MAX_DURATION_US + 1;
  check_refused (plan, "a duration of*the bound is 120 s");
  plan->duration_us = 0;
  check_refused (plan, "a duration of*");
  plan->duration_us = G_USEC_PER_SEC;
  plan->timeout_us = SY_LOAD_MAX_TIMEOUT_US + 1;
  check_refused (plan, "a timeout of*the bound is 60 s");
  plan->timeout_us = SY_LOAD_MIN_TIMEOUT_US;
  check_accepted (plan);
  plan->timeout_us = SY_LOAD_MIN_TIMEOUT_US - 1;
  check_refused (plan, "a timeout of 0.000999 s: at least 0.001 s");
}

static void
test_targets (void)
{
  g_autoptr (SyLoadPlan) plan = make ("mixed", NULL);
  g_autoptr (GError) error = NULL;

  check_refused (plan, "*1 to 6 targets");

  g_assert_false (sy_load_plan_add_target (plan, "ftp://127.0.0.1/", &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);

  add_target (plan, "http://127.0.0.1:8101/metrics");
  add_target (plan, "http://127.0.0.1:8101/");
  check_refused (plan, "http://127.0.0.1:8101 is a target twice");
}

static void
test_loopback (void)
{
  static const char * const here[] = { "http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1", "http://127.8.9.10:1" };
  static const char * const elsewhere[] = {
    "http://192.0.2.1:1", "http://example.com", "http://localhost.example.com", "http://127.0.0.1.example.com",
  };

  for (guint i = 0; i < G_N_ELEMENTS (here); i++)
    {
      g_autoptr (SyLoadPlan) plan = make ("mixed", here[i]);

      check_accepted (plan);
    }

  for (guint i = 0; i < G_N_ELEMENTS (elsewhere); i++)
    {
      g_autoptr (SyLoadPlan) plan = make ("mixed", elsewhere[i]);

      check_refused (plan, "*is another machine*");
    }
}

/* Consent is for a scheme, a host and a port. */
static void
test_consent (void)
{
  static const struct {
    const char *origin;
    gboolean    is_enough;
  } cases[] = {
    { "http://192.0.2.1:8080", TRUE },
    { "http://192.0.2.1:8080/path", TRUE },
    { "http://192.0.2.1", FALSE },
    { "https://192.0.2.1:8080", FALSE },
    { "http://192.0.2.2:8080", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SyLoadPlan) plan = make ("mixed", "http://192.0.2.1:8080/metrics");
      g_autoptr (GError) error = NULL;

      sy_load_plan_add_consent (plan, cases[i].origin, &error);
      g_assert_no_error (error);

      if (cases[i].is_enough)
        check_accepted (plan);
      else
        check_refused (plan, "http://192.0.2.1:8080 is another machine*");
    }
}

/* Consent is no way around the other bounds. */
static void
test_consent_keeps_bounds (void)
{
  static const double above = SY_LOAD_MAX_RATE + 1;
  g_autoptr (SyLoadPlan) plan = make ("mixed", "http://192.0.2.1:8080");

  sy_load_plan_add_consent (plan, "http://192.0.2.1:8080", NULL);
  sy_load_plan_set_rates (plan, &above, 1);
  check_refused (plan, "*the bound is 5000*");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drive/plan/defaults", test_defaults);
  g_test_add_func ("/drive/plan/rate", test_rate);
  g_test_add_func ("/drive/plan/rate-of-two", test_rate_of_two);
  g_test_add_func ("/drive/plan/rate-of-burst", test_rate_of_burst);
  g_test_add_func ("/drive/plan/connections", test_connections);
  g_test_add_func ("/drive/plan/fair-share", test_fair_share);
  g_test_add_func ("/drive/plan/times", test_times);
  g_test_add_func ("/drive/plan/targets", test_targets);
  g_test_add_func ("/drive/plan/loopback", test_loopback);
  g_test_add_func ("/drive/plan/consent", test_consent);
  g_test_add_func ("/drive/plan/consent-keeps-bounds", test_consent_keeps_bounds);

  return g_test_run ();
}
