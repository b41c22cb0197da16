/* beam-rows.h: named rows over a level value axis
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-ruler.h"

G_BEGIN_DECLS

/* Where the rows of horizontal bars, of a tornado or of a dot plot stand: names
 * at the start, the values beside them, the axis underneath. In a right-to-left
 * frame all of it is mirrored. A plain value. */
typedef struct {
  double    name_x;      /* where names are aligned to */
  double    name_align;  /* 0 left, 1 right */
  double    name_width;  /* room for a name */
  double    note_x;
  double    note_width;  /* 0: there are no notes */
  double    left;        /* of the values */
  double    right;
  double    top;         /* of the first row */
  double    bottom;      /* of the last one */
  double    row_height;
  BeamRuler ruler;
} BeamRows;

/* What a row says before its values. Strings are owned by whoever made it. */
typedef struct {
  char *name;
  char *note; /* (nullable): small, after the name */
} BeamRowText;

/* Names take what they need, at most two fifths of the width. */
void    beam_rows_init        (BeamRows          *self,
                               const BeamFrame   *frame,
                               const BeamRowText *texts,
                               guint              n,
                               gsize              stride,
                               BeamValueAxis     *axis,
                               gboolean           with_axis);

/* The middle of a row. */
double  beam_rows_y           (const BeamRows    *self,
                               guint              row);

/* The name and the note of a row. */
void    beam_rows_paint_text  (const BeamRows    *self,
                               cairo_t           *cr,
                               const BeamFrame   *frame,
                               guint              row,
                               const BeamRowText *text);

/* The height that @n rows want. */
int     beam_rows_measure     (guint              n,
                               double             line_height,
                               double             lines_a_row,
                               gboolean           with_axis);

G_END_DECLS
