/* sy-prom-answer.c: one answer of the Prometheus HTTP API
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The envelope is {"status", "data", "errorType", "error", "warnings",
 * "infos"}; data is told apart by its shape, because only queries name it.
 * Values are strings ("NaN", "+Inf"), since JSON has no such numbers; times are
 * numbers. An error may come with data: it is a part of the truth only, and not
 * taken.
 *
 * Limits: the JSON guard's, and 500 000 points. Empty: a query that finds
 * nothing is a vector or matrix without series.
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-prom-answer.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-json.h"
#include "sy-number.h"
#include "sy-text.h"

#define MAX_POINTS 500000
#define MAX_WARNINGS 16

struct _SyPromAnswer
{
  gatomicrefcount ref_count;

  SyPromKind kind;
  GArray    *series;   /* owned, element-type SyPromSeries */
  GArray    *metadata; /* owned, element-type SyPromMetadata */
  GPtrArray *names;    /* owned, element-type utf8 (owned), NULL-terminated */
  GPtrArray *warnings; /* owned, element-type utf8 (owned), NULL-terminated */
  GPtrArray *texts;    /* owned, element-type utf8 (owned): what the metadata points to */
  char      *version;  /* owned, nullable */
  char      *revision; /* owned, nullable */
  gsize      n_points;
  guint      n_native;
};

static void
clear_series (gpointer data)
{
  SyPromSeries *series = data;

  g_strfreev (series->labels);
  g_free (series->points);
}

static SyPromAnswer *
answer_new (void)
{
  SyPromAnswer *self = g_new0 (SyPromAnswer, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->series = g_array_new (FALSE, FALSE, sizeof (SyPromSeries));
  g_array_set_clear_func (self->series, clear_series);
  self->metadata = g_array_new (FALSE, FALSE, sizeof (SyPromMetadata));
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->texts = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/* --- What is missing or of another type is nothing --- */

static JsonNode *
get_member (JsonObject   *object,
            const char   *name,
            JsonNodeType  type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_node_type (node) == type ? node : NULL;
}

static JsonArray *
get_array (JsonObject *object,
           const char *name)
{
  JsonNode *node = get_member (object, name, JSON_NODE_ARRAY);

  return node != NULL ? json_node_get_array (node) : NULL;
}

static const char *
node_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL ? node_string (node) : NULL;
}

static gboolean
wrong (GError     **error,
       const char  *place,
       guint        index,
       const char  *expected)
{
  g_set_error (error, SY_ERROR, SY_ERROR_FORMAT, "not an answer of the Prometheus API: %s[%u] is not %s", place, index, expected);
  return FALSE;
}

/* --- Series --- */

static gboolean
read_point (JsonNode    *node,
            SyPromPoint *ret)
{
  JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonNode *time;
  const char *text;

  if (pair == NULL || json_array_get_length (pair) != 2)
    return FALSE;

  time = json_array_get_element (pair, 0);
  text = node_string (json_array_get_element (pair, 1));
  if (!JSON_NODE_HOLDS_VALUE (time) || text == NULL
      || (json_node_get_value_type (time) != G_TYPE_INT64 && json_node_get_value_type (time) != G_TYPE_DOUBLE))
    return FALSE;

  ret->time = json_node_get_double (time);
  return sy_number_parse_all (text, strlen (text), &ret->value);
}

/* (transfer full) (nullable) */
static char **
read_labels (JsonObject *object)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      const char *value = node_string (node);

      if (value == NULL)
        return NULL;
      g_ptr_array_add (labels, g_strdup (name));
      g_ptr_array_add (labels, g_strdup (value));
    }
  g_ptr_array_add (labels, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&labels), FALSE);
}

/* The one value of a vector's element as an array of it, or a matrix' values. */
static gboolean
read_points (SyPromAnswer *self,
             JsonObject   *element,
             SyPromSeries *series)
{
  JsonArray *values = self->kind == SY_PROM_MATRIX ? get_array (element, "values") : NULL;
  JsonNode *value = self->kind == SY_PROM_VECTOR ? json_object_get_member (element, "value") : NULL;
  const guint n = value != NULL ? 1 : values != NULL ? json_array_get_length (values) : 0;

  if (json_object_has_member (element, "histogram") || json_object_has_member (element, "histograms"))
    self->n_native++;
  else if (value == NULL && values == NULL)
    return FALSE;

  series->points = g_new (SyPromPoint, n);
  for (guint i = 0; i < n; i++)
    {
      if (!read_point (value != NULL ? value : json_array_get_element (values, i), &series->points[i])
          || (i > 0 && !(series->points[i].time > series->points[i - 1].time)))
        return FALSE;
      series->n_points++;
    }

  self->n_points += n;
  return TRUE;
}

static gboolean
read_result (SyPromAnswer *self,
             JsonArray    *result,
             GError      **error)
{
  for (guint i = 0; i < json_array_get_length (result); i++)
    {
      JsonNode *node = json_array_get_element (result, i);
      JsonObject *element = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonNode *metric = element != NULL ? get_member (element, "metric", JSON_NODE_OBJECT) : NULL;
      SyPromSeries series = { NULL };

      if (metric != NULL)
        series.labels = read_labels (json_node_get_object (metric));
      if (series.labels == NULL || !read_points (self, element, &series))
        {
          clear_series (&series);
          return wrong (error, "data.result", i, "a metric with [time, \"number\"]");
        }
      if (self->n_points > MAX_POINTS)
        {
          clear_series (&series);
          g_set_error (error, SY_ERROR, SY_ERROR_SAMPLE_LIMIT,
                       "the answer has more than %d points: choose fewer series or a longer step", MAX_POINTS);
          return FALSE;
        }

      /* What holds native histograms only has no value for us. */
      if (series.n_points > 0)
        g_array_append_val (self->series, series);
      else
        clear_series (&series);
    }

  return TRUE;
}

static gboolean
read_scalar (SyPromAnswer *self,
             JsonNode     *result,
             GError      **error)
{
  SyPromSeries series = { .labels = g_new0 (char *, 1), .points = g_new (SyPromPoint, 1), .n_points = 1 };

  if (read_point (result, series.points))
    {
      g_array_append_val (self->series, series);
      return TRUE;
    }

  clear_series (&series);
  return wrong (error, "data.result", 0, "[time, \"number\"]");
}

static gboolean
read_text (SyPromAnswer *self,
           JsonNode     *result,
           GError      **error)
{
  JsonArray *pair = JSON_NODE_HOLDS_ARRAY (result) ? json_node_get_array (result) : NULL;
  const char *text = pair != NULL && json_array_get_length (pair) == 2 ? node_string (json_array_get_element (pair, 1)) : NULL;

  if (text == NULL)
    return wrong (error, "data.result", 0, "[time, \"text\"]");

  g_ptr_array_add (self->names, g_strdup (text));
  return TRUE;
}

static gboolean
read_query (SyPromAnswer *self,
            JsonObject   *data,
            const char   *type,
            GError      **error)
{
  static const char * const types[] = {
    [SY_PROM_VECTOR] = "vector", [SY_PROM_MATRIX] = "matrix", [SY_PROM_SCALAR] = "scalar", [SY_PROM_STRING] = "string",
  };
  JsonNode *result = json_object_get_member (data, "result");

  for (guint i = SY_PROM_VECTOR; i <= SY_PROM_STRING; i++)
    if (strcmp (type, types[i]) == 0)
      self->kind = (SyPromKind) i;

  if (self->kind == SY_PROM_NONE || result == NULL)
    {
      g_autofree char *shown = sy_display_text (type, -1, 40);

      g_set_error (error, SY_ERROR, SY_ERROR_FORMAT, "not an answer of the Prometheus API: resultType “%s” %s", shown,
                   result == NULL ? "without a result" : "is unknown");
      return FALSE;
    }

  if (self->kind == SY_PROM_SCALAR)
    return read_scalar (self, result, error);
  if (self->kind == SY_PROM_STRING)
    return read_text (self, result, error);
  if (!JSON_NODE_HOLDS_ARRAY (result))
    return wrong (error, "data.result", 0, "there: it must be a list");

  return read_result (self, json_node_get_array (result), error);
}

/* --- Discovery --- */

/* Label sets, or names. An empty list has neither, and is no names. */
static gboolean
read_list (SyPromAnswer *self,
           JsonArray    *data,
           GError      **error)
{
  const guint n = json_array_get_length (data);

  self->kind = n > 0 && JSON_NODE_HOLDS_OBJECT (json_array_get_element (data, 0)) ? SY_PROM_SERIES : SY_PROM_NAMES;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (data, i);

      if (self->kind == SY_PROM_NAMES)
        {
          if (node_string (node) == NULL)
            return wrong (error, "data", i, "a name");
          g_ptr_array_add (self->names, g_strdup (node_string (node)));
        }
      else
        {
          SyPromSeries series = { .labels = JSON_NODE_HOLDS_OBJECT (node) ? read_labels (json_node_get_object (node)) : NULL };

          if (series.labels == NULL)
            return wrong (error, "data", i, "a set of labels");
          g_array_append_val (self->series, series);
        }
    }

  return TRUE;
}

static const char *
keep (SyPromAnswer *self,
      const char   *text)
{
  char *copy = g_strdup (text != NULL ? text : "");

  g_ptr_array_add (self->texts, copy);
  return copy;
}

/* Of targets that disagree about a metric, the first is taken. */
static void
read_metadata (SyPromAnswer *self,
               JsonObject   *data)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  self->kind = SY_PROM_METADATA;
  json_object_iter_init (&iter, data);
  while (json_object_iter_next (&iter, &name, &node))
    {
      JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      JsonNode *first = list != NULL && json_array_get_length (list) > 0 ? json_array_get_element (list, 0) : NULL;
      JsonObject *one = first != NULL && JSON_NODE_HOLDS_OBJECT (first) ? json_node_get_object (first) : NULL;
      SyPromMetadata metadata;

      if (one == NULL)
        continue;

      metadata.metric = keep (self, name);
      metadata.type = keep (self, get_string (one, "type"));
      metadata.unit = keep (self, get_string (one, "unit"));
      metadata.help = keep (self, get_string (one, "help"));
      g_array_append_val (self->metadata, metadata);
    }
}

static gboolean
read_object (SyPromAnswer *self,
             JsonObject   *data,
             GError      **error)
{
  const char *type = get_string (data, "resultType");
  g_autoptr (GList) values = NULL;

  if (type != NULL)
    return read_query (self, data, type, error);

  if (get_string (data, "version") != NULL)
    {
      self->kind = SY_PROM_BUILD_INFO;
      self->version = g_strdup (get_string (data, "version"));
      self->revision = g_strdup (get_string (data, "revision"));
      return TRUE;
    }

  values = json_object_get_values (data);
  for (GList *l = values; l != NULL; l = l->next)
    if (!JSON_NODE_HOLDS_ARRAY ((JsonNode *) l->data))
      return TRUE;

  read_metadata (self, data);
  return TRUE;
}

/* --- The envelope --- */

static void
add_warnings (SyPromAnswer *self,
              JsonArray    *texts)
{
  for (guint i = 0; texts != NULL && i < json_array_get_length (texts) && self->warnings->len < MAX_WARNINGS; i++)
    {
      const char *text = node_string (json_array_get_element (texts, i));

      if (text != NULL)
        g_ptr_array_add (self->warnings, g_strdup (text));
    }
}

static gboolean
refuse (JsonObject  *root,
        GError     **error)
{
  const char *type = get_string (root, "errorType");
  const char *why = get_string (root, "error");
  g_autofree char *shown_type = sy_display_text (type != NULL ? type : "error", -1, 40);
  g_autofree char *shown = sy_display_text (why != NULL ? why : "it does not say why", -1, SY_DISPLAY_TEXT_MAX);

  g_set_error (error, SY_ERROR, SY_ERROR_QUERY, "the server refused the query (%s): %s%s", shown_type, shown,
               get_member (root, "data", JSON_NODE_OBJECT) != NULL ? "; the part of the data that came is not used" : "");
  return FALSE;
}

static gboolean
read_root (SyPromAnswer *self,
           JsonNode     *node,
           GError      **error)
{
  JsonObject *root = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *status = root != NULL ? get_string (root, "status") : NULL;
  JsonNode *data;

  if (g_strcmp0 (status, "error") == 0)
    return refuse (root, error);
  if (g_strcmp0 (status, "success") != 0)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_FORMAT,
                           "JSON, but not an answer of the Prometheus API: it has no \"status\": \"success\"");
      return FALSE;
    }

  add_warnings (self, get_array (root, "warnings"));
  add_warnings (self, get_array (root, "infos"));

  data = json_object_get_member (root, "data");
  if (data != NULL && JSON_NODE_HOLDS_ARRAY (data))
    return read_list (self, json_node_get_array (data), error);
  if (data != NULL && JSON_NODE_HOLDS_OBJECT (data))
    return read_object (self, json_node_get_object (data), error);

  return TRUE;
}

SyPromAnswer *
sy_prom_answer_parse (GBytes  *body,
                      GError **error)
{
  g_autoptr (SyPromAnswer) self = answer_new ();
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) reason = NULL;
  gsize size;
  const char *text = g_bytes_get_data (body, &size);

  if (!sy_json_check (text, size, NULL, error))
    return NULL;

  if (!json_parser_load_from_data (parser, text, (gssize) size, &reason))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_PARSE, "1:1: %s", reason->message);
      return NULL;
    }

  if (!read_root (self, json_parser_get_root (parser), error))
    return NULL;

  if (self->n_native > 0)
    g_ptr_array_add (self->warnings, g_strdup_printf ("%u native histograms were left out: only histograms with "
                                                      "`le` buckets are read", self->n_native));
  g_ptr_array_add (self->names, NULL);
  g_ptr_array_add (self->warnings, NULL);

  return g_steal_pointer (&self);
}

SyPromAnswer *
sy_prom_answer_ref (SyPromAnswer *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sy_prom_answer_unref (SyPromAnswer *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->series);
  g_array_unref (self->metadata);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->warnings);
  g_ptr_array_unref (self->texts);
  g_free (self->version);
  g_free (self->revision);
  g_free (self);
}

SyPromKind
sy_prom_answer_get_kind (const SyPromAnswer *self)
{
  return self->kind;
}

const SyPromSeries *
sy_prom_answer_get_series (const SyPromAnswer *self,
                           guint              *n_series)
{
  *n_series = self->series->len;
  return (const SyPromSeries *) self->series->data;
}

const SyPromMetadata *
sy_prom_answer_get_metadata (const SyPromAnswer *self,
                             guint              *n_metadata)
{
  *n_metadata = self->metadata->len;
  return (const SyPromMetadata *) self->metadata->data;
}

const char * const *
sy_prom_answer_get_names (const SyPromAnswer *self)
{
  return (const char * const *) self->names->pdata;
}

const char *
sy_prom_answer_get_version (const SyPromAnswer *self)
{
  return self->version;
}

const char *
sy_prom_answer_get_revision (const SyPromAnswer *self)
{
  return self->revision;
}

const char * const *
sy_prom_answer_get_warnings (const SyPromAnswer *self)
{
  return (const char * const *) self->warnings->pdata;
}

const char *
sy_prom_series_get_label (const SyPromSeries *self,
                          const char         *label)
{
  for (guint i = 0; self->labels[i] != NULL; i += 2)
    if (strcmp (self->labels[i], label) == 0)
      return self->labels[i + 1];

  return NULL;
}
