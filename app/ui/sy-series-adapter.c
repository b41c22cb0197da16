/* sy-series-adapter.c: a column of a backend's history as a series of a chart
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-series-adapter.h"

#include <math.h>

#include "sy-measure.h"

struct _SySeriesAdapter
{
  BeamSeries parent_instance;

  SyHistory      *history; /* owned */
  const SyColumn *column;  /* borrowed from history */
  gint64          last_us; /* of the newest sample that charts know of */
  GArray         *spans;   /* owned, element-type SySpan: scratch of collect() */
};

G_DEFINE_FINAL_TYPE (SySeriesAdapter, sy_series_adapter, BEAM_TYPE_SERIES)

static void
sy_series_adapter_collect (BeamSeries *series,
                           gint64      from_us,
                           gint64      to_us,
                           guint       max_points,
                           GArray     *ret)
{
  SySeriesAdapter *self = SY_SERIES_ADAPTER (series);

  sy_column_query (self->column, from_us, to_us, max_points, self->spans);

  for (guint i = 0; i < self->spans->len; i++)
    {
      const SySpan *span = &g_array_index (self->spans, SySpan, i);
      BeamPoint point = { span->time_us, span->low, span->high, span->last };

      g_array_append_val (ret, point);
    }
}

static double
sy_series_adapter_lookup (BeamSeries *series,
                          gint64      time_us,
                          gint64      within_us,
                          gint64     *ret_time_us)
{
  SySeriesAdapter *self = SY_SERIES_ADAPTER (series);

  return sy_column_lookup (self->column, time_us, within_us, ret_time_us);
}

static gboolean
sy_series_adapter_get_range (BeamSeries *series,
                             gint64      from_us,
                             gint64      to_us,
                             double     *ret_low,
                             double     *ret_high)
{
  SySeriesAdapter *self = SY_SERIES_ADAPTER (series);

  return sy_column_get_range (self->column, from_us, to_us, ret_low, ret_high);
}

static gboolean
sy_series_adapter_get_extent (BeamSeries *series,
                              gint64     *ret_first_us,
                              gint64     *ret_last_us)
{
  SySeriesAdapter *self = SY_SERIES_ADAPTER (series);
  SyTimes *times = sy_history_get_times (self->history);
  guint first = 0;
  guint end = sy_times_get_n (times);

  while (first < end && !isfinite (sy_column_get (self->column, first)))
    first++;

  while (end > first && !isfinite (sy_column_get (self->column, end - 1)))
    end--;

  if (first == end)
    return FALSE;

  *ret_first_us = sy_times_get (times, first);
  *ret_last_us = sy_times_get (times, end - 1);

  return TRUE;
}

static void
sy_series_adapter_collect_gaps (BeamSeries *series,
                                gint64      from_us,
                                gint64      to_us,
                                GArray     *ret)
{
  SySeriesAdapter *self = SY_SERIES_ADAPTER (series);
  const GPtrArray *gaps = sy_history_get_gaps (self->history);

  for (guint i = 0; i < gaps->len; i++)
    {
      const SyGapSpan *span = g_ptr_array_index (gaps, i);
      BeamGap gap = { span->from_us, span->to_us, sy_gap_describe (span->gap) };

      if (gap.label != NULL && span->to_us >= from_us && span->from_us <= to_us)
        g_array_append_val (ret, gap);
    }
}

static void
sy_series_adapter_finalize (GObject *object)
{
  SySeriesAdapter *self = SY_SERIES_ADAPTER (object);

  g_clear_object (&self->history);
  g_clear_pointer (&self->spans, g_array_unref);

  G_OBJECT_CLASS (sy_series_adapter_parent_class)->finalize (object);
}

static void
sy_series_adapter_class_init (SySeriesAdapterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BeamSeriesClass *series_class = BEAM_SERIES_CLASS (klass);

  object_class->finalize = sy_series_adapter_finalize;

  series_class->get_extent = sy_series_adapter_get_extent;
  series_class->collect = sy_series_adapter_collect;
  series_class->lookup = sy_series_adapter_lookup;
  series_class->get_range = sy_series_adapter_get_range;
  series_class->collect_gaps = sy_series_adapter_collect_gaps;
}

static void
sy_series_adapter_init (SySeriesAdapter *self)
{
  self->spans = g_array_new (FALSE, FALSE, sizeof (SySpan));
}

static gint64
get_last_time (SySeriesAdapter *self)
{
  SyTimes *times = sy_history_get_times (self->history);
  guint n = sy_times_get_n (times);

  return n > 0 ? sy_times_get (times, n - 1) : G_MININT64;
}

/* A history only ever grows at its end. */
static void
updated_cb (SySeriesAdapter *self)
{
  gint64 before_us = self->last_us;

  self->last_us = get_last_time (self);
  beam_series_emit_appended (BEAM_SERIES (self), before_us);
}

BeamSeries *
sy_series_adapter_new_past (SyHistory  *history,
                            SyQuantity  quantity)
{
  SySeriesAdapter *self = g_object_new (SY_TYPE_SERIES_ADAPTER, NULL);

  self->history = g_object_ref (history);
  self->column = sy_history_get_column (history, quantity);
  self->last_us = get_last_time (self);

  return BEAM_SERIES (self);
}

BeamSeries *
sy_series_adapter_new (SyBackend  *backend,
                       SyQuantity  quantity)
{
  BeamSeries *self = sy_series_adapter_new_past (sy_backend_get_history (backend), quantity);

  g_signal_connect_object (backend, "updated", G_CALLBACK (updated_cb), self, G_CONNECT_SWAPPED);
  return self;
}

double
sy_series_adapter_get_latest (SySeriesAdapter *self)
{
  guint n = sy_times_get_n (sy_history_get_times (self->history));

  return n > 0 ? sy_column_get (self->column, n - 1) : (double) NAN;
}
