/* beam-bar-chart.c: bars over categories, stacked and with intervals
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-bar-chart-private.h"
#include "beam-words.h"

/**
 * BeamBarChart:
 *
 * A bar for every subject in every category, in parts if they are given, with
 * an interval around its end. Upright for what goes on in time (years), level
 * for names (criteria). The fill says how the number came about, see #BeamFill;
 * the parts are shades of the colour of the subject, so that colour still says
 * who it is. Upright bars stay from left to right in any language.
 *
 * An item is a bar: "Year 1, Event loop: $560 k ($450 k – $750 k); Hosting $20 k".
 */
G_DEFINE_FINAL_TYPE (BeamBarChart, beam_bar_chart, BEAM_TYPE_FIGURE)

enum {
  PROP_TRACK = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
clear_category (gpointer data)
{
  BeamCategory *category = data;

  g_free (category->text.name);
  g_free (category->text.note);
}

static void
clear_subject (gpointer data)
{
  g_free (((BeamSubject *) data)->name);
}

static BeamCategory *
category_at (BeamBarChart *self,
             guint         i)
{
  return &g_array_index (self->categories, BeamCategory, i);
}

double
beam_bar_get_total (const BeamBar *bar)
{
  double total = 0;

  if (bar->n_parts == 0)
    return (double) NAN;

  for (guint i = 0; i < bar->n_parts; i++)
    {
      if (!isfinite (bar->parts[i]) || bar->parts[i] < 0)
        return (double) NAN;
      total += bar->parts[i];
    }

  return isfinite (total) ? total : (double) NAN;
}

/* --- Items --- */

static void
beam_bar_chart_draw (BeamFigure      *figure,
                     cairo_t         *cr,
                     const BeamFrame *frame)
{
  beam_bar_chart_paint (BEAM_BAR_CHART (figure), cr, frame);
}

static guint
beam_bar_chart_count_items (BeamFigure *figure)
{
  return BEAM_BAR_CHART (figure)->categories->len * BEAM_BAR_CHART (figure)->subjects->len;
}

static void
beam_bar_chart_collect_areas (BeamFigure      *figure,
                              const BeamFrame *frame,
                              graphene_rect_t *areas)
{
  beam_bar_chart_locate (BEAM_BAR_CHART (figure), frame, areas);
}

static void
append_value (BeamBarChart *self,
              GString      *text,
              double        value)
{
  g_autofree char *formatted = beam_value_axis_format (self->axis, value, 0, BEAM_FORMAT_SPOKEN);

  g_string_append (text, formatted);
}

static char *
beam_bar_chart_describe_item (BeamFigure *figure,
                              guint       item)
{
  BeamBarChart *self = BEAM_BAR_CHART (figure);
  const BeamCategory *category = category_at (self, item / self->subjects->len);
  const BeamSubject *subject = &g_array_index (self->subjects, BeamSubject, item % self->subjects->len);
  const BeamBar *bar = &category->bars[item % self->subjects->len];
  GString *text = g_string_new (category->text.name);

  if (*subject->name != '\0')
    g_string_append_printf (text, ", %s", subject->name);
  g_string_append (text, ": ");
  if (isnan (beam_bar_get_total (bar)))
    {
      g_string_append_c (text, '?');
      return g_string_free (text, FALSE);
    }

  append_value (self, text, beam_bar_get_total (bar));
  if (isfinite (bar->low) && isfinite (bar->high))
    {
      g_string_append (text, " (");
      append_value (self, text, bar->low);
      g_string_append (text, " – ");
      append_value (self, text, bar->high);
      g_string_append (text, ")");
    }
  if (category->text.note != NULL)
    g_string_append_printf (text, ", %s", category->text.note);
  for (guint i = 0; bar->n_parts > 1 && i < MIN (bar->n_parts, self->parts->len); i++)
    {
      g_string_append_printf (text, "; %s ", (const char *) g_ptr_array_index (self->parts, i));
      append_value (self, text, bar->parts[i]);
    }

  return g_string_free (text, FALSE);
}

static void
fill_bar (BeamBarChart  *self,
          BeamCells     *cells,
          const BeamBar *bar)
{
  /* A bar that was never set has no interval either. */
  gboolean known = !isnan (beam_bar_get_total (bar));

  beam_cells_add_number (cells, beam_bar_get_total (bar));
  beam_cells_add_number (cells, known ? bar->low : (double) NAN);
  beam_cells_add_number (cells, known ? bar->high : (double) NAN);
  for (guint i = 0; i < self->parts->len; i++)
    beam_cells_add_number (cells, i < bar->n_parts ? bar->parts[i] : (double) NAN);
}

static void
beam_bar_chart_fill_cells (BeamFigure *figure,
                           BeamCells  *cells)
{
  BeamBarChart *self = BEAM_BAR_CHART (figure);

  beam_cells_add_column (cells, "category", _("Name"), NULL);
  beam_cells_add_column (cells, "note", _("Note"), NULL);
  beam_cells_add_column (cells, "subject", _("Subject"), NULL);
  beam_cells_add_column (cells, "value", _("Value"), self->axis);
  beam_cells_add_column (cells, "low", _("Low"), self->axis);
  beam_cells_add_column (cells, "high", _("High"), self->axis);
  for (guint i = 0; i < self->parts->len; i++)
    beam_cells_add_column (cells, g_ptr_array_index (self->parts, i), NULL, self->axis);
  for (guint i = 0; i < self->categories->len; i++)
    for (guint j = 0; j < self->subjects->len; j++)
      {
        const BeamCategory *category = category_at (self, i);

        beam_cells_begin_row (cells);
        beam_cells_add_text (cells, category->text.name);
        beam_cells_add_text (cells, category->text.note);
        beam_cells_add_text (cells, g_array_index (self->subjects, BeamSubject, j).name);
        fill_bar (self, cells, &category->bars[j]);
      }
}

/* --- Data --- */

static void
refit (BeamBarChart *self)
{
  double low = (double) NAN;
  double high = (double) NAN;

  for (guint i = 0; i < self->categories->len; i++)
    for (guint j = 0; j < self->subjects->len; j++)
      {
        const BeamBar *bar = &category_at (self, i)->bars[j];
        double total = beam_bar_get_total (bar);

        low = fmin (low, total);
        high = fmax (high, total);
        if (!isnan (total) && isfinite (bar->high))
          high = fmax (high, bar->high);
      }
  beam_value_axis_fit_data (self->axis, low, high);
  beam_figure_queue_update (BEAM_FIGURE (self));
}

static void
changed_shape (BeamBarChart *self)
{
  refit (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
axis_changed_cb (BeamBarChart *self)
{
  beam_figure_queue_update (BEAM_FIGURE (self));
}

/* --- Overrides --- */

static void
beam_bar_chart_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  BeamBarChart *self = BEAM_BAR_CHART (widget);
  gboolean rows = self->orientation == GTK_ORIENTATION_HORIZONTAL;

  double line = beam_figure_get_line_height (BEAM_FIGURE (self));

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 200;
      *natural = 480;
      return;
    }

  *minimum = rows ? beam_rows_measure (self->categories->len, line, 1.2, !self->track) : (int) (line * 8);
  *natural = rows ? beam_rows_measure (self->categories->len, line, 2.4, !self->track) : (int) (line * 17);
}

static void
beam_bar_chart_finalize (GObject *object)
{
  BeamBarChart *self = BEAM_BAR_CHART (object);

  g_array_unref (self->categories);
  g_array_unref (self->subjects);
  g_ptr_array_unref (self->parts);
  g_object_unref (self->axis);

  G_OBJECT_CLASS (beam_bar_chart_parent_class)->finalize (object);
}

static void
beam_bar_chart_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_TRACK:
      g_value_set_boolean (value, BEAM_BAR_CHART (object)->track);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_bar_chart_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_TRACK:
      beam_bar_chart_set_track (BEAM_BAR_CHART (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* Upright bars stand along an axis, of years say, that is the same in every language. */
static gboolean
beam_bar_chart_is_ltr (BeamFigure *figure)
{
  return BEAM_BAR_CHART (figure)->orientation == GTK_ORIENTATION_VERTICAL;
}

static void
beam_bar_chart_class_init (BeamBarChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BeamFigureClass *figure_class = BEAM_FIGURE_CLASS (klass);

  object_class->finalize = beam_bar_chart_finalize;
  object_class->get_property = beam_bar_chart_get_property;
  object_class->set_property = beam_bar_chart_set_property;
  widget_class->measure = beam_bar_chart_measure;
  figure_class->draw = beam_bar_chart_draw;
  figure_class->count_items = beam_bar_chart_count_items;
  figure_class->collect_areas = beam_bar_chart_collect_areas;
  figure_class->describe_item = beam_bar_chart_describe_item;
  figure_class->fill_cells = beam_bar_chart_fill_cells;
  figure_class->is_ltr = beam_bar_chart_is_ltr;

  props[PROP_TRACK] = g_param_spec_boolean ("track", NULL, NULL, FALSE,
                                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "beam-bar-chart");
}

static void
beam_bar_chart_init (BeamBarChart *self)
{
  self->orientation = GTK_ORIENTATION_VERTICAL;
  self->categories = g_array_new (FALSE, FALSE, sizeof (BeamCategory));
  g_array_set_clear_func (self->categories, clear_category);
  self->subjects = g_array_new (FALSE, FALSE, sizeof (BeamSubject));
  g_array_set_clear_func (self->subjects, clear_subject);
  self->parts = g_ptr_array_new_with_free_func (g_free);
  self->axis = beam_value_axis_new (BEAM_SCALE_LINEAR);
  g_signal_connect_object (self->axis, "changed", G_CALLBACK (axis_changed_cb), self, G_CONNECT_SWAPPED);
}

/* --- Public API --- */

GtkWidget *
beam_bar_chart_new (GtkOrientation orientation)
{
  BeamBarChart *self = g_object_new (BEAM_TYPE_BAR_CHART, NULL);

  self->orientation = orientation;
  return GTK_WIDGET (self);
}

BeamValueAxis *
beam_bar_chart_get_value_axis (BeamBarChart *self)
{
  g_return_val_if_fail (BEAM_IS_BAR_CHART (self), NULL);

  return self->axis;
}

guint
beam_bar_chart_add_category (BeamBarChart *self,
                             const char   *name,
                             const char   *note)
{
  BeamCategory category = { { g_strdup (name != NULL ? name : ""), g_strdup (note) } };

  g_return_val_if_fail (BEAM_IS_BAR_CHART (self), 0);

  g_array_append_val (self->categories, category);
  changed_shape (self);
  return self->categories->len - 1;
}

guint
beam_bar_chart_add_subject (BeamBarChart *self,
                            const char   *name,
                            int           identity)
{
  BeamSubject subject = { g_strdup (name != NULL ? name : ""), identity };

  g_return_val_if_fail (BEAM_IS_BAR_CHART (self), 0);
  g_return_val_if_fail (self->subjects->len < BEAM_MAX_SUBJECTS, 0);

  g_array_append_val (self->subjects, subject);
  changed_shape (self);
  return self->subjects->len - 1;
}

void
beam_bar_chart_add_part (BeamBarChart *self,
                         const char   *name)
{
  g_return_if_fail (BEAM_IS_BAR_CHART (self));
  g_return_if_fail (self->parts->len < BEAM_MAX_PARTS);

  g_ptr_array_add (self->parts, g_strdup (name != NULL ? name : ""));
  beam_figure_queue_update (BEAM_FIGURE (self));
}

void
beam_bar_chart_set_bar (BeamBarChart  *self,
                        guint          category,
                        guint          subject,
                        const BeamBar *bar)
{
  const BeamBar unknown = { .n_parts = 0 };

  g_return_if_fail (BEAM_IS_BAR_CHART (self));
  g_return_if_fail (category < self->categories->len && subject < self->subjects->len);
  g_return_if_fail (bar == NULL || bar->n_parts <= BEAM_MAX_PARTS);

  category_at (self, category)->bars[subject] = bar != NULL ? *bar : unknown;
  refit (self);
}

void
beam_bar_chart_set_value (BeamBarChart *self,
                          guint         category,
                          guint         subject,
                          double        value)
{
  const BeamBar bar = { { value }, 1, (double) NAN, (double) NAN, BEAM_FILL_SOLID };

  beam_bar_chart_set_bar (self, category, subject, &bar);
}

void
beam_bar_chart_clear (BeamBarChart *self)
{
  g_return_if_fail (BEAM_IS_BAR_CHART (self));

  g_array_set_size (self->categories, 0);
  g_array_set_size (self->subjects, 0);
  g_ptr_array_set_size (self->parts, 0);
  changed_shape (self);
}

gboolean
beam_bar_chart_get_track (BeamBarChart *self)
{
  g_return_val_if_fail (BEAM_IS_BAR_CHART (self), FALSE);

  return self->track;
}

void
beam_bar_chart_set_track (BeamBarChart *self,
                          gboolean      track)
{
  g_return_if_fail (BEAM_IS_BAR_CHART (self));

  if (self->track == !!track)
    return;

  self->track = !!track;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TRACK]);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  beam_figure_queue_update (BEAM_FIGURE (self));
}
