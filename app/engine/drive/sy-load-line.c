/* sy-load-line.c: what a load that runs beside us says, read back
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The other side of sy-load-report.c. The text comes from a program of ours,
 * but through a pipe: it is checked like everything that does.
 */
#define G_LOG_DOMAIN "steelyard-drive"

#include "config.h"

#include "sy-load-line.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-json.h"
#include "sy-latency-histogram.h"

#define SCHEMA "steelyard.drive/1"

static const SyJsonLimits limits = { .max_bytes = 1024 * 1024, .max_depth = 8, .max_string = 4096, .max_members = 4096 };

/* A duration of exactly the threshold may lie in a bucket that ends beyond it. */
#define BUCKET_WIDTH (1.0 / 128)

static double
number_of (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NAN;

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_INT64:
      return (double) json_node_get_int (node);
    case G_TYPE_DOUBLE:
      return json_node_get_double (node);
    default:
      return NAN; /* "NaN", as unknown numbers are written */
    }
}

static double
get_number (JsonObject *object,
            const char *member)
{
  return number_of (json_object_get_member (object, member));
}

/* (transfer full) (nullable) */
static char *
get_text (JsonObject *object,
          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_dup_string (node);
}

static gboolean
get_flag (JsonObject *object,
          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}

static gboolean
read_bucket (JsonNode *node,
             double   *upper,
             guint64  *count)
{
  JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  double n;

  if (pair == NULL || json_array_get_length (pair) != 2)
    return FALSE;

  *upper = number_of (json_array_get_element (pair, 0));
  n = number_of (json_array_get_element (pair, 1));
  if (!(*upper >= 0 && isfinite (*upper) && n >= 1 && n <= G_MAXUINT32))
    return FALSE;

  *count = (guint64) n;
  return TRUE;
}

static gboolean
read_histogram (SyLoadLine  *self,
                JsonObject  *object,
                GError     **error)
{
  JsonNode *node = json_object_get_member (object, "response_histogram");
  JsonArray *buckets;

  if (node == NULL)
    return TRUE;

  buckets = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (buckets == NULL || json_array_get_length (buckets) > SY_LATENCY_BUCKETS)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "response_histogram is no array of buckets");
      return FALSE;
    }

  self->n_buckets = json_array_get_length (buckets);
  self->upper = g_new0 (double, self->n_buckets);
  self->counts = g_new0 (guint64, self->n_buckets);

  for (guint i = 0; i < self->n_buckets; i++)
    if (!read_bucket (json_array_get_element (buckets, i), &self->upper[i], &self->counts[i])
        || (i > 0 && self->upper[i] <= self->upper[i - 1]))
      {
        g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "response_histogram: bucket %u is no pair of ascending edge and count", i);
        return FALSE;
      }

  return TRUE;
}

static gboolean
read_object (SyLoadLine  *self,
             JsonObject  *object,
             GError     **error)
{
  g_autofree char *schema = get_text (object, "schema");
  g_autofree char *event = get_text (object, "event");

  if (g_strcmp0 (schema, SCHEMA) != 0)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "this is no " SCHEMA);
      return FALSE;
    }

  self->kind = g_strcmp0 (event, "tick") == 0      ? SY_LOAD_LINE_TICK
               : g_strcmp0 (event, "summary") == 0 ? SY_LOAD_LINE_SUMMARY
                                                   : SY_LOAD_LINE_OTHER;
  self->target = get_text (object, "target");
  self->offered = get_number (object, "offered");
  self->answered = get_number (object, "answered");
  self->dropped = get_number (object, "dropped");
  self->errors = get_number (object, "errors");
  self->unfinished = get_number (object, "unfinished");
  self->in_flight = get_number (object, self->kind == SY_LOAD_LINE_TICK ? "in_flight" : "in_flight_mean");
  self->duration = get_number (object, "duration");
  self->throughput = get_number (object, "throughput");
  self->mean = get_number (object, "mean");
  self->service_p50 = get_number (object, "service_p50");
  self->service_p99 = get_number (object, "service_p99");
  self->late_generator_p99 = get_number (object, "late_generator_p99");
  self->generator_cpu = get_number (object, "generator_cpu");
  self->foreign_cores = get_number (object, "foreign_cores");
  self->generator_limited = get_flag (object, "generator_limited");
  self->aborted = get_text (object, "aborted");

  return read_histogram (self, object, error);
}

SyLoadLine *
sy_load_line_parse (const char  *text,
                    gsize        length,
                    GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SyLoadLine) self = NULL;
  JsonNode *root;

  if (!sy_json_check (text, length, &limits, error))
    return NULL;

  if (!json_parser_load_from_data (parser, text, (gssize) length, &local_error))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_PARSE, local_error->message);
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "this is no " SCHEMA);
      return NULL;
    }

  self = g_new0 (SyLoadLine, 1);
  if (!read_object (self, json_node_get_object (root), error))
    return NULL;

  return g_steal_pointer (&self);
}

void
sy_load_line_free (SyLoadLine *self)
{
  g_free (self->target);
  g_free (self->aborted);
  g_free (self->upper);
  g_free (self->counts);
  g_free (self);
}

double
sy_load_line_get_n (const SyLoadLine *self)
{
  double n = 0;

  for (guint i = 0; i < self->n_buckets; i++)
    n += (double) self->counts[i];

  return n;
}

double
sy_load_line_quantile (const SyLoadLine *self,
                       double            q)
{
  const double rank = fmax (1, ceil (q * sy_load_line_get_n (self)));
  double n = 0;

  for (guint i = 0; i < self->n_buckets; i++)
    {
      n += (double) self->counts[i];
      if (n >= rank)
        return self->upper[i];
    }

  return NAN;
}

double
sy_load_line_share (const SyLoadLine *self,
                    double            seconds)
{
  double within = 0;

  for (guint i = 0; i < self->n_buckets; i++)
    if (self->upper[i] <= seconds * (1 + BUCKET_WIDTH))
      within += (double) self->counts[i];

  return within / sy_load_line_get_n (self);
}
