/* beam-plot.c: curves and clouds over a value axis that is not time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-plot-private.h"
#include "beam-ruler.h"

/**
 * BeamPlot:
 *
 * Two value axes, each linear or logarithmic, and series drawn as curves, steps,
 * clouds or traces: latency against throughput, a distribution down to 99.99 %,
 * cost against traffic with the point of break-even. Numbers run from left to
 * right in any language.
 *
 * An item is a point: "Threads: 1 200/s, 221 ms (209 ms – 235 ms)". Of a series
 * with very many points some are items, evenly chosen.
 *
 * # Shortcuts and Gestures
 *
 * As in #BeamChart: dragging zooms to what it spans, or to a stretch of one axis
 * when it is level or upright, and with Shift moves the picture; a double click
 * shows all of it. Ctrl and the wheel, or a pinch, zoom; Shift and the wheel, a
 * sideways wheel or swipe pan, and a swipe runs out. + and − zoom around the
 * visited point, 0 shows all, Ctrl and an arrow key pan, and in a zoomed plot
 * Page Up and Page Down. Visiting a point that is out of view brings it there.
 */
G_DEFINE_FINAL_TYPE_WITH_CODE (BeamPlot, beam_plot, BEAM_TYPE_FIGURE,
                               G_IMPLEMENT_INTERFACE (BEAM_TYPE_MENU_OWNER, beam_plot_init_menu))

#define MOST_ITEMS 200
#define RIGHT_EDGE 8.0
#define ITEM_SIZE  10.0

static void
clear_entry (gpointer data)
{
  BeamPlotEntry *entry = data;

  g_signal_handler_disconnect (entry->series, entry->handler);
  g_object_unref (entry->series);
}

static void
clear_guide (gpointer data)
{
  g_free ((char *) ((BeamGuide *) data)->label);
}

static BeamPlotEntry *
entry_at (BeamPlot *self,
          guint     i)
{
  return &g_array_index (self->entries, BeamPlotEntry, i);
}

/* --- Drawing --- */

gboolean
beam_plot_lay_out (BeamPlot        *self,
                   const BeamFrame *frame,
                   BeamGeometry    *ret,
                   BeamSpan        *ret_x)
{
  /* The highest label of the axis stands half above the plot, its name over that. */
  double top = self->labels[1] != NULL ? frame->line_height * 1.5 + 4 : frame->line_height * 0.6;
  double below = frame->line_height + 6 + (self->labels[0] != NULL ? frame->line_height + 2 : 0);
  double height = fmax (frame->height - top - below, 1);
  double left = beam_ruler_label_width (frame, self->axes[1], height);

  left = left > frame->width * 0.4 ? 0 : left;
  *ret = (BeamGeometry) {
    left + 2, top, fmax (frame->width - left - 2 - RIGHT_EDGE, 1), height, frame->device_scale,
    0, BEAM_PLOT_RULER, .scale = beam_value_axis_get_scale (self->axes[1]),
  };
  beam_value_axis_get_range (self->axes[1], &ret->low, &ret->high);
  ret_x->scale = beam_value_axis_get_scale (self->axes[0]);
  beam_value_axis_get_range (self->axes[0], &ret_x->low, &ret_x->high);
  return beam_geometry_is_valid (ret);
}

static void
paint_axes (BeamPlot           *self,
            cairo_t            *cr,
            const BeamFrame    *frame,
            const BeamGeometry *geometry)
{
  double right = geometry->x + geometry->width;
  double bottom = geometry->y + geometry->height;
  const BeamLabel x_label = { right, frame->height, 1, 1, geometry->width, &frame->style->dim, BEAM_FRAME_LABEL, FALSE };
  const BeamLabel y_label = { 0, 0, 0, 0, frame->width, &frame->style->dim, BEAM_FRAME_LABEL, FALSE };
  BeamRuler across, up;

  beam_ruler_init (&across, self->axes[0], geometry->x, right);
  beam_ruler_init (&up, self->axes[1], bottom, geometry->y);
  beam_paint_ruler (cr, frame, &up, self->axes[1], TRUE, geometry->x, right);
  beam_paint_ruler (cr, frame, &across, self->axes[0], FALSE, geometry->y, bottom);
  beam_frame_write (frame, cr, self->labels[0], &x_label);
  beam_frame_write (frame, cr, self->labels[1], &y_label);
}

static void
beam_plot_draw (BeamFigure      *figure,
                cairo_t         *cr,
                const BeamFrame *frame)
{
  BeamPlot *self = BEAM_PLOT (figure);
  BeamGeometry geometry;
  BeamSpan x;

  if (!beam_plot_lay_out (self, frame, &geometry, &x))
    return;

  paint_axes (self, cr, frame, &geometry);
  for (guint i = 0; i < self->guides->len; i++)
    beam_plot_paint_guide (cr, frame, &geometry, &x, &g_array_index (self->guides, BeamGuide, i));
  for (guint i = 0; i < self->entries->len; i++)
    {
      const BeamPlotEntry *entry = entry_at (self, i);

      beam_plot_paint (cr, &geometry, &x, frame->style, entry->series, entry->mark, entry->identity);
    }
}

/* --- Items --- */

static guint
count_items_of (const BeamPlotEntry *entry)
{
  guint n;

  beam_xy_series_get_points (entry->series, &n);
  return MIN (n, MOST_ITEMS);
}

static guint
beam_plot_count_items (BeamFigure *figure)
{
  BeamPlot *self = BEAM_PLOT (figure);
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    n += count_items_of (entry_at (self, i));
  return n;
}

/* The series of an item and its point. */
static const BeamPlotEntry *
find_item (BeamPlot     *self,
           guint         item,
           BeamXYPoint  *ret)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const BeamPlotEntry *entry = entry_at (self, i);
      guint here = count_items_of (entry);
      const BeamXYPoint *points;
      guint n;

      if (item >= here)
        {
          item -= here;
          continue;
        }
      points = beam_xy_series_get_points (entry->series, &n);
      *ret = points[here > 1 ? (guint) ((guint64) item * (n - 1) / (here - 1)) : 0];
      return entry;
    }

  return NULL;
}

gboolean
beam_plot_get_point (BeamPlot    *self,
                     guint        item,
                     BeamXYPoint *ret)
{
  return find_item (self, item, ret) != NULL;
}

/* FALSE for what is unknown or out of view. */
static gboolean
locate (const BeamGeometry *geometry,
        const BeamSpan     *x,
        const BeamXYPoint  *point,
        graphene_rect_t    *ret)
{
  double px, py;

  if (!isfinite (point->x) || !isfinite (point->y))
    return FALSE;

  px = beam_geometry_x (geometry, beam_plot_place (x, point->x));
  py = beam_geometry_y (geometry, point->y);
  if (px < geometry->x - 1 || px > geometry->x + geometry->width + 1 ||
      py < geometry->y - 1 || py > geometry->y + geometry->height + 1)
    return FALSE;

  graphene_rect_init (ret, (float) (px - ITEM_SIZE / 2), (float) (py - ITEM_SIZE / 2), (float) ITEM_SIZE, (float) ITEM_SIZE);
  return TRUE;
}

static void
beam_plot_collect_areas (BeamFigure      *figure,
                         const BeamFrame *frame,
                         graphene_rect_t *areas)
{
  BeamPlot *self = BEAM_PLOT (figure);
  guint n = beam_plot_count_items (figure);
  BeamGeometry geometry;
  BeamSpan x;

  if (!beam_plot_lay_out (self, frame, &geometry, &x))
    return;

  for (guint i = 0; i < n; i++)
    {
      BeamXYPoint point;

      if (find_item (self, i, &point) != NULL)
        locate (&geometry, &x, &point, &areas[i]);
    }
}

static char *
beam_plot_describe_item (BeamFigure *figure,
                         guint       item)
{
  BeamPlot *self = BEAM_PLOT (figure);
  BeamXYPoint point;
  const BeamPlotEntry *entry = find_item (self, item, &point);
  const char *name = beam_xy_series_get_name (entry->series);
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (!isfinite (point.x) || !isfinite (point.y))
    return g_strdup_printf ("%s: ?", name);

  x = beam_value_axis_format (self->axes[0], point.x, 0, BEAM_FORMAT_SPOKEN);
  y = beam_value_axis_format (self->axes[1], point.y, 0, BEAM_FORMAT_SPOKEN);
  if (!isfinite (point.low) || !isfinite (point.high))
    return g_strdup_printf ("%s: %s, %s", name, x, y);

  low = beam_value_axis_format (self->axes[1], point.low, 0, BEAM_FORMAT_SPOKEN);
  high = beam_value_axis_format (self->axes[1], point.high, 0, BEAM_FORMAT_SPOKEN);
  return g_strdup_printf ("%s: %s, %s (%s – %s)", name, x, y, low, high);
}

/* --- Data --- */

static void
refit (BeamPlot *self)
{
  BeamXYBox all = { (double) NAN, (double) NAN, (double) NAN, (double) NAN };

  for (guint i = 0; i < self->entries->len; i++)
    {
      BeamXYBox box = beam_xy_series_get_box (entry_at (self, i)->series,
                                              beam_value_axis_get_scale (self->axes[0]) == BEAM_SCALE_LOG,
                                              beam_value_axis_get_scale (self->axes[1]) == BEAM_SCALE_LOG);

      all.x_low = fmin (all.x_low, box.x_low);
      all.x_high = fmax (all.x_high, box.x_high);
      all.y_low = fmin (all.y_low, box.y_low);
      all.y_high = fmax (all.y_high, box.y_high);
    }
  beam_value_axis_fit_data (self->axes[0], all.x_low, all.x_high);
  beam_value_axis_fit_data (self->axes[1], all.y_low, all.y_high);
  beam_figure_queue_update (BEAM_FIGURE (self));
}

static void
axis_changed_cb (BeamPlot *self)
{
  beam_figure_queue_update (BEAM_FIGURE (self));
}

/* --- Overrides --- */

static void
beam_plot_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 180 : 110;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 420 : 220;
}

static void
beam_plot_unmap (GtkWidget *widget)
{
  beam_navigator_stop (BEAM_PLOT (widget)->navigator);

  GTK_WIDGET_CLASS (beam_plot_parent_class)->unmap (widget);
}

static void
beam_plot_dispose (GObject *object)
{
  BeamPlot *self = BEAM_PLOT (object);

  beam_navigator_stop (self->navigator);
  g_array_set_size (self->entries, 0);

  G_OBJECT_CLASS (beam_plot_parent_class)->dispose (object);
}

static void
beam_plot_finalize (GObject *object)
{
  BeamPlot *self = BEAM_PLOT (object);

  g_object_unref (self->navigator);
  g_array_unref (self->entries);
  g_array_unref (self->guides);
  for (int i = 0; i < 2; i++)
    {
      g_object_unref (self->axes[i]);
      g_free (self->labels[i]);
    }

  G_OBJECT_CLASS (beam_plot_parent_class)->finalize (object);
}

/* A plane of two quantities is the same in every language. */
static gboolean
beam_plot_is_ltr (BeamFigure *figure)
{
  return TRUE;
}

static void
beam_plot_class_init (BeamPlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BeamFigureClass *figure_class = BEAM_FIGURE_CLASS (klass);

  object_class->dispose = beam_plot_dispose;
  object_class->finalize = beam_plot_finalize;
  GTK_WIDGET_CLASS (klass)->measure = beam_plot_measure;
  GTK_WIDGET_CLASS (klass)->unmap = beam_plot_unmap;
  figure_class->draw = beam_plot_draw;
  figure_class->count_items = beam_plot_count_items;
  figure_class->collect_areas = beam_plot_collect_areas;
  figure_class->describe_item = beam_plot_describe_item;
  figure_class->describe = beam_plot_describe;
  figure_class->fill_cells = beam_plot_fill_cells;
  figure_class->is_ltr = beam_plot_is_ltr;
  figure_class->key_pressed = beam_plot_key_pressed;
  figure_class->draw_over = beam_plot_draw_band;
  figure_class->has_navigator = TRUE;
  beam_plot_install_actions (GTK_WIDGET_CLASS (klass));

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "beam-plot");
}

static void
beam_plot_init (BeamPlot *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (BeamPlotEntry));
  g_array_set_clear_func (self->entries, clear_entry);
  self->guides = g_array_new (FALSE, FALSE, sizeof (BeamGuide));
  g_array_set_clear_func (self->guides, clear_guide);
  for (int i = 0; i < 2; i++)
    {
      self->axes[i] = beam_value_axis_new (BEAM_SCALE_LINEAR);
      g_signal_connect_object (self->axes[i], "changed", G_CALLBACK (axis_changed_cb), self, G_CONNECT_SWAPPED);
    }
  beam_value_axis_set_tight (self->axes[0], TRUE);
  beam_plot_init_input (self);
}

/* --- Public API --- */

GtkWidget *
beam_plot_new (BeamScale x_scale,
               BeamScale y_scale)
{
  BeamPlot *self = g_object_new (BEAM_TYPE_PLOT, NULL);

  beam_value_axis_set_scale (self->axes[0], x_scale);
  beam_value_axis_set_scale (self->axes[1], y_scale);
  return GTK_WIDGET (self);
}

BeamValueAxis *
beam_plot_get_x_axis (BeamPlot *self)
{
  g_return_val_if_fail (BEAM_IS_PLOT (self), NULL);

  return self->axes[0];
}

BeamValueAxis *
beam_plot_get_y_axis (BeamPlot *self)
{
  g_return_val_if_fail (BEAM_IS_PLOT (self), NULL);

  return self->axes[1];
}

void
beam_plot_add (BeamPlot     *self,
               BeamXYSeries *series,
               BeamMark      mark,
               int           identity)
{
  BeamPlotEntry entry = { series, mark, identity, 0 };

  g_return_if_fail (BEAM_IS_PLOT (self));
  g_return_if_fail (BEAM_IS_XY_SERIES (series));

  g_object_ref (series);
  entry.handler = g_signal_connect_swapped (series, "changed", G_CALLBACK (refit), self);
  g_array_append_val (self->entries, entry);
  refit (self);
}

void
beam_plot_add_guide (BeamPlot        *self,
                     const BeamGuide *guide)
{
  BeamGuide copy = *guide;

  g_return_if_fail (BEAM_IS_PLOT (self));

  copy.label = g_strdup (guide->label);
  g_array_append_val (self->guides, copy);
  beam_figure_queue_update (BEAM_FIGURE (self));
}

void
beam_plot_clear (BeamPlot *self)
{
  g_return_if_fail (BEAM_IS_PLOT (self));

  g_array_set_size (self->entries, 0);
  beam_plot_clear_guides (self);
  refit (self);
}

void
beam_plot_clear_guides (BeamPlot *self)
{
  g_return_if_fail (BEAM_IS_PLOT (self));

  g_array_set_size (self->guides, 0);
  beam_figure_queue_update (BEAM_FIGURE (self));
}

void
beam_plot_set_labels (BeamPlot   *self,
                      const char *x_label,
                      const char *y_label)
{
  g_return_if_fail (BEAM_IS_PLOT (self));

  g_free (self->labels[0]);
  g_free (self->labels[1]);
  self->labels[0] = g_strdup (x_label);
  self->labels[1] = g_strdup (y_label);
  beam_figure_queue_update (BEAM_FIGURE (self));
}
