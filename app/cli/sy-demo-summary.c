/* sy-demo-summary.c: what the servers say beside what the client saw
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server's side is its own duration histogram since it started (it served
 * nothing but this load and our scrapes, which carry another route), the errors
 * it has counted, and the mean of the in-flight signal over the samples of the
 * time of the load: idle ones before and after it are not part of that.
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
#include "sy-quantile-json.h"
#include "sy-text.h"

#define SCHEMA "steelyard.demo/1"
#define N_BACKENDS 2

/* Of the table, in characters. */
#define NAME_WIDTH 16
#define CLIENT_WIDTH 12
#define SERVER_WIDTH 30

/* The members of the generator's summary that we pass on. */
static const char *const client_members[] = { "sent", "answered", "dropped", "errors", "unfinished",
                                              "in_flight_mean", "throughput", "p50", "p99", "late_p99",
                                              "from", "duration" };

typedef struct
{
  double client[G_N_ELEMENTS (client_members)]; /* NAN: not said */
  double requests;
  SyQuantile p50;
  SyQuantile p99;
  double in_flight_mean;
  double errors;
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

/* When the load was on, by the generator's own account, in monotonic time; from
 * @since_us on where it has not given one. */
static void
get_load_time (const Side *side,
               SyClock    *clock,
               gint64      since_us,
               gint64     *ret_from_us,
               gint64     *ret_to_us)
{
  const double from = client_value (side, "from");
  const double duration = client_value (side, "duration");

  *ret_from_us = since_us;
  *ret_to_us = G_MAXINT64;
  if (!isfinite (from) || !isfinite (duration))
    return;

  *ret_from_us = (gint64) (from * SY_USEC_PER_SEC) - sy_clock_get_wall (clock) + sy_clock_get_monotonic (clock);
  *ret_to_us = *ret_from_us + (gint64) (duration * SY_USEC_PER_SEC);
}

/* The answers of the last moments are counted by the scrape after the load's end;
 * what was in flight there is no part of the load. */
static void
read_history (Side      *side,
              SyBackend *backend,
              gint64     since_us)
{
  SyHistory *history = sy_backend_get_history (backend);
  gint64 from_us, to_us;

  get_load_time (side, sy_source_get_clock (sy_backend_get_source (backend)), since_us, &from_us, &to_us);
  side->in_flight_mean = sy_history_get_mean (history, SY_QUANTITY_IN_FLIGHT, from_us, to_us);
  side->errors = round (sy_history_get_total (history, SY_QUANTITY_ERRORS, since_us, G_MAXINT64));
}

static Side
read_side (SyDemo *demo,
           guint   index,
           gint64  since_us)
{
  Side side = { .requests = NAN, .p50 = SY_QUANTILE_NONE, .p99 = SY_QUANTILE_NONE, .in_flight_mean = NAN, .errors = NAN };
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
    read_history (&side, backend, since_us);

  return side;
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
  sy_quantile_write_json (&side->p50, "p50", w);
  sy_quantile_write_json (&side->p99, "p99", w);
  sy_json_writer_member_double (w, "in_flight_mean", side->in_flight_mean);
  sy_json_writer_member_double (w, "errors", side->errors);
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

/* "22.5 ms (20.0 ms–25.0 ms)": the bounds of its bucket. */
static char *
format_quantile (const SyQuantile *quantile)
{
  g_autofree char *estimate = sy_live_table_format_seconds (quantile->estimate);
  g_autofree char *lower = sy_live_table_format_seconds (quantile->lower);
  g_autofree char *upper = sy_live_table_format_seconds (quantile->upper);

  if (isnan (quantile->estimate) || isnan (quantile->lower) || isnan (quantile->upper))
    return g_steal_pointer (&estimate);
  if (isinf (quantile->upper))
    return g_strdup_printf ("%s (above %s)", estimate, lower);

  return g_strdup_printf ("%s (%s–%s)", estimate, lower, upper);
}

/* Takes @cells: client and server of each backend. */
static gboolean
print_row (const char *quantity,
           char       *cells[N_BACKENDS * 2])
{
  g_autoptr (GString) line = g_string_new (NULL);

  sy_command_append_cell (line, quantity, -NAME_WIDTH);
  for (guint i = 0; i < N_BACKENDS * 2; i++)
    {
      sy_command_append_cell (line, cells[i], i % 2 == 0 ? CLIENT_WIDTH : SERVER_WIDTH);
      g_free (cells[i]);
    }

  return sy_command_print (line->str);
}

static gboolean
print_counts (const char *quantity,
              const char *member,
              const Side  sides[N_BACKENDS],
              double      server_a,
              double      server_b)
{
  return print_row (quantity, (char *[]) { format_count (client_value (&sides[0], member)), format_count (server_a),
                                           format_count (client_value (&sides[1], member)), format_count (server_b) });
}

static gboolean
print_times (const char       *quantity,
             const char       *member,
             const Side        sides[N_BACKENDS],
             const SyQuantile *server_a,
             const SyQuantile *server_b)
{
  return print_row (quantity, (char *[]) { sy_live_table_format_seconds (client_value (&sides[0], member)),
                                           format_quantile (server_a),
                                           sy_live_table_format_seconds (client_value (&sides[1], member)),
                                           format_quantile (server_b) });
}

static gboolean
print_title (SyDemo *demo)
{
  g_autoptr (GString) line = g_string_new ("\n");

  sy_command_append_cell (line, "", -NAME_WIDTH);
  for (guint i = 0; i < N_BACKENDS; i++)
    {
      SyBackend *backend = sy_demo_get_backend (demo, i);
      g_autofree char *name = sy_display_text (backend != NULL ? sy_backend_get_name (backend) : "removed", -1,
                                               CLIENT_WIDTH + SERVER_WIDTH - 2);

      sy_command_append_cell (line, name, CLIENT_WIDTH + SERVER_WIDTH);
    }

  return sy_command_print (line->str)
         && print_row ("", (char *[]) { g_strdup ("client saw"), g_strdup ("server says"), g_strdup ("client saw"),
                                        g_strdup ("server says") });
}

static gboolean
print_table (SyDemo     *demo,
             const Side  sides[N_BACKENDS])
{
  static const SyQuantile unknown = SY_QUANTILE_NONE;
  const Side *a = &sides[0];
  const Side *b = &sides[1];

  return print_title (demo)
         && print_counts ("requests", "answered", sides, a->requests, b->requests)
         && print_counts ("errors", "errors", sides, a->errors, b->errors)
         && print_counts ("dropped", "dropped", sides, NAN, NAN)
         && print_counts ("in flight (mean)", "in_flight_mean", sides, a->in_flight_mean, b->in_flight_mean)
         && print_times ("latency p50", "p50", sides, &a->p50, &b->p50)
         && print_times ("latency p99", "p99", sides, &a->p99, &b->p99)
         && print_times ("late p99", "late_p99", sides, &unknown, &unknown);
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
