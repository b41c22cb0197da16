/* sy-report-pdf.c: a report as PDF
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Laid out twice: only the first time tells how many pages there are. The date in
 * the file is the decision's, so that the same report is the same bytes.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-report-pdf.h"

#include <cairo-pdf.h>
#include <math.h>

#include "sy-error.h"
#include "sy-pages-table.h"
#include "sy-scene.h"

#define INDENT 12.0
#define BULLET "•"
#define DASH 2.5
#define FIGURE_SCALE 0.85
#define HALO 1.0 /* around a text that a line may run through */

static const double inks[SY_N_INKS][3] = {
  [SY_INK_TEXT] = { 0.1, 0.1, 0.1 },
  [SY_INK_DIM] = { 0.33, 0.33, 0.33 },
  [SY_INK_GRID] = { 0.45, 0.45, 0.45 },
  [SY_INK_TRACK] = { 0.94, 0.94, 0.93 },
  [SY_INK_A] = { 0.11, 0.443, 0.847 },
  [SY_INK_B] = { 0.776, 0.275, 0 },
};

static void
show_paragraph (SyPages    *pages,
                SyType      type,
                const char *tag,
                const char *text)
{
  SyFlow cell = { .layout = sy_pages_layout (pages, type, text, sy_pages_get_width (pages)), .tag = tag };

  sy_pages_flow (pages, &cell, 1, NULL, NULL);
  sy_flow_clear (&cell);
}

/* @parents: the last entry of the outline of each level, 0 is its root. */
static void
show_heading (SyPages             *pages,
              const SyReportBlock *block,
              int                 *parents)
{
  const gboolean is_title = block->level <= 1;
  g_autofree char *where = NULL;

  sy_pages_skip (pages, 18);
  sy_pages_need (pages, 90); /* some of what it heads stays with it */
  where = g_strdup_printf ("page=%u pos=[%d %d]", sy_pages_get_page (pages), (int) sy_pages_get_left (pages),
                           (int) sy_pages_get_y (pages));
  parents[is_title ? 1 : 2] = cairo_pdf_surface_add_outline (sy_pages_get_surface (pages), parents[is_title ? 0 : 1], block->text, where,
                                                             CAIRO_PDF_OUTLINE_FLAG_OPEN);
  show_paragraph (pages, is_title ? SY_TYPE_TITLE : SY_TYPE_HEADING, is_title ? "H1" : "H2", block->text);
  sy_pages_skip (pages, 6);
}

static void
show_list (SyPages             *pages,
           const SyReportBlock *block)
{
  sy_pages_open_tag (pages, "L");
  for (guint i = 0; i < block->cells->len; i++)
    {
      SyFlow cells[] = {
        { .layout = sy_pages_layout (pages, SY_TYPE_BODY, BULLET, INDENT), .tag = "Lbl" },
        { .layout = sy_pages_layout (pages, SY_TYPE_BODY, g_ptr_array_index (block->cells, i), sy_pages_get_width (pages) - INDENT),
          .x = INDENT, .tag = "LBody" },
      };

      sy_pages_open_tag (pages, "LI");
      sy_pages_flow (pages, cells, G_N_ELEMENTS (cells), NULL, NULL);
      sy_pages_close_tag (pages);
      sy_pages_skip (pages, 2);
      for (guint k = 0; k < G_N_ELEMENTS (cells); k++)
        sy_flow_clear (&cells[k]);
    }
  sy_pages_close_tag (pages);
  sy_pages_skip (pages, 5);
}

static void
show_mark (SyPages      *pages,
           cairo_t      *cr,
           const SyMark *mark)
{
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle logical;
  double x, y;

  cairo_set_source_rgb (cr, inks[mark->ink][0], inks[mark->ink][1], inks[mark->ink][2]);
  switch (mark->kind)
    {
    case SY_MARK_RECT:
      cairo_rectangle (cr, mark->x, mark->y, mark->width, mark->height);
      cairo_fill (cr);
      break;
    case SY_MARK_LINE:
      cairo_set_line_width (cr, SY_SCENE_STROKE);
      cairo_set_dash (cr, (double[]) { DASH }, mark->ink == SY_INK_GRID ? 1 : 0, 0);
      cairo_move_to (cr, mark->x, mark->y);
      cairo_rel_line_to (cr, mark->width, mark->height);
      cairo_stroke (cr);
      break;
    case SY_MARK_TEXT:
    default:
      layout = sy_pages_layout (pages, mark->ink == SY_INK_DIM ? SY_TYPE_FIGURE_DIM : SY_TYPE_FIGURE, mark->text, -1);
      pango_layout_get_extents (layout, NULL, &logical);
      x = mark->x - pango_units_to_double (logical.width) * (mark->anchor == SY_ANCHOR_END      ? 1
                                                             : mark->anchor == SY_ANCHOR_MIDDLE ? 0.5
                                                                                                : 0);
      y = mark->y - pango_units_to_double (pango_layout_get_baseline (layout));
      if (mark->ink == SY_INK_DIM)
        {
          cairo_set_source_rgb (cr, 1, 1, 1);
          cairo_rectangle (cr, x - HALO, y, pango_units_to_double (logical.width) + 2 * HALO, pango_units_to_double (logical.height));
          cairo_fill (cr);
        }
      cairo_move_to (cr, x, y);
      pango_cairo_show_layout (cr, layout);
    }
}

/* One picture; when it is higher than a page, it is made smaller. What it shows stands
 * below it in words: a tagged figure of cairo has no place for them. */
static void
show_figure (SyPages             *pages,
             const SyReportBlock *block)
{
  g_autoptr (SyScene) scene = sy_scene_new (block->figure);
  g_autofree char *described = sy_figure_dup_alt (block->figure);
  const double room = sy_pages_get_body (pages) - 60;
  const double scale = fmin (FIGURE_SCALE, room / scene->height);
  cairo_t *cr = sy_pages_get_cairo (pages);

  sy_pages_skip (pages, 6);
  sy_pages_need (pages, scene->height * scale + 40);
  show_paragraph (pages, SY_TYPE_BOLD, "Caption", block->text);
  sy_pages_skip (pages, 5);

  cairo_tag_begin (cr, "Figure", NULL);
  cairo_save (cr);
  cairo_translate (cr, sy_pages_get_left (pages), sy_pages_get_y (pages));
  cairo_scale (cr, scale, scale);
  for (guint i = 0; i < scene->marks->len; i++)
    show_mark (pages, cr, &g_array_index (scene->marks, SyMark, i));
  cairo_restore (cr);
  cairo_tag_end (cr, "Figure");
  sy_pages_skip (pages, scene->height * scale + 4);
  show_paragraph (pages, SY_TYPE_CAPTION, "P", described);
  sy_pages_skip (pages, 12);
}

static void
show_block (SyPages             *pages,
            const SyReportBlock *block,
            int                 *parents)
{
  switch (block->kind)
    {
    case SY_REPORT_HEADING:
      show_heading (pages, block, parents);
      break;
    case SY_REPORT_LIST:
      show_list (pages, block);
      break;
    case SY_REPORT_TABLE:
      sy_pages_show_table (pages, block);
      sy_pages_skip (pages, 12);
      break;
    case SY_REPORT_FIGURE:
      show_figure (pages, block);
      break;
    case SY_REPORT_LEAD:
      show_paragraph (pages, SY_TYPE_LEAD, "P", block->text);
      sy_pages_skip (pages, 8);
      break;
    case SY_REPORT_PARAGRAPH:
    default:
      show_paragraph (pages, SY_TYPE_BODY, "P", block->text);
      sy_pages_skip (pages, 6);
    }
}

static void
add_metadata (SyPages        *pages,
              const SyReport *report)
{
  cairo_surface_t *surface = sy_pages_get_surface (pages);
  g_autoptr (GDateTime) time = report->generated != NULL ? g_date_time_new_from_iso8601 (report->generated, NULL) : NULL;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, sy_report_get_title (report));
  if (report->tool != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, report->tool);
  if (time != NULL)
    {
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, report->generated);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, report->generated);
    }
}

/* @out is NULL where only @n_pages is asked for. */
static gboolean
lay_out (const SyReport *report,
         SyReportPaper   paper,
         GByteArray     *out,
         guint          *n_pages,
         GError        **error)
{
  g_autoptr (SyPages) pages = sy_pages_new (paper, sy_report_get_title (report), *n_pages, out);
  int parents[] = { CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT };

  add_metadata (pages, report);
  sy_pages_open_tag (pages, "Document");
  for (guint i = 0; i < report->blocks->len; i++)
    show_block (pages, g_ptr_array_index (report->blocks, i), parents);
  sy_pages_close_tag (pages);
  return sy_pages_finish (pages, n_pages, error);
}

static gboolean
has_font (void)
{
  PangoFontFamily **families = NULL;
  int n = 0;

  pango_font_map_list_families (pango_cairo_font_map_get_default (), &families, &n);
  g_free (families);
  return n > 0;
}

GByteArray *
sy_report_to_pdf (const SyReport *self,
                  SyReportPaper   paper,
                  GError        **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint n_pages = 0;

  if (!has_font ())
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_FAILED, "no font is installed, which a PDF needs");
      return NULL;
    }

  if (!lay_out (self, paper, NULL, &n_pages, error) || !lay_out (self, paper, out, &n_pages, error))
    return NULL;

  return g_steal_pointer (&out);
}
