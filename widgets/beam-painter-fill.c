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

/* FALSE when the plot is too large for columns. */
static gboolean
paint_dense_area (cairo_t            *cr,
                  const BeamGeometry *geometry,
                  const BeamPoint    *points,
                  guint               n,
                  double              base_y,
                  const GdkRGBA      *color)
{
  float base = (float) ((base_y - geometry->y) * geometry->device_scale);
  BeamColumns columns;

  if (!beam_columns_init (&columns, geometry))
    return FALSE;

  beam_columns_add (&columns, geometry, points, n);
  for (int i = 0; i < columns.n; i++)
    {
      if (columns.top[i] > columns.bottom[i])
        continue;
      columns.top[i] = fminf (columns.top[i], base);
      columns.bottom[i] = fmaxf (columns.bottom[i], base);
    }
  paint_columns (cr, geometry, &columns, color);
  return TRUE;
}

void
beam_paint_area (cairo_t            *cr,
                 const BeamGeometry *geometry,
                 const BeamPoint    *points,
                 guint               n,
                 double              base,
                 const GdkRGBA      *color)
{
  double base_y, last_x = 0;
  gboolean open = FALSE;

  if (!beam_geometry_is_valid (geometry) || n == 0)
    return;

  base_y = CLAMP (beam_geometry_y (geometry, base), geometry->y, geometry->y + geometry->height);
  if (beam_painter_is_dense (geometry, points, n) && paint_dense_area (cr, geometry, points, n, base_y, color))
    return;

  cairo_save (cr);
  set_fill (cr, color);
  cairo_new_path (cr);
  for (guint i = 0; i <= n; i++)
    {
      gboolean known = i < n && !isnan (points[i].low);

      if (!known && open)
        {
          cairo_line_to (cr, last_x, base_y);
          cairo_close_path (cr);
        }
      if (known)
        {
          last_x = beam_geometry_x (geometry, points[i].time_us);
          if (!open)
            cairo_move_to (cr, last_x, base_y);
          cairo_line_to (cr, last_x, beam_geometry_y (geometry, points[i].high));
        }
      open = known;
    }
  cairo_fill (cr);
  cairo_restore (cr);
}

/* --- Bands --- */

typedef struct {
  const BeamPoint *points;
  guint            n;
  guint            next; /* the first point later than the last time asked for */
} Edge;

/* The value of the edge at @time_us, between two points by interpolation; NAN in
 * a gap and outside. Times must not go back. */
static double
edge_at (Edge     *edge,
         gint64    time_us,
         gboolean  high)
{
  const BeamPoint *before, *after;
  double a, b;

  while (edge->next < edge->n && edge->points[edge->next].time_us <= time_us)
    edge->next++;
  if (edge->next == 0)
    return (double) NAN;

  before = &edge->points[edge->next - 1];
  a = high ? before->high : before->low;
  if (before->time_us == time_us || isnan (before->low))
    return a;
  if (edge->next == edge->n)
    return (double) NAN;

  after = &edge->points[edge->next];
  b = high ? after->high : after->low;
  return a + (b - a) * ((double) (time_us - before->time_us) / (double) (after->time_us - before->time_us));
}

static gint64
next_time (const Edge *low,
           const Edge *high)
{
  gint64 a = low->next < low->n ? low->points[low->next].time_us : G_MAXINT64;
  gint64 b = high->next < high->n ? high->points[high->next].time_us : G_MAXINT64;

  return MIN (a, b);
}

typedef struct {
  double x;
  double low;
  double high;
} BandPoint;

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
paint_sparse_band (cairo_t            *cr,
                   const BeamGeometry *geometry,
                   Edge               *low,
                   Edge               *high,
                   const GdkRGBA      *color)
{
  g_autoptr (GArray) run = g_array_new (FALSE, FALSE, sizeof (BandPoint));
  gint64 time_us;

  cairo_save (cr);
  set_fill (cr, color);
  cairo_new_path (cr);
  while ((time_us = next_time (low, high)) != G_MAXINT64)
    {
      double a = edge_at (low, time_us, FALSE);
      double b = edge_at (high, time_us, TRUE);
      BandPoint point = { beam_geometry_x (geometry, time_us), beam_geometry_y (geometry, a), beam_geometry_y (geometry, b) };

      if (isnan (a) || isnan (b))
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

  beam_columns_add (&upper, geometry, high->points, high->n);
  beam_columns_add (&lower, geometry, low->points, low->n);
  for (int i = 0; i < upper.n; i++)
    {
      /* A column that one edge does not cross stays empty: top > bottom. */
      gboolean known = upper.top[i] <= upper.bottom[i] && lower.top[i] <= lower.bottom[i];

      upper.bottom[i] = known ? fmaxf (upper.bottom[i], lower.bottom[i]) : -1;
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
  Edge low_edge = { low, n_low, 0 };
  Edge high_edge = { high, n_high, 0 };

  if (!beam_geometry_is_valid (geometry) || n_low == 0 || n_high == 0)
    return;

  if ((beam_painter_is_dense (geometry, low, n_low) || beam_painter_is_dense (geometry, high, n_high)) &&
      paint_dense_band (cr, geometry, &low_edge, &high_edge, color))
    return;

  paint_sparse_band (cr, geometry, &low_edge, &high_edge, color);
}
