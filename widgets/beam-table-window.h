/* beam-table-window.h: the data of a chart or a figure as a table to read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-chart-acts.h"
#include "beam-figure.h"

G_BEGIN_DECLS

#define BEAM_TYPE_TABLE_WINDOW (beam_table_window_get_type ())
G_DECLARE_FINAL_TYPE (BeamTableWindow, beam_table_window, BEAM, TABLE_WINDOW, GtkWindow)

/**
 * BeamTableWindow:
 *
 * The twin of a chart: time, the series that are shown, and what happened, a row
 * for each sample in view, the latest first; of a figure its own columns and rows
 * in its own order. It stands still while it is read;
 * F5 or Refresh reads the chart again, Escape closes it. Outlives the chart, and
 * cannot refresh then.
 */
GtkWidget *beam_table_window_new            (BeamChart       *chart);
GtkWidget *beam_table_window_new_for_figure (BeamFigure      *figure);

/* (transfer none); NULL for a figure, or for a chart. */
BeamTable *beam_table_window_get_table      (BeamTableWindow *self);
BeamCells *beam_table_window_get_cells      (BeamTableWindow *self);

G_END_DECLS
