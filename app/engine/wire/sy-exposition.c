/* sy-exposition.c: one scrape's text as families and samples
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-exposition-private.h"

#include <string.h>

#include "sy-error.h"

#define FIRST_SAMPLES 256
#define COUNTER_SUFFIX "_total"

const SyExpositionLimits SY_EXPOSITION_LIMITS_DEFAULT = {
  .max_line = 64 * 1024,
  .max_samples = 20000,
  .max_labels = 64,
  .max_name = 1024,
  .max_value = 2048,
};

const char *
sy_format_nick (SyFormat format)
{
  static const char *const nicks[] = {
    [SY_FORMAT_AUTO] = "auto",
    [SY_FORMAT_PROMETHEUS] = "prometheus",
    [SY_FORMAT_OPENMETRICS] = "openmetrics",
    [SY_FORMAT_JSON] = "json",
    [SY_FORMAT_OTLP] = "otlp",
  };

  return nicks[format];
}

const char *
sy_metric_type_nick (SyMetricType type)
{
  static const char *const nicks[] = {
    [SY_METRIC_UNKNOWN] = "unknown",
    [SY_METRIC_COUNTER] = "counter",
    [SY_METRIC_GAUGE] = "gauge",
    [SY_METRIC_HISTOGRAM] = "histogram",
    [SY_METRIC_GAUGE_HISTOGRAM] = "gaugehistogram",
    [SY_METRIC_SUMMARY] = "summary",
    [SY_METRIC_INFO] = "info",
    [SY_METRIC_STATESET] = "stateset",
  };

  return nicks[type];
}

char *
sy_family_dup_canonical_name (const SyFamily *self)
{
  gsize length = strlen (self->name);

  if (self->type == SY_METRIC_COUNTER && g_str_has_suffix (self->name, COUNTER_SUFFIX))
    length -= strlen (COUNTER_SUFFIX);

  return g_strndup (self->name, length);
}

char *
sy_sample_dup_canonical_name (const SySample *self,
                              const SyFamily *family)
{
  const char *name = self->series->name;

  if (family->type == SY_METRIC_COUNTER && strcmp (name, family->name) == 0 &&
      !g_str_has_suffix (name, COUNTER_SUFFIX))
    return g_strconcat (name, COUNTER_SUFFIX, NULL);

  return g_strdup (name);
}

SyExposition *
sy_exposition_new (GBytes        *body,
                   SyFormat       format,
                   SySeriesTable *table,
                   guint          n_samples)
{
  SyExposition *self = g_new0 (SyExposition, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->format = format;
  self->body = g_bytes_ref (body);
  self->table = sy_series_table_ref (table);
  self->n_allocated = MAX (n_samples, 1);
  self->samples = g_new (SySample, self->n_allocated);

  return self;
}

void
sy_exposition_grow (SyExposition *self)
{
  self->n_allocated = MAX (self->n_allocated * 2, FIRST_SAMPLES);
  self->samples = g_renew (SySample, self->samples, self->n_allocated);
}

SyExposition *
sy_exposition_parse (GBytes                    *body,
                     SyFormat                   format,
                     const SyExpositionLimits  *limits,
                     SySeriesTable             *table,
                     GError                   **error)
{
  if (limits == NULL)
    limits = &SY_EXPOSITION_LIMITS_DEFAULT;

  if (format == SY_FORMAT_AUTO)
    format = sy_exposition_detect (NULL, body);

  switch (format)
    {
    case SY_FORMAT_PROMETHEUS:
    case SY_FORMAT_OPENMETRICS:
      return sy_exposition_parse_text (body, format, limits, table, error);

    case SY_FORMAT_JSON:
      return sy_snapshot_parse (body, limits, table, error);

    case SY_FORMAT_OTLP:
      return sy_otlp_parse (body, limits, table, error);

    case SY_FORMAT_AUTO:
    default:
      g_set_error_literal (error, SY_ERROR, SY_ERROR_FORMAT,
                           "not metrics: expected Prometheus text, OpenMetrics, OTLP JSON or a steelyard snapshot");
      return NULL;
    }
}

SyExposition *
sy_exposition_ref (SyExposition *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sy_exposition_unref (SyExposition *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_bytes_unref (self->body);
  sy_series_table_unref (self->table);
  sy_families_unref (self->families);
  g_clear_pointer (&self->exemplars, g_array_unref);
  sy_arena_clear (&self->arena);
  g_free (self->samples);
  g_free (self);
}

SyFormat
sy_exposition_get_format (const SyExposition *self)
{
  return self->format;
}

const SyFamily *
sy_exposition_get_families (const SyExposition *self,
                            guint              *n_families)
{
  return sy_families_get_all (self->families, n_families);
}

const SySample *
sy_exposition_get_samples (const SyExposition *self,
                           guint              *n_samples)
{
  if (n_samples != NULL)
    *n_samples = self->n_samples;

  return self->samples;
}

const SyExemplar *
sy_exposition_get_exemplar (const SyExposition *self,
                            int                 index)
{
  g_return_val_if_fail (self->exemplars != NULL && index >= 0 && (guint) index < self->exemplars->len, NULL);

  return &g_array_index (self->exemplars, SyExemplar, index);
}

SySeriesTable *
sy_exposition_get_table (const SyExposition *self)
{
  return self->table;
}

gboolean
sy_exposition_ends_cleanly (const SyExposition *self)
{
  gsize       size;
  const char *bytes = g_bytes_get_data (self->body, &size);

  if (self->format != SY_FORMAT_PROMETHEUS)
    return TRUE;

  while (size > 0 && (bytes[size - 1] == ' ' || bytes[size - 1] == '\t'))
    size--;

  return size == 0 || bytes[size - 1] == '\n';
}
