/* sy-snapshot.c: steelyard.snapshot/1, the JSON of the reference servers
 *
 * A snapshot is rendered as the text that the same server gives under /metrics
 * and read by the one parser there is, so the rooms to the right see the same
 * names whichever way a server is asked. What has no name in that text (bytes,
 * streams, the derived hints) is left out; what is absent stays absent, and what
 * is of another type than the schema's is an error (sy-snapshot-shape.c).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-exposition-private.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-json.h"
#include "sy-series-table-private.h"
#include "sy-snapshot-shape.h"

#define SCHEMA "steelyard.snapshot/1"

typedef struct {
  GString   *text;     /* owned */
  JsonArray *bounds;   /* borrowed, nullable */
  JsonObject *root;    /* borrowed */
  GError    *error;    /* owned, nullable: the first that was met */
} Renderer;

/* A number of the snapshot that is one sample of the text. */
typedef struct {
  const char *object;  /* member of the root */
  const char *member;
  const char *family;
  const char *type;    /* NULL: another sample of the family above */
  const char *labels;  /* with braces, or "" */
} Single;

static const Single singles[] = {
  { "gauges", "active", "http_server_active_requests", "gauge", "" },
  { "gauges", "queued", "steelyard_queue_length", "gauge", "" },
  { "gauges", "threads_busy", "steelyard_workers_busy", "gauge", "" },
  { "gauges", "rss", "process_resident_memory_bytes", "gauge", "" },
  { "gauges", "fds", "process_open_fds", "gauge", "" },
  { "counters", "rejected", "steelyard_rejected_total", "counter", "{reason=\"queue_full\"}" },
  { "counters", "loop_active", "steelyard_loop_time_seconds_total", "counter", "{state=\"active\"}" },
  { "counters", "loop_idle", "steelyard_loop_time_seconds_total", NULL, "{state=\"idle\"}" },
  { "counters", "gil_hold", "steelyard_gil_hold_seconds_total", "counter", "" },
  { "counters", "gil_switch_released", "steelyard_gil_switches_total", "counter", "{reason=\"released\"}" },
  { "counters", "gil_switch_forced", "steelyard_gil_switches_total", NULL, "{reason=\"forced\"}" },
  { "counters", "ctx_voluntary", "process_context_switches_total", "counter", "{type=\"voluntary\"}" },
  { "counters", "ctx_involuntary", "process_context_switches_total", NULL, "{type=\"involuntary\"}" },
};

static const struct {
  const char *member; /* of `hist` */
  const char *family;
} waits[] = {
  { "queue_wait", "steelyard_queue_wait_seconds" },
  { "loop_delay", "steelyard_loop_delay_seconds" },
  { "gil_wait", "steelyard_gil_wait_seconds" },
};

/* --- Reading JSON: what is missing is nothing; types were checked --- */

static JsonNode *
get_member (JsonObject   *object,
            const char   *name,
            JsonNodeType  type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && json_node_get_node_type (node) == type ? node : NULL;
}

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = get_member (object, name, JSON_NODE_OBJECT);

  return node != NULL ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_array (JsonObject *object,
           const char *name)
{
  JsonNode *node = get_member (object, name, JSON_NODE_ARRAY);

  return node != NULL ? json_node_get_array (node) : NULL;
}

static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonNode *node = get_member (object, name, JSON_NODE_VALUE);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";
}

static double
get_node_number (JsonNode *node)
{
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      (json_node_get_value_type (node) == G_TYPE_INT64 || json_node_get_value_type (node) == G_TYPE_DOUBLE))
    return json_node_get_double (node);

  return (double) NAN;
}

static double
get_number (JsonObject *object,
            const char *name)
{
  return get_node_number (get_member (object, name, JSON_NODE_VALUE));
}

/* --- Writing text --- */

static void
append_type (Renderer   *self,
             const char *family,
             const char *type)
{
  g_string_append_printf (self->text, "# TYPE %s %s\n", family, type);
}

static void
append_number (Renderer *self,
               double    value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (self->text, " %s\n", g_ascii_dtostr (number, sizeof number, value));
}

static void
append_label (Renderer   *self,
              const char *name,
              const char *value)
{
  g_string_append_printf (self->text, "%s=\"", name);

  for (; *value != '\0'; value++)
    if (*value == '\n')
      g_string_append (self->text, "\\n");
    else
      {
        if (*value == '\\' || *value == '"')
          g_string_append_c (self->text, '\\');
        g_string_append_c (self->text, *value);
      }

  g_string_append_c (self->text, '"');
}

static void
append_single (Renderer   *self,
               const char *family,
               const char *type,
               double      value)
{
  if (isnan (value))
    return;

  append_type (self, family, type);
  g_string_append (self->text, family);
  append_number (self, value);
}

static void
append_singles (Renderer *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (singles); i++)
    {
      double value = get_number (get_object (self->root, singles[i].object), singles[i].member);

      if (isnan (value))
        continue;

      if (singles[i].type != NULL)
        append_type (self, singles[i].family, singles[i].type);
      g_string_append_printf (self->text, "%s%s", singles[i].family, singles[i].labels);
      append_number (self, value);
    }
}

/* @labels: `name="value",…` without braces, or "". */
static void
append_histogram (Renderer   *self,
                  const char *family,
                  const char *labels,
                  JsonObject *histogram)
{
  JsonArray  *counts = get_array (histogram, "b");
  const char *comma = *labels != '\0' ? "," : "";
  guint       n_bounds = self->bounds != NULL ? json_array_get_length (self->bounds) : 0;
  char        number[G_ASCII_DTOSTR_BUF_SIZE];

  if (counts == NULL || json_array_get_length (counts) != n_bounds)
    {
      if (self->error == NULL)
        self->error = g_error_new (SY_ERROR, SY_ERROR_PARSE,
                                   "1:1: the histogram of %s has not one count for each of the %u bounds",
                                   family, n_bounds);
      return;
    }

  for (guint i = 0; i < n_bounds; i++)
    {
      g_ascii_dtostr (number, sizeof number, get_node_number (json_array_get_element (self->bounds, i)));
      g_string_append_printf (self->text, "%s_bucket{%s%sle=\"%s\"}", family, labels, comma, number);
      append_number (self, get_node_number (json_array_get_element (counts, i)));
    }

  g_string_append_printf (self->text, "%s_bucket{%s%sle=\"+Inf\"}", family, labels, comma);
  append_number (self, get_number (histogram, "count"));
  g_string_append_printf (self->text, "%s_sum{%s}", family, labels);
  append_number (self, get_number (histogram, "sum"));
  g_string_append_printf (self->text, "%s_count{%s}", family, labels);
  append_number (self, get_number (histogram, "count"));
}

/* The text counts by exact status, the snapshot by class: "2xx" is what it is. */
static void
append_requests (Renderer *self)
{
  const char *family = "http_server_request_duration_seconds";
  JsonArray  *requests = get_array (get_object (self->root, "hist"), "request");
  guint       n_requests = requests != NULL ? json_array_get_length (requests) : 0;

  if (requests == NULL)
    return;

  append_type (self, family, "histogram");
  for (guint i = 0; i < n_requests; i++)
    {
      JsonNode   *node = json_array_get_element (requests, i);
      JsonObject *request = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      Renderer    labels = { .text = g_string_new (NULL) };

      append_label (&labels, "http_request_method", get_string (request, "method"));
      g_string_append_c (labels.text, ',');
      append_label (&labels, "http_route", get_string (request, "route"));
      g_string_append_c (labels.text, ',');
      append_label (&labels, "http_response_status_code", get_string (request, "class"));
      g_string_append (labels.text, ",url_scheme=\"http\"");

      append_histogram (self, family, labels.text->str, request);
      g_string_free (labels.text, TRUE);
    }
}

static void
append_waits (Renderer *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      JsonObject *histogram = get_object (get_object (self->root, "hist"), waits[i].member);

      if (histogram == NULL)
        continue;

      append_type (self, waits[i].family, "histogram");
      append_histogram (self, waits[i].family, "", histogram);
    }
}

/* One sample for each number of @object, told apart by the label `kind`. */
static void
append_kinds (Renderer   *self,
              const char *family,
              JsonObject *object)
{
  JsonObjectIter iter;
  const char    *kind;
  JsonNode      *node;

  if (object == NULL)
    return;

  append_type (self, family, "gauge");
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &kind, &node))
    {
      g_string_append_printf (self->text, "%s{", family);
      append_label (self, "kind", kind);
      g_string_append_c (self->text, '}');
      append_number (self, get_node_number (node));
    }
}

static void
append_workers (Renderer *self)
{
  const char *family = "steelyard_workers";
  JsonObject *server = get_object (self->root, "server");
  JsonObject *workers = get_object (server, "workers");
  double      n_processes = get_number (workers, "processes");
  double      n_threads = get_number (workers, "threads");
  JsonNode   *gil = get_member (server, "gil", JSON_NODE_VALUE);

  if (!isnan (n_processes) || !isnan (n_threads))
    append_type (self, family, "gauge");
  if (!isnan (n_processes))
    {
      g_string_append_printf (self->text, "%s{kind=\"process\"}", family);
      append_number (self, n_processes);
    }
  if (!isnan (n_threads))
    {
      g_string_append_printf (self->text, "%s{kind=\"thread\"}", family);
      append_number (self, n_threads);
    }

  if (gil != NULL && json_node_get_value_type (gil) == G_TYPE_BOOLEAN)
    append_single (self, "python_gil_enabled", "gauge", json_node_get_boolean (gil));
}

/* The start is said as "now" and "for so long", which differ by a little every
 * time; it names the process, so the first word about a boot counts. */
static void
append_process (Renderer      *self,
                SySeriesTable *table)
{
  JsonObject *counters = get_object (self->root, "counters");
  JsonObject *server = get_object (self->root, "server");
  const char *boot = get_string (self->root, "boot");
  double      start = get_number (self->root, "t") - get_number (self->root, "uptime");

  append_single (self, "process_cpu_seconds_total", "counter",
                 get_number (counters, "cpu_user") + get_number (counters, "cpu_system"));
  append_single (self, "process_start_time_seconds", "gauge",
                 sy_series_table_remember_start (table, boot, start));

  append_type (self, "steelyard_server_info", "gauge");
  g_string_append (self->text, "steelyard_server_info{");
  append_label (self, "model", get_string (server, "model"));
  g_string_append_c (self->text, ',');
  append_label (self, "runtime", get_string (server, "runtime"));
  g_string_append_c (self->text, ',');
  append_label (self, "runtime_version", get_string (server, "version"));
  g_string_append_c (self->text, ',');
  append_label (self, "boot", boot);
  g_string_append (self->text, ",schema=\"1\"} 1\n");
}

static JsonObject *
load_root (JsonParser  *parser,
           GBytes      *body,
           GError     **error)
{
  g_autoptr (GError) json_error = NULL;
  gsize       length;
  const char *data = g_bytes_get_data (body, &length);
  JsonNode   *node;

  if (!sy_json_check (data, length, NULL, error))
    return NULL;

  if (!json_parser_load_from_data (parser, data, (gssize) length, &json_error))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_PARSE, "1:1: %s", json_error->message);
      return NULL;
    }

  node = json_parser_get_root (parser);
  if (!JSON_NODE_HOLDS_OBJECT (node) || strcmp (get_string (json_node_get_object (node), "schema"), SCHEMA) != 0)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_FORMAT, "JSON, but not of schema " SCHEMA);
      return NULL;
    }

  return sy_snapshot_check_shape (node, error) ? json_node_get_object (node) : NULL;
}

static GBytes *
render (JsonObject     *root,
        SySeriesTable  *table,
        GError        **error)
{
  Renderer renderer = { .text = g_string_new (NULL), .root = root, .bounds = get_array (root, "bounds") };

  append_requests (&renderer);
  append_singles (&renderer);
  append_kinds (&renderer, "steelyard_connections", get_object (get_object (root, "gauges"), "connections"));
  append_waits (&renderer);
  append_workers (&renderer);
  append_process (&renderer, table);

  if (renderer.error != NULL)
    {
      g_propagate_error (error, renderer.error);
      g_string_free (renderer.text, TRUE);
      return NULL;
    }

  return g_string_free_to_bytes (renderer.text);
}

SyExposition *
sy_snapshot_parse (GBytes                    *body,
                   const SyExpositionLimits  *limits,
                   SySeriesTable             *table,
                   GError                   **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GBytes) text = NULL;
  JsonObject   *root = load_root (parser, body, error);
  SyExposition *exposition;

  if (root == NULL)
    return NULL;

  text = render (root, table, error);
  if (text == NULL)
    return NULL;

  exposition = sy_exposition_parse_text (text, SY_FORMAT_PROMETHEUS, limits, table, error);
  if (exposition != NULL)
    exposition->format = SY_FORMAT_JSON;

  return exposition;
}
