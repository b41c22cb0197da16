/* beam-columns.c: a line as one span of pixels per pixel column
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where there is a point for every pixel, a path is the wrong tool: cairo's
 * stroker pays for every point and for the height that the line covers, and is
 * quadratic in one long path. Here the line becomes, per pixel column, the span
 * of rows that it crosses; the spans are written into an 8-bit mask with exact
 * coverage at their two ends, and the mask is painted once. The cost depends on
 * the size of the plot and hardly on the data. There is no antialiasing from
 * left to right, which is why sparse lines stay with cairo.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>
#include <string.h>

#include "beam-columns.h"
#include "beam-shapes.h"

#define LARGEST_SURFACE 16384

/* What remains of a line in the gaps of its dashes. */
#define FADED 0.3

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
}

static void
cover (BeamColumns *self,
       int          column,
       double       y)
{
  if (column < 0 || column >= self->n)
    return;

  self->top[column] = fminf (self->top[column], (float) y);
  self->bottom[column] = fmaxf (self->bottom[column], (float) y);
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
      cover (self, column, low);
      cover (self, column, high);
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

  if (x1 < 0 || x0 > self->n)
    return;

  for (int column = first; column <= last; column++)
    {
      double left = CLAMP ((double) column, x0, x1);
      double right = CLAMP ((double) column + 1, x0, x1);

      cover (self, column, y0 + slope * (left - x0));
      cover (self, column, y0 + slope * (right - x0));
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

static void
write_column (guchar *mask,
              int     stride,
              int     height,
              double  top,
              double  bottom,
              double  strength)
{
  int first, last;

  top = CLAMP (top, 0, height);
  bottom = CLAMP (bottom, 0, height);
  if (bottom <= top)
    return;

  first = (int) floor (top);
  last = MIN ((int) ceil (bottom), height);
  for (int row = first; row < last; row++)
    {
      double covered = fmin (bottom, row + 1) - fmax (top, row);

      mask[row * stride] = (guchar) lround (255 * strength * covered);
    }
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
        write_column (mask + i, stride, self->height,
                      (double) self->top[i] - grow, (double) self->bottom[i] + grow, strength);
    }
  cairo_surface_mark_dirty (surface);

  cairo_surface_set_device_scale (surface, geometry->device_scale, geometry->device_scale);
  beam_paint_mask (cr, surface, geometry->x, geometry->y, &stroke->color);
  cairo_surface_destroy (surface);
}
