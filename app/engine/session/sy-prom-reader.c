/* sy-prom-reader.c: what a Prometheus server says of one backend, as readings
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window of rates is four times what lies between two samples, at least the
 * five seconds of scrapes: `increase` needs two samples, a lost scrape and a
 * late one must not make a hole.
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-prom-reader.h"

#include <math.h>

#include "sy-error.h"
#include "sy-overrides.h"
#include "sy-prom-exposition.h"
#include "sy-prom-questions.h"
#include "sy-text.h"

#define MIN_WINDOW_US (5 * SY_USEC_PER_SEC)
#define SAMPLES_IN_WINDOW 4

/* Start times of one process that differ by less are rounded. */
#define SAME_START_SECONDS 1.0

struct _SyPromReader
{
  gatomicrefcount ref_count;

  SyRecogniser    *recogniser; /* owned */
  char            *matchers;   /* owned */

  GMutex           lock;
  SyPromQuestions *questions;  /* owned, nullable: before the first plan; under the lock, as the rest */
  SyOverrides     *overrides;  /* owned, nullable */
  double           youngest;   /* start of the youngest process that was seen, wall seconds; NAN: none told */
  gboolean         is_stale;   /* the overrides are other than those of the questions */
};

SyPromReader *
sy_prom_reader_new (SyRecogniser *recogniser,
                    const char   *matchers)
{
  SyPromReader *self = g_new0 (SyPromReader, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->recogniser = sy_recogniser_ref (recogniser);
  self->matchers = g_strdup (matchers);
  self->youngest = NAN;
  return self;
}

SyPromReader *
sy_prom_reader_ref (SyPromReader *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sy_prom_reader_unref (SyPromReader *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  sy_recogniser_unref (self->recogniser);
  g_clear_pointer (&self->questions, sy_prom_questions_free);
  g_clear_pointer (&self->overrides, sy_overrides_unref);
  g_free (self->matchers);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
sy_prom_reader_set_overrides (SyPromReader *self,
                              SyOverrides  *overrides)
{
  g_mutex_lock (&self->lock);
  if (!sy_overrides_equal (self->overrides, overrides))
    {
      g_clear_pointer (&self->overrides, sy_overrides_unref);
      self->overrides = overrides != NULL ? sy_overrides_ref (overrides) : NULL;
      self->is_stale = TRUE;
    }
  g_mutex_unlock (&self->lock);
}

gboolean
sy_prom_reader_is_stale (gpointer reader)
{
  SyPromReader *self = reader;
  gboolean is_stale;

  g_mutex_lock (&self->lock);
  is_stale = self->is_stale;
  g_mutex_unlock (&self->lock);
  return is_stale;
}

/* What the plan that is made now must follow. (transfer full) (nullable) */
static SyOverrides *
take_overrides (SyPromReader *self)
{
  SyOverrides *overrides;

  g_mutex_lock (&self->lock);
  overrides = self->overrides != NULL ? sy_overrides_ref (self->overrides) : NULL;
  self->is_stale = FALSE;
  g_mutex_unlock (&self->lock);
  return overrides;
}

GPtrArray *
sy_prom_reader_plan (const SyPromDiscovery  *found,
                     gpointer                reader,
                     GError                **error)
{
  SyPromReader *self = reader;
  const gint64 window_us = MAX (MIN_WINDOW_US, SAMPLES_IN_WINDOW * found->spacing_us);
  g_autoptr (SyExposition) exposition = sy_prom_exposition_new (found->series, found->metadata, error);
  g_autoptr (SyOverrides) overrides = take_overrides (self);
  g_autoptr (SyMapping) mapping = NULL;
  g_autoptr (SyPromQuestions) questions = NULL;
  g_autoptr (GPtrArray) queries = NULL;

  if (exposition == NULL)
    return NULL;

  mapping = sy_recogniser_match_with (self->recogniser, exposition, overrides);
  questions = sy_prom_questions_new (sy_signal_plan_new (mapping, exposition), exposition, self->matchers, window_us);
  queries = sy_prom_questions_dup_queries (questions);
  if (queries->len == 0)
    {
      g_autofree char *shown = sy_display_text (self->matchers, -1, 120);

      g_set_error (error, SY_ERROR, SY_ERROR_EMPTY,
                   "series match {%s}, but none of them is a backend's that is known here: does it export request metrics?",
                   shown);
      return NULL;
    }

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->questions, sy_prom_questions_free);
  self->questions = g_steal_pointer (&questions);
  g_mutex_unlock (&self->lock);

  return g_steal_pointer (&queries);
}

/* A process that is younger than all before has taken another's place, or joined them:
 * the backend is not what it was. Called with the lock held. */
static void
note_start (SyPromReader *self,
            SyReading    *reading)
{
  if (reading->gap == SY_GAP_NONE && reading->start_time > self->youngest + SAME_START_SECONDS)
    reading->gap = SY_GAP_RESTART;

  self->youngest = fmax (self->youngest, reading->start_time);
}

gboolean
sy_prom_reader_read (SyPromReader    *self,
                     const SyScrape  *scrape,
                     GArray          *ret,
                     SyMapping      **mapping)
{
  SyReading reading;

  g_mutex_lock (&self->lock);
  if (self->questions == NULL)
    {
      g_mutex_unlock (&self->lock);
      return FALSE;
    }

  if (scrape->is_past)
    {
      sy_prom_questions_read_past (self->questions, scrape->answer, scrape->epoch_us, ret);
    }
  else
    {
      sy_prom_questions_read (self->questions, scrape->answer, scrape->answered_us, scrape->wall_us, &reading);
      g_array_append_val (ret, reading);
    }

  for (guint i = 0; i < ret->len; i++)
    note_start (self, &g_array_index (ret, SyReading, i));

  *mapping = sy_mapping_ref (sy_prom_questions_get_mapping (self->questions));
  g_mutex_unlock (&self->lock);

  return TRUE;
}
