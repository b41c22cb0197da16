/* beam-array-series.c: a series over arrays of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-array-series.h"
#include "beam-decimate.h"

/**
 * BeamArraySeries:
 *
 * Times and values in two arrays, in time order, without a limit: for a few
 * hundred thousand samples. A program with a history of its own derives from
 * #BeamSeries instead. NAN and infinite values break the line. Empty until
 * the first append; queries cost what lies in their range.
 */
struct _BeamArraySeries
{
  BeamSeries parent_instance;

  GArray    *times;  /* owned, element-type gint64 */
  GArray    *values; /* owned, element-type double, indexed as times */
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
  return g_array_index (self->values, double, index);
}

/* The first index at or after @time_us; the length when there is none. */
static guint
find (BeamArraySeries *self,
      gint64           time_us)
{
  guint low = 0;
  guint high = self->times->len;

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
  *ret_first = find (self, from_us);
  *ret_end = to_us == G_MAXINT64 ? self->times->len : find (self, to_us + 1);
}

static gboolean
beam_array_series_get_extent (BeamSeries *series,
                              gint64     *ret_first_us,
                              gint64     *ret_last_us)
{
  BeamArraySeries *self = BEAM_ARRAY_SERIES (series);
  guint first = 0;
  guint last = self->times->len;

  while (first < last && !isfinite (value_at (self, first)))
    first++;
  while (last > first && !isfinite (value_at (self, last - 1)))
    last--;
  if (first == last)
    return FALSE;

  if (ret_first_us != NULL)
    *ret_first_us = time_at (self, first);
  if (ret_last_us != NULL)
    *ret_last_us = time_at (self, last - 1);
  return TRUE;
}

static void
beam_array_series_collect (BeamSeries *series,
                           gint64      from_us,
                           gint64      to_us,
                           guint       max_points,
                           GArray     *ret)
{
  BeamArraySeries *self = BEAM_ARRAY_SERIES (series);
  BeamDecimator decimator;
  gint64 bucket_us = 0;
  guint first, end;

  find_range (self, from_us, to_us, &first, &end);
  if (end - first > max_points)
    bucket_us = (to_us - from_us) / max_points + 1;

  beam_decimator_init (&decimator, bucket_us, ret);
  for (guint i = first > 0 ? first - 1 : 0; i < MIN (end + 1, self->times->len); i++)
    beam_decimator_add (&decimator, time_at (self, i), value_at (self, i));
  beam_decimator_finish (&decimator);
}

static double
beam_array_series_lookup (BeamSeries *series,
                          gint64      time_us,
                          gint64      within_us,
                          gint64     *ret_time_us)
{
  BeamArraySeries *self = BEAM_ARRAY_SERIES (series);
  guint after = find (self, time_us);
  guint before = after;

  while (after < self->times->len && !isfinite (value_at (self, after)) && time_at (self, after) - time_us <= within_us)
    after++;
  while (before > 0 && !isfinite (value_at (self, before - 1)) && time_us - time_at (self, before - 1) <= within_us)
    before--;

  if (before > 0 &&
      (after == self->times->len || time_us - time_at (self, before - 1) < time_at (self, after) - time_us))
    after = before - 1;

  if (after == self->times->len || ABS (time_at (self, after) - time_us) > within_us)
    return (double) NAN;

  *ret_time_us = time_at (self, after);
  return value_at (self, after);
}

static gboolean
beam_array_series_get_range (BeamSeries *series,
                             gint64      from_us,
                             gint64      to_us,
                             double     *ret_low,
                             double     *ret_high)
{
  BeamArraySeries *self = BEAM_ARRAY_SERIES (series);
  double low = INFINITY;
  double high = -INFINITY;
  guint first, end;

  find_range (self, from_us, to_us, &first, &end);
  for (guint i = first; i < end; i++)
    {
      if (!isfinite (value_at (self, i)))
        continue;
      low = fmin (low, value_at (self, i));
      high = fmax (high, value_at (self, i));
    }
  if (low > high)
    return FALSE;

  *ret_low = low;
  *ret_high = high;
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
  g_array_unref (self->values);
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
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
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
      g_array_append_val (self->values, values[i]);
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
  g_array_set_size (self->values, 0);
  g_ptr_array_set_size (self->gaps, 0);

  beam_series_emit_changed (BEAM_SERIES (self));
}
