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

/* A line goes on a little beyond the right edge: its round end is not seen. */
#define MARGIN_PIXELS 8

static gint64
piece_length_us (const BeamGeometry *geometry)
{
  return beam_geometry_pixel_us (geometry) * PIECE_PIXELS;
}

gint64
beam_painter_dash_restart (const BeamGeometry *geometry,
                           gint64              time_us)
{
  gint64 length_us = piece_length_us (geometry);
  gint64 rest = time_us % length_us;

  return time_us - (rest < 0 ? rest + length_us : rest);
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
  cairo_set_line_join (cr, stroke->dash == BEAM_DASH_SOLID ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_BEVEL);
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

/* Adds a vertex with its extremes: the nearer one first, so that the line does
 * not cross itself. Returns how many points of the path that were. */
static guint
add_vertex (cairo_t          *cr,
            const BeamVertex *vertex,
            double            y)
{
  gboolean top_first = fabs (vertex->top - y) < fabs (vertex->bottom - y);

  if (vertex->top < vertex->bottom)
    {
      cairo_line_to (cr, vertex->x, top_first ? vertex->top : vertex->bottom);
      cairo_line_to (cr, vertex->x, top_first ? vertex->bottom : vertex->top);
    }
  cairo_line_to (cr, vertex->x, vertex->last);

  return vertex->top < vertex->bottom ? 3 : 1;
}

/* Ends the piece and begins the next at the same place. */
static void
begin_piece (cairo_t *cr,
             double   x,
             double   y)
{
  cairo_stroke (cr);
  cairo_move_to (cr, x, y);
}

/* From one vertex to the next, cut wherever a piece ends between them; returns
 * the start of the piece that the second one is in. */
static gint64
cut_pieces (cairo_t            *cr,
            const BeamGeometry *geometry,
            const BeamVertex   *a,
            const BeamVertex   *b,
            gint64              piece_us)
{
  gint64 length_us = piece_length_us (geometry);

  for (piece_us += length_us; piece_us <= b->time_us; piece_us += length_us)
    {
      double share = (double) (piece_us - a->time_us) / (double) (b->time_us - a->time_us);
      double x = a->x + share * (b->x - a->x);
      double y = a->last + share * (b->last - a->last);

      cairo_line_to (cr, x, y);
      begin_piece (cr, x, y);
    }

  return piece_us - length_us;
}

/* One run without a gap. */
static void
paint_run (cairo_t            *cr,
           const BeamGeometry *geometry,
           const BeamVertex   *vertices,
           guint               n,
           const BeamStroke   *stroke)
{
  gint64 piece_us = beam_painter_dash_restart (geometry, vertices[0].time_us);
  guint n_points = 0;

  if (n == 1 && vertices[0].top == vertices[0].bottom)
    {
      paint_lone_point (cr, vertices[0].x, vertices[0].last, stroke);
      return;
    }

  cairo_new_path (cr);
  for (guint i = 0; i < n; i++)
    {
      const BeamVertex *before = &vertices[i > 0 ? i - 1 : 0];
      gint64 last_piece_us = piece_us;

      piece_us = cut_pieces (cr, geometry, before, &vertices[i], piece_us);
      n_points = piece_us != last_piece_us ? 0 : n_points;
      n_points += add_vertex (cr, &vertices[i], before->last);
      if (n_points > PIECE_POINTS)
        {
          begin_piece (cr, vertices[i].x, vertices[i].last);
          n_points = 0;
        }
    }
  cairo_stroke (cr);
}

static void
paint_runs (cairo_t            *cr,
            const BeamGeometry *geometry,
            const BeamVertex   *vertices,
            guint               n,
            const BeamStroke   *stroke)
{
  guint start = 0;

  cairo_save (cr);
  set_stroke (cr, stroke);
  for (guint i = 0; i <= n; i++)
    {
      if (i < n && !isnan (vertices[i].last))
        continue;

      if (i > start)
        paint_run (cr, geometry, vertices + start, i - start, stroke);
      start = i + 1;
    }
  cairo_restore (cr);
}

void
beam_paint_line (cairo_t            *cr,
                 const BeamGeometry *geometry,
                 const BeamPoint    *points,
                 guint               n,
                 const BeamStroke   *stroke)
{
  g_autoptr (GArray) projected = g_array_new (FALSE, FALSE, sizeof (BeamVertex));
  const BeamVertex *vertices;
  BeamColumns columns;

  if (!beam_geometry_is_valid (geometry))
    return;

  beam_project (geometry, points, n, beam_painter_dash_restart (geometry, geometry->from_us),
                geometry->to_us + MARGIN_PIXELS * beam_geometry_pixel_us (geometry), projected);
  vertices = (const BeamVertex *) (gpointer) projected->data;

  if (beam_columns_are_better (cr, geometry, vertices, projected->len) && beam_columns_init (&columns, geometry))
    {
      beam_columns_add (&columns, geometry, vertices, projected->len);
      beam_columns_paint (&columns, cr, geometry, stroke);
      beam_columns_clear (&columns);
      return;
    }

  paint_runs (cr, geometry, vertices, projected->len, stroke);
}

void
beam_paint_steps (cairo_t            *cr,
                  const BeamGeometry *geometry,
                  const BeamPoint    *points,
                  guint               n,
                  const BeamStroke   *stroke)
{
  g_autoptr (GArray) steps = g_array_sized_new (FALSE, FALSE, sizeof (BeamPoint), 2 * n);

  for (guint i = 0; i < n; i++)
    {
      /* Up to a gap, too: the value held until it began. */
      if (i > 0 && !isnan (points[i - 1].low))
        {
          double held = points[i - 1].last;
          const BeamPoint corner = { points[i].time_us, held, held, held };

          g_array_append_val (steps, corner);
        }
      g_array_append_val (steps, points[i]);
    }

  beam_paint_line (cr, geometry, (const BeamPoint *) (gpointer) steps->data, steps->len, stroke);
}
