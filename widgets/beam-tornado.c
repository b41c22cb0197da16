/* beam-tornado.c: which assumption moves the result the most
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-tornado-private.h"
#include "beam-words.h"

/**
 * BeamTornado:
 *
 * One bar an assumption, from the result at its low end to that at its high
 * end, around the result as it stands; the widest on top. The half towards the
 * high end of the assumption is full, the other one lighter, and the ends
 * say which value of the assumption they stand for. With a flip line one sees
 * which assumptions could turn the decision: their bars cross it.
 *
 * An item is a row: "Salary: 80 k€ → 1.2 M€, 140 k€ → 1.9 M€".
 */
G_DEFINE_FINAL_TYPE (BeamTornado, beam_tornado, BEAM_TYPE_FIGURE)


enum {
  PROP_BASE = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
clear_row (gpointer data)
{
  BeamTornadoRow *row = data;

  g_free (row->text.name);
  g_free (row->low_text);
  g_free (row->high_text);
}

static BeamTornadoRow *
row_at (BeamTornado *self,
        guint        i)
{
  return &g_array_index (self->rows, BeamTornadoRow, i);
}

double
beam_tornado_row_span (const BeamTornadoRow *row)
{
  double width = fabs (row->high - row->low);

  return isnan (width) ? -1 : width;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  double x = beam_tornado_row_span (a);
  double y = beam_tornado_row_span (b);

  return (x < y) - (x > y);
}

/* --- Items --- */

static guint
beam_tornado_count_items (BeamFigure *figure)
{
  return BEAM_TORNADO (figure)->rows->len;
}

static char *
beam_tornado_describe_item (BeamFigure *figure,
                            guint       item)
{
  BeamTornado *self = BEAM_TORNADO (figure);
  const BeamTornadoRow *row = row_at (self, item);
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (beam_tornado_row_span (row) < 0)
    return g_strdup_printf ("%s: ?", row->text.name);

  low = beam_value_axis_format (self->axis, row->low, 0, BEAM_FORMAT_SPOKEN);
  high = beam_value_axis_format (self->axis, row->high, 0, BEAM_FORMAT_SPOKEN);
  if (row->low_text == NULL || row->high_text == NULL)
    return g_strdup_printf ("%s: %s – %s", row->text.name, low, high);

  return g_strdup_printf ("%s: %s → %s, %s → %s", row->text.name, row->low_text, low, row->high_text, high);
}

/* Widest first, as it is drawn: which value leads to which result. */
static void
beam_tornado_fill_cells (BeamFigure *figure,
                         BeamCells  *cells)
{
  BeamTornado *self = BEAM_TORNADO (figure);

  beam_cells_add_column (cells, "assumption", _("Assumption"), NULL);
  beam_cells_add_column (cells, "low", _("Low"), NULL);
  beam_cells_add_column (cells, "result_at_low", _("Result at Low"), self->axis);
  beam_cells_add_column (cells, "high", _("High"), NULL);
  beam_cells_add_column (cells, "result_at_high", _("Result at High"), self->axis);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const BeamTornadoRow *row = row_at (self, i);

      beam_cells_begin_row (cells);
      beam_cells_add_text (cells, row->text.name);
      beam_cells_add_text (cells, row->low_text);
      beam_cells_add_number (cells, row->low);
      beam_cells_add_text (cells, row->high_text);
      beam_cells_add_number (cells, row->high);
    }
}

/* --- Data --- */

static void
refit (BeamTornado *self)
{
  double low = self->base;
  double high = self->base;

  for (guint i = 0; i < self->rows->len; i++)
    {
      low = fmin (low, fmin (row_at (self, i)->low, row_at (self, i)->high));
      high = fmax (high, fmax (row_at (self, i)->low, row_at (self, i)->high));
    }
  beam_value_axis_fit_data (self->axis, fmin (low, self->flip), fmax (high, self->flip));
  beam_figure_queue_update (BEAM_FIGURE (self));
}

static void
axis_changed_cb (BeamTornado *self)
{
  beam_figure_queue_update (BEAM_FIGURE (self));
}

/* --- Overrides --- */

static void
beam_tornado_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  guint n = BEAM_TORNADO (widget)->rows->len;
  double line = beam_figure_get_line_height (BEAM_FIGURE (widget));

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : beam_rows_measure (n, line, 1.2, TRUE);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 480 : beam_rows_measure (n, line, 2, TRUE);
}

static void
beam_tornado_finalize (GObject *object)
{
  BeamTornado *self = BEAM_TORNADO (object);

  g_array_unref (self->rows);
  g_object_unref (self->axis);
  g_free (self->flip_label);

  G_OBJECT_CLASS (beam_tornado_parent_class)->finalize (object);
}

static void
beam_tornado_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_BASE:
      g_value_set_double (value, BEAM_TORNADO (object)->base);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_tornado_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_BASE:
      beam_tornado_set_base (BEAM_TORNADO (object), g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_tornado_class_init (BeamTornadoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BeamFigureClass *figure_class = BEAM_FIGURE_CLASS (klass);

  object_class->finalize = beam_tornado_finalize;
  object_class->get_property = beam_tornado_get_property;
  object_class->set_property = beam_tornado_set_property;
  widget_class->measure = beam_tornado_measure;
  figure_class->draw = beam_tornado_draw;
  figure_class->count_items = beam_tornado_count_items;
  figure_class->collect_areas = beam_tornado_collect_areas;
  figure_class->describe_item = beam_tornado_describe_item;
  figure_class->fill_cells = beam_tornado_fill_cells;

  props[PROP_BASE] = g_param_spec_double ("base", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "beam-tornado");
}

static void
beam_tornado_init (BeamTornado *self)
{
  self->base = (double) NAN;
  self->flip = (double) NAN;
  self->rows = g_array_new (FALSE, FALSE, sizeof (BeamTornadoRow));
  g_array_set_clear_func (self->rows, clear_row);
  self->axis = beam_value_axis_new (BEAM_SCALE_LINEAR);
  beam_value_axis_set_from_zero (self->axis, FALSE);
  g_signal_connect_object (self->axis, "changed", G_CALLBACK (axis_changed_cb), self, G_CONNECT_SWAPPED);
}

/* --- Public API --- */

GtkWidget *
beam_tornado_new (void)
{
  return g_object_new (BEAM_TYPE_TORNADO, NULL);
}

BeamValueAxis *
beam_tornado_get_value_axis (BeamTornado *self)
{
  g_return_val_if_fail (BEAM_IS_TORNADO (self), NULL);

  return self->axis;
}

double
beam_tornado_get_base (BeamTornado *self)
{
  g_return_val_if_fail (BEAM_IS_TORNADO (self), (double) NAN);

  return self->base;
}

void
beam_tornado_set_base (BeamTornado *self,
                       double       base)
{
  g_return_if_fail (BEAM_IS_TORNADO (self));

  if (self->base == base || (isnan (self->base) && isnan (base)))
    return;

  self->base = isfinite (base) ? base : (double) NAN;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BASE]);
  refit (self);
}

void
beam_tornado_set_flip (BeamTornado *self,
                       double       flip,
                       int          identity_under,
                       int          identity_over,
                       const char  *label)
{
  g_return_if_fail (BEAM_IS_TORNADO (self));

  self->flip = isfinite (flip) ? flip : (double) NAN;
  self->identities[0] = identity_under;
  self->identities[1] = identity_over;
  g_free (self->flip_label);
  self->flip_label = g_strdup (label);
  refit (self);
}

void
beam_tornado_add (BeamTornado *self,
                  const char  *name,
                  double       result_at_low,
                  double       result_at_high,
                  const char  *low_text,
                  const char  *high_text)
{
  gboolean known = isfinite (result_at_low) && isfinite (result_at_high);
  BeamTornadoRow row = {
    { g_strdup (name != NULL ? name : ""), NULL },
    known ? result_at_low : (double) NAN, known ? result_at_high : (double) NAN,
    g_strdup (low_text), g_strdup (high_text),
  };

  g_return_if_fail (BEAM_IS_TORNADO (self));

  g_array_append_val (self->rows, row);
  /* g_array_sort() keeps the order of rows that are as wide. */
  g_array_sort (self->rows, compare_rows);
  refit (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
beam_tornado_clear (BeamTornado *self)
{
  g_return_if_fail (BEAM_IS_TORNADO (self));

  g_array_set_size (self->rows, 0);
  refit (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
