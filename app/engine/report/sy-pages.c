/* sy-pages.c: the pages of a PDF, filled from top to bottom
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything is a flow of lines: what does not fit goes on on the next page.
 * Structure is tagged as far as cairo can, so that a reader follows headings,
 * lists and tables; what stands in the margins is not part of it. Limits: pages
 * run from left to right, and cairo 1.16 has no place for the language of a
 * document or for the description of a figure, which is why that stands below it.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-pages.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "sy-error.h"
#include "sy-scene.h"

#define INCH 72.0
#define SIDE_MARGIN (0.75 * INCH)
#define TOP_MARGIN (0.9 * INCH)
#define BOTTOM_MARGIN (0.85 * INCH)
#define HEAD_LINE (0.5 * INCH) /* from the edge of the page to the texts in its margins */
#define MAX_TAGS 8

struct _SyPages
{
  cairo_surface_t *surface;  /* (owned) */
  cairo_t         *cr;       /* (owned) */
  PangoContext    *context;  /* (owned) */
  char            *title;    /* (owned) */
  const char      *tags[MAX_TAGS]; /* (borrowed), static: open ones, the outermost first */
  guint            n_tags;
  guint            n_pages;  /* 0: not known yet */
  guint            page;     /* from 1 */
  double           width;    /* of the paper, in points */
  double           height;
  double           y;
};

static const struct {
  double      width;
  double      height;
} papers[] = {
  [SY_REPORT_PAPER_A4] = { 210 / 25.4 * INCH, 297 / 25.4 * INCH },
  [SY_REPORT_PAPER_LETTER] = { 8.5 * INCH, 11 * INCH },
};

static const struct {
  double      size;
  PangoWeight weight;
  double      grey;
} types[] = {
  [SY_TYPE_TITLE] = { 20, PANGO_WEIGHT_BOLD, 0.1 },
  [SY_TYPE_HEADING] = { 13.5, PANGO_WEIGHT_BOLD, 0.1 },
  [SY_TYPE_LEAD] = { 11.5, PANGO_WEIGHT_BOLD, 0.1 },
  [SY_TYPE_BODY] = { 9.5, PANGO_WEIGHT_NORMAL, 0.1 },
  [SY_TYPE_CAPTION] = { 8.5, PANGO_WEIGHT_NORMAL, 0.33 },
  [SY_TYPE_HEAD] = { 7.5, PANGO_WEIGHT_BOLD, 0.33 },
  [SY_TYPE_CELL] = { 8, PANGO_WEIGHT_NORMAL, 0.1 },
  [SY_TYPE_MARGIN] = { 8, PANGO_WEIGHT_NORMAL, 0.4 },
  [SY_TYPE_FIGURE] = { SY_SCENE_TEXT, PANGO_WEIGHT_NORMAL, 0.1 },
  [SY_TYPE_FIGURE_DIM] = { SY_SCENE_TEXT, PANGO_WEIGHT_NORMAL, 0.33 },
  [SY_TYPE_BOLD] = { 9.5, PANGO_WEIGHT_BOLD, 0.1 },
};

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Text in a margin, once a page. */
static void
show_margin (SyPages    *self,
             const char *text,
             double      y,
             gboolean    at_end)
{
  g_autoptr (PangoLayout) layout = sy_pages_layout (self, SY_TYPE_MARGIN, text, self->width - 2 * SIDE_MARGIN);

  pango_layout_set_height (layout, 0);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layout, at_end ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  cairo_move_to (self->cr, SIDE_MARGIN, y);
  pango_cairo_show_layout (self->cr, layout);
}

/* The first page has the title in large below. */
static void
begin_page (SyPages *self)
{
  /* Translators: the number of this page, of all pages */
  g_autofree char *number = g_strdup_printf (_("Page %u of %u"), self->page, self->n_pages);

  cairo_set_source_rgb (self->cr, types[SY_TYPE_MARGIN].grey, types[SY_TYPE_MARGIN].grey, types[SY_TYPE_MARGIN].grey);
  if (self->page > 1)
    show_margin (self, self->title, HEAD_LINE, FALSE);
  show_margin (self, number, self->height - HEAD_LINE - types[SY_TYPE_MARGIN].size, TRUE);
  self->y = TOP_MARGIN;
}

static void
turn (SyPages *self)
{
  for (guint i = self->n_tags; i > 0; i--)
    cairo_tag_end (self->cr, self->tags[i - 1]);
  cairo_show_page (self->cr);
  self->page++;
  begin_page (self);
  for (guint i = 0; i < self->n_tags; i++)
    cairo_tag_begin (self->cr, self->tags[i], NULL);
}

SyPages *
sy_pages_new (SyReportPaper  paper,
              const char    *title,
              guint          n_pages,
              GByteArray    *out)
{
  SyPages *self = g_new0 (SyPages, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  self->width = papers[paper].width;
  self->height = papers[paper].height;
  self->title = g_strdup (title);
  self->n_pages = n_pages;
  self->surface = cairo_pdf_surface_create_for_stream (out != NULL ? write_cb : NULL, out, self->width, self->height);
  self->cr = cairo_create (self->surface);

  /* Lines break the same whatever screen there is. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  self->context = pango_cairo_create_context (self->cr);
  pango_cairo_context_set_font_options (self->context, options);
  pango_cairo_context_set_resolution (self->context, INCH);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  cairo_font_options_destroy (options);

  self->page = 1;
  begin_page (self);
  return self;
}

gboolean
sy_pages_finish (SyPages *self,
                 guint   *ret_n_pages,
                 GError **error)
{
  cairo_status_t status;

  cairo_show_page (self->cr);
  status = cairo_status (self->cr);
  cairo_surface_finish (self->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (self->surface);
  *ret_n_pages = self->page;
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;

  g_set_error_literal (error, SY_ERROR, SY_ERROR_FAILED, cairo_status_to_string (status));
  return FALSE;
}

void
sy_pages_free (SyPages *self)
{
  g_object_unref (self->context);
  cairo_destroy (self->cr);
  cairo_surface_destroy (self->surface);
  g_free (self->title);
  g_free (self);
}

cairo_t *
sy_pages_get_cairo (SyPages *self)
{
  return self->cr;
}

cairo_surface_t *
sy_pages_get_surface (SyPages *self)
{
  return self->surface;
}

double
sy_pages_get_width (SyPages *self)
{
  return self->width - 2 * SIDE_MARGIN;
}

double
sy_pages_get_left (SyPages *self)
{
  return SIDE_MARGIN;
}

double
sy_pages_get_y (SyPages *self)
{
  return self->y;
}

guint
sy_pages_get_page (SyPages *self)
{
  return self->page;
}

double
sy_pages_get_body (SyPages *self)
{
  return self->height - TOP_MARGIN - BOTTOM_MARGIN;
}

static double
get_room (const SyPages *self)
{
  return self->height - BOTTOM_MARGIN - self->y;
}

void
sy_pages_need (SyPages *self,
               double   height)
{
  if (self->y > TOP_MARGIN && get_room (self) < height)
    turn (self);
}

void
sy_pages_skip (SyPages *self,
               double   height)
{
  if (self->y > TOP_MARGIN)
    self->y += height;
}

void
sy_pages_open_tag (SyPages    *self,
                   const char *tag)
{
  g_return_if_fail (self->n_tags < MAX_TAGS);

  self->tags[self->n_tags++] = tag;
  cairo_tag_begin (self->cr, tag, NULL);
}

void
sy_pages_close_tag (SyPages *self)
{
  g_return_if_fail (self->n_tags > 0);

  cairo_tag_end (self->cr, self->tags[--self->n_tags]);
}

PangoLayout *
sy_pages_layout (SyPages    *self,
                 SyType      type,
                 const char *text,
                 double      width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_from_string ("Sans");
  PangoAttrList *attributes = pango_attr_list_new ();
  const guint16 grey = (guint16) (types[type].grey * G_MAXUINT16);

  pango_font_description_set_absolute_size (font, types[type].size * PANGO_SCALE);
  pango_font_description_set_weight (font, types[type].weight);
  pango_layout_set_font_description (layout, font);
  pango_attr_list_insert (attributes, pango_attr_foreground_new (grey, grey, grey));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (width >= 0)
    pango_layout_set_width (layout, pango_units_from_double (width));
  pango_layout_set_text (layout, text, -1);

  pango_attr_list_unref (attributes);
  pango_font_description_free (font);
  return layout;
}

void
sy_flow_clear (SyFlow *self)
{
  g_clear_object (&self->layout);
}

/* --- flows ---------------------------------------------------------------- */

/* Height of the first lines of @cell that are not shown and fit into @room. The
 * first one counts as fitting when it @must. */
static double
count_lines (const SyFlow *cell,
             double        room,
             gboolean      must,
             guint        *ret_n)
{
  const guint n_lines = (guint) pango_layout_get_line_count (cell->layout);
  double height = 0;

  *ret_n = 0;
  for (guint i = cell->n_shown; i < n_lines; i++)
    {
      PangoRectangle logical;
      double line;

      pango_layout_line_get_extents (pango_layout_get_line_readonly (cell->layout, (int) i), NULL, &logical);
      line = pango_units_to_double (logical.height);
      if (height + line > room && !(must && *ret_n == 0))
        break;

      height += line;
      (*ret_n)++;
    }

  return height;
}

/* The next @n lines of @cell, the first with its upper edge at @y. */
static void
show_lines (SyPages *self,
            SyFlow  *cell,
            guint    n,
            double   y)
{
  PangoLayoutIter *iter = pango_layout_get_iter (cell->layout);
  double top = 0;

  if (cell->tag != NULL)
    cairo_tag_begin (self->cr, cell->tag, NULL);
  for (guint i = 0; i < cell->n_shown; i++)
    pango_layout_iter_next_line (iter);

  for (guint i = 0; i < n; i++)
    {
      PangoRectangle logical;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      if (i == 0)
        top = pango_units_to_double (logical.y);
      cairo_move_to (self->cr, SIDE_MARGIN + cell->x + pango_units_to_double (logical.x),
                     y - top + pango_units_to_double (pango_layout_iter_get_baseline (iter)));
      pango_cairo_show_layout_line (self->cr, pango_layout_iter_get_line_readonly (iter));
      pango_layout_iter_next_line (iter);
    }
  cell->n_shown += n;
  if (cell->tag != NULL)
    cairo_tag_end (self->cr, cell->tag);
  pango_layout_iter_free (iter);
}

void
sy_pages_flow (SyPages     *self,
               SyFlow      *cells,
               guint        n,
               SyPagesFunc  turned,
               gpointer     user_data)
{
  double whole = 0;
  gboolean more = n > 0;
  gboolean must = FALSE;

  for (guint i = 0; i < n; i++)
    {
      guint n_lines;

      whole = MAX (whole, count_lines (&cells[i], G_MAXDOUBLE, TRUE, &n_lines));
    }

  /* What fits on one page is not torn. */
  if (whole > get_room (self) && whole <= sy_pages_get_body (self) / 2)
    {
      turn (self);
      if (turned != NULL)
        turned (self, user_data);
    }

  while (more)
    {
      double height = 0;

      more = FALSE;
      for (guint i = 0; i < n; i++)
        {
          guint n_lines;

          height = MAX (height, count_lines (&cells[i], get_room (self), must, &n_lines));
          show_lines (self, &cells[i], n_lines, self->y);
          more |= cells[i].n_shown < (guint) pango_layout_get_line_count (cells[i].layout);
        }
      self->y += height;
      if (!more)
        break;

      /* A page takes at least a line, or there would be no end. */
      must = TRUE;
      turn (self);
      if (turned != NULL)
        turned (self, user_data);
    }
}
