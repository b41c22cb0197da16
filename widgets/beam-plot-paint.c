/* beam-plot-paint.c: how the marks of a plot look
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-decimate.h"
#include "beam-painter.h"
#include "beam-plot-private.h"
#include "beam-shapes.h"

#define LINE_WIDTH    2.0
#define FIT_WIDTH     1.4
#define DOT_SIZE      7.0
#define LAST_SIZE     12.0
#define FAINTEST      0.18

/* More dots than that are a density: each pixel as dark as it has dots. */
#define MOST_DOTS     1500
#define DENSITY_ALPHA 0.25

/* Older parts of a trace than that are as faint as the rest of them. */
#define MOST_SEGMENTS 400

gint64
beam_plot_place (const BeamSpan *x,
                 double          value)
{
  /* At most a hundred plots away; a line that leaves the plot keeps its slope. */
  return (gint64) (beam_scale_share (x->scale, x->low, x->high, value) * (double) BEAM_PLOT_RULER);
}

/* Marks may stand over the edge of the plot, lines do not leave it. */
static void
clip (cairo_t            *cr,
      const BeamGeometry *geometry,
      double              margin)
{
  cairo_rectangle (cr, geometry->x - margin, geometry->y - margin,
                   geometry->width + 2 * margin, geometry->height + 2 * margin);
  cairo_clip (cr);
}

/* --- Curves --- */

static double
y_of (const BeamXYPoint *point)
{
  return point->y;
}

static double
low_of (const BeamXYPoint *point)
{
  return point->low;
}

static double
high_of (const BeamXYPoint *point)
{
  return point->high;
}

/* One value of all points, as a line of the time charts; at most a few points
 * for each pixel column. With @steps each goes level up to the next. */
static GArray *
collect (const BeamGeometry *geometry,
         const BeamSpan     *x,
         BeamXYSeries       *series,
         double            (*get) (const BeamXYPoint *point),
         gboolean            steps)
{
  GArray *ret = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
  BeamDecimator decimator;
  guint n;
  const BeamXYPoint *points = beam_xy_series_get_points (series, &n);
  gboolean many = n > geometry->width * geometry->device_scale * 2;
  double before = (double) NAN;

  beam_decimator_init (&decimator, many ? beam_geometry_pixel_us (geometry) : 0, ret);
  for (guint i = 0; i < n; i++)
    {
      double value = get (&points[i]);
      gint64 place;

      if (isnan (points[i].x))
        continue;
      place = beam_plot_place (x, points[i].x);
      if (steps && !isnan (before))
        beam_decimator_add (&decimator, place, before);
      beam_decimator_add (&decimator, place, isinf (value) ? (double) NAN : value);
      before = value;
    }
  beam_decimator_finish (&decimator);
  return ret;
}

static void
paint_curve (cairo_t            *cr,
             const BeamGeometry *geometry,
             const BeamSpan     *x,
             const BeamStyle    *style,
             BeamXYSeries       *series,
             gboolean            steps,
             const BeamStroke   *stroke)
{
  g_autoptr (GArray) line = collect (geometry, x, series, y_of, steps);
  g_autoptr (GArray) low = collect (geometry, x, series, low_of, steps);
  g_autoptr (GArray) high = collect (geometry, x, series, high_of, steps);
  GdkRGBA soft = stroke->color;

  clip (cr, geometry, stroke->width / 2);
  soft.alpha = (float) style->fill_alpha;
  beam_paint_band (cr, geometry, (const BeamPoint *) (gpointer) low->data, low->len,
                   (const BeamPoint *) (gpointer) high->data, high->len, &soft);
  beam_paint_line (cr, geometry, (const BeamPoint *) (gpointer) line->data, line->len, stroke);
}

/* --- Clouds --- */

/* FALSE for what is not in the plot. */
static gboolean
locate (const BeamGeometry *geometry,
        const BeamSpan     *x,
        const BeamXYPoint  *point,
        double             *ret_x,
        double             *ret_y)
{
  if (!isfinite (point->x) || !isfinite (point->y))
    return FALSE;

  *ret_x = beam_geometry_x (geometry, beam_plot_place (x, point->x));
  *ret_y = beam_geometry_y (geometry, point->y);
  return *ret_x >= geometry->x - 1 && *ret_x <= geometry->x + geometry->width + 1 &&
         *ret_y >= geometry->y - 1 && *ret_y <= geometry->y + geometry->height + 1;
}

static void
darken (guchar *pixel)
{
  *pixel = (guchar) (*pixel + (255 - *pixel) * DENSITY_ALPHA);
}

static void
paint_density (cairo_t            *cr,
               const BeamGeometry *geometry,
               const BeamSpan     *x,
               const BeamXYPoint  *points,
               guint               n,
               const GdkRGBA      *color)
{
  int width = (int) ceil (geometry->width * geometry->device_scale);
  int height = (int) ceil (geometry->height * geometry->device_scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  guchar *mask = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (guint i = 0; mask != NULL && i < n; i++)
    {
      double px, py;
      int column, row;

      if (!locate (geometry, x, &points[i], &px, &py))
        continue;
      column = (int) ((px - geometry->x) * geometry->device_scale);
      row = (int) ((py - geometry->y) * geometry->device_scale);
      /* Two by two pixels: one alone would not be seen. */
      for (int dy = 0; dy < 2; dy++)
        for (int dx = 0; dx < 2; dx++)
          if (column + dx >= 0 && column + dx < width && row + dy >= 0 && row + dy < height)
            darken (mask + (row + dy) * stride + column + dx);
    }
  cairo_surface_mark_dirty (surface);
  cairo_surface_set_device_scale (surface, geometry->device_scale, geometry->device_scale);
  beam_paint_mask (cr, surface, geometry->x, geometry->y, color);
  cairo_surface_destroy (surface);
}

static void
paint_dots (cairo_t            *cr,
            const BeamGeometry *geometry,
            const BeamSpan     *x,
            const BeamStyle    *style,
            BeamXYSeries       *series,
            int                 identity,
            const GdkRGBA      *color)
{
  guint n;
  const BeamXYPoint *points = beam_xy_series_get_points (series, &n);
  GdkRGBA rim = style->background;

  if (n > MOST_DOTS)
    {
      paint_density (cr, geometry, x, points, n, color);
      return;
    }

  rim.alpha = 0.6f;
  for (guint i = 0; i < n; i++)
    {
      double px, py;

      if (locate (geometry, x, &points[i], &px, &py))
        beam_paint_marker (cr, px, py, DOT_SIZE, beam_identity_get_marker (identity), color, &rim);
    }
}

static gboolean
is_known (const BeamXYPoint *point)
{
  return isfinite (point->x) && isfinite (point->y);
}

/* How faint the @i-th of @n points of a trace is. */
static GdkRGBA
shade_at (const GdkRGBA *color,
          guint          i,
          guint          n)
{
  double age = n > 1 ? (double) (n - 1 - i) / (n - 1) : 0;
  GdkRGBA shade = *color;

  shade.alpha = (float) (FAINTEST + (1 - FAINTEST) * (1 - age) * (1 - age));
  return shade;
}

/* From the faint past to the last point: the way under the points. */
static void
paint_trace (cairo_t            *cr,
             const BeamGeometry *geometry,
             const BeamSpan     *x,
             const BeamStyle    *style,
             BeamXYSeries       *series,
             int                 identity,
             const GdkRGBA      *color)
{
  guint n;
  const BeamXYPoint *points = beam_xy_series_get_points (series, &n);
  guint first = n > MOST_SEGMENTS ? n - MOST_SEGMENTS : 0;

  if (first > 0)
    {
      GdkRGBA faint = *color;

      faint.alpha = (float) FAINTEST * 2;
      paint_density (cr, geometry, x, points, first, &faint);
    }

  cairo_save (cr);
  clip (cr, geometry, 1);
  for (guint i = first + 1; i < n; i++)
    if (is_known (&points[i - 1]) && is_known (&points[i]))
      {
        GdkRGBA shade = shade_at (color, i - first, n - first);

        beam_paint_straight (cr, beam_geometry_x (geometry, beam_plot_place (x, points[i - 1].x)),
                             beam_geometry_y (geometry, points[i - 1].y),
                             beam_geometry_x (geometry, beam_plot_place (x, points[i].x)),
                             beam_geometry_y (geometry, points[i].y), 1.2, BEAM_DASH_SOLID, &shade);
      }
  cairo_restore (cr);

  for (guint i = first; i < n; i++)
    {
      GdkRGBA shade = shade_at (color, i - first, n - first);
      double px, py;

      if (locate (geometry, x, &points[i], &px, &py))
        beam_paint_marker (cr, px, py, i + 1 == n ? LAST_SIZE : DOT_SIZE * 0.75, beam_identity_get_marker (identity),
                           &shade, i + 1 == n ? &style->background : &(GdkRGBA) { 0, 0, 0, 0 });
    }
}

void
beam_plot_paint (cairo_t            *cr,
                 const BeamGeometry *geometry,
                 const BeamSpan     *x,
                 const BeamStyle    *style,
                 BeamXYSeries       *series,
                 BeamMark            mark,
                 int                 identity)
{
  BeamStroke stroke = { beam_style_get_identity (style, identity), LINE_WIDTH, beam_identity_get_dash (identity) };

  if (!beam_geometry_is_valid (geometry))
    return;

  cairo_save (cr);
  clip (cr, geometry, LAST_SIZE / 2);
  switch (mark)
    {
    case BEAM_MARK_FIT:
      stroke.width = FIT_WIDTH;
      stroke.dash = BEAM_DASH_DENSE;
      paint_curve (cr, geometry, x, style, series, FALSE, &stroke);
      break;
    case BEAM_MARK_DOTS:
      paint_dots (cr, geometry, x, style, series, identity, &stroke.color);
      break;
    case BEAM_MARK_TRACE:
      paint_trace (cr, geometry, x, style, series, identity, &stroke.color);
      break;
    case BEAM_MARK_LINE:
    case BEAM_MARK_STEPS:
    default:
      paint_curve (cr, geometry, x, style, series, mark == BEAM_MARK_STEPS, &stroke);
      break;
    }
  cairo_restore (cr);
}

/* --- Guides --- */

static void
guide_span (const BeamGeometry *geometry,
            const BeamSpan     *x,
            const BeamGuide    *guide,
            double              value,
            double             *ret)
{
  gboolean upright = guide->orientation == GTK_ORIENTATION_VERTICAL;
  double start = upright ? geometry->x : geometry->y;
  double length = upright ? geometry->width : geometry->height;

  *ret = upright ? beam_geometry_x (geometry, beam_plot_place (x, value)) : beam_geometry_y (geometry, value);
  *ret = CLAMP (*ret, start, start + length);
}

static void
paint_guide_interval (cairo_t            *cr,
                      const BeamFrame    *frame,
                      const BeamGeometry *geometry,
                      const BeamSpan     *x,
                      const BeamGuide    *guide)
{
  GdkRGBA shade = frame->style->ink;
  double a, b;
  BeamRect area;

  if (!isfinite (guide->low) || !isfinite (guide->high))
    return;

  guide_span (geometry, x, guide, guide->low, &a);
  guide_span (geometry, x, guide, guide->high, &b);
  area = guide->orientation == GTK_ORIENTATION_VERTICAL
           ? (BeamRect) { fmin (a, b), geometry->y, fabs (b - a), geometry->height }
           : (BeamRect) { geometry->x, fmin (a, b), geometry->width, fabs (b - a) };
  shade.alpha = frame->style->high_contrast ? 0.22f : 0.10f;
  beam_paint_bar (cr, &area, 0, BEAM_FILL_SOLID, &shade);
}

void
beam_plot_paint_guide (cairo_t            *cr,
                       const BeamFrame    *frame,
                       const BeamGeometry *geometry,
                       const BeamSpan     *x,
                       const BeamGuide    *guide)
{
  gboolean upright = guide->orientation == GTK_ORIENTATION_VERTICAL;
  const GdkRGBA *color = &frame->style->threshold;
  double right = geometry->x + geometry->width;
  double share = upright ? beam_scale_share (x->scale, x->low, x->high, guide->value)
                         : beam_scale_share (geometry->scale, geometry->low, geometry->high, guide->value);
  double at;

  paint_guide_interval (cr, frame, geometry, x, guide);
  if (!isfinite (guide->value) || share < -1e-9 || share > 1 + 1e-9)
    return;

  guide_span (geometry, x, guide, guide->value, &at);
  at = beam_frame_snap (frame, at, 1);
  if (upright)
    {
      double width = beam_frame_measure (frame, guide->label, BEAM_FRAME_LABEL);
      gboolean before = at + 5 + width > right;
      const BeamLabel label = { before ? at - 5 : at + 5, geometry->y + 1, before ? 1 : 0, 0, 0, color, BEAM_FRAME_LABEL, TRUE };

      beam_paint_straight (cr, at, geometry->y, at, geometry->y + geometry->height, 1.5, BEAM_DASH_DASHED, color);
      beam_frame_write (frame, cr, guide->label, &label);
    }
  else
    {
      const BeamLabel label = { geometry->x + 4, at - 2, 0, at - 2 - frame->line_height < geometry->y ? 0 : 1, 0,
                                color, BEAM_FRAME_LABEL, TRUE };

      beam_paint_straight (cr, geometry->x, at, right, at, 1.5, BEAM_DASH_DASHED, color);
      beam_frame_write (frame, cr, guide->label, &label);
    }
}
