/* sy-exposition-build.c: an exposition that was not read from a text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-exposition-build.h"

#include <string.h>

#include "sy-exposition-private.h"
#include "sy-series-table-private.h"

/* Every word with its NUL: words cannot hold one, so no two series spell the
 * same, and no text spells one of these. */
static void
append_word (GString    *key,
             const char *word,
             SySpan     *span)
{
  span->length = (guint32) strlen (word);
  span->escaped = FALSE;
  /* An offset until the buffer has stopped moving. */
  span->text = GSIZE_TO_POINTER (key->len);
  g_string_append_len (key, word, (gssize) span->length + 1);
}

static void
settle (const GString *key,
        SySpan        *span)
{
  span->text = key->str + GPOINTER_TO_SIZE (span->text);
}

const SySeries *
sy_series_table_add (SySeriesTable *table,
                     const char    *name,
                     const SyLabel *labels,
                     guint          n_labels)
{
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree SyLabelSpan *spans = g_new0 (SyLabelSpan, n_labels);
  SySeriesSpan span = { .labels = spans, .n_labels = n_labels };

  append_word (key, name, &span.name);
  for (guint i = 0; i < n_labels; i++)
    {
      append_word (key, labels[i].name, &spans[i].name);
      append_word (key, labels[i].value, &spans[i].value);
    }

  settle (key, &span.name);
  for (guint i = 0; i < n_labels; i++)
    {
      settle (key, &spans[i].name);
      settle (key, &spans[i].value);
    }
  span.key = (SySpan) { key->str, (guint32) key->len, FALSE };

  return sy_series_table_intern (table, &span);
}

guint
sy_families_add (SyFamilies     *self,
                 const SyFamily *family)
{
  const guint index = sy_families_declare (self, family->name, strlen (family->name), family->line, family->declared);
  g_autoptr (GString) help = g_string_new (family->help);

  /* It is written as in a text, which undoes escapes. */
  g_string_replace (help, "\\", "\\\\", 0);
  g_string_replace (help, "\n", "\\n", 0);

  sy_families_set_type (self, index, family->type);
  sy_families_set_unit (self, index, family->unit, strlen (family->unit));
  sy_families_set_help (self, index, help->str, help->len, FALSE);
  return index;
}

SyExposition *
sy_exposition_build (SyFormat       format,
                     SySeriesTable *table,
                     SyFamilies    *families,
                     SySample      *samples,
                     guint          n_samples)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("", 0);
  SyExposition *self = sy_exposition_new (body, format, table, 1);

  g_free (self->samples);
  self->samples = samples;
  self->n_samples = self->n_allocated = n_samples;
  self->families = sy_families_ref (families);
  return self;
}
