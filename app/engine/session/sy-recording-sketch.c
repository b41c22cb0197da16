/* sy-recording-sketch.c: a recording at a glance
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times in a file may be anything, so they are doubles before they are subtracted.
 */
#define G_LOG_DOMAIN "steelyard-session"

#include "config.h"

#include "sy-recording-sketch.h"

#include <math.h>

#include "sy-error.h"
#include "sy-signal-reader.h"

#define N_POINTS 96

/* As many answers of a backend are read one by one, so that no gap goes unseen. */
#define FEW 2000
#define MOST_STEP_US 1e15

typedef enum { P99, THROUGHPUT, N_KINDS } Kind;

/* What one backend said, in both. */
typedef struct
{
  GArray *points[N_KINDS]; /* (owned) (element-type SyThumbnailPoint) */
} Side;

typedef struct
{
  SyRecording  *recording;  /* (borrowed) */
  SyRecogniser *recogniser; /* (borrowed) */
  SyClock      *clock;      /* (borrowed) */
  gint64        until_us;
  double        begin_us;
  double        length_us;
} Reading;

/* Those backends that said something, in order. */
static guint
find_targets (SyRecording *recording,
              guint       *ret)
{
  guint n = 0;

  for (guint i = 0; i < sy_recording_get_n (recording) && n < SY_THUMBNAIL_LINES; i++)
    if (sy_recording_get_target (recording, i)->n_recorded > 0)
      ret[n++] = i;

  return n;
}

static void
set_range (Reading     *self,
           const guint *targets,
           guint        n)
{
  double end_us = -INFINITY;

  self->begin_us = INFINITY;
  for (guint i = 0; i < n; i++)
    {
      const SyRecordedTarget *target = sy_recording_get_target (self->recording, targets[i]);

      self->begin_us = fmin (self->begin_us, (double) target->from_us);
      end_us = fmax (end_us, (double) target->to_us);
    }

  self->length_us = fmax (end_us - self->begin_us, 1);
}

/* A gap counts once, and of values that nobody could tell apart the first. */
static void
append (GArray *points,
        double  at,
        double  value)
{
  const SyThumbnailPoint point = { at, isfinite (value) && value >= 0 ? value : (double) NAN };
  const SyThumbnailPoint *last = points->len > 0 ? &g_array_index (points, SyThumbnailPoint, points->len - 1) : NULL;

  if (last != NULL && isnan (last->value) && isnan (point.value))
    return;
  if (last != NULL && !isnan (last->value) && !isnan (point.value) && at - last->at < 1.0 / N_POINTS)
    return;

  g_array_append_val (points, point);
}

/* How far apart answers have to be read. */
static gint64
choose_step (const Reading *self,
             guint          target)
{
  const SyRecordedTarget *recorded = sy_recording_get_target (self->recording, target);

  return recorded->n_recorded + recorded->n_gaps <= FEW ? 0 : (gint64) fmin (self->length_us / N_POINTS, MOST_STEP_US);
}

static gboolean
read_side (const Reading  *self,
           guint           target,
           Side           *side,
           GError        **error)
{
  g_autoptr (SyRecordingCursor) cursor = sy_recording_read_thin (self->recording, target, G_MININT64, choose_step (self, target), error);
  g_autoptr (SySignalReader) reader = sy_signal_reader_new (self->recogniser);
  g_autoptr (GError) why = NULL;
  SyRecordedScrape scrape;

  if (cursor == NULL)
    return FALSE;

  while (sy_clock_get_monotonic (self->clock) < self->until_us && sy_recording_cursor_next (cursor, &scrape, &why))
    {
      const SyRecordMoment *moment = &scrape.moment;
      const double at = ((double) moment->monotonic_us - self->begin_us) / self->length_us;
      SyReading reading;

      if (scrape.exposition != NULL)
        sy_signal_reader_read (reader, scrape.exposition, moment->answered_us, moment->wall_us, &reading);
      else
        sy_signal_reader_miss (reader, SY_GAP_DOWN, moment->monotonic_us, moment->wall_us, &reading);
      append (side->points[P99], at, reading.p99.estimate);
      append (side->points[THROUGHPUT], at, reading.throughput);
    }

  if (why == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

static gboolean
has_values (const GArray *points)
{
  for (guint i = 0; i < points->len; i++)
    if (!isnan (g_array_index (points, SyThumbnailPoint, i).value))
      return TRUE;

  return FALSE;
}

/* One kind for all: they stand on one scale. */
static gboolean
choose (const Side        *sides,
        guint              n,
        SyRecordingSketch *ret)
{
  for (Kind kind = 0; kind < N_KINDS; kind++)
    {
      guint n_known = 0;

      for (guint i = 0; i < n; i++)
        n_known += has_values (sides[i].points[kind]);
      if (n_known == 0)
        continue;

      for (guint i = 0; i < n; i++)
        ret->lines[i] = g_array_ref (sides[i].points[kind]);
      return TRUE;
    }

  return FALSE;
}

gboolean
sy_recording_sketch_read (SyRecording        *recording,
                          SyRecogniser       *recogniser,
                          SyClock            *clock,
                          gint64              until_us,
                          SyRecordingSketch  *ret,
                          GError            **error)
{
  Reading self = { .recording = recording, .recogniser = recogniser, .clock = clock, .until_us = until_us };
  Side sides[SY_THUMBNAIL_LINES] = { { { NULL } } };
  guint targets[SY_THUMBNAIL_LINES];
  const guint n = find_targets (recording, targets);
  gboolean is_read = TRUE;

  set_range (&self, targets, n);
  for (guint i = 0; i < n && is_read; i++)
    {
      for (Kind kind = 0; kind < N_KINDS; kind++)
        sides[i].points[kind] = g_array_new (FALSE, FALSE, sizeof (SyThumbnailPoint));
      is_read = read_side (&self, targets[i], &sides[i], error);
    }

  if (is_read && !choose (sides, n, ret))
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_EMPTY, "holds nothing that could be drawn");
      is_read = FALSE;
    }

  for (guint i = 0; i < n; i++)
    for (Kind kind = 0; kind < N_KINDS; kind++)
      g_clear_pointer (&sides[i].points[kind], g_array_unref);
  return is_read;
}

void
sy_recording_sketch_clear (SyRecordingSketch *self)
{
  for (guint i = 0; i < SY_THUMBNAIL_LINES; i++)
    g_clear_pointer (&self->lines[i], g_array_unref);
}
