/* sy-recogniser-file.c: the rules of one file of data/recognisers
 *
 * Reads strictly: an unknown member, a wrong type or a missing member is an
 * error with its place, since a rule that is silently not applied shows up as
 * a missing chart a year later. The schema is in data/recognisers/README.md.
 *
 * Limits: those of sy_json_check(). A file may hold no signals at all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-recogniser-file.h"

#include "sy-error.h"
#include "sy-json-document.h"
#include "sy-trap.h"

#define SCHEMA "steelyard.recogniser/1"

typedef struct
{
  GPtrArray *list;     /* borrowed */
  gboolean   prefixed; /* what the file says for all its names */
  gboolean   except;
} ListContext;

static void
label_filter_free (gpointer data)
{
  SyLabelFilter *self = data;

  g_free (self->label);
  g_ptr_array_unref (self->values);
  g_free (self);
}

static void
trap_text_free (gpointer data)
{
  SyTrapText *self = data;

  g_free (self->code);
  g_free (self->message);
  g_free (self->fix);
  g_free (self);
}

static void
rule_free (gpointer data)
{
  SyRule *self = data;

  g_free (self->role);
  g_free (self->unit);
  g_clear_pointer (&self->metric, sy_name_pattern_free);
  g_ptr_array_unref (self->traps);
  g_ptr_array_unref (self->filters);
  g_free (self);
}

static void
difference_rule_free (gpointer data)
{
  SyDifferenceRule *self = data;

  g_clear_pointer (&self->started, sy_name_pattern_free);
  g_clear_pointer (&self->finished, sy_name_pattern_free);
  g_free (self);
}

static void
ignore_rule_free (gpointer data)
{
  SyIgnoreRule *self = data;

  g_clear_pointer (&self->metric, sy_name_pattern_free);
  g_ptr_array_unref (self->traps);
  g_free (self);
}

static void
condition_free (gpointer data)
{
  SyCondition *self = data;

  g_clear_pointer (&self->metric, sy_name_pattern_free);
  g_clear_pointer (&self->help, sy_name_pattern_free);
  g_ptr_array_unref (self->filters);
  g_free (self);
}

static void
advice_free (gpointer data)
{
  SyAdvice *self = data;

  g_free (self->role);
  g_free (self->text);
  g_free (self->line);
  g_free (self);
}

static GPtrArray *
patterns_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) sy_name_pattern_free);
}

static GPtrArray *
filters_new (void)
{
  return g_ptr_array_new_with_free_func (label_filter_free);
}

/* The member @name as a pattern; it must be there. */
static gboolean
read_pattern (SyJsonPlace      at,
              const char      *name,
              gboolean         prefixed,
              SyNamePattern  **ret,
              GError         **error)
{
  g_autofree char *text = NULL;

  if (!sy_json_member_require (at, name, error) || !sy_json_member_string (at, name, &text, error))
    return FALSE;
  if (*text == '\0')
    return sy_json_member_fail (at, name, "is empty", error);

  *ret = sy_name_pattern_new (text, prefixed);

  return TRUE;
}

static gboolean
read_patterns (SyJsonPlace   at,
               const char   *name,
               GPtrArray    *ret,
               GError      **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  if (!sy_json_member_strings (at, name, texts, error))
    return FALSE;

  for (guint i = 0; i < texts->len; i++)
    g_ptr_array_add (ret, sy_name_pattern_new (g_ptr_array_index (texts, i), FALSE));

  return TRUE;
}

/* { "label": "value" | ["value", …], … } */
static gboolean
read_filter_object (SyJsonPlace   at,
                    gpointer      user_data,
                    GError      **error)
{
  ListContext *context = user_data;
  g_autoptr (GList) labels = json_object_get_members (at.object);

  for (GList *l = labels; l != NULL; l = l->next)
    {
      SyLabelFilter *filter = g_new0 (SyLabelFilter, 1);

      filter->label = g_strdup (l->data);
      filter->values = patterns_new ();
      filter->except = context->except;
      g_ptr_array_add (context->list, filter);
      if (!read_patterns (at, l->data, filter->values, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_filters (SyJsonPlace   at,
              GPtrArray    *ret,
              GError      **error)
{
  ListContext where = { ret, FALSE, FALSE };
  ListContext except = { ret, FALSE, TRUE };

  return sy_json_member_each (at, "where", read_filter_object, &where, error)
         && sy_json_member_each (at, "except", read_filter_object, &except, error);
}

static gboolean
read_types (SyJsonPlace   at,
            guint        *ret,
            GError      **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (!sy_json_member_strings (at, "type", names, error))
    return FALSE;

  for (guint i = 0; i < names->len; i++)
    {
      guint type = SY_METRIC_UNKNOWN;

      while (type <= SY_METRIC_STATESET && g_strcmp0 (sy_metric_type_nick (type), g_ptr_array_index (names, i)) != 0)
        type++;
      if (type > SY_METRIC_STATESET)
        return sy_json_member_fail (at, "type", "is not a type of metric", error);
      *ret |= 1u << type;
    }

  return TRUE;
}

static gboolean
read_trap_object (SyJsonPlace   at,
                  gpointer      user_data,
                  GError      **error)
{
  static const char * const names[] = { "code", "message", "fix", NULL };
  GPtrArray *list = user_data;
  SyTrapText *text = g_new0 (SyTrapText, 1);
  const char *message, *fix;

  g_ptr_array_add (list, text);
  if (!sy_json_member_check_names (at, names, error)
      || !sy_json_member_require (at, "code", error)
      || !sy_json_member_string (at, "code", &text->code, error)
      || !sy_json_member_string (at, "message", &text->message, error)
      || !sy_json_member_string (at, "fix", &text->fix, error))
    return FALSE;

  return sy_trap_find_words (text->code, &message, &fix)
         || (sy_json_member_require (at, "message", error) && sy_json_member_require (at, "fix", error));
}

static gboolean
read_aggregate (SyJsonPlace   at,
                SyAggregate  *ret,
                GError      **error)
{
  g_autofree char *text = NULL;

  if (!sy_json_member_string (at, "aggregate", &text, error))
    return FALSE;

  if (text == NULL || g_str_equal (text, "sum"))
    *ret = SY_AGGREGATE_SUM;
  else if (g_str_equal (text, "max"))
    *ret = SY_AGGREGATE_MAX;
  else
    return sy_json_member_fail (at, "aggregate", "must be \"sum\" or \"max\"", error);

  return TRUE;
}

static gboolean
read_rule (SyJsonPlace   at,
           gpointer      user_data,
           GError      **error)
{
  static const char * const names[] = {
    "role", "metric", "prefixed", "type", "unit", "where", "except", "aggregate", "floor",
    "counts_scrape", "excludes_errors", "display_only", "trap", "note", NULL
  };
  ListContext *context = user_data;
  gboolean prefixed = context->prefixed;
  SyRule *rule = g_new0 (SyRule, 1);

  rule->filters = filters_new ();
  rule->traps = g_ptr_array_new_with_free_func (trap_text_free);
  g_ptr_array_add (context->list, rule);

  return sy_json_member_check_names (at, names, error)
         && sy_json_member_require (at, "role", error)
         && sy_json_member_require (at, "type", error)
         && sy_json_member_string (at, "role", &rule->role, error)
         && sy_json_member_bool (at, "prefixed", &prefixed, error)
         && read_pattern (at, "metric", prefixed, &rule->metric, error)
         && read_types (at, &rule->types, error)
         && sy_json_member_string (at, "unit", &rule->unit, error)
         && read_filters (at, rule->filters, error)
         && read_aggregate (at, &rule->aggregate, error)
         && sy_json_member_double (at, "floor", &rule->floor, error)
         && sy_json_member_bool (at, "counts_scrape", &rule->counts_scrape, error)
         && sy_json_member_bool (at, "excludes_errors", &rule->excludes_errors, error)
         && sy_json_member_bool (at, "display_only", &rule->display_only, error)
         && sy_json_member_each (at, "trap", read_trap_object, rule->traps, error);
}

static gboolean
read_difference (SyJsonPlace   at,
                 gpointer      user_data,
                 GError      **error)
{
  static const char * const names[] = { "started", "finished", "counts_scrape", NULL };
  ListContext *context = user_data;
  SyDifferenceRule *rule = g_new0 (SyDifferenceRule, 1);

  g_ptr_array_add (context->list, rule);

  return sy_json_member_check_names (at, names, error)
         && read_pattern (at, "started", context->prefixed, &rule->started, error)
         && read_pattern (at, "finished", context->prefixed, &rule->finished, error)
         && sy_json_member_bool (at, "counts_scrape", &rule->counts_scrape, error);
}

static gboolean
read_ignore (SyJsonPlace   at,
             gpointer      user_data,
             GError      **error)
{
  static const char * const names[] = { "metric", "trap", "note", NULL };
  ListContext *context = user_data;
  SyIgnoreRule *rule = g_new0 (SyIgnoreRule, 1);

  rule->traps = g_ptr_array_new_with_free_func (trap_text_free);
  g_ptr_array_add (context->list, rule);

  return sy_json_member_check_names (at, names, error)
         && read_pattern (at, "metric", context->prefixed, &rule->metric, error)
         && sy_json_member_each (at, "trap", read_trap_object, rule->traps, error);
}

static gboolean
read_advice (SyJsonPlace   at,
             gpointer      user_data,
             GError      **error)
{
  static const char * const names[] = { "role", "text", "line", NULL };
  GPtrArray *list = user_data;
  SyAdvice *advice = g_new0 (SyAdvice, 1);

  g_ptr_array_add (list, advice);

  return sy_json_member_check_names (at, names, error)
         && sy_json_member_require (at, "role", error)
         && sy_json_member_require (at, "text", error)
         && sy_json_member_string (at, "role", &advice->role, error)
         && sy_json_member_string (at, "text", &advice->text, error)
         && sy_json_member_string (at, "line", &advice->line, error);
}

static gboolean
read_condition (SyJsonPlace   at,
                gpointer      user_data,
                GError      **error)
{
  static const char * const names[] = { "metric", "type", "help", "where", "except", NULL };
  ListContext *context = user_data;
  SyCondition *condition = g_new0 (SyCondition, 1);

  condition->filters = filters_new ();
  g_ptr_array_add (context->list, condition);

  return sy_json_member_check_names (at, names, error)
         && read_pattern (at, "metric", context->prefixed, &condition->metric, error)
         && read_types (at, &condition->types, error)
         && (!json_object_has_member (at.object, "help")
             || read_pattern (at, "help", FALSE, &condition->help, error))
         && read_filters (at, condition->filters, error);
}

static gboolean
read_detect (SyJsonPlace   at,
             gpointer      user_data,
             GError      **error)
{
  static const char * const names[] = { "all", "any", "none", NULL };
  SyRecogniserFile *self = user_data;
  ListContext all = { self->all, FALSE, FALSE };
  ListContext any = { self->any, FALSE, FALSE };
  ListContext none = { self->none, FALSE, FALSE };

  return sy_json_member_check_names (at, names, error)
         && sy_json_member_each (at, "all", read_condition, &all, error)
         && sy_json_member_each (at, "any", read_condition, &any, error)
         && sy_json_member_each (at, "none", read_condition, &none, error);
}

static gboolean
read_document (SyJsonPlace   at,
               gpointer      user_data,
               GError      **error)
{
  static const char * const names[] = {
    "schema", "exporter", "runtime", "framework", "priority", "fallback", "prefixed", "detect",
    "signals", "in_flight", "ignore", "route_labels", "own_routes", "status_labels", "unconfirmed", "advice",
    "note", NULL
  };
  SyRecogniserFile *self = user_data;
  gboolean prefixed = FALSE;
  double priority = 0;
  ListContext rules = { self->rules, FALSE, FALSE };
  ListContext differences = { self->differences, FALSE, FALSE };
  ListContext ignores = { self->ignores, FALSE, FALSE };

  if (!sy_json_document_check (at, names, SCHEMA, error)
      || !sy_json_member_bool (at, "prefixed", &prefixed, error)
      || !sy_json_member_double (at, "priority", &priority, error))
    return FALSE;
  self->priority = (int) CLAMP (priority, -1000, 1000);
  rules.prefixed = differences.prefixed = ignores.prefixed = prefixed;

  return sy_json_member_string (at, "exporter", &self->exporter, error)
         && sy_json_member_string (at, "runtime", &self->runtime, error)
         && sy_json_member_string (at, "framework", &self->framework, error)
         && sy_json_member_bool (at, "fallback", &self->is_fallback, error)
         && sy_json_member_bool (at, "unconfirmed", &self->is_unconfirmed, error)
         && sy_json_member_each (at, "detect", read_detect, self, error)
         && sy_json_member_each (at, "signals", read_rule, &rules, error)
         && sy_json_member_each (at, "in_flight", read_difference, &differences, error)
         && sy_json_member_each (at, "ignore", read_ignore, &ignores, error)
         && sy_json_member_each (at, "advice", read_advice, self->advice, error)
         && sy_json_member_strings (at, "route_labels", self->route_labels, error)
         && read_patterns (at, "own_routes", self->own_routes, error)
         && sy_json_member_strings (at, "status_labels", self->status_labels, error);
}

static SyRecogniserFile *
recogniser_file_new (const char *path)
{
  SyRecogniserFile *self = g_new0 (SyRecogniserFile, 1);

  self->path = g_strdup (path);
  self->all = g_ptr_array_new_with_free_func (condition_free);
  self->any = g_ptr_array_new_with_free_func (condition_free);
  self->none = g_ptr_array_new_with_free_func (condition_free);
  self->rules = g_ptr_array_new_with_free_func (rule_free);
  self->differences = g_ptr_array_new_with_free_func (difference_rule_free);
  self->ignores = g_ptr_array_new_with_free_func (ignore_rule_free);
  self->advice = g_ptr_array_new_with_free_func (advice_free);
  self->route_labels = g_ptr_array_new_with_free_func (g_free);
  self->own_routes = patterns_new ();
  self->status_labels = g_ptr_array_new_with_free_func (g_free);

  return self;
}

SyRecogniserFile *
sy_recogniser_file_parse (const char  *path,
                          const char  *text,
                          gsize        length,
                          GError     **error)
{
  g_autoptr (SyRecogniserFile) self = recogniser_file_new (path);

  return sy_json_document_parse (path, text, length, read_document, self, error) ? g_steal_pointer (&self) : NULL;
}

SyRecogniserFile *
sy_recogniser_file_load (const char  *path,
                         GError     **error)
{
  g_autofree char *text = NULL;
  gsize length;
  GError *inner = NULL;

  if (!g_file_get_contents (path, &text, &length, &inner))
    {
      /* the message names the file already */
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID, inner->message);
      g_error_free (inner);
      return NULL;
    }

  return sy_recogniser_file_parse (path, text, length, error);
}

void
sy_recogniser_file_free (SyRecogniserFile *self)
{
  g_free (self->path);
  g_free (self->exporter);
  g_free (self->runtime);
  g_free (self->framework);
  g_ptr_array_unref (self->all);
  g_ptr_array_unref (self->any);
  g_ptr_array_unref (self->none);
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->differences);
  g_ptr_array_unref (self->ignores);
  g_ptr_array_unref (self->advice);
  g_ptr_array_unref (self->route_labels);
  g_ptr_array_unref (self->own_routes);
  g_ptr_array_unref (self->status_labels);
  g_free (self);
}

gboolean
sy_label_filters_match (const GPtrArray *filters,
                        const SySeries  *series)
{
  for (guint i = 0; i < filters->len; i++)
    {
      const SyLabelFilter *filter = g_ptr_array_index (filters, i);
      const char *value = sy_series_get_label (series, filter->label);
      gboolean found = FALSE;

      for (guint j = 0; j < filter->values->len && !found; j++)
        found = sy_name_pattern_match (g_ptr_array_index (filter->values, j), value != NULL ? value : "") != SY_NAME_OTHER;
      if (found == filter->except)
        return FALSE;
    }

  return TRUE;
}
