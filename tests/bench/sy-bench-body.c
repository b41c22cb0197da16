/* sy-bench-body.c: what backends answer in the benchmarks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-bench-body.h"

#define N_ROUTES 31

GBytes *
sy_bench_make_body (guint seed,
                    guint order)
{
  static const char *const bounds[] = {
    "0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25", "0.5", "0.75", "1.0", "2.5", "5.0", "7.5", "10.0", "+Inf",
  };
  GString *text = g_string_new ("# HELP http_server_request_duration_seconds Duration of \"HTTP\" requests, \\\\ once.\n"
                                "# TYPE http_server_request_duration_seconds histogram\n");

  for (guint i = 0; i < N_ROUTES; i++)
    {
      guint route = (i + order * N_ROUTES / 2) % N_ROUTES;
      g_autofree char *labels = g_strdup_printf ("http_request_method=\"GET\",http_route=\"/api/v1/%u/\\\"item\\\"\","
                                                 "http_response_status_code=\"%u\"", route, 200 + route % 3 * 100);
      guint count = 0;

      for (guint j = 0; j < G_N_ELEMENTS (bounds); j++)
        g_string_append_printf (text, "http_server_request_duration_seconds_bucket{%s,le=\"%s\"} %u.0\n",
                                labels, bounds[j], count += (route * j + seed) % 97);

      g_string_append_printf (text, "http_server_request_duration_seconds_count{%s} %u.0\n", labels, count);
      g_string_append_printf (text, "http_server_request_duration_seconds_sum{%s} %.17g\n", labels,
                              (double) count * 0.012345678901234567);
    }

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (text, "# HELP app_gauge_%u Something the application measures.\n# TYPE app_gauge_%u gauge\n"
                            "app_gauge_%u %u.%u\n", i, i, i, i * seed, seed % 1000);

  return g_string_free_to_bytes (text);
}

GBytes *
sy_bench_make_series (guint seed,
                      guint n)
{
  GString *text = g_string_new ("# HELP app_calls_total Calls of the application.\n# TYPE app_calls_total counter\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "app_calls_total{worker=\"%u\",method=\"%s\"} %u\n", i / 2, i % 2 == 0 ? "get" : "put",
                            i * 10 + seed);

  return g_string_free_to_bytes (text);
}
