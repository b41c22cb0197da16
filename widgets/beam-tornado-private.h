/* beam-tornado-private.h: what the files of the tornado share
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * beam-tornado.c         the object: rows, items, words
 * beam-tornado-paint.c   how it looks, and where its items are
 */
#pragma once

#include "beam-rows.h"
#include "beam-tornado.h"

G_BEGIN_DECLS

typedef struct {
  BeamRowText text; /* must be first: rows are an array of texts with a stride */
  double      low;
  double      high;
  char       *low_text;
  char       *high_text;
} BeamTornadoRow;

struct _BeamTornado
{
  BeamFigure parent_instance;

  BeamValueAxis *axis; /* owned */
  GArray        *rows; /* owned, element-type BeamTornadoRow, widest first */
  double         base; /* NAN: unknown */
  double         flip; /* NAN: none */
  int            identities[2];
  char          *flip_label; /* owned, nullable */
};

/* How far apart the results of a row are; -1: unknown. */
double beam_tornado_row_span      (const BeamTornadoRow *row);

void   beam_tornado_draw          (BeamFigure           *figure,
                                   cairo_t              *cr,
                                   const BeamFrame      *frame);
void   beam_tornado_collect_areas (BeamFigure           *figure,
                                   const BeamFrame      *frame,
                                   graphene_rect_t      *areas);

G_END_DECLS
