/* beam-painter-fill.c: the fill under a line and between two
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-columns.h"
#include "beam-painter.h"

static void
set_fill (cairo_t       *cr,
          const GdkRGBA *color)
{
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
}

static GArray *
project (const BeamGeometry *geometry,
         const BeamPoint    *points,
         guint               n)
{
  GArray *projected = g_array_new (FALSE, FALSE, sizeof (BeamVertex));

  beam_project (geometry, points, n, geometry->from_us, geometry->to_us, projected);
  return projected;
}

static const BeamVertex *
vertices_of (GArray *projected)
{
  return (const BeamVertex *) (gpointer) projected->data;
}

static gboolean
is_dense (cairo_t            *cr,
          const BeamGeometry *geometry,
          GArray             *projected)
{
  return beam_columns_are_better (cr, geometry, vertices_of (projected), projected->len);
}

static void
paint_columns (cairo_t            *cr,
               const BeamGeometry *geometry,
               BeamColumns        *columns,
               const GdkRGBA      *color)
{
  const BeamStroke fill = { *color, 0, BEAM_DASH_SOLID };

  beam_columns_paint (columns, cr, geometry, &fill);
  beam_columns_clear (columns);
}

/* --- Areas --- */

/* FALSE when the plot is too large for columns. */
static gboolean
paint_dense_area (cairo_t            *cr,
                  const BeamGeometry *geometry,
                  GArray             *projected,
                  double              base_y,
                  const GdkRGBA      *color)
{
  float base = (float) ((base_y - geometry->y) * geometry->device_scale);
  BeamColumns columns;

  if (!beam_columns_init (&columns, geometry))
    return FALSE;

  beam_columns_add (&columns, geometry, vertices_of (projected), projected->len);
  for (int i = 0; i < columns.n; i++)
    {
      if (columns.top[i] > columns.bottom[i])
        continue;
      if (base < columns.top[i])
        columns.top_rise[i] = 0;
      if (base > columns.bottom[i])
        columns.bottom_rise[i] = 0;
      columns.top[i] = fminf (columns.top[i], base);
      columns.bottom[i] = fmaxf (columns.bottom[i], base);
    }
  paint_columns (cr, geometry, &columns, color);
  return TRUE;
}

static void
paint_sparse_area (cairo_t       *cr,
                   GArray        *projected,
                   double         base_y,
                   const GdkRGBA *color)
{
  const BeamVertex *vertices = vertices_of (projected);
  gboolean open = FALSE;

  cairo_save (cr);
  set_fill (cr, color);
  cairo_new_path (cr);
  for (guint i = 0; i <= projected->len; i++)
    {
      gboolean known = i < projected->len && !isnan (vertices[i].last);

      if (!known && open)
        {
          cairo_line_to (cr, vertices[i - 1].x, base_y);
          cairo_close_path (cr);
        }
      if (known && !open)
        cairo_move_to (cr, vertices[i].x, base_y);
      if (known)
        cairo_line_to (cr, vertices[i].x, vertices[i].top);
      open = known;
    }
  cairo_fill (cr);
  cairo_restore (cr);
}

void
beam_paint_area (cairo_t            *cr,
                 const BeamGeometry *geometry,
                 const BeamPoint    *points,
                 guint               n,
                 double              base,
                 const GdkRGBA      *color)
{
  g_autoptr (GArray) projected = NULL;
  double base_y;

  if (!beam_geometry_is_valid (geometry))
    return;

  projected = project (geometry, points, n);
  base_y = CLAMP (beam_geometry_y (geometry, base), geometry->y, geometry->y + geometry->height);
  if (is_dense (cr, geometry, projected) && paint_dense_area (cr, geometry, projected, base_y, color))
    return;

  paint_sparse_area (cr, projected, base_y, color);
}

/* --- Bands --- */

typedef struct {
  const BeamVertex *vertices;
  guint             n;
  guint             next; /* the first vertex right of the last x asked for */
} Edge;

typedef struct {
  double x;
  double low;
  double high;
} BandPoint;

static double
edge_y (const BeamVertex *vertex,
        gboolean          high)
{
  return isnan (vertex->last) ? (double) NAN : high ? vertex->top : vertex->bottom;
}

/* The y of the edge at @x, between two vertices by interpolation; NAN in a gap
 * and outside. @x must not go back. */
static double
edge_at (Edge     *edge,
         double    x,
         gboolean  high)
{
  const BeamVertex *before, *after;
  double a, b;

  while (edge->next < edge->n && edge->vertices[edge->next].x <= x)
    edge->next++;
  if (edge->next == 0)
    return (double) NAN;

  before = &edge->vertices[edge->next - 1];
  a = edge_y (before, high);
  if (before->x >= x || isnan (a))
    return a;
  if (edge->next == edge->n)
    return (double) NAN;

  after = &edge->vertices[edge->next];
  b = edge_y (after, high);
  return a + (b - a) * ((x - before->x) / (after->x - before->x));
}

static double
next_x (const Edge *low,
        const Edge *high)
{
  double a = low->next < low->n ? low->vertices[low->next].x : (double) INFINITY;
  double b = high->next < high->n ? high->vertices[high->next].x : (double) INFINITY;

  return fmin (a, b);
}

/* One polygon: along the upper edge and back along the lower one. */
static void
add_polygon (cairo_t *cr,
             GArray  *run)
{
  cairo_new_sub_path (cr);
  for (guint i = 0; i < run->len; i++)
    cairo_line_to (cr, g_array_index (run, BandPoint, i).x, g_array_index (run, BandPoint, i).high);
  for (guint i = run->len; i > 0; i--)
    cairo_line_to (cr, g_array_index (run, BandPoint, i - 1).x, g_array_index (run, BandPoint, i - 1).low);

  if (run->len > 0)
    cairo_close_path (cr);
  g_array_set_size (run, 0);
}

static void
paint_sparse_band (cairo_t       *cr,
                   Edge          *low,
                   Edge          *high,
                   const GdkRGBA *color)
{
  g_autoptr (GArray) run = g_array_new (FALSE, FALSE, sizeof (BandPoint));
  double x;

  cairo_save (cr);
  set_fill (cr, color);
  cairo_new_path (cr);
  while (isfinite (x = next_x (low, high)))
    {
      BandPoint point = { x, edge_at (low, x, FALSE), edge_at (high, x, TRUE) };

      if (isnan (point.low) || isnan (point.high))
        add_polygon (cr, run);
      else
        g_array_append_val (run, point);
    }
  add_polygon (cr, run);
  cairo_fill (cr);
  cairo_restore (cr);
}

static gboolean
paint_dense_band (cairo_t            *cr,
                  const BeamGeometry *geometry,
                  const Edge         *low,
                  const Edge         *high,
                  const GdkRGBA      *color)
{
  BeamColumns upper, lower;

  if (!beam_columns_init (&upper, geometry))
    return FALSE;
  if (!beam_columns_init (&lower, geometry))
    {
      beam_columns_clear (&upper);
      return FALSE;
    }

  beam_columns_add (&upper, geometry, high->vertices, high->n);
  beam_columns_add (&lower, geometry, low->vertices, low->n);
  for (int i = 0; i < upper.n; i++)
    {
      /* A column that one edge does not cross stays empty: top > bottom. */
      gboolean known = upper.top[i] <= upper.bottom[i] && lower.top[i] <= lower.bottom[i];

      if (lower.bottom[i] > upper.bottom[i])
        upper.bottom_rise[i] = lower.bottom_rise[i];
      upper.bottom[i] = known ? fmaxf (upper.bottom[i], lower.bottom[i]) : -1;
      upper.top[i] = known ? upper.top[i] : (float) upper.height;
    }

  beam_columns_clear (&lower);
  paint_columns (cr, geometry, &upper, color);
  return TRUE;
}

void
beam_paint_band (cairo_t            *cr,
                 const BeamGeometry *geometry,
                 const BeamPoint    *low,
                 guint               n_low,
                 const BeamPoint    *high,
                 guint               n_high,
                 const GdkRGBA      *color)
{
  g_autoptr (GArray) lower = NULL;
  g_autoptr (GArray) upper = NULL;
  Edge low_edge, high_edge;

  if (!beam_geometry_is_valid (geometry))
    return;

  lower = project (geometry, low, n_low);
  upper = project (geometry, high, n_high);
  low_edge = (Edge) { vertices_of (lower), lower->len, 0 };
  high_edge = (Edge) { vertices_of (upper), upper->len, 0 };

  if ((is_dense (cr, geometry, lower) || is_dense (cr, geometry, upper)) &&
      paint_dense_band (cr, geometry, &low_edge, &high_edge, color))
    return;

  paint_sparse_band (cr, &low_edge, &high_edge, color);
}
