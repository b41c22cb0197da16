/* sy-scene.c: a drawing as a list of marks
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Beam's painters draw widgets, with GTK's colours and fonts, and the engine is
 * without GTK; what is drawn here stands still and is simple.
 *
 * HTML and PDF show the same drawing, and HTML is written where no font can be
 * asked how wide a text is. So the layouts estimate, give each text a line of
 * its own or much room, and cut what would not fit: it is whole in the table.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-scene.h"

#define WIDE 1.05    /* of the size of the font: a letter of CJK */
#define CAPITAL 0.72
#define LETTER 0.56

static void
clear_mark (gpointer data)
{
  g_free (((SyMark *) data)->text);
}

static double
measure_letter (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  if (g_unichar_iswide (c))
    return WIDE * SY_SCENE_TEXT;

  return (g_unichar_isupper (c) ? CAPITAL : LETTER) * SY_SCENE_TEXT;
}

double
sy_scene_measure (const char *text)
{
  double width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += measure_letter (g_utf8_get_char (p));

  return width;
}

/* (transfer full) */
static char *
cut (const char *text,
     double      room)
{
  double width = measure_letter (0x2026);
  const char *end = text;

  if (sy_scene_measure (text) <= room)
    return g_strdup (text);

  while (*end != '\0' && width + measure_letter (g_utf8_get_char (end)) <= room)
    {
      width += measure_letter (g_utf8_get_char (end));
      end = g_utf8_next_char (end);
    }

  return g_strdup_printf ("%.*s…", (int) (end - text), text);
}

void
sy_scene_add_rect (SyScene *self,
                   SyInk    ink,
                   double   x,
                   double   y,
                   double   width,
                   double   height)
{
  const SyMark mark = { SY_MARK_RECT, ink, x, y, width, height, SY_ANCHOR_START, NULL };

  g_array_append_val (self->marks, mark);
}

void
sy_scene_add_line (SyScene *self,
                   SyInk    ink,
                   double   x,
                   double   y,
                   double   width,
                   double   height)
{
  const SyMark mark = { SY_MARK_LINE, ink, x, y, width, height, SY_ANCHOR_START, NULL };

  g_array_append_val (self->marks, mark);
}

void
sy_scene_add_text (SyScene    *self,
                   SyMark      where,
                   double      room,
                   const char *text)
{
  if (text == NULL || *text == '\0')
    return;

  where.kind = SY_MARK_TEXT;
  where.text = cut (text, room);
  g_array_append_val (self->marks, where);
}

SyScene *
sy_scene_new (const SyFigure *figure)
{
  SyScene *self = g_new0 (SyScene, 1);

  self->width = SY_SCENE_WIDTH;
  self->marks = g_array_new (FALSE, FALSE, sizeof (SyMark));
  g_array_set_clear_func (self->marks, clear_mark);

  switch (figure->kind)
    {
    case SY_FIGURE_SPANS:
      sy_scene_lay_spans (self, figure);
      break;
    case SY_FIGURE_COLUMNS:
      sy_scene_lay_columns (self, figure);
      break;
    case SY_FIGURE_PAIRS:
    default:
      sy_scene_lay_pairs (self, figure);
    }

  return self;
}

void
sy_scene_free (SyScene *self)
{
  g_array_unref (self->marks);
  g_free (self);
}
