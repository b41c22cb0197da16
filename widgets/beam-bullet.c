/* beam-bullet.c: one value against its target and what is good enough
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-bullet.h"
#include "beam-ruler.h"
#include "beam-shapes.h"
#include "beam-words.h"

/**
 * BeamBullet:
 *
 * A bullet graph after Stephen Few: a bar for the value, a stroke for the
 * target, and grades of grey behind both. More is not said to be good or bad:
 * the target and the words beside it do.
 *
 * It is one item: "0.62 cores (0.58 – 0.66), ◎ 1 core".
 */
struct _BeamBullet
{
  BeamFigure parent_instance;

  BeamValueAxis *axis; /* owned */
  gboolean       shared; /* the axis was given: who shares it fits or fixes it */
  int            identity;
  double         value;
  double         target;
  double         low;
  double         high;
  double         grades[3];
  guint          n_grades;
  gboolean       show_axis;
};

G_DEFINE_FINAL_TYPE (BeamBullet, beam_bullet, BEAM_TYPE_FIGURE)

#define EDGE        8.0
#define BAR_SHARE   0.42
#define STROKE      3.0
#define STROKE_SHARE 0.72
#define TALLEST     30.0

enum {
  PROP_VALUE = 1,
  PROP_TARGET,
  PROP_SHOW_AXIS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* --- Drawing --- */

static void
lay_out (BeamBullet      *self,
         const BeamFrame *frame,
         BeamRect        *ret_ground,
         BeamRuler       *ret_ruler)
{
  double below = self->show_axis ? frame->line_height + 4 : 0;
  double height = fmin (fmax (frame->height - below - 2, 1), TALLEST * frame->unit);
  double right = fmax (frame->width - EDGE, EDGE + 1);

  *ret_ground = (BeamRect) { EDGE, round ((frame->height - below - height) / 2), right - EDGE, height };
  beam_ruler_init (ret_ruler, self->axis, frame->rtl ? right : EDGE, frame->rtl ? EDGE : right);
}

static void
paint_ground (BeamBullet      *self,
              cairo_t         *cr,
              const BeamFrame *frame,
              const BeamRect  *ground,
              const BeamRuler *ruler)
{
  static const double strengths[] = { 0.30, 0.20, 0.12, 0.07 };
  double from = ruler->from;

  for (guint i = 0; i <= self->n_grades; i++)
    {
      double to = i < self->n_grades ? beam_ruler_at (ruler, self->grades[i]) : ruler->to;
      const BeamRect area = { fmin (from, to), ground->y, fabs (to - from), ground->height };
      GdkRGBA color = frame->style->ink;

      color.alpha = (float) (strengths[self->n_grades > 0 ? i : 2] * (frame->style->high_contrast ? 1.5 : 1));
      beam_paint_bar (cr, &area, 0, BEAM_FILL_SOLID, &color);
      from = to;
    }
}

static BeamRect
value_bar (const BeamBullet *self,
           const BeamRect   *ground,
           const BeamRuler  *ruler)
{
  double to = beam_ruler_at (ruler, self->value);
  double height = round (ground->height * BAR_SHARE);

  return (BeamRect) { fmin (ruler->from, to), round (ground->y + (ground->height - height) / 2),
                      fabs (to - ruler->from), height };
}

static void
beam_bullet_draw (BeamFigure      *figure,
                  cairo_t         *cr,
                  const BeamFrame *frame)
{
  BeamBullet *self = BEAM_BULLET (figure);
  GdkRGBA color = beam_style_get_identity (frame->style, self->identity);
  BeamRect ground;
  BeamRuler ruler;

  lay_out (self, frame, &ground, &ruler);
  if (self->show_axis)
    beam_paint_ruler (cr, frame, &ruler, self->axis, FALSE, ground.y, ground.y + ground.height);

  if (isnan (self->value))
    {
      beam_paint_bar (cr, &ground, 0, BEAM_FILL_HATCHED, &frame->style->grid);
    }
  else
    {
      const BeamRect bar = value_bar (self, &ground, &ruler);
      double middle = bar.y + bar.height / 2;
      const BeamWhisker whisker = { beam_ruler_at (&ruler, self->low), middle, beam_ruler_at (&ruler, self->high), middle, 7 };

      paint_ground (self, cr, frame, &ground, &ruler);
      beam_paint_bar (cr, &bar, 1, BEAM_FILL_SOLID, &color);
      if (isfinite (self->low) && isfinite (self->high))
        beam_paint_whisker (cr, &whisker, &frame->style->ink, &frame->style->background);
    }
  if (beam_ruler_has (&ruler, self->target))
    {
      double height = round (ground.height * STROKE_SHARE);
      const BeamRect stroke = { round (beam_ruler_at (&ruler, self->target) - STROKE / 2),
                                round (ground.y + (ground.height - height) / 2), STROKE, height };

      beam_paint_bar (cr, &stroke, 1, BEAM_FILL_SOLID, &frame->style->ink);
    }
}

/* --- Words --- */

static guint
beam_bullet_count_items (BeamFigure *figure)
{
  BeamBullet *self = BEAM_BULLET (figure);

  return isnan (self->value) && isnan (self->target) ? 0 : 1;
}

static void
beam_bullet_collect_areas (BeamFigure      *figure,
                           const BeamFrame *frame,
                           graphene_rect_t *areas)
{
  BeamBullet *self = BEAM_BULLET (figure);
  BeamRect area;
  BeamRuler ruler;

  lay_out (self, frame, &area, &ruler);
  if (!isnan (self->value))
    area = value_bar (self, &area, &ruler);
  graphene_rect_init (areas, (float) area.x, (float) area.y, (float) area.width, (float) area.height);
}

static char *
beam_bullet_describe_item (BeamFigure *figure,
                           guint       item)
{
  BeamBullet *self = BEAM_BULLET (figure);
  g_autofree char *value = NULL;
  g_autofree char *target = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  GString *text;

  value = isnan (self->value) ? g_strdup ("?") : beam_value_axis_format (self->axis, self->value, 0, BEAM_FORMAT_SPOKEN);
  text = g_string_new (value);
  if (isfinite (self->low) && isfinite (self->high))
    {
      low = beam_value_axis_format (self->axis, self->low, 0, BEAM_FORMAT_SPOKEN);
      high = beam_value_axis_format (self->axis, self->high, 0, BEAM_FORMAT_SPOKEN);
      g_string_append_printf (text, " (%s – %s)", low, high);
    }
  if (!isnan (self->target))
    {
      target = beam_value_axis_format (self->axis, self->target, 0, BEAM_FORMAT_SPOKEN);
      g_string_append_printf (text, ", ◎ %s", target);
    }

  return g_string_free (text, FALSE);
}

static void
beam_bullet_fill_cells (BeamFigure *figure,
                        BeamCells  *cells)
{
  BeamBullet *self = BEAM_BULLET (figure);

  beam_cells_add_column (cells, "value", _("Value"), self->axis);
  beam_cells_add_column (cells, "low", _("Low"), self->axis);
  beam_cells_add_column (cells, "high", _("High"), self->axis);
  beam_cells_add_column (cells, "target", _("Target"), self->axis);
  beam_cells_begin_row (cells);
  beam_cells_add_number (cells, self->value);
  beam_cells_add_number (cells, self->low);
  beam_cells_add_number (cells, self->high);
  beam_cells_add_number (cells, self->target);
}

/* --- Data --- */

static void
axis_changed_cb (BeamBullet *self)
{
  beam_figure_queue_update (BEAM_FIGURE (self));
}

static void
refit (BeamBullet *self)
{
  double low = fmin (self->value, fmin (self->target, self->low));
  double high = fmax (self->value, fmax (self->target, self->high));

  for (guint i = 0; i < self->n_grades; i++)
    high = fmax (high, self->grades[i]);
  if (!self->shared)
    beam_value_axis_fit_data (self->axis, low, high);
  beam_figure_queue_update (BEAM_FIGURE (self));
}

/* --- Overrides --- */

static void
beam_bullet_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  double line = beam_figure_get_line_height (BEAM_FIGURE (widget));
  int axis = BEAM_BULLET (widget)->show_axis ? (int) line + 4 : 0;

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 80 : (int) line + axis;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : (int) (line * 1.8) + axis;
}

static void
beam_bullet_finalize (GObject *object)
{
  g_signal_handlers_disconnect_by_data (BEAM_BULLET (object)->axis, object);
  g_object_unref (BEAM_BULLET (object)->axis);

  G_OBJECT_CLASS (beam_bullet_parent_class)->finalize (object);
}

static void
beam_bullet_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  BeamBullet *self = BEAM_BULLET (object);

  switch (prop_id)
    {
    case PROP_VALUE:
      g_value_set_double (value, self->value);
      break;
    case PROP_TARGET:
      g_value_set_double (value, self->target);
      break;
    case PROP_SHOW_AXIS:
      g_value_set_boolean (value, self->show_axis);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_bullet_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  BeamBullet *self = BEAM_BULLET (object);

  switch (prop_id)
    {
    case PROP_VALUE:
      beam_bullet_set_value (self, g_value_get_double (value));
      break;
    case PROP_TARGET:
      beam_bullet_set_target (self, g_value_get_double (value));
      break;
    case PROP_SHOW_AXIS:
      beam_bullet_set_show_axis (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_bullet_class_init (BeamBulletClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BeamFigureClass *figure_class = BEAM_FIGURE_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = beam_bullet_finalize;
  object_class->get_property = beam_bullet_get_property;
  object_class->set_property = beam_bullet_set_property;
  widget_class->measure = beam_bullet_measure;
  figure_class->draw = beam_bullet_draw;
  figure_class->count_items = beam_bullet_count_items;
  figure_class->collect_areas = beam_bullet_collect_areas;
  figure_class->describe_item = beam_bullet_describe_item;
  figure_class->fill_cells = beam_bullet_fill_cells;

  props[PROP_VALUE] = g_param_spec_double ("value", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  props[PROP_TARGET] = g_param_spec_double ("target", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  props[PROP_SHOW_AXIS] = g_param_spec_boolean ("show-axis", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "beam-bullet");
}

static void
beam_bullet_init (BeamBullet *self)
{
  self->value = (double) NAN;
  self->target = (double) NAN;
  self->low = (double) NAN;
  self->high = (double) NAN;
  self->show_axis = TRUE;
  self->axis = beam_value_axis_new (BEAM_SCALE_LINEAR);
  g_signal_connect_swapped (self->axis, "changed", G_CALLBACK (axis_changed_cb), self);
}

/* --- Public API --- */

GtkWidget *
beam_bullet_new (int identity)
{
  BeamBullet *self = g_object_new (BEAM_TYPE_BULLET, NULL);

  self->identity = identity;
  return GTK_WIDGET (self);
}

BeamValueAxis *
beam_bullet_get_value_axis (BeamBullet *self)
{
  g_return_val_if_fail (BEAM_IS_BULLET (self), NULL);

  return self->axis;
}

void
beam_bullet_set_value_axis (BeamBullet    *self,
                            BeamValueAxis *axis)
{
  g_return_if_fail (BEAM_IS_BULLET (self));
  g_return_if_fail (BEAM_IS_VALUE_AXIS (axis));

  g_object_ref (axis);
  g_signal_handlers_disconnect_by_data (self->axis, self);
  g_object_unref (self->axis);
  self->axis = axis;
  self->shared = TRUE;
  g_signal_connect_swapped (self->axis, "changed", G_CALLBACK (axis_changed_cb), self);
  beam_figure_queue_update (BEAM_FIGURE (self));
}

double
beam_bullet_get_value (BeamBullet *self)
{
  g_return_val_if_fail (BEAM_IS_BULLET (self), (double) NAN);

  return self->value;
}

void
beam_bullet_set_value (BeamBullet *self,
                       double      value)
{
  g_return_if_fail (BEAM_IS_BULLET (self));

  value = isfinite (value) ? value : (double) NAN;
  if (self->value == value || (isnan (self->value) && isnan (value)))
    return;

  self->value = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VALUE]);
  refit (self);
}

double
beam_bullet_get_target (BeamBullet *self)
{
  g_return_val_if_fail (BEAM_IS_BULLET (self), (double) NAN);

  return self->target;
}

void
beam_bullet_set_target (BeamBullet *self,
                        double      target)
{
  g_return_if_fail (BEAM_IS_BULLET (self));

  target = isfinite (target) ? target : (double) NAN;
  if (self->target == target || (isnan (self->target) && isnan (target)))
    return;

  self->target = target;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TARGET]);
  refit (self);
}

void
beam_bullet_set_interval (BeamBullet *self,
                          double      low,
                          double      high)
{
  g_return_if_fail (BEAM_IS_BULLET (self));

  self->low = isfinite (low) ? low : (double) NAN;
  self->high = isfinite (high) ? high : (double) NAN;
  refit (self);
}

void
beam_bullet_set_grades (BeamBullet   *self,
                        const double *limits,
                        guint         n)
{
  g_return_if_fail (BEAM_IS_BULLET (self));
  g_return_if_fail (n <= G_N_ELEMENTS (self->grades));

  for (guint i = 0; i < n; i++)
    {
      g_return_if_fail (isfinite (limits[i]));
      self->grades[i] = limits[i];
    }
  self->n_grades = n;
  refit (self);
}

gboolean
beam_bullet_get_show_axis (BeamBullet *self)
{
  g_return_val_if_fail (BEAM_IS_BULLET (self), TRUE);

  return self->show_axis;
}

void
beam_bullet_set_show_axis (BeamBullet *self,
                           gboolean    show_axis)
{
  g_return_if_fail (BEAM_IS_BULLET (self));

  if (self->show_axis == !!show_axis)
    return;

  self->show_axis = !!show_axis;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_AXIS]);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  beam_figure_queue_update (BEAM_FIGURE (self));
}
