/* beam-chart-print.c: the chart on another surface than its window's
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same layers with another size, style and font. What they ask their chart
 * for (style, layouts, geometry) is exchanged while they draw, on one thread and
 * without returning to the main loop, and put back before anybody else asks.
 */
#define G_LOG_DOMAIN "beam"

#include "beam-chart-private.h"

static void
draw_layers (BeamChart *self,
             cairo_t   *cr)
{
  BeamGeometry geometry;

  if (!beam_chart_get_geometry (self, &geometry))
    return;

  beam_layer_draw (self->grid, cr, &geometry, &self->style);
  beam_layer_draw (self->body, cr, &geometry, &self->style);
  beam_layer_draw (self->overlay, cr, &geometry, &self->style);
}

/* A chart that is not mapped has not looked at its data for a while. */
static void
fit (BeamChart *self)
{
  gint64 from_us, to_us;

  beam_time_axis_get_range (self->time_axis, &from_us, &to_us);
  beam_value_axis_fit (self->value_axis, from_us, to_us);
}

void
beam_chart_print (BeamChart       *self,
                  cairo_t         *cr,
                  double           width,
                  double           height,
                  const BeamStyle *style,
                  PangoContext    *pango,
                  int              label_width,
                  gboolean         show_cursor)
{
  const BeamPrint print = { *style, pango, width, height, label_width, show_cursor };
  BeamStyle screen_style;
  int screen_label_height;

  g_return_if_fail (BEAM_IS_CHART (self));
  g_return_if_fail (self->print == NULL);

  fit (self);
  screen_style = self->style;
  screen_label_height = self->label_height;

  self->print = &print;
  self->style = *style;
  self->label_height = beam_chart_measure_label_height (self);
  draw_layers (self, cr);

  self->print = NULL;
  self->style = screen_style;
  self->label_height = screen_label_height;
}

int
beam_chart_get_print_label_width (BeamChart    *self,
                                  PangoContext *pango,
                                  double        height)
{
  const BeamPrint print = { .pango = pango, .width = height, .height = height };
  int screen_label_height, width;

  g_return_val_if_fail (BEAM_IS_CHART (self), 0);
  g_return_val_if_fail (self->print == NULL, 0);

  fit (self);
  screen_label_height = self->label_height;
  self->print = &print;
  self->label_height = beam_chart_measure_label_height (self);
  width = beam_chart_widest_label (self);
  self->print = NULL;
  self->label_height = screen_label_height;

  return width;
}
