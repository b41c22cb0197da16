/* sy-reference-text.c: a reading as Prometheus text 0.0.4
 *
 * Names follow OpenTelemetry's semantic conventions in their Prometheus
 * spelling, the process set is that of the Prometheus client libraries, and
 * what neither has a name for is steelyard_*. The Node.js and Python servers of
 * data/reference/ export the same names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-reference-reading.h"

#include <math.h>

static void
append_family (GString    *text,
               const char *name,
               const char *type,
               const char *help)
{
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

/* @labels: "" or `name="value",…` without braces */
static void
append_sample (GString    *text,
               const char *name,
               const char *labels,
               double      value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, name);
  if (*labels != '\0')
    g_string_append_printf (text, "{%s}", labels);
  g_string_append_printf (text, " %s\n", g_ascii_formatd (number, sizeof number, "%.15g", value));
}

static void
append_single (GString    *text,
               const char *name,
               const char *type,
               const char *help,
               double      value)
{
  if (isnan (value))
    return;

  append_family (text, name, type, help);
  append_sample (text, name, "", value);
}

static void
append_histogram (GString                    *text,
                  const char                 *name,
                  const char                 *labels,
                  const SyReferenceHistogram *histogram)
{
  const char *comma = *labels != '\0' ? "," : "";
  guint64 cumulative[SY_REFERENCE_N_BOUNDS];
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *sum_name = g_strconcat (name, "_sum", NULL);
  g_autofree char *count_name = g_strconcat (name, "_count", NULL);

  sy_reference_histogram_cumulate (histogram, cumulative);

  for (guint i = 0; i < SY_REFERENCE_N_BOUNDS; i++)
    g_string_append_printf (text, "%s_bucket{%s%sle=\"%s\"} %" G_GUINT64_FORMAT "\n", name, labels, comma,
                            g_ascii_formatd (number, sizeof number, "%g", SY_REFERENCE_BOUNDS[i]), cumulative[i]);

  g_string_append_printf (text, "%s_bucket{%s%sle=\"+Inf\"} %" G_GUINT64_FORMAT "\n",
                          name, labels, comma, histogram->count);
  append_sample (text, sum_name, labels, histogram->sum);
  append_sample (text, count_name, labels, (double) histogram->count);
}

static void
append_requests (GString                 *text,
                 const SyReferenceCounts *counts)
{
  append_family (text, "http_server_request_duration_seconds", "histogram", "Duration of HTTP server requests.");

  for (guint i = 0; i < counts->requests->len; i++)
    {
      const SyRequestSeries *series = &g_array_index (counts->requests, SyRequestSeries, i);
      g_autofree char *labels = g_strdup_printf ("http_request_method=\"%s\",http_route=\"%s\","
                                                 "http_response_status_code=\"%u\",url_scheme=\"http\"",
                                                 series->method, series->route, series->status);

      append_histogram (text, "http_server_request_duration_seconds", labels, &series->durations);
    }

  append_family (text, "http_server_active_requests", "gauge", "Requests that wait or are worked on.");

  for (guint i = 0; i < SY_N_METHODS; i++)
    {
      g_autofree char *labels = g_strdup_printf ("http_request_method=\"%s\",url_scheme=\"http\"",
                                                 sy_reference_method_name (i));

      append_sample (text, "http_server_active_requests", labels, counts->active[i]);
    }
}

static void
append_traffic (GString                   *text,
                const SyReferenceReading  *reading)
{
  append_single (text, "steelyard_queue_length", "gauge", "Requests accepted and not yet started.",
                 reading->model.n_queued);

  append_family (text, "steelyard_connections", "gauge", "Open connections by what they carry.");
  for (guint i = 0; i < SY_N_CONNECTIONS; i++)
    {
      g_autofree char *labels = g_strdup_printf ("kind=\"%s\"", sy_reference_connection_nick (i));

      append_sample (text, "steelyard_connections", labels, reading->counts.connections[i]);
    }

  append_family (text, "steelyard_rejected_total", "counter", "Requests refused with 503.");
  append_sample (text, "steelyard_rejected_total", "reason=\"queue_full\"", (double) reading->counts.n_rejected);
}

static void
append_loop (GString                  *text,
             const SyReferenceReading *reading)
{
  append_family (text, "steelyard_loop_delay_seconds", "histogram", "How late the loop ran its timers.");
  append_histogram (text, "steelyard_loop_delay_seconds", "", &reading->counts.waits[SY_WAIT_LOOP]);

  append_family (text, "steelyard_loop_time_seconds_total", "counter", "Time the loop worked and time it slept.");
  append_sample (text, "steelyard_loop_time_seconds_total", "state=\"active\"", reading->model.loop_active);
  append_sample (text, "steelyard_loop_time_seconds_total", "state=\"idle\"", reading->model.loop_idle);
}

static void
append_lock (GString                  *text,
             const SyReferenceReading *reading)
{
  const SyGlobalLockStats *lock = &reading->model.lock;

  append_single (text, "python_gil_enabled", "gauge", "Whether one global lock serialises interpreted work.", 1);

  append_family (text, "steelyard_gil_wait_seconds", "histogram", "From asking for the global lock to holding it.");
  append_histogram (text, "steelyard_gil_wait_seconds", "", &reading->counts.waits[SY_WAIT_LOCK]);

  append_single (text, "steelyard_gil_hold_seconds_total", "counter", "Time the global lock was held.",
                 (double) lock->held_us * 1e-6);

  append_family (text, "steelyard_gil_switches_total", "counter", "Times the global lock was given up.");
  append_sample (text, "steelyard_gil_switches_total", "reason=\"released\"", (double) lock->n_released);
  append_sample (text, "steelyard_gil_switches_total", "reason=\"forced\"", (double) lock->n_forced);
}

static void
append_workers (GString                  *text,
                const SyReferenceReading *reading)
{
  if (reading->model.has_pool)
    {
      append_family (text, "steelyard_queue_wait_seconds", "histogram", "From arrival to the start of the handler.");
      append_histogram (text, "steelyard_queue_wait_seconds", "", &reading->counts.waits[SY_WAIT_QUEUE]);
    }

  append_family (text, "steelyard_workers", "gauge", "Processes and threads that run handlers.");
  append_sample (text, "steelyard_workers", "kind=\"process\"", 1);
  append_sample (text, "steelyard_workers", "kind=\"thread\"", reading->identity->n_threads);

  if (reading->model.has_pool)
    append_single (text, "steelyard_workers_busy", "gauge", "Workers that have a request.", reading->model.n_busy);
}

static void
append_process (GString                  *text,
                const SyReferenceReading *reading)
{
  const SyProcessStats *process = &reading->process;

  append_single (text, "process_cpu_seconds_total", "counter", "Total user and system CPU time spent in seconds.",
                 process->cpu_user + process->cpu_system);
  append_single (text, "process_resident_memory_bytes", "gauge", "Resident memory size in bytes.",
                 process->resident_bytes);
  append_single (text, "process_virtual_memory_bytes", "gauge", "Virtual memory size in bytes.",
                 process->virtual_bytes);
  append_single (text, "process_start_time_seconds", "gauge",
                 "Start time of the process since unix epoch in seconds.",
                 (double) reading->identity->started_wall_us * 1e-6);
  append_single (text, "process_open_fds", "gauge", "Number of open file descriptors.", process->open_fds);
  append_single (text, "process_max_fds", "gauge", "Maximum number of open file descriptors.", process->max_fds);
  append_single (text, "process_threads", "gauge", "Number of threads.", process->n_threads);

  append_family (text, "process_context_switches_total", "counter", "Context switches of the process.");
  append_sample (text, "process_context_switches_total", "type=\"voluntary\"", process->n_voluntary);
  append_sample (text, "process_context_switches_total", "type=\"involuntary\"", process->n_involuntary);
}

char *
sy_reference_reading_to_text (const SyReferenceReading *self)
{
  GString *text = g_string_sized_new (32 * 1024);
  g_autofree char *labels = NULL;

  append_requests (text, &self->counts);
  append_traffic (text, self);
  if (self->model.has_loop)
    append_loop (text, self);
  if (self->model.has_lock)
    append_lock (text, self);
  append_workers (text, self);
  append_process (text, self);

  labels = g_strdup_printf ("model=\"%s\",runtime=\"steelyard-ref\",runtime_version=\"%s\",boot=\"%s\",schema=\"1\"",
                            self->identity->model, PACKAGE_VERSION, self->identity->boot);
  append_family (text, "steelyard_server_info", "gauge", "Which reference server this is.");
  append_sample (text, "steelyard_server_info", labels, 1);

  return g_string_free (text, FALSE);
}
