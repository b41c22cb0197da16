/* beam-painter-marks.c: grid lines, gaps, events, markers and text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-painter.h"
#include "beam-shapes.h"

#define HATCH_SPACING 6.0
#define HALO_WIDTH    3.5

static void
set_line (cairo_t          *cr,
          const BeamStroke *stroke)
{
  const double dotted[] = { 1.5, 2.0 };

  gdk_cairo_set_source_rgba (cr, &stroke->color);
  cairo_set_line_width (cr, stroke->width);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  if (stroke->dash != BEAM_DASH_SOLID)
    cairo_set_dash (cr, dotted, G_N_ELEMENTS (dotted), 0);
}

double
beam_painter_level (const BeamGeometry *geometry,
                    double              value,
                    double              line_width)
{
  double y = beam_geometry_y (geometry, value);

  if (isnan (y) || y < geometry->y - 0.5 || y > geometry->y + geometry->height + 0.5)
    return (double) NAN;

  /* The lowest line must not be pushed out of the plot by snapping. */
  return beam_geometry_snap (geometry, fmin (y, geometry->y + geometry->height - line_width / 2), line_width);
}

static void
add_level (cairo_t            *cr,
           const BeamGeometry *geometry,
           double              value,
           double              line_width)
{
  double y = beam_painter_level (geometry, value, line_width);

  if (isnan (y))
    return;

  cairo_move_to (cr, geometry->x, y);
  cairo_line_to (cr, geometry->x + geometry->width, y);
}

void
beam_paint_value_lines (cairo_t            *cr,
                        const BeamGeometry *geometry,
                        const double       *values,
                        guint               n,
                        const GdkRGBA      *color)
{
  const BeamStroke stroke = { *color, 1, BEAM_DASH_SOLID };

  if (!beam_geometry_is_valid (geometry))
    return;

  cairo_save (cr);
  set_line (cr, &stroke);
  cairo_new_path (cr);
  for (guint i = 0; i < n; i++)
    add_level (cr, geometry, values[i], 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
beam_paint_level (cairo_t            *cr,
                  const BeamGeometry *geometry,
                  double              value,
                  const BeamStroke   *stroke)
{
  if (!beam_geometry_is_valid (geometry))
    return;

  cairo_save (cr);
  set_line (cr, stroke);
  cairo_new_path (cr);
  add_level (cr, geometry, value, stroke->width);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
beam_paint_time_line (cairo_t            *cr,
                      const BeamGeometry *geometry,
                      gint64              time_us,
                      const BeamStroke   *stroke)
{
  double x;

  if (!beam_geometry_is_valid (geometry) || time_us < geometry->from_us || time_us > geometry->to_us)
    return;

  x = fmin (beam_geometry_x (geometry, time_us), geometry->x + geometry->width - stroke->width / 2);
  x = beam_geometry_snap (geometry, x, stroke->width);

  cairo_save (cr);
  set_line (cr, stroke);
  cairo_new_path (cr);
  cairo_move_to (cr, x, geometry->y);
  cairo_line_to (cr, x, geometry->y + geometry->height);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
beam_paint_gap (cairo_t            *cr,
                const BeamGeometry *geometry,
                gint64              from_us,
                gint64              to_us,
                const GdkRGBA      *color)
{
  double left, right, height, hidden;

  if (!beam_geometry_is_valid (geometry) || to_us < geometry->from_us || from_us > geometry->to_us)
    return;

  left = beam_geometry_x (geometry, from_us);
  right = fmin (beam_geometry_x (geometry, to_us), geometry->x + geometry->width);
  height = geometry->height;

  cairo_save (cr);
  cairo_rectangle (cr, fmax (left, geometry->x), geometry->y, right - fmax (left, geometry->x), height);
  cairo_clip (cr);

  gdk_cairo_set_source_rgba (cr, &(GdkRGBA) { color->red, color->green, color->blue, color->alpha * 0.45f });
  cairo_paint (cr);

  /* The hatching belongs to the gap and slides with it; strokes that are left
   * of the plot are not worth a path. */
  hidden = fmax (geometry->x - left, 0);
  left += floor (hidden / HATCH_SPACING) * HATCH_SPACING;
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 1);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
  cairo_new_path (cr);
  for (double x = left - height; x < right; x += HATCH_SPACING)
    {
      cairo_move_to (cr, x, geometry->y + height);
      cairo_line_to (cr, x + height, geometry->y);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
beam_paint_event (cairo_t            *cr,
                  const BeamGeometry *geometry,
                  gint64              time_us,
                  const GdkRGBA      *color)
{
  const BeamStroke stroke = { *color, 1, BEAM_DASH_DOTTED };
  double x;

  if (!beam_geometry_is_valid (geometry) || time_us < geometry->from_us || time_us > geometry->to_us)
    return;

  beam_paint_time_line (cr, geometry, time_us, &stroke);

  x = beam_geometry_snap (geometry, beam_geometry_x (geometry, time_us), 1);
  cairo_save (cr);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_new_path (cr);
  cairo_move_to (cr, x - 4.5, geometry->y);
  cairo_line_to (cr, x + 4.5, geometry->y);
  cairo_line_to (cr, x, geometry->y + 6);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
add_polygon (cairo_t *cr,
             double   x,
             double   y,
             double   radius,
             int      corners,
             double   turn)
{
  for (int i = 0; i < corners; i++)
    {
      double angle = turn + 2 * G_PI * i / corners;

      cairo_line_to (cr, x + radius * cos (angle), y + radius * sin (angle));
    }
  cairo_close_path (cr);
}

/* Shapes of about the same ink, so that none looks more important. */
static void
add_marker (cairo_t    *cr,
            double      x,
            double      y,
            double      radius,
            BeamMarker  marker)
{
  cairo_new_path (cr);
  switch (marker)
    {
    case BEAM_MARKER_DIAMOND:
      add_polygon (cr, x, y, radius * 1.25, 4, 0);
      break;
    case BEAM_MARKER_SQUARE:
      add_polygon (cr, x, y, radius * 1.25, 4, G_PI / 4);
      break;
    case BEAM_MARKER_TRIANGLE:
      add_polygon (cr, x, y + radius * 0.2, radius * 1.35, 3, -G_PI / 2);
      break;
    case BEAM_MARKER_CROSS:
      cairo_move_to (cr, x - radius * 0.8, y - radius * 0.8);
      cairo_line_to (cr, x + radius * 0.8, y + radius * 0.8);
      cairo_move_to (cr, x + radius * 0.8, y - radius * 0.8);
      cairo_line_to (cr, x - radius * 0.8, y + radius * 0.8);
      break;
    case BEAM_MARKER_RING:
      cairo_arc (cr, x, y, radius * 0.8, 0, 2 * G_PI);
      break;
    case BEAM_MARKER_DISC:
    case BEAM_MARKER_NONE:
    default:
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
      break;
    }
}

void
beam_paint_marker (cairo_t       *cr,
                   double         x,
                   double         y,
                   double         size,
                   BeamMarker     marker,
                   const GdkRGBA *color,
                   const GdkRGBA *background)
{
  gboolean outlined = marker == BEAM_MARKER_RING || marker == BEAM_MARKER_CROSS;
  double radius = size / 2;

  if (marker == BEAM_MARKER_NONE || !isfinite (x) || !isfinite (y) || !(size > 0))
    return;

  cairo_save (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);

  add_marker (cr, x, y, radius, marker);
  gdk_cairo_set_source_rgba (cr, background);
  cairo_set_line_width (cr, outlined ? radius * 0.7 + 2.5 : 2.5);
  cairo_stroke_preserve (cr);
  if (marker == BEAM_MARKER_RING)
    cairo_fill_preserve (cr);

  gdk_cairo_set_source_rgba (cr, color);
  if (outlined)
    {
      cairo_set_line_width (cr, radius * 0.7);
      cairo_stroke (cr);
    }
  else
    {
      cairo_fill (cr);
    }
  cairo_restore (cr);
}

/* Pixels from the text to the end of its halo. */
#define HALO 2

/* The text in all places around its own, as one mask. */
static cairo_surface_t *
create_halo (PangoLayout          *layout,
             const PangoRectangle *ink)
{
  static const struct { int x, y; } places[] = {
    { -2, 0 }, { 2, 0 }, { 0, -2 }, { 0, 2 }, { -1, -1 }, { 1, -1 }, { -1, 1 }, { 1, 1 },
  };
  int width = ink->width + 2 * HALO;
  int height = ink->height + 2 * HALO;
  cairo_surface_t *text = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  cairo_surface_t *halo = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  int stride = cairo_image_surface_get_stride (halo);
  cairo_t *cr = cairo_create (text);
  const guchar *from;
  guchar *to;

  cairo_move_to (cr, HALO - ink->x, HALO - ink->y);
  pango_cairo_show_layout (cr, layout);
  cairo_destroy (cr);
  cairo_surface_flush (text);
  from = cairo_image_surface_get_data (text);
  to = cairo_image_surface_get_data (halo);

  for (int y = HALO; from != NULL && to != NULL && y < height - HALO; y++)
    for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
      for (int x = HALO; x < width - HALO; x++)
        {
          guchar *pixel = to + (y + places[i].y) * stride + x + places[i].x;

          *pixel = MAX (*pixel, from[y * stride + x]);
        }
  cairo_surface_mark_dirty (halo);
  cairo_surface_destroy (text);

  return halo;
}

/* On paper the outline, so that the text is there once and can be copied. On a
 * screen a mask: a stroke along every outline was a quarter of a frame, and so
 * were copies of the text, each shown anew whenever a renderer passes. */
static void
paint_halo (cairo_t       *cr,
            PangoLayout   *layout,
            double         x,
            double         y,
            const GdkRGBA *color)
{
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_target (cr));
  PangoRectangle ink;
  cairo_surface_t *halo;

  if (type == CAIRO_SURFACE_TYPE_SVG || type == CAIRO_SURFACE_TYPE_PDF)
    {
      gdk_cairo_set_source_rgba (cr, color);
      cairo_move_to (cr, x, y);
      pango_cairo_layout_path (cr, layout);
      cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_set_line_width (cr, HALO_WIDTH);
      cairo_stroke (cr);
      return;
    }

  pango_layout_get_pixel_extents (layout, &ink, NULL);
  halo = create_halo (layout, &ink);
  if (cairo_surface_status (halo) == CAIRO_STATUS_SUCCESS)
    beam_paint_mask (cr, halo, round (x) + ink.x - HALO, round (y) + ink.y - HALO, color);
  cairo_surface_destroy (halo);
}

void
beam_paint_text (cairo_t       *cr,
                 PangoLayout   *layout,
                 double         x,
                 double         y,
                 const GdkRGBA *color,
                 const GdkRGBA *background)
{
  if (!isfinite (x) || !isfinite (y))
    return;

  cairo_save (cr);
  cairo_new_path (cr);
  if (background != NULL)
    paint_halo (cr, layout, x, y, background);
  cairo_move_to (cr, x, y);
  gdk_cairo_set_source_rgba (cr, color);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
}
