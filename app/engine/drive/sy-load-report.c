/* sy-load-report.c: what a load found, in text
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON lines, schema steelyard.drive/1. Times and durations are seconds, rates
 * per second; unknown is "NaN". Counters count from the start of the load.
 * `target` is the origin that was asked, with its port.
 *
 * {"schema","event":"tick","t","target","offered","sent","answered","dropped",
 *  "errors","in_flight","p50","p99","late_p99"}
 *    each second and target; p50, p99 (response) and late_p99 (lateness) are of
 *    that second; t is wall time; in_flight are due and not ended, those that
 *    wait for a connection included.
 *
 * {"schema","event":"summary","target","url","workload","offered","sent",
 *  "answered","dropped","errors","retried","unfinished","connects","from","duration",
 *  "throughput","in_flight_mean","p50","p90","p99","p999","mean","max","service_p50",
 *  "service_p99","late_p50","late_p99","late_generator_p99","late_connection_p99",
 *  "censored","faults":{…},"response_histogram":[[upper,count],…],"generator_cpu","foreign_cores","generator_limited",
 *  "aborted","classes":[{"name", the same counters and quantiles}]}
 *    at the end, one a target. offered = answered + errors + dropped +
 *    unfinished. p50 … max are of the response: intended start to last byte;
 *    `censored` of them are lower bounds (dropped, timed out, unfinished).
 *    service: send to last byte. late: intended start to send, because the
 *    generator was late or because no connection was free or open; of those that
 *    never got one (dropped, timed out, unfinished) a lower bound of it. duration:
 *    of the load, without the wait for last answers; throughput: answers
 *    within it; in_flight_mean: of those outstanding within it. from: when it
 *    began, wall time, after the warm-up. connects:
 *    connections opened; about as many as requests: no keep-alive. faults: errors
 *    by kind, only kinds that occurred. aborted: null, "error-share",
 *    "bandwidth" or "stopped".
 */
#define G_LOG_DOMAIN "steelyard-drive"

#include "config.h"

#include "sy-load-report.h"

#include <math.h>

#include "sy-json.h"
#include "sy-text.h"

#define SCHEMA "steelyard.drive/1"

static void
write_count (SyJsonWriter *writer,
             const char   *key,
             guint64       count)
{
  sy_json_writer_member_int (writer, key, (gint64) count);
}

static void
write_quantile (SyJsonWriter             *writer,
                const char               *key,
                const SyLatencyHistogram *histogram,
                double                    q)
{
  sy_json_writer_member_double (writer, key, sy_latency_histogram_quantile (histogram, q));
}

char *
sy_load_report_tick_json (const SyLoadTick *tick)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();

  sy_json_writer_begin_object (writer);
  sy_json_writer_member_string (writer, "schema", SCHEMA);
  sy_json_writer_member_string (writer, "event", "tick");
  sy_json_writer_member_double (writer, "t", tick->t);
  sy_json_writer_member_string (writer, "target", tick->target);
  write_count (writer, "offered", tick->offered);
  write_count (writer, "sent", tick->sent);
  write_count (writer, "answered", tick->answered);
  write_count (writer, "dropped", tick->dropped);
  write_count (writer, "errors", tick->errors);
  write_count (writer, "in_flight", tick->in_flight);
  sy_json_writer_member_double (writer, "p50", tick->p50);
  sy_json_writer_member_double (writer, "p99", tick->p99);
  sy_json_writer_member_double (writer, "late_p99", tick->late_p99);
  sy_json_writer_end_object (writer);

  return sy_json_writer_finish (writer);
}

static void
write_counters (SyJsonWriter      *writer,
                const SyLoadTally *tally)
{
  write_count (writer, "offered", tally->offered);
  write_count (writer, "sent", tally->sent);
  write_count (writer, "answered", tally->answered);
  write_count (writer, "dropped", tally->dropped);
  write_count (writer, "errors", tally->errors);
  write_count (writer, "retried", tally->retried);
  write_count (writer, "unfinished", tally->unfinished);
  write_count (writer, "connects", tally->connects);
}

static void
write_latencies (SyJsonWriter      *writer,
                 const SyLoadTally *tally)
{
  write_quantile (writer, "p50", &tally->response, 0.50);
  write_quantile (writer, "p90", &tally->response, 0.90);
  write_quantile (writer, "p99", &tally->response, 0.99);
  write_quantile (writer, "p999", &tally->response, 0.999);
  sy_json_writer_member_double (writer, "mean", sy_latency_histogram_mean (&tally->response));
  write_quantile (writer, "max", &tally->response, 1);
  write_quantile (writer, "service_p50", &tally->service, 0.50);
  write_quantile (writer, "service_p99", &tally->service, 0.99);
  write_quantile (writer, "late_p50", &tally->lateness, 0.50);
  write_quantile (writer, "late_p99", &tally->lateness, 0.99);
  write_quantile (writer, "late_generator_p99", &tally->generator_late, 0.99);
  write_quantile (writer, "late_connection_p99", &tally->connection_wait, 0.99);
  write_count (writer, "censored", tally->response.n_censored);
}

static void
write_faults (SyJsonWriter      *writer,
              const SyLoadTally *tally)
{
  sy_json_writer_key (writer, "faults");
  sy_json_writer_begin_object (writer);

  for (guint i = 0; i < SY_LOAD_N_FAULTS; i++)
    if (tally->faults[i] > 0)
      write_count (writer, sy_load_fault_nick (i), tally->faults[i]);

  sy_json_writer_end_object (writer);
}

/* Pairs of a bucket's upper edge and how many responses fell into it, of those
 * that have any: from these, quantiles of several runs are merged. */
static void
write_histogram (SyJsonWriter             *writer,
                 const SyLatencyHistogram *histogram)
{
  sy_json_writer_key (writer, "response_histogram");
  sy_json_writer_begin_array (writer);

  for (guint i = 0; i < SY_LATENCY_BUCKETS; i++)
    if (histogram->counts[i] > 0)
      {
        sy_json_writer_begin_array (writer);
        sy_json_writer_double (writer, sy_latency_histogram_upper (i));
        sy_json_writer_int (writer, histogram->counts[i]);
        sy_json_writer_end_array (writer);
      }

  sy_json_writer_end_array (writer);
}

static void
write_classes (SyJsonWriter        *writer,
               const SyLoadSummary *summary)
{
  sy_json_writer_key (writer, "classes");
  sy_json_writer_begin_array (writer);

  for (guint i = 0; i < summary->workload->n_classes; i++)
    {
      sy_json_writer_begin_object (writer);
      sy_json_writer_member_string (writer, "name", summary->workload->classes[i].name);
      write_counters (writer, &summary->classes[i]);
      write_latencies (writer, &summary->classes[i]);
      write_faults (writer, &summary->classes[i]);
      sy_json_writer_end_object (writer);
    }

  sy_json_writer_end_array (writer);
}

char *
sy_load_report_summary_json (const SyLoadSummary *summary)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();

  sy_json_writer_begin_object (writer);
  sy_json_writer_member_string (writer, "schema", SCHEMA);
  sy_json_writer_member_string (writer, "event", "summary");
  sy_json_writer_member_string (writer, "target", summary->target);
  sy_json_writer_member_string (writer, "url", summary->url);
  sy_json_writer_member_string (writer, "workload", summary->workload->id);
  write_counters (writer, summary->total);
  sy_json_writer_member_double (writer, "from", summary->from);
  sy_json_writer_member_double (writer, "duration", summary->duration);
  sy_json_writer_member_double (writer, "throughput", sy_load_summary_get_throughput (summary));
  sy_json_writer_member_double (writer, "in_flight_mean", sy_load_summary_get_in_flight (summary));
  write_latencies (writer, summary->total);
  write_faults (writer, summary->total);
  write_histogram (writer, &summary->total->response);
  sy_json_writer_member_double (writer, "generator_cpu", summary->generator_cpu);
  sy_json_writer_member_double (writer, "foreign_cores", summary->foreign_cores);
  sy_json_writer_member_bool (writer, "generator_limited", summary->generator_limited);
  sy_json_writer_member_string (writer, "aborted", summary->aborted);
  write_classes (writer, summary);
  sy_json_writer_end_object (writer);

  return sy_json_writer_finish (writer);
}

/* "12.3", "≥ 10000", or "–" for unknown. */
static char *
format_ms (double   seconds,
           gboolean is_bound)
{
  double ms = seconds * 1000;

  if (isnan (ms))
    return g_strdup ("–");

  return g_strdup_printf ("%s%.*f", is_bound ? "≥ " : "", ms < 10 ? 2 : ms < 100 ? 1 : 0, ms);
}

/* printf counts bytes; a table counts characters. */
static void
append_cell (GString    *line,
             const char *text,
             int         width)
{
  int length = (int) g_utf8_strlen (text, -1);

  if (width < 0)
    g_string_append_printf (line, "%s%*s", text, MAX (0, -width - length), "");
  else
    g_string_append_printf (line, "%*s%s", MAX (0, width - length), "", text);
}

static void
append_row (GString           *table,
            const char        *name,
            const SyLoadTally *tally)
{
  static const double quantiles[] = { 0.50, 0.90, 0.99, 0.999 };
  const guint64 counts[] = {
    tally->offered, tally->answered, tally->errors, tally->dropped, tally->unfinished,
  };

  append_cell (table, name, -16);

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_string_append_printf (table, " %9" G_GUINT64_FORMAT, counts[i]);

  for (guint i = 0; i < G_N_ELEMENTS (quantiles); i++)
    {
      g_autofree char *cell = format_ms (sy_latency_histogram_quantile (&tally->response, quantiles[i]),
                                         sy_latency_histogram_is_bound (&tally->response, quantiles[i]));

      append_cell (table, cell, 9);
    }

  g_string_append_c (table, '\n');
}

static void
append_notes (GString             *table,
              const SyLoadSummary *summary)
{
  const SyLoadTally *total = summary->total;
  g_autofree char *service_p50 = format_ms (sy_latency_histogram_quantile (&total->service, 0.50), FALSE);
  g_autofree char *service_p99 = format_ms (sy_latency_histogram_quantile (&total->service, 0.99), FALSE);
  g_autofree char *late = format_ms (sy_latency_histogram_quantile (&total->generator_late, 0.99), FALSE);
  g_autofree char *wait = format_ms (sy_latency_histogram_quantile (&total->connection_wait, 0.99),
                                     sy_latency_histogram_is_bound (&total->connection_wait, 0.99));

  g_string_append_printf (table, "  %.1f answers/s for %.1f s, %.2f in flight; service p50 %s, p99 %s ms; %" G_GUINT64_FORMAT
                          " connections opened\n",
                          sy_load_summary_get_throughput (summary), summary->duration,
                          sy_load_summary_get_in_flight (summary), service_p50, service_p99, total->connects);
  g_string_append_printf (table, "  late p99: generator %s ms, connection %s ms; generator %.2f cores, others ",
                          late, wait, summary->generator_cpu);

  if (isnan (summary->foreign_cores))
    g_string_append (table, "unknown\n");
  else
    g_string_append_printf (table, "%.2f cores\n", summary->foreign_cores);

  for (guint i = 0; i < SY_LOAD_N_FAULTS; i++)
    if (total->faults[i] > 0)
      g_string_append_printf (table, "  errors, %s: %" G_GUINT64_FORMAT "\n", sy_load_fault_nick (i), total->faults[i]);

  if (total->retried > 0)
    g_string_append_printf (table, "  sent twice, the connection was closed: %" G_GUINT64_FORMAT "\n", total->retried);

  if (summary->aborted != NULL)
    g_string_append_printf (table, "  ended early: %s\n", summary->aborted);

  if (summary->generator_limited)
    g_string_append (table, "  GENERATOR-LIMITED: these times say more about this machine than about the target\n");
}

char *
sy_load_report_table (GPtrArray *summaries)
{
  g_autoptr (GString) table = g_string_new (NULL);

  for (guint i = 0; i < summaries->len; i++)
    {
      const SyLoadSummary *summary = g_ptr_array_index (summaries, i);
      g_autofree char *target = sy_tty_escape (summary->target, -1);
      g_autofree char *workload = sy_tty_escape (summary->workload->id, -1);

      g_string_append_printf (table, "%s%s · %s\n%-16s %9s %9s %9s %9s %9s%9s%9s%9s%9s\n", i > 0 ? "\n" : "",
                              target, workload, "response in ms", "offered", "answered", "errors", "dropped",
                              "open", "p50", "p90", "p99", "p99.9");
      append_row (table, "all", summary->total);

      for (guint j = 0; summary->workload->n_classes > 1 && j < summary->workload->n_classes; j++)
        {
          g_autofree char *name = sy_tty_escape (summary->workload->classes[j].name, -1);

          append_row (table, name, &summary->classes[j]);
        }

      append_notes (table, summary);
    }

  return g_string_free (g_steal_pointer (&table), FALSE);
}

char *
sy_load_report_tick_text (const SyLoadTick *tick)
{
  g_autofree char *target = sy_tty_escape (tick->target, -1);
  g_autofree char *p50 = format_ms (tick->p50, FALSE);
  g_autofree char *p99 = format_ms (tick->p99, FALSE);
  g_autofree char *late = format_ms (tick->late_p99, FALSE);

  return g_strdup_printf ("%s  answered %" G_GUINT64_FORMAT "  errors %" G_GUINT64_FORMAT
                          "  dropped %" G_GUINT64_FORMAT "  in flight %u  p50 %s ms  p99 %s ms  late p99 %s ms",
                          target, tick->answered, tick->errors, tick->dropped, tick->in_flight, p50, p99, late);
}
