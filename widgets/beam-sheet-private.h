/* beam-sheet-private.h: what the files of the sheet share
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * beam-sheet.c         the object, its layout and drawing
 * beam-sheet-files.c   the formats
 */
#pragma once

#include "beam-sheet.h"

G_BEGIN_DECLS

typedef struct {
  GtkWidget *widget;  /* owned: a BeamChart or a BeamFigure */
  char      *caption; /* owned, nullable */
  int        identity;
} BeamSheetCell;

typedef struct {
  char      *title; /* owned, nullable */
  GPtrArray *cells; /* owned, of owned BeamSheetCell */
} BeamSheetRow;

struct _BeamSheet
{
  GObject parent_instance;

  char      *title;    /* owned */
  char      *subtitle; /* owned */
  GPtrArray *rows;     /* owned, of owned BeamSheetRow; empty when frozen */

  /* Frozen: every format, or why there is none. */
  gboolean  frozen;
  GBytes   *files[BEAM_FILE_CSV + 1];  /* owned, nullable */
  GError   *errors[BEAM_FILE_CSV + 1]; /* owned, nullable */
};

/* Draws, or without @cr measures, the whole sheet. */
void beam_sheet_draw (BeamSheet *self,
                      cairo_t   *cr,
                      double    *ret_width,
                      double    *ret_height);

G_END_DECLS
