/* sy-thumbnail.c: two lines as a small picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It stands among the pictures of other files, on a ground of its own: a file manager
 * does not say whether it is light or dark.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-thumbnail.h"

#include <cairo.h>
#include <math.h>

#define UNITS 128.0 /* its width, in those that follow */
#define HEIGHT 96.0
#define EDGE 0.75
#define CORNER 8.0
#define MARGIN 12.0
#define STROKE 3.5
#define MARKER 5.0
#define HEADROOM 1.1
#define N_GRID 3

static const double ground[] = { 0.99, 0.99, 0.99 };
static const double grid[] = { 0.85, 0.85, 0.85 };
static const double axis[] = { 0.45, 0.45, 0.45 };
static const double inks[SY_THUMBNAIL_LINES][3] = { { 0.11, 0.443, 0.847 }, { 0.776, 0.275, 0 } };
static const double dash[] = { 6, 5 };

static void
set_ink (cairo_t      *cr,
         const double *ink)
{
  cairo_set_source_rgb (cr, ink[0], ink[1], ink[2]);
}

static void
draw_ground (cairo_t *cr)
{
  const double right = UNITS - EDGE - CORNER, bottom = HEIGHT - EDGE - CORNER, near = EDGE + CORNER;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right, near, CORNER, -G_PI_2, 0);
  cairo_arc (cr, right, bottom, CORNER, 0, G_PI_2);
  cairo_arc (cr, near, bottom, CORNER, G_PI_2, G_PI);
  cairo_arc (cr, near, near, CORNER, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
  set_ink (cr, ground);
  cairo_fill_preserve (cr);
  set_ink (cr, axis);
  cairo_set_line_width (cr, 2 * EDGE);
  cairo_stroke (cr);

  cairo_set_line_width (cr, 1);
  for (guint i = 0; i <= N_GRID; i++)
    {
      const double y = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * i / N_GRID;

      set_ink (cr, i == 0 ? axis : grid);
      cairo_move_to (cr, MARGIN, y);
      cairo_line_to (cr, UNITS - MARGIN, y);
      cairo_stroke (cr);
    }
}

static double
find_most (GArray *const *lines)
{
  double most = 0;

  for (guint i = 0; i < SY_THUMBNAIL_LINES; i++)
    for (guint k = 0; lines[i] != NULL && k < lines[i]->len; k++)
      most = fmax (most, g_array_index (lines[i], SyThumbnailPoint, k).value);

  return isfinite (most) && most > 0 ? most * HEADROOM : 1;
}

static void
draw_marker (cairo_t *cr,
             guint    line,
             double   x,
             double   y)
{
  cairo_new_sub_path (cr);
  if (line == 0)
    {
      cairo_arc (cr, x, y, MARKER, 0, 2 * G_PI);
    }
  else
    {
      cairo_move_to (cr, x - MARKER, y);
      cairo_line_to (cr, x, y - MARKER);
      cairo_line_to (cr, x + MARKER, y);
      cairo_line_to (cr, x, y + MARKER);
      cairo_close_path (cr);
    }
  cairo_fill (cr);
}

static void
draw_line (cairo_t      *cr,
           guint         line,
           const GArray *points,
           double        most)
{
  double x = NAN, y = NAN;
  gboolean is_begun = FALSE;

  set_ink (cr, inks[line]);
  cairo_set_line_width (cr, STROKE);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (cr, dash, line == 0 ? 0 : G_N_ELEMENTS (dash), 0);

  for (guint i = 0; i < points->len; i++)
    {
      const SyThumbnailPoint *point = &g_array_index (points, SyThumbnailPoint, i);

      if (!isfinite (point->value) || !isfinite (point->at))
        {
          is_begun = FALSE;
          continue;
        }

      x = MARGIN + (UNITS - 2 * MARGIN) * CLAMP (point->at, 0, 1);
      y = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * CLAMP (point->value / most, 0, 1);
      if (!is_begun)
        cairo_move_to (cr, x, y);
      /* One that is alone between two gaps is a dot. */
      cairo_line_to (cr, x, y);
      is_begun = TRUE;
    }

  cairo_stroke (cr);
  if (isfinite (x))
    draw_marker (cr, line, x, y);
}

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
sy_thumbnail_draw (GArray *const lines[SY_THUMBNAIL_LINES],
                   guint         size)
{
  const int width = (int) CLAMP (size, SY_THUMBNAIL_MIN_SIZE, SY_THUMBNAIL_MAX_SIZE);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, (int) (width * HEIGHT / UNITS));
  cairo_t *cr = cairo_create (surface);
  GByteArray *png = g_byte_array_new ();
  const double most = find_most (lines);

  cairo_scale (cr, width / UNITS, width / UNITS);
  draw_ground (cr);
  for (guint i = 0; i < SY_THUMBNAIL_LINES; i++)
    if (lines[i] != NULL)
      draw_line (cr, i, lines[i], most);

  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, write_cb, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}
