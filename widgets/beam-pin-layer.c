/* beam-pin-layer.c: the pinned window, and what the series held in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-chart-private.h"
#include "beam-painter.h"
#include "beam-series.h"
#include "beam-words.h"

/* Private to the chart, under the layers of the program. The window is a shade
 * with a bar on top. Of every strong line the lowest and the highest value in
 * the window go on to the right as dotted levels: after is compared with before
 * without taking means of what cannot be averaged. Nothing when nothing is
 * pinned; only the levels when the window itself is out of view. */
#define BEAM_TYPE_PIN_LAYER (beam_pin_layer_get_type ())
G_DECLARE_FINAL_TYPE (BeamPinLayer, beam_pin_layer, BEAM, PIN_LAYER, BeamLayer)

struct _BeamPinLayer
{
  BeamLayer parent_instance;

  GArray *readouts; /* owned, element-type BeamReadout */
};

G_DEFINE_FINAL_TYPE (BeamPinLayer, beam_pin_layer, BEAM_TYPE_LAYER)

#define BAR_HEIGHT   3.0
#define LABEL_INDENT 4.0
#define SHADE        0.07f

static void
draw_window (BeamPinLayer       *self,
             cairo_t            *cr,
             const BeamGeometry *geometry,
             const BeamStyle    *style,
             gint64              from_us,
             gint64              to_us)
{
  double left = fmax (beam_geometry_x (geometry, from_us), geometry->x);
  double right = fmin (beam_geometry_x (geometry, to_us), geometry->x + geometry->width);
  g_autoptr (PangoLayout) layout = NULL;
  GdkRGBA shade = style->ink;
  int width;

  if (right <= left)
    return;

  cairo_save (cr);
  shade.alpha = SHADE;
  gdk_cairo_set_source_rgba (cr, &shade);
  cairo_rectangle (cr, left, geometry->y, right - left, geometry->height);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, &style->axis);
  cairo_rectangle (cr, left, geometry->y, right - left, BAR_HEIGHT);
  cairo_fill (cr);
  cairo_restore (cr);

  layout = beam_chart_create_layout (GTK_WIDGET (self), _("Baseline"), BEAM_TEXT_SMALL);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width + 2 * LABEL_INDENT <= right - left)
    beam_paint_text (cr, layout, left + LABEL_INDENT, geometry->y + BAR_HEIGHT, &style->dim, &style->background);
}

/* From the end of the window to the right edge. */
static void
draw_levels (cairo_t            *cr,
             const BeamGeometry *geometry,
             const BeamStyle    *style,
             const BeamReadout  *readout,
             gint64              from_us,
             gint64              to_us)
{
  BeamStroke stroke = { beam_style_get_identity (style, readout->identity), 1, BEAM_DASH_DOTTED };
  double left = CLAMP (beam_geometry_x (geometry, to_us), geometry->x, geometry->x + geometry->width);
  double low, high;

  if (!beam_series_get_range (readout->series, from_us, to_us, &low, &high))
    return;

  cairo_save (cr);
  cairo_rectangle (cr, left, geometry->y - 1, geometry->x + geometry->width - left, geometry->height + 2);
  cairo_clip (cr);
  beam_paint_level (cr, geometry, low, &stroke);
  beam_paint_level (cr, geometry, high, &stroke);
  cairo_restore (cr);
}

static void
beam_pin_layer_draw (BeamLayer          *layer,
                     cairo_t            *cr,
                     const BeamGeometry *geometry,
                     const BeamStyle    *style)
{
  BeamPinLayer *self = BEAM_PIN_LAYER (layer);
  BeamChart *chart = BEAM_CHART (gtk_widget_get_parent (GTK_WIDGET (layer)));
  gint64 from_us, to_us;

  if (!beam_time_axis_get_pinned (chart->time_axis, &from_us, &to_us))
    return;

  draw_window (self, cr, geometry, style, from_us, to_us);

  /* What the window held, also where it ends in a gap. */
  g_array_set_size (self->readouts, 0);
  for (guint i = 0; i < chart->layers->len; i++)
    if (gtk_widget_get_visible (g_ptr_array_index (chart->layers, i)))
      beam_layer_read_range (g_ptr_array_index (chart->layers, i), from_us, to_us, self->readouts);
  for (guint i = 0; i < self->readouts->len; i++)
    {
      const BeamReadout *readout = &g_array_index (self->readouts, BeamReadout, i);

      if (readout->weight == BEAM_WEIGHT_STRONG && readout->series != NULL)
        draw_levels (cr, geometry, style, readout, from_us, to_us);
    }
}

static void
beam_pin_layer_finalize (GObject *object)
{
  g_array_unref (BEAM_PIN_LAYER (object)->readouts);

  G_OBJECT_CLASS (beam_pin_layer_parent_class)->finalize (object);
}

static void
beam_pin_layer_class_init (BeamPinLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = beam_pin_layer_finalize;
  BEAM_LAYER_CLASS (klass)->draw = beam_pin_layer_draw;
}

static void
beam_pin_layer_init (BeamPinLayer *self)
{
  self->readouts = g_array_new (FALSE, FALSE, sizeof (BeamReadout));
}

BeamLayer *
beam_pin_layer_new (void)
{
  return g_object_new (BEAM_TYPE_PIN_LAYER, NULL);
}
