/* beam-tornado-paint.c: how a tornado looks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-painter.h"
#include "beam-rows.h"
#include "beam-shapes.h"
#include "beam-tornado-private.h"

#define BAR_SHARE 0.56
#define TEXT_GAP  5.0
#define RADIUS    2.0

static const BeamTornadoRow *
row_at (BeamTornado *self,
        guint        i)
{
  return &g_array_index (self->rows, BeamTornadoRow, i);
}

static void
lay_out (BeamTornado     *self,
         const BeamFrame *frame,
         BeamRows        *ret)
{
  beam_rows_init (ret, frame, (const BeamRowText *) (gpointer) self->rows->data, self->rows->len, sizeof (BeamTornadoRow),
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

/* A line that would cross the text is broken by it. */
static void
clear_line (cairo_t         *cr,
            const BeamFrame *frame,
            double           line_x,
            double           left,
            double           width,
            double           y)
{
  const BeamRect area = { left - 2, round (y - frame->line_height / 2), width + 4, frame->line_height };

  if (line_x >= area.x && line_x <= area.x + area.width)
    beam_paint_bar (cr, &area, 0, BEAM_FILL_SOLID, &frame->style->background);
}

/* The text of an end stands outside of the bar, or not at all. */
static void
write_end (BeamTornado     *self,
           cairo_t         *cr,
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

  if (edge < rows->left - 2 || edge > rows->right + 2)
    return;

  if (width > 0 && beam_ruler_has (&rows->ruler, self->flip))
    clear_line (cr, frame, beam_ruler_at (&rows->ruler, self->flip), fmin (label.x, edge), width, y);
  beam_frame_write (frame, cr, text, &label);
}

static void
paint_row (BeamTornado     *self,
           cairo_t         *cr,
           const BeamFrame *frame,
           const BeamRows  *rows,
           guint            i)
{
  const BeamTornadoRow *row = row_at (self, i);
  double y = beam_rows_y (rows, i);
  double height = round (rows->row_height * BAR_SHARE);

  beam_rows_paint_text (rows, cr, frame, i, &row->text);
  if (beam_tornado_row_span (row) < 0 || isnan (self->base))
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
  const BeamTornadoRow *row = row_at (self, i);
  double y = beam_rows_y (rows, i);
  double low_x, high_x;

  if (beam_tornado_row_span (row) < 0 || isnan (self->base))
    return;

  low_x = beam_ruler_at (&rows->ruler, row->low);
  high_x = beam_ruler_at (&rows->ruler, row->high);
  write_end (self, cr, frame, rows, row->low_text, low_x, high_x, y);
  write_end (self, cr, frame, rows, row->high_text, high_x, low_x, y);
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

void
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

void
beam_tornado_collect_areas (BeamFigure      *figure,
                            const BeamFrame *frame,
                            graphene_rect_t *areas)
{
  BeamTornado *self = BEAM_TORNADO (figure);
  BeamRows rows;

  lay_out_below (self, frame, &rows);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const BeamTornadoRow *row = row_at (self, i);
      gboolean known = beam_tornado_row_span (row) >= 0;
      double a = known ? beam_ruler_at (&rows.ruler, fmin (row->low, fmin (row->high, self->base))) : rows.left;
      double b = known ? beam_ruler_at (&rows.ruler, fmax (row->low, fmax (row->high, self->base))) : rows.right;

      graphene_rect_init (&areas[i], (float) fmin (a, b), (float) (beam_rows_y (&rows, i) - rows.row_height * BAR_SHARE / 2),
                          (float) fabs (b - a), (float) (rows.row_height * BAR_SHARE));
    }
}
