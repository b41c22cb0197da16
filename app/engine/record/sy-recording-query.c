/* sy-recording-query.c: a stretch of a long recording at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-record"

#include "config.h"

#include "sy-recording-query.h"

#include <math.h>

#include "sy-record-tier.h"
#include "sy-recording-private.h"

/* A chart of spans takes this many answers a span: extremes cost no more than
 * reading them, and below it nothing is joined across a gap. */
#define ANSWERS_A_SPAN 8

/* Where series @series stands in the shape that was seen last. */
typedef struct
{
  const SySeries      *series;
  const SyRecordShape *shape;
  guint                at; /* its width: it has none */
} Finder;

static guint
find (Finder              *self,
      const SyRecordShape *shape)
{
  if (shape == self->shape)
    return self->at;

  self->shape = shape;
  for (self->at = 0; self->at < shape->width && shape->samples[self->at].series != self->series; self->at++)
    ;
  return self->at;
}

static SyRecordedSpan
read_span (Finder                *finder,
           const SyRecordedPlace *place)
{
  const guint at = place->values != NULL ? find (finder, place->shape) : 0;
  const gboolean has_value = place->values != NULL && at < place->shape->width;

  return (SyRecordedSpan) {
    .from_us = place->moment.monotonic_us,
    .to_us = place->moment.monotonic_us,
    .low = has_value ? place->lows[at] : (double) NAN,
    .high = has_value ? place->highs[at] : (double) NAN,
    .last = has_value ? place->values[at] : (double) NAN,
  };
}

static gint64
get_slot (gint64 time_us,
          gint64 from_us,
          gint64 slot_us)
{
  return time_us < from_us ? -1 : (time_us - from_us) / slot_us;
}

/* Joins @span to the last of @spans when both lie in one slot and are both gaps,
 * or both none; gaps side by side are one in any case. */
static void
append (GArray               *spans,
        const SyRecordedSpan *span,
        gint64                from_us,
        gint64                slot_us)
{
  SyRecordedSpan *last = spans->len > 0 ? &g_array_index (spans, SyRecordedSpan, spans->len - 1) : NULL;
  const gboolean is_gap = isnan (span->low);

  if (last == NULL || isnan (last->low) != is_gap
      || (!is_gap && get_slot (last->from_us, from_us, slot_us) != get_slot (span->from_us, from_us, slot_us)))
    {
      g_array_append_vals (spans, span, 1);
      return;
    }

  last->to_us = span->to_us;
  last->low = fmin (last->low, span->low);
  last->high = fmax (last->high, span->high);
  last->last = span->last;
}

/* The finest detail with which the stretch is about @most answers. */
static SyRecordDetail
choose_detail (SyRecording *self,
               guint        index,
               gint64       from_us,
               gint64       to_us,
               guint        most)
{
  const SyRecordedTarget *target = sy_recording_get_target (self, index);
  const gint64 begin_us = MAX (from_us, target->from_us);
  const gint64 end_us = MIN (to_us, target->to_us);
  const double n = end_us > begin_us && target->interval_us > 0
                     ? ((double) end_us - (double) begin_us) / (double) target->interval_us : 0;

  if (n <= most)
    return SY_RECORD_DETAIL_ALL;
  return n / SY_RECORD_TIER_FINE <= most ? SY_RECORD_DETAIL_FINE : SY_RECORD_DETAIL_COARSE;
}

gboolean
sy_recording_query (SyRecording     *self,
                    guint            index,
                    const SySeries  *series,
                    gint64           from_us,
                    gint64           to_us,
                    guint            max_spans,
                    GArray          *ret,
                    GError         **error)
{
  const guint most = MIN (max_spans, G_MAXUINT / ANSWERS_A_SPAN) * ANSWERS_A_SPAN;
  const SyRecordDetail detail = choose_detail (self, index, from_us, to_us, most);
  const gint64 slot_us = (to_us - from_us) / MAX (max_spans, 1) + 1;
  g_autoptr (SyRecordingCursor) cursor = sy_recording_read_detail (self, index, from_us, detail, error);
  g_autoptr (GError) why = NULL;
  Finder finder = { .series = series };
  SyRecordedPlace place;

  g_array_set_size (ret, 0);
  if (cursor != NULL)
    sy_recording_cursor_set_series (cursor, series);
  while (cursor != NULL && sy_recording_cursor_step (cursor, &place, &why))
    {
      const SyRecordedSpan span = read_span (&finder, &place);

      append (ret, &span, from_us, slot_us);
      if (place.moment.monotonic_us > to_us)
        break;
    }

  if (why == NULL)
    return cursor != NULL;

  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}
