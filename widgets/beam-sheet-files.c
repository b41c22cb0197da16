/* beam-sheet-files.c: the formats that a sheet is saved in
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

#include "beam-sheet-private.h"

/* Points. */
#define PNG_SCALE     2.0
#define PNG_MAX_SIDE  16000.0
#define A4_SHORT      595.28
#define A4_LONG       841.89
#define A4_MARGIN     28.0

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
  beam_sheet_draw (self, cr, &width, &height);
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

/* The figures of the sheet, one table after the other. */
static void
append_figures (BeamSheet *self,
                GString   *csv)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      BeamSheetRow *row = g_ptr_array_index (self->rows, i);

      for (guint j = 0; j < row->cells->len; j++)
        {
          GtkWidget *widget = ((BeamSheetCell *) g_ptr_array_index (row->cells, j))->widget;
          g_autoptr (BeamCells) cells = BEAM_IS_FIGURE (widget) ? beam_figure_get_cells (BEAM_FIGURE (widget)) : NULL;
          g_autofree char *text = cells != NULL ? beam_cells_to_csv (cells) : NULL;

          if (text != NULL)
            g_string_append_printf (csv, "%s%s", csv->len > 0 ? "\r\n" : "", text);
        }
    }
}

static char *
write_csv (BeamSheet *self)
{
  g_autoptr (BeamTable) table = beam_table_new ();
  GString *csv = g_string_new (NULL);
  BeamTimeAxis *time = NULL;
  gint64 from_us, to_us;

  for (guint i = 0; i < self->rows->len; i++)
    {
      BeamSheetRow *row = g_ptr_array_index (self->rows, i);

      for (guint j = 0; j < row->cells->len; j++)
        {
          GtkWidget *widget = ((BeamSheetCell *) g_ptr_array_index (row->cells, j))->widget;

          if (!BEAM_IS_CHART (widget))
            continue;
          time = beam_chart_get_time_axis (BEAM_CHART (widget));
          add_columns (table, BEAM_CHART (widget));
        }
    }

  if (time != NULL)
    {
      g_autofree char *text = NULL;

      beam_time_axis_get_range (time, &from_us, &to_us);
      beam_table_fill (table, from_us, to_us, beam_time_axis_get_wall_offset (time));
      text = beam_table_to_csv (table);
      g_string_append (csv, text);
    }
  append_figures (self, csv);

  return g_string_free (csv, FALSE);
}

static GBytes *
draw_file (BeamSheet       *self,
           BeamFileFormat   format,
           GError         **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_status_t status = CAIRO_STATUS_SUCCESS;
  double width, height;

  if (format == BEAM_FILE_CSV)
    {
      char *csv = write_csv (self);

      return g_bytes_new_take (csv, strlen (csv));
    }

  beam_sheet_draw (self, NULL, &width, &height);
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

/* --- Public API --- */

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

/* No one drawing serves them all: what is painted depends on what it is painted on. */
void
beam_sheet_freeze (BeamSheet *self)
{
  g_return_if_fail (BEAM_IS_SHEET (self));

  if (self->frozen)
    return;

  for (guint i = BEAM_FILE_PNG; i <= BEAM_FILE_CSV; i++)
    self->files[i] = draw_file (self, i, &self->errors[i]);
  self->frozen = TRUE;
  g_ptr_array_set_size (self->rows, 0);
}

GBytes *
beam_sheet_to_bytes (BeamSheet       *self,
                     BeamFileFormat   format,
                     GError         **error)
{
  g_return_val_if_fail (BEAM_IS_SHEET (self), NULL);
  g_return_val_if_fail ((guint) format <= BEAM_FILE_CSV, NULL);

  if (!self->frozen)
    return draw_file (self, format, error);
  if (self->files[format] != NULL)
    return g_bytes_ref (self->files[format]);

  g_propagate_error (error, g_error_copy (self->errors[format]));
  return NULL;
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
