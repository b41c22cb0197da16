/* sy-otlp-request.c: one push of OpenTelemetry metrics
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Written after opentelemetry-proto 1.x: collector/metrics/v1 and metrics/v1.
 * The guard checks the JSON (depth, size, grammar); then it is walked once,
 * without a tree. Everything that is kept lives in one arena.
 *
 * Limits: the guard's, with a document of at most 4 MiB, and those of an
 * exposition. Empty: {} is a request without resources.
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-otlp-request.h"

#include <string.h>

#include "sy-error.h"
#include "sy-json.h"
#include "sy-otlp-request-private.h"

/* What reads an element or a member; the cursor stands before it. */
typedef gboolean (*ReadFunc) (SyOtlpReader *reader, GArray *into);

static const struct {
  const char *member;
  SyOtlpKind  kind;
} kinds[] = {
  { "gauge", SY_OTLP_GAUGE },
  { "sum", SY_OTLP_SUM },
  { "histogram", SY_OTLP_HISTOGRAM },
  { "exponentialHistogram", SY_OTLP_EXPONENTIAL },
  { "summary", SY_OTLP_SUMMARY },
};

static SyOtlpKind
find_kind (const char *member)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].member, member) == 0)
      return kinds[i].kind;

  return SY_OTLP_NONE;
}

static gboolean
read_list (SyOtlpReader *self,
           ReadFunc      read,
           GArray       *into)
{
  gboolean is_null;

  if (!sy_otlp_reader_open (self, '[', &is_null))
    return FALSE;

  for (guint i = 0; !is_null && sy_json_cursor_next (&self->cursor); i++)
    {
      const gsize before = sy_otlp_reader_enter_index (self, i);

      if (!read (self, into))
        return FALSE;
      sy_otlp_reader_leave (self, before);
    }

  return TRUE;
}

static gboolean
read_metric_member (SyOtlpReader *self,
                    const char   *name,
                    SyOtlpMetric *metric)
{
  const SyOtlpKind kind = find_kind (name);

  if (kind != SY_OTLP_NONE)
    return sy_otlp_reader_data (self, kind, metric);
  if (strcmp (name, "name") == 0)
    return sy_otlp_reader_text (self, &metric->name);
  if (strcmp (name, "unit") == 0)
    return sy_otlp_reader_text (self, &metric->unit);
  if (strcmp (name, "description") == 0)
    return sy_otlp_reader_text (self, &metric->help);

  sy_json_cursor_skip (&self->cursor);
  return TRUE;
}

static gboolean
read_metric (SyOtlpReader *self,
             GArray       *metrics)
{
  SyOtlpMetric metric = { .name = "", .unit = "", .help = "", .scope = "", .scope_version = "" };
  gboolean is_null;

  if (!sy_otlp_reader_open (self, '{', &is_null))
    return FALSE;

  while (!is_null && sy_json_cursor_next_member (&self->cursor, self->name))
    {
      g_autofree char *name = g_strdup (self->name->str);
      const gsize before = sy_otlp_reader_enter_member (self, name);

      if (!read_metric_member (self, name, &metric))
        return FALSE;
      sy_otlp_reader_leave (self, before);
    }

  if (!is_null && (*metric.name == '\0' || strlen (metric.name) > self->limits->max_name))
    return sy_otlp_reader_fail (self, "a metric with a name of at most 1024 bytes");
  if (metric.kind != SY_OTLP_NONE)
    g_array_append_val (metrics, metric);
  return TRUE;
}

static gboolean
read_scope (SyOtlpReader *self,
            SyOtlpMetric *scope)
{
  gboolean is_null;

  if (!sy_otlp_reader_open (self, '{', &is_null))
    return FALSE;

  while (!is_null && sy_json_cursor_next_member (&self->cursor, self->name))
    {
      const gsize before = sy_otlp_reader_enter_member (self, self->name->str);
      gboolean is_read = TRUE;

      if (strcmp (self->name->str, "name") == 0)
        is_read = sy_otlp_reader_text (self, &scope->scope);
      else if (strcmp (self->name->str, "version") == 0)
        is_read = sy_otlp_reader_text (self, &scope->scope_version);
      else
        sy_json_cursor_skip (&self->cursor);

      if (!is_read)
        return FALSE;
      sy_otlp_reader_leave (self, before);
    }

  return TRUE;
}

/* An instrumentation's metrics; its name may come after them. */
static gboolean
read_scope_metrics (SyOtlpReader *self,
                    GArray       *metrics)
{
  const guint first = metrics->len;
  SyOtlpMetric scope = { .scope = "", .scope_version = "" };
  gboolean is_null;

  if (!sy_otlp_reader_open (self, '{', &is_null))
    return FALSE;

  while (!is_null && sy_json_cursor_next_member (&self->cursor, self->name))
    {
      const gsize before = sy_otlp_reader_enter_member (self, self->name->str);
      gboolean is_read = TRUE;

      if (strcmp (self->name->str, "scope") == 0)
        is_read = read_scope (self, &scope);
      else if (strcmp (self->name->str, "metrics") == 0)
        is_read = read_list (self, read_metric, metrics);
      else
        sy_json_cursor_skip (&self->cursor);

      if (!is_read)
        return FALSE;
      sy_otlp_reader_leave (self, before);
    }

  if (strlen (scope.scope) > self->limits->max_value || strlen (scope.scope_version) > self->limits->max_value)
    return sy_otlp_reader_fail (self, "a scope with a name of at most 2048 bytes");

  for (guint i = first; i < metrics->len; i++)
    {
      SyOtlpMetric *metric = &g_array_index (metrics, SyOtlpMetric, i);

      metric->scope = scope.scope;
      metric->scope_version = scope.scope_version;
    }

  return TRUE;
}

static const char *
find_attribute (const SyOtlpResource *resource,
                const char           *name)
{
  for (guint i = 0; i < resource->n_attributes; i++)
    if (strcmp (resource->attributes[i].name, name) == 0)
      return resource->attributes[i].value;

  return "";
}

/* Who it is, by the resource conventions of OpenTelemetry. */
static void
name_resource (SyOtlpReader   *self,
               SyOtlpResource *resource)
{
  const char *host = find_attribute (resource, "host_name");
  const char *pid = find_attribute (resource, "process_pid");

  resource->service = find_attribute (resource, "service_name");
  resource->instance = find_attribute (resource, "service_instance_id");
  if (*resource->instance == '\0' && *pid != '\0')
    {
      g_autofree char *both = *host != '\0' ? g_strdup_printf ("%s:%s", host, pid) : g_strdup (pid);

      resource->instance = sy_otlp_reader_keep (self, both, strlen (both));
    }
}

static gboolean
read_resource (SyOtlpReader   *self,
               SyOtlpResource *resource)
{
  gboolean is_null, is_cut;

  if (!sy_otlp_reader_open (self, '{', &is_null))
    return FALSE;

  while (!is_null && sy_json_cursor_next_member (&self->cursor, self->name))
    {
      const gsize before = sy_otlp_reader_enter_member (self, self->name->str);

      /* A command line may be long; what is left of it still tells processes apart. */
      if (strcmp (self->name->str, "attributes") != 0)
        sy_json_cursor_skip (&self->cursor);
      else if (!sy_otlp_reader_attributes (self, &resource->attributes, &resource->n_attributes, &is_cut))
        return FALSE;
      sy_otlp_reader_leave (self, before);
    }

  return TRUE;
}

static gboolean
read_resource_metrics (SyOtlpReader *self,
                       GArray       *resources)
{
  g_autoptr (GArray) metrics = g_array_new (FALSE, FALSE, sizeof (SyOtlpMetric));
  SyOtlpResource resource = { .n_attributes = 0 };
  gboolean is_null;

  if (!sy_otlp_reader_open (self, '{', &is_null))
    return FALSE;

  while (!is_null && sy_json_cursor_next_member (&self->cursor, self->name))
    {
      const gsize before = sy_otlp_reader_enter_member (self, self->name->str);
      gboolean is_read = TRUE;

      if (strcmp (self->name->str, "resource") == 0)
        is_read = read_resource (self, &resource);
      else if (strcmp (self->name->str, "scopeMetrics") == 0)
        is_read = read_list (self, read_scope_metrics, metrics);
      else
        sy_json_cursor_skip (&self->cursor);

      if (!is_read)
        return FALSE;
      sy_otlp_reader_leave (self, before);
    }

  name_resource (self, &resource);
  resource.metrics = sy_otlp_reader_keep_array (self, metrics);
  resource.n_metrics = metrics->len;
  g_array_append_val (resources, resource);
  return TRUE;
}

static gboolean
read_request (SyOtlpReader *self)
{
  gboolean is_null;

  if (!sy_otlp_reader_open (self, '{', &is_null))
    return FALSE;

  while (!is_null && sy_json_cursor_next_member (&self->cursor, self->name))
    {
      const gsize before = sy_otlp_reader_enter_member (self, self->name->str);

      if (strcmp (self->name->str, "resourceMetrics") != 0)
        sy_json_cursor_skip (&self->cursor);
      else if (!read_list (self, read_resource_metrics, self->request->resources))
        return FALSE;
      sy_otlp_reader_leave (self, before);
    }

  return TRUE;
}

static SyOtlpRequest *
request_new (void)
{
  SyOtlpRequest *self = g_new0 (SyOtlpRequest, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->resources = g_array_new (FALSE, FALSE, sizeof (SyOtlpResource));
  return self;
}

SyOtlpRequest *
sy_otlp_request_parse (GBytes                    *body,
                       const SyExpositionLimits  *limits,
                       GError                   **error)
{
  g_autoptr (SyOtlpRequest) request = NULL;
  SyJsonLimits json = SY_JSON_LIMITS_DEFAULT;
  SyOtlpReader reader = { .limits = limits != NULL ? limits : &SY_EXPOSITION_LIMITS_DEFAULT };
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  gboolean is_read;

  json.max_bytes = SY_OTLP_MAX_BYTES;
  if (!sy_json_check (text, length, &json, error))
    return NULL;

  request = request_new ();
  sy_json_cursor_init (&reader.cursor, text, length);
  reader.request = request;
  reader.path = g_string_new (NULL);
  reader.name = g_string_new (NULL);
  reader.text = g_string_new (NULL);
  reader.numbers = g_array_new (FALSE, FALSE, sizeof (double));
  is_read = read_request (&reader);

  g_string_free (reader.path, TRUE);
  g_string_free (reader.name, TRUE);
  g_string_free (reader.text, TRUE);
  g_array_unref (reader.numbers);

  if (!is_read)
    {
      g_propagate_error (error, reader.error);
      return NULL;
    }

  return g_steal_pointer (&request);
}

SyOtlpRequest *
sy_otlp_request_ref (SyOtlpRequest *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sy_otlp_request_unref (SyOtlpRequest *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->resources);
  sy_arena_clear (&self->arena);
  g_free (self->why);
  g_free (self);
}

const SyOtlpResource *
sy_otlp_request_get_resources (const SyOtlpRequest *self,
                               guint               *n_resources)
{
  *n_resources = self->resources->len;
  return (const SyOtlpResource *) self->resources->data;
}

guint
sy_otlp_request_get_n_points (const SyOtlpRequest *self)
{
  return self->n_points;
}

guint
sy_otlp_request_get_n_rejected (const SyOtlpRequest  *self,
                                const char          **why)
{
  if (why != NULL)
    *why = self->why;

  return self->n_rejected;
}
