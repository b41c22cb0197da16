/* beam-table.h: series as a table of numbers, and that as CSV
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "beam-value-axis.h"

G_BEGIN_DECLS

#define BEAM_TYPE_TABLE (beam_table_get_type ())
G_DECLARE_FINAL_TYPE (BeamTable, beam_table, BEAM, TABLE, GObject)

/* Of a series; with more samples in the range, neighbours are joined. */
#define BEAM_TABLE_MAX_ROWS 200000 /* two days at one sample a second */

/**
 * BeamTable:
 *
 * A copy of what some series held in a stretch of time: a row for each time at
 * which any of them has a sample, or at which a gap or an event begins. A list
 * model of #BeamTableRow. Empty until it is filled.
 */
BeamTable  *beam_table_new        (void);

/* @axis (nullable) writes the values for people. All columns before the rows. */
void        beam_table_add_column (BeamTable     *self,
                                   BeamSeries    *series,
                                   const char    *name,
                                   BeamValueAxis *axis);

/* @wall_offset_us: wall clock minus the clock of the series; 0: unknown. */
void        beam_table_fill       (BeamTable     *self,
                                   gint64         from_us,
                                   gint64         to_us,
                                   gint64         wall_offset_us);

guint       beam_table_get_n_columns (BeamTable *self);
guint       beam_table_get_n_rows    (BeamTable *self);
const char *beam_table_get_name      (BeamTable *self, guint column);
const char *beam_table_get_unit      (BeamTable *self, guint column); /* may be empty */
BeamSeries *beam_table_get_series    (BeamTable *self, guint column); /* (transfer none) */
gint64      beam_table_get_time      (BeamTable *self, guint row);
/* NAN: this series has no sample at the time of the row. */
double      beam_table_get_value     (BeamTable *self, guint row, guint column);
/* Why a gap begins here, or what happened; NULL: nothing. */
const char *beam_table_get_note      (BeamTable *self, guint row);

/* For people: local time of day, or seconds of the clock; "" for NAN. */
char       *beam_table_format_time   (BeamTable *self, guint row);
char       *beam_table_format_value  (BeamTable *self, guint row, guint column);

/* For programs: RFC 4180 with a header, UTF-8, a point in numbers; times are ISO
 * 8601 in UTC or, without a wall clock, seconds; units are base units in the
 * header; unknown is an empty cell. A name that a spreadsheet would take for a
 * formula gets an apostrophe in front. */
char       *beam_table_to_csv        (BeamTable *self);

#define BEAM_TYPE_TABLE_ROW (beam_table_row_get_type ())
G_DECLARE_FINAL_TYPE (BeamTableRow, beam_table_row, BEAM, TABLE_ROW, GObject)

guint       beam_table_row_get_index (BeamTableRow *self);

G_END_DECLS
