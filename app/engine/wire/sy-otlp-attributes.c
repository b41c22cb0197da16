/* sy-otlp-attributes.c: attributes as labels
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names are written as Prometheus writes them (its OTLP guide, "underscore
 * escaping"): what is not a letter, a digit or _ becomes _; two names that
 * become one share a value, joined by a semicolon; names that an exposition
 * gives a meaning to are kept apart by `exported_`. Lists and maps are values as
 * the JSON they came in. Empty values are no labels.
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include <string.h>

#include "sy-otlp-request-private.h"

static const char *const reserved[] = {
  "__name__", "instance", "le", "otel_scope_name", "otel_scope_version", "quantile",
};

static const char *
keep_name (SyOtlpReader  *self,
           const GString *name)
{
  g_autoptr (GString) label = g_string_new (NULL);

  if (name->len == 0 || g_ascii_isdigit (name->str[0]))
    g_string_append (label, "key_");

  for (gsize i = 0; i < name->len; i++)
    g_string_append_c (label, g_ascii_isalnum (name->str[i]) ? name->str[i] : '_');

  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    if (strcmp (label->str, reserved[i]) == 0)
      {
        g_string_prepend (label, "exported_");
        break;
      }

  return sy_otlp_reader_keep (self, label->str, label->len);
}

/* The value of an AnyValue, the last of its members, as text in @text; "" for
 * none. */
static gboolean
read_value (SyOtlpReader *self,
            GString      *text)
{
  gboolean is_null;

  g_string_truncate (text, 0);
  if (!sy_otlp_reader_open (self, '{', &is_null))
    return FALSE;

  while (!is_null && sy_json_cursor_next_member (&self->cursor, self->name))
    {
      const char kind = sy_json_cursor_peek (&self->cursor);
      const gsize start = self->cursor.pos;

      if (kind == '"')
        sy_json_cursor_read_string (&self->cursor, text);
      else
        {
          sy_json_cursor_skip (&self->cursor);
          g_string_truncate (text, 0);
          if (kind != 'n')
            g_string_append_len (text, self->cursor.data + start, (gssize) (self->cursor.pos - start));
        }
    }

  return TRUE;
}

/* To at most @max_bytes of whole characters; whether there were more. */
static gboolean
cut (GString *text,
     gsize    max_bytes)
{
  const char *end;

  if (text->len <= max_bytes)
    return FALSE;

  g_utf8_validate_len (text->str, max_bytes, &end);
  g_string_truncate (text, (gsize) (end - text->str));
  return TRUE;
}

/* A {key, value}; @ret has a NULL name when there is nothing to keep of it. */
static gboolean
read_attribute (SyOtlpReader *self,
                SyLabel      *ret,
                gboolean     *is_cut)
{
  g_autoptr (GString) key = g_string_new (NULL);
  g_autoptr (GString) value = g_string_new (NULL);
  gboolean is_null;

  *ret = (SyLabel) { NULL, NULL };
  if (!sy_otlp_reader_open (self, '{', &is_null))
    return FALSE;

  while (!is_null && sy_json_cursor_next_member (&self->cursor, self->name))
    {
      const gsize before = sy_otlp_reader_enter_member (self, self->name->str);

      if (strcmp (self->name->str, "key") == 0)
        {
          const char *text;

          if (!sy_otlp_reader_text (self, &text))
            return FALSE;
          g_string_assign (key, text);
        }
      else if (strcmp (self->name->str, "value") == 0)
        {
          if (!read_value (self, value))
            return FALSE;
        }
      else
        sy_json_cursor_skip (&self->cursor);
      sy_otlp_reader_leave (self, before);
    }

  if (cut (key, self->limits->max_name) || cut (value, self->limits->max_value))
    *is_cut = TRUE;

  if (value->len > 0)
    *ret = (SyLabel) { keep_name (self, key), sy_otlp_reader_keep (self, value->str, value->len) };
  return TRUE;
}

static int
compare_labels (gconstpointer a,
                gconstpointer b)
{
  return strcmp (((const SyLabel *) a)->name, ((const SyLabel *) b)->name);
}

/* By name, and those that share one as one. */
static void
settle (SyOtlpReader *self,
        GArray       *labels)
{
  guint n_kept = 0;

  g_array_sort (labels, compare_labels);
  for (guint i = 0; i < labels->len; i++)
    {
      SyLabel *label = &g_array_index (labels, SyLabel, i);
      SyLabel *last = n_kept > 0 ? &g_array_index (labels, SyLabel, n_kept - 1) : NULL;

      if (last != NULL && strcmp (last->name, label->name) == 0)
        {
          g_autofree char *both = g_strconcat (last->value, ";", label->value, NULL);

          if (strlen (both) <= self->limits->max_value)
            last->value = sy_otlp_reader_keep (self, both, strlen (both));
          continue;
        }
      g_array_index (labels, SyLabel, n_kept++) = *label;
    }

  g_array_set_size (labels, n_kept);
}

gboolean
sy_otlp_reader_attributes (SyOtlpReader   *self,
                           const SyLabel **ret,
                           guint          *n,
                           gboolean       *is_cut)
{
  g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (SyLabel));
  gboolean is_null;
  guint i = 0;

  if (!sy_otlp_reader_open (self, '[', &is_null))
    return FALSE;

  for (; !is_null && sy_json_cursor_next (&self->cursor); i++)
    {
      const gsize before = sy_otlp_reader_enter_index (self, i);
      SyLabel label;

      if (!read_attribute (self, &label, is_cut))
        return FALSE;
      if (label.name != NULL && labels->len < self->limits->max_labels)
        g_array_append_val (labels, label);
      else if (label.name != NULL)
        *is_cut = TRUE;
      sy_otlp_reader_leave (self, before);
    }

  settle (self, labels);
  *ret = sy_otlp_reader_keep_array (self, labels);
  *n = labels->len;
  return TRUE;
}
