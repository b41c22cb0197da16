/* sy-otlp-process.c: one process that pushes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-otlp-process.h"

#include <string.h>

#define USEC_PER_SEC G_GINT64_CONSTANT (1000000)
#define NSEC_PER_USEC 1000
#define MAX_STEP_US (3600 * USEC_PER_SEC)

/* More often nobody may push: what is nearer is one collection in several requests. */
#define MIN_STEP_US (USEC_PER_SEC / 50)

/* Words with their lengths, so that no two lists spell the same. */
static void
append_word (GString    *key,
             const char *word)
{
  g_string_append_printf (key, "%" G_GSIZE_FORMAT ":%s", strlen (word), word);
}

static void
append_labels (GString       *key,
               const SyLabel *labels,
               guint          n_labels)
{
  for (guint i = 0; i < n_labels; i++)
    {
      append_word (key, labels[i].name);
      append_word (key, labels[i].value);
    }
}

char *
sy_otlp_resource_dup_identity (const SyOtlpResource *resource)
{
  GString *key = g_string_new (NULL);

  append_labels (key, resource->attributes, resource->n_attributes);
  return g_string_free (key, FALSE);
}

static void
set_key (GString            *key,
         const SyOtlpMetric *metric,
         const SyOtlpPoint  *point)
{
  g_string_printf (key, "%d%d", (int) metric->kind, metric->is_monotonic);
  append_word (key, metric->name);
  append_word (key, metric->scope);
  append_word (key, metric->scope_version);
  append_labels (key, point->labels, point->n_labels);
}

gboolean
sy_otlp_process_is_of (const SyOtlpProcess  *self,
                       const SyOtlpResource *resource)
{
  g_autoptr (GString) key = g_string_new (NULL);
  gboolean differs = FALSE;

  for (guint i = 0; i < resource->n_metrics; i++)
    {
      const SyOtlpMetric *metric = &resource->metrics[i];

      for (guint j = 0; metric->temporality == SY_OTLP_CUMULATIVE && j < metric->n_points; j++)
        {
          const SyOtlpPoint *point = &metric->points[j];
          const SyOtlpStream *stream;

          set_key (key, metric, point);
          stream = g_hash_table_lookup (self->by_key, key->str);
          if (stream == NULL || stream->start_ns == 0 || point->start_ns == 0)
            continue;
          if (stream->start_ns == point->start_ns)
            return TRUE;
          differs = TRUE;
        }
    }

  return !differs;
}

SyOtlpProcess *
sy_otlp_process_new (const SyOtlpResource *resource)
{
  SyOtlpProcess *self = g_new0 (SyOtlpProcess, 1);

  self->identity = sy_otlp_resource_dup_identity (resource);
  self->service = g_strdup (resource->service);
  self->instance = g_strdup (resource->instance);
  self->attributes = g_new0 (SyLabel, resource->n_attributes);
  self->n_attributes = resource->n_attributes;
  for (guint i = 0; i < resource->n_attributes; i++)
    self->attributes[i] = (SyLabel) { g_strdup (resource->attributes[i].name), g_strdup (resource->attributes[i].value) };
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_otlp_stream_free);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
sy_otlp_process_free (SyOtlpProcess *self)
{
  for (guint i = 0; i < self->n_attributes; i++)
    {
      g_free ((char *) self->attributes[i].name);
      g_free ((char *) self->attributes[i].value);
    }
  g_free (self->attributes);
  g_free (self->identity);
  g_free (self->service);
  g_free (self->instance);
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->streams);
  g_free (self);
}

static SyOtlpStream *
find_stream (SyOtlpProcess      *self,
             const SyOtlpMetric *metric,
             const SyOtlpPoint  *point,
             GString            *key)
{
  set_key (key, metric, point);
  return g_hash_table_lookup (self->by_key, key->str);
}

/* Bytes that a stream takes without its explicit buckets. The key spells all
 * labels that are kept; exponential buckets take the same whatever they count. */
static gsize
measure_stream (const SyOtlpMetric *metric,
                const GString      *key)
{
  return key->len + (metric->kind == SY_OTLP_EXPONENTIAL ? 2 * (SY_OTLP_OCTAVES << SY_OTLP_MAX_SCALE) * sizeof (double) : 0);
}

/* Bytes of explicit buckets. */
static gsize
measure_buckets (SyOtlpKind kind,
                 guint      n_bounds,
                 guint      n_counts)
{
  return kind == SY_OTLP_EXPONENTIAL ? 0 : ((gsize) n_bounds + n_counts) * sizeof (double);
}

/* (transfer none) (nullable): there is no room for it and the buckets of @point. */
static SyOtlpStream *
add_stream (SyOtlpProcess      *self,
            const SyOtlpMetric *metric,
            const SyOtlpPoint  *point,
            const GString      *key,
            SyOtlpRoom         *room)
{
  const gsize n_bytes = measure_stream (metric, key);
  SyOtlpStream *stream;

  if (room->n_streams == 0 || room->n_bytes < n_bytes + measure_buckets (metric->kind, point->n_bounds, point->n_counts))
    return NULL;

  room->n_streams--;
  room->n_bytes -= n_bytes;
  self->n_bytes += n_bytes;
  stream = sy_otlp_stream_new (metric, point, self->instance);

  g_ptr_array_add (self->streams, stream);
  g_hash_table_insert (self->by_key, g_strdup (key->str), stream);
  return stream;
}

/* FALSE: its buckets have no room. */
static gboolean
take_point (SyOtlpProcess      *self,
            SyOtlpStream       *stream,
            const SyOtlpMetric *metric,
            const SyOtlpPoint  *point,
            SyOtlpRoom         *room)
{
  const gsize before = measure_buckets (stream->kind, stream->bounds->len, stream->counts->len);
  gsize now;

  if (measure_buckets (stream->kind, point->n_bounds, point->n_counts) > before + room->n_bytes)
    return FALSE;

  sy_otlp_stream_take (stream, metric, point);
  now = measure_buckets (stream->kind, stream->bounds->len, stream->counts->len);
  room->n_bytes = room->n_bytes + before - now;
  self->n_bytes = self->n_bytes + now - before;
  return TRUE;
}

static void
note_times (SyOtlpProcess      *self,
            const SyOtlpMetric *metric,
            const SyOtlpPoint  *point)
{
  if (metric->temporality == SY_OTLP_CUMULATIVE && point->start_ns > 0)
    self->start_ns = self->start_ns == 0 ? point->start_ns : MIN (self->start_ns, point->start_ns);
}

gint64
sy_otlp_process_take (SyOtlpProcess        *self,
                      const SyOtlpResource *resource,
                      SyOtlpRoom           *room,
                      gboolean             *is_full)
{
  g_autoptr (GString) key = g_string_new (NULL);
  gint64 time_ns = 0;

  *is_full = FALSE;
  for (guint i = 0; i < resource->n_metrics; i++)
    {
      const SyOtlpMetric *metric = &resource->metrics[i];

      for (guint j = 0; j < metric->n_points; j++)
        {
          const SyOtlpPoint *point = &metric->points[j];
          SyOtlpStream *stream = find_stream (self, metric, point, key);

          if (stream == NULL)
            stream = add_stream (self, metric, point, key, room);
          *is_full |= stream == NULL || !take_point (self, stream, metric, point, room);
          time_ns = MAX (time_ns, point->time_ns);
          note_times (self, metric, point);
        }
    }

  return time_ns;
}

/* Collections whose parts are further apart make short steps between the long
 * ones, so it is the longest that says how often it pushes. */
static void
add_step (SyOtlpProcess *self,
          gint64         step_us)
{
  self->steps_us[self->n_steps++ % G_N_ELEMENTS (self->steps_us)] = MIN (step_us, MAX_STEP_US);
  self->interval_us = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (self->steps_us); i++)
    self->interval_us = MAX (self->interval_us, self->steps_us[i]);
}

void
sy_otlp_process_note_time (SyOtlpProcess *self,
                           gint64         time_ns)
{
  const gint64 step_us = self->last_ns > 0 ? (time_ns - self->last_ns) / NSEC_PER_USEC : 0;

  if (step_us >= MIN_STEP_US)
    add_step (self, step_us);
  self->last_ns = MAX (self->last_ns, time_ns);
}

void
sy_otlp_process_forget_streams (SyOtlpProcess *self)
{
  self->n_bytes = 0;
  g_hash_table_remove_all (self->by_key);
  g_ptr_array_set_size (self->streams, 0);
}

void
sy_otlp_process_forget_series (SyOtlpProcess *self)
{
  for (guint i = 0; i < self->streams->len; i++)
    g_ptr_array_set_size (((SyOtlpStream *) g_ptr_array_index (self->streams, i))->series, 0);
}
