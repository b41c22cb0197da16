/* sy-otlp-fold.c: pushes over time as expositions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-otlp-fold.h"

#include <string.h>

#include "sy-error.h"
#include "sy-exposition-private.h"
#include "sy-otlp-fold-private.h"
#include "sy-text.h"

#define USEC_PER_SEC G_GINT64_CONSTANT (1000000)
#define NSEC_PER_USEC 1000
#define MAX_PROCESSES 64
#define MAX_SERVICES 16
#define MAX_INTERVAL_US (3600 * USEC_PER_SEC)
#define MAX_LAG_US (5 * USEC_PER_SEC)

/* A process is gone when it has missed that many pushes, and not before that time. */
#define MISSED_PUSHES 3
#define MIN_SILENCE_US (5 * USEC_PER_SEC)

/* Start times nearer than a second are taken for those of siblings. */
#define MIN_STEP_S 1.1

struct _SyOtlpFold
{
  char               *service;   /* owned, "": any */
  char               *instance;  /* owned, "": any */
  SyExpositionLimits  limits;
  GPtrArray          *processes; /* owned, element-type SyOtlpProcess */
  GPtrArray          *services;  /* owned, element-type utf8: all that were heard, at most 16 */
  GHashTable         *grids;     /* owned */
  guint               n_streams;
  gboolean            is_full;   /* more streams than samples are allowed */
  gboolean            has_changed; /* other processes than in the last exposition */
  double              start_time;  /* of the present set, Unix seconds */
  gint64              time_us;
};

static void
process_free (gpointer data)
{
  SyOtlpProcess *self = data;

  for (guint i = 0; i < self->n_attributes; i++)
    {
      g_free ((char *) self->attributes[i].name);
      g_free ((char *) self->attributes[i].value);
    }
  g_free (self->attributes);
  g_free (self->identity);
  g_free (self->instance);
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->streams);
  g_free (self);
}

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

static char *
dup_identity (const SyOtlpResource *resource)
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

/* Whether the streams of @resource are those of @process: one stream with the
 * same start says yes; if all that both know have other starts, it is no. */
static gboolean
is_same (const SyOtlpProcess  *process,
         const SyOtlpResource *resource,
         GString              *key)
{
  gboolean differs = FALSE;

  for (guint i = 0; i < resource->n_metrics; i++)
    {
      const SyOtlpMetric *metric = &resource->metrics[i];

      for (guint j = 0; metric->temporality == SY_OTLP_CUMULATIVE && j < metric->n_points; j++)
        {
          const SyOtlpPoint *point = &metric->points[j];
          const SyOtlpStream *stream;

          set_key (key, metric, point);
          stream = g_hash_table_lookup (process->by_key, key->str);
          if (stream == NULL || stream->start_ns == 0 || point->start_ns == 0)
            continue;
          if (stream->start_ns == point->start_ns)
            return TRUE;
          differs = TRUE;
        }
    }

  return !differs;
}

/* The latest first: whoever has taken a place is mostly who speaks. */
static SyOtlpProcess *
find_process (SyOtlpFold           *self,
              const SyOtlpResource *resource)
{
  g_autofree char *identity = dup_identity (resource);
  g_autoptr (GString) key = g_string_new (NULL);

  for (guint i = self->processes->len; i > 0; i--)
    {
      SyOtlpProcess *process = g_ptr_array_index (self->processes, i - 1);

      if (strcmp (process->identity, identity) == 0 && is_same (process, resource, key))
        return process;
    }

  return NULL;
}

static gboolean
is_ours (const SyOtlpFold     *self,
         const SyOtlpResource *resource)
{
  return (*self->service == '\0' || strcmp (self->service, resource->service) == 0)
         && (*self->instance == '\0' || strcmp (self->instance, resource->instance) == 0);
}

static void
remember_service (SyOtlpFold *self,
                  const char *service)
{
  if (self->services->len < MAX_SERVICES && !g_ptr_array_find_with_equal_func (self->services, service, g_str_equal, NULL))
    g_ptr_array_add (self->services, g_strdup (service));
}

static void
forget_process (SyOtlpFold    *self,
                SyOtlpProcess *process)
{
  self->n_streams -= process->streams->len;
  self->has_changed |= !process->is_replaced;
  g_ptr_array_remove (self->processes, process);
}

/* All are of one instant, so the one that was longest silent may go. */
static void
make_room (SyOtlpFold *self)
{
  SyOtlpProcess *oldest = g_ptr_array_index (self->processes, 0);

  for (guint i = 1; i < self->processes->len; i++)
    {
      SyOtlpProcess *process = g_ptr_array_index (self->processes, i);

      if (process->last_us < oldest->last_us)
        oldest = process;
    }

  forget_process (self, oldest);
}

static SyOtlpProcess *
add_process (SyOtlpFold           *self,
             const SyOtlpResource *resource)
{
  SyOtlpProcess *process = g_new0 (SyOtlpProcess, 1);

  if (self->processes->len >= MAX_PROCESSES)
    make_room (self);

  process->identity = dup_identity (resource);
  process->instance = g_strdup (resource->instance);
  process->attributes = g_new0 (SyLabel, resource->n_attributes);
  process->n_attributes = resource->n_attributes;
  for (guint i = 0; i < resource->n_attributes; i++)
    process->attributes[i] = (SyLabel) { g_strdup (resource->attributes[i].name), g_strdup (resource->attributes[i].value) };
  process->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_otlp_stream_free);
  process->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->processes->len; i++)
    {
      SyOtlpProcess *before = g_ptr_array_index (self->processes, i);

      if (strcmp (before->identity, process->identity) != 0)
        continue;
      process->is_parallel |= before->is_parallel;
      before->is_replaced = !before->is_parallel;
    }

  g_ptr_array_add (self->processes, process);
  self->has_changed = TRUE;
  return process;
}

/* It had been taken for ended: its siblings count beside it, and need names. */
static void
revive (SyOtlpFold    *self,
        SyOtlpProcess *process)
{
  process->is_replaced = FALSE;
  self->has_changed = TRUE;

  for (guint i = 0, n = 0; i < self->processes->len; i++)
    {
      SyOtlpProcess *sibling = g_ptr_array_index (self->processes, i);

      if (strcmp (sibling->identity, process->identity) != 0)
        continue;

      n++;
      sibling->is_parallel = TRUE;
      if (sibling == process || n == 1)
        continue;

      g_free (sibling->instance);
      sibling->instance = g_strdup_printf ("#%u", n);
      self->n_streams -= sibling->streams->len;
      g_hash_table_remove_all (sibling->by_key);
      g_ptr_array_set_size (sibling->streams, 0);
    }
}

static SyOtlpStream *
find_stream (SyOtlpFold         *self,
             SyOtlpProcess      *process,
             const SyOtlpMetric *metric,
             const SyOtlpPoint  *point,
             GString            *key)
{
  SyOtlpStream *stream;

  set_key (key, metric, point);
  stream = g_hash_table_lookup (process->by_key, key->str);
  if (stream != NULL)
    return stream;

  self->is_full = self->n_streams >= self->limits.max_samples;
  if (self->is_full)
    return NULL;

  stream = sy_otlp_stream_new (metric, point, process->instance);
  g_ptr_array_add (process->streams, stream);
  g_hash_table_insert (process->by_key, g_strdup (key->str), stream);
  self->n_streams++;
  return stream;
}

/* Returns: the latest time that @resource's points tell, 0 when none does. */
static gint64
take_points (SyOtlpFold           *self,
             SyOtlpProcess        *process,
             const SyOtlpResource *resource)
{
  g_autoptr (GString) key = g_string_new (NULL);
  gint64 time_ns = 0;

  for (guint i = 0; i < resource->n_metrics; i++)
    {
      const SyOtlpMetric *metric = &resource->metrics[i];

      for (guint j = 0; j < metric->n_points; j++)
        {
          const SyOtlpPoint *point = &metric->points[j];
          SyOtlpStream *stream = find_stream (self, process, metric, point, key);

          if (stream != NULL)
            sy_otlp_stream_take (stream, metric, point);
          time_ns = MAX (time_ns, point->time_ns);
          if (metric->temporality == SY_OTLP_CUMULATIVE && point->start_ns > 0)
            process->start_ns = process->start_ns == 0 ? point->start_ns : MIN (process->start_ns, point->start_ns);
        }
    }

  return time_ns;
}

static void
take_resource (SyOtlpFold           *self,
               const SyOtlpResource *resource,
               const SyOtlpMoment   *moment)
{
  SyOtlpProcess *process = find_process (self, resource);
  gint64 time_ns, lag_us;

  if (process == NULL)
    process = add_process (self, resource);
  else if (process->is_replaced)
    revive (self, process);

  time_ns = take_points (self, process, resource);

  /* The pusher is on this machine, or comes through a tunnel: then its clock is another. */
  lag_us = time_ns > 0 ? moment->wall_us - time_ns / NSEC_PER_USEC : 0;
  if (lag_us < 0 || lag_us > MAX_LAG_US)
    lag_us = 0;
  self->time_us = MAX (self->time_us, moment->monotonic_us - lag_us);

  if (process->last_ns > 0 && time_ns > process->last_ns)
    process->interval_us = MIN ((time_ns - process->last_ns) / NSEC_PER_USEC, MAX_INTERVAL_US);
  process->last_ns = MAX (process->last_ns, time_ns);
  process->last_us = moment->monotonic_us;
  process->has_pushed = TRUE;
}

SyOtlpFold *
sy_otlp_fold_new (const char               *service,
                  const char               *instance,
                  const SyExpositionLimits *limits)
{
  SyOtlpFold *self = g_new0 (SyOtlpFold, 1);

  self->service = g_strdup (service != NULL ? service : "");
  self->instance = g_strdup (instance != NULL ? instance : "");
  self->limits = limits != NULL ? *limits : SY_EXPOSITION_LIMITS_DEFAULT;
  self->processes = g_ptr_array_new_with_free_func (process_free);
  self->services = g_ptr_array_new_with_free_func (g_free);
  self->grids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
sy_otlp_fold_free (SyOtlpFold *self)
{
  g_free (self->service);
  g_free (self->instance);
  g_ptr_array_unref (self->processes);
  g_ptr_array_unref (self->services);
  g_hash_table_unref (self->grids);
  g_free (self);
}

gboolean
sy_otlp_fold_repeats (SyOtlpFold          *self,
                      const SyOtlpRequest *request)
{
  guint n;
  const SyOtlpResource *resources = sy_otlp_request_get_resources (request, &n);

  for (guint i = 0; i < n; i++)
    {
      const SyOtlpProcess *process = is_ours (self, &resources[i]) ? find_process (self, &resources[i]) : NULL;

      if (process != NULL && process->has_pushed)
        return TRUE;
    }

  return FALSE;
}

gboolean
sy_otlp_fold_take (SyOtlpFold          *self,
                   const SyOtlpRequest *request,
                   const SyOtlpMoment  *moment)
{
  gboolean is_any = FALSE;
  guint n;
  const SyOtlpResource *resources = sy_otlp_request_get_resources (request, &n);

  for (guint i = 0; i < n; i++)
    {
      remember_service (self, resources[i].service);
      if (!is_ours (self, &resources[i]))
        continue;

      is_any = TRUE;
      take_resource (self, &resources[i], moment);
    }

  return is_any;
}

gboolean
sy_otlp_fold_is_complete (SyOtlpFold *self)
{
  for (guint i = 0; i < self->processes->len; i++)
    {
      const SyOtlpProcess *process = g_ptr_array_index (self->processes, i);

      if (!process->is_replaced && !process->has_pushed)
        return FALSE;
    }

  return self->processes->len > 0;
}

/* Those that have not been heard for long, unless nobody has: then it is not
 * they who are gone, but the line to them. */
static void
forget_silent (SyOtlpFold         *self,
               const SyOtlpMoment *now)
{
  gint64 latest_us = G_MININT64;

  for (guint i = 0; i < self->processes->len; i++)
    latest_us = MAX (latest_us, ((SyOtlpProcess *) g_ptr_array_index (self->processes, i))->last_us);

  for (guint i = self->processes->len; i > 0; i--)
    {
      SyOtlpProcess *process = g_ptr_array_index (self->processes, i - 1);

      if (process->last_us < latest_us
          && now->monotonic_us - process->last_us > MAX (MISSED_PUSHES * process->interval_us, MIN_SILENCE_US))
        forget_process (self, process);
    }
}

/* One process is known by its own start; a set of several by when it became
 * one, by the clocks of its members. Later than before in any case, since the
 * set is another. */
static void
set_start_time (SyOtlpFold         *self,
                const GPtrArray    *shown,
                const SyOtlpMoment *now)
{
  const SyOtlpProcess *first = g_ptr_array_index (shown, 0);
  gint64 start_ns = shown->len == 1 ? first->start_ns : 0;
  double start;

  for (guint i = 0; i < shown->len && (shown->len > 1 || start_ns == 0); i++)
    start_ns = MAX (start_ns, ((const SyOtlpProcess *) g_ptr_array_index (shown, i))->last_ns);

  start = start_ns > 0 ? (double) start_ns / 1e9 : (double) now->wall_us / 1e6;
  self->start_time = self->start_time > 0 ? MAX (start, self->start_time + MIN_STEP_S) : start;
  self->has_changed = FALSE;
}

static gboolean
check_services (const GPtrArray  *shown,
                GError          **error)
{
  const SyOtlpProcess *first = g_ptr_array_index (shown, 0);

  for (guint i = 0; i < shown->len; i++)
    {
      const SyOtlpProcess *process = g_ptr_array_index (shown, i);
      const char *names[2] = { "", "" };
      g_autofree char *a = NULL;
      g_autofree char *b = NULL;

      for (guint j = 0; j < first->n_attributes; j++)
        if (strcmp (first->attributes[j].name, "service_name") == 0)
          names[0] = first->attributes[j].value;
      for (guint j = 0; j < process->n_attributes; j++)
        if (strcmp (process->attributes[j].name, "service_name") == 0)
          names[1] = process->attributes[j].value;
      if (strcmp (names[0], names[1]) == 0)
        continue;

      a = sy_display_text (names[0], -1, 40);
      b = sy_display_text (names[1], -1, 40);
      g_set_error (error, SY_ERROR, SY_ERROR_INVALID,
                   "several services push here, “%s” and “%s” among them: add the name of one to the address", a, b);
      return FALSE;
    }

  return TRUE;
}

SyExposition *
sy_otlp_fold_render (SyOtlpFold          *self,
                     SySeriesTable       *table,
                     const SyOtlpMoment  *now,
                     GError             **error)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  forget_silent (self, now);
  for (guint i = 0; i < self->processes->len; i++)
    {
      SyOtlpProcess *process = g_ptr_array_index (self->processes, i);

      process->has_pushed = FALSE;
      if (!process->is_replaced)
        g_ptr_array_add (shown, process);
    }

  if (shown->len == 0)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_EMPTY, "nothing has been pushed");
      return NULL;
    }

  if (*self->service == '\0' && !check_services (shown, error))
    return NULL;

  if (self->is_full)
    {
      g_set_error (error, SY_ERROR, SY_ERROR_SAMPLE_LIMIT,
                   "more than %u series are pushed: leave some out with a View of the SDK", self->limits.max_samples);
      return NULL;
    }

  if (self->has_changed)
    set_start_time (self, shown, now);
  return sy_otlp_render (shown, self->start_time, self->grids, &self->limits, table, error);
}

gint64
sy_otlp_fold_get_time (SyOtlpFold *self)
{
  return self->time_us;
}

gint64
sy_otlp_fold_get_interval (SyOtlpFold *self)
{
  gint64 interval_us = 0;

  for (guint i = 0; i < self->processes->len; i++)
    interval_us = MAX (interval_us, ((SyOtlpProcess *) g_ptr_array_index (self->processes, i))->interval_us);

  return interval_us;
}

char *
sy_otlp_fold_dup_others (SyOtlpFold *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < self->services->len; i++)
    {
      const char *name = g_ptr_array_index (self->services, i);
      g_autofree char *safe = sy_display_text (name, -1, 40);

      if (*self->service == '\0' || strcmp (name, self->service) == 0)
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", *safe != '\0' ? safe : "one without a name");
    }

  return names->len > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

SyExposition *
sy_otlp_parse (GBytes                    *body,
               const SyExpositionLimits  *limits,
               SySeriesTable             *table,
               GError                   **error)
{
  const SyOtlpMoment moment = { 0, 0 };
  g_autoptr (SyOtlpRequest) request = sy_otlp_request_parse (body, limits, error);
  g_autoptr (SyOtlpFold) fold = NULL;

  if (request == NULL)
    return NULL;

  fold = sy_otlp_fold_new (NULL, NULL, limits);
  sy_otlp_fold_take (fold, request, &moment);
  return sy_otlp_fold_render (fold, table, &moment, error);
}
