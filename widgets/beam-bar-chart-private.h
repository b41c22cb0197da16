/* beam-bar-chart-private.h: what the files of the bar chart share
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * beam-bar-chart.c         the object: data, words, properties
 * beam-bar-chart-paint.c   where bars stand and how they look
 */
#pragma once

#include "beam-bar-chart.h"
#include "beam-rows.h"

G_BEGIN_DECLS

typedef struct {
  BeamRowText text; /* must be first: categories are texts with a stride */
  BeamBar     bars[BEAM_MAX_SUBJECTS];
} BeamCategory;

typedef struct {
  char *name; /* owned */
  int   identity;
} BeamSubject;

struct _BeamBarChart
{
  BeamFigure parent_instance;

  GtkOrientation orientation;
  gboolean       track;
  BeamValueAxis *axis;       /* owned */
  GArray        *categories; /* owned, element-type BeamCategory */
  GArray        *subjects;   /* owned, element-type BeamSubject */
  GPtrArray     *parts;      /* owned names */
};

/* The sum of the parts; NAN when the bar is unknown. */
double   beam_bar_get_total       (const BeamBar   *bar);

void     beam_bar_chart_paint     (BeamBarChart    *self,
                                   cairo_t         *cr,
                                   const BeamFrame *frame);

/* Where the bars stand, subject by subject in each category, as long as they are;
 * an unknown one is as long as the axis. */
void     beam_bar_chart_locate    (BeamBarChart    *self,
                                   const BeamFrame *frame,
                                   graphene_rect_t *areas);

G_END_DECLS
