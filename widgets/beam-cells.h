/* beam-cells.h: what a figure shows, as rows of words and numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "beam-value-axis.h"

G_BEGIN_DECLS

#define BEAM_TYPE_CELLS (beam_cells_get_type ())
G_DECLARE_FINAL_TYPE (BeamCells, beam_cells, BEAM, CELLS, GObject)

/**
 * BeamCells:
 *
 * A copy of what a #BeamFigure held at one moment: a table without time. A figure
 * names the columns, then fills row after row from left to right; a row that is
 * cut short ends in empty cells, and what is beyond the last column is dropped.
 * Without columns or rows it is empty, and its CSV has the header alone.
 */
BeamCells  *beam_cells_new           (void);

/* @key heads the column in a file, @name on the screen; NULL: as @key. @axis
 * (nullable) writes the numbers for people. All columns before the rows. */
void        beam_cells_add_column    (BeamCells     *self,
                                      const char    *key,
                                      const char    *name,
                                      BeamValueAxis *axis);

void        beam_cells_begin_row     (BeamCells     *self);
void        beam_cells_add_text      (BeamCells     *self,
                                      const char    *text);  /* (nullable) */
void        beam_cells_add_number    (BeamCells     *self,
                                      double         value); /* NAN: unknown */

guint       beam_cells_get_n_columns (BeamCells     *self);
guint       beam_cells_get_n_rows    (BeamCells     *self);
const char *beam_cells_get_name      (BeamCells     *self,
                                      guint          column);

/* For people; "" for what is unknown. (transfer full) */
char       *beam_cells_format        (BeamCells     *self,
                                      guint          row,
                                      guint          column);

/* For programs: RFC 4180 in UTF-8, numbers in base units with a point, unknown is
 * an empty cell. (transfer full) */
char       *beam_cells_to_csv        (BeamCells     *self);

G_END_DECLS
