/* sy-otlp-render.c: an exposition of what processes have pushed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Samples are named as Prometheus names them (OpenTelemetry's "Prometheus and
 * OpenMetrics compatibility"), but without unit suffixes: the unit is the
 * family's. An exponential histogram becomes one of fixed bounds; all series of
 * its name share them, since only equal bounds can be merged, and they grow by
 * whole octaves, since bounds that change break a window of time.
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include <math.h>
#include <string.h>

#include "sy-error.h"
#include "sy-exposition-build.h"
#include "sy-otlp-fold-private.h"

#define START_NAME "otlp_start_time_seconds"
#define NSEC_PER_USEC 1000
#define MISSED_PUSHES 3
#define NSEC_PER_SEC 1e9

typedef struct {
  SyFamilies               *families; /* owned */
  SySeriesTable            *table;    /* borrowed */
  const SyExpositionLimits *limits;   /* borrowed */
  GHashTable               *grids;    /* borrowed */
  GArray                   *samples;  /* owned, of SySample */
  GError                   *error;    /* owned, nullable */
} Render;

typedef struct {
  SyOtlpStream *stream; /* borrowed */
  guint         family;
} Placed;

/* A sample of a stream: the @index-th, which is always of the same series. */
static void
emit_series (Render          *self,
             const SySeries  *series,
             guint            family,
             double           value)
{
  const SySample sample = { .series = series, .family = family, .value = value, .timestamp = (double) NAN, .exemplar = -1 };

  if (self->error != NULL)
    return;
  if (self->samples->len >= self->limits->max_samples)
    self->error = g_error_new (SY_ERROR, SY_ERROR_SAMPLE_LIMIT,
                               "what is pushed makes more than %u samples: leave some metrics out with a View of the SDK",
                               self->limits->max_samples);
  else if (series == NULL)
    self->error = g_error_new_literal (SY_ERROR, SY_ERROR_CARDINALITY, "more distinct series than are kept");
  else
    g_array_append_val (self->samples, sample);
}

/* With one more label, unless @label is NULL. */
static const SySeries *
add_series (Render             *self,
            const SyOtlpStream *stream,
            const char         *suffix,
            const char         *label,
            const char         *label_value)
{
  g_autofree SyLabel *labels = g_new (SyLabel, stream->n_labels + 1);
  g_autofree char *name = g_strconcat (stream->name, suffix, NULL);

  for (guint i = 0; i < stream->n_labels; i++)
    labels[i] = stream->labels[i];
  labels[stream->n_labels] = (SyLabel) { label, label_value };

  return sy_series_table_add (self->table, name, labels, stream->n_labels + (label != NULL ? 1 : 0));
}

/* The shortest text that reads back the same. */
static void
format_number (double  value,
               char   *buffer,
               gsize   size)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  if (isinf (value))
    g_strlcpy (buffer, value > 0 ? "+Inf" : "-Inf", size);
  else
    for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
      if (g_ascii_strtod (g_ascii_formatd (buffer, (int) size, formats[i], value), NULL) == value)
        break;
}

/* The next sample of @placed, in a cached series if it has that one. */
static void
emit (Render       *self,
      const Placed *placed,
      guint        *n,
      const char   *suffix,
      double        value)
{
  GPtrArray *series = placed->stream->series;

  if (*n == series->len)
    g_ptr_array_add (series, (gpointer) add_series (self, placed->stream, suffix, NULL, NULL));
  emit_series (self, g_ptr_array_index (series, (*n)++), placed->family, value);
}

static void
emit_labelled (Render       *self,
               const Placed *placed,
               guint        *n,
               const char   *suffix,
               const char   *label,
               double        label_value,
               double        value)
{
  GPtrArray *series = placed->stream->series;

  if (*n == series->len)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      format_number (label_value, number, sizeof number);
      g_ptr_array_add (series, (gpointer) add_series (self, placed->stream, suffix, label, number));
    }
  emit_series (self, g_ptr_array_index (series, (*n)++), placed->family, value);
}

static void
emit_totals (Render       *self,
             const Placed *placed,
             guint        *n)
{
  const SyOtlpStream *stream = placed->stream;

  emit (self, placed, n, "_count", stream->count);
  if (!isnan (stream->sum))
    emit (self, placed, n, "_sum", stream->sum);
}

static void
emit_histogram (Render       *self,
                const Placed *placed)
{
  const SyOtlpStream *stream = placed->stream;
  double cumulative = 0;
  guint n = 0;

  for (guint i = 0; i < stream->bounds->len; i++)
    {
      cumulative += g_array_index (stream->counts, double, i);
      emit_labelled (self, placed, &n, "_bucket", "le", g_array_index (stream->bounds, double, i), cumulative);
    }
  emit_labelled (self, placed, &n, "_bucket", "le", (double) INFINITY, stream->count);
  emit_totals (self, placed, &n);
}

static void
emit_summary (Render       *self,
              const Placed *placed)
{
  const SyOtlpStream *stream = placed->stream;
  guint n = 0;

  for (guint i = 0; i < stream->bounds->len; i++)
    emit_labelled (self, placed, &n, "", "quantile", g_array_index (stream->bounds, double, i),
                   g_array_index (stream->counts, double, i));
  emit_totals (self, placed, &n);
}

/* Bucket counts at the grid's bounds. */
static void
emit_exponential (Render       *self,
                  const Placed *placed)
{
  const SyOtlpStream *stream = placed->stream;
  const SyOtlpGrid *grid = g_hash_table_lookup (self->grids, stream->name);
  int offset = 0;
  g_autoptr (GArray) counts = sy_otlp_stream_dup_counts (stream, grid->scale, &offset);
  double cumulative = stream->below;
  guint n = 0;

  for (int index = grid->first; index < grid->end; index++)
    {
      const gint64 at = (gint64) index - offset;
      const double bound = sy_otlp_bucket_bound (grid->scale, index);

      /* A coarse bucket may have no end but the one that all have. */
      if (isinf (bound))
        break;
      if (at >= 0 && at < counts->len)
        cumulative += g_array_index (counts, double, at);
      emit_labelled (self, placed, &n, "_bucket", "le", bound, cumulative);
    }
  emit_labelled (self, placed, &n, "_bucket", "le", (double) INFINITY, stream->count);
  emit_totals (self, placed, &n);
}

/* To whole octaves with one to spare, so that it does not move often. */
static void
stretch (SyOtlpGrid *grid,
         int         first,
         int         end)
{
  const int octave = grid->scale > 0 ? 1 << grid->scale : 1;
  const gboolean is_empty = grid->first == grid->end;

  if (is_empty || first < grid->first)
    grid->first = (first - octave) & ~(octave - 1);
  if (is_empty || end > grid->end)
    grid->end = (end + 2 * octave - 1) & ~(octave - 1);
}

/* Makes room for @stream among the bounds of its name. */
static void
fit_grid (GHashTable         *grids,
          const SyOtlpStream *stream)
{
  SyOtlpGrid *grid = g_hash_table_lookup (grids, stream->name);
  SyOtlpGrid before;
  int offset;
  g_autoptr (GArray) counts = NULL;

  if (grid == NULL)
    {
      grid = g_new0 (SyOtlpGrid, 1);
      grid->scale = stream->scale;
      g_hash_table_insert (grids, g_strdup (stream->name), grid);
    }

  before = *grid;
  if (stream->scale < grid->scale)
    {
      const int steps = grid->scale - stream->scale;

      if (grid->first != grid->end)
        {
          grid->first >>= steps;
          grid->end = ((grid->end - 1) >> steps) + 1;
        }
      grid->scale = stream->scale;
    }

  counts = sy_otlp_stream_dup_counts (stream, grid->scale, &offset);
  if (counts->len > 0)
    stretch (grid, offset, offset + (int) counts->len);
  if (memcmp (&before, grid, sizeof before) != 0)
    grid->version++;
}

/* Whether an answer that is @time_ns old is still said: a level that its process
 * no longer tells is not one of now. */
static gboolean
is_current (const SyOtlpProcess *process,
            const SyOtlpStream  *stream)
{
  const gint64 age_ns = process->last_ns - stream->time_ns;

  return stream->type != SY_METRIC_GAUGE || stream->time_ns == 0
         || age_ns <= MISSED_PUSHES * process->interval_us * NSEC_PER_USEC + (gint64) NSEC_PER_SEC;
}

/* The family of @stream. One name may not be of two types: the second is called
 * by its type, too. */
static guint
place (Render             *self,
       const SyOtlpStream *stream)
{
  SyFamily family = { .name = stream->name, .type = stream->type, .unit = stream->unit, .help = stream->help, .declared = TRUE };
  guint n;
  const SyFamily *all = sy_families_get_all (self->families, &n);
  guint index = sy_families_resolve (self->families, SY_FAMILIES_NONE, stream->name);

  g_autofree char *typed_name = NULL;

  if (index != SY_FAMILIES_NONE && strcmp (all[index].name, stream->name) == 0)
    {
      if (all[index].type == stream->type)
        return index;
      family.name = typed_name = g_strdup_printf ("%s.%s", stream->name, sy_metric_type_nick (stream->type));
    }

  return sy_families_add (self->families, &family);
}

static int
compare_placed (gconstpointer a,
                gconstpointer b)
{
  const Placed *first = a;
  const Placed *second = b;

  return (first->family > second->family) - (first->family < second->family);
}

static void
emit_stream (Render       *self,
             const Placed *placed)
{
  SyOtlpStream *stream = placed->stream;
  const SyOtlpGrid *grid = stream->kind == SY_OTLP_EXPONENTIAL ? g_hash_table_lookup (self->grids, stream->name) : NULL;
  guint n = 0;

  /* Series are remembered by their place, which moves with the bounds. */
  if (grid != NULL && grid->version != stream->grid_version)
    g_ptr_array_set_size (stream->series, 0);
  stream->grid_version = grid != NULL ? grid->version : 0;

  switch (stream->kind)
    {
    case SY_OTLP_HISTOGRAM:
      emit_histogram (self, placed);
      break;
    case SY_OTLP_EXPONENTIAL:
      emit_exponential (self, placed);
      break;
    case SY_OTLP_SUMMARY:
      emit_summary (self, placed);
      break;
    case SY_OTLP_NONE:
    case SY_OTLP_GAUGE:
    case SY_OTLP_SUM:
    default:
      emit (self, placed, &n, stream->type == SY_METRIC_COUNTER && !g_str_has_suffix (stream->name, "_total") ? "_total" : "",
            stream->value);
      break;
    }
}

static void
emit_about (Render          *self,
            const GPtrArray *processes,
            double           start_time)
{
  const SyFamily target = { .name = "target_info", .type = SY_METRIC_GAUGE, .unit = "", .declared = TRUE,
                            .help = "Who pushes, by the attributes of the resource" };
  const SyFamily start = { .name = START_NAME, .type = SY_METRIC_GAUGE, .unit = "seconds", .declared = TRUE,
                           .help = "Since when the processes that push count together, in Unix time" };
  const guint target_family = sy_families_add (self->families, &target);
  const guint start_family = sy_families_add (self->families, &start);

  for (guint i = 0; i < processes->len; i++)
    {
      const SyOtlpProcess *process = g_ptr_array_index (processes, i);
      g_autofree SyLabel *labels = g_new (SyLabel, process->n_attributes + 1);

      for (guint j = 0; j < process->n_attributes; j++)
        labels[j] = process->attributes[j];
      labels[process->n_attributes] = (SyLabel) { "instance", process->instance };
      emit_series (self, sy_series_table_add (self->table, target.name, labels,
                                              process->n_attributes + (*process->instance != '\0' ? 1 : 0)), target_family, 1);
    }
  emit_series (self, sy_series_table_add (self->table, START_NAME, NULL, 0), start_family, start_time);
}

static void
place_streams (Render              *self,
               const SyOtlpProcess *process,
               GArray              *placed)
{
  for (guint i = 0; i < process->streams->len; i++)
    {
      SyOtlpStream *stream = g_ptr_array_index (process->streams, i);
      Placed one = { stream, 0 };

      if (!is_current (process, stream))
        continue;

      one.family = place (self, stream);
      g_array_append_val (placed, one);
      if (stream->kind == SY_OTLP_EXPONENTIAL)
        fit_grid (self->grids, stream);
    }
}

SyExposition *
sy_otlp_render (const GPtrArray           *processes,
                double                     start_time,
                GHashTable                *grids,
                const SyExpositionLimits  *limits,
                SySeriesTable             *table,
                GError                   **error)
{
  g_autoptr (SyFamilies) families = sy_families_new ();
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (SySample));
  Render self = { families, table, limits, grids, samples, NULL };
  gsize n_samples;

  emit_about (&self, processes, start_time);
  for (guint i = 0; i < processes->len; i++)
    place_streams (&self, g_ptr_array_index (processes, i), placed);

  g_array_sort (placed, compare_placed);
  for (guint i = 0; i < placed->len && self.error == NULL; i++)
    emit_stream (&self, &g_array_index (placed, Placed, i));

  if (self.error != NULL)
    {
      g_propagate_error (error, self.error);
      return NULL;
    }

  n_samples = samples->len;
  return sy_exposition_build (SY_FORMAT_OTLP, table, families, (SySample *) g_array_steal (samples, NULL), (guint) n_samples);
}
