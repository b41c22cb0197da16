/* beam-xy-series.c: values over values
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-xy-series.h"

/**
 * BeamXYSeries:
 *
 * The points of a curve or of a cloud in a #BeamPlot. A curve ascends in x; a
 * cloud or a trace has its points in the order of time.
 */
struct _BeamXYSeries
{
  GObject parent_instance;

  char   *name;   /* owned */
  GArray *points; /* owned, element-type BeamXYPoint */
};

G_DEFINE_FINAL_TYPE (BeamXYSeries, beam_xy_series, G_TYPE_OBJECT)

static guint changed_signal;

static void
emit_changed (BeamXYSeries *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
beam_xy_series_finalize (GObject *object)
{
  g_free (BEAM_XY_SERIES (object)->name);
  g_array_unref (BEAM_XY_SERIES (object)->points);

  G_OBJECT_CLASS (beam_xy_series_parent_class)->finalize (object);
}

static void
beam_xy_series_class_init (BeamXYSeriesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = beam_xy_series_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
beam_xy_series_init (BeamXYSeries *self)
{
  self->name = g_strdup ("");
  self->points = g_array_new (FALSE, FALSE, sizeof (BeamXYPoint));
}

BeamXYSeries *
beam_xy_series_new (const char *name)
{
  BeamXYSeries *self = g_object_new (BEAM_TYPE_XY_SERIES, NULL);

  g_free (self->name);
  self->name = g_strdup (name != NULL ? name : "");
  return self;
}

const char *
beam_xy_series_get_name (BeamXYSeries *self)
{
  g_return_val_if_fail (BEAM_IS_XY_SERIES (self), NULL);

  return self->name;
}

void
beam_xy_series_set_points (BeamXYSeries      *self,
                           const BeamXYPoint *points,
                           guint              n)
{
  g_return_if_fail (BEAM_IS_XY_SERIES (self));

  g_array_set_size (self->points, 0);
  if (n > 0)
    g_array_append_vals (self->points, points, n);
  emit_changed (self);
}

void
beam_xy_series_append (BeamXYSeries *self,
                       double        x,
                       double        y)
{
  const BeamXYPoint point = { x, y, (double) NAN, (double) NAN };

  g_return_if_fail (BEAM_IS_XY_SERIES (self));

  g_array_append_val (self->points, point);
  emit_changed (self);
}

void
beam_xy_series_set_ccdf (BeamXYSeries  *self,
                         const double  *upper,
                         const guint64 *counts,
                         guint          n)
{
  double total = 0;
  double above;

  g_return_if_fail (BEAM_IS_XY_SERIES (self));

  for (guint i = 0; i < n; i++)
    total += (double) counts[i];

  g_array_set_size (self->points, 0);
  above = total;
  for (guint i = 0; i < n; i++)
    {
      BeamXYPoint point = { upper[i], 0, (double) NAN, (double) NAN };

      above -= (double) counts[i];
      if (above < 0.5)
        break;
      point.y = above / total;
      g_array_append_val (self->points, point);
    }
  emit_changed (self);
}

void
beam_xy_series_clear (BeamXYSeries *self)
{
  beam_xy_series_set_points (self, NULL, 0);
}

const BeamXYPoint *
beam_xy_series_get_points (BeamXYSeries *self,
                           guint        *ret_n)
{
  g_return_val_if_fail (BEAM_IS_XY_SERIES (self), NULL);

  *ret_n = self->points->len;
  return (const BeamXYPoint *) (gpointer) self->points->data;
}

static gboolean
counts (double   value,
        gboolean is_log)
{
  return isfinite (value) && (!is_log || value > 0);
}

BeamXYBox
beam_xy_series_get_box (BeamXYSeries *self,
                        gboolean      x_log,
                        gboolean      y_log)
{
  BeamXYBox box = { (double) NAN, (double) NAN, (double) NAN, (double) NAN };

  g_return_val_if_fail (BEAM_IS_XY_SERIES (self), box);

  for (guint i = 0; i < self->points->len; i++)
    {
      const BeamXYPoint *point = &g_array_index (self->points, BeamXYPoint, i);
      const double ys[] = { point->y, point->low, point->high };

      if (!counts (point->x, x_log) || !isfinite (point->y))
        continue;
      box.x_low = fmin (box.x_low, point->x);
      box.x_high = fmax (box.x_high, point->x);
      for (guint j = 0; j < G_N_ELEMENTS (ys); j++)
        if (counts (ys[j], y_log))
          {
            box.y_low = fmin (box.y_low, ys[j]);
            box.y_high = fmax (box.y_high, ys[j]);
          }
    }

  return box;
}
