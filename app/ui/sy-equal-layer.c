/* sy-equal-layer.c: where a ratio is one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-ui"

#include "config.h"

#include "sy-equal-layer.h"

#include "beam-painter.h"

struct _SyEqualLayer
{
  BeamLayer parent_instance;
};

G_DEFINE_FINAL_TYPE (SyEqualLayer, sy_equal_layer, BEAM_TYPE_LAYER)

static void
sy_equal_layer_draw (BeamLayer          *layer,
                     cairo_t            *cr,
                     const BeamGeometry *geometry,
                     const BeamStyle    *style)
{
  const BeamStroke stroke = { style->axis, 1, BEAM_DASH_SOLID };

  beam_paint_level (cr, geometry, 1, &stroke);
}

static void
sy_equal_layer_class_init (SyEqualLayerClass *klass)
{
  BEAM_LAYER_CLASS (klass)->draw = sy_equal_layer_draw;
}

static void
sy_equal_layer_init (SyEqualLayer *self)
{
}

BeamLayer *
sy_equal_layer_new (void)
{
  return g_object_new (SY_TYPE_EQUAL_LAYER, NULL);
}
