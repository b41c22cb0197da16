/* sy-prom-exposition.c: what a Prometheus server knows, as if it were scraped
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The answer is written as text and read by the one parser there is.
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-prom-exposition.h"

#include <string.h>

#include "sy-text.h"

/* Discovery may match many processes. */
static const SyExpositionLimits limits = {
  .max_line = 64 * 1024,
  .max_samples = 50000,
  .max_labels = 64,
  .max_name = 1024,
  .max_value = 2048,
};

typedef struct
{
  GHashTable *types;    /* owned: family to its type, both borrowed */
  GHashTable *families; /* owned: family (owned) to its lines (GString, owned) */
  GPtrArray  *order;    /* owned, element-type utf8 (borrowed): families as met */
  gboolean    is_bare;  /* no metadata at all */
} Writer;

static void
free_lines (gpointer data)
{
  g_string_free (data, TRUE);
}

/* The types that a family with this suffix of a sample has. */
static const struct {
  const char *suffix;
  const char *types[3];
} suffixes[] = {
  { "_bucket", { "histogram", NULL } },
  { "_sum", { "histogram", "summary", NULL } },
  { "_count", { "histogram", "summary", NULL } },
};

static void
note_types (Writer             *writer,
            const SyPromAnswer *series,
            const SyPromAnswer *metadata,
            GStringChunk       *texts)
{
  guint n = 0;
  const SyPromMetadata *all = metadata != NULL ? sy_prom_answer_get_metadata (metadata, &n) : NULL;
  const SyPromSeries *found;

  writer->is_bare = n == 0;
  for (guint i = 0; i < n; i++)
    g_hash_table_insert (writer->types, (char *) all[i].metric, (char *) all[i].type);

  found = sy_prom_answer_get_series (series, &n);
  for (guint i = 0; i < n; i++)
    {
      const char *name = sy_prom_series_get_label (&found[i], "__name__");

      if (name == NULL)
        continue;
      if (g_str_has_suffix (name, "_bucket") && sy_prom_series_get_label (&found[i], "le") != NULL)
        {
          char *family = g_string_chunk_insert_len (texts, name, (gssize) (strlen (name) - strlen ("_bucket")));

          if (!g_hash_table_contains (writer->types, family))
            g_hash_table_insert (writer->types, family, (char *) "histogram");
        }
      else if (sy_prom_series_get_label (&found[i], "quantile") != NULL && !g_hash_table_contains (writer->types, name))
        {
          g_hash_table_insert (writer->types, (char *) name, (char *) "summary");
        }
    }
}

/* The family of a sample and its type (NULL: nobody told). (transfer full) */
static char *
find_family (const Writer  *writer,
             const char    *name,
             const char   **type)
{
  *type = g_hash_table_lookup (writer->types, name);
  if (*type != NULL)
    return g_strdup (name);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *base = NULL;

      if (!g_str_has_suffix (name, suffixes[i].suffix))
        continue;
      base = g_strndup (name, strlen (name) - strlen (suffixes[i].suffix));
      *type = g_hash_table_lookup (writer->types, base);
      if (*type != NULL && g_strv_contains (suffixes[i].types, *type))
        return g_steal_pointer (&base);
    }

  /* OpenMetrics names the family without the suffix, text with it. */
  *type = g_str_has_suffix (name, "_total") ? "counter" : writer->is_bare ? "gauge" : NULL;
  return g_strdup (name);
}

static void
write_series (Writer             *writer,
              const SyPromSeries *series)
{
  const char *name = sy_prom_series_get_label (series, "__name__");
  const char *type;
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *family = NULL;
  GString *lines;
  const char *separator = "{";

  if (name == NULL || series->n_points == 0)
    return;

  family = find_family (writer, name, &type);
  lines = g_hash_table_lookup (writer->families, family);
  if (lines == NULL)
    {
      lines = g_string_new (NULL);
      if (type != NULL)
        g_string_append_printf (lines, "# TYPE %s %s\n", family, type);
      g_ptr_array_add (writer->order, family);
      g_hash_table_insert (writer->families, g_steal_pointer (&family), lines);
    }

  g_string_append (lines, name);
  for (guint i = 0; series->labels[i] != NULL; i += 2)
    {
      if (strcmp (series->labels[i], "__name__") == 0)
        continue;
      g_string_append_printf (lines, "%s%s=", separator, series->labels[i]);
      sy_text_append_label_value (lines, series->labels[i + 1]);
      separator = ",";
    }
  if (*separator == ',')
    g_string_append_c (lines, '}');
  g_string_append_printf (lines, " %s\n", g_ascii_dtostr (number, sizeof number, series->points[0].value));
}

SyExposition *
sy_prom_exposition_new (const SyPromAnswer  *series,
                        const SyPromAnswer  *metadata,
                        GError             **error)
{
  g_autoptr (GHashTable) types = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) families = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_lines);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_autoptr (GStringChunk) texts = g_string_chunk_new (1024);
  g_autoptr (SySeriesTable) table = sy_series_table_new (0);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;
  Writer writer = { types, families, order, FALSE };
  guint n;
  const SyPromSeries *all = sy_prom_answer_get_series (series, &n);

  note_types (&writer, series, metadata, texts);
  for (guint i = 0; i < n; i++)
    write_series (&writer, &all[i]);

  for (guint i = 0; i < order->len; i++)
    g_string_append (text, ((GString *) g_hash_table_lookup (families, g_ptr_array_index (order, i)))->str);

  body = g_bytes_new (text->str, text->len);
  return sy_exposition_parse (body, SY_FORMAT_PROMETHEUS, &limits, table, error);
}
