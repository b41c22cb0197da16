/* beam-columns.c: a line as one span of pixels per pixel column
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where there is a point for every pixel, a path is the wrong tool: cairo's
 * stroker pays for every point and for the height that the line covers, and is
 * quadratic in one long path. Here the line becomes, per pixel column, the span
 * of rows that it crosses; the spans are written into an 8-bit mask with exact
 * coverage at their two ends, and the mask is painted once. The cost depends on
 * the size of the plot and hardly on the data.
 *
 * Where a span ends with the line on its way up or down, the edge of the stroke
 * crosses the column at that slope: the coverage falls off over as many rows as
 * the line rises in a column, and the stroke is as high as its width at that
 * slope. So a straight piece looks as cairo's does. A near-vertical piece is one
 * column wide.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>
#include <string.h>

#include "beam-columns.h"
#include "beam-shapes.h"

#define LARGEST_SURFACE 16384

/* Points per device pixel from which on columns are better: of joined samples,
 * and of any. Between points that are further apart than three pixels a steep
 * piece is seen to be one column wide. */
static const struct { double joined, any; } enough[] = {
  { 0.2, 0.35 }, /* on a screen */
  { 0.5, 1.5 },  /* on paper */
};

/* Rows a column: beyond that a piece is as good as upright. */
#define STEEPEST 8.0

/* What remains of a line in the gaps of its dashes. */
#define FADED 0.3

gboolean
beam_columns_are_better (cairo_t            *cr,
                         const BeamGeometry *geometry,
                         const BeamVertex   *vertices,
                         guint               n)
{
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_target (cr));
  int paper = type == CAIRO_SURFACE_TYPE_SVG || type == CAIRO_SURFACE_TYPE_PDF;
  double per_pixel = n / fmax (geometry->width * geometry->device_scale, 1);

  if (per_pixel > enough[paper].any || per_pixel < enough[paper].joined)
    return per_pixel > enough[paper].any;

  for (guint i = 0; i < n; i++)
    if (vertices[i].top < vertices[i].bottom)
      return TRUE;

  return FALSE;
}

gboolean
beam_columns_init (BeamColumns        *self,
                   const BeamGeometry *geometry)
{
  double width = ceil (geometry->width * geometry->device_scale);
  double height = ceil (geometry->height * geometry->device_scale);

  if (width < 1 || height < 1 || width > LARGEST_SURFACE || height > LARGEST_SURFACE)
    return FALSE;

  self->n = (int) width;
  self->height = (int) height;
  self->top = g_new (float, self->n);
  self->bottom = g_new (float, self->n);
  self->top_rise = g_new0 (float, self->n);
  self->bottom_rise = g_new0 (float, self->n);
  for (int i = 0; i < self->n; i++)
    {
      self->top[i] = (float) height;
      self->bottom[i] = -1;
    }

  return TRUE;
}

void
beam_columns_clear (BeamColumns *self)
{
  g_clear_pointer (&self->top, g_free);
  g_clear_pointer (&self->bottom, g_free);
  g_clear_pointer (&self->top_rise, g_free);
  g_clear_pointer (&self->bottom_rise, g_free);
}

/* @rise: of the line where it is at @y, in rows a column; 0 at its points. */
static void
cover (BeamColumns *self,
       int          column,
       double       y,
       double       rise)
{
  if (column < 0 || column >= self->n)
    return;

  if ((float) y < self->top[column])
    {
      self->top[column] = (float) y;
      self->top_rise[column] = (float) rise;
    }
  if ((float) y > self->bottom[column])
    {
      self->bottom[column] = (float) y;
      self->bottom_rise[column] = (float) rise;
    }
}

/* A span stands for all columns up to the next point: a bucket of time a little
 * wider than a pixel must not leave a crack. */
static void
cover_span (BeamColumns *self,
            double       x0,
            double       x1,
            double       low,
            double       high)
{
  int first = CLAMP ((int) floor (x0), -1, self->n);
  int last = CLAMP ((int) ceil (x1) - 1, first, self->n);

  for (int column = first; column <= last; column++)
    {
      cover (self, column, low, 0);
      cover (self, column, high, 0);
    }
}

/* The piece of the line from one point to the next, cut at column edges. */
static void
add_piece (BeamColumns *self,
           double       x0,
           double       y0,
           double       x1,
           double       y1)
{
  int first = CLAMP ((int) floor (x0), 0, self->n - 1);
  int last = CLAMP ((int) floor (x1), 0, self->n - 1);
  double slope = x1 > x0 ? (y1 - y0) / (x1 - x0) : 0;
  double rise = fmin (fabs (slope), STEEPEST);

  if (x1 < 0 || x0 > self->n)
    return;

  for (int column = first; column <= last; column++)
    {
      double left = CLAMP ((double) column, x0, x1);
      double right = CLAMP ((double) column + 1, x0, x1);

      cover (self, column, y0 + slope * (left - x0), left > x0 ? rise : 0);
      cover (self, column, y0 + slope * (right - x0), right < x1 ? rise : 0);
    }
}

void
beam_columns_add (BeamColumns        *self,
                  const BeamGeometry *geometry,
                  const BeamVertex   *vertices,
                  guint               n)
{
  double scale = geometry->device_scale;
  double previous_x = 0;
  double previous_y = 0;

  for (guint i = 0; i < n; i++)
    {
      const BeamVertex *vertex = &vertices[i];
      double x = (vertex->x - geometry->x) * scale;
      double y = (vertex->last - geometry->y) * scale;
      gboolean has_next = i + 1 < n && !isnan (vertices[i + 1].last);
      double end = has_next && vertex->top < vertex->bottom ? (vertices[i + 1].x - geometry->x) * scale : x;

      if (isnan (y))
        continue;

      cover_span (self, x, end, (vertex->bottom - geometry->y) * scale, (vertex->top - geometry->y) * scale);
      if (i > 0 && !isnan (vertices[i - 1].last))
        add_piece (self, previous_x, previous_y, x, y);

      previous_x = x;
      previous_y = y;
    }
}

/* Lengths of on and off in device columns; 0: solid. */
static void
dash_columns (const BeamStroke *stroke,
              double            scale,
              int              *ret_on,
              int              *ret_off)
{
  static const struct { int on; int off; } lengths[] = {
    [BEAM_DASH_SOLID] = { 0, 0 },
    [BEAM_DASH_DASHED] = { 6, 4 },
    [BEAM_DASH_DOTTED] = { 2, 3 },
    [BEAM_DASH_DASH_DOT] = { 9, 5 },
    [BEAM_DASH_LONG] = { 14, 5 },
    [BEAM_DASH_DENSE] = { 4, 2 },
  };

  *ret_on = (int) lround (lengths[stroke->dash].on * scale);
  *ret_off = (int) lround (lengths[stroke->dash].off * scale);
}

/* The upper or lower edge of a stroke in one column. */
typedef struct {
  double y;     /* where half of the column is covered */
  double half;  /* of the rows over which the coverage changes, which are at least 1 */
  double slope; /* coverage a row */
} Edge;

/* @outward: -1 for an upper edge, 1 for a lower one. */
static Edge
find_edge (double end,
           double rise,
           double half_width,
           double outward)
{
  /* Most columns lie between two points that are nearly level, or hold a point. */
  double length = MAX (rise, 1);
  double stretch = rise > 0 ? sqrt (1 + rise * rise) : 1;

  return (Edge) { end + outward * (half_width * stretch - rise / 2), length / 2, 1 / length };
}

static double
below (const Edge *edge,
       int         row)
{
  return CLAMP (0.5 + (row + 0.5 - edge->y) * edge->slope, 0, 1);
}

static void
write_edge (guchar     *mask,
            int         stride,
            int         first,
            int         last,
            const Edge *top,
            const Edge *bottom,
            double      strength)
{
  for (int row = first; row < last; row++)
    {
      double covered = below (top, row) - below (bottom, row);

      mask[row * stride] = (guchar) (0.5 + 255 * strength * MAX (covered, 0));
    }
}

/* The whole numbers under and over @value, within limits that are not negative:
 * the functions of the C library were half the cost of a column. */
static int
row_under (double value,
           int    least,
           int    most)
{
  return value <= least ? least : value >= most ? most : (int) value;
}

static int
row_over (double value,
          int    least,
          int    most)
{
  int row = row_under (value, least, most);

  return row < value && row < most ? row + 1 : row;
}

/* The rows of one column: covered in part at both ends, whole in between. */
static void
write_column (const BeamColumns *self,
              guchar            *mask,
              int                stride,
              const Edge        *top,
              const Edge        *bottom,
              double             strength)
{
  int height = self->height;
  int first = row_under (top->y - top->half, 0, height);
  int last = row_over (bottom->y + bottom->half, first, height);
  int whole_first = row_over (top->y + top->half, first, last);
  int whole_last = row_under (bottom->y - bottom->half, whole_first, last);
  guchar whole = (guchar) (0.5 + 255 * strength);

  write_edge (mask, stride, first, whole_first, top, bottom, strength);
  for (int row = whole_first; row < whole_last; row++)
    mask[row * stride] = whole;
  write_edge (mask, stride, whole_last, last, top, bottom, strength);
}

void
beam_columns_paint (const BeamColumns  *self,
                    cairo_t            *cr,
                    const BeamGeometry *geometry,
                    const BeamStroke   *stroke)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, self->n, self->height);
  guchar *mask = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  double grow = stroke->width * geometry->device_scale / 2;
  gint64 phase = geometry->from_us / beam_geometry_pixel_us (geometry);
  int on, off;

  if (mask == NULL)
    {
      cairo_surface_destroy (surface);
      return;
    }

  dash_columns (stroke, geometry->device_scale, &on, &off);
  for (int i = 0; i < self->n; i++)
    {
      double strength = on > 0 && (phase + i) % (on + off) >= on ? FADED : 1;

      if (self->top[i] <= self->bottom[i])
        {
          Edge top = find_edge ((double) self->top[i], (double) self->top_rise[i], grow, -1);
          Edge bottom = find_edge ((double) self->bottom[i], (double) self->bottom_rise[i], grow, 1);

          write_column (self, mask + i, stride, &top, &bottom, strength);
        }
    }
  cairo_surface_mark_dirty (surface);

  cairo_surface_set_device_scale (surface, geometry->device_scale, geometry->device_scale);
  beam_paint_mask (cr, surface, geometry->x, geometry->y, &stroke->color);
  cairo_surface_destroy (surface);
}
