/* sy-alert-file.c: the file of what a person wants to be told of
 *
 * Limits: those of sy_json_check(); SY_ALERT_MAX_RULES rules.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-alert-file.h"

#include <math.h>

#include "sy-clock.h"
#include "sy-error.h"
#include "sy-json-document.h"
#include "sy-json-writer.h"

#define SCHEMA "steelyard.alerts/1"

SyAlertList *
sy_alert_list_new (void)
{
  SyAlertList *self = g_new0 (SyAlertList, 1);

  self->tells_lost = TRUE;
  self->rules = g_array_new (FALSE, FALSE, sizeof (SyAlertRule));
  return self;
}

void
sy_alert_list_free (SyAlertList *self)
{
  g_array_unref (self->rules);
  g_free (self);
}

/* "b", "b/a" */
static gboolean
parse_side (const char  *side,
            SyAlertRule *rule)
{
  if (side[0] < 'a' || side[0] > 'f')
    return FALSE;

  rule->backend = (guint) (side[0] - 'a');
  rule->is_ratio = g_str_equal (side + 1, "/a");
  return side[1] == '\0' || rule->is_ratio;
}

static gboolean
read_bound (SyJsonPlace   at,
            SyAlertRule  *rule,
            GError      **error)
{
  const gboolean below = json_object_has_member (at.object, "below");

  if (below && json_object_has_member (at.object, "above"))
    return sy_json_member_fail (at, "above", "cannot stand beside \"below\"", error);

  rule->bound = below ? SY_ALERT_BELOW : SY_ALERT_ABOVE;
  return sy_json_member_require (at, below ? "below" : "above", error)
         && sy_json_member_double (at, below ? "below" : "above", &rule->limit, error);
}

/* The member that makes @rule, which is wrong, wrong. */
static const char *
find_wrong (const SyAlertRule *rule)
{
  SyAlertRule other = *rule;

  other.limit = 1;
  other.hysteresis = 0;
  if (!sy_alert_rule_check (&other, NULL))
    return "of";

  other.limit = rule->limit;
  if (!sy_alert_rule_check (&other, NULL))
    return rule->bound == SY_ALERT_BELOW ? "below" : "above";

  return "hysteresis";
}

static gboolean
read_rule (SyJsonPlace   at,
           gpointer      user_data,
           GError      **error)
{
  static const char *const names[] = { "quantity", "of", "above", "below", "hysteresis", "seconds", "enabled", NULL };
  SyAlertList *list = user_data;
  g_autofree char *quantity = NULL;
  g_autofree char *side = NULL;
  g_autoptr (GError) inner = NULL;
  SyAlertRule rule;
  double seconds;

  sy_alert_rule_init (&rule);
  seconds = (double) rule.duration_us / (double) SY_USEC_PER_SEC;
  if (!sy_json_member_check_names (at, names, error)
      || !sy_json_member_require (at, "quantity", error)
      || !sy_json_member_string (at, "quantity", &quantity, error)
      || !sy_json_member_require (at, "of", error)
      || !sy_json_member_string (at, "of", &side, error)
      || !read_bound (at, &rule, error)
      || !sy_json_member_double (at, "hysteresis", &rule.hysteresis, error)
      || !sy_json_member_double (at, "seconds", &seconds, error)
      || !sy_json_member_bool (at, "enabled", &rule.is_enabled, error))
    return FALSE;

  if (!sy_alert_quantity_parse (quantity, &rule.quantity))
    return sy_json_member_fail (at, "quantity", "is none that a rule can be about", error);
  if (!parse_side (side, &rule))
    return sy_json_member_fail (at, "of", "must be \"a\" to \"f\", or \"b/a\" to \"f/a\"", error);
  if (!(seconds >= 0 && seconds * (double) SY_USEC_PER_SEC <= (double) SY_ALERT_MAX_DURATION_US))
    return sy_json_member_fail (at, "seconds", "must be between 0 and 86400", error);
  if (list->rules->len == SY_ALERT_MAX_RULES)
    return sy_json_member_fail (at, "quantity", "belongs to a rule too many: at most 100", error);

  rule.duration_us = (gint64) round (seconds * (double) SY_USEC_PER_SEC);
  if (!sy_alert_rule_check (&rule, &inner))
    return sy_json_member_fail (at, find_wrong (&rule), inner->message, error);

  g_array_append_val (list->rules, rule);
  return TRUE;
}

static gboolean
read_document (SyJsonPlace   at,
               gpointer      user_data,
               GError      **error)
{
  static const char *const names[] = { "schema", "lost", "rules", NULL };
  SyAlertList *list = user_data;

  return sy_json_document_check (at, names, SCHEMA, error)
         && sy_json_member_bool (at, "lost", &list->tells_lost, error)
         && sy_json_member_each (at, "rules", read_rule, list, error);
}

SyAlertList *
sy_alert_file_parse (const char  *path,
                     const char  *text,
                     gsize        length,
                     GError     **error)
{
  g_autoptr (SyAlertList) list = sy_alert_list_new ();

  return sy_json_document_parse (path, text, length, read_document, list, error) ? g_steal_pointer (&list) : NULL;
}

SyAlertList *
sy_alert_file_load (const char  *path,
                    GError     **error)
{
  g_autoptr (SyAlertList) list = sy_alert_list_new ();

  return sy_json_document_load (path, read_document, list, error) ? g_steal_pointer (&list) : NULL;
}

static void
write_rule (SyJsonWriter      *writer,
            const SyAlertRule *rule)
{
  const char letter[] = { (char) ('a' + rule->backend), '\0' };
  g_autofree char *side = g_strconcat (letter, rule->is_ratio ? "/a" : "", NULL);

  sy_json_writer_begin_object (writer);
  sy_json_writer_member_string (writer, "quantity", sy_alert_quantity_nick (rule->quantity));
  sy_json_writer_member_string (writer, "of", side);
  sy_json_writer_member_double (writer, rule->bound == SY_ALERT_ABOVE ? "above" : "below", rule->limit);
  sy_json_writer_member_double (writer, "hysteresis", rule->hysteresis);
  sy_json_writer_member_double (writer, "seconds", (double) rule->duration_us / (double) SY_USEC_PER_SEC);
  sy_json_writer_member_bool (writer, "enabled", rule->is_enabled);
  sy_json_writer_end_object (writer);
}

char *
sy_alert_file_format (const SyAlertList *list)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();

  sy_json_writer_begin_object (writer);
  sy_json_writer_member_string (writer, "schema", SCHEMA);
  sy_json_writer_member_bool (writer, "lost", list->tells_lost);
  sy_json_writer_key (writer, "rules");
  sy_json_writer_begin_array (writer);
  for (guint i = 0; i < list->rules->len; i++)
    write_rule (writer, &g_array_index (list->rules, SyAlertRule, i));
  sy_json_writer_end_array (writer);
  sy_json_writer_end_object (writer);

  return sy_json_writer_finish (writer);
}

gboolean
sy_alert_file_save (const char         *path,
                    const SyAlertList  *list,
                    GError            **error)
{
  g_autofree char *text = sy_alert_file_format (list);

  return sy_json_document_save (path, text, error);
}
