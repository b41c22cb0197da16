/* beam-heat-layer.c: histograms over time as a heat map
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-heat-layer.h"
#include "beam-layer-private.h"

/**
 * BeamHeatLayer:
 *
 * Each band of each stretch of time as a cell, the stronger the more values fell
 * into it, in the colour of its identity. It shows what a percentile hides: two
 * groups of requests, or a tail that splits off. At the cursor it says the
 * quantile of its series; set a label such as "p99 ≤", as it is the upper edge of
 * a band.
 */
struct _BeamHeatLayer
{
  BeamLayer parent_instance;

  BeamSeries     *series;  /* owned, nullable, a BeamHeatSeries */
  GArray         *columns; /* owned, element-type BeamHeatColumn; kept between frames */
  BeamHeatScratch scratch;
};

G_DEFINE_FINAL_TYPE (BeamHeatLayer, beam_heat_layer, BEAM_TYPE_LAYER)

enum {
  PROP_SERIES = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
beam_heat_layer_draw (BeamLayer          *layer,
                      cairo_t            *cr,
                      const BeamGeometry *geometry,
                      const BeamStyle    *style)
{
  BeamHeatLayer *self = BEAM_HEAT_LAYER (layer);
  GdkRGBA color = beam_style_get_identity (style, beam_layer_get_identity (layer));

  if (self->series != NULL)
    beam_paint_heat (cr, geometry, BEAM_HEAT_SERIES (self->series), self->columns, &self->scratch, &color, &style->ink);
}

static void
beam_heat_layer_collect_series (BeamLayer *layer,
                                GPtrArray *ret)
{
  if (BEAM_HEAT_LAYER (layer)->series != NULL)
    g_ptr_array_add (ret, BEAM_HEAT_LAYER (layer)->series);
}

static void
beam_heat_layer_read (BeamLayer *layer,
                      gint64     time_us,
                      gint64     within_us,
                      GArray    *ret)
{
  BeamHeatLayer *self = BEAM_HEAT_LAYER (layer);
  BeamReadout readout = {
    .series = self->series,
    .label = beam_layer_get_label (layer),
    .identity = beam_layer_get_identity (layer),
    .marker = beam_layer_get_marker (layer),
    .weight = BEAM_WEIGHT_STRONG,
  };

  if (self->series == NULL)
    return;

  readout.value = beam_series_lookup (self->series, time_us, within_us, &readout.time_us);
  if (!isnan (readout.value))
    g_array_append_val (ret, readout);
}

static void
beam_heat_layer_dispose (GObject *object)
{
  beam_layer_watch_series (BEAM_LAYER (object), &BEAM_HEAT_LAYER (object)->series, NULL);

  G_OBJECT_CLASS (beam_heat_layer_parent_class)->dispose (object);
}

static void
beam_heat_layer_finalize (GObject *object)
{
  g_array_unref (BEAM_HEAT_LAYER (object)->columns);
  beam_heat_scratch_clear (&BEAM_HEAT_LAYER (object)->scratch);

  G_OBJECT_CLASS (beam_heat_layer_parent_class)->finalize (object);
}

static void
beam_heat_layer_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SERIES:
      g_value_set_object (value, BEAM_HEAT_LAYER (object)->series);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_heat_layer_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SERIES:
      beam_heat_layer_set_series (BEAM_HEAT_LAYER (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_heat_layer_class_init (BeamHeatLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BeamLayerClass *layer_class = BEAM_LAYER_CLASS (klass);

  object_class->dispose = beam_heat_layer_dispose;
  object_class->finalize = beam_heat_layer_finalize;
  object_class->get_property = beam_heat_layer_get_property;
  object_class->set_property = beam_heat_layer_set_property;
  layer_class->draw = beam_heat_layer_draw;
  layer_class->collect_series = beam_heat_layer_collect_series;
  layer_class->read = beam_heat_layer_read;

  props[PROP_SERIES] = g_param_spec_object ("series", NULL, NULL, BEAM_TYPE_HEAT_SERIES,
                                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
beam_heat_layer_init (BeamHeatLayer *self)
{
  self->columns = g_array_new (FALSE, FALSE, sizeof (BeamHeatColumn));
}

BeamLayer *
beam_heat_layer_new (BeamHeatSeries *series)
{
  return g_object_new (BEAM_TYPE_HEAT_LAYER, "series", series, NULL);
}

BeamHeatSeries *
beam_heat_layer_get_series (BeamHeatLayer *self)
{
  g_return_val_if_fail (BEAM_IS_HEAT_LAYER (self), NULL);

  return (BeamHeatSeries *) self->series;
}

void
beam_heat_layer_set_series (BeamHeatLayer  *self,
                            BeamHeatSeries *series)
{
  g_return_if_fail (BEAM_IS_HEAT_LAYER (self));
  g_return_if_fail (series == NULL || BEAM_IS_HEAT_SERIES (series));

  if (beam_layer_watch_series (BEAM_LAYER (self), &self->series, (BeamSeries *) series))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SERIES]);
}
