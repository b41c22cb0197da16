/* sy-bench-service.c: a small service whose answers are recorded in the benchmarks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-bench"

#include "config.h"

#include "sy-bench-service.h"

#include <math.h>

#include "sy-clock.h"
#include "sy-exposition-build.h"
#include "sy-random.h"

#define DAY_S (24 * 3600)
#define N_BUCKETS 14
#define N_CODES 10
#define N_LEVELS 20

struct _SyBenchService {
  SySeriesTable *table;    /* owned */
  SyExposition  *model;    /* owned: all series, at zero */
  SyFamilies    *families; /* owned */
  guint          second;   /* the next one */

  /* What has been counted until now. */
  SyRandom random;
  double   buckets[N_BUCKETS];
  double   sum;
  double   calls[N_CODES];
  double   cpu;
  double   levels[N_LEVELS];
  double   rss;
};

static const double bounds[N_BUCKETS] = { 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10, (double) INFINITY };

/* The series, all at zero; what makes the numbers writes over the values. */
static SyExposition *
make_model (SySeriesTable *table)
{
  g_autoptr (GString) text = g_string_new ("# TYPE http_server_request_duration_seconds histogram\n");
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  SyExposition *model;

  for (guint i = 0; i < N_BUCKETS; i++)
    {
      char bound[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text, "http_server_request_duration_seconds_bucket{le=\"%s\"} 0\n",
                              isinf (bounds[i]) ? "+Inf" : g_ascii_dtostr (bound, sizeof bound, bounds[i]));
    }
  g_string_append (text, "http_server_request_duration_seconds_sum 0\nhttp_server_request_duration_seconds_count 0\n"
                   "# TYPE http_server_active_requests gauge\nhttp_server_active_requests 0\n"
                   "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 0\n"
                   "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes 0\n"
                   "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds 0\n"
                   "# TYPE app_calls counter\n");
  for (guint i = 0; i < N_CODES; i++)
    g_string_append_printf (text, "app_calls_total{code=\"%u\"} 0\n", i);
  g_string_append (text, "# TYPE app_level gauge\n");
  for (guint i = 0; i < N_LEVELS; i++)
    g_string_append_printf (text, "app_level{of=\"%u\"} 0\n", i);

  body = g_bytes_new (text->str, text->len);
  model = sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, NULL, table, &error);
  if (model == NULL)
    g_error ("%s", error->message);
  return model;
}

static SyFamilies *
copy_families (SyExposition *model)
{
  SyFamilies *families = sy_families_new ();
  guint n;
  const SyFamily *all = sy_exposition_get_families (model, &n);

  for (guint i = 0; i < n; i++)
    sy_families_add (families, &all[i]);
  return families;
}

/* One second: the load of a day's course, durations with a tail. */
static void
live_on (SyBenchService *self,
         guint           second)
{
  const double course = 0.6 + 0.4 * sin (2 * G_PI * second / DAY_S);
  const guint n = (guint) (200 * course) + (guint) sy_random_below (&self->random, 20);
  double left = n;

  for (guint i = 0; i < N_BUCKETS; i++)
    {
      const double here = i + 1 == N_BUCKETS ? left : floor (left * (0.35 + 0.1 * sy_random_uniform (&self->random)));

      for (guint j = i; j < N_BUCKETS; j++)
        self->buckets[j] += here;
      self->sum += here * (isinf (bounds[i]) ? 12 : bounds[i] * 0.8);
      left -= here;
    }
  for (guint i = 0; i < N_CODES; i++)
    self->calls[i] += n / (i + 1);
  for (guint i = 0; i < N_LEVELS; i++)
    self->levels[i] = sy_random_below (&self->random, 4) == 0 ? (double) sy_random_below (&self->random, 100 * (i + 1)) : self->levels[i];
  self->cpu = round ((self->cpu + 0.002 * n) * 100) / 100;
  self->rss = 80e6 + 4096 * (double) sy_random_below (&self->random, 2000);
}

static SySample *
say (const SyBenchService *self)
{
  guint n;
  const SySample *all = sy_exposition_get_samples (self->model, &n);
  SySample *samples = g_memdup2 (all, n * sizeof *samples);
  SySample *at = samples;

  for (guint i = 0; i < N_BUCKETS; i++)
    (at++)->value = self->buckets[i];
  (at++)->value = round (self->sum * 1e6) * 1e-6;
  (at++)->value = self->buckets[N_BUCKETS - 1];
  (at++)->value = self->levels[0] / 10;
  (at++)->value = self->cpu;
  (at++)->value = self->rss;
  (at++)->value = 1794990000;
  for (guint i = 0; i < N_CODES; i++)
    (at++)->value = self->calls[i];
  for (guint i = 0; i < N_LEVELS; i++)
    (at++)->value = self->levels[i];
  return samples;
}

SyBenchService *
sy_bench_service_new (void)
{
  SyBenchService *self = g_new0 (SyBenchService, 1);

  self->table = sy_series_table_new (0);
  self->model = make_model (self->table);
  self->families = copy_families (self->model);
  sy_random_init (&self->random, 20261127, 0);
  return self;
}

void
sy_bench_service_free (SyBenchService *self)
{
  sy_families_unref (self->families);
  sy_exposition_unref (self->model);
  sy_series_table_unref (self->table);
  g_free (self);
}

void
sy_bench_service_next (SyBenchService *self,
                       SyRecordEntry  *ret)
{
  const gint64 due_us = self->second * SY_USEC_PER_SEC;
  const SyRecordEntry entry = {
    .moment = {
      .seq = self->second,
      .monotonic_us = due_us + (gint64) sy_random_below (&self->random, 3000),
      .duration_us = 2000 + (gint64) sy_random_below (&self->random, 500),
      .wire_bytes = 900 + (gint64) sy_random_below (&self->random, 30),
      .body_bytes = 4000 + (gint64) sy_random_below (&self->random, 30),
    },
    .content_type = "text/plain; version=0.0.4",
  };

  live_on (self, self->second++);
  *ret = entry;
  ret->moment.wall_us = G_GINT64_CONSTANT (1795000000) * SY_USEC_PER_SEC + entry.moment.monotonic_us;
  ret->moment.answered_us = entry.moment.monotonic_us + entry.moment.duration_us / 2;
  ret->exposition = sy_exposition_build (SY_FORMAT_PROMETHEUS, self->table, self->families, say (self), SY_BENCH_SERVICE_SERIES);
}
