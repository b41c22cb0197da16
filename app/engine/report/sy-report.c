/* sy-report.c: a report before it has a form
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Headings, paragraphs, lists and tables, that each form writes in its own way:
 * so all forms say the same. Limits: a list has one level, a cell one line.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-report.h"

static void
free_block (gpointer data)
{
  SyReportBlock *block = data;

  g_free (block->text);
  g_ptr_array_unref (block->cells);
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
