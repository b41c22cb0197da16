/* sy-metric-index.c: the metrics of one exposition, as rules name them
 *
 * Made when the families of a target change, not at every scrape.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-metric-index.h"

#include <string.h>

static void
metric_free (gpointer data)
{
  SyMetric *self = data;

  g_free (self->name);
  g_free (self->plain_name);
  g_ptr_array_unref (self->series);
  g_free (self);
}

static char *
dup_plain (const char *name)
{
  char *plain = g_strdup (name);

  for (char *p = plain; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != ':')
      *p = '_';

  return plain;
}

/* Counters are named by their samples: `x_total` also where OpenMetrics calls
 * the family `x`. */
static char *
dup_name (const SyMetric *metric,
          SyFormat        format)
{
  const SyFamily *family = metric->family;

  if (family->type != SY_METRIC_COUNTER)
    return g_strdup (family->name);

  for (guint i = 0; i < metric->series->len; i++)
    {
      const SySeries *series = g_ptr_array_index (metric->series, i);

      if (!g_str_has_suffix (series->name, "_created"))
        return g_strdup (series->name);
    }

  if (format == SY_FORMAT_OPENMETRICS && !g_str_has_suffix (family->name, "_total"))
    return g_strconcat (family->name, "_total", NULL);

  return g_strdup (family->name);
}

/* A Python client adds a gauge `x_created` to each family `x` or `x_total`. */
static void
mark_created (GPtrArray *metrics)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < metrics->len; i++)
    g_hash_table_add (names, ((SyMetric *) g_ptr_array_index (metrics, i))->plain_name);

  for (guint i = 0; i < metrics->len; i++)
    {
      SyMetric *metric = g_ptr_array_index (metrics, i);
      g_autofree char *base = NULL;
      g_autofree char *total = NULL;

      if (metric->family->type != SY_METRIC_GAUGE || !g_str_has_suffix (metric->plain_name, "_created"))
        continue;

      base = g_strndup (metric->plain_name, strlen (metric->plain_name) - strlen ("_created"));
      total = g_strconcat (base, "_total", NULL);
      metric->is_created = g_hash_table_contains (names, base) || g_hash_table_contains (names, total);
    }
}

GPtrArray *
sy_metric_index_new (const SyExposition *exposition)
{
  guint n_families, n_samples;
  const SyFamily *families = sy_exposition_get_families (exposition, &n_families);
  const SySample *samples = sy_exposition_get_samples (exposition, &n_samples);
  GPtrArray *metrics = g_ptr_array_new_full (n_families, metric_free);

  for (guint i = 0; i < n_families; i++)
    {
      SyMetric *metric = g_new0 (SyMetric, 1);

      metric->family = &families[i];
      metric->series = g_ptr_array_new ();
      g_ptr_array_add (metrics, metric);
    }

  for (guint i = 0; i < n_samples; i++)
    {
      SyMetric *metric = g_ptr_array_index (metrics, samples[i].family);

      g_ptr_array_add (metric->series, (gpointer) samples[i].series);
    }

  for (guint i = 0; i < n_families; i++)
    {
      SyMetric *metric = g_ptr_array_index (metrics, i);

      metric->name = dup_name (metric, sy_exposition_get_format (exposition));
      metric->plain_name = dup_plain (metric->name);
    }
  mark_created (metrics);

  return metrics;
}
