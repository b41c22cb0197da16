/* sy-report-html.c: a report as one HTML page
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For a mail or a web server, years later: no script, no font, no address. The
 * policy in the head holds browsers to that. Light, dark and printed; headings,
 * landmarks and tables for those who hear it (WCAG 2.1 AA); a wide table scrolls
 * by itself, with the keyboard too. Text from outside finds its own direction.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-report-html.h"

#include <glib/gi18n-lib.h>

#include "sy-report-svg.h"
#include "sy-text.h"

/* Colours have 4.5:1 as text and 3:1 as bars on their background; A and B are
 * blue and orange as in the application's charts. */
static const char style[] =
  ":root{color-scheme:light dark;--page:#fff;--text:#1e1e1e;--dim:#5e5c64;--line:#d0cfcc;--track:#f0efed;--a:#1c71d8;--b:#c64600;--link:#1a5fb4}\n"
  "@media(prefers-color-scheme:dark){:root{--page:#1e1e1e;--text:#f6f5f4;--dim:#b8b5b0;--line:#4a4a4a;--track:#2c2c2c;--a:#78aeed;--b:#ffa348;--link:#99c1f1}}\n"
  "body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif}\n"
  "header,nav,main,footer{max-width:64rem;margin:0 auto;padding:0 1rem}\n"
  "h1{font-size:1.75rem;line-height:1.25;margin:2rem 0 1rem}\n"
  "h2{font-size:1.3rem;line-height:1.3;margin:2.5rem 0 .75rem;padding-top:.75rem;border-top:1px solid var(--line)}\n"
  "h1,h2,p,li,td,th,dd{overflow-wrap:anywhere}\n"
  ".lead{font-size:1.2rem;font-weight:600;line-height:1.4}\n"
  "a{color:var(--link)}\n"
  "nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:0}\n"
  ".wide{overflow-x:auto;margin:1rem 0}\n"
  ".wide:focus-visible{outline:2px solid var(--link);outline-offset:2px}\n"
  "table{border-collapse:collapse;font-size:.875rem;line-height:1.4;font-variant-numeric:tabular-nums}\n"
  "caption{text-align:start;color:var(--dim);padding-bottom:.5rem}\n"
  "th,td{text-align:start;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line);min-width:2rem;overflow-wrap:break-word}\n"
  "thead th{color:var(--dim);font-weight:600;vertical-align:bottom}\n"
  "tbody th{font-weight:400}\n"
  "th.n,td.n{text-align:end}\n"
  "figure{margin:1.5rem 0;max-width:42rem}\n"
  "figcaption{font-weight:600;margin-bottom:.5rem}\n"
  "svg{display:block;width:100%;min-width:27rem;height:auto}\n"
  "svg text{font-size:11px;fill:var(--text)}\n"
  "svg text.ink-dim{fill:var(--dim);paint-order:stroke;stroke:var(--page);stroke-width:3px}\n"
  "svg line{stroke-width:1.25;stroke:var(--text)}\n"
  "svg line.ink-grid{stroke:var(--dim);stroke-dasharray:3 2}\n"
  ".ink-track{fill:var(--track)}.ink-a{fill:var(--a)}.ink-b{fill:var(--b)}\n"
  "footer{color:var(--dim);font-size:.875rem;margin-top:3rem;padding-bottom:2rem}\n"
  "@media print{:root{color-scheme:light;--page:#fff;--text:#000;--dim:#4a4a4a;--line:#bbb;--track:#f0efed;--a:#1c71d8;--b:#c64600;--link:#000}\n"
  "@page{margin:18mm}body{font-size:10pt}nav{display:none}header,main,footer{max-width:none;padding:0}.wide{overflow:visible}\n"
  "h2{break-after:avoid}tr,figure{break-inside:avoid}thead{display:table-header-group}table{font-size:8pt}\n"
  "svg,.ink-a,.ink-b,.ink-track{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n";

typedef struct {
  GString *out;      /* (borrowed) */
  guint    n_sections;
  guint    n_figures;
  gboolean is_open;  /* a section is */
} Page;

static void
append (Page       *self,
        const char *before,
        const char *text,
        const char *after)
{
  g_autofree char *safe = sy_html_text (text, -1);

  g_string_append (self->out, before);
  g_string_append (self->out, safe);
  g_string_append (self->out, after);
}

static void
close_section (Page *self)
{
  if (self->is_open)
    g_string_append (self->out, "</section>\n");
  self->is_open = FALSE;
}

/* The title is in the header already. */
static void
write_heading (Page                *self,
               const SyReportBlock *block)
{
  if (block->level <= 1)
    return;

  close_section (self);
  self->is_open = TRUE;
  self->n_sections++;
  g_string_append_printf (self->out, "<section aria-labelledby=\"part-%u\">\n<h2 id=\"part-%u\" dir=\"auto\">", self->n_sections,
                          self->n_sections);
  append (self, "", block->text, "</h2>\n");
}

static void
write_list (Page                *self,
            const SyReportBlock *block)
{
  g_string_append (self->out, "<ul>\n");
  for (guint i = 0; i < block->cells->len; i++)
    append (self, "<li dir=\"auto\">", g_ptr_array_index (block->cells, i), "</li>\n");
  g_string_append (self->out, "</ul>\n");
}

/* @counts: for each column, whether it is one of figures. */
static void
write_row (Page                *self,
           const SyReportBlock *block,
           guint                row,
           const gboolean      *counts)
{
  g_string_append (self->out, "<tr>");
  for (guint i = 0; i < block->n_columns; i++)
    {
      const char *name = row == 0 || i == 0 ? "th" : "td";
      const char *scope = row == 0 ? " scope=\"col\"" : i == 0 ? " scope=\"row\"" : "";

      g_string_append_printf (self->out, "<%s%s%s dir=\"auto\">", name, scope, counts[i] ? " class=\"n\"" : "");
      append (self, "", g_ptr_array_index (block->cells, row * block->n_columns + i), "");
      g_string_append_printf (self->out, "</%s>", name);
    }
  g_string_append (self->out, "</tr>\n");
}

/* What scrolls where it is wider than the page: so the keyboard must reach it. */
static void
begin_wide (Page       *self,
            const char *name)
{
  append (self, "<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"", name, "\">\n");
}

static void
write_table (Page                *self,
             const SyReportBlock *block,
             const char          *heading)
{
  g_autofree gboolean *counts = g_new (gboolean, block->n_columns);

  for (guint i = 0; i < block->n_columns; i++)
    counts[i] = sy_report_block_counts (block, i);

  begin_wide (self, block->text != NULL ? block->text : heading);
  g_string_append (self->out, "<table>\n");
  if (block->text != NULL)
    append (self, "<caption dir=\"auto\">", block->text, "</caption>\n");
  g_string_append (self->out, "<thead>\n");
  write_row (self, block, 0, counts);
  g_string_append (self->out, "</thead>\n<tbody>\n");
  for (guint i = 1; i <= sy_report_block_n_rows (block); i++)
    write_row (self, block, i, counts);
  g_string_append (self->out, "</tbody>\n</table>\n</div>\n");
}

static void
write_figure (Page                *self,
              const SyReportBlock *block)
{
  append (self, "<figure>\n<figcaption dir=\"auto\">", block->text, "</figcaption>\n");
  begin_wide (self, block->text);
  sy_report_append_svg (self->out, block->figure, ++self->n_figures);
  g_string_append (self->out, "</div>\n</figure>\n");
}

/* Each text in the language of the report, with its direction. */
static void
write_head (Page           *self,
            const SyReport *report)
{
  g_string_append (self->out, "<!DOCTYPE html>\n");
  /* Translators: the code of the language that you translate into: de, he, pt-BR */
  append (self, "<html lang=\"", C_("language of a report", "en"), "\" dir=\"");
  /* Translators: ltr, or rtl for a language that is written from right to left */
  append (self, "", C_("direction of a report", "ltr"), "\">\n<head>\n<meta charset=\"utf-8\"/>\n");
  g_string_append (self->out,
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                   "<meta name=\"referrer\" content=\"no-referrer\"/>\n");
  if (report->tool != NULL)
    append (self, "<meta name=\"generator\" content=\"", report->tool, "\"/>\n");
  append (self, "<title>", sy_report_get_title (report), "</title>\n<style>\n");
  g_string_append (self->out, style);
  g_string_append (self->out, "</style>\n</head>\n<body>\n");
  append (self, "<header>\n<h1 dir=\"auto\">", sy_report_get_title (report), "</h1>\n</header>\n");
}

static void
write_contents (Page           *self,
                const SyReport *report)
{
  guint n = 0;

  append (self, "<nav aria-label=\"", _("Contents"), "\">\n<ul>\n");
  for (guint i = 0; i < report->blocks->len; i++)
    {
      const SyReportBlock *block = g_ptr_array_index (report->blocks, i);

      if (block->kind != SY_REPORT_HEADING || block->level <= 1)
        continue;

      g_string_append_printf (self->out, "<li><a href=\"#part-%u\">", ++n);
      append (self, "", block->text, "</a></li>\n");
    }
  g_string_append (self->out, "</ul>\n</nav>\n");
}

static void
write_foot (Page           *self,
            const SyReport *report)
{
  g_string_append (self->out, "</main>\n<footer>\n");
  if (report->tool != NULL)
    append (self, "<p>", report->tool, "</p>\n");
  g_string_append (self->out, "</footer>\n</body>\n</html>\n");
}

char *
sy_report_to_html (const SyReport *self)
{
  Page page = { .out = g_string_new (NULL) };
  const char *heading = "";

  write_head (&page, self);
  write_contents (&page, self);
  g_string_append (page.out, "<main>\n");
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const SyReportBlock *block = g_ptr_array_index (self->blocks, i);

      switch (block->kind)
        {
        case SY_REPORT_HEADING:
          heading = block->text;
          write_heading (&page, block);
          break;
        case SY_REPORT_LIST:
          write_list (&page, block);
          break;
        case SY_REPORT_TABLE:
          write_table (&page, block, heading);
          break;
        case SY_REPORT_FIGURE:
          write_figure (&page, block);
          break;
        case SY_REPORT_LEAD:
          append (&page, "<p class=\"lead\" dir=\"auto\">", block->text, "</p>\n");
          break;
        case SY_REPORT_PARAGRAPH:
        default:
          append (&page, "<p dir=\"auto\">", block->text, "</p>\n");
        }
    }
  close_section (&page);
  write_foot (&page, self);

  return g_string_free (page.out, FALSE);
}
