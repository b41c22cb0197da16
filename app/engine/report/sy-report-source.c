/* sy-report-source.c: a decision as a file says it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file may be older or newer than we are, or written by another program: what
 * we do not understand is left out, never guessed.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-report-source.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define WHOLE 1000 /* from here on, fractions say nothing */

static JsonNode *
find (JsonObject *object,
      const char *name)
{
  return object != NULL ? json_object_get_member (object, name) : NULL;
}

static double
value_of (JsonNode *node)
{
  const char *word;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return (double) NAN;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return json_node_get_value_type (node) == G_TYPE_BOOLEAN ? (double) NAN : json_node_get_double (node);

  word = json_node_get_string (node);
  if (g_strcmp0 (word, "+Inf") == 0)
    return (double) INFINITY;

  return g_strcmp0 (word, "-Inf") == 0 ? (double) -INFINITY : (double) NAN;
}

JsonObject *
sy_report_object (JsonObject *object,
                  const char *name)
{
  JsonNode *node = find (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
sy_report_array (JsonObject *object,
                 const char *name)
{
  JsonNode *node = find (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
sy_report_element (JsonArray *array,
                   guint      i)
{
  JsonNode *node = i < sy_report_length (array) ? json_array_get_element (array, i) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

guint
sy_report_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

double
sy_report_value (JsonObject *object,
                 const char *name)
{
  return value_of (find (object, name));
}

double
sy_report_item (JsonArray *array,
                guint      i)
{
  return i < sy_report_length (array) ? value_of (json_array_get_element (array, i)) : (double) NAN;
}

const char *
sy_report_word (JsonObject *object,
                const char *name)
{
  JsonNode *node = find (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : NULL;
}

char *
sy_report_dup_text (const SyReportVeil *veil,
                    JsonObject         *object,
                    const char         *name)
{
  const char *word = sy_report_word (object, name);

  return word != NULL && *word != '\0' ? sy_report_veil_text (veil, word) : NULL;
}

char *
sy_report_dup_moment (const SyReportVeil *veil,
                      JsonObject         *object,
                      const char         *name,
                      const char         *format)
{
  const char *word = sy_report_word (object, name);
  g_autoptr (GDateTime) moment = word != NULL ? g_date_time_new_from_iso8601 (word, NULL) : NULL;
  g_autoptr (GDateTime) utc = moment != NULL ? g_date_time_to_utc (moment) : NULL;

  return utc != NULL ? g_date_time_format (utc, format) : sy_report_dup_text (veil, object, name);
}

char *
sy_report_number (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (value))
    return g_strdup (_("not known"));
  if (isinf (value))
    return g_strdup (_("unbounded"));

  g_ascii_formatd (text, sizeof text, fabs (value) >= WHOLE && fabs (value) < 1e15 ? "%.0f" : "%.4g", value);
  return g_strdup (text);
}

char *
sy_report_short (double value)
{
  static const struct {
    double      from;
    const char *sign;
  } steps[] = { { 1e9, " G" }, { 1e6, " M" }, { 1e3, " k" } };
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (fabs (value) >= steps[i].from && isfinite (value))
      {
        const double scaled = value / steps[i].from;

        g_ascii_formatd (text, sizeof text, fabs (scaled) < 10 ? "%.1f" : "%.0f", scaled);
        return g_strconcat (text, steps[i].sign, NULL);
      }

  return sy_report_number (value);
}

char *
sy_report_interval (JsonArray *array)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (sy_report_length (array) != 2)
    return NULL;

  low = sy_report_number (sy_report_item (array, 0));
  high = sy_report_number (sy_report_item (array, 1));

  /* Translators: the ends of an interval */
  return g_strdup_printf (_("%s to %s"), low, high);
}
