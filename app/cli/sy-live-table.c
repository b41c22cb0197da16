/* sy-live-table.c: the live comparison as rows or as JSON lines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-cli"

#include "config.h"

#include "sy-live-table.h"

#include <math.h>

#include "sy-command.h"
#include "sy-decimals.h"
#include "sy-error.h"
#include "sy-evidence-class.h"
#include "sy-json.h"
#include "sy-quantile-json.h"
#include "sy-text.h"

#define SCHEMA "steelyard.watch/1"
#define STALE_INTERVALS 3
#define HEADER_EVERY 20
#define UNKNOWN "—"
#define MAX_DECIMALS 8

/* Of the cells behind the state, in characters, with the blanks before them. */
static const int cell_widths[] = { 11, 11, 10, 11, 11, 8, 11, 14, 14 };

struct _SyLiveTable
{
  SySession    *session; /* (owned) */
  SyJsonWriter *writer;  /* (owned) (nullable): set for JSON */
  guint         n_rows;
};

static char *
format_number (double      value,
               const char *format)
{
  if (isnan (value))
    return g_strdup (UNKNOWN);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, value);
#pragma GCC diagnostic pop
}

/* "USD 0.0068": whole cents, and two digits that count below. */
static char *
format_money (double      amount,
              const char *currency)
{
  const int decimals = fabs (amount) < 0.995 ? CLAMP (sy_decimals_for (amount, 2), 2, MAX_DECIMALS) : 2;

  return isnan (amount) ? g_strdup (UNKNOWN) : g_strdup_printf ("%s %.*f", currency, decimals, amount);
}

static char *
format_bytes (double bytes)
{
  return isnan (bytes) ? g_strdup (UNKNOWN) : g_format_size ((guint64) bytes);
}

/* The reading to show now: NULL when there is none or it is too old. */
static const SyReading *
current_reading (SyLiveTable *self,
                 SyBackend   *backend)
{
  const SyReading *reading = sy_backend_get_reading (backend);
  const gint64 now = sy_clock_get_monotonic (sy_session_get_clock (self->session));
  const gint64 limit = STALE_INTERVALS * sy_session_get_interval (self->session);

  return reading != NULL && now - reading->monotonic_us <= limit ? reading : NULL;
}

/* What the costs of the same line rest on. */
static void
write_price (SyLiveTable *self)
{
  SyJsonWriter *w = self->writer;
  const SyPrice *price = sy_session_get_price (self->session);

  sy_json_writer_key (w, "price");
  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "ref", price->id);
  sy_json_writer_member_string (w, "cls", sy_evidence_class_to_string (SY_EVIDENCE_PRICED));
  sy_json_writer_member_double (w, "per_hour", price->per_hour);
  sy_json_writer_member_string (w, "observed", price->observed);
  sy_json_writer_member_string (w, "source", price->source);
  sy_json_writer_member_string (w, "grade", price->grade);
  sy_json_writer_member_bool (w, "stale", sy_price_is_stale (price, sy_clock_get_wall (sy_session_get_clock (self->session))));
  sy_json_writer_end_object (w);
}

static void
write_values (SyLiveTable      *self,
              const SyReading  *reading,
              const SyLoadCost *cost)
{
  SyJsonWriter *w = self->writer;

  sy_json_writer_member_double (w, "throughput", reading->throughput);
  sy_json_writer_member_double (w, "errors", reading->errors);
  sy_json_writer_member_double (w, "in_flight", reading->in_flight);
  sy_json_writer_member_string (w, "in_flight_how",
                                reading->in_flight_how != SY_HOW_NONE ? sy_how_nick (reading->in_flight_how) : NULL);
  sy_quantile_write_json (&reading->p50, "p50", w);
  sy_quantile_write_json (&reading->p99, "p99", w);
  sy_json_writer_member_double (w, "cpu_cores", reading->cpu_cores);
  sy_json_writer_member_double (w, "rss", reading->rss);
  sy_json_writer_member_double (w, "cost_per_hour", cost->per_hour);
  sy_json_writer_member_double (w, "cost_per_million", cost->per_million);
  sy_json_writer_member_string (w, "currency", sy_session_get_price (self->session)->currency);
  write_price (self);
}

static gboolean
print_json (SyLiveTable *self,
            SyBackend   *backend)
{
  SyJsonWriter *w = self->writer;
  SySource *source = sy_backend_get_source (backend);
  const SyReading *reading = current_reading (self, backend);
  const SyLoadCost no_cost = { NAN, NAN, NAN, NAN, FALSE };
  const gint64 wall_us = sy_clock_get_wall (sy_session_get_clock (self->session));
  g_autofree char *line = NULL;
  SyReading none;

  sy_reading_init (&none);

  sy_json_writer_begin_object (w);
  sy_json_writer_member_string (w, "schema", SCHEMA);
  sy_json_writer_member_double (w, "t", (double) wall_us / SY_USEC_PER_SEC);
  sy_json_writer_member_string (w, "backend", sy_backend_get_letter (backend));
  sy_json_writer_member_string (w, "url", sy_url_get_redacted (sy_source_get_url (source)));
  sy_json_writer_member_string (w, "state", sy_source_state_nick (sy_source_get_state (source)));
  sy_json_writer_member_string (w, "reason", sy_error_nick (sy_source_get_error (source)));
  write_values (self, reading != NULL ? reading : &none, reading != NULL ? sy_backend_get_cost (backend) : &no_cost);
  sy_json_writer_end_object (w);

  line = sy_json_writer_finish (w);
  return sy_command_print (line);
}

/* The table's columns, below what its costs rest on. */
static gboolean
print_header (SyLiveTable *self)
{
  const SyPrice *price = sy_session_get_price (self->session);
  const gboolean stale = sy_price_is_stale (price, sy_clock_get_wall (sy_session_get_clock (self->session)));
  g_autofree char *source = sy_tty_escape (price->source, -1);
  g_autofree char *id = sy_tty_escape (price->id, -1);
  g_autofree char *observed = sy_tty_escape (price->observed, -1);
  g_autofree char *line = g_strdup_printf ("  costs: %s %.4f an hour, %s, of %s (%s: %s)%s", price->currency, price->per_hour, id,
                                           observed, sy_evidence_class_to_string (SY_EVIDENCE_PRICED), source,
                                           stale ? "; old, so only indicative" : "");

  if (!sy_command_print (line))
    return FALSE;

  return sy_command_print ("  backend               state       in flight      req/s  errors/s        p50        p99"
                           "   cores     memory      per hour   per million");
}

/* A stream that fell silent has no error, and an answer that is too old to show.
 * (transfer full) */
static char *
describe_silence (SyLiveTable *self,
                  SyBackend   *backend)
{
  const SyReading *reading = sy_backend_get_reading (backend);
  const GError *error = sy_source_get_error (sy_backend_get_source (backend));
  const gint64 now = sy_clock_get_monotonic (sy_session_get_clock (self->session));
  g_autofree char *age = NULL;

  if (error != NULL)
    return sy_tty_escape (error->message, -1);
  if (reading == NULL)
    return g_strdup ("no answer yet");

  age = sy_live_table_format_seconds ((double) (now - reading->monotonic_us) / SY_USEC_PER_SEC);
  return g_strdup_printf ("the last answer is %s old", age);
}

/* What stands where the numbers would, while there are none. */
static gboolean
print_state (SyLiveTable *self,
             SyBackend   *backend)
{
  SySource *source = sy_backend_get_source (backend);
  g_autofree char *name = sy_display_text (sy_backend_get_name (backend), -1, 20);
  g_autofree char *why = describe_silence (self, backend);
  g_autoptr (GString) line = g_string_new (NULL);

  sy_command_append_cell (line, sy_backend_get_letter (backend), -2);
  sy_command_append_cell (line, name, -22);
  sy_command_append_cell (line, sy_source_state_nick (sy_source_get_state (source)), -12);
  g_string_append (line, why);

  return sy_command_print (line->str);
}

static gboolean
print_row (SyLiveTable *self,
           SyBackend   *backend)
{
  const SyReading *reading = current_reading (self, backend);
  const SyLoadCost *cost = sy_backend_get_cost (backend);
  const SyPrice *price = sy_session_get_price (self->session);
  g_autofree char *name = sy_display_text (sy_backend_get_name (backend), -1, 20);
  g_autoptr (GString) line = g_string_new (NULL);

  if (reading == NULL)
    return print_state (self, backend);

  g_autofree char *in_flight = format_number (reading->in_flight, "%.1f");
  g_autofree char *throughput = format_number (reading->throughput, "%.1f");
  g_autofree char *errors = format_number (reading->errors, "%.2f");
  g_autofree char *p50 = sy_live_table_format_seconds (reading->p50.estimate);
  g_autofree char *p99 = sy_live_table_format_seconds (reading->p99.estimate);
  g_autofree char *cores = format_number (reading->cpu_cores, "%.2f");
  g_autofree char *memory = format_bytes (reading->rss);
  g_autofree char *per_hour = format_money (cost->per_hour, price->currency);
  g_autofree char *per_million = format_money (cost->per_million, price->currency);

  const char *const cells[] = { in_flight, throughput, errors, p50, p99, cores, memory, per_hour, per_million };

  G_STATIC_ASSERT (G_N_ELEMENTS (cells) == G_N_ELEMENTS (cell_widths));
  sy_command_append_cell (line, sy_backend_get_letter (backend), -2);
  sy_command_append_cell (line, name, -22);
  sy_command_append_cell (line, sy_source_state_nick (sy_source_get_state (sy_backend_get_source (backend))), -10);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    sy_command_append_cell (line, cells[i], cell_widths[i]);
  return sy_command_print (line->str);
}

SyLiveTable *
sy_live_table_new (SySession *session,
                   gboolean   json)
{
  SyLiveTable *self = g_new0 (SyLiveTable, 1);

  self->session = g_object_ref (session);
  self->writer = json ? sy_json_writer_new () : NULL;
  return self;
}

void
sy_live_table_free (SyLiveTable *self)
{
  g_clear_object (&self->session);
  g_clear_pointer (&self->writer, sy_json_writer_free);
  g_free (self);
}

gboolean
sy_live_table_print (SyLiveTable *self)
{
  if (self->writer == NULL && self->n_rows++ % HEADER_EVERY == 0 && !print_header (self))
    return FALSE;

  for (guint i = 0; i < sy_session_get_n (self->session); i++)
    {
      SyBackend *backend = sy_session_get (self->session, i);

      if (!(self->writer != NULL ? print_json (self, backend) : print_row (self, backend)))
        return FALSE;
    }

  return TRUE;
}

char *
sy_live_table_format_seconds (double seconds)
{
  if (isnan (seconds))
    return g_strdup (UNKNOWN);
  if (seconds < 1e-3)
    return g_strdup_printf ("%.0f µs", seconds * 1e6);
  if (seconds < 1)
    return g_strdup_printf ("%.1f ms", seconds * 1e3);

  return g_strdup_printf ("%.2f s", seconds);
}
