/* sy-assumption-set.c: what a person states about a decision, as a value and a file
 *
 * Limits: those of sy_json_check(). Empty: nothing is known.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-assumption-set.h"

#include <math.h>
#include <string.h>

#include "sy-assumption-parameter.h"
#include "sy-error.h"
#include "sy-json-document.h"
#include "sy-json-writer.h"
#include "sy-ownership.h"
#include "sy-price.h"

#define SCHEMA "steelyard.assumptions/1"
#define DEFAULT_CURRENCY "USD"

static const char *const answer_words[] = { "open", "yes", "no" };
static const char *const side_names[] = { "A", "B" };

static void
assumption_free (SyAssumption *self)
{
  g_free ((char *) self->source);
  g_free ((char *) self->observed);
  g_free (self);
}

static void
judgement_free (SyJudgement *self)
{
  g_free (self->reason);
  g_free (self);
}

SyAssumptionSet *
sy_assumption_set_new (void)
{
  SyAssumptionSet *self = g_new0 (SyAssumptionSet, 1);

  self->currency = g_strdup (DEFAULT_CURRENCY);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) assumption_free);
  self->judgements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) judgement_free);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
sy_assumption_set_free (SyAssumptionSet *self)
{
  g_free (self->use_case);
  g_free (self->shape);
  g_free (self->currency);
  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->judgements);
  g_hash_table_unref (self->answers);
  g_free (self);
}

void
sy_assumption_set_put (SyAssumptionSet    *self,
                       const char         *name,
                       const SyAssumption *value)
{
  SyAssumption *copy = g_memdup2 (value, sizeof *value);

  copy->source = g_strdup (value->source);
  copy->observed = g_strdup (value->observed);
  g_hash_table_replace (self->values, g_strdup (name), copy);
}

SyJudgement *
sy_assumption_set_judgement (SyAssumptionSet *self,
                             const char      *criterion)
{
  SyJudgement *judgement = g_hash_table_lookup (self->judgements, criterion);

  if (judgement == NULL)
    {
      judgement = g_new0 (SyJudgement, 1);
      judgement->score[0] = judgement->score[1] = judgement->half_width = NAN;
      g_hash_table_insert (self->judgements, g_strdup (criterion), judgement);
    }

  return judgement;
}

char *
sy_assumption_answer_key (const char *criterion,
                          const char *item,
                          guint       side)
{
  return g_strdup_printf ("%s/%s/%s", criterion, item, side_names[side]);
}

/* --- reading -------------------------------------------------------------- */

/* Calls @func for each member of the object @name, which must be objects. */
static gboolean
for_members (SyJsonPlace     at,
             const char     *name,
             gboolean      (*func) (SyJsonPlace, const char *, SyAssumptionSet *, GError **),
             SyAssumptionSet *self,
             GError        **error)
{
  JsonNode *node = json_object_get_member (at.object, name);
  g_autoptr (GList) members = NULL;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return sy_json_member_fail (at, name, "must be an object", error);

  members = json_object_get_members (json_node_get_object (node));
  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *member = json_object_get_member (json_node_get_object (node), l->data);
      g_autofree char *place = g_strdup_printf ("%s[\"%s\"]", name, (const char *) l->data);

      if (!JSON_NODE_HOLDS_OBJECT (member))
        return sy_json_member_fail (at, place, "must be an object", error);
      if (!func ((SyJsonPlace) { json_node_get_object (member), place }, l->data, self, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_value (SyJsonPlace      at,
            const char      *name,
            SyAssumptionSet *self,
            GError         **error)
{
  static const char *const names[] = { "value", "low", "high", "class", "source", "observed", NULL };
  SyAssumption value = { NAN, NAN, NAN, SY_EVIDENCE_USER, NULL, NULL };
  g_autofree char *cls = NULL;
  g_autofree char *source = NULL;
  g_autofree char *observed = NULL;

  if (!sy_json_member_check_names (at, names, error)
      || !sy_json_member_require (at, "value", error)
      || !sy_json_member_require (at, "class", error)
      || !sy_json_member_double (at, "value", &value.value, error)
      || !sy_json_member_double (at, "low", &value.low, error)
      || !sy_json_member_double (at, "high", &value.high, error)
      || !sy_json_member_string (at, "class", &cls, error)
      || !sy_json_member_string (at, "source", &source, error)
      || !sy_json_member_string (at, "observed", &observed, error))
    return FALSE;

  if (sy_assumption_parameter_find (name) == NULL)
    return sy_json_member_fail (at, "", "is no input that is known", error);
  if (!sy_evidence_class_from_string (cls, &value.cls) || value.cls <= SY_EVIDENCE_PRICED)
    return sy_json_member_fail (at, "class", "must be CHECKED, USER, JUDGED or ASSUMED", error);
  if (value.low > value.value || value.high < value.value)
    return sy_json_member_fail (at, "value", "must lie between low and high", error);
  if (observed != NULL && isnan (sy_price_day_get_age (observed, 0)))
    return sy_json_member_fail (at, "observed", "must be a day, such as 2026-11-27", error);

  value.source = source;
  value.observed = observed;
  sy_assumption_set_put (self, name, &value);
  return TRUE;
}

static gboolean
read_judgement (SyJsonPlace      at,
                const char      *criterion,
                SyAssumptionSet *self,
                GError         **error)
{
  static const char *const names[] = { "A", "B", "half_width", "reason", NULL };
  SyJudgement *judgement = sy_assumption_set_judgement (self, criterion);

  if (!sy_json_member_check_names (at, names, error)
      || !sy_json_member_double (at, "A", &judgement->score[0], error)
      || !sy_json_member_double (at, "B", &judgement->score[1], error)
      || !sy_json_member_double (at, "half_width", &judgement->half_width, error)
      || !sy_json_member_string (at, "reason", &judgement->reason, error))
    return FALSE;

  for (guint i = 0; i < 2; i++)
    if (judgement->score[i] < 0 || judgement->score[i] > 100)
      return sy_json_member_fail (at, side_names[i], "must be from 0 to 100", error);
  if (judgement->half_width < 0 || judgement->half_width > 100)
    return sy_json_member_fail (at, "half_width", "must be from 0 to 100", error);

  return TRUE;
}

static gboolean
read_answer (SyJsonPlace      at,
             const char      *criterion,
             SyAssumptionSet *self,
             GError         **error)
{
  g_autoptr (GList) items = json_object_get_members (at.object);

  for (GList *l = items; l != NULL; l = l->next)
    {
      g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

      if (strchr (l->data, '/') != NULL || strchr (criterion, '/') != NULL)
        return sy_json_member_fail (at, l->data, "must not have a slash in its name", error);
      if (!sy_json_member_strings (at, l->data, words, error))
        return FALSE;
      if (words->len != 2)
        return sy_json_member_fail (at, l->data, "must hold an answer for A and one for B", error);

      for (guint side = 0; side < 2; side++)
        {
          guint answer = 0;

          while (answer < G_N_ELEMENTS (answer_words)
                 && strcmp (g_ptr_array_index (words, side), answer_words[answer]) != 0)
            answer++;
          if (answer == G_N_ELEMENTS (answer_words))
            return sy_json_member_fail (at, l->data, "must be open, yes or no", error);
          if (answer != SY_CHECK_OPEN)
            g_hash_table_replace (self->answers, sy_assumption_answer_key (criterion, l->data, side),
                                  GUINT_TO_POINTER (answer));
        }
    }

  return TRUE;
}

static gboolean
read_years (SyJsonPlace  at,
            const char  *name,
            guint       *ret_years,
            GError     **error)
{
  double bits = 0;

  if (!sy_json_member_double (at, name, &bits, error))
    return FALSE;
  if (!(bits >= 0 && bits < (1u << (SY_OWNERSHIP_MAX_YEARS + 1)) && bits == floor (bits)))
    return sy_json_member_fail (at, name, "must be a sum of 2^year", error);

  *ret_years = (guint) bits;
  return TRUE;
}

static gboolean
read_texts (SyJsonPlace      at,
            SyAssumptionSet *self,
            GError         **error)
{
  g_autofree char *currency = NULL;
  SyTrafficShape shape;

  if (!sy_json_member_string (at, "use_case", &self->use_case, error)
      || !sy_json_member_string (at, "shape", &self->shape, error)
      || !sy_json_member_string (at, "currency", &currency, error))
    return FALSE;

  if (self->shape != NULL && !sy_traffic_shape_parse (self->shape, &shape))
    return sy_json_member_fail (at, "shape", "is no shape of a day", error);
  if (currency != NULL && !sy_currency_is_known (currency))
    return sy_json_member_fail (at, "currency", "is no code of ISO 4217", error);
  if (currency != NULL)
    {
      g_free (self->currency);
      self->currency = g_steal_pointer (&currency);
    }

  if (!json_object_has_member (at.object, "order"))
    return TRUE;

  self->order = g_ptr_array_new_with_free_func (g_free);
  return sy_json_member_strings (at, "order", self->order, error);
}

static gboolean
read_document (SyJsonPlace   at,
               gpointer      user_data,
               GError      **error)
{
  static const char *const names[] = { "schema", "use_case", "shape", "currency", "order", "upgrade_years_A",
                                       "upgrade_years_B", "values", "judgements", "answers", NULL };
  SyAssumptionSet *self = user_data;

  return sy_json_document_check (at, names, SCHEMA, error)
         && read_texts (at, self, error)
         && read_years (at, "upgrade_years_A", &self->upgrade_years[0], error)
         && read_years (at, "upgrade_years_B", &self->upgrade_years[1], error)
         && for_members (at, "values", read_value, self, error)
         && for_members (at, "judgements", read_judgement, self, error)
         && for_members (at, "answers", read_answer, self, error);
}

SyAssumptionSet *
sy_assumption_set_parse (const char *name,
                         const char *text,
                         gsize       length,
                         GError    **error)
{
  g_autoptr (SyAssumptionSet) self = sy_assumption_set_new ();

  return sy_json_document_parse (name, text, length, read_document, self, error) ? g_steal_pointer (&self) : NULL;
}

/* --- writing -------------------------------------------------------------- */

/* In the order of names, so that equal sets are equal files. */
static GList *
sorted_keys (GHashTable *table)
{
  return g_list_sort (g_hash_table_get_keys (table), (GCompareFunc) strcmp);
}

static void
write_known (SyJsonWriter *writer,
             const char   *name,
             double        value)
{
  if (!isnan (value))
    sy_json_writer_member_double (writer, name, value);
}

static void
write_text (SyJsonWriter *writer,
            const char   *name,
            const char   *text)
{
  if (text != NULL)
    sy_json_writer_member_string (writer, name, text);
}

static void
write_values (SyJsonWriter          *writer,
              const SyAssumptionSet *self)
{
  g_autoptr (GList) names = sorted_keys (self->values);

  sy_json_writer_key (writer, "values");
  sy_json_writer_begin_object (writer);
  for (GList *l = names; l != NULL; l = l->next)
    {
      const SyAssumption *value = g_hash_table_lookup (self->values, l->data);

      if (value->cls <= SY_EVIDENCE_PRICED)
        continue;

      sy_json_writer_key (writer, l->data);
      sy_json_writer_begin_object (writer);
      sy_json_writer_member_double (writer, "value", value->value);
      write_known (writer, "low", value->low);
      write_known (writer, "high", value->high);
      sy_json_writer_member_string (writer, "class", sy_evidence_class_to_string (value->cls));
      write_text (writer, "source", value->source);
      write_text (writer, "observed", value->observed);
      sy_json_writer_end_object (writer);
    }
  sy_json_writer_end_object (writer);
}

static void
write_judgements (SyJsonWriter          *writer,
                  const SyAssumptionSet *self)
{
  g_autoptr (GList) names = sorted_keys (self->judgements);

  sy_json_writer_key (writer, "judgements");
  sy_json_writer_begin_object (writer);
  for (GList *l = names; l != NULL; l = l->next)
    {
      const SyJudgement *judgement = g_hash_table_lookup (self->judgements, l->data);

      sy_json_writer_key (writer, l->data);
      sy_json_writer_begin_object (writer);
      write_known (writer, "A", judgement->score[0]);
      write_known (writer, "B", judgement->score[1]);
      write_known (writer, "half_width", judgement->half_width);
      write_text (writer, "reason", judgement->reason);
      sy_json_writer_end_object (writer);
    }
  sy_json_writer_end_object (writer);
}

/* "CRITERION/ITEM/A" in order, so that lines of one criterion and the two sides
 * of one line follow each other. */
static void
write_answers (SyJsonWriter          *writer,
               const SyAssumptionSet *self)
{
  g_autoptr (GList) keys = sorted_keys (self->answers);
  g_autofree char *open = NULL;
  g_autofree char *line = NULL;

  sy_json_writer_key (writer, "answers");
  sy_json_writer_begin_object (writer);
  for (GList *l = keys; l != NULL; l = l->next)
    {
      g_auto (GStrv) parts = g_strsplit (l->data, "/", 3);
      g_autofree char *here = g_strdup_printf ("%s/%s", parts[0], parts[1]);

      if (g_strcmp0 (here, line) == 0)
        continue;

      if (g_strcmp0 (open, parts[0]) != 0)
        {
          if (open != NULL)
            sy_json_writer_end_object (writer);
          sy_json_writer_key (writer, parts[0]);
          sy_json_writer_begin_object (writer);
          g_free (open);
          open = g_strdup (parts[0]);
        }

      sy_json_writer_key (writer, parts[1]);
      sy_json_writer_begin_array (writer);
      for (guint side = 0; side < 2; side++)
        {
          g_autofree char *key = sy_assumption_answer_key (parts[0], parts[1], side);

          sy_json_writer_string (writer, answer_words[GPOINTER_TO_UINT (g_hash_table_lookup (self->answers, key))]);
        }
      sy_json_writer_end_array (writer);

      g_free (line);
      line = g_steal_pointer (&here);
    }
  if (open != NULL)
    sy_json_writer_end_object (writer);
  sy_json_writer_end_object (writer);
}

char *
sy_assumption_set_format (const SyAssumptionSet *self)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();

  sy_json_writer_begin_object (writer);
  sy_json_writer_member_string (writer, "schema", SCHEMA);
  write_text (writer, "use_case", self->use_case);
  write_text (writer, "shape", self->shape);
  sy_json_writer_member_string (writer, "currency", self->currency);
  if (self->order != NULL)
    {
      sy_json_writer_key (writer, "order");
      sy_json_writer_begin_array (writer);
      for (guint i = 0; i < self->order->len; i++)
        sy_json_writer_string (writer, g_ptr_array_index (self->order, i));
      sy_json_writer_end_array (writer);
    }
  sy_json_writer_member_int (writer, "upgrade_years_A", self->upgrade_years[0]);
  sy_json_writer_member_int (writer, "upgrade_years_B", self->upgrade_years[1]);
  write_values (writer, self);
  write_judgements (writer, self);
  write_answers (writer, self);
  sy_json_writer_end_object (writer);

  return sy_json_writer_finish (writer);
}
