/* beam-area-layer.c: the soft fill under a line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-area-layer.h"
#include "beam-layer-private.h"
#include "beam-painter.h"
#include "beam-series.h"

/**
 * BeamAreaLayer:
 *
 * The fill from a series to zero in the colour of its identity, broken at gaps.
 * On a logarithmic axis, which has no zero, it reaches the lower edge. Says
 * nothing at the cursor: the line over it does.
 */
struct _BeamAreaLayer
{
  BeamLayer parent_instance;

  BeamSeries *series; /* owned, nullable */
  GArray     *points; /* owned, element-type BeamPoint; kept between frames */
};

G_DEFINE_FINAL_TYPE (BeamAreaLayer, beam_area_layer, BEAM_TYPE_LAYER)

enum {
  PROP_SERIES = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
beam_area_layer_draw (BeamLayer          *layer,
                      cairo_t            *cr,
                      const BeamGeometry *geometry,
                      const BeamStyle    *style)
{
  BeamAreaLayer *self = BEAM_AREA_LAYER (layer);
  GdkRGBA color = beam_style_get_identity (style, beam_layer_get_identity (layer));

  if (self->series == NULL)
    return;

  color.alpha = (float) style->fill_alpha;
  beam_series_collect (self->series, geometry->from_us, geometry->to_us, beam_layer_max_points (geometry), self->points);
  beam_paint_area (cr, geometry, (const BeamPoint *) (gpointer) self->points->data, self->points->len, 0, &color);
}

static void
beam_area_layer_collect_series (BeamLayer *layer,
                                GPtrArray *ret)
{
  BeamAreaLayer *self = BEAM_AREA_LAYER (layer);

  if (self->series != NULL)
    g_ptr_array_add (ret, self->series);
}

static void
beam_area_layer_dispose (GObject *object)
{
  beam_layer_watch_series (BEAM_LAYER (object), &BEAM_AREA_LAYER (object)->series, NULL);

  G_OBJECT_CLASS (beam_area_layer_parent_class)->dispose (object);
}

static void
beam_area_layer_finalize (GObject *object)
{
  g_array_unref (BEAM_AREA_LAYER (object)->points);

  G_OBJECT_CLASS (beam_area_layer_parent_class)->finalize (object);
}

static void
beam_area_layer_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SERIES:
      g_value_set_object (value, beam_area_layer_get_series (BEAM_AREA_LAYER (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_area_layer_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SERIES:
      beam_area_layer_set_series (BEAM_AREA_LAYER (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_area_layer_class_init (BeamAreaLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BeamLayerClass *layer_class = BEAM_LAYER_CLASS (klass);

  object_class->dispose = beam_area_layer_dispose;
  object_class->finalize = beam_area_layer_finalize;
  object_class->get_property = beam_area_layer_get_property;
  object_class->set_property = beam_area_layer_set_property;
  layer_class->draw = beam_area_layer_draw;
  layer_class->collect_series = beam_area_layer_collect_series;

  props[PROP_SERIES] = g_param_spec_object ("series", NULL, NULL, BEAM_TYPE_SERIES,
                                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
beam_area_layer_init (BeamAreaLayer *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
}

BeamLayer *
beam_area_layer_new (BeamSeries *series)
{
  return g_object_new (BEAM_TYPE_AREA_LAYER, "series", series, NULL);
}

BeamSeries *
beam_area_layer_get_series (BeamAreaLayer *self)
{
  g_return_val_if_fail (BEAM_IS_AREA_LAYER (self), NULL);

  return self->series;
}

void
beam_area_layer_set_series (BeamAreaLayer *self,
                            BeamSeries    *series)
{
  g_return_if_fail (BEAM_IS_AREA_LAYER (self));
  g_return_if_fail (series == NULL || BEAM_IS_SERIES (series));

  if (beam_layer_watch_series (BEAM_LAYER (self), &self->series, series))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SERIES]);
}
