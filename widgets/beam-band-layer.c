/* beam-band-layer.c: the soft fill between two series
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include "beam-band-layer.h"
#include "beam-layer-private.h"
#include "beam-painter.h"
#include "beam-series.h"

/**
 * BeamBandLayer:
 *
 * The fill between two series (p50 and p99, or the ends of an interval) in the
 * colour of its identity, only where both are known. Their samples need not
 * have the same times. Says nothing at the cursor: lines on its edges do.
 */
struct _BeamBandLayer
{
  BeamLayer parent_instance;

  BeamSeries *low;         /* owned, nullable */
  BeamSeries *high;        /* owned, nullable */
  GArray     *low_points;  /* owned, element-type BeamPoint; kept between frames */
  GArray     *high_points; /* owned, likewise */
};

G_DEFINE_FINAL_TYPE (BeamBandLayer, beam_band_layer, BEAM_TYPE_LAYER)

enum {
  PROP_LOW = 1,
  PROP_HIGH,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
beam_band_layer_draw (BeamLayer          *layer,
                      cairo_t            *cr,
                      const BeamGeometry *geometry,
                      const BeamStyle    *style)
{
  BeamBandLayer *self = BEAM_BAND_LAYER (layer);
  GdkRGBA color = beam_style_get_identity (style, beam_layer_get_identity (layer));
  guint max_points = beam_layer_max_points (geometry);

  if (self->low == NULL || self->high == NULL)
    return;

  color.alpha = (float) style->fill_alpha;
  beam_series_collect (self->low, geometry->from_us, geometry->to_us, max_points, self->low_points);
  beam_series_collect (self->high, geometry->from_us, geometry->to_us, max_points, self->high_points);
  beam_paint_band (cr, geometry,
                   (const BeamPoint *) (gpointer) self->low_points->data, self->low_points->len,
                   (const BeamPoint *) (gpointer) self->high_points->data, self->high_points->len,
                   &color);
}

static void
beam_band_layer_collect_series (BeamLayer *layer,
                                GPtrArray *ret)
{
  BeamBandLayer *self = BEAM_BAND_LAYER (layer);

  if (self->low != NULL)
    g_ptr_array_add (ret, self->low);
  if (self->high != NULL)
    g_ptr_array_add (ret, self->high);
}

static void
beam_band_layer_dispose (GObject *object)
{
  BeamBandLayer *self = BEAM_BAND_LAYER (object);

  beam_layer_watch_series (BEAM_LAYER (self), &self->low, NULL);
  beam_layer_watch_series (BEAM_LAYER (self), &self->high, NULL);

  G_OBJECT_CLASS (beam_band_layer_parent_class)->dispose (object);
}

static void
beam_band_layer_finalize (GObject *object)
{
  BeamBandLayer *self = BEAM_BAND_LAYER (object);

  g_array_unref (self->low_points);
  g_array_unref (self->high_points);

  G_OBJECT_CLASS (beam_band_layer_parent_class)->finalize (object);
}

static void
beam_band_layer_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  BeamBandLayer *self = BEAM_BAND_LAYER (object);

  switch (prop_id)
    {
    case PROP_LOW:
      g_value_set_object (value, self->low);
      break;
    case PROP_HIGH:
      g_value_set_object (value, self->high);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_band_layer_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  BeamBandLayer *self = BEAM_BAND_LAYER (object);

  switch (prop_id)
    {
    case PROP_LOW:
      beam_band_layer_set_low (self, g_value_get_object (value));
      break;
    case PROP_HIGH:
      beam_band_layer_set_high (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_band_layer_class_init (BeamBandLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BeamLayerClass *layer_class = BEAM_LAYER_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = beam_band_layer_dispose;
  object_class->finalize = beam_band_layer_finalize;
  object_class->get_property = beam_band_layer_get_property;
  object_class->set_property = beam_band_layer_set_property;
  layer_class->draw = beam_band_layer_draw;
  layer_class->collect_series = beam_band_layer_collect_series;

  props[PROP_LOW] = g_param_spec_object ("low", NULL, NULL, BEAM_TYPE_SERIES, flags);
  props[PROP_HIGH] = g_param_spec_object ("high", NULL, NULL, BEAM_TYPE_SERIES, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
beam_band_layer_init (BeamBandLayer *self)
{
  self->low_points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
  self->high_points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
}

BeamLayer *
beam_band_layer_new (BeamSeries *low,
                     BeamSeries *high)
{
  return g_object_new (BEAM_TYPE_BAND_LAYER, "low", low, "high", high, NULL);
}

BeamSeries *
beam_band_layer_get_low (BeamBandLayer *self)
{
  g_return_val_if_fail (BEAM_IS_BAND_LAYER (self), NULL);

  return self->low;
}

void
beam_band_layer_set_low (BeamBandLayer *self,
                         BeamSeries    *series)
{
  g_return_if_fail (BEAM_IS_BAND_LAYER (self));
  g_return_if_fail (series == NULL || BEAM_IS_SERIES (series));

  if (beam_layer_watch_series (BEAM_LAYER (self), &self->low, series))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOW]);
}

BeamSeries *
beam_band_layer_get_high (BeamBandLayer *self)
{
  g_return_val_if_fail (BEAM_IS_BAND_LAYER (self), NULL);

  return self->high;
}

void
beam_band_layer_set_high (BeamBandLayer *self,
                          BeamSeries    *series)
{
  g_return_if_fail (BEAM_IS_BAND_LAYER (self));
  g_return_if_fail (series == NULL || BEAM_IS_SERIES (series));

  if (beam_layer_watch_series (BEAM_LAYER (self), &self->high, series))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HIGH]);
}
