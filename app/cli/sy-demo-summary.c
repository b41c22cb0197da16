/* sy-demo-summary.c: what the servers say beside what the client saw
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server's side is its own duration histogram since it started (it served
 * nothing but this load and our scrapes, which carry another route), and the
 * mean of the in-flight signal over the samples of the run.
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-demo-summary.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "sy-command.h"
#include "sy-json.h"
#include "sy-live-table.h"
#include "sy-text.h"

#define SCHEMA "steelyard.demo/1"
#define N_BACKENDS 2

/* The members of the generator's summary that we pass on. */
static const char *const client_members[] = { "sent", "answered", "dropped", "errors", "unfinished",
                                              "in_flight_mean", "throughput", "p50", "p99", "late_p99" };

typedef struct
{
  double client[G_N_ELEMENTS (client_members)]; /* NAN: not said */
  double requests;
  SyQuantile p50;
  SyQuantile p99;
  double in_flight_mean;
  gboolean is_generator_limited; /* the load came late: the client's times say more of this machine */
} Side;

static double
client_value (const Side *side,
              const char *member)
{
  for (gsize i = 0; i < G_N_ELEMENTS (client_members); i++)
    if (g_str_equal (client_members[i], member))
      return side->client[i];

  return NAN;
}

static double
read_member (JsonObject *object,
             const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || (json_node_get_value_type (node) != G_TYPE_DOUBLE && json_node_get_value_type (node) != G_TYPE_INT64))
    return NAN;

  return json_node_get_double (node);
}

static void
read_client (Side       *side,
             const char *summary)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  if (!sy_json_check (summary, strlen (summary), NULL, NULL) || !json_parser_load_from_data (parser, summary, -1, NULL)
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (client_members); i++)
    side->client[i] = read_member (json_node_get_object (json_parser_get_root (parser)), client_members[i]);

  side->is_generator_limited = json_object_get_boolean_member_with_default (json_node_get_object (json_parser_get_root (parser)),
                                                                            "generator_limited", FALSE);
}

/* The mean of what was shown as in flight since the load began, without the
 * silence after its end. */
static double
mean_in_flight (SyBackend *backend,
                gint64     since_us)
{
  SyHistory *history = sy_backend_get_history (backend);
  const SyColumn *in_flight = sy_history_get_column (history, SY_QUANTITY_IN_FLIGHT);
  const SyColumn *throughput = sy_history_get_column (history, SY_QUANTITY_THROUGHPUT);
  SyTimes *times = sy_history_get_times (history);
  double sum = 0;
  guint n = 0;

  for (guint i = sy_times_find (times, since_us); i < sy_times_get_n (times); i++)
    if (!isnan (sy_column_get (in_flight, i)) && sy_column_get (throughput, i) > 0)
      {
        sum += sy_column_get (in_flight, i);
        n++;
      }

  return n > 0 ? sum / n : (double) NAN;
}

static Side
read_side (SyDemo *demo,
           guint   index,
           gint64  since_us)
{
  Side side = { .requests = NAN, .p50 = SY_QUANTILE_NONE, .p99 = SY_QUANTILE_NONE, .in_flight_mean = NAN };
  const GPtrArray *summaries = sy_demo_get_summaries (demo);
  SyBackend *backend = sy_demo_get_backend (demo, index);
  const SyBuckets *durations = backend != NULL ? sy_backend_get_durations (backend) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (client_members); i++)
    side.client[i] = NAN;

  if (index < summaries->len)
    read_client (&side, g_ptr_array_index (summaries, index));

  if (durations != NULL)
    {
      side.requests = sy_buckets_get_count (durations);
      side.p50 = sy_buckets_quantile (durations, 0.5);
      side.p99 = sy_buckets_quantile (durations, 0.99);
    }

  if (backend != NULL)
    side.in_flight_mean = mean_in_flight (backend, since_us);

  return side;
}

static void
write_quantile (SyJsonWriter     *writer,
                const char       *key,
                const SyQuantile *quantile)
{
  sy_json_writer_key (writer, key);
  sy_json_writer_begin_array (writer);
  sy_json_writer_double (writer, quantile->lower);
  sy_json_writer_double (writer, quantile->estimate);
  sy_json_writer_double (writer, quantile->upper);
  sy_json_writer_end_array (writer);
}

static void
write_side (SyJsonWriter *w,
            const char   *letter,
            const Side   *side)
{
  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "backend", letter);

  sy_json_writer_key (w, "client");
  sy_json_writer_begin_object (w);
  for (gsize i = 0; i < G_N_ELEMENTS (client_members); i++)
    sy_json_writer_member_double (w, client_members[i], side->client[i]);
  sy_json_writer_end_object (w);

  sy_json_writer_key (w, "server");
  sy_json_writer_begin_object (w);
  sy_json_writer_member_double (w, "requests", side->requests);
  write_quantile (w, "p50", &side->p50);
  write_quantile (w, "p99", &side->p99);
  sy_json_writer_member_double (w, "in_flight_mean", side->in_flight_mean);
  sy_json_writer_end_object (w);

  sy_json_writer_end_object (w);
}

static gboolean
print_json (const Side sides[N_BACKENDS])
{
  g_autoptr (SyJsonWriter) w = sy_json_writer_new ();
  g_autofree char *line = NULL;

  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "schema", SCHEMA);
  sy_json_writer_key (w, "backends");
  sy_json_writer_begin_array (w);
  write_side (w, "a", &sides[0]);
  write_side (w, "b", &sides[1]);
  sy_json_writer_end_array (w);
  sy_json_writer_end_object (w);

  line = sy_json_writer_finish (w);
  return sy_command_print (line);
}

/* Counts are whole, means are not. */
static char *
format_count (double value)
{
  if (isnan (value))
    return g_strdup ("—");

  return value == round (value) ? g_strdup_printf ("%.0f", value) : g_strdup_printf ("%.2f", value);
}

static gboolean
print_row (const char *quantity,
           double      values[N_BACKENDS * 2],
           gboolean    is_time)
{
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_printf (line, "%-20s", quantity);
  for (guint i = 0; i < N_BACKENDS * 2; i++)
    {
      g_autofree char *text = is_time ? sy_live_table_format_seconds (values[i]) : format_count (values[i]);

      g_string_append_printf (line, "  %12s", text);
    }

  return sy_command_print (line->str);
}

static gboolean
print_table (SyDemo     *demo,
             const Side  sides[N_BACKENDS])
{
  const Side *a = &sides[0];
  const Side *b = &sides[1];
  g_autofree char *title = NULL;
  char *names[N_BACKENDS];

  for (guint i = 0; i < N_BACKENDS; i++)
    {
      SyBackend *backend = sy_demo_get_backend (demo, i);

      names[i] = sy_display_text (backend != NULL ? sy_backend_get_name (backend) : "removed", -1, 26);
    }

  title = g_strdup_printf ("\n%-20s  %-26s  %-26s\n%-20s  %12s  %12s  %12s  %12s", "", names[0], names[1], "", "client saw",
                           "server says", "client saw", "server says");
  g_free (names[0]);
  g_free (names[1]);

  return sy_command_print (title)
         && print_row ("requests", (double[]) { client_value (a, "answered"), a->requests,
                                                client_value (b, "answered"), b->requests }, FALSE)
         && print_row ("errors", (double[]) { client_value (a, "errors"), NAN, client_value (b, "errors"), NAN }, FALSE)
         && print_row ("dropped", (double[]) { client_value (a, "dropped"), NAN, client_value (b, "dropped"), NAN }, FALSE)
         && print_row ("in flight (mean)", (double[]) { client_value (a, "in_flight_mean"), a->in_flight_mean,
                                                        client_value (b, "in_flight_mean"), b->in_flight_mean }, FALSE)
         && print_row ("latency p50", (double[]) { client_value (a, "p50"), a->p50.estimate,
                                                   client_value (b, "p50"), b->p50.estimate }, TRUE)
         && print_row ("latency p99", (double[]) { client_value (a, "p99"), a->p99.estimate,
                                                   client_value (b, "p99"), b->p99.estimate }, TRUE)
         && print_row ("late p99", (double[]) { client_value (a, "late_p99"), NAN, client_value (b, "late_p99"), NAN }, TRUE);
}

gboolean
sy_demo_summary_print (SyDemo   *demo,
                       gint64    since_us,
                       gboolean  json)
{
  const Side sides[N_BACKENDS] = { read_side (demo, 0, since_us), read_side (demo, 1, since_us) };

  if (sides[0].is_generator_limited || sides[1].is_generator_limited)
    g_printerr ("steelyard-cli: demo: this machine was too busy to send the load in time: its times say more about the machine"
                " than about the servers\n");

  return json ? print_json (sides) : print_table (demo, sides);
}
