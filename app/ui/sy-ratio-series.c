/* sy-ratio-series.c: one series divided by another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-ratio-series.h"

#include <math.h>

struct _SyRatioSeries
{
  BeamSeries parent_instance;

  BeamSeries *numerator;   /* owned */
  BeamSeries *denominator; /* owned */
  GArray     *scratch;     /* owned, element-type BeamPoint or BeamGap in turn */
  GArray     *gap_scratch; /* owned, element-type BeamGap */
};

G_DEFINE_FINAL_TYPE (SyRatioSeries, sy_ratio_series, BEAM_TYPE_SERIES)

/* Points asked for when only their extremes are wanted. */
#define RANGE_POINTS 2048

static double
divide (double numerator,
        double denominator)
{
  return numerator > 0 && denominator > 0 ? numerator / denominator : (double) NAN;
}

static void
sy_ratio_series_collect (BeamSeries *series,
                         gint64      from_us,
                         gint64      to_us,
                         guint       max_points,
                         GArray     *ret)
{
  SyRatioSeries *self = SY_RATIO_SERIES (series);

  beam_series_collect (self->numerator, from_us, to_us, max_points, self->scratch);
  for (guint i = 0; i < self->scratch->len; i++)
    {
      const BeamPoint *point = &g_array_index (self->scratch, BeamPoint, i);
      double below = beam_series_lookup (self->denominator, point->time_us, SY_RATIO_REACH_US, NULL);
      double ratio = isnan (point->low) ? (double) NAN : divide (point->last, below);
      const BeamPoint quotient = { point->time_us, ratio, ratio, ratio };

      g_array_append_val (ret, quotient);
    }
}

static double
sy_ratio_series_lookup (BeamSeries *series,
                        gint64      time_us,
                        gint64      within_us,
                        gint64     *ret_time_us)
{
  SyRatioSeries *self = SY_RATIO_SERIES (series);
  gint64 at_us = time_us;
  double above = beam_series_lookup (self->numerator, time_us, within_us, &at_us);
  double ratio = divide (above, beam_series_lookup (self->denominator, at_us, SY_RATIO_REACH_US, NULL));

  if (!isnan (ratio) && ret_time_us != NULL)
    *ret_time_us = at_us;
  return ratio;
}

static gboolean
sy_ratio_series_get_range (BeamSeries *series,
                           gint64      from_us,
                           gint64      to_us,
                           double     *ret_low,
                           double     *ret_high)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
  double low = (double) INFINITY, high = (double) -INFINITY;

  beam_series_collect (series, from_us, to_us, RANGE_POINTS, points);
  for (guint i = 0; i < points->len; i++)
    {
      const BeamPoint *point = &g_array_index (points, BeamPoint, i);

      if (isnan (point->low) || point->time_us < from_us || point->time_us > to_us)
        continue;
      low = MIN (low, point->low);
      high = MAX (high, point->high);
    }
  if (low > high)
    return FALSE;

  *ret_low = low;
  *ret_high = high;
  return TRUE;
}

static gboolean
sy_ratio_series_get_extent (BeamSeries *series,
                            gint64     *ret_first_us,
                            gint64     *ret_last_us)
{
  SyRatioSeries *self = SY_RATIO_SERIES (series);
  gint64 first_us, last_us;

  if (!beam_series_get_extent (self->numerator, ret_first_us, ret_last_us) ||
      !beam_series_get_extent (self->denominator, &first_us, &last_us))
    return FALSE;

  *ret_first_us = MAX (*ret_first_us, first_us);
  *ret_last_us = MIN (*ret_last_us, last_us);
  return *ret_first_us <= *ret_last_us;
}

static void
sy_ratio_series_collect_gaps (BeamSeries *series,
                              gint64      from_us,
                              gint64      to_us,
                              GArray     *ret)
{
  SyRatioSeries *self = SY_RATIO_SERIES (series);

  beam_series_collect_gaps (self->numerator, from_us, to_us, self->gap_scratch);
  g_array_append_vals (ret, self->gap_scratch->data, self->gap_scratch->len);
  beam_series_collect_gaps (self->denominator, from_us, to_us, self->gap_scratch);
  g_array_append_vals (ret, self->gap_scratch->data, self->gap_scratch->len);
}

static void
sy_ratio_series_finalize (GObject *object)
{
  SyRatioSeries *self = SY_RATIO_SERIES (object);

  g_clear_object (&self->numerator);
  g_clear_object (&self->denominator);
  g_array_unref (self->scratch);
  g_array_unref (self->gap_scratch);

  G_OBJECT_CLASS (sy_ratio_series_parent_class)->finalize (object);
}

static void
sy_ratio_series_class_init (SyRatioSeriesClass *klass)
{
  BeamSeriesClass *series_class = BEAM_SERIES_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sy_ratio_series_finalize;
  series_class->get_extent = sy_ratio_series_get_extent;
  series_class->collect = sy_ratio_series_collect;
  series_class->lookup = sy_ratio_series_lookup;
  series_class->get_range = sy_ratio_series_get_range;
  series_class->collect_gaps = sy_ratio_series_collect_gaps;
}

static void
sy_ratio_series_init (SyRatioSeries *self)
{
  self->scratch = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
  self->gap_scratch = g_array_new (FALSE, FALSE, sizeof (BeamGap));
}

/* A new sample may be the nearest to one that was there before. */
static void
changed_cb (SyRatioSeries *self,
            BeamSeries    *source)
{
  gint64 until_us = beam_series_get_unchanged_until (source);

  beam_series_emit_appended (BEAM_SERIES (self), until_us == G_MININT64 ? until_us : until_us - SY_RATIO_REACH_US);
}

BeamSeries *
sy_ratio_series_new (BeamSeries *numerator,
                     BeamSeries *denominator)
{
  SyRatioSeries *self = g_object_new (SY_TYPE_RATIO_SERIES, NULL);

  self->numerator = g_object_ref (numerator);
  self->denominator = g_object_ref (denominator);
  g_signal_connect_object (numerator, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (denominator, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return BEAM_SERIES (self);
}
