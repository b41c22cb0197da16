/* beam-sum-series.c: the sum of several series
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-sum-series.h"

/**
 * BeamSumSeries:
 *
 * A series that is computed from others whenever it is asked. At every time at
 * which one of them has a sample it is the sum of all, read between samples along
 * the line that would be drawn; where one of them is unknown, so is the sum.
 * Nothing is stored.
 */
struct _BeamSumSeries
{
  BeamSeries parent_instance;

  GPtrArray *parts;   /* owned, owned BeamSeries */
  GPtrArray *scratch; /* owned, owned GArrays of BeamPoint, one for each part */
};

G_DEFINE_FINAL_TYPE (BeamSumSeries, beam_sum_series, BEAM_TYPE_SERIES)

/* As many points as the range of values is looked for in. */
#define RANGE_POINTS 1024

static BeamSeries *
part_at (BeamSumSeries *self,
         guint          i)
{
  return g_ptr_array_index (self->parts, i);
}

static gboolean
beam_sum_series_get_extent (BeamSeries *series,
                            gint64     *ret_first_us,
                            gint64     *ret_last_us)
{
  BeamSumSeries *self = BEAM_SUM_SERIES (series);
  gint64 first = G_MININT64;
  gint64 last = G_MAXINT64;

  for (guint i = 0; i < self->parts->len; i++)
    {
      gint64 from, to;

      if (!beam_series_get_extent (part_at (self, i), &from, &to))
        return FALSE;
      first = MAX (first, from);
      last = MIN (last, to);
    }
  if (self->parts->len == 0 || first > last)
    return FALSE;

  *ret_first_us = first;
  *ret_last_us = last;
  return TRUE;
}

/* A part at a time, along its line; @next is the first point after it. */
static BeamPoint
read_at (const GArray *points,
         guint         next,
         gint64        time_us)
{
  const BeamPoint unknown = { time_us, (double) NAN, (double) NAN, (double) NAN };
  const BeamPoint *before, *after;
  double share;

  if (next == 0)
    return unknown;

  before = &g_array_index (points, BeamPoint, next - 1);
  if (before->time_us == time_us || isnan (before->low))
    return *before;
  if (next == points->len)
    return unknown;

  after = &g_array_index (points, BeamPoint, next);
  if (isnan (after->low))
    return unknown;

  share = (double) (time_us - before->time_us) / (double) (after->time_us - before->time_us);
  return (BeamPoint) {
    time_us,
    before->low + (after->low - before->low) * share,
    before->high + (after->high - before->high) * share,
    before->last + (after->last - before->last) * share,
  };
}

/* The next time at which any part has a point; G_MAXINT64 at the end. */
static gint64
next_time (BeamSumSeries *self,
           const guint   *next)
{
  gint64 time_us = G_MAXINT64;

  for (guint i = 0; i < self->scratch->len; i++)
    {
      const GArray *points = g_ptr_array_index (self->scratch, i);

      if (next[i] < points->len)
        time_us = MIN (time_us, g_array_index (points, BeamPoint, next[i]).time_us);
    }

  return time_us;
}

static void
beam_sum_series_collect (BeamSeries *series,
                         gint64      from_us,
                         gint64      to_us,
                         guint       max_points,
                         GArray     *ret)
{
  BeamSumSeries *self = BEAM_SUM_SERIES (series);
  g_autofree guint *next = g_new0 (guint, self->parts->len + 1);
  gint64 time_us;

  for (guint i = 0; i < self->parts->len; i++)
    beam_series_collect (part_at (self, i), from_us, to_us, max_points, g_ptr_array_index (self->scratch, i));

  while ((time_us = next_time (self, next)) != G_MAXINT64)
    {
      BeamPoint sum = { time_us, 0, 0, 0 };

      for (guint i = 0; i < self->parts->len; i++)
        {
          const GArray *points = g_ptr_array_index (self->scratch, i);
          BeamPoint part;

          while (next[i] < points->len && g_array_index (points, BeamPoint, next[i]).time_us <= time_us)
            next[i]++;
          part = read_at (points, next[i], time_us);
          sum.low += part.low;
          sum.high += part.high;
          sum.last += part.last;
        }
      if (!isfinite (sum.low) || !isfinite (sum.high) || !isfinite (sum.last))
        sum.low = sum.high = sum.last = (double) NAN;
      g_array_append_val (ret, sum);
    }
}

static double
beam_sum_series_lookup (BeamSeries *series,
                        gint64      time_us,
                        gint64      within_us,
                        gint64     *ret_time_us)
{
  BeamSumSeries *self = BEAM_SUM_SERIES (series);
  double sum = self->parts->len > 0 ? 0 : (double) NAN;
  gint64 at_us = time_us;

  for (guint i = 0; i < self->parts->len; i++)
    sum += beam_series_lookup (part_at (self, i), time_us, within_us, i == 0 ? &at_us : NULL);
  if (!isfinite (sum))
    return (double) NAN;

  if (ret_time_us != NULL)
    *ret_time_us = at_us;
  return sum;
}

static gboolean
beam_sum_series_get_range (BeamSeries *series,
                           gint64      from_us,
                           gint64      to_us,
                           double     *ret_low,
                           double     *ret_high)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
  double low = (double) NAN;
  double high = (double) NAN;

  beam_sum_series_collect (series, from_us, to_us, RANGE_POINTS, points);
  for (guint i = 0; i < points->len; i++)
    {
      const BeamPoint *point = &g_array_index (points, BeamPoint, i);

      if (point->time_us < from_us || point->time_us > to_us)
        continue;
      low = fmin (low, point->low);
      high = fmax (high, point->high);
    }
  if (isnan (low))
    return FALSE;

  *ret_low = low;
  *ret_high = high;
  return TRUE;
}

static void
beam_sum_series_collect_gaps (BeamSeries *series,
                              gint64      from_us,
                              gint64      to_us,
                              GArray     *ret)
{
  BeamSumSeries *self = BEAM_SUM_SERIES (series);
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (BeamGap));

  for (guint i = 0; i < self->parts->len; i++)
    {
      beam_series_collect_gaps (part_at (self, i), from_us, to_us, gaps);
      g_array_append_vals (ret, gaps->data, gaps->len);
    }
}

static void
beam_sum_series_dispose (GObject *object)
{
  BeamSumSeries *self = BEAM_SUM_SERIES (object);

  for (guint i = 0; i < self->parts->len; i++)
    g_signal_handlers_disconnect_by_data (part_at (self, i), self);
  g_ptr_array_set_size (self->parts, 0);
  g_ptr_array_set_size (self->scratch, 0);

  G_OBJECT_CLASS (beam_sum_series_parent_class)->dispose (object);
}

static void
beam_sum_series_finalize (GObject *object)
{
  g_ptr_array_unref (BEAM_SUM_SERIES (object)->parts);
  g_ptr_array_unref (BEAM_SUM_SERIES (object)->scratch);

  G_OBJECT_CLASS (beam_sum_series_parent_class)->finalize (object);
}

static void
beam_sum_series_class_init (BeamSumSeriesClass *klass)
{
  BeamSeriesClass *series_class = BEAM_SERIES_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = beam_sum_series_dispose;
  G_OBJECT_CLASS (klass)->finalize = beam_sum_series_finalize;
  series_class->get_extent = beam_sum_series_get_extent;
  series_class->collect = beam_sum_series_collect;
  series_class->lookup = beam_sum_series_lookup;
  series_class->get_range = beam_sum_series_get_range;
  series_class->collect_gaps = beam_sum_series_collect_gaps;
}

static void
beam_sum_series_init (BeamSumSeries *self)
{
  self->parts = g_ptr_array_new_with_free_func (g_object_unref);
  self->scratch = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
}

BeamSumSeries *
beam_sum_series_new (const char *name)
{
  BeamSumSeries *self = g_object_new (BEAM_TYPE_SUM_SERIES, NULL);

  beam_series_set_name (BEAM_SERIES (self), name);
  return self;
}

void
beam_sum_series_add (BeamSumSeries *self,
                     BeamSeries    *series)
{
  g_return_if_fail (BEAM_IS_SUM_SERIES (self));
  g_return_if_fail (BEAM_IS_SERIES (series));

  g_ptr_array_add (self->parts, g_object_ref (series));
  g_ptr_array_add (self->scratch, g_array_new (FALSE, FALSE, sizeof (BeamPoint)));
  g_signal_connect_swapped (series, "changed", G_CALLBACK (beam_series_emit_changed), self);
  beam_series_emit_changed (BEAM_SERIES (self));
}
