/* beam-dot-plot.c: dots of several subjects in named rows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-dot-plot.h"
#include "beam-painter.h"
#include "beam-rows.h"
#include "beam-shapes.h"
#include "beam-words.h"

/**
 * BeamDotPlot:
 *
 * A row a quantity (p50, p90, p99), a dot a subject, and a line between the
 * dots of a row, whose length is the difference: on a logarithmic axis equal
 * lengths are equal ratios. Position alone carries the value, so that the axis
 * need not begin at zero.
 *
 * An item is a dot: "p99, Threads: 221 ms (209 ms – 235 ms)".
 */
struct _BeamDotPlot
{
  BeamFigure parent_instance;

  BeamValueAxis *axis; /* owned */
  GArray        *rows; /* owned, element-type BeamRowText */
  GArray        *dots; /* owned, element-type Dot, in the order of rows */
};

typedef struct {
  guint  row;
  int    identity;
  char  *subject; /* owned */
  double value;
  double low;
  double high;
} Dot;

G_DEFINE_FINAL_TYPE (BeamDotPlot, beam_dot_plot, BEAM_TYPE_FIGURE)

#define DOT_SIZE 12.0

/* Dots of one row that would hide each other stand a little apart. */
#define SPREAD 0.16

static void
clear_row (gpointer data)
{
  g_free (((BeamRowText *) data)->name);
}

static void
clear_dot (gpointer data)
{
  g_free (((Dot *) data)->subject);
}

static const Dot *
dot_at (BeamDotPlot *self,
        guint        i)
{
  return &g_array_index (self->dots, Dot, i);
}

static gboolean
is_known (BeamDotPlot *self,
          const Dot   *dot)
{
  return isfinite (dot->value) && (beam_value_axis_get_scale (self->axis) == BEAM_SCALE_LINEAR || dot->value > 0);
}

/* --- Drawing --- */

static void
lay_out (BeamDotPlot     *self,
         const BeamFrame *frame,
         BeamRows        *ret)
{
  beam_rows_init (ret, frame, (const BeamRowText *) (gpointer) self->rows->data, self->rows->len,
                  sizeof (BeamRowText), self->axis, TRUE);
}

/* Where a dot stands within its row: the first over, the last under the middle. */
static double
dot_y (BeamDotPlot    *self,
       const BeamRows *rows,
       guint           dot)
{
  guint row = dot_at (self, dot)->row;
  guint before = 0;
  guint n = 0;

  for (guint i = 0; i < self->dots->len; i++)
    {
      if (dot_at (self, i)->row != row)
        continue;
      before += i < dot ? 1 : 0;
      n++;
    }

  return beam_rows_y (rows, row) + (before - (n - 1) / 2.0) * rows->row_height * SPREAD;
}

static void
paint_link (BeamDotPlot     *self,
            cairo_t         *cr,
            const BeamFrame *frame,
            const BeamRows  *rows,
            guint            row)
{
  double left = (double) NAN;
  double right = (double) NAN;

  for (guint i = 0; i < self->dots->len; i++)
    {
      const Dot *dot = dot_at (self, i);
      double x = dot->row == row && is_known (self, dot) ? beam_ruler_at (&rows->ruler, dot->value) : (double) NAN;

      left = fmin (left, x);
      right = fmax (right, x);
    }
  if (!isnan (left) && left < right)
    {
      const BeamRect area = { left, beam_rows_y (rows, row) - 2 * frame->unit, right - left, 4 * frame->unit };
      GdkRGBA color = frame->style->ink;

      color.alpha = frame->style->high_contrast ? 0.45f : 0.18f;
      beam_paint_bar (cr, &area, 2, BEAM_FILL_SOLID, &color);
    }
}

static void
paint_dot (BeamDotPlot     *self,
           cairo_t         *cr,
           const BeamFrame *frame,
           const BeamRows  *rows,
           guint            i)
{
  const Dot *dot = dot_at (self, i);
  GdkRGBA color = beam_style_get_identity (frame->style, dot->identity);
  double y = dot_y (self, rows, i);
  const BeamWhisker whisker = { beam_ruler_at (&rows->ruler, dot->low), y, beam_ruler_at (&rows->ruler, dot->high), y, 6 };

  if (!is_known (self, dot))
    return;

  if (isfinite (dot->low) && isfinite (dot->high))
    beam_paint_whisker (cr, &whisker, &color, &frame->style->background);
  beam_paint_marker (cr, beam_ruler_at (&rows->ruler, dot->value), y, DOT_SIZE * frame->unit, beam_identity_get_marker (dot->identity),
                     &color, &frame->style->background);
}

static void
beam_dot_plot_draw (BeamFigure      *figure,
                    cairo_t         *cr,
                    const BeamFrame *frame)
{
  BeamDotPlot *self = BEAM_DOT_PLOT (figure);
  BeamRows rows;

  lay_out (self, frame, &rows);
  beam_paint_ruler (cr, frame, &rows.ruler, self->axis, FALSE, rows.top, rows.bottom);
  for (guint i = 0; i < self->rows->len; i++)
    {
      beam_rows_paint_text (&rows, cr, frame, i, &g_array_index (self->rows, BeamRowText, i));
      paint_link (self, cr, frame, &rows, i);
    }
  for (guint i = 0; i < self->dots->len; i++)
    paint_dot (self, cr, frame, &rows, i);
}

/* --- Items --- */

static guint
beam_dot_plot_count_items (BeamFigure *figure)
{
  return BEAM_DOT_PLOT (figure)->dots->len;
}

static void
beam_dot_plot_collect_areas (BeamFigure      *figure,
                             const BeamFrame *frame,
                             graphene_rect_t *areas)
{
  BeamDotPlot *self = BEAM_DOT_PLOT (figure);
  double size = DOT_SIZE * frame->unit + 2;
  BeamRows rows;

  lay_out (self, frame, &rows);
  for (guint i = 0; i < self->dots->len; i++)
    if (is_known (self, dot_at (self, i)))
      graphene_rect_init (&areas[i], (float) (beam_ruler_at (&rows.ruler, dot_at (self, i)->value) - size / 2),
                          (float) (dot_y (self, &rows, i) - size / 2), (float) size, (float) size);
}

static char *
beam_dot_plot_describe_item (BeamFigure *figure,
                             guint       item)
{
  BeamDotPlot *self = BEAM_DOT_PLOT (figure);
  const Dot *dot = dot_at (self, item);
  const char *row = g_array_index (self->rows, BeamRowText, dot->row).name;
  const char *comma = *dot->subject != '\0' ? ", " : "";
  g_autofree char *value = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (!is_known (self, dot))
    return g_strdup_printf ("%s%s%s: ?", row, comma, dot->subject);

  value = beam_value_axis_format (self->axis, dot->value, 0, BEAM_FORMAT_SPOKEN);
  if (!isfinite (dot->low) || !isfinite (dot->high))
    return g_strdup_printf ("%s%s%s: %s", row, comma, dot->subject, value);

  low = beam_value_axis_format (self->axis, dot->low, 0, BEAM_FORMAT_SPOKEN);
  high = beam_value_axis_format (self->axis, dot->high, 0, BEAM_FORMAT_SPOKEN);
  return g_strdup_printf ("%s%s%s: %s (%s – %s)", row, comma, dot->subject, value, low, high);
}

static void
beam_dot_plot_fill_cells (BeamFigure *figure,
                          BeamCells  *cells)
{
  BeamDotPlot *self = BEAM_DOT_PLOT (figure);

  beam_cells_add_column (cells, "row", _("Name"), NULL);
  beam_cells_add_column (cells, "subject", _("Subject"), NULL);
  beam_cells_add_column (cells, "value", _("Value"), self->axis);
  beam_cells_add_column (cells, "low", _("Low"), self->axis);
  beam_cells_add_column (cells, "high", _("High"), self->axis);
  for (guint i = 0; i < self->dots->len; i++)
    {
      const Dot *dot = dot_at (self, i);

      beam_cells_begin_row (cells);
      beam_cells_add_text (cells, g_array_index (self->rows, BeamRowText, dot->row).name);
      beam_cells_add_text (cells, dot->subject);
      beam_cells_add_number (cells, dot->value);
      beam_cells_add_number (cells, dot->low);
      beam_cells_add_number (cells, dot->high);
    }
}

/* --- Data --- */

static void
refit (BeamDotPlot *self)
{
  double least = (double) NAN;
  double most = (double) NAN;

  for (guint i = 0; i < self->dots->len; i++)
    {
      const Dot *dot = dot_at (self, i);

      if (!is_known (self, dot))
        continue;
      least = fmin (least, isfinite (dot->low) ? fmin (dot->low, dot->value) : dot->value);
      most = fmax (most, isfinite (dot->high) ? fmax (dot->high, dot->value) : dot->value);
    }
  beam_value_axis_fit_data (self->axis, least, most);
  beam_figure_queue_update (BEAM_FIGURE (self));
}

static void
axis_changed_cb (BeamDotPlot *self)
{
  beam_figure_queue_update (BEAM_FIGURE (self));
}

/* --- Overrides --- */

static void
beam_dot_plot_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  guint n = BEAM_DOT_PLOT (widget)->rows->len;
  double line = beam_figure_get_line_height (BEAM_FIGURE (widget));

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : beam_rows_measure (n, line, 1.2, TRUE);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 420 : beam_rows_measure (n, line, 2.2, TRUE);
}

static void
beam_dot_plot_finalize (GObject *object)
{
  BeamDotPlot *self = BEAM_DOT_PLOT (object);

  g_array_unref (self->rows);
  g_array_unref (self->dots);
  g_object_unref (self->axis);

  G_OBJECT_CLASS (beam_dot_plot_parent_class)->finalize (object);
}

static void
beam_dot_plot_class_init (BeamDotPlotClass *klass)
{
  BeamFigureClass *figure_class = BEAM_FIGURE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = beam_dot_plot_finalize;
  GTK_WIDGET_CLASS (klass)->measure = beam_dot_plot_measure;
  figure_class->draw = beam_dot_plot_draw;
  figure_class->count_items = beam_dot_plot_count_items;
  figure_class->collect_areas = beam_dot_plot_collect_areas;
  figure_class->describe_item = beam_dot_plot_describe_item;
  figure_class->fill_cells = beam_dot_plot_fill_cells;

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "beam-dot-plot");
}

static void
beam_dot_plot_init (BeamDotPlot *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (BeamRowText));
  g_array_set_clear_func (self->rows, clear_row);
  self->dots = g_array_new (FALSE, FALSE, sizeof (Dot));
  g_array_set_clear_func (self->dots, clear_dot);
  self->axis = beam_value_axis_new (BEAM_SCALE_LINEAR);
  beam_value_axis_set_from_zero (self->axis, FALSE);
  g_signal_connect_object (self->axis, "changed", G_CALLBACK (axis_changed_cb), self, G_CONNECT_SWAPPED);
}

/* --- Public API --- */

GtkWidget *
beam_dot_plot_new (BeamScale scale)
{
  BeamDotPlot *self = g_object_new (BEAM_TYPE_DOT_PLOT, NULL);

  beam_value_axis_set_scale (self->axis, scale);
  return GTK_WIDGET (self);
}

BeamValueAxis *
beam_dot_plot_get_value_axis (BeamDotPlot *self)
{
  g_return_val_if_fail (BEAM_IS_DOT_PLOT (self), NULL);

  return self->axis;
}

guint
beam_dot_plot_add_row (BeamDotPlot *self,
                       const char  *name)
{
  BeamRowText row = { g_strdup (name != NULL ? name : ""), NULL };

  g_return_val_if_fail (BEAM_IS_DOT_PLOT (self), 0);

  g_array_append_val (self->rows, row);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  beam_figure_queue_update (BEAM_FIGURE (self));
  return self->rows->len - 1;
}

void
beam_dot_plot_add_dot (BeamDotPlot *self,
                       guint        row,
                       int          identity,
                       const char  *subject,
                       double       value,
                       double       low,
                       double       high)
{
  Dot dot = { row, identity, NULL, value, low, high };

  g_return_if_fail (BEAM_IS_DOT_PLOT (self));
  g_return_if_fail (row < self->rows->len);

  dot.subject = g_strdup (subject != NULL ? subject : "");
  g_array_append_val (self->dots, dot);
  refit (self);
}

void
beam_dot_plot_clear (BeamDotPlot *self)
{
  g_return_if_fail (BEAM_IS_DOT_PLOT (self));

  g_array_set_size (self->dots, 0);
  g_array_set_size (self->rows, 0);
  refit (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
