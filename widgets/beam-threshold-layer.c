/* beam-threshold-layer.c: a labelled limit across the plot
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-chart-private.h"
#include "beam-layer-private.h"
#include "beam-painter.h"
#include "beam-threshold-layer.h"

/**
 * BeamThresholdLayer:
 *
 * A dotted horizontal line at a value with its label over the left end, under
 * it where the plot ends. Nothing while the value is NAN or out of view.
 */
struct _BeamThresholdLayer
{
  BeamLayer parent_instance;

  double value; /* NAN: none */
};

G_DEFINE_FINAL_TYPE (BeamThresholdLayer, beam_threshold_layer, BEAM_TYPE_LAYER)

#define LABEL_INDENT 4.0
#define LABEL_GAP    1.0

enum {
  PROP_VALUE = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
draw_label (BeamLayer          *layer,
            cairo_t            *cr,
            const BeamGeometry *geometry,
            const BeamStyle    *style,
            double              line_y,
            const GdkRGBA      *color)
{
  g_autoptr (PangoLayout) layout = NULL;
  int height;
  double y;

  if (beam_layer_get_label (layer) == NULL)
    return;

  layout = beam_chart_create_layout (GTK_WIDGET (layer), beam_layer_get_label (layer), BEAM_TEXT_SMALL);
  pango_layout_get_pixel_size (layout, NULL, &height);
  y = line_y - height - LABEL_GAP;
  if (y < geometry->y)
    y = line_y + LABEL_GAP;
  beam_paint_text (cr, layout, geometry->x + LABEL_INDENT, y, color, &style->background);
}

static void
beam_threshold_layer_draw (BeamLayer          *layer,
                           cairo_t            *cr,
                           const BeamGeometry *geometry,
                           const BeamStyle    *style)
{
  BeamThresholdLayer *self = BEAM_THRESHOLD_LAYER (layer);
  double y = beam_geometry_y (geometry, self->value);
  BeamStroke stroke = { style->threshold, 1.5, BEAM_DASH_DOTTED };

  if (isnan (y) || y < geometry->y || y > geometry->y + geometry->height)
    return;

  if (beam_layer_get_identity (layer) != BEAM_IDENTITY_NEUTRAL)
    stroke.color = beam_style_get_identity (style, beam_layer_get_identity (layer));
  beam_paint_level (cr, geometry, self->value, &stroke);
  draw_label (layer, cr, geometry, style, y, &stroke.color);
}

static void
beam_threshold_layer_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_VALUE:
      g_value_set_double (value, BEAM_THRESHOLD_LAYER (object)->value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_threshold_layer_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_VALUE:
      beam_threshold_layer_set_value (BEAM_THRESHOLD_LAYER (object), g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_threshold_layer_class_init (BeamThresholdLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = beam_threshold_layer_get_property;
  object_class->set_property = beam_threshold_layer_set_property;
  BEAM_LAYER_CLASS (klass)->draw = beam_threshold_layer_draw;

  props[PROP_VALUE] = g_param_spec_double ("value", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
beam_threshold_layer_init (BeamThresholdLayer *self)
{
}

BeamLayer *
beam_threshold_layer_new (double      value,
                          const char *label)
{
  BeamLayer *self = g_object_new (BEAM_TYPE_THRESHOLD_LAYER, "label", label, NULL);

  beam_threshold_layer_set_value (BEAM_THRESHOLD_LAYER (self), value);
  return self;
}

double
beam_threshold_layer_get_value (BeamThresholdLayer *self)
{
  g_return_val_if_fail (BEAM_IS_THRESHOLD_LAYER (self), (double) NAN);

  return self->value;
}

void
beam_threshold_layer_set_value (BeamThresholdLayer *self,
                                double              value)
{
  g_return_if_fail (BEAM_IS_THRESHOLD_LAYER (self));

  if (self->value == value || (isnan (self->value) && isnan (value)))
    return;

  self->value = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VALUE]);
  beam_layer_queue_redraw (BEAM_LAYER (self));
}
