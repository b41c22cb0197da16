/* sy-scene-spans.c: from where to where, around what
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A ratio and a tornado: each row has its label before its span, the two ends say
 * what they are, and marked values run through all rows.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-scene.h"

#include <math.h>

#define LINE 15.0
#define BAR 11.0
#define ROW_GAP 7.0
#define LABELS 190.0 /* room before the spans */
#define SIDE 48.0    /* room for the text of an end */
#define MARGIN 0.04 /* of the range, at both of its ends */
#define TEXT_DROP 9.0
#define TOO_LARGE 1e100 /* to be measured: its difference to another may be no number */

typedef struct {
  double   from;
  double   to;
  gboolean is_ratio;
} Range;

static double
map (double   value,
     gboolean is_ratio)
{
  return is_ratio ? log (value) : value;
}

static void
widen (Range *self,
       double value)
{
  const double at = map (value, self->is_ratio);

  if (!(fabs (at) < TOO_LARGE))
    return;

  self->from = fmin (self->from, at);
  self->to = fmax (self->to, at);
}

static Range
find_range (const SyFigure *figure)
{
  Range range = { (double) INFINITY, (double) -INFINITY, figure->is_ratio };
  double margin;

  for (guint i = 0; i < figure->rows->len; i++)
    {
      const SyFigureRow *row = g_ptr_array_index (figure->rows, i);

      widen (&range, row->low[0]);
      widen (&range, row->high[0]);
      widen (&range, row->value[0]);
    }
  for (guint i = 0; i < figure->marks->len; i++)
    widen (&range, ((const SyFigureMark *) g_ptr_array_index (figure->marks, i))->value);

  if (!(range.from <= range.to))
    return (Range) { 0, 1, figure->is_ratio };

  margin = range.to > range.from ? (range.to - range.from) * MARGIN : 1;
  range.from -= margin;
  range.to += margin;
  return range;
}

/* Where @value stands; beyond the range at its end. */
static double
place (const SyScene *self,
       const Range   *range,
       double         value)
{
  const double at = map (value, range->is_ratio);
  const double share = isnan (at) ? 0 : CLAMP ((at - range->from) / (range->to - range->from), 0, 1);

  return LABELS + SIDE + share * (self->width - LABELS - 2 * SIDE);
}

static void
lay_row (SyScene           *self,
         const Range       *range,
         const SyFigureRow *row,
         double             y)
{
  const gboolean turned = row->low[0] > row->high[0];
  const double from = place (self, range, fmin (row->low[0], row->high[0]));
  const double to = place (self, range, fmax (row->low[0], row->high[0]));

  sy_scene_add_text (self, (SyMark) { .ink = SY_INK_TEXT, .x = 0, .y = y + TEXT_DROP }, LABELS, row->label);
  sy_scene_add_rect (self, SY_INK_A, from, y, fmax (to - from, 1), BAR);
  if (isfinite (row->value[0]))
    sy_scene_add_line (self, SY_INK_TEXT, place (self, range, row->value[0]), y - 2, 0, BAR + 4);
  sy_scene_add_text (self, (SyMark) { .ink = SY_INK_DIM, .x = from - 4, .y = y + TEXT_DROP, .anchor = SY_ANCHOR_END },
                     from - 4 - LABELS, row->text[turned ? 1 : 0]);
  sy_scene_add_text (self, (SyMark) { .ink = SY_INK_DIM, .x = to + 4, .y = y + TEXT_DROP }, self->width - to - 4,
                     row->text[turned ? 0 : 1]);
}

/* Each label has a line of its own: two marks can be close. */
static void
lay_marks (SyScene        *self,
           const Range    *range,
           const SyFigure *figure)
{
  const double top = LINE * figure->marks->len;

  for (guint i = 0; i < figure->marks->len; i++)
    {
      const SyFigureMark *mark = g_ptr_array_index (figure->marks, i);
      const double x = place (self, range, mark->value);
      const double y = LINE * i;

      sy_scene_add_line (self, SY_INK_GRID, x, y + LINE - 3, 0, self->height - y - LINE + 3);
      sy_scene_add_text (self, (SyMark) { .ink = SY_INK_DIM, .x = x, .y = y + TEXT_DROP, .anchor = SY_ANCHOR_MIDDLE },
                         2 * fmin (x, self->width - x), mark->label);
    }

  self->height = fmax (self->height, top);
}

void
sy_scene_lay_spans (SyScene        *self,
                    const SyFigure *figure)
{
  const Range range = find_range (figure);
  double y = LINE * figure->marks->len + 4;

  self->height = y + figure->rows->len * (BAR + ROW_GAP);
  lay_marks (self, &range, figure);
  for (guint i = 0; i < figure->rows->len; i++)
    {
      lay_row (self, &range, g_ptr_array_index (figure->rows, i), y);
      y += BAR + ROW_GAP;
    }
}
