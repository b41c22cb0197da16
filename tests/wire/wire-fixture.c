/* wire-fixture.c: what the tests of this room share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "wire-fixture.h"

#include <math.h>
#include <string.h>

char *
wire_data_path (const char *path)
{
  const char *folder = g_getenv ("STEELYARD_DATA");

  if (folder == NULL)
    {
      g_test_skip ("STEELYARD_DATA is not set");
      return NULL;
    }

  return g_build_filename (folder, path, NULL);
}

GBytes *
wire_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (text, length);
}

JsonNode *
wire_read_json (const char *path)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);

  return json_parser_steal_root (parser);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
wire_list (const char *path,
           const char *suffix)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  folder = g_dir_open (path, 0, &error);
  g_assert_no_error (error);

  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, suffix))
      g_ptr_array_add (names, g_strdup (name));

  g_ptr_array_sort (names, compare_names);
  g_assert_cmpuint (names->len, >, 0);
  return names;
}

GBytes *
wire_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

SyExposition *
wire_parse (const char    *text,
            SyFormat       format,
            SySeriesTable *table)
{
  g_autoptr (GBytes) body = wire_bytes (text);
  g_autoptr (SySeriesTable) own = table != NULL ? sy_series_table_ref (table) : sy_series_table_new (0);
  g_autoptr (GError) error = NULL;
  SyExposition *exposition;

  exposition = sy_exposition_parse (body, format, NULL, own, &error);
  g_assert_no_error (error);
  g_assert_nonnull (exposition);

  return exposition;
}

static void
dump_series (GString        *dump,
             const SySeries *series)
{
  g_string_append (dump, series->name);
  if (series->n_labels == 0)
    return;

  for (guint i = 0; i < series->n_labels; i++)
    g_string_append_printf (dump, "%s%s=\"%s\"", i == 0 ? "{" : ",", series->labels[i].name, series->labels[i].value);
  g_string_append_c (dump, '}');
}

char *
wire_dump (const SyExposition *exposition)
{
  GString *dump = g_string_new (NULL);
  guint n_samples;
  const SySample *samples = sy_exposition_get_samples (exposition, &n_samples);
  const SyFamily *families = sy_exposition_get_families (exposition, NULL);

  for (guint i = 0; i < n_samples; i++)
    {
      const SyFamily *family = &families[samples[i].family];

      dump_series (dump, samples[i].series);
      g_string_append_printf (dump, " %g", samples[i].value);
      if (!isnan (samples[i].timestamp))
        g_string_append_printf (dump, " @%.3f", samples[i].timestamp);
      if (samples[i].exemplar >= 0)
        {
          const SyExemplar *exemplar = sy_exposition_get_exemplar (exposition, samples[i].exemplar);

          g_string_append (dump, " # ");
          dump_series (dump, exemplar->labels_series);
          g_string_append_printf (dump, " %g", exemplar->value);
          if (!isnan (exemplar->timestamp))
            g_string_append_printf (dump, " @%.3f", exemplar->timestamp);
        }
      g_string_append_printf (dump, " %s/%s\n", family->name, sy_metric_type_nick (family->type));
    }

  return g_string_free (dump, FALSE);
}
