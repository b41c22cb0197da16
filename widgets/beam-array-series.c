/* beam-array-series.c: a series over arrays of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-array-series.h"
#include "beam-tiers.h"

/**
 * BeamArraySeries:
 *
 * Times and values in two arrays, in time order, without a limit. A program with
 * a history of its own derives from #BeamSeries instead. NAN and infinite values
 * break the line. Empty until the first append; queries cost what they answer,
 * whatever lies in their range.
 */
struct _BeamArraySeries
{
  BeamSeries parent_instance;

  GArray    *times;  /* owned, element-type gint64 */
  BeamTiers  values; /* indexed as times */
  GPtrArray *gaps;   /* owned, element-type Gap, in order of adding */
};

typedef struct {
  BeamGap gap;
  char   *label; /* owned, nullable */
} Gap;

G_DEFINE_FINAL_TYPE (BeamArraySeries, beam_array_series, BEAM_TYPE_SERIES)

static void
gap_free (gpointer data)
{
  Gap *gap = data;

  g_free (gap->label);
  g_free (gap);
}

static gint64
time_at (BeamArraySeries *self,
         guint            index)
{
  return g_array_index (self->times, gint64, index);
}

static double
value_at (BeamArraySeries *self,
          guint            index)
{
  return g_array_index (self->values.values, double, index);
}

/* The first index from @low on that is at or after @time_us; the length when
 * there is none. The nearer to @low, the sooner. */
static guint
find_from (BeamArraySeries *self,
           guint            low,
           gint64           time_us)
{
  guint high = low;

  for (guint step = 1; high < self->times->len && time_at (self, high) < time_us; step *= 2)
    {
      low = high + 1;
      high = self->times->len - high > step ? high + step : self->times->len;
    }

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (time_at (self, middle) < time_us)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* The indices inside of the range: [first, end). */
static void
find_range (BeamArraySeries *self,
            gint64           from_us,
            gint64           to_us,
            guint           *ret_first,
            guint           *ret_end)
{
  *ret_first = find_from (self, 0, from_us);
  *ret_end = to_us == G_MAXINT64 ? self->times->len : find_from (self, *ret_first, to_us + 1);
}

static gboolean
beam_array_series_get_extent (BeamSeries *series,
                              gint64     *ret_first_us,
                              gint64     *ret_last_us)
{
  BeamArraySeries *self = BEAM_ARRAY_SERIES (series);
  BeamExtremes all = beam_tiers_read (&self->values, 0, self->times->len);

  if (all.end == 0)
    return FALSE;

  if (ret_first_us != NULL)
    *ret_first_us = time_at (self, all.first);
  if (ret_last_us != NULL)
    *ret_last_us = time_at (self, all.end - 1);
  return TRUE;
}

/* The end of the bucket of time that @time_us is in. Buckets are multiples of
 * their width on the clock of the data: a picture that slides does not reshuffle
 * them, so peaks do not flicker. */
static gint64
bucket_end (gint64 time_us,
            gint64 bucket_us)
{
  gint64 rest = time_us % bucket_us;

  rest = bucket_us - (rest < 0 ? rest + bucket_us : rest);
  return time_us > G_MAXINT64 - rest ? G_MAXINT64 : time_us + rest;
}

static void
append_gap (GArray *ret,
            gint64  time_us)
{
  const BeamPoint gap = { time_us, (double) NAN, (double) NAN, (double) NAN };

  if (ret->len == 0 || !isnan (g_array_index (ret, BeamPoint, ret->len - 1).low))
    g_array_append_val (ret, gap);
}

/* One point for the samples [@from, @to), and a gap where they end in one. A gap
 * that ends in the bucket it began in is shorter than a pixel and goes. */
static void
append_bucket (BeamArraySeries *self,
               guint            from,
               guint            to,
               GArray          *ret)
{
  BeamExtremes span = beam_tiers_read (&self->values, from, to);

  if (span.end > 0)
    {
      const BeamPoint point = { time_at (self, span.first), span.low, span.high, value_at (self, span.end - 1) };

      g_array_append_val (ret, point);
    }
  if (span.end < to)
    append_gap (ret, time_at (self, MAX (span.end, from)));
}

static void
beam_array_series_collect (BeamSeries *series,
                           gint64      from_us,
                           gint64      to_us,
                           guint       max_points,
                           GArray     *ret)
{
  BeamArraySeries *self = BEAM_ARRAY_SERIES (series);
  gint64 bucket_us = 0;
  guint first, end, next;

  find_range (self, from_us, to_us, &first, &end);
  if (end - first > max_points)
    bucket_us = (to_us - from_us) / max_points + 1;

  first = first > 0 ? first - 1 : 0;
  end = MIN (end + 1, self->times->len);
  for (guint i = first; i < end; i = next)
    {
      next = i + 1;
      if (bucket_us > 0)
        next = CLAMP (find_from (self, i, bucket_end (time_at (self, i), bucket_us)), next, end);
      append_bucket (self, i, next, ret);
    }
}

static double
beam_array_series_lookup (BeamSeries *series,
                          gint64      time_us,
                          gint64      within_us,
                          gint64     *ret_time_us)
{
  BeamArraySeries *self = BEAM_ARRAY_SERIES (series);
  guint at = find_from (self, 0, time_us);
  BeamExtremes earlier = beam_tiers_read (&self->values, 0, at);
  BeamExtremes later = beam_tiers_read (&self->values, at, self->times->len);
  gint64 back_us = earlier.end > 0 ? time_us - time_at (self, earlier.end - 1) : G_MAXINT64;
  gint64 ahead_us = later.end > 0 ? time_at (self, later.first) - time_us : G_MAXINT64;
  guint nearest = back_us < ahead_us ? earlier.end - 1 : later.first;

  if ((earlier.end == 0 && later.end == 0) || MIN (back_us, ahead_us) > within_us)
    return (double) NAN;

  *ret_time_us = time_at (self, nearest);
  return value_at (self, nearest);
}

static gboolean
beam_array_series_get_range (BeamSeries *series,
                             gint64      from_us,
                             gint64      to_us,
                             double     *ret_low,
                             double     *ret_high)
{
  BeamArraySeries *self = BEAM_ARRAY_SERIES (series);
  guint first, end;
  BeamExtremes span;

  find_range (self, from_us, to_us, &first, &end);
  span = beam_tiers_read (&self->values, first, end);
  if (span.end == 0)
    return FALSE;

  *ret_low = span.low;
  *ret_high = span.high;
  return TRUE;
}

static void
beam_array_series_collect_gaps (BeamSeries *series,
                                gint64      from_us,
                                gint64      to_us,
                                GArray     *ret)
{
  BeamArraySeries *self = BEAM_ARRAY_SERIES (series);

  for (guint i = 0; i < self->gaps->len; i++)
    {
      const Gap *gap = g_ptr_array_index (self->gaps, i);

      if (gap->gap.to_us >= from_us && gap->gap.from_us <= to_us)
        g_array_append_val (ret, gap->gap);
    }
}

static void
beam_array_series_finalize (GObject *object)
{
  BeamArraySeries *self = BEAM_ARRAY_SERIES (object);

  g_array_unref (self->times);
  beam_tiers_clear (&self->values);
  g_ptr_array_unref (self->gaps);

  G_OBJECT_CLASS (beam_array_series_parent_class)->finalize (object);
}

static void
beam_array_series_class_init (BeamArraySeriesClass *klass)
{
  BeamSeriesClass *series_class = BEAM_SERIES_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = beam_array_series_finalize;
  series_class->get_extent = beam_array_series_get_extent;
  series_class->collect = beam_array_series_collect;
  series_class->lookup = beam_array_series_lookup;
  series_class->get_range = beam_array_series_get_range;
  series_class->collect_gaps = beam_array_series_collect_gaps;
}

static void
beam_array_series_init (BeamArraySeries *self)
{
  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  beam_tiers_init (&self->values);
  self->gaps = g_ptr_array_new_with_free_func (gap_free);
}

BeamArraySeries *
beam_array_series_new (const char *name)
{
  return g_object_new (BEAM_TYPE_ARRAY_SERIES, "name", name, NULL);
}

gboolean
beam_array_series_append (BeamArraySeries *self,
                          gint64           time_us,
                          double           value)
{
  return beam_array_series_append_all (self, &time_us, &value, 1) == 1;
}

guint
beam_array_series_append_all (BeamArraySeries *self,
                              const gint64    *times_us,
                              const double    *values,
                              guint            n)
{
  guint n_stored = 0;
  gint64 last_us;

  g_return_val_if_fail (BEAM_IS_ARRAY_SERIES (self), 0);

  last_us = self->times->len > 0 ? time_at (self, self->times->len - 1) : G_MININT64;
  for (guint i = 0; i < n; i++)
    {
      if (self->times->len > 0 && times_us[i] <= time_at (self, self->times->len - 1))
        continue;

      g_array_append_val (self->times, times_us[i]);
      beam_tiers_append (&self->values, values[i]);
      n_stored++;
    }

  if (n_stored > 0)
    beam_series_emit_appended (BEAM_SERIES (self), last_us);
  return n_stored;
}

void
beam_array_series_add_gap (BeamArraySeries *self,
                           gint64           from_us,
                           gint64           to_us,
                           const char      *label)
{
  Gap *gap;

  g_return_if_fail (BEAM_IS_ARRAY_SERIES (self));
  g_return_if_fail (from_us <= to_us);

  gap = g_new0 (Gap, 1);
  gap->label = g_strdup (label);
  gap->gap = (BeamGap) { from_us, to_us, gap->label };
  g_ptr_array_add (self->gaps, gap);

  beam_series_emit_changed (BEAM_SERIES (self));
}

guint
beam_array_series_get_n (BeamArraySeries *self)
{
  g_return_val_if_fail (BEAM_IS_ARRAY_SERIES (self), 0);

  return self->times->len;
}

void
beam_array_series_clear (BeamArraySeries *self)
{
  g_return_if_fail (BEAM_IS_ARRAY_SERIES (self));

  g_array_set_size (self->times, 0);
  beam_tiers_reset (&self->values);
  g_ptr_array_set_size (self->gaps, 0);

  beam_series_emit_changed (BEAM_SERIES (self));
}
