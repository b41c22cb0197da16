/* beam-shapes.c: bars, intervals and other simple shapes of figures
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-shapes.h"

#define HATCH_SPACING 5.0
#define HATCH_WIDTH   1.6
#define OUTLINE_WIDTH 1.5

/* Cairo has 24 bits for a coordinate. */
#define LARGEST 1e6

static gboolean
is_drawable (double x,
             double y,
             double width,
             double height)
{
  return isfinite (x) && isfinite (y) && width > 0 && height > 0 &&
         fabs (x) < LARGEST && fabs (y) < LARGEST && width < LARGEST && height < LARGEST;
}

/* The colour in as many shades as the mask has. */
static cairo_surface_t *
tint (cairo_surface_t *mask,
      const GdkRGBA   *color)
{
  int width = cairo_image_surface_get_width (mask);
  int height = cairo_image_surface_get_height (mask);
  cairo_surface_t *tinted = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  double scale_x, scale_y;
  cairo_t *cr;

  cairo_surface_get_device_scale (mask, &scale_x, &scale_y);
  cairo_surface_set_device_scale (tinted, scale_x, scale_y);
  cr = cairo_create (tinted);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_mask_surface (cr, mask, 0, 0);
  cairo_destroy (cr);

  return tinted;
}

void
beam_paint_mask (cairo_t         *cr,
                 cairo_surface_t *mask,
                 double           x,
                 double           y,
                 const GdkRGBA   *color)
{
  cairo_save (cr);
  if (cairo_surface_get_type (cairo_get_target (cr)) != CAIRO_SURFACE_TYPE_SVG)
    {
      gdk_cairo_set_source_rgba (cr, color);
      cairo_mask_surface (cr, mask, x, y);
    }
  else
    {
      cairo_surface_t *tinted = tint (mask, color);

      cairo_set_source_surface (cr, tinted, x, y);
      cairo_paint (cr);
      cairo_surface_destroy (tinted);
    }
  cairo_restore (cr);
}

void
beam_shape_rounded (cairo_t *cr,
                    double   x,
                    double   y,
                    double   width,
                    double   height,
                    double   radius)
{
  if (!is_drawable (x, y, width, height))
    return;

  radius = CLAMP (radius, 0, fmin (width, height) / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_arc (cr, x + width - radius, y + radius, radius, 1.5 * G_PI, 2 * G_PI);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, 0.5 * G_PI);
  cairo_arc (cr, x + radius, y + height - radius, radius, 0.5 * G_PI, G_PI);
  cairo_close_path (cr);
}

/* Slanted strokes within the clip, which is @area. */
static void
add_hatching (cairo_t        *cr,
              const BeamRect *area)
{
  double first = floor ((area->x - area->height) / HATCH_SPACING) * HATCH_SPACING;

  cairo_new_path (cr);
  for (double x = first; x < area->x + area->width; x += HATCH_SPACING)
    {
      cairo_move_to (cr, x, area->y + area->height);
      cairo_line_to (cr, x + area->height, area->y);
    }
}

static void
paint_outline (cairo_t        *cr,
               const BeamRect *area,
               double          radius,
               const GdkRGBA  *color,
               double          alpha)
{
  GdkRGBA soft = *color;

  soft.alpha *= (float) alpha;
  beam_shape_rounded (cr, area->x, area->y, area->width, area->height, radius);
  gdk_cairo_set_source_rgba (cr, &soft);
  cairo_fill (cr);
  if (area->width <= OUTLINE_WIDTH || area->height <= OUTLINE_WIDTH)
    return;

  beam_shape_rounded (cr, area->x + OUTLINE_WIDTH / 2, area->y + OUTLINE_WIDTH / 2,
                      area->width - OUTLINE_WIDTH, area->height - OUTLINE_WIDTH, radius - OUTLINE_WIDTH / 2);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, OUTLINE_WIDTH);
  cairo_stroke (cr);
}

void
beam_paint_bar (cairo_t        *cr,
                const BeamRect *area,
                double          radius,
                BeamFill        fill,
                const GdkRGBA  *color)
{
  if (!is_drawable (area->x, area->y, area->width, area->height))
    return;

  cairo_save (cr);
  cairo_new_path (cr);
  switch (fill)
    {
    case BEAM_FILL_HATCHED:
      paint_outline (cr, area, radius, color, 0.22);
      beam_shape_rounded (cr, area->x, area->y, area->width, area->height, radius);
      cairo_clip (cr);
      add_hatching (cr, area);
      cairo_set_line_width (cr, HATCH_WIDTH);
      cairo_stroke (cr);
      break;
    case BEAM_FILL_OUTLINE:
      paint_outline (cr, area, radius, color, 0.12);
      break;
    case BEAM_FILL_SOLID:
    default:
      beam_shape_rounded (cr, area->x, area->y, area->width, area->height, radius);
      gdk_cairo_set_source_rgba (cr, color);
      cairo_fill (cr);
      break;
    }
  cairo_restore (cr);
}

static void
add_whisker (cairo_t           *cr,
             const BeamWhisker *whisker)
{
  gboolean level = whisker->y0 == whisker->y1;
  double dx = level ? 0 : whisker->cap / 2;
  double dy = level ? whisker->cap / 2 : 0;

  cairo_new_path (cr);
  cairo_move_to (cr, whisker->x0, whisker->y0);
  cairo_line_to (cr, whisker->x1, whisker->y1);
  cairo_move_to (cr, whisker->x0 - dx, whisker->y0 - dy);
  cairo_line_to (cr, whisker->x0 + dx, whisker->y0 + dy);
  cairo_move_to (cr, whisker->x1 - dx, whisker->y1 - dy);
  cairo_line_to (cr, whisker->x1 + dx, whisker->y1 + dy);
}

void
beam_paint_whisker (cairo_t           *cr,
                    const BeamWhisker *whisker,
                    const GdkRGBA     *color,
                    const GdkRGBA     *background)
{
  if (!is_drawable (whisker->x0, whisker->y0, 1, 1) || !is_drawable (whisker->x1, whisker->y1, 1, 1))
    return;

  cairo_save (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  add_whisker (cr, whisker);
  gdk_cairo_set_source_rgba (cr, background);
  cairo_set_line_width (cr, 3.5);
  cairo_stroke_preserve (cr);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
beam_paint_straight (cairo_t       *cr,
                     double         x0,
                     double         y0,
                     double         x1,
                     double         y1,
                     double         width,
                     BeamDash       dash,
                     const GdkRGBA *color)
{
  const double dashed[] = { 4, 3 };
  const double dotted[] = { 1.5, 2.5 };

  if (!is_drawable (x0, y0, 1, 1) || !is_drawable (x1, y1, 1, 1) || !(width > 0))
    return;

  cairo_save (cr);
  cairo_new_path (cr);
  cairo_move_to (cr, x0, y0);
  cairo_line_to (cr, x1, y1);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, width);
  if (dash == BEAM_DASH_DOTTED)
    cairo_set_dash (cr, dotted, G_N_ELEMENTS (dotted), 0);
  else if (dash != BEAM_DASH_SOLID)
    cairo_set_dash (cr, dashed, G_N_ELEMENTS (dashed), 0);
  cairo_stroke (cr);
  cairo_restore (cr);
}

GdkRGBA
beam_mix (const GdkRGBA *a,
          const GdkRGBA *b,
          double         share)
{
  float s = (float) CLAMP (share, 0, 1);

  return (GdkRGBA) {
    a->red + (b->red - a->red) * s,
    a->green + (b->green - a->green) * s,
    a->blue + (b->blue - a->blue) * s,
    a->alpha + (b->alpha - a->alpha) * s,
  };
}
