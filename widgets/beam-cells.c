/* beam-cells.c: what a figure shows, as rows of words and numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "beam"

#include <math.h>

#include "beam-cells.h"
#include "beam-csv.h"

typedef struct {
  char          *key;  /* owned */
  char          *name; /* owned */
  BeamValueAxis *axis; /* owned, nullable */
} Column;

typedef struct {
  char   *text;  /* owned; NULL: a number */
  double  value; /* NAN: unknown */
} Cell;

struct _BeamCells
{
  GObject parent_instance;

  GArray *columns; /* owned, element-type Column */
  GArray *cells;   /* owned, element-type Cell, row by row, each row full */
  guint   n_rows;
  guint   next;    /* the column that is filled next */
};

G_DEFINE_FINAL_TYPE (BeamCells, beam_cells, G_TYPE_OBJECT)

static void
clear_column (gpointer data)
{
  Column *column = data;

  g_free (column->key);
  g_free (column->name);
  g_clear_object (&column->axis);
}

static void
clear_cell (gpointer data)
{
  g_free (((Cell *) data)->text);
}

static const Column *
get_column (BeamCells *self,
            guint      column)
{
  return &g_array_index (self->columns, Column, column);
}

static Cell *
get_cell (BeamCells *self,
          guint      row,
          guint      column)
{
  return &g_array_index (self->cells, Cell, row * self->columns->len + column);
}

/* The cell to fill; NULL beyond the last column, and before the first row. */
static Cell *
take_next (BeamCells *self)
{
  if (self->n_rows == 0 || self->next >= self->columns->len)
    return NULL;

  return get_cell (self, self->n_rows - 1, self->next++);
}

static void
beam_cells_finalize (GObject *object)
{
  g_array_unref (BEAM_CELLS (object)->columns);
  g_array_unref (BEAM_CELLS (object)->cells);

  G_OBJECT_CLASS (beam_cells_parent_class)->finalize (object);
}

static void
beam_cells_class_init (BeamCellsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = beam_cells_finalize;
}

static void
beam_cells_init (BeamCells *self)
{
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (self->columns, clear_column);
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_array_set_clear_func (self->cells, clear_cell);
}

BeamCells *
beam_cells_new (void)
{
  return g_object_new (BEAM_TYPE_CELLS, NULL);
}

void
beam_cells_add_column (BeamCells     *self,
                       const char    *key,
                       const char    *name,
                       BeamValueAxis *axis)
{
  Column column = { NULL, NULL, NULL };

  g_return_if_fail (BEAM_IS_CELLS (self));
  g_return_if_fail (key != NULL);
  g_return_if_fail (self->n_rows == 0);

  column.key = g_strdup (key);
  column.name = g_strdup (name != NULL ? name : key);
  g_set_object (&column.axis, axis);
  g_array_append_val (self->columns, column);
}

void
beam_cells_begin_row (BeamCells *self)
{
  const Cell unknown = { NULL, (double) NAN };

  g_return_if_fail (BEAM_IS_CELLS (self));

  for (guint i = 0; i < self->columns->len; i++)
    g_array_append_val (self->cells, unknown);
  self->n_rows++;
  self->next = 0;
}

void
beam_cells_add_text (BeamCells  *self,
                     const char *text)
{
  Cell *cell;

  g_return_if_fail (BEAM_IS_CELLS (self));

  cell = take_next (self);
  if (cell != NULL)
    cell->text = g_strdup (text);
}

void
beam_cells_add_number (BeamCells *self,
                       double     value)
{
  Cell *cell;

  g_return_if_fail (BEAM_IS_CELLS (self));

  cell = take_next (self);
  if (cell != NULL)
    cell->value = value;
}

guint
beam_cells_get_n_columns (BeamCells *self)
{
  g_return_val_if_fail (BEAM_IS_CELLS (self), 0);

  return self->columns->len;
}

guint
beam_cells_get_n_rows (BeamCells *self)
{
  g_return_val_if_fail (BEAM_IS_CELLS (self), 0);

  return self->n_rows;
}

const char *
beam_cells_get_name (BeamCells *self,
                     guint      column)
{
  g_return_val_if_fail (BEAM_IS_CELLS (self) && column < self->columns->len, NULL);

  return get_column (self, column)->name;
}

char *
beam_cells_format (BeamCells *self,
                   guint      row,
                   guint      column)
{
  const Cell *cell;

  g_return_val_if_fail (BEAM_IS_CELLS (self) && row < self->n_rows && column < self->columns->len, NULL);

  cell = get_cell (self, row, column);
  if (cell->text != NULL)
    return g_strdup (cell->text);
  if (!isfinite (cell->value))
    return g_strdup ("");
  if (get_column (self, column)->axis != NULL)
    return beam_value_axis_format (get_column (self, column)->axis, cell->value, 0, BEAM_FORMAT_READOUT);

  return g_strdup_printf ("%g", cell->value);
}

char *
beam_cells_to_csv (BeamCells *self)
{
  GString *csv = g_string_new (NULL);

  g_return_val_if_fail (BEAM_IS_CELLS (self), NULL);

  for (guint i = 0; i < self->columns->len; i++)
    {
      g_string_append (csv, i > 0 ? "," : "");
      beam_csv_append_text (csv, get_column (self, i)->key);
    }
  g_string_append (csv, "\r\n");

  for (guint row = 0; row < self->n_rows; row++)
    {
      for (guint i = 0; i < self->columns->len; i++)
        {
          const Cell *cell = get_cell (self, row, i);

          g_string_append (csv, i > 0 ? "," : "");
          if (cell->text != NULL)
            beam_csv_append_text (csv, cell->text);
          else
            beam_csv_append_number (csv, cell->value);
        }
      g_string_append (csv, "\r\n");
    }

  return g_string_free (csv, FALSE);
}
