/* beam-stack-layer.c: several series on top of each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-layer-private.h"
#include "beam-painter.h"
#include "beam-series.h"
#include "beam-stack-layer.h"
#include "beam-sum-series.h"

/**
 * BeamStackLayer:
 *
 * Stacked areas: what a sum is made of over time (user and system time of a
 * processor). Where one part is unknown the stack from there on is, too. At the
 * cursor it says the sum. For a linear axis from zero.
 */
struct _BeamStackLayer
{
  BeamLayer parent_instance;

  GPtrArray *parts;  /* owned, owned BeamSeries, lowest first */
  GPtrArray *sums;   /* owned, owned BeamSumSeries: of all parts up to one */
  GArray    *lower;  /* owned, element-type BeamPoint; kept between frames */
  GArray    *upper;  /* owned, likewise */
};

G_DEFINE_FINAL_TYPE (BeamStackLayer, beam_stack_layer, BEAM_TYPE_LAYER)

#define EDGE_WIDTH 1.2
#define TOP_WIDTH  2.0

static const BeamPoint *
points_of (GArray *array)
{
  return (const BeamPoint *) (gpointer) array->data;
}

static void
paint_part (BeamStackLayer     *self,
            cairo_t            *cr,
            const BeamGeometry *geometry,
            const BeamStyle    *style,
            guint               i)
{
  GdkRGBA base = beam_style_get_identity (style, beam_layer_get_identity (BEAM_LAYER (self)));
  GdkRGBA fill = beam_style_get_part (style, &base, i, self->sums->len);
  gboolean is_top = i + 1 == self->sums->len;
  const BeamStroke edge = { is_top ? base : style->background, is_top ? TOP_WIDTH : EDGE_WIDTH,
                            is_top ? beam_layer_get_dash (BEAM_LAYER (self)) : BEAM_DASH_SOLID };
  gint64 from_us = beam_painter_dash_restart (geometry, geometry->from_us);

  beam_series_collect (g_ptr_array_index (self->sums, i), from_us, geometry->to_us,
                       beam_layer_max_points (geometry), self->upper);
  if (i == 0)
    beam_paint_area (cr, geometry, points_of (self->upper), self->upper->len, 0, &fill);
  else
    beam_paint_band (cr, geometry, points_of (self->lower), self->lower->len,
                     points_of (self->upper), self->upper->len, &fill);
  beam_paint_line (cr, geometry, points_of (self->upper), self->upper->len, &edge);
}

/* A sum is called by all that is in it: in a legend or a table the name of its last part
 * alone would stand for what it is not. (transfer full) */
static char *
dup_sum_name (BeamStackLayer *self)
{
  GString *name = g_string_new (NULL);

  for (guint i = 0; i < self->parts->len; i++)
    g_string_append_printf (name, "%s%s", i > 0 ? " + " : "", beam_series_get_name (g_ptr_array_index (self->parts, i)));

  return g_string_free (name, FALSE);
}

static void
beam_stack_layer_draw (BeamLayer          *layer,
                       cairo_t            *cr,
                       const BeamGeometry *geometry,
                       const BeamStyle    *style)
{
  BeamStackLayer *self = BEAM_STACK_LAYER (layer);

  for (guint i = 0; i < self->sums->len; i++)
    {
      GArray *swap;

      paint_part (self, cr, geometry, style, i);
      swap = self->lower;
      self->lower = self->upper;
      self->upper = swap;
    }
}

static void
beam_stack_layer_collect_series (BeamLayer *layer,
                                 GPtrArray *ret)
{
  BeamStackLayer *self = BEAM_STACK_LAYER (layer);

  for (guint i = 0; i < self->sums->len; i++)
    g_ptr_array_add (ret, g_ptr_array_index (self->sums, i));
}

static void
beam_stack_layer_read (BeamLayer *layer,
                       gint64     time_us,
                       gint64     within_us,
                       GArray    *ret)
{
  BeamStackLayer *self = BEAM_STACK_LAYER (layer);
  BeamReadout readout = {
    .label = beam_layer_get_label (layer),
    .identity = beam_layer_get_identity (layer),
    .marker = beam_layer_get_marker (layer),
    .weight = BEAM_WEIGHT_STRONG,
  };

  if (self->sums->len == 0)
    return;

  readout.series = g_ptr_array_index (self->sums, self->sums->len - 1);
  readout.value = beam_series_lookup (readout.series, time_us, within_us, &readout.time_us);
  if (!isnan (readout.value))
    g_array_append_val (ret, readout);
}

static void
beam_stack_layer_dispose (GObject *object)
{
  BeamStackLayer *self = BEAM_STACK_LAYER (object);

  for (guint i = 0; i < self->sums->len; i++)
    {
      BeamSeries *sum = g_object_ref (g_ptr_array_index (self->sums, i));

      beam_layer_watch_series (BEAM_LAYER (self), &sum, NULL);
    }
  g_ptr_array_set_size (self->sums, 0);
  g_ptr_array_set_size (self->parts, 0);

  G_OBJECT_CLASS (beam_stack_layer_parent_class)->dispose (object);
}

static void
beam_stack_layer_finalize (GObject *object)
{
  BeamStackLayer *self = BEAM_STACK_LAYER (object);

  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->sums);
  g_array_unref (self->lower);
  g_array_unref (self->upper);

  G_OBJECT_CLASS (beam_stack_layer_parent_class)->finalize (object);
}

static void
beam_stack_layer_class_init (BeamStackLayerClass *klass)
{
  BeamLayerClass *layer_class = BEAM_LAYER_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = beam_stack_layer_dispose;
  G_OBJECT_CLASS (klass)->finalize = beam_stack_layer_finalize;
  layer_class->draw = beam_stack_layer_draw;
  layer_class->collect_series = beam_stack_layer_collect_series;
  layer_class->read = beam_stack_layer_read;
}

static void
beam_stack_layer_init (BeamStackLayer *self)
{
  self->parts = g_ptr_array_new_with_free_func (g_object_unref);
  self->sums = g_ptr_array_new_with_free_func (g_object_unref);
  self->lower = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
  self->upper = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
}

BeamLayer *
beam_stack_layer_new (void)
{
  return g_object_new (BEAM_TYPE_STACK_LAYER, NULL);
}

void
beam_stack_layer_add (BeamStackLayer *self,
                      BeamSeries     *series)
{
  g_autofree char *name = NULL;
  BeamSumSeries *sum;
  BeamSeries *watched = NULL;

  g_return_if_fail (BEAM_IS_STACK_LAYER (self));
  g_return_if_fail (BEAM_IS_SERIES (series));

  g_ptr_array_add (self->parts, g_object_ref (series));
  name = dup_sum_name (self);
  sum = beam_sum_series_new (name);
  for (guint i = 0; i < self->parts->len; i++)
    beam_sum_series_add (sum, g_ptr_array_index (self->parts, i));
  g_ptr_array_add (self->sums, sum);

  /* Takes a reference and tells the chart; the array keeps another. */
  beam_layer_watch_series (BEAM_LAYER (self), &watched, BEAM_SERIES (sum));
  g_clear_object (&watched);
}

guint
beam_stack_layer_get_n (BeamStackLayer *self)
{
  g_return_val_if_fail (BEAM_IS_STACK_LAYER (self), 0);

  return self->sums->len;
}

BeamSeries *
beam_stack_layer_get_sum (BeamStackLayer *self,
                          guint           n)
{
  g_return_val_if_fail (BEAM_IS_STACK_LAYER (self), NULL);
  g_return_val_if_fail (n < self->sums->len, NULL);

  return g_ptr_array_index (self->sums, n);
}
