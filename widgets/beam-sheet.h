/* beam-sheet.h: charts as a file or a picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-chart-acts.h"
#include "beam-figure.h"

G_BEGIN_DECLS

#define BEAM_TYPE_SHEET (beam_sheet_get_type ())
G_DECLARE_FINAL_TYPE (BeamSheet, beam_sheet, BEAM, SHEET, GObject)

typedef enum {
  BEAM_FILE_PNG, /* two pixels a point */
  BEAM_FILE_SVG,
  BEAM_FILE_PDF, /* A4, upright or across, fitted to the page */
  BEAM_FILE_CSV, /* the numbers, all charts side by side */
} BeamFileFormat;

/* "png", "svg", "pdf" or "csv"; and back: FALSE when it is none. */
const char *beam_file_format_get_extension (BeamFileFormat   format);
gboolean    beam_file_format_parse         (const char      *text,
                                            BeamFileFormat  *ret);

/**
 * BeamSheet:
 *
 * Charts and figures on paper: a title, a line of words under it, and rows of
 * charts whose plots are aligned, in black on white whatever the screen shows.
 * Drawn by the charts themselves, from what they show at the moment of the call,
 * or when it was frozen.
 * As CSV the charts come first, as one table over time, then each figure as a
 * table of its own, after an empty line.
 */
BeamSheet  *beam_sheet_new       (const char     *title,
                                  const char     *subtitle);

/* A line of charts under @title (nullable). */
void        beam_sheet_begin_row (BeamSheet      *self,
                                  const char     *title);

/* To the last row. @caption (nullable) stands over the chart, with the marker of
 * @identity. */
void        beam_sheet_add_chart (BeamSheet      *self,
                                  BeamChart      *chart,
                                  const char     *caption,
                                  int             identity);

/* A figure in its natural height, in the same way. */
void        beam_sheet_add_figure (BeamSheet     *self,
                                   BeamFigure    *figure,
                                   const char    *caption,
                                   int            identity);

/* Draws every format now. From here on nothing can be added, the files are of this
 * moment, and the charts may go. */
void        beam_sheet_freeze    (BeamSheet      *self);

/* Draws into @format. NULL and @error when cairo could not. (transfer full) */
GBytes     *beam_sheet_to_bytes  (BeamSheet      *self,
                                  BeamFileFormat  format,
                                  GError        **error);

/* The drawing is done before this returns, the writing after. */
void        beam_sheet_save_async  (BeamSheet           *self,
                                    GFile               *file,
                                    BeamFileFormat       format,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gboolean    beam_sheet_save_finish (BeamSheet           *self,
                                    GAsyncResult        *result,
                                    GError             **error);

G_END_DECLS
