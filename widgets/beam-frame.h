/* beam-frame.h: what a figure is drawn into, as a plain value
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "beam-style.h"

G_BEGIN_DECLS

/* The kinds of text in a figure, all relative to the font of its context. */
typedef enum {
  BEAM_FRAME_LABEL,  /* axes, categories, notes */
  BEAM_FRAME_STRONG, /* a value that matters: bold */
  BEAM_FRAME_BODY,   /* sentences: read-outs, the text of an empty figure */
} BeamFrameText;

/* Everything a painter of a figure needs beside its data. Made from a widget by
 * BeamFigure; in tests and for vector output from any Pango context. */
typedef struct {
  double           width; /* logical pixels; the origin is at the top left */
  double           height;
  double           device_scale;
  gboolean         rtl;
  const BeamStyle *style;       /* borrowed */
  PangoContext    *pango;       /* borrowed */
  double           line_height; /* of BEAM_FRAME_LABEL */
  double           unit;        /* at least 1: what marks grow by with the text */
} BeamFrame;

/* Measures the line height; @style and @pango must outlive the frame. */
void         beam_frame_init     (BeamFrame       *self,
                                  double           width,
                                  double           height,
                                  const BeamStyle *style,
                                  PangoContext    *pango);

/* A number and its sign have no direction of their own: where text runs from right
 * to left, "-5 %" would become "% 5-". U+200E before them keeps them. Transfer full. */
char        *beam_direct_number  (const char      *text);

/* A layout with figures of equal width. Transfer full. */
PangoLayout *beam_frame_layout   (const BeamFrame *self,
                                  const char      *text,
                                  BeamFrameText    kind);

/* The width of @text in logical pixels; 0 for NULL. */
double       beam_frame_measure  (const BeamFrame *self,
                                  const char      *text,
                                  BeamFrameText    kind);

/* Text in a box: @x and @y are the point that @align_x and @align_y (0 start,
 * 0.5 middle, 1 end) of it lie on. It is cut with an ellipsis at @max_width
 * unless that is 0, and goes on in more lines when there is a @max_height.
 * @halo: on a rim of the background, over lines. */
typedef struct {
  double         x;
  double         y;
  double         align_x;
  double         align_y;
  double         max_width;
  const GdkRGBA *color;
  BeamFrameText  kind;
  gboolean       halo;
  double         max_height;
} BeamLabel;

/* Returns the width that was drawn; nothing for NULL or "". */
double       beam_frame_write    (const BeamFrame *self,
                                  cairo_t         *cr,
                                  const char      *text,
                                  const BeamLabel *label);

/* @x seen from the end in a right-to-left frame. */
double       beam_frame_mirror   (const BeamFrame *self,
                                  double           x);

/* Moves a coordinate so that a line of @line_width logical pixels is crisp. */
double       beam_frame_snap     (const BeamFrame *self,
                                  double           coordinate,
                                  double           line_width);

G_END_DECLS
