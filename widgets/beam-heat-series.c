/* beam-heat-series.c: histograms over time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>
#include <string.h>

#include "beam-heat-series.h"

/**
 * BeamHeatSeries:
 *
 * Counts in bands of value (of latency) for one stretch of time after another.
 * As a series it has no line: it says which values occurred, for the axis, and
 * one quantile of the column at the cursor.
 */
struct _BeamHeatSeries
{
  BeamSeries parent_instance;

  double *edges;  /* owned, n_bands + 1 */
  guint   n_bands;
  GArray *spans;  /* owned, element-type Span, ascending */
  GArray *counts; /* owned, element-type guint32: n_bands for each span */
  GArray *gaps;   /* owned, element-type BeamGap, with owned labels */
  double  quantile;
};

typedef struct {
  gint64 from_us;
  gint64 to_us;
  guint  low;  /* of the bands that have a count; low > high: none has */
  guint  high;
} Span;

G_DEFINE_FINAL_TYPE (BeamHeatSeries, beam_heat_series, BEAM_TYPE_SERIES)

enum {
  PROP_QUANTILE = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static const Span *
span_at (BeamHeatSeries *self,
         guint           i)
{
  return &g_array_index (self->spans, Span, i);
}

static const guint32 *
counts_at (BeamHeatSeries *self,
           guint           i)
{
  return &g_array_index (self->counts, guint32, i * self->n_bands);
}

static void
clear_gap (gpointer data)
{
  g_free ((char *) ((BeamGap *) data)->label);
}

/* The first span that ends after @time_us. */
static guint
find_span (BeamHeatSeries *self,
           gint64          time_us)
{
  guint low = 0;
  guint high = self->spans->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (span_at (self, middle)->to_us > time_us)
        high = middle;
      else
        low = middle + 1;
    }

  return low;
}

/* --- As a series --- */

static gboolean
beam_heat_series_get_extent (BeamSeries *series,
                             gint64     *ret_first_us,
                             gint64     *ret_last_us)
{
  BeamHeatSeries *self = BEAM_HEAT_SERIES (series);

  if (self->spans->len == 0)
    return FALSE;

  *ret_first_us = span_at (self, 0)->from_us;
  *ret_last_us = span_at (self, self->spans->len - 1)->to_us;
  return TRUE;
}

static gboolean
beam_heat_series_get_range (BeamSeries *series,
                            gint64      from_us,
                            gint64      to_us,
                            double     *ret_low,
                            double     *ret_high)
{
  BeamHeatSeries *self = BEAM_HEAT_SERIES (series);
  guint lowest = self->n_bands;
  guint highest = 0;

  for (guint i = find_span (self, from_us); i < self->spans->len && span_at (self, i)->from_us < to_us; i++)
    {
      const Span *span = span_at (self, i);

      if (span->low > span->high)
        continue;
      lowest = MIN (lowest, span->low);
      highest = MAX (highest, span->high);
    }
  if (lowest == self->n_bands)
    return FALSE;

  *ret_low = self->edges[lowest];
  *ret_high = self->edges[highest + 1];
  return TRUE;
}

/* The upper edge of the band in which the quantile lies; NAN without counts. */
static double
read_quantile (BeamHeatSeries *self,
               const guint32  *counts)
{
  double total = 0;
  double below = 0;

  for (guint band = 0; band < self->n_bands; band++)
    total += counts[band];
  for (guint band = 0; band < self->n_bands && total > 0; band++)
    {
      below += counts[band];
      if (below >= total * self->quantile)
        return self->edges[band + 1];
    }

  return (double) NAN;
}

/* The quantile of spans @from to @to - 1 as one point in the middle of the first. */
static BeamPoint
join_spans (BeamHeatSeries *self,
            guint           from,
            guint           to)
{
  const Span *first = span_at (self, from);
  BeamPoint point = { first->from_us + (first->to_us - first->from_us) / 2, (double) NAN, (double) NAN, (double) NAN };

  for (guint i = from; i < to; i++)
    {
      const double value = read_quantile (self, counts_at (self, i));

      if (isnan (value))
        continue;
      point.low = isnan (point.low) ? value : MIN (point.low, value);
      point.high = isnan (point.high) ? value : MAX (point.high, value);
      point.last = value;
    }

  return point;
}

/* For the table and for the keys: a span each that touches the range, or several where
 * there are more than asked for. No line is drawn of them, so none outside is needed. */
static void
beam_heat_series_collect (BeamSeries *series,
                          gint64      from_us,
                          gint64      to_us,
                          guint       max_points,
                          GArray     *ret)
{
  BeamHeatSeries *self = BEAM_HEAT_SERIES (series);
  const guint first = find_span (self, from_us);
  guint end = first;
  guint stride;

  while (end < self->spans->len && span_at (self, end)->from_us < to_us)
    end++;
  stride = MAX ((end - first + max_points - 1) / max_points, 1);

  for (guint i = first; i < end; i += stride)
    {
      const BeamPoint point = join_spans (self, i, MIN (i + stride, end));

      g_array_append_val (ret, point);
    }
}

static double
beam_heat_series_lookup (BeamSeries *series,
                         gint64      time_us,
                         gint64      within_us,
                         gint64     *ret_time_us)
{
  BeamHeatSeries *self = BEAM_HEAT_SERIES (series);
  guint i = find_span (self, time_us);
  double value;

  /* Past the last column, or in a hole before the next: the nearer one. */
  if (i == self->spans->len || (i > 0 && span_at (self, i)->from_us - time_us > time_us - span_at (self, i - 1)->to_us))
    i = i > 0 ? i - 1 : i;
  if (i >= self->spans->len || span_at (self, i)->from_us - time_us > within_us ||
      time_us - span_at (self, i)->to_us > within_us)
    return (double) NAN;

  value = read_quantile (self, counts_at (self, i));
  if (!isnan (value) && ret_time_us != NULL)
    *ret_time_us = CLAMP (time_us, span_at (self, i)->from_us, span_at (self, i)->to_us);
  return value;
}

static void
beam_heat_series_collect_gaps (BeamSeries *series,
                               gint64      from_us,
                               gint64      to_us,
                               GArray     *ret)
{
  BeamHeatSeries *self = BEAM_HEAT_SERIES (series);

  for (guint i = 0; i < self->gaps->len; i++)
    {
      BeamGap gap = g_array_index (self->gaps, BeamGap, i);

      if (gap.from_us <= to_us && gap.to_us >= from_us)
        g_array_append_val (ret, gap);
    }
}

/* --- Overrides --- */

static void
beam_heat_series_finalize (GObject *object)
{
  BeamHeatSeries *self = BEAM_HEAT_SERIES (object);

  g_free (self->edges);
  g_array_unref (self->spans);
  g_array_unref (self->counts);
  g_array_unref (self->gaps);

  G_OBJECT_CLASS (beam_heat_series_parent_class)->finalize (object);
}

static void
beam_heat_series_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_QUANTILE:
      g_value_set_double (value, BEAM_HEAT_SERIES (object)->quantile);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_heat_series_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_QUANTILE:
      beam_heat_series_set_quantile (BEAM_HEAT_SERIES (object), g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_heat_series_class_init (BeamHeatSeriesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BeamSeriesClass *series_class = BEAM_SERIES_CLASS (klass);

  object_class->finalize = beam_heat_series_finalize;
  object_class->get_property = beam_heat_series_get_property;
  object_class->set_property = beam_heat_series_set_property;
  series_class->get_extent = beam_heat_series_get_extent;
  series_class->collect = beam_heat_series_collect;
  series_class->get_range = beam_heat_series_get_range;
  series_class->lookup = beam_heat_series_lookup;
  series_class->collect_gaps = beam_heat_series_collect_gaps;

  props[PROP_QUANTILE] = g_param_spec_double ("quantile", NULL, NULL, 0, 1, 0.99,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
beam_heat_series_init (BeamHeatSeries *self)
{
  self->quantile = 0.99;
  self->edges = g_new0 (double, 1);
  self->spans = g_array_new (FALSE, FALSE, sizeof (Span));
  self->counts = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->gaps = g_array_new (FALSE, FALSE, sizeof (BeamGap));
  g_array_set_clear_func (self->gaps, clear_gap);
}

/* --- Public API --- */

BeamHeatSeries *
beam_heat_series_new (const char   *name,
                      const double *edges,
                      guint         n_bands)
{
  BeamHeatSeries *self = g_object_new (BEAM_TYPE_HEAT_SERIES, NULL);

  g_free (self->edges);
  self->edges = g_memdup2 (edges, (n_bands + 1) * sizeof (double));
  self->n_bands = n_bands;
  beam_series_set_name (BEAM_SERIES (self), name);
  return self;
}

guint
beam_heat_series_get_n_bands (BeamHeatSeries *self)
{
  g_return_val_if_fail (BEAM_IS_HEAT_SERIES (self), 0);

  return self->n_bands;
}

const double *
beam_heat_series_get_edges (BeamHeatSeries *self)
{
  g_return_val_if_fail (BEAM_IS_HEAT_SERIES (self), NULL);

  return self->edges;
}

gboolean
beam_heat_series_append (BeamHeatSeries *self,
                         gint64          from_us,
                         gint64          to_us,
                         const guint32  *counts)
{
  Span span = { from_us, to_us, 1, 0 };

  g_return_val_if_fail (BEAM_IS_HEAT_SERIES (self), FALSE);

  if (to_us <= from_us || (self->spans->len > 0 && from_us < span_at (self, self->spans->len - 1)->to_us))
    return FALSE;

  for (guint band = 0; band < self->n_bands; band++)
    if (counts[band] > 0)
      {
        span.low = span.low > span.high ? band : span.low;
        span.high = band;
      }
  g_array_append_val (self->spans, span);
  g_array_append_vals (self->counts, counts, self->n_bands);
  beam_series_emit_changed (BEAM_SERIES (self));
  return TRUE;
}

void
beam_heat_series_add_gap (BeamHeatSeries *self,
                          gint64          from_us,
                          gint64          to_us,
                          const char     *label)
{
  BeamGap gap = { from_us, to_us, NULL };

  g_return_if_fail (BEAM_IS_HEAT_SERIES (self));
  g_return_if_fail (to_us >= from_us);

  gap.label = g_strdup (label);
  g_array_append_val (self->gaps, gap);
  beam_series_emit_changed (BEAM_SERIES (self));
}

void
beam_heat_series_trim (BeamHeatSeries *self,
                       gint64          before_us)
{
  guint n;

  g_return_if_fail (BEAM_IS_HEAT_SERIES (self));

  n = find_span (self, before_us);
  if (n == 0)
    return;

  g_array_remove_range (self->spans, 0, n);
  g_array_remove_range (self->counts, 0, n * self->n_bands);
  beam_series_emit_changed (BEAM_SERIES (self));
}

void
beam_heat_series_get_columns (BeamHeatSeries *self,
                              gint64          from_us,
                              gint64          to_us,
                              GArray         *ret)
{
  g_return_if_fail (BEAM_IS_HEAT_SERIES (self));

  g_array_set_size (ret, 0);
  for (guint i = find_span (self, from_us); i < self->spans->len && span_at (self, i)->from_us < to_us; i++)
    {
      const BeamHeatColumn column = { span_at (self, i)->from_us, span_at (self, i)->to_us, counts_at (self, i) };

      g_array_append_val (ret, column);
    }
}

double
beam_heat_series_get_quantile (BeamHeatSeries *self)
{
  g_return_val_if_fail (BEAM_IS_HEAT_SERIES (self), (double) NAN);

  return self->quantile;
}

void
beam_heat_series_set_quantile (BeamHeatSeries *self,
                               double          quantile)
{
  g_return_if_fail (BEAM_IS_HEAT_SERIES (self));
  g_return_if_fail (quantile >= 0 && quantile <= 1);

  if (self->quantile == quantile)
    return;

  self->quantile = quantile;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_QUANTILE]);
  beam_series_emit_changed (BEAM_SERIES (self));
}
