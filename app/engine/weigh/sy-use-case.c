/* sy-use-case.c: what matters for a kind of product
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-use-case.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-json.h"
#include "sy-value-function.h"

#define USE_CASE_SCHEMA "steelyard.use-case/1"
#define CRITERIA_SCHEMA "steelyard.criteria/1"
#define MAX_THRESHOLD 3600.0
#define MAX_GROWTH 10.0
#define JUDGED_HALF_WIDTH 15.0 /* points of 100; ASSUMED */

static void
check_item_free (SyCheckItem *item)
{
  g_free (item->id);
  g_free (item->text);
  g_free (item->factor);
  g_free (item);
}

static void
criterion_kind_free (SyCriterionKind *kind)
{
  g_free (kind->id);
  g_free (kind->label);
  g_free (kind->meaning);
  g_free (kind->factor);
  g_clear_pointer (&kind->items, g_ptr_array_unref);
  g_free (kind);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyCriterionKind, criterion_kind_free)

static void
priority_free (SyPriority *priority)
{
  g_free (priority->criterion);
  g_free (priority->why);
  g_free (priority);
}

void
sy_use_case_free (SyUseCase *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->summary);
  g_free (self->slo_why);
  g_free (self->shape_text);
  g_free (self->traffic_why);
  g_free (self->growth_why);
  g_free (self->workload);
  g_clear_pointer (&self->priorities, g_ptr_array_unref);
  g_free (self);
}

/* --- members -------------------------------------------------------------- */

static gboolean
refuse (const char *where,
        const char *member,
        const char *expected,
        GError    **error)
{
  g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s: “%s” should be %s", where, member, expected);
  return FALSE;
}

static const char *
get_text (JsonObject *object,
          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING
      || *json_node_get_string (node) == '\0')
    return NULL;

  return json_node_get_string (node);
}

static gboolean
read_text (JsonObject *object,
           const char *member,
           const char *where,
           char      **ret,
           GError    **error)
{
  const char *text = get_text (object, member);

  if (text == NULL)
    return refuse (where, member, "a text", error);

  *ret = g_strdup (text);
  return TRUE;
}

static gboolean
read_number (JsonObject *object,
             const char *member,
             const char *where,
             double      low,
             double      high,
             double     *ret,
             GError    **error)
{
  JsonNode *node = json_object_get_member (object, member);
  const GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  g_autofree char *range = g_strdup_printf ("a number from %g to %g", low, high);

  *ret = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : low - 1;
  if (!(*ret >= low && *ret <= high))
    return refuse (where, member, range, error);

  return TRUE;
}

static JsonObject *
read_object (JsonObject *object,
             const char *member,
             const char *where,
             GError    **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return refuse (where, member, "an object", error), NULL;

  return json_node_get_object (node);
}

/* A list of objects. */
static JsonArray *
read_list (JsonObject *object,
           const char *member,
           const char *where,
           GError    **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return refuse (where, member, "a list of objects", error), NULL;

  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (json_node_get_array (node), i)))
      return refuse (where, member, "a list of objects", error), NULL;

  return json_node_get_array (node);
}

/* The object of @schema in @text; @parser keeps it. */
static JsonObject *
open_text (JsonParser *parser,
           const char *name,
           const char *text,
           gsize       length,
           const char *schema,
           GError    **error)
{
  JsonNode *root;

  if (!sy_json_check (text, length, NULL, error) || !json_parser_load_from_data (parser, text, (gssize) length, error))
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (!JSON_NODE_HOLDS_OBJECT (root) || g_strcmp0 (get_text (json_node_get_object (root), "schema"), schema) != 0)
    return refuse (name, "schema", schema, error), NULL;

  return json_node_get_object (root);
}

/* --- use cases ------------------------------------------------------------ */

static gboolean
read_slo (JsonObject *root,
          const char *name,
          SyUseCase  *self,
          GError    **error)
{
  JsonObject *slo = read_object (root, "slo", name, error);
  g_autofree char *where = g_strdup_printf ("%s: slo", name);

  return slo != NULL
         && read_number (slo, "threshold_s", where, 1e-6, MAX_THRESHOLD, &self->slo_threshold, error)
         && read_number (slo, "share", where, 0, 1, &self->slo_share, error)
         && read_text (slo, "why", where, &self->slo_why, error);
}

static gboolean
read_traffic (JsonObject *root,
              const char *name,
              SyUseCase  *self,
              GError    **error)
{
  JsonObject *traffic = read_object (root, "traffic", name, error);
  g_autofree char *where = g_strdup_printf ("%s: traffic", name);

  if (traffic == NULL
      || !read_text (traffic, "shape", where, &self->shape_text, error)
      || !read_number (traffic, "growth", where, -1, MAX_GROWTH, &self->growth, error)
      || !read_text (traffic, "why", where, &self->traffic_why, error))
    return FALSE;

  if (json_object_has_member (traffic, "growth_why")
      && !read_text (traffic, "growth_why", where, &self->growth_why, error))
    return FALSE;

  if (!sy_traffic_shape_parse (self->shape_text, &self->shape))
    return refuse (where, "shape", "“flat”, “cos floor SHARE peak HOURh” or “office floor SHARE from HOURh to HOURh”", error);

  return TRUE;
}

static gboolean
read_priorities (JsonObject *root,
                 const char *name,
                 SyUseCase  *self,
                 GError    **error)
{
  JsonArray *list = read_list (root, "priorities", name, error);

  if (list == NULL)
    return FALSE;

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s: priorities: item %u", name, i + 1);
      SyPriority *priority = g_new0 (SyPriority, 1);

      g_ptr_array_add (self->priorities, priority);
      if (!read_text (json_array_get_object_element (list, i), "criterion", where, &priority->criterion, error)
          || !read_text (json_array_get_object_element (list, i), "why", where, &priority->why, error))
        return FALSE;

      for (guint k = 0; k < i; k++)
        if (strcmp (((SyPriority *) g_ptr_array_index (self->priorities, k))->criterion, priority->criterion) == 0)
          return refuse (where, "criterion", "there once", error);
    }

  if (self->priorities->len == 0)
    return refuse (name, "priorities", "one criterion or more", error);

  return TRUE;
}

SyUseCase *
sy_use_case_new_from_data (const char *name,
                           const char *text,
                           gsize       length,
                           GError    **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *root = open_text (parser, name, text, length, USE_CASE_SCHEMA, error);
  g_autoptr (SyUseCase) self = NULL;

  if (root == NULL)
    return NULL;

  self = g_new0 (SyUseCase, 1);
  self->priorities = g_ptr_array_new_with_free_func ((GDestroyNotify) priority_free);

  if (!read_text (root, "id", name, &self->id, error)
      || !read_text (root, "name", name, &self->name, error)
      || !read_text (root, "summary", name, &self->summary, error)
      || !read_slo (root, name, self, error)
      || !read_traffic (root, name, self, error)
      || !read_priorities (root, name, self, error))
    return NULL;

  self->workload = g_strdup (get_text (root, "workload"));
  return g_steal_pointer (&self);
}

/* --- criteria ------------------------------------------------------------- */

static gboolean
read_items (JsonObject      *object,
            const char      *where,
            SyCriterionKind *kind,
            GError         **error)
{
  JsonArray *list = read_list (object, "items", where, error);

  if (list == NULL)
    return FALSE;

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *line = json_array_get_object_element (list, i);
      SyCheckItem *item = g_new0 (SyCheckItem, 1);

      g_ptr_array_add (kind->items, item);
      if (!read_text (line, "id", where, &item->id, error) || !read_text (line, "text", where, &item->text, error))
        return FALSE;

      item->factor = g_strdup (get_text (line, "factor"));
    }

  return TRUE;
}

static SyCriterionKind *
read_kind (JsonObject *object,
           const char *where,
           GError    **error)
{
  g_autoptr (SyCriterionKind) kind = g_new0 (SyCriterionKind, 1);

  kind->items = g_ptr_array_new_with_free_func ((GDestroyNotify) check_item_free);
  if (!read_text (object, "id", where, &kind->id, error)
      || !read_text (object, "label", where, &kind->label, error)
      || !read_text (object, "meaning", where, &kind->meaning, error)
      || !read_items (object, where, kind, error))
    return NULL;

  if (!sy_evidence_class_from_string (get_text (object, "cls"), &kind->cls))
    return refuse (where, "cls", "MEASURED, PRICED, CHECKED, USER, JUDGED or ASSUMED", error), NULL;

  kind->factor = g_strdup (get_text (object, "factor"));
  return g_steal_pointer (&kind);
}

GPtrArray *
sy_criterion_kinds_new_from_data (const char *name,
                                  const char *text,
                                  gsize       length,
                                  GError    **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *root = open_text (parser, name, text, length, CRITERIA_SCHEMA, error);
  g_autoptr (GPtrArray) kinds = g_ptr_array_new_with_free_func ((GDestroyNotify) criterion_kind_free);
  JsonArray *list = root != NULL ? read_list (root, "criteria", name, error) : NULL;

  if (list == NULL)
    return NULL;

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s: criteria: item %u", name, i + 1);
      SyCriterionKind *kind = read_kind (json_array_get_object_element (list, i), where, error);

      if (kind == NULL)
        return NULL;

      g_ptr_array_add (kinds, kind);
      for (guint k = 0; k < i; k++)
        if (strcmp (((SyCriterionKind *) g_ptr_array_index (kinds, k))->id, kind->id) == 0)
          return refuse (where, "id", "there once", error), NULL;
    }

  return g_steal_pointer (&kinds);
}

double
sy_criterion_half_width (SyEvidenceClass cls)
{
  return cls == SY_EVIDENCE_JUDGED || cls == SY_EVIDENCE_CHECKED ? JUDGED_HALF_WIDTH : 0;
}

double
sy_checklist_value (const SyCheckAnswer *answers,
                    guint                n,
                    double              *ret_half_width)
{
  guint yes = 0;
  guint open = 0;

  if (n == 0)
    {
      *ret_half_width = (SY_VALUE_BEST - SY_VALUE_WORST) / 2;
      return NAN;
    }

  for (guint i = 0; i < n; i++)
    {
      yes += answers[i] == SY_CHECK_YES;
      open += answers[i] == SY_CHECK_OPEN;
    }

  *ret_half_width = (SY_VALUE_BEST - SY_VALUE_WORST) * open / n / 2;
  return sy_value_share ((yes + open / 2.0) / n);
}
