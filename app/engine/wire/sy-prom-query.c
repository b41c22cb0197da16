/* sy-prom-query.c: questions in PromQL
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What people write is parsed and written anew, so that nothing of it can end a
 * selector early and become another part of a question.
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-prom-query.h"

#include <string.h>

#include "sy-error.h"
#include "sy-text.h"

#define MAX_SELECTOR 2048
#define MILLISECOND_US 1000

SyPromQuery *
sy_prom_query_new (const char *id,
                   char       *query)
{
  SyPromQuery *self = g_new (SyPromQuery, 1);

  self->id = g_strdup (id);
  self->query = query;
  return self;
}

void
sy_prom_query_free (SyPromQuery *self)
{
  g_free (self->id);
  g_free (self->query);
  g_free (self);
}

char *
sy_prom_query_join (const GPtrArray *queries)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < queries->len; i++)
    {
      const SyPromQuery *query = g_ptr_array_index (queries, i);

      g_string_append_printf (text, "%slabel_replace(%s,\"" SY_PROM_ID_LABEL "\",\"%s\",\"\",\"\")",
                              i > 0 ? " or " : "", query->query, query->id);
    }

  return g_string_free (text, FALSE);
}

void
sy_prom_append_quoted (GString    *query,
                       const char *value)
{
  g_string_append_c (query, '"');
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '\\' || *p == '"')
        g_string_append_printf (query, "\\%c", *p);
      else if ((guchar) *p < 0x20 || *p == 0x7f)
        g_string_append_printf (query, "\\x%02x", (guchar) *p);
      else
        g_string_append_c (query, *p);
    }
  g_string_append_c (query, '"');
}

char *
sy_prom_selector_of_series (const SyPromSeries *series)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; series->labels[i] != NULL; i += 2)
    {
      g_string_append_printf (text, "%s%s=", i > 0 ? "," : "", series->labels[i]);
      sy_prom_append_quoted (text, series->labels[i + 1]);
    }

  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

/* --- Reading a selector --- */

static gboolean
refuse (const char  *at,
        const char  *expected,
        GError     **error)
{
  g_autofree char *shown = sy_display_text (at, -1, 40);

  g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "%s is missing at “%s”: write labels as {job=\"api\",instance=~\"web.*\"}",
               expected, shown);
  return FALSE;
}

static void
skip_blanks (const char **p)
{
  while (g_ascii_isspace (**p))
    (*p)++;
}

static gboolean
read_name (const char **p,
           GString     *out,
           GError     **error)
{
  const char *start = *p;

  while (g_ascii_isalpha (**p) || **p == '_' || (*p > start && g_ascii_isdigit (**p)))
    (*p)++;
  if (*p == start)
    return refuse (start, "a label's name", error);

  g_string_append_len (out, start, *p - start);
  return TRUE;
}

static gboolean
read_operator (const char **p,
               GString     *out,
               GError     **error)
{
  static const char * const operators[] = { "=~", "!~", "!=", "=" };

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_has_prefix (*p, operators[i]))
      {
        g_string_append (out, operators[i]);
        *p += strlen (operators[i]);
        return TRUE;
      }

  return refuse (*p, "=, !=, =~ or !~", error);
}

static gboolean
read_value (const char **p,
            GString     *out,
            GError     **error)
{
  const char *start = *p;
  const char quote = **p;
  g_autoptr (GString) value = g_string_new (NULL);

  if (quote != '"' && quote != '\'')
    return refuse (start, "a value in quotes", error);

  for ((*p)++; **p != quote; (*p)++)
    {
      if (**p == '\\' && ((*p)[1] == '\\' || (*p)[1] == '"' || (*p)[1] == '\''))
        (*p)++;
      else if (**p == '\\')
        return refuse (*p, "the second backslash (a backslash in a value is written twice)", error);
      if (**p == '\0')
        return refuse (start, "the closing quote", error);
      g_string_append_c (value, **p);
    }
  (*p)++;

  sy_prom_append_quoted (out, value->str);
  return TRUE;
}

static gboolean
read_matchers (const char **p,
               GString     *out,
               GError     **error)
{
  while (TRUE)
    {
      skip_blanks (p);
      if (**p == '}' || **p == '\0')
        return TRUE;

      if (out->len > 0)
        g_string_append_c (out, ',');
      if (!read_name (p, out, error))
        return FALSE;
      skip_blanks (p);
      if (!read_operator (p, out, error))
        return FALSE;
      skip_blanks (p);
      if (!read_value (p, out, error))
        return FALSE;
      skip_blanks (p);
      if (**p == ',')
        (*p)++;
      else if (**p != '}' && **p != '\0')
        return refuse (*p, "a comma", error);
    }
}

char *
sy_prom_selector_normalise (const char  *text,
                            GError     **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *p = text;
  gboolean braces;

  if (strlen (text) > MAX_SELECTOR || !g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID, "the selector is longer than %d bytes or not UTF-8 text", MAX_SELECTOR);
      return NULL;
    }

  skip_blanks (&p);
  braces = *p == '{';
  p += braces ? 1 : 0;
  if (!read_matchers (&p, out, error))
    return NULL;
  if (braces != (*p == '}'))
    {
      refuse (p, braces ? "the closing brace" : "the opening brace", error);
      return NULL;
    }
  p += braces ? 1 : 0;
  skip_blanks (&p);
  if (*p != '\0')
    {
      refuse (p, "the end", error);
      return NULL;
    }

  if (out->len == 0)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_INVALID,
                           "which series are the backend's? write its labels, for example {job=\"api\"}");
      return NULL;
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

gint64
sy_prom_choose_step (gint64 span_us,
                     gint64 interval_us,
                     guint  max_points)
{
  const gint64 most = CLAMP (max_points, 2, SY_PROM_MAX_POINTS) - 1;
  const gint64 step_us = MAX (interval_us, (span_us + most - 1) / most);

  /* The API counts milliseconds. */
  return MAX (MILLISECOND_US, (step_us + MILLISECOND_US - 1) / MILLISECOND_US * MILLISECOND_US);
}
