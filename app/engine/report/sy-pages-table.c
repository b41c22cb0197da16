/* sy-pages-table.c: a table on the pages of a PDF
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A column gets what its longest cell needs when all fit; else the widest are
 * narrowed, down to their longest words. When even the words do not fit, those of
 * the widest columns are broken.
 */
#define G_LOG_DOMAIN "steelyard-report"

#include "config.h"

#include "sy-pages-table.h"

#include <string.h>

#define GAP 9.0     /* between columns, points */
#define PAD 2.5     /* above and below a row */
#define RULE 0.5
#define SHORT 12    /* rows, with the head, that stay together */
#define TALL_HEAD 0.25 /* of a page: beyond it the head stands on the first one only */
#define SOME 75.0   /* of a longer one, that stays with its caption */
#define LONG 120    /* characters that are measured: more do not fit side by side in any case */
#define MEASURED 400 /* rows that the widths are made for */
#define HALVINGS 40  /* of a page: beyond what can be seen */

typedef struct {
  const SyReportBlock *block;   /* (borrowed) */
  double              *widths;  /* (owned): of columns, without gaps */
  gboolean            *counts;  /* (owned) */
} Table;

/* Of the first @n bytes of @text, at most LONG characters. */
static double
measure (SyPages    *pages,
         SyType      type,
         const char *text,
         gsize       n)
{
  g_autofree char *whole = g_strndup (text, n);
  g_autofree char *part = g_utf8_substring (whole, 0, MIN (g_utf8_strlen (whole, -1), (glong) LONG));
  g_autoptr (PangoLayout) layout = sy_pages_layout (pages, type, part, -1);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return pango_units_to_double (logical.width) + 0.1;
}

/* Of the word that looks widest. Letting Pango break every line takes the square
 * of the length. */
static double
measure_word (SyPages    *pages,
              SyType      type,
              const char *text)
{
  const char *widest = text;
  gsize length = 0;

  while (*text != '\0')
    {
      const gsize n = strcspn (text, " ");

      if (n > length)
        {
          widest = text;
          length = n;
        }
      text += n + strspn (text + n, " ");
    }

  return measure (pages, type, widest, length);
}

static void
measure_column (SyPages             *pages,
                const SyReportBlock *block,
                guint                column,
                double              *ret_least,
                double              *ret_most)
{
  const guint end = MIN (block->cells->len, MEASURED * block->n_columns);

  *ret_least = *ret_most = 0;
  for (guint i = column; i < end; i += block->n_columns)
    {
      const char *text = g_ptr_array_index (block->cells, i);
      const SyType type = i == column ? SY_TYPE_HEAD : SY_TYPE_CELL;

      *ret_least = MAX (*ret_least, measure_word (pages, type, text));
      *ret_most = MAX (*ret_most, measure (pages, type, text, strlen (text)));
    }
}

/* Between @least and @most, @level wide where it can be. Gives the sum. */
static double
set_level (double       *widths,
           const double *least,
           const double *most,
           guint         n,
           double        level)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      widths[i] = CLAMP (level, least[i], most[i]);
      sum += widths[i];
    }

  return sum;
}

/* Widths between @least and @most that take @width together: only the widest are
 * narrowed, all to one width, so that figures and short words stay whole. */
static void
share (double       *widths,
       const double *least,
       const double *most,
       guint         n,
       double        width)
{
  double low = 0;
  double high = width;

  for (guint i = 0; i < HALVINGS; i++)
    {
      const double middle = (low + high) / 2;

      if (set_level (widths, least, most, n, middle) > width)
        high = middle;
      else
        low = middle;
    }
  set_level (widths, least, most, n, low);
}

static void
find_widths (Table   *self,
             SyPages *pages)
{
  const guint n = self->block->n_columns;
  const double width = sy_pages_get_width (pages) - GAP * (n - 1);
  g_autofree double *least = g_new (double, n);
  g_autofree double *most = g_new (double, n);
  g_autofree double *nothing = g_new0 (double, n);
  double sum_least = 0;

  for (guint i = 0; i < n; i++)
    {
      measure_column (pages, self->block, i, &least[i], &most[i]);
      self->counts[i] = sy_report_block_counts (self->block, i);
      sum_least += least[i];
    }

  if (sum_least > width)
    share (self->widths, nothing, least, n, width);
  else
    share (self->widths, least, most, n, width);
}

static void
show_rule (SyPages     *pages,
           const Table *self,
           double       grey)
{
  cairo_t *cr = sy_pages_get_cairo (pages);
  double width = GAP * (self->block->n_columns - 1);

  for (guint i = 0; i < self->block->n_columns; i++)
    width += self->widths[i];

  cairo_set_source_rgb (cr, grey, grey, grey);
  cairo_set_line_width (cr, RULE);
  cairo_move_to (cr, sy_pages_get_left (pages), sy_pages_get_y (pages));
  cairo_rel_line_to (cr, width, 0);
  cairo_stroke (cr);
}

/* (transfer full) (array length=n_columns): clear each */
static SyFlow *
make_row (SyPages     *pages,
          const Table *self,
          guint        row)
{
  const guint n = self->block->n_columns;
  SyFlow *cells = g_new0 (SyFlow, n);
  double x = 0;

  for (guint i = 0; i < n; i++)
    {
      const char *text = g_ptr_array_index (self->block->cells, row * n + i);

      cells[i].layout = sy_pages_layout (pages, row == 0 ? SY_TYPE_HEAD : SY_TYPE_CELL, text, self->widths[i]);
      cells[i].x = x;
      cells[i].tag = row == 0 || i == 0 ? "TH" : "TD";
      if (self->counts[i])
        pango_layout_set_alignment (cells[i].layout, PANGO_ALIGN_RIGHT);
      x += self->widths[i] + GAP;
    }

  return cells;
}

static double
measure_row (SyPages     *pages,
             const Table *self,
             guint        row)
{
  g_autofree SyFlow *cells = make_row (pages, self, row);
  double height = 0;

  for (guint i = 0; i < self->block->n_columns; i++)
    {
      PangoRectangle logical;

      pango_layout_get_extents (cells[i].layout, NULL, &logical);
      height = MAX (height, pango_units_to_double (logical.height));
      sy_flow_clear (&cells[i]);
    }

  return height + 2 * PAD;
}

/* Of the caption and all rows. */
static double
measure_height (SyPages     *pages,
                const Table *self)
{
  double sum = 20; /* the caption */

  for (guint row = 0; row <= sy_report_block_n_rows (self->block); row++)
    sum += measure_row (pages, self, row);

  return sum;
}

static void
show_row (SyPages     *pages,
          const Table *self,
          guint        row,
          SyPagesFunc  turned)
{
  const guint n = self->block->n_columns;
  g_autofree SyFlow *cells = make_row (pages, self, row);

  sy_pages_skip (pages, PAD);
  sy_pages_open_tag (pages, "TR");
  sy_pages_flow (pages, cells, n, turned, (gpointer) self);
  sy_pages_close_tag (pages);
  sy_pages_skip (pages, PAD);
  show_rule (pages, self, row == 0 ? 0.45 : 0.82);
  for (guint i = 0; i < n; i++)
    sy_flow_clear (&cells[i]);
}

static void
show_caption (SyPages    *pages,
              const char *text)
{
  SyFlow cell = { .layout = sy_pages_layout (pages, SY_TYPE_CAPTION, text, sy_pages_get_width (pages)), .tag = "Caption" };

  sy_pages_flow (pages, &cell, 1, NULL, NULL);
  sy_flow_clear (&cell);
  sy_pages_skip (pages, 2);
}

/* The row that goes on is open: the head is a row before it. */
static void
turned_cb (SyPages *pages,
           gpointer user_data)
{
  sy_pages_close_tag (pages);
  show_row (pages, user_data, 0, NULL);
  sy_pages_skip (pages, PAD);
  sy_pages_open_tag (pages, "TR");
}

void
sy_pages_show_table (SyPages             *pages,
                     const SyReportBlock *block)
{
  Table self = {
    .block = block,
    .widths = g_new (double, block->n_columns),
    .counts = g_new (gboolean, block->n_columns),
  };
  double height = G_MAXDOUBLE;
  SyPagesFunc turned;

  find_widths (&self, pages);
  turned = measure_row (pages, &self, 0) <= sy_pages_get_body (pages) * TALL_HEAD ? turned_cb : NULL;
  if (sy_report_block_n_rows (block) < SHORT)
    height = measure_height (pages, &self);
  sy_pages_need (pages, height < sy_pages_get_body (pages) / 2 ? height : SOME);
  if (block->text != NULL)
    show_caption (pages, block->text);
  sy_pages_open_tag (pages, "Table");
  for (guint i = 0; i <= sy_report_block_n_rows (block); i++)
    show_row (pages, &self, i, i > 0 ? turned : NULL);
  sy_pages_close_tag (pages);

  g_free (self.widths);
  g_free (self.counts);
}
