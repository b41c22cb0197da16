/* beam-gap-layer.c: what is not known, and why
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-chart-private.h"
#include "beam-painter.h"

/* A layer of the chart, private to it: the gaps and events of all its series.
 * A reason is written where it has room; at the cursor the overlay says it. */
#define BEAM_TYPE_GAP_LAYER (beam_gap_layer_get_type ())
G_DECLARE_FINAL_TYPE (BeamGapLayer, beam_gap_layer, BEAM, GAP_LAYER, BeamLayer)

struct _BeamGapLayer
{
  BeamLayer parent_instance;

  GArray *gaps; /* owned, element-type BeamGap */
};

G_DEFINE_FINAL_TYPE (BeamGapLayer, beam_gap_layer, BEAM_TYPE_LAYER)

#define LABEL_MARGIN 4.0
#define EVENT_INDENT 7.0

static void
draw_event_label (BeamLayer          *layer,
                  cairo_t            *cr,
                  const BeamGeometry *geometry,
                  const BeamStyle    *style,
                  const BeamGap      *gap)
{
  g_autoptr (PangoLayout) layout = beam_chart_create_layout (GTK_WIDGET (layer), gap->label, BEAM_TEXT_SMALL);
  double x = beam_geometry_x (geometry, gap->from_us);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  x = x + EVENT_INDENT + width <= geometry->x + geometry->width ? x + EVENT_INDENT : x - EVENT_INDENT - width;
  if (x >= geometry->x)
    beam_paint_text (cr, layout, x, geometry->y, &style->dim, &style->background);
}

static void
draw_gap_label (BeamLayer          *layer,
                cairo_t            *cr,
                const BeamGeometry *geometry,
                const BeamStyle    *style,
                const BeamGap      *gap)
{
  g_autoptr (PangoLayout) layout = beam_chart_create_layout (GTK_WIDGET (layer), gap->label, BEAM_TEXT_SMALL);
  double left = fmax (beam_geometry_x (geometry, gap->from_us), geometry->x);
  double right = fmin (beam_geometry_x (geometry, gap->to_us), geometry->x + geometry->width);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (right - left < width + 2 * LABEL_MARGIN || geometry->height < height)
    return;

  beam_paint_text (cr, layout, round ((left + right - width) / 2),
                   round (geometry->y + (geometry->height - height) / 2), &style->ink, &style->background);
}

static void
beam_gap_layer_draw (BeamLayer          *layer,
                     cairo_t            *cr,
                     const BeamGeometry *geometry,
                     const BeamStyle    *style)
{
  BeamGapLayer *self = BEAM_GAP_LAYER (layer);

  beam_chart_collect_gaps (BEAM_CHART (gtk_widget_get_parent (GTK_WIDGET (layer))), geometry, self->gaps);
  for (guint i = 0; i < self->gaps->len; i++)
    {
      const BeamGap *gap = &g_array_index (self->gaps, BeamGap, i);
      gboolean is_event = gap->from_us == gap->to_us;

      if (is_event)
        beam_paint_event (cr, geometry, gap->from_us, &style->axis);
      else
        beam_paint_gap (cr, geometry, gap->from_us, gap->to_us, &style->grid);

      if (gap->label == NULL || *gap->label == '\0')
        continue;
      if (is_event)
        draw_event_label (layer, cr, geometry, style, gap);
      else
        draw_gap_label (layer, cr, geometry, style, gap);
    }
}

static void
beam_gap_layer_finalize (GObject *object)
{
  g_array_unref (BEAM_GAP_LAYER (object)->gaps);

  G_OBJECT_CLASS (beam_gap_layer_parent_class)->finalize (object);
}

static void
beam_gap_layer_class_init (BeamGapLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = beam_gap_layer_finalize;
  BEAM_LAYER_CLASS (klass)->draw = beam_gap_layer_draw;
}

static void
beam_gap_layer_init (BeamGapLayer *self)
{
  self->gaps = g_array_new (FALSE, FALSE, sizeof (BeamGap));
}

BeamLayer *
beam_gap_layer_new (void)
{
  return g_object_new (BEAM_TYPE_GAP_LAYER, NULL);
}
