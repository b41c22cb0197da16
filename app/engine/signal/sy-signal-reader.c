/* sy-signal-reader.c: from scrapes to readings
 *
 * Each sample's series has been classified when it was first seen, so a steady
 * target costs a table look-up and an addition a sample. Sums of one scrape are
 * a snapshot; differences of two snapshots of one process are rates.
 *
 * Limits: those of the snapshots and processes kept. Empty: everything NAN.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard"

#include "config.h"

#include "sy-signal-reader.h"

#include <math.h>

#include "sy-overrides.h"
#include "sy-process-set.h"
#include "sy-reading-fill.h"
#include "sy-sample-sieve.h"
#include "sy-signal-plan.h"

#define DEFAULT_WINDOW_US (5 * G_GINT64_CONSTANT (1000000))

struct _SySignalReader
{
  SyRecogniser  *recogniser; /* owned */
  SyOverrides   *overrides;  /* owned, nullable */
  gint64         window_us;

  SySignalPlan  *plan;       /* owned, nullable: before the first exposition */
  guint          generation; /* counts the plans that were not equal */
  guint          n_families; /* of the exposition the plan was made for */
  gboolean       is_stale;   /* the overrides are other than the plan's */
  SySeriesTable *table;      /* owned, nullable: whose ids index @uses */
  GArray        *uses;       /* owned, element-type SySeriesUse, by series id */
  SySampleSieve *sieve;      /* owned: of the exposition that is being read */
  GHashTable    *names;      /* owned, element-type utf8 (owned): sample names the plan has seen */

  SyProcessSet  *processes;  /* owned */
};

/* All sample names of @exposition become known. */
static void
learn_names (SySignalReader     *self,
             const SyExposition *exposition)
{
  guint n_samples;
  const SySample *samples = sy_exposition_get_samples (exposition, &n_samples);
  const char *last = NULL;

  for (guint i = 0; i < n_samples; i++)
    {
      const char *name = samples[i].series->name;

      if (name != last && !g_hash_table_contains (self->names, name))
        g_hash_table_add (self->names, g_strdup (name));
      last = name;
    }
}

static void
make_plan (SySignalReader     *self,
           const SyExposition *exposition)
{
  g_autoptr (SyMapping) mapping = sy_recogniser_match_with (self->recogniser, exposition, self->overrides);
  SySignalPlan *plan = sy_signal_plan_new (mapping, exposition);

  if (self->plan == NULL || !sy_signal_plan_equal (self->plan, plan))
    self->generation++;

  g_clear_pointer (&self->plan, sy_signal_plan_free);
  self->plan = plan;
  self->is_stale = FALSE;
  sy_exposition_get_families (exposition, &self->n_families);
  g_array_set_size (self->uses, 0);
  learn_names (self, exposition);
}

static void
follow_table (SySignalReader     *self,
              const SyExposition *exposition)
{
  SySeriesTable *table = sy_exposition_get_table (exposition);

  if (self->table == table)
    return;

  g_clear_pointer (&self->table, sy_series_table_unref);
  self->table = sy_series_table_ref (table);
  g_array_set_size (self->uses, 0);
  g_hash_table_remove_all (self->names);
}

/* What the series is good for. NULL: the plan must be made anew. */
static const SySeriesUse *
find_use (SySignalReader *self,
          const SySeries *series)
{
  SySeriesUse *use;

  if (series->id >= self->uses->len)
    g_array_set_size (self->uses, series->id + 1);

  use = &g_array_index (self->uses, SySeriesUse, series->id);
  if (use->is_known)
    return use;

  if (!g_hash_table_contains (self->names, series->name) || !sy_signal_plan_classify (self->plan, series, use))
    {
      use->is_known = FALSE;
      return NULL;
    }

  return use;
}

/* Returns: (transfer full) (nullable): NULL when the plan does not fit. */
static SySums *
take_snapshot (SySignalReader     *self,
               const SyExposition *exposition,
               gint64              monotonic_us)
{
  g_autoptr (SySums) snapshot = sy_sums_new (monotonic_us, self->generation);
  guint n_samples;
  const SySample *samples = sy_exposition_get_samples (exposition, &n_samples);

  for (guint i = 0; i < n_samples; i++)
    {
      const SySeriesUse *use;

      if (!sy_sample_sieve_passes (self->sieve, samples, i))
        continue;

      use = find_use (self, samples[i].series);
      if (use == NULL)
        return NULL;
      sy_sums_add (snapshot, self->plan, use, samples[i].series, samples[i].value);
    }

  if (snapshot->histograms[SY_HISTOGRAM_DURATION] != NULL)
    sy_buckets_set_sum (snapshot->histograms[SY_HISTOGRAM_DURATION],
                        snapshot->values[SY_INPUT_DURATION_SUM] * self->plan->scale[SY_INPUT_DURATION_SUM]);

  return g_steal_pointer (&snapshot);
}

static SySums *
read_snapshot (SySignalReader     *self,
               const SyExposition *exposition,
               gint64              monotonic_us)
{
  guint n_families;
  SySums *snapshot;

  follow_table (self, exposition);
  sy_exposition_get_families (exposition, &n_families);
  if (self->plan == NULL || self->is_stale || n_families != self->n_families)
    make_plan (self, exposition);

  snapshot = take_snapshot (self, exposition, monotonic_us);
  if (snapshot == NULL)
    {
      make_plan (self, exposition);
      snapshot = take_snapshot (self, exposition, monotonic_us);
    }

  /* a plan made from this very exposition fits it */
  g_assert (snapshot != NULL);

  return snapshot;
}

SySignalReader *
sy_signal_reader_new (SyRecogniser *recogniser)
{
  SySignalReader *self = g_new0 (SySignalReader, 1);

  self->recogniser = sy_recogniser_ref (recogniser);
  self->window_us = DEFAULT_WINDOW_US;
  self->uses = g_array_new (FALSE, TRUE, sizeof (SySeriesUse));
  self->sieve = sy_sample_sieve_new ();
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->processes = sy_process_set_new ();

  return self;
}

void
sy_signal_reader_free (SySignalReader *self)
{
  sy_process_set_free (self->processes);
  sy_sample_sieve_free (self->sieve);
  g_hash_table_unref (self->names);
  g_array_unref (self->uses);
  g_clear_pointer (&self->table, sy_series_table_unref);
  g_clear_pointer (&self->plan, sy_signal_plan_free);
  g_clear_pointer (&self->overrides, sy_overrides_unref);
  sy_recogniser_unref (self->recogniser);
  g_free (self);
}

void
sy_signal_reader_set_overrides (SySignalReader *self,
                                SyOverrides    *overrides)
{
  if (sy_overrides_equal (self->overrides, overrides))
    return;

  g_clear_pointer (&self->overrides, sy_overrides_unref);
  self->overrides = overrides != NULL ? sy_overrides_ref (overrides) : NULL;
  self->is_stale = TRUE;
}

void
sy_signal_reader_set_window (SySignalReader *self,
                             gint64          window_us)
{
  self->window_us = MAX (0, window_us);
}

void
sy_signal_reader_read (SySignalReader     *self,
                       const SyExposition *exposition,
                       gint64              monotonic_us,
                       gint64              wall_us,
                       SyReading          *ret)
{
  SySums *now;
  SyProcess *process;
  const SySums *base;

  sy_sample_sieve_fill (self->sieve, exposition, wall_us);
  now = read_snapshot (self, exposition, monotonic_us);

  sy_reading_init (ret);
  ret->monotonic_us = monotonic_us;
  ret->wall_us = wall_us;

  process = sy_process_set_enter (self->processes, now, &ret->gap);
  sy_reading_fill_levels (ret, self->plan, now);

  /* Polls jitter: a 50th of the window is no reason to lose one. */
  sy_process_add (process, now, self->window_us + self->window_us / 50);
  base = sy_process_get_base (process);
  if (base != NULL)
    sy_reading_fill_rates (ret, self->plan, base, now);
  else if (ret->gap == SY_GAP_NONE)
    ret->gap = SY_GAP_FIRST;
}

void
sy_signal_reader_miss (SySignalReader *self,
                       SyGap           gap,
                       gint64          monotonic_us,
                       gint64          wall_us,
                       SyReading      *ret)
{
  sy_reading_init (ret);
  ret->monotonic_us = monotonic_us;
  ret->wall_us = wall_us;
  ret->gap = gap;
  if (gap == SY_GAP_SUSPENDED)
    sy_process_set_part (self->processes);
  sy_process_set_advance (self->processes, monotonic_us);
}

SyMapping *
sy_signal_reader_get_mapping (SySignalReader *self)
{
  return self->plan != NULL ? self->plan->mapping : NULL;
}

const SyBuckets *
sy_signal_reader_get_durations (SySignalReader *self)
{
  const SyProcess *process = sy_process_set_get_current (self->processes);
  const SySums *last = process != NULL ? sy_process_get_last (process) : NULL;

  return last != NULL ? last->histograms[SY_HISTOGRAM_DURATION] : NULL;
}

void
sy_signal_reader_get_totals (SySignalReader *self,
                             SyTotals       *ret)
{
  const SyProcess *process = sy_process_set_get_current (self->processes);
  const SySums *last = process != NULL ? sy_process_get_last (process) : NULL;

  *ret = (SyTotals) { 0, NAN, NAN, NAN, NAN };
  if (last == NULL)
    return;

  ret->monotonic_us = last->monotonic_us;
  ret->start_time = last->values[SY_INPUT_START_TIME];
  ret->requests = last->values[SY_INPUT_FINISHED];
  ret->duration = last->values[SY_INPUT_DURATION_SUM] * self->plan->scale[SY_INPUT_DURATION_SUM];
  ret->cpu = last->values[SY_INPUT_CPU] * self->plan->scale[SY_INPUT_CPU];
}

guint
sy_signal_reader_get_n_processes (SySignalReader *self)
{
  return sy_process_set_get_n_alive (self->processes);
}
