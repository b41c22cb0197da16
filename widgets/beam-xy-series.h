/* beam-xy-series.h: values over values
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BEAM_TYPE_XY_SERIES (beam_xy_series_get_type ())
G_DECLARE_FINAL_TYPE (BeamXYSeries, beam_xy_series, BEAM, XY_SERIES, GObject)

/* NAN in x or y is a break. low and high: the interval of y, NAN for none. */
typedef struct {
  double x;
  double y;
  double low;
  double high;
} BeamXYPoint;

/* Signal "changed": the points are new. */
BeamXYSeries      *beam_xy_series_new        (const char         *name);

const char        *beam_xy_series_get_name   (BeamXYSeries       *self);

/* Replaces all points; copies them. */
void               beam_xy_series_set_points (BeamXYSeries       *self,
                                              const BeamXYPoint  *points,
                                              guint               n);

/* Adds a point without an interval. */
void               beam_xy_series_append     (BeamXYSeries       *self,
                                              double              x,
                                              double              y);

/* The share of samples that are larger (the complementary cumulative
 * distribution) from a histogram: @counts[i] samples are at most @upper[i] and
 * above @upper[i - 1]. x is the upper edge, y the share above it; it ends where
 * the share is zero, as one sample more could change that. @upper ascends. */
void               beam_xy_series_set_ccdf   (BeamXYSeries       *self,
                                              const double       *upper,
                                              const guint64      *counts,
                                              guint               n);

void               beam_xy_series_clear      (BeamXYSeries       *self);

/* Borrowed until the series changes. */
const BeamXYPoint *beam_xy_series_get_points (BeamXYSeries       *self,
                                              guint              *ret_n);

/* The smallest box around all finite points, intervals and all; what is not
 * above zero does not count where an axis is logarithmic. Everything is NAN
 * when there is none. */
typedef struct {
  double x_low;
  double x_high;
  double y_low;
  double y_high;
} BeamXYBox;

BeamXYBox          beam_xy_series_get_box    (BeamXYSeries       *self,
                                              gboolean            x_log,
                                              gboolean            y_log);

G_END_DECLS
