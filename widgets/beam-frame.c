/* beam-frame.c: what a figure is drawn into, as a plain value
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-frame.h"
#include "beam-painter.h"

/* Of a label in the font that GNOME comes with, at 96 dpi. */
#define USUAL_LINE_HEIGHT 14.0

void
beam_frame_init (BeamFrame       *self,
                 double           width,
                 double           height,
                 const BeamStyle *style,
                 PangoContext    *pango)
{
  g_autoptr (PangoLayout) layout = NULL;
  int line_height;

  *self = (BeamFrame) { width, height, 1, FALSE, style, pango, 1 };

  layout = beam_frame_layout (self, "0", BEAM_FRAME_LABEL);
  pango_layout_get_pixel_size (layout, NULL, &line_height);
  self->line_height = MAX (line_height, 1);
  self->unit = fmax (self->line_height / USUAL_LINE_HEIGHT, 1);
}

char *
beam_direct_number (const char *text)
{
  const char *at = text;

  while (*at != '\0' && !g_unichar_isalpha (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);

  return g_strconcat (*at == '\0' ? "\342\200\216" : "", text, NULL);
}

/* More lines than one, where the text is too wide. */
static void
break_lines (PangoLayout     *layout,
             const BeamLabel *label)
{
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (layout, (int) (label->max_height * PANGO_SCALE));
  pango_layout_set_alignment (layout, label->align_x < 0.5   ? PANGO_ALIGN_LEFT
                                      : label->align_x > 0.5 ? PANGO_ALIGN_RIGHT
                                                             : PANGO_ALIGN_CENTER);
}

PangoLayout *
beam_frame_layout (const BeamFrame *self,
                   const char      *text,
                   BeamFrameText    kind)
{
  static const double scales[] = {
    [BEAM_FRAME_LABEL] = 0.83,
    [BEAM_FRAME_STRONG] = 0.9,
    [BEAM_FRAME_BODY] = 0.93,
  };
  PangoLayout *layout = pango_layout_new (self->pango);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autofree char *directed = beam_direct_number (text);

  pango_attr_list_insert (attributes, pango_attr_scale_new (scales[kind]));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (kind == BEAM_FRAME_STRONG)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, directed, -1);

  return layout;
}

double
beam_frame_measure (const BeamFrame *self,
                    const char      *text,
                    BeamFrameText    kind)
{
  g_autoptr (PangoLayout) layout = NULL;
  int width;

  if (text == NULL || *text == '\0')
    return 0;

  layout = beam_frame_layout (self, text, kind);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

double
beam_frame_write (const BeamFrame *self,
                  cairo_t         *cr,
                  const char      *text,
                  const BeamLabel *label)
{
  g_autoptr (PangoLayout) layout = NULL;
  int width, height;

  if (text == NULL || *text == '\0')
    return 0;

  layout = beam_frame_layout (self, text, label->kind);
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (label->max_width > 0 && width > label->max_width)
    {
      pango_layout_set_width (layout, (int) (label->max_width * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      if (label->max_height > 0)
        break_lines (layout, label);
    }
  pango_layout_get_pixel_size (layout, &width, &height);
  /* Lines that are aligned take the whole width. */
  if (label->max_height > 0 && pango_layout_get_line_count (layout) > 1)
    width = (int) label->max_width;

  beam_paint_text (cr, layout, round (label->x - width * label->align_x), round (label->y - height * label->align_y),
                   label->color, label->halo ? &self->style->background : NULL);
  return width;
}

double
beam_frame_mirror (const BeamFrame *self,
                   double           x)
{
  return self->rtl ? self->width - x : x;
}

double
beam_frame_snap (const BeamFrame *self,
                 double           coordinate,
                 double           line_width)
{
  const BeamGeometry geometry = { .device_scale = self->device_scale };

  return beam_geometry_snap (&geometry, coordinate, line_width);
}
