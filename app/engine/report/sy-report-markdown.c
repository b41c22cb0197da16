/* sy-report-markdown.c: a report as Markdown
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the folder of decision records of a project: headings of its own, one line
 * a paragraph, so that a later version shows as few changed lines. It has no
 * figures: what they show is in the tables.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-report-markdown.h"

#include "sy-text.h"

static void
write_list (const SyReportBlock *block,
            GString             *out)
{
  for (guint i = 0; i < block->cells->len; i++)
    {
      g_autofree char *item = sy_markdown_text (g_ptr_array_index (block->cells, i), -1);

      g_string_append_printf (out, "- %s\n", item);
    }
}

static void
write_table (const SyReportBlock *block,
             GString             *out)
{
  if (block->text != NULL)
    {
      g_autofree char *caption = sy_markdown_text (block->text, -1);

      g_string_append_printf (out, "%s\n\n", caption);
    }

  for (guint i = 0; i < block->cells->len; i++)
    {
      const gboolean last = i % block->n_columns == block->n_columns - 1;
      g_autofree char *cell = sy_markdown_text (g_ptr_array_index (block->cells, i), -1);

      g_string_append_printf (out, "| %s %s", cell, last ? "|\n" : "");
      if (last && i == block->n_columns - 1)
        {
          for (guint k = 0; k < block->n_columns; k++)
            g_string_append (out, "| --- ");
          g_string_append (out, "|\n");
        }
    }
}

char *
sy_report_to_markdown (const SyReport *self)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < self->blocks->len; i++)
    {
      const SyReportBlock *block = g_ptr_array_index (self->blocks, i);
      g_autofree char *text = block->text != NULL ? sy_markdown_text (block->text, -1) : NULL;

      if (block->kind == SY_REPORT_FIGURE)
        continue;
      if (i > 0)
        g_string_append_c (out, '\n');

      switch (block->kind)
        {
        case SY_REPORT_HEADING:
          for (guint k = 0; k < block->level; k++)
            g_string_append_c (out, '#');
          g_string_append_printf (out, " %s\n", text);
          break;
        case SY_REPORT_LIST:
          write_list (block, out);
          break;
        case SY_REPORT_TABLE:
          write_table (block, out);
          break;
        case SY_REPORT_FIGURE:
        case SY_REPORT_LEAD:
        case SY_REPORT_PARAGRAPH:
        default:
          g_string_append_printf (out, "%s\n", text);
        }
    }

  return g_string_free (out, FALSE);
}
