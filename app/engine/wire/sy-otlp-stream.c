/* sy-otlp-stream.c: one series that somebody pushes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exponential buckets (OpenTelemetry data model, "ExponentialHistogram"): bucket
 * i holds what is above 2^(i / 2^scale) and at most 2^((i + 1) / 2^scale). One
 * step of scale down joins two neighbours: i becomes i >> 1.
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-otlp-stream.h"

#include <math.h>
#include <string.h>

static SyMetricType
type_of (const SyOtlpMetric *metric)
{
  switch (metric->kind)
    {
    case SY_OTLP_SUM:
      return metric->is_monotonic ? SY_METRIC_COUNTER : SY_METRIC_GAUGE;
    case SY_OTLP_HISTOGRAM:
    case SY_OTLP_EXPONENTIAL:
      return SY_METRIC_HISTOGRAM;
    case SY_OTLP_SUMMARY:
      return SY_METRIC_SUMMARY;
    case SY_OTLP_NONE:
    case SY_OTLP_GAUGE:
    default:
      return SY_METRIC_GAUGE;
    }
}

/* Without what only annotates: "{request}" is no unit. */
static char *
dup_unit (const char *unit)
{
  return *unit == '{' ? g_strdup ("") : g_strndup (unit, strcspn (unit, "{"));
}

static void
add_label (GArray     *labels,
           const char *name,
           const char *value)
{
  const SyLabel label = { g_strdup (name), g_strdup (value) };

  if (*value != '\0')
    g_array_append_val (labels, label);
  else
    g_free ((char *) label.name), g_free ((char *) label.value);
}

SyOtlpStream *
sy_otlp_stream_new (const SyOtlpMetric *metric,
                    const SyOtlpPoint  *point,
                    const char         *instance)
{
  SyOtlpStream *self = g_new0 (SyOtlpStream, 1);
  GArray *labels = g_array_new (FALSE, FALSE, sizeof (SyLabel));
  gsize n_labels;

  self->name = g_strdup (metric->name);
  self->unit = dup_unit (metric->unit);
  self->help = g_strdup (metric->help);
  self->kind = metric->kind;
  self->type = type_of (metric);
  for (guint i = 0; i < point->n_labels; i++)
    add_label (labels, point->labels[i].name, point->labels[i].value);
  add_label (labels, "otel_scope_name", metric->scope);
  add_label (labels, "otel_scope_version", metric->scope_version);
  add_label (labels, "instance", instance);
  self->labels = g_array_steal (labels, &n_labels);
  self->n_labels = (guint) n_labels;
  g_array_unref (labels);

  self->bounds = g_array_new (FALSE, FALSE, sizeof (double));
  self->counts = g_array_new (FALSE, FALSE, sizeof (double));
  self->scale = SY_OTLP_MAX_SCALE;
  self->sum = (double) NAN;
  self->series = g_ptr_array_new ();
  return self;
}

void
sy_otlp_stream_free (SyOtlpStream *self)
{
  for (guint i = 0; i < self->n_labels; i++)
    {
      g_free ((char *) self->labels[i].name);
      g_free ((char *) self->labels[i].value);
    }
  g_free (self->labels);
  g_free (self->name);
  g_free (self->unit);
  g_free (self->help);
  g_array_unref (self->bounds);
  g_array_unref (self->counts);
  g_ptr_array_unref (self->series);
  g_free (self);
}

/* Coarse buckets span more than all octaves; there is one on either side even so. */
static int
outermost (int scale)
{
  return scale >= 0 ? SY_OTLP_OCTAVES << scale : MAX (SY_OTLP_OCTAVES >> -scale, 1);
}

double
sy_otlp_bucket_bound (int scale,
                      int index)
{
  return exp2 (ldexp (index + 1, -scale));
}

/* Adds @n counts from bucket @offset of scale @from to the buckets of scale @to. */
static void
add_counts (GArray       *into,
            int           to,
            int           from,
            int           offset,
            const double *counts,
            guint         n)
{
  const int limit = outermost (to);

  for (guint i = 0; i < n; i++)
    {
      const int index = (int) ((gint64) offset + i) >> (from - to);

      /* What is above all buckets is in the count only. */
      if (index < limit)
        g_array_index (into, double, MAX (index, -limit) + limit) += counts[i];
    }
}

/* @wide, without the empty buckets at both ends. */
static void
trim (GArray *wide,
      int     scale,
      int    *offset)
{
  guint first = 0;
  guint end = wide->len;

  while (end > 0 && !(g_array_index (wide, double, end - 1) > 0))
    end--;
  while (first < end && !(g_array_index (wide, double, first) > 0))
    first++;

  g_array_set_size (wide, end);
  g_array_remove_range (wide, 0, first);
  *offset = (int) first - outermost (scale);
}

static GArray *
wide_new (int scale)
{
  GArray *wide = g_array_new (FALSE, TRUE, sizeof (double));

  g_array_set_size (wide, (guint) (2 * outermost (scale)));
  return wide;
}

GArray *
sy_otlp_stream_dup_counts (const SyOtlpStream *self,
                           int                 scale,
                           int                *offset)
{
  GArray *wide = wide_new (scale);

  add_counts (wide, scale, self->scale, self->offset, (const double *) self->counts->data, self->counts->len);
  trim (wide, scale, offset);
  return wide;
}

/* @keep: what was counted before is counted still. */
static void
take_exponential (SyOtlpStream      *self,
                  const SyOtlpPoint *point,
                  gboolean           keep)
{
  const int scale = MIN (MIN (point->scale, SY_OTLP_MAX_SCALE), keep ? self->scale : SY_OTLP_MAX_SCALE);
  GArray *wide = wide_new (scale);

  if (keep)
    add_counts (wide, scale, self->scale, self->offset, (const double *) self->counts->data, self->counts->len);
  add_counts (wide, scale, point->scale, point->offset, point->counts, point->n_counts);
  trim (wide, scale, &self->offset);

  g_array_unref (self->counts);
  self->counts = wide;
  self->scale = scale;
  self->below = point->below + (keep ? self->below : 0);
}

static gboolean
has_bounds (const SyOtlpStream *self,
            const SyOtlpPoint  *point)
{
  return self->bounds->len == point->n_bounds && self->counts->len == point->n_counts
         && (point->n_bounds == 0 || memcmp (self->bounds->data, point->bounds, point->n_bounds * sizeof (double)) == 0);
}

static void
set_buckets (SyOtlpStream      *self,
             const SyOtlpPoint *point)
{
  g_array_set_size (self->bounds, 0);
  g_array_set_size (self->counts, 0);
  if (point->n_bounds > 0)
    g_array_append_vals (self->bounds, point->bounds, point->n_bounds);
  if (point->n_counts > 0)
    g_array_append_vals (self->counts, point->counts, point->n_counts);
}

static void
replace (SyOtlpStream      *self,
         const SyOtlpPoint *point)
{
  /* Other samples than before. */
  if (isnan (self->sum) != isnan (point->sum) || (self->kind != SY_OTLP_EXPONENTIAL && !has_bounds (self, point)))
    g_ptr_array_set_size (self->series, 0);

  self->value = point->value;
  self->count = point->count;
  self->sum = point->sum;
  if (self->kind == SY_OTLP_EXPONENTIAL)
    take_exponential (self, point, FALSE);
  else
    set_buckets (self, point);
}

static void
add (SyOtlpStream      *self,
     const SyOtlpPoint *point)
{
  if (isnan (self->sum) != isnan (self->sum + point->sum))
    g_ptr_array_set_size (self->series, 0);

  self->value += point->value;
  self->count += point->count;
  self->sum += point->sum;
  if (self->kind == SY_OTLP_EXPONENTIAL)
    take_exponential (self, point, TRUE);
  else
    for (guint i = 0; i < point->n_counts; i++)
      g_array_index (self->counts, double, i) += point->counts[i];
}

gboolean
sy_otlp_stream_take (SyOtlpStream       *self,
                     const SyOtlpMetric *metric,
                     const SyOtlpPoint  *point)
{
  const gboolean is_delta = metric->temporality == SY_OTLP_DELTA && self->has_point;
  const gboolean is_older = self->has_point && point->time_ns != 0 && point->time_ns < self->time_ns;

  /* A push that was tried again comes behind those that were made meanwhile. */
  if (is_older && metric->temporality != SY_OTLP_DELTA)
    return FALSE;

  /* Without times nothing tells one from another. */
  if (is_delta && point->time_ns != 0 && point->time_ns == self->time_ns && point->start_ns == self->start_ns)
    return FALSE;

  /* Other bounds count anew: nothing else could be said of them. */
  if (is_delta && (self->kind == SY_OTLP_EXPONENTIAL || has_bounds (self, point)))
    add (self, point);
  else
    replace (self, point);

  self->has_point = TRUE;
  if (is_older)
    return TRUE;

  self->start_ns = point->start_ns;
  self->time_ns = point->time_ns;
  return TRUE;
}
