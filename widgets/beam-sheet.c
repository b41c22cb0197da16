/* beam-sheet.c: charts as a file or a picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-painter.h"
#include "beam-sheet-private.h"

G_DEFINE_FINAL_TYPE (BeamSheet, beam_sheet, G_TYPE_OBJECT)

/* Points. Text is measured at 72 a inch, so a point is a point on paper. */
#define FONT          "Sans 9"
#define MARGIN        24.0
#define COLUMN_GAP    16.0
#define ROW_GAP       10.0
#define LINE_GAP      3.0
#define ONE_WIDTH     560.0 /* of a chart that is alone in its row */
#define ONE_HEIGHT    300.0
#define COLUMN_WIDTH  400.0
#define ROW_HEIGHT    120.0
#define MARKER_SIZE   8.0

/* While drawing: where the pen is, and what it is. */
typedef struct {
  cairo_t      *cr; /* NULL: only measures */
  PangoContext *pango;
  BeamStyle     style;
  double        width;
  double        y;
  int           label_width;
} Pen;

static void
cell_free (gpointer user_data)
{
  BeamSheetCell *cell = user_data;

  g_object_unref (cell->widget);
  g_free (cell->caption);
  g_free (cell);
}

static void
row_free (gpointer user_data)
{
  BeamSheetRow *row = user_data;

  g_free (row->title);
  g_ptr_array_unref (row->cells);
  g_free (row);
}

/* --- Layout --- */

static guint
max_columns (BeamSheet *self)
{
  guint n = 1;

  for (guint i = 0; i < self->rows->len; i++)
    n = MAX (n, ((BeamSheetRow *) g_ptr_array_index (self->rows, i))->cells->len);

  return n;
}

static double
plot_height (BeamSheet *self)
{
  return self->rows->len == 1 && max_columns (self) == 1 ? ONE_HEIGHT : ROW_HEIGHT;
}

/* A figure has as much to say as it has rows: it is as high as it wants to be. */
static double
row_height (BeamSheet *self,
            const BeamSheetRow *row)
{
  double height = 0;

  for (guint i = 0; i < row->cells->len; i++)
    {
      const BeamSheetCell *cell = g_ptr_array_index (row->cells, i);
      int natural = 0;

      if (BEAM_IS_FIGURE (cell->widget))
        gtk_widget_measure (cell->widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
      height = fmax (height, BEAM_IS_FIGURE (cell->widget) ? natural : plot_height (self));
    }

  return height;
}

/* All charts get the room of the widest label: one instant, one place. */
static int
widest_label (BeamSheet    *self,
              PangoContext *pango)
{
  int widest = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      BeamSheetRow *row = g_ptr_array_index (self->rows, i);

      for (guint j = 0; j < row->cells->len; j++)
        {
          const BeamSheetCell *cell = g_ptr_array_index (row->cells, j);

          if (BEAM_IS_CHART (cell->widget))
            widest = MAX (widest, beam_chart_get_print_label_width (BEAM_CHART (cell->widget), pango, plot_height (self)));
        }
    }

  return widest;
}

static PangoContext *
create_pango (void)
{
  PangoContext *pango = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FONT);
  cairo_font_options_t *options = cairo_font_options_create ();

  /* Paper has no pixels to fit letters to. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (pango, options);
  pango_cairo_context_set_resolution (pango, 72);
  pango_context_set_font_description (pango, font);
  cairo_font_options_destroy (options);

  return pango;
}

static void
pen_init (Pen       *pen,
          BeamSheet *self,
          cairo_t   *cr)
{
  const GdkRGBA ink = { 0, 0, 0, 1 };
  const GdkRGBA paper = { 1, 1, 1, 1 };
  guint n = max_columns (self);

  *pen = (Pen) { .cr = cr, .pango = create_pango (), .y = MARGIN };
  beam_style_init (&pen->style, &ink, &paper, FALSE);
  pen->width = n == 1 ? ONE_WIDTH : n * COLUMN_WIDTH + (n - 1) * COLUMN_GAP;
  pen->label_width = widest_label (self, pen->pango);
}

/* A line of text at @x that is at most @width wide; returns its height. */
static double
write_line (Pen           *pen,
            const char    *text,
            double         x,
            double         width,
            double         scale,
            gboolean       bold,
            const GdkRGBA *color)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (pen->pango);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int height;

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_size (layout, NULL, &height);
  if (pen->cr != NULL)
    beam_paint_text (pen->cr, layout, x, pen->y, color, NULL);

  return height;
}

static double
write_caption (Pen        *pen,
               const BeamSheetCell *cell,
               double      x,
               double      width)
{
  GdkRGBA color = beam_style_get_identity (&pen->style, cell->identity);
  double indent = cell->identity >= 0 ? MARKER_SIZE + 6 : 0;
  double height;

  if (cell->caption == NULL)
    return 0;

  height = write_line (pen, cell->caption, x + indent, width - indent, 0.9, FALSE, &pen->style.ink);
  if (pen->cr != NULL && indent > 0)
    beam_paint_marker (pen->cr, x + MARKER_SIZE / 2 + 1, pen->y + height / 2, MARKER_SIZE,
                       beam_identity_get_marker (cell->identity), &color, &pen->style.background);

  return height + LINE_GAP;
}

static void
draw_cell (Pen        *pen,
           const BeamSheetCell *cell,
           double      width,
           double      height)
{
  BeamFrame frame;

  if (BEAM_IS_CHART (cell->widget))
    {
      beam_chart_print (BEAM_CHART (cell->widget), pen->cr, width, height, &pen->style, pen->pango, pen->label_width, TRUE);
      return;
    }

  beam_frame_init (&frame, width, height, &pen->style, pen->pango);
  frame.rtl = gtk_widget_get_direction (cell->widget) == GTK_TEXT_DIR_RTL;
  beam_figure_draw (BEAM_FIGURE (cell->widget), pen->cr, &frame);
}

static void
draw_row (Pen       *pen,
          const BeamSheetRow *row,
          double     height)
{
  double width = row->cells->len > 0 ? (pen->width - (row->cells->len - 1) * COLUMN_GAP) / row->cells->len : 0;
  double captions = 0;

  if (row->title != NULL)
    pen->y += write_line (pen, row->title, MARGIN, pen->width, 1, TRUE, &pen->style.ink) + LINE_GAP;

  for (guint i = 0; i < row->cells->len; i++)
    captions = fmax (captions, write_caption (pen, g_ptr_array_index (row->cells, i),
                                              MARGIN + i * (width + COLUMN_GAP), width));
  pen->y += captions;

  for (guint i = 0; i < row->cells->len && pen->cr != NULL; i++)
    {
      cairo_save (pen->cr);
      cairo_translate (pen->cr, MARGIN + i * (width + COLUMN_GAP), pen->y);
      draw_cell (pen, g_ptr_array_index (row->cells, i), width, height);
      cairo_restore (pen->cr);
    }
  pen->y += height + ROW_GAP;
}

void
beam_sheet_draw (BeamSheet *self,
                 cairo_t   *cr,
                 double    *ret_width,
                 double    *ret_height)
{
  Pen pen;

  pen_init (&pen, self, cr);
  if (*self->title != '\0')
    pen.y += write_line (&pen, self->title, MARGIN, pen.width, 1.5, TRUE, &pen.style.ink) + LINE_GAP;
  if (*self->subtitle != '\0')
    pen.y += write_line (&pen, self->subtitle, MARGIN, pen.width, 1, FALSE, &pen.style.dim) + LINE_GAP;
  pen.y += ROW_GAP / 2;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const BeamSheetRow *row = g_ptr_array_index (self->rows, i);

      draw_row (&pen, row, row_height (self, row));
    }

  *ret_width = pen.width + 2 * MARGIN;
  *ret_height = pen.y - ROW_GAP + MARGIN;
  g_object_unref (pen.pango);
}

/* --- Object --- */

static void
beam_sheet_finalize (GObject *object)
{
  BeamSheet *self = BEAM_SHEET (object);

  g_free (self->title);
  g_free (self->subtitle);
  g_ptr_array_unref (self->rows);
  for (guint i = BEAM_FILE_PNG; i <= BEAM_FILE_CSV; i++)
    {
      g_clear_pointer (&self->files[i], g_bytes_unref);
      g_clear_error (&self->errors[i]);
    }

  G_OBJECT_CLASS (beam_sheet_parent_class)->finalize (object);
}

static void
beam_sheet_class_init (BeamSheetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = beam_sheet_finalize;
}

static void
beam_sheet_init (BeamSheet *self)
{
  self->title = g_strdup ("");
  self->subtitle = g_strdup ("");
  self->rows = g_ptr_array_new_with_free_func (row_free);
}

BeamSheet *
beam_sheet_new (const char *title,
                const char *subtitle)
{
  BeamSheet *self = g_object_new (BEAM_TYPE_SHEET, NULL);

  if (title != NULL)
    {
      g_free (self->title);
      self->title = g_strdup (title);
    }
  if (subtitle != NULL)
    {
      g_free (self->subtitle);
      self->subtitle = g_strdup (subtitle);
    }

  return self;
}

void
beam_sheet_begin_row (BeamSheet  *self,
                      const char *title)
{
  BeamSheetRow *row;

  g_return_if_fail (BEAM_IS_SHEET (self));
  g_return_if_fail (!self->frozen);

  row = g_new0 (BeamSheetRow, 1);
  row->title = g_strdup (title);
  row->cells = g_ptr_array_new_with_free_func (cell_free);
  g_ptr_array_add (self->rows, row);
}

/* To the last row; the cell holds a reference to @widget. */
static void
add_cell (BeamSheet  *self,
          GtkWidget  *widget,
          const char *caption,
          int         identity)
{
  BeamSheetCell *cell = g_new0 (BeamSheetCell, 1);

  cell->widget = g_object_ref (widget);
  cell->caption = g_strdup (caption);
  cell->identity = identity;
  g_ptr_array_add (((BeamSheetRow *) g_ptr_array_index (self->rows, self->rows->len - 1))->cells, cell);
}

void
beam_sheet_add_chart (BeamSheet  *self,
                      BeamChart  *chart,
                      const char *caption,
                      int         identity)
{
  g_return_if_fail (BEAM_IS_SHEET (self));
  g_return_if_fail (BEAM_IS_CHART (chart));
  g_return_if_fail (self->rows->len > 0);

  add_cell (self, GTK_WIDGET (chart), caption, identity);
}

void
beam_sheet_add_figure (BeamSheet  *self,
                       BeamFigure *figure,
                       const char *caption,
                       int         identity)
{
  g_return_if_fail (BEAM_IS_SHEET (self));
  g_return_if_fail (BEAM_IS_FIGURE (figure));
  g_return_if_fail (self->rows->len > 0);

  add_cell (self, GTK_WIDGET (figure), caption, identity);
}
