/* test-workload.c: profiles, and what is said about wrong ones
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-load-plan.h"
#include "sy-workload.h"

#define HEAD "{\"schema\":\"steelyard.workload/1\",\"id\":\"x\",\"name\":\"X\",\"use_case\":\"u\","
#define ARRIVAL "\"arrival\":{\"kind\":\"poisson\",\"rate\":10},"
#define CLASS(more) "\"classes\":[{\"name\":\"c\",\"weight\":1," more "}]}"

static void
test_shipped (void)
{
  static const char * const names[] = {
    "ai-inference", "automation", "chat", "collab", "dashboards", "data-heavy",
    "fintech-risk", "iot", "mixed", "mobile-api", "stream",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SyWorkload) workload = sy_workload_load (names[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (workload->id, ==, names[i]);
      g_assert_cmpuint (workload->n_classes, >, 0);
      g_assert_true (sy_workload_get_limit (workload) > 0);

      /* Two backends may be loaded with it, and nobody is asked for more than the
       * connections that a load opens by itself. */
      g_autoptr (SyLoadPlan) plan = sy_load_plan_new (workload);
      SyWorkloadDemand demand;

      g_assert_true (sy_load_plan_add_target (plan, "http://127.0.0.1:8101", NULL));
      g_assert_true (sy_load_plan_add_target (plan, "http://127.0.0.1:8102", NULL));
      g_assert_true (sy_load_plan_check (plan, &error));
      g_assert_no_error (error);
      sy_workload_demand (workload, NAN, &demand);
      g_assert_cmpfloat (demand.connections, <=, SY_LOAD_DEFAULT_CONNECTIONS);

      /* Work that the reference servers prove. */
      for (guint j = 0; j < workload->n_classes; j++)
        g_assert_true (g_str_has_prefix (workload->classes[j].path, "/do/"));
    }
}

static void
test_fields (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyWorkload) workload = sy_workload_load ("mobile-api", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (workload->n_classes, ==, 3);
  g_assert_cmpint (workload->arrival.kind, ==, SY_ARRIVAL_POISSON);
  g_assert_cmpfloat (workload->arrival.rate, ==, 300);
  g_assert_cmpfloat (workload->arrival.seconds[0], ==, 50);
  g_assert_cmpfloat (workload->arrival.factor[1], ==, 2);
  g_assert_cmpstr (workload->classes[1].name, ==, "write");
  g_assert_cmpstr (workload->classes[1].method, ==, "POST");
  g_assert_cmpuint (workload->classes[1].body_bytes, ==, 512);
  g_assert_cmpint (workload->classes[1].io.kind, ==, SY_DRAW_LOGNORMAL);
  g_assert_cmpfloat_with_epsilon (workload->classes[1].io.median, 0.030, 1e-12);
  g_assert_cmpfloat_with_epsilon (workload->classes[2].cpu.median, 0.003, 1e-12);
  g_assert_cmpfloat_with_epsilon (workload->slo.p95, 0.2, 1e-12);
  g_assert_true (isnan (workload->slo.p999));
  g_assert_cmpfloat_with_epsilon (sy_workload_get_limit (workload), 0.2, 1e-12);
}

static void
test_on_off (void)
{
  static const char json[] =
    HEAD "\"arrival\":{\"kind\":\"onoff\",\"rate\":20,\"off_rate\":5,\"on_seconds\":5,\"off_seconds\":15},"
    CLASS ("\"path\":\"/plain\"");
  g_autoptr (GError) error = NULL;
  g_autoptr (SyWorkload) workload = sy_workload_parse (json, strlen (json), &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (workload->arrival.factor[0], ==, 1);
  g_assert_cmpfloat (workload->arrival.factor[1], ==, 0.25);
  g_assert_cmpfloat (workload->arrival.seconds[1], ==, 15);
  g_assert_true (isnan (sy_workload_get_limit (workload)));
}

/* What is wrong, and that the message says where and what. */
static const struct {
  const char *json;
  const char *message;
} faults[] = {
  { "", "1:1: " },
  { "{\"schema\":", "1:11: " },
  { "[]", "a workload is a JSON object" },
  { "{}", "schema: is missing" },
  { "{\"schema\":\"steelyard.workload/2\",\"id\":\"x\",\"name\":\"X\",\"use_case\":\"u\"}", "is not steelyard.workload/1" },
  { HEAD CLASS ("\"path\":\"/\""), "arrival: is missing" },
  { HEAD "\"arrival\":[]," CLASS ("\"path\":\"/\""), "arrival: must be an object" },
  { HEAD "\"arrival\":{\"kind\":\"poison\",\"rate\":1}," CLASS ("\"path\":\"/\""), "arrival.kind: “poison” is not" },
  { HEAD "\"arrival\":{\"kind\":\"poisson\"}," CLASS ("\"path\":\"/\""), "arrival.rate: is missing" },
  { HEAD "\"arrival\":{\"kind\":\"poisson\",\"rate\":\"1\"}," CLASS ("\"path\":\"/\""), "arrival.rate: must be a number" },
  { HEAD "\"arrival\":{\"kind\":\"poisson\",\"rate\":0}," CLASS ("\"path\":\"/\""), "arrival.rate: 0 is not between" },
  { HEAD "\"arrival\":{\"kind\":\"poisson\",\"rate\":1,\"jitter\":0.1}," CLASS ("\"path\":\"/\""), "arrival.jitter: is no member" },
  { HEAD "\"arrival\":{\"kind\":\"poisson\",\"rate\":1,\"burst\":{\"seconds\":9,\"every\":9,\"factor\":2}}," CLASS ("\"path\":\"/\""),
    "arrival.burst.seconds: must be less than “every”" },
  { HEAD "\"arrival\":{\"kind\":\"poisson\",\"rate\":1,\"burst\":7}," CLASS ("\"path\":\"/\""), "arrival.burst: must be an object" },
  { HEAD "\"arrival\":{\"kind\":\"onoff\",\"rate\":1}," CLASS ("\"path\":\"/\""), "arrival.on_seconds: is missing" },
  { HEAD ARRIVAL "\"classes\":[]}", "classes: must have 1 to 8 elements" },
  { HEAD ARRIVAL "\"classes\":[1]}", "classes[0]: must be an object" },
  { HEAD ARRIVAL "\"classes\":7}", "classes: must be an array" },
  { HEAD ARRIVAL CLASS ("\"wieght\":2"), "classes[0].wieght: is no member" },
  { HEAD ARRIVAL CLASS ("\"path\":\"plain\""), "classes[0].path: must begin with a slash" },
  { HEAD ARRIVAL CLASS ("\"path\":\"/a b\""), "classes[0].path: has a character" },
  { HEAD ARRIVAL CLASS ("\"path\":\"/a\\r\\nX: y\""), "classes[0].path: has a character" },
  { HEAD ARRIVAL CLASS ("\"path\":\"/{ms}\""), "classes[0].path: knows only" },
  { HEAD ARRIVAL CLASS ("\"path\":\"/{io_ms\""), "classes[0].path: knows only" },
  { HEAD ARRIVAL CLASS ("\"path\":\"/\",\"method\":\"DELETE\""), "classes[0].method: “DELETE” is not" },
  { HEAD ARRIVAL CLASS ("\"path\":\"/\",\"body_bytes\":1"), "classes[0].body_bytes: only a POST" },
  { HEAD ARRIVAL CLASS ("\"path\":\"/\",\"method\":\"POST\",\"body_bytes\":65537"), "classes[0].body_bytes: 65537 is not between" },
  { HEAD ARRIVAL CLASS ("\"path\":\"/\",\"io\":-1"), "classes[0].io: -1 is not between" },
  { HEAD ARRIVAL CLASS ("\"path\":\"/\",\"io\":{\"kind\":\"normal\",\"median_ms\":1}"), "classes[0].io.kind: “normal” is not" },
  { HEAD ARRIVAL CLASS ("\"path\":\"/\",\"io\":{\"kind\":\"lognormal\",\"median_ms\":1}"), "classes[0].io.sigma: is missing" },
  { HEAD ARRIVAL CLASS ("\"path\":\"/\",\"io\":{\"kind\":\"lognormal\",\"median_ms\":1,\"sigma\":1}"), "classes[0].io: is drawn for each request" },
  { HEAD ARRIVAL "\"slo\":{\"p98_ms\":1}," CLASS ("\"path\":\"/\""), "slo.p98_ms: is no member" },
  { HEAD ARRIVAL "\"classes\":[{\"name\":\"c\",\"weight\":1,\"path\":\"/\"},{\"name\":\"c\",\"weight\":1,\"path\":\"/\"}]}",
    "classes[1].name: “c” is there twice" },
};

static void
test_faults (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SyWorkload) workload = sy_workload_parse (faults[i].json, strlen (faults[i].json), &error);

      g_assert_null (workload);
      g_assert_nonnull (error);
      g_assert_true (error->domain == SY_ERROR);

      if (strstr (error->message, faults[i].message) == NULL)
        g_error ("“%s” does not say “%s”", error->message, faults[i].message);
    }
}

static void
test_not_there (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sy_workload_load ("nothing-of-this-name", &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_null (sy_workload_load ("./nothing.json", &error));
  g_assert_error (error, SY_ERROR, SY_ERROR_INVALID);
}

/* 90 % wait 20 ms, 10 % compute 3 ms, at 1000/s: 100 × 0.003 = 0.3 cores and
 * L = 900 × 0.020 + 100 × 0.003 = 18.3. */
static void
test_demand (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyWorkload) workload = sy_workload_load ("mixed", &error);
  SyWorkloadDemand demand;

  g_assert_no_error (error);
  sy_workload_demand (workload, 1000, &demand);
  g_assert_cmpfloat_with_epsilon (demand.cpu_cores, 0.3, 1e-9);
  g_assert_cmpfloat_with_epsilon (demand.concurrency, 18.3, 1e-9);
  g_assert_cmpfloat (demand.connections, ==, ceil (18.3 + 3.09 * sqrt (18.3) + 1));

  sy_workload_demand (workload, NAN, &demand);
  g_assert_cmpfloat (demand.rate, ==, workload->arrival.rate);
}

/* The busier phase is what counts. */
static void
test_demand_of_burst (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyWorkload) workload = sy_workload_load ("fintech-risk", &error);
  SyWorkloadDemand demand;

  g_assert_no_error (error);
  sy_workload_demand (workload, 50, &demand);
  g_assert_cmpfloat (demand.rate, ==, 200);
  g_assert_cmpfloat_with_epsilon (demand.cpu_cores, 200 * 0.013, 1e-9);
}

static void
test_draw_mean (void)
{
  SyDraw fixed = { SY_DRAW_FIXED, 0.02, 0 };
  SyDraw narrow = { SY_DRAW_LOGNORMAL, 0.02, 0.5 };
  SyDraw wide = { SY_DRAW_LOGNORMAL, 0.02, 2.5 };

  g_assert_cmpfloat (sy_draw_mean (&fixed), ==, 0.02);

  /* The cut at 20 medians is far out: m e^(σ²/2). */
  g_assert_cmpfloat_with_epsilon (sy_draw_mean (&narrow), 0.02 * exp (0.125), 1e-9);

  /* By numerical integration of min (e^(2.5 z), 20) against the normal density. */
  g_assert_cmpfloat_with_epsilon (sy_draw_mean (&wide) / 0.02, 4.5045, 1e-3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drive/workload/shipped", test_shipped);
  g_test_add_func ("/drive/workload/fields", test_fields);
  g_test_add_func ("/drive/workload/on-off", test_on_off);
  g_test_add_func ("/drive/workload/faults", test_faults);
  g_test_add_func ("/drive/workload/not-there", test_not_there);
  g_test_add_func ("/drive/workload/demand", test_demand);
  g_test_add_func ("/drive/workload/demand-of-burst", test_demand_of_burst);
  g_test_add_func ("/drive/workload/draw-mean", test_draw_mean);

  return g_test_run ();
}
