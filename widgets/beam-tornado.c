/* beam-tornado.c: which assumption moves the result the most
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-painter.h"
#include "beam-rows.h"
#include "beam-shapes.h"
#include "beam-tornado.h"

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
struct _BeamTornado
{
  BeamFigure parent_instance;

  BeamValueAxis *axis; /* owned */
  GArray        *rows; /* owned, element-type Row, widest first */
  double         base; /* NAN: unknown */
  double         flip; /* NAN: none */
  int            identities[2];
  char          *flip_label; /* owned, nullable */
};

typedef struct {
  BeamRowText text; /* must be first: rows are an array of texts with a stride */
  double      low;
  double      high;
  char       *low_text;
  char       *high_text;
} Row;

G_DEFINE_FINAL_TYPE (BeamTornado, beam_tornado, BEAM_TYPE_FIGURE)

#define BAR_SHARE 0.56
#define TEXT_GAP  5.0
#define RADIUS    2.0

enum {
  PROP_BASE = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
clear_row (gpointer data)
{
  Row *row = data;

  g_free (row->text.name);
  g_free (row->low_text);
  g_free (row->high_text);
}

static Row *
row_at (BeamTornado *self,
        guint        i)
{
  return &g_array_index (self->rows, Row, i);
}

static double
span (const Row *row)
{
  double width = fabs (row->high - row->low);

  return isnan (width) ? -1 : width;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  double x = span (a);
  double y = span (b);

  return (x < y) - (x > y);
}

/* --- Drawing --- */

static void
lay_out (BeamTornado     *self,
         const BeamFrame *frame,
         BeamRows        *ret)
{
  beam_rows_init (ret, frame, (const BeamRowText *) (gpointer) self->rows->data, self->rows->len, sizeof (Row),
                  self->axis, TRUE);
}

/* The flip line leaves room for its label over the rows. */
static double
head_room (BeamTornado     *self,
           const BeamFrame *frame)
{
  return isfinite (self->flip) && self->flip_label != NULL ? frame->line_height + 4 : 0;
}

/* From one result to another, in the colours of the sides of the flip. */
static void
paint_half (BeamTornado     *self,
            cairo_t         *cr,
            const BeamFrame *frame,
            const BeamRows  *rows,
            double           from,
            double           to,
            double           middle,
            gboolean         full)
{
  double ends[3] = { fmin (from, to), fmax (from, to), fmax (from, to) };
  int n = 1;

  if (isfinite (self->flip) && self->flip > ends[0] && self->flip < ends[1])
    {
      ends[1] = self->flip;
      n = 2;
    }

  for (int i = 0; i < n; i++)
    {
      double a = beam_ruler_at (&rows->ruler, ends[i]);
      double b = beam_ruler_at (&rows->ruler, ends[i + 1]);
      int side = ends[i] >= self->flip ? 1 : 0;
      GdkRGBA color = isfinite (self->flip) ? beam_style_get_identity (frame->style, self->identities[side])
                                            : beam_mix (&frame->style->background, &frame->style->ink, 0.62);
      double height = round (rows->row_height * BAR_SHARE);
      const BeamRect area = { fmin (a, b), round (middle - height / 2), fabs (b - a), height };

      if (!full)
        color = beam_mix (&frame->style->background, &color, frame->style->high_contrast ? 0.6 : 0.5);
      beam_paint_bar (cr, &area, 0, BEAM_FILL_SOLID, &color);
    }
}

/* The text of an end stands outside of the bar, or not at all. */
static void
write_end (cairo_t         *cr,
           const BeamFrame *frame,
           const BeamRows  *rows,
           const char      *text,
           double           x,
           double           other_x,
           double           y)
{
  gboolean after = x >= other_x;
  double width = beam_frame_measure (frame, text, BEAM_FRAME_LABEL);
  const BeamLabel label = { x + (after ? TEXT_GAP : -TEXT_GAP), y, after ? 0 : 1, 0.5, 0,
                            &frame->style->dim, BEAM_FRAME_LABEL, TRUE };
  double edge = after ? label.x + width : label.x - width;

  if (edge >= rows->left - 2 && edge <= rows->right + 2)
    beam_frame_write (frame, cr, text, &label);
}

static void
paint_row (BeamTornado     *self,
           cairo_t         *cr,
           const BeamFrame *frame,
           const BeamRows  *rows,
           guint            i)
{
  const Row *row = row_at (self, i);
  double y = beam_rows_y (rows, i);
  double height = round (rows->row_height * BAR_SHARE);

  beam_rows_paint_text (rows, cr, frame, i, &row->text);
  if (span (row) < 0 || isnan (self->base))
    {
      const BeamRect area = { rows->left, round (y - height / 2), rows->right - rows->left, height };

      beam_paint_bar (cr, &area, RADIUS, BEAM_FILL_HATCHED, &frame->style->grid);
      return;
    }

  paint_half (self, cr, frame, rows, self->base, row->low, y, FALSE);
  paint_half (self, cr, frame, rows, self->base, row->high, y, TRUE);
}

static void
write_ends (BeamTornado     *self,
            cairo_t         *cr,
            const BeamFrame *frame,
            const BeamRows  *rows,
            guint            i)
{
  const Row *row = row_at (self, i);
  double y = beam_rows_y (rows, i);
  double low_x, high_x;

  if (span (row) < 0 || isnan (self->base))
    return;

  low_x = beam_ruler_at (&rows->ruler, row->low);
  high_x = beam_ruler_at (&rows->ruler, row->high);
  write_end (cr, frame, rows, row->low_text, low_x, high_x, y);
  write_end (cr, frame, rows, row->high_text, high_x, low_x, y);
}

static void
paint_lines (BeamTornado     *self,
             cairo_t         *cr,
             const BeamFrame *frame,
             const BeamRows  *rows)
{
  if (beam_ruler_has (&rows->ruler, self->base))
    {
      double x = beam_frame_snap (frame, beam_ruler_at (&rows->ruler, self->base), 1);

      beam_paint_straight (cr, x, rows->top, x, rows->bottom, frame->style->high_contrast ? 2 : 1, BEAM_DASH_SOLID,
                           &frame->style->ink);
    }
  if (beam_ruler_has (&rows->ruler, self->flip))
    {
      double x = beam_frame_snap (frame, beam_ruler_at (&rows->ruler, self->flip), 1);
      double width = beam_frame_measure (frame, self->flip_label, BEAM_FRAME_LABEL);
      const BeamLabel label = { CLAMP (x - width / 2, rows->left, fmax (rows->right - width, rows->left)), 0, 0, 0, 0,
                                &frame->style->threshold, BEAM_FRAME_LABEL, FALSE };

      beam_paint_straight (cr, x, rows->top - 2, x, rows->bottom, 1.5, BEAM_DASH_DASHED, &frame->style->threshold);
      beam_frame_write (frame, cr, self->flip_label, &label);
    }
}

/* The rows, under the label of the flip line. */
static void
lay_out_below (BeamTornado     *self,
               const BeamFrame *frame,
               BeamRows        *ret)
{
  double head = head_room (self, frame);
  BeamFrame below = *frame;

  below.height = fmax (frame->height - head, 1);
  lay_out (self, &below, ret);
  ret->top += head;
  ret->bottom += head;
}

static void
beam_tornado_draw (BeamFigure      *figure,
                   cairo_t         *cr,
                   const BeamFrame *frame)
{
  BeamTornado *self = BEAM_TORNADO (figure);
  BeamRows rows;

  lay_out_below (self, frame, &rows);
  beam_paint_ruler (cr, frame, &rows.ruler, self->axis, FALSE, rows.top, rows.bottom);
  for (guint i = 0; i < self->rows->len; i++)
    paint_row (self, cr, frame, &rows, i);
  paint_lines (self, cr, frame, &rows);
  for (guint i = 0; i < self->rows->len; i++)
    write_ends (self, cr, frame, &rows, i);
}

static guint
beam_tornado_count_items (BeamFigure *figure)
{
  return BEAM_TORNADO (figure)->rows->len;
}

static void
beam_tornado_collect_areas (BeamFigure      *figure,
                            const BeamFrame *frame,
                            graphene_rect_t *areas)
{
  BeamTornado *self = BEAM_TORNADO (figure);
  BeamRows rows;

  lay_out_below (self, frame, &rows);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = row_at (self, i);
      gboolean known = span (row) >= 0;
      double a = known ? beam_ruler_at (&rows.ruler, fmin (row->low, fmin (row->high, self->base))) : rows.left;
      double b = known ? beam_ruler_at (&rows.ruler, fmax (row->low, fmax (row->high, self->base))) : rows.right;

      graphene_rect_init (&areas[i], (float) fmin (a, b), (float) (beam_rows_y (&rows, i) - rows.row_height * BAR_SHARE / 2),
                          (float) fabs (b - a), (float) (rows.row_height * BAR_SHARE));
    }
}

static char *
beam_tornado_describe_item (BeamFigure *figure,
                            guint       item)
{
  BeamTornado *self = BEAM_TORNADO (figure);
  const Row *row = row_at (self, item);
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (span (row) < 0)
    return g_strdup_printf ("%s: ?", row->text.name);

  low = beam_value_axis_format (self->axis, row->low, 0, BEAM_FORMAT_SPOKEN);
  high = beam_value_axis_format (self->axis, row->high, 0, BEAM_FORMAT_SPOKEN);
  if (row->low_text == NULL || row->high_text == NULL)
    return g_strdup_printf ("%s: %s – %s", row->text.name, low, high);

  return g_strdup_printf ("%s: %s → %s, %s → %s", row->text.name, row->low_text, low, row->high_text, high);
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
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
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
  Row row = {
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
