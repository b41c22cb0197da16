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
#define MAX_BYTES (16 * 1024 * 1024) /* of labels and buckets */
#define MAX_LAG_US (10 * USEC_PER_SEC)

/* A process is gone when it has missed that many pushes, and not before that time. */
#define MISSED_PUSHES 3
#define MIN_SILENCE_US (5 * USEC_PER_SEC)

/* Before its second push nobody knows: by themselves SDKs push once a minute. */
#define UNKNOWN_INTERVAL_US (60 * USEC_PER_SEC)

/* Start times nearer than a second are taken for those of siblings. */
#define MIN_STEP_S 1.1

struct _SyOtlpFold
{
  char               *service;   /* owned, "": any */
  char               *instance;  /* owned, "": any */
  SyExpositionLimits  limits;
  GPtrArray          *processes; /* owned, element-type SyOtlpProcess */
  GPtrArray          *services;  /* owned, element-type utf8: all that were heard, at most 16 */
  GHashTable         *grids;     /* owned, of SyOtlpGrid (owned) by name */
  SySeriesTable      *table;     /* owned, nullable: of the last exposition, so that its address stays its own */
  gboolean            is_full;   /* more streams than samples are allowed, since the last exposition */
  gboolean            has_changed; /* other processes than in the last exposition */
  gboolean            has_dropped; /* streams, since the last exposition */
  double              start_time;  /* of the present set, Unix seconds */
  gint64              time_us;
};

/* The latest first: whoever has taken a place is mostly who speaks. */
static SyOtlpProcess *
find_process (SyOtlpFold           *self,
              const SyOtlpResource *resource)
{
  g_autofree char *identity = sy_otlp_resource_dup_identity (resource);

  for (guint i = self->processes->len; i > 0; i--)
    {
      SyOtlpProcess *process = g_ptr_array_index (self->processes, i - 1);

      if (strcmp (process->identity, identity) == 0 && sy_otlp_process_is_of (process, resource))
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
  self->has_changed |= !process->is_replaced;
  self->has_dropped = TRUE;
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
  SyOtlpProcess *process = sy_otlp_process_new (resource);

  if (self->processes->len >= MAX_PROCESSES)
    make_room (self);

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
  self->has_dropped = TRUE;

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
      sy_otlp_process_forget_streams (sibling);
    }
}

static SyOtlpRoom
find_room (const SyOtlpFold *self)
{
  SyOtlpRoom room = { self->limits.max_samples, MAX_BYTES };

  for (guint i = 0; i < self->processes->len; i++)
    {
      const SyOtlpProcess *process = g_ptr_array_index (self->processes, i);

      room.n_streams -= MIN (room.n_streams, process->streams->len);
      room.n_bytes -= MIN (room.n_bytes, process->n_bytes);
    }

  return room;
}

static void
take_resource (SyOtlpFold           *self,
               const SyOtlpResource *resource,
               const SyOtlpMoment   *moment)
{
  SyOtlpProcess *process = find_process (self, resource);
  SyOtlpRoom room;
  gboolean is_full;
  gint64 time_ns, lag_us;

  if (process == NULL)
    process = add_process (self, resource);
  else if (process->is_replaced)
    revive (self, process);

  room = find_room (self);
  time_ns = sy_otlp_process_take (process, resource, &room, &is_full);
  self->is_full |= is_full;

  /* The pusher is on this machine, or comes through a tunnel: then its clock is another. */
  lag_us = time_ns > 0 ? moment->wall_us - time_ns / NSEC_PER_USEC : 0;
  if (lag_us < 0 || lag_us > MAX_LAG_US)
    lag_us = 0;
  self->time_us = MAX (self->time_us, moment->monotonic_us - lag_us);

  process->has_pushed |= time_ns == 0 || time_ns >= process->last_ns;
  process->last_us = moment->monotonic_us;
  sy_otlp_process_note_time (process, time_ns);
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
  self->processes = g_ptr_array_new_with_free_func ((GDestroyNotify) sy_otlp_process_free);
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
  g_clear_pointer (&self->table, sy_series_table_unref);
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

/* After how long nothing of who pushes every @interval_us is silence; 0: not known. */
static gint64
get_silence (gint64 interval_us)
{
  return MAX (MISSED_PUSHES * (interval_us > 0 ? interval_us : UNKNOWN_INTERVAL_US), MIN_SILENCE_US);
}

/* Those that have not been heard for long, unless nobody has: then it is not
 * they who are gone, but the line to them. Who has pushed only once is taken to
 * push as the others do. */
static void
forget_silent (SyOtlpFold         *self,
               const SyOtlpMoment *now)
{
  const gint64 common_us = sy_otlp_fold_get_interval (self);
  gint64 latest_us = G_MININT64;

  for (guint i = 0; i < self->processes->len; i++)
    latest_us = MAX (latest_us, ((SyOtlpProcess *) g_ptr_array_index (self->processes, i))->last_us);

  for (guint i = self->processes->len; i > 0; i--)
    {
      SyOtlpProcess *process = g_ptr_array_index (self->processes, i - 1);

      if (process->last_us < latest_us
          && now->monotonic_us - process->last_us > get_silence (process->interval_us > 0 ? process->interval_us : common_us))
        forget_process (self, process);
    }
}

/* Bounds of names that nobody tells any more. */
static void
forget_grids (SyOtlpFold *self)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < self->processes->len; i++)
    {
      const SyOtlpProcess *process = g_ptr_array_index (self->processes, i);

      for (guint j = 0; j < process->streams->len; j++)
        {
          const SyOtlpStream *stream = g_ptr_array_index (process->streams, j);

          if (stream->kind == SY_OTLP_EXPONENTIAL)
            g_hash_table_add (names, stream->name);
        }
    }

  g_hash_table_iter_init (&iter, self->grids);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (names, name))
      g_hash_table_iter_remove (&iter);
  self->has_dropped = FALSE;
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
      g_autofree char *a = NULL;
      g_autofree char *b = NULL;

      if (strcmp (first->service, process->service) == 0)
        continue;

      a = sy_display_text (first->service, -1, 40);
      b = sy_display_text (process->service, -1, 40);
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

  if (self->table != table)
    {
      g_clear_pointer (&self->table, sy_series_table_unref);
      self->table = sy_series_table_ref (table);
      for (guint i = 0; i < self->processes->len; i++)
        sy_otlp_process_forget_series (g_ptr_array_index (self->processes, i));
    }

  forget_silent (self, now);
  if (self->has_dropped)
    forget_grids (self);
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
      self->is_full = FALSE;
      g_set_error (error, SY_ERROR, SY_ERROR_SAMPLE_LIMIT,
                   "more than %u series, or %d MiB of labels and buckets, are pushed: leave some out with a View of the SDK",
                   self->limits.max_samples, MAX_BYTES >> 20);
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

gint64
sy_otlp_fold_get_silence (SyOtlpFold *self)
{
  return get_silence (sy_otlp_fold_get_interval (self));
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
