/* beam-line-layer.c: a series as a line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-layer-private.h"
#include "beam-line-layer.h"
#include "beam-painter.h"
#include "beam-series.h"

/**
 * BeamLineLayer:
 *
 * The line of one series, broken at gaps, in the colour and dash of its
 * identity. Without a series nothing is drawn. Dense data are drawn with their
 * extremes per pixel, whatever the number of samples.
 */
struct _BeamLineLayer
{
  BeamLayer parent_instance;

  BeamSeries *series; /* owned, nullable */
  BeamWeight  weight;
  gboolean    stepped;
  GArray     *points; /* owned, element-type BeamPoint; kept between frames */
};

G_DEFINE_FINAL_TYPE (BeamLineLayer, beam_line_layer, BEAM_TYPE_LAYER)

#define STRONG_WIDTH 2.0
#define LIGHT_WIDTH  1.2

enum {
  PROP_SERIES = 1,
  PROP_WEIGHT,
  PROP_STEPPED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
beam_line_layer_draw (BeamLayer          *layer,
                      cairo_t            *cr,
                      const BeamGeometry *geometry,
                      const BeamStyle    *style)
{
  BeamLineLayer *self = BEAM_LINE_LAYER (layer);
  gint64 from_us = beam_painter_dash_restart (geometry, geometry->from_us);
  BeamStroke stroke = {
    beam_style_get_identity (style, beam_layer_get_identity (layer)),
    self->weight == BEAM_WEIGHT_STRONG ? STRONG_WIDTH : LIGHT_WIDTH,
    beam_layer_get_dash (layer),
  };

  if (self->series == NULL)
    return;

  beam_series_collect (self->series, from_us, geometry->to_us, beam_layer_max_points (geometry), self->points);
  if (self->stepped)
    beam_paint_steps (cr, geometry, (const BeamPoint *) (gpointer) self->points->data, self->points->len, &stroke);
  else
    beam_paint_line (cr, geometry, (const BeamPoint *) (gpointer) self->points->data, self->points->len, &stroke);
}

static void
beam_line_layer_collect_series (BeamLayer *layer,
                                GPtrArray *ret)
{
  BeamLineLayer *self = BEAM_LINE_LAYER (layer);

  if (self->series != NULL)
    g_ptr_array_add (ret, self->series);
}

/* TRUE when the line is broken between an instant and the sample nearest to it:
 * what was before or after a gap says nothing about what is in it. */
static gboolean
is_across_gap (BeamLineLayer *self,
               gint64         time_us,
               gint64         sample_us)
{
  gboolean after = sample_us > time_us;

  beam_series_collect (self->series, MIN (time_us, sample_us), MAX (time_us, sample_us), 16, self->points);
  for (guint i = 0; i < self->points->len; i++)
    {
      const BeamPoint *point = &g_array_index (self->points, BeamPoint, i);

      if (isnan (point->low) && (after ? point->time_us < sample_us : point->time_us > sample_us && point->time_us <= time_us))
        return TRUE;
    }

  return FALSE;
}

static void
beam_line_layer_read (BeamLayer *layer,
                      gint64     time_us,
                      gint64     within_us,
                      GArray    *ret)
{
  BeamLineLayer *self = BEAM_LINE_LAYER (layer);
  BeamReadout readout = {
    .series = self->series,
    .label = beam_layer_get_label (layer),
    .identity = beam_layer_get_identity (layer),
    .marker = beam_layer_get_marker (layer),
    .weight = self->weight,
  };

  if (self->series == NULL)
    return;

  readout.value = beam_series_lookup (self->series, time_us, within_us, &readout.time_us);
  if (!isnan (readout.value) && !is_across_gap (self, time_us, readout.time_us))
    g_array_append_val (ret, readout);
}

static void
beam_line_layer_dispose (GObject *object)
{
  beam_layer_watch_series (BEAM_LAYER (object), &BEAM_LINE_LAYER (object)->series, NULL);

  G_OBJECT_CLASS (beam_line_layer_parent_class)->dispose (object);
}

static void
beam_line_layer_finalize (GObject *object)
{
  g_array_unref (BEAM_LINE_LAYER (object)->points);

  G_OBJECT_CLASS (beam_line_layer_parent_class)->finalize (object);
}

static void
beam_line_layer_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  BeamLineLayer *self = BEAM_LINE_LAYER (object);

  switch (prop_id)
    {
    case PROP_SERIES:
      g_value_set_object (value, self->series);
      break;
    case PROP_WEIGHT:
      g_value_set_enum (value, (int) self->weight);
      break;
    case PROP_STEPPED:
      g_value_set_boolean (value, self->stepped);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_line_layer_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  BeamLineLayer *self = BEAM_LINE_LAYER (object);

  switch (prop_id)
    {
    case PROP_SERIES:
      beam_line_layer_set_series (self, g_value_get_object (value));
      break;
    case PROP_WEIGHT:
      beam_line_layer_set_weight (self, (BeamWeight) g_value_get_enum (value));
      break;
    case PROP_STEPPED:
      beam_line_layer_set_stepped (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_line_layer_class_init (BeamLineLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BeamLayerClass *layer_class = BEAM_LAYER_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = beam_line_layer_dispose;
  object_class->finalize = beam_line_layer_finalize;
  object_class->get_property = beam_line_layer_get_property;
  object_class->set_property = beam_line_layer_set_property;
  layer_class->draw = beam_line_layer_draw;
  layer_class->collect_series = beam_line_layer_collect_series;
  layer_class->read = beam_line_layer_read;

  props[PROP_SERIES] = g_param_spec_object ("series", NULL, NULL, BEAM_TYPE_SERIES, flags);
  props[PROP_WEIGHT] = g_param_spec_enum ("weight", NULL, NULL, BEAM_TYPE_WEIGHT, BEAM_WEIGHT_STRONG, flags);
  props[PROP_STEPPED] = g_param_spec_boolean ("stepped", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
beam_line_layer_init (BeamLineLayer *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
}

BeamLayer *
beam_line_layer_new (BeamSeries *series)
{
  return g_object_new (BEAM_TYPE_LINE_LAYER, "series", series, NULL);
}

BeamSeries *
beam_line_layer_get_series (BeamLineLayer *self)
{
  g_return_val_if_fail (BEAM_IS_LINE_LAYER (self), NULL);

  return self->series;
}

void
beam_line_layer_set_series (BeamLineLayer *self,
                            BeamSeries    *series)
{
  g_return_if_fail (BEAM_IS_LINE_LAYER (self));
  g_return_if_fail (series == NULL || BEAM_IS_SERIES (series));

  if (beam_layer_watch_series (BEAM_LAYER (self), &self->series, series))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SERIES]);
}

BeamWeight
beam_line_layer_get_weight (BeamLineLayer *self)
{
  g_return_val_if_fail (BEAM_IS_LINE_LAYER (self), BEAM_WEIGHT_STRONG);

  return self->weight;
}

void
beam_line_layer_set_weight (BeamLineLayer *self,
                            BeamWeight     weight)
{
  g_return_if_fail (BEAM_IS_LINE_LAYER (self));

  if (self->weight == weight)
    return;

  self->weight = weight;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WEIGHT]);
  beam_layer_queue_redraw (BEAM_LAYER (self));
}

gboolean
beam_line_layer_get_stepped (BeamLineLayer *self)
{
  g_return_val_if_fail (BEAM_IS_LINE_LAYER (self), FALSE);

  return self->stepped;
}

void
beam_line_layer_set_stepped (BeamLineLayer *self,
                             gboolean       stepped)
{
  g_return_if_fail (BEAM_IS_LINE_LAYER (self));

  if (self->stepped == !!stepped)
    return;

  self->stepped = !!stepped;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STEPPED]);
  beam_layer_queue_redraw (BEAM_LAYER (self));
}
