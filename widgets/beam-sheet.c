/* beam-sheet.c: charts as a file or a picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

#include "beam-painter.h"
#include "beam-sheet.h"

typedef struct {
  BeamChart *chart;   /* owned */
  char      *caption; /* owned, nullable */
  int        identity;
} Cell;

typedef struct {
  char      *title; /* owned, nullable */
  GPtrArray *cells; /* owned, of owned Cell */
} Row;

struct _BeamSheet
{
  GObject parent_instance;

  char      *title;    /* owned */
  char      *subtitle; /* owned */
  GPtrArray *rows;     /* owned, of owned Row */
};

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
#define PNG_SCALE     2.0
#define A4_SHORT      595.28
#define A4_LONG       841.89
#define A4_MARGIN     28.0
#define PNG_MAX_SIDE  16000.0

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
  Cell *cell = user_data;

  g_object_unref (cell->chart);
  g_free (cell->caption);
  g_free (cell);
}

static void
row_free (gpointer user_data)
{
  Row *row = user_data;

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
    n = MAX (n, ((Row *) g_ptr_array_index (self->rows, i))->cells->len);

  return n;
}

static double
plot_height (BeamSheet *self)
{
  return self->rows->len == 1 && max_columns (self) == 1 ? ONE_HEIGHT : ROW_HEIGHT;
}

/* All charts get the room of the widest label: one instant, one place. */
static int
widest_label (BeamSheet    *self,
              PangoContext *pango)
{
  int widest = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      for (guint j = 0; j < row->cells->len; j++)
        widest = MAX (widest, beam_chart_get_print_label_width (((Cell *) g_ptr_array_index (row->cells, j))->chart,
                                                                pango, plot_height (self)));
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
               const Cell *cell,
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
draw_row (Pen       *pen,
          const Row *row,
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
      const Cell *cell = g_ptr_array_index (row->cells, i);

      cairo_save (pen->cr);
      cairo_translate (pen->cr, MARGIN + i * (width + COLUMN_GAP), pen->y);
      beam_chart_print (cell->chart, pen->cr, width, height, &pen->style, pen->pango, pen->label_width, TRUE);
      cairo_restore (pen->cr);
    }
  pen->y += height + ROW_GAP;
}

/* Draws, or without @cr measures, the whole sheet. */
static void
draw (BeamSheet *self,
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
    draw_row (&pen, g_ptr_array_index (self->rows, i), plot_height (self));

  *ret_width = pen.width + 2 * MARGIN;
  *ret_height = pen.y - ROW_GAP + MARGIN;
  g_object_unref (pen.pango);
}

/* --- Files --- */

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Draws onto @surface after a transformation, and finishes it. */
static cairo_status_t
draw_on (BeamSheet       *self,
         cairo_surface_t *surface,
         double           scale,
         double           offset)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;
  double width, height;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_translate (cr, offset, offset);
  cairo_scale (cr, scale, scale);
  draw (self, cr, &width, &height);
  status = cairo_status (cr);
  cairo_destroy (cr);

  return status;
}

static cairo_status_t
draw_png (BeamSheet  *self,
          double      width,
          double      height,
          GByteArray *bytes)
{
  double scale = fmin (PNG_SCALE, PNG_MAX_SIDE / fmax (width, height));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (width * scale),
                                                         (int) ceil (height * scale));
  cairo_status_t status = draw_on (self, surface, scale, 0);

  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, write_cb, bytes);
  cairo_surface_destroy (surface);

  return status;
}

static cairo_status_t
finish (cairo_surface_t *surface,
        cairo_status_t   status)
{
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  return status;
}

static cairo_status_t
draw_svg (BeamSheet  *self,
          double      width,
          double      height,
          GByteArray *bytes)
{
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (write_cb, bytes, width, height);

  return finish (surface, draw_on (self, surface, 1, 0));
}

static cairo_status_t
draw_pdf (BeamSheet  *self,
          double      width,
          double      height,
          GByteArray *bytes)
{
  gboolean across = width > height;
  double page_width = across ? A4_LONG : A4_SHORT;
  double page_height = across ? A4_SHORT : A4_LONG;
  double scale = fmin ((page_width - 2 * A4_MARGIN) / width, (page_height - 2 * A4_MARGIN) / height);
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (write_cb, bytes, page_width, page_height);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->title);
  return finish (surface, draw_on (self, surface, scale, A4_MARGIN));
}

/* Columns are named after chart and series: "Latency of Orders p99". */
static void
add_columns (BeamTable *table,
             BeamChart *chart)
{
  g_autoptr (BeamTable) own = beam_chart_get_table (chart);
  const char *title = beam_chart_get_title (chart);

  for (guint i = 0; i < beam_table_get_n_columns (own); i++)
    {
      const char *name = beam_table_get_name (own, i);
      g_autofree char *full = *title != '\0' && strcmp (title, name) != 0 ? g_strdup_printf ("%s %s", title, name)
                                                                          : g_strdup (name);

      beam_table_add_column (table, beam_table_get_series (own, i), full, NULL);
    }
}

static char *
write_csv (BeamSheet *self)
{
  g_autoptr (BeamTable) table = beam_table_new ();
  BeamTimeAxis *time = NULL;
  gint64 from_us, to_us;

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      for (guint j = 0; j < row->cells->len; j++)
        {
          BeamChart *chart = ((Cell *) g_ptr_array_index (row->cells, j))->chart;

          time = beam_chart_get_time_axis (chart);
          add_columns (table, chart);
        }
    }

  if (time != NULL)
    {
      beam_time_axis_get_range (time, &from_us, &to_us);
      beam_table_fill (table, from_us, to_us, beam_time_axis_get_wall_offset (time));
    }

  return beam_table_to_csv (table);
}

const char *
beam_file_format_get_extension (BeamFileFormat format)
{
  static const char * const extensions[] = { "png", "svg", "pdf", "csv" };

  g_return_val_if_fail ((guint) format < G_N_ELEMENTS (extensions), NULL);

  return extensions[format];
}

gboolean
beam_file_format_parse (const char     *text,
                        BeamFileFormat *ret)
{
  for (guint i = BEAM_FILE_PNG; i <= BEAM_FILE_CSV; i++)
    if (g_strcmp0 (text, beam_file_format_get_extension (i)) == 0)
      {
        *ret = i;
        return TRUE;
      }

  return FALSE;
}

/* --- Object --- */

static void
beam_sheet_finalize (GObject *object)
{
  BeamSheet *self = BEAM_SHEET (object);

  g_free (self->title);
  g_free (self->subtitle);
  g_ptr_array_unref (self->rows);

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
  Row *row;

  g_return_if_fail (BEAM_IS_SHEET (self));

  row = g_new0 (Row, 1);
  row->title = g_strdup (title);
  row->cells = g_ptr_array_new_with_free_func (cell_free);
  g_ptr_array_add (self->rows, row);
}

void
beam_sheet_add_chart (BeamSheet  *self,
                      BeamChart  *chart,
                      const char *caption,
                      int         identity)
{
  Cell *cell;

  g_return_if_fail (BEAM_IS_SHEET (self));
  g_return_if_fail (BEAM_IS_CHART (chart));
  g_return_if_fail (self->rows->len > 0);

  cell = g_new0 (Cell, 1);
  cell->chart = g_object_ref (chart);
  cell->caption = g_strdup (caption);
  cell->identity = identity;
  g_ptr_array_add (((Row *) g_ptr_array_index (self->rows, self->rows->len - 1))->cells, cell);
}

GBytes *
beam_sheet_to_bytes (BeamSheet       *self,
                     BeamFileFormat   format,
                     GError         **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_status_t status = CAIRO_STATUS_SUCCESS;
  double width, height;

  g_return_val_if_fail (BEAM_IS_SHEET (self), NULL);

  if (format == BEAM_FILE_CSV)
    {
      char *csv = write_csv (self);

      return g_bytes_new_take (csv, strlen (csv));
    }

  draw (self, NULL, &width, &height);
  if (format == BEAM_FILE_PNG)
    status = draw_png (self, width, height, bytes);
  else if (format == BEAM_FILE_SVG)
    status = draw_svg (self, width, height, bytes);
  else
    status = draw_pdf (self, width, height, bytes);

  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, cairo_status_to_string (status));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
replaced_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
beam_sheet_save_async (BeamSheet           *self,
                       GFile               *file,
                       BeamFileFormat       format,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;

  g_return_if_fail (BEAM_IS_SHEET (self));

  g_task_set_source_tag (task, beam_sheet_save_async);
  bytes = beam_sheet_to_bytes (self, format, &error);
  if (bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, cancellable,
                                       replaced_cb, g_steal_pointer (&task));
}

gboolean
beam_sheet_save_finish (BeamSheet     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
