/* bench-load.c: one load by the generator, and how well it measured
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: bench-load URL RATE SECONDS
 *
 * A periodic load of one path. Prints the 99th percentile of the response, that of
 * how late the generator itself was, in seconds; the processor time a request in
 * microseconds; requests offered and answered.
 */
#define G_LOG_DOMAIN "sy-bench"

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "sy-bench-result.h"
#include "sy-load-run.h"

#define WORKLOAD \
  "{\"schema\":\"steelyard.workload/1\",\"id\":\"bench\",\"name\":\"Benchmark\",\"use_case\":\"One short answer\"," \
  "\"arrival\":{\"kind\":\"periodic\",\"rate\":100},\"classes\":[{\"name\":\"short\",\"weight\":1,\"path\":\"/short\"}]}"

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SyWorkload) workload = sy_workload_parse (WORKLOAD, strlen (WORKLOAD), &error);
  g_autoptr (SyLoadPlan) plan = NULL;
  g_autoptr (GPtrArray) summaries = NULL;
  const SyLoadTally *total;
  const int never = eventfd (0, 0);
  double start;
  double rate;

  if (argc != 4)
    {
      fprintf (stderr, "usage: bench-load URL RATE SECONDS\n");
      return 2;
    }
  if (workload == NULL)
    g_error ("%s", error->message);
  rate = g_ascii_strtod (argv[2], NULL);
  plan = sy_load_plan_new (workload);
  sy_load_plan_set_rates (plan, &rate, 1);
  plan->duration_us = atoi (argv[3]) * G_GINT64_CONSTANT (1000000);
  if (!sy_load_plan_add_target (plan, argv[1], &error) || !sy_load_plan_check (plan, &error))
    g_error ("%s", error->message);

  start = sy_bench_get_process_seconds ();
  summaries = sy_load_run (plan, never, NULL, NULL, &error);
  if (summaries == NULL)
    g_error ("%s", error->message);
  total = ((const SyLoadSummary *) g_ptr_array_index (summaries, 0))->total;
  printf ("%.6f %.6f %.3f %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n", sy_latency_histogram_quantile (&total->response, 0.99),
          sy_latency_histogram_quantile (&total->generator_late, 0.99),
          (sy_bench_get_process_seconds () - start) / (double) total->answered * 1e6, total->offered, total->answered);
  close (never);

  return 0;
}
