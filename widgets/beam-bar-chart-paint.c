/* beam-bar-chart-paint.c: where bars stand and how they look
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parts of a bar are steps from dark to light of the colour of its subject: the
 * colour keeps saying who it is, and the steps survive a print without colours.
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-bar-chart-private.h"
#include "beam-painter.h"
#include "beam-words.h"

#define LEFT_EDGE   2.0
#define RIGHT_EDGE  6.0
#define GROUP_SHARE 0.72 /* of a category, for its bars */
#define BAR_GAP     3.0
#define WIDEST_BAR  64.0
#define ROW_SHARE   0.66
#define LANE_GAP    2.0
#define RADIUS      2.0
#define MARKER_SIZE 9.0
#define SWATCH      10.0
#define SWATCH_GAP  5.0
#define UNKNOWN_STUB 1.5 /* times the height of its lane */

/* Where things stand. For upright bars only plot and ruler mean something. */
typedef struct {
  BeamRows  rows;
  BeamRect  plot;
  BeamRuler ruler;
  double    legend; /* height of the legend on top */
} Layout;

static gboolean
is_upright (BeamBarChart *self)
{
  return self->orientation == GTK_ORIENTATION_VERTICAL;
}

/* Where the name of a part stands in the legend. */
typedef struct {
  double x;
  guint  line;
} Place;

static double
legend_line (const BeamFrame *frame)
{
  return frame->line_height + 4;
}

/* As many names in a line as have room. @places (nullable) gets a Place for each;
 * returns the number of lines. */
static guint
lay_legend (BeamBarChart    *self,
            const BeamFrame *frame,
            GArray          *places)
{
  double size = round (SWATCH * frame->unit);
  Place place = { 0, 0 };

  for (guint i = 0; i < self->parts->len; i++)
    {
      double width = size + SWATCH_GAP + beam_frame_measure (frame, g_ptr_array_index (self->parts, i), BEAM_FRAME_LABEL);

      if (place.x > 0 && place.x + width > frame->width)
        place = (Place) { 0, place.line + 1 };
      if (places != NULL)
        g_array_append_val (places, place);
      place.x += width + 16;
    }

  return self->parts->len > 0 ? place.line + 1 : 0;
}

static void
lay_out (BeamBarChart    *self,
         const BeamFrame *frame,
         Layout          *ret)
{
  BeamFrame below = *frame;
  double bottom, label_width;

  ret->legend = lay_legend (self, frame, NULL) * legend_line (frame) + (self->parts->len > 0 ? 4 : 0);
  below.height = fmax (frame->height - ret->legend, 1);
  if (!is_upright (self))
    {
      beam_rows_init (&ret->rows, &below, (const BeamRowText *) (gpointer) self->categories->data,
                      self->categories->len, sizeof (BeamCategory), self->axis, !self->track);
      ret->rows.top += ret->legend;
      ret->rows.bottom += ret->legend;
      ret->ruler = ret->rows.ruler;
      return;
    }

  /* The marker over a bar needs room above the highest value. */
  bottom = frame->height - frame->line_height - 6;
  label_width = beam_ruler_label_width (frame, self->axis, below.height - frame->line_height * 2);
  if (label_width > frame->width * 0.4)
    label_width = 0;
  ret->plot = (BeamRect) {
    LEFT_EDGE + label_width, ret->legend + frame->line_height * 0.6,
    fmax (frame->width - LEFT_EDGE - label_width - RIGHT_EDGE, 1), 1,
  };
  ret->plot.height = fmax (bottom - ret->plot.y, 1);
  beam_ruler_init (&ret->ruler, self->axis, ret->plot.y + ret->plot.height, ret->plot.y);
}

/* From the foot of the bar to a value: an upright or a level piece. */
static BeamRect
piece (const Layout *layout,
       gboolean      upright,
       BeamRect      lane,
       double        from,
       double        to)
{
  double a = beam_ruler_at (&layout->ruler, from);
  double b = beam_ruler_at (&layout->ruler, to);

  if (upright)
    return (BeamRect) { lane.x, fmin (a, b), lane.width, fabs (b - a) };

  return (BeamRect) { fmin (a, b), lane.y, fabs (b - a), lane.height };
}

/* The lane of a bar: all of the axis long. */
static BeamRect
lane_of (BeamBarChart    *self,
         const BeamFrame *frame,
         const Layout    *layout,
         guint            category,
         guint            subject)
{
  guint n = MAX (self->subjects->len, 1);

  if (is_upright (self))
    {
      double slot = layout->plot.width / MAX (self->categories->len, 1);
      double width = fmin ((slot * GROUP_SHARE - BAR_GAP * (n - 1)) / n, WIDEST_BAR);
      double group, x;

      width = fmax (floor (width), 1);
      group = width * n + BAR_GAP * (n - 1);
      x = layout->plot.x + slot * (category + 0.5) - group / 2 + subject * (width + BAR_GAP);
      return (BeamRect) { round (x), layout->plot.y, width, layout->plot.height };
    }
  else
    {
      double room = layout->rows.row_height * ROW_SHARE;
      double height = fmax (floor ((room - LANE_GAP * (n - 1)) / n), 1);
      double top = beam_rows_y (&layout->rows, category) - (height * n + LANE_GAP * (n - 1)) / 2;

      return (BeamRect) { layout->rows.left, round (top + subject * (height + LANE_GAP)),
                          layout->rows.right - layout->rows.left, height };
    }
}

/* Hatched, as a gap is; where there is room, a stub with the word for it, for a
 * whole lane would look like a long bar. */
static void
paint_unknown (cairo_t         *cr,
               const BeamFrame *frame,
               gboolean         upright,
               BeamRect         lane)
{
  const double stub = UNKNOWN_STUB * lane.height;
  const gboolean has_room = !upright && lane.height >= frame->line_height * 0.7 && lane.width > stub * 4;
  GdkRGBA color = frame->style->axis;

  color.alpha *= 0.5f;
  if (has_room)
    {
      const double end = frame->rtl ? lane.x + lane.width - stub : lane.x + stub;
      const BeamLabel label = { frame->rtl ? end - SWATCH_GAP : end + SWATCH_GAP, lane.y + lane.height / 2,
                                frame->rtl ? 1 : 0, 0.5, lane.width - stub - SWATCH_GAP, &frame->style->dim,
                                BEAM_FRAME_LABEL, FALSE };

      lane.x = frame->rtl ? end : lane.x;
      lane.width = stub;
      beam_frame_write (frame, cr, _("not known"), &label);
    }

  beam_paint_bar (cr, &lane, RADIUS, BEAM_FILL_HATCHED, &color);
}

static void
paint_interval (cairo_t         *cr,
                const BeamFrame *frame,
                const Layout    *layout,
                gboolean         upright,
                BeamRect         lane,
                const BeamBar   *bar)
{
  double a = beam_ruler_at (&layout->ruler, bar->low);
  double b = beam_ruler_at (&layout->ruler, bar->high);
  double middle = upright ? lane.x + lane.width / 2 : lane.y + lane.height / 2;
  double cap = CLAMP ((upright ? lane.width : lane.height) * 0.5, 3, 10);
  const BeamWhisker whisker = {
    upright ? middle : a, upright ? a : middle, upright ? middle : b, upright ? b : middle, cap,
  };
  GdkRGBA rim = frame->style->background;

  if (!isfinite (bar->low) || !isfinite (bar->high))
    return;

  rim.alpha = 0.75f;
  beam_paint_whisker (cr, &whisker, &frame->style->ink, &rim);
}

static void
paint_bar (BeamBarChart    *self,
           cairo_t         *cr,
           const BeamFrame *frame,
           const Layout    *layout,
           const BeamBar   *bar,
           guint            category,
           guint            subject)
{
  int identity = g_array_index (self->subjects, BeamSubject, subject).identity;
  GdkRGBA color = beam_style_get_identity (frame->style, identity);
  BeamRect lane = lane_of (self, frame, layout, category, subject);
  gboolean upright = is_upright (self);
  double total = beam_bar_get_total (bar);
  double foot = 0;

  if (isnan (total))
    {
      paint_unknown (cr, frame, upright, lane);
      return;
    }

  for (guint i = 0; i < bar->n_parts; i++)
    {
      GdkRGBA tint = beam_style_get_part (frame->style, &color, i, bar->n_parts);
      BeamRect area = piece (layout, upright, lane, foot, foot + bar->parts[i]);

      /* A hair of the background between parts. */
      if (i > 0 && upright && area.height > 2)
        area.height -= 1;
      else if (i > 0 && area.width > 2)
        area.width -= 1, area.x += frame->rtl ? 0 : 1;
      beam_paint_bar (cr, &area, bar->n_parts > 1 ? 0 : RADIUS, bar->fill, &tint);
      foot += bar->parts[i];
    }
  paint_interval (cr, frame, layout, upright, lane, bar);

  if (upright && self->subjects->len > 1)
    {
      double size = fmin (MARKER_SIZE * frame->unit, lane.width);
      double top = beam_ruler_at (&layout->ruler, isfinite (bar->high) ? fmax (bar->high, total) : total);

      beam_paint_marker (cr, lane.x + lane.width / 2, top - size * 0.9, size,
                         beam_identity_get_marker (identity), &color, &frame->style->background);
    }
}

/* Steps of grey with the names of the parts, in the lines of lay_legend(). */
static void
paint_legend (BeamBarChart    *self,
              cairo_t         *cr,
              const BeamFrame *frame)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  GdkRGBA grey = beam_mix (&frame->style->background, &frame->style->ink, 0.6);
  double size = round (SWATCH * frame->unit);

  lay_legend (self, frame, places);
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);
      GdkRGBA tint = beam_style_get_part (frame->style, &grey, i, self->parts->len);
      double left = frame->rtl ? frame->width - place->x - size : place->x;
      double y = place->line * legend_line (frame);
      const BeamRect swatch = { left, y + round ((frame->line_height - size) / 2) + 1, size, size };
      const BeamLabel label = { frame->rtl ? left - SWATCH_GAP : left + size + SWATCH_GAP, y + 1, frame->rtl ? 1 : 0, 0,
                                fmax (frame->width - place->x - size - SWATCH_GAP, 1), &frame->style->ink,
                                BEAM_FRAME_LABEL, FALSE };

      beam_paint_bar (cr, &swatch, 2, BEAM_FILL_SOLID, &tint);
      beam_frame_write (frame, cr, g_ptr_array_index (self->parts, i), &label);
    }
}

static void
paint_category_names (BeamBarChart    *self,
                      cairo_t         *cr,
                      const BeamFrame *frame,
                      const Layout    *layout)
{
  double slot = layout->plot.width / MAX (self->categories->len, 1);

  for (guint i = 0; i < self->categories->len; i++)
    {
      const BeamLabel label = { layout->plot.x + slot * (i + 0.5), layout->plot.y + layout->plot.height + 4, 0.5, 0,
                                slot - 4, &frame->style->dim, BEAM_FRAME_LABEL, FALSE };

      beam_frame_write (frame, cr, g_array_index (self->categories, BeamCategory, i).text.name, &label);
    }
}

void
beam_bar_chart_paint (BeamBarChart    *self,
                      cairo_t         *cr,
                      const BeamFrame *frame)
{
  gboolean upright = is_upright (self);
  GdkRGBA track = frame->style->ink;
  Layout layout;

  track.alpha = 0.1f;
  lay_out (self, frame, &layout);
  paint_legend (self, cr, frame);
  if (upright)
    beam_paint_ruler (cr, frame, &layout.ruler, self->axis, TRUE, layout.plot.x, layout.plot.x + layout.plot.width);
  else if (!self->track)
    beam_paint_ruler (cr, frame, &layout.ruler, self->axis, FALSE, layout.rows.top, layout.rows.bottom);

  for (guint i = 0; i < self->categories->len; i++)
    {
      const BeamCategory *category = &g_array_index (self->categories, BeamCategory, i);

      if (!upright)
        beam_rows_paint_text (&layout.rows, cr, frame, i, &category->text);
      for (guint j = 0; j < self->subjects->len; j++)
        {
          BeamRect lane = lane_of (self, frame, &layout, i, j);

          if (!upright && self->track && !isnan (beam_bar_get_total (&category->bars[j])))
            beam_paint_bar (cr, &lane, RADIUS, BEAM_FILL_SOLID, &track);
          paint_bar (self, cr, frame, &layout, &category->bars[j], i, j);
        }
    }
  if (upright)
    paint_category_names (self, cr, frame, &layout);
}

void
beam_bar_chart_locate (BeamBarChart    *self,
                       const BeamFrame *frame,
                       graphene_rect_t *areas)
{
  Layout layout;

  lay_out (self, frame, &layout);
  for (guint i = 0; i < self->categories->len; i++)
    for (guint j = 0; j < self->subjects->len; j++)
      {
        double total = beam_bar_get_total (&g_array_index (self->categories, BeamCategory, i).bars[j]);
        BeamRect area = lane_of (self, frame, &layout, i, j);

        if (!isnan (total))
          area = piece (&layout, is_upright (self), area, 0, total);
        graphene_rect_init (&areas[i * self->subjects->len + j],
                            (float) area.x, (float) area.y, (float) area.width, (float) area.height);
      }
}
