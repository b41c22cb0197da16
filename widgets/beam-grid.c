/* beam-grid.c: the lines of the grid and the labels of both axes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-chart-private.h"
#include "beam-painter.h"
#include "beam-ticks.h"

/* The lowest layer of a chart, private to it. Labels stand outside of the plot:
 * values on the left, times below. When live it is redrawn only when the scale
 * changes: its times are relative and stand still while the data move. */
#define BEAM_TYPE_GRID (beam_grid_get_type ())
G_DECLARE_FINAL_TYPE (BeamGrid, beam_grid, BEAM, GRID, BeamLayer)

struct _BeamGrid
{
  BeamLayer parent_instance;

  GArray *values; /* owned, element-type double */
  GArray *times;  /* owned, element-type BeamTimeLabel */
};

G_DEFINE_FINAL_TYPE (BeamGrid, beam_grid, BEAM_TYPE_LAYER)

#define VALUE_LABEL_GAP 6.0
#define TIME_LABEL_GAP  2.0

/* Where it is drawn: one of the two. */
typedef struct {
  cairo_t     *cr;       /* (nullable), borrowed */
  GtkSnapshot *snapshot; /* (nullable), borrowed */
} Target;

static void
draw_line (const Target       *target,
           const BeamGeometry *geometry,
           double              value,
           const GdkRGBA      *color)
{
  double y = beam_painter_level (geometry, value, 1);

  if (target->snapshot == NULL)
    beam_paint_value_lines (target->cr, geometry, &value, 1, color);
  else if (!isnan (y))
    gtk_snapshot_append_color (target->snapshot, color,
                               &GRAPHENE_RECT_INIT ((float) geometry->x, (float) (y - 0.5), (float) geometry->width, 1));
}

static void
draw_text (const Target  *target,
           PangoLayout   *layout,
           double         x,
           double         y,
           const GdkRGBA *color)
{
  if (target->snapshot == NULL)
    {
      beam_paint_text (target->cr, layout, x, y, color, NULL);
      return;
    }

  gtk_snapshot_save (target->snapshot);
  gtk_snapshot_translate (target->snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (target->snapshot, layout, color);
  gtk_snapshot_restore (target->snapshot);
}

static void
draw_value_label (BeamGrid           *self,
                  BeamChart          *chart,
                  const Target       *target,
                  const BeamGeometry *geometry,
                  double              value,
                  double              step)
{
  g_autofree char *text = beam_value_axis_format (chart->value_axis, value, step, BEAM_FORMAT_TICK);
  g_autoptr (PangoLayout) layout = beam_chart_create_layout (GTK_WIDGET (self), text, BEAM_TEXT_SMALL);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  draw_text (target, layout, geometry->x - VALUE_LABEL_GAP - width,
             round (beam_geometry_y (geometry, value) - height / 2.0), &chart->style.dim);
}

/* Centred under its time, but never beyond the ends of the plot, and not where
 * the label before it still stands. @limit: where that one ended. */
static double
draw_time_label (BeamGrid            *self,
                 BeamChart           *chart,
                 const Target        *target,
                 const BeamGeometry  *geometry,
                 const BeamTimeLabel *label,
                 double               limit)
{
  g_autofree char *text = beam_time_axis_format (chart->time_axis, label);
  g_autoptr (PangoLayout) layout = beam_chart_create_layout (GTK_WIDGET (self), text, BEAM_TEXT_SMALL);
  double x = beam_geometry_x (geometry, label->live ? geometry->to_us + label->offset_us : label->time_us);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  x = CLAMP (x - width / 2.0, geometry->x, fmax (geometry->x, geometry->x + geometry->width - width));
  if (x < limit)
    return limit;

  draw_text (target, layout, round (x), geometry->y + geometry->height + TIME_LABEL_GAP, &chart->style.dim);
  return x + width + 6;
}

static void
draw (BeamGrid           *self,
      const Target       *target,
      const BeamGeometry *geometry,
      const BeamStyle    *style)
{
  BeamChart *chart = BEAM_CHART (gtk_widget_get_parent (GTK_WIDGET (self)));
  double step = beam_chart_get_value_ticks (chart, geometry, self->values);
  gboolean labels = geometry->x > 0 && !beam_value_axis_is_empty (chart->value_axis);
  double limit = -G_MAXDOUBLE;

  for (guint i = 0; i < self->values->len; i++)
    {
      double value = g_array_index (self->values, double, i);

      draw_line (target, geometry, value, &style->grid);
      if (labels)
        draw_value_label (self, chart, target, geometry, value, step);
    }

  if (!chart->show_time)
    return;

  beam_time_axis_get_labels (chart->time_axis, beam_chart_max_times (chart, geometry), self->times);
  for (guint i = 0; i < self->times->len; i++)
    limit = draw_time_label (self, chart, target, geometry, &g_array_index (self->times, BeamTimeLabel, i), limit);
}

static void
beam_grid_draw (BeamLayer          *layer,
                cairo_t            *cr,
                const BeamGeometry *geometry,
                const BeamStyle    *style)
{
  draw (BEAM_GRID (layer), &(Target) { .cr = cr }, geometry, style);
}

/* Lines and texts as nodes of their own: as one picture of the whole chart they
 * would be cleared, drawn and laid over the window for each frame of what moves
 * above them. */
static void
beam_grid_append (BeamLayer          *layer,
                  GtkSnapshot        *snapshot,
                  const BeamGeometry *geometry,
                  const BeamStyle    *style)
{
  draw (BEAM_GRID (layer), &(Target) { .snapshot = snapshot }, geometry, style);
}

static void
beam_grid_finalize (GObject *object)
{
  BeamGrid *self = BEAM_GRID (object);

  g_array_unref (self->values);
  g_array_unref (self->times);

  G_OBJECT_CLASS (beam_grid_parent_class)->finalize (object);
}

static void
beam_grid_class_init (BeamGridClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = beam_grid_finalize;
  BEAM_LAYER_CLASS (klass)->draw = beam_grid_draw;
  BEAM_LAYER_CLASS (klass)->append = beam_grid_append;
  BEAM_LAYER_CLASS (klass)->unclipped = TRUE;
}

static void
beam_grid_init (BeamGrid *self)
{
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  self->times = g_array_new (FALSE, FALSE, sizeof (BeamTimeLabel));
}

BeamLayer *
beam_grid_new (void)
{
  return g_object_new (BEAM_TYPE_GRID, NULL);
}
