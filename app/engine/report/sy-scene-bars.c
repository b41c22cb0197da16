/* sy-scene-bars.c: bars of A and B, lying or upright
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bars begin at 0, each has its letter and its figure beside it, so nothing is
 * read from a colour alone. A value that is not known has no bar, and says so.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-scene.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LINE 15.0    /* of text */
#define BAR 11.0     /* thick */
#define BAR_GAP 3.0
#define ROW_GAP 11.0
#define LETTERS 16.0 /* room for "A" and "B" */
#define FIGURES 150.0 /* room for a figure with its interval */
#define TIP 3.0      /* half of the stroke that ends an interval */
#define UPRIGHT 120.0 /* height of the plot of columns */
#define TEXT_DROP 9.0 /* from the top of a bar to the baseline beside it */

static const char *const letters[] = { "A", "B" };
static const SyInk inks[] = { SY_INK_A, SY_INK_B };

static double
row_most (const SyFigureRow *row)
{
  double most = 0;

  for (guint i = 0; i < 2; i++)
    {
      if (isfinite (row->value[i]))
        most = fmax (most, row->value[i]);
      if (isfinite (row->high[i]))
        most = fmax (most, row->high[i]);
    }

  return most;
}

static double
share_of (double value,
          double most)
{
  return most > 0 ? CLAMP (value / most, 0, 1) : 0;
}

static void
lay_bar (SyScene           *self,
         const SyFigureRow *row,
         guint              side,
         double             most,
         double             y)
{
  const double room = self->width - LETTERS - FIGURES;
  const double end = LETTERS + room * share_of (row->value[side], most);
  const double middle = y + BAR / 2;

  sy_scene_add_text (self, (SyMark) { .ink = SY_INK_DIM, .x = 0, .y = y + TEXT_DROP }, LETTERS, letters[side]);
  sy_scene_add_rect (self, SY_INK_TRACK, LETTERS, y, room, BAR);
  if (isfinite (row->value[side]))
    sy_scene_add_rect (self, inks[side], LETTERS, y, end - LETTERS, BAR);
  if (isfinite (row->low[side]) && !isnan (row->high[side]))
    {
      const double from = LETTERS + room * share_of (row->low[side], most);
      const double to = LETTERS + room * (isinf (row->high[side]) ? 1 : share_of (row->high[side], most));

      sy_scene_add_line (self, SY_INK_TEXT, from, middle, to - from, 0);
      sy_scene_add_line (self, SY_INK_TEXT, from, middle - TIP, 0, 2 * TIP);
      if (!isinf (row->high[side]))
        sy_scene_add_line (self, SY_INK_TEXT, to, middle - TIP, 0, 2 * TIP);
    }

  sy_scene_add_text (self, (SyMark) { .ink = SY_INK_TEXT, .x = LETTERS + room + 6, .y = y + TEXT_DROP }, FIGURES - 6,
                     row->text[side] != NULL ? row->text[side] : _("not known"));
}

void
sy_scene_lay_pairs (SyScene        *self,
                    const SyFigure *figure)
{
  double y = 0;

  for (guint i = 0; i < figure->rows->len; i++)
    {
      const SyFigureRow *row = g_ptr_array_index (figure->rows, i);
      const double most = isnan (figure->most) ? row_most (row) : figure->most;

      sy_scene_add_text (self, (SyMark) { .ink = SY_INK_TEXT, .x = 0, .y = y + TEXT_DROP + 1 }, self->width, row->label);
      y += LINE;
      for (guint side = 0; side < 2; side++)
        {
          lay_bar (self, row, side, most, y);
          y += BAR + BAR_GAP;
        }
      y += ROW_GAP;
    }

  self->height = fmax (y - ROW_GAP, 0);
}

/* A column of @side in the slot at @x, and its letter below the axis. */
static void
lay_column (SyScene           *self,
            const SyFigureRow *row,
            guint              side,
            double             most,
            double             x,
            double             width)
{
  const double bottom = LINE + UPRIGHT;
  const double height = isfinite (row->value[side]) ? UPRIGHT * share_of (row->value[side], most) : 0;

  if (isfinite (row->value[side]))
    sy_scene_add_rect (self, inks[side], x, bottom - height, width, height);
  sy_scene_add_text (self, (SyMark) { .ink = SY_INK_DIM, .x = x + width / 2, .y = bottom + TEXT_DROP + 3, .anchor = SY_ANCHOR_MIDDLE },
                     width + 2, letters[side]);
  sy_scene_add_text (self, (SyMark) { .ink = SY_INK_TEXT, .x = x + width / 2, .y = bottom - height - 3, .anchor = SY_ANCHOR_MIDDLE },
                     width + 8, row->text[side]);
}

void
sy_scene_lay_columns (SyScene        *self,
                      const SyFigure *figure)
{
  const double slot = self->width / MAX (figure->rows->len, 1);
  const double width = fmin (slot * 0.4, 60);
  const double bottom = LINE + UPRIGHT;
  double most = 0;

  for (guint i = 0; i < figure->rows->len; i++)
    most = fmax (most, row_most (g_ptr_array_index (figure->rows, i)));

  sy_scene_add_line (self, SY_INK_TEXT, 0, bottom, self->width, 0);
  for (guint i = 0; i < figure->rows->len; i++)
    {
      const SyFigureRow *row = g_ptr_array_index (figure->rows, i);
      const double middle = slot * (i + 0.5);

      lay_column (self, row, 0, most, middle - width - 1.5, width);
      lay_column (self, row, 1, most, middle + 1.5, width);
      sy_scene_add_text (self, (SyMark) { .ink = SY_INK_TEXT, .x = middle, .y = bottom + LINE + TEXT_DROP + 3, .anchor = SY_ANCHOR_MIDDLE },
                         slot, row->label);
    }

  self->height = bottom + 2 * LINE + 3;
}
