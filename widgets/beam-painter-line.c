/* beam-painter-line.c: a line through points
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sparse points are a cairo path, cut into pieces because the stroker is
 * quadratic in one long path. The pieces end at fixed times rather than after
 * so many points: each begins its dashes anew, and so the dashes stand still on
 * the data while the picture slides, instead of creeping along the line
 * whenever a point leaves at the left.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-columns.h"
#include "beam-painter.h"

/* Device pixels between two restarts of the dashes, and the most points of one
 * piece: far below where the quadratic term is felt. */
#define PIECE_PIXELS 96
#define PIECE_POINTS 256

/* Points per device pixel: of joined samples, and of any. */
#define DENSE_JOINED 0.5
#define DENSE_RAW    1.5

gboolean
beam_painter_is_dense (const BeamGeometry *geometry,
                       const BeamPoint    *points,
                       guint               n)
{
  double per_pixel = n / fmax (geometry->width * geometry->device_scale, 1);

  if (per_pixel > DENSE_RAW || per_pixel < DENSE_JOINED)
    return per_pixel > DENSE_RAW;

  for (guint i = 0; i < n; i++)
    if (points[i].low < points[i].high)
      return TRUE;

  return FALSE;
}

gint64
beam_painter_dash_restart (const BeamGeometry *geometry,
                           gint64              time_us)
{
  gint64 piece_us = beam_geometry_pixel_us (geometry) * PIECE_PIXELS;
  gint64 rest = time_us % piece_us;

  return time_us - (rest < 0 ? rest + piece_us : rest);
}

static void
set_stroke (cairo_t          *cr,
            const BeamStroke *stroke)
{
  static const double dashed[] = { 4.5, 2.5 };
  static const double dotted[] = { 1.2, 2.2 };
  static const double dash_dot[] = { 6, 2, 1.2, 2 };
  static const double long_dash[] = { 9, 2.5 };
  static const double dense[] = { 2.6, 1.4 };
  static const struct { const double *lengths; int n; } patterns[] = {
    [BEAM_DASH_SOLID] = { NULL, 0 },
    [BEAM_DASH_DASHED] = { dashed, G_N_ELEMENTS (dashed) },
    [BEAM_DASH_DOTTED] = { dotted, G_N_ELEMENTS (dotted) },
    [BEAM_DASH_DASH_DOT] = { dash_dot, G_N_ELEMENTS (dash_dot) },
    [BEAM_DASH_LONG] = { long_dash, G_N_ELEMENTS (long_dash) },
    [BEAM_DASH_DENSE] = { dense, G_N_ELEMENTS (dense) },
  };
  double unit = fmax (stroke->width, 1.2);
  double lengths[4] = { 0 };

  for (int i = 0; i < patterns[stroke->dash].n; i++)
    lengths[i] = patterns[stroke->dash].lengths[i] * unit;

  gdk_cairo_set_source_rgba (cr, &stroke->color);
  cairo_set_line_width (cr, stroke->width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, stroke->dash == BEAM_DASH_SOLID ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_set_dash (cr, lengths, patterns[stroke->dash].n, 0);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
}

/* A dot: the only known point of its run would otherwise not be seen. */
static void
paint_lone_point (cairo_t          *cr,
                  double            x,
                  double            y,
                  const BeamStroke *stroke)
{
  cairo_new_path (cr);
  cairo_arc (cr, x, y, fmax (stroke->width, 1.5), 0, 2 * G_PI);
  cairo_fill (cr);
}

/* Adds a point with its extremes: the nearer one first, so that the line does
 * not cross itself. Returns how many vertices that were. */
static guint
add_point (cairo_t            *cr,
           const BeamGeometry *geometry,
           const BeamPoint    *point,
           double              x,
           double             *y)
{
  double low = beam_geometry_y (geometry, point->low);
  double high = beam_geometry_y (geometry, point->high);
  gboolean low_first = fabs (low - *y) < fabs (high - *y);

  *y = beam_geometry_y (geometry, point->last);
  if (point->low < point->high)
    {
      cairo_line_to (cr, x, low_first ? low : high);
      cairo_line_to (cr, x, low_first ? high : low);
    }
  cairo_line_to (cr, x, *y);

  return point->low < point->high ? 3 : 1;
}

/* One run without a gap: points[0] to points[n - 1] are finite. */
static void
paint_run (cairo_t            *cr,
           const BeamGeometry *geometry,
           const BeamPoint    *points,
           guint               n,
           const BeamStroke   *stroke)
{
  gint64 piece = beam_painter_dash_restart (geometry, points[0].time_us);
  double y = beam_geometry_y (geometry, points[0].last);
  guint n_vertices = 0;

  if (n == 1 && points[0].low == points[0].high)
    {
      paint_lone_point (cr, beam_geometry_x (geometry, points[0].time_us), y, stroke);
      return;
    }

  cairo_new_path (cr);
  for (guint i = 0; i < n; i++)
    {
      double x = beam_geometry_x (geometry, points[i].time_us);
      gint64 next_piece = beam_painter_dash_restart (geometry, points[i].time_us);

      n_vertices += add_point (cr, geometry, &points[i], x, &y);
      if (next_piece != piece || n_vertices > PIECE_POINTS)
        {
          cairo_stroke (cr);
          cairo_move_to (cr, x, y);
          piece = next_piece;
          n_vertices = 0;
        }
    }
  cairo_stroke (cr);
}

void
beam_paint_line (cairo_t            *cr,
                 const BeamGeometry *geometry,
                 const BeamPoint    *points,
                 guint               n,
                 const BeamStroke   *stroke)
{
  BeamColumns columns;
  guint start = 0;

  if (!beam_geometry_is_valid (geometry) || n == 0)
    return;

  if (beam_painter_is_dense (geometry, points, n) && beam_columns_init (&columns, geometry))
    {
      beam_columns_add (&columns, geometry, points, n);
      beam_columns_paint (&columns, cr, geometry, stroke);
      beam_columns_clear (&columns);
      return;
    }

  cairo_save (cr);
  set_stroke (cr, stroke);
  for (guint i = 0; i <= n; i++)
    {
      if (i < n && !isnan (points[i].low))
        continue;

      if (i > start)
        paint_run (cr, geometry, points + start, i - start, stroke);
      start = i + 1;
    }
  cairo_restore (cr);
}
