/* beam-ruler.h: a value axis laid along one side of a figure
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "beam-frame.h"
#include "beam-value-axis.h"

G_BEGIN_DECLS

/* From values to pixels in one direction, as a plain value: the same mapping as
 * that of BeamGeometry. from may be right of or below to. */
typedef struct {
  double    from; /* the pixel of low */
  double    to;   /* the pixel of high */
  double    low;
  double    high;
  BeamScale scale;
} BeamRuler;

/* The range of @axis between two pixels. */
void    beam_ruler_init         (BeamRuler     *self,
                                 BeamValueAxis *axis,
                                 double         from,
                                 double         to);

/* The pixel of @value, within the ruler; NAN only for NAN. */
double  beam_ruler_at           (const BeamRuler *self,
                                 double           value);

/* TRUE when @value is finite and lies on the ruler. */
gboolean beam_ruler_has         (const BeamRuler *self,
                                 double           value);

/* Ticks that have room: labels are as high as a line when @upright, else as wide
 * as the widest. @ret (element-type double) is emptied first. Returns the step
 * on a linear axis, else 0. */
double  beam_ruler_get_ticks    (const BeamRuler *self,
                                 const BeamFrame *frame,
                                 BeamValueAxis   *axis,
                                 gboolean         upright,
                                 GArray          *ret);

/* The width of the widest label of an upright ruler over @length pixels. */
double  beam_ruler_label_width  (const BeamFrame *frame,
                                 BeamValueAxis   *axis,
                                 double           length);

/* Grid lines and labels. Upright: lines from @across_from to @across_to, labels
 * right-aligned before @across_from. Level: lines between these two rows, labels
 * under @across_to, kept within the frame and off each other. */
void    beam_paint_ruler        (cairo_t         *cr,
                                 const BeamFrame *frame,
                                 const BeamRuler *self,
                                 BeamValueAxis   *axis,
                                 gboolean         upright,
                                 double           across_from,
                                 double           across_to);

G_END_DECLS
