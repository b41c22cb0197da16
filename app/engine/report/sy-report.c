/* sy-report.c: a report before it has a form
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Headings, paragraphs, lists, tables and figures, that each form writes in its own way:
 * so all forms say the same. Limits: a list has one level, a cell one line.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-report.h"

#include <string.h>

static void
free_block (gpointer data)
{
  SyReportBlock *block = data;

  g_free (block->text);
  g_ptr_array_unref (block->cells);
  g_clear_pointer (&block->figure, sy_figure_free);
  g_free (block);
}

static SyReportBlock *
add (SyReport     *self,
     SyReportKind  kind,
     const char   *text)
{
  SyReportBlock *block = g_new0 (SyReportBlock, 1);

  block->kind = kind;
  block->text = g_strdup (text);
  block->cells = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->blocks, block);
  return block;
}

SyReport *
sy_report_new (void)
{
  SyReport *self = g_new0 (SyReport, 1);

  self->blocks = g_ptr_array_new_with_free_func (free_block);
  return self;
}

void
sy_report_free (SyReport *self)
{
  g_ptr_array_unref (self->blocks);
  g_free (self->generated);
  g_free (self->tool);
  g_free (self);
}

void
sy_report_add_heading (SyReport   *self,
                       guint       level,
                       const char *text)
{
  if (text != NULL)
    add (self, SY_REPORT_HEADING, text)->level = level;
}

void
sy_report_add_paragraph (SyReport   *self,
                         const char *text)
{
  if (text != NULL)
    add (self, SY_REPORT_PARAGRAPH, text);
}

void
sy_report_add_lead (SyReport   *self,
                    const char *text)
{
  if (text != NULL)
    add (self, SY_REPORT_LEAD, text);
}

SyReportBlock *
sy_report_add_list (SyReport *self)
{
  return add (self, SY_REPORT_LIST, NULL);
}

SyReportBlock *
sy_report_add_table (SyReport          *self,
                     const char        *caption,
                     const char *const *head)
{
  SyReportBlock *block = add (self, SY_REPORT_TABLE, caption);

  for (; head[block->n_columns] != NULL; block->n_columns++)
    sy_report_block_add (block, head[block->n_columns]);

  return block;
}

void
sy_report_take_figure (SyReport *self,
                       SyFigure *figure)
{
  if (figure->rows->len > 0)
    add (self, SY_REPORT_FIGURE, figure->title)->figure = figure;
  else
    sy_figure_free (figure);
}

void
sy_report_block_take (SyReportBlock *self,
                      char          *text)
{
  if (text == NULL && self->kind != SY_REPORT_TABLE)
    return;

  g_ptr_array_add (self->cells, text != NULL ? text : g_strdup (""));
}

void
sy_report_block_add (SyReportBlock *self,
                     const char    *text)
{
  sy_report_block_take (self, g_strdup (text));
}

guint
sy_report_block_n_rows (const SyReportBlock *self)
{
  return self->n_columns > 0 && self->cells->len > 0 ? self->cells->len / self->n_columns - 1 : 0;
}

gboolean
sy_report_block_counts (const SyReportBlock *self,
                        guint                column)
{
  gboolean any = FALSE;

  for (guint i = self->n_columns + column; i < self->cells->len; i += self->n_columns)
    {
      const char *text = g_ptr_array_index (self->cells, i);
      const char *digits = *text == '-' ? text + 1 : text;

      if (*text == '\0')
        continue;
      if (!g_ascii_isdigit (*digits) || digits[strspn (digits, "0123456789")] == '-')
        return FALSE;
      any = TRUE;
    }

  return any;
}

const char *
sy_report_get_title (const SyReport *self)
{
  const SyReportBlock *first = self->blocks->len > 0 ? g_ptr_array_index (self->blocks, 0) : NULL;

  return first != NULL && first->kind == SY_REPORT_HEADING ? first->text : "";
}

void
sy_report_or_say (SyReport   *self,
                  const char *text)
{
  const SyReportBlock *last = g_ptr_array_index (self->blocks, self->blocks->len - 1);

  if (last->cells->len > last->n_columns)
    return;

  g_ptr_array_remove_index (self->blocks, self->blocks->len - 1);
  sy_report_add_paragraph (self, text);
}
