/* beam-sparkline.c: a line as large as a word
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-painter.h"
#include "beam-sparkline.h"

/**
 * BeamSparkline:
 *
 * The course of a series without axes, for a list or a heading. It shows the
 * form, from the lowest to the highest value of its window, and marks the last
 * one; the number stands beside it. Time runs from left to right in any
 * language.
 *
 * It is one item: "43 ms (30 ms – 52 ms)", last, lowest and highest.
 */
struct _BeamSparkline
{
  BeamFigure parent_instance;

  BeamSeries    *series; /* owned, nullable */
  BeamValueAxis *axis;   /* owned */
  gint64         window_us;
  gint64         end_us; /* G_MININT64: at the last sample */
  int            identity;
  GArray        *points; /* owned, element-type BeamPoint; kept between frames */
};

G_DEFINE_FINAL_TYPE (BeamSparkline, beam_sparkline, BEAM_TYPE_FIGURE)

#define DEFAULT_WINDOW_US (G_GINT64_CONSTANT (240) * G_USEC_PER_SEC)
#define EDGE        4.0
#define LINE_WIDTH  1.6
#define MARKER_SIZE 7.0

enum {
  PROP_SERIES = 1,
  PROP_WINDOW,
  PROP_END,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* The last value that is shown, where there is one. */
static double
get_last (BeamSparkline *self,
          gint64         to_us,
          gint64        *ret_time_us)
{
  gint64 first_us, last_us;

  if (!beam_series_get_extent (self->series, &first_us, &last_us))
    return NAN;

  return beam_series_lookup (self->series, MIN (last_us, to_us), self->window_us, ret_time_us);
}

/* FALSE while there is nothing. */
static gboolean
get_window (BeamSparkline *self,
            gint64        *ret_from_us,
            gint64        *ret_to_us)
{
  gint64 first_us;

  if (self->series == NULL || !beam_series_get_extent (self->series, &first_us, ret_to_us))
    return FALSE;

  if (self->end_us != G_MININT64)
    *ret_to_us = self->end_us;
  *ret_from_us = *ret_to_us - self->window_us;
  return TRUE;
}

static gboolean
lay_out (BeamSparkline   *self,
         const BeamFrame *frame,
         BeamGeometry    *ret)
{
  double low, high;

  *ret = (BeamGeometry) {
    EDGE, EDGE, frame->width - 2 * EDGE, frame->height - 2 * EDGE, frame->device_scale,
    .scale = beam_value_axis_get_scale (self->axis),
  };
  if (!get_window (self, &ret->from_us, &ret->to_us) ||
      !beam_series_get_range (self->series, ret->from_us, ret->to_us, &low, &high))
    return FALSE;

  /* A level line runs through the middle. */
  beam_value_axis_fit_data (self->axis, low, high);
  beam_value_axis_get_range (self->axis, &ret->low, &ret->high);
  return beam_geometry_is_valid (ret);
}

static void
beam_sparkline_draw (BeamFigure      *figure,
                     cairo_t         *cr,
                     const BeamFrame *frame)
{
  BeamSparkline *self = BEAM_SPARKLINE (figure);
  const BeamStroke stroke = { beam_style_get_identity (frame->style, self->identity), LINE_WIDTH, BEAM_DASH_SOLID };
  GdkRGBA soft = stroke.color;
  BeamGeometry geometry;
  double value;
  gint64 time_us;

  if (!lay_out (self, frame, &geometry))
    return;

  beam_series_collect (self->series, geometry.from_us, geometry.to_us,
                       (guint) ceil (geometry.width * geometry.device_scale), self->points);
  soft.alpha = (float) frame->style->fill_alpha;
  cairo_save (cr);
  cairo_rectangle (cr, geometry.x, 0, frame->width - geometry.x, frame->height);
  cairo_clip (cr);
  beam_paint_area (cr, &geometry, (const BeamPoint *) (gpointer) self->points->data, self->points->len, geometry.low, &soft);
  beam_paint_line (cr, &geometry, (const BeamPoint *) (gpointer) self->points->data, self->points->len, &stroke);
  value = get_last (self, geometry.to_us, &time_us);
  if (isfinite (value))
    beam_paint_marker (cr, beam_geometry_x (&geometry, time_us), beam_geometry_y (&geometry, value), MARKER_SIZE,
                       beam_identity_get_marker (self->identity), &stroke.color, &frame->style->background);
  cairo_restore (cr);
}

static guint
beam_sparkline_count_items (BeamFigure *figure)
{
  gint64 from_us, to_us;

  return get_window (BEAM_SPARKLINE (figure), &from_us, &to_us) ? 1 : 0;
}

static void
beam_sparkline_collect_areas (BeamFigure      *figure,
                              const BeamFrame *frame,
                              graphene_rect_t *areas)
{
  graphene_rect_init (areas, 2, 2, (float) fmax (frame->width - 4, 1), (float) fmax (frame->height - 4, 1));
}

static char *
beam_sparkline_describe_item (BeamFigure *figure,
                              guint       item)
{
  BeamSparkline *self = BEAM_SPARKLINE (figure);
  gint64 from_us, to_us;
  double low, high;
  g_autofree char *last = NULL;
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;

  if (!get_window (self, &from_us, &to_us) || !beam_series_get_range (self->series, from_us, to_us, &low, &high))
    return g_strdup ("?");

  last = beam_value_axis_format (self->axis, get_last (self, to_us, NULL), 0, BEAM_FORMAT_SPOKEN);
  least = beam_value_axis_format (self->axis, low, 0, BEAM_FORMAT_SPOKEN);
  most = beam_value_axis_format (self->axis, high, 0, BEAM_FORMAT_SPOKEN);
  return g_strdup_printf ("%s (%s – %s)", last, least, most);
}

static void
beam_sparkline_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 40 : 18;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 110 : 28;
}

static void
beam_sparkline_dispose (GObject *object)
{
  beam_sparkline_set_series (BEAM_SPARKLINE (object), NULL);

  G_OBJECT_CLASS (beam_sparkline_parent_class)->dispose (object);
}

static void
beam_sparkline_finalize (GObject *object)
{
  g_object_unref (BEAM_SPARKLINE (object)->axis);
  g_array_unref (BEAM_SPARKLINE (object)->points);

  G_OBJECT_CLASS (beam_sparkline_parent_class)->finalize (object);
}

static void
beam_sparkline_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  BeamSparkline *self = BEAM_SPARKLINE (object);

  switch (prop_id)
    {
    case PROP_SERIES:
      g_value_set_object (value, self->series);
      break;
    case PROP_WINDOW:
      g_value_set_int64 (value, self->window_us);
      break;
    case PROP_END:
      g_value_set_int64 (value, self->end_us);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_sparkline_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  BeamSparkline *self = BEAM_SPARKLINE (object);

  switch (prop_id)
    {
    case PROP_SERIES:
      beam_sparkline_set_series (self, g_value_get_object (value));
      break;
    case PROP_WINDOW:
      beam_sparkline_set_window (self, g_value_get_int64 (value));
      break;
    case PROP_END:
      beam_sparkline_set_end (self, g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
beam_sparkline_class_init (BeamSparklineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BeamFigureClass *figure_class = BEAM_FIGURE_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = beam_sparkline_dispose;
  object_class->finalize = beam_sparkline_finalize;
  object_class->get_property = beam_sparkline_get_property;
  object_class->set_property = beam_sparkline_set_property;
  widget_class->measure = beam_sparkline_measure;
  figure_class->draw = beam_sparkline_draw;
  figure_class->count_items = beam_sparkline_count_items;
  figure_class->collect_areas = beam_sparkline_collect_areas;
  figure_class->describe_item = beam_sparkline_describe_item;

  props[PROP_SERIES] = g_param_spec_object ("series", NULL, NULL, BEAM_TYPE_SERIES, flags);
  props[PROP_WINDOW] = g_param_spec_int64 ("window", NULL, NULL, 1, G_MAXINT64, DEFAULT_WINDOW_US, flags);
  props[PROP_END] = g_param_spec_int64 ("end", NULL, NULL, G_MININT64, G_MAXINT64, G_MININT64, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "beam-sparkline");
}

static void
beam_sparkline_init (BeamSparkline *self)
{
  self->window_us = DEFAULT_WINDOW_US;
  self->end_us = G_MININT64;
  self->points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
  self->axis = beam_value_axis_new (BEAM_SCALE_LINEAR);
  beam_value_axis_set_from_zero (self->axis, FALSE);
  beam_value_axis_set_tight (self->axis, TRUE);
}

GtkWidget *
beam_sparkline_new (BeamSeries *series,
                    int         identity)
{
  BeamSparkline *self = g_object_new (BEAM_TYPE_SPARKLINE, "series", series, NULL);

  self->identity = identity;
  return GTK_WIDGET (self);
}

BeamSeries *
beam_sparkline_get_series (BeamSparkline *self)
{
  g_return_val_if_fail (BEAM_IS_SPARKLINE (self), NULL);

  return self->series;
}

void
beam_sparkline_set_series (BeamSparkline *self,
                           BeamSeries    *series)
{
  g_return_if_fail (BEAM_IS_SPARKLINE (self));
  g_return_if_fail (series == NULL || BEAM_IS_SERIES (series));

  if (self->series == series)
    return;

  if (self->series != NULL)
    g_signal_handlers_disconnect_by_data (self->series, self);
  g_set_object (&self->series, series);
  if (series != NULL)
    g_signal_connect_swapped (series, "changed", G_CALLBACK (beam_figure_queue_update), self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SERIES]);
  beam_figure_queue_update (BEAM_FIGURE (self));
}

gint64
beam_sparkline_get_window (BeamSparkline *self)
{
  g_return_val_if_fail (BEAM_IS_SPARKLINE (self), 0);

  return self->window_us;
}

void
beam_sparkline_set_window (BeamSparkline *self,
                           gint64         window_us)
{
  g_return_if_fail (BEAM_IS_SPARKLINE (self));
  g_return_if_fail (window_us > 0);

  if (self->window_us == window_us)
    return;

  self->window_us = window_us;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WINDOW]);
  beam_figure_queue_update (BEAM_FIGURE (self));
}

gint64
beam_sparkline_get_end (BeamSparkline *self)
{
  g_return_val_if_fail (BEAM_IS_SPARKLINE (self), G_MININT64);

  return self->end_us;
}

void
beam_sparkline_set_end (BeamSparkline *self,
                        gint64         end_us)
{
  g_return_if_fail (BEAM_IS_SPARKLINE (self));

  if (self->end_us == end_us)
    return;

  self->end_us = end_us;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_END]);
  beam_figure_queue_update (BEAM_FIGURE (self));
}

BeamValueAxis *
beam_sparkline_get_value_axis (BeamSparkline *self)
{
  g_return_val_if_fail (BEAM_IS_SPARKLINE (self), NULL);

  return self->axis;
}
