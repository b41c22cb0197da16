/* sy-figure.c: a chart of a report before it has a form
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-figure.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
free_row (gpointer data)
{
  SyFigureRow *row = data;

  g_free (row->label);
  g_free (row->text[0]);
  g_free (row->text[1]);
  g_free (row);
}

static void
free_mark (gpointer data)
{
  SyFigureMark *mark = data;

  g_free (mark->label);
  g_free (mark);
}

SyFigure *
sy_figure_new (SyFigureKind kind,
               const char  *title)
{
  SyFigure *self = g_new0 (SyFigure, 1);

  self->kind = kind;
  self->title = g_strdup (title);
  self->most = NAN;
  self->rows = g_ptr_array_new_with_free_func (free_row);
  self->marks = g_ptr_array_new_with_free_func (free_mark);
  return self;
}

void
sy_figure_free (SyFigure *self)
{
  g_free (self->title);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->marks);
  g_free (self);
}

SyFigureRow *
sy_figure_add_row (SyFigure   *self,
                   const char *label)
{
  SyFigureRow *row = g_new0 (SyFigureRow, 1);

  row->label = g_strdup (label != NULL ? label : "");
  for (guint i = 0; i < 2; i++)
    row->value[i] = row->low[i] = row->high[i] = NAN;

  g_ptr_array_add (self->rows, row);
  return row;
}

void
sy_figure_add_mark (SyFigure   *self,
                    double      value,
                    const char *label)
{
  SyFigureMark *mark = g_new0 (SyFigureMark, 1);

  mark->value = value;
  mark->label = g_strdup (label);
  g_ptr_array_add (self->marks, mark);
}

char *
sy_figure_dup_alt (const SyFigure *self)
{
  GString *alt = g_string_new (self->title);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const SyFigureRow *row = g_ptr_array_index (self->rows, i);
      const char *const unknown = _("not known");
      const char *const first = row->text[0] != NULL ? row->text[0] : unknown;
      const char *const second = row->text[1] != NULL ? row->text[1] : unknown;

      g_string_append (alt, i == 0 ? ": " : "; ");
      if (self->kind == SY_FIGURE_SPANS)
        /* Translators: what it is, the two ends of a span */
        g_string_append_printf (alt, _("%s from %s to %s"), row->label, first, second);
      else
        /* Translators: what it is, the figure of A, the figure of B */
        g_string_append_printf (alt, _("%s A %s, B %s"), row->label, first, second);
    }

  g_string_append_c (alt, '.');
  return g_string_free (alt, FALSE);
}
