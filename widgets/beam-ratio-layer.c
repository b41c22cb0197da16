/* beam-ratio-layer.c: a ratio with its interval around one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-layer-private.h"
#include "beam-painter.h"
#include "beam-ratio-layer.h"
#include "beam-series.h"

/**
 * BeamRatioLayer:
 *
 * The line of a ratio over the band of its interval, with a line at 1.0: where
 * the band does not touch that line the two differ. The neutral identity, the
 * default, is right for what belongs to both.
 */
struct _BeamRatioLayer
{
  BeamLayer parent_instance;

  BeamSeries *series[3]; /* owned, nullable: ratio, low, high */
  GArray     *points[3]; /* owned, element-type BeamPoint; kept between frames */
};

G_DEFINE_FINAL_TYPE (BeamRatioLayer, beam_ratio_layer, BEAM_TYPE_LAYER)

#define LINE_WIDTH 1.8

enum {
  RATIO,
  LOW,
  HIGH,
};

enum {
  PROP_RATIO = 1,
  PROP_LOW,
  PROP_HIGH,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static const BeamPoint *
points_of (BeamRatioLayer *self,
           int             which)
{
  return (const BeamPoint *) (gpointer) self->points[which]->data;
}

static void
beam_ratio_layer_draw (BeamLayer          *layer,
                       cairo_t            *cr,
                       const BeamGeometry *geometry,
                       const BeamStyle    *style)
{
  BeamRatioLayer *self = BEAM_RATIO_LAYER (layer);
  const BeamStroke one = { style->axis, style->high_contrast ? 2 : 1, BEAM_DASH_SOLID };
  BeamStroke line = { beam_style_get_identity (style, beam_layer_get_identity (layer)), LINE_WIDTH, beam_layer_get_dash (layer) };
  gint64 from_us = beam_painter_dash_restart (geometry, geometry->from_us);
  GdkRGBA soft = line.color;

  for (int i = RATIO; i <= HIGH; i++)
    if (self->series[i] != NULL)
      beam_series_collect (self->series[i], from_us, geometry->to_us, beam_layer_max_points (geometry), self->points[i]);
    else
      g_array_set_size (self->points[i], 0);

  soft.alpha = (float) style->fill_alpha;
  beam_paint_band (cr, geometry, points_of (self, LOW), self->points[LOW]->len,
                   points_of (self, HIGH), self->points[HIGH]->len, &soft);
  beam_paint_level (cr, geometry, 1, &one);
  beam_paint_line (cr, geometry, points_of (self, RATIO), self->points[RATIO]->len, &line);
}

static void
beam_ratio_layer_collect_series (BeamLayer *layer,
                                 GPtrArray *ret)
{
  for (int i = RATIO; i <= HIGH; i++)
    if (BEAM_RATIO_LAYER (layer)->series[i] != NULL)
      g_ptr_array_add (ret, BEAM_RATIO_LAYER (layer)->series[i]);
}

static void
beam_ratio_layer_read (BeamLayer *layer,
                       gint64     time_us,
                       gint64     within_us,
                       GArray    *ret)
{
  BeamRatioLayer *self = BEAM_RATIO_LAYER (layer);
  BeamReadout readout = {
    .series = self->series[RATIO],
    .label = beam_layer_get_label (layer),
    .identity = beam_layer_get_identity (layer),
    .marker = beam_layer_get_marker (layer),
    .weight = BEAM_WEIGHT_STRONG,
  };

  if (self->series[RATIO] == NULL)
    return;

  readout.value = beam_series_lookup (self->series[RATIO], time_us, within_us, &readout.time_us);
  if (!isnan (readout.value))
    g_array_append_val (ret, readout);
}

static void
set_series (BeamRatioLayer *self,
            int             which,
            BeamSeries     *series)
{
  if (beam_layer_watch_series (BEAM_LAYER (self), &self->series[which], series))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RATIO + which]);
}

static void
beam_ratio_layer_dispose (GObject *object)
{
  for (int i = RATIO; i <= HIGH; i++)
    beam_layer_watch_series (BEAM_LAYER (object), &BEAM_RATIO_LAYER (object)->series[i], NULL);

  G_OBJECT_CLASS (beam_ratio_layer_parent_class)->dispose (object);
}

static void
beam_ratio_layer_finalize (GObject *object)
{
  for (int i = RATIO; i <= HIGH; i++)
    g_array_unref (BEAM_RATIO_LAYER (object)->points[i]);

  G_OBJECT_CLASS (beam_ratio_layer_parent_class)->finalize (object);
}

static void
beam_ratio_layer_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  if (prop_id >= PROP_RATIO && prop_id <= PROP_HIGH)
    g_value_set_object (value, BEAM_RATIO_LAYER (object)->series[prop_id - PROP_RATIO]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
beam_ratio_layer_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  if (prop_id >= PROP_RATIO && prop_id <= PROP_HIGH)
    set_series (BEAM_RATIO_LAYER (object), (int) prop_id - PROP_RATIO, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
beam_ratio_layer_class_init (BeamRatioLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BeamLayerClass *layer_class = BEAM_LAYER_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = beam_ratio_layer_dispose;
  object_class->finalize = beam_ratio_layer_finalize;
  object_class->get_property = beam_ratio_layer_get_property;
  object_class->set_property = beam_ratio_layer_set_property;
  layer_class->draw = beam_ratio_layer_draw;
  layer_class->collect_series = beam_ratio_layer_collect_series;
  layer_class->read = beam_ratio_layer_read;

  props[PROP_RATIO] = g_param_spec_object ("ratio", NULL, NULL, BEAM_TYPE_SERIES, flags);
  props[PROP_LOW] = g_param_spec_object ("low", NULL, NULL, BEAM_TYPE_SERIES, flags);
  props[PROP_HIGH] = g_param_spec_object ("high", NULL, NULL, BEAM_TYPE_SERIES, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
beam_ratio_layer_init (BeamRatioLayer *self)
{
  for (int i = RATIO; i <= HIGH; i++)
    self->points[i] = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
}

BeamLayer *
beam_ratio_layer_new (BeamSeries *ratio,
                      BeamSeries *low,
                      BeamSeries *high)
{
  return g_object_new (BEAM_TYPE_RATIO_LAYER, "ratio", ratio, "low", low, "high", high, NULL);
}

BeamSeries *
beam_ratio_layer_get_ratio (BeamRatioLayer *self)
{
  g_return_val_if_fail (BEAM_IS_RATIO_LAYER (self), NULL);

  return self->series[RATIO];
}

void
beam_ratio_layer_set_ratio (BeamRatioLayer *self,
                            BeamSeries     *series)
{
  g_return_if_fail (BEAM_IS_RATIO_LAYER (self));
  g_return_if_fail (series == NULL || BEAM_IS_SERIES (series));

  set_series (self, RATIO, series);
}

BeamSeries *
beam_ratio_layer_get_low (BeamRatioLayer *self)
{
  g_return_val_if_fail (BEAM_IS_RATIO_LAYER (self), NULL);

  return self->series[LOW];
}

void
beam_ratio_layer_set_low (BeamRatioLayer *self,
                          BeamSeries     *series)
{
  g_return_if_fail (BEAM_IS_RATIO_LAYER (self));
  g_return_if_fail (series == NULL || BEAM_IS_SERIES (series));

  set_series (self, LOW, series);
}

BeamSeries *
beam_ratio_layer_get_high (BeamRatioLayer *self)
{
  g_return_val_if_fail (BEAM_IS_RATIO_LAYER (self), NULL);

  return self->series[HIGH];
}

void
beam_ratio_layer_set_high (BeamRatioLayer *self,
                           BeamSeries     *series)
{
  g_return_if_fail (BEAM_IS_RATIO_LAYER (self));
  g_return_if_fail (series == NULL || BEAM_IS_SERIES (series));

  set_series (self, HIGH, series);
}
