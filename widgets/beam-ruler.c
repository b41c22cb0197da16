/* beam-ruler.c: a value axis laid along one side of a figure
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-geometry.h"
#include "beam-ruler.h"
#include "beam-shapes.h"
#include "beam-ticks.h"

#define LABEL_GAP    6.0
#define LABEL_APART  14.0
#define BEYOND_END   6.0 /* how far a label may stand out: there are others */
#define MOST_UPRIGHT 8
#define MOST_LEVEL   10

void
beam_ruler_init (BeamRuler     *self,
                 BeamValueAxis *axis,
                 double         from,
                 double         to)
{
  *self = (BeamRuler) { .from = from, .to = to, .scale = beam_value_axis_get_scale (axis) };
  beam_value_axis_get_range (axis, &self->low, &self->high);
}

double
beam_ruler_at (const BeamRuler *self,
               double           value)
{
  double share = beam_scale_share (self->scale, self->low, self->high, value);

  return self->from + (self->to - self->from) * CLAMP (share, 0, 1);
}

gboolean
beam_ruler_has (const BeamRuler *self,
                double           value)
{
  double share = beam_scale_share (self->scale, self->low, self->high, value);

  return isfinite (value) && share > -1e-9 && share < 1 + 1e-9;
}

static double
get_ticks (const BeamRuler *self,
           guint            max_ticks,
           GArray          *ret)
{
  if (self->scale == BEAM_SCALE_LINEAR)
    return beam_ticks_linear (self->low, self->high, max_ticks, ret);

  beam_ticks_log (self->low, self->high, max_ticks, ret);
  return 0;
}

static double
widest_label (const BeamFrame *frame,
              BeamValueAxis   *axis,
              GArray          *ticks,
              double           step)
{
  double widest = 0;

  for (guint i = 0; i < ticks->len; i++)
    {
      g_autofree char *text = beam_value_axis_format (axis, g_array_index (ticks, double, i), step, BEAM_FORMAT_TICK);

      widest = fmax (widest, beam_frame_measure (frame, text, BEAM_FRAME_LABEL));
    }

  return widest;
}

double
beam_ruler_get_ticks (const BeamRuler *self,
                      const BeamFrame *frame,
                      BeamValueAxis   *axis,
                      gboolean         upright,
                      GArray          *ret)
{
  double length = fabs (self->to - self->from);
  double step, widest;
  guint n = MOST_LEVEL;

  if (upright)
    return get_ticks (self, (guint) CLAMP (length / (frame->line_height * 1.9), 2, MOST_UPRIGHT), ret);

  /* Fewer until their labels fit beside each other. */
  do
    {
      step = get_ticks (self, n, ret);
      widest = widest_label (frame, axis, ret, step);
    }
  while (n-- > 2 && ret->len > 1 && (widest + LABEL_APART) * (ret->len - 1) > length);

  return step;
}

double
beam_ruler_label_width (const BeamFrame *frame,
                        BeamValueAxis   *axis,
                        double           length)
{
  g_autoptr (GArray) ticks = g_array_new (FALSE, FALSE, sizeof (double));
  BeamRuler self;
  double step;

  if (beam_value_axis_is_empty (axis))
    return 0;

  beam_ruler_init (&self, axis, 0, length);
  step = beam_ruler_get_ticks (&self, frame, axis, TRUE, ticks);
  return ceil (widest_label (frame, axis, ticks, step)) + LABEL_GAP;
}

/* Returns where the label ended, or @limit when it had no room. */
static double
paint_level_label (cairo_t         *cr,
                   const BeamFrame *frame,
                   const BeamRuler *self,
                   const char      *text,
                   double           x,
                   double           y,
                   double           limit)
{
  double left = fmax (fmin (self->from, self->to) - BEYOND_END, 0);
  double right = fmin (fmax (self->from, self->to) + BEYOND_END, frame->width);
  BeamLabel label = { .y = y, .color = &frame->style->dim, .kind = BEAM_FRAME_LABEL };
  double width = beam_frame_measure (frame, text, BEAM_FRAME_LABEL);

  label.x = CLAMP (x - width / 2, left, fmax (right - width, left));
  if (label.x < limit)
    return limit;

  beam_frame_write (frame, cr, text, &label);
  return label.x + width + LABEL_GAP;
}

void
beam_paint_ruler (cairo_t         *cr,
                  const BeamFrame *frame,
                  const BeamRuler *self,
                  BeamValueAxis   *axis,
                  gboolean         upright,
                  double           across_from,
                  double           across_to)
{
  g_autoptr (GArray) ticks = g_array_new (FALSE, FALSE, sizeof (double));
  double step = beam_ruler_get_ticks (self, frame, axis, upright, ticks);
  gboolean labels = !beam_value_axis_is_empty (axis);
  double limit = -G_MAXDOUBLE;

  for (guint i = 0; i < ticks->len; i++)
    {
      /* From left to right, whichever way the ruler runs. */
      guint index = self->from <= self->to ? i : ticks->len - 1 - i;
      double value = g_array_index (ticks, double, index);
      double at = beam_ruler_at (self, value);
      double line = beam_frame_snap (frame, at, 1);
      g_autofree char *text = labels ? beam_value_axis_format (axis, value, step, BEAM_FORMAT_TICK) : NULL;

      if (upright)
        {
          const BeamLabel label = { across_from - LABEL_GAP, at, 1, 0.5, 0, &frame->style->dim, BEAM_FRAME_LABEL, FALSE };

          beam_paint_straight (cr, across_from, line, across_to, line, 1, BEAM_DASH_SOLID, &frame->style->grid);
          beam_frame_write (frame, cr, text, &label);
        }
      else
        {
          beam_paint_straight (cr, line, across_from, line, across_to, 1, BEAM_DASH_SOLID, &frame->style->grid);
          if (text != NULL)
            limit = paint_level_label (cr, frame, self, text, at, across_to + 3, limit);
        }
    }
}
