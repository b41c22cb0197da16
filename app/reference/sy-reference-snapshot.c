/* sy-reference-snapshot.c: a reading as JSON, steelyard.snapshot/1
 *
 * Only sums since the start and cumulative bucket counts: a reader may lose any
 * number of snapshots and add those of several servers. What does not apply to
 * a server is absent, never zero.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-reference"

#include "config.h"

#include "sy-reference-reading.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "sy-json.h"

static void
write_optional (SyJsonWriter *json,
                const char   *key,
                double        value)
{
  if (!isnan (value))
    sy_json_writer_member_double (json, key, value);
}

static void
write_count (SyJsonWriter *json,
             const char   *key,
             guint64       value)
{
  sy_json_writer_member_int (json, key, (gint64) value);
}

static void
write_identity (SyJsonWriter              *json,
                const SyReferenceIdentity *identity)
{
  sy_json_writer_key (json, "server");
  sy_json_writer_begin_object (json);
  sy_json_writer_member_string (json, "name", identity->name);
  sy_json_writer_member_string (json, "model", identity->model);
  sy_json_writer_member_string (json, "runtime", "steelyard-ref");
  sy_json_writer_member_string (json, "version", PACKAGE_VERSION);
  sy_json_writer_member_int (json, "pid", getpid ());
  sy_json_writer_member_int (json, "cpus", identity->n_cpus);

  sy_json_writer_key (json, "workers");
  sy_json_writer_begin_object (json);
  sy_json_writer_member_int (json, "processes", 1);
  sy_json_writer_member_int (json, "threads", identity->n_threads);
  sy_json_writer_end_object (json);

  if (!isnan (identity->switch_interval))
    {
      sy_json_writer_member_bool (json, "gil", TRUE);
      sy_json_writer_member_double (json, "switch_interval", identity->switch_interval);
    }

  sy_json_writer_member_double (json, "wu_per_cpu_ms", identity->work_units_per_ms);
  sy_json_writer_end_object (json);
}

static void
write_counters (SyJsonWriter             *json,
                const SyReferenceReading *reading)
{
  static const char *const classes[] = { "1xx", "2xx", "3xx", "4xx", "5xx" };
  guint64 n_by_class[G_N_ELEMENTS (classes)] = { 0 };
  const SyReferenceCounts *counts = &reading->counts;

  for (guint i = 0; i < counts->requests->len; i++)
    {
      const SyRequestSeries *series = &g_array_index (counts->requests, SyRequestSeries, i);

      n_by_class[CLAMP (series->status / 100, 1, 5) - 1] += series->durations.count;
    }

  sy_json_writer_key (json, "counters");
  sy_json_writer_begin_object (json);

  sy_json_writer_key (json, "requests");
  sy_json_writer_begin_object (json);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    write_count (json, classes[i], n_by_class[i]);
  sy_json_writer_end_object (json);

  write_count (json, "rejected", counts->n_rejected);
  write_count (json, "bytes_in", counts->bytes_in);
  write_count (json, "bytes_out", counts->bytes_out);
  write_optional (json, "cpu_user", reading->process.cpu_user);
  write_optional (json, "cpu_system", reading->process.cpu_system);
  write_optional (json, "ctx_voluntary", reading->process.n_voluntary);
  write_optional (json, "ctx_involuntary", reading->process.n_involuntary);

  if (reading->model.has_lock)
    {
      sy_json_writer_member_double (json, "gil_hold", (double) reading->model.lock.held_us * 1e-6);
      sy_json_writer_member_double (json, "gil_wait", counts->waits[SY_WAIT_LOCK].sum);
      write_count (json, "gil_switch_released", reading->model.lock.n_released);
      write_count (json, "gil_switch_forced", reading->model.lock.n_forced);
    }

  if (reading->model.has_loop)
    {
      sy_json_writer_member_double (json, "loop_active", reading->model.loop_active);
      sy_json_writer_member_double (json, "loop_idle", reading->model.loop_idle);
    }

  write_count (json, "stream_events", counts->n_stream_events);
  write_count (json, "stream_dropped", counts->n_stream_dropped);
  sy_json_writer_end_object (json);
}

static void
write_gauges (SyJsonWriter             *json,
              const SyReferenceReading *reading)
{
  gint64 n_active = 0;

  for (guint i = 0; i < SY_N_METHODS; i++)
    n_active += reading->counts.active[i];

  sy_json_writer_key (json, "gauges");
  sy_json_writer_begin_object (json);
  sy_json_writer_member_int (json, "active", n_active);
  sy_json_writer_member_int (json, "queued", reading->model.n_queued);

  sy_json_writer_key (json, "connections");
  sy_json_writer_begin_object (json);
  for (guint i = 0; i < SY_N_CONNECTIONS; i++)
    sy_json_writer_member_int (json, sy_reference_connection_nick (i), reading->counts.connections[i]);
  sy_json_writer_end_object (json);

  if (reading->model.has_pool)
    sy_json_writer_member_int (json, "threads_busy", reading->model.n_busy);
  write_optional (json, "rss", reading->process.resident_bytes);
  write_optional (json, "fds", reading->process.open_fds);
  sy_json_writer_end_object (json);
}

/* The members of a histogram, inside its object. */
static void
write_histogram (SyJsonWriter               *json,
                 const SyReferenceHistogram *histogram)
{
  guint64 cumulative[SY_REFERENCE_N_BOUNDS];

  sy_reference_histogram_cumulate (histogram, cumulative);

  write_count (json, "count", histogram->count);
  sy_json_writer_member_double (json, "sum", histogram->sum);
  sy_json_writer_member_double (json, "max", histogram->max);

  sy_json_writer_key (json, "b");
  sy_json_writer_begin_array (json);
  for (guint i = 0; i < SY_REFERENCE_N_BOUNDS; i++)
    sy_json_writer_int (json, (gint64) cumulative[i]);
  sy_json_writer_end_array (json);
}

static void
write_wait (SyJsonWriter             *json,
            const SyReferenceReading *reading,
            const char               *key,
            SyReferenceWait           wait)
{
  sy_json_writer_key (json, key);
  sy_json_writer_begin_object (json);
  write_histogram (json, &reading->counts.waits[wait]);
  sy_json_writer_end_object (json);
}

static void
merge (SyReferenceHistogram       *into,
       const SyReferenceHistogram *from)
{
  into->count += from->count;
  into->sum += from->sum;
  into->max = MAX (into->max, from->max);
  for (guint i = 0; i < SY_REFERENCE_N_BOUNDS; i++)
    into->buckets[i] += from->buckets[i];
}

static gboolean
same_class (const SyRequestSeries *a,
            const SyRequestSeries *b)
{
  return a->status / 100 == b->status / 100 && strcmp (a->route, b->route) == 0 && strcmp (a->method, b->method) == 0;
}

/* One object per route, method and class of status; the metrics count by exact
 * status, so the first of a class gathers the rest. */
static void
write_requests (SyJsonWriter            *json,
                const SyReferenceCounts *counts)
{
  const SyRequestSeries *series = (const SyRequestSeries *) counts->requests->data;

  sy_json_writer_key (json, "request");
  sy_json_writer_begin_array (json);

  for (guint i = 0; i < counts->requests->len; i++)
    {
      SyReferenceHistogram gathered = { 0 };
      char status_class[] = { (char) ('0' + series[i].status / 100 % 10), 'x', 'x', '\0' };
      guint first = 0;

      while (!same_class (&series[first], &series[i]))
        first++;
      if (first < i)
        continue;

      for (guint j = i; j < counts->requests->len; j++)
        if (same_class (&series[i], &series[j]))
          merge (&gathered, &series[j].durations);

      sy_json_writer_begin_object (json);
      sy_json_writer_member_string (json, "route", series[i].route);
      sy_json_writer_member_string (json, "method", series[i].method);
      sy_json_writer_member_string (json, "class", status_class);
      write_histogram (json, &gathered);
      sy_json_writer_end_object (json);
    }

  sy_json_writer_end_array (json);
}

static void
write_histograms (SyJsonWriter             *json,
                  const SyReferenceReading *reading)
{
  sy_json_writer_key (json, "bounds");
  sy_json_writer_begin_array (json);
  for (guint i = 0; i < SY_REFERENCE_N_BOUNDS; i++)
    sy_json_writer_double (json, SY_REFERENCE_BOUNDS[i]);
  sy_json_writer_end_array (json);

  sy_json_writer_key (json, "hist");
  sy_json_writer_begin_object (json);
  write_requests (json, &reading->counts);
  if (reading->model.has_lock)
    write_wait (json, reading, "gil_wait", SY_WAIT_LOCK);
  if (reading->model.has_pool)
    write_wait (json, reading, "queue_wait", SY_WAIT_QUEUE);
  if (reading->model.has_loop)
    write_wait (json, reading, "loop_delay", SY_WAIT_LOOP);
  sy_json_writer_end_object (json);
}

char *
sy_reference_reading_to_json (const SyReferenceReading *self,
                              const char               *type)
{
  g_autoptr(SyJsonWriter) json = sy_json_writer_new ();

  sy_json_writer_begin_object (json);
  if (type != NULL)
    sy_json_writer_member_string (json, "type", type);
  sy_json_writer_member_string (json, "schema", "steelyard.snapshot/1");
  sy_json_writer_member_string (json, "boot", self->identity->boot);
  write_count (json, "seq", self->seq);
  sy_json_writer_member_double (json, "t", (double) self->wall_us * 1e-6);
  sy_json_writer_member_double (json, "uptime", (double) (self->monotonic_us - self->identity->started_us) * 1e-6);
  sy_json_writer_member_double (json, "interval", self->identity->interval);
  write_identity (json, self->identity);
  write_counters (json, self);
  write_gauges (json, self);
  write_histograms (json, self);
  sy_json_writer_end_object (json);

  return sy_json_writer_finish (json);
}

char *
sy_reference_hello_to_json (const SyReferenceIdentity *self,
                            double                     interval,
                            guint                      history,
                            const char                *type)
{
  g_autoptr(SyJsonWriter) json = sy_json_writer_new ();

  sy_json_writer_begin_object (json);
  if (type != NULL)
    sy_json_writer_member_string (json, "type", type);
  sy_json_writer_member_string (json, "schema", "steelyard.stream/1");
  sy_json_writer_member_string (json, "boot", self->boot);
  sy_json_writer_member_double (json, "interval", interval);
  sy_json_writer_member_int (json, "history", history);
  write_identity (json, self);
  sy_json_writer_end_object (json);

  return sy_json_writer_finish (json);
}
