/* beam-rows.c: named rows over a level value axis
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-rows.h"

#define GAP         12.0
#define EDGE        8.0
#define NAME_SHARE  0.4
#define NOTE_SHARE  0.18
#define NARROW      320.0 /* no room for notes */
#define TALLEST_ROW 3.2   /* in lines: sparse rows do not spread over a page */

static const BeamRowText *
text_at (const BeamRowText *texts,
         gsize              stride,
         guint              i)
{
  return (const BeamRowText *) (gconstpointer) ((const char *) texts + i * stride);
}

void
beam_rows_init (BeamRows          *self,
                const BeamFrame   *frame,
                const BeamRowText *texts,
                guint              n,
                gsize              stride,
                BeamValueAxis     *axis,
                gboolean           with_axis)
{
  double below = with_axis ? frame->line_height + 4 : 0;
  double names = 0;
  double notes = 0;
  double start;

  for (guint i = 0; i < n; i++)
    {
      names = fmax (names, beam_frame_measure (frame, text_at (texts, stride, i)->name, BEAM_FRAME_BODY));
      notes = fmax (notes, beam_frame_measure (frame, text_at (texts, stride, i)->note, BEAM_FRAME_LABEL));
    }

  names = ceil (fmin (names, frame->width * NAME_SHARE));
  notes = frame->width < NARROW ? 0 : ceil (fmin (notes, frame->width * NOTE_SHARE));
  start = names + (names > 0 ? GAP : 0) + notes + (notes > 0 ? GAP : 0);

  *self = (BeamRows) {
    .name_x = beam_frame_mirror (frame, 0),
    .name_align = frame->rtl ? 1 : 0,
    .name_width = names,
    .note_x = beam_frame_mirror (frame, names + GAP),
    .note_width = notes,
    .left = frame->rtl ? EDGE : start,
    .right = frame->rtl ? frame->width - start : frame->width - EDGE,
    .top = 2,
    .row_height = (frame->height - 2 - below) / MAX (n, 1),
  };
  self->row_height = fmax (fmin (self->row_height, frame->line_height * TALLEST_ROW), 1);
  self->bottom = self->top + self->row_height * n;
  self->right = fmax (self->right, self->left + 1);
  beam_ruler_init (&self->ruler, axis, frame->rtl ? self->right : self->left, frame->rtl ? self->left : self->right);
}

double
beam_rows_y (const BeamRows *self,
             guint           row)
{
  return self->top + self->row_height * (row + 0.5);
}

void
beam_rows_paint_text (const BeamRows    *self,
                      cairo_t           *cr,
                      const BeamFrame   *frame,
                      guint              row,
                      const BeamRowText *text)
{
  const BeamLabel name = { self->name_x, beam_rows_y (self, row), self->name_align, 0.5, self->name_width,
                           &frame->style->ink, BEAM_FRAME_BODY, FALSE };
  const BeamLabel note = { self->note_x, beam_rows_y (self, row), self->name_align, 0.5, self->note_width,
                           &frame->style->dim, BEAM_FRAME_LABEL, FALSE };

  beam_frame_write (frame, cr, text->name, &name);
  if (self->note_width > 0)
    beam_frame_write (frame, cr, text->note, &note);
}

int
beam_rows_measure (guint    n,
                   double   line_height,
                   double   lines_a_row,
                   gboolean with_axis)
{
  return (int) ceil (2 + MAX (n, 1) * line_height * lines_a_row + (with_axis ? line_height + 4 : 0));
}
