/* sy-workload-parser.c: a workload profile from its JSON
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The schema is in data/workloads/README.md. A profile is written by hand, so
 * every fault is named with its place ("classes[1].io.sigma: …"), and a member
 * nobody reads is a fault: most often it is a misspelt one.
 */
#define G_LOG_DOMAIN "steelyard-drive"

#include "config.h"

#include "sy-workload.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-json.h"

#define SCHEMA "steelyard.workload/1"
#define MAX_RATE 5000.0
#define MAX_DRAW_MS 60000.0

static const SyJsonLimits limits = { .max_bytes = 64 * 1024, .max_depth = 8, .max_string = 1024, .max_members = 64 };

/* One object of the document and where it is, for messages. */
typedef struct {
  JsonObject *object; /* borrowed */
  const char *place;  /* borrowed; "" for the document */
} Place;

static gboolean fail (const Place *at, const char *member, GError **error, const char *format, ...) G_GNUC_PRINTF (4, 5);

static gboolean
fail (const Place  *at,
      const char   *member,
      GError      **error,
      const char   *format,
      ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *why = g_strdup_vprintf (format, args);
  va_end (args);

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s%s%s: %s",
               at->place, at->place[0] != '\0' ? "." : "", member, why);
  return FALSE;
}

static gboolean
is_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
is_number (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) &&
         (json_node_get_value_type (node) == G_TYPE_INT64 || json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

static gboolean
is_object (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node);
}

static gboolean
is_array (JsonNode *node)
{
  return JSON_NODE_HOLDS_ARRAY (node);
}

/* Gives the value of @member, NULL when it is absent; fails when it has not
 * the wanted kind. */
static gboolean
find (const Place  *at,
      const char   *member,
      gboolean      is_wanted (JsonNode *node),
      const char   *wanted,
      JsonNode    **node,
      GError      **error)
{
  *node = json_object_get_member (at->object, member);

  if (*node != NULL && !is_wanted (*node))
    return fail (at, member, error, "must be %s", wanted);

  return TRUE;
}

static gboolean
get_string (const Place  *at,
            const char   *member,
            const char  **value,
            GError      **error)
{
  JsonNode *node = NULL;

  if (!find (at, member, is_string, "a string", &node, error))
    return FALSE;

  if (node == NULL)
    return fail (at, member, error, "is missing");

  *value = json_node_get_string (node);
  return TRUE;
}

/* An absent member leaves @value as it is; with @value NAN it is required. */
static gboolean
get_number (const Place  *at,
            const char   *member,
            double        minimum,
            double        maximum,
            double       *value,
            GError      **error)
{
  JsonNode *node = NULL;

  if (!find (at, member, is_number, "a number", &node, error))
    return FALSE;

  if (node == NULL)
    return isnan (*value) ? fail (at, member, error, "is missing") : TRUE;

  double number = json_node_get_double (node);

  if (json_node_get_value_type (node) == G_TYPE_INT64)
    number = (double) json_node_get_int (node);

  if (!(number >= minimum && number <= maximum))
    return fail (at, member, error, "%g is not between %g and %g", number, minimum, maximum);

  *value = number;
  return TRUE;
}

static gboolean
only_known_members (const Place        *at,
                    const char * const *known,
                    GError            **error)
{
  g_autoptr (GList) members = json_object_get_members (at->object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      return fail (at, l->data, error, "is no member of a workload");

  return TRUE;
}

/* { "seconds": 10, "every": 60, "factor": 2 }: the last @seconds of each
 * @every are busier. */
static gboolean
parse_burst (const Place       *at,
             SyArrivalPattern  *pattern,
             GError           **error)
{
  static const char * const known[] = { "seconds", "every", "factor", NULL };
  double seconds = NAN;
  double every = NAN;
  double factor = NAN;

  if (!only_known_members (at, known, error) ||
      !get_number (at, "every", 1, 3600, &every, error) ||
      !get_number (at, "seconds", 0.1, every, &seconds, error) ||
      !get_number (at, "factor", 1, 100, &factor, error))
    return FALSE;

  if (seconds >= every)
    return fail (at, "seconds", error, "must be less than “every”");

  pattern->seconds[0] = every - seconds;
  pattern->factor[0] = 1;
  pattern->seconds[1] = seconds;
  pattern->factor[1] = factor;
  return TRUE;
}

static gboolean
parse_on_off (const Place       *at,
              SyArrivalPattern  *pattern,
              GError           **error)
{
  double off_rate = 0;
  double on = NAN;
  double off = NAN;

  if (!get_number (at, "off_rate", 0, MAX_RATE, &off_rate, error) ||
      !get_number (at, "on_seconds", 0.1, 3600, &on, error) ||
      !get_number (at, "off_seconds", 0.1, 3600, &off, error))
    return FALSE;

  pattern->seconds[0] = on;
  pattern->factor[0] = 1;
  pattern->seconds[1] = off;
  pattern->factor[1] = off_rate / pattern->rate;
  return TRUE;
}

static gboolean
parse_arrival (const Place       *at,
               SyArrivalPattern  *pattern,
               GError           **error)
{
  static const char * const poisson[] = { "kind", "rate", "burst", NULL };
  static const char * const periodic[] = { "kind", "rate", "burst", "jitter", NULL };
  static const char * const on_off[] = { "kind", "rate", "off_rate", "on_seconds", "off_seconds", NULL };
  const char *kind = NULL;

  pattern->rate = NAN;

  if (!get_string (at, "kind", &kind, error) ||
      !get_number (at, "rate", 0.01, MAX_RATE, &pattern->rate, error))
    return FALSE;

  if (strcmp (kind, "poisson") == 0)
    {
      pattern->kind = SY_ARRIVAL_POISSON;
      if (!only_known_members (at, poisson, error))
        return FALSE;
    }
  else if (strcmp (kind, "periodic") == 0)
    {
      pattern->kind = SY_ARRIVAL_PERIODIC;
      if (!only_known_members (at, periodic, error) ||
          !get_number (at, "jitter", 0, 0.5, &pattern->jitter, error))
        return FALSE;
    }
  else if (strcmp (kind, "onoff") == 0)
    {
      pattern->kind = SY_ARRIVAL_ONOFF;
      return only_known_members (at, on_off, error) && parse_on_off (at, pattern, error);
    }
  else
    {
      return fail (at, "kind", error, "“%s” is not poisson, periodic or onoff", kind);
    }

  JsonNode *node = NULL;

  if (!find (at, "burst", is_object, "an object", &node, error))
    return FALSE;

  if (node == NULL)
    return TRUE;

  Place burst = { json_node_get_object (node), "arrival.burst" };
  return parse_burst (&burst, pattern, error);
}

/* A number of milliseconds, or { "kind": "lognormal", "median_ms": …, "sigma": … };
 * absent: none. */
static gboolean
parse_draw (const Place  *at,
            const char   *member,
            SyDraw       *draw,
            GError      **error)
{
  static const char * const known[] = { "kind", "median_ms", "sigma", NULL };
  JsonNode *node = json_object_get_member (at->object, member);
  double median = NAN;
  const char *kind = NULL;

  if (node == NULL)
    return TRUE;

  if (!is_object (node))
    {
      median = 0;
      if (!get_number (at, member, 0, MAX_DRAW_MS, &median, error))
        return FALSE;
      draw->median = median / 1000;
      return TRUE;
    }

  g_autofree char *name = g_strdup_printf ("%s.%s", at->place, member);
  Place inner = { json_node_get_object (node), name };

  if (!only_known_members (&inner, known, error) ||
      !get_string (&inner, "kind", &kind, error) ||
      !get_number (&inner, "median_ms", 0, MAX_DRAW_MS, &median, error))
    return FALSE;

  draw->median = median / 1000;

  if (strcmp (kind, "fixed") == 0)
    return TRUE;

  if (strcmp (kind, "lognormal") != 0)
    return fail (&inner, "kind", error, "“%s” is not fixed or lognormal", kind);

  draw->kind = SY_DRAW_LOGNORMAL;
  draw->sigma = NAN;
  return get_number (&inner, "sigma", 0, 3, &draw->sigma, error);
}

/* An absolute path of printable ASCII whose only braces are those of the two
 * placeholders. */
static gboolean
check_path (const Place            *at,
            const SyWorkloadClass  *class,
            GError                **error)
{
  g_autoptr (GString) plain = g_string_new (class->path);

  if (class->path[0] != '/')
    return fail (at, "path", error, "must begin with a slash");

  for (const char *p = class->path; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p) || *p == '#' || *p == '\\')
      return fail (at, "path", error, "has a character that no path has");

  g_string_replace (plain, "{io_ms}", "", 0);
  g_string_replace (plain, "{cpu_ms}", "", 0);

  if (strpbrk (plain->str, "{}") != NULL)
    return fail (at, "path", error, "knows only {io_ms} and {cpu_ms}");

  if (class->io.kind != SY_DRAW_FIXED && strstr (class->path, "{io_ms}") == NULL)
    return fail (at, "io", error, "is drawn for each request, but the path has no {io_ms}");

  if (class->cpu.kind != SY_DRAW_FIXED && strstr (class->path, "{cpu_ms}") == NULL)
    return fail (at, "cpu", error, "is drawn for each request, but the path has no {cpu_ms}");

  return TRUE;
}

static gboolean
parse_class (const Place      *at,
             SyWorkloadClass  *class,
             GError          **error)
{
  static const char * const known[] = { "name", "weight", "method", "path", "io", "cpu", "native_ms", "body_bytes", NULL };
  const char *name = NULL;
  const char *method = "GET";
  const char *path = NULL;
  double native_ms = 0;
  double body_bytes = 0;

  class->weight = NAN;

  if (!only_known_members (at, known, error) ||
      !get_string (at, "name", &name, error) ||
      !get_number (at, "weight", 0.001, 1e6, &class->weight, error) ||
      (json_object_has_member (at->object, "method") && !get_string (at, "method", &method, error)) ||
      !get_string (at, "path", &path, error) ||
      !parse_draw (at, "io", &class->io, error) ||
      !parse_draw (at, "cpu", &class->cpu, error) ||
      !get_number (at, "native_ms", 0, MAX_DRAW_MS, &native_ms, error) ||
      !get_number (at, "body_bytes", 0, SY_WORKLOAD_MAX_BODY, &body_bytes, error))
    return FALSE;

  class->name = g_strdup (name);
  class->method = g_strdup (method);
  class->path = g_strdup (path);
  class->native = native_ms / 1000;
  class->body_bytes = (guint) body_bytes;

  if (strcmp (method, "GET") != 0 && strcmp (method, "POST") != 0)
    return fail (at, "method", error, "“%s” is not GET or POST", method);

  if (class->body_bytes > 0 && strcmp (method, "POST") != 0)
    return fail (at, "body_bytes", error, "only a POST has a body");

  return check_path (at, class, error);
}

static gboolean
parse_classes (const Place  *at,
               SyWorkload   *self,
               GError      **error)
{
  JsonNode *node = NULL;

  if (!find (at, "classes", is_array, "an array", &node, error))
    return FALSE;

  JsonArray *array = node != NULL ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;

  if (n == 0 || n > SY_WORKLOAD_MAX_CLASSES)
    return fail (at, "classes", error, "must have 1 to %d elements", SY_WORKLOAD_MAX_CLASSES);

  self->classes = g_new0 (SyWorkloadClass, n);
  self->n_classes = n;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      g_autofree char *place = g_strdup_printf ("classes[%u]", i);

      if (!is_object (element))
        {
          g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: must be an object", place);
          return FALSE;
        }

      Place inner = { json_node_get_object (element), place };

      if (!parse_class (&inner, &self->classes[i], error))
        return FALSE;

      for (guint j = 0; j < i; j++)
        if (strcmp (self->classes[i].name, self->classes[j].name) == 0)
          return fail (&inner, "name", error, "“%s” is there twice", self->classes[i].name);
    }

  return TRUE;
}

static gboolean
parse_slo (const Place    *at,
           SyWorkloadSlo  *slo,
           GError        **error)
{
  static const char * const known[] = { "p95_ms", "p99_ms", "p999_ms", "error_share", NULL };
  struct {
    const char *member;
    double     *value;
    double      scale;
  } fields[] = {
    { "p95_ms", &slo->p95, 1000 },
    { "p99_ms", &slo->p99, 1000 },
    { "p999_ms", &slo->p999, 1000 },
    { "error_share", &slo->error_share, 1 },
  };

  if (!only_known_members (at, known, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      double value = 0;

      if (!json_object_has_member (at->object, fields[i].member))
        continue;

      if (!get_number (at, fields[i].member, 0, fields[i].scale == 1 ? 1 : MAX_DRAW_MS, &value, error))
        return FALSE;

      *fields[i].value = value / fields[i].scale;
    }

  return TRUE;
}

static gboolean
parse_document (const Place  *at,
                SyWorkload   *self,
                GError      **error)
{
  static const char * const known[] = { "schema", "id", "name", "use_case", "arrival", "classes", "slo", NULL };
  const char *schema = NULL;
  const char *id = NULL;
  const char *name = NULL;
  const char *use_case = NULL;

  if (!only_known_members (at, known, error) ||
      !get_string (at, "schema", &schema, error) ||
      !get_string (at, "id", &id, error) ||
      !get_string (at, "name", &name, error) ||
      !get_string (at, "use_case", &use_case, error))
    return FALSE;

  if (strcmp (schema, SCHEMA) != 0)
    return fail (at, "schema", error, "“%s” is not %s", schema, SCHEMA);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->use_case = g_strdup (use_case);

  JsonNode *arrival = NULL;
  JsonNode *slo = NULL;

  if (!find (at, "arrival", is_object, "an object", &arrival, error) ||
      !find (at, "slo", is_object, "an object", &slo, error))
    return FALSE;

  if (arrival == NULL)
    return fail (at, "arrival", error, "is missing");

  Place arrival_place = { json_node_get_object (arrival), "arrival" };
  Place slo_place = { slo != NULL ? json_node_get_object (slo) : NULL, "slo" };

  return parse_arrival (&arrival_place, &self->arrival, error) &&
         parse_classes (at, self, error) &&
         (slo == NULL || parse_slo (&slo_place, &self->slo, error));
}

SyWorkload *
sy_workload_parse (const char  *json,
                   gsize        length,
                   GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local_error = NULL;

  if (!sy_json_check (json, length, &limits, error))
    return NULL;

  if (!json_parser_load_from_data (parser, json, (gssize) length, &local_error))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_PARSE, local_error->message);
      return NULL;
    }

  JsonNode *root = json_parser_get_root (parser);

  if (root == NULL || !is_object (root))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, "a workload is a JSON object");
      return NULL;
    }

  g_autoptr (SyWorkload) self = g_atomic_rc_box_new0 (SyWorkload);
  Place top = { json_node_get_object (root), "" };

  self->slo = (SyWorkloadSlo) { NAN, NAN, NAN, NAN };

  if (!parse_document (&top, self, error))
    return NULL;

  return g_steal_pointer (&self);
}
