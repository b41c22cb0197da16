/* beam-figure-read.c: the read-out of the visited item, and the focus ring
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-figure-private.h"
#include "beam-painter.h"
#include "beam-shapes.h"

#define PADDING     8.0
#define DISTANCE    8.0
#define RADIUS      6.0
#define RING_WIDTH  2.0
#define RING_RADIUS 6.0
#define RING_OFFSET 3.0 /* outside, where GTK draws outlines: inside there is text */

/* A card beside @area: over it where there is room, else under it, always
 * inside of the figure. */
static void
place_card (const BeamFrame       *frame,
            const graphene_rect_t *area,
            double                 width,
            double                 height,
            double                *ret_x,
            double                *ret_y)
{
  double middle = (double) (area->origin.x + area->size.width / 2);
  double over = (double) area->origin.y - DISTANCE - height;
  double under = (double) (area->origin.y + area->size.height) + DISTANCE;

  *ret_x = CLAMP (middle - width / 2, 0, fmax (frame->width - width, 0));
  *ret_y = over >= 0 ? over : fmin (under, fmax (frame->height - height, 0));
}

static void
draw_card (cairo_t               *cr,
           const BeamFrame       *frame,
           const graphene_rect_t *area,
           const char            *text)
{
  g_autoptr (PangoLayout) layout = beam_frame_layout (frame, text, BEAM_FRAME_BODY);
  GdkRGBA shade = frame->style->ink;
  double x, y, card_width, card_height;
  int width, height;

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int) (fmax (fmin (frame->width - 2 * PADDING, 320), 20) * PANGO_SCALE));
  pango_layout_set_alignment (layout, PANGO_ALIGN_LEFT);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > 0)
    pango_layout_set_width (layout, width * PANGO_SCALE);

  card_width = width + 2 * PADDING;
  card_height = height + PADDING;
  place_card (frame, area, card_width, card_height, &x, &y);
  x = round (x);
  y = round (y);

  cairo_save (cr);
  shade.alpha = 0.10f;
  beam_shape_rounded (cr, x, y + 1.5, card_width, card_height, RADIUS);
  gdk_cairo_set_source_rgba (cr, &shade);
  cairo_fill (cr);
  beam_shape_rounded (cr, x + 0.5, y + 0.5, card_width - 1, card_height - 1, RADIUS);
  gdk_cairo_set_source_rgba (cr, &frame->style->background);
  cairo_fill_preserve (cr);
  shade.alpha = frame->style->high_contrast ? 1.0f : 0.28f;
  gdk_cairo_set_source_rgba (cr, &shade);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_restore (cr);
  beam_paint_text (cr, layout, x + PADDING, y + PADDING / 2, &frame->style->ink, NULL);
}

void
beam_figure_draw_readout (BeamFigure      *self,
                          cairo_t         *cr,
                          const BeamFrame *frame)
{
  int selected = beam_figure_get_selected (self);
  g_autofree char *text = NULL;
  graphene_rect_t area;

  if (selected < 0 || !beam_figure_get_item_area (self, frame, (guint) selected, &area))
    return;

  cairo_save (cr);
  beam_shape_rounded (cr, floor ((double) area.origin.x) - 1.5, floor ((double) area.origin.y) - 1.5,
                      ceil ((double) area.size.width) + 3, ceil ((double) area.size.height) + 3, 4);
  gdk_cairo_set_source_rgba (cr, &frame->style->ink);
  cairo_set_line_width (cr, frame->style->high_contrast ? 2 : 1.5);
  cairo_stroke (cr);
  cairo_restore (cr);

  text = beam_figure_describe_item (self, (guint) selected);
  if (text != NULL && *text != '\0')
    draw_card (cr, frame, &area, text);
}

void
beam_figure_draw_focus (BeamFigure      *self,
                        cairo_t         *cr,
                        const BeamFrame *frame)
{
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), "accent_color", &color))
    color = frame->style->series[0];

  cairo_save (cr);
  beam_shape_rounded (cr, -RING_OFFSET, -RING_OFFSET, frame->width + 2 * RING_OFFSET, frame->height + 2 * RING_OFFSET,
                      RING_RADIUS);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, RING_WIDTH);
  cairo_stroke (cr);
  cairo_restore (cr);
}
