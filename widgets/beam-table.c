/* beam-table.c: series as a table of numbers, and that as CSV
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>
#include <string.h>

#include "beam-csv.h"
#include "beam-series.h"
#include "beam-table.h"

typedef struct {
  BeamSeries    *series; /* owned */
  BeamValueAxis *axis;   /* owned, nullable */
  char          *name;   /* owned */
} Column;

/* A number or a note before the rows are made. */
typedef struct {
  gint64 time_us;
  guint  column; /* G_MAXUINT: a note */
  double value;
  char  *note;   /* owned, nullable */
} Cell;

struct _BeamTable
{
  GObject parent_instance;

  GPtrArray *columns; /* owned, of owned Column */
  GArray    *times;   /* owned, element-type gint64 */
  GArray    *values;  /* owned, element-type double, row by row */
  GPtrArray *notes;   /* owned, of owned char *, nullable elements */
  gint64     wall_offset_us;
};

struct _BeamTableRow
{
  GObject parent_instance;

  guint index;
};

G_DEFINE_FINAL_TYPE (BeamTableRow, beam_table_row, G_TYPE_OBJECT)

static void
beam_table_row_class_init (BeamTableRowClass *klass)
{
}

static void
beam_table_row_init (BeamTableRow *self)
{
}

guint
beam_table_row_get_index (BeamTableRow *self)
{
  g_return_val_if_fail (BEAM_IS_TABLE_ROW (self), 0);

  return self->index;
}

static GType
beam_table_get_item_type (GListModel *model)
{
  return BEAM_TYPE_TABLE_ROW;
}

static guint
beam_table_get_n_items (GListModel *model)
{
  return BEAM_TABLE (model)->times->len;
}

static gpointer
beam_table_get_item (GListModel *model,
                     guint       position)
{
  BeamTableRow *row;

  if (position >= BEAM_TABLE (model)->times->len)
    return NULL;

  row = g_object_new (BEAM_TYPE_TABLE_ROW, NULL);
  row->index = position;
  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = beam_table_get_item_type;
  iface->get_n_items = beam_table_get_n_items;
  iface->get_item = beam_table_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BeamTable, beam_table, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
column_free (gpointer user_data)
{
  Column *column = user_data;

  g_object_unref (column->series);
  g_clear_object (&column->axis);
  g_free (column->name);
  g_free (column);
}

static const Column *
get_column (BeamTable *self,
            guint      column)
{
  return g_ptr_array_index (self->columns, column);
}

/* --- Filling --- */

/* What the series had at the point's time: of joined samples, the last one was later. */
static double
get_value_then (BeamSeries      *series,
                const BeamPoint *point)
{
  double value = point->last;

  if (point->low < point->high)
    value = beam_series_lookup (series, point->time_us, 0, NULL);

  return isnan (value) ? point->last : value;
}

static void
collect_values (BeamTable *self,
                guint      column,
                gint64     from_us,
                gint64     to_us,
                GArray    *points,
                GArray    *cells)
{
  BeamSeries *series = get_column (self, column)->series;

  beam_series_collect (series, from_us, to_us, BEAM_TABLE_MAX_ROWS, points);
  for (guint i = 0; i < points->len; i++)
    {
      const BeamPoint *point = &g_array_index (points, BeamPoint, i);
      const Cell cell = { point->time_us, column, get_value_then (series, point), NULL };

      if (point->time_us >= from_us && point->time_us <= to_us && isfinite (point->last))
        g_array_append_val (cells, cell);
    }
}

static void
collect_notes (BeamTable *self,
               guint      column,
               gint64     from_us,
               gint64     to_us,
               GArray    *gaps,
               GArray    *cells)
{
  beam_series_collect_gaps (get_column (self, column)->series, from_us, to_us, gaps);
  for (guint i = 0; i < gaps->len; i++)
    {
      const BeamGap *gap = &g_array_index (gaps, BeamGap, i);
      const Cell cell = { MAX (gap->from_us, from_us), G_MAXUINT, (double) NAN, g_strdup (gap->label) };

      if (gap->label != NULL)
        g_array_append_val (cells, cell);
    }
}

static gint
compare_cells (gconstpointer a,
               gconstpointer b)
{
  const Cell *one = a;
  const Cell *other = b;

  return (one->time_us > other->time_us) - (one->time_us < other->time_us);
}

static void
begin_row (BeamTable *self,
           gint64     time_us)
{
  const double unknown = (double) NAN;

  g_array_append_val (self->times, time_us);
  for (guint i = 0; i < self->columns->len; i++)
    g_array_append_val (self->values, unknown);
  g_ptr_array_add (self->notes, NULL);
}

/* p50 and p99 have the same gap: its reason is noted once. */
static void
add_note (BeamTable *self,
          char      *note)
{
  char **field = (char **) &g_ptr_array_index (self->notes, self->notes->len - 1);

  if (*field == NULL)
    *field = note;
  else if (strcmp (*field, note) == 0)
    g_free (note);
  else
    {
      char *both = g_strdup_printf ("%s; %s", *field, note);

      g_free (*field);
      g_free (note);
      *field = both;
    }
}

static void
take_cells (BeamTable *self,
            GArray    *cells)
{
  g_array_sort (cells, compare_cells);
  for (guint i = 0; i < cells->len; i++)
    {
      Cell *cell = &g_array_index (cells, Cell, i);

      if (self->times->len == 0 || g_array_index (self->times, gint64, self->times->len - 1) != cell->time_us)
        begin_row (self, cell->time_us);
      if (cell->note != NULL)
        add_note (self, cell->note);
      else
        g_array_index (self->values, double, (self->times->len - 1) * self->columns->len + cell->column) = cell->value;
    }
}

/* --- CSV --- */

static void
append_time (BeamTable *self,
             GString   *text,
             gint64     time_us)
{
  gint64 wall_us = time_us + self->wall_offset_us;
  gint64 seconds = wall_us / G_USEC_PER_SEC - (wall_us % G_USEC_PER_SEC < 0);
  int millis = (int) ((wall_us - seconds * G_USEC_PER_SEC) / 1000);
  g_autoptr (GDateTime) when = NULL;
  g_autofree char *iso = NULL;

  if (self->wall_offset_us != 0)
    when = g_date_time_new_from_unix_utc (seconds);
  if (when == NULL)
    {
      beam_csv_append_number (text, (double) time_us / G_USEC_PER_SEC);
      return;
    }

  iso = g_date_time_format (when, "%Y-%m-%dT%H:%M:%S");
  g_string_append_printf (text, "%s.%03dZ", iso, millis);
}

static void
append_header (BeamTable *self,
               GString   *text)
{
  g_string_append (text, self->wall_offset_us != 0 ? "time" : "seconds");
  for (guint i = 0; i < self->columns->len; i++)
    {
      const char *unit = beam_table_get_unit (self, i);
      g_autofree char *name = *unit != '\0' ? g_strdup_printf ("%s (%s)", get_column (self, i)->name, unit)
                                            : g_strdup (get_column (self, i)->name);

      g_string_append_c (text, ',');
      beam_csv_append_text (text, name);
    }
  g_string_append (text, ",note\r\n");
}

char *
beam_table_to_csv (BeamTable *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (BEAM_IS_TABLE (self), NULL);

  append_header (self, text);
  for (guint row = 0; row < self->times->len; row++)
    {
      const char *note = beam_table_get_note (self, row);

      append_time (self, text, beam_table_get_time (self, row));
      for (guint i = 0; i < self->columns->len; i++)
        {
          g_string_append_c (text, ',');
          beam_csv_append_number (text, beam_table_get_value (self, row, i));
        }
      g_string_append_c (text, ',');
      beam_csv_append_text (text, note != NULL ? note : "");
      g_string_append (text, "\r\n");
    }

  return g_string_free (text, FALSE);
}

/* --- Object --- */

static void
beam_table_finalize (GObject *object)
{
  BeamTable *self = BEAM_TABLE (object);

  g_ptr_array_unref (self->columns);
  g_array_unref (self->times);
  g_array_unref (self->values);
  g_ptr_array_unref (self->notes);

  G_OBJECT_CLASS (beam_table_parent_class)->finalize (object);
}

static void
beam_table_class_init (BeamTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = beam_table_finalize;
}

static void
beam_table_init (BeamTable *self)
{
  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  self->notes = g_ptr_array_new_with_free_func (g_free);
}

BeamTable *
beam_table_new (void)
{
  return g_object_new (BEAM_TYPE_TABLE, NULL);
}

void
beam_table_add_column (BeamTable     *self,
                       BeamSeries    *series,
                       const char    *name,
                       BeamValueAxis *axis)
{
  Column *column;

  g_return_if_fail (BEAM_IS_TABLE (self));
  g_return_if_fail (BEAM_IS_SERIES (series));
  g_return_if_fail (self->times->len == 0);

  column = g_new0 (Column, 1);
  column->series = g_object_ref (series);
  g_set_object (&column->axis, axis);
  column->name = g_strdup (name != NULL ? name : "");
  g_ptr_array_add (self->columns, column);
}

void
beam_table_fill (BeamTable *self,
                 gint64     from_us,
                 gint64     to_us,
                 gint64     wall_offset_us)
{
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (BeamPoint));
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (BeamGap));
  guint before;

  g_return_if_fail (BEAM_IS_TABLE (self));
  g_return_if_fail (from_us <= to_us);

  before = self->times->len;
  g_array_set_size (self->times, 0);
  g_array_set_size (self->values, 0);
  g_ptr_array_set_size (self->notes, 0);
  self->wall_offset_us = wall_offset_us;

  for (guint i = 0; i < self->columns->len; i++)
    {
      collect_values (self, i, from_us, to_us, points, cells);
      collect_notes (self, i, from_us, to_us, gaps, cells);
    }
  take_cells (self, cells);

  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->times->len);
}

guint
beam_table_get_n_columns (BeamTable *self)
{
  g_return_val_if_fail (BEAM_IS_TABLE (self), 0);

  return self->columns->len;
}

guint
beam_table_get_n_rows (BeamTable *self)
{
  g_return_val_if_fail (BEAM_IS_TABLE (self), 0);

  return self->times->len;
}

const char *
beam_table_get_name (BeamTable *self,
                     guint      column)
{
  g_return_val_if_fail (BEAM_IS_TABLE (self) && column < self->columns->len, NULL);

  return get_column (self, column)->name;
}

const char *
beam_table_get_unit (BeamTable *self,
                     guint      column)
{
  const char *unit;

  g_return_val_if_fail (BEAM_IS_TABLE (self) && column < self->columns->len, NULL);

  unit = beam_series_get_unit (get_column (self, column)->series);
  return unit != NULL ? unit : "";
}

BeamSeries *
beam_table_get_series (BeamTable *self,
                       guint      column)
{
  g_return_val_if_fail (BEAM_IS_TABLE (self) && column < self->columns->len, NULL);

  return get_column (self, column)->series;
}

gint64
beam_table_get_time (BeamTable *self,
                     guint      row)
{
  g_return_val_if_fail (BEAM_IS_TABLE (self) && row < self->times->len, 0);

  return g_array_index (self->times, gint64, row);
}

double
beam_table_get_value (BeamTable *self,
                      guint      row,
                      guint      column)
{
  g_return_val_if_fail (BEAM_IS_TABLE (self) && row < self->times->len && column < self->columns->len, (double) NAN);

  return g_array_index (self->values, double, row * self->columns->len + column);
}

const char *
beam_table_get_note (BeamTable *self,
                     guint      row)
{
  g_return_val_if_fail (BEAM_IS_TABLE (self) && row < self->times->len, NULL);

  return g_ptr_array_index (self->notes, row);
}

char *
beam_table_format_time (BeamTable *self,
                        guint      row)
{
  gint64 time_us = beam_table_get_time (self, row);
  gint64 wall_us = time_us + self->wall_offset_us;
  g_autoptr (GDateTime) when = NULL;
  g_autofree char *clock = NULL;

  if (self->wall_offset_us != 0)
    when = g_date_time_new_from_unix_local (wall_us / G_USEC_PER_SEC);
  if (when == NULL)
    return g_strdup_printf ("%.3f", (double) time_us / G_USEC_PER_SEC);

  clock = g_date_time_format (when, "%H:%M:%S");
  return g_strdup_printf ("%s.%03d", clock, (int) (wall_us % G_USEC_PER_SEC / 1000));
}

char *
beam_table_format_value (BeamTable *self,
                         guint      row,
                         guint      column)
{
  double value = beam_table_get_value (self, row, column);

  if (!isfinite (value))
    return g_strdup ("");
  if (get_column (self, column)->axis != NULL)
    return beam_value_axis_format (get_column (self, column)->axis, value, 0, BEAM_FORMAT_READOUT);

  return g_strdup_printf ("%g", value);
}
